//! The tables in force: shipped versions, a province's choices and its overrides.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::NormProblem;
use crate::version::{Figure, Found, NormUnit, Row, Version, VersionId};

/// The shipped files, by name.
const SHIPPED: &[(&str, &str)] = &[
    ("oxygen_flow.toml", include_str!("../../../protocols/oxygen_flow.toml")),
    ("oxygen_storage.toml", include_str!("../../../protocols/oxygen_storage.toml")),
    ("oxygen_watch.toml", include_str!("../../../protocols/oxygen_watch.toml")),
    ("oxygen_belief.toml", include_str!("../../../protocols/oxygen_belief.toml")),
    ("oxygen_chain.toml", include_str!("../../../protocols/oxygen_chain.toml")),
    ("supply.toml", include_str!("../../../protocols/supply.toml")),
    ("command.toml", include_str!("../../../protocols/command.toml")),
    ("oxygen_call.toml", include_str!("../../../protocols/oxygen_call.toml")),
    ("oxygen_use.toml", include_str!("../../../protocols/oxygen_use.toml")),
    ("oxygen_need.toml", include_str!("../../../protocols/oxygen_need.toml")),
    ("report.toml", include_str!("../../../protocols/report.toml")),
];

/// A province's choice among versions that stand side by side; the latest choice in force wins.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// The table.
    pub table: String,
    /// The version chosen.
    pub version: VersionId,
    /// First day of the choice.
    pub valid_from: Date,
}

impl Choice {
    /// Chooses a version from a day on.
    pub fn new(table: &str, version: &str, valid_from: Date) -> Self {
        Self { table: table.to_owned(), version: VersionId::new(version), valid_from }
    }
}

/// A province's own figure for one key.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Override {
    /// Its stable name, stored beside what is computed with it.
    pub id: VersionId,
    /// The table.
    pub table: String,
    /// The key within the table.
    pub key: String,
    /// The figure with its range.
    pub figure: Figure,
    /// Must be the table's unit.
    pub unit: NormUnit,
    /// The document that decides it.
    pub source: String,
    /// First day in force.
    pub valid_from: Date,
    /// Last day in force; open when absent.
    pub valid_to: Option<Date>,
}

impl Override {
    fn in_force(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|last| on <= last)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: Vec<Version>,
}

/// All norms that one province works with.
#[derive(Clone, PartialEq, Debug)]
pub struct Norms {
    versions: Vec<Version>,
    choices: Vec<Choice>,
    overrides: Vec<Override>,
}

impl Norms {
    /// The norms as shipped, before any choice of a province.
    ///
    /// # Errors
    /// Never with the files of this tree, which a test reads; the type says what would be wrong.
    pub fn shipped() -> Result<Self, NormProblem> {
        Self::from_files(SHIPPED.iter().copied())
    }

    /// Norms from files: pairs of name and TOML text.
    ///
    /// # Errors
    /// A file cannot be read, an id stands twice, a range is reversed, or a table mixes units.
    pub fn from_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, NormProblem> {
        let mut norms = Self { versions: Vec::new(), choices: Vec::new(), overrides: Vec::new() };
        for (name, text) in files {
            let malformed = |cause: String| NormProblem::Malformed { file: name.to_owned(), cause };
            let file: File = toml::from_str(text).map_err(|cause| malformed(cause.to_string()))?;
            for version in file.version {
                norms.check(&version).map_err(|problem| match problem {
                    NormProblem::Malformed { cause, .. } => malformed(cause),
                    other => other,
                })?;
                norms.versions.push(version);
            }
        }
        Ok(norms)
    }

    /// Takes a province's choice.
    ///
    /// # Errors
    /// [`NormProblem::NoSuchVersion`].
    pub fn choose(&mut self, choice: Choice) -> Result<(), NormProblem> {
        if !self.versions.iter().any(|version| version.table == choice.table && version.id == choice.version) {
            let version = choice.version.as_str().to_owned();
            return Err(NormProblem::NoSuchVersion { table: choice.table, version });
        }
        self.choices.push(choice);
        Ok(())
    }

    /// Takes a province's own figure.
    ///
    /// # Errors
    /// An unknown table or key, another unit than the table's, or a reversed range.
    pub fn override_with(&mut self, own: Override) -> Result<(), NormProblem> {
        let version = self.versions.iter().find(|version| version.table == own.table);
        let known = version.filter(|version| version.rows.iter().any(|row| row.key == own.key));
        let Some(version) = known else {
            return Err(unknown(&own.table, &own.key));
        };
        if version.unit != own.unit {
            let (expected, given) = (version.unit.code(), own.unit.code());
            return Err(NormProblem::OtherUnit { table: own.table, expected, given });
        }
        let Figure { low, value, high } = own.figure;
        let row =
            Row { key: own.key.clone(), low: Some(low), value, high: Some(high), unconfirmed: None, source: None };
        row.check(&own.table)?;
        self.overrides.push(own);
        Ok(())
    }

