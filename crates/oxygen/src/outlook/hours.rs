//! What is left at any moment ahead, and when nothing is: the two ends of a range that is meant to
//! hold the truth in nine of ten cases ([`STATED_RATE`](crate::burn::STATED_RATE)).

use quantity::{Grams, GramsPerHour, Moment, Span};

use super::{HoursLeft, Seen, StockRange};
use crate::burn::{Ahead, ENDS, Used};
use crate::{Burn, Settings};

/// More hours than this are shown as this: beyond a year the figure says nothing.
const MOST_HOURS: f64 = 8_760.0;
/// Halvings that find an end to within a minute of a year.
const HALVINGS: u32 = 22;

/// The usable stock of a facility ahead of now.
pub(super) struct Course {
    now: Moment,
    usable: Grams,
    /// Variance of readings whose store has no use of its own.
    unsure: f64,
    uses: Vec<Ahead>,
    /// Lower rate that the patients alone explain, when it is above what the gauges say.
    at_least: Option<GramsPerHour>,
}

impl Course {
    /// A rate that is known for the facility only is taken from all its stores together.
    pub(super) fn of(seen: &[Seen<'_>], burn: Option<&Burn>, settings: &Settings, now: Moment) -> Self {
        let usable: Grams = seen.iter().map(|store| store.usable).sum();
        let mut uses: Vec<Ahead> = seen.iter().filter_map(|store| store.told.ahead).collect();
        let own: f64 = seen.iter().filter_map(|store| store.told.burn).map(|burn| burn.range.high.0).sum();
        let at_least = burn.map(|burn| burn.range.high).filter(|high| !uses.is_empty() && high.0 > own * (1.0 + 1e-9));
        if let Some(burn) = burn.filter(|_| uses.is_empty()) {
            uses.push(Ahead::steady(&burn.range, now - mean_age(seen, usable, now)));
        }
        let error = |store: &Seen<'_>| {
            let step = store.state.store.resolution(settings).as_f64() * settings.pattern.reading_error;
            if store.usable > Grams::ZERO && store.told.ahead.is_none() { step.powi(2) } else { 0.0 }
        };
        Self { now, usable, unsure: seen.iter().map(error).sum(), uses, at_least }
    }

    /// Usable stock so many hours from now: mean and deviation.
    fn left(&self, hours: f64) -> (f64, f64) {
        let at = self.now + Span::micros((hours * 3_600e6) as i64);
        let mut used = Used { mean: 0.0, variance: self.unsure };
        for ahead in &self.uses {
            used += ahead.used_until(at);
        }
        (self.usable.as_f64() - used.mean, used.variance.sqrt())
    }

    /// Usable stock now.
    pub(super) fn left_now(&self) -> StockRange {
        let (mid, deviation) = self.left(0.0);
        let grams = |grams: f64| Grams::from_f64(grams.max(0.0));
        StockRange { low: grams(mid - ENDS * deviation), mid: grams(mid), high: grams(mid + ENDS * deviation) }
    }

    /// `None` when by no end of the range anything is used.
    pub(super) fn hours_left(&self, burn: &Burn) -> Option<HoursLeft> {
        let used = burn.range.mid > GramsPerHour::ZERO;
        let mid = self.end(0.0, 0.0, MOST_HOURS).filter(|_| used);
        let low = self.end(-ENDS, 0.0, mid.unwrap_or(MOST_HOURS)).or(mid);
        let low = match self.at_least {
            Some(rate) => {
                let (stock, deviation) = self.left(0.0);
                let by_patients = Grams::from_f64((stock - ENDS * deviation).max(0.0)).hours_at(rate);
                low.into_iter().chain(by_patients).reduce(f64::min)
            }
            None => low,
        };
        // A trickle below what empties the stock in a year is no use.
        let low = low.filter(|low| *low < MOST_HOURS)?;
        let high = if used { self.end(ENDS, mid.unwrap_or(0.0), MOST_HOURS) } else { None };
        let mid = mid.or(used.then_some(MOST_HOURS));
        Some(HoursLeft { low, mid, high })
    }

    /// Hours until nothing is left, by so many deviations above the mean; `None` when something still is
    /// after `most`.
    fn end(&self, deviations: f64, least: f64, most: f64) -> Option<f64> {
        let is_left = |hours: f64| {
            let (mean, deviation) = self.left(hours);
            mean + deviations * deviation > 0.0
        };
        if !is_left(least) {
            return Some(least);
        }
        // From the near end: the range of a year would take its first halvings in months.
        let (mut from, mut until) = (least, (2.0 * least).max(6.0).min(most));
        while is_left(until) {
            if until >= most {
                return None;
            }
            (from, until) = (until, (2.0 * until).min(most));
        }
        for _ in 0..HALVINGS {
            let middle = (from + until) / 2.0;
            if is_left(middle) {
                from = middle;
            } else {
                until = middle;
            }
            if until - from < 1.0 / 60.0 {
                break;
            }
        }
        Some((from + until) / 2.0)
    }
}

/// How long ago the stores were read, weighted by what they hold.
fn mean_age(seen: &[Seen<'_>], usable: Grams, now: Moment) -> Span {
    let whole = usable.as_f64().max(1.0);
    let of_store = |store: &Seen<'_>| {
        let age = store.read_at.map_or(Span::ZERO, |at| now - at);
        age.as_hours() * store.usable.as_f64() / whole
    };
    Span::micros((seen.iter().map(of_store).sum::<f64>() * 3_600e6) as i64)
}
