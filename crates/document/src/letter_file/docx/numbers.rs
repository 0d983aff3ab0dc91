//! Numbers of lists: Word stores none, it counts; so do we.

use std::collections::HashMap;

use super::super::LetterFileProblem;
use super::super::xml::{Step, Steps, attribute};

/// Levels that a list can have.
const LEVELS: usize = 9;

#[derive(Clone, Debug)]
struct Level {
    format: String,
    /// «%1.%2.»
    shown: String,
    start: u32,
}

impl Default for Level {
    fn default() -> Self {
        Self { format: "decimal".to_owned(), shown: String::new(), start: 1 }
    }
}

/// The lists of a file and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    kinds: HashMap<String, Vec<Level>>,
    /// List → its kind, and whether it begins anew.
    lists: HashMap<String, (String, bool)>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
}

impl Numbers {
    pub(super) fn read(xml: &str) -> Result<Self, LetterFileProblem> {
        let mut numbers = Self::default();
        let mut steps = Steps::of(xml);
        let (mut kind, mut list, mut level) = (None::<String>, None::<String>, None::<usize>);
        loop {
            match steps.next()? {
                Step::Open(start) | Step::Alone(start) => {
                    let value = || attribute(&start, "val").unwrap_or_default();
                    match start.local_name().as_ref() {
                        "abstractNum" => {
                            kind = attribute(&start, "abstractNumId");
                            let id = kind.clone().unwrap_or_default();
                            numbers.kinds.insert(id, vec![Level::default(); LEVELS]);
                        }
                        "num" => {
                            list = attribute(&start, "numId");
                            kind = None;
                        }
                        "abstractNumId" => {
                            if let Some(list) = &list {
                                numbers.lists.insert(list.clone(), (value(), false));
                            }
                        }
                        "startOverride" => {
                            if let Some((_, anew)) = list.as_ref().and_then(|list| numbers.lists.get_mut(list)) {
                                *anew = true;
                            }
                        }
                        "lvl" => level = attribute(&start, "ilvl").and_then(|value| value.parse().ok()),
                        name => {
                            let known = kind.as_ref().and_then(|kind| numbers.kinds.get_mut(kind));
                            let known = known.and_then(|levels| levels.get_mut(level?));
                            if let Some(level) = known {
                                match name {
                                    "numFmt" => level.format = value(),
                                    "lvlText" => level.shown = value(),
                                    "start" => level.start = value().parse().unwrap_or(1),
                                    _ => {}
                                }
                            }
                        }
                    }
                }
                Step::Close(name) if name == "lvl" => level = None,
                Step::End => return Ok(numbers),
                _ => {}
            }
        }
    }

    /// Counts on and gives what stands before the paragraph, with a blank after it.
    pub(super) fn next(&mut self, list: &str, level: usize) -> String {
        let Some((kind, anew)) = self.lists.get(list) else { return String::new() };
        let Some(levels) = self.kinds.get(kind) else { return String::new() };
        let level = level.min(LEVELS - 1);
        let Some(own) = levels.get(level) else { return String::new() };
        if own.format == "bullet" {
            return "- ".to_owned();
        }
        let key = if *anew { format!("list {list}") } else { format!("kind {kind}") };
        let counts = self.counts.entry(key).or_default();
        for (at, count) in counts.iter_mut().enumerate() {
            let start = levels.get(at).map_or(1, |level| level.start);
            match at.cmp(&level) {
                std::cmp::Ordering::Less => *count = Some(count.unwrap_or(start)),
                std::cmp::Ordering::Equal => *count = Some(count.map_or(start, |count| count.saturating_add(1))),
                std::cmp::Ordering::Greater => *count = None,
            }
        }
        let mut shown = own.shown.clone();
        for (at, count) in counts.iter().enumerate() {
            let mark = format!("%{}", at + 1);
            if shown.contains(&mark) {
                let format = levels.get(at).map_or("decimal", |level| level.format.as_str());
                shown = shown.replace(&mark, &written(count.unwrap_or(0), format));
            }
        }
        let shown = shown.trim();
        if shown.is_empty() { String::new() } else { format!("{shown} ") }
    }
}

fn written(count: u32, format: &str) -> String {
    match format {
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "lowerLetter" => letter(count).to_string(),
        "upperLetter" => letter(count).to_ascii_uppercase().to_string(),
        "decimalZero" => format!("{count:02}"),
        "none" => String::new(),
        _ => count.to_string(),
    }
}

fn letter(count: u32) -> char {
    char::from_u32('a' as u32 + count.saturating_sub(1) % 26).unwrap_or('a')
}

fn roman(count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = count.min(3999);
    let mut shown = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            shown.push_str(sign);
            left -= value;
        }
    }
    shown
}
