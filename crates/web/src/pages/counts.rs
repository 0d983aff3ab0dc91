//! /so-ca: counts of cases and admissions by week, place and day (F010), and /so-ca/lich-su: how one figure has changed.

use axum::extract::{Query, State};
use axum::response::{Redirect, Response};
use desk::counts::{CountsKey, Figure, Refused, Signal, Span};
use desk::operations::counts::report_counts::{ReportCounts, Told, ToldFigure};
use desk::rights::Capability;
use desk::views::counts::{Board, Line, TellOf, Version, board, told};
use desk::{Failure, counts::place::PlaceKey};
use jiff::civil::Date;
use oxygen::Source;
use quantity::time::show_date;
use quantity::{Convention, read_number};

use super::around::{Around, look};
use super::fields::{Fields, Sent, day_of, server_key};
use super::means_fields::{Read, choice_field, day_field, missing, refusal, refused, whole};
use super::plain::{answer, done, plain, said_done};
use super::words::{count, fill};
use super::{counts_reported, counts_weeks};
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Link, Refusal, Say, Section, Table};
use crate::visitor::Member;

/// Key of the page in its room.
pub(super) const HERE: &str = "counts";
/// Names of places without a figure that the page says.
const NAMED: usize = 6;

fn signal_of(fields: &Fields) -> Signal {
    Signal::from_code(fields.text("loai")).unwrap_or(Signal::Cases)
}

pub(super) fn signal_words(t: Say, signal: Signal) -> String {
    t.say(&format!("counts-signal-{}", signal.code()))
}

/// Ways to the other signals, each by its address.
pub(super) fn signal_links(t: Say, signal: Signal, address: impl Fn(Signal) -> String) -> Vec<Link> {
    let others = Signal::ALL.iter().filter(|other| **other != signal);
    others.map(|other| Link { text: signal_words(t, *other), href: address(*other) }).collect()
}

/// GET /ca-mac: weeks of cases once stood on a page of their own; a moment that is looked back at comes along.
pub(super) async fn moved(Query(fields): Query<Fields>) -> Redirect {
    let is_moment = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit() || b"T:-".contains(&byte));
    let then = fields.some("biet").filter(is_moment).map(|then| format!("?biet={then}"));
    Redirect::permanent(&format!("/so-ca{}", then.unwrap_or_default()))
}

/// GET /so-ca; `xem=ngay-bao` shows it by day of report.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    if fields.text("xem") == counts_reported::VIEW {
        return counts_reported::page(&app, &member, signal_of(&fields)).await;
    }
    let said = said_done(member.caller.say, fields.text("xong"));
    page_of(&app, &member, signal_of(&fields), (&Fields::default(), None), said).await
}

async fn page_of(
    app: &App,
    member: &Member,
    signal: Signal,
    (typed, refused): (&Fields, Option<Refusal>),
    said: String,
) -> Answer {
    let (around, found) =
        look(app, member, move |office, connection, actor| board(office, connection, actor, signal)).await?;
    Ok(board_page(app, member, &around, &found, (typed, refused), said))
}

fn board_page(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Board,
    (typed, refused): (&Fields, Option<Refusal>),
    said: String,
) -> Response {
    let t = member.caller.say;
    let mut page = plain(app, member, around, HERE, sentence(t, found));
    let parts = [missing_words(t, found), t.say("counts-about"), simulated_words(t, found)];
    page.about = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    page.done = said;
    let by_report = Link { text: t.say("counts-reported"), href: counts_reported::address(found.signal) };
    page.links = signal_links(t, found.signal, |signal| format!("/so-ca?loai={}", signal.code()));
    page.links.insert(0, by_report);
    page.sections.extend(counts_weeks::sections(t, found));
    page.sections.push(table_section(t, found));
    if !found.others.is_empty() {
        page.sections.push(others_section(t, found));
    }
    if !found.mine.is_empty() {
        page.sections.push(form_section(t, app, found, typed, refused));
    }
    answer(&page)
}

