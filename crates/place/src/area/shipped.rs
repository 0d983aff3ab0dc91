//! The areas that the program ships, made by `scripts/areas/build.py`.

use jiff::civil::Date;

use super::{Area, AreaBook, AreaCode};

/// Tab-separated rows; the head of the file names the columns.
const SHIPPED: &str = include_str!("../../data/areas.tsv");

impl AreaBook {
    /// The areas of the whole country in the states that the two source packages hold, and the
    /// changes of 30/4/2026 (`data/LICENCES.md`). Parsed at each call: keep the book.
    pub fn shipped() -> Self {
        let mut areas = Vec::with_capacity(16_000);
        let mut known = Vec::new();
        for line in SHIPPED.lines() {
            match line.strip_prefix("# ") {
                Some(head) => known.extend(known_stretch(head)),
                None => areas.extend(row(line)),
            }
        }
        Self::new(areas, known)
    }
}

/// `known⇥20211101⇥20221231`: a stretch whose state the sources hold.
fn known_stretch(head: &str) -> Option<(Date, Option<Date>)> {
    let mut fields = head.strip_prefix("known\t")?.split('\t');
    Some((day(fields.next()?)?, fields.next().and_then(day)))
}

/// One row; `None` only if the file were damaged, which the test of the counts would show.
fn row(line: &str) -> Option<Area> {
    let mut fields = line.split('\t');
    let code: AreaCode = fields.next()?.parse().ok()?;
    let name = fields.next()?.into();
    let parent = fields.next().and_then(|text| text.parse().ok());
    let valid_from = day(fields.next()?)?;
    let valid_to = fields.next().and_then(day);
    let successors = fields.next().unwrap_or("").split('|').filter_map(|text| text.parse().ok()).collect();
    let lat = fields.next().and_then(|text| text.parse().ok());
    let lon = fields.next().and_then(|text| text.parse().ok());
    Some(Area { code, name, level: code.level(), parent, valid_from, valid_to, successors, lat, lon })
}

/// `20250701`.
fn day(text: &str) -> Option<Date> {
    let number: i32 = text.parse().ok()?;
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
