//! Whom to call: «Ông Lê Quang Thọ, chuyên viên …, điện thoại 0900.000.117».

use serde::{Deserialize, Serialize};

use crate::scan::{find_all, skip};
use crate::text::{Bounds, Found, Text};

/// A person or desk that answers questions about the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// As printed, without title; `None` for a hotline.
    pub name: Option<String>,
    /// Telephone: digits only.
    pub phone: String,
}

/// Words before a telephone number.
const PHONES: &[&str] =
    &["điện thoại", "đt", "sđt", "đtdđ", "số điện thoại", "di động", "đường dây nóng", "hotline", "số máy", "tel"];

/// Titles before a name.
const TITLES: &[&str] = &[
    "ông",
    "bà",
    "đồng chí",
    "đ/c",
    "bs",
    "bác sĩ",
    "ts",
    "ths",
    "ds",
    "cn",
    "bscki",
    "bs.cki",
    "bs.ckii",
    "anh",
    "chị",
    "dược sĩ",
];

/// Most bytes between the word and the number.
const FAR: usize = 40;

/// Most digits and fewest digits of a number.
const DIGITS: std::ops::RangeInclusive<usize> = 9..=12;

/// A number written with dots, blanks or hyphens: its digits.
fn phone(text: &Text, bounds: Bounds) -> Option<(String, usize)> {
    let from = skip(&text.normal, bounds.start, &[' ', ':', '.', '(', '+', '\n']);
    // «đường dây nóng Sở Y tế 0969 000 115»
    let named = text.slice(Bounds::new(from.min(bounds.end), bounds.end));
    let first = named.find(|letter: char| letter.is_ascii_digit())?;
    let near = named.get(..first).is_some_and(|words| words.len() <= FAR && !words.contains([';', '.']));
    let from = if near { from + first } else { return None };
    let slice = text.slice(Bounds::new(from.min(bounds.end), bounds.end));
    let run = slice.find(|letter: char| !letter.is_ascii_digit() && !" .-()".contains(letter)).unwrap_or(slice.len());
    let run = slice.get(..run)?.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    (DIGITS.contains(&digits.len()) && run.starts_with(|letter: char| letter.is_ascii_digit()))
        .then_some((digits, from + run.len()))
}

/// The name after the last title before a place: words with capitals.
fn name(text: &Text, before: Bounds) -> Option<Bounds> {
    let title = find_all(text, before, TITLES).pop()?;
    let from = skip(&text.normal, title.end, &[' ', '.', '\n', ':']);
    let mut end = from;
    for word in text.slice(Bounds::new(from, before.end)).split_inclusive(' ') {
        let bare = word.trim_end_matches([' ', ',', '-', '.', ';', '(']);
        if !bare.chars().next().is_some_and(char::is_uppercase) {
            break;
        }
        let start = end;
        end = start + word.len();
        if bare.len() < word.trim_end().len() {
            end = start + bare.len();
            break;
        }
    }
    let name = text.trim(Bounds::new(from, end), &[',', '-', '.']);
    (2..=6).contains(&text.slice(name).split_whitespace().count()).then_some(name)
}

/// The contacts of these parts of the text.
pub(crate) fn contacts(text: &Text, parts: &[Bounds]) -> Vec<Found<Contact>> {
    let mut found = Vec::new();
    for part in parts {
        let mut from = part.start;
        for hit in find_all(text, *part, PHONES) {
            let Some((digits, end)) = phone(text, Bounds::new(hit.end, part.end)).filter(|_| hit.start >= from) else {
                continue;
            };
            let named = name(text, Bounds::new(from, hit.start));
            let start = named.map_or(hit.start, |named| named.start);
            let contact = Contact { name: named.map(|named| text.words(named)), phone: digits };
            found.push(text.found(contact, Bounds::new(start, end), 88));
            from = end;
        }
    }
    found
}
