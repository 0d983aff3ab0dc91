//! OX09: what is wrong with a problem is named, refused or told, and never a panic.

#[path = "check/draw.rs"]
mod draw;
#[path = "check/good.rs"]
mod good;
#[path = "check/province.rs"]
mod province;
#[path = "check/slow.rs"]
mod slow;

use oxygen::dispatch::{
    Carries, Class, Closure, ContractNo, Cylinders, Decision, Minutes, Outage, Pin, PlaceNo, Plan, Problem, SiteNo,
    SourceNo, Trip, VehicleNo, Window,
};
use std::collections::BTreeSet;

use locale::Locale;
use plan::check::{Rule, check};
use plan::sound::{self, Flaw, Unsound, findings, sound};
use proptest::prelude::*;
use quantity::{Grams, Moment, VesselSpec};

fn problem() -> Problem {
    let mut problem = province::province(&mut draw::Draw::of(7));
    problem.pins.clear();
    problem
}

fn window(from: i32, to: i32) -> Window {
    Window::new(Minutes(from), Minutes(to))
}

fn pin(decision: Decision) -> Pin {
    Pin { decision, author: "chị Hà".to_owned(), reason: "thử".to_owned() }
}

fn trip() -> Trip {
    let (leaves, loads, loaded, back) = (Minutes(0), Minutes(10), Minutes(70), Minutes(200));
    Trip { vehicle: VehicleNo(0), source: SourceNo(0), leaves, loads, loaded, stops: Vec::new(), returns: None, back }
}