/// The last week of the province, then who has told of the newest day.
fn sentence(t: Say, found: &Board) -> String {
    let week = counts_weeks::sentence(t, found);
    let signal = signal_words(t, found.signal);
    let Some(newest) = found.newest else {
        let none = if week.is_empty() { "counts-says-none" } else { "counts-then-none" };
        return format!("{week} {}", t.one(none, "signal", signal)).trim_start().to_owned();
    };
    let key = match (week.is_empty(), found.missing.is_empty()) {
        (true, true) => "counts-says-all",
        (true, false) => "counts-says",
        (false, true) => "counts-then-all",
        (false, false) => "counts-then",
    };
    let facts = [
        ("signal", signal.into()),
        ("day", show_date(newest).into()),
        ("told", found.lines.len().saturating_sub(found.missing.len()).into()),
        ("all", found.lines.len().into()),
    ];
    format!("{week} {}", fill(t, key, &facts)).trim_start().to_owned()
}

fn missing_words(t: Say, found: &Board) -> String {
    let Some(newest) = found.newest.filter(|_| !found.missing.is_empty()) else { return String::new() };
    let more = found.missing.len().saturating_sub(NAMED);
    let names: Vec<&str> = found.missing.iter().take(NAMED).map(String::as_str).collect();
    let facts = [("day", show_date(newest).into()), ("names", names.join(", ").into()), ("more", more.into())];
    fill(t, if more == 0 { "counts-missing" } else { "counts-missing-more" }, &facts)
}

fn simulated_words(t: Say, found: &Board) -> String {
    if found.simulated { t.say("counts-simulated") } else { String::new() }
}

fn history_path(place: PlaceKey, of: CountsKey) -> String {
    let week = if of.span == Span::Week { "&so=week" } else { "" };
    let back = if of.back_fill { "&bo-sung=1" } else { "" };
    format!("/so-ca/lich-su?noi={place}&ngay={}&loai={}{week}{back}", of.day, of.signal.code())
}

fn figure_cell(t: Say, place: PlaceKey, of: CountsKey, figure: Option<&Figure>) -> Cell {
    match figure {
        Some(figure) => Cell::link(count(t, figure.count), history_path(place, of)),
        None => Cell::unknown(),
    }
}

fn short_day(day: Date) -> String {
    format!("{:02}/{:02}", day.day(), day.month())
}

/// The newest figure of a place, with the day it is of.
fn newest_cell(t: Say, found: &Board, line: &Line) -> Cell {
    let newest = found.days.iter().zip(&line.figures).find_map(|(day, figure)| Some((*day, figure.as_ref()?)));
    newest.map_or_else(Cell::unknown, |(day, figure)| Cell::text(count(t, figure.count)).told(short_day(day)))
}

fn table_section(t: Say, found: &Board) -> Section {
    let mut section = Section::new("bang", t.say("counts-table"));
    section.empty = t.say("counts-table-empty");
    // A phone shows the newest figure with its day and the sum; the days stand on the wide page.
    let days = found.days.iter().map(|day| Column::number(short_day(*day)).aside());
    let first = [
        Column::words(t.say("counts-column-place")).lead(),
        Column::number(t.say("counts-column-newest")),
        Column::number(t.say("counts-column-seven")),
    ];
    let row = |line: &Line| {
        let seven = Cell::known(line.seven_days().map(|sum| count(t, sum)), t.say("counts-seven-unit"));
        let figures =
            found.days.iter().zip(&line.figures).map(|(day, figure)| {
                figure_cell(t, line.place, CountsKey::of_day(found.signal, *day), figure.as_ref())
            });
        [Cell::text(line.name.clone()), newest_cell(t, found, line), seven].into_iter().chain(figures).collect()
    };
    section.table =
        Some(Table { columns: first.into_iter().chain(days).collect(), rows: found.lines.iter().map(row).collect() });
    section
}

fn others_section(t: Say, found: &Board) -> Section {
    let mut section = Section::new("khac", t.say("counts-others"));
    section.about = t.say("counts-others-about");
    let rows = found.others.iter().map(|(of, place, name, figure)| {
        vec![
            Cell::text(name.clone()),
            Cell::text(what(t, *of)),
            Cell::text(show_date(of.day)),
            figure_cell(t, *place, *of, Some(figure)),
            Cell::text(show_date(figure.reported_on)),
        ]
    });
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("counts-column-place")).lead(),
            Column::words(t.say("counts-column-what")),
            Column::words(t.say("counts-column-day")),
            Column::number(t.say("counts-column-figure")),
            Column::words(t.say("counts-column-reported")),
        ],
        rows: rows.collect(),
    });
    section
}

