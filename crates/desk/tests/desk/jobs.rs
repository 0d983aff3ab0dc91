//! What runs by itself: sealing, forgetting, leases.

use desk::jobs;
use quantity::Span;
use store::job;

use crate::common::{World, on_both_engines, says, wait_for};

fn unsealed(world: &World) -> usize {
    let province = world.province;
    let lines = world.office.look_blocking(|_, connection| Ok(store::audit::recent(connection, province, 1_000)?));
    lines.unwrap().iter().filter(|line| line.seq.is_none()).count()
}

fn work_all(world: &World) -> usize {
    let mut done = 0;
    while jobs::work_one(&world.office).unwrap() {
        done += 1;
    }
    done
}

#[test]
fn the_seal_job_seals_what_was_committed() {
    on_both_engines(|world| {
        jobs::plan(&world.office).unwrap();
        jobs::plan(&world.office).unwrap();
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        world.officer_of(&place).files(&place, says(place.store(0), "310 kg", None)).unwrap();
        assert!(unsealed(world) > 0);
        assert_eq!(work_all(world), 6, "each standing job once, however often it was planned");
        assert_eq!(work_all(world), 0, "not due again yet");
        world.pass(Span::seconds(2));
        assert_eq!(
            work_all(world),
            3,
            "sealing is due each second, watching and sending every two, forgetting each hour"
        );
        assert_eq!(unsealed(world), 0, "what the watch wrote behind the seal too");
        world.assert_well();
    });
}

#[test]
fn a_job_has_one_worker_until_its_lease_ends() {
    on_both_engines(|world| {
        jobs::plan(&world.office).unwrap();
        let claim = || {
            let now = world.now();
            world
                .office
                .store()
                .write_blocking::<_, desk::Failure, _>(move |transaction| {
                    Ok(job::claim(transaction, now, Span::minutes(2))?)
                })
                .unwrap()
        };
        let (first, second) = (claim().unwrap(), claim().unwrap());
        assert_ne!(first.id, second.id);
        let others = std::iter::from_fn(claim).count();
        assert_eq!(others, 4, "watching, sending, reminding and forecasting");
        assert_eq!(claim(), None, "all are taken");
        world.pass(Span::minutes(2) + Span::seconds(1));
        let taken_over: Vec<_> = std::iter::from_fn(claim).collect();
        let again = taken_over.iter().find(|job| job.id == first.id).unwrap();
        assert!(again.fence > first.fence);
        // The worker that was thought dead finds that the job is no longer his.
        let now = world.now();
        let held = world
            .office
            .store()
            .write_blocking::<_, desk::Failure, _>(move |transaction| Ok(job::finish(transaction, &first, now)?));
        assert!(!held.unwrap());
    });
}

#[test]
fn keys_and_sessions_are_forgotten_when_they_have_ended() {
    on_both_engines(|world| {
        jobs::plan(&world.office).unwrap();
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let told = says(place.store(0), "310 kg", None);
        officer.files_once(&place, "phone-0001", told.clone()).unwrap();
        let user = officer.actor.user.unwrap();
        let lasts = desk::door::BROWSER_SESSION;
        wait_for(desk::door::open(&world.office, world.province, user, "browser", lasts)).unwrap();

        // A phone may stay offline for three months and still double nothing.
        world.pass(Span::days(89));
        work_all(world);
        assert!(officer.files_once(&place, "phone-0001", told.clone()).unwrap().replayed);
        let kept = |world: &World| {
            let rows = store::integrity::check(&world.scratch.database).unwrap().rows;
            rows.into_iter().collect::<std::collections::HashMap<_, _>>()
        };
        assert_eq!(kept(world).get("session").copied().unwrap_or(0), 0, "the session ended long ago");
        world.pass(Span::days(2));
        work_all(world);
        assert!(!officer.files_once(&place, "phone-0001", told).unwrap().replayed);
    });
}
