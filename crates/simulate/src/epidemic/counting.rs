//! From infections to counts: the means of both signals, and what is counted about them.

use super::RUN_IN;
use super::fate::Fate;
use super::grid::Grid;
use super::parameters::{Admission, Ascertainment, Counting, Parameters, Place, Signal, Variant};

/// The means of cases and admissions by the day of the event, without the run-in.
pub(crate) struct Means {
    pub(crate) cases: Grid,
    pub(crate) admissions: Grid,
}

/// What is counted on average, given the infections.
pub(crate) fn means(parameters: &Parameters, fate: &Fate, infections: &Grid) -> Means {
    let Parameters { places, ascertainment, admission, .. } = parameters;
    let drifts = Drifts::draw(parameters, fate);
    let variants = &parameters.transmission.variants;
    let ill = infections.map_rows(|_, row| ascertainment.incubation.spread(row));
    let cases = ill.map_rows(|index, row| {
        let (share, weekdays) = (places[index].ascertained, &parameters.cases.weekdays);
        let drift = |day: usize| drifts.ascertained(index, day);
        row.iter().enumerate().map(|(day, ill)| ill * share * drift(day) * weekdays[day % 7]).collect()
    });
    let admissions = ill.map_rows(|index, row| {
        let severe = severe(row, &places[index], admission, |day| drifts.severity(day) * severity(variants, day));
        let weekdays = &parameters.admissions.weekdays;
        severe.iter().enumerate().map(|(day, mean)| mean * weekdays[day % 7]).collect()
    });
    Means { cases: cases.without_first(RUN_IN), admissions: admissions.without_first(RUN_IN) }
}

/// Admissions by their day: they hang on how many are ill, not on how many of them are tested this week.
fn severe(ill: &[f64], place: &Place, admission: &Admission, factor: impl Fn(usize) -> f64) -> Vec<f64> {
    let share = |day: usize| (place.admitted * factor(day)).min(1.0) * place.ascertained;
    let begins: Vec<f64> = ill.iter().enumerate().map(|(day, ill)| ill * share(day)).collect();
    admission.delay.spread(&begins)
}

/// The factor that the variants of a day put on the share admitted: each displaces those before it.
fn severity(variants: &[Variant], day: usize) -> f64 {
    variants.iter().map(|variant| variant.severity.powf(variant.taken_over(day))).product()
}

/// Random walks by week, from the first counted one on, as logarithms.
struct Drifts {
    shared: Vec<f64>,
    own: Vec<Vec<f64>>,
    severity: Vec<f64>,
}

impl Drifts {
    fn draw(parameters: &Parameters, fate: &Fate) -> Self {
        let Ascertainment { drift, shared_drift, .. } = parameters.ascertainment;
        let places = parameters.places.len();
        let mut now = vec![0.0; places];
        let (mut common, mut course) = (0.0, 0.0);
        let (mut shared, mut own, mut severity) = (Vec::new(), Vec::new(), Vec::new());
        for week in 0..parameters.weeks {
            let mut dice = fate.dice("drift", 0, RUN_IN / 7 + week);
            common += shared_drift * dice.gauss();
            course += parameters.admission.drift * dice.gauss();
            now.iter_mut().for_each(|level: &mut f64| *level += drift * dice.gauss());
            shared.push(common);
            severity.push(course);
            own.push(now.clone());
        }
        Self { shared, own, severity }
    }

    fn ascertained(&self, place: usize, day: usize) -> f64 {
        week_of(day).map_or(1.0, |week| (self.shared[week] + self.own[week][place]).exp())
    }

    fn severity(&self, day: usize) -> f64 {
        week_of(day).map_or(1.0, |week| self.severity[week].exp())
    }
}

/// The counted week of a day of the run; `None` in the run-in.
fn week_of(day: usize) -> Option<usize> {
    day.checked_sub(RUN_IN).map(|day| day / 7)
}

/// What is counted of a signal in the end: about its mean, with more than chance alone. A week of mean m
/// has the variance m + m² / shape; days share the part of it that is not their own.
pub(crate) fn count(parameters: &Parameters, signal: Signal, means: &Grid, fate: &Fate) -> Grid {
    let Counting { daily, .. } = parameters.counting(signal);
    means.map_rows(|index, row| {
        let shape = parameters.places[index].habits(signal).shape;
        let (of_week, of_day) = (shape / (1.0 - daily), shape / (7.0 * daily));
        let mut counted = Vec::with_capacity(row.len());
        for (week, days) in row.chunks(7).enumerate() {
            let mut dice = fate.dice(signal.code(), index, RUN_IN / 7 + week);
            let shared = dice.factor(of_week);
            for mean in days {
                let own = dice.factor(of_day);
                counted.push(dice.poisson(mean * shared * own));
            }
        }
        counted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_displaces_the_course_of_those_before() {
        let variant = |from, severity| Variant { from, takeover: 20.0, advantage: 0.3, escape: 0.0, severity };
        let variants = [variant(10, 0.5), variant(100, 3.0)];
        assert_eq!(severity(&variants, 5), 1.0);
        assert!((severity(&variants, 20) - 0.5_f64.sqrt()).abs() < 1e-12);
        assert!((severity(&variants, 60) - 0.5).abs() < 1e-12);
        assert!((severity(&variants, 400) - 1.5).abs() < 1e-12);
    }
}
