//! Growth, delays and the distribution of what comes are found again in synthetic epidemics: a small version of the example
//! `forecast_recovered`, which is run with more provinces and more futures.

use forecast::{Forecaster, LEVEL, WEEKS_AHEAD};

#[path = "../examples/forecast_recovered/truth.rs"]
mod truth;

/// F010, TR01: eight provinces, eight futures of each and as many to score on.
#[test]
fn what_is_true_of_an_epidemic_is_found() {
    let forecaster = Forecaster::shipped();
    let mut found = truth::Found::default();
    (7_000_000..7_000_008).for_each(|seed| found.add(&forecaster, seed, 8));
    let [provinces, missing, learnt, without] = found.late();
    assert!(provinces >= 6.0 && missing > 0.02, "{provinces} provinces, {missing} missing");
    assert!(learnt < without / 2.0, "what is missing: off by {learnt}, by {without} without learning");
    let (ours, last) = found.score_over_truth();
    assert!(found.targets > 200.0 && ours < 4.0 && ours < 0.7 * last, "{ours} and {last} times the best there can be");
    assert!(found.off_level() < 0.3, "levels off by {}", found.off_level());
    for (level, most) in [(2, 0.2), (20, 1.0)] {
        let below = found.share_below(level);
        assert!((below - LEVEL[level]).abs() < 0.1 && below < most, "level {}: {below}", LEVEL[level]);
    }
    for ahead in 0..WEEKS_AHEAD {
        let [number, off, correlation, half, nine] = found.growth(ahead);
        assert!(number >= 6.0 && off.abs() < 1.0 && correlation > 0.0 && half <= nine && nine > 0.6, "{ahead}: {nine}");
    }
}
