//! Late reports: how much the last weeks usually grow after they were first told, and how sure that is.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::{Frame, Vintages};

/// Weeks that are corrected: the last one and so many before it.
const LAGS: usize = 3;
/// Past weeks from which the correction is learnt.
pub(crate) const LEARNT_FROM: usize = 12;
/// With fewer past weeks the correction is made in part.
const FULL_AFTER: f64 = 4.0;
/// A count that is younger than this many days is not yet taken for final.
const FINAL_AFTER: i32 = 21;
/// A place's own growth counts as much as that of all places after so many weeks.
const OWN_AFTER: f64 = 5.0;
/// No week is believed to grow or shrink by more than this, as a logarithm.
const MOST: f64 = 1.0;

/// What is known, with the last weeks as they will probably stand.
#[derive(Debug, Clone)]
pub struct Corrected {
    /// The counts.
    pub frame: Frame,
    /// How uncertain the last week of each place is: one deviation of the logarithm of final over first told.
    pub unsure: Vec<f64>,
}

/// Of one past week: the logarithm of now over first told, and how much it counts; not a number where not comparable.
type Ratios = Vec<(f64, f64)>;

/// What was known on a day up to a last week, corrected by what became of earlier weeks since they were first told.
pub fn corrected(vintages: &Vintages, on: Date, last: Date) -> Corrected {
    let mut frame = vintages.known_on(on).until(last);
    let places = frame.places();
    let earlier: Vec<Frame> =
        (1..=LEARNT_FROM).map(|back| vintages.known_on(on.saturating_sub((7 * back as i64).days()))).collect();
    let mut unsure = vec![0.0; places];
    let now = frame.clone();
    for lag in 0..LAGS {
        let Some(week) = now.weeks().checked_sub(lag + 1) else { break };
        let ratios: Vec<Ratios> = earlier.iter().filter_map(|then| ratios(then, &now, lag, last)).collect();
        if ratios.len() < 2 {
            continue;
        }
        let grown = Grown::of(&ratios, places);
        for place in 0..places {
            *frame.count_mut(week, place) *= grown.place(place).exp();
        }
        if lag == 0 {
            unsure = grown.unsure;
        }
    }
    Corrected { frame, unsure }
}

/// What a past frame told of its week `lag` before its last, against what is known of that week now.
fn ratios(then: &Frame, now: &Frame, lag: usize, last: Date) -> Option<Ratios> {
    let week = then.weeks().checked_sub(lag + 1)?;
    let day = then.day(week);
    let old = day.until(last).is_ok_and(|age| age.get_days() >= FINAL_AFTER);
    let known = now.week_of(day).filter(|_| old)?;
    let ratio = |place: usize| {
        let (first, later) = (then.count(week, place), now.count(known, place));
        let comparable = first.is_finite() && later.is_finite() && (first > 0.0 || later > 0.0);
        if !comparable {
            return (f64::NAN, 0.0);
        }
        (((later.max(0.0) + 1.0) / (first.max(0.0) + 1.0)).ln().clamp(-MOST, MOST), (first.max(0.0) + 1.0).sqrt())
    };
    Some((0..now.places()).map(ratio).collect())
}

/// How much weeks of one age grew.
struct Grown {
    own: Vec<f64>,
    share: f64,
    unsure: Vec<f64>,
}

impl Grown {
    fn of(weeks: &[Ratios], places: usize) -> Self {
        let known = || weeks.iter().flatten().filter(|(ratio, _)| ratio.is_finite());
        let weighed = known().map(|(ratio, weight)| ratio * weight).sum::<f64>();
        let all = weighed / known().map(|(_, weight)| weight).sum::<f64>().max(1e-9);
        let plain: Vec<f64> = known().map(|(ratio, _)| *ratio).collect();
        let spread = deviation(&plain);
        let (mut own, mut unsure) = (Vec::with_capacity(places), Vec::with_capacity(places));
        for place in 0..places {
            let here: Vec<(f64, f64)> =
                weeks.iter().map(|week| week[place]).filter(|(ratio, _)| ratio.is_finite()).collect();
            let count = here.len() as f64;
            let trust = count / (count + OWN_AFTER);
            let weight: f64 = here.iter().map(|(_, weight)| weight).sum();
            let mean = here.iter().map(|(ratio, weight)| ratio * weight).sum::<f64>() / weight.max(1e-9);
            own.push(trust * mean + (1.0 - trust) * all);
            let plain: Vec<f64> = here.iter().map(|(ratio, _)| *ratio).collect();
            unsure.push(trust * deviation(&plain) + (1.0 - trust) * spread);
        }
        Self { own, share: (weeks.len() as f64 / FULL_AFTER).min(1.0), unsure }
    }

    /// The logarithm of what a place's count is multiplied by.
    fn place(&self, place: usize) -> f64 {
        self.own[place] * self.share
    }
}

/// The standard deviation; 0 of fewer than two.
fn deviation(of: &[f64]) -> f64 {
    let count = of.len() as f64;
    if count < 2.0 {
        return 0.0;
    }
    let mean = of.iter().sum::<f64>() / count;
    (of.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (count - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Told;

    /// Every week is first told as 80 and stands at 100 a week later.
    fn late(weeks: i64, places: usize, share: f64) -> (Vintages, Date) {
        let first = date(2022, 1, 1);
        let mut told = Vec::new();
        for week in 0..weeks {
            let day = first + (7 * week).days();
            for place in 0..places {
                told.push(Told { on: day + 2.days(), place, week: day, count: 100.0 * share });
                told.push(Told { on: day + 9.days(), place, week: day, count: 100.0 });
            }
        }
        (Vintages::new(places, told), first + (7 * (weeks - 1)).days())
    }

    /// F010: what usually comes later is added before it comes.
    #[test]
    fn the_last_week_is_lifted_by_what_comes_late() {
        let (vintages, last) = late(14, 3, 0.8);
        let corrected = corrected(&vintages, last + 2.days(), last);
        let week = corrected.frame.weeks() - 1;
        assert!((corrected.frame.count(week, 0) - 100.0).abs() < 1.5, "{}", corrected.frame.count(week, 0));
        assert_eq!(corrected.frame.count(week - 4, 0), 100.0);
        assert!(corrected.unsure.iter().all(|unsure| *unsure < 1e-9));
    }

    #[test]
    fn what_never_changes_is_left_as_it_is() {
        let (vintages, last) = late(14, 2, 1.0);
        let corrected = corrected(&vintages, last + 2.days(), last);
        assert_eq!(corrected.frame, vintages.known_on(last + 2.days()));
    }

    #[test]
    fn too_few_weeks_correct_nothing() {
        let (vintages, last) = late(3, 1, 0.5);
        let corrected = corrected(&vintages, last + 2.days(), last);
        assert_eq!(corrected.frame.count(2, 0), 50.0);
    }
}
