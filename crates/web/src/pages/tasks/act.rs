//! POST /viec/{id}: what somebody does to a task.

use desk::Operation;
use desk::letters::obstacle::ObstacleKind;
use desk::letters::task::TaskId;
use desk::operations::tasks::accept_task::AcceptTask;
use desk::operations::tasks::add_evidence::{AddEvidence, Shown};
use desk::operations::tasks::approve_task::ApproveTask;
use desk::operations::tasks::drop_task::DropTask;
use desk::operations::tasks::hand_down::HandDown;
use desk::operations::tasks::hand_task::HandTask;
use desk::operations::tasks::raise_obstacle::RaiseObstacle;
use desk::operations::tasks::return_task::ReturnTask;
use desk::operations::tasks::set_deadline::SetDeadline;
use desk::operations::tasks::submit_task::SubmitTask;
use desk::operations::tasks::tell_progress::TellProgress;
use place::{BodyId, PersonId};

use super::{LIST, one};
use crate::pages::fields::day_of;
use crate::pages::filled::{Filled, Sending};
use crate::pages::typed::Acted;
use crate::respond::{Answer, Problem};

/// POST /viec/{id}.
pub(in crate::pages) async fn act(sending: Sending) -> Answer {
    let mut form = sending.open()?;
    let (key, task): (_, TaskId) = (form.key(), form.id()?);
    let (words, reason, last_day) = (form.text("words"), form.text("reason"), day_of(form.fields.text("day")));
    let acted = match form.wants() {
        "accept" => does(&form, AcceptTask { key, task }).await,
        "tell" => {
            let (percent, ticked) = (percent(&form)?, form.fields.ticked("tick-"));
            does(&form, TellProgress { key, task, percent, words, ticked }).await
        }
        "prove" => {
            let shown = shown(&mut form);
            does(&form, AddEvidence { key, task, shown }).await
        }
        "submit" => does(&form, SubmitTask { key, task, words }).await,
        "approve" => does(&form, ApproveTask { key, task, words }).await,
        "return" => does(&form, ReturnTask { key, task, reason }).await,
        "day" => does(&form, SetDeadline { key, task, last_day, reason }).await,
        "drop" => does(&form, DropTask { key, task, reason }).await,
        "hand" => {
            let handing = HandTask {
                key,
                task,
                person: form.named("person")?.map(PersonId),
                name: form.text("name"),
                reason,
                although_away: form.fields.text("away") == "1",
            };
            does(&form, handing).await
        }
        "raise" => {
            let kind = ObstacleKind::ALL.into_iter().find(|kind| kind.code() == form.fields.text("kind"));
            let kind = kind.unwrap_or(ObstacleKind::Obstacle);
            does(&form, RaiseObstacle { key, task, kind, words }).await
        }
        "down" => {
            let bodies = form.fields.ticked("unit-").into_iter().map(BodyId).collect();
            does(&form, HandDown { key, task, text: form.text("text"), bodies, last_day }).await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| one::show(&form.app, &form.member, task, typed)).await
}

async fn does<O: Operation>(form: &Filled, operation: O) -> Result<Acted, Problem> {
    let (path, word) = (format!("{LIST}/{}", form.id::<TaskId>()?), format!("done-task-{}", form.wants()));
    form.act(Ok(operation), &path, &word).await
}

/// Whole per cent; nothing where the field is empty.
fn percent(form: &Filled) -> Result<Option<u8>, Problem> {
    match form.fields.some("percent").map(|text| text.trim_end_matches('%').trim().parse::<u32>()) {
        None => Ok(None),
        // What is above a hundred is refused politely by the operation.
        Some(Ok(percent)) => Ok(Some(u8::try_from(percent).unwrap_or(u8::MAX))),
        Some(Err(_)) if form.fields.text("percent").len() < 20 => Ok(Some(u8::MAX)),
        Some(Err(_)) => Err(form.unreadable()),
    }
}

/// A file goes before a link, a link before words.
fn shown(form: &mut Filled) -> Shown {
    if let Some(upload) = form.upload.take() {
        return Shown::File { name: upload.name, digest: store::sha256(&upload.bytes), bytes: upload.bytes };
    }
    match form.fields.some("href") {
        Some(href) => Shown::Link { href: href.to_owned(), words: form.text("words") },
        None => Shown::Text(form.text("words")),
    }
}
