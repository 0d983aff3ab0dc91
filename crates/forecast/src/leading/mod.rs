//! One signal leads another: cases tell of admissions days before they happen. What the forecast of a signal missed is
//! drawn, by a second and small regression, from how the leading signal moved.
//!
//! The forecast itself is left as it is; where nothing leads, nothing changes. [`Leading`] is what was learnt elsewhere: sums
//! of squares and products alone, so that any part of the figures can be used, and own misses are simply added.

mod figures;
mod moments;

use crate::pool::{Pool, WEEKS_AHEAD};
use crate::prior::{opened, opening};
use crate::ridge::{Columns, Line, noise};
use crate::situation::{NOISE, Situation, Situations};
use crate::{Days, Frame, NotAPrior, Vintages};

use figures::{EVERY, FIGURES, Figures, OF_ALL};
use moments::Moments;

/// How noisy counting is, as a share of all noise of a situation: kinds of situations by these bounds.
const BOUNDS: [f64; KINDS - 1] = [0.1, 0.35];
const KINDS: usize = 3;
/// What was learnt elsewhere counts as much as so many own situations.
const PRIOR_WEIGHT: f64 = 2_000.0;
/// What a file begins with: its name and version.
const MARK: &[u8; 8] = b"BTCLEA01";
/// Learnt from synthetic epidemics (`cargo run --example learn_leading`).
const SHIPPED: &[u8] = include_bytes!("../../priors/leading.bin");

/// The same for windows of days, led by their last days.
const RECENT: &[u8] = include_bytes!("../../priors/recent.bin");

/// The signal that leads, as it became known.
#[derive(Debug, Clone, Copy)]
pub struct Leads<'a> {
    /// Its weeks.
    pub weeks: &'a Vintages,
    /// Its days.
    pub days: &'a Days,
    /// For each place of the signal that is led the place of the leading one, by its number; none where that does not tell
    /// of this place.
    pub of: &'a [Option<usize>],
    /// The place that stands for all, such as the province.
    pub all: Option<usize>,
}

impl Leads<'_> {
    /// Its counts as a frame beside another: the same weeks, its places in that one's order and one more that stands for
    /// all.
    pub(crate) fn beside(&self, frame: &Frame, lead: &Frame) -> Frame {
        let places = frame.places();
        let mut beside = Frame::new(frame.first(), places + 1);
        for week in 0..frame.weeks() {
            let day = frame.day(week);
            let there = lead.week_of(day);
            let count = |place: Option<usize>| match (there, place) {
                (Some(there), Some(place)) if place < lead.places() => lead.count(there, place),
                _ => f64::NAN,
            };
            for place in 0..places {
                let _inside = beside.set(day, place, count(self.of.get(place).copied().flatten()));
            }
            let _inside = beside.set(day, places, count(self.all));
        }
        beside
    }
}

/// What was learnt of how misses hang on a leading signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Leading {
    source: String,
    sums: [[Moments; WEEKS_AHEAD]; KINDS],
}

impl Leading {
    /// The one that the program ships with.
    ///
    /// # Errors
    /// None, unless the program was built with a broken file; a test reads it.
    pub fn shipped() -> Result<Self, NotAPrior> {
        Self::from_bytes(SHIPPED)
    }

    /// The one of the last days of a window, which lead the window.
    ///
    /// # Errors
    /// None, unless the program was built with a broken file; a test reads it.
    pub fn recent() -> Result<Self, NotAPrior> {
        Self::from_bytes(RECENT)
    }

    /// Where it was learnt.
    pub fn source(&self) -> &str {
        &self.source
    }

    fn empty(source: &str) -> Self {
        Self { source: source.to_owned(), sums: Default::default() }
    }

    fn add(&mut self, other: &Self) {
        for (sums, others) in self.sums.iter_mut().zip(&other.sums) {
            for (sum, other) in sums.iter_mut().zip(others) {
                sum.add(other);
            }
        }
    }

