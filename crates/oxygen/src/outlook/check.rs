//! Three ways to know the use of a facility, side by side: gauge or posted lines, patients × flow,
//! planning norm. The gap is shown, never averaged away.

use quantity::{GramsPerHour, Moment};

use crate::burn::GaugeUse;
use crate::{CensusAt, RateRange, Settings};

/// The same use told three ways.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct CrossCheck {
    /// By the gauges, with what plants make.
    pub gauge: Option<GramsPerHour>,
    /// As posted by hand, with what plants make.
    pub posted: Option<GramsPerHour>,
    /// Patients × flow by the province's norm.
    pub patients: Option<RateRange>,
    /// Patients × flow by the WHO planning profile.
    pub planned: Option<GramsPerHour>,
    /// How far the gauge, or the posted use where no gauge tells, lies above patients × flow: 0.06
    /// is six per cent above.
    pub gap: Option<f64>,
    /// The gap is larger than the norm allows: somebody should look.
    pub look: bool,
}

pub(super) fn cross_check(
    uses: &[GaugeUse],
    census: Option<&CensusAt>,
    production: GramsPerHour,
    settings: &Settings,
    now: Moment,
) -> CrossCheck {
    let total =
        |rates: Vec<GramsPerHour>| (!rates.is_empty()).then(|| rates.into_iter().sum::<GramsPerHour>() + production);
    let gauge = total(uses.iter().filter_map(|told| told.burn.map(|burn| burn.range.mid)).collect());
    let posted = total(uses.iter().filter_map(|told| told.posted).collect());
    let fresh = census.filter(|taken| taken.at <= now && now - taken.at < settings.burn_unknown);
    let patients = fresh.map(|taken| taken.census.need(settings));
    let planned = fresh.map(|taken| taken.census.planned_need(settings));
    let gap = gauge
        .or(posted)
        .zip(patients)
        .and_then(|(measured, need)| (need.mid > GramsPerHour::ZERO).then(|| measured.0 / need.mid.0 - 1.0));
    let look = gap.is_some_and(|gap| gap.abs() > settings.cross_check_gap);
    CrossCheck { gauge, posted, patients, planned, gap, look }
}
