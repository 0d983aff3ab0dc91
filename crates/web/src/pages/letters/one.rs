//! /van-ban/{id}: a letter beside its tasks. While it waits, one form corrects, splits, joins and gives them out;
//! nothing goes out before its button is pressed.

use axum::response::Response;
use desk::letters::directive::{Directive, DirectiveId, DraftTask, Standing};
use desk::letters::edit;
use desk::letters::instruction::asks;
use desk::letters::shortcomings::shortcomings;
use desk::operations::letters::confirm::ConfirmLetter;
use desk::operations::letters::correct::{CorrectReading, Fields as Corrected};
use desk::operations::letters::withdraw::WithdrawLetter;
use desk::operations::papers::draft_letter::DraftLetter;
use desk::papers::report::State as Stands;
use desk::rights::Capability;
use desk::views::letter_answers::{Answer as Written, answer};
use desk::views::letters::{LetterInFull, TypedTask, letter, original, typed};
use quantity::time::show_date;

use super::exchange_rows::receipt_words;
use super::{LIST, listed, refused_status, shown, standing_key};
use crate::app::App;
use crate::pages::around::{Around, look};
use crate::pages::fields::{Fields, day_of, see_other, server_key};
use crate::pages::filled::{Filled, Sending, Wanted};
use crate::pages::plain::{done, said_done};
use crate::pages::words::fill;
use crate::respond::{Answer, Problem, attachment, file_name, page_of};
use crate::view::{Field, Form, Input, LetterForm, LetterPage, Link, Refusal, Say};
use crate::visitor::Member;

/// What was left on the page, its fields and its tasks, and why it was not taken.
struct Left {
    typed: Fields,
    draft: Vec<DraftTask>,
    refusal: Refusal,
}

async fn look_up(app: &App, member: &Member, id: DirectiveId) -> Result<(Around, LetterInFull), Problem> {
    look(app, member, move |office, connection, actor| letter(office, connection, actor, id)).await
}

/// GET /van-ban/{id}.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<DirectiveId>) -> Answer {
    let (around, found) = look_up(&app, &member, id).await?;
    let said = said_done(member.caller.say, fields.text("xong"));
    Ok(show(&app, &member, &around, &found, None, said))
}

/// POST /van-ban/{id}: `do` is `confirm`, `save`, `add`, `split.N` or `join.N`.
pub(in crate::pages) async fn act(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::HandleLetters)?;
    let Filled { app, member, fields, .. } = &form;
    let id: DirectiveId = form.id()?;
    let tasks = tasks_of(fields);
    let (around, (found, draft)) = look(app, member, move |office, connection, actor| {
        let found = letter(office, connection, actor, id)?;
        let draft = typed(office, connection, actor, &found, &tasks)?;
        Ok((found, draft))
    })
    .await?;
    let (wanted, line) = form.wants().split_once('.').unwrap_or((form.wants(), ""));
    let line = line.parse::<usize>().ok().and_then(|line| line.checked_sub(1));
    let mut changed = draft.clone();
    match (wanted, line) {
        ("split", Some(line)) => edit::split(&mut changed, line, &found.text),
        ("join", Some(line)) => edit::join(&mut changed, line),
        ("add", None) if !fields.text("added").is_empty() => edit::add(&mut changed, fields.text("added")),
        _ => {}
    }
    match write(&form, &found, changed, wanted == "confirm").await? {
        Ok(_) if wanted == "confirm" => Ok(done(&format!("{LIST}/{id}"), "done-letter-confirmed")),
        Ok(_) => {
            let anchor = match (wanted, line) {
                ("split", Some(line)) => format!("#viec-{}", line + 1),
                ("join", Some(line)) => format!("#viec-{line}"),
                ("add", _) => format!("#viec-{}", found.directive.content.draft.len() + 1),
                _ => String::new(),
            };
            Ok(see_other(&format!("{LIST}/{id}?xong=done-letter-saved{anchor}")))
        }
        Err(refusal) => {
            let left = Left { typed: fields.clone(), draft, refusal };
            Ok(show(app, member, &around, &found, Some(left), String::new()))
        }
    }
}

