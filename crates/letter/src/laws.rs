//! Laws that a letter names by title and day, without a number: «Luật Bảo hiểm y tế ngày 14 tháng 11 năm 2008».

use serde::{Deserialize, Serialize};

use crate::date::{Written, date_at};
use crate::references::{Role, sentence_around};
use crate::scan::{find_all, skip};
use crate::text::{Bounds, Found, Text};

/// A document named by its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Law {
    /// As printed, without its day.
    pub title: String,
    /// Its day as printed.
    pub date: Option<Written>,
    /// What the letter does with it.
    pub role: Role,
}

/// Kinds that are named so.
const KINDS: &[&str] = &["luật", "bộ luật", "pháp lệnh", "hiến pháp"];

/// How far from its first word the day of a law is looked for, in bytes.
const FAR: usize = 600;

/// Longest title, in words.
const LONGEST: usize = 45;

/// The laws with a title and a day in these parts of the text, each once.
pub(crate) fn laws(text: &Text, parts: &[Bounds]) -> Vec<Found<Law>> {
    let mut found: Vec<Found<Law>> = Vec::new();
    for part in parts {
        let mut taken = part.start;
        for hit in find_all(text, *part, KINDS) {
            let capital = text.slice(hit).chars().next().is_some_and(char::is_uppercase);
            if hit.start < taken || !capital {
                continue;
            }
            let mut end = part.end.min(hit.start + FAR);
            while !text.normal.is_char_boundary(end) {
                end -= 1;
            }
            let stop = text.slice(Bounds::new(hit.start, end)).find([';', '\n']).map_or(end, |at| hit.start + at);
            let days = find_all(text, Bounds::new(hit.end, stop), &["ngày"]);
            let Some(day) = days.first().copied() else { continue };
            let Some((date, end)) = date_at(&text.lower, day.start).filter(|(date, _)| date.date().is_some()) else {
                continue;
            };
            let title = text.trim(Bounds::new(hit.start, day.start), &[',']);
            let words = text.slice(title).split_whitespace().count();
            if !(2..=LONGEST).contains(&words) || text.slice(title).contains(". ") {
                continue;
            }
            taken = end;
            let value = Law { title: text.words(title), date: Some(date), role: role(text, *part, hit.start) };
            if !found.iter().any(|known| known.value.title == value.title) {
                found.push(text.found(value, Bounds::new(hit.start, end), 92));
            }
        }
    }
    found
}

fn role(text: &Text, part: Bounds, at: usize) -> Role {
    let sentence = sentence_around(text, part, at);
    let before = Bounds::new(skip(&text.normal, sentence.start, &[' ']).min(at), at);
    let words = [("căn cứ", Role::LegalBasis), ("thực hiện", Role::Implements), ("theo", Role::Implements)];
    let hits = words.iter().filter_map(|(word, role)| Some((find_all(text, before, &[word]).pop()?.start, *role)));
    hits.max_by_key(|(at, _)| *at).map_or(Role::Mentions, |(_, role)| role)
}
