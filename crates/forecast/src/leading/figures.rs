//! Figures by which a leading signal tells what the forecast of another will miss.

use crate::root::{count, root};
use crate::situation::Situations;

/// Figures, all times the place's own level, so that they are in its own scale:
/// 1. growth of the leading signal here,
/// 2. the same a week before,
/// 3. growth of the leading signal of all,
/// 4. the same a week before,
/// 5. own growth,
/// 6. growth of all places,
/// 7. by how much the leading signal here has gone ahead of the own one since the mean of eight weeks,
/// 8. the same of all.
pub(super) const FIGURES: usize = 8;
/// All of them.
pub(super) const EVERY: [usize; FIGURES] = [0, 1, 2, 3, 4, 5, 6, 7];
/// Those that are known where the leading signal is known for all alone.
pub(super) const OF_ALL: [usize; 5] = [2, 3, 4, 5, 7];

/// Weeks whose mean the distance between both is held against, and how many of them must be known.
const WEEKS: usize = 8;
const FEWEST: usize = 4;
/// No growth of roots is larger: more than a doubling of a doubling of counts is an error.
const LARGEST: f64 = 0.5;

/// Roots by week and place.
struct Roots {
    places: usize,
    roots: Vec<f64>,
}

impl Roots {
    fn of(situations: &Situations, places: usize) -> Self {
        let standing =
            |cell: usize| situations.standing(cell / places, cell % places).map_or(f64::NAN, |(root, _)| root);
        Self { places, roots: (0..situations.weeks() * places).map(standing).collect() }
    }

    fn at(&self, week: usize, place: usize, back: usize) -> f64 {
        week.checked_sub(back).map_or(f64::NAN, |week| self.roots[week * self.places + place])
    }

    /// How much it grew, as a share of the root.
    fn growth(&self, week: usize, place: usize, back: usize) -> f64 {
        let (now, then) = (self.at(week, place, back), self.at(week, place, back + 1));
        ((now - then) / now.max(then)).clamp(-LARGEST, LARGEST)
    }
}

/// The figures of all places and weeks.
pub(super) struct Figures {
    own: Roots,
    lead: Roots,
    /// Of all places together.
    total: Roots,
    level: Vec<f64>,
}

impl Figures {
    pub(super) fn of(own: &Situations, lead: &Situations) -> Self {
        let places = own.places();
        let roots = Roots::of(own, places);
        let sums = roots.roots.chunks(places.max(1)).map(|week| {
            let known = week.iter().filter(|root| root.is_finite());
            root(known.map(|root| count(*root)).sum())
        });
        let level = (0..own.weeks() * places)
            .map(|cell| own.standing(cell / places, cell % places).map_or(f64::NAN, |(root, scale)| root / scale));
        Self {
            total: Roots { places: 1, roots: sums.collect() },
            lead: Roots::of(lead, places + 1),
            level: level.collect(),
            own: roots,
        }
    }

    /// All figures of a place in a week; none where one is not known.
    pub(super) fn at(&self, week: usize, place: usize) -> Option<[f64; FIGURES]> {
        let figures = self.all(week, place);
        figures.iter().all(|figure| figure.is_finite()).then_some(figures)
    }

    /// Those for which the leading signal of all is enough, the others 0; none where one of them is not known.
    pub(super) fn of_all(&self, week: usize, place: usize) -> Option<[f64; OF_ALL.len()]> {
        let figures = self.all(week, place);
        let figures = OF_ALL.map(|figure| figures[figure]);
        figures.iter().all(|figure| figure.is_finite()).then_some(figures)
    }

    fn all(&self, week: usize, place: usize) -> [f64; FIGURES] {
        let (own, lead, total) = (&self.own, &self.lead, &self.total);
        let everywhere = self.own.places;
        let figures = [
            lead.growth(week, place, 0),
            lead.growth(week, place, 1),
            lead.growth(week, everywhere, 0),
            lead.growth(week, everywhere, 1),
            own.growth(week, place, 0),
            total.growth(week, 0, 0),
            ahead(week, |back| lead.at(week, place, back).ln() - own.at(week, place, back).ln()),
            ahead(week, |back| lead.at(week, everywhere, back).ln() - total.at(week, 0, back).ln()),
        ];
        figures.map(|figure| figure * self.level[week * everywhere + place])
    }
}

/// How far a distance lies above its mean of the weeks before.
fn ahead(week: usize, distance: impl Fn(usize) -> f64) -> f64 {
    let before = (1..=WEEKS.min(week)).map(&distance).filter(|distance| distance.is_finite());
    let (sum, known) = before.fold((0.0, 0), |(sum, known), distance| (sum + distance, known + 1));
    if known < FEWEST { f64::NAN } else { (distance(0) - sum / f64::from(known as u32)).clamp(-LARGEST, LARGEST) }
}
