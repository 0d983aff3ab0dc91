//! /chi-dao/khac-phuc: shortcomings that must be mended (DT16): what, why, what mends it, who, until when, how far.

use axum::extract::{Query, State};
use desk::letters::directive::DirectiveId;
use desk::letters::shortcomings::as_lines;
use desk::letters::task::OriginKind;
use desk::operations::steering::corrections::list_corrections::ListCorrections;
use desk::operations::steering::corrections::mend_correction::MendCorrection;
use desk::operations::steering::corrections::order_correction::OrderCorrection;
use desk::operations::steering::corrections::settle_correction::SettleCorrection;
use desk::rights::Capability;
use desk::steering::correction::CorrectionId;
use desk::views::steering::corrections::{CorrectionSeen, Corrections, corrections, proposed};
use quantity::Id;
use quantity::time::show_date;

use super::super::{Typed, asked, choices, day_field};
use super::{
    due_cell, form, give_out_form, line_form, line_words, lines_field, marked, owner_cell, state_cell, table,
    text_cell, version_of,
};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::{Sending, id_of};
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Field, Say, Section, Tone};
use crate::visitor::Member;

pub(in crate::pages) const PATH: &str = "/chi-dao/khac-phuc";

/// GET /chi-dao/khac-phuc; `viec` opens the forms of one shortcoming.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let opened = fields.text("viec").to_owned();
    let from = fields.some("tu").and_then(|id| id.parse().ok());
    show(&app, &member, (opened, from), Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/khac-phuc: a list, what mends one, the word that gives it out, what shows that it is mended.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::KeepCommand)?;
    let key = form.key();
    let opened = form.text("correction");
    let path = if opened.is_empty() { PATH.to_owned() } else { format!("{PATH}?viec={opened}") };
    let which = || -> Result<CorrectionId, Problem> { id_of(&opened, &form.member.caller) };
    let acted = match form.wants() {
        "list" => {
            let of = form.fields.some("of").map(|of| paper_of(of).ok_or_else(|| form.unreadable())).transpose()?;
            let (source, text) = (form.text("source"), form.text("text"));
            let operation = ListCorrections { key, of, source, text, simulated: false };
            form.act(Ok(operation), &path, "done-correction-listed").await
        }
        "confirm" => {
            let operation = OrderCorrection { key, correction: which()?, version: version_of(&form)? };
            form.act(Ok(operation), &path, "done-steering-given").await
        }
        "mend" => {
            let (correction, evidence) = (which()?, form.text("evidence"));
            let operation = form.day("on").map(|on| MendCorrection { key, correction, on, evidence });
            form.act(operation, &path, "done-correction-mended").await
        }
        "line-0" => {
            let (correction, cause) = (which()?, form.text("cause"));
            let remedy = line_words(&form.fields);
            let operation = remedy.map(|remedy| SettleCorrection { key, correction, cause, remedy });
            form.act(operation, &path, "done-steering-line").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, (opened.clone(), None), typed)).await
}

/// `meeting|0192…`.
fn paper_of(text: &str) -> Option<(OriginKind, Id)> {
    let (kind, id) = text.split_once('|')?;
    let kind = match kind {
        "letter" => OriginKind::Directive,
        "meeting" => OriginKind::Meeting,
        "inspection" => OriginKind::Inspection,
        _ => return None,
    };
    Some((kind, id.parse().ok()?))
}

const fn kind_code(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Meeting => "meeting",
        OriginKind::Inspection => "inspection",
        _ => "letter",
    }
}