/// One press is one operation: what was corrected goes in with it, or not at all.
async fn write(
    form: &Filled,
    found: &LetterInFull,
    draft: Vec<DraftTask>,
    confirm: bool,
) -> Result<Result<DirectiveId, Refusal>, Problem> {
    let directive = found.directive.id;
    let version = form.fields.text("version").parse().unwrap_or_default();
    let fields = corrected(&found.directive.content, &form.fields);
    if confirm {
        return form
            .perform(Ok(ConfirmLetter { key: form.key_of("confirm"), directive, version, fields, draft }))
            .await;
    }
    form.perform(Ok(CorrectReading { key: form.key_of("save"), directive, version, fields, draft: Some(draft) })).await
}

/// The fields that differ from what is kept; none where nothing does.
fn corrected(letter: &Directive, fields: &Fields) -> Option<Corrected> {
    fields.some("count")?;
    let text = |name: &str| fields.some(name).map(str::to_owned);
    let now = Corrected {
        issuer: text("issuer"),
        number: text("number"),
        date: fields.some("date").and_then(day_of),
        kind: text("kind"),
        subject: text("subject"),
    };
    let before = Corrected {
        issuer: letter.issuer.clone(),
        number: letter.number.clone(),
        date: letter.date,
        kind: letter.kind.clone(),
        subject: letter.subject.clone(),
    };
    (now != before).then_some(now)
}

fn tasks_of(fields: &Fields) -> Vec<TypedTask> {
    let count: usize = fields.text("count").parse().unwrap_or_default();
    (1..=count.min(desk::operations::letters::correct::MOST_TASKS))
        .map(|number| {
            let field = |name: &str| fields.text(&format!("{name}.{number}")).to_owned();
            TypedTask {
                kept: field("kept") == "1",
                text: field("text"),
                owner: field("owner"),
                last_day: day_of(&field("day")),
                holder: field("holder").parse().ok(),
            }
        })
        .collect()
}

/// POST /van-ban/{id}/go: out of the register, with the reason.
pub(in crate::pages) async fn withdraw(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::HandleLetters)?;
    let id: DirectiveId = form.id()?;
    let operation = WithdrawLetter { key: form.key(), directive: id, reason: form.text("reason") };
    match form.perform(Ok(operation)).await? {
        Ok(_) => Ok(done(LIST, "done-letter-withdrawn")),
        Err(refusal) => show_again(&form, id, refusal).await,
    }
}

/// The page as it is kept, with why something was refused.
async fn show_again(form: &Filled, id: DirectiveId, refusal: Refusal) -> Answer {
    let (around, found) = look_up(&form.app, &form.member, id).await?;
    let draft = found.directive.content.draft.clone();
    let left = Left { typed: Fields::default(), draft, refusal };
    Ok(show(&form.app, &form.member, &around, &found, Some(left), String::new()))
}

/// GET /van-ban/{id}/tep: the file that it came in, to be kept and never run.
pub(in crate::pages) async fn download(Wanted { app, member, id, .. }: Wanted<DirectiveId>) -> Answer {
    let (_, (media_type, name, bytes)) =
        look(&app, &member, move |_, connection, actor| original(connection, actor, id)).await?;
    Ok(attachment(&media_type, &file_name(&name, "van-ban"), bytes))
}

/// POST /van-ban/{id}/soan: a paper because of the letter, out of its tasks as they stand; `kind` says which.
pub(in crate::pages) async fn write_answer(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::DraftReport)?;
    let id: DirectiveId = form.id()?;
    let kind = Written::from_code(form.fields.text("kind")).ok_or_else(|| form.unreadable())?;
    let actor = form.member.visitor.actor.clone();
    let document = form.app.office.look(move |office, connection| answer(office, connection, &actor, id, kind)).await;
    let key = form.key();
    let draft = document.map(|document| DraftLetter { key, document, about: Some(id.0), due: None, drafter: None });
    match form.perform(draft).await? {
        Ok(paper) => Ok(see_other(&format!("/chi-dao/bao-cao/{paper}/sua"))),
        Err(refusal) => show_again(&form, id, refusal).await,
    }
}

