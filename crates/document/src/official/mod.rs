//! Official Vietnamese documents in the form of Decree 30/2020/NĐ-CP, appendix I, or of the Party's Guideline
//! 36-HD/VPTW: a letter or a named kind as a value, and two writers that lay it out, [`write_docx`] and [`write_pdf`].
//!
//! Lives here: the parts of a document and how each is worded and laid out (margins, sizes, rules,
//! signature, recipients). Not here: what a report says and who may sign it (`desk`), sheets
//! ([`crate::sheet`]).
//!
//! Both writers take their words from one place (`wording`), so that the two files never differ in
//! text. Texts are data: nothing in them becomes markup of either format. The same document gives the
//! same bytes.
//!
//! ```
//! use document::official::{Kind, OfficialDocument, Signature};
//! let letter = OfficialDocument {
//!     issuer: "Sở Y tế".into(),
//!     number: Some("12/SYT-NVY".into()),
//!     place: "An Giang".into(),
//!     kind: Kind::Letter { subject: "báo cáo oxy y tế".into() },
//!     signature: Signature { post: "Giám đốc".into(), name: "Trần Văn Ớt".into(), ..Signature::default() },
//!     ..OfficialDocument::default()
//! };
//! assert!(document::official::write_docx(&letter).is_ok());
//! ```

mod docx;
mod faces;
mod form;
mod pdf;
mod pieces;
mod wording;
mod xml;

pub(crate) use faces::SERIF;

pub use docx::write_docx;
pub use pdf::write_pdf;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A document before or after it was signed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OfficialDocument {
    /// Of the government or of the Party.
    pub family: Family,
    /// The body above the issuer, «UBND tỉnh An Giang»; none where the issuer has none.
    pub parent: Option<String>,
    /// Who issues it, «Sở Y tế».
    pub issuer: String,
    /// The whole number, «123/BC-SYT»; none before it is given.
    pub number: Option<String>,
    /// What will stand behind the number, «BC-SYT»: written after a blank while there is no number.
    pub symbol: String,
    /// Where it is issued.
    pub place: String,
    /// The day on it; none before it is signed: then day and month stay blank.
    pub date: Option<Date>,
    /// The year, written where the day is not known yet.
    pub year: Option<i16>,
    /// A named kind or a letter, with its subject.
    pub kind: Kind,
    /// How urgent.
    pub urgency: Option<Urgency>,
    /// What stands before the recipients instead of «Kính gửi»: of an invitation «Sở Y tế trân trọng kính mời», of an
    /// urgent telegram «GIÁM ĐỐC SỞ Y TẾ điện»; empty is «Kính gửi».
    pub salutation: String,
    /// Whom it is sent to; may be empty. One that begins with `+` belongs to the one before it.
    pub recipients: Vec<String>,
    /// What it says.
    pub body: Vec<Block>,
    /// Who signs.
    pub signature: Signature,
    /// «Nơi nhận», without the line «Lưu».
    pub copies: Vec<CopyTo>,
    /// Where it is kept, after «Lưu:», «VT, NVY».
    pub archive: String,
    /// Appendices, each on a page of its own.
    pub annexes: Vec<Annex>,
    /// Marked «DỰ THẢO».
    pub draft: bool,
    /// Figures are invented: marked on every page.
    pub simulated: bool,
}

/// Whose form a paper follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Decree 30/2020/NĐ-CP.
    #[default]
    Government,
    /// Guideline 36-HD/VPTW of 3/4/2018: «ĐẢNG CỘNG SẢN VIỆT NAM», numbers as «632-TB/TU», «T/M», «K/T», «T/L».
    Party,
}

/// A named kind («BÁO CÁO») or a letter (công văn), which has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Name in capitals, subject below it.
    Named {
        /// «Báo cáo», written in capitals.
        name: String,
        /// Trích yếu.
        subject: String,
    },
    /// «V/v …» under the number.
    Letter {
        /// What comes after «V/v».
        subject: String,
    },
}

impl Default for Kind {
    fn default() -> Self {
        Self::Letter { subject: String::new() }
    }
}

/// Độ khẩn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// HỎA TỐC.
    Express,
    /// THƯỢNG KHẨN.
    VeryUrgent,
    /// KHẨN.
    Urgent,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A numbered heading; stays with what follows.
    Heading {
        /// «I.», «1.», «a)»; may be empty.
        number: String,
        /// What it is about.
        text: String,
    },
    /// An item after a dash.
    Bullet(String),
    /// «Căn cứ …;»: a paragraph that leans.
    Basis(String),
    /// Bold in the middle of its line: «GIÁM ĐỐC SỞ Y TẾ», «QUYẾT ĐỊNH:».
    Centred(String),
    /// «Điều 1.» bold, then its text.
    Article {
        /// «Điều 1.».
        number: String,
        /// What it says.
        text: String,
    },
    /// A table; its head is repeated on every page.
    Table(Table),
}

/// Rows under a head.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    /// What stands above it; may be empty.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Cells by row; a row that is too short ends in empty cells, what is too much is not lost but
    /// joined to the last cell.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Its share of the width, in any measure; 0 counts as 1.
    pub width: u16,
    /// Numbers, which stand to the right.
    pub number: bool,
    /// What stands above it and its neighbours of the same group; empty where its head is of one level.
    pub group: String,
}

impl Column {
    /// Its head on one line, with what stands above it: «Đã hoàn thành: Đúng hạn».
    pub fn called(&self) -> String {
        if self.group.is_empty() { self.title.clone() } else { format!("{}: {}", self.group, self.title) }
    }
}

/// Phụ lục: begins on a page of its own, after the signature.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Annex {
    /// What it is.
    pub title: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
    /// Across the page: for wide tables.
    pub landscape: bool,
}

/// On whose authority somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// TM., on behalf of a collective.
    OnBehalf,
    /// KT., a deputy for the head.
    ForHead,
    /// TL., by order.
    ByOrder,
    /// TUQ., authorised.
    Authorised,
    /// Q., acting.
    Acting,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Signature {
    /// Levels from the top, as «KT. Giám đốc»; two may stack.
    pub authority: Vec<(Authority, String)>,
    /// The signer's own post; empty where the authority says it already («Q. Giám đốc»).
    pub post: String,
    /// The signer's name; empty while nobody has signed.
    pub name: String,
}

/// Who gets a copy, and what for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CopyTo {
    /// Who.
    pub whom: String,
    /// «để báo cáo», «để biết»; may be empty.
    pub purpose: String,
}

#[cfg(test)]
mod tests;
