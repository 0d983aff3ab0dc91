//! One seed, one epidemic, to the byte; what holds for every epidemic.

use jiff::ToSpan;
use proptest::prelude::*;
use simulate::epidemic::{Backfill, Delay, Epidemic, Kind, Parameters, Signal};

use crate::common::small;

#[test]
fn one_seed_one_epidemic_another_seed_another() {
    for kind in Kind::ALL {
        let parameters = || small(4, kind, 6, 30);
        let (one, again) = (Epidemic::of(4, parameters()), Epidemic::of(4, parameters()));
        assert_eq!(one, again);
        let day = one.infections().date(120);
        for signal in Signal::ALL {
            assert_eq!(one.known_on(signal, day), again.known_on(signal, day));
            let other = Epidemic::of(5, parameters());
            assert_ne!(one.reported(signal), other.reported(signal));
        }
        assert_ne!(Parameters::draw(4, Some(kind)), Parameters::draw(5, Some(kind)));
    }
}

/// The kinds stand in their shares, and the parameters of a kind spread over their ranges.
#[test]
fn parameters_are_drawn_anew() {
    let drawn: Vec<Parameters> = (0..600).map(|seed| Parameters::draw(seed, None)).collect();
    for (kind, share) in Kind::ALL.into_iter().zip([0.45, 0.25, 0.30]) {
        let of_kind: Vec<&Parameters> = drawn.iter().filter(|one| one.kind == kind).collect();
        let found = of_kind.len() as f64 / 600.0;
        assert!((found - share).abs() < 0.08, "{kind:?} {found}");
        let (low, high) = match kind {
            Kind::First => (1.4, 3.0),
            Kind::Seasonal => (1.15, 1.5),
            Kind::Waves => (1.3, 2.0),
        };
        let r = |one: &&Parameters| one.transmission.reproduction;
        assert!(of_kind.iter().all(|one| (low..high).contains(&r(one))));
        assert!(of_kind.iter().any(|one| r(one) < low + 0.1 * (high - low)));
        assert!(of_kind.iter().any(|one| r(one) > high - 0.1 * (high - low)));
    }
    let means: Vec<f64> = drawn.iter().map(|one| one.transmission.generation.mean()).collect();
    // Delta and Omicron lie well inside.
    assert!(means.iter().filter(|mean| **mean < 3.8).count() > 60);
    assert!(means.iter().all(|mean| (2.5..13.0).contains(mean)));
    let onset_to_bed = drawn.iter().map(|one| one.admission.delay.mean()).sum::<f64>() / 600.0;
    assert!((3.5..5.5).contains(&onset_to_bed), "{onset_to_bed}");
    for one in &drawn {
        assert!((20..=63).contains(&one.places.len()));
        assert!(one.first_day.weekday() == jiff::civil::Weekday::Sunday);
        assert!((one.cases.weekdays.iter().sum::<f64>() - 7.0).abs() < 1e-9);
        assert!(one.places.iter().all(|place| place.people >= 1.0 && place.ascertained <= 1.0));
    }
    let ratios = drawn.iter().filter(|one| {
        let people = || one.places.iter().map(|place| place.people);
        people().fold(0.0, f64::max) > 20.0 * people().fold(f64::MAX, f64::min)
    });
    assert!(ratios.count() > 300, "places of very different sizes");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Truth and counts are whole and not negative; weeks are the sums of their days, the province of its places.
    #[test]
    fn counts_are_counts(seed in any::<u64>(), kind in 0..3_usize, places in 1..6_usize, weeks in 1..40_usize) {
        let parameters = small(seed, Kind::ALL[kind], places, weeks);
        let weeks = parameters.weeks;
        let epidemic = Epidemic::of(seed, parameters);
        let grids = [epidemic.infections(), epidemic.reported(Signal::Cases), epidemic.reported(Signal::Admissions)];
        for grid in grids {
            prop_assert_eq!((grid.places(), grid.columns()), (places, weeks * 7));
            prop_assert!(grid.values().iter().all(|count| *count >= 0.0 && count.fract() == 0.0));
            let (weekly, total) = (grid.weeks(), grid.total());
            prop_assert_eq!(weekly.columns(), weeks);
            prop_assert_eq!(weekly.date(0).weekday(), jiff::civil::Weekday::Saturday);
            for place in 0..places {
                for week in 0..weeks {
                    let sum: f64 = grid.row(place)[week * 7..week * 7 + 7].iter().sum();
                    prop_assert_eq!(weekly.row(place)[week], sum);
                }
            }
            for (week, count) in weekly.total().into_iter().enumerate() {
                prop_assert_eq!(count, total[week * 7..week * 7 + 7].iter().sum::<f64>());
            }
        }
        for (place, row) in epidemic.infections().rows().enumerate() {
            let people = epidemic.parameters().places[place].people;
            // Clusters lie about a mean of at most 5 %; a factor of 9 happens once in ten million.
            prop_assert!(row.iter().all(|count| *count <= 0.45 * people + 20.0));
        }
        let means = Signal::ALL.map(|signal| epidemic.expected(signal).values());
        prop_assert!(means.iter().all(|mean| mean.iter().all(|mean| mean.is_finite() && *mean >= 0.0)));
        prop_assert!(epidemic.reproduction().values().iter().all(|r| *r > 0.0 && *r < 60.0));
    }

    /// A branch shares the past with its trunk, and only that.
    #[test]
    fn a_branch_has_the_same_past(seed in any::<u64>(), kind in 0..3_usize, day in 30..100_usize) {
        let mut parameters = small(seed, Kind::ALL[kind], 4, 30);
        parameters.transmission.imported = 5.0;
        let trunk = Epidemic::of(seed, parameters);
        let after = trunk.infections().date(day);
        let (one, again, other) = (trunk.branch(after, 0), trunk.branch(after, 0), trunk.branch(after, 1));
        prop_assert_eq!(&one, &again);
        let same = (day / 7 + 1) * 7;
        for (mine, theirs) in trunk.infections().rows().zip(one.infections().rows()) {
            prop_assert_eq!(&mine[..same], &theirs[..same]);
        }
        prop_assert_ne!(trunk.infections(), one.infections());
        prop_assert_ne!(one.infections(), other.infections());
        let saturday = trunk.infections().date(same - 1);
        for signal in Signal::ALL {
            let known = [&trunk, &one, &other].map(|epidemic| epidemic.known_on(signal, saturday));
            prop_assert_eq!(&known[0], &known[1]);
            prop_assert_eq!(&known[0], &known[2]);
        }
    }
}

