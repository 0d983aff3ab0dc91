//! /van-ban/{id}: a letter beside its tasks. While it waits, one form corrects, splits, joins and gives them out;
//! nothing goes out before its button is pressed.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::letters::directive::{Directive, DirectiveId, DraftTask, Standing};
use desk::letters::edit;
use desk::operations::letters::confirm::ConfirmLetter;
use desk::operations::letters::correct::{CorrectReading, Fields as Corrected};
use desk::operations::letters::withdraw::WithdrawLetter;
use desk::operations::papers::draft_letter::DraftLetter;
use desk::papers::report::State as Stands;
use desk::rights::Capability;
use desk::views::letter_answers::{Answer as Written, answer};
use desk::views::letters::{LetterInFull, TypedTask, letter, original, typed};
use desk::{Failure, IdempotencyKey};
use quantity::time::show_date;

use super::{LIST, listed, refused_status, shown, standing_key};
use crate::app::App;
use crate::pages::around::{Around, look};
use crate::pages::fields::{Fields, Sent, day_of, see_other, server_key};
use crate::pages::plain::{done, said_done};
use crate::pages::words::fill;
use crate::respond::{Answer, Problem, attachment, page_of, refusal_of};
use crate::view::{Field, Form, Input, LetterForm, LetterPage, Link, Refusal, Say};
use crate::visitor::Member;

/// What was left on the page, and why it was not taken.
type Left = Option<(Vec<DraftTask>, Refusal)>;

pub(super) fn id_of(id: &str, member: &Member) -> Result<DirectiveId, Problem> {
    id.parse().map_err(|_| Problem::no_page(&member.caller))
}

async fn look_up(app: &App, member: &Member, id: DirectiveId) -> Result<(Around, LetterInFull), Problem> {
    look(app, member, move |office, connection, actor| letter(office, connection, actor, id)).await
}

/// GET /van-ban/{id}.
pub(in crate::pages) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Fields>,
    member: Member,
) -> Answer {
    let id = id_of(&id, &member)?;
    let (around, found) = look_up(&app, &member, id).await?;
    let said = said_done(member.caller.say, asked.text("xong"));
    Ok(show(&app, &member, &around, &found, None, said))
}

/// POST /van-ban/{id}: `do` is `confirm`, `save`, `add`, `split.N` or `join.N`.
pub(in crate::pages) async fn act(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::HandleLetters)?;
    let id = id_of(&id, &member)?;
    let tasks = tasks_of(&fields);
    let (around, (found, draft)) = look(&app, &member, move |office, connection, actor| {
        let found = letter(office, connection, actor, id)?;
        let draft = typed(office, connection, actor, &found, &tasks)?;
        Ok((found, draft))
    })
    .await?;
    let (wanted, line) = fields.text("do").split_once('.').unwrap_or((fields.text("do"), ""));
    let line = line.parse::<usize>().ok().and_then(|line| line.checked_sub(1));
    let mut changed = draft.clone();
    match (wanted, line) {
        ("split", Some(line)) => edit::split(&mut changed, line, &found.text),
        ("join", Some(line)) => edit::join(&mut changed, line),
        ("add", None) if !fields.text("added").is_empty() => edit::add(&mut changed, fields.text("added")),
        _ => {}
    }
    match write(&app, &member, (&found, &fields), changed, wanted == "confirm").await {
        Ok(()) if wanted == "confirm" => Ok(done(&format!("{LIST}/{id}"), "done-letter-confirmed")),
        Ok(()) => {
            let anchor = match (wanted, line) {
                ("split", Some(line)) => format!("#viec-{}", line + 1),
                ("join", Some(line)) => format!("#viec-{line}"),
                ("add", _) => format!("#viec-{}", found.directive.content.draft.len() + 1),
                _ => String::new(),
            };
            Ok(see_other(&format!("{LIST}/{id}?xong=done-letter-saved{anchor}")))
        }
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            Ok(show(&app, &member, &around, &found, Some((draft, refusal)), String::new()))
        }
    }
}

