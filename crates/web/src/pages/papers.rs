//! /chi-dao/bao-cao: what is due, being written, waits for a signature, is signed, is late; drafting.
//! /chi-dao/so-van-ban: the register of numbers.

use axum::extract::{Query, State};
use desk::operations::papers::draft_report::DraftReport;
use desk::papers::layout::ReportKind;
use desk::papers::report::{DeadlineWord, OfficialReport, State as Stands, due_moment};
use desk::record::Kept;
use desk::rights::Capability;
use desk::views::papers::{Reports, compose, numbers as numbers_of, own_due, reports, waiting};
use jiff::civil::Date;
use quantity::Moment;
use quantity::time::show_date;

use super::around::{Around, look};
use super::fields::{Fields, Sent, day_of, server_key};
use super::plain::{answer, done, plain, said_done};
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Cell, Choice, Column, Field, Form, Input, Link, PlainPage, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Where the list stands.
pub(super) const LIST: &str = "/chi-dao/bao-cao";

/// GET /chi-dao/bao-cao.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look(&app, &member, reports).await?;
    let mut page = list_page(&app, &member, &around, &found, &Fields::default(), None);
    page.done = said_done(member.caller.say, fields.text("xong"));
    Ok(answer(&page))
}

/// POST /chi-dao/bao-cao/soan: drafts from the figures of now.
pub(super) async fn draft(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = fields.key(&member.caller)?;
    let unreadable = || Problem::unreadable(&member.caller);
    let kind = ReportKind::from_code(fields.text("kind")).ok_or_else(unreadable)?;
    let asked = match fields.some("day") {
        Some(text) => Some(day_of(text).ok_or_else(unreadable)?),
        None => None,
    };
    let due = deadline(&fields).map_err(|()| unreadable())?;
    let composed = app
        .office
        .look({
            let actor = member.visitor.actor.clone();
            move |office, connection| {
                let day = match asked {
                    Some(day) => day,
                    None => office.now(connection)?.date(),
                };
                compose(office, connection, &actor, kind, day)
            }
        })
        .await;
    let drafted = match composed {
        Ok(content) => {
            let due = due.or_else(|| own_due(kind, content.day));
            let operation = DraftReport { key: Some(key), kind, due, content, drafter: None };
            app.office.perform(member.visitor.actor.clone(), operation).await
        }
        Err(failure) => Err(failure),
    };
    match drafted {
        Ok(receipt) => Ok(done(&format!("{LIST}/{}", receipt.done), "done-papers-drafted")),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            let (around, found) = look(&app, &member, reports).await?;
            Ok(answer(&list_page(&app, &member, &around, &found, &fields, Some(refusal))))
        }
    }
}

/// The deadline as typed; none is the kind's own.
fn deadline(fields: &Fields) -> Result<Option<Moment>, ()> {
    let word = match fields.text("due_word") {
        "before" => DeadlineWord::Before,
        "at_latest" => DeadlineWord::AtLatest,
        _ => return Ok(None),
    };
    let day = day_of(fields.text("due_day")).ok_or(())?;
    Ok(Some(due_moment(word, day)))
}

