//! From samples and movements to intervals of believable use.

use quantity::{Grams, GramsPerHour, Moment, Span};

use super::Oddity;
use crate::{Recent, Sample};

/// Two readings closer than this differ by the gauge's step more than by use.
const SHORTEST: Span = Span::minutes(30);
/// A rate above this many times the upper quartile is not believed.
const ABSURD: f64 = 4.0;

/// Use between two readings, corrected by what came and went otherwise.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Interval {
    from: Sample,
    until: Sample,
    /// Physical movements between the two readings.
    moved: Grams,
}

impl Interval {
    fn new(recent: &Recent, from: Sample, until: Sample) -> Self {
        Self { from, until, moved: recent.physical_between(from.at, until.at) }
    }

    /// Oxygen used.
    pub(super) fn used(&self) -> Grams {
        self.from.grams + self.moved - self.until.grams
    }

    pub(super) fn hours(&self) -> f64 {
        (self.until.at - self.from.at).as_hours()
    }

    /// Grams an hour.
    pub(super) fn rate(&self) -> f64 {
        self.used().as_f64() / self.hours()
    }

    pub(super) fn start(&self) -> Moment {
        self.from.at
    }

    pub(super) fn end(&self) -> Moment {
        self.until.at
    }

    /// Whether it begins with the reading that another one ends with.
    pub(super) fn follows(&self, before: &Self) -> bool {
        self.from == before.until
    }

    fn rises(&self, noise: Grams) -> bool {
        self.used() < -noise
    }

    /// The same time seen as one interval.
    fn joined(&self, next: &Self) -> Self {
        Self { from: self.from, until: next.until, moved: self.moved + next.moved }
    }
}

/// Believable intervals of the window, oldest first, and what was left out.
pub(super) fn believable(recent: &Recent, noise: Grams, window: Span, now: Moment) -> (Vec<Interval>, Vec<Oddity>) {
    let samples = samples_in(recent, window, now);
    let all = pairs(recent, samples);
    let (mut kept, mut oddities) = without_rises(all, noise);
    if let Some(limit) = absurd_above(&kept, noise) {
        kept.retain(|interval| {
            let absurd = interval.rate() > limit + noise.as_f64() / interval.hours();
            if absurd {
                let rate = GramsPerHour(interval.rate());
                oddities.push(Oddity::AbsurdUse { from: interval.from.at, until: interval.until.at, rate });
            }
            !absurd
        });
    }
    (kept, oddities)
}

fn samples_in(recent: &Recent, window: Span, now: Moment) -> &[Sample] {
    let known = &recent.samples()[..recent.samples().partition_point(|sample| sample.at <= now)];
    let first_after = |moment: Moment| known.partition_point(|sample| sample.at < moment);
    let widest = now - Span::micros(window.as_micros().saturating_mul(7));
    // Where movements may have been dropped, a difference of readings means nothing.
    let complete = recent.complete_since().map_or(0, first_after);
    &known[first_after(widest).max(complete).min(known.len())..]
}

fn pairs(recent: &Recent, samples: &[Sample]) -> Vec<Interval> {
    let mut all = Vec::with_capacity(samples.len());
    let Some((first, rest)) = samples.split_first() else { return all };
    let mut from = *first;
    for until in rest {
        if until.at - from.at >= SHORTEST {
            all.push(Interval::new(recent, from, *until));
            from = *until;
        }
    }
    all
}

/// Leaves out rises that no movement explains. A delivery written down a little before or after the
/// gauge showed it makes a rise beside an absurd use: the two are joined and nobody is bothered.
fn without_rises(all: Vec<Interval>, noise: Grams) -> (Vec<Interval>, Vec<Oddity>) {
    let mut kept: Vec<Interval> = Vec::with_capacity(all.len());
    let mut oddities = Vec::new();
    let mut rest = all.into_iter().peekable();
    while let Some(mut interval) = rest.next() {
        if interval.rises(noise) {
            let next = rest.peek().filter(|next| next.moved > Grams::ZERO).map(|next| interval.joined(next));
            if let Some(joined) = next.filter(|joined| !joined.rises(noise)) {
                rest.next();
                interval = joined;
            } else if let Some(before) =
                kept.pop_if(|before| before.moved > Grams::ZERO && !before.joined(&interval).rises(noise))
            {
                interval = before.joined(&interval);
            }
        }
        if interval.rises(noise) {
            let (from, until, at_least) = (interval.from.at, interval.until.at, -interval.used());
            oddities.push(Oddity::UnrecordedDelivery { from, until, at_least });
        } else {
            kept.push(interval);
        }
    }
    (kept, oddities)
}

/// The rate above which an interval is not believed: a multiple of the upper quartile by time, so
/// that a store used now and then keeps its few real uses. Two intervals cannot outvote each other.
fn absurd_above(kept: &[Interval], noise: Grams) -> Option<f64> {
    if kept.len() < 3 {
        return None;
    }
    let mut rates: Vec<(f64, f64)> = kept.iter().map(|interval| (interval.rate(), interval.hours())).collect();
    rates.sort_by(|one, other| one.0.total_cmp(&other.0));
    let total: f64 = rates.iter().map(|(_, hours)| hours).sum();
    let mut passed = 0.0;
    let quartile = rates.iter().find(|(_, hours)| {
        passed += hours;
        passed >= 0.75 * total
    });
    let (quartile, hours) = quartile?;
    (*quartile > noise.as_f64() / hours).then_some(quartile * ABSURD)
}
