//! The ranges of hours left beside the truth, over the week after the opening. The table of many seeds is
//! `examples/calibration.rs`; here three seeds keep the claim.

use crate::common::{Ledgers, scenario, settings};
use quantity::{Grams, Span};
use simulate::Chapter;

/// OX07: nine of ten ranges hold the true hours to empty, and where the last word is younger than four
/// hours half of them are not wider than two fifths of their middle.
#[test]
fn nine_of_ten_ranges_hold_the_truth_and_are_narrow() {
    let opening = Chapter::Drill2026.opening();
    let (mut asked, mut held, mut widths) = (0_u32, 0_u32, Vec::new());
    for seed in [1, 3, 7] {
        let drill = scenario(Chapter::Drill2026, seed);
        for step in 0..12 {
            let now = opening + Span::hours(13 * step);
            let ledgers = Ledgers::at(&drill, now);
            for known in &drill.province().facilities {
                let told = ledgers.outlook(known, now);
                let Some(hours) = told.hours else { continue };
                let norms = settings(now, known.readiness);
                let truth = drill.truth(known.facility.id, now).unwrap();
                let usable: Grams = known
                    .stores
                    .iter()
                    .zip(&truth.contents)
                    .map(|(store, (_, content))| store.usable(*content, &norms))
                    .sum();
                let Some(lasts) = drill.lasts(known.facility.id, now, usable) else { continue };
                asked += 1;
                held += u32::from(hours.low <= lasts && hours.high.is_none_or(|high| lasts <= high));
                let fresh = told.silence.heard_at.is_some_and(|at| now - at < Span::hours(4));
                if let (true, Some((mid, high))) = (fresh, hours.mid.zip(hours.high)) {
                    widths.push((high - hours.low) / mid.max(0.25));
                }
            }
        }
    }
    widths.sort_by(f64::total_cmp);
    let (share, median) = (f64::from(held) / f64::from(asked), widths[widths.len() / 2]);
    assert!(asked > 900 && widths.len() > 300, "{asked} asked, {} fresh", widths.len());
    assert!(share >= 0.90, "held {share}");
    assert!(median <= 0.40, "median width {median}");
}
