//! Kinds of official papers as data: `protocols/report-daily.toml`, `report-ministry.toml`, `paper-unit-notice.toml`.
//!
//! A new kind is a file there, a variant of [`ReportKind`], and who gives its facts (`views::papers::compose`).

use std::sync::LazyLock;

use document::sheet::SheetColumn;
use serde::{Deserialize, Serialize};

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// The provincial oxygen report of a day.
    Daily,
    /// The provincial oxygen report to the ministry (OX18).
    Ministry,
    /// The letter that tells the ministry of the coordination unit (OX03).
    UnitNotice,
    /// A letter written by hand or composed from records: what it is stands in its own record.
    Letter,
}

impl ReportKind {
    /// All that are made from figures and registers.
    pub const ALL: [Self; 3] = [Self::Daily, Self::Ministry, Self::UnitNotice];

    /// Stable name, in addresses and codes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Ministry => "ministry",
            Self::UnitNotice => "unit_notice",
            Self::Letter => "letter",
        }
    }

    /// The one of a stable name, of those that are made from figures and registers.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What it is made of. A shipped file that cannot be read fails a test, and gives an empty layout here.
    pub fn layout(self) -> &'static PaperLayout {
        static LAYOUTS: LazyLock<[PaperLayout; 4]> = LazyLock::new(|| {
            [
                include_str!("../../../../protocols/report-daily.toml"),
                include_str!("../../../../protocols/report-ministry.toml"),
                include_str!("../../../../protocols/paper-unit-notice.toml"),
                include_str!("../../../../protocols/paper-letter.toml"),
            ]
            .map(|text| toml::from_str(text).unwrap_or_default())
        });
        match self {
            Self::Daily => &LAYOUTS[0],
            Self::Ministry => &LAYOUTS[1],
            Self::UnitNotice => &LAYOUTS[2],
            Self::Letter => &LAYOUTS[3],
        }
    }
}

/// Which form of Decree 30 a paper has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperForm {
    /// A named kind: «BÁO CÁO».
    #[default]
    Named,
    /// A letter (công văn), which has no name but «V/v …».
    Letter,
}

/// A report's parts in their order. `{province}`, `{issuer}`, `{date}` and `{at}` stand for facts.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperLayout {
    /// What the code calls it.
    pub key: String,
    /// Kept with what was written by it.
    pub version: String,
    /// What screens call it.
    pub title: String,
    /// Where its parts come from.
    pub source: String,
    /// Whether somebody in authority still has to confirm it.
    #[serde(default)]
    pub unconfirmed: bool,
    /// A named kind or a letter.
    #[serde(default)]
    pub form: PaperForm,
    /// «Báo cáo».
    pub name: String,
    /// «BC»; of a letter «CV», which stands in the register of numbers and not on the paper.
    pub symbol: String,
    /// «SYT».
    pub issuer_code: String,
    /// Who wrote a letter, «NVY»: stands behind the issuer in its number.
    #[serde(default)]
    pub unit: String,
    /// Trích yếu.
    pub subject: String,
    /// Kính gửi.
    pub recipients: Vec<String>,
    /// Lưu.
    pub archive: String,
    /// Due so many hours after its day began, 32 is 08:00 of the next morning; without it, when whoever drafts it says.
    pub due_hours: Option<u8>,
    /// The first paragraph.
    pub opening: String,
    /// The last paragraph.
    pub closing: String,
    /// Nơi nhận.
    #[serde(default)]
    pub copies: Vec<Copy>,
    /// What it says.
    pub parts: Vec<Part>,
}

/// Who gets a copy.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copy {
    /// Who.
    pub whom: String,
    /// What for.
    pub purpose: String,
}

/// A part: its heading, sums in words, a table.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// «I.».
    pub number: String,
    /// What it is about.
    pub heading: String,
    /// Columns of the report's sheet that are summed up in words.
    #[serde(default)]
    pub sums: Vec<String>,
    /// Columns of the report's sheet that make its table.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Tables out of registers.
    #[serde(default)]
    pub tables: Vec<RegisterTable>,
}

/// A table out of a register of the desk.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterTable {
    /// Which register, by the name that the facts give it.
    pub register: String,
    /// What stands above it; may be empty.
    pub title: String,
    /// Said where the register has nothing.
    pub empty: String,
    /// Its columns, by the keys of the register's rows.
    pub columns: Vec<SheetColumn>,
}

impl PaperLayout {
    /// What stands behind the number: «BC-SYT», of a letter «SYT-NVY».
    pub fn mark(&self) -> String {
        match self.form {
            PaperForm::Named => format!("{}-{}", self.symbol, self.issuer_code),
            PaperForm::Letter if self.unit.is_empty() => self.issuer_code.clone(),
            PaperForm::Letter => format!("{}-{}", self.issuer_code, self.unit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_layouts_name_columns_that_exist() {
        let sheet = crate::views::daily_sheet::layout().unwrap();
        for kind in ReportKind::ALL {
            let layout = kind.layout();
            assert_eq!(layout.key, kind.code(), "its file can be read");
            assert_eq!(ReportKind::from_code(kind.code()), Some(kind));
            for part in &layout.parts {
                for key in part.sums.iter().chain(&part.columns) {
                    assert!(sheet.columns.iter().any(|column| column.key == *key), "{}: no column {key}", layout.key);
                }
            }
        }
    }

    #[test]
    fn a_letter_is_marked_by_its_writer_and_a_named_kind_by_its_symbol() {
        assert_eq!(ReportKind::Ministry.layout().mark(), "BC-SYT");
        assert_eq!(ReportKind::UnitNotice.layout().mark(), "SYT-NVY");
        assert_eq!(ReportKind::Letter.layout().key, ReportKind::Letter.code(), "its file can be read");
    }
}
