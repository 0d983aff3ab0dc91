//! What patients on one device take together: few are drawn one by one, many by the law of their sum.

use protocol::Figure;

use super::chance::{Dice, STEPS, Spread, normal_at, share_of};

/// Patients whose flow is drawn one by one: twelve times ten bits.
const SINGLE: u32 = 12;

/// Litres of gas a minute that a patient takes on a device, from day to day and patient to patient.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DeviceFlow {
    table: Vec<f64>,
    pub(super) mean: f64,
    /// Variance over squared mean of one patient's day.
    spread: f64,
}

impl DeviceFlow {
    /// Of a figure of the norms; nobody takes more than `at_most`.
    pub(super) fn of(figure: Figure, at_most: f64) -> Self {
        let table: Vec<f64> = Spread::of(figure).table().into_iter().map(|flow| flow.min(at_most)).collect();
        let mean = table.iter().sum::<f64>() / STEPS as f64;
        let variance = table.iter().map(|flow| (flow - mean).powi(2)).sum::<f64>() / STEPS as f64;
        let spread = if mean > 0.0 { variance / (mean * mean) } else { 0.0 };
        Self { table, mean, spread }
    }

    /// Litres a minute of so many patients on one day. Takes the same number of throws whatever the number, and never
    /// falls with it: the first twelve keep their flows, and the others together take a log-normal sum with the mean and
    /// variance of theirs.
    pub(super) fn of_patients(&self, patients: u32, dice: &mut Dice) -> f64 {
        let (first, second, rest) = (dice.bits(), dice.bits(), dice.bits());
        let single = patients.min(SINGLE);
        let mut litres: f64 = (0..single)
            .map(|patient| {
                let bits = if patient < 6 { first >> (10 * patient) } else { second >> (10 * (patient - 6)) };
                self.table[bits as usize % STEPS]
            })
            .sum();
        if patients > SINGLE {
            let many = f64::from(patients - SINGLE);
            let variance = (self.spread / many).ln_1p();
            // Beyond these ends one patient more could lower the sum.
            let end = (2.0 / self.spread.sqrt().max(0.1)).min(3.0);
            let z = normal_at(share_of(rest, 0, 53)).clamp(-end, end);
            litres += many * self.mean * (variance.sqrt() * z - variance / 2.0).exp();
        }
        litres
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MASK: Figure = Figure { low: 3.0, value: 6.0, high: 12.0 };

    fn drawn(flow: &DeviceFlow, patients: u32) -> (f64, f64) {
        let mut dice = Dice::of(3, "flow", 0, 0);
        let sums: Vec<f64> = (0..20_000).map(|_| flow.of_patients(patients, &mut dice)).collect();
        let mean = sums.iter().sum::<f64>() / 20_000.0;
        (mean, (sums.iter().map(|sum| (sum - mean).powi(2)).sum::<f64>() / 20_000.0).sqrt())
    }

    /// A log-normal of median 6 and P90 12 has deviation ln 2 / 1.2816 of its logarithm, mean 6 × exp(0.5409² / 2) = 6.945.
    #[test]
    fn the_mean_of_many_draws_is_the_mean_and_not_the_median() {
        let flow = DeviceFlow::of(MASK, 80.0);
        assert!((flow.mean - 6.945).abs() < 0.01, "{}", flow.mean);
        for patients in [1, 5, 12, 13, 40, 400] {
            let (mean, deviation) = drawn(&flow, patients);
            let many = f64::from(patients);
            assert!((mean / many / flow.mean - 1.0).abs() < 0.02, "{patients}: {mean}");
            let wanted = (many * flow.spread).sqrt() * flow.mean;
            assert!((deviation / wanted - 1.0).abs() < 0.05, "{patients}: {deviation} for {wanted}");
        }
    }

    #[test]
    fn one_patient_more_never_lowers_the_sum() {
        for figure in
            [MASK, Figure { low: 0.5, value: 10.0, high: 70.0 }, Figure { low: 10.0, value: 10.0, high: 10.0 }]
        {
            let flow = DeviceFlow::of(figure, 80.0);
            for seed in 0..2_000 {
                let mut before = 0.0;
                for patients in 0..40 {
                    let litres = flow.of_patients(patients, &mut Dice::of(seed, "flow", 0, 0));
                    assert!(litres >= before, "{seed}: {patients} take {litres} after {before}");
                    before = litres;
                }
            }
        }
    }

    #[test]
    fn nobody_takes_more_than_the_bound_and_nobody_takes_nothing() {
        let flow = DeviceFlow::of(Figure { low: 10.0, value: 20.0, high: 40.0 }, 50.0);
        let mut dice = Dice::of(1, "flow", 0, 0);
        assert!((0..2_000).all(|_| flow.of_patients(1, &mut dice) <= 50.0));
        assert_eq!(flow.of_patients(0, &mut dice), 0.0);
    }
}
