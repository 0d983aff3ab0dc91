//! The layout of a table as data: which columns are expected and how their cells are read.

use serde::Deserialize;

use super::folded;
use super::number::NumberConvention;
use crate::DocumentProblem;

/// How cells of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A day.
    Date,
    /// A day and an hour.
    Datetime,
    /// A unit: one of [`Column::choices`], and a problem of its own when missing.
    Unit,
    /// One of [`Column::choices`].
    Choice,
}

/// One accepted word and how else people write it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What the program stores.
    pub key: String,
    /// How it is shown.
    pub title: String,
    /// Other ways of writing it.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// One expected column.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What the code calls it.
    pub key: String,
    /// Vietnamese title.
    pub title: String,
    /// Other titles under which it is recognised.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// How its cells are read.
    pub kind: Kind,
    /// Whether the table must have it and every row must fill it.
    #[serde(default)]
    pub required: bool,
    /// Whether the table must have it though rows may leave it empty.
    #[serde(default)]
    pub expected: bool,
    /// How its numbers use comma and point.
    #[serde(default)]
    pub numbers: NumberConvention,
    /// Whether a percent sign is at home here.
    #[serde(default)]
    pub percent: bool,
    /// Least accepted number.
    pub least: Option<f64>,
    /// Greatest accepted number.
    pub most: Option<f64>,
    /// Accepted words.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// A sentence for the person who fills it, shown in the template.
    #[serde(default)]
    pub help: String,
    /// Width in the template, in characters.
    #[serde(default = "default_width")]
    pub width: f64,
    /// The unit of its numbers, where the column has one for all rows.
    #[serde(default)]
    pub unit: String,
}

fn default_width() -> f64 {
    14.0
}

impl Column {
    /// The choice that a word stands for.
    pub fn choice(&self, word: &str) -> Option<&Choice> {
        // Units differ by signs that folding drops (m³, Nm³/h): the exact word first.
        let word = word.trim();
        let exact = |choice: &&Choice| {
            choice.key == word || choice.title == word || choice.aliases.iter().any(|alias| alias == word)
        };
        let wanted = folded(word);
        self.choices.iter().find(exact).or_else(|| {
            self.choices.iter().find(|choice| {
                std::iter::once(&choice.key)
                    .chain([&choice.title])
                    .chain(&choice.aliases)
                    .any(|known| folded(known) == wanted)
            })
        })
    }

    /// Titles of the accepted words.
    pub fn choice_titles(&self) -> Vec<String> {
        self.choices.iter().map(|choice| choice.title.clone()).collect()
    }
}

/// The layout of a table that people send.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// What the code calls it.
    pub key: String,
    /// Vietnamese title.
    pub title: String,
    /// Its version, stored with what was read by it.
    pub version: String,
    /// Where its columns come from.
    #[serde(default)]
    pub source: String,
    /// Whether somebody in authority still has to confirm it.
    #[serde(default)]
    pub unconfirmed: bool,
    /// Groups of keys of which at least one column must be there, and filled in each row: a
    /// facility by its code or its name.
    #[serde(default)]
    pub one_of: Vec<Vec<String>>,
    /// The columns, in the order of the template.
    pub columns: Vec<Column>,
}

impl Layout {
    /// Reads a layout.
    ///
    /// # Errors
    /// [`DocumentProblem::LayoutBroken`]: not TOML, a column twice, a title that stands for two
    /// columns, a choice column without choices.
    pub fn from_toml(text: &str) -> Result<Self, DocumentProblem> {
        let layout: Self = toml::from_str(text).map_err(|error| DocumentProblem::LayoutBroken {
            layout: String::new(),
            cause: error.message().to_owned(),
        })?;
        layout.check().map_err(|cause| DocumentProblem::LayoutBroken { layout: layout.key.clone(), cause })?;
        Ok(layout)
    }

    /// The column of a key.
    pub fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.key == key)
    }

    fn check(&self) -> Result<(), String> {
        let mut titles = std::collections::BTreeMap::new();
        let mut keys = std::collections::BTreeSet::new();
        for column in &self.columns {
            if !keys.insert(&column.key) {
                return Err(format!("column {} twice", column.key));
            }
            for title in std::iter::once(&column.title).chain(&column.aliases) {
                if let Some(other) = titles.insert(folded(title), &column.key)
                    && *other != column.key
                {
                    return Err(format!("«{title}» stands for {other} and {}", column.key));
                }
            }
            if matches!(column.kind, Kind::Unit | Kind::Choice) && column.choices.is_empty() {
                return Err(format!("column {} has no choices", column.key));
            }
        }
        let unknown = self.one_of.iter().flatten().find(|key| self.column(key).is_none());
        unknown.map_or(Ok(()), |key| Err(format!("one_of names {key}, which is no column")))
    }
}