/// One press is one operation: what was corrected goes in with it, or not at all.
async fn write(
    app: &App,
    member: &Member,
    (found, fields): (&LetterInFull, &Fields),
    draft: Vec<DraftTask>,
    confirm: bool,
) -> Result<(), Failure> {
    let directive = found.directive.id;
    let version = fields.text("version").parse().unwrap_or_default();
    let corrected = corrected(&found.directive.content, fields);
    let actor = &member.visitor.actor;
    let key = |step: &str| IdempotencyKey::new(&format!("{}-{step}", fields.text("key")));
    if !confirm {
        let correct = CorrectReading { key: key("save"), directive, version, fields: corrected, draft: Some(draft) };
        return app.office.perform(actor.clone(), correct).await.map(drop);
    }
    let confirm = ConfirmLetter { key: key("confirm"), directive, version, fields: corrected, draft };
    app.office.perform(actor.clone(), confirm).await.map(drop)
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
pub(in crate::pages) async fn withdraw(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::HandleLetters)?;
    let id = id_of(&id, &member)?;
    let key = Some(fields.key(&member.caller)?);
    let operation = WithdrawLetter { key, directive: id, reason: fields.text("reason").to_owned() };
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(_) => Ok(done(LIST, "done-letter-withdrawn")),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            let (around, found) = look_up(&app, &member, id).await?;
            let draft = found.directive.content.draft.clone();
            Ok(show(&app, &member, &around, &found, Some((draft, refusal)), String::new()))
        }
    }
}

/// GET /van-ban/{id}/tep: the file that it came in, to be kept and never run.
pub(in crate::pages) async fn download(State(app): State<App>, Path(id): Path<String>, member: Member) -> Answer {
    let id = id_of(&id, &member)?;
    let (_, (media_type, name, bytes)) =
        look(&app, &member, move |_, connection, actor| original(connection, actor, id)).await?;
    let plain: String = name.chars().filter(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-')).collect();
    Ok(attachment(&media_type, if plain.is_empty() { "van-ban" } else { &plain }, bytes))
}

/// POST /van-ban/{id}/soan: a paper because of the letter, out of its tasks as they stand; `kind` says which.
pub(in crate::pages) async fn write_answer(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::DraftReport)?;
    let id = id_of(&id, &member)?;
    let key = Some(fields.key(&member.caller)?);
    let kind = Written::from_code(fields.text("kind")).ok_or_else(|| Problem::unreadable(&member.caller))?;
    let actor = member.visitor.actor.clone();
    let compose = app.office.look(move |office, connection| answer(office, connection, &actor, id, kind)).await;
    let drafted = match compose {
        Ok(document) => {
            let draft = DraftLetter { key, document, about: Some(id.0), due: None, drafter: None };
            app.office.perform(member.visitor.actor.clone(), draft).await
        }
        Err(failure) => Err(failure),
    };
    match drafted {
        Ok(receipt) => Ok(see_other(&format!("/chi-dao/bao-cao/{}/sua", receipt.done))),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            let (around, found) = look_up(&app, &member, id).await?;
            let draft = found.directive.content.draft.clone();
            Ok(show(&app, &member, &around, &found, Some((draft, refusal)), String::new()))
        }
    }
}

fn show(app: &App, member: &Member, around: &Around, found: &LetterInFull, left: Left, said: String) -> Response {
    let t = member.caller.say;
    let letter = &found.directive.content;
    let id = found.directive.id;
    let (draft, refusal) = match left {
        Some((draft, refusal)) => (draft, Some(refusal)),
        None => (letter.draft.clone(), None),
    };
    let called = letter.called().map_or_else(|| t.say("letter-no-number"), str::to_owned);
    let title = match &letter.kind {
        Some(kind) => format!("{kind} {called}"),
        None => called,
    };
    let may = member.visitor.actor.may(Capability::HandleLetters) && around.past.is_none();
    let form = (letter.standing == Standing::Read && may).then(|| form(t, app, found, &draft));
    let mut links = Vec::new();
    if let Some(file) = &letter.original {
        links.push(Link { text: t.one("letter-original", "name", &file.name), href: format!("{LIST}/{id}/tep") });
    }
    links.push(Link { text: t.say("letter-relations"), href: format!("{LIST}/{id}/lien-quan") });
    if letter.arrival_number.is_some() {
        links.push(Link { text: t.say("letter-stamp"), href: format!("{LIST}/{id}/dau-den") });
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
    let papers = found.papers.iter().map(|paper| Link {
        text: format!("{} · {}", paper.content.title(), t.say(paper_state(paper.content.state))),
        href: format!("/chi-dao/bao-cao/{}", paper.id),
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
    if letter.simulated {
        said.push(t.say("simulated"));
    }
    said.join(" · ")
}

fn form(t: Say, app: &App, found: &LetterInFull, draft: &[DraftTask]) -> LetterForm {
    let letter = &found.directive.content;
    let field = |name: &str, value: Option<String>, input| Field {
        name: name.to_owned(),
        label: t.say(&format!("letter-field-{name}")),
        value: value.unwrap_or_default(),
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
        tasks: shown::cards(t, found, draft),
        withdraw_key: server_key(app.office.real_now()),
    }
}
