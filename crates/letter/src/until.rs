//! Reads deadlines: what only sounds like one («kể từ ngày», «đến hết ngày», «trước, trong và sau Tết») is none.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::date::{Written, date_at};
use crate::deadline::{Clock, Deadline, Every, On, Word};
use crate::scan::{after, before, digits, find_all, past_words, skip, starts};
use crate::text::{Bounds, Found, Text};

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
    ("hoàn thành", Word::Latest),
    ("xong", Word::Latest),
    ("trong ngày", Word::Latest),
];

/// Words of a deadline that need «ngày» or «trong» right after them to be one.
const WEAK: &[&str] = &["hoàn thành", "xong"];

/// Small words between the word of a deadline and its day.
const SMALL: &[&str] = &["vào", "là", "đến", "trong", "gửi", "báo cáo", "hết"];

/// «17h00», «17 giờ 30», «17:00».
fn clock_at(text: &str, at: usize) -> Option<(Clock, usize)> {
    let (hour, end) = digits(text, at, 2)?;
    let mark = skip(text, end, &[' ']);
    let rest = text.get(mark..)?;
    let word = ["giờ", "h", "g", ":"].into_iter().find(|word| {
        // «5 hộp» is no hour.
        rest.strip_prefix(word).is_some_and(|after| !after.starts_with(char::is_alphabetic))
    })?;
    let from = skip(text, mark + word.len(), &[' ']);
    let (minute, end) = match digits(text, from, 2) {
        Some((minute, end)) if minute < 60 && after(text, end) != Some('/') => {
            // «16h30'», «16 giờ 30 phút»
            let marked = skip(text, end, &['\'', '’', '′']);
            let word = skip(text, end, &[' ']);
            let said = text.get(word..).is_some_and(|rest| starts(rest, "phút"));
            (minute, if said { word + "phút".len() } else { marked })
        }
        _ => (0, mark + word.len()),
    };
    let clock = Clock { hour: i8::try_from(hour).ok()?, minute: i8::try_from(minute).ok()? };
    (hour < 24 || hour == 24 && minute == 0).then_some((clock, end))
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

/// «trước ngày 25»: the next 25th after the letter.
fn day_alone(of_month: u32, issued: Option<Date>) -> Option<Date> {
    let issued = issued?;
    let of_month = i8::try_from(of_month).ok()?;
    let this = Date::new(issued.year(), issued.month(), of_month).ok();
    this.filter(|this| *this > issued).or_else(|| {
        let next = issued.first_of_month().checked_add(1.month()).ok()?;
        Date::new(next.year(), next.month(), of_month).ok()
    })
}

/// The period that a text names at a place or a little after: «hằng tháng», «mỗi tuần», «của tháng đầu mỗi quý».
fn period(low: &str, at: usize, end: usize) -> Option<(Every, usize)> {
    let from = past_words(low, at, &["của", "tháng đầu", "tháng cuối", "tháng sau", "đầu"]);
    let rest = low.get(from..end.max(from))?;
    let often = ["hằng", "hàng", "mỗi", "quý"].into_iter().find(|word| starts(rest, word))?;
    let unit = if often == "quý" { from } else { skip(low, from + often.len(), &[' ']) };
    let rest = low.get(unit..end.max(unit))?;
    let (name, every) = UNITS.iter().find(|(name, _)| starts(rest, name))?;
    Some((*every, unit + name.len()))
}

/// What a period is called.
const UNITS: &[(&str, Every)] = &[
    ("ngày", Every::Day),
    ("tuần", Every::Week),
    ("tháng", Every::Month),
    ("quý", Every::Quarter),
    ("năm", Every::Year),
];

/// «thứ Năm», «thứ 6», «Chủ nhật».
fn weekday(low: &str, at: usize) -> Option<(i8, usize)> {
    let rest = low.get(at..)?;
    if starts(rest, "chủ nhật") {
        return Some((8, at + "chủ nhật".len()));
    }
    let from = skip(low, at + rest.strip_prefix("thứ").map(|_| "thứ".len())?, &[' ']);
    let names = [("hai", 2), ("ba", 3), ("tư", 4), ("năm", 5), ("sáu", 6), ("bảy", 7)];
    let rest = low.get(from..)?;
    let named = names.iter().find(|(name, _)| starts(rest, name)).map(|(name, number)| (*number, from + name.len()));
    named.or_else(|| digits(low, from, 1).and_then(|(number, end)| Some((i8::try_from(number).ok()?, end))))
}

/// The deadlines of a place. `issued`: the letter's own day, for days without a year.
pub(crate) fn deadlines(text: &Text, bounds: Bounds, issued: Option<Date>) -> Vec<Found<Deadline>> {
    let low = &text.lower;
    let mut found: Vec<Found<Deadline>> = Vec::new();
    let mut taken = bounds.start;
    let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
    for hit in find_all(text, bounds, &words) {
        // «kể từ trước», «,trước»: no deadline; nor «trong thời hạn 5 ngày», which is relative.
        let told = text.low(Bounds::new(bounds.start, hit.start)).trim_end();
        let relative = text.low(hit) == "thời hạn" && told.ends_with("trong");
        if hit.start < taken || before(low, hit.start).is_some_and(|letter| letter == ',') || relative {
            continue;
        }
        let Some((name, word)) = WORDS.iter().find(|(word, _)| *word == text.low(hit)) else { continue };
        if WEAK.contains(name) {
            let next = low.get(skip(low, hit.end, &[' ', '\n'])..).unwrap_or("");
            if !(starts(next, "ngày") || starts(next, "trong ngày")) {
                continue;
            }
        }
        let mut at =
            if *name == "trong ngày" { skip(low, hit.end, &[' ', '\n']) } else { past_words(low, hit.end, SMALL) };
        let mut word = *word;
        // «thời hạn: trước ngày D»
        if let Some(rest) = low.get(at..).filter(|rest| starts(rest, "trước")) {
            word = Word::Before;
            at = past_words(low, low.len() - rest.len() + "trước".len(), SMALL);
        }
        if *name == "trong ngày" && told.ends_with("chậm nhất") {
            continue;
        }
        if let Some((days, end)) = yearly(text, bounds, at) {
            for on in days {
                let deadline = Deadline::Periodic { every: Every::Year, on: Some(on), clock: None };
                found.push(text.found(deadline, Bounds::new(hit.start, end), 88));
            }
            taken = end;
            continue;
        }
        if let Some((deadline, end, sure)) =
            one(text, bounds, at, word, issued).filter(|(_, end, _)| *end <= bounds.end)
        {
            found.push(text.found(deadline, Bounds::new(hit.start, end), sure));
            taken = end;
        }
    }
    within(text, bounds, issued, &mut found);
    relative(text, bounds, &mut found);
    periodic(text, bounds, &mut found);
    found.sort_by_key(|one| one.place.start);
    found
}

/// «ngày 15 tháng 6 và ngày 15 tháng 12 hằng năm»: two days and more of every year.
fn yearly(text: &Text, bounds: Bounds, at: usize) -> Option<(Vec<On>, usize)> {
    let low = &text.lower;
    let mut days = Vec::new();
    let mut at = at;
    while let Some((Written { day: Some(day), month: Some(month), year: None }, end)) =
        date_at(low, at).filter(|(_, end)| *end <= bounds.end)
    {
        days.push(On::Date { month, day });
        if let Some((Every::Year, end)) = period(low, end, bounds.end) {
            return (days.len() > 1).then_some((days, end));
        }
        at = past_words(low, end, &["và", "trước"]);
    }
    None
}

/// What stands after the word of a deadline, and where it ends.
fn one(text: &Text, bounds: Bounds, at: usize, word: Word, issued: Option<Date>) -> Option<(Deadline, usize, u8)> {
    let low = &text.lower;
    let mut at = at;
    let clock = clock_at(low, at);
    if let Some((_, end)) = clock {
        at = past_words(low, end, SMALL);
    }
    let hour = clock.map(|(clock, _)| clock);
    let recurs =
        |every: Every, on: Option<On>, end: usize| Some((Deadline::Periodic { every, on, clock: hour }, end, 90));
    if let Some((written, end)) = date_at(low, at).filter(|(written, _)| written.month.is_some()) {
        if let (Some((Every::Year, end)), Some(month), Some(day)) =
            (period(low, end, bounds.end), written.month, written.day)
        {
            return recurs(Every::Year, Some(On::Date { month, day }), end);
        }
        let (day, sure) = day(written, issued)?;
        return Some((Deadline::Absolute { word, day, clock: hour }, end, sure));
    }
    if let Some((number, end)) = weekday(low, at) {
        let (every, end) = period(low, end, bounds.end).unwrap_or((Every::Week, end));
        return (every == Every::Week).then(|| recurs(every, Some(On::Weekday(number)), end)).flatten();
    }
    if let Some(rest) = low.get(at..).filter(|rest| starts(rest, "ngày")) {
        let from = skip(low, low.len() - rest.len() + "ngày".len(), &[' ']);
        if let Some((number, end)) = digits(low, from, 2).filter(|(number, _)| (1..=31).contains(number)) {
            let sentence = crate::references::sentence_around(text, bounds, at);
            let named = period(low, end, bounds.end).or_else(|| Some((said(text, sentence)?, end)));
            let on = i8::try_from(number).ok().map(On::Day);
            if let Some((every, end)) = named.filter(|(every, _)| *every != Every::Day) {
                return recurs(every, on, end);
            }
            let next = low.get(end..).unwrap_or("").trim_start();
            let counted = ["làm việc", "kể từ", "tháng", "sau", "/", "-"].iter().any(|word| next.starts_with(word));
            let day = (!counted).then(|| day_alone(number, issued)).flatten()?;
            return Some((Deadline::Absolute { word, day, clock: hour }, end, 60));
        }
    }
    // «trước 7 giờ và trước 16 giờ hằng ngày»: an hour without a day recurs where the sentence says so.
    let (_, end) = clock?;
    let sentence = crate::references::sentence_around(text, bounds, at);
    match period(low, end, bounds.end) {
        Some((every, end)) => recurs(every, None, end),
        None => recurs(said(text, sentence)?, None, end),
    }
}

/// The period that a sentence says anywhere.
fn said(text: &Text, sentence: Bounds) -> Option<Every> {
    hits(text, sentence).into_iter().next().map(|(every, _)| every)
}

/// Every «hằng ngày», «mỗi tuần» of a place; «02 lần mỗi ngày» is none.
fn hits(text: &Text, bounds: Bounds) -> Vec<(Every, Bounds)> {
    let often = find_all(text, bounds, &["hằng", "hàng", "mỗi"]);
    let found = often.into_iter().filter_map(|hit| {
        let times = text.low(Bounds::new(bounds.start, hit.start)).trim_end().ends_with("lần");
        let unit = skip(&text.lower, hit.end, &[' ', '\n']);
        let rest = text.lower.get(unit..bounds.end)?;
        let (name, every) = UNITS.iter().find(|(name, _)| starts(rest, name))?;
        (!times || *every != Every::Day).then_some((*every, Bounds::new(hit.start, unit + name.len())))
    });
    found.collect()
}

/// «trong quý I/2022», «trong tháng 3/2025», «trong tháng 9 năm 2021».
fn within(text: &Text, bounds: Bounds, issued: Option<Date>, found: &mut Vec<Found<Deadline>>) {
    let low = &text.lower;
    for hit in find_all(text, bounds, &["trong quý", "trong tháng"]) {
        let quarter = text.low(hit).ends_with("quý");
        let from = skip(low, hit.end, &[' ']);
        let roman = [("iv", 4), ("iii", 3), ("ii", 2), ("i", 1)];
        let named = roman.iter().find(|(name, _)| quarter && starts(low.get(from..).unwrap_or(""), name));
        let Some((number, end)) =
            named.map(|(name, number)| (*number, from + name.len())).or_else(|| digits(low, from, 2))
        else {
            continue;
        };
        let year_from = past_words(low, skip(low, end, &['/', '-', ' ']), &["năm"]);
        let year = digits(low, year_from, 4).filter(|(year, _)| (1900..=2199).contains(year));
        let (year, end) = match year {
            Some((year, end)) => (i16::try_from(year).ok(), end),
            None => (issued.map(Date::year), end),
        };
        let month = if quarter { number * 3 } else { number };
        let first = year.zip(i8::try_from(month).ok()).and_then(|(year, month)| Date::new(year, month, 1).ok());
        if let Some(first) = first.filter(|_| end <= bounds.end) {
            let deadline = Deadline::Absolute { word: Word::Within, day: first.last_of_month(), clock: None };
            found.push(text.found(deadline, Bounds::new(hit.start, end), 88));
        }
    }
}

fn relative(text: &Text, bounds: Bounds, found: &mut Vec<Found<Deadline>>) {
    for hit in find_all(text, bounds, &["trong vòng", "trong thời hạn", "trong thời gian", "trong"]) {
        let at = past_words(&text.lower, hit.end, &["không quá", "tối đa"]);
        let Some((count, end)) = digits(&text.lower, at, 3) else { continue };
        let rest = text.low(Bounds::new(end, bounds.end.max(end)));
        // «03 (ba) ngày»
        let rest = rest.trim_start();
        let rest =
            rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest.trim_start());
        let working = starts(rest, "ngày làm việc");
        let Ok(count) = u16::try_from(count) else { continue };
        // «trong 24 giờ» is a term; «đủ dùng trong 7 ngày» is a quantity.
        let term = text.low(hit) != "trong";
        if term && starts(rest, "ngày") {
            found.push(text.found(Deadline::Relative { days: count, working }, Bounds::new(hit.start, end), 90));
        } else if starts(rest, "giờ") {
            found.push(text.found(Deadline::Hours { hours: count }, Bounds::new(hit.start, end), 85));
        }
    }
}

