//! From quantiles of weekly counts to whole paths.

use jiff::civil::Date;

use super::chance::{Dice, Ruler, STEPS, ranked};
use super::scenario::Draws;
use crate::Quantiles;

/// Counts that the profile of a week takes as even before the place's own days tell.
const EVEN_COUNTS: f64 = 50.0;

/// How a week's count falls on its days: weights from Monday to Sunday, mean 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeekProfile([f64; 7]);

impl Default for WeekProfile {
    fn default() -> Self {
        Self([1.0; 7])
    }
}

impl WeekProfile {
    /// From a place's own days, oldest first. Only whole weeks of known days count, so that growth within the data does
    /// not look like a weekday; few counts are pulled towards an even week (as 50 even counts would).
    pub fn learnt(days: &[(Date, f64)]) -> Self {
        Self::default().and(days)
    }

    /// The same, pulled towards this profile instead of an even week.
    pub(crate) fn and(&self, days: &[(Date, f64)]) -> Self {
        let (mut counts, mut all) = ([0.0; 7], 0.0);
        for week in days.rchunks_exact(7) {
            let whole = week.windows(2).all(|pair| pair[0].0.tomorrow().is_ok_and(|next| next == pair[1].0));
            if !whole || week.iter().any(|(_, count)| !count.is_finite() || *count < 0.0) {
                continue;
            }
            for (day, count) in week {
                counts[weekday(*day)] += count;
                all += count;
            }
        }
        let pulled = |day: usize| 7.0 * (counts[day] + EVEN_COUNTS * self.0[day] / 7.0) / (all + EVEN_COUNTS);
        Self(std::array::from_fn(pulled))
    }

    /// The weights, Monday first.
    pub fn weights(&self) -> &[f64; 7] {
        &self.0
    }

    /// Days of a week that begins on a day and of which some are gone, each as often as its weight among [`STEPS`].
    pub(super) fn days(&self, begins: Date, gone: usize) -> Vec<u8> {
        let weight = |day: usize| self.0[(weekday(begins) + day) % 7];
        let all: f64 = (gone..7).map(weight).sum();
        let mut day = gone;
        let mut upto = weight(day);
        let mut days = Vec::with_capacity(STEPS);
        for step in 0..STEPS {
            while day < 6 && (step as f64 + 0.5) / STEPS as f64 * all > upto {
                day += 1;
                upto += weight(day);
            }
            days.push(day as u8);
        }
        days
    }

    /// Which part of such a week is left.
    pub(super) fn left(&self, begins: Date, gone: usize) -> f64 {
        (gone..7).map(|day| self.0[(weekday(begins) + day) % 7]).sum::<f64>() / self.0.iter().sum::<f64>()
    }
}

fn weekday(day: Date) -> usize {
    usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)
}

/// Weekly counts of so many paths: `[path][week]`. Each week has its quantiles as they are told; a path that is high in
/// one week tends to be high in the next ([`Draws::week_to_week`]) and in other places ([`Draws::place_to_place`]).
pub fn weekly_paths(weeks: &[Quantiles], place: u64, draws: &Draws) -> Vec<Vec<f64>> {
    read_paths(weeks, place, draws, &Ruler::new())
}

