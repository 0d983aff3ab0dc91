//! The returns of provinces as the ministry keeps them (OX19): one record a province and day, each issue under its digest.

use jiff::civil::Date;
use quantity::Moment;
use serde::{Deserialize, Serialize};

use super::sum::plain;
use crate::record::Record;

/// One issue of a return, as it was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenIn {
    /// Which: 1, «lần 2» and so on.
    pub issue: u32,
    /// What it says: SHA-256 of the kept data in hexadecimal.
    pub content: String,
    /// The file as it was called on the sender's machine.
    pub file_name: String,
    /// When it was taken in.
    pub at: Moment,
    /// Who took it in.
    pub by: String,
    /// Facilities in it.
    pub facilities: usize,
    /// Why it takes the place of the one before; none for the first.
    #[serde(default)]
    pub reason: Option<String>,
}

/// The return of a province about a day, in the register of the nation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvinceReturn {
    /// The province, as the register of areas calls it.
    pub province: String,
    /// The day.
    pub day: Date,
    /// When it should have come.
    pub due: Option<Moment>,
    /// The one that counts.
    pub taken: TakenIn,
    /// Those before it, oldest first.
    #[serde(default)]
    pub earlier: Vec<TakenIn>,
}

impl Record for ProvinceReturn {
    const KIND: &'static str = "province_return";

    fn code(&self) -> Option<String> {
        Some(return_code(&self.province, self.day))
    }
}

/// What finds the return of a province about a day.
pub fn return_code(province: &str, day: Date) -> String {
    format!("{day}/{}", plain(province))
}

impl ProvinceReturn {
    /// Whether its first issue came after it was due: a revision is as punctual as the first was.
    pub fn is_late(&self) -> bool {
        let first = self.earlier.first().unwrap_or(&self.taken);
        self.due.is_some_and(|due| first.at > due)
    }
}
