//! Builders and sums of the tests.

use simulate::epidemic::{Delay, Kind, Parameters, Wander};

/// Drawn parameters with few places and weeks: quick to live through.
pub fn small(seed: u64, kind: Kind, places: usize, weeks: usize) -> Parameters {
    let mut parameters = Parameters::draw(seed, Some(kind));
    parameters.places.truncate(places);
    parameters.weeks = parameters.weeks.min(weeks);
    parameters
}

/// One huge place where nothing but R and the generation interval acts: no chance, season, measures,
/// immunity or drift, every infection counted alike on all days.
pub fn undisturbed(reproduction: f64, generation: Delay, weeks: usize) -> Parameters {
    let mut parameters = small(3, Kind::First, 1, weeks);
    let still = Wander { deviation: 0.0, memory: 10.0 };
    let law = &mut parameters.transmission;
    (law.reproduction, law.generation) = (reproduction, generation);
    (law.shared_noise, law.own_noise, law.clusters) = (still, still, None);
    (law.season, law.holidays, law.waning, law.imported) = (0.0, 0.0, 0.0, 2_000.0);
    law.variants.clear();
    parameters.policy.strictness = 0.0;
    (parameters.ascertainment.drift, parameters.ascertainment.shared_drift) = (0.0, 0.0);
    parameters.admission.drift = 0.0;
    for counting in [&mut parameters.cases, &mut parameters.admissions] {
        counting.weekdays = [1.0; 7];
        counting.faults.closed = [false; 7];
        (counting.faults.batches, counting.faults.silences, counting.faults.corrections) = (0.0, 0.0, 0.0);
        counting.faults.backfills.clear();
    }
    let place = &mut parameters.places[0];
    (place.people, place.first_import) = (1e15, 0);
    parameters
}

/// The daily growth r at which infections grow: Σ w(k) e^(−rk) = 1 / R (Wallinga and Lipsitch 2007).
pub fn growth(reproduction: f64, generation: &Delay) -> f64 {
    let (mut low, mut high) = (-1.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if discounted(generation, middle) * reproduction > 1.0 { low = middle } else { high = middle }
    }
    low
}

/// Σ share(k) e^(−rk): what a delay leaves of something that grows by r a day.
pub fn discounted(delay: &Delay, growth: f64) -> f64 {
    (0..).zip(delay.shares()).map(|(days, share)| share * (-growth * f64::from(days)).exp()).sum()
}

/// Pearson's correlation.
pub fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let (a, b) = (mean(one), mean(other));
    let sum = |f: &dyn Fn(f64, f64) -> f64| one.iter().zip(other).map(|(x, y)| f(x - a, y - b)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}