pub(super) fn read_paths(weeks: &[Quantiles], place: u64, draws: &Draws, ruler: &Ruler) -> Vec<Vec<f64>> {
    let paths = draws.paths();
    let keep = draws.week_to_week.clamp(0.0, 1.0);
    let fresh = (1.0 - keep * keep).sqrt();
    let shared = draws.place_to_place.clamp(0.0, 1.0);
    let (mut common, mut own) = (Dice::of(draws.seed, "weeks", 0, 1), Dice::of(draws.seed, "weeks", place, 2));
    let mut scores: Vec<f64> = Vec::new();
    let mut told = vec![Vec::with_capacity(weeks.len()); paths];
    for quantiles in weeks {
        let surprise: Vec<f64> =
            (0..paths).map(|_| shared.sqrt() * common.normal() + (1.0 - shared).sqrt() * own.normal()).collect();
        scores = match scores.as_slice() {
            [] => ranked(surprise),
            before => ranked(before.iter().zip(&surprise).map(|(before, new)| keep * before + fresh * new).collect()),
        };
        for (path, z) in told.iter_mut().zip(&scores) {
            path.push(ruler.read(quantiles, *z));
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LEVEL;
    use jiff::ToSpan;
    use jiff::civil::date;

    fn weeks(growth: f64) -> Vec<Quantiles> {
        (0..4).map(|week| Quantiles::rising(LEVEL.map(|level| (40.0 + 60.0 * level) * growth.powi(week)))).collect()
    }

    #[test]
    fn every_week_has_its_quantiles_and_high_paths_stay_high() {
        let draws = Draws { paths: 1_000, ..Draws::default() };
        let told = weekly_paths(&weeks(1.3), 5, &draws);
        for week in 0..4 {
            let mut counts: Vec<f64> = told.iter().map(|path| path[week]).collect();
            counts.sort_by(f64::total_cmp);
            let median = 70.0 * 1.3_f64.powi(week as i32);
            assert!((counts[500] / median - 1.0).abs() < 0.01 && (counts[950] / median - 97.0 / 70.0).abs() < 0.01);
        }
        let deviation = |week: usize, path: &Vec<f64>| path[week] / 70.0 / 1.3_f64.powi(week as i32) - 1.0;
        let product = |one, other| told.iter().map(|path| deviation(one, path) * deviation(other, path)).sum::<f64>();
        let correlation = |one, other| product(one, other) / (product(one, one) * product(other, other)).sqrt();
        assert!((correlation(0, 1) - 0.8).abs() < 0.06, "{}", correlation(0, 1));
        assert!((correlation(0, 3) - 0.51).abs() < 0.08, "{}", correlation(0, 3));
        assert_eq!(told, weekly_paths(&weeks(1.3), 5, &draws), "the same seed gives the same paths");
        assert_ne!(told, weekly_paths(&weeks(1.3), 5, &Draws { seed: 2, ..draws }));
    }

    #[test]
    fn weekdays_are_learnt_from_whole_weeks_and_few_counts_stay_even() {
        let monday = date(2021, 11, 1);
        let weights = [1.6, 1.2, 1.0, 1.0, 1.0, 0.7, 0.5];
        let day = |index: usize, size: f64| (monday.saturating_add((index as i64).days()), size * weights[index % 7]);
        let many: Vec<(Date, f64)> = (0..44).map(|index| day(index, 100.0)).collect();
        let profile = WeekProfile::learnt(&many);
        for (learnt, weight) in profile.weights().iter().zip(weights) {
            assert!((learnt - weight).abs() < 0.02, "{learnt} for {weight}");
        }
        let few: Vec<(Date, f64)> = (0..14).map(|index| day(index, 0.5)).collect();
        assert!(WeekProfile::learnt(&few).weights().iter().all(|weight| (weight - 1.0).abs() < 0.1));
        assert_eq!(WeekProfile::learnt(&many[..6]), WeekProfile::default());
        let holed: Vec<(Date, f64)> = many.iter().map(|(day, _)| (*day, f64::NAN)).collect();
        assert_eq!(WeekProfile::learnt(&holed), WeekProfile::default());
        let days = profile.days(date(2021, 11, 6), 0);
        let share = |wanted: u8| days.iter().filter(|day| **day == wanted).count() as f64 / STEPS as f64;
        assert!((share(0) - 0.1).abs() < 0.01 && (share(2) - 1.6 / 7.0).abs() < 0.01, "a week from Saturday");
        assert!((0..7).all(|day| share(day) > 0.0) && days.is_sorted());
        let rest = profile.days(date(2021, 11, 6), 5);
        assert!(rest.iter().all(|day| (5..7).contains(day)) && rest.is_sorted() && rest[0] == 5 && rest[1_023] == 6);
        assert!((profile.left(date(2021, 11, 6), 5) - 2.0 / 7.0).abs() < 0.01, "Thursday and Friday");
    }
}
