//! When it was so: «18h», «lúc 17h30», «22/11», «hôm qua»; «sáng nay» is asked about.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use quantity::{Moment, Span};

use super::words::Text;
use super::{Aside, AsideKind, Found, Place, Question, Reading};

/// A clock a little ahead, or an hour rounded up: taken as now.
const ROUNDED_UP: Span = Span::minutes(10);
/// Further ahead than this the hour was meant of the day before: nobody reports what comes next morning.
const DAY_BEFORE: Span = Span::hours(6);

/// Finds the hour and the day.
pub(super) fn time(text: &mut Text<'_>, received_at: Moment, reading: &mut Reading) {
    let day = day(text, received_at.date());
    let mut hours: Vec<Found<Time>> = Vec::new();
    let mut index = 0;
    while index < text.tokens.len() {
        index = hour_at(text, index, reading, &mut hours).max(index + 1);
    }
    let vague = vague(text);
    let now_said = now_said(text);
    let different = hours.iter().find(|hour| hour.value != hours[0].value).map(|hour| hour.place.clone());
    if let Some(second) = different {
        reading.questions.push(Question::Contradiction { first: hours[0].place.clone(), second });
        return;
    }
    match (hours.first(), vague, day, now_said) {
        (Some(hour), _, day, _) => settle(hour, day, received_at, reading),
        (None, Some(place), ..) | (None, None, Some((_, place)), None) => {
            reading.questions.push(Question::WhatHour { place });
        }
        (None, None, _, Some(place)) => reading.at = Some(Found { value: received_at, place }),
        (None, None, None, None) => {}
    }
}

fn settle(hour: &Found<Time>, day: Option<(Date, Place)>, received_at: Moment, reading: &mut Reading) {
    let place = hour.place.clone();
    let on = |date: Date| Moment::from_local(date.to_datetime(hour.value));
    let told = match &day {
        Some((date, _)) => on(*date),
        None => {
            let today = on(received_at.date());
            if today - received_at > DAY_BEFORE {
                received_at.date().checked_sub(1.day()).map_or(today, on)
            } else {
                today
            }
        }
    };
    if told - received_at > ROUNDED_UP {
        reading.questions.push(Question::LaterThanNow { place });
    } else {
        reading.at = Some(Found { value: told.min(received_at), place });
    }
}

/// Reads an hour at a number; returns where to go on.
fn hour_at(text: &mut Text<'_>, index: usize, reading: &mut Reading, hours: &mut Vec<Found<Time>>) -> usize {
    let Some(number) = text.whole(index) else { return index + 1 };
    let (mut minute, mut end) = (None, 0);
    let next = text.word(index + 1).to_owned();
    let joined = text.get(index + 1).is_some_and(|token| token.joined);
    if matches!(next.as_str(), "h" | "g" | "gio") && (joined || next != "g") {
        end = index + 2;
        if let Some(after) = text.number(end).filter(|after| after.len() == 2).and_then(super::words::whole) {
            minute = Some(after);
            end += 1;
            end += usize::from(matches!(text.word(end), "p" | "ph" | "phut"));
        } else if text.word(end) == "ruoi" {
            minute = Some(30);
            end += 1;
        }
    } else if let Some(after) = next.strip_prefix(['h', 'g']).filter(|after| joined && after.len() <= 2) {
        if let Ok(after) = after.parse() {
            (minute, end) = (Some(after), index + 2);
        }
    } else if text.sign(index + 1) == Some(':')
        && text.get(index + 2).is_some_and(|token| token.joined)
        && let Some(after) = text.number(index + 2).filter(|after| after.len() == 2)
    {
        (minute, end) = (super::words::whole(after), index + 3);
    }
    if end == 0 || number > 24 {
        return index + 1;
    }
    if is_lasting(text, index, end) {
        let place = text.place(index, end - 1);
        text.use_up(index..end);
        reading.asides.push(Aside { kind: AsideKind::Lasting, place });
        return end;
    }
    let afternoon = matches!(text.word(end), "chieu" | "toi");
    let told_half = afternoon || matches!(text.word(end), "sang" | "trua" | "dem" | "khuya");
    let hour = if (afternoon && number < 12) || (text.word(end) == "dem" && (6..12).contains(&number)) {
        number + 12
    } else {
        number % 24
    };
    end += usize::from(told_half);
    // «18h chiều nay», «6h sáng nay»: the day is today's.
    end += usize::from(told_half && text.word(end) == "nay");
    let minute = minute.unwrap_or(0);
    let time = i8::try_from(hour).ok().zip(i8::try_from(minute).ok()).and_then(|(h, m)| Time::new(h, m, 0, 0).ok());
    let Some(time) = time else { return index + 1 };
    let from = if text.word(index.wrapping_sub(1)) == "luc" { index - 1 } else { index };
    let place = text.place(from, end - 1);
    text.use_up(from..end);
    hours.push(Found { value: time, place });
    end
}

