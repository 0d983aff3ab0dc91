//! Patients who need oxygen, and what they take: from admissions of a hospital to grams a day, with everything known.
//!
//! - A [`Practice`] is how a hospital cares for its patients. [`practices`] draws those of a province: half of what makes a
//!   hospital differ from the norm is the province's, half its own;
//! - a [`Hospital`] is what comes of it: people come at their hour, lie on a device, step down, leave or die, in continuous
//!   time, and take oxygen for the part of a day that they are there.
//!
//! Pure: seed, number and admissions are arguments. Not here: admissions ([`epidemic`](crate::epidemic)), vessels and
//! deliveries. The forecast shares no code with this, and neither draws the same figures: a patient here has a flow that
//! stays partly his own, and the hospital's habits stray on every day, also on those that a forecast learns from.
//!
//! # What the figures rest on
//! Stays: 9 days on a ward (8 to 15), 14.8 in intensive care of those who survive it and 11.1 of those who die, 3 after it,
//! from the model «squire» of Imperial College London. Devices: the mean of ten bulletins of the Ministry in 2021 and 2022.
//! Who needs oxygen: six in ten of those admitted (four to eight), a convention. Flows by device with their P10 and P90: the
//! norms of the program (`oxygen.flow`). A hospital's habit: a deviation of 0.4 of the logarithm, because 3.0, 5.6 and 6 L/min were
//! measured or planned for the same thing.

mod hospital;

use crate::dice::Dice;

pub use hospital::{DayOfOxygen, Hospital};

/// How far P90 lies from the median, in deviations.
const TENTH: f64 = 1.281_551_565_544_6;
/// Patients by device in the mean of ten bulletins: mask, high flow, non-invasive, invasive, ECMO.
const DEVICES: [f64; 5] = [0.678, 0.161, 0.030, 0.126, 0.005];
/// As how many patients the devices of a province stray, and as how many those of a hospital about them.
const DEVICES_FIRM: (f64, f64) = (24.0, 24.0);

/// How a hospital cares for its patients. Stays in days.
#[derive(Clone, PartialEq, Debug)]
pub struct Practice {
    /// Share of those admitted who need oxygen.
    pub on_oxygen: f64,
    /// Mean stay on a ward.
    pub ward: f64,
    /// Mean stay on high flow or a mask with pressure.
    pub dependency: f64,
    /// Mean stay in intensive care of those who survive it, and of those who die.
    pub intensive: (f64, f64),
    /// Mean stay on the ward after it.
    pub after: f64,
    /// Share who die on each device.
    pub dying: [f64; 5],
    /// Who comes on which device: weights.
    pub comes: [f64; 5],
    /// Flow of its patients over that of others.
    pub habit: f64,
    /// How far the logarithm of the habit strays in a day, standard deviation; it comes back within months.
    pub strays: f64,
    /// Deviation of the logarithm of one day's use.
    pub day: f64,
    /// How much of the variance of a patient's flow stays with the patient; the rest changes from day to day.
    pub lasting: f64,
    /// Share of what leaves the vessels that no patient gets.
    pub lost: f64,
    /// What other diseases take, over the median day of the epidemic's patients; 0 where the gauge sees none of them.
    pub others: f64,
}

/// A figure so many deviations from its median, by its P10 and P90.
fn at((low, median, high): (f64, f64, f64), z: f64) -> f64 {
    median * (if z < 0.0 { median / low } else { high / median }).powf(z / TENTH)
}

/// Shares about others: as if so many patients had been counted.
fn devices(about: &[f64; 5], firm: f64, dice: &mut Dice) -> [f64; 5] {
    let drawn = about.map(|share| if share > 0.0 { dice.gamma(firm * share) } else { 0.0 });
    let all: f64 = drawn.iter().sum();
    drawn.map(|one| one / all)
}

/// The practices of so many hospitals of a province, drawn anew for each seed.
pub fn practices(seed: u64, hospitals: usize) -> Vec<Practice> {
    let mut province = Dice::of(seed, "care", 0, 0);
    let common: [f64; 5] = std::array::from_fn(|_| province.gauss());
    let of_province = devices(&DEVICES, DEVICES_FIRM.0, &mut province);
    let (after, lasting) = (province.between(2.0, 4.0), province.between(0.3, 0.8));
    let intensive = province.between(0.85, 1.15);
    (0..hospitals)
        .map(|hospital| {
            let mut dice = Dice::of(seed, "care", 1, hospital as u64);
            let [on_oxygen, ward, dependency, habit, lost] =
                common.map(|common| (common + dice.gauss()) * std::f64::consts::FRAC_1_SQRT_2);
            let present = devices(&of_province, DEVICES_FIRM.1, &mut dice);
            let mut practice = Practice {
                on_oxygen: at((0.4, 0.6, 0.8), on_oxygen).min(1.0),
                ward: at((8.0, 9.0, 15.0), ward),
                dependency: at((8.0, 9.0, 15.0), dependency),
                intensive: (14.8 * intensive, 11.1 * intensive),
                after,
                dying: [0.05, 0.2, 0.2, 0.5, 0.5],
                comes: [0.0; 5],
                habit: (0.4 * habit).exp(),
                strays: dice.between(0.01, 0.03),
                day: dice.between(0.05, 0.12),
                lasting,
                lost: at((0.05, 0.075, 0.10), lost),
                others: if dice.chance(0.5) { dice.between(0.0, 0.5) } else { 0.0 },
            };
            practice.comes = practice.comes(&present);
            practice
        })
        .collect()
}

impl Practice {
    /// Mean stay on a device.
    fn stay(&self, device: usize) -> f64 {
        match device {
            0 => self.ward,
            1 | 2 => self.dependency,
            _ => {
                let dying = self.dying[device];
                (1.0 - dying) * self.intensive.0 + dying * self.intensive.1
            }
        }
    }

    /// Who comes on which device, so that in a steady state those present are on given ones: who stays longer comes less,
    /// and on the ward lie those who stepped down as well.
    fn comes(&self, present: &[f64; 5]) -> [f64; 5] {
        let mut comes = std::array::from_fn(|device| present[device] / self.stay(device));
        let stepped: f64 = (1..5).map(|device| comes[device] * (1.0 - self.dying[device]) * self.after).sum();
        comes[0] = (present[0] - stepped).max(0.0) / self.ward;
        comes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practices_have_the_ranges_that_they_are_drawn_from() {
        let drawn: Vec<Practice> = (0..400).flat_map(|seed| practices(seed, 5)).collect();
        let share = |is_so: &dyn Fn(&Practice) -> bool| {
            drawn.iter().filter(|practice| is_so(practice)).count() as f64 / drawn.len() as f64
        };
        for (name, tenth) in [
            ("stay", share(&|practice| practice.ward > 15.0)),
            ("oxygen", share(&|practice| practice.on_oxygen < 0.4)),
            ("habit", share(&|practice| practice.habit > (0.4 * TENTH).exp())),
        ] {
            assert!((0.07..0.13).contains(&tenth), "{name}: {tenth} lie beyond a tenth");
        }
        assert!((share(&|practice| practice.others == 0.0) - 0.5).abs() < 0.05);
        // Hospitals of a province are more like each other than like others.
        let pairs = (0..400).map(|seed| practices(seed, 2));
        let product: f64 = pairs.map(|two| two[0].habit.ln() * two[1].habit.ln()).sum::<f64>() / 400.0;
        assert!((product / 0.16 - 0.5).abs() < 0.2, "{product}");
        assert_eq!(practices(7, 3), practices(7, 3));
        assert_eq!(practices(7, 3)[..2], practices(7, 2), "one hospital more changes no other");
    }
}
