//! /chi-dao/van-ban-di: write a letter; /chi-dao/bao-cao/{id}/sua: change a drafted one. What it lacks stands beside it
//! while one writes.

use axum::extract::{Path, State};
use desk::letters_out::check::{Finding, check};
use desk::letters_out::kinds::Kinds;
use desk::letters_out::text::{blocks_of, copies_of, lines_of, lines_of_copies, names_of};
use desk::letters_out::{OfficialDocument, Writer};
use desk::operations::papers::draft_letter::DraftLetter;
use desk::operations::papers::edit_letter::EditLetter;
use desk::papers::letter_out::Series;
use desk::papers::report::{DeadlineWord, OfficialReport, due_moment};
use desk::record::RecordId;
use desk::rights::Capability;
use desk::views::papers::{ReportInFull, letters::writer, report};
use document::official::{Kind, Urgency};

use super::around::{Around, look};
use super::fields::{Fields, Sent, day_of, server_key};
use super::papers::LIST;
use super::plain::done;
use crate::app::App;
use crate::respond::{Answer, Problem, page_of, refusal_of};
use crate::view::{CheckLine, Checks, Choice, LetterChecks, LetterWritePage, Link, Refusal, Say};
use crate::visitor::Member;

/// Where the page stands.
pub(super) const PATH: &str = "/chi-dao/van-ban-di";

/// GET /chi-dao/van-ban-di.
pub(super) async fn page(State(app): State<App>, member: Member) -> Answer {
    member.must(Capability::DraftReport)?;
    let (around, by) = look(&app, &member, writer).await?;
    let fields = Fields::default();
    let document = new_document(&fields, &by);
    Ok(page_of(&show(
        &app,
        &member,
        &around,
        &Shown { by: &by, old: None, fields: &fields, document: &document },
        None,
    )))
}

/// POST /chi-dao/van-ban-di.
pub(super) async fn draft(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::DraftReport)?;
    let key = fields.key(&member.caller)?;
    let (around, by) = look(&app, &member, writer).await?;
    let document = new_document(&fields, &by);
    let operation =
        DraftLetter { key: Some(key), document: document.clone(), about: None, due: due(&fields), drafter: None };
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(receipt) => Ok(done(&format!("{LIST}/{}", receipt.done), "done-letters-out-drafted")),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            let shown = Shown { by: &by, old: None, fields: &fields, document: &document };
            Ok(refused(&show(&app, &member, &around, &shown, Some(refusal))))
        }
    }
}

/// POST /chi-dao/van-ban-di/kiem: what the letter lacks as it is written; nothing is kept.
pub(super) async fn checks(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::DraftReport)?;
    let document = match fields.some("paper") {
        Some(id) => edited(&fields, &found(&app, &member, id).await?.1.content.document),
        None => new_document(&fields, &look(&app, &member, writer).await?.1),
    };
    Ok(page_of(&LetterChecks { checks: told(member.caller.say, &document) }))
}

/// GET /chi-dao/bao-cao/{id}/sua.
pub(super) async fn edit_page(State(app): State<App>, Path(id): Path<String>, member: Member) -> Answer {
    member.must(Capability::DraftReport)?;
    let (around, old) = found(&app, &member, &id).await?;
    let (_, by) = look(&app, &member, writer).await?;
    let document = old.content.document.clone();
    let fields = Fields::default();
    let shown = Shown { by: &by, old: Some(&old), fields: &fields, document: &document };
    Ok(page_of(&show(&app, &member, &around, &shown, None)))
}

/// POST /chi-dao/bao-cao/{id}/sua.
pub(super) async fn edit(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::DraftReport)?;
    let key = Some(fields.key(&member.caller)?);
    let (around, old) = found(&app, &member, &id).await?;
    let document = edited(&fields, &old.content.document);
    let letter = old.report.id;
    let seen = fields.text("seen").to_owned();
    let operation = EditLetter { key, letter, seen, document: document.clone(), due: due(&fields) };
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(_) => Ok(done(&format!("{LIST}/{letter}"), "done-letters-out-edited")),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            let (_, by) = look(&app, &member, writer).await?;
            let shown = Shown { by: &by, old: Some(&old), fields: &fields, document: &document };
            Ok(refused(&show(&app, &member, &around, &shown, Some(refusal))))
        }
    }
}

