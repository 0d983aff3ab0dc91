//! What a careful clerk reads in a letter, as written down beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The keys of `NAME.toml`; their meaning stands in `README.md`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clerk {
    pub family: Option<String>,
    pub issuer: Option<String>,
    pub parent_body: Option<String>,
    pub number: Option<String>,
    pub date: Option<String>,
    pub place: Option<String>,
    pub kind: Option<String>,
    pub subject: Option<String>,
    pub urgency: Option<String>,
    #[serde(default)]
    pub recipients: Vec<String>,
    pub alias: Option<String>,
    #[serde(default)]
    pub references: Vec<(String, String, String)>,
    #[serde(default)]
    pub unnumbered: Vec<(String, String, String)>,
    #[serde(default)]
    pub tasks: Vec<Task>,
    #[serde(default)]
    pub executors: Vec<String>,
    #[serde(default)]
    pub officers: Vec<(String, String)>,
    #[serde(default)]
    pub unaddressed: Vec<String>,
    pub report_to: Option<String>,
    #[serde(default)]
    pub figures: Vec<(String, String)>,
    #[serde(default)]
    pub amounts: Vec<(String, String)>,
    #[serde(default)]
    pub attachments: Vec<String>,
    #[serde(default)]
    pub contacts: Vec<(String, String)>,
    #[serde(default)]
    pub copies: usize,
    pub archive: Option<String>,
    #[serde(default)]
    pub authority: Vec<String>,
    pub post: Option<String>,
    pub name: Option<String>,
    #[serde(default)]
    pub missing: Vec<String>,
    /// For people.
    #[serde(default, rename = "note")]
    pub _note: Option<String>,
}

/// One task.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    pub owner: String,
    pub text: String,
    #[serde(default = "carry")]
    pub part: String,
    #[serde(default)]
    pub deadlines: Vec<String>,
    #[serde(default)]
    pub subtasks: usize,
    /// Compared where written.
    pub partners: Option<Vec<String>>,
    #[serde(default)]
    pub accountable: Vec<String>,
}

fn carry() -> String {
    "carry".to_owned()
}

/// A letter and what the clerk reads in it.
pub struct Pair {
    pub name: String,
    pub text: String,
    pub clerk: Clerk,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The letters of `texts` with what `tests/gold` says about them, by name.
fn pairs(gold: &str, texts: &str) -> BTreeMap<String, Pair> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder(gold)).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let clerk = std::fs::read_to_string(&path).expect("it is UTF-8");
        let clerk = toml::from_str(&clerk).unwrap_or_else(|error| panic!("{name}: {error}"));
        let text = std::fs::read_to_string(folder(texts).join(format!("{name}.txt"))).expect("a letter beside it");
        found.insert(name.clone(), Pair { name, text, clerk });
    }
    found
}

/// The 36.
pub fn ours() -> Vec<Pair> {
    pairs("gold/letters", "gold/letters").into_values().collect()
}

/// Eight more, written after the rules: what the reading makes of letters it has never seen.
pub fn later() -> Vec<Pair> {
    pairs("gold/later", "gold/later").into_values().collect()
}

/// 24 rebuilt after real papers of many offices: each has the form of one that was seen, in other words.
pub fn rebuilt() -> Vec<Pair> {
    pairs("gold/rebuilt", "gold/rebuilt").into_values().collect()
}

/// Eight written after the rules for the rebuilt ones: what the reading makes of letters it has never seen.
pub fn fresh() -> Vec<Pair> {
    pairs("gold/fresh", "gold/fresh").into_values().collect()
}

/// Whether a rebuilt letter is of the half that was opened only at the end.
pub fn closed(name: &str) -> bool {
    name.get(..2).and_then(|number| number.parse::<usize>().ok()).is_some_and(|number| !number.is_multiple_of(2))
}

/// The five of the mission.
pub fn five() -> Vec<Pair> {
    pairs("gold/five", "letters").into_values().collect()
}

/// Whether a letter is of the half that nobody looks at while the rules are made.
pub fn held_out(name: &str) -> bool {
    name.get(..2).and_then(|number| number.parse::<usize>().ok()).is_some_and(|number| number.is_multiple_of(3))
}