fn what(t: Say, of: CountsKey) -> String {
    match (of.back_fill, of.span) {
        _ if of.is_odd_week() => t.say("counts-week-odd"),
        (true, _) => t.say("counts-back-fill"),
        (false, Span::Week) => t.say("counts-week"),
        (false, Span::Day) => t.say("counts-day"),
    }
}

/// What can be told of a place, with the keys of the words.
const TELLS: [(&str, &str); 4] = [
    ("count", "counts-told-count"),
    ("more", "counts-told-more"),
    ("fewer", "counts-told-fewer"),
    ("unknown", "counts-told-unknown"),
];
/// Of what a figure can be.
const SPANS: [(&str, &str); 3] = [("day", "counts-day"), ("week", "counts-week"), ("back-fill", "counts-back-fill")];

fn form_section(t: Say, app: &App, found: &Board, typed: &Fields, refused: Option<Refusal>) -> Section {
    let mut section = Section::new("ghi", t.say("counts-form"));
    let worded = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(value, key)| ((*value).to_owned(), t.say(key))).collect()
    };
    let places = found.mine.iter().map(|(place, name)| (place.to_string(), name.clone()));
    let signals = Signal::ALL.iter().map(|signal| (signal.code().to_owned(), signal_words(t, *signal)));
    let today = found.days.first().map(Date::to_string).unwrap_or_default();
    let day = typed.some("day").map_or(today, str::to_owned);
    let signal = typed.some("loai").unwrap_or(found.signal.code()).to_owned();
    let second_look = refused.as_ref().is_some_and(|refused| refused.code == "DEM-014");
    let mut form = Form::new("/so-ca", t.say("counts-form-save"), server_key(app.office.real_now()))
        .field(choice_field(t, typed, "place", "counts-field-place", places).required())
        .field(choice_field(t, typed, "loai", "counts-field-signal", signals).value(signal))
        .field(choice_field(t, typed, "span", "counts-field-span", worded(&SPANS)))
        .field(
            Field::words("day", t.say("counts-field-day"))
                .input(Input::Day)
                .value(day)
                .hint(t.say("counts-field-day-hint"))
                .required(),
        )
        .field(choice_field(t, typed, "told", "counts-field-told", worded(&TELLS)))
        .field(
            Field::words("count", t.say("counts-field-count"))
                .input(Input::Number(String::new()))
                .value(typed.text("count"))
                .hint(t.say("counts-field-count-hint")),
        )
        .field(day_field(t, typed, "reported_on", "counts-field-reported").hint(t.say("counts-field-reported-hint")));
    if second_look {
        form = form.field(Field::words("sure", t.say("counts-field-sure")).input(Input::Check));
    }
    form.means = t.say("counts-means");
    form.refusal = refused;
    section.forms.push(form);
    section
}

/// POST /so-ca.
pub(super) async fn report(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::ReportCounts)?;
    let signal = signal_of(&fields);
    match perform(&app, &member, &fields).await {
        Ok(()) => Ok(done(&format!("/so-ca?loai={}", signal.code()), "done-counts")),
        Err(unread) => {
            let refused = refusal(unread, &member.caller)?;
            page_of(&app, &member, signal, (&fields, Some(refused)), String::new()).await
        }
    }
}

