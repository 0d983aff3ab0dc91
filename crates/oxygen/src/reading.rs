//! What a gauge or a count shows, what it weighs, and when it cannot be true.
//!
//! A figure that cannot be true is refused with what it would mean in the unit that was probably
//! meant. A figure that only surprises ([`Store::second_look`]) is asked about once; the person may
//! confirm it, because the surprise may be a leak.

use quantity::{Coded, ConversionProblem, Grams, GramsPerHour, ReferenceTemperature, Span, Typed, Unit, show_number};
use serde::{Deserialize, Serialize};

use crate::{Gauge, Settings, Store, StoreKind};

/// What the gauge or the count shows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The figure of a gauge.
    Level(Typed),
    /// A count of cylinders.
    Cylinders {
        /// Full.
        full: u32,
        /// In use, part of their content gone.
        part: u32,
        /// Shells without oxygen.
        empty: u32,
        /// Shells that cannot be filled.
        damaged: u32,
    },
    /// A plant or concentrators at work.
    Running {
        /// Units at work.
        units: u32,
        /// Flow of one unit.
        flow: Typed,
    },
}

/// Why a reading cannot be true.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReadingProblem {
    /// The figure itself is not understood.
    #[error(transparent)]
    Figure(#[from] ConversionProblem),
    /// Less than nothing.
    #[error("OXY-010: shows {text:?}, less than nothing")]
    Negative {
        /// As typed.
        text: String,
    },
    /// A level of a store that is counted, a count of one that has a gauge, and so on.
    #[error("OXY-011: a {kind:?} is not read like this")]
    NotItsManner {
        /// What the store is.
        kind: StoreKind,
    },
    /// More cylinders than there are shells.
    #[error("OXY-012: {counted} cylinders counted, {owned} owned")]
    MoreThanOwned {
        /// Full, part-used, empty and damaged together.
        counted: u64,
        /// Shells of this store.
        owned: u32,
    },
    /// Cylinders of a size nobody entered.
    #[error("OXY-013: the store has no vessel size")]
    NoVesselSize,
    /// More than the store holds.
    #[error("OXY-014: shows {shown}, but this store holds at most {capacity}")]
    AboveCapacity {
        /// The mass that the figure would be.
        shown: Grams,
        /// The most the store holds.
        capacity: Grams,
        /// The unit in which this store is read.
        unit: Unit,
    },
    /// A unit of another gauge.
    #[error("OXY-015: the gauge of this store is read in {unit}, not in {given}")]
    NotItsUnit {
        /// The unit given.
        given: Unit,
        /// The unit in which this store is read.
        unit: Unit,
    },
    /// More than the store holds, but believable in another unit.
    #[error("OXY-017: {text:?} cannot be {given}; as {perhaps} it would be {content}")]
    PerhapsAnotherUnit {
        /// As typed.
        text: String,
        /// The unit given.
        given: Unit,
        /// The unit in which the figure would be believable.
        perhaps: Unit,
        /// What it would weigh then.
        content: Grams,
    },
    /// Believable in itself, but against the last reading much more so in another unit.
    #[error(
        "OXY-018: {text:?} in {given} is {content}, about {expected} was expected; as {perhaps} it would be {meant}"
    )]
    DoubtfulUnit {
        /// As typed.
        text: String,
        /// The unit given.
        given: Unit,
        /// What it weighs as given.
        content: Grams,
        /// About what the last reading and the movements lead to.
        expected: Grams,
        /// The unit in which the figure would fit.
        perhaps: Unit,
        /// What it would weigh then.
        meant: Grams,
    },
    /// A machine that makes more than it can.
    #[error("OXY-019: makes {shown}, but is rated at {rated}")]
    AboveRating {
        /// The flow of one unit.
        shown: GramsPerHour,
        /// The rated or tested flow of one unit.
        rated: GramsPerHour,
    },
}

impl Coded for ReadingProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::Figure(problem) => problem.code(),
            Self::Negative { .. } => "OXY-010",
            Self::NotItsManner { .. } => "OXY-011",
            Self::MoreThanOwned { .. } => "OXY-012",
            Self::NoVesselSize => "OXY-013",
            Self::AboveCapacity { .. } => "OXY-014",
            Self::NotItsUnit { .. } => "OXY-015",
            Self::PerhapsAnotherUnit { .. } => "OXY-017",
            Self::DoubtfulUnit { .. } => "OXY-018",
            Self::AboveRating { .. } => "OXY-019",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Figure(problem) => problem.facts(),
            Self::Negative { text } => vec![("text", text.clone())],
            Self::NotItsManner { kind } => vec![("kind", kind.label().to_owned())],
            Self::MoreThanOwned { counted, owned } => {
                vec![("counted", counted.to_string()), ("owned", owned.to_string())]
            }
            Self::NoVesselSize => Vec::new(),
            Self::AboveCapacity { shown, capacity, unit } => vec![
                ("shown", shown.to_string()),
                ("capacity", capacity.to_string()),
                ("unit", unit.label().to_owned()),
            ],
            Self::NotItsUnit { given, unit } => {
                vec![("given", given.label().to_owned()), ("unit", unit.label().to_owned())]
            }
            Self::PerhapsAnotherUnit { text, given, perhaps, content } => vec![
                ("text", text.clone()),
                ("given", given.label().to_owned()),
                ("perhaps", perhaps.label().to_owned()),
                ("content", content.to_string()),
            ],
            Self::DoubtfulUnit { text, given, content, expected, perhaps, meant } => vec![
                ("text", text.clone()),
                ("given", given.label().to_owned()),
                ("content", content.to_string()),
                ("expected", expected.to_string()),
                ("perhaps", perhaps.label().to_owned()),
                ("meant", meant.to_string()),
            ],
            Self::AboveRating { shown, rated } => {
                vec![("shown", shown.to_string()), ("rated", rated.to_string())]
            }
        }
    }
}

