//! GET /ca-mac: new cases of the province by week.

use axum::extract::State;
use desk::views::cases::{Cases, Week, cases};
use jiff::Span;
use quantity::time::show_date;

use super::around::look;
use super::page_sheet::{self, Said};
use super::words::{count, fill, number, source_of};
use crate::app::App;
use crate::chart::{self, WeekChart, Width, weeks};
use crate::respond::{Answer, page_of};
use crate::view::{CasesPage, Cell, Column, Say, Series, Table, WeekRow};
use crate::visitor::Member;

/// Weeks that a drawing of each width can name: a year, and half of one.
const WIDE: usize = 53;
const NARROW: usize = 26;

/// GET /ca-mac.
pub(super) async fn page(State(app): State<App>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, cases).await?;
    let t = member.caller.say;
    let last = found.weeks.last();
    let page = CasesPage {
        t,
        shell: around.shell(&app, &member, "cases"),
        sentence: sentence(t, &found),
        simulated: last.is_some_and(Week::is_simulated),
        area: found.area.clone(),
        series: series_of(t, &found),
        rows: rows_of(t, &found.weeks),
        sources: sources_of(t, &found.weeks),
        sheet: page_sheet::offered(&member),
    };
    let (title, about) = (t.say("cases"), page.sources.join(" "));
    let said = Said { t, shell: &page.shell, title: &title, lines: [&page.sentence, &about], sheet: &page.sheet };
    Ok(page_sheet::asked(&said, || vec![(found.area.clone(), table_of(t, &page.rows))])
        .unwrap_or_else(|| page_of(&page)))
}

fn table_of(t: Say, rows: &[WeekRow]) -> Table {
    let simulated = |row: &WeekRow| if row.simulated { t.say("simulated") } else { row.source.clone() };
    let cells = |row: &WeekRow| {
        vec![
            Cell::text(row.ends.clone()),
            Cell::text(row.count.clone()),
            Cell::text(row.change.clone()),
            Cell::text(simulated(row)),
        ]
    };
    Table {
        columns: vec![
            Column::words(t.say("column-week")),
            Column::number(t.say("column-cases")),
            Column::words(t.say("column-change")),
            Column::words(t.say("column-source")),
        ],
        rows: rows.iter().map(cells).collect(),
    }
}

/// The last week, and how it stands to the one before.
fn sentence(t: Say, found: &Cases) -> String {
    let Some(last) = found.weeks.last() else { return t.say("cases-none") };
    let before = found.weeks.len().checked_sub(2).and_then(|place| found.weeks.get(place));
    let facts = [("ends", show_date(last.ends).into()), ("count", people(t, last).into())];
    let change = change(t, before, last);
    let said = fill(t, "cases-week", &facts);
    if change.is_empty() { said } else { t.two("cases-compared", "said", said, "change", change) }
}

fn people(t: Say, week: &Week) -> String {
    count(t, shown(week))
}

fn shown(week: &Week) -> u32 {
    u32::try_from(week.cases.max(0)).unwrap_or(u32::MAX)
}

/// «tăng 12 %» on the week before; nothing where that week is missing, was zero, or is of the other kind.
fn change(t: Say, before: Option<&Week>, week: &Week) -> String {
    let next = |before: &&Week| before.ends.checked_add(Span::new().days(7)).is_ok_and(|day| day == week.ends);
    let same_kind = |before: &&Week| before.is_simulated() == week.is_simulated() && before.cases > 0;
    let Some(before) = before.filter(next).filter(same_kind) else { return String::new() };
    let share = (week.cases as f64 / before.cases as f64 - 1.0) * 100.0;
    match share.round() {
        0.0 => t.say("cases-same"),
        up if up > 0.0 => t.one("cases-more", "share", number(t, up, 0)),
        down => t.one("cases-fewer", "share", number(t, -down, 0)),
    }
}

/// Newest first.
fn rows_of(t: Say, weeks: &[Week]) -> Vec<WeekRow> {
    let row = |(place, week): (usize, &Week)| WeekRow {
        ends: show_date(week.ends),
        count: people(t, week),
        change: change(t, place.checked_sub(1).and_then(|before| weeks.get(before)), week),
        source: if week.is_simulated() { String::new() } else { source_of(t, &week.source) },
        simulated: week.is_simulated(),
    };
    weeks.iter().enumerate().rev().map(row).collect()
}

/// What was published and what was made up, and from when to when.
fn sources_of(t: Say, weeks: &[Week]) -> Vec<String> {
    let line = |key: &str, simulated: bool| {
        let of_kind: Vec<&Week> = weeks.iter().filter(|week| week.is_simulated() == simulated).collect();
        let (first, last) = (of_kind.first()?, of_kind.last()?);
        let facts = [
            ("weeks", of_kind.len().into()),
            ("from", show_date(first.ends).into()),
            ("to", show_date(last.ends).into()),
            ("source", source_of(t, &last.source).into()),
        ];
        Some(fill(t, key, &facts))
    };
    [line("cases-source-real", false), line("cases-source-simulated", true)].into_iter().flatten().collect()
}

fn series_of(t: Say, found: &Cases) -> Option<Series> {
    let (first, last) = (found.weeks.first()?, found.weeks.last()?);
    let caption = t.two("cases-caption", "from", show_date(first.ends), "to", show_date(last.ends));
    let draw = |most: usize, id: &str, width: Width| {
        let from = found.weeks.len().saturating_sub(most);
        let of_week = |week: &Week| chart::Week {
            ends: format!("{:02}/{:02}", week.ends.day(), week.ends.month()),
            count: shown(week),
            simulated: week.is_simulated(),
        };
        let chart = WeekChart {
            id: id.to_owned(),
            title: t.say("weeks-title"),
            description: caption.clone(),
            axis: t.say("weeks-axis"),
            real: t.say("weeks-real"),
            simulated: t.say("simulated"),
            weeks: found.weeks[from..].iter().map(of_week).collect(),
        };
        weeks(&chart, width)
    };
    Some(Series {
        wide: draw(WIDE, "cases", Width::Wide),
        narrow: draw(NARROW, "cases-narrow", Width::Narrow),
        caption,
    })
}
