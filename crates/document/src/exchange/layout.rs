//! The layout of an exchange package as data: `protocols/document-exchange*.toml`.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a package can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// Code of the sender (mã định danh).
    FromCode,
    /// The body above the sender.
    FromParent,
    /// Name of the sender.
    FromName,
    /// Name of an addressee; there may be several.
    ToName,
    /// What the package is known by (mã văn bản).
    Package,
    /// The number alone: «4308».
    Number,
    /// What stands behind it: «QĐ-BYT».
    Notation,
    /// Where the letter was issued.
    Place,
    /// Its day.
    Day,
    /// A number of its kind.
    KindCode,
    /// Its kind: «Công văn».
    Kind,
    /// What it is about (trích yếu).
    Subject,
    /// More of what it says.
    Content,
    /// Who signed.
    SignerName,
    /// His post.
    SignerPost,
    /// On whose behalf: «KT. GIÁM ĐỐC».
    SignerAuthority,
    /// The day by which an answer is wanted.
    Due,
    /// A place of «Nơi nhận»; there may be several.
    Copies,
    /// How urgent, as a number.
    Urgency,
    /// Pages.
    Pages,
    /// How secret. A package that is secret is not taken in.
    Secrecy,
    /// Whose letter it answers.
    AnswersBody,
    /// The number that it answers.
    AnswersNumber,
    /// The day of the letter that it answers.
    AnswersDay,
    /// The package that it answers.
    AnswersPackage,
    /// Code of a state.
    Status,
    /// A state in words.
    Description,
    /// When the state was reached.
    At,
    /// Who handles the letter.
    Staff,
    /// In which unit.
    Department,
}

/// Where a field stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldAt {
    /// Which.
    pub key: Key,
    /// Paths; the first is written, all are read.
    pub path: Vec<String>,
}

/// Where the head of a letter stands and what it holds, in the order of writing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LetterAt {
    /// Below the root.
    pub at: String,
    /// Its fields.
    pub fields: Vec<FieldAt>,
}

/// Where files are named and where their bytes stand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentsAt {
    /// The list of files.
    pub reference: String,
    /// What ties an entry of the list to its bytes.
    pub reference_id: Vec<String>,
    /// Name of the file.
    pub reference_name: Vec<String>,
    /// Its media type as told.
    pub reference_type: Vec<String>,
    /// Files inside the XML.
    pub encoded: String,
    /// Which entry of the list.
    pub encoded_id: Vec<String>,
    /// Name of the file.
    pub encoded_name: Vec<String>,
    /// Its bytes in base64.
    pub encoded_content: Vec<String>,
    /// Whether a file may be packed into a `.zip` of its own.
    pub packed: bool,
}

/// A state by its code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusCode {
    /// «03».
    pub code: String,
    /// Stable name: `received`.
    pub name: String,
    /// «Đã tiếp nhận».
    pub title: String,
}

/// Where a message about the state of a letter stands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusAt {
    /// Below the root.
    pub at: String,
    /// Its fields.
    pub fields: Vec<FieldAt>,
    /// Every state.
    pub codes: Vec<StatusCode>,
}

/// How one vendor or standard writes a package.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeLayout {
    /// What the code calls it.
    pub key: String,
    /// Kept with what was read and written by it.
    pub version: String,
    /// What screens call it.
    pub title: String,
    /// Where its names come from.
    pub source: String,
    /// Whether somebody in authority still has to confirm it.
    #[serde(default)]
    pub unconfirmed: bool,
    /// Local name of the outermost element.
    pub root: String,
    /// Its namespace.
    pub namespace: String,
    /// The prefix that is written.
    pub prefix: String,
    /// Whether packages are written in it.
    pub writes: bool,
    /// How days are written: strftime patterns, the first one by us.
    pub days: Vec<String>,
    /// A letter.
    pub letter: LetterAt,
    /// Its files.
    pub attachments: AttachmentsAt,
    /// A message about the state of a letter.
    pub status: StatusAt,
}

impl ExchangeLayout {
    /// Reads a layout.
    ///
    /// # Errors
    /// What `toml` says of it.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The shipped layouts. A file that cannot be read fails a test, and is left out here.
    pub fn shipped() -> &'static [Self] {
        static LAYOUTS: LazyLock<Vec<ExchangeLayout>> = LazyLock::new(|| {
            let texts = [
                include_str!("../../../../protocols/document-exchange.toml"),
                include_str!("../../../../protocols/document-exchange-soap.toml"),
            ];
            texts.iter().filter_map(|text| ExchangeLayout::from_toml(text).ok()).collect()
        });
        &LAYOUTS
    }

    /// The shipped layout that packages are written in.
    pub fn written() -> Option<&'static Self> {
        Self::shipped().iter().find(|layout| layout.writes)
    }

    /// A day as the package writes it; a time behind it is left out. None where it is no day.
    pub fn day(&self, text: &str) -> Option<Date> {
        let day = text.trim().split([' ', 'T']).next().unwrap_or_default();
        self.days.iter().find_map(|pattern| Date::strptime(pattern, day).ok())
    }

    /// A day as it is written.
    pub fn show_day(&self, day: Date) -> String {
        self.days.first().map_or_else(|| day.to_string(), |pattern| day.strftime(pattern).to_string())
    }

    /// The state of a code.
    pub fn status_of(&self, code: &str) -> Option<&StatusCode> {
        let plain = |code: &str| code.trim().trim_start_matches('0').to_owned();
        self.status.codes.iter().find(|one| plain(&one.code) == plain(code))
    }
}
