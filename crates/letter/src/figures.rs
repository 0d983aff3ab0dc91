//! Percentages with the word that limits them: «gần 100%», «trên 74%».

use serde::{Deserialize, Serialize};

use crate::scan::is_edge;
use crate::text::{Bounds, Found, Text};

/// How a figure is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// Nothing limits it.
    Exactly,
    /// «gần»
    Nearly,
    /// «trên», «hơn»
    Above,
    /// «khoảng»
    About,
    /// «ít nhất», «tối thiểu», «không dưới», «từ … trở lên»
    AtLeast,
    /// «dưới»
    Below,
    /// «không quá», «tối đa»
    AtMost,
}

/// A percentage in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// As printed, without blanks: «97,88%».
    pub written: String,
    /// How it is meant.
    pub qualifier: Qualifier,
}

/// Words that limit a figure.
const WORDS: &[(&str, Qualifier)] = &[
    ("gần", Qualifier::Nearly),
    ("trên", Qualifier::Above),
    ("hơn", Qualifier::Above),
    ("khoảng", Qualifier::About),
    ("ít nhất", Qualifier::AtLeast),
    ("tối thiểu", Qualifier::AtLeast),
    ("không dưới", Qualifier::AtLeast),
    ("không ít hơn", Qualifier::AtLeast),
    ("không thấp hơn", Qualifier::AtLeast),
    ("không kém", Qualifier::AtLeast),
    ("dưới", Qualifier::Below),
    ("không quá", Qualifier::AtMost),
    ("không vượt quá", Qualifier::AtMost),
    ("không nhiều hơn", Qualifier::AtMost),
    ("không hơn", Qualifier::AtMost),
    ("tối đa", Qualifier::AtMost),
];

/// The word that limits the figure which begins at a place, and where the two begin.
pub(crate) fn qualifier_before(text: &Text, bounds: Bounds, at: usize) -> (Qualifier, usize) {
    let before = text.low(Bounds::new(bounds.start, at)).trim_end();
    let fits = |word: &str| before.ends_with(word) && is_edge(before, before.len() - word.len());
    let word = WORDS.iter().filter(|(word, _)| fits(word)).max_by_key(|(word, _)| word.len());
    word.map_or((Qualifier::Exactly, at), |(word, qualifier)| (*qualifier, bounds.start + before.len() - word.len()))
}

/// The percentages of a part of the text, in its order.
pub(crate) fn figures(text: &Text, bounds: Bounds) -> Vec<Found<Figure>> {
    let slice = text.slice(bounds);
    let mut found = Vec::new();
    for (at, _) in slice.match_indices('%') {
        let head = slice.get(..at).unwrap_or("").trim_end();
        let number = head.trim_end_matches(|letter: char| letter.is_ascii_digit() || ",.".contains(letter));
        let digits = head.get(number.len()..).unwrap_or("").trim_start_matches([',', '.']);
        if !digits.starts_with(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        let from = bounds.start + head.len() - digits.len();
        let (qualifier, start) = qualifier_before(text, bounds, from);
        let figure = Figure { written: format!("{digits}%"), qualifier };
        found.push(text.found(figure, Bounds::new(start, bounds.start + at + 1), 95));
    }
    found
}