/// `from` is the letter whose shortcomings are proposed.
async fn show(app: &App, member: &Member, (opened, from): (String, Option<DirectiveId>), mut typed: Typed) -> Answer {
    let (around, (found, read)) = look(app, member, move |office, connection, actor| {
        let read = from.map(|letter| proposed(connection, actor, letter)).transpose()?;
        Ok((corrections(office, connection, actor)?, read))
    })
    .await?;
    let t = member.caller.say;
    let open = found.all.iter().filter(|one| one.kept.content.mended.is_none()).count();
    let waiting = found.all.iter().filter(|one| waits(one)).count();
    let sentence = match found.all.len() {
        0 => t.say("corrections-none"),
        _ => t.two("corrections-sentence", "open", open, "waiting", waiting),
    };
    let mut page = plain(app, member, &around, "steering-corrections", sentence);
    page.about = t.say("corrections-about");
    let may = member.visitor.actor.may(Capability::KeepCommand);
    if may && let Some(one) = found.all.iter().find(|one| one.kept.id.to_string() == opened) {
        page.sections.push(one_of(t, app, &found, one, &mut typed));
    }
    let mut section = Section::new("ton-tai", t.say("steering-corrections"));
    section.empty = t.say("corrections-empty");
    let columns = [
        ("correction-shortcoming", false),
        ("correction-remedy", false),
        ("steering-owner", false),
        ("steering-last-day", false),
        ("steering-state", false),
    ];
    section.table = Some(table(t, &columns, found.all.iter().map(|one| row(t, one, may)).collect()));
    page.sections.push(section);
    if may {
        let mut section = Section::new("ghi", t.say("corrections-new"));
        section.folded = !found.all.is_empty() && read.is_none();
        section.about = read.as_ref().map_or_else(String::new, |read| match read.len() {
            0 => t.say("corrections-read-none"),
            count => t.one("corrections-read", "count", count),
        });
        let other = (String::new(), t.say("corrections-other-source"));
        let papers =
            found.papers.iter().map(|(kind, id, called)| (format!("{}|{id}", kind_code(*kind)), called.clone()));
        let mut pick = choices("of", t.say("corrections-of"), std::iter::once(other).chain(papers));
        pick.required = false;
        pick.value = from.map_or_else(String::new, |letter| format!("letter|{letter}"));
        let form = form(app, PATH, "list", t.say("corrections-save"))
            .field(pick)
            .field(Field::words("source", t.say("corrections-source")).hint(t.say("corrections-source-hint")))
            .field(
                lines_field("text", t.say("corrections-text"))
                    .value(as_lines(&read.unwrap_or_default()))
                    .hint(t.say("corrections-text-hint"))
                    .required(),
            );
        section.forms.push(typed.form(form));
        page.sections.push(section);
    }
    Ok(answer(&typed.onto(page)))
}

fn waits(one: &CorrectionSeen) -> bool {
    one.kept.content.mended.is_none() && one.remedy.line.waits()
}

fn row(t: Say, one: &CorrectionSeen, may: bool) -> Vec<Cell> {
    let told = &one.kept.content;
    let name = marked(t, told.simulated, &told.shortcoming);
    let name = if may && told.mended.is_none() {
        Cell::link(name, format!("{PATH}?viec={}#mot-viec", one.kept.id))
    } else {
        Cell::text(name)
    };
    let cause = match &told.cause {
        Some(cause) => t.one("correction-because", "cause", cause.clone()),
        None => t.say("correction-cause-unknown"),
    };
    let state = match &told.mended {
        Some((on, evidence)) => {
            Cell::text(t.one("correction-mended", "on", show_date(*on))).told(evidence).toned(Tone::Confirmed)
        }
        None => state_cell(t, &one.remedy),
    };
    vec![
        name.told(format!("{} · {cause}", told.source.words)),
        text_cell(t, &one.remedy),
        owner_cell(t, &one.remedy),
        due_cell(t, &one.remedy),
        state,
    ]
}

/// The forms of one shortcoming.
fn one_of(t: Say, app: &App, found: &Corrections, one: &CorrectionSeen, typed: &mut Typed) -> Section {
    let id = one.kept.id.to_string();
    let mut section = Section::new("mot-viec", one.kept.content.shortcoming.clone());
    section.about = one.kept.content.source.words.clone();
    if waits(one) {
        let mut form = line_form(t, app, PATH, 0, &one.remedy).hidden("correction", &id);
        form.submit = t.say("correction-save");
        form.fields.retain(|field| field.name != "left_out");
        form.fields.insert(
            0,
            Field::words("cause", t.say("correction-cause")).value(one.kept.content.cause.clone().unwrap_or_default()),
        );
        section.forms.push(typed.form(form));
        if !one.remedy.line.owner.name.is_empty() {
            let form = give_out_form(t, app, PATH, one.kept.version, "correction-confirm").hidden("correction", &id);
            section.forms.push(typed.form(form));
        }
    }
    if one.kept.content.mended.is_none() {
        let form = form(app, PATH, "mend", t.say("correction-mend"))
            .hidden("correction", &id)
            .field(day_field("on", t.say("correction-mended-on"), Some(found.today)).required())
            .field(asked("evidence", t.say("correction-evidence")).hint(t.say("correction-evidence-hint")));
        section.forms.push(typed.form(form));
    }
    section
}
