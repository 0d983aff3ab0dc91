//! A shortcoming that must be mended (DT16): «tồn tại, hạn chế cần được khắc phục ngay», with its cause, what mends it,
//! who, until when, and what shows that it is mended.

use jiff::civil::Date;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::letters::task::OriginKind;
use crate::record::{Record, RecordId};

/// Where a shortcoming was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// A letter, a meeting or an inspection.
    pub kind: OriginKind,
    /// Which, where it stands in a register.
    pub id: Option<Id>,
    /// In words, «Công văn 148/UBND-KGVX ngày 14/01/2022».
    pub words: String,
}

/// A shortcoming.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Where it was named.
    pub source: Source,
    /// What is wrong, word for word.
    pub shortcoming: String,
    /// Why; unknown until somebody has said it.
    pub cause: Option<String>,
    /// What mends it, who, until when.
    pub remedy: Line,
    /// When it was mended, and what shows it.
    pub mended: Option<(Date, String)>,
    /// Who wrote it down.
    pub written_by: String,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for Correction {
    const KIND: &'static str = "correction";

    fn owner(&self) -> Option<Id> {
        self.source.id
    }

    fn due_at(&self) -> Option<Moment> {
        self.remedy.last_day.and_then(|day| day.tomorrow().ok()).map(Moment::start_of)
    }

    fn is_open(&self) -> bool {
        self.mended.is_none()
    }
}

/// The key of a shortcoming.
pub type CorrectionId = RecordId<Correction>;
