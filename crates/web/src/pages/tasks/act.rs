//! POST /viec/{id}: what somebody does to a task.

use axum::extract::{Path, State};
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
use desk::{Failure, Operation};
use place::{BodyId, PersonId};

use super::{LIST, Typed, one};
use crate::app::App;
use crate::pages::command::{SentFile, Upload};
use crate::pages::fields::{Fields, day_of};
use crate::pages::plain::done;
use crate::respond::{Answer, Problem};
use crate::visitor::Member;

/// POST /viec/{id}.
pub(in crate::pages) async fn act(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: SentFile,
) -> Answer {
    let (fields, upload) = sent.vouched(&member.caller)?;
    let key = Some(fields.key(&member.caller)?);
    let task: TaskId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let text = |name: &str| fields.text(name).to_owned();
    let words = text("words");
    let reason = text("reason");
    let outcome = match fields.text("do") {
        "accept" => does(&app, &member, AcceptTask { key, task }).await,
        "tell" => {
            let (percent, ticked) = (percent(&fields, &member)?, ticked(&fields));
            does(&app, &member, TellProgress { key, task, percent, words, ticked }).await
        }
        "prove" => does(&app, &member, AddEvidence { key, task, shown: shown(&fields, upload) }).await,
        "submit" => does(&app, &member, SubmitTask { key, task, words }).await,
        "approve" => does(&app, &member, ApproveTask { key, task, words }).await,
        "return" => does(&app, &member, ReturnTask { key, task, reason }).await,
        "day" => {
            let last_day = day_of(fields.text("day"));
            does(&app, &member, SetDeadline { key, task, last_day, reason }).await
        }
        "drop" => does(&app, &member, DropTask { key, task, reason }).await,
        "hand" => {
            let person = fields.some("person").map(str::parse).transpose().map_err(|_| Problem::no_page(&member.caller))?;
            let handing = HandTask {
                key,
                task,
                person: person.map(PersonId),
                name: text("name"),
                reason,
                although_away: fields.text("away") == "1",
            };
            does(&app, &member, handing).await
        }
        "raise" => {
            let kind = ObstacleKind::ALL.into_iter().find(|kind| kind.code() == fields.text("kind"));
            let kind = kind.unwrap_or(ObstacleKind::Obstacle);
            does(&app, &member, RaiseObstacle { key, task, kind, words }).await
        }
        "down" => {
            let mut bodies: Vec<BodyId> = fields
                .0
                .iter()
                .filter(|(_, value)| *value == "1")
                .filter_map(|(name, _)| name.strip_prefix("unit-")?.parse().ok())
                .map(BodyId)
                .collect();
            // A repeated request must be the same one.
            bodies.sort();
            let down = HandDown { key, task, text: text("text"), bodies, last_day: day_of(fields.text("day")) };
            does(&app, &member, down).await
        }
        _ => return Err(Problem::unreadable(&member.caller)),
    };
    match outcome {
        Ok(()) => Ok(done(&format!("{LIST}/{id}"), &format!("done-task-{}", fields.text("do")))),
        Err(failure) => {
            let typed = Typed::refused(fields, failure, &member.caller)?;
            one::show(&app, &member, &id, typed, "").await
        }
    }
}

async fn does<O: Operation>(app: &App, member: &Member, operation: O) -> Result<(), Failure> {
    app.office.perform(member.visitor.actor.clone(), operation).await.map(drop)
}

/// Whole per cent; nothing where the field is empty.
fn percent(fields: &Fields, member: &Member) -> Result<Option<u8>, Problem> {
    match fields.some("percent").map(|text| text.trim_end_matches('%').trim().parse::<u32>()) {
        None => Ok(None),
        // What is above a hundred is refused politely by the operation.
        Some(Ok(percent)) => Ok(Some(u8::try_from(percent).unwrap_or(u8::MAX))),
        Some(Err(_)) if fields.text("percent").len() < 20 => Ok(Some(u8::MAX)),
        Some(Err(_)) => Err(Problem::unreadable(&member.caller)),
    }
}

fn ticked(fields: &Fields) -> Vec<u32> {
    let ticks = fields.0.iter().filter(|(_, value)| *value == "1");
    let mut ticked: Vec<u32> = ticks.filter_map(|(name, _)| name.strip_prefix("tick-")?.parse().ok()).collect();
    ticked.sort_unstable();
    ticked
}

/// A file goes before a link, a link before words.
fn shown(fields: &Fields, upload: Option<Upload>) -> Shown {
    if let Some(upload) = upload {
        return Shown::File { name: upload.name, digest: store::sha256(&upload.bytes), bytes: upload.bytes };
    }
    match fields.some("href") {
        Some(href) => Shown::Link { href: href.to_owned(), words: fields.text("words").to_owned() },
        None => Shown::Text(fields.text("words").to_owned()),
    }
}
