//! What an occupied oxygen bed takes in a day: a plausibility check of use against patients.

use quantity::convert::{l_per_min, m3_of_gas, rate_of_l_per_min};
use quantity::{Grams, GramsPerHour, Purity, ReferenceTemperature, Span};

use super::ChainNorms;
use crate::Census;

/// Whether the use of a bed is believable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BedDayVerdict {
    /// Less than wards were ever seen to use: patients counted twice, a gauge stuck, a unit too small.
    Low,
    /// Within the norms.
    Within,
    /// More than the norms: a leak, patients not counted, a unit too large.
    High,
}

/// Use of one occupied oxygen bed in a day.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct BedDay {
    /// Kilograms a bed-day.
    pub kg: f64,
    /// Cubic metres of gas at 21 °C a bed-day.
    pub m3: f64,
    /// The same as litres a minute.
    pub litres_per_minute: f64,
    /// Lower end of the norm for this mix of wards and intensive care, m³ a bed-day.
    pub norm_low_m3: f64,
    /// Upper end.
    pub norm_high_m3: f64,
    /// Against the norms.
    pub verdict: BedDayVerdict,
}

/// The use of the patients on oxygen, spread over their beds; `None` without patients.
pub fn bed_day(used: GramsPerHour, census: Census, norms: &ChainNorms) -> Option<BedDay> {
    let beds = census.patients();
    if beds == 0 || !used.0.is_finite() || used.0 < 0.0 {
        return None;
    }
    let daily = |rate: GramsPerHour| rate.over(Span::days(1));
    let each = GramsPerHour(used.0 / f64::from(beds));
    let icu = f64::from(beds - census.mask) / f64::from(beds);
    let mixed = |ward: f64, care: f64| ward * (1.0 - icu) + care * icu;
    let of_litres = |litres: f64| {
        let rate = rate_of_l_per_min(litres, ReferenceTemperature::Celsius21, Purity::PURE);
        cubic_metres(daily(rate))
    };
    let low = of_litres(mixed(norms.ward_bed.low, norms.icu_bed.low));
    let high = of_litres(mixed(norms.ward_bed.high, norms.icu_bed.high));
    let m3 = cubic_metres(daily(each));
    let verdict = if m3 < low {
        BedDayVerdict::Low
    } else if m3 > high {
        BedDayVerdict::High
    } else {
        BedDayVerdict::Within
    };
    Some(BedDay {
        kg: daily(each).as_kg(),
        m3,
        litres_per_minute: l_per_min(each, ReferenceTemperature::Celsius21),
        norm_low_m3: low,
        norm_high_m3: high,
        verdict,
    })
}

fn cubic_metres(mass: Grams) -> f64 {
    m3_of_gas(mass, ReferenceTemperature::Celsius21)
}
