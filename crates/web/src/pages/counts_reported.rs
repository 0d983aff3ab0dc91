//! /so-ca?xem=ngay-bao: what came in on which day, apart from the day of the event (F010).

use desk::counts::Signal;
use desk::views::counts::{Reported, ReportedDay, reported};
use jiff::civil::Date;
use quantity::time::show_date;

use super::around::look;
use super::counts::{HERE, signal_links, signal_words};
use super::plain::{answer, plain};
use super::words::{count, fill, number};
use crate::app::App;
use crate::respond::Answer;
use crate::view::{Cell, Column, Link, Say, Section, Table};
use crate::visitor::Member;

/// What the address says for this view of the page.
pub(super) const VIEW: &str = "ngay-bao";

/// The address of this view.
pub(super) fn address(signal: Signal) -> String {
    format!("/so-ca?loai={}&xem={VIEW}", signal.code())
}

/// The table by day of report.
pub(super) async fn page(app: &App, member: &Member, signal: Signal) -> Answer {
    let (around, found) =
        look(app, member, move |office, connection, actor| reported(office, connection, actor, signal)).await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, HERE, sentence(t, &found));
    page.title = t.say("counts-reported");
    page.about = t.say("counts-reported-about");
    if found.simulated {
        page.about = format!("{} {}", page.about, t.say("counts-simulated"));
    }
    page.trail = vec![Link { text: t.say(HERE), href: format!("/so-ca?loai={}", signal.code()) }];
    page.links = signal_links(t, signal, address);
    page.sections.push(table(t, &found));
    if !found.days.is_empty() {
        let mut section = Section::new("chep", t.say("counts-reported-copy"));
        section.copy = copied(t, &found);
        page.sections.push(section);
    }
    Ok(answer(&page))
}

/// «Ca mắc mới, báo cáo ngày 22/11/2026: biết thêm 312, trong đó 64 của những ngày trước.»
fn sentence(t: Say, found: &Reported) -> String {
    let signal = signal_words(t, found.signal);
    match found.days.first() {
        Some(day) => fill(t, "counts-reported-says", &facts(t, signal, day)),
        None => t.one("counts-reported-none", "signal", signal),
    }
}

fn facts(t: Say, signal: String, day: &ReportedDay) -> [(&'static str, locale::Fact); 7] {
    [
        ("signal", signal.into()),
        ("day", show_date(day.told_on).into()),
        ("more", signed(t, day.known_more()).into()),
        ("late", count(t, day.little_late.saturating_add(day.late)).into()),
        ("fewer", count(t, day.fewer).into()),
        ("back", count(t, day.back_fill).into()),
        ("same", count(t, day.same_day).into()),
    ]
}

fn signed(t: Say, people: i64) -> String {
    number(t, people as f64, 0)
}

fn short(day: Date) -> String {
    format!("{:02}/{:02}", day.day(), day.month())
}

fn table(t: Say, found: &Reported) -> Section {
    let mut section = Section::new("ngay-bao", t.say("counts-reported"));
    section.empty = t.say("counts-table-empty");
    let row = |day: &ReportedDay| {
        let of_days = day.of_days.map(|(first, last)| match first == last {
            true => short(first),
            false => format!("{} – {}", short(first), short(last)),
        });
        let places = t.one("counts-reported-places", "places", day.places.to_string());
        vec![
            Cell::text(show_date(day.told_on)).told(places),
            Cell::text(signed(t, day.known_more())),
            Cell::text(count(t, day.same_day)),
            Cell::text(count(t, day.little_late)),
            Cell::text(count(t, day.late)),
            Cell::text(count(t, day.fewer)),
            Cell::text(count(t, day.back_fill)),
            Cell::text(of_days.unwrap_or_default()),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            // No column leads: on a phone every figure keeps its name beside it.
            Column::words(t.say("counts-column-reported")),
            Column::number(t.say("counts-reported-more")),
            Column::number(t.say("counts-reported-same-day")),
            Column::number(t.say("counts-reported-little-late")),
            Column::number(t.say("counts-reported-late")),
            Column::number(t.say("counts-reported-fewer")),
            Column::number(t.say("counts-back-fill")),
            Column::words(t.say("counts-reported-of-days")),
        ],
        rows: found.days.iter().map(row).collect(),
    });
    section
}

/// The last seven days of report in words, for a message.
fn copied(t: Say, found: &Reported) -> String {
    let signal = signal_words(t, found.signal);
    let marked = if found.simulated { format!(" ({})", t.say("simulated")) } else { String::new() };
    let head = format!("{}{marked}", t.one("counts-reported-copy-head", "signal", signal.as_str()));
    let line = |day: &ReportedDay| fill(t, "counts-reported-copy-line", &facts(t, String::new(), day));
    let lines = found.days.iter().take(7).map(line);
    std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
}