    /// As a file: the mark, the length of the source and the source, then the sums, each as eight bytes, the smallest first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = opening(MARK, &self.source);
        bytes.extend(self.sums.iter().flatten().flat_map(Moments::figures).flat_map(f64::to_le_bytes));
        bytes
    }

    /// Reads such a file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAPrior> {
        let (source, rest) = opened(MARK, bytes)?;
        let mut read = Self::empty(&source);
        let mut figures = rest.as_chunks::<8>().0.iter().map(|eight| f64::from_le_bytes(*eight));
        if rest.len() != 8 * KINDS * WEEKS_AHEAD * Moments::FIGURES {
            return Err(NotAPrior::Torn);
        }
        for sum in read.sums.iter_mut().flatten() {
            *sum = Moments::of_figures(&mut figures).ok_or(NotAPrior::Figure)?;
        }
        Ok(read)
    }

    /// Learns from a frame and the frame of what leads it: as many places and one more, which stands for all.
    pub(crate) fn learn(of: &Learning<'_>) -> Self {
        let mut learnt = Self::empty("");
        let figures = Figures::of(of.situations, of.lead);
        for past in &of.pool.pasts {
            let Some((place, week)) = past.origin else { continue };
            let Some(known) = figures.at(week, place) else { continue };
            let (row, noise) = (of.columns.row(&past.situation), noise(&past.situation));
            for (ahead, line) in of.lines.iter().enumerate() {
                let Some(line) = line else { continue };
                let miss = (past.moved[ahead] - line.middle(&row)) / noise;
                if miss.is_finite() {
                    let sums = &mut learnt.sums[kind(&past.situation)][ahead];
                    sums.take(past.weight, &known.map(|figure| figure / noise), miss);
                }
            }
        }
        learnt
    }

    /// From many: from each as much as from any other.
    pub(crate) fn together(source: &str, many: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::empty(source);
        for one in many {
            let weight: f64 = one.weight();
            if weight > 0.0 {
                all.add(&one.times(1.0 / weight));
            }
        }
        all
    }

    fn weight(&self) -> f64 {
        self.sums.iter().map(|kind| kind[0].weight()).sum()
    }

    fn times(&self, factor: f64) -> Self {
        let sums = self.sums.each_ref().map(|kind| kind.each_ref().map(|sum| sum.times(factor)));
        Self { source: self.source.clone(), sums }
    }
}

/// From what is learnt how misses hang on a leading signal.
pub(crate) struct Learning<'a> {
    pub situations: &'a Situations,
    pub pool: &'a Pool,
    pub columns: &'a Columns,
    pub lines: &'a [Option<Line>; WEEKS_AHEAD],
    pub lead: &'a Situations,
}

fn kind(situation: &Situation) -> usize {
    let counting = (situation[NOISE] / noise(situation)).powi(2);
    BOUNDS.iter().filter(|bound| counting >= **bound).count()
}

/// What a leading signal says on a day.
pub(crate) struct Led {
    sums: Leading,
    figures: Figures,
}

/// By how much a middle is moved, and to which share a range is narrowed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shift {
    pub middle: f64,
    pub narrower: f64,
}

/// Nothing leads.
pub(crate) const UNLED: Shift = Shift { middle: 0.0, narrower: 1.0 };

impl Led {
    pub(crate) fn of(prior: Option<&Leading>, learning: &Learning<'_>) -> Self {
        let mut sums = Leading::learn(learning);
        if let Some(prior) = prior.filter(|prior| prior.weight() > 0.0) {
            sums.add(&prior.times(PRIOR_WEIGHT / prior.weight()));
        }
        Self { sums, figures: Figures::of(learning.situations, learning.lead) }
    }

    /// What it says of a place that stands in a situation, for each week ahead, where it is known here.
    pub(crate) fn here(&self, week: usize, place: usize, situation: &Situation) -> Option<[Shift; WEEKS_AHEAD]> {
        Some(self.shifts(situation, &self.figures.at(week, place)?, &EVERY))
    }

    /// The same where it is known for all alone.
    pub(crate) fn everywhere(&self, week: usize, place: usize, situation: &Situation) -> Option<[Shift; WEEKS_AHEAD]> {
        Some(self.shifts(situation, &self.figures.of_all(week, place)?, &OF_ALL))
    }

    fn shifts(&self, situation: &Situation, figures: &[f64], used: &[usize]) -> [Shift; WEEKS_AHEAD] {
        std::array::from_fn(|ahead| {
            let Some((coefficients, narrower)) = self.sums.sums[kind(situation)][ahead].solved(used) else {
                return UNLED;
            };
            let middle = coefficients.iter().zip(figures).map(|(one, other)| one * other).sum();
            Shift { middle, narrower }
        })
    }
}

const _: () = assert!(FIGURES == Moments::COLUMNS);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_shipped_one_is_read_and_written_again() {
        let shipped = Leading::shipped().unwrap();
        assert!(shipped.source().contains("synthetic") && shipped.weight() > 0.0, "{}", shipped.source());
        assert_eq!(shipped.to_bytes(), SHIPPED);
        let recent = Leading::recent().unwrap();
        assert!(recent.source().contains("last days") && recent.to_bytes() == RECENT, "{}", recent.source());
    }

    #[test]
    fn what_is_no_such_file_is_refused() {
        assert_eq!(Leading::from_bytes(b"letter"), Err(NotAPrior::Mark));
        assert_eq!(Leading::from_bytes(&SHIPPED[..SHIPPED.len() - 1]), Err(NotAPrior::Torn));
        assert_eq!(Leading::from_bytes(&SHIPPED[..10]), Err(NotAPrior::Torn));
        let mut broken = SHIPPED.to_vec();
        let end = broken.len();
        broken[end - 8..].copy_from_slice(&f64::NAN.to_le_bytes());
        assert_eq!(Leading::from_bytes(&broken), Err(NotAPrior::Figure));
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let _ = Leading::from_bytes(&bytes);
            let mut marked = MARK.to_vec();
            marked.extend(bytes);
            let _ = Leading::from_bytes(&marked);
        }
    }
}