/// What was known of a store before a new reading: what the new one is compared with.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Before {
    /// Content at the last reading.
    pub content: Grams,
    /// Movements recorded since then, uses left out: deliveries positive.
    pub moved: Grams,
    /// Time since the last reading.
    pub elapsed: Span,
    /// The rate of use, when one is known.
    pub rate: Option<GramsPerHour>,
}

/// Units that people mix up, the likeliest slip first.
const MIXED_UP: [Unit; 8] = [
    Unit::CubicMetre,
    Unit::LitreOfLiquid,
    Unit::Kilogram,
    Unit::Tonne,
    Unit::CubicMetreOfLiquid,
    Unit::Percent,
    Unit::MillimetreOfWater,
    Unit::Bar,
];

impl Store {
    /// What a reading weighs, in pure oxygen. A plant and concentrators hold nothing: zero; their
    /// flow is [`Store::production_of`].
    ///
    /// # Errors
    /// [`ReadingProblem`] when the figure cannot be true of this store.
    pub fn content_of(&self, shown: &Shown, settings: &Settings) -> Result<Grams, ReadingProblem> {
        match shown {
            Shown::Level(typed) if self.kind.holds_stock() => self.level(typed, settings),
            Shown::Cylinders { full, part, empty, damaged } if self.kind == StoreKind::Cylinders => {
                self.counted([*full, *part, *empty, *damaged], settings)
            }
            Shown::Running { .. } if !self.kind.holds_stock() => {
                self.production_of(shown, settings).map(|_| Grams::ZERO)
            }
            _ => Err(ReadingProblem::NotItsManner { kind: self.kind }),
        }
    }

    /// The flow of pure oxygen that a plant or concentrators make; zero for stores that hold stock.
    ///
    /// # Errors
    /// A negative flow, a unit that is no flow, or more than the rating allows.
    pub fn production_of(&self, shown: &Shown, settings: &Settings) -> Result<GramsPerHour, ReadingProblem> {
        let Shown::Running { units, flow } = shown else {
            return Ok(GramsPerHour::ZERO);
        };
        if self.kind.holds_stock() {
            return Err(ReadingProblem::NotItsManner { kind: self.kind });
        }
        not_negative(flow)?;
        let one = self.with_purity(flow).rate(settings.assumed)?;
        match self.rated_flow(settings) {
            // A tenth above the plate is the play of flow meters.
            Some(rated) if one.0 > rated.0 * 1.1 => Err(ReadingProblem::AboveRating { shown: one, rated }),
            _ => Ok(one * f64::from(*units)),
        }
    }

    /// Compares a reading that passed [`Store::content_of`] with what was known before. When it
    /// surprises as typed and fits in another unit, the person is asked; a confirmed figure stands.
    ///
    /// # Errors
    /// [`ReadingProblem::DoubtfulUnit`], or whatever `content_of` refuses.
    pub fn second_look(&self, shown: &Shown, before: &Before, settings: &Settings) -> Result<Grams, ReadingProblem> {
        let content = self.content_of(shown, settings)?;
        let Shown::Level(typed) = shown else {
            return Ok(content);
        };
        // On a dial of its own people read what it shows: a surprise there is a truck, not a slip.
        if matches!(&self.gauge, Gauge::Chart(chart) if chart.unit() == typed.unit) {
            return Ok(content);
        }

        let used = before.rate.map_or(Grams::ZERO, |rate| rate.over(before.elapsed));
        let expected = (before.content + before.moved - used).clamp(Grams::ZERO, self.capacity.max(Grams::ZERO));
        let surprise = (content - expected).abs();
        // A tenth of the tank, or half of what should have been used: both happen on honest days.
        if surprise <= self.capacity.share(0.10).max(used.share(0.5)) {
            return Ok(content);
        }
        let fits = |meant: &Grams| {
            let miss = (*meant - expected).abs();
            miss <= self.capacity.share(0.05).max(used.share(0.25)) && miss.0 < surprise.0 / 3
        };
        match self.readings_in_other_units(typed, settings).find(|(_, meant)| fits(meant)) {
            Some((perhaps, meant)) => Err(ReadingProblem::DoubtfulUnit {
                text: typed.text.clone(),
                given: typed.unit,
                content,
                expected,
                perhaps,
                meant,
            }),
            None => Ok(content),
        }
    }

