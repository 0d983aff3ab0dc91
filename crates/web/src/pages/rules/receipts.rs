//! /viec/da-nhan: who has received what was given out; those who have not for too long stand first (DT08).

use axum::extract::{Query, State};
use desk::letters::directive::DirectiveId;
use desk::letters::receipt::{By, Received, Way};
use desk::letters::task::{OriginKind, TaskId};
use desk::operations::rules::note_receipt::NoteReceipt;
use desk::rights::Capability;
use desk::views::rules::receipts::{ReceiptLine, Receipts, receipt_file, receipts};
use quantity::Moment;

use super::attendance::kept;
use super::columns;
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, local_moment};
use crate::pages::filled::{Placed, Sending, Wanted, id_of};
use crate::pages::plain::{answer, plain};
use crate::pages::tasks::{LIST, opens_letters, origin_code};
use crate::pages::typed::{Typed, form};
use crate::pages::words::{duration, fill, phone};
use crate::respond::Answer;
use crate::view::{Cell, Choice, Field, Input, Link, Say, Section, Table, Tone, Weight};
use crate::visitor::Member;

const PATH: &str = "/viec/da-nhan";
/// Lines of one page.
const SHOWN: usize = 300;

/// GET /viec/da-nhan; `van-ban` asks for one letter.
pub(in crate::pages) async fn page(State(app): State<App>, Query(asked): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, asked.text("van-ban"), Typed::after(member.caller.say, &asked)).await
}

async fn show(app: &App, member: &Member, letter: &str, typed: Typed) -> Answer {
    let t = member.caller.say;
    let asked: Option<DirectiveId> = match letter {
        "" => None,
        text => Some(id_of(text, &member.caller)?),
    };
    let (around, found) =
        look(app, member, move |office, connection, actor| receipts(office, connection, actor, asked)).await?;
    let mut page = plain(app, member, &around, "receipts", sentence(t, &found));
    page.trail = vec![Link { text: t.say("tasks"), href: LIST.to_owned() }];
    let about = t.two("receipts-about", "hours", found.hours.0, "urgent", found.hours.1);
    page.about = if found.cut { format!("{about} {}", t.say("tasks-cut-short")) } else { about };
    let opens = opens_letters(member);
    if let Some((id, called)) = &found.letter {
        page.about = format!("{called}. {}", page.about);
        if opens {
            page.links.push(Link { text: called.clone(), href: format!("/van-ban/{id}") });
        }
        page.links.push(Link { text: t.say("receipts-all"), href: PATH.to_owned() });
    }
    page.sections.push(lines(t, &found, opens));
    if found.may_note && around.past.is_none() {
        page.sections.extend(note_form(app, t, &found, letter));
    }
    Ok(answer(&typed.into_forms_of(page)))
}

fn sentence(t: Say, found: &Receipts) -> String {
    let open = found.lines.iter().filter(|line| !line.way.is_received()).count();
    match (found.late(), open, found.lines.len()) {
        (_, _, 0) => t.say("receipts-none"),
        (0, 0, all) => t.one("receipts-all-received", "count", all),
        (0, open, _) => t.one("receipts-on-the-way", "count", open),
        (late, ..) => {
            let first = found.lines.first().map(|line| line.body_name.clone()).unwrap_or_default();
            t.two("receipts-late", "count", late, "body", first)
        }
    }
}

fn way_words(t: Say, way: Way) -> String {
    t.say(&format!("receipts-way-{}", way.code()))
}

/// How far the way is, with who has it and how it is known.
pub(in crate::pages) fn way_cell(t: Say, way: Way, received: Option<&Received>, late: bool) -> Cell {
    let tone = match way {
        _ if late => Tone::Danger,
        Way::Nobody => Tone::Attention,
        Way::Sent => Tone::Plain,
        _ => Tone::Confirmed,
    };
    Cell::text(way_words(t, way)).told(received.map(|one| received_words(t, one)).unwrap_or_default()).toned(tone)
}

fn received_words(t: Say, one: &Received) -> String {
    let facts = [
        ("who", one.who.clone().into()),
        ("at", one.at.to_string().into()),
        ("noted", one.noted_by.as_ref().map(|by| by.name.clone()).unwrap_or_default().into()),
    ];
    let said = fill(t, &format!("receipts-by-{}", one.by.code()), &facts);
    if one.note.is_empty() { said } else { format!("{said} · {}", one.note) }
}

fn lines(t: Say, found: &Receipts, opens: bool) -> Section {
    let rows = found.lines.iter().take(SHOWN).map(|line| row(t, line, found.now, opens));
    let keys = [
        "task-column-body",
        "task-column-letter",
        "receipts-column-given",
        "receipts-column-way",
        "receipts-column-told",
    ];
    let mut columns = columns(t, &keys);
    columns[0].weight = Weight::Lead;
    columns[4].weight = Weight::Aside;
    Section {
        empty: t.say("receipts-empty"),
        table: Some(Table { columns, rows: rows.collect() }),
        ..Section::new("danh-sach", String::new())
    }
}

