//! GET /du-bao: what is expected of the coming weeks, place by place, beside the naive forecast and the record of past
//! forecasts (F010, PR03, TR01).

use axum::extract::{Query, State};
use desk::counts::Signal;
use desk::forecasts::Doubt;
use desk::rights::Capability;
use desk::views::forecast_set::forecast_set;
use desk::views::forecasts::{Chosen, Forecasts, Line, PastRecord, forecasts};
use jiff::civil::Date;
use quantity::time::show_date;

use super::around::look;
use super::fields::Fields;
use super::plain::{answer, plain};
use super::words::{fill, number};
use crate::app::App;
use crate::chart::{Counted, Fan, FanChart, FanWords, Width, fan};
use crate::respond::{Answer, Problem, attachment};
use crate::view::{Cell, Column, Link, Say, Section, Table};
use crate::visitor::Member;

/// Weeks behind that a drawing of each width shows.
const WIDE: usize = 40;
const NARROW: usize = 16;
/// With so many forecasts held against what came it is said when their ranges were too narrow.
const ENOUGH: usize = 8;
/// Below this share of truths within the 90 % range it was too narrow.
const TOO_NARROW: f64 = 0.75;
/// Shares of the quantiles that a drawing shows: 5, 25, 50, 75, 95 %.
pub(super) const DRAWN: [usize; 5] = [2, 6, 11, 16, 20];

/// GET /du-bao; `chi-so` is the signal, `noi` the key of a place.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let signal = Signal::from_code(fields.text("chi-so")).unwrap_or(Signal::Cases);
    let asked = fields.text("noi").to_owned();
    let (around, found) =
        look(&app, &member, move |office, connection, actor| forecasts(office, connection, actor, signal, &asked))
            .await?;
    let t = member.caller.say;
    let mut page = plain(&app, &member, &around, "forecast", sentence(t, &found));
    page.about = about(t, &found);
    if found.simulated {
        page.about = format!("{} {}", page.about, t.say("forecast-simulated"));
    }
    page.links = found.others.iter().map(|other| to_signal(t, *other)).collect();
    if found.newest.is_some() && member.visitor.actor.may(Capability::ExportFigures) {
        let href = format!("/du-bao/tep?chi-so={}", signal.code());
        page.links.push(Link { text: t.say("forecast-file"), href });
    }
    if let Some(chosen) = &found.chosen {
        if !chosen.counted.is_empty() {
            page.sections.push(drawn(t, chosen));
        }
        if !chosen.ahead.is_empty() {
            page.sections.push(ahead(t, chosen));
        }
        page.sections.push(judged(t, chosen));
    }
    if found.lines.len() > 1 {
        let last = found.newest.as_ref().map(|newest| newest.content.last);
        page.sections.push(places(t, signal, &found.lines, last));
    }
    Ok(answer(&page))
}

/// GET /du-bao/tep: all forecasts of a signal with what was counted, packed (docs/formats/forecast-set.md).
pub(super) async fn file(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let signal = Signal::from_code(fields.text("chi-so")).unwrap_or(Signal::Cases);
    let (around, files) =
        look(&app, &member, move |office, connection, actor| forecast_set(office, connection, actor, signal)).await?;
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let packed = document::exchange::packed(&files).map_err(|_| Problem::no_page(&member.caller))?;
    let name = format!("du-bao-{}-{}.zip", signal.code(), around.now.date());
    Ok(attachment("application/zip", &name, packed))
}

fn address(signal: Signal, place: &str) -> String {
    format!("/du-bao?chi-so={}&noi={place}", signal.code())
}

fn to_signal(t: Say, signal: Signal) -> Link {
    Link { text: signal_words(t, signal), href: format!("/du-bao?chi-so={}", signal.code()) }
}

fn signal_words(t: Say, signal: Signal) -> String {
    t.say(&format!("counts-signal-{}", signal.code()))
}

pub(super) fn whole(t: Say, figure: f64) -> String {
    number(t, figure, 0)
}

/// What next week and the fourth bring in the chosen place.
fn sentence(t: Say, found: &Forecasts) -> String {
    let Some(chosen) = &found.chosen else { return t.say("forecast-none") };
    let (Some((_, first)), Some((ends, last))) = (chosen.ahead.first(), chosen.ahead.last()) else {
        return t.one("forecast-none-here", "place", chosen.place.name.as_str());
    };
    let ((low, high), (far_low, far_high)) = (first.interval(0.9), last.interval(0.9));
    let facts = [
        ("place", chosen.place.name.as_str().into()),
        ("signal", t.say(&format!("forecast-of-{}", found.signal.code())).into()),
        ("low", whole(t, low).into()),
        ("high", whole(t, high).into()),
        ("day", show_date(*ends).into()),
        ("far-low", whole(t, far_low).into()),
        ("far-high", whole(t, far_high).into()),
    ];
    fill(t, "forecast-sentence", &facts)
}

