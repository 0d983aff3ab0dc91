//! Jobs: one worker at a time, and one that died keeps nothing.

use std::collections::BTreeSet;

use quantity::{Moment, Span};
use store::job::{self, Claimed, Planned};
use store::{Store, StoreError};

use crate::common::build::{PROVINCE, fresh_id};
use crate::common::{MORNING, World, on_both_engines};

const LEASE: Span = Span::minutes(5);

fn plan(world: &World, kind: &'static str, payload: String, every: Option<Span>) {
    world
        .store
        .write_blocking::<_, StoreError, _>(move |transaction| {
            let planned =
                Planned { province: PROVINCE, id: fresh_id(), kind, payload: &payload, due_at: MORNING, every };
            job::ensure(transaction, &planned)
        })
        .expect("a plan");
}

fn claim(store: &Store, now: Moment) -> Option<Claimed> {
    store.write_blocking::<_, StoreError, _>(move |transaction| job::claim(transaction, now, LEASE)).expect("a claim")
}

fn finish(store: &Store, job: &Claimed, now: Moment) -> bool {
    let job = job.clone();
    store.write_blocking::<_, StoreError, _>(move |transaction| job::finish(transaction, &job, now)).expect("an end")
}

fn fail(store: &Store, job: &Claimed, now: Moment) -> bool {
    let job = job.clone();
    store
        .write_blocking::<_, StoreError, _>(move |transaction| job::fail(transaction, &job, now, "no paper"))
        .expect("a failure")
}

#[test]
fn each_job_is_claimed_by_one_worker() {
    on_both_engines(|world| {
        for number in 0..20 {
            plan(world, "backup", number.to_string(), None);
        }
        let workers: Vec<Store> = (0..4).map(|_| Store::open(world.database(), 1).unwrap()).collect();
        let claimed: Vec<String> = std::thread::scope(|scope| {
            let work = |store| {
                move || {
                    let mut mine = Vec::new();
                    while let Some(job) = claim(store, MORNING) {
                        mine.push(job.payload);
                    }
                    mine
                }
            };
            let threads: Vec<_> = workers.iter().map(|store| scope.spawn(work(store))).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        let different: BTreeSet<&String> = claimed.iter().collect();
        assert_eq!((claimed.len(), different.len()), (20, 20), "on {:?}", world.ground.engine);
    });
}

#[test]
fn a_job_is_there_once_however_often_it_is_planned() {
    on_both_engines(|world| {
        plan(world, "seal", "{}".to_owned(), Some(Span::minutes(1)));
        let first = claim(&world.store, MORNING).unwrap();
        plan(world, "seal", "{}".to_owned(), Some(Span::minutes(9)));
        assert_eq!(world.read(job::list).len(), 1);
        assert!(world.read(job::list)[0].attempts == 1 && finish(&world.store, &first, MORNING));
    });
}

#[test]
fn who_outlives_his_lease_cannot_end_the_job() {
    on_both_engines(|world| {
        plan(world, "backup", "{}".to_owned(), None);
        let slow = claim(&world.store, MORNING).unwrap();
        assert_eq!(claim(&world.store, MORNING + LEASE), None, "the lease still holds");
        let later = MORNING + LEASE + Span::micros(1);
        let quick = claim(&world.store, later).unwrap();
        assert_eq!((quick.id, quick.fence, quick.attempts), (slow.id, slow.fence + 1, 2));
        let held = |job: &Claimed| {
            let job = job.clone();
            world.store.write_blocking::<_, StoreError, _>(move |transaction| job::still_held(transaction, &job))
        };
        assert!(!held(&slow).unwrap() && held(&quick).unwrap());
        assert!(!finish(&world.store, &slow, later), "fenced off");
        assert!(!fail(&world.store, &slow, later));
        assert!(finish(&world.store, &quick, later));
        assert!(!held(&quick).unwrap() && world.read(job::list).is_empty(), "done once and gone");
    });
}

#[test]
fn a_job_that_fails_comes_back_after_pauses_that_double() {
    on_both_engines(|world| {
        plan(world, "backup", "{}".to_owned(), None);
        let mut now = MORNING;
        let mut pauses = Vec::new();
        for _ in 0..12 {
            let job = claim(&world.store, now).unwrap();
            assert!(fail(&world.store, &job, now));
            let line = &world.read(job::list)[0];
            assert_eq!(line.last_error.as_deref(), Some("no paper"));
            pauses.push((line.due_at - now).as_micros() / 1_000_000);
            assert_eq!(claim(&world.store, line.due_at - Span::micros(1)), None);
            now = line.due_at;
        }
        assert_eq!(pauses, [10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600, 3_600]);
    });
}

#[test]
fn a_periodic_job_is_due_again_and_starts_counting_anew() {
    on_both_engines(|world| {
        plan(world, "seal", "{}".to_owned(), Some(Span::minutes(1)));
        let failed = claim(&world.store, MORNING).unwrap();
        assert!(fail(&world.store, &failed, MORNING));
        let now = MORNING + Span::seconds(10);
        let done = claim(&world.store, now).unwrap();
        assert_eq!(done.attempts, 2);
        assert!(finish(&world.store, &done, now));
        let line = &world.read(job::list)[0];
        assert_eq!((line.due_at, line.attempts, line.last_error.clone()), (now + Span::minutes(1), 0, None));
        assert_eq!(claim(&world.store, now), None);
        assert!(claim(&world.store, now + Span::minutes(1)).is_some());
    });
}

#[test]
fn the_job_due_longest_comes_first() {
    on_both_engines(|world| {
        for (payload, due_at) in [("b", MORNING), ("c", MORNING + Span::hours(1)), ("a", MORNING - Span::hours(1))] {
            world
                .store
                .write_blocking::<_, StoreError, _>(move |transaction| {
                    let planned =
                        Planned { province: PROVINCE, id: fresh_id(), kind: "x", payload, due_at, every: None };
                    job::ensure(transaction, &planned)
                })
                .unwrap();
        }
        let order: Vec<String> =
            std::iter::from_fn(|| claim(&world.store, MORNING)).map(|claimed| claimed.payload).collect();
        assert_eq!(order, ["a", "b"]);
    });
}
