//! One version of one table: who said it, from when to when, and its rows.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::NormProblem;

/// The stable name of a version, such as `oxygen.flow/who-planning-2020` or `override/17`. Stored
/// beside every figure computed with it; cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct VersionId(Arc<str>);

impl VersionId {
    /// Names a version.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for VersionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for VersionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for VersionId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|name| Self(name.into()))
    }
}

/// The unit of a table's figures.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NormUnit {
    /// Litres of gas a minute at 21 °C.
    LPerMin,
    /// A share between 0 and 1; a key ending in `_per_day` is a share a day.
    Share,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Bar.
    Bar,
    /// Degrees Celsius.
    Celsius,
    /// 1 for yes, 0 for no.
    Flag,
    /// Patients: how many of them a figure counts as.
    Patients,
}

impl NormUnit {
    /// Stable text, as in the files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LPerMin => "l_per_min",
            Self::Share => "share",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Bar => "bar",
            Self::Celsius => "celsius",
            Self::Flag => "flag",
            Self::Patients => "patients",
        }
    }
}

/// A figure with its range; without a range both ends equal the value.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// Lower end: P10 where the source gives a distribution.
    pub low: f64,
    /// The figure: the median where the source gives a distribution.
    pub value: f64,
    /// Upper end: P90 where the source gives a distribution.
    pub high: f64,
}

/// One row of a version.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What the figure is for, such as `mask`.
    pub key: String,
    /// Lower end, when the source gives one.
    pub low: Option<f64>,
    /// The figure.
    pub value: f64,
    /// Upper end, when the source gives one.
    pub high: Option<f64>,
    /// Where this row differs from its version: whether no source was read.
    pub unconfirmed: Option<bool>,
    /// Where this row differs from its version: its own source.
    pub source: Option<String>,
}

impl Row {
    /// The figure with its range.
    pub fn figure(&self) -> Figure {
        Figure { low: self.low.unwrap_or(self.value), value: self.value, high: self.high.unwrap_or(self.value) }
    }

    pub(crate) fn check(&self, table: &str) -> Result<(), NormProblem> {
        let Figure { low, value, high } = self.figure();
        if low <= value && value <= high && low.is_finite() && high.is_finite() {
            return Ok(());
        }
        Err(NormProblem::RangeReversed { table: table.to_owned(), key: self.key.clone(), low, value, high })
    }
}

/// A version of a table.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// The table, such as `oxygen.flow`.
    pub table: String,
    /// Its stable name.
    pub id: VersionId,
    /// Counts up when the same source is corrected.
    pub version: u32,
    /// For the administrator.
    pub title: String,
    /// The document or study.
    pub source: String,
    /// First day in force.
    #[serde(deserialize_with = "day")]
    pub valid_from: Date,
    /// Last day in force; open when absent.
    #[serde(default, deserialize_with = "some_day")]
    pub valid_to: Option<Date>,
    /// Answers when the province chose nothing.
    #[serde(default)]
    pub preferred: bool,
    /// No source was read that says so: shown as such to the administrator.
    #[serde(default)]
    pub unconfirmed: bool,
    /// The unit of every row.
    pub unit: NormUnit,
    /// The rows.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
}

impl Version {
    /// Whether it is in force on a day.
    pub fn in_force(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|last| on <= last)
    }
}

/// The answer to a lookup: the figure and everything that must be stored or shown beside it.
#[derive(Clone, PartialEq, Debug)]
pub struct Found {
    /// The figure with its range.
    pub figure: Figure,
    /// Its unit.
    pub unit: NormUnit,
    /// The version that answered.
    pub version: VersionId,
    /// Where it stands.
    pub source: String,
    /// Shown to the administrator as not confirmed by a source.
    pub unconfirmed: bool,
}

/// TOML's own dates, so that a file reads `valid_from = 2021-09-07`.
pub(crate) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let stamp = toml::value::Datetime::deserialize(deserializer)?;
    let date = stamp.date.ok_or_else(|| serde::de::Error::custom("a day is needed"))?;
    let civil = (i16::try_from(date.year), i8::try_from(date.month), i8::try_from(date.day));
    let (Ok(year), Ok(month), Ok(day)) = civil else {
        return Err(serde::de::Error::custom("not a day"));
    };
    Date::new(year, month, day).map_err(serde::de::Error::custom)
}

fn some_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    day(deserializer).map(Some)
}