/// «báo cáo hằng tháng»: recurs, its hour or day not said; «hằng ngày» alone is a manner of work.
fn periodic(text: &Text, bounds: Bounds, found: &mut Vec<Found<Deadline>>) {
    for (every, hit) in hits(text, bounds) {
        let known = found.iter().any(|one| matches!(one.value, Deadline::Periodic { .. }));
        let near = crate::references::sentence_around(text, bounds, hit.start);
        let whole = hit.start == bounds.start && hit.end == bounds.end;
        let each = text.low(hit).starts_with("mỗi");
        // A day of the week that something is done on is a manner of work; only what is handed in is late.
        let handed = crate::number::has(text, near, &["báo cáo", "gửi"]);
        // «lúc 17 giờ hằng ngày»
        let clock = (every == Every::Day && !known && handed)
            .then(|| clock_before(text, Bounds::new(near.start, hit.start)))
            .flatten();
        if let Some((clock, from)) = clock {
            let deadline = Deadline::Periodic { every, on: None, clock: Some(clock) };
            found.push(text.found(deadline, Bounds::new(from, hit.end), 80));
            continue;
        }
        // «vào ngày 25 hằng tháng», «chiều thứ Sáu hằng tuần»
        if let Some((on, from)) =
            on_before(text, Bounds::new(near.start, hit.start), every).filter(|_| !known && handed)
        {
            let deadline = Deadline::Periodic { every, on: Some(on), clock: None };
            found.push(text.found(deadline, Bounds::new(from, hit.end), 80));
            continue;
        }
        if !known && !each && (whole || handed) {
            found.push(text.found(Deadline::Periodic { every, on: None, clock: None }, hit, 70));
        }
    }
}