    /// The figure of a key on a day, with the version that answered.
    ///
    /// # Errors
    /// [`NormProblem::Unknown`] or [`NormProblem::NotInForce`]; never a default.
    pub fn lookup(&self, table: &str, key: &str, on: Date) -> Result<Found, NormProblem> {
        if let Some(own) = self.own_figure(table, key, on) {
            return Ok(Found {
                figure: own.figure,
                unit: own.unit,
                version: own.id.clone(),
                source: own.source.clone(),
                unconfirmed: false,
            });
        }
        found(self.answering(table, on)?, key)
    }

    /// The figure of a key in one named version, whatever the province chose: for comparisons.
    ///
    /// # Errors
    /// [`NormProblem::NoSuchVersion`] or [`NormProblem::Unknown`].
    pub fn in_version(&self, table: &str, version: &str, key: &str) -> Result<Found, NormProblem> {
        let named = |candidate: &&Version| candidate.table == table && candidate.id.as_str() == version;
        let version = self
            .versions
            .iter()
            .find(named)
            .ok_or_else(|| NormProblem::NoSuchVersion { table: table.to_owned(), version: version.to_owned() })?;
        found(version, key)
    }

    /// Every version of a table in force on a day, contradicting or not: for the administrator.
    pub fn standing<'a, 'b>(&'a self, table: &'b str, on: Date) -> impl Iterator<Item = &'a Version> + use<'a, 'b> {
        self.versions.iter().filter(move |version| version.table == table && version.in_force(on))
    }

    /// Names of all tables, sorted.
    pub fn tables(&self) -> BTreeSet<&str> {
        self.versions.iter().map(|version| version.table.as_str()).collect()
    }

    fn own_figure(&self, table: &str, key: &str, on: Date) -> Option<&Override> {
        let own = |own: &&Override| own.table == table && own.key == key && own.in_force(on);
        self.overrides.iter().filter(own).max_by_key(|own| (own.valid_from, own.id.clone()))
    }

    fn answering(&self, table: &str, on: Date) -> Result<&Version, NormProblem> {
        let chosen = self
            .choices
            .iter()
            .filter(|choice| choice.table == table && choice.valid_from <= on)
            .max_by_key(|choice| choice.valid_from);
        let in_choice = chosen.and_then(|choice| self.standing(table, on).find(|version| version.id == choice.version));
        let preferred =
            || self.standing(table, on).filter(|version| version.preferred).max_by_key(|version| version.valid_from);
        match in_choice.or_else(preferred) {
            Some(version) => Ok(version),
            None if self.versions.iter().any(|version| version.table == table) => {
                Err(NormProblem::NotInForce { table: table.to_owned(), on })
            }
            None => Err(unknown(table, "")),
        }
    }

    fn check(&self, version: &Version) -> Result<(), NormProblem> {
        let wrong = |cause: String| Err(NormProblem::Malformed { file: String::new(), cause });
        if self.versions.iter().any(|other| other.id == version.id) {
            return wrong(format!("{} stands twice", version.id));
        }
        if version.valid_to.is_some_and(|last| last < version.valid_from) {
            return wrong(format!("{} ends before it begins", version.id));
        }
        let keys = |version: &Version| version.rows.iter().map(|row| row.key.clone()).collect::<BTreeSet<_>>();
        if keys(version).len() != version.rows.len() {
            return wrong(format!("{} has a key twice", version.id));
        }
        let sibling = self.versions.iter().find(|other| other.table == version.table);
        let differs = |other: &&Version| other.unit != version.unit || keys(other) != keys(version);
        if let Some(other) = sibling.filter(differs) {
            return wrong(format!("{} has other keys or another unit than {}", version.id, other.id));
        }
        version.rows.iter().try_for_each(|row| row.check(&version.table))
    }
}

fn found(version: &Version, key: &str) -> Result<Found, NormProblem> {
    let row = version.rows.iter().find(|row| row.key == key);
    let row = row.ok_or_else(|| unknown(&version.table, key))?;
    Ok(Found {
        figure: row.figure(),
        unit: version.unit,
        version: version.id.clone(),
        source: row.source.clone().unwrap_or_else(|| version.source.clone()),
        unconfirmed: row.unconfirmed.unwrap_or(version.unconfirmed),
    })
}

fn unknown(table: &str, key: &str) -> NormProblem {
    NormProblem::Unknown { table: table.to_owned(), key: key.to_owned() }
}

#[cfg(test)]
#[path = "norms_tests.rs"]
mod tests;
