//! /phuong-tien/may-muon/{id}: one given or lent machine: its letters, what would be without it, who decided what (OX17).

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use desk::Operation;
use desk::operations::supply::attach_letter::AttachLetter;
use desk::operations::supply::decide_return::DecideReturn;
use desk::record::RecordId;
use desk::rights::Capability;
use desk::supply::{Asset, Verdict};
use desk::views::supply::assets::{AssetView, Case, asset, letter as letter_of};

use super::assets::{condition_words, due_cell};
use super::{Refused, choices, field, finish, named};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::server_key;
use crate::pages::filled::{Filled, Sending, Upload, Wanted, id_of};
use crate::pages::plain::{done, plain};
use crate::pages::words::{fill, number};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /phuong-tien/may-muon/{id}.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<RecordId<Asset>>) -> Answer {
    show(&app, &member, id, None, fields.text("xong")).await
}

pub(super) async fn show(
    app: &App,
    member: &Member,
    id: RecordId<Asset>,
    refused: Option<Refused>,
    done: &str,
) -> Result<Response, Problem> {
    let (around, view) =
        look(app, member, move |office, connection, actor| asset(office, connection, actor, id)).await?;
    let t = member.caller.say;
    let known = &view.kept.content;
    let facts = [
        ("name", known.name.clone().into()),
        ("facility", view.book.facility_name(known.facility).into()),
        ("decider", known.decider.clone().into()),
    ];
    let key = if known.decisions.is_empty() { "machine-sentence" } else { "machine-sentence-decided" };
    let mut page = plain(app, member, &around, "machines", fill(t, key, &facts));
    page.trail = vec![Link { text: t.say("machines"), href: "/phuong-tien/may-muon".to_owned() }];
    page.about = t.say("machine-about");
    page.links.push(crate::pages::history::link(t, id));
    page.sections.push(facts_of(t, &view));
    page.sections.push(what_if_of(t, &view.cases));
    page.sections.push(letters(t, &view));
    crate::pages::letters::pairs(t, &mut page, &view.together, None, None);
    page.sections.push(decisions(t, &view));
    let actor = &member.visitor.actor;
    let new_key = || server_key(app.office.real_now());
    if actor.may(Capability::ApproveSupply) {
        page.sections.push(Section {
            forms: vec![decide_form(t, &view, &new_key())],
            ..Section::new("quyet-dinh", t.say("machine-decide"))
        });
    }
    if actor.may(Capability::KeepSupply) {
        page.sections.push(Section {
            forms: vec![super::assets::form_of(t, &view.book, Some(&view.kept), &new_key())],
            folded: true,
            ..Section::new("sua", t.say("supply-change"))
        });
        page.sections.push(Section {
            forms: vec![letter_form(t, &view, &new_key())],
            folded: true,
            ..Section::new("them-cong-van", t.say("machine-attach"))
        });
    }
    Ok(finish(t, page, refused, done))
}

fn facts_of(t: Say, view: &AssetView) -> Section {
    let known = &view.kept.content;
    let row = |key: &str, cell: Cell| vec![Cell::text(t.say(key)), cell];
    let rows = vec![
        row("supply-field-giver", Cell::text(known.giver.clone())),
        row("supply-field-serial", Cell::text(known.serial.clone())),
        row("supply-field-condition", Cell::text(condition_words(t, known.condition))),
        row(
            "supply-field-flow",
            known.flow.as_ref().map_or_else(Cell::unknown, |flow| Cell::text(super::as_typed(flow))),
        ),
        row("supply-field-due", due_cell(t, known, view.book.at.date())),
        row("supply-field-decider", Cell::text(known.decider.clone())),
    ];
    let columns = vec![Column::words(t.say("supply-what")), Column::words(t.say("supply-content"))];
    Section { table: Some(Table { columns, rows }), ..Section::new("noi-dung", "") }
}

/// The four cases: with and without the machine, today and with a quarter more patients.
fn what_if_of(t: Say, cases: &[Case]) -> Section {
    let litres = |flow: Option<f64>| {
        flow.map_or_else(Cell::unknown, |flow| Cell::figure(number(t, flow, 0), t.say("norm-unit-l-per-min")))
    };
    let rows = cases.iter().map(|case| {
        let with = t.say(if case.with_machine { "machine-with" } else { "machine-without" });
        let patients = t.say(if case.patients > 1.0 { "machine-more-patients" } else { "machine-patients-today" });
        let short = case.expected.and_then(|expected| expected.is_short());
        let hours = match case.expected {
            None => Cell::unknown(),
            Some(expected) => {
                Cell::text(expected.hours.map_or_else(|| t.say("machine-lasts"), |hours| hours_words(t, hours)))
            }
        };
        let deliverable = litres(case.expected.and_then(|expected| expected.deliverable));
        let deliverable = if short == Some(true) {
            deliverable.toned(Tone::Danger).told(t.say("machine-short"))
        } else {
            deliverable
        };
        vec![
            Cell::text(with).told(patients),
            hours,
            deliverable,
            litres(case.expected.and_then(|expected| expected.needed)),
        ]
    });
    Section {
        about: t.say("machine-what-if-about"),
        table: Some(Table {
            columns: vec![
                Column::words(t.say("machine-case")),
                Column::words(t.say("column-left")),
                Column::number(t.say("machine-deliverable")),
                Column::number(t.say("machine-needed")),
            ],
            rows: rows.collect(),
        }),
        ..Section::new("neu", t.say("machine-what-if"))
    }
}

