//! Kinds of reports as data: `protocols/report-daily.toml`, `protocols/report-ministry.toml`.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// Which report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// The provincial oxygen report of a day.
    Daily,
    /// The provincial oxygen report to the ministry (OX18).
    Ministry,
}

impl ReportKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Daily, Self::Ministry];

    /// Stable name, in addresses and codes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Ministry => "ministry",
        }
    }

    /// The one of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// What it is made of. A shipped file that cannot be read fails a test, and gives an empty layout here.
    pub fn layout(self) -> &'static PaperLayout {
        static LAYOUTS: LazyLock<[PaperLayout; 2]> = LazyLock::new(|| {
            [
                include_str!("../../../../protocols/report-daily.toml"),
                include_str!("../../../../protocols/report-ministry.toml"),
            ]
            .map(|text| toml::from_str(text).unwrap_or_default())
        });
        match self {
            Self::Daily => &LAYOUTS[0],
            Self::Ministry => &LAYOUTS[1],
        }
    }
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
    /// «Báo cáo».
    pub name: String,
    /// «BC».
    pub symbol: String,
    /// «SYT».
    pub issuer_code: String,
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_layouts_name_columns_that_exist() {
        let sheet = crate::views::daily_sheet::layout().unwrap();
        for kind in ReportKind::ALL {
            let layout = kind.layout();
            assert_eq!(layout.key, kind.code());
            assert_eq!(ReportKind::from_code(kind.code()), Some(kind));
            for part in &layout.parts {
                for key in part.sums.iter().chain(&part.columns) {
                    assert!(sheet.columns.iter().any(|column| column.key == *key), "{}: no column {key}", layout.key);
                }
            }
        }
    }
}
