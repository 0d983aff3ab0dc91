//! What a place's situation is in a week: its level, its growth, its noise and what the others do, as figures that
//! mean the same for a commune and a nation.

use std::f64::consts::TAU;

use crate::Frame;
use crate::root::{count, counting_noise, root};

/// Figures of a situation.
pub(crate) const FIGURES: usize = 14;

/// A situation, its changes in scaled roots a week; not a number where too little is known:
/// 1. change,
/// 2. change a week before,
/// 3. mean change of four weeks,
/// 4. level against own maximum,
/// 5. mean change of all places of three weeks,
/// 6. level of all places,
/// 7. season, sine,
/// 8. season, cosine,
/// 9. share of places that grow,
/// 10. weeks since it began,
/// 11. change of the total,
/// 12. size,
/// 13. surprise,
/// 14. counting noise.
pub(crate) type Situation = [f64; FIGURES];

pub(crate) const LEVEL: usize = 3;
const SEASON: [usize; 2] = [6, 7];
pub(crate) const BEGUN: usize = 9;
pub(crate) const SIZE: usize = 11;
pub(crate) const SURPRISE: usize = 12;
pub(crate) const NOISE: usize = 13;

/// Figures from which the middle of the change ahead is drawn; the rest says how sure that is.
pub(crate) const DRAWN: usize = 11;

/// A place's own maximum fades by this share a week, so that a wave of years ago does not rule for ever.
const FADE: f64 = 0.995;
/// Places are compared with at least this many cases a week as their maximum.
const SMALLEST_MAXIMUM: f64 = 5.0;
/// Weeks for which a missing count is taken to be the last one.
const CARRIED: usize = 2;
/// Longest time since the beginning that makes a difference, in weeks.
const LONG_AGO: f64 = 60.0;
/// The situations of all places in all weeks of a frame.
#[derive(Debug, Clone)]
pub(crate) struct Situations {
    places: usize,
    /// Roots of the counts as they are; not a number where unknown.
    roots: Vec<f64>,
    /// The same with short gaps filled by the last count.
    carried: Vec<f64>,
    /// By what a place's roots are divided in a week.
    scale: Vec<f64>,
    figures: Vec<Situation>,
}

/// The mean of what is known; not a number if nothing is.
fn mean(of: impl Iterator<Item = f64>) -> f64 {
    let (sum, known) = of.filter(|one| one.is_finite()).fold((0.0, 0.0), |(sum, known), one| (sum + one, known + 1.0));
    sum / known
}

fn finite_or(one: f64, other: f64) -> f64 {
    if one.is_finite() { one } else { other }
}

impl Situations {
    /// The situations in a frame. The figures of the season are 0 unless it is to be looked at.
    pub(crate) fn of(frame: &Frame, seasonal: bool) -> Self {
        let (weeks, places) = (frame.weeks(), frame.places());
        let at = |week: usize, place: usize| week * places + place;
        let roots: Vec<f64> =
            (0..weeks * places).map(|cell| frame.count(cell / places, cell % places)).map(root_or_nan).collect();
        let carried = carried(&roots, weeks, places);
        let smooth: Vec<f64> = (0..weeks * places)
            .map(|cell| mean((0..3.min(cell / places + 1)).map(|back| carried[cell - back * places])))
            .collect();
        let floor = root(SMALLEST_MAXIMUM);
        let mut scale = vec![floor; weeks * places];
        for cell in 0..weeks * places {
            let before = if cell >= places { scale[cell - places] } else { floor };
            scale[cell] = finite_or(smooth[cell], 0.0).max(before * FADE).max(floor);
        }
        let all = Together::of(frame, &carried, &scale);
        let mut surprise = vec![f64::NAN; places];
        let mut begun = vec![0.0_f64; places];
        let mut figures = Vec::with_capacity(weeks * places);
        for week in 0..weeks {
            let turn = f64::from(frame.day(week).day_of_year()) / 365.25 * TAU;
            let season = if seasonal { [turn.sin(), turn.cos()] } else { [0.0; 2] };
            for place in 0..places {
                let cell = at(week, place);
                let scaled = scale[cell];
                let back = |weeks_back: usize| match cell.checked_sub(weeks_back * places) {
                    Some(then) => carried[then],
                    None => f64::NAN,
                };
                let change = |ago: usize| (back(ago) - back(ago + 1)) / scaled;
                let surprised = (change(0) - 0.6 * change(1)).abs();
                if surprised.is_finite() {
                    let before = surprise[place];
                    surprise[place] = if before.is_finite() { 0.8 * before + 0.2 * surprised } else { surprised };
                }
                if smooth[cell] >= floor {
                    begun[place] += 1.0;
                }
                figures.push([
                    change(0),
                    change(1),
                    (back(0) - back(4)) / scaled / 4.0,
                    back(0) / scaled,
                    all.change(week, 3) / 3.0,
                    all.level[week],
                    season[0],
                    season[1],
                    all.growing[week],
                    begun[place].min(LONG_AGO).ln_1p(),
                    all.total[week],
                    finite_or(smooth[cell], 0.7).max(0.5).ln(),
                    surprise[place],
                    counting_noise(finite_or(smooth[cell], 0.75)) / scaled,
                ]);
            }
        }
        Self { places, roots, carried, scale, figures }
    }

    /// How many places.
    pub(crate) fn places(&self) -> usize {
        self.places
    }

    /// How many weeks.
    pub(crate) fn weeks(&self) -> usize {
        self.figures.len() / self.places.max(1)
    }