fn list_page(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Reports,
    typed: &Fields,
    refusal: Option<Refusal>,
) -> PlainPage {
    let t = member.caller.say;
    let actor = &member.visitor.actor;
    let late = found.reports.iter().filter(|one| one.content.is_open_and_late(found.now)).count()
        + found.not_begun.iter().filter(|(_, _, due)| *due < found.now).count();
    let waits = waiting(&found.reports);
    let sentence = if waits + late == 0 {
        t.say("papers-sentence-calm")
    } else {
        t.two("papers-sentence", "waiting", waits, "late", late)
    };
    let mut page = plain(app, member, around, "papers", sentence);
    page.about = t.say("papers-about");
    page.links = vec![Link { text: t.say("papers-signers"), href: super::papers_signers::PATH.to_owned() }];
    if actor.may(Capability::DraftReport) {
        let write = Link { text: t.say("letters-out"), href: super::letter_out::PATH.to_owned() };
        page.links.insert(0, write);
    }
    let at = |state| found.reports.iter().filter(move |one| one.content.state == state);

    let mut to_sign = Section::new("trinh-ky", t.say("papers-to-sign"));
    to_sign.empty = t.say("papers-to-sign-empty");
    let signs = actor.may(Capability::SignReport);
    let key = || server_key(app.office.real_now());
    to_sign.table = Some(Table {
        columns: columns(
            t,
            &["papers-column-report", "papers-column-due", "papers-column-state", "papers-column-what"],
        ),
        rows: at(Stands::Submitted)
            .map(|one| {
                // Nobody signs what he has not read: the button stands under the paper.
                let read = || Cell::link(t.say("papers-read-and-sign"), format!("{LIST}/{}#ky", one.id));
                let what = if signs { read() } else { Cell::default() };
                vec![named(t, one), due_cell(t, one, found.now), submitted(t, &one.content), what]
            })
            .collect(),
    });
    page.sections.push(to_sign);

    let mut drafts = Section::new("dang-soan", t.say("papers-drafts"));
    drafts.empty = t.say("papers-drafts-empty");
    let begun =
        at(Stands::Drafted).map(|one| vec![named(t, one), due_cell(t, one, found.now), drafted(t, &one.content)]);
    let not_begun = found.not_begun.iter().map(|(kind, day, due)| {
        vec![
            Cell::text(kind.layout().title.clone()).told(t.one("papers-of-day", "day", show_date(*day))),
            late_cell(t, *due, found.now),
            Cell::text(t.say("papers-not-begun")),
        ]
    });
    drafts.table = Some(Table {
        columns: columns(t, &["papers-column-report", "papers-column-due", "papers-column-state"]),
        rows: begun.chain(not_begun).collect(),
    });
    page.sections.push(drafts);
    if actor.may(Capability::DraftReport) {
        page.sections.push(new_draft(t, key(), found.now.date(), typed, refusal));
    }

    let mut signed = Section::new("da-ky", t.say("papers-signed"));
    signed.empty = t.say("papers-signed-empty");
    signed.table = Some(Table {
        columns: columns(
            t,
            &["papers-column-report", "papers-column-number", "papers-column-signer", "papers-column-due"],
        ),
        rows: at(Stands::Signed).map(|one| signed_row(t, one, found.now)).collect(),
    });
    page.sections.push(signed);
    page
}

fn columns(t: Say, keys: &[&str]) -> Vec<Column> {
    keys.iter().map(|key| Column::words(t.say(key))).collect()
}

fn new_draft(t: Say, key: String, today: Date, typed: &Fields, refusal: Option<Refusal>) -> Section {
    let choice = |value: &str, text: String, field: &str| Choice {
        value: value.to_owned(),
        text,
        chosen: typed.text(field) == value,
    };
    let kinds = ReportKind::ALL.map(|kind| choice(kind.code(), kind.layout().title.clone(), "kind"));
    let words = [("", "papers-due-none"), ("before", "papers-due-before"), ("at_latest", "papers-due-at-latest")]
        .map(|(value, key)| choice(value, t.say(key), "due_word"));
    let day = typed.some("day").map_or_else(|| today.to_string(), str::to_owned);
    let mut form = Form::new(format!("{LIST}/soan"), t.say("papers-draft"), key)
        .field(Field::words("kind", t.say("papers-kind")).input(Input::Choices(kinds.to_vec())))
        .field(Field::words("day", t.say("papers-day")).input(Input::Day).value(day).required())
        .field(Field::words("due_word", t.say("papers-due-word")).input(Input::Choices(words.to_vec())))
        .field(
            Field::words("due_day", t.say("papers-due-day"))
                .input(Input::Day)
                .value(typed.text("due_day"))
                .hint(t.say("papers-due-hint")),
        );
    form.means = t.say("papers-new-means");
    form.refusal = refusal;
    Section { forms: vec![form], ..Section::new("soan", t.say("papers-new")) }
}

/// The report's name, its day and issue, leading to its page.
pub(super) fn named(t: Say, one: &Kept<OfficialReport>) -> Cell {
    let report = &one.content;
    let of = if report.letter.is_some() { "letters-out-of-day" } else { "papers-of-day" };
    let mut told = t.one(of, "day", show_date(report.period));
    if report.issue > 1 {
        told = format!("{told}, {}", t.one("papers-issue", "issue", i64::from(report.issue)));
    }
    Cell::link(report.title(), format!("{LIST}/{}", one.id)).told(told)
}

