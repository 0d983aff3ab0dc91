//! /oxy/hop-thu/{id}: one message with what was understood in it, beside what was known before; one button.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::Failure;
use desk::import::inbox_sheet::Unread;
use desk::operations::file_report::{Refused, spoken_code};
use desk::operations::inbox::confirm_message::ConfirmMessage;
use desk::operations::inbox::reject_message::RejectMessage;
use desk::operations::inbox::{InboxMessage, MessageState};
use desk::record::RecordId;
use desk::views::facility::{FacilityView, facility, report};
use desk::views::inbox::{OneMessage, message};
use desk::views::running_out::Past;
use oxygen::{ReadingProblem, StoreId};
use place::FacilityId;
use store::series::ReportLine;

use super::around::{Around, look};
use super::fields::{Fields, Sent, server_key};
use super::inbox::channel_key;
use super::inbox_form::{confirm_form, read_told};
use super::inbox_words::{asides, pieces, questions};
use super::oxygen_row::since;
use super::plain::done;
use super::told::summary_of;
use super::words::{fill, marked};
use crate::app::App;
use crate::respond::{Answer, Problem, page_of, refusal_of};
use crate::view::{Choice, Copied, InboxMessagePage, Link, Refusal, Say, Settled};
use crate::visitor::Member;

/// What a message's page shows.
struct Found {
    one: OneMessage,
    view: Option<FacilityView>,
    report: Option<ReportLine>,
}

async fn look_up(app: &App, member: &Member, id: &str, meant: Option<FacilityId>) -> Result<(Around, Found), Problem> {
    let id: RecordId<InboxMessage> = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    look(app, member, move |office, connection, actor| {
        let one = message(office, connection, actor, id, meant)?;
        let content = &one.message.content;
        let view = match content.facility {
            Some(place) => Some(facility(office, connection, actor, place, Past::default(), None, 1)?),
            None => None,
        };
        let report = match content.report {
            Some(of) => Some(report(office, connection, actor, of)?.0),
            None => None,
        };
        Ok(Found { one, view, report })
    })
    .await
}

/// GET /oxy/hop-thu/{id}: `co-so` reads it for a facility, `lai=1` says that the same words came again.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Fields>,
    member: Member,
) -> Answer {
    let meant = asked.some("co-so").and_then(|text| text.parse().ok());
    let (around, found) = look_up(&app, &member, &id, meant).await?;
    Ok(shown(&app, &member, &around, &found, None, (None, None)))
}

