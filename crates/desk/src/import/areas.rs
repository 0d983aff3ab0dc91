//! An edition of the administrative areas from its table.

use place::area::{BadRow, ImportRefused};
use quantity::Coded;

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::operations::import_areas::ImportAreas;

/// What became of the table.
#[derive(Debug)]
pub struct ImportedAreas {
    /// Areas that are now in force.
    pub good: usize,
    /// Rows that did not go in.
    pub bad: Vec<BadRow>,
    /// Rows that went in and that somebody should look at.
    pub remarks: Vec<BadRow>,
}

/// A table whose rows are mostly bad would empty the map of the country.
#[derive(Debug, thiserror::Error)]
#[error("DSK-027: {good} good rows, {bad} bad ones")]
pub struct MostlyBad {
    /// Rows that could have gone in.
    good: usize,
    /// Rows that could not.
    bad: usize,
}

impl Coded for MostlyBad {
    fn code(&self) -> &'static str {
        "DSK-027"
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("good", self.good.to_string()), ("bad", self.bad.to_string())]
    }
}

/// Puts the areas of a table in the place of the edition before. A table whose rows are mostly
/// bad is not put in force.
pub fn import(office: &Office, actor: &Actor, text: &str) -> Outcome<ImportedAreas> {
    let read = place::area::parse_csv(text).map_err(|refused: ImportRefused| Failure::refused(refused))?;
    let (good, bad) = (read.areas.len(), read.bad.len());
    if good <= bad {
        return Err(Failure::refused(MostlyBad { good, bad }));
    }
    let book = place::AreaBook::from_rows(read.areas.clone());
    let receipt = office.perform_blocking(actor.clone(), ImportAreas { areas: read.areas })?;
    office.replace_areas(book);
    Ok(ImportedAreas { good: receipt.done, bad: read.bad, remarks: read.remarks })
}
