//! What happens in one hospital.

use oxygen::Census;
use quantity::Grams;

use super::{Practice, at};
use crate::dice::Dice;

/// Litres of gas a minute by device: P10, median, P90 of patients and days.
const FLOWS: [(f64, f64, f64); 5] =
    [(3.0, 6.0, 12.0), (15.0, 30.0, 50.0), (10.0, 20.0, 40.0), (6.0, 12.0, 25.0), (10.0, 10.0, 10.0)];
/// Nobody takes more.
const MOST: f64 = 80.0;
/// Grams of a litre of gas at 21 °C.
const GRAMS: f64 = 1.327;
/// A habit that strayed comes back: after two months 37 % are left.
const STRAYED_STAYS: f64 = 59.0 / 60.0;
/// More people than this are not followed in a day.
const MOST_PEOPLE: f64 = 1e5;

/// What was used on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DayOfOxygen {
    /// By the patients of the epidemic, with what is lost on the way.
    pub epidemic: Grams,
    /// What left the vessels.
    pub all: Grams,
}

/// The patients of a hospital on oxygen, day by day.
#[derive(Clone, PartialEq, Debug)]
pub struct Hospital {
    present: Vec<[u32; 5]>,
    used: Vec<DayOfOxygen>,
    came: Vec<u32>,
}

/// The days of a hospital while its patients come.
struct Days<'a> {
    practice: &'a Practice,
    present: Vec<[u32; 5]>,
    litres: Vec<f64>,
}

impl Hospital {
    /// What comes of admissions by day; what is no figure, or below 0, is nobody. `number` is that of the hospital in its province.
    pub fn run(seed: u64, number: usize, practice: &Practice, admissions: &[f64]) -> Self {
        let mut days = Days { practice, present: vec![[0; 5]; admissions.len()], litres: vec![0.0; admissions.len()] };
        let mut came = Vec::with_capacity(admissions.len());
        for (day, admitted) in admissions.iter().enumerate() {
            // Every day has its own stream, so that another future changes no past.
            let mut dice = Dice::of(seed, "patients", number as u64, day as u64);
            let people = if admitted.is_finite() { admitted.clamp(0.0, MOST_PEOPLE) as u32 } else { 0 };
            let on_oxygen = dice.binomial(f64::from(people), practice.on_oxygen) as u32;
            for _ in 0..on_oxygen {
                let comes = day as f64 + dice.share();
                days.admit(comes, &mut dice);
            }
            came.push(on_oxygen);
        }
        let mut strayed = 0.0;
        let mut use_of = |(day, litres): (usize, &f64)| {
            let mut dice = Dice::of(seed, "use", number as u64, day as u64);
            strayed = STRAYED_STAYS * strayed + practice.strays * dice.gauss();
            let of_day = (practice.day * dice.gauss() - practice.day * practice.day / 2.0).exp();
            (litres * 1_440.0 * GRAMS * practice.habit * f64::exp(strayed) / (1.0 - practice.lost) * of_day, of_day)
        };
        let epidemic: Vec<(f64, f64)> = days.litres.iter().enumerate().map(&mut use_of).collect();
        let mut sorted: Vec<f64> = epidemic.iter().map(|(grams, _)| *grams).filter(|grams| *grams > 0.0).collect();
        sorted.sort_by(f64::total_cmp);
        let others = practice.others * sorted.get(sorted.len() / 2).copied().unwrap_or(0.0);
        let used = epidemic.iter().map(|(grams, of_day)| DayOfOxygen {
            epidemic: Grams::from_f64(*grams),
            all: Grams::from_f64(grams + others * of_day),
        });
        Self { used: used.collect(), present: days.present, came }
    }

    /// How many days.
    pub fn days(&self) -> usize {
        self.used.len()
    }

    /// Patients on oxygen at the end of a day.
    pub fn census(&self, day: usize) -> Census {
        let [mask, hfnc, niv, invasive, ecmo] = self.present.get(day).copied().unwrap_or_default();
        Census { mask, hfnc, niv, invasive, ecmo, waiting: None }
    }

    /// What was used on a day.
    pub fn used(&self, day: usize) -> DayOfOxygen {
        self.used.get(day).copied().unwrap_or_default()
    }

    /// Who came on a day and needed oxygen.
    pub fn came(&self, day: usize) -> u32 {
        self.came.get(day).copied().unwrap_or(0)
    }
}

