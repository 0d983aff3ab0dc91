//! The layout of a sheet as data.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::DocumentProblem;
use crate::columns::{Kind, Layout};

/// How cells of a column are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// Words, wrapped.
    Text,
    /// `1.234`.
    Integer,
    /// `1.234,5` with [`SheetColumn::digits`] decimals.
    Decimal,
    /// `22/11/2026`.
    Date,
    /// `22/11/2026 02:14`.
    Datetime,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetColumn {
    /// What the code calls it.
    pub key: String,
    /// Vietnamese title, its unit included.
    pub title: String,
    /// Title over neighbouring columns; empty for none.
    #[serde(default)]
    pub group: String,
    /// How cells are shown.
    pub kind: SheetKind,
    /// Decimals of [`SheetKind::Decimal`], at most 6.
    #[serde(default)]
    pub digits: u8,
    /// The unit of its numbers; must stand in the title.
    #[serde(default)]
    pub unit: String,
    /// Width in characters.
    pub width: f64,
}

/// One row above the table.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleRow {
    /// Words; `{name}` stands for a fact of [`super::SheetContent::facts`].
    pub text: String,
    /// Whether bold.
    #[serde(default)]
    pub bold: bool,
    /// Whether in the middle of the page's width; else at the left.
    #[serde(default)]
    pub centred: bool,
    /// Size in points.
    #[serde(default = "default_size")]
    pub size: f64,
}

fn default_size() -> f64 {
    13.0
}

/// The layout of a sheet that the program writes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetLayout {
    /// What the code calls it.
    pub key: String,
    /// Vietnamese title.
    pub title: String,
    /// Its version, stored with what was written by it.
    pub version: String,
    /// Where its fields come from.
    #[serde(default)]
    pub source: String,
    /// Whether somebody in authority still has to confirm it.
    #[serde(default)]
    pub unconfirmed: bool,
    /// Name of the sheet, at most 31 characters.
    pub sheet: String,
    /// Rows above the table.
    #[serde(default)]
    pub titles: Vec<TitleRow>,
    /// Over how many columns the titles run.
    #[serde(default = "default_title_columns")]
    pub title_columns: u16,
    /// Rows under the table.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Whether A4 lies on its side.
    #[serde(default)]
    pub landscape: bool,
    /// Pages side by side in print; rows go on over as many pages as they need.
    #[serde(default = "default_pages_wide")]
    pub pages_wide: u16,
    /// Columns at the left that stay while scrolling and repeat on each page.
    #[serde(default)]
    pub frozen_columns: u16,
    /// The columns, in the order of the report.
    pub columns: Vec<SheetColumn>,
}

fn default_title_columns() -> u16 {
    8
}

fn default_pages_wide() -> u16 {
    1
}

impl SheetLayout {
    /// Reads a layout.
    ///
    /// # Errors
    /// [`DocumentProblem::LayoutBroken`]: not TOML, a key twice, a unit that its title does not
    /// say, a group torn apart, no columns.
    pub fn from_toml(text: &str) -> Result<Self, DocumentProblem> {
        let layout: Self = toml::from_str(text).map_err(|error| DocumentProblem::LayoutBroken {
            layout: String::new(),
            cause: error.message().to_owned(),
        })?;
        layout.check().map_err(|cause| layout.broken(cause))?;
        Ok(layout)
    }

    /// The sheet to fill in for a layout of import.
    pub(super) fn for_import(layout: &Layout) -> Self {
        let columns = layout.columns.iter().map(|column| SheetColumn {
            key: column.key.clone(),
            title: column.title.clone(),
            group: String::new(),
            kind: match column.kind {
                Kind::Text | Kind::Unit | Kind::Choice => SheetKind::Text,
                Kind::Integer => SheetKind::Integer,
                Kind::Decimal => SheetKind::Decimal,
                Kind::Date => SheetKind::Date,
                Kind::Datetime => SheetKind::Datetime,
            },
            digits: 1,
            unit: String::new(),
            width: column.width,
        });
        Self {
            key: layout.key.clone(),
            title: layout.title.clone(),
            version: layout.version.clone(),
            source: layout.source.clone(),
            unconfirmed: layout.unconfirmed,
            sheet: layout.title.chars().take(31).collect(),
            titles: vec![TitleRow { text: layout.title.clone(), bold: true, centred: false, size: default_size() }],
            title_columns: default_title_columns(),
            notes: Vec::new(),
            landscape: true,
            pages_wide: 2,
            frozen_columns: 1,
            columns: columns.collect(),
        }
    }

    pub(super) fn broken(&self, cause: String) -> DocumentProblem {
        DocumentProblem::LayoutBroken { layout: self.key.clone(), cause }
    }

    fn check(&self) -> Result<(), String> {
        if self.columns.is_empty() || self.columns.len() > 200 {
            return Err("between 1 and 200 columns".to_owned());
        }
        let mut keys = BTreeSet::new();
        let mut closed_groups = BTreeSet::new();
        let mut open_group = "";
        for column in &self.columns {
            if !keys.insert(&column.key) {
                return Err(format!("column {} twice", column.key));
            }
            if !column.unit.is_empty() && !column.title.contains(&column.unit) {
                return Err(format!("the title of {} does not say {}", column.key, column.unit));
            }
            if column.group != open_group {
                closed_groups.insert(open_group);
                if !column.group.is_empty() && closed_groups.contains(column.group.as_str()) {
                    return Err(format!("group {} torn apart", column.group));
                }
                open_group = &column.group;
            }
        }
        Ok(())
    }
}