fn shown(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Found,
    typed: Option<&Fields>,
    (refusal, looked): (Option<Refusal>, Option<StoreId>),
) -> Response {
    let t = member.caller.say;
    let content = &found.one.message.content;
    let path = format!("/oxy/hop-thu/{}", found.one.message.id);
    let waits = content.state == MessageState::New;
    let key = || server_key(app.office.real_now());
    let file = content.attachment.as_ref();
    let image = file.filter(|file| file.media_type.starts_with("image/")).map(|_| format!("{path}/tep"));
    let sheet = file.filter(|file| !file.media_type.starts_with("image/"));
    let several = content
        .proposal
        .questions
        .iter()
        .any(|question| matches!(question, oxygen::message::Question::SeveralFacilities { .. }));
    let view = found.view.as_ref().filter(|_| waits && !(several && content.facility.is_none()));
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = InboxMessagePage {
        t,
        shell: around.shell(app, member, "inbox"),
        sentence: sentence(t, found),
        about: about(t, found, around.now),
        doubts: doubts(t, found),
        pieces: pieces(&content.text, &content.proposal),
        image,
        file: sheet.map(|file| Link { text: file.name.clone(), href: format!("{path}/tep") }),
        questions: questions(t, content, &found.one.facilities),
        asides: asides(t, content),
        facilities: if waits { choices(found) } else { Vec::new() },
        confirm: view.map(|view| confirm_form(t, content, view, typed, looked, key())),
        waits,
        reject_key: key(),
        refusal,
        settled: settled(t, member, found),
        path,
    };
    let mut response = page_of(&page);
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

fn choices(found: &Found) -> Vec<Choice> {
    let chosen = found.one.message.content.facility;
    let one = |(id, name): &(FacilityId, String)| Choice {
        value: id.to_string(),
        text: name.clone(),
        chosen: chosen == Some(*id),
    };
    found.one.facilities.iter().map(one).collect()
}

fn sentence(t: Say, found: &Found) -> String {
    let content = &found.one.message.content;
    let place = found.view.as_ref().map(|view| view.facility.body.name.clone());
    let place = place.unwrap_or_else(|| t.say("inbox-no-facility"));
    match content.state {
        MessageState::Confirmed => t.one("inbox-was-recorded", "facility", place),
        MessageState::Rejected => t.say("inbox-was-rejected"),
        MessageState::New => {
            let facts = [
                ("facility", place.into()),
                ("figures", content.proposal.figures.len().into()),
                ("questions", content.proposal.questions.len().into()),
            ];
            let key = if content.proposal.questions.is_empty() { "inbox-read-all" } else { "inbox-read-some" };
            fill(t, key, &facts)
        }
    }
}

fn about(t: Say, found: &Found, now: quantity::Moment) -> String {
    let content = &found.one.message.content;
    let parts = [
        Some(t.say(&channel_key(content.channel))),
        content.sender.clone(),
        Some(t.two(
            "inbox-came-at",
            "moment",
            content.received_at.to_string(),
            "since",
            since(content.received_at, now),
        )),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn doubts(t: Say, found: &Found) -> Vec<String> {
    let content = &found.one.message.content;
    let again = content
        .again
        .last()
        .map(|at| t.two("inbox-doubt-again", "count", content.again.len() + 1, "time", at.show_time()));
    let before = found.one.same_as.as_ref().map(|other| {
        let at = other.content.received_at.to_string();
        match other.content.report {
            Some(report) => t.two("inbox-doubt-same", "moment", at, "code", spoken_code(report)),
            None => t.one("inbox-doubt-same-rejected", "moment", at),
        }
    });
    let unread = content.attachment.as_ref().filter(|file| !file.unread.is_empty()).map(|file| {
        let each = file.unread.iter().map(|part| match part {
            Unread::Column(name) => t.one("inbox-sheet-column", "name", name),
            Unread::Row(row) => t.one("inbox-sheet-row", "row", row.to_string()),
        });
        t.one("inbox-sheet-unread", "what", each.collect::<Vec<_>>().join(", "))
    });
    let waits = content.state == MessageState::New;
    [again, before, unread].into_iter().flatten().filter(|_| waits).collect()
}

fn settled(t: Say, member: &Member, found: &Found) -> Option<Settled> {
    let content = &found.one.message.content;
    match (content.state, &found.report, &found.view) {
        (MessageState::New, ..) => None,
        (MessageState::Confirmed, Some(line), Some(view)) => {
            let place = &view.facility;
            let summary = summary_of(t, &member.visitor.actor, place, line);
            let facts = [
                ("facility", place.body.name.clone().into()),
                ("time", summary.recorded.clone().into()),
                ("happened", summary.happened.clone().into()),
                ("figures", figures_of(&summary.lines).into()),
                ("code", summary.code.clone().into()),
            ];
            let reply = marked(t, place.simulated, fill(t, "inbox-reply", &facts));
            Some(Settled {
                sentence: t.two("received-at", "time", summary.recorded.clone(), "code", summary.code.clone()),
                receipt: Some(format!("/bien-nhan/{}", line.id)),
                reply: Some(Copied(reply)),
                report: Some(summary),
            })
        }
        _ => Some(Settled {
            sentence: t.one("inbox-rejected-because", "reason", content.reason.clone().unwrap_or_default()),
            report: None,
            receipt: None,
            reply: None,
        }),
    }
}

/// «Bồn số 1 45 %; Chai 40 L 120 đầy, 30 vỏ».
fn figures_of(lines: &[crate::view::ReportedLine]) -> String {
    lines.iter().map(|line| format!("{}: {}", line.label, line.typed)).collect::<Vec<_>>().join("; ")
}

/// POST /oxy/hop-thu/{id}: what stands in the fields becomes a report.
pub(super) async fn confirm(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = fields.key(&member.caller)?;
    let meant: Option<FacilityId> = fields.some("facility").and_then(|text| text.parse().ok());
    let (around, found) = look_up(&app, &member, &id, meant).await?;
    let content = &found.one.message.content;
    let outcome = match (&found.view, content.state) {
        (Some(view), _) => match read_told(&fields, view, content) {
            Ok(told) => {
                let operation =
                    ConfirmMessage { key: Some(key), message: found.one.message.id, facility: view.facility.id, told };
                app.office.perform(member.visitor.actor.clone(), operation).await.map(drop)
            }
            Err(failure) => Err(failure),
        },
        (None, _) => Err(Failure::refused(super::inbox_form::Unread::WhichFacility)),
    };
    match outcome {
        Ok(()) => Ok(done(&format!("/oxy/hop-thu/{}", found.one.message.id), "done-inbox")),
        Err(failure) => {
            let looked = doubtful(&failure);
            let refusal = refusal_of(failure, &member.caller)?;
            Ok(shown(&app, &member, &around, &found, Some(&fields), (Some(refusal), looked)))
        }
    }
}

/// The store whose figure only surprises: the person may say that it stands.
fn doubtful(failure: &Failure) -> Option<StoreId> {
    match failure.reason::<Refused>() {
        Some(Refused::Reading { store, problem: ReadingProblem::DoubtfulUnit { .. }, .. }) => Some(*store),
        _ => None,
    }
}

/// POST /oxy/hop-thu/{id}/khong-ghi.
pub(super) async fn reject(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = fields.key(&member.caller)?;
    let (around, found) = look_up(&app, &member, &id, None).await?;
    let reason = fields.text("reason").to_owned();
    let operation = RejectMessage { key: Some(key), message: found.one.message.id, reason };
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(_) => Ok(done("/oxy/hop-thu", "done-inbox-rejected")),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            Ok(shown(&app, &member, &around, &found, None, (Some(refusal), None)))
        }
    }
}