impl Days<'_> {
    fn admit(&mut self, comes: f64, dice: &mut Dice) {
        let practice = self.practice;
        let mut left = dice.share() * practice.comes.iter().sum::<f64>();
        let device = practice.comes.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        let device = device.unwrap_or(0);
        let dies = dice.chance(practice.dying[device]);
        let mean = match (device, dies) {
            (0, _) => practice.ward,
            (1 | 2, _) => practice.dependency,
            (_, false) => practice.intensive.0,
            (_, true) => practice.intensive.1,
        };
        let leaves = comes + two_stages(mean, dice);
        self.lie(device, comes, leaves, dice);
        if device > 0 && !dies {
            let down = leaves + two_stages(practice.after, dice);
            self.lie(0, leaves, down, dice);
        }
    }

    /// Somebody on a device from one hour to another, in days.
    fn lie(&mut self, device: usize, from: f64, until: f64, dice: &mut Dice) {
        let lasting = self.practice.lasting.clamp(0.0, 1.0);
        let own = lasting.sqrt() * dice.gauss();
        for day in from as usize..=(until as usize).min(self.litres.len().saturating_sub(1)) {
            let begins = day as f64;
            let part = (until.min(begins + 1.0) - from.max(begins)).max(0.0);
            let z = own + (1.0 - lasting).sqrt() * dice.gauss();
            self.litres[day] += part * at(FLOWS[device], z).min(MOST);
            if until > begins + 1.0 {
                self.present[day][device] += 1;
            }
        }
    }
}

/// A stay in two stages, each as likely to end in one hour as in the next.
fn two_stages(mean: f64, dice: &mut Dice) -> f64 {
    dice.exponential(mean / 2.0) + dice.exponential(mean / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::care::practices;

    fn practice() -> Practice {
        Practice { others: 0.0, strays: 0.0, day: 0.0, habit: 1.0, lost: 0.0, ..practices(1, 1)[0].clone() }
    }

    /// Little's law: as many are there as come in a mean stay; and they are on the devices that they should be on.
    #[test]
    fn a_steady_hospital_has_as_many_as_come_in_a_stay() {
        let practice = Practice { on_oxygen: 0.5, ..practice() };
        let hospital = Hospital::run(3, 0, &practice, &[40.0; 300]);
        let all: f64 = practice.comes.iter().sum();
        let stay: f64 = (0..5)
            .map(|device| {
                let after = if device > 0 { (1.0 - practice.dying[device]) * practice.after } else { 0.0 };
                practice.comes[device] / all * (practice.stay(device) + after)
            })
            .sum();
        let mean = |of: &dyn Fn(usize) -> f64| (100..300).map(of).sum::<f64>() / 200.0;
        let there = mean(&|day| f64::from(hospital.census(day).patients()));
        assert!((there / (20.0 * stay) - 1.0).abs() < 0.05, "{there} for {}", 20.0 * stay);
        assert!((mean(&|day| f64::from(hospital.came(day))) / 20.0 - 1.0).abs() < 0.05);
        // What they take is what they take for the hours that they are there: a mean flow times those present.
        let mean_flow = |device: usize| {
            let mut dice = Dice::of(1, "flow", 0, 0);
            (0..20_000).map(|_| at(FLOWS[device], dice.gauss()).min(MOST)).sum::<f64>() / 20_000.0
        };
        let flows: Vec<f64> = (0..5).map(mean_flow).collect();
        let litres =
            mean(&|day| hospital.present[day].iter().zip(&flows).map(|(on, flow)| f64::from(*on) * flow).sum());
        let used = mean(&|day| hospital.used(day).all.as_f64()) / (1_440.0 * GRAMS);
        assert!((used / litres - 1.0).abs() < 0.05, "{used} for {litres}");
    }

    #[test]
    fn another_future_changes_no_past_and_nobody_takes_nothing() {
        let practice = practices(5, 1)[0].clone();
        let mut admissions = vec![6.0; 90];
        let one = Hospital::run(5, 0, &practice, &admissions);
        admissions[60..].fill(0.0);
        let other = Hospital::run(5, 0, &practice, &admissions);
        assert!((0..60).all(|day| one.census(day) == other.census(day)));
        assert!((0..60).all(|day| one.used(day).epidemic == other.used(day).epidemic));
        assert!(other.census(89).patients() < one.census(89).patients());
        let nobody = Hospital::run(5, 0, &practice, &[f64::NAN, -3.0, 0.0]);
        assert_eq!((nobody.census(2), nobody.used(2)), (Census::default(), DayOfOxygen::default()));
        assert_eq!((nobody.days(), nobody.came(99), nobody.used(99)), (3, 0, DayOfOxygen::default()));
    }
}