async fn perform(app: &App, member: &Member, fields: &Fields) -> Read<()> {
    let place: PlaceKey = fields.text("place").parse().map_err(|_| missing("place"))?;
    let day = fields.some("day").and_then(day_of).ok_or_else(|| missing("day"))?;
    let reported_on = match fields.some("reported_on") {
        None => None,
        Some(text) => Some(day_of(text).ok_or_else(|| missing("reported_on"))?),
    };
    let told = match fields.text("told") {
        "unknown" => Told::Unknown,
        "more" => Told::Correction(whole_number(fields)?),
        "fewer" => Told::Correction(whole_number(fields)?.saturating_neg()),
        _ => Told::Count(whole_number(fields)?),
    };
    let span = if fields.text("span") == "week" { Span::Week } else { Span::Day };
    let of = CountsKey { signal: signal_of(fields), day, span, back_fill: fields.text("span") == "back-fill" };
    let actor = member.visitor.actor.clone();
    let simulated = app
        .office
        .look(move |office, connection| {
            let registry = office.registry(connection, actor.province)?;
            Ok(registry.facilities().iter().any(|facility| facility.simulated))
        })
        .await
        .map_err(whole)?;
    let reporting = ReportCounts {
        key: desk::IdempotencyKey::new(fields.text("key")),
        of,
        figures: vec![ToldFigure { place, told, reported_on }],
        sure: fields.text("sure") == "1",
        simulated,
        source: Some(Source::Form),
    };
    app.office.perform(member.visitor.actor.clone(), reporting).await.map(drop).map_err(whole)
}

fn whole_number(fields: &Fields) -> Read<i64> {
    let text = fields.some("count").ok_or_else(|| refused("count", Refused::Nothing.failure()))?;
    let read = read_number(text, Some(Convention::DecimalComma)).ok();
    let whole = read.filter(|number| number.is_finite() && number.fract() == 0.0 && number.abs() < 1e12);
    let not_a_number = || refused("count", Failure::refused(Refused::NotANumber { typed: text.to_owned() }));
    whole.map(|number| number as i64).ok_or_else(not_a_number)
}

/// GET /so-ca/lich-su: what one figure has said.
pub(super) async fn history(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    member.must(Capability::SeeOxygen)?;
    let asked = asked_of(&fields).ok_or_else(|| Problem::of(Failure::NotFound, &member.caller))?;
    let (around, (name, versions)) =
        look(&app, &member, move |office, connection, actor| told(office, connection, actor, asked)).await?;
    let t = member.caller.say;
    let now = versions.last().and_then(|version| version.figure);
    let key = match (now, versions.len()) {
        (None, _) => "counts-told-says-gone",
        (Some(_), 1) => "counts-told-says-once",
        _ => "counts-told-says",
    };
    let facts = [
        ("place", name.into()),
        ("signal", signal_words(t, asked.of.signal).into()),
        ("day", show_date(asked.of.day).into()),
        ("count", now.map_or_else(String::new, |figure| count(t, figure.count)).into()),
        ("changes", versions.len().saturating_sub(1).into()),
    ];
    let mut page = plain(&app, &member, &around, HERE, fill(t, key, &facts));
    page.title = t.say("counts-told");
    page.about = what(t, asked.of);
    let back = format!("/so-ca?loai={}", asked.of.signal.code());
    page.trail = vec![Link { text: t.say(HERE), href: back }];
    let mut section = Section::new("cac-lan", t.say("counts-told"));
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("counts-column-recorded")).lead(),
            Column::number(t.say("counts-column-figure")),
            Column::words(t.say("counts-column-reported")),
        ],
        rows: versions.iter().rev().map(|version| version_row(t, version)).collect(),
    });
    page.sections.push(section);
    Ok(answer(&page))
}

fn version_row(t: Say, version: &Version) -> Vec<Cell> {
    let figure = version.figure;
    let marked = figure.filter(|figure| figure.simulated).map(|_| t.say("simulated")).unwrap_or_default();
    vec![
        Cell::text(version.recorded_at.to_string()),
        Cell::known(figure.map(|figure| count(t, figure.count)), "").told(marked),
        figure.map_or_else(Cell::default, |figure| Cell::text(show_date(figure.reported_on))),
    ]
}

fn asked_of(fields: &Fields) -> Option<TellOf> {
    let span = if fields.text("so") == "week" { Span::Week } else { Span::Day };
    let (day, back_fill) = (day_of(fields.text("ngay"))?, fields.text("bo-sung") == "1");
    let of = CountsKey { signal: Signal::from_code(fields.text("loai"))?, day, span, back_fill };
    Some(TellOf { place: fields.text("noi").parse().ok()?, of })
}
