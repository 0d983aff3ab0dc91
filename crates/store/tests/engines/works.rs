//! Works page by page, counted before a moment, and summed up by period: the same as counting them one by one.

use std::collections::{BTreeMap, BTreeSet};

use place::BodyId;
use quantity::{Id, Moment, Span};
use store::finding::{self, Among, Facets, Slice, Summed, Work};
use store::integrity;

use crate::common::build::{PROVINCE, fresh_id, perform};
use crate::common::{Engine, MORNING, World, on_both_engines};

const STAGES: [&str; 3] = ["assigned", "under_way", "done"];

/// 90 works of three bodies in three stages, due around this morning, some within its very day, some never.
fn fill(world: &World, bodies: &[BodyId]) -> Vec<(Id, Work)> {
    let works: Vec<(Id, Work)> = (0..90_i64)
        .map(|number| {
            let stage = STAGES[usize::try_from(number % 7 % 3).expect("a stage")];
            let hours = [-700, -30, -2, 0, 2, 30, 700][usize::try_from(number * 5 % 7).expect("a time")];
            let due = (number % 11 != 0).then(|| MORNING + Span::hours(hours));
            let line = |verdict: &str, at: i64, amount: i64| Summed {
                period: "2026-Q4".to_owned(),
                name: String::new(),
                verdict: verdict.to_owned(),
                at,
                works: 1,
                amount,
            };
            let sums = match (stage, due) {
                ("done", _) => vec![line("late", 0, number)],
                (_, Some(due)) => vec![line("running", due.micros(), number)],
                _ => Vec::new(),
            };
            let body = bodies[usize::try_from(number % 3).expect("a body")];
            let stage = stage.to_owned();
            let open = stage != "done";
            (fresh_id(), Work { body: Some(body), holder: None, stage, open, due_at: due, origin: None, sums })
        })
        .collect();
    for (id, work) in works.clone() {
        write(world, id, 1, work);
    }
    works
}

fn write(world: &World, id: Id, version: i64, work: Work) {
    let facets = Facets { work: Some(work), ..Facets::default() };
    perform(&world.store, PROVINCE, MORNING, move |transaction, content, stamp| {
        finding::append(transaction, content, stamp, (id, version), &facets)
    })
    .expect("a work");
}

fn due(work: &Work) -> i64 {
    work.due_at.map_or(i64::MAX, Moment::micros)
}

/// DT03, DT05: every page, forward and backward, of one body, two or all, holds what the slices say, in order.
#[test]
fn pages_of_slices_are_whole_and_in_order() {
    on_both_engines(|world| {
        let bodies: Vec<BodyId> = (0..3).map(|_| BodyId(fresh_id())).collect();
        let works = fill(world, &bodies);
        let now = MORNING.micros();
        let cases = [
            vec![
                Slice { stage: "assigned", from: i64::MIN, until: now - 1 },
                Slice { stage: "under_way", from: now, until: i64::MAX },
            ],
            vec![Slice { stage: "done", from: i64::MIN, until: i64::MAX }],
            vec![Slice { stage: "done", from: now + 1, until: now }],
        ];
        for (slices, back) in cases.iter().flat_map(|slices| [(slices, false), (slices, true)]) {
            for among in [Among::Province, Among::Bodies(bodies[..2].to_vec()), Among::Bodies(Vec::new())] {
                let is_among = |work: &Work| match &among {
                    Among::Province => true,
                    Among::Bodies(of) => work.body.is_some_and(|body| of.contains(&body)),
                };
                let holds = |work: &Work| {
                    let within =
                        |slice: &Slice| slice.stage == work.stage && (slice.from..=slice.until).contains(&due(work));
                    is_among(work) && slices.iter().any(within)
                };
                let mut expected: Vec<(i64, Id)> =
                    works.iter().filter(|(_, work)| holds(work)).map(|(id, work)| (due(work), *id)).collect();
                expected.sort_unstable();
                if back {
                    expected.reverse();
                }
                let (mut found, mut after) = (Vec::new(), None);
                loop {
                    let page = world.read(|c| finding::page_of_works(c, PROVINCE, &among, (slices, back), after, 7));
                    found.extend(page.iter().map(|(_, after)| *after));
                    match page.last() {
                        Some((_, last)) if page.len() == 7 => after = Some(*last),
                        _ => break,
                    }
                }
                assert_eq!(found, expected, "{slices:?} {among:?} back: {back}");
            }
        }
    });
}

