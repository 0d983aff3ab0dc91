//! How fast oxygen is used, as a range with a window, a confidence and a basis.
//!
//! From the gauge: differences between readings, corrected by what came and went otherwise, weighted
//! toward the newest. From the patients: counts × flow by the norms, when no gauge tells. The rate is
//! computed when somebody reads it, so a hospital that fell silent loses its old rate with time; in
//! Kerala in 2021 it was computed when somebody posted, and a silent hospital kept it for ever.

use quantity::{Grams, GramsPerHour, Moment, Span};
use serde::{Deserialize, Serialize};

use crate::{CensusAt, MoveClass, RateRange, Recent, Settings};

mod ahead;
mod days;
mod intervals;

pub(crate) use ahead::{Ahead, ENDS, Used};
pub use days::used_in_days;
use intervals::Interval;

/// The share of cases in which the truth is meant to lie within a range, at least.
pub const STATED_RATE: f64 = 0.90;

/// How far a figure can be trusted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Too old or too little to say anything.
    Unknown,
    /// One interval, an ageing reading, or patients × flow only.
    Low,
    /// A few intervals, not old.
    Medium,
    /// Several agreeing intervals, fresh.
    High,
}

impl Confidence {
    /// Stable text for storage.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// What a Vietnamese reader sees.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unknown => "chưa rõ",
            Self::Low => "thấp",
            Self::Medium => "vừa",
            Self::High => "cao",
        }
    }
}

/// What a rate rests on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Differences of the gauge, corrected by movements.
    Gauge,
    /// Patients × flow by the norms, less what plants make.
    Patients,
}

impl Basis {
    /// What a Vietnamese reader sees.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Gauge => "theo mức đồng hồ",
            Self::Patients => "theo số người bệnh",
        }
    }
}

/// A rate at which stock is used.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Burn {
    /// Lower end, best estimate, upper end; the truth is meant to lie within in
    /// [`STATED_RATE`] of cases.
    pub range: RateRange,
    /// The time that the estimate looks back on.
    pub window: Span,
    /// Age of the newest figure it rests on.
    pub age: Span,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// What it rests on.
    pub basis: Basis,
}

/// Something in the ledger that somebody should look at.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Oddity {
    /// The gauge rose and no delivery is recorded.
    UnrecordedDelivery {
        /// Reading before.
        from: Moment,
        /// Reading after.
        until: Moment,
        /// The rise, to which the use of that time adds.
        at_least: Grams,
    },
    /// A fall several times faster than all others: a leak, a wrong figure, or a transfer not recorded.
    AbsurdUse {
        /// Reading before.
        from: Moment,
        /// Reading after.
        until: Moment,
        /// What it would mean.
        rate: GramsPerHour,
    },
}

/// What the ledger of one store says about its use.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct GaugeUse {
    /// The rate; `None` when it is unknown.
    pub burn: Option<Burn>,
    /// What was left out, and why.
    pub oddities: Vec<Oddity>,
    /// Use as posted by hand in the window, where it was posted at least twice.
    pub posted: Option<GramsPerHour>,
    /// The use ahead; known when the rate is.
    pub(crate) ahead: Option<Ahead>,
}

/// The use of one store by its gauge. `resolution` is one step of the gauge
/// ([`Store::resolution`](crate::Store::resolution)).
pub fn gauge_use(recent: &Recent, resolution: Grams, settings: &Settings, now: Moment) -> GaugeUse {
    gauge_use_beside(recent, resolution, GramsPerHour::ZERO, settings, now)
}

/// The same for a store that gives what machines beside it do not make.
pub(crate) fn gauge_use_beside(
    recent: &Recent,
    resolution: Grams,
    made: GramsPerHour,
    settings: &Settings,
    now: Moment,
) -> GaugeUse {
    let noise = resolution * 2;
    let (kept, oddities) = intervals::believable(recent, noise, settings.burn_window, now);
    let posted = posted_use(recent, settings, now);
    let age = recent.latest(now).map(|sample| now - sample.at).filter(|age| *age < settings.burn_unknown);
    let ahead = age.and_then(|_| Ahead::learn(&kept, resolution, made.0, settings));
    let told = age.zip(ahead).zip(kept.first());
    let burn = told.map(|((age, ahead), first)| {
        let (mid, deviation) = ahead.rate(now);
        let staleness = 1.0 + age.as_hours() / settings.burn_unknown.as_hours();
        let half = ENDS * deviation * staleness;
        let range = RateRange {
            low: GramsPerHour((mid - half).max(0.0)),
            mid: GramsPerHour(mid),
            high: GramsPerHour(mid + half),
        };
        let hours: f64 = kept.iter().map(Interval::hours).sum();
        let relative = half / mid.max(resolution.as_f64() / hours);
        let confidence = trust(kept.len(), relative, age, !oddities.is_empty(), settings);
        Burn { range, window: now - first.start(), age, confidence, basis: Basis::Gauge }
    });
    GaugeUse { burn, oddities, posted, ahead }
}

