//! Writing a model in the form in which models are read.

use std::io::Write;

use jiff::civil::Date;

use super::{Model, Set, Target};
use crate::quantiles::{LEVEL, Quantiles};

impl Set {
    /// Writes what a model says, in the order of the targets; where it says nothing there is no row. The same forecasts
    /// give the same bytes.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&self, model: &Model, output: impl Write) -> std::io::Result<()> {
        let rows = self.targets().iter().zip(&model.said).filter_map(|(target, said)| {
            let Target { on, place, weeks, day } = *target;
            Some(Row { on, place: &self.places()[place], weeks, day, said: said.as_ref()? })
        });
        write_rows(rows, output)
    }
}

/// One line of a file of forecasts.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The day of the forecast.
    pub on: Date,
    /// Of which place.
    pub place: &'a str,
    /// How many weeks ahead.
    pub weeks: usize,
    /// The last day of that week.
    pub day: Date,
    /// What is said.
    pub said: &'a Quantiles,
}

/// Writes forecasts as a set has them: `reference_date,location,horizon,target_end_date`, then the 23 quantiles.
///
/// # Errors
/// Those of the output.
pub fn write_rows<'a>(rows: impl IntoIterator<Item = Row<'a>>, output: impl Write) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(output);
    let titles = ["reference_date", "location", "horizon", "target_end_date"].map(str::to_owned);
    writer.write_record(titles.into_iter().chain(LEVEL.map(|level| format!("q{level}"))))?;
    for Row { on, place, weeks, day, said } in rows {
        let begin = [on.to_string(), place.to_owned(), weeks.to_string(), day.to_string()];
        writer.write_record(begin.into_iter().chain(said.figures().map(|figure| figure.to_string())))?;
    }
    writer.flush()
}

/// A count of a place and week: when it was told, of which place, of the week that ends on which day; none where it became
/// unknown again.
pub type CountRow<'a> = (Date, &'a str, Date, Option<u32>);

/// Writes counts as they became known: `as_of,location,date,value`.
///
/// # Errors
/// Those of the output.
pub fn write_vintages<'a>(rows: impl IntoIterator<Item = CountRow<'a>>, output: impl Write) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(["as_of", "location", "date", "value"])?;
    for (told_on, place, week, count) in rows {
        let count = count.map_or_else(String::new, |count| count.to_string());
        writer.write_record([told_on.to_string(), place.to_owned(), week.to_string(), count])?;
    }
    writer.flush()
}

/// Writes final counts, each place with its name for people: `location,name,date,value`.
///
/// # Errors
/// Those of the output.
pub fn write_truth<'a>(
    rows: impl IntoIterator<Item = (&'a str, &'a str, Date, u32)>,
    output: impl Write,
) -> std::io::Result<()> {
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(["location", "name", "date", "value"])?;
    for (place, name, week, count) in rows {
        writer.write_record([place.to_owned(), name.to_owned(), week.to_string(), count.to_string()])?;
    }
    writer.flush()
}
