use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// All quantiles are one figure.
fn sure(figure: f64) -> Quantiles {
    Quantiles::rising([figure; LEVELS])
}

/// Quantiles that are 100 times their level.
fn spread() -> Quantiles {
    Quantiles::rising(LEVEL.map(|level| 100.0 * level))
}

fn case(week: i64, place: usize, weeks: usize, truth: f64) -> Case {
    Case { on: date(2022, 1, 10).saturating_add(week.weeks()), place, weeks, truth, baseline: sure(0.0) }
}

fn everything(cases: &[Case]) -> Vec<bool> {
    vec![true; cases.len()]
}

/// A forecast without any doubt is scored by its distance: the mean of the levels is one half.
#[test]
fn a_sure_forecast_is_scored_by_its_distance() {
    assert!((wis(&sure(10.0), 16.0) - 6.0).abs() < 1e-12);
    assert!((wis(&sure(16.0), 10.0) - 6.0).abs() < 1e-12);
    assert_eq!(wis(&sure(10.0), 10.0), 0.0);
    // On the logarithm: from 9 to 99 is a factor of ten.
    assert!((wis_of_logarithm(&sure(9.0), 99.0) - 10_f64.ln()).abs() < 1e-12);
    assert_eq!(wis_of_logarithm(&sure(-3.0), 0.0), 0.0);
}

/// By hand: at truth 50 each level l of 100·l costs min(l, 1−l)·|50 − 100·l|; the pairs l, 1−l are equal. Summed over 0.01,
/// 0.025, 0.05, 0.1 … 0.45: 0.49 + 1.1875 + 2.25 + 4 + 5.25 + 6 + 6.25 + 6 + 5.25 + 4 + 2.25 = 42.9275.
#[test]
fn a_spread_forecast_is_scored_as_by_hand() {
    let expected = 2.0 * (2.0 * 42.9275) / 23.0;
    assert!((wis(&spread(), 50.0) - expected).abs() < 1e-9, "{}", wis(&spread(), 50.0));
    // Beyond both ends the score grows by the distance: the levels' mean is 1/2.
    assert!((wis(&spread(), 1100.0) - wis(&spread(), 100.0) - 1000.0).abs() < 1e-9);
}

#[test]
fn parts_are_ratios_of_means_over_the_counted_targets() {
    // The baseline says 0, so its score is the truth.
    let cases = [case(0, 0, 1, 10.0), case(0, 1, 2, 100.0), case(1, 0, 1, 10.0), case(1, 1, 4, 100.0)];
    let said = [Some(sure(15.0)), Some(sure(90.0)), None, Some(sure(100.0))];
    let thirds = thirds(&cases, 3);
    assert_eq!(thirds, [Some(0), Some(1), None]);
    let all = score(&cases, &said, &everything(&cases), &thirds, 1);
    // Scores 5, 10 and 0 against 10, 100 and 100.
    assert_eq!((all.all.targets, all.dates), (3, 2));
    assert!((all.all.wis.unwrap() - 5.0).abs() < 1e-12 && (all.all.rel.unwrap() - 15.0 / 210.0).abs() < 1e-12);
    assert_eq!(all.all.coverage, Some([1.0 / 3.0; 3]));
    assert!((all.weeks[0].rel.unwrap() - 0.5).abs() < 1e-12 && (all.weeks[1].rel.unwrap() - 0.1).abs() < 1e-12);
    assert_eq!((all.weeks[2], all.weeks[3].wis), (Part::default(), Some(0.0)));
    assert_eq!(all.thirds.map(|part| part.targets), [1, 2, 0]);
    assert_eq!(all.rel, Some(Ratio { ratio: all.all.rel.unwrap(), interval: None }));

    let first = score(&cases, &said, &[true, false, false, false], &thirds, 1);
    assert_eq!((first.all.targets, first.all.rel), (1, Some(0.5)));
    let none = score(&cases, &said, &[false; 4], &thirds, 1);
    assert_eq!((none.all, none.rel, none.dates), (Part::default(), None, 0));
}

#[test]
fn coverage_counts_the_ends_in() {
    let cases = [case(0, 0, 1, 5.0), case(0, 0, 2, 4.9), case(0, 0, 3, 25.0), case(0, 0, 4, 2.5)];
    let said = vec![Some(spread()); 4];
    let part = score(&cases, &said, &everything(&cases), &[Some(0)], 1).all;
    // The intervals are 25–75, 5–95 and 2.5–97.5.
    assert_eq!(part.coverage, Some([0.25, 0.5, 1.0]));
}

#[test]
fn a_baseline_without_error_gives_no_ratio() {
    let cases = [case(0, 0, 1, 0.0)];
    let part = score(&cases, &[Some(sure(3.0))], &[true], &[Some(0)], 1).all;
    assert_eq!((part.rel, part.lrel), (None, None));
    assert!((part.wis.unwrap() - 3.0).abs() < 1e-12);
}

