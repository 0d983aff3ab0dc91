//! Records are found by terms, by who names whom, by what is to be done, as their last versions say.

use std::collections::BTreeSet;

use place::{BodyId, PersonId};
use quantity::{Id, Moment, Span};
use store::finding::{self, Facets, Hits, WITH_OPEN_WORK, Wanted, Whose, Work};
use store::{Lens, Store, StoreError, integrity};

use crate::common::build::{PROVINCE, fresh_id, perform};
use crate::common::{MORNING, World, on_both_engines};

const MONTH: i64 = 2021 * 12 + 11;

fn letter(month: i64, terms: &[&str]) -> Facets {
    let terms = terms.iter().map(|term| (*term).to_owned()).collect();
    Facets { index: Some(("letter", month)), terms, ..Facets::default() }
}

fn task(body: BodyId, origin: Id, stage: &str, due: Option<Moment>) -> Work {
    let open = stage != "done";
    Work {
        body: Some(body),
        holder: None,
        stage: stage.to_owned(),
        open,
        due_at: due,
        origin: Some(origin),
        sums: Vec::new(),
    }
}

fn write(store: &Store, at: Moment, record: Id, version: i64, facets: Facets) {
    perform(store, PROVINCE, at, move |transaction, content, stamp| {
        finding::append(transaction, content, stamp, (record, version), &facets)
    })
    .expect("a version");
}

fn wanted(terms: &[&str], limit: usize) -> Wanted {
    Wanted { groups: terms.iter().map(|term| vec![(*term).to_owned()]).collect(), limit, ..Wanted::default() }
}

fn find(world: &World, wanted: &Wanted) -> Hits {
    world.read(|connection| finding::find(connection, PROVINCE, "letter", wanted))
}

fn records(hits: &Hits) -> Vec<Id> {
    hits.hits.iter().map(|hit| hit.record).collect()
}

fn is_well(world: &World) {
    let found = integrity::check(world.database()).expect("a check");
    assert!(found.is_well(), "{found:?}");
}

/// DT02: words together, alternatives, what is ruled out; newest first, page after page.
#[test]
fn records_are_found_by_terms_page_by_page() {
    on_both_engines(|world| {
        let ids: Vec<Id> = (0..1_100).map(|_| fresh_id()).collect();
        // Two blocks of one month, and another month; the older month was entered last.
        for (number, id) in ids.iter().enumerate() {
            let month = if number < 1_000 { MONTH } else { MONTH - 3 };
            let every = if number % 2 == 0 { "even" } else { "odd" };
            let third = if number % 3 == 0 { "third" } else { "other" };
            write(&world.store, MORNING, *id, 1, letter(month, &["*", every, third]));
        }
        let all = find(world, &wanted(&["*"], 50));
        assert_eq!((all.all, all.more, all.hits.len()), (Some(1_100), true, 50));
        assert_eq!(all.hits[0].record, ids[999], "the newest month first, in it the last entered");
        let both = find(world, &wanted(&["even", "third"], 1_000));
        let expected: Vec<Id> =
            (0..1_000).rev().chain((1_000..1_100).rev()).filter(|n| n % 6 == 0).map(|n| ids[n]).collect();
        assert_eq!((both.all, both.more), (Some(expected.len() as u64), false));
        assert_eq!(records(&both), expected);
        let mut paged = Vec::new();
        let mut page = Wanted { limit: 40, ..wanted(&["even", "third"], 40) };
        loop {
            let hits = find(world, &page);
            paged.extend(records(&hits));
            page.before = hits.hits.last().map(|hit| hit.place);
            if !hits.more {
                break;
            }
        }
        assert_eq!(paged, expected);
        let either = Wanted { groups: vec![vec!["odd".into(), "even".into()]], limit: 1, ..Wanted::default() };
        assert_eq!(find(world, &either).all, Some(1_100));
        let without = Wanted { without: vec!["odd".into()], ..wanted(&["*"], 1) };
        assert_eq!(find(world, &without).all, Some(550));
        assert_eq!(find(world, &wanted(&["none"], 5)), Hits { all: Some(0), ..Hits::default() });
        let counts = world.read(|connection| finding::counts_of_terms(connection, PROVINCE, "letter", "o"));
        assert_eq!(counts, [("other".to_owned(), 733), ("odd".to_owned(), 550)]);
        is_well(world);
    });
}

#[test]
fn a_later_version_is_found_by_what_it_says_now() {
    on_both_engines(|world| {
        let (id, other) = (fresh_id(), fresh_id());
        let link = |number: &str| (number.to_owned(), "implements".to_owned());
        let first = Facets { links: [link("285/TB-VPCP")].into(), ..letter(MONTH, &["*", "read"]) };
        write(&world.store, MORNING, id, 1, first);
        write(&world.store, MORNING, other, 1, letter(MONTH, &["*", "read"]));
        let second = Facets { links: [link("286/TB-VPCP")].into(), ..letter(MONTH + 7, &["*", "confirmed"]) };
        write(&world.store, MORNING + Span::hours(1), id, 2, second.clone());
        assert_eq!(records(&find(world, &wanted(&["read"], 5))), [other]);
        assert_eq!(records(&find(world, &wanted(&["confirmed"], 5))), [id]);
        assert_eq!(records(&find(world, &wanted(&["*"], 5))), [other, id], "its place stays");
        // A version that changes nothing of this leaves no row.
        write(&world.store, MORNING + Span::hours(2), id, 3, second);
        let naming = |number: &str| world.read(|connection| finding::of_target(connection, PROVINCE, number, 5));
        assert_eq!(naming("285/TB-VPCP"), []);
        assert_eq!(naming("286/TB-VPCP"), [(id, "implements".to_owned())]);
        let named = world.read(|connection| finding::of_record(connection, PROVINCE, id));
        assert_eq!(named, [link("286/TB-VPCP")]);
        is_well(world);
    });
}

