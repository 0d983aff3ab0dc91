//! Numbers and symbols of documents: 7559/BYT-TB-CT, 30/2020/NĐ-CP, 632-TB/TU.

use serde::{Deserialize, Serialize};

use crate::scan::{after, before, digits, find, skip};
use crate::text::{Bounds, Found, Text};

/// Whose way of writing a number follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// `N/ISSUER-UNIT`, `N/KIND-ISSUER`, `N/YYYY/KIND-ISSUER`.
    State,
    /// `N-KIND/BODY`.
    Party,
}

/// The number of a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Number {
    /// The running number; `None` where it was left blank for the stamp.
    pub count: Option<u32>,
    /// The year inside the number, of laws and decrees.
    pub year: Option<i16>,
    /// The parts of the symbol in order: kind, issuer, unit as printed.
    pub symbols: Vec<String>,
    /// The way of writing.
    pub shape: Shape,
    /// As printed, without blanks.
    pub written: String,
}

/// Most letters of one part of a symbol.
const LONGEST_PART: usize = 12;

/// A part of a symbol: begins with a capital, holds `least` capitals or more.
fn part(text: &str, at: usize, least: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    // «QLCL&CĐT», «KD+KT»: two units in one part.
    let mut letters = rest.chars().peekable();
    let mut word = String::new();
    while let Some(letter) = letters.next() {
        let joins = "&+".contains(letter) && !word.is_empty() && letters.peek().is_some_and(|next| next.is_uppercase());
        if !letter.is_alphanumeric() && !joins {
            break;
        }
        word.push(letter);
    }
    let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
    let fits = word.chars().next().is_some_and(char::is_uppercase)
        && capitals >= least
        && word.chars().count() <= LONGEST_PART
        && capitals * 2 >= word.chars().count();
    fits.then_some(at + word.len())
}

/// The symbol of a state document, from its first part.
fn state_symbol(text: &str, at: usize) -> Option<(Vec<String>, usize)> {
    let mut end = part(text, at, 2)?;
    // «6820/EVN SPC-KD»: an issuer of two words before its unit.
    if let Some(second) = (after(text, end) == Some(' ')).then(|| part(text, end + 1, 2)).flatten()
        && after(text, second) == Some('-')
        && part(text, second + 1, 1).is_some()
    {
        end = second;
    }
    let mut parts = vec![text.get(at..end)?.to_owned()];
    while parts.len() < 4
        && after(text, end) == Some('-')
        && let Some(next) = part(text, end + 1, 1)
    {
        parts.push(text.get(end + 1..next)?.to_owned());
        end = next;
    }
    Some((parts, end))
}

/// What follows the running number; `at` is its end.
fn symbol(text: &str, at: usize) -> Option<(Option<i16>, Vec<String>, Shape, usize)> {
    let mark = skip(text, at, &[' ']);
    if mark > at + 1 {
        return None;
    }
    match after(text, mark)? {
        '/' => {
            let from = skip(text, mark + 1, &[' ']);
            if let Some((year @ 1900..=2099, end)) = digits(text, from, 4)
                && after(text, end) == Some('/')
            {
                let (parts, end) = state_symbol(text, end + 1)?;
                return Some((i16::try_from(year).ok(), parts, Shape::State, end));
            }
            let (parts, end) = state_symbol(text, from)?;
            Some((None, parts, Shape::State, end))
        }
        '-' => {
            let from = skip(text, mark + 1, &[' ']);
            let kind = part(text, from, 2)?;
            let slash = skip(text, kind, &[' ']);
            if after(text, slash) != Some('/') {
                return None;
            }
            let body = skip(text, slash + 1, &[' ']);
            let end = part(text, body, 2)?;
            Some((None, vec![text.get(from..kind)?.to_owned(), text.get(body..end)?.to_owned()], Shape::Party, end))
        }
        _ => None,
    }
}

/// The number that begins at a place.
fn number_at(text: &str, at: usize) -> Option<(Number, usize)> {
    let (count, mut end) = digits(text, at, 5)?;
    if let Some(letter) = after(text, end).filter(|letter| letter.is_ascii_lowercase()) {
        end += letter.len_utf8();
    }
    let (year, symbols, shape, end) = symbol(text, end)?;
    let written = text.get(at..end)?.split_whitespace().collect();
    Some((Number { count: Some(count), year, symbols, shape, written }, end))
}

/// All numbers of a part of the text.
pub(crate) fn numbers(text: &Text, bounds: Bounds) -> Vec<(Number, Bounds)> {
    let mut found = Vec::new();
    let mut at = bounds.start;
    while let Some(step) = text.slice(Bounds::new(at, bounds.end)).find(|letter: char| letter.is_ascii_digit()) {
        at += step;
        let free = before(&text.normal, at).is_none_or(|letter| !letter.is_alphanumeric() && !"/.,-".contains(letter));
        match number_at(&text.normal, at).filter(|(_, end)| free && *end <= bounds.end) {
            Some((number, end)) => {
                found.push((number, Bounds::new(at, end)));
                at = end;
            }
            None => at += text.slice(Bounds::new(at, bounds.end)).bytes().take_while(u8::is_ascii_digit).count(),
        }
    }
    found
}

/// A running number whose digits stand apart: «3 1 5 2 /SYT-NVY».
fn spaced(text: &Text, line: Bounds) -> Option<(Number, Bounds)> {
    let start = skip(&text.normal, line.start, &[' ', ':', '.']);
    let rest = text.slice(Bounds::new(start.min(line.end), line.end));
    let run = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ' ')?;
    let digits: String = rest.get(..run)?.split(' ').collect();
    let apart = rest.get(..run)?.trim().contains(' ') && (1..=5).contains(&digits.len());
    let (year, symbols, shape, end) =
        apart.then(|| symbol(&text.normal, start + rest.get(..run)?.trim_end().len()))??;
    let symbol: String = text.normal.get(start + run..end)?.split_whitespace().collect();
    let number = Number { count: digits.parse().ok(), year, symbols, shape, written: format!("{digits}{symbol}") };
    (end <= line.end).then_some((number, Bounds::new(start, end)))
}

/// The document's own number: the first line that begins «Số» before the addressees.
pub(crate) fn own(text: &Text, head: &[Bounds]) -> Option<Found<Number>> {
    for line in head {
        let low = text.low(*line);
        let Some(rest) = low.strip_prefix("số").filter(|rest| rest.starts_with([':', ' ', '.', '/'])) else {
            continue;
        };
        let from = Bounds::new(line.end - rest.len(), line.end);
        if let Some((number, bounds)) = spaced(text, from) {
            return Some(text.found(number, bounds, 90));
        }
        if let Some((number, bounds)) = numbers(text, from).into_iter().next() {
            return Some(text.found(number, bounds, 98));
        }
        let at = skip(&text.normal, from.start, &[' ', ':', '.', '…', '_']);
        if let Some((year, symbols, shape, end)) = symbol(&text.normal, at).filter(|found| found.3 <= line.end) {
            let bounds = Bounds::new(at, end);
            let written = text.slice(bounds).split_whitespace().collect();
            return Some(text.found(Number { count: None, year, symbols, shape, written }, bounds, 95));
        }
    }
    None
}

/// Whether a whole word of small letters stands in the place; a convenience of the readers.
pub(crate) fn has(text: &Text, bounds: Bounds, words: &[&str]) -> bool {
    words.iter().any(|words| find(text, bounds, words).is_some())
}
