//! Dates as Vietnamese papers write them: the day first, always.

use jiff::civil::{Date, DateTime, Time};

/// A day, and the time of day where one was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) day: Date,
    pub(super) time: Option<Time>,
}

/// Reads `7/9/2021`, `07/9/2021 17h00`, `17:00 ngày 7/9/2021`, `ngày 11 tháng 09 năm 2021`,
/// `2021-09-07T17:00` (with or without seconds and an offset, which must be Vietnam's).
pub(super) fn read(typed: &str) -> Option<Written> {
    let lower = typed.trim().to_lowercase();
    if lower.len() > 60 {
        return None;
    }
    if let Some(found) = iso(&lower) {
        return Some(found);
    }
    let words =
        lower.replace("ngày", " ").replace("tháng", "/").replace("năm", "/").replace("lúc", " ").replace(',', " ");
    // «11 / 09 / 2021» → «11/09/2021», «17 giờ 30» → «17h30».
    let words = words.replace("giờ", "h").replace("phút", " ");
    let mut tight = String::with_capacity(words.len());
    for shown in words.chars() {
        match shown {
            '/' | 'h' | ':' => {
                tight.truncate(tight.trim_end().len());
                tight.push(shown);
            }
            ' ' if tight.ends_with(['/', 'h', ':']) || tight.is_empty() => {}
            shown => tight.push(shown),
        }
    }
    let mut day = None;
    let mut time = None;
    for word in tight.split_whitespace() {
        let seen_day = day_first(word);
        let seen_time = clock(word);
        match (seen_day, seen_time) {
            (Some(found), _) if day.is_none() => day = Some(found),
            (_, Some(found)) if time.is_none() => time = Some(found),
            _ => return None,
        }
    }
    Some(Written { day: day?, time })
}

/// `7/9/2021`, `07-09-2021`, `7.9.2021`; four digits of the year.
fn day_first(word: &str) -> Option<Date> {
    let separator = ['/', '-', '.'].into_iter().find(|separator| word.contains(*separator))?;
    let mut parts = word.split(separator);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || !(1..=2).contains(&day.len()) || !(1..=2).contains(&month.len()) {
        return None;
    }
    Date::new(number(year)?, number(month)?.try_into().ok()?, number(day)?.try_into().ok()?).ok()
}

/// `17:00`, `17:00:30`, `17h00`, `17h`.
fn clock(word: &str) -> Option<Time> {
    let separator = ['h', ':'].into_iter().find(|separator| word.contains(*separator))?;
    let mut parts = word.split(separator);
    let hour = number(parts.next()?)?;
    let minute = match parts.next()? {
        "" if separator == 'h' => 0,
        minute if minute.len() == 2 => number(minute)?,
        _ => return None,
    };
    let second = match parts.next() {
        None => 0,
        Some(second) if separator == ':' && second.len() == 2 => number(second)?,
        Some(_) => return None,
    };
    if parts.next().is_some() {
        return None;
    }
    Time::new(hour.try_into().ok()?, minute.try_into().ok()?, second.try_into().ok()?, 0).ok()
}

/// `2021-09-07`, `2021-09-07T17:00:00+07:00`, `2021-09-07 17:00`.
fn iso(lower: &str) -> Option<Written> {
    let (day, rest) = lower.split_at_checked(10)?;
    let mut parts = day.split('-');
    let (year, month, date) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || month.len() != 2 || parts.next().is_some() {
        return None;
    }
    let day = Date::new(number(year)?, number(month)?.try_into().ok()?, number(date)?.try_into().ok()?).ok()?;
    if rest.is_empty() {
        return Some(Written { day, time: None });
    }
    let rest = rest.strip_prefix(['t', ' '])?;
    if let Some(utc) = rest.strip_suffix('z') {
        // Given in UTC: shown as Vietnam's clocks show it.
        let at = quantity::Moment::from_local(DateTime::from_parts(day, fractional_clock(utc)?));
        let local = (at + quantity::Span::hours(7)).local();
        return Some(Written { day: local.date(), time: Some(local.time()) });
    }
    let time = rest.strip_suffix("+07:00").unwrap_or(rest);
    Some(Written { day, time: Some(fractional_clock(time)?) })
}

/// A clock whose seconds may have a fraction, which is dropped.
fn fractional_clock(text: &str) -> Option<Time> {
    let (clock_part, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    clock(clock_part)
}

/// Up to four digits.
fn number(digits: &str) -> Option<i16> {
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn dates_are_read_as_papers_write_them() {
        let at = |day: Date, hour, minute| Some(Written { day, time: Some(time(hour, minute, 0, 0)) });
        let on = |day: Date| Some(Written { day, time: None });
        assert_eq!(read("7/9/2021"), on(date(2021, 9, 7)));
        assert_eq!(read("ngày 11 tháng 09 năm 2021"), on(date(2021, 9, 11)));
        assert_eq!(read("07/9/2021 17h00"), at(date(2021, 9, 7), 17, 0));
        assert_eq!(read("17 giờ 30 phút, ngày 07/9/2021"), at(date(2021, 9, 7), 17, 30));
        assert_eq!(read("22/11/2026 02:14"), at(date(2026, 11, 22), 2, 14));
        assert_eq!(read("2026-11-22T02:14:00.5+07:00"), at(date(2026, 11, 22), 2, 14));
        assert_eq!(read("2026-11-21T19:14:00Z"), at(date(2026, 11, 22), 2, 14));
    }

    #[test]
    fn what_is_no_date_or_could_be_two_is_refused() {
        for typed in [
            "9/23/2021",
            "31/2/2021",
            "7/9/21",
            "7/9",
            "hôm qua",
            "44522",
            "17:00",
            "7/9/2021 8/9/2021",
            "25:00 7/9/2021",
        ] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
