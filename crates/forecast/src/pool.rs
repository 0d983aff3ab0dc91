//! Past situations of all places with what came after them: one pool from which every place learns.

use crate::situation::{LEVEL, Situation, Situations};

/// Weeks ahead that are forecast.
pub const WEEKS_AHEAD: usize = 4;

/// How fast own situations lose weight: half in so many weeks.
const HALF_LIFE: f64 = 120.0;

/// A situation and how far its place moved in the weeks after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Past {
    /// What it was like.
    pub(crate) situation: Situation,
    /// How far it moved after 1, 2 … weeks, on its own scale; not a number where that is not known.
    pub(crate) moved: [f64; WEEKS_AHEAD],
    /// How much it counts.
    pub(crate) weight: f64,
    /// Which place and week it was; none of what was learnt elsewhere.
    pub(crate) origin: Option<(usize, usize)>,
}

/// Past situations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pool {
    pub(crate) pasts: Vec<Past>,
}

impl Pool {
    /// The situations of a frame after which something is known. Recent ones and high levels count more: what happens in
    /// the troughs decides little.
    pub(crate) fn of(situations: &Situations, places: usize) -> Self {
        Self::aged(situations, places, HALF_LIFE)
    }

    /// The same, however long ago.
    pub(crate) fn ageless(situations: &Situations, places: usize) -> Self {
        Self::aged(situations, places, f64::INFINITY)
    }

    fn aged(situations: &Situations, places: usize, half_life: f64) -> Self {
        let weeks = situations.weeks();
        let mut pasts = Vec::with_capacity(weeks * places);
        for week in 0..weeks {
            let age = (weeks - 1 - week) as f64;
            for place in 0..places {
                let Some(situation) = situations.complete(week, place) else { continue };
                let moved = std::array::from_fn(|ahead| situations.moved(week, ahead + 1, place).unwrap_or(f64::NAN));
                if moved.iter().all(|moved| moved.is_nan()) {
                    continue;
                }
                let weight = 0.5_f64.powf(age / half_life) * (0.25 + situation[LEVEL]);
                pasts.push(Past { situation: *situation, moved, weight, origin: Some((place, week)) });
            }
        }
        Self { pasts }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.pasts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pasts.is_empty()
    }

    /// All weights multiplied so that they sum up to a figure.
    pub(crate) fn weighing(mut self, sum: f64) -> Self {
        let now: f64 = self.pasts.iter().map(|past| past.weight).sum();
        if now > 0.0 {
            self.pasts.iter_mut().for_each(|past| past.weight *= sum / now);
        }
        self
    }

    /// As it is after it was written to a file: narrower figures, and no longer anyone's.
    pub(crate) fn narrowed(mut self) -> Self {
        let narrow = |figure: &mut f64| *figure = f64::from(*figure as f32);
        for past in &mut self.pasts {
            past.origin = None;
            past.situation.iter_mut().chain(&mut past.moved).chain([&mut past.weight]).for_each(narrow);
        }
        self
    }

    /// So many that stand for all: taken at equal steps of the summed weight, so that each stands for as much as any
    /// other. All of them where there are not more.
    pub(crate) fn sample(&self, most: usize) -> Self {
        if self.len() <= most || most == 0 {
            return self.clone();
        }
        let step = self.pasts.iter().map(|past| past.weight).sum::<f64>() / most as f64;
        let (mut summed, mut pasts) = (0.0, Vec::with_capacity(most));
        for past in &self.pasts {
            summed += past.weight;
            while pasts.len() < most && summed > (pasts.len() as f64 + 0.5) * step {
                pasts.push(Past { weight: step, ..*past });
            }
        }
        Self { pasts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::FIGURES;

    fn past(weight: f64) -> Past {
        Past { situation: [0.0; FIGURES], moved: [weight; WEEKS_AHEAD], weight, origin: None }
    }

    #[test]
    fn a_sample_weighs_what_all_weigh() {
        let pool = Pool { pasts: (1..=100).map(|weight| past(f64::from(weight))).collect() };
        let sample = pool.sample(10);
        let sum = |pool: &Pool| pool.pasts.iter().map(|past| past.weight).sum::<f64>();
        assert_eq!(sample.len(), 10);
        assert!((sum(&sample) - sum(&pool)).abs() < 1e-9);
        assert!(sample.pasts[0].moved[0] > 10.0, "heavy ones are taken more often");
        assert!((sum(&pool.weighing(3.0)) - 3.0).abs() < 1e-9);
    }
}