    /// The situation of a place in a week.
    pub(crate) fn of_place(&self, week: usize, place: usize) -> &Situation {
        &self.figures[week * self.places + place]
    }

    /// The same; none where anything of it is not known.
    pub(crate) fn complete(&self, week: usize, place: usize) -> Option<&Situation> {
        Some(self.of_place(week, place)).filter(|situation| situation.iter().all(|figure| figure.is_finite()))
    }

    /// The root of the last known count of a place up to a week and what it is scaled by; none where the count has been
    /// unknown for longer than it is carried.
    pub(crate) fn standing(&self, week: usize, place: usize) -> Option<(f64, f64)> {
        let cell = week * self.places + place;
        self.carried[cell].is_finite().then(|| (self.carried[cell], self.scale[cell]))
    }

    /// How far a place moved from a week to so many weeks later, on its own scale of the first; none where unknown.
    pub(crate) fn moved(&self, week: usize, later: usize, place: usize) -> Option<f64> {
        let then = self.roots.get((week + later) * self.places + place)?;
        let (now, scale) = self.standing(week, place)?;
        then.is_finite().then(|| (then - now) / scale)
    }
}

fn root_or_nan(count: f64) -> f64 {
    if count.is_finite() { root(count) } else { f64::NAN }
}

/// Short gaps filled with what stood before.
fn carried(roots: &[f64], weeks: usize, places: usize) -> Vec<f64> {
    let mut carried = roots.to_vec();
    let mut gap = vec![0; places];
    for cell in 0..weeks * places {
        let place = cell % places;
        if carried[cell].is_finite() {
            gap[place] = 0;
        } else if cell >= places && gap[place] < CARRIED {
            gap[place] += 1;
            carried[cell] = carried[cell - places];
        }
    }
    carried
}

/// What all places do together, week by week.
struct Together {
    level: Vec<f64>,
    growing: Vec<f64>,
    total: Vec<f64>,
}

impl Together {
    fn of(frame: &Frame, carried: &[f64], scale: &[f64]) -> Self {
        let (weeks, places) = (frame.weeks(), frame.places());
        let cells = |week: usize| week * places..(week + 1) * places;
        let level = (0..weeks).map(|week| mean(cells(week).map(|cell| carried[cell] / scale[cell]))).collect();
        let grows = |cell: usize| {
            let moved = carried[cell] - carried[cell - 2 * places];
            if moved.is_finite() { f64::from(u8::from(moved > 0.0)) } else { f64::NAN }
        };
        let growing = (0..weeks).map(|week| if week < 2 { f64::NAN } else { mean(cells(week).map(grows)) }).collect();
        let mut total = Vec::with_capacity(weeks);
        let (mut before, mut highest) = (f64::NAN, 0.0_f64);
        for week in 0..weeks {
            let sum = cells(week).map(|cell| carried[cell]).filter(|known| known.is_finite()).map(count).sum();
            let now = root(sum);
            highest = highest.max(now);
            total.push((now - before) / highest);
            before = now;
        }
        Self { level, growing, total }
    }

    fn change(&self, week: usize, weeks: usize) -> f64 {
        if week < weeks { f64::NAN } else { self.level[week] - self.level[week - weeks] }
    }
}

/// Whether a figure is of the season.
pub(crate) fn is_seasonal(figure: usize) -> bool {
    SEASON.contains(&figure)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn frame(counts: &[f64]) -> Frame {
        let mut frame = Frame::new(date(2021, 6, 5), 1);
        for (week, count) in counts.iter().enumerate() {
            assert!(frame.set(frame.day(week), 0, *count));
        }
        frame
    }

    fn of(counts: &[f64]) -> Situations {
        Situations::of(&frame(counts), false)
    }

    #[test]
    fn growth_means_the_same_for_a_commune_and_a_nation() {
        let small = of(&[10.0, 20.0, 40.0, 80.0, 160.0, 320.0]);
        let large = of(&[1e4, 2e4, 4e4, 8e4, 16e4, 32e4]);
        let (small, large) = (small.complete(5, 0).unwrap(), large.complete(5, 0).unwrap());
        for figure in [0, 2, LEVEL] {
            assert!((small[figure] - large[figure]).abs() < 0.01, "{figure}: {small:?} {large:?}");
        }
        assert!(small[NOISE] > 4.0 * large[NOISE] && small[SIZE] < large[SIZE]);
    }

    #[test]
    fn a_short_gap_is_bridged_and_a_long_one_is_not() {
        let unknown = f64::NAN;
        let bridged = of(&[9.0, 9.0, 9.0, 9.0, 9.0, 9.0, unknown, unknown]);
        assert!(bridged.complete(7, 0).is_some());
        let silent = of(&[9.0, 9.0, 9.0, 9.0, 9.0, 9.0, unknown, unknown, unknown]);
        assert!(silent.complete(8, 0).is_none() && silent.standing(8, 0).is_none());
        assert_eq!(bridged.moved(5, 1, 0), None, "what is carried is not known");
    }

    #[test]
    fn too_little_is_said_to_be_too_little() {
        let few = of(&[1.0, 2.0, 3.0, 4.0]);
        assert!((0..4).all(|week| few.complete(week, 0).is_none()));
        assert!(few.standing(3, 0).is_some() && few.of_place(3, 0)[0].is_finite());
        assert!(of(&[1.0, 2.0, 3.0, 4.0, 5.0]).complete(4, 0).is_some());
    }
}
