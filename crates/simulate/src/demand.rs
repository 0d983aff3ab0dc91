//! What the patients of a facility really take, hour by hour: the truth that nobody on the spot knows.

use oxygen::{Census, Device};
use quantity::convert::{rate_of_l_per_min, rate_of_m3_per_h};
use quantity::{Purity, ReferenceTemperature};

use crate::dice::Dice;
use crate::spec::{Spec, Stock};

/// Litres of gas a minute by device that a facility's own habit multiplies: facts §2, medians.
const USUAL_FLOW: [f64; 5] = [6.0, 30.0, 20.0, 12.0, 10.0];

/// Share of patients by device (mask, high-flow, non-invasive, invasive, ECMO) in tiers 1 to 3; the
/// third is near the mean of ten Ministry bulletins (facts §2).
const DEVICE_MIX: [[f64; 5]; 3] =
    [[1.0, 0.0, 0.0, 0.0, 0.0], [0.85, 0.11, 0.03, 0.01, 0.0], [0.675, 0.16, 0.035, 0.126, 0.004]];

/// Hours for which a count of patients stands.
const COUNT_HOURS: usize = 6;

/// The need of one facility, by hours from the beginning of the history.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Demand {
    /// Patients, each count for [`COUNT_HOURS`].
    counts: Vec<Census>,
    /// Grams that the patients need in each hour.
    pub(crate) need: Vec<i64>,
    /// Grams that plants and concentrators make of it, rounded down to what is needed.
    pub(crate) made: Vec<i64>,
    /// Running share of the nameplate in each count's time.
    running: Vec<f64>,
}

impl Demand {
    /// The need of the facility at a place in the list. `wave` has one level for each hour.
    pub(crate) fn invent(seed: u64, place: u64, spec: &Spec, wave: &[f64]) -> Self {
        let mut habit = Dice::of(seed, "habit", place, 0);
        let flows = USUAL_FLOW.map(|median| median * (0.16 * habit.normal()).exp().clamp(0.7, 1.4));
        let nameplate = makes(spec.stock);

        let mut demand = Self { counts: Vec::new(), need: Vec::new(), made: Vec::new(), running: Vec::new() };
        let mut drift = 0.0;
        for (hour, level) in wave.iter().enumerate() {
            if hour % COUNT_HOURS == 0 {
                let mut dice = Dice::of(seed, "count", place, hour as u64);
                // A day's admissions remember the day before: half of a deviation is left after a day.
                drift = 0.84 * drift + 0.05 * dice.normal();
                let expected = (spec.calm + spec.surge * level) * f64::exp(drift);
                demand.counts.push(count(spec, expected, dice.share()));
                demand.running.push(dice.between(0.88, 1.0));
            }
            let (census, running) = (demand.counts[hour / COUNT_HOURS], demand.running[hour / COUNT_HOURS]);
            let mut dice = Dice::of(seed, "hour", place, hour as u64);
            // Most is taken in the evening; an hour differs from the next by some per cent.
            let of_day = 1.0 + 0.08 * ((hour % 24) as f64 / 24.0 * std::f64::consts::TAU - 5.2).cos();
            let litres: f64 =
                Device::ALL.into_iter().zip(flows).map(|(device, flow)| f64::from(census.on(device)) * flow).sum();
            let rate = rate_of_l_per_min(litres, ReferenceTemperature::Celsius21, Purity::PURE);
            let need = (rate.0 * of_day * (1.0 + 0.06 * dice.normal()).max(0.5)).round() as i64;
            demand.need.push(need);
            demand.made.push(need.min((nameplate * running) as i64));
        }
        demand
    }

    /// Patients in an hour.
    pub(crate) fn census(&self, hour: usize) -> Census {
        self.counts.get(hour / COUNT_HOURS).copied().unwrap_or_default()
    }

    /// Share of their nameplate at which machines run in an hour.
    pub(crate) fn running(&self, hour: usize) -> f64 {
        self.running.get(hour / COUNT_HOURS).copied().unwrap_or(1.0)
    }
}

/// Whole patients by device; a half is one in half of the cases. Nobody gets oxygen beyond the beds that
/// have it: the rest wait.
fn count(spec: &Spec, expected: f64, chance: f64) -> Census {
    let mix = DEVICE_MIX[usize::from(spec.tier.clamp(1, 3)) - 1];
    let [mut mask, hfnc, niv, invasive, ecmo] = mix.map(|share| (expected * share + chance) as u32);
    let others = hfnc + niv + invasive + ecmo;
    let waiting = (mask + others).saturating_sub(spec.beds[2]).min(mask);
    mask -= waiting;
    Census { mask, hfnc, niv, invasive, ecmo, waiting: Some(waiting) }
}

/// Grams of pure oxygen an hour by the nameplates of plants and concentrators.
fn makes(stock: &[Stock]) -> f64 {
    let one = |stock: &Stock| match *stock {
        Stock::Plant(m3) => rate_of_m3_per_h(m3, ReferenceTemperature::Celsius0, Purity::PLANT_93).0,
        Stock::Concentrators(litres, units) => {
            let litres = litres * f64::from(units);
            rate_of_l_per_min(litres, ReferenceTemperature::Celsius21, Purity::PLANT_93).0
        }
        Stock::Tank(..) | Stock::Dewars(_) | Stock::Cylinders(..) => 0.0,
    };
    stock.iter().map(one).sum()
}