/// DT05: how many are due before a moment within a day is counted to the microsecond, of all and of some bodies.
#[test]
fn works_before_a_moment_are_counted() {
    on_both_engines(|world| {
        let bodies: Vec<BodyId> = (0..3).map(|_| BodyId(fresh_id())).collect();
        let works = fill(world, &bodies);
        for at in [-800, -30, -1, 0, 1, 3, 31, 800].map(|hours| MORNING + Span::hours(hours)) {
            for (among, of) in [(Among::Province, &bodies[..]), (Among::Bodies(bodies[1..].to_vec()), &bodies[1..])] {
                let count = |stage: &str| {
                    let counts = |work: &&(Id, Work)| {
                        let work = &work.1;
                        work.stage == stage && due(work) < at.micros() && of.iter().any(|body| work.body == Some(*body))
                    };
                    i64::try_from(works.iter().filter(counts).count()).expect("a count")
                };
                let expected: BTreeMap<&str, i64> = STAGES[..2].iter().map(|stage| (*stage, count(stage))).collect();
                let found = world.read(|c| finding::works_before(c, PROVINCE, &among, &STAGES[..2], at));
                assert_eq!(found, expected, "{among:?} at {at}");
            }
        }
        let of_one = Among::Bodies(vec![bodies[0]]);
        let counts = world.read(|c| finding::counts_among(c, PROVINCE, &of_one));
        assert_eq!(counts.iter().map(|count| count.works).sum::<i64>(), 30);
    });
}

/// PR06: sums follow each version, are split at the present, vanish with their last work, and come back from the ledger.
#[test]
fn sums_follow_their_works() {
    on_both_engines(|world| {
        let bodies: Vec<BodyId> = (0..3).map(|_| BodyId(fresh_id())).collect();
        let works = fill(world, &bodies);
        let of = |period: &str, now: i64| world.read(|c| finding::sums_of_period(c, PROVINCE, period, now));
        let now = MORNING.micros();
        let naive = |verdict: &str, value: &dyn Fn(&Summed) -> i64| -> i64 {
            let lines = works.iter().flat_map(|(_, work)| &work.sums);
            lines.filter(|line| line.verdict == verdict && line.at < now).map(value).sum()
        };
        let found = of("2026-Q4", now);
        assert_eq!(found.iter().map(|sum| sum.body).collect::<BTreeSet<_>>().len(), 3);
        for verdict in ["late", "running"] {
            let told = |value: &dyn Fn(&finding::Sum) -> i64| -> i64 {
                found.iter().filter(|sum| sum.verdict == verdict).map(value).sum()
            };
            assert_eq!(told(&|sum| sum.past), naive(verdict, &|line| line.works), "{verdict}");
            assert_eq!(told(&|sum| sum.amount), naive(verdict, &|line| line.amount), "{verdict}");
        }
        assert_eq!(
            found.iter().map(|sum| sum.works).sum::<i64>(),
            works.iter().map(|(_, work)| work.sums.len() as i64).sum::<i64>()
        );
        assert_eq!(of("2026-Q3", now), []);
        assert!(integrity::check(world.database()).expect("a check").is_well());
        for (id, work) in &works {
            write(world, *id, 2, Work { sums: Vec::new(), ..work.clone() });
        }
        assert_eq!(of("2026-Q4", now), [], "nothing is left of what comes to nothing");
        let back: Vec<&(Id, Work)> = works.iter().filter(|(_, work)| !work.sums.is_empty()).collect();
        write(world, back[0].0, 3, back[0].1.clone());
        assert_eq!(of("2026-Q4", now).len(), 1);
        let report = integrity::check(world.database()).expect("a check");
        assert!(report.is_well(), "{report:?}");
    });
}

/// What somebody changes in the sums from the side is told.
#[test]
fn a_forged_sum_is_told() {
    let world = World::new(Engine::Sqlite);
    fill(&world, &[BodyId(fresh_id()), BodyId(fresh_id()), BodyId(fresh_id())]);
    let sql = "UPDATE work_sum SET works = works + 1 WHERE verdict = 'late'".to_owned();
    crate::common::raw::run(&mut world.ground.connect(), sql, Vec::new());
    assert!(!integrity::check(world.database()).expect("a check").is_well());
}
