//! What a world does with plans.

use oxygen::dispatch::{Amount, Basis, ContractNo, Minutes, Plan, SiteNo, SourceNo, Stop, Trip, VehicleNo};
use proptest::prelude::*;
use quantity::Grams;
use simulate::provinces::rule::First;
use simulate::provinces::{Asked, Balance, Play, Province, Shape, Wave};

use crate::{quick, ruled, small};

#[test]
fn the_same_path_is_the_same_for_everybody_and_every_time() {
    let province = small(5, Balance::Balanced, Wave::Up);
    let one = ruled(&province, 2, &quick(), First::Cover);
    assert_eq!(one, ruled(&province, 2, &quick(), First::Cover));
    let nothing = province.play(2, &quick(), &mut |_| Plan::default());
    assert_eq!(one.need, nothing.need, "the need is no policy's doing");
    assert_ne!(one.need, province.play(3, &quick(), &mut |_| Plan::default()).need, "another path");
}

#[test]
fn nothing_comes_from_nowhere() {
    for number in 0..12 {
        let province = Province::draw(700 + number as u64, Shape::of(7, number));
        for first in First::ALL {
            let score = ruled(&province, 0, &quick(), first);
            assert!(score.balance.holds(), "{:?}", score.balance);
            assert!(score.unmet >= 0.0 && score.days.iter().all(|days| (0.0..=14.0 + 1e-6).contains(days)));
            assert!(score.unmet <= score.need);
        }
    }
}

#[test]
fn nobody_does_worse_than_who_delivers_nothing() {
    for number in 0..9 {
        let province = Province::draw(800 + number as u64, Shape::of(8, number));
        let nothing = province.play(0, &quick(), &mut |_| Plan::default());
        assert_eq!((nothing.trips, nothing.refusals()), (0, 0));
        for first in First::ALL {
            let score = ruled(&province, 0, &quick(), first);
            assert!(score.unmet < 0.7 * nothing.unmet, "{first:?}: {} of {}", score.unmet, nothing.unmet);
        }
    }
}

/// Trucks and oxygen without end: what is left unmet is what ceilings, rivals' shells, islands, failures, closed gates and
/// the first morning leave.
#[test]
fn with_plenty_of_everything_hardly_anybody_goes_short() {
    let (mut unmet, mut need) = (0.0, 0.0);
    for number in 0..8 {
        let shape = Shape { sites: 30, suppliers: 8, balance: Balance::Surplus, wave: Wave::Down, fleet: 6.0 };
        let score = ruled(&Province::draw(900 + number, shape), 0, &quick(), First::Cover);
        (unmet, need) = (unmet + score.unmet, need + score.need);
    }
    assert!(unmet < 0.02 * need, "{unmet} of {need}");
}

#[test]
fn a_shorter_step_is_the_same_truth() {
    let province = small(6, Balance::Balanced, Wave::Peak);
    let halves = Play { step: Minutes::hours(12), ..quick() };
    let score = ruled(&province, 1, &halves, First::Cover);
    assert!(score.balance.holds() && score.refusals() == 0, "{:?}", score.refused);
    let days = ruled(&province, 1, &quick(), First::Cover);
    assert_eq!(score.need, days.need);
}

/// Any trip at all, most of them nonsense.
fn trips() -> impl Strategy<Value = Vec<Trip>> {
    let at = || prop_oneof![-3_000_i32..20_000, Just(i32::MAX), Just(i32::MIN)].prop_map(Minutes);
    let amount = prop_oneof![
        (-5_i64..20_000_000).prop_map(|grams| Amount::Liquid(Grams(grams))),
        Just(Amount::Liquid(Grams(i64::MAX))),
        (0_u32..200, 0_u32..200).prop_map(|(full, empty)| Amount::Cylinders {
            size: quantity::VesselSpec::LITRES_40,
            full,
            empty
        }),
        Just(Amount::Cylinders { size: quantity::VesselSpec::LITRES_10, full: u32::MAX, empty: u32::MAX }),
    ];
    let basis = prop_oneof![
        (0_u32..40).prop_map(|number| Basis::Contract(ContractNo(number))),
        Just(Basis::Loan),
        Just(Basis::EmergencyPurchase)
    ];
    let stop =
        (0_u32..25, at(), at(), at(), amount, basis).prop_map(|(site, arrives, begins, leaves, amount, basis)| Stop {
            site: SiteNo(site),
            arrives,
            begins,
            leaves,
            amount,
            basis,
        });
    let stops = prop::collection::vec(stop, 0..4);
    let trip = (0_u32..20, 0_u32..8, at(), at(), at(), stops, prop::option::of(at()), at());
    let trip = trip.prop_map(|(vehicle, source, leaves, loads, loaded, stops, returns, back)| Trip {
        vehicle: VehicleNo(vehicle),
        source: SourceNo(source),
        leaves,
        loads,
        loaded,
        stops,
        returns,
        back,
    });
    prop::collection::vec(trip, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nonsense_is_refused_and_never_a_panic(trips in trips(), seed in 0_u64..50) {
        let province = small(seed, Balance::Balanced, Wave::Up);
        let play = Play { days: 4, paths: 2, ..Play::default() };
        let plan = Plan { trips };
        let score = province.play(0, &play, &mut |_| plan.clone());
        prop_assert!(score.balance.holds());
        let due = plan.trips.iter().filter(|trip| trip.leaves < Minutes::DAY).count();
        prop_assert!(score.refusals() <= 4 * due);
    }

    /// A good plan with one thing wrong in each trip: what cannot be is refused, and oxygen is still not lost.
    #[test]
    fn a_good_plan_made_wrong_is_refused(seed in 0_u64..40, what in 0_usize..7) {
        let province = small(seed, Balance::Surplus, Wave::Up);
        let play = Play { days: 3, paths: 2, ..Play::default() };
        let rule = simulate::provinces::rule::tuned(First::Cover, Balance::Surplus);
        let mut broken = 0;
        let score = province.play(0, &play, &mut |asked: &Asked| {
            let mut plan = rule.plan(asked);
            for trip in plan.trips.iter_mut().filter(|trip| trip.leaves >= Minutes::ZERO && trip.leaves < Minutes::DAY) {
                match what {
                    0 => trip.vehicle = VehicleNo(10_000),
                    1 => trip.loads = trip.leaves - Minutes(1),
                    2 => trip.stops.clear(),
                    3 => trip.back = trip.leaves + Minutes::DAY + Minutes::DAY,
                    4 => trip.stops[0].basis = Basis::Contract(ContractNo(9_999)),
                    5 => trip.stops[0].amount = Amount::Liquid(Grams(i64::MAX)),
                    _ => trip.stops[0].leaves = trip.stops[0].begins - Minutes(1),
                }
                broken += 1;
            }
            plan
        });
        prop_assert_eq!((score.refusals(), score.trips), (broken, 0));
        prop_assert!(score.balance.holds());
    }
}