fn show(
    app: &App,
    member: &Member,
    around: &Around,
    found: &LetterInFull,
    left: Option<Left>,
    said: String,
) -> Response {
    let t = member.caller.say;
    let letter = &found.directive.content;
    let id = found.directive.id;
    let (typed, draft, refusal) = match left {
        Some(left) => (left.typed, left.draft, Some(left.refusal)),
        None => (Fields::default(), letter.draft.clone(), None),
    };
    let called = letter.called().map_or_else(|| t.say("letter-no-number"), str::to_owned);
    let title = match &letter.kind {
        Some(kind) => format!("{kind} {called}"),
        None => called,
    };
    let may = member.visitor.actor.may(Capability::HandleLetters) && around.past.is_none();
    // What nobody has touched shows who is proposed; once it was saved, what a person left stands.
    let fresh = refusal.is_none() && found.directive.version == 1;
    let form = (letter.standing == Standing::Read && may).then(|| form(t, app, found, (&typed, &draft, fresh)));
    let mut links = Vec::new();
    if let Some(file) = &letter.original {
        links.push(Link { text: t.one("letter-original", "name", &file.name), href: format!("{LIST}/{id}/tep") });
    }
    links.push(Link { text: t.say("letter-relations"), href: format!("{LIST}/{id}/lien-quan") });
    if letter.arrival_number.is_some() {
        links.push(Link { text: t.say("letter-stamp"), href: format!("{LIST}/{id}/dau-den") });
    }
    if letter.standing == Standing::Confirmed {
        links.push(Link { text: t.say("receipts"), href: format!("/viec/da-nhan?van-ban={id}") });
    }
    if letter.references.iter().any(|basis| asks(basis.role)) {
        links.push(Link { text: t.say("old-tasks"), href: format!("{LIST}/{id}/viec-cu") });
    }
    let named = shortcomings(&found.text).len();
    if named > 0 && letter.standing != Standing::Withdrawn && member.visitor.actor.may(Capability::KeepCommand) {
        let text = t.one("letter-shortcomings", "count", named);
        links.push(Link { text, href: format!("/chi-dao/khac-phuc?tu={id}#ghi") });
    }
    links.push(Link { text: t.say("letter-history"), href: format!("/lich-su/{id}") });
    let writes = letter.standing == Standing::Confirmed
        && !found.tasks.is_empty()
        && member.visitor.actor.may(Capability::DraftReport)
        && around.past.is_none();
    let answers = Written::ALL.into_iter().filter(|_| writes).map(|kind| {
        let submit = t.say(&format!("letter-answer-{}", kind.code()));
        Form::new(format!("{LIST}/{id}/soan"), submit, server_key(app.office.real_now())).hidden("kind", kind.code())
    });
    let papers = found.papers.iter().map(|paper| {
        let told = found.papers_told.iter().find(|told| told.paper == Some(paper.id.0));
        let mut text = format!("{} · {}", paper.content.title(), t.say(paper_state(paper.content.state)));
        text.extend(told.map(|told| format!(" · {}", receipt_words(t, told))));
        Link { text, href: format!("/chi-dao/bao-cao/{}", paper.id) }
    });
    let page = LetterPage {
        answers: answers.collect(),
        papers: papers.collect(),
        t,
        shell: around.shell(app, member, "letters"),
        sentence: sentence(t, found),
        about: about(t, found),
        done: said,
        doubts: shown::doubts(t, found),
        facts: shown::facts(t, found),
        links,
        pieces: if letter.lacks_text() { listed::in_place_of_the_text(t) } else { shown::pieces(t, found) },
        lines: shown::lines(t, found),
        title,
        form,
        refusal,
    };
    let refused = page.refusal.is_some();
    refused_status(page_of(&page), refused)
}