/// «còn 6h», «2h nữa», «đủ 10 giờ», «/24h» are no hours of the day.
fn is_lasting(text: &Text<'_>, index: usize, end: usize) -> bool {
    let before = |back: usize| index.checked_sub(back).map_or("", |at| text.word(at));
    let ahead = matches!(text.word(end), "nua" | "toi" | "lien") && text.get(end).is_some_and(|t| t.written != "tối");
    let counted = ["con", "du", "duoc", "trong", "sau", "moi", "them"];
    let qualified = ["khoang", "gan", "hon", "chung"];
    let amount = counted.contains(&before(1)) || (qualified.contains(&before(1)) && counted.contains(&before(2)));
    let per = index.checked_sub(1).and_then(|at| text.sign(at)) == Some('/');
    ahead || amount || per
}

/// A day, with its place: «22/11», «ngày 22/11/2026», «hôm qua», «hôm nay».
fn day(text: &mut Text<'_>, today: Date) -> Option<(Date, Place)> {
    for index in 0..text.tokens.len() {
        if text.has(index, &["hom", "qua"]) || text.has(index, &["hom", "nay"]) {
            let date = if text.word(index + 1) == "qua" { today.checked_sub(1.day()).ok()? } else { today };
            let place = text.place(index, index + 1);
            text.use_up(index..index + 2);
            return Some((date, place));
        }
        let (Some(day), Some('/'), Some(month)) = (text.whole(index), text.sign(index + 1), text.whole(index + 2))
        else {
            continue;
        };
        let year = (text.sign(index + 3) == Some('/')).then(|| text.whole(index + 4)).flatten();
        let named = index > 0 && text.word(index - 1) == "ngay";
        // «20/10» without a word beside it may be cylinders: then it is a number without unit.
        let counted = ["chai", "vo", "binh"];
        let beside = [index.wrapping_sub(1), index + 3].iter().any(|at| counted.contains(&text.word(*at)));
        let after_hour = index > 0 && matches!(text.any_word(index - 1), "h" | "gio" | "phut") && !beside;
        if beside || !(named || year.is_some() || after_hour) {
            continue;
        }
        let full_year =
            year.map_or(i32::from(today.year()), |year| if year < 100 { 2_000 + year as i32 } else { year as i32 });
        let date = Date::new(full_year as i16, month as i8, day as i8).ok();
        let Some(date) = date.filter(|_| day <= 31 && month <= 12 && (2_000..=2_200).contains(&full_year)) else {
            continue;
        };
        let first = if named { index - 1 } else { index };
        let last = if year.is_some() { index + 4 } else { index + 2 };
        let place = text.place(first, last);
        text.use_up(first..last + 1);
        return Some((date, place));
    }
    None
}

/// «sáng nay», «chiều nay», «tối qua», «đêm qua»: not exact.
fn vague(text: &mut Text<'_>) -> Option<Place> {
    let parts = ["sang", "trua", "chieu", "toi", "dem", "khuya"];
    let at = (0..text.tokens.len())
        .find(|at| parts.contains(&text.word(*at)) && matches!(text.word(at + 1), "nay" | "qua" | "hom"))?;
    let place = text.place(at, at + 1);
    text.use_up(at..at + 2);
    Some(place)
}

/// «hiện tại», «bây giờ», «lúc này», «ngay bây giờ».
fn now_said(text: &Text<'_>) -> Option<Place> {
    let words = [["hien", "tai"], ["bay", "gio"], ["luc", "nay"], ["vua", "xong"], ["hien", "nay"]];
    let at = (0..text.tokens.len()).find(|at| words.iter().any(|pair| text.has(*at, pair)))?;
    Some(text.place(at, at + 1))
}
