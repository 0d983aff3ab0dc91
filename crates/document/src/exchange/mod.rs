//! Packages in which document systems exchange letters (the national document axis): bytes ↔ what they say and carry.
//!
//! Lives here: the layout as data ([`ExchangeLayout`]), safe reading ([`read_package`]), writing ([`written`]), and
//! whether a PDF carries a digital signature ([`pdf_signatures`]). Not here: what a letter says (`letter`), what is done
//! with a package (`desk`).
//!
//! A package is an XML with its files inside (base64), a MIME message of XML and files, or a zip of XML and files.
//! Nothing in it is executed, followed or fetched: no entities, no document types, no paths.
//!
//! ```
//! use document::exchange::{ExchangeLayout, Key, Message, PackageLimits, read_package};
//! let text = "<edXML xmlns='http://www.mic.gov.vn/TBT/QCVN_102_2016'><edXMLEnvelope><edXMLHeader><MessageHeader>\
//!     <Code><CodeNumber>12</CodeNumber><CodeNotation>QĐ-SYT</CodeNotation></Code><Subject>Trực oxy</Subject>\
//!     </MessageHeader></edXMLHeader></edXMLEnvelope></edXML>";
//! let Message::Letter(package) = read_package(text.as_bytes(), ExchangeLayout::shipped(), &PackageLimits::PACKAGE)?
//! else { unreachable!() };
//! assert_eq!(package.number().as_deref(), Some("12/QĐ-SYT"));
//! assert_eq!(package.text(Key::Subject), Some("Trực oxy"));
//! # Ok::<(), document::exchange::ExchangeProblem>(())
//! ```

mod files;
mod layout;
mod mime;
mod problem;
mod read;
mod signature;
mod tree;
mod write;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use jiff::civil::Date;

pub use files::packed;
pub use layout::{ExchangeLayout, Key, StatusCode};
pub use problem::ExchangeProblem;
pub use read::{is_package, read_package};
pub use signature::{PdfSignatures, pdf_signatures};
pub use write::{Inside, written};

/// What a package may cost before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackageLimits {
    /// Size of the file in bytes.
    pub file_bytes: u64,
    /// All its parts together, unpacked, in bytes.
    pub unpacked_bytes: u64,
    /// Files in it.
    pub attachments: usize,
    /// Elements of its XML.
    pub elements: usize,
    /// Depth of its XML.
    pub depth: usize,
    /// Letters of one field.
    pub field: usize,
}

impl PackageLimits {
    /// For a package that a person waits for: 40 MB, 80 MB unpacked, 200 files.
    pub const PACKAGE: Self = Self {
        file_bytes: 40_000_000,
        unpacked_bytes: 80_000_000,
        attachments: 200,
        elements: 20_000,
        depth: 32,
        field: 20_000,
    };
}

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without folders.
    pub name: String,
    /// Its media type as the package tells it; may be empty and may be wrong.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a package says, by key, as written.
pub type Fields = BTreeMap<Key, Vec<String>>;

/// A letter in a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The key of its layout.
    pub layout: String,
    /// What its head says.
    pub fields: Fields,
    /// Its day, where it is one.
    pub day: Option<Date>,
    /// Its files in the order of its list; those that the list does not name follow.
    pub attachments: Vec<Attachment>,
    /// Files that its list names and that are not in it.
    pub missing: Vec<String>,
}

impl Package {
    /// What stands under a key.
    pub fn text(&self, key: Key) -> Option<&str> {
        first(&self.fields, key)
    }

    /// The whole number: «4308/QĐ-BYT». Some systems write it whole behind the number, or into it.
    pub fn number(&self) -> Option<String> {
        let (number, notation) =
            (self.text(Key::Number).unwrap_or_default(), self.text(Key::Notation).unwrap_or_default());
        let whole = |text: &str| {
            let digits = text.chars().take_while(char::is_ascii_digit).count();
            digits > 0 && text[digits..].starts_with(['/', '-', ' '])
        };
        match (number, notation) {
            ("", "") => None,
            (_, notation) if whole(notation) => Some(notation.to_owned()),
            (number, _) if whole(number) => Some(number.to_owned()),
            ("", _) => None,
            (number, "") => Some(number.to_owned()),
            // Papers of the Party have a hyphen before their kind: 632-TB/TU.
            (number, notation) if notation.starts_with(['-', '/']) => Some(format!("{number}{notation}")),
            (number, notation) if notation.contains('/') => Some(format!("{number}-{notation}")),
            (number, notation) => Some(format!("{number}/{notation}")),
        }
    }
}

/// A message about the state of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusTold {
    /// The key of its layout.
    pub layout: String,
    /// What it says.
    pub fields: Fields,
    /// Its state, where the layout knows it.
    pub state: Option<StatusCode>,
}

impl StatusTold {
    /// What stands under a key.
    pub fn text(&self, key: Key) -> Option<&str> {
        first(&self.fields, key)
    }
}

/// What a package is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A letter with its files.
    Letter(Package),
    /// What became of a letter.
    Status(StatusTold),
}

fn first(fields: &Fields, key: Key) -> Option<&str> {
    fields.get(&key)?.first().map(String::as_str)
}

/// Bytes from base64; blanks and line ends are nothing, a missing «=» at the end is forgiven.
fn base64_of(text: &str) -> Option<Vec<u8>> {
    const FORGIVING: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    let plain: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    FORGIVING.decode(plain).ok()
}

fn to_base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests;
