//! What a facility's own gauge says: its coefficient and its base use.

use quantity::Grams;

use super::norms::NeedNorms;

/// One day of a facility.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct DayOfUse {
    /// What its patients would take by the norm: [`NeedNorms::norm_use`].
    pub norm: Grams,
    /// What left its vessels by the gauge, deliveries accounted for.
    pub gauge: Grams,
}

/// True use over norm use, as far as it is known: log-normal.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Coefficient {
    /// Mean of the logarithm.
    pub log: f64,
    /// Its deviation.
    pub deviation: f64,
    /// Days that it was learnt from.
    pub days: usize,
}

/// Use that does not come from the patients of the epidemic, grams a day: normal, never negative.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Base {
    /// Mean.
    pub daily: Grams,
    /// Deviation where the coefficient is given.
    pub deviation: Grams,
    /// More by so much for every whole by which the coefficient is above its mean; negative where both were learnt from
    /// one gauge, because what the one takes the other does not.
    pub per_coefficient: Grams,
}

/// What was learnt.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Learnt {
    /// Of the patients.
    pub coefficient: Coefficient,
    /// Of everything else.
    pub base: Base,
}

impl Coefficient {
    /// Exactly the norm: for arithmetic, not for forecasts.
    pub const NORM: Self = Self { log: 0.0, deviation: 0.0, days: 0 };

    /// Before any gauge has told.
    pub fn unlearnt(norms: &NeedNorms) -> Self {
        Self { log: 0.0, deviation: norms.coefficient_deviation.max(0.0), days: 0 }
    }

    /// Its mean.
    pub fn mean(&self) -> f64 {
        (self.log + self.deviation * self.deviation / 2.0).exp()
    }

    /// Its median.
    pub fn median(&self) -> f64 {
        self.log.exp()
    }

    pub(super) fn at(&self, z: f64, stray: f64) -> f64 {
        (self.log + self.deviation * z + stray).clamp(-5.0, 5.0).exp()
    }
}

impl Base {
    /// None: the census counts everybody.
    pub const NONE: Self = Self { daily: Grams::ZERO, deviation: Grams::ZERO, per_coefficient: Grams::ZERO };

    /// What boils off a tank of a capacity, where the base was not learnt from a gauge that sees it as well.
    pub fn boil_off(capacity: Grams, norms: &NeedNorms) -> Self {
        Self { daily: capacity.share(norms.boil_off_per_day), ..Self::NONE }
    }

    /// On a path whose coefficient is so far above its mean.
    pub(super) fn at(&self, above: f64, own: f64) -> f64 {
        (self.daily.as_f64() + self.per_coefficient.as_f64() * above + self.deviation.as_f64() * own).max(0.0)
    }
}

/// Steps of the coefficient's grid, over four deviations of the norm on either side.
const COEFFICIENTS: usize = 161;
/// The largest base, as a share of the median of the gauge: in quiet times it is nearly all, and days differ. Before the
/// days have told, a small share is likelier than a large one: (1 − share / this)², mean 0.28. A convention.
const MOST_BASE: f64 = 1.1;
/// Steps of the base, from nothing to that.
const BASES: usize = 33;
/// Days are not independent (the same patients, the same hands): they count half.
const DAYS_COUNT: f64 = 0.5;
/// The least deviation that is believed of a coefficient.
const LEAST: f64 = 0.03;
/// The largest error of a day that is believed: beyond it the data are wild and the prior rules.
const WILDEST: f64 = 0.5;
/// Freedom of the t distribution of a day's error: a day with a refill misread must not rule.
const FREEDOM: f64 = 4.0;

/// How far days scatter about their own median ratio, robustly: few patients, and flows that differ among them, scatter
/// more than the norm of a day says.
fn scatter(days: &[(f64, f64)]) -> f64 {
    let middle = |mut figures: Vec<f64>| {
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied()
    };
    let ratios: Vec<f64> =
        days.iter().filter(|(norm, _)| *norm > 0.0).map(|(norm, gauge)| (gauge / norm).ln()).collect();
    let Some(median) = middle(ratios.clone()) else { return 0.0 };
    1.4826 * middle(ratios.into_iter().map(|ratio| (ratio - median).abs()).collect()).unwrap_or(0.0)
}

