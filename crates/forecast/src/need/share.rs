//! Which share of the people counted needs oxygen here: read off the patients there now and the people counted before.

use oxygen::Census;

use super::chance::{Spread, people};
use super::patients::World;

/// Days back that are looked at: beyond them hardly anybody is still there.
const BACK: usize = 60;
/// Of the last four weeks, so many days must be known.
const LEAST_KNOWN: usize = 14;
/// Deviation of the logarithm of the patients told by the days before, beside chance: stays and delays are not quite so.
const ERROR: f64 = 0.15;

/// What the days before and the census tell together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    /// People who came, by days ago, if all of them were admitted; the day before the first one first.
    came: Vec<f64>,
    patients: f64,
}

impl Seen {
    /// From counts of the days before, newest last, and who is there; `None` where too little is known. Days that nobody
    /// knows count as the mean of the known ones. `delays` are days from being counted to coming, equally likely.
    pub(super) fn of(before: &[f64], share: f64, census: Option<Census>, delays: Option<&[f64]>) -> Option<Self> {
        let patients = census.map(|census| census.patients().saturating_add(census.waiting.unwrap_or(0)))?;
        let newest: Vec<f64> = before.iter().rev().take(BACK).copied().collect();
        let known = |counts: &[f64]| counts.iter().filter(|count| count.is_finite()).count();
        if known(&newest[..newest.len().min(28)]) < LEAST_KNOWN {
            return None;
        }
        let mean = newest.iter().filter(|count| count.is_finite()).sum::<f64>() / known(&newest) as f64;
        let told =
            |ago: usize| newest.get(ago).map_or(0.0, |count| people(if count.is_finite() { *count } else { mean }));
        let mut came = vec![0.0; newest.len()];
        let after = delays.map_or_else(|| vec![1.0], by_day);
        for (ago, came) in came.iter_mut().enumerate() {
            // Whoever came so long ago was counted on that day or before it.
            *came = after.iter().enumerate().map(|(delay, part)| share * told(ago + delay) * part).sum();
        }
        Some(Self { came, patients: f64::from(patients) })
    }

    /// How many of them are still there, if all needed oxygen.
    pub(super) fn there(&self, world: &World) -> f64 {
        self.came.iter().enumerate().map(|(ago, came)| came * world.still_there(ago as f64 + 0.5)).sum()
    }

    /// The share on a path whose stays are known, `z` deviations from its middle: the norm's range weighed against the
    /// patients who are there.
    pub(super) fn share(&self, world: &World, norm: Spread, z: f64) -> f64 {
        let there = self.there(world);
        let width = norm.deviation();
        if there <= 1.0 || width <= 0.0 {
            return norm.at(z);
        }
        let seen = (self.patients + 0.5) / there;
        let error = 1.0 / (self.patients + 0.5) + ERROR * ERROR;
        let precision = 1.0 / (width * width) + 1.0 / error;
        let middle = (norm.at(0.0).ln() / (width * width) + seen.ln() / error) / precision;
        (middle + z / precision.sqrt()).exp()
    }
}

/// Which part comes after how many whole days.
fn by_day(delays: &[f64]) -> Vec<f64> {
    let mut parts = vec![0.0; BACK];
    for delay in delays {
        let day = (delay + 0.5) as usize;
        if let Some(part) = parts.get_mut(day) {
            *part += 1.0 / delays.len() as f64;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::norms::tests::shipped;
    use super::*;

    fn census(mask: u32) -> Option<Census> {
        Some(Census { mask, ..Census::default() })
    }

    #[test]
    fn a_facility_that_admits_everybody_is_found_out() {
        let norms = shipped();
        let world = World::new(&norms, (0.0, 0.0), &norms.mix, 1.0, 1.0);
        let days: f64 = (0..60).map(|ago| world.still_there(f64::from(ago) + 0.5)).sum();
        assert!(days > 9.0 && days < 12.0, "as long as they stay: {days}");
        let norm = Spread::of(norms.oxygen_of_admissions);
        // Twenty a day, of whom a quarter needs oxygen.
        let seen = Seen::of(&[20.0; 60], 1.0, census((20.0 * 0.25 * days) as u32), None).unwrap();
        let share = |z| seen.share(&world, norm, z);
        assert!((share(0.0) - 0.30).abs() < 0.06 && share(1.28) / share(-1.28) < 1.7, "{}", share(0.0));
        let seen = Seen::of(&[20.0; 60], 0.5, census((20.0 * 0.25 * days) as u32), None).unwrap();
        assert!((seen.share(&world, norm, 0.0) - 0.51).abs() < 0.05, "half of them come here");
    }

    #[test]
    fn little_known_is_nothing_seen_and_leaves_the_norm() {
        assert_eq!(Seen::of(&[20.0; 60], 1.0, None, None), None);
        assert_eq!(Seen::of(&[20.0; 13], 1.0, census(9), None), None);
        let holes: Vec<f64> = (0..60).map(|day| if day % 2 == 0 { f64::NAN } else { 20.0 }).collect();
        let seen = Seen::of(&holes, 1.0, census(9), None);
        assert_eq!(seen, Seen::of(&[20.0; 60], 1.0, census(9), None), "holes count as the mean");
        let norms = shipped();
        let world = World::new(&norms, (0.0, 0.0), &norms.mix, 1.0, 1.0);
        let norm = Spread::of(norms.oxygen_of_admissions);
        let quiet = Seen::of(&[0.0; 60], 1.0, census(0), None).unwrap();
        assert_eq!(quiet.share(&world, norm, 1.0), norm.at(1.0), "nobody came: nothing is seen");
    }

    #[test]
    fn cases_come_after_their_delay() {
        let mut before = [0.0; 60];
        before[49] = 100.0;
        let seen = Seen::of(&before, 1.0, census(9), Some(&[4.0, 4.0, 6.0, 2.0])).unwrap();
        assert_eq!((seen.came[4], seen.came[6], seen.came[8], seen.came[10]), (25.0, 50.0, 25.0, 0.0));
    }
}