#[test]
fn models_are_compared_where_both_said_something() {
    let cases = [case(0, 0, 1, 10.0), case(1, 0, 1, 10.0)];
    let one = [Some(sure(11.0)), Some(sure(0.0))];
    let other = [Some(sure(12.0)), None];
    assert_eq!(compare(&cases, &one, &other, &[true; 2], 1).unwrap().ratio, 0.5);
    assert_eq!(compare(&cases, &one, &other, &[false; 2], 1), None);
}

/// Twenty weeks of which half are twice as good and half as bad: the interval holds the ratio and lies inside the two.
#[test]
fn the_interval_holds_the_ratio_and_a_seed_fixes_it() {
    let day = |week: i64| date(2022, 1, 10).saturating_add(week.weeks());
    let pairs: Vec<_> = (0..20).map(|week| (day(week), if week % 8 < 4 { 0.5 } else { 1.0 }, 1.0)).collect();
    let ratio = Ratio::of(&pairs, 7).unwrap();
    let (low, high) = ratio.interval.unwrap();
    assert!((ratio.ratio - 0.7).abs() < 1e-12);
    assert!((0.5..0.7).contains(&low) && (0.7..1.0).contains(&high), "{low} {high}");
    assert_eq!(Ratio::of(&pairs, 7), Some(ratio));
    assert_ne!(Ratio::of(&pairs[..19], 7), Some(ratio));
    let same: Vec<_> = (0..20).map(|week| (day(week), 3.0, 4.0)).collect();
    assert_eq!(Ratio::of(&same, 7), Some(Ratio { ratio: 0.75, interval: Some((0.75, 0.75)) }));
    assert_eq!(Ratio::of(&same[..7], 7).unwrap().interval, None, "seven days are less than two blocks");
    assert_eq!(Ratio::of(&[], 7), None);
}

/// Neighbouring days are drawn together: where the good days stand in one row the interval is wider than where they
/// alternate.
#[test]
fn days_in_a_row_widen_the_interval() {
    let day = |week: i64| date(2022, 1, 10).saturating_add(week.weeks());
    let width = |good: &dyn Fn(i64) -> bool| {
        let pairs: Vec<_> = (0..24).map(|week| (day(week), if good(week) { 0.5 } else { 1.0 }, 1.0)).collect();
        let (low, high) = Ratio::of(&pairs, 7).and_then(|ratio| ratio.interval).unwrap();
        high - low
    };
    assert!(width(&|week| week < 12) > 2.0 * width(&|week| week % 2 == 0));
}

fn figures() -> impl Strategy<Value = Quantiles> {
    proptest::collection::vec(0.0..10_000.0_f64, LEVELS).prop_map(|mut figures| {
        figures.sort_by(f64::total_cmp);
        Quantiles::rising(std::array::from_fn(|level| figures[level]))
    })
}

proptest! {
    #[test]
    fn a_score_is_never_below_zero_and_zero_only_when_exact(quantiles in figures(), truth in 0.0..10_000.0_f64) {
        let scored = wis(&quantiles, truth);
        prop_assert!(scored >= 0.0 && wis_of_logarithm(&quantiles, truth) >= 0.0);
        let exact = quantiles.figures().iter().all(|figure| *figure == truth);
        prop_assert_eq!(scored == 0.0, exact);
    }

    /// Whoever knows the truth is never scored worse than whoever does not.
    #[test]
    fn the_truth_scores_best(quantiles in figures(), truth in 0.0..10_000.0_f64) {
        prop_assert_eq!(wis(&sure(truth), truth), 0.0);
        prop_assert!(wis(&quantiles, truth) <= 2.0 * (truth - quantiles.figures()[0]).abs()
            .max((truth - quantiles.figures()[LEVELS - 1]).abs()));
    }

    /// Units do not matter to a ratio: everything ten times as large has the same.
    #[test]
    fn the_score_grows_with_the_unit(quantiles in figures(), truth in 0.0..10_000.0_f64) {
        let larger = wis(&Quantiles::rising(quantiles.figures().map(|figure| 10.0 * figure)), 10.0 * truth);
        prop_assert!((larger - 10.0 * wis(&quantiles, truth)).abs() <= 1e-6 * (1.0 + larger));
    }

    /// A baseline against itself has the ratio 1 and an interval of no width.
    #[test]
    fn a_baseline_against_itself_is_one(truths in proptest::collection::vec(1.0..500.0_f64, 8..30)) {
        let cases: Vec<Case> = (0_i64..).zip(&truths).map(|(week, truth)| case(week, 0, 1, *truth)).collect();
        let said = vec![Some(sure(0.0)); cases.len()];
        let scored = score(&cases, &said, &everything(&cases), &[Some(0)], 3);
        prop_assert_eq!(scored.rel, Some(Ratio { ratio: 1.0, interval: Some((1.0, 1.0)) }));
        prop_assert_eq!(scored.all.lrel, Some(1.0));
    }
}
