//! What comes with a letter and where its copies went: files that were enclosed (DT18), and the state of
//! every copy (DT08).

use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// A file that came with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// Which letter.
    pub letter: Id,
    /// As the letter names it; what a person calls it, where the letter names none.
    pub title: String,
    /// Name of the file.
    pub file: String,
    /// Its media type, by its bytes.
    pub media_type: String,
    /// Its bytes: SHA-256 in hexadecimal.
    pub digest: String,
    /// When it was added.
    pub at: Moment,
    /// Who added it.
    pub by: String,
}

impl Record for Enclosure {
    const KIND: &'static str = "letter_enclosure";

    fn owner(&self) -> Option<Id> {
        Some(self.letter)
    }

    fn is_open(&self) -> bool {
        false
    }
}

/// By which way a copy went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// «Trục liên thông văn bản»: the document system.
    System,
    /// «Thư điện tử công vụ».
    Mail,
    /// «Bưu điện, chuyển tay».
    Paper,
    /// «Cổng thông tin».
    Portal,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::System, Self::Mail, Self::Paper, Self::Portal];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Mail => "mail",
            Self::Paper => "paper",
            Self::Portal => "portal",
        }
    }

    /// By its stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A copy of a letter: to whom, by which way, when, and whether it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Which letter.
    pub letter: Id,
    /// To whom, as the letter names him.
    pub to: String,
    /// How it was sent.
    pub way: Way,
    /// When it was sent, as told.
    pub sent_at: Moment,
    /// When it was received, or the page was there, as told.
    #[serde(default)]
    pub acknowledged_at: Option<Moment>,
    /// A number of receipt or the address of the page; may be empty.
    #[serde(default)]
    pub note: String,
    /// Who wrote it down.
    pub by: String,
}

impl Record for Delivery {
    const KIND: &'static str = "letter_delivery";

    fn owner(&self) -> Option<Id> {
        Some(self.letter)
    }

    fn code(&self) -> Option<String> {
        // One state for each copy of a letter.
        Some(format!("{}|{}", self.letter, place::text::ascii_fold(&self.to).to_lowercase()))
    }

    fn is_open(&self) -> bool {
        self.acknowledged_at.is_none()
    }
}