fn about(t: Say, found: &Forecasts) -> String {
    let Some(newest) = &found.newest else { return t.say("forecast-about-none") };
    let mut said =
        vec![t.two("forecast-about", "on", show_date(newest.content.on), "last", show_date(newest.content.last))];
    if let Some(chosen) = &found.chosen {
        said.extend(chosen.doubts.iter().map(|doubt| doubt_words(t, *doubt)));
    }
    said.join(" ")
}

pub(super) fn doubt_words(t: Say, doubt: Doubt) -> String {
    match doubt {
        Doubt::Silent(weeks) => t.one("forecast-doubt-silent", "weeks", weeks.to_string()),
        Doubt::FewWeeks(weeks) => t.one("forecast-doubt-few", "weeks", weeks.to_string()),
        Doubt::MissingDays(days) => t.one("forecast-doubt-days", "days", days.to_string()),
    }
}

/// The same in a cell.
fn doubt_note(t: Say, doubt: Doubt) -> String {
    match doubt {
        Doubt::Silent(weeks) => t.one("forecast-note-silent", "weeks", weeks.to_string()),
        Doubt::FewWeeks(weeks) => t.one("forecast-note-few", "weeks", weeks.to_string()),
        Doubt::MissingDays(days) => t.one("forecast-note-days", "days", days.to_string()),
    }
}

fn drawn(t: Say, chosen: &Chosen) -> Section {
    let mut section = Section::new("duong", t.one("forecast-drawing", "place", chosen.place.name.as_str()));
    let draw = |width: Width, most: usize| {
        let from = chosen.counted.len().saturating_sub(most);
        let counted = &chosen.counted[from..];
        let first = counted.first().map_or(Date::MIN, |(day, _)| *day);
        let point = |(ends, count): &(Date, f64)| Counted { ends: *ends, count: *count };
        let chart = FanChart {
            id: "du-bao".to_owned(),
            words: words(t, chosen),
            counted: counted.iter().map(point).collect(),
            expected: chosen
                .ahead
                .iter()
                .map(|(ends, quantiles)| Fan { ends: *ends, quantiles: DRAWN.map(|level| quantiles.figures()[level]) })
                .collect(),
            naive: chosen.naive.iter().map(|(ends, naive)| Counted { ends: *ends, count: naive.median() }).collect(),
            earlier: chosen.earlier.iter().filter(|(ends, _)| *ends >= first).map(point).collect(),
        };
        fan(&chart, width)
    };
    section.drawing = format!("{}{}", draw(Width::Wide, WIDE), draw(Width::Narrow, NARROW));
    section
}

fn words(t: Say, chosen: &Chosen) -> FanWords {
    FanWords {
        title: t.one("forecast-drawing", "place", chosen.place.name.as_str()),
        description: t.say("forecast-drawing-about"),
        axis: t.say("weeks-axis"),
        counted: t.say("forecast-counted"),
        median: t.say("forecast-median"),
        band50: t.say("forecast-band50"),
        band90: t.say("forecast-band90"),
        naive: t.say("forecast-naive"),
        earlier: t.say("forecast-earlier"),
    }
}

fn ahead(t: Say, chosen: &Chosen) -> Section {
    let mut section = Section::new("tuan-toi", t.say("forecast-weeks"));
    section.about = grounds(t, chosen);
    let row = |(place, (ends, quantiles)): (usize, &(Date, desk::forecasts::Quantiles))| {
        let range = |share: f64| {
            let (low, high) = quantiles.interval(share);
            format!("{} – {}", whole(t, low), whole(t, high))
        };
        let naive = chosen.naive.get(place).map(|(_, naive)| whole(t, naive.median()));
        vec![
            Cell::text(show_date(*ends)),
            Cell::text(whole(t, quantiles.median())),
            Cell::text(range(0.5)),
            Cell::text(range(0.9)),
            Cell::known(naive, ""),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("forecast-column-week")),
            Column::number(t.say("forecast-median")),
            Column::number(t.say("forecast-band50")),
            Column::number(t.say("forecast-band90")),
            Column::number(t.say("forecast-naive")),
        ],
        rows: chosen.ahead.iter().enumerate().map(row).collect(),
    });
    section
}