/// The use of a facility: the sum over its stores' gauges; where no gauge tells, patients × flow less
/// what plants make. `None` is «chưa rõ». The upper end listens to both: when even the least that the
/// patients must take is above the gauge's range (high-flow added this afternoon), it is raised.
pub fn burn(
    stores: &[GaugeUse],
    census: Option<&CensusAt>,
    production: GramsPerHour,
    settings: &Settings,
    now: Moment,
) -> Option<Burn> {
    let by_patients = census.and_then(|taken| patients_use(taken, production, settings, now));
    let Some(mut by_gauge) = sum(stores.iter().filter_map(|store| store.burn)) else { return by_patients };
    if let Some(patients) = by_patients {
        by_gauge.range.high = by_gauge.range.high.max(patients.range.low);
    }
    Some(by_gauge)
}

/// Patients × flow, less what plants and concentrators make; `None` when the count is too old.
pub fn patients_use(taken: &CensusAt, production: GramsPerHour, settings: &Settings, now: Moment) -> Option<Burn> {
    let age = now - taken.at;
    if age < Span::ZERO || age >= settings.burn_unknown {
        return None;
    }
    let need = taken.census.need(settings);
    let net = |rate: GramsPerHour| (rate - production).max(GramsPerHour::ZERO);
    let range = RateRange { low: net(need.low), mid: net(need.mid), high: net(need.high) };
    Some(Burn { range, window: Span::ZERO, age, confidence: Confidence::Low, basis: Basis::Patients })
}

fn trust(intervals: usize, relative_half: f64, age: Span, odd: bool, settings: &Settings) -> Confidence {
    let aged = age.as_hours() / settings.burn_unknown.as_hours();
    if intervals >= 4 && aged < 0.25 && relative_half <= 0.35 && !odd {
        Confidence::High
    } else if intervals >= 2 && aged < 0.6 && relative_half <= 0.8 {
        Confidence::Medium
    } else {
        Confidence::Low
    }
}

fn sum(burns: impl Iterator<Item = Burn>) -> Option<Burn> {
    let all: Vec<Burn> = burns.collect();
    let mid: f64 = all.iter().map(|burn| burn.range.mid.0).sum();
    // Errors of different gauges are independent.
    let squares = |end: fn(&RateRange) -> f64| -> f64 {
        all.iter().map(|burn| (end(&burn.range) - burn.range.mid.0).powi(2)).sum::<f64>().sqrt()
    };
    let range = RateRange {
        low: GramsPerHour((mid - squares(|range| range.low.0)).max(0.0)),
        mid: GramsPerHour(mid),
        high: GramsPerHour(mid + squares(|range| range.high.0)),
    };
    // A backup that stands still does not lower the trust in the tank that is used.
    let matters = |burn: &&Burn| burn.range.mid.0 >= 0.1 * mid;
    Some(Burn {
        range,
        window: all.iter().filter(matters).map(|burn| burn.window).max()?,
        age: all.iter().filter(matters).map(|burn| burn.age).max()?,
        confidence: all.iter().filter(matters).map(|burn| burn.confidence).min()?,
        basis: Basis::Gauge,
    })
}

/// Posted use: the sum after the first line over the time since it, as each line tells the use
/// before it.
fn posted_use(recent: &Recent, settings: &Settings, now: Moment) -> Option<GramsPerHour> {
    let uses = || recent.between(now - settings.burn_window, now).filter(|kept| kept.class == MoveClass::Use);
    let (first, last) = (uses().next()?, uses().last()?);
    let hours = (last.at - first.at).as_hours();
    let posted = recent.posted_between(first.at, last.at);
    (hours > 0.0).then(|| GramsPerHour(posted.as_f64() / hours))
}

#[cfg(test)]
#[path = "burn/tests.rs"]
mod tests;