type Change = (&'static str, Flaw, fn(&mut Problem));

/// Every flaw has a sentence and a next step in both languages, and knows all the facts that they need.
fn said(flaws: &[Unsound]) {
    for (flaw, language) in flaws.iter().flat_map(|flaw| [(flaw, Locale::Vietnamese), (flaw, Locale::English)]) {
        let words = locale::sentence(language, flaw);
        let text = format!("{} {}", words.sentence, words.next);
        assert!(locale::knows(language, words.code), "{flaw}");
        assert!(!text.contains("{$") && !words.next.is_empty(), "{text}");
    }
}

/// What is refused, with the place that is named.
const REFUSED: &[Change] = &[
    ("sites[0].place", Flaw::Index, |problem| problem.sites[0].place = PlaceNo(999)),
    ("sites[0].tank.owner", Flaw::Index, |problem| {
        problem.sites[0].tank.as_mut().expect("a tank").owner = Some(SourceNo(99));
    }),
    ("sources[0].lender", Flaw::Index, |problem| problem.sources[0].lender = Some(SiteNo(999))),
    ("vehicles[0].depot", Flaw::Index, |problem| problem.vehicles[0].depot = PlaceNo(u32::MAX)),
    ("vehicles[0].carries_for", Flaw::Index, |problem| problem.vehicles[0].carries_for = Some(SourceNo(99))),
    ("contracts[0].source", Flaw::Index, |problem| problem.contracts[0].source = SourceNo(99)),
    ("contracts[0].sites[0]", Flaw::Index, |problem| problem.contracts[0].sites = vec![SiteNo(999)]),
    ("roads.ferries[0]", Flaw::Index, |problem| problem.roads.ferries[0].one = PlaceNo(999)),
    ("roads.measured[0]", Flaw::Index, |problem| problem.roads.measured[0].to = PlaceNo(999)),
    ("roads.closures[2]", Flaw::Index, |problem| {
        problem.roads.closures.push(Closure { from: PlaceNo(999), to: None, closed: Vec::new() });
    }),
    ("before.trips[0].vehicle", Flaw::Index, |problem| {
        problem.before = Some(Plan { trips: vec![Trip { vehicle: VehicleNo(99), ..trip() }] });
    }),
    ("pins[0].decision.site", Flaw::Index, |problem| {
        problem.pins.push(pin(Decision::Counts { site: SiteNo(999), class: Class::Usual }));
    }),
    ("pins[0].decision", Flaw::Index, |problem| {
        problem.pins.push(pin(Decision::RoadClosed { from: PlaceNo(0), to: Some(PlaceNo(999)), when: window(0, 9) }));
    }),
    ("paths[0].sources_out[0]", Flaw::Index, |problem| {
        problem.paths[0].sources_out.push(Outage { of: SourceNo(99), when: window(0, 9) });
    }),
    ("sites[0].unloads[0]", Flaw::EmptyWindow, |problem| problem.sites[0].unloads = vec![window(60, 60)]),
    ("pins[0].decision.when", Flaw::EmptyWindow, |problem| {
        problem.pins.push(pin(Decision::VehicleOut { vehicle: VehicleNo(0), when: window(9, 0) }));
    }),
    ("sources[0].loads[1]", Flaw::WindowOrder, |problem| {
        problem.sources[0].loads = vec![window(0, 60), window(59, 90)]
    }),
    ("vehicles[0].free[1]", Flaw::WindowOrder, |problem| {
        problem.vehicles[0].free = vec![window(100, 160), window(0, 90)];
    }),
    ("sources[0].liquid.stock", Flaw::Negative, |problem| {
        problem.sources[0].liquid.as_mut().expect("liquid").stock = Grams(-1);
    }),
    ("sites[0].tank.stock", Flaw::Negative, |problem| {
        problem.sites[0].tank.as_mut().expect("a tank").stock = Grams(i64::MIN);
    }),
    ("vehicles[1].duty", Flaw::Negative, |problem| problem.vehicles[1].duty = Minutes(-1)),
    ("paths[1].need[2][3]", Flaw::Negative, |problem| problem.paths[1].need[2][3] = Grams(-5)),
    ("roads.measured[0].metres", Flaw::Negative, |problem| problem.roads.measured[0].metres = -1),
    ("contracts[0].left", Flaw::TooLarge, |problem| problem.contracts[0].left = Grams(i64::MAX)),
    ("sites[0].unloading", Flaw::TooLarge, |problem| problem.sites[0].unloading = Minutes(i32::MAX)),
    ("frozen_until", Flaw::TooLarge, |problem| problem.frozen_until = Minutes(i32::MAX)),
    ("sites[0].rack.full", Flaw::TooLarge, |problem| {
        problem.sites[0].rack.as_mut().expect("cylinders").full = u32::MAX;
    }),
    ("aims.caution", Flaw::Aims, |problem| problem.aims.caution = 1.5),
    ("aims.tail", Flaw::Aims, |problem| problem.aims.tail = f64::NAN),
    ("aims.weights (severe)", Flaw::Aims, |problem| problem.aims.weights[1] = -1.0),
    ("aims.unfairness", Flaw::Aims, |problem| problem.aims.unfairness = f64::INFINITY),
    ("vehicles", Flaw::NoVehicle, |problem| problem.vehicles.clear()),
    ("sources", Flaw::NoSource, |problem| problem.sources.clear()),
    ("sites", Flaw::NoSite, |problem| problem.sites.clear()),
    ("paths", Flaw::NoPath, |problem| problem.paths.clear()),
    ("paths[0].need", Flaw::PathShape, |problem| {
        problem.paths[0].need.pop();
    }),
    ("paths[0].made[1]", Flaw::PathShape, |problem| {
        problem.paths[0].made[1].pop();
    }),
    ("days", Flaw::Days, |problem| problem.days = 0),
    ("days", Flaw::Days, |problem| problem.days = u32::MAX),
    ("sites", Flaw::TooMany, |problem| {
        problem.sites = vec![problem.sites[0].clone(); sound::MOST_SITES + 1];
    }),
    ("paths[0].need[1]", Flaw::NeedUnknown, |problem| problem.paths[0].need[1].clear()),
    ("sites[0].patient_day", Flaw::PatientDay, |problem| problem.sites[0].patient_day = Grams::ZERO),
    ("sources[0].cylinders[1]", Flaw::SizeTwice, |problem| {
        let one = Cylinders { size: VesselSpec::LITRES_8, full: 0, empty: 0, fills: 0 };
        problem.sources[0].cylinders = vec![one.clone(), one];
    }),
    ("sites[0].rack.size", Flaw::NoContent, |problem| {
        problem.sites[0].rack.as_mut().expect("cylinders").size = VesselSpec { water_volume_ml: 0, pressure_bar: 150 };
    }),
    ("roads.kmh", Flaw::Roads, |problem| problem.roads.kmh = 0.0),
    ("roads.winding", Flaw::Roads, |problem| problem.roads.winding = f64::NAN),
    ("places[2].at", Flaw::OffEarth, |problem| problem.places[2].at = Some((105.0, 10.0))),
    ("start", Flaw::Start, |problem| problem.start = Moment::from_micros(i64::MAX)),
    ("roads.ferries[0]", Flaw::SamePlace, |problem| problem.roads.ferries[0].other = problem.roads.ferries[0].one),
    ("before.trips[0].back", Flaw::TripOrder, |problem| {
        problem.before = Some(Plan { trips: vec![Trip { back: Minutes(-9), ..trip() }] });
    }),
];

#[test]
fn what_no_plan_can_mean_anything_with_is_refused_by_name() {
    assert_eq!(sound(&problem()), Ok(()));
    for (at, flaw, change) in REFUSED {
        let mut changed = problem();
        change(&mut changed);
        let refused = sound(&changed).expect_err(at);
        let found: Vec<String> = refused.iter().map(ToString::to_string).collect();
        assert!(refused.iter().any(|found| found.flaw == *flaw && found.at == *at), "{at} {flaw:?}: {found:?}");
        assert!(refused.iter().all(|found| found.refused()));
        said(&refused);
        // The check says so too, and looks no further.
        let faults = check(&changed, &Plan { trips: vec![trip()] });
        assert_eq!(faults.iter().map(|fault| fault.rule).collect::<Vec<_>>(), [Rule::Problem], "{at}");
    }
}

/// What is told, with the place that is named.
const TOLD: &[Change] = &[
    ("sites[5].place", Flaw::NoCoordinates, |problem| problem.places[7].at = None),
    ("sites[0]", Flaw::NeedsNothing, |problem| {
        problem.paths.iter_mut().for_each(|path| path.need[0].fill(Grams::ZERO));
    }),
    ("sites[0].tank", Flaw::SmallTank, |problem| {
        problem.sites[0].tank.as_mut().expect("a tank").smallest_lot = Grams::from_kg(90_000);
    }),
    ("roads.closures", Flaw::AllClosed, |problem| {
        for number in 0..problem.places.len() {
            let closed = vec![window(0, Minutes::NEVER.0)];
            problem.roads.closures.push(Closure { from: PlaceNo::of(number), to: None, closed });
        }
        // But for the hospital that lends: it stands where its own store is.
        problem.sources.pop();
        problem.vehicles.iter_mut().for_each(|vehicle| vehicle.carries_for = None);
    }),
    ("sites[3]", Flaw::Unreachable, |problem| {
        problem.places[5].land = 7;
    }),
    ("sites[4]", Flaw::Unreachable, |problem| problem.vehicles.iter_mut().for_each(|one| one.boards = false)),
    ("sites[3]", Flaw::NobodyDelivers, |problem| problem.sites[3].road = 0),
    ("sites[3]", Flaw::NobodyDelivers, |problem| (problem.sites[3].tank, problem.sites[3].rack) = (None, None)),
    ("sites[0].tank", Flaw::OverFull, |problem| {
        problem.sites[0].tank.as_mut().expect("a tank").stock = Grams::from_kg(90_000);
    }),
    ("sites[0].rack", Flaw::Crammed, |problem| problem.sites[0].rack.as_mut().expect("cylinders").room = 3),
    ("sources[1]", Flaw::NotReleased, |problem| problem.sources[1].released = None),
    ("vehicles[0]", Flaw::NeverFree, |problem| problem.vehicles[0].free = vec![window(-100, -10)]),
    ("vehicles[0]", Flaw::NeverFree, |problem| {
        problem.pins.push(pin(Decision::VehicleOut { vehicle: VehicleNo(0), when: window(-10, 90_000) }));
    }),
    ("sources[0]", Flaw::NeverLoads, |problem| problem.sources[0].loads = vec![window(-100, -10)]),
    ("roads.ferries[0]", Flaw::NeverSails, |problem| problem.roads.ferries[0].sails.clear()),
    ("vehicles[0]", Flaw::CarriesNothing, |problem| problem.vehicles[0].carries = Carries::Cylinders(0)),
    ("sources[0]", Flaw::HasNothing, |problem| {
        (problem.sources[0].liquid, problem.sources[0].cylinders) = (None, Vec::new());
    }),
];

/// Every flaw that there is has a problem here.
#[test]
fn no_flaw_is_left_untried() {
    let tried: BTreeSet<Flaw> = REFUSED.iter().chain(TOLD).map(|(_, flaw, _)| *flaw).collect();
    let others: Vec<Flaw> = Flaw::ALL.iter().copied().filter(|flaw| !tried.contains(flaw)).collect();
    assert_eq!(others, [Flaw::Conflict, Flaw::LendsTooMuch], "these two have tests of their own");
}

#[test]
fn what_a_plan_can_be_made_with_is_told_by_name() {
    for (at, flaw, change) in TOLD {
        let mut changed = problem();
        change(&mut changed);
        assert_eq!(sound(&changed), Ok(()), "{at}");
        let told = findings(&changed);
        said(&told);
        let found: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert!(told.iter().any(|found| found.flaw == *flaw && found.at == *at), "{at} {flaw:?}: {found:?}");
        // Nothing is said of it before.
        assert!(!findings(&problem()).iter().any(|found| found.flaw == *flaw && found.at == *at), "{at} {flaw:?}");
    }
}

#[test]
fn a_lender_that_lends_more_than_it_has_is_told() {
    let mut problem = problem();
    let last = problem.sources.len() - 1;
    problem.sources[last].cylinders[0].full = 41;
    said(&findings(&problem));
    let told: Vec<Flaw> = findings(&problem).into_iter().map(|flaw| flaw.flaw).collect();
    assert!(told.contains(&Flaw::LendsTooMuch), "{told:?}");
}

#[test]
fn fifteen_hundred_facilities_are_looked_at() {
    let mut problem = problem();
    let (sites, needs) = (problem.sites.len(), sound::MOST_SITES);
    problem.sites = (0..needs).map(|number| problem.sites[number % sites].clone()).collect();
    for path in &mut problem.paths {
        path.need = (0..needs).map(|number| path.need[number % sites].clone()).collect();
        path.made.clear();
    }
    assert_eq!(sound(&problem), Ok(()));
    assert!(findings(&problem).iter().all(|flaw| !flaw.refused()));
    assert_eq!(check(&problem, &Plan::default()), []);
}

fn deliver(site: u32, when: Window, kg: i64) -> Decision {
    Decision::Deliver { site: SiteNo(site), source: None, when, least: Grams::from_kg(kg) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever stands in the fields: an answer, never a panic.
    #[test]
    fn no_problem_and_no_plan_makes_it_panic(
        seed in any::<u64>(),
        numbers in prop::collection::vec(prop_oneof![any::<i64>(), -3_i64..3, Just(i64::MAX), Just(i64::MIN)], 40),
    ) {
        let (mut problem, mut plan) = good::good(seed % 50);
        let mut draw = draw::Draw::of(seed);
        for number in numbers {
            let small = number as u32;
            let minutes = Minutes(number as i32);
            let when = Window::new(minutes, Minutes((number >> 32) as i32));
            let site = draw.below(problem.sites.len());
            let source = draw.below(problem.sources.len());
            let vehicle = draw.below(problem.vehicles.len());
            let trip = draw.below(plan.trips.len());
            match draw.below(24) {
                0 => problem.sites[site].unloading = minutes,
                1 => problem.sites[site].unloads = vec![when],
                2 => problem.sites[site].place = PlaceNo(small),
                3 => problem.sources[source].loads = vec![when, when],
                4 => problem.sources[source].loading = minutes,
                5 => problem.vehicles[vehicle].duty = minutes,
                6 => problem.vehicles[vehicle].free = vec![when],
                7 => problem.frozen_until = minutes,
                8 => problem.contracts[0].left = Grams(number),
                9 => problem.paths[0].need[site][0] = Grams(number),
                10 => problem.roads.ferries[0].sails = vec![when],
                11 => problem.roads.closures[0].closed = vec![when],
                12 => problem.roads.measured[0].minutes = minutes,
                13 => problem.pins.push(pin(Decision::Reserve { source: SourceNo(small % 9), grams: Grams(number) })),
                14 => problem.pins.push(pin(deliver(small % 30, when, number))),
                15 => problem.pins.push(pin(Decision::Keep(plan.trips[trip].clone()))),
                16 => plan.trips[trip].vehicle = VehicleNo(small),
                17 => plan.trips[trip].loads = minutes,
                18 => plan.trips[trip].back = minutes,
                19 => plan.trips[trip].returns = Some(minutes),
                20 => plan.trips[trip].stops.iter_mut().for_each(|stop| stop.begins = minutes),
                21 => plan.trips[trip].stops.iter_mut().for_each(|stop| stop.site = SiteNo(small)),
                22 => plan.trips[trip].stops.iter_mut().for_each(|stop| {
                    stop.amount = oxygen::dispatch::Amount::Liquid(Grams(number));
                    stop.basis = oxygen::dispatch::Basis::Contract(ContractNo(small));
                }),
                _ => plan.trips[trip].stops.iter_mut().for_each(|stop| {
                    let size = VesselSpec { water_volume_ml: small, pressure_bar: small as u16 };
                    stop.amount = oxygen::dispatch::Amount::Cylinders { size, full: small, empty: small };
                }),
            }
            // A few fields at a time as well as all of them.
            if draw.chance(20) {
                let _ = (findings(&problem), check(&problem, &plan));
            }
        }
        let _ = (findings(&problem), check(&problem, &plan));
    }
}
