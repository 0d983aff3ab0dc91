//! The kinds of papers that may be written by hand, as data: `protocols/paper-kinds.toml`.

use std::sync::LazyLock;

use document::official::{Family, Kind, OfficialDocument};
use serde::Deserialize;

use super::Writer;
use crate::papers::layout::PaperForm;

/// The file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    /// Its version.
    pub version: String,
    /// Where it comes from.
    pub source: String,
    /// Whether somebody in authority still has to confirm it.
    #[serde(default)]
    pub unconfirmed: bool,
    /// «Đảng ủy».
    pub party_prefix: String,
    /// «ĐU».
    pub party_code: String,
    /// The kinds.
    pub kinds: Vec<WrittenKind>,
}

/// A kind of paper.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenKind {
    /// Stable name.
    pub key: String,
    /// What screens call it.
    pub title: String,
    /// What papers call it, where that differs.
    #[serde(default)]
    name: String,
    /// «KH».
    pub symbol: String,
    /// A named kind or a letter.
    #[serde(default)]
    pub form: PaperForm,
    /// Whose form it follows.
    #[serde(default)]
    pub family: Family,
    /// Instead of «Kính gửi».
    #[serde(default)]
    salutation: String,
}

impl Kinds {
    /// The shipped ones. A file that cannot be read fails a test, and gives none here.
    pub fn shipped() -> &'static Self {
        static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../../protocols/paper-kinds.toml")).unwrap_or_default()
        });
        &KINDS
    }

    /// One of them.
    pub fn of(&self, key: &str) -> Option<&WrittenKind> {
        self.kinds.iter().find(|kind| kind.key == key)
    }

    /// A writer as its own Party committee.
    pub fn party_writer(&self, writer: &Writer) -> Writer {
        Writer {
            parent: None,
            issuer: format!("{} {}", self.party_prefix, writer.issuer),
            issuer_code: self.party_code.clone(),
            ..writer.clone()
        }
    }

    /// The kind that a document is of.
    pub fn of_document(&self, document: &OfficialDocument) -> Option<&WrittenKind> {
        self.kinds.iter().find(|kind| {
            kind.family == document.family
                && match &document.kind {
                    Kind::Letter { .. } => kind.form == PaperForm::Letter,
                    Kind::Named { name, .. } => kind.form == PaperForm::Named && kind.name() == name,
                }
        })
    }
}

impl WrittenKind {
    /// «Kế hoạch».
    pub fn name(&self) -> &str {
        if self.name.is_empty() { &self.title } else { &self.name }
    }

    /// An empty paper of this kind by a writer; of the Party by his department's committee.
    pub fn blank(&self, writer: &Writer, subject: &str) -> OfficialDocument {
        let subject = subject.trim().to_owned();
        let letter = self.form == PaperForm::Letter;
        let kinds = Kinds::shipped();
        let party = self.family == Family::Party;
        let writer = if party { kinds.party_writer(writer) } else { writer.clone() };
        OfficialDocument {
            family: self.family,
            symbol: writer.mark(&self.symbol, letter, self.family),
            kind: if letter { Kind::Letter { subject } } else { Kind::Named { name: self.name().to_owned(), subject } },
            salutation: self.salutation.replace("{issuer}", &writer.issuer),
            ..writer.paper()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::papers::letter_out::Series;

    #[test]
    fn every_kind_can_be_numbered_and_is_known_again() {
        let kinds = Kinds::shipped();
        assert!(kinds.kinds.len() >= 10, "its file can be read");
        let writer = Writer { issuer: "Sở Y tế".into(), issuer_code: "SYT".into(), ..Writer::default() };
        for kind in &kinds.kinds {
            let document = kind.blank(&writer, "oxy y tế");
            assert_eq!(kinds.of_document(&document).map(|found| found.key.as_str()), Some(kind.key.as_str()));
            let series = Series::of(&document).unwrap();
            assert_eq!(series.symbol, kind.symbol, "{}", kind.key);
            assert_eq!(series.issuer_code == "ĐU", kind.family == Family::Party, "{}", kind.key);
        }
    }
}
