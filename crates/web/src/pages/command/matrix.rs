//! /chi-dao/nop-bao-cao: who handed in what when, and its sheet (DT17).

use axum::extract::{Query, State};
use desk::Failure;
use desk::background::aside;
use desk::command::submission::{Period, PeriodKind, Submitted};
use desk::operations::command::explain_late::ExplainLate;
use desk::rights::Capability;
use desk::views::command::matrix::{Matrix, MatrixRow, matrix};
use desk::views::command::matrix_sheet::sheet;
use desk::{Actor, Office, Outcome};
use document::sheet::XLSX;
use protocol::Readiness;
use quantity::Moment;
use store::Connection;

use super::{Typed, asked, choices, facility_choices, facility_of, form};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, day_of};
use crate::pages::filled::Sending;
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem, attachment};
use crate::view::{Cell, Column, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/chi-dao/nop-bao-cao";

/// What was asked for: a kind of period, and the last day of the page.
#[derive(Clone)]
struct Asked {
    kind: Option<PeriodKind>,
    until: Option<Moment>,
}

impl Asked {
    fn of(fields: &Fields) -> Self {
        let kind = PeriodKind::from_code(fields.text("ky"));
        let day = day_of(fields.text("den")).and_then(|day| day.tomorrow().ok());
        let until = day.map(|day| Moment::from_micros(Moment::start_of(day).micros() - 1));
        Self { kind, until }
    }

    fn look(self, office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Matrix> {
        // Without a wish: the cadence of the province's state.
        let state = office.registry(connection, actor.province)?.readiness();
        let usual = match state {
            Readiness::Emergency => PeriodKind::Shift,
            Readiness::Heightened => PeriodKind::Day,
            Readiness::Routine => PeriodKind::Week,
        };
        matrix(office, connection, actor, self.kind.unwrap_or(usual), self.until)
    }
}

/// GET /chi-dao/nop-bao-cao?ky=day&den=2026-11-22.
pub(crate) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields), Asked::of(&fields)).await
}

/// POST /chi-dao/nop-bao-cao: why a report came late or not at all.
pub(crate) async fn change(sending: Sending) -> Answer {
    let form = sending.open()?;
    if form.wants() != "explain" {
        return Err(form.unreadable());
    }
    let asked = Asked::of(&form.fields);
    let facility = facility_of(&form.fields, &form.member.caller)?.ok_or_else(|| form.unreadable())?;
    let (period, reason, told_by) = (form.text("period"), form.text("reason"), form.text("told_by"));
    let operation = ExplainLate { key: form.key(), facility, period, reason, told_by };
    let back = format!("{PATH}?ky={}", asked.kind.map_or("", PeriodKind::code));
    let acted = form.act(Ok(operation), &back, "done-command-explained").await?;
    acted.or(|typed| show(&form.app, &form.member, typed, asked)).await
}

/// GET /xuat/nop-bao-cao: the same as a sheet.
pub(crate) async fn download(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let asked = Asked::of(&fields);
    let (_, found) = look(&app, &member, move |office, connection, actor| {
        if !actor.may(Capability::ExportFigures) {
            return Err(Failure::Forbidden(Capability::ExportFigures));
        }
        asked.look(office, connection, actor)
    })
    .await?;
    let t = member.caller.say;
    let heads: Vec<String> = found.periods.iter().map(|period| head_of(t, period)).collect();
    let name = format!("nop-bao-cao-{}-{}.xlsx", found.kind.code(), found.now.date());
    let written = aside(move || sheet(&found, &heads)).await.and_then(|written| written.map_err(Failure::refused));
    let bytes = written.map_err(|failure| Problem::of(failure, &member.caller))?;
    Ok(attachment(XLSX, &name, bytes))
}

async fn show(app: &App, member: &Member, mut typed: Typed, asked_for: Asked) -> Answer {
    let (around, found) =
        look(app, member, move |office, connection, actor| asked_for.look(office, connection, actor)).await?;
    let t = member.caller.say;
    let actor = &member.visitor.actor;
    let (due, in_time) = found.in_time();
    let sentence =
        if due == 0 { t.say("matrix-nothing-due") } else { t.two("matrix-sentence", "good", in_time, "due", due) };
    let mut page = plain(app, member, &around, "command-matrix", sentence);
    page.about = about(t, &found);
    for kind in PeriodKind::ALL.into_iter().filter(|kind| *kind != found.kind) {
        page.links.push(Link {
            text: t.say(&format!("matrix-by-{}", kind.code())),
            href: format!("{PATH}?ky={}", kind.code()),
        });
    }
    if actor.may(Capability::ExportFigures) {
        page.links
            .push(Link { text: t.say("matrix-sheet"), href: format!("/xuat/nop-bao-cao?ky={}", found.kind.code()) });
    }
    page.sections.push(table(t, &found));
    if actor.may(Capability::KeepCommand) {
        page.sections.push(explain(t, app, &found, &mut typed));
    }
    Ok(answer(&typed.onto(page)))
}

