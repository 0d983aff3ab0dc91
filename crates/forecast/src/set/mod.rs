//! A set of published forecasts: counts as they became known, what came true, a baseline, other models.
//!
//! The form is that of the public forecast hubs, one file each, comma-separated with titles, columns in any order:
//!
//! | file | columns |
//! |---|---|
//! | `truth` | `location,date,value`: the final counts |
//! | `vintages` | `as_of,location,date,value`: what became known on which day |
//! | `…-baseline` and any other model | `reference_date,location,horizon,target_end_date` and one column `q…` for each of the 23 levels |
//!
//! Lives here: reading them, within limits, with every refusal by file and line; writing a model. Not here: opening and
//! unpacking files.

mod problem;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod write;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

pub use problem::{Oddity, Remark, SetProblem};
pub use read::{Days, Reading};
pub use table::Limits;
pub use write::{CountRow, Row, write_rows, write_truth, write_vintages};

use crate::ahead::Ahead;
use crate::frame::Vintages;
use crate::quantiles::Quantiles;
use crate::score::Case;

/// One count that is forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Target {
    /// The day of the forecast.
    pub on: Date,
    /// Which place, by its number.
    pub place: usize,
    /// How many weeks ahead, 1 to 4.
    pub weeks: usize,
    /// The last day of that week.
    pub day: Date,
}

/// What a model says, target by target of the set; none where it says nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Its name: that of its file without ending.
    pub name: String,
    /// Its quantiles, in the order of [`Set::targets`].
    pub said: Vec<Option<Quantiles>>,
}

/// A set, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Set {
    places: Vec<String>,
    vintages: Vintages,
    truth: HashMap<(usize, Date), f64>,
    targets: Vec<Target>,
    baseline: Model,
    models: Vec<Model>,
}

impl Set {
    /// Names of the places, in their order.
    pub fn places(&self) -> &[String] {
        &self.places
    }

    /// All that became known, also after the last day of forecast.
    pub fn vintages(&self) -> &Vintages {
        &self.vintages
    }

    /// What the baseline forecasts: by day, place and weeks ahead.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The baseline.
    pub fn baseline(&self) -> &Model {
        &self.baseline
    }

    /// The other models, by name.
    pub fn models(&self) -> &[Model] {
        &self.models
    }

    /// The days of forecast, each with the last day of its first week ahead.
    pub fn days(&self) -> Vec<(Date, Date)> {
        let mut days: BTreeMap<Date, Date> = BTreeMap::new();
        for target in &self.targets {
            days.entry(target.on).or_insert_with(|| read::first_week(target.day, target.weeks));
        }
        days.into_iter().collect()
    }

    /// What was known at the end of a day, and nothing else: nothing later can be seen in it.
    pub fn known_on(&self, day: Date) -> Vintages {
        Vintages::new(self.places.len(), self.vintages.told_until(day).to_vec())
    }

    /// Forecasts of a day, laid beside the targets.
    pub fn said(&self, name: &str, all: &[(Date, Vec<Ahead>)]) -> Model {
        let mut found: HashMap<(Date, usize, Date), Quantiles> = HashMap::new();
        for (on, ahead) in all {
            found.extend(ahead.iter().map(|ahead| ((*on, ahead.place, ahead.day), ahead.quantiles)));
        }
        let said = self.targets.iter().map(|target| found.get(&(target.on, target.place, target.day)).copied());
        Model { name: name.to_owned(), said: said.collect() }
    }

    /// The targets that came true and of which the baseline says something, as cases, with where they stand among the
    /// targets.
    pub fn cases(&self) -> (Vec<Case>, Vec<usize>) {
        let targets = self.targets.iter().zip(&self.baseline.said).enumerate();
        let cases = targets.filter_map(|(number, (target, said))| {
            let truth = self.truth.get(&(target.place, target.day)).copied().filter(|truth| truth.is_finite())?;
            let Target { on, place, weeks, .. } = *target;
            Some((Case { on, place, weeks, truth, baseline: (*said)? }, number))
        });
        cases.unzip()
    }
}
