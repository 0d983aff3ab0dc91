//! Writing a model in the form in which models are read.

use std::io::Write;

use super::{Model, Set, Target};
use crate::quantiles::LEVEL;

impl Set {
    /// Writes what a model says, in the order of the targets; where it says nothing there is no row. The same forecasts
    /// give the same bytes.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&self, model: &Model, output: impl Write) -> std::io::Result<()> {
        let mut writer = csv::Writer::from_writer(output);
        let titles = ["reference_date", "location", "horizon", "target_end_date"].map(str::to_owned);
        writer.write_record(titles.into_iter().chain(LEVEL.map(|level| format!("q{level}"))))?;
        for (target, said) in self.targets().iter().zip(&model.said) {
            let Some(said) = said else { continue };
            let Target { on, place, weeks, day } = *target;
            let begin = [on.to_string(), self.places()[place].clone(), weeks.to_string(), day.to_string()];
            writer.write_record(begin.into_iter().chain(said.figures().map(|figure| figure.to_string())))?;
        }
        writer.flush()
    }
}
