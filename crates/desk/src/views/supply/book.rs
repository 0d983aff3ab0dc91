//! The oxygen book of a facility and a month (sổ theo dõi oxy), day by day.

use std::collections::HashMap;

use jiff::civil::Date;
use oxygen::supply::{BookDay, BookTotals, DayFacts, book as lines_of, totals};
use oxygen::{MovementKind, StoreId};
use place::FacilityId;
use quantity::{Grams, Moment, Span};
use store::series::ReportLine;
use store::{Connection, series};

use super::Book;
use super::reconcile::{chosen, ends_of};
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::office::Office;

/// Reports of one month that are looked at: one every 20 minutes.
const MOST_REPORTS: i64 = 2_400;

/// The book of a month.
#[derive(Debug, Clone)]
pub struct BookMonth {
    /// Names and choices.
    pub book: Book,
    /// Which facility.
    pub facility: FacilityId,
    /// Its name.
    pub name: String,
    /// First day of the month.
    pub month: Date,
    /// Its days, up to today.
    pub days: Vec<BookDay>,
    /// Their sums.
    pub totals: BookTotals,
}

/// The book, as an actor may see it.
pub fn oxygen_book(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    facility: Option<FacilityId>,
    month: Option<Date>,
) -> Outcome<BookMonth> {
    let book = Book::open(office, connection, actor)?;
    let facility = chosen(&book, facility)?;
    let month = month.unwrap_or_else(|| book.at.date()).first_of_month();
    let (from, to) = ends_of(month);
    let to = to.min(book.at + Span::micros(1));
    let province = actor.province;
    // The day before says what the month opens with.
    let before = from - Span::days(1);
    let mut closing: HashMap<(Date, StoreId), (Moment, Grams)> = HashMap::new();
    let mut moved: HashMap<Date, (Grams, Grams)> = HashMap::new();
    for entry in facility.stores.iter().filter(|entry| entry.store.kind.holds_stock()) {
        let store = entry.store.id;
        let samples = series::readings(connection, province, store, before, to)?;
        let movements = series::movements(connection, province, store, (before, to), None)?;
        for sample in samples {
            closing.insert((sample.at.date(), store), (sample.at, sample.grams));
        }
        for movement in &movements {
            let day = movement.at.date();
            // What came after the last reading of the day is in the store at its end as well.
            if let Some((_, left)) = closing.get_mut(&(day, store)).filter(|(read, _)| movement.at > *read) {
                *left += movement.grams;
            }
            let sums = moved.entry(day).or_default();
            match movement.kind {
                MovementKind::Received => sums.0 += movement.grams,
                MovementKind::Used => {}
                _ => sums.1 += movement.grams,
            }
        }
    }
    let wrote = who_wrote(series::reports(connection, province, facility.id, to, MOST_REPORTS)?, before);
    let closes = |day: Date| -> Option<Grams> {
        let mut stores = facility.stores_on(day).filter(|store| store.kind.holds_stock()).peekable();
        stores.peek()?;
        stores.map(|store| closing.get(&(day, store.id)).map(|(_, left)| *left)).sum()
    };
    let mut facts = Vec::new();
    let mut day = month;
    while Moment::start_of(day) < to {
        let (received, otherwise) = moved.get(&day).copied().unwrap_or_default();
        let (patients, who) = wrote.get(&day).cloned().unwrap_or_default();
        facts.push(DayFacts { day, closing: closes(day), received, moved: otherwise, patients, who });
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    let days = lines_of(closes(before.date()), facts);
    Ok(BookMonth { totals: totals(&days), facility: facility.id, name: facility.body.name.clone(), month, days, book })
}

/// For each day the patients by its last count, and who wrote last.
fn who_wrote(reports: Vec<ReportLine>, since: Moment) -> HashMap<Date, (Option<u32>, Option<String>)> {
    let mut days: HashMap<Date, (Option<u32>, Option<String>)> = HashMap::new();
    // Newest first: what is there already is later.
    for report in reports.into_iter().filter(|one| one.reversed.is_none() && one.happened_at >= since) {
        let day = days.entry(report.happened_at.date()).or_default();
        if day.0.is_none() {
            day.0 = report.census.map(|(devices, _)| devices.iter().sum());
        }
        if day.1.is_none() {
            day.1 = report.told_by.or(report.recorded_by);
        }
    }
    days
}
