//! «Kính gửi»: to whom the letter goes, and the short name it gives them.

use serde::{Deserialize, Serialize};

use crate::text::{Bounds, Found, Text};

/// The addressees.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipients {
    /// As printed, groups not expanded.
    pub to: Vec<Found<String>>,
    /// The name by which the letter calls them from there on («các đơn vị»).
    pub alias: Option<Found<String>>,
}

/// Ends that are no part of a name.
const ENDS: &[char] = &['-', '+', '•', ';', '.', ',', ':'];

/// The short name in «(Sau đây gọi chung là các đơn vị)».
fn alias(text: &Text, bounds: Bounds) -> Option<(Bounds, Bounds)> {
    let low = text.low(bounds);
    let at = low.find("(sau đây gọi").or_else(|| low.find("sau đây gọi"))?;
    let rest = low.get(at..)?;
    let from = ["là ", "tắt "].iter().filter_map(|word| rest.find(word).map(|found| found + word.len())).min()?;
    let end = rest.find(')').unwrap_or(rest.len());
    let name = Bounds::new(bounds.start + at + from.min(end), bounds.start + at + end);
    let whole = Bounds::new(bounds.start + at, bounds.start + (at + end + 1).min(low.len()));
    let name = text.trim(name, &['"', '“', '”', '«', '»', '.', ':', ';']);
    let name = match text.low(name).strip_prefix("là ") {
        Some(rest) => Bounds::new(name.end - rest.len(), name.end),
        None => name,
    };
    (name.start < name.end).then_some((name, whole))
}

/// Reads the lines from «Kính gửi».
pub(crate) fn recipients(text: &Text, lines: &[Bounds]) -> Recipients {
    let mut found = Recipients::default();
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return found };
    // «THỦ TƯỚNG CHÍNH PHỦ điện:» opens the addressees of a telegram.
    let from = if text.low(*first).starts_with("kính gửi") { first.start + "kính gửi".len() } else { first.end };
    let whole = Bounds::new(crate::scan::skip(&text.normal, from, &[' ', ':']).min(last.end), last.end);
    let named = alias(text, whole);
    found.alias = named.map(|(name, _)| text.quote(name, 95));
    let mut parts: Vec<Bounds> = Vec::new();
    let mut start = whole.start;
    let slice = text.slice(whole);
    for (at, letter) in slice.char_indices() {
        let here = whole.start + at;
        let next_line =
            letter == '\n' && slice.get(at + 1..).is_some_and(|rest| rest.starts_with(['-', '+', '•', '(', '\n']));
        // Party papers end their items with commas.
        let next_line = next_line || (letter == '\n' && slice.get(..at).is_some_and(|head| head.ends_with(';')));
        if letter == ';' || next_line {
            parts.push(Bounds::new(start, here));
            start = here + letter.len_utf8();
        }
    }
    parts.push(Bounds::new(start, whole.end));
    for part in parts {
        // The bracket that gives the short name is no addressee.
        let part = match named {
            Some((_, bracket)) if part.start <= bracket.start && bracket.start < part.end => {
                Bounds::new(part.start, bracket.start)
            }
            _ => part,
        };
        let name = text.trim(part, ENDS);
        if text.slice(name).chars().any(char::is_alphabetic) {
            found.to.push(text.quote(name, 95));
        }
    }
    found
}