fn refused(page: &LetterWritePage) -> axum::response::Response {
    let mut response = page_of(page);
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// A drafted letter; a report has no text of its own to edit.
async fn found(app: &App, member: &Member, id: &str) -> Result<(Around, ReportInFull), Problem> {
    let id: RecordId<OfficialReport> = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (around, old) =
        look(app, member, move |office, connection, actor| report(office, connection, actor, id, None)).await?;
    if old.report.content.letter.is_none() {
        return Err(Problem::no_page(&member.caller));
    }
    Ok((around, old))
}

fn due(fields: &Fields) -> Option<quantity::Moment> {
    day_of(fields.text("due_day")).map(|day| due_moment(DeadlineWord::AtLatest, day))
}

/// A new letter of the kind that was chosen.
fn new_document(fields: &Fields, by: &Writer) -> OfficialDocument {
    let kinds = Kinds::shipped();
    let unit = if fields.0.contains_key("unit") { fields.text("unit").to_owned() } else { by.unit.clone() };
    let by = Writer { unit, ..by.clone() };
    let kind = kinds.of(fields.text("kind")).or_else(|| kinds.kinds.first());
    let blank = kind.map(|kind| kind.blank(&by, "")).unwrap_or_default();
    let archive = if by.unit.is_empty() { "VT".to_owned() } else { format!("VT, {}", by.unit) };
    edited(fields, &OfficialDocument { archive, ..blank })
}

/// The letter with what the form says; what the form does not have stays.
fn edited(fields: &Fields, old: &OfficialDocument) -> OfficialDocument {
    let mut document = old.clone();
    let said = |name: &str| fields.0.get(name).map(String::as_str);
    if let Some(text) = said("subject") {
        let (Kind::Named { subject, .. } | Kind::Letter { subject }) = &mut document.kind;
        text.trim().clone_into(subject);
    }
    if let Some(text) = said("recipients") {
        document.recipients = names_of(text);
    }
    if let Some(text) = said("body") {
        document.body = blocks_of(text, &old.body);
    }
    if let Some(text) = said("copies") {
        document.copies = copies_of(text);
    }
    if let Some(text) = said("archive") {
        text.trim().clone_into(&mut document.archive);
    }
    if let Some(text) = said("urgency") {
        document.urgency =
            URGENCIES.into_iter().find(|(code, _)| *code == text.trim()).and_then(|(_, urgency)| urgency);
    }
    document
}

const URGENCIES: [(&str, Option<Urgency>); 4] = [
    ("", None),
    ("urgent", Some(Urgency::Urgent)),
    ("very_urgent", Some(Urgency::VeryUrgent)),
    ("express", Some(Urgency::Express)),
];

/// What a page is made from.
struct Shown<'s> {
    by: &'s Writer,
    old: Option<&'s ReportInFull>,
    fields: &'s Fields,
    document: &'s OfficialDocument,
}

fn show(app: &App, member: &Member, around: &Around, shown: &Shown<'_>, refusal: Option<Refusal>) -> LetterWritePage {
    let t = member.caller.say;
    let (document, fields) = (shown.document, shown.fields);
    let (Kind::Named { subject, .. } | Kind::Letter { subject }) = &document.kind;
    let kinds = Kinds::shipped();
    let chosen = kinds.of(fields.text("kind")).or_else(|| kinds.kinds.first()).map(|kind| kind.key.as_str());
    let choices = kinds.kinds.iter().map(|kind| Choice {
        value: kind.key.clone(),
        text: kind.title.clone(),
        chosen: chosen == Some(kind.key.as_str()),
    });
    let urgency = |(code, urgency): (&str, Option<Urgency>)| Choice {
        value: code.to_owned(),
        text: t.say(&format!("letters-out-urgency-{}", if code.is_empty() { "none" } else { code })),
        chosen: document.urgency == urgency,
    };
    let hidden = |old: &ReportInFull| {
        let seen = fields.some("seen").unwrap_or(&old.report.content.content).to_owned();
        vec![("paper".to_owned(), old.report.id.to_string()), ("seen".to_owned(), seen)]
    };
    let key = if refusal.is_some() { fields.text("key").to_owned() } else { server_key(app.office.real_now()) };
    let typed = |name: &str, own: String| fields.0.get(name).cloned().unwrap_or(own);
    LetterWritePage {
        t,
        shell: around.shell(app, member, "letters-out"),
        sentence: match shown.old {
            Some(old) => t.one("letters-out-edit-sentence", "title", old.report.content.title()),
            None => t.say("letters-out-sentence"),
        },
        key,
        action: shown.old.map_or_else(|| PATH.to_owned(), |old| format!("{LIST}/{}/sua", old.report.id)),
        hidden: shown.old.map(hidden).unwrap_or_default(),
        paper: shown
            .old
            .map(|old| Link { text: old.report.content.title().to_owned(), href: format!("{LIST}/{}", old.report.id) }),
        kinds: if shown.old.is_some() { Vec::new() } else { choices.collect() },
        unit: typed("unit", shown.by.unit.clone()),
        urgencies: URGENCIES.map(urgency).to_vec(),
        subject: subject.clone(),
        recipients: typed("recipients", document.recipients.join("\n")),
        body: typed("body", lines_of(&document.body)),
        copies: typed("copies", lines_of_copies(&document.copies)),
        archive: document.archive.clone(),
        due_day: typed("due_day", String::new()),
        checks: told(t, document),
        refusal,
    }
}

/// What a letter lacks, in words.
pub(super) fn told(t: Say, document: &OfficialDocument) -> Checks {
    let found = check(document);
    let musts = found.iter().filter(|finding| finding.must).count();
    let line = |finding: &Finding| {
        let words = t.say(&format!("letters-out-check-{}", finding.key));
        let text = if finding.what.is_empty() { words } else { format!("{words} «{}»", finding.what) };
        CheckLine { must: finding.must, text }
    };
    let title =
        if musts == 0 { t.say("letters-out-check-ready") } else { t.one("letters-out-check-lacks", "count", musts) };
    let shape = match Series::of(document) {
        Some(series) => t.one("letters-out-check-number", "mark", series.mark),
        None => t.say("letters-out-check-no-number"),
    };
    Checks { title, nothing: t.say("letters-out-check-nothing"), lines: found.iter().map(line).collect(), shape }
}