/// To the tenth of an hour: days would hide what one machine makes.
fn hours_words(t: Say, hours: f64) -> String {
    format!("{} {}", number(t, hours, 1), t.say("norm-unit-hours"))
}

fn letters(t: Say, view: &AssetView) -> Section {
    let rows = view.kept.content.letters.iter().enumerate().map(|(place, letter)| {
        let number = letter.number.clone().unwrap_or_else(|| t.say("machine-no-number"));
        vec![
            Cell::link(number, format!("/phuong-tien/may-muon/{}/cong-van/{place}", view.kept.id)),
            Cell::text(letter.subject.clone()),
            Cell::text(letter.file.clone()).told(format!("{} · {}", letter.by.name, letter.at)),
        ]
    });
    let keys = ["supply-field-number", "supply-field-subject", "supply-field-file"];
    Section {
        table: Some(Table {
            columns: keys.into_iter().map(|key| Column::words(t.say(key))).collect(),
            rows: rows.collect(),
        }),
        empty: t.say("machine-no-letter"),
        ..Section::new("cong-van", t.say("machine-letters"))
    }
}

fn decisions(t: Say, view: &AssetView) -> Section {
    let rows = view.kept.content.decisions.iter().rev().map(|decision| {
        vec![
            Cell::text(decision.at.to_string()),
            Cell::text(t.say(&format!("verdict-{}", decision.verdict.code().replace('_', "-")))),
            Cell::text(decision.reason.clone()),
            Cell::text(decision.decider.clone()).told(t.one("machine-noted-by", "who", &decision.by.name)),
        ]
    });
    let keys = ["column-when", "machines-column-decision", "supply-field-reason", "supply-field-decider"];
    Section {
        table: Some(Table {
            columns: keys.into_iter().map(|key| Column::words(t.say(key))).collect(),
            rows: rows.collect(),
        }),
        empty: t.say("machines-undecided"),
        ..Section::new("da-quyet", t.say("machine-decisions"))
    }
}

fn decide_form(t: Say, view: &AssetView, key: &str) -> Form {
    let verdicts =
        Verdict::ALL.map(|one| (one.code().to_owned(), t.say(&format!("verdict-{}", one.code().replace('_', "-")))));
    let path = format!("/phuong-tien/may-muon/{}", view.kept.id);
    let mut form = named(Form::new(path, t.say("machine-record"), key), "decide")
        .field(field(t, "verdict").input(choices(verdicts)))
        .field(field(t, "reason").required())
        .field(field(t, "decider").value(view.kept.content.decider.clone()))
        .field(field(t, "gone").input(Input::Check));
    form.means = t.say("machine-locks-nothing");
    form
}

fn letter_form(t: Say, view: &AssetView, key: &str) -> Form {
    let path = format!("/phuong-tien/may-muon/{}/cong-van", view.kept.id);
    let mut form = named(Form::new(path, t.say("machine-attach"), key), "letter")
        .field(field(t, "number").hint(t.say("machine-number-hint")))
        .field(field(t, "subject").required())
        .field(field(t, "file").input(Input::File(".pdf,.docx,.jpg,.jpeg,.png".to_owned())).required());
    form.multipart = true;
    form
}

/// POST /phuong-tien/may-muon/{id}: a decision.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    let form = sending.open()?;
    let verdict = Verdict::ALL.into_iter().find(|one| one.code() == form.fields.text("verdict"));
    let operation = DecideReturn {
        key: form.key(),
        asset: form.id()?,
        verdict: verdict.unwrap_or(Verdict::Keep),
        reason: form.text("reason"),
        decider: form.text("decider"),
        gone: form.fields.text("gone") == "1",
    };
    act(form, ("decide", "done-machine-decided"), operation).await
}

/// Does what a form of the page asks, and leads back to it, or shows why it was refused.
async fn act<O: Operation>(form: Filled, (name, said): (&'static str, &str), operation: O) -> Answer {
    let id: RecordId<Asset> = form.id()?;
    let Filled { app, member, fields, .. } = form;
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(_) => Ok(done(&format!("/phuong-tien/may-muon/{id}"), said)),
        Err(failure) => {
            let refused = Refused::of(name, fields, failure, &member.caller)?;
            show(&app, &member, id, Some(refused), "").await
        }
    }
}

/// A letter: GET /phuong-tien/may-muon/{id}/cong-van/{place} sends it.
pub(in crate::pages) async fn letter(
    State(app): State<App>,
    Path((id, place)): Path<(String, usize)>,
    member: Member,
) -> Answer {
    let id = id_of(&id, &member.caller)?;
    let (_, (media, bytes, _)) =
        look(&app, &member, move |office, connection, actor| letter_of(connection, office, actor, id, place)).await?;
    // Never opened inside our page: what a stranger wrote stays a file.
    let disposition = format!("attachment; filename=\"cong-van-{}\"", place + 1);
    Ok(([(header::CONTENT_TYPE, media), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// POST /phuong-tien/may-muon/{id}/cong-van: a letter as a file.
pub(in crate::pages) async fn attach(sending: Sending) -> Answer {
    let mut form = sending.open()?;
    let Upload { name: file, bytes } = form.file();
    let operation = AttachLetter {
        key: form.key(),
        asset: form.id()?,
        number: form.text("number"),
        subject: form.text("subject"),
        file,
        digest: store::sha256(&bytes),
        bytes,
    };
    act(form, ("letter", "done-machine-attached"), operation).await
}
