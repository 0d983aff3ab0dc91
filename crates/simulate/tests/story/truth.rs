//! The truth closes, and what is told of it is honest unless it says otherwise.

use std::collections::HashMap;

use oxygen::{Shown, StoreKind};
use proptest::prelude::*;
use quantity::{Grams, Moment, Span};
use simulate::{Chapter, Event, Scenario, Slip};

use crate::common;

/// A moment of a scenario, by its share of the whole.
fn moment(scenario: &Scenario, share: f64) -> Moment {
    let from = scenario.chapter().history_from();
    from + Span::micros(((scenario.until() - from).as_micros() as f64 * share) as i64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Between any two moments the content changes by what came, less what was used and lost.
    #[test]
    fn the_balance_closes_to_the_gram(seed in 0..1_000_u64, chapter in 0..3_usize, shares in proptest::collection::vec(0.0..1.0_f64, 8)) {
        let scenario = common::scenario(Chapter::ALL[chapter], seed);
        for known in &scenario.province().facilities {
            let at = |share: f64| scenario.truth(known.facility.id, moment(&scenario, share)).unwrap();
            for pair in shares.windows(2) {
                let (first, second) = (at(pair[0]), at(pair[1]));
                for (index, (store, content)) in first.contents.iter().enumerate() {
                    let ((_, one), (same, other)) = (first.flows[index], second.flows[index]);
                    prop_assert_eq!(*store, same);
                    let change = second.contents[index].1 - *content;
                    let explained = (other.delivered - one.delivered) - (other.used - one.used) - (other.lost - one.lost);
                    prop_assert_eq!(change, explained);
                }
            }
        }
    }

    /// No store is ever below nothing or above what it holds, and machines hold nothing.
    #[test]
    fn contents_stay_within_their_stores(seed in 0..1_000_u64, chapter in 0..3_usize) {
        let scenario = common::scenario(Chapter::ALL[chapter], seed);
        let days = (scenario.until() - scenario.chapter().history_from()).as_hours() / 24.0;
        for known in &scenario.province().facilities {
            for step in 0..(days * 6.0) as i64 {
                let at = scenario.chapter().history_from() + Span::minutes(step * 240 + 17);
                let truth = scenario.truth(known.facility.id, at).unwrap();
                for (store, (_, content)) in known.stores.iter().zip(&truth.contents) {
                    prop_assert!(*content >= Grams::ZERO, "{} {at}", known.facility.body.name);
                    prop_assert!(*content <= store.capacity, "{} {at} {content}", known.facility.body.name);
                }
            }
        }
    }
}

/// OX04: readings are the truth within the step of the gauge, unless they are marked as a slip.
#[test]
fn readings_are_honest_unless_marked() {
    for chapter in Chapter::ALL {
        let scenario = common::scenario(chapter, 3);
        let settings = common::settings(chapter.opening(), scenario.province().readiness);
        let stores: HashMap<_, _> = scenario
            .province()
            .facilities
            .iter()
            .flat_map(|known| &known.stores)
            .map(|store| (store.id, store))
            .collect();
        let (mut read, mut slips, mut far) = (0, 0, 0);
        for event in scenario.events(chapter.history_from(), scenario.until()) {
            let Event::Report(report) = event else { continue };
            let truth = scenario.truth(report.facility, report.happened_at).unwrap();
            assert_eq!(report.readings.len(), truth.contents.len(), "every store is read");
            for (reading, (id, content)) in report.readings.iter().zip(&truth.contents) {
                assert_eq!(reading.store, *id);
                let store = stores[id];
                // Whatever was typed passes the checks of the house: slips are believable ones.
                let told = store.content_of(&reading.shown, &settings).unwrap();
                if matches!(reading.shown, Shown::Running { .. }) {
                    assert!(matches!(store.kind, StoreKind::Plant | StoreKind::Concentrators));
                    continue;
                }
                let miss = (told - *content).abs();
                read += 1;
                match reading.slip {
                    None => assert!(miss <= store.resolution(&settings), "{} {miss} {told}", store.label),
                    Some(slip) => {
                        slips += 1;
                        far += u32::from(miss > store.resolution(&settings));
                        assert!(slip == Slip::Copied || miss > store.resolution(&settings));
                    }
                }
            }
        }
        let share = f64::from(slips) / f64::from(read);
        assert!((0.001..0.02).contains(&share), "{chapter:?}: {slips} of {read}");
        assert!(far > 0, "{chapter:?}");
    }
}

/// Every delivery is in the truth, once, and its cylinders weigh what it says.
#[test]
fn deliveries_are_what_really_came() {
    let scenario = common::scenario(Chapter::Drill2026, 5);
    let end = scenario.until();
    let mut told: HashMap<_, Grams> = HashMap::new();
    for event in scenario.events(Chapter::Drill2026.history_from(), end) {
        let Event::Delivery(brought) = event else { continue };
        assert!(brought.amount > Grams::ZERO && brought.happened_at < brought.recorded_at);
        *told.entry(brought.store).or_default() += brought.amount;
        let known = scenario.province().facilities.iter().find(|known| known.facility.id == brought.facility).unwrap();
        let store = known.stores.iter().find(|store| store.id == brought.store).unwrap();
        match (brought.cylinders, store.vessels) {
            (Some(change), Some(vessels)) => {
                assert_eq!(vessels.spec.full() * i64::from(change.full), brought.amount);
                assert_eq!((change.full, brought.typed.value), (-change.empty, f64::from(change.full)));
            }
            (None, None) => assert_eq!(brought.typed.grams(None).unwrap(), brought.amount),
            other => panic!("{other:?}"),
        }
    }
    // The last eight hours may not have been written down yet.
    let settled = end - Span::hours(8);
    for known in &scenario.province().facilities {
        let (truth, all) =
            (scenario.truth(known.facility.id, settled).unwrap(), scenario.truth(known.facility.id, end).unwrap());
        for ((store, flows), (_, whole)) in truth.flows.iter().zip(&all.flows) {
            let told = told.get(store).copied().unwrap_or_default();
            assert!(flows.delivered <= told && told <= whole.delivered, "{}", known.facility.body.name);
        }
    }
}

/// The facility's own flow differs from the norm, and the gauge shows it: the desk has something to learn.
#[test]
fn facilities_differ_from_the_norm() {
    let scenario = common::scenario(Chapter::Delta2021, 1);
    let opening = Chapter::Delta2021.opening();
    let settings = common::settings(opening, scenario.province().readiness);
    let ratios: Vec<f64> = scenario
        .province()
        .facilities
        .iter()
        .map(|known| scenario.truth(known.facility.id, opening).unwrap())
        .map(|truth| truth.need.0 / truth.census.need(&settings).mid.0)
        .collect();
    let (low, high) =
        ratios.iter().fold((f64::MAX, f64::MIN), |(low, high), ratio| (low.min(*ratio), high.max(*ratio)));
    assert!(low < 0.9 && high > 1.1 && low > 0.5 && high < 1.8, "{low} {high}");
}
