//! The weeks of the province on /so-ca: the last one in the sentence, all as columns, each figure with its source.

use desk::counts::Signal;
use desk::views::counts::{Board, ProvinceWeek};
use jiff::Span;
use jiff::civil::Date;
use quantity::time::show_date;

use super::counts::signal_words;
use super::words::{count, fill, number, source_of};
use crate::chart::{self, WeekChart, Width};
use crate::view::{Cell, Column, Say, Section, Table};

/// Weeks that a drawing of each width can name: a year, and half of one.
const WIDE: usize = 53;
const NARROW: usize = 26;

/// «Ca mắc mới, tuần đến 04/12/2021: 3.040, tăng 12 % so với tuần trước.»; nothing without a week.
pub(super) fn sentence(t: Say, found: &Board) -> String {
    let Some(last) = found.weeks.last() else { return String::new() };
    let facts = [
        ("signal", signal_words(t, found.signal).into()),
        ("ends", show_date(last.ends).into()),
        ("count", count(t, last.count).into()),
        ("change", change(t, before(&found.weeks, found.weeks.len() - 1), last).into()),
    ];
    let compared = before(&found.weeks, found.weeks.len() - 1).is_some_and(|before| goes_on(before, last));
    fill(t, if compared { "counts-weeks-says-compared" } else { "counts-weeks-says" }, &facts)
}

fn before(weeks: &[ProvinceWeek], place: usize) -> Option<&ProvinceWeek> {
    weeks.get(place.checked_sub(1)?)
}

/// Whether a week can be set against the one before: it follows at once, both are real or both invented.
fn goes_on(before: &ProvinceWeek, week: &ProvinceWeek) -> bool {
    let follows = before.ends.checked_add(Span::new().days(7)).is_ok_and(|day| day == week.ends);
    follows && before.simulated == week.simulated && before.count > 0
}

/// «tăng 12 %» on the week before; nothing where it cannot be set against it.
fn change(t: Say, before: Option<&ProvinceWeek>, week: &ProvinceWeek) -> String {
    let Some(before) = before.filter(|before| goes_on(before, week)) else { return String::new() };
    let share = (f64::from(week.count) / f64::from(before.count) - 1.0) * 100.0;
    match share.round() {
        0.0 => t.say("counts-weeks-same"),
        up if up > 0.0 => t.one("counts-weeks-more", "share", number(t, up, 0)),
        down => t.one("counts-weeks-fewer", "share", number(t, -down, 0)),
    }
}

/// The columns, and folded below them every week with its source; nothing without a week.
pub(super) fn sections(t: Say, found: &Board) -> Vec<Section> {
    if found.weeks.is_empty() {
        return Vec::new();
    }
    vec![drawn(t, found), listed(t, found)]
}

fn drawn(t: Say, found: &Board) -> Section {
    let title = title_of(t, found.signal, &found.area);
    let mut section = Section::new("tuan", title.clone());
    section.about = sources_of(t, &found.weeks).join(" ");
    let day = |week: Option<&ProvinceWeek>| week.map(|week| show_date(week.ends)).unwrap_or_default();
    let draw = |most: usize, width: Width| {
        let shown = &found.weeks[found.weeks.len().saturating_sub(most)..];
        let chart = WeekChart {
            id: "so-ca-tuan".to_owned(),
            title: title.clone(),
            description: t.two("counts-weeks-caption", "from", day(shown.first()), "to", day(shown.last())),
            axis: t.say("weeks-axis"),
            real: t.say("counts-weeks-real"),
            simulated: t.say("simulated"),
            weeks: shown.iter().map(column).collect(),
        };
        chart::weeks(&chart, width)
    };
    section.drawing = format!("{}{}", draw(WIDE, Width::Wide), draw(NARROW, Width::Narrow));
    section
}

fn title_of(t: Say, signal: Signal, area: &str) -> String {
    t.two("counts-weeks", "signal", signal_words(t, signal), "area", area)
}

fn column(week: &ProvinceWeek) -> chart::Week {
    chart::Week { ends: short(week.ends), count: week.count, simulated: week.simulated }
}

fn short(day: Date) -> String {
    format!("{:02}/{:02}", day.day(), day.month())
}

fn source(t: Say, week: &ProvinceWeek) -> String {
    match (week.summed, week.source) {
        _ if week.simulated => t.say("simulated"),
        (true, _) => t.say("counts-weeks-summed"),
        (false, Some(source)) => source_of(t, source.code()),
        (false, None) => t.say("counts-weeks-told"),
    }
}

fn listed(t: Say, found: &Board) -> Section {
    let mut section = Section::new("cac-tuan", t.say("counts-weeks-listed"));
    section.folded = true;
    let row = |(place, week): (usize, &ProvinceWeek)| {
        vec![
            Cell::text(show_date(week.ends)),
            Cell::text(count(t, week.count)),
            Cell::text(change(t, before(&found.weeks, place), week)),
            Cell::text(source(t, week)),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("counts-weeks-column-week")).lead(),
            Column::number(t.say("counts-column-figure")),
            Column::words(t.say("counts-weeks-column-change")),
            Column::words(t.say("column-source")),
        ],
        rows: found.weeks.iter().enumerate().rev().map(row).collect(),
    });
    section
}

/// What was told, what was summed up and what was made up, and from when to when.
fn sources_of(t: Say, weeks: &[ProvinceWeek]) -> Vec<String> {
    let line = |key: &&str| {
        let of_kind: Vec<&ProvinceWeek> = weeks.iter().filter(|week| kind(week) == *key).collect();
        let (first, last) = (of_kind.first()?, of_kind.last()?);
        let facts = [
            ("weeks", of_kind.len().into()),
            ("from", show_date(first.ends).into()),
            ("to", show_date(last.ends).into()),
            ("source", source(t, last).into()),
        ];
        Some(fill(t, key, &facts))
    };
    KINDS.iter().filter_map(line).collect()
}

/// The words of the three kinds of weeks.
const KINDS: [&str; 3] = ["counts-weeks-source-real", "counts-weeks-source-summed", "counts-weeks-source-simulated"];

const fn kind(week: &ProvinceWeek) -> &'static str {
    let [real, summed, simulated] = KINDS;
    match (week.simulated, week.summed) {
        (true, _) => simulated,
        (false, true) => summed,
        (false, false) => real,
    }
}