fn drafted(t: Say, report: &OfficialReport) -> Cell {
    let at = report.figures_at.to_string();
    let cell = Cell::text(t.say("papers-state-drafted"));
    let by = if report.letter.is_some() { "letters-out-drafted-by" } else { "papers-drafted-by" };
    let by = t.two(by, "who", report.drafter.clone(), "at", at);
    match &report.returned {
        Some(reason) => cell.told(t.one("papers-returned", "reason", reason.clone())).toned(Tone::Attention),
        None => cell.told(by),
    }
}

fn submitted(t: Say, report: &OfficialReport) -> Cell {
    let at = report.submitted_at.map_or_else(String::new, |at| at.to_string());
    let by = t.two("papers-submitted-by", "who", report.drafter.clone(), "at", at);
    let late =
        if report.was_submitted_late() { format!("; {}", t.say("papers-submitted-late")) } else { String::new() };
    Cell::text(t.say("papers-state-submitted")).told(format!("{by}{late}")).toned(Tone::Attention)
}

/// When it is due, and whether that is past.
fn due_cell(t: Say, one: &Kept<OfficialReport>, now: Moment) -> Cell {
    match one.content.due {
        None => Cell::text(t.say("papers-no-due")),
        Some(due) => late_cell(t, due, now),
    }
}

fn late_cell(t: Say, due: Moment, now: Moment) -> Cell {
    let cell = Cell::text(due.to_string());
    if due < now { cell.told(t.say("papers-late")).toned(Tone::Danger) } else { cell }
}

fn signed_row(t: Say, one: &Kept<OfficialReport>, now: Moment) -> Vec<Cell> {
    let report = &one.content;
    let (number, signer) = report.signed.as_ref().map_or_else(
        || (Cell::unknown(), Cell::unknown()),
        |signed| {
            let told = format!("{}, {}", signed.post, signed.at);
            (Cell::text(signed.number.clone()), Cell::text(signed.name.clone()).told(told))
        },
    );
    let due = report.due.map_or_else(|| Cell::text(t.say("papers-no-due")), |due| Cell::text(due.to_string()));
    let due = match (report.is_late(now), report.was_submitted_late()) {
        (true, true) => due.told(t.say("papers-submitted-late")).toned(Tone::Attention),
        (true, false) => due.told(t.say("papers-signed-late")).toned(Tone::Attention),
        _ => due,
    };
    vec![named(t, one), number, signer, due]
}

trait OpenAndLate {
    fn is_open_and_late(&self, now: Moment) -> bool;
}

impl OpenAndLate for OfficialReport {
    fn is_open_and_late(&self, now: Moment) -> bool {
        self.state != Stands::Signed && self.is_late(now)
    }
}

/// GET /chi-dao/so-van-ban.
pub(super) async fn numbers(State(app): State<App>, member: Member) -> Answer {
    let (around, given) = look(&app, &member, |_, connection, actor| numbers_of(connection, actor)).await?;
    let t = member.caller.say;
    let sentence = match given.len() {
        0 => t.say("papers-numbers-none"),
        count => t.one("papers-numbers-sentence", "count", count),
    };
    let mut page = plain(&app, &member, &around, "paper-numbers", sentence);
    page.about = t.say("papers-numbers-about");
    let mut section = Section::new("so", String::new());
    section.empty = t.say("papers-signed-empty");
    section.table = Some(Table {
        columns: columns(
            t,
            &["papers-column-number", "papers-column-subject", "papers-column-given", "papers-column-signer"],
        ),
        rows: given
            .iter()
            .map(|one| {
                vec![
                    Cell::link(one.text.clone(), format!("{LIST}/{}?lan={}", one.paper, one.issue)),
                    Cell::text(one.subject.clone()),
                    Cell::text(one.given_at.to_string()),
                    Cell::text(one.signer.clone()),
                ]
            })
            .collect(),
    });
    page.sections.push(section);
    Ok(answer(&page))
}
