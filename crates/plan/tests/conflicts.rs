//! OX09: decisions that contradict each other are named, down to the smallest sets of them.

#[path = "check/draw.rs"]
mod draw;
#[path = "check/good.rs"]
mod good;
#[path = "check/province.rs"]
mod province;
#[path = "check/slow.rs"]
mod slow;

use locale::Locale;
use oxygen::dispatch::{Class, Decision, Minutes, Pin, PlaceNo, Problem, SiteNo, SourceNo, Trip, Window};
use plan::sound::{Flaw, conflicts, sound};
use quantity::Grams;

fn problem() -> Problem {
    let mut problem = province::province(&mut draw::Draw::of(7));
    problem.pins.clear();
    problem
}

fn pin(decision: Decision) -> Pin {
    Pin { decision, author: "chị Hà".to_owned(), reason: "thử".to_owned() }
}

fn window(from: i32, to: i32) -> Window {
    Window::new(Minutes(from), Minutes(to))
}

fn deliver(site: u32, when: Window, kg: i64) -> Decision {
    Decision::Deliver { site: SiteNo(site), source: None, when, least: Grams::from_kg(kg) }
}

/// Sets that contradict each other, and beside each a decision that contradicts nothing.
#[test]
fn the_smallest_set_of_decisions_that_contradict_each_other_is_named() {
    let day = window(0, 1_440);
    let harmless = || Decision::Counts { site: SiteNo(2), class: Class::Usual };
    let set = |pins: Vec<Decision>| {
        let mut problem = problem();
        problem.sites[0].unloads.clear();
        problem.pins = pins.into_iter().map(pin).collect();
        conflicts(&problem)
    };
    let none: Vec<Vec<usize>> = Vec::new();
    let site = SiteNo(0);
    let forbid = |source, when| Decision::Forbid { site, source, when };
    assert_eq!(set(vec![deliver(0, day, 400), harmless()]), none);
    assert_eq!(set(vec![harmless(), forbid(None, day), deliver(0, day, 400)]), [[1, 2]]);
    // One half of the day each; a third decision that only one of them needs is not in the set.
    let halves = [forbid(None, window(0, 700)), forbid(None, window(700, 1_440))];
    let [first, second] = halves;
    assert_eq!(set(vec![first.clone(), deliver(0, day, 400), second, first.clone()]), [[0, 1, 2]]);
    assert_eq!(set(vec![first, deliver(0, day, 400)]), none);
    assert_eq!(set(vec![deliver(0, day, 400), Decision::AtMost { site, most: Grams::from_kg(399) }]), [[0, 1]]);
    let two = vec![
        deliver(0, day, 300),
        deliver(0, window(1_440, 2_880), 300),
        harmless(),
        Decision::AtMost { site, most: Grams::from_kg(500) },
    ];
    assert_eq!(set(two), [[0, 1, 3]]);
    let one_window =
        vec![deliver(0, day, 300), deliver(0, day, 300), Decision::AtMost { site, most: Grams::from_kg(500) }];
    assert_eq!(set(one_window), none, "one delivery serves both");
    // More than all sources have.
    assert_eq!(set(vec![harmless(), deliver(0, day, 900_000)]), [[1]]);
    // Two sets, none with a pin of the other.
    let twice = vec![forbid(None, day), deliver(0, day, 400), deliver(1, day, 900_000)];
    assert_eq!(set(twice), [vec![0, 1], vec![2]]);
    let flooded = Decision::RoadClosed { from: PlaceNo(2), to: None, when: window(0, 1_500) };
    let from = Some(SourceNo(0));
    let wanted = Decision::Deliver { site, source: from, when: day, least: Grams::from_kg(400) };
    assert_eq!(set(vec![flooded, harmless(), wanted.clone()]), [[0, 2]]);
    let out = Decision::SourceOut { source: SourceNo(0), when: window(0, 1_440) };
    assert_eq!(set(vec![wanted.clone(), out]), [[0, 1]]);
    let mut refused = problem();
    refused.pins = [forbid(None, day), deliver(0, day, 400)].map(pin).to_vec();
    let refused = sound(&refused).expect_err("they contradict each other");
    assert_eq!((refused[0].flaw, &refused[0].pins[..]), (Flaw::Conflict, &[0, 1][..]));
    let words = locale::sentence(Locale::Vietnamese, &refused[0]);
    let told = "Các quyết định 1, 2 (chị Hà, chị Hà) không thể cùng thực hiện (pins[0], pins[1]).";
    assert_eq!((words.sentence.as_str(), words.code), (told, "PLN-222"));
    let reserved = Decision::Reserve { source: SourceNo(0), grams: Grams::from_kg(900_000) };
    let all = Decision::Deliver { site, source: from, when: day, least: Grams::from_kg(9_000) };
    let mut rich = problem();
    rich.sources[0].liquid.as_mut().expect("liquid").stock = Grams::from_kg(20_000);
    rich.pins = [reserved, all].map(pin).to_vec();
    assert_eq!(conflicts(&rich), [[0, 1]]);
}

#[test]
fn a_kept_trip_contradicts_what_takes_its_vehicle_its_source_its_road_or_its_site() {
    let mut seen = std::collections::BTreeMap::<&str, usize>::new();
    for seed in 0..40 {
        let (problem, plan) = good::good(seed);
        // A trip that leaves after everything frozen.
        let free = plan.trips.iter().rev().find(|trip| trip.leaves >= problem.frozen_until && !trip.stops.is_empty());
        let Some(kept) = free else { continue };
        let stop = kept.stops[0];
        let site = stop.site;
        let begins = Window::new(stop.begins, stop.begins + Minutes(1));
        let place = problem.site(site).place;
        let on_the_way = Window::new(kept.loaded, stop.arrives);
        let mut against = vec![
            ("vehicle", Decision::VehicleOut { vehicle: kept.vehicle, when: begins }),
            (
                "source",
                Decision::SourceOut { source: kept.source, when: Window::new(kept.loads, kept.loads + Minutes(1)) },
            ),
            ("forbid", Decision::Forbid { site, source: None, when: begins }),
            ("at most", Decision::AtMost { site, most: stop.amount.grams() - Grams(1) }),
            ("twice", Decision::Keep(Trip { back: kept.back + Minutes(1), ..kept.clone() })),
        ];
        if on_the_way.from < on_the_way.to && problem.source(kept.source).place != place {
            against.push(("road", Decision::RoadClosed { from: place, to: None, when: on_the_way }));
        }
        for (name, decision) in against {
            let mut tried = problem.clone();
            tried.pins = vec![pin(decision), pin(Decision::Keep(kept.clone()))];
            assert_eq!(conflicts(&tried), [[0, 1]], "seed {seed}: {name}");
            *seen.entry(name).or_default() += 1;
        }
        let mut alone = problem.clone();
        alone.pins = vec![pin(Decision::Keep(kept.clone()))];
        assert_eq!(conflicts(&alone), Vec::<Vec<usize>>::new(), "seed {seed}");
        // One that breaks a rule by itself: physics is not overridden.
        alone.pins = vec![pin(Decision::Keep(Trip { back: kept.loaded, ..kept.clone() }))];
        assert_eq!(conflicts(&alone), [[0]], "seed {seed}");
    }
    assert!(seen.len() == 6 && seen.values().all(|count| *count > 10), "{seen:?}");
}