/// On what the ranges rest.
fn grounds(t: Say, chosen: &Chosen) -> String {
    let Some(own) = chosen.own_percent else { return String::new() };
    let mut said = Vec::new();
    match chosen.days {
        Some((last, Some(begun))) => {
            let facts = [("day", show_date(last).into()), ("count", whole(t, f64::from(begun.count)).into())];
            said.push(fill(t, "daily-begun", &facts));
        }
        Some((last, None)) => said.push(t.one("daily-until", "day", show_date(last))),
        None => {}
    }
    if let Some(lead) = chosen.led_by {
        said.push(t.one("daily-led", "signal", signal_words(t, lead).to_lowercase()));
    }
    said.push(t.one("forecast-grounds", "own", own.to_string()));
    if !chosen.alike.is_empty() {
        let alike = chosen
            .alike
            .iter()
            .map(|(place, ends)| t.two("forecast-alike-one", "place", place.as_str(), "day", show_date(*ends)));
        said.push(t.one("forecast-alike", "alike", alike.collect::<Vec<_>>().join("; ")));
    }
    said.join(" ")
}

/// How good we were here.
fn judged(t: Say, chosen: &Chosen) -> Section {
    let mut section = Section::new("da-dung", t.say("forecast-record"));
    section.about = [t.say("forecast-record-about"), too_narrow(t, &chosen.record)].join(" ").trim().to_owned();
    section.empty = t.say("forecast-record-none");
    let row = |of: &PastRecord| {
        let ratio = (of.naive > 0.0).then(|| number(t, of.score / of.naive, 2));
        let share = |share: f64| format!("{} %", number(t, share * 100.0, 0));
        vec![
            Cell::text(t.one("forecast-weeks-ahead", "weeks", of.weeks.to_string())),
            Cell::text(of.forecasts.to_string()),
            Cell::known(ratio, ""),
            Cell::text(share(of.within50)),
            Cell::text(share(of.within90)),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("forecast-column-ahead")),
            Column::number(t.say("forecast-column-forecasts")),
            Column::number(t.say("forecast-column-ratio")),
            Column::number(t.say("forecast-column-within50")),
            Column::number(t.say("forecast-column-within90")),
        ],
        rows: chosen.record.iter().map(row).collect(),
    });
    section
}

/// Said where the ranges held far fewer truths than they should; empty otherwise.
fn too_narrow(t: Say, record: &[PastRecord]) -> String {
    let forecasts: usize = record.iter().map(|of| of.forecasts).sum();
    let held: f64 = record.iter().map(|of| of.within90 * of.forecasts as f64).sum();
    if forecasts < ENOUGH || held >= TOO_NARROW * forecasts as f64 {
        return String::new();
    }
    let facts = [("held", (held.round() as i64).into()), ("all", (forecasts as i64).into())];
    fill(t, "forecast-record-narrow", &facts)
}

fn places(t: Say, signal: Signal, lines: &[Line], last_week: Option<Date>) -> Section {
    let mut section = Section::new("cac-noi", t.say("forecast-places"));
    section.about = t.say("forecast-places-about");
    let row = |line: &Line| {
        let last = line.last.map(|(_, count)| whole(t, f64::from(count)));
        let week = |place: usize| {
            line.ahead.get(place).map(|(_, quantiles)| {
                let (low, high) = quantiles.interval(0.9);
                format!("{} ({} – {})", whole(t, quantiles.median()), whole(t, low), whole(t, high))
            })
        };
        // Another week than that of the others is named.
        let older = line.last.map(|(ends, _)| ends).filter(|ends| Some(*ends) != last_week);
        let older = older.map(|ends| t.one("forecast-note-week", "day", show_date(ends)));
        let notes = older.into_iter().chain(line.doubts.iter().map(|doubt| doubt_note(t, *doubt)));
        let notes: Vec<String> = notes.collect();
        vec![
            Cell::link(line.place.name.clone(), address(signal, &line.place.key.to_string())),
            Cell::known(last, "").told(notes.join("; ")),
            Cell::known(week(0), ""),
            Cell::known(week(3), ""),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("forecast-column-place")).lead(),
            Column::number(t.say("forecast-column-last")),
            Column::number(t.say("forecast-column-next")),
            Column::number(t.say("forecast-column-fourth")),
        ],
        rows: lines.iter().map(row).collect(),
    });
    section
}
