//! Dates as letters write them, blanks included.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::scan::{after, before, digits, find, skip};
use crate::text::{Bounds, Found, Text};

/// A date as written: what was left blank stays blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Written {
    /// Day of the month.
    pub day: Option<i8>,
    /// Month.
    pub month: Option<i8>,
    /// Year.
    pub year: Option<i16>,
}

impl Written {
    /// The day, where the calendar has it and nothing is blank (30/2 is none).
    pub fn date(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }

    /// Whether all is written and the calendar has no such day.
    pub fn is_impossible(self) -> bool {
        self.day.is_some() && self.month.is_some() && self.year.is_some() && self.date().is_none()
    }
}

/// What the date of a letter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateIs {
    /// The day it was issued.
    Issued,
    /// The day of the meeting that it concludes; its own date is missing.
    Meeting,
}

/// Letters that fill a blank.
const BLANKS: [char; 5] = [' ', '.', '…', '_', '\n'];

/// The date at a place: «ngày 11 tháng 09 năm 2021», «ngày 7/9/2021», «15/9». Where it ends.
pub(crate) fn date_at(text: &str, at: usize) -> Option<(Written, usize)> {
    let rest = text.get(at..)?;
    let Some(rest) = rest.strip_prefix("ngày") else { return numeric(text, at) };
    let from = skip(text, text.len() - rest.len(), &BLANKS);
    if let Some(found) = numeric(text, from) {
        return Some(found);
    }
    let (day, from) = digits(text, from, 2).map_or((None, from), |(day, end)| (i8::try_from(day).ok(), end));
    let from = skip(text, from, &BLANKS);
    let from = from + text.get(from..)?.strip_prefix("tháng").map(|_| "tháng".len())?;
    let from = skip(text, from, &BLANKS);
    let (month, from) = digits(text, from, 2).map_or((None, from), |(month, end)| (i8::try_from(month).ok(), end));
    let year_from = skip(text, from, &BLANKS);
    let year_from = match text.get(year_from..).and_then(|rest| rest.strip_prefix("năm")) {
        Some(_) => skip(text, year_from + "năm".len(), &BLANKS),
        None => return Some((Written { day, month, year: None }, from)),
    };
    let (year, end) = match digits(text, year_from, 4) {
        Some((year @ 1900..=2199, end)) => (i16::try_from(year).ok(), end),
        _ => (None, from),
    };
    Some((Written { day, month, year }, end))
}

/// «7/9/2021», «7-9-2021», «7.9.2021», «7/9».
fn numeric(text: &str, at: usize) -> Option<(Written, usize)> {
    let (day, end) = digits(text, at, 2)?;
    let mark = after(text, end).filter(|mark| "/-.".contains(*mark))?;
    let (month, end) = digits(text, end + 1, 2)?;
    let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
    if !(1..=31).contains(&day) || !(1..=12).contains(&month) {
        return None;
    }
    let with_year = (after(text, end) == Some(mark)).then(|| digits(text, end + 1, 4)).flatten();
    if let Some((year @ 1900..=2199, end)) = with_year {
        return Some((Written { day: Some(day), month: Some(month), year: i16::try_from(year).ok() }, end));
    }
    let free = after(text, end).is_none_or(|next| !next.is_alphanumeric() && next != '/');
    (mark == '/' && free).then_some((Written { day: Some(day), month: Some(month), year: None }, end))
}

/// All dates of a place with a year, whatever stands before them.
pub(crate) fn dates(text: &Text, bounds: Bounds) -> Vec<(Written, Bounds)> {
    let mut found = Vec::new();
    let mut taken = bounds.start;
    for at in text.word_starts(bounds).iter().copied() {
        let free = at >= taken && before(&text.lower, at) != Some('/');
        let opens = after(&text.lower, at).is_some_and(|letter| letter == 'n' || letter.is_ascii_digit());
        let here = (free && opens).then(|| date_at(&text.lower, at)).flatten().filter(|(_, end)| *end <= bounds.end);
        if let Some((written, end)) = here {
            found.push((written, Bounds::new(at, end)));
            taken = end;
        }
    }
    found
}

/// «ngày 1 8 tháng 11 năm 2 0 2 1»: digits that stand apart.
fn spaced_date(text: &Text, line: Bounds, word: Bounds) -> Option<(Written, usize)> {
    let low = text.low(Bounds::new(word.end, line.end));
    let (day, rest) = low.split_once("tháng")?;
    let (month, year) = rest.split_once("năm")?;
    let joined = |words: &str| -> Option<i16> {
        let digits: String = words.split(' ').collect();
        digits.trim_end_matches('.').parse().ok()
    };
    let apart = [day, month, year].iter().any(|words| words.trim().contains(' '));
    let written = Written {
        day: i8::try_from(joined(day)?).ok(),
        month: i8::try_from(joined(month)?).ok(),
        year: joined(year).filter(|year| (1900..=2199).contains(year)),
    };
    (apart && written.date().is_some()).then_some((written, line.end))
}

/// Place and date of the letter: «Hà Nội, ngày 11 tháng 09 năm 2021» in the head.
pub(crate) fn place_and_date(text: &Text, head: &[Bounds]) -> (Option<Found<String>>, Option<Found<Written>>) {
    for line in head {
        if text.low(*line).starts_with("v/v") {
            continue;
        }
        let Some(word) = find(text, *line, "ngày") else { continue };
        let found =
            date_at(&text.lower, word.start).filter(|(written, _)| written.month.is_some() || written.year.is_some());
        let Some((written, end)) = spaced_date(text, *line, word).or(found) else { continue };
        let comma = text.slice(Bounds::new(line.start, word.start)).trim_end();
        let Some(names) = comma.strip_suffix(',') else { continue };
        // The words with capitals before the comma: another column may stand on the same line.
        let mut start = names.len();
        for word in names.rsplit(' ').take(5) {
            let from = names.len().min(start).saturating_sub(word.len() + usize::from(start < names.len()));
            // «Thành phố Hồ Chí Minh»
            let named = ["phố", "xã"].contains(&word)
                || word.chars().next().is_some_and(char::is_uppercase) && !word.contains(['/', ':']);
            if !named {
                break;
            }
            start = from;
        }
        let place = text.trim(Bounds::new(line.start + start, line.start + names.len()), &[]);
        // «Nghị quyết số 72-NQ/TW, ngày 09/9/2025» is the date of another document.
        if place.start == place.end && !names.trim().is_empty() {
            continue;
        }
        let place = (place.start < place.end).then(|| text.quote(place, 95));
        return (place, Some(text.found(written, Bounds::new(word.start, end), 97)));
    }
    (None, None)
}

/// Whether the head gives two different days of issue, each after a place and a comma.
pub(crate) fn differ(text: &Text, head: &[Bounds]) -> bool {
    let dated = |line: &&Bounds| !text.low(**line).starts_with("v/v") && text.low(**line).contains(", ngày");
    let mut days = head.iter().filter(dated).filter_map(|line| {
        let word = find(text, *line, "ngày")?;
        date_at(&text.lower, word.start)?.0.date()
    });
    let first = days.next();
    days.any(|day| Some(day) != first)
}
