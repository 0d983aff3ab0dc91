//! Use by the day, as the gauge of one store tells it: what a facility is learnt from.

use quantity::{Grams, Moment, Span};

use super::intervals;
use crate::Recent;

/// Of a day, so many hours must lie between readings that are believed.
const LEAST_HOURS: f64 = 18.0;

/// What was used in each of the last days of 24 hours before a moment, the newest first. A day of which less than eighteen
/// hours lie between two readings that can be believed is `None`, a day with a little less than all counts as a whole one.
/// `resolution` is one step of the gauge.
pub fn used_in_days(recent: &Recent, resolution: Grams, now: Moment, days: usize) -> Vec<Option<Grams>> {
    let span = Span::days(i64::try_from(days).unwrap_or(0));
    // The window is looked at seven times over.
    let window = Span::micros(span.as_micros() / 7 + Span::days(1).as_micros());
    let (kept, _) = intervals::believable(recent, resolution * 2, window, now);
    let of_day = |back: usize| {
        let until = now - Span::days(i64::try_from(back).ok()?);
        let from = until - Span::days(1);
        let (mut hours, mut used) = (0.0, 0.0);
        for interval in &kept {
            let within = (interval.end().min(until) - interval.start().max(from)).as_hours().max(0.0);
            hours += within;
            used += within * interval.rate();
        }
        (hours >= LEAST_HOURS).then(|| Grams::from_f64((used / hours * 24.0).max(0.0)))
    };
    (0..days).map(of_day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LedgerEntry, Move, MoveClass, Sample};

    fn at(hours: i64) -> Moment {
        Moment::start_of(jiff::civil::date(2021, 11, 1)) + Span::hours(hours)
    }

    fn read(hours: i64, kg: i64) -> LedgerEntry {
        LedgerEntry::Sample(Sample { at: at(hours), grams: Grams::from_kg(kg) })
    }

    fn days(entries: Vec<LedgerEntry>) -> Vec<Option<i64>> {
        let recent = Recent::from_ledger(entries);
        let used = used_in_days(&recent, Grams::from_kg(5), at(72), 4);
        used.into_iter().map(|used| used.map(|used| used.as_kg().round() as i64)).collect()
    }

    #[test]
    fn days_are_told_by_the_readings_and_deliveries() {
        let delivered =
            LedgerEntry::Move(Move { at: at(30), effect: Grams::from_kg(1_000), class: MoveClass::Physical });
        let told = vec![read(0, 1_000), read(24, 880), delivered, read(48, 1_740), read(72, 1_610)];
        assert_eq!(days(told), [Some(130), Some(140), Some(120), None], "no reading before the first");
        // Twenty of the newest 24 hours count as a day; ten do not.
        assert_eq!(days(vec![read(44, 1_000), read(68, 880)])[0], Some(120));
        assert_eq!(days(vec![read(34, 1_000), read(58, 880)])[0], None);
        assert_eq!(days(vec![]), [None; 4]);
    }

    #[test]
    fn a_rise_that_nobody_explains_is_no_use() {
        let told = vec![read(0, 1_000), read(24, 880), read(48, 1_900), read(72, 1_780)];
        assert_eq!(days(told), [Some(120), None, Some(120), None]);
    }
}