/// Learns from the days of the last weeks. The norm counts as a prior ([`NeedNorms::coefficient_deviation`]), so that
/// three days move the coefficient little and four weeks much; single wild days are nearly left out. With `other_diseases`
/// the gauge is taken to hold a base use beside the patients counted. Days without use by the gauge are no days.
pub fn learn(days: &[DayOfUse], other_diseases: bool, norms: &NeedNorms) -> Learnt {
    let prior = norms.coefficient_deviation.max(LEAST);
    let useful: Vec<(f64, f64)> = days
        .iter()
        .filter(|day| {
            day.gauge > Grams::ZERO && (day.norm > Grams::ZERO || (other_diseases && day.norm == Grams::ZERO))
        })
        .map(|day| (day.norm.as_f64(), day.gauge.as_f64()))
        .collect();
    if useful.is_empty() {
        return Learnt { coefficient: Coefficient::unlearnt(norms), base: Base::NONE };
    }
    let mut gauges: Vec<f64> = useful.iter().map(|(_, gauge)| *gauge).collect();
    gauges.sort_by(f64::total_cmp);
    let most = gauges[gauges.len() / 2];
    let error = scatter(&useful).max(norms.day_deviation).clamp(LEAST, WILDEST);
    let bases = if other_diseases { BASES } else { 1 };
    let mut weights = Vec::with_capacity(COEFFICIENTS * bases);
    for step in 0..COEFFICIENTS {
        let log = prior * (8.0 * step as f64 / (COEFFICIENTS - 1) as f64 - 4.0);
        let coefficient = log.exp();
        for base in 0..bases {
            let share = MOST_BASE * base as f64 / BASES as f64;
            let base = most * share;
            let loss: f64 = useful
                .iter()
                .map(|(norm, gauge)| {
                    let off = (gauge / (base + coefficient * norm).max(1.0)).ln() / error;
                    (FREEDOM + 1.0) / 2.0 * (off * off / FREEDOM).ln_1p()
                })
                .sum();
            weights.push((
                log,
                base,
                -DAYS_COUNT * loss - (log / prior).powi(2) / 2.0 + 2.0 * (1.0 - share / MOST_BASE).ln(),
            ));
        }
    }
    let best = weights.iter().map(|(_, _, weight)| *weight).fold(f64::NEG_INFINITY, f64::max);
    weights.iter_mut().for_each(|(_, _, weight)| *weight = (*weight - best).exp());
    let all: f64 = weights.iter().map(|(_, _, weight)| *weight).sum();
    let mean = |of: &dyn Fn(f64, f64) -> f64| {
        weights.iter().map(|(log, base, weight)| of(*log, *base) * weight).sum::<f64>() / all
    };
    let (log, base) = (mean(&|log, _| log), mean(&|_, base| base));
    let deviation = mean(&|at, _| (at - log).powi(2)).sqrt();
    let coefficient = mean(&|log, _| log.exp());
    let varies = mean(&|log, _| (log.exp() - coefficient).powi(2));
    let together = mean(&|log, at| (log.exp() - coefficient) * (at - base));
    let slope = if varies > 0.0 { together / varies } else { 0.0 };
    let rest = mean(&|log, at| (at - base - slope * (log.exp() - coefficient)).powi(2)).sqrt();
    Learnt {
        coefficient: Coefficient { log, deviation: deviation.max(LEAST), days: useful.len() },
        base: Base {
            daily: Grams::from_f64(base),
            deviation: Grams::from_f64(rest),
            per_coefficient: Grams::from_f64(slope),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::norms::tests::shipped;
    use super::*;

    fn days(coefficient: f64, base: f64, number: usize) -> Vec<DayOfUse> {
        (0..number)
            .map(|day| {
                let norm = 400.0 + 300.0 * (day as f64 / 3.0).sin();
                let wobble = 1.0 + 0.08 * (day as f64 * 2.4).cos();
                let gauge = Grams::from_kg_f64((coefficient * norm + base) * wobble);
                DayOfUse { norm: Grams::from_kg_f64(norm), gauge }
            })
            .collect()
    }

    #[test]
    fn a_coefficient_is_recovered_and_few_days_stay_near_the_norm() {
        let norms = shipped();
        let many = learn(&days(0.6, 0.0, 28), false, &norms);
        assert!((many.coefficient.median() - 0.6).abs() < 0.03, "{}", many.coefficient.median());
        assert!(many.coefficient.deviation < 0.06 && many.base == Base::NONE);
        let few = learn(&days(0.6, 0.0, 2), false, &norms);
        assert!(few.coefficient.median() > many.coefficient.median());
        assert!(few.coefficient.deviation > 1.5 * many.coefficient.deviation);
        assert_eq!(learn(&[], true, &norms).coefficient, Coefficient::unlearnt(&norms));
    }

    #[test]
    fn wild_days_and_days_without_use_do_not_rule() {
        let norms = shipped();
        let mut told = days(0.8, 0.0, 21);
        let clean = learn(&told, false, &norms).coefficient;
        told[3].gauge = told[3].gauge * 20;
        told[11].gauge = Grams(1);
        told.push(DayOfUse { norm: Grams::from_kg(500), gauge: Grams::ZERO });
        told.push(DayOfUse { norm: Grams::ZERO, gauge: Grams::from_kg(500) });
        told.push(DayOfUse { norm: Grams::from_kg(-3), gauge: Grams::from_kg(500) });
        let dirty = learn(&told, false, &norms).coefficient;
        assert!((clean.log - dirty.log).abs() < 0.05, "{} {}", clean.median(), dirty.median());
        assert_eq!(dirty.days, 21);
    }

    /// COVID and other diseases apart: both are found where the patients vary, and what is not known of the one is not
    /// known of the other.
    #[test]
    fn base_use_is_told_apart_from_the_patients() {
        let norms = shipped();
        let told = learn(&days(1.2, 250.0, 28), true, &norms);
        assert!((told.base.daily.as_kg() - 250.0).abs() < 60.0, "{}", told.base.daily);
        assert!((told.coefficient.median() - 1.2).abs() < 0.15, "{}", told.coefficient.median());
        assert!(told.base.per_coefficient < Grams::from_kg(-100), "{}", told.base.per_coefficient);
        let steady: Vec<DayOfUse> =
            (0..28).map(|_| DayOfUse { norm: Grams::from_kg(400), gauge: Grams::from_kg(600) }).collect();
        let torn = learn(&steady, true, &norms);
        assert!(torn.coefficient.deviation > 2.0 * told.coefficient.deviation, "nothing moves: nobody can tell which");
        let slope = torn.base.per_coefficient.as_kg();
        assert!((slope + 400.0).abs() < 40.0, "but their sum is known: {slope}");
    }
}