    /// The unit in which this store is usually read.
    pub fn usual_unit(&self) -> Unit {
        match &self.gauge {
            Gauge::Chart(chart) => chart.unit(),
            Gauge::Direct(unit) => *unit,
            Gauge::Counted => Unit::Cylinder,
            Gauge::Flow => Unit::LitrePerMinute,
        }
    }

    fn level(&self, typed: &Typed, settings: &Settings) -> Result<Grams, ReadingProblem> {
        not_negative(typed)?;
        let content = match self.weigh(typed, settings.assumed)? {
            Some(content) => content,
            None => return Err(self.unit_refused(typed, settings)),
        };
        if content <= self.most(settings) {
            return Ok(content);
        }
        // A little too much is a gauge or a chart that is off; another unit is off by more.
        let far_above = content > self.capacity.share(1.25);
        let elsewhere = far_above.then(|| self.believable_elsewhere(typed, settings)).flatten();
        Err(elsewhere.unwrap_or(ReadingProblem::AboveCapacity {
            shown: content,
            capacity: self.capacity,
            unit: self.usual_unit(),
        }))
    }

    /// The mass of a figure in its unit; `None` when only another gauge has that unit.
    fn weigh(&self, typed: &Typed, assumed: Option<ReferenceTemperature>) -> Result<Option<Grams>, ReadingProblem> {
        match (&self.gauge, self.vessels, typed.unit) {
            (Gauge::Chart(chart), _, unit) if unit == chart.unit() => Ok(Some(chart.grams(typed.value))),
            // All cylinders of a manifold stand at one pressure.
            (_, Some(vessels), Unit::Bar) => Ok(Some(vessels.spec.content_at(typed.value) * i64::from(vessels.owned))),
            (_, _, unit) if unit.needs_chart() => Ok(None),
            _ => Ok(Some(self.with_purity(typed).grams(assumed)?)),
        }
    }

    fn unit_refused(&self, typed: &Typed, settings: &Settings) -> ReadingProblem {
        let not_its_unit = ReadingProblem::NotItsUnit { given: typed.unit, unit: self.usual_unit() };
        // 480 % on a gauge of 480 mmH2O: the figure is right, the unit is not.
        let impossible = typed.unit == Unit::Percent && typed.value > 100.0;
        if impossible { self.believable_elsewhere(typed, settings).unwrap_or(not_its_unit) } else { not_its_unit }
    }

    fn believable_elsewhere(&self, typed: &Typed, settings: &Settings) -> Option<ReadingProblem> {
        // Below a twentieth of the tank almost any figure is believable in some unit: that says nothing.
        let least = self.capacity.share(0.05);
        let (perhaps, content) =
            self.readings_in_other_units(typed, settings).find(|(_, content)| *content >= least)?;
        let text = typed.text.clone();
        Some(ReadingProblem::PerhapsAnotherUnit { text, given: typed.unit, perhaps, content })
    }

    /// The same figure in each other unit in which this store could hold it, its own unit first.
    fn readings_in_other_units(&self, typed: &Typed, settings: &Settings) -> impl Iterator<Item = (Unit, Grams)> {
        let assumed = settings.assumed.or(Some(ReferenceTemperature::Celsius21));
        let most = self.most(settings);
        let own = self.usual_unit();
        let units = std::iter::once(own).chain(MIXED_UP.into_iter().filter(move |unit| *unit != own));
        units.filter(|unit| *unit != typed.unit).filter_map(move |unit| {
            let other = Typed { unit, ..typed.clone() };
            let content = self.weigh(&other, assumed).ok().flatten()?;
            (content > Grams::ZERO && content <= most).then_some((unit, content))
        })
    }

    fn counted(&self, counts: [u32; 4], settings: &Settings) -> Result<Grams, ReadingProblem> {
        let vessels = self.vessels.ok_or(ReadingProblem::NoVesselSize)?;
        let counted: u64 = counts.into_iter().map(u64::from).sum();
        if counted > u64::from(vessels.owned) {
            return Err(ReadingProblem::MoreThanOwned { counted, owned: vessels.owned });
        }
        let [full, part, ..] = counts;
        let part = (vessels.spec.full() * i64::from(part)).share(settings.part_share);
        Ok(vessels.spec.full() * i64::from(full) + part)
    }

    fn most(&self, settings: &Settings) -> Grams {
        self.capacity + self.capacity.share(settings.above_capacity)
    }
}

fn not_negative(typed: &Typed) -> Result<(), ReadingProblem> {
    // Written so that a figure that is no number at all is refused too.
    if typed.value >= 0.0 && typed.value.is_finite() {
        return Ok(());
    }
    let text = if typed.text.is_empty() { show_number(typed.value, 1) } else { typed.text.clone() };
    Err(ReadingProblem::Negative { text })
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