/// The day that stands right before «hằng tháng» or «hằng tuần», and where it begins.
fn on_before(text: &Text, before: Bounds, every: Every) -> Option<(On, usize)> {
    let word = match every {
        Every::Month | Every::Quarter => "ngày",
        Every::Week => "thứ",
        Every::Day | Every::Year => return None,
    };
    let hit = find_all(text, before, &[word]).pop()?;
    let (on, end) = if every == Every::Week {
        let (day, end) = weekday(&text.lower, hit.start)?;
        (On::Weekday(day), end)
    } else {
        let (day, end) = digits(&text.lower, skip(&text.lower, hit.end, &[' ']), 2)?;
        (On::Day(i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?), end)
    };
    text.low(Bounds::new(end, before.end.max(end))).trim().is_empty().then_some((on, hit.start))
}

/// The hour that stands right before «hằng ngày», and where it begins.
fn clock_before(text: &Text, before: Bounds) -> Option<(Clock, usize)> {
    let hit = find_all(text, before, &["lúc", "vào lúc", "vào"]).pop()?;
    let (clock, end) = clock_at(&text.lower, skip(&text.lower, hit.end, &[' ']))?;
    text.low(Bounds::new(end, before.end.max(end))).trim().is_empty().then_some((clock, hit.start))
}