fn about(t: Say, found: &Matrix) -> String {
    let means = t.say(&format!("matrix-means-{}", found.kind.code()));
    if found.doubtful_years.is_empty() || found.kind < PeriodKind::Week {
        return means;
    }
    let years: Vec<String> = found.doubtful_years.iter().map(ToString::to_string).collect();
    format!("{means} {}", t.one("matrix-calendar", "years", years.join(", ")))
}

/// «22/11», «22/11 06 h», «16–22/11», «11/2026».
fn head_of(t: Say, period: &Period) -> String {
    let first = period.begins.date();
    let last = Moment::from_micros(period.ends.micros() - 1).date();
    let day = |day: jiff::civil::Date| format!("{:02}/{:02}", day.day(), day.month());
    let off = if period.working { String::new() } else { format!(" ({})", t.say("matrix-off")) };
    match period.kind {
        PeriodKind::Shift => format!("{} {:02} h", day(first), period.begins.local().hour()),
        PeriodKind::Day => day(first) + &off,
        PeriodKind::Week => format!("{} – {}{off}", day(first), day(last)),
        PeriodKind::Month => format!("{:02}/{}", first.month(), first.year()),
    }
}

/// Sign, word and time of a cell: the sign alone does not say it.
fn cell_of(t: Say, (cell, reason): &(Submitted, Option<String>), kind: PeriodKind) -> Cell {
    let time = |at: &Moment| if kind == PeriodKind::Shift { at.show_time() } else { at.to_string() };
    let shown = match cell {
        Submitted::OnTime(at) => Cell::text(t.say("submitted-on-time")).told(time(at)).toned(Tone::Confirmed),
        Submitted::Late(at) => Cell::text(t.say("submitted-late")).told(time(at)).toned(Tone::Attention),
        Submitted::Missing => Cell::text(t.say("submitted-missing")).toned(Tone::Attention),
        Submitted::Waiting => Cell::text(t.say("submitted-waiting")),
        Submitted::Unasked(at) => Cell::text(t.say("submitted-unasked")).told(time(at)),
        Submitted::NotAsked => Cell::text(t.say("submitted-not-asked")).toned(Tone::Plain),
        Submitted::Courtesy => Cell::text(t.say("submitted-courtesy")),
    };
    match reason {
        Some(reason) => shown.told(reason),
        None => shown,
    }
}

fn table(t: Say, found: &Matrix) -> Section {
    let mut section = Section::new("bang", t.say("matrix-table"));
    section.empty = t.say("empty-no-facility");
    let row = |row: &MatrixRow| {
        let name = Cell::link(&row.name, format!("/co-so/{}", row.id));
        let name = if row.courtesy { name.told(t.say("command-verb-asks")) } else { name };
        // The newest stands beside the name: a phone shows it first.
        std::iter::once(name).chain(row.cells.iter().rev().map(|cell| cell_of(t, cell, found.kind))).collect()
    };
    let heads = found.periods.iter().rev().map(|period| Column::words(head_of(t, period)));
    section.table = Some(Table {
        columns: std::iter::once(Column::words(t.say("column-facility"))).chain(heads).collect(),
        rows: found.rows.iter().map(row).collect(),
    });
    section
}

fn explain(t: Say, app: &App, found: &Matrix, typed: &mut Typed) -> Section {
    let mut section = Section::new("ly-do", t.say("matrix-explain"));
    section.about = t.say("matrix-explain-about");
    let periods = found.periods.iter().rev().map(|period| (period.code(), head_of(t, period)));
    let named: Vec<_> = found.rows.iter().map(|row| (row.id, row.name.clone())).collect();
    section.forms.push(
        typed.form(
            form(app, PATH, "explain", t.say("matrix-explain-set"))
                .hidden("ky", found.kind.code())
                .field(facility_choices(t.say("column-facility"), None, &named))
                .field(choices("period", t.say("command-column-period"), periods))
                .field(asked("reason", t.say("command-column-reason")))
                .field(asked("told_by", t.say("courtesy-told-by"))),
        ),
    );
    section
}
