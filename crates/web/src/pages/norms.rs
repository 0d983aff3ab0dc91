//! GET /dinh-muc: what the program computes with, and where each figure stands written.

use axum::extract::State;
use desk::views::norms::{InForce, Norm, Table, norms};
use jiff::civil::Date;
use protocol::{NormUnit, Version};
use quantity::time::show_date;

use super::around::look;
use super::page_sheet::{self, Said};
use super::words::{device_key, number};
use crate::app::App;
use crate::respond::{Answer, page_of};
use crate::view::{Cell, Column, NormRow, NormTable, NormsPage, Say};
use crate::visitor::Member;

/// GET /dinh-muc.
pub(super) async fn page(State(app): State<App>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, norms).await?;
    let t = member.caller.say;
    let page = NormsPage {
        t,
        shell: around.shell(&app, &member, "room-oxygen"),
        sentence: sentence(t, &found),
        on: show_date(found.on),
        tables: found.tables.iter().map(|table| table_of(t, table)).collect(),
        sheet: page_sheet::offered(&member),
    };
    let (title, about) = (t.say("norms"), t.one("norms-on", "day", &page.on));
    let said = Said { t, shell: &page.shell, title: &title, lines: [&page.sentence, &about], sheet: &page.sheet };
    Ok(page_sheet::asked(&said, || sheet_of(t, &page)).unwrap_or_else(|| page_of(&page)))
}

/// The tables with what stands above each in its heading.
fn sheet_of(t: Say, page: &NormsPage) -> Vec<(String, crate::view::Table)> {
    let columns = || {
        vec![
            Column::words(t.say("column-norm")),
            Column::words(t.say("column-value")),
            Column::words(t.say("column-range")),
            Column::words(t.say("column-confirmed")),
        ]
    };
    let cells = |row: &NormRow| {
        let confirmed = t.say(if row.unconfirmed { "unconfirmed" } else { "has-source" });
        let told = [row.own.clone().unwrap_or_default(), row.source.clone()];
        let told: Vec<String> = told.into_iter().filter(|part| !part.is_empty()).collect();
        vec![
            Cell::text(row.name.clone()),
            Cell::figure(row.value.clone(), row.unit.clone()),
            Cell::text(row.range.clone()),
            Cell::text(confirmed).told(told.join(" · ")),
        ]
    };
    let table = |table: &NormTable| {
        let title = format!("{} · {} · {} · {}", table.title, table.version, table.validity, table.source);
        (title, crate::view::Table { columns: columns(), rows: table.rows.iter().map(cells).collect() })
    };
    page.tables.iter().map(table).collect()
}

/// How many figures, and how many of them nobody has confirmed.
fn sentence(t: Say, found: &InForce) -> String {
    let all = || found.tables.iter().flat_map(|table| &table.norms);
    let doubtful = all().filter(|norm| norm.unconfirmed).count();
    if doubtful == 0 {
        return t.one("norms-sentence-sure", "count", all().count());
    }
    t.two("norms-sentence", "count", all().count(), "doubtful", doubtful)
}

fn table_of(t: Say, table: &Table) -> NormTable {
    let version = &table.version;
    NormTable {
        id: table.name.replace(['.', '_'], "-"),
        title: version.title.clone(),
        version: version_words(t, version),
        validity: validity(t, version.valid_from, version.valid_to),
        source: version.source.clone(),
        rows: table.norms.iter().map(|norm| row_of(t, table, norm)).collect(),
        beside: table.beside.iter().map(|other| format!("{} ({})", other.title, other.id)).collect(),
    }
}

fn version_words(t: Say, version: &Version) -> String {
    t.two("norm-version", "id", version.id.to_string(), "number", i64::from(version.version))
}

fn validity(t: Say, from: Date, to: Option<Date>) -> String {
    match to {
        Some(to) => t.two("norm-valid-until", "from", show_date(from), "to", show_date(to)),
        None => t.one("norm-valid-from", "from", show_date(from)),
    }
}

fn row_of(t: Say, table: &Table, norm: &Norm) -> NormRow {
    let (low, high) = (amount(t, table.unit, norm.figure.low), amount(t, table.unit, norm.figure.high));
    let own_source = Some(norm.source.clone()).filter(|source| *source != table.version.source);
    NormRow {
        name: t.say(&key_of(&norm.key)),
        value: amount(t, table.unit, norm.figure.value),
        unit: unit_words(t, table, &norm.key),
        range: if low == high { String::new() } else { format!("{low} – {high}") },
        unconfirmed: norm.unconfirmed,
        own: norm.own.as_ref().map(|own| {
            let days = validity(t, own.valid_from, own.valid_to);
            t.two("norm-own", "id", own.id.to_string(), "days", days)
        }),
        source: own_source.unwrap_or_default(),
    }
}

/// Key of the words for what a figure is for.
pub(super) fn key_of(key: &str) -> String {
    let device = oxygen::Device::ALL.into_iter().find(|device| device.code() == key);
    device.map_or_else(|| format!("norm-{}", key.replace('_', "-")), |device| device_key(device).to_owned())
}

/// A figure as its reader writes it, with the decimals it has, three at most.
pub(super) fn amount(t: Say, unit: NormUnit, value: f64) -> String {
    if unit == NormUnit::Flag {
        return t.say(if value == 0.0 { "norm-no" } else { "norm-yes" });
    }
    let value = if unit == NormUnit::Share { value * 100.0 } else { value };
    let places = (0..3).find(|places| {
        let shifted = value * 10_f64.powi(*places);
        (shifted - shifted.round()).abs() < 1e-6
    });
    number(t, value, places.unwrap_or(3) as usize)
}

pub(super) fn unit_words(t: Say, table: &Table, key: &str) -> String {
    match table.unit {
        NormUnit::Share if key.ends_with("_per_day") || table.name == "oxygen.growth" => t.say("norm-unit-share-a-day"),
        NormUnit::Flag => String::new(),
        unit => t.say(&format!("norm-unit-{}", unit.code().replace('_', "-"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use locale::Locale;
    use protocol::Norms;

    /// Every figure that is shipped has its words in both languages.
    #[test]
    fn every_shipped_norm_has_its_words() {
        let norms = Norms::shipped().unwrap();
        let day = jiff::civil::date(2026, 11, 22);
        let mut seen = 0;
        for version in norms.tables().into_iter().flat_map(|table| norms.standing(table, day).collect::<Vec<_>>()) {
            for row in &version.rows {
                let unit = format!("norm-unit-{}", version.unit.code().replace('_', "-"));
                for locale in [Locale::Vietnamese, Locale::English] {
                    assert!(locale::knows(locale, &key_of(&row.key)), "{}", row.key);
                    assert!(version.unit == NormUnit::Flag || locale::knows(locale, &unit), "{unit}");
                }
                seen += 1;
            }
        }
        assert!(seen > 40, "only {seen}");
    }

    #[test]
    fn figures_keep_the_decimals_they_have() {
        let vi = Say(Locale::Vietnamese);
        assert_eq!(amount(vi, NormUnit::Share, 0.0035), "0,35");
        assert_eq!(amount(vi, NormUnit::Share, 0.35), "35");
        assert_eq!(amount(vi, NormUnit::Hours, 1_080.0), "1.080");
        assert_eq!(amount(vi, NormUnit::Bar, 1.5), "1,5");
        assert_eq!(amount(vi, NormUnit::Flag, 1.0), "có");
    }
}