/// The word of where a paper stands.
const fn paper_state(state: Stands) -> &'static str {
    match state {
        Stands::Drafted => "letter-paper-drafted",
        Stands::Submitted => "letter-paper-submitted",
        Stands::Signed => "letter-paper-signed",
    }
}

/// What the letter asks for, and of its reader.
fn sentence(t: Say, found: &LetterInFull) -> String {
    let letter = &found.directive.content;
    if let Some(said) = listed::sentence(t, letter) {
        return said;
    }
    let bodies = letter.draft.iter().filter(|task| !task.left_out).count();
    let key = match letter.standing {
        Standing::Read if bodies == 0 => "letter-sentence-no-tasks",
        Standing::Read => "letter-sentence-read",
        Standing::Confirmed => "letter-sentence-confirmed",
        Standing::Withdrawn => return t.say(standing_key(Standing::Withdrawn)),
    };
    let open = found.tasks.iter().filter(|task| task.content.stage.is_open()).count();
    let overdue = found.tasks.iter().filter(|task| task.content.is_overdue(found.now)).count();
    let facts = [
        ("tasks", bodies.into()),
        ("given", found.tasks.len().into()),
        ("open", open.into()),
        ("overdue", overdue.into()),
    ];
    fill(t, key, &facts)
}

fn about(t: Say, found: &LetterInFull) -> String {
    let letter = &found.directive.content;
    // A list knows the day of arrival and no hour.
    let came =
        if listed::knows_no_hour(letter) { show_date(letter.arrived_at.date()) } else { letter.arrived_at.to_string() };
    let mut said = vec![t.one("letter-came", "moment", came)];
    said.extend(letter.arrival_number.map(|number| t.one("letter-arrival", "number", number)));
    said.extend(letter.listed.as_ref().map(|listed| listed::about(t, listed)));
    if let Some((who, when)) = &letter.confirmed {
        said.push(fill(t, "letter-confirmed-by", &[("who", who.clone().into()), ("when", when.to_string().into())]));
    }
    said.extend(found.enter_by.map(|by| {
        let key = if by < found.now.date() { "rules-entered-late" } else { "rules-enter-by" };
        t.one(key, "day", show_date(by))
    }));
    if letter.simulated {
        said.push(t.say("simulated"));
    }
    said.join(" · ")
}

fn form(t: Say, app: &App, found: &LetterInFull, (typed, draft, fresh): (&Fields, &[DraftTask], bool)) -> LetterForm {
    let letter = &found.directive.content;
    let field = |name: &str, value: Option<String>, input| Field {
        name: name.to_owned(),
        label: t.say(&format!("letter-field-{name}")),
        // A form that was refused comes back as it was typed, an emptied field empty.
        value: typed.0.get(name).cloned().or(value).unwrap_or_default(),
        input,
        ..Field::default()
    };
    let mut date = field("date", letter.date.map(|day| day.to_string()), Input::Day);
    if letter.date.is_none() {
        date.hint = letter.date_words.clone().unwrap_or_default();
    } else if let Some(day) = letter.date {
        date.hint = show_date(day);
    }
    LetterForm {
        action: format!("{LIST}/{}", found.directive.id),
        key: server_key(app.office.real_now()),
        version: found.directive.version,
        fields: vec![
            field("issuer", letter.issuer.clone(), Input::Words),
            field("number", letter.number.clone(), Input::Words),
            date,
            field("kind", letter.kind.clone(), Input::Words),
            field("subject", letter.subject.clone(), Input::Lines),
        ],
        bodies: found.bodies.iter().map(|body| body.name.clone()).collect(),
        tasks: shown::cards(t, found, draft, fresh),
        withdraw_key: server_key(app.office.real_now()),
    }
}