/// Nothing to live through is lived through; so are figures that make no sense.
#[test]
fn odd_parameters_end_too() {
    let mut nobody = small(1, Kind::First, 0, 30);
    nobody.cases.faults.closed = [true; 7];
    let mut no_time = small(1, Kind::Waves, 3, 0);
    no_time.cases.faults.backfills.clear();
    let mut senseless = small(1, Kind::First, 3, 12);
    senseless.places[0].people = 0.0;
    senseless.places[1].cases.shape = f64::NAN;
    senseless.transmission.clusters = Some(-1.0);
    senseless.transmission.reproduction = f64::NAN;
    let beyond = Backfill { place: 7, told: 9_999, parts: 0, days: 9_999, share: 2.0 };
    senseless.cases.faults.backfills = vec![beyond, Backfill { place: 2, ..beyond }];
    senseless.places[2].cases.delay = Delay::of_weights([0.0, f64::INFINITY]);
    for (parameters, places, days) in [(nobody, 0, 210), (no_time, 3, 0), (senseless, 3, 84)] {
        let epidemic = Epidemic::of(1, parameters);
        let counted = epidemic.reported(Signal::Cases);
        assert_eq!((counted.values().len(), counted.weeks().columns()), (places * days, days / 7));
        assert!(counted.values().iter().all(|count| *count >= 0.0));
        let reports = epidemic.reports(Signal::Cases);
        assert_eq!(&reports.known_on(reports.complete_on()), counted);
        let first = epidemic.parameters().first_day;
        assert_eq!(epidemic.branch(first.saturating_sub(900.days()), 1).infections().columns(), days);
    }
}