/// What was entered later is not there yet when one looks back.
#[test]
fn a_reading_that_looks_back_finds_what_was_there() {
    on_both_engines(|world| {
        let (early, late) = (fresh_id(), fresh_id());
        write(&world.store, MORNING, early, 1, letter(MONTH, &["*"]));
        write(&world.store, MORNING + Span::hours(5), late, 1, letter(MONTH, &["*"]));
        let then = world.read(|connection| {
            connection.look_through(Some(Lens { at: MORNING + Span::hours(1), known: None }));
            finding::find(connection, PROVINCE, "letter", &wanted(&["*"], 1))
        });
        assert_eq!((records(&then), then.all, then.more), (vec![early], Some(1), false));
    });
}

/// DT10: lists in the order of their days, and counts without reading all.
#[test]
fn works_are_listed_and_counted() {
    on_both_engines(|world| {
        let (body, other) = (BodyId(fresh_id()), BodyId(fresh_id()));
        let origin = fresh_id();
        write(&world.store, MORNING, origin, 1, letter(MONTH, &["*"]));
        let marked = || find(world, &wanted(&[WITH_OPEN_WORK], 5)).hits.len();
        assert_eq!(marked(), 0);
        let of = |work: Work| Facets { work: Some(work), ..Facets::default() };
        let mut ids = Vec::new();
        for day in [Some(3), None, Some(1), Some(-2)] {
            let due = day.map(|day| MORNING + Span::days(day));
            ids.push(fresh_id());
            write(&world.store, MORNING, ids[ids.len() - 1], 1, of(task(body, origin, "assigned", due)));
        }
        write(&world.store, MORNING, fresh_id(), 1, of(task(other, origin, "done", Some(MORNING))));
        assert_eq!(marked(), 1);
        let list = |whose: Whose, after, limit| {
            world.read(move |connection| finding::list(connection, PROVINCE, &whose, after, limit))
        };
        let first = list(Whose::Body(Some(body), true), None, 2);
        assert_eq!(first.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [ids[3], ids[2]]);
        let rest = list(Whose::Body(Some(body), true), Some(first[1].1), 5);
        assert_eq!(rest.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [ids[0], ids[1]], "without a day last");
        assert_eq!(list(Whose::Stage(Some(other), "done".into()), None, 5).len(), 1);
        assert_eq!(list(Whose::All(true), None, 9).len(), 4);
        let counts = || world.read(|connection| finding::counts_of_work(connection, PROVINCE));
        let overdue = |at: Moment| world.read(move |connection| finding::overdue_work(connection, PROVINCE, at));
        let told: BTreeSet<(Option<BodyId>, String, i64)> =
            counts().into_iter().map(|count| (count.body, count.stage, count.works)).collect();
        assert_eq!(told, [(Some(body), "assigned".to_owned(), 4), (Some(other), "done".to_owned(), 1)].into());
        // What is due within a day is not overdue on it, and what is done or has no day never is.
        let assigned = |works: i64| [("assigned".to_owned(), works)];
        assert_eq!(overdue(MORNING), assigned(1));
        assert_eq!(overdue(MORNING + Span::days(1)), assigned(1));
        assert_eq!(overdue(MORNING + Span::days(2)), assigned(2));
        assert_eq!(overdue(MORNING + Span::days(900)), assigned(3));
        assert_eq!(overdue(MORNING - Span::days(2)), []);
        // Done one after another: the letter loses its mark with the last.
        let person = PersonId(fresh_id());
        let held = Work { holder: Some(person), ..task(body, origin, "assigned", None) };
        write(&world.store, MORNING, ids[0], 2, of(held));
        assert_eq!(list(Whose::Holder(person, true), None, 5).len(), 1);
        for (number, id) in ids.iter().enumerate() {
            assert_eq!(marked(), 1, "after {number}");
            write(&world.store, MORNING, *id, 3, of(task(body, origin, "done", None)));
        }
        assert_eq!(marked(), 0);
        let counts = counts();
        assert!(counts.iter().all(|count| count.stage == "done"), "{counts:?}");
        assert_eq!(counts.iter().map(|count| count.works).sum::<i64>(), 5);
        assert_eq!(overdue(MORNING + Span::days(900)), [], "no open work is left");
        is_well(world);
    });
}

/// The tables travel in no snapshot: they come back from the ledger.
#[test]
fn a_restored_database_finds_the_same() {
    on_both_engines(|world| {
        let origin = fresh_id();
        write(&world.store, MORNING, origin, 1, letter(MONTH, &["*", "oxy"]));
        let work = task(BodyId(fresh_id()), origin, "assigned", Some(MORNING));
        write(&world.store, MORNING, fresh_id(), 1, Facets { work: Some(work), ..Facets::default() });
        let mut snapshot = Vec::new();
        store::snapshot::take(world.database(), &mut snapshot, MORNING, &mut |_, _| ()).expect("a snapshot");
        let restored = crate::common::Ground::new(world.ground.engine);
        store::migrate::migrate(&restored.database, MORNING).expect("a migration");
        store::snapshot::restore(&restored.database, snapshot.as_slice(), &mut |_, _| ()).expect("a restore");
        let again = Store::open(&restored.database, 1).expect("a store");
        let wanted = wanted(&["oxy", WITH_OPEN_WORK], 5);
        let found: Result<Hits, StoreError> =
            again.read_blocking(|connection| finding::find(connection, PROVINCE, "letter", &wanted));
        assert_eq!(found.unwrap(), find(world, &wanted));
        assert!(integrity::check(&restored.database).unwrap().is_well());
    });
}
