//! What is kept of the exchange with the document system.

use document::exchange::{Key, PdfSignatures};
use jiff::civil::Date;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// A part that a package and the text of its letter both tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Number and symbol.
    Number,
    /// The day on the letter.
    Day,
    /// Who issued it.
    Issuer,
    /// Its kind.
    Kind,
    /// What it is about.
    Subject,
    /// Who signed.
    Signer,
}

impl Part {
    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Day => "day",
            Self::Issuer => "issuer",
            Self::Kind => "kind",
            Self::Subject => "subject",
            Self::Signer => "signer",
        }
    }
}

/// Where a package and the text of its letter do not agree. Nobody chooses between them but a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differs {
    /// In what.
    pub part: Part,
    /// As the package says.
    pub package: String,
    /// As the text says; none where the text says nothing.
    pub text: Option<String>,
}

/// A package that a letter came in (DT01).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageIn {
    /// The letter.
    pub letter: Id,
    /// Key and version of the layout that it was read by.
    pub layout: String,
    /// Version of the layout.
    pub layout_version: String,
    /// What one package is known by: its own name and its sender's, else its bytes.
    pub known_by: String,
    /// What it says, in the order of its keys.
    pub told: Vec<(Key, String)>,
    /// Where it and the text differ.
    pub differs: Vec<Differs>,
    /// Files that it names and does not hold.
    pub missing: Vec<String>,
    /// Files that were not laid beside the letter: of no kind that is kept, or too large. They stay in the package.
    pub left_out: Vec<String>,
    /// Files that are letters of their own, with their number.
    pub others: Vec<String>,
    /// Name of the package's file.
    pub file: String,
    /// Its bytes: SHA-256 in hexadecimal.
    pub digest: String,
    /// When it was taken in.
    pub at: Moment,
    /// Who took it in.
    pub by: String,
}

impl Record for PackageIn {
    const KIND: &'static str = "exchange_package";

    fn owner(&self) -> Option<Id> {
        Some(self.letter)
    }

    fn code(&self) -> Option<String> {
        Some(self.known_by.clone())
    }

    fn is_open(&self) -> bool {
        false
    }
}

/// How a paper that went out came to its end there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// Its signed PDF came back.
    Returned(Moment),
    /// Taken back: another text went out, or it is signed elsewhere.
    Recalled(Moment, String),
}

/// A paper that went out to be signed in the document system (OX03, OX18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentOut {
    /// The paper.
    pub paper: Id,
    /// Its issue.
    pub issue: u32,
    /// What it said: the digest of its content.
    pub content: String,
    /// What the package is known by; its files bear this name.
    pub package: String,
    /// What lists call the paper.
    pub title: String,
    /// «Báo cáo».
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// Who issues it.
    pub issuer: String,
    /// What stands behind its number: «BC-SYT».
    pub mark: String,
    /// Its number, where the program gave one before.
    pub number: Option<String>,
    /// Key of the layout.
    pub layout: String,
    /// Version of the layout.
    pub layout_version: String,
    /// The zip: SHA-256 in hexadecimal.
    pub digest: String,
    /// When it went out.
    pub at: Moment,
    /// Who took it out.
    pub by: String,
    /// How it ended; none while it waits for its signed PDF.
    #[serde(default)]
    pub ended: Option<Ended>,
}

impl Record for SentOut {
    const KIND: &'static str = "exchange_sent";

    fn owner(&self) -> Option<Id> {
        Some(self.paper)
    }

    fn code(&self) -> Option<String> {
        Some(self.package.clone())
    }

    fn is_open(&self) -> bool {
        self.ended.is_none()
    }
}

/// What stands on a signed PDF, as far as its text tells.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OnPaper {
    /// Its number, «12/BC-SYT».
    pub number: Option<String>,
    /// Its day.
    pub day: Option<Date>,
    /// Its kind.
    pub kind: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// On whose behalf and as what it is signed: «KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC».
    pub post: Option<String>,
    /// Who signed.
    pub signer: Option<String>,
}

/// Where a signed PDF stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// Nobody has said which paper it is.
    Waiting,
    /// It lies beside its paper.
    Beside {
        /// Which paper.
        paper: Id,
        /// Its issue.
        issue: u32,
        /// When.
        at: Moment,
        /// Who said so; empty where package or number left no doubt.
        by: String,
    },
    /// It is none of ours.
    SetAside {
        /// Why.
        reason: String,
        /// Who said so.
        by: String,
    },
}

/// A signed PDF that came back. Its bytes are kept, whatever becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedPdf {
    /// Name of the file.
    pub file: String,
    /// Its bytes: SHA-256 in hexadecimal.
    pub digest: String,
    /// The name of our package, where the file or what it came in gives it.
    pub package: Option<String>,
    /// What was read on it.
    pub read: OnPaper,
    /// Why nothing was read: a stable code; none where it was read.
    pub unread: Option<String>,
    /// Digital signatures that are there. They were not checked.
    pub signatures: PdfSignatures,
    /// Where it stands.
    pub found: Found,
    /// When it came.
    pub at: Moment,
    /// Who brought it.
    pub by: String,
}

impl Record for SignedPdf {
    const KIND: &'static str = "exchange_signed";

    fn owner(&self) -> Option<Id> {
        match &self.found {
            Found::Beside { paper, .. } => Some(*paper),
            Found::Waiting | Found::SetAside { .. } => None,
        }
    }

    fn code(&self) -> Option<String> {
        Some(self.digest.clone())
    }

    fn is_open(&self) -> bool {
        self.found == Found::Waiting
    }
}

/// A state of one of our papers, as another system told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateTold {
    /// Which paper; none where no paper fits.
    pub paper: Option<Id>,
    /// Stable name of the state; the code itself where the layout does not know it.
    pub state: String,
    /// As people read it.
    pub title: String,
    /// What was said with it.
    pub description: String,
    /// Who said so.
    pub from: String,
    /// When it was so, as written there.
    pub when: String,
    /// Number or package that it is about, as written there.
    pub about: String,
    /// When it came here.
    pub at: Moment,
    /// Who brought it.
    pub by: String,
}

impl Record for StateTold {
    const KIND: &'static str = "exchange_state";

    fn owner(&self) -> Option<Id> {
        self.paper
    }

    fn code(&self) -> Option<String> {
        // The same state told twice is one.
        Some(format!("{}|{}|{}|{}", self.about, self.from, self.state, self.when))
    }

    fn is_open(&self) -> bool {
        self.paper.is_none()
    }
}
