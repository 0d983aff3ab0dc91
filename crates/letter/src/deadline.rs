//! Until when: a deadline keeps its own word, and what only sounds like one is none.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::date::{Written, date_at};
use crate::scan::{after, before, digits, find_all, skip};
use crate::text::{Bounds, Found, Text};

/// The word of a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// «trước ngày D»: the day itself is too late.
    Before,
    /// «chậm nhất D», «hạn cuối D»: the day itself still counts.
    Latest,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// «hằng ngày»
    Day,
    /// «hằng tuần»
    Week,
    /// «hằng tháng»
    Month,
    /// «hằng quý»
    Quarter,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Clock {
    /// Hour, 0 to 24.
    pub hour: i8,
    /// Minute.
    pub minute: i8,
}

/// Until when something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// On a day.
    Absolute {
        /// Its word.
        word: Word,
        /// The printed day; a year left out is that of the letter.
        day: Date,
        /// The printed hour of that day.
        clock: Option<Clock>,
    },
    /// «trong vòng N ngày»
    Relative {
        /// How many.
        days: u16,
        /// «ngày làm việc»: by the calendar of working days.
        working: bool,
    },
    /// «hằng ngày trước 16 giờ»
    Periodic {
        /// How often.
        every: Every,
        /// Until which hour.
        clock: Option<Clock>,
    },
}

impl Deadline {
    /// From when it is overdue (local time): «trước ngày 15/9» from 15/9 00:00, «chậm nhất 15/9»
    /// from 16/9 00:00. `None` for what has no printed day.
    pub fn overdue_from(self) -> Option<DateTime> {
        let Self::Absolute { word, day, clock } = self else { return None };
        match (clock, word) {
            (Some(clock), _) if clock.hour < 24 => Some(day.at(clock.hour, clock.minute, 0, 0)),
            (None, Word::Before) => Some(day.at(0, 0, 0, 0)),
            _ => day.checked_add(1.day()).ok().map(|next| next.at(0, 0, 0, 0)),
        }
    }

    /// The printed day.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Absolute { day, .. } => Some(day),
            _ => None,
        }
    }
}

/// Words of haste: they give a day that a leader may set, never a deadline.
const HASTE: &[&str] = &["hỏa tốc", "khẩn trương", "ngay", "kịp thời", "thần tốc", "khẩn cấp"];

/// The words of haste in a place.
pub(crate) fn haste(text: &Text, bounds: Bounds) -> Vec<Found<String>> {
    find_all(text, bounds, HASTE).into_iter().map(|hit| text.quote(hit, 70)).collect()
}

/// The words that make a day a deadline.
const WORDS: &[(&str, Word)] = &[
    ("trước", Word::Before),
    ("hoàn thành trước", Word::Before),
    ("chậm nhất", Word::Latest),
    ("muộn nhất", Word::Latest),
    ("hạn cuối", Word::Latest),
    ("hạn chót", Word::Latest),
    ("thời hạn", Word::Latest),
    ("hạn báo cáo", Word::Latest),
];

/// «17h00», «17 giờ 30», «17:00».
fn clock_at(text: &str, at: usize) -> Option<(Clock, usize)> {
    let (hour, end) = digits(text, at, 2)?;
    let mark = skip(text, end, &[' ']);
    let rest = text.get(mark..)?;
    let word = ["giờ", "h", ":"].into_iter().find(|word| rest.starts_with(word))?;
    let from = skip(text, mark + word.len(), &[' ']);
    let (minute, end) = match digits(text, from, 2) {
        Some((minute, end)) if minute < 60 && after(text, end) != Some('/') => (minute, end),
        _ => (0, mark + word.len()),
    };
    let clock = Clock { hour: i8::try_from(hour).ok()?, minute: i8::try_from(minute).ok()? };
    (hour < 24 || hour == 24 && minute == 0).then_some((clock, end))
}

/// Past small words between the word of a deadline and its day.
fn past(text: &str, mut at: usize) -> usize {
    loop {
        at = skip(text, at, &[' ', '\n', ',', ':']);
        let rest = text.get(at..).unwrap_or("");
        let small = ["vào", "là", "đến", "trong", "gửi", "báo cáo", "hết"];
        match small.into_iter().find(|word| crate::scan::starts(rest, word)) {
            Some(word) => at += word.len(),
            None => return at,
        }
    }
}