fn row(t: Say, line: &ReceiptLine, now: Moment, opens: bool) -> Vec<Cell> {
    let call = line.call.as_ref().filter(|_| !line.way.is_received());
    let mut body = Cell::text(line.body_name.clone());
    if let Some(to) = call {
        // The button says whom to call; who has no number, and who stands in for another, is said in words.
        let told = match (to.instead_of.is_empty(), to.phone.is_some()) {
            (true, true) => String::new(),
            (true, false) => t.one("receipts-call", "name", to.name.clone()),
            (false, _) => t.two("receipts-call-instead", "name", to.name.clone(), "absent", to.instead_of.clone()),
        };
        body = body.told(told);
        body.phone = to.phone.as_deref().map(|number| phone(&to.name, number));
    } else if !line.way.is_received() {
        body = body.told(t.say("receipts-nobody-to-call")).toned(Tone::Attention);
    }
    let (kind, origin, called) = &line.origin;
    let letter = match (kind, called) {
        (OriginKind::Directive, Some(called)) if opens => Cell::link(called.clone(), format!("/van-ban/{origin}")),
        (_, Some(called)) => Cell::text(called.clone()),
        (kind, None) => Cell::text(t.say(&format!("task-origin-{}", origin_code(*kind)))),
    };
    let first = line.tasks.first().map(|id| Link { text: t.say("receipts-open-task"), href: format!("{LIST}/{id}") });
    let letter = letter.told(t.one("receipts-tasks", "count", line.tasks.len()));
    let letter = first.map_or_else(|| letter.clone(), |link| letter.clone().more(link));
    let waits = if line.way.is_received() {
        String::new()
    } else {
        t.one("receipts-waits", "span", duration(t, now - line.given_at))
    };
    let mut way = way_cell(t, line.way, line.received.first(), line.late);
    if let Some((task, place)) = line.proof {
        let text = t.say("receipts-file-open");
        way = way.more(Link { text, href: format!("{LIST}/{task}/da-nhan/{place}") });
    }
    if let Some(at) = line.taken_at.filter(|_| line.way == Way::Taken && line.received.is_empty()) {
        way = way.told(at.to_string());
    }
    let mut told: Vec<String> = Vec::new();
    if let Some((to, instead)) = &line.told {
        told.push(match instead.is_empty() {
            true => to.clone(),
            false => t.two("receipts-told-instead", "name", to.clone(), "absent", instead.clone()),
        });
    }
    told.extend(line.message.map(|state| t.say(&format!("receipts-message-{}", state.code()))));
    told.extend(line.asked_at.map(|at| t.one("receipts-asked", "at", at.to_string())));
    let told = if told.is_empty() { t.say("receipts-told-nobody") } else { told.join(" · ") };
    vec![body, letter, Cell::text(line.given_at.to_string()).told(waits), way, Cell::text(told)]
}

/// One form for whoever has no account: he was called, or signed for the paper.
fn note_form(app: &App, t: Say, found: &Receipts, letter: &str) -> Option<Section> {
    let open = found.lines.iter().take(SHOWN).filter(|line| line.way < Way::Opened);
    let choices: Vec<Choice> = open
        .map(|line| {
            let (_, _, called) = &line.origin;
            let tasks: Vec<String> = line.tasks.iter().map(ToString::to_string).collect();
            let text =
                [Some(line.body_name.clone()), called.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            Choice { value: tasks.join(","), text, chosen: false }
        })
        .collect();
    if choices.is_empty() {
        return None;
    }
    let by = [By::Call, By::Paper].map(|by| Choice {
        value: by.code().to_owned(),
        text: t.say(&format!("receipts-noted-{}", by.code())),
        chosen: false,
    });
    let mut form = form(app, PATH, "note", t.say("receipts-note"))
        .hidden("van-ban", letter)
        .field(Field::words("tasks", t.say("task-column-body")).input(Input::Choices(choices)).required())
        .field(Field::words("who", t.say("receipts-who")).hint(t.say("receipts-who-hint")).required())
        .field(Field::words("by", t.say("receipts-how")).input(Input::Choices(by.to_vec())).required())
        .field(Field::words("at", t.say("receipts-at")).input(Input::Moment).hint(t.say("receipts-at-hint")))
        .field(Field::words("note", t.say("receipts-paper")).hint(t.say("receipts-paper-hint")))
        .field(
            Field::words("file", t.say("receipts-file"))
                .input(Input::File(".pdf,image/jpeg,image/png".to_owned()))
                .hint(t.say("receipts-paper-hint")),
        );
    form.multipart = true;
    Some(Section { forms: vec![form], ..Section::new("ghi", t.say("receipts-note-title")) })
}

/// POST /viec/da-nhan: a call or a signed paper.
pub(in crate::pages) async fn note(sending: Sending) -> Answer {
    let mut form = sending.by_whom(Capability::HandleLetters)?;
    let file = form.upload.take().map(|upload| (upload.name.clone(), upload.attached()));
    let unreadable = || form.unreadable();
    let tasks: Result<Vec<_>, _> =
        form.fields.text("tasks").split(',').filter(|id| !id.is_empty()).map(str::parse).collect();
    let operation = NoteReceipt {
        key: form.key(),
        tasks: tasks.map_err(|_| unreadable())?,
        who: form.text("who"),
        by: By::noted(form.fields.text("by")).ok_or_else(unreadable)?,
        at: form.fields.some("at").map(|text| local_moment(text).ok_or_else(unreadable)).transpose()?,
        note: form.text("note"),
        file,
    };
    let letter = form.fields.text("van-ban");
    let path = if letter.is_empty() { PATH.to_owned() } else { format!("{PATH}?van-ban={letter}") };
    let acted = form.act(Ok(operation), &path, "done-receipt-noted").await?;
    acted.or(|typed| show(&form.app, &form.member, letter, typed)).await
}

/// GET /viec/{id}/da-nhan/{place}: a signed receipt as it came.
pub(in crate::pages) async fn file(
    Wanted { app, member, id: Placed { id, place }, .. }: Wanted<Placed<TaskId>>,
) -> Answer {
    let look_up =
        look(&app, &member, move |office, connection, actor| receipt_file(office, connection, actor, (id, place)));
    Ok(kept(look_up.await?.1))
}