/// The day of a date whose year may be left out.
fn day(written: Written, issued: Option<Date>) -> Option<(Date, u8)> {
    if let Some(day) = written.date() {
        return Some((day, 97));
    }
    let (issued, None) = (issued?, written.year) else { return None };
    let this = Written { year: Some(issued.year()), ..written }.date()?;
    // «trước ngày 5/1» in a letter of December is of the next year.
    let next = (this < issued && issued.month() >= 11 && this.month() <= 2)
        .then(|| Written { year: Some(issued.year() + 1), ..written }.date())
        .flatten();
    Some((next.unwrap_or(this), 85))
}

/// The deadlines of a place. `issued`: the letter's own day, for days without a year.
pub(crate) fn deadlines(text: &Text, bounds: Bounds, issued: Option<Date>) -> Vec<Found<Deadline>> {
    let low = &text.lower;
    let mut found = Vec::new();
    let mut taken = bounds.start;
    let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
    for hit in find_all(text, bounds, &words) {
        if hit.start < taken || before(low, hit.start).is_some_and(|letter| letter == ',') {
            continue;
        }
        let Some((_, word)) = WORDS.iter().find(|(word, _)| *word == text.low(hit)) else { continue };
        let mut at = past(low, hit.end);
        let mut word = *word;
        // «thời hạn: trước ngày D»
        if let Some(rest) = low.get(at..).filter(|rest| crate::scan::starts(rest, "trước")) {
            word = Word::Before;
            at = past(low, low.len() - rest.len() + "trước".len());
        }
        let clock = clock_at(low, at);
        if let Some((_, end)) = clock {
            at = past(low, end);
        }
        let Some((written, end)) = date_at(low, at).filter(|(_, end)| *end <= bounds.end) else { continue };
        if let Some((day, sure)) = day(written, issued) {
            let deadline = Deadline::Absolute { word, day, clock: clock.map(|(clock, _)| clock) };
            found.push(text.found(deadline, Bounds::new(hit.start, end), sure));
            taken = end;
        }
    }
    relative(text, bounds, &mut found);
    periodic(text, bounds, &mut found);
    found
}

fn relative(text: &Text, bounds: Bounds, found: &mut Vec<Found<Deadline>>) {
    for hit in find_all(text, bounds, &["trong vòng", "trong thời hạn", "trong thời gian"]) {
        let at = skip(&text.lower, hit.end, &[' ', '\n']);
        let Some((days, end)) = digits(&text.lower, at, 3) else { continue };
        let rest = text.low(Bounds::new(end, bounds.end.max(end))).trim_start();
        let working = crate::scan::starts(rest, "ngày làm việc");
        if let (Ok(days), true) = (u16::try_from(days), crate::scan::starts(rest, "ngày")) {
            found.push(text.found(Deadline::Relative { days, working }, Bounds::new(hit.start, end), 90));
        }
    }
}

fn periodic(text: &Text, bounds: Bounds, found: &mut Vec<Found<Deadline>>) {
    let kinds = [("ngày", Every::Day), ("tuần", Every::Week), ("tháng", Every::Month), ("quý", Every::Quarter)];
    for (unit, every) in kinds {
        let words: Vec<String> = ["hằng", "hàng", "mỗi"].iter().map(|word| format!("{word} {unit}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        for hit in find_all(text, bounds, &words) {
            // Only where a report or an hour stands beside it: «hằng ngày» alone is a manner of work.
            let near = crate::references::sentence_around(text, bounds, hit.start);
            let until = find_all(text, Bounds::new(near.start, near.end), &["trước", "chậm nhất"]);
            let clock = until.into_iter().find_map(|word| clock_at(&text.lower, past(&text.lower, word.end)));
            let report = crate::number::has(text, near, &["báo cáo", "gửi"]);
            if clock.is_some() || report {
                let sure = if clock.is_some() { 90 } else { 70 };
                let end = clock.map_or(hit.end, |(_, end)| end.clamp(hit.end, bounds.end.max(hit.end)));
                let clock = clock.map(|(clock, _)| clock);
                found.push(text.found(Deadline::Periodic { every, clock }, Bounds::new(hit.start, end), sure));
            }
        }
    }
}
