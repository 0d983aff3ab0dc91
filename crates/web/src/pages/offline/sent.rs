//! POST /nhap/bao-cao/{facility} and /nhap/dinh-chinh/{report}: an entry of a device's queue. It is the form of the page,
//! read by the same code, sent later: so it says who wrote it and how old it is.

use axum::Json;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::operations::correct_report::CorrectReport;
use desk::operations::file_report::{CLOCK_SKEW, FileReport, Filed, Told};
use desk::views::reports::happened_at_of_key;
use desk::{Failure, IdempotencyKey, Receipt};
use oxygen::ReportId;
use place::FacilityId;
use quantity::{Coded, Moment};
use serde::Serialize;
use store::series::ReportLine;

use super::super::around::look;
use super::super::correction::{self, read_told, reason_of};
use super::super::fields::Fields;
use super::super::report::{look_up, read_parts};
use super::super::report_told::{Unread, apply_meant, read_form};
use super::super::shift::Shift;
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::visitor::Member;

/// Why an entry of a queue is not taken.
#[derive(Debug, thiserror::Error)]
enum Refused {
    /// Somebody else wrote it on the same phone.
    #[error("OFF-001: written by another account")]
    AnotherWriter,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::AnotherWriter => "OFF-001",
        }
    }
}

/// What the device is told of an entry that was received.
#[derive(Serialize)]
struct Received {
    /// The report; none where a report was only taken back.
    report: Option<ReportId>,
    /// Three signs to say on the telephone.
    code: Option<String>,
    /// When it was recorded, by the clocks of Vietnam: `02:14`.
    time: String,
    /// It had arrived before under the same key.
    replayed: bool,
    /// The report of somebody else for the same moment.
    beside: Option<ReportId>,
    /// The same in words.
    conflict: Option<String>,
}

/// An entry leaves a phone only as its writer: the session that sends it must be his.
fn check_writer(member: &Member, fields: &Fields) -> Result<(), Problem> {
    let written_by = fields.text("user");
    let sends = member.visitor.actor.user.map(|user| user.to_string());
    if sends.as_deref() == Some(written_by) {
        return Ok(());
    }
    Err(Problem::of(Failure::refused(Refused::AnotherWriter), &member.caller).with_status(StatusCode::CONFLICT))
}

/// When it was written by the server's clock: as long before now as by the device's own clock. A device whose clock
/// says that it was written a little later than it is sent wrote it now.
pub(in crate::pages) fn written_at(fields: &Fields, now: Moment) -> Option<Moment> {
    let milliseconds = |name: &str| fields.text(name).parse::<i64>().ok().and_then(|at| at.checked_mul(1_000));
    let (typed, sends) = (milliseconds("typed_at")?, milliseconds("device_now")?);
    let age = sends.checked_sub(typed)?;
    if age <= 0 && -age <= CLOCK_SKEW.as_micros() {
        return Some(now);
    }
    now.micros().checked_sub(age).map(Moment::from_micros)
}

/// When it happened: «now» and «this shift» are those of its writing.
fn happened_at(fields: &Fields, written: Moment, told: Option<Moment>) -> Option<Moment> {
    match fields.text("happened") {
        "shift" => Some(Shift::at(written).begins),
        "other" => told,
        _ => Some(written),
    }
}

/// POST /nhap/bao-cao/{facility}.
pub(super) async fn report(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Result<Multipart, MultipartRejection>,
) -> Answer {
    let caller = &member.caller;
    let (mut fields, photo) = read_parts(sent.map_err(|_| Problem::unreadable(caller))?, caller).await?;
    check_writer(&member, &fields)?;
    let key = fields.key(caller)?;
    let confirmed = apply_meant(&mut fields);
    let (around, view) = look_up(&app, &member, &id).await?;
    let written = written_at(&fields, around.now).ok_or_else(|| Problem::unreadable(caller))?;
    let actor = &member.visitor.actor;
    let mut told = read_form(caller.say, actor, &view, &fields, photo, confirmed)
        .map_err(|Unread { failure, .. }| Problem::of(failure, caller))?;
    told.happened_at = happened_at(&fields, written, told.happened_at);
    let Receipt { done, replayed } = file(&app, &member, view.facility.id, key, told).await?;
    answer(&app, &member, Some(done), replayed, around.now).await
}

/// Files a report; sent again it is a little older or younger, and is the same report all the same.
async fn file(
    app: &App,
    member: &Member,
    facility: FacilityId,
    key: IdempotencyKey,
    told: Told,
) -> Result<Receipt<Filed>, Problem> {
    let actor = &member.visitor.actor;
    let fail = |failure| Problem::of(failure, &member.caller);
    let filing = FileReport { key: Some(key.clone()), facility, told: told.clone() };
    match app.office.perform(actor.clone(), filing).await {
        Err(Failure::KeyReused) => {
            let first = happened_at_of_key(&app.office, actor, &key).await.map_err(fail)?;
            let told = Told { happened_at: Some(first.ok_or(Failure::KeyReused).map_err(fail)?), ..told };
            app.office.perform(actor.clone(), FileReport { key: Some(key), facility, told }).await.map_err(fail)
        }
        outcome => outcome.map_err(fail),
    }
}

/// POST /nhap/dinh-chinh/{report}.
pub(super) async fn correction(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Result<Multipart, MultipartRejection>,
) -> Answer {
    let caller = &member.caller;
    let (mut fields, _) = read_parts(sent.map_err(|_| Problem::unreadable(caller))?, caller).await?;
    check_writer(&member, &fields)?;
    let key = fields.key(caller)?;
    let confirmed = apply_meant(&mut fields);
    let (around, found) = correction::look_up(&app, &member, &id).await?;
    let actor = &member.visitor.actor;
    let instead = read_told(caller.say, actor, &found, &fields, confirmed)
        .map_err(|Unread { failure, .. }| Problem::of(failure, caller))?;
    let correcting = CorrectReport { key: Some(key), report: found.0.id, reason: reason_of(&fields), instead };
    let Receipt { done, replayed } =
        app.office.perform(actor.clone(), correcting).await.map_err(|failure| Problem::of(failure, caller))?;
    answer(&app, &member, done, replayed, around.now).await
}

async fn answer(app: &App, member: &Member, filed: Option<Filed>, replayed: bool, now: Moment) -> Answer {
    let t = member.caller.say;
    let other = filed.as_ref().and_then(|filed| filed.conflicts_with);
    let beside = match other {
        Some(other) => {
            let found = look(app, member, move |office, connection, actor| {
                desk::views::facility::report(office, connection, actor, other)
            });
            Some(found.await?.1.0)
        }
        None => None,
    };
    // Two reports of one person within minutes are no dispute.
    let own = member.visitor.actor.display_name.as_str();
    let foreign = |line: &ReportLine| line.told_by.is_some() || line.recorded_by.as_deref() != Some(own);
    let beside = beside.filter(foreign);
    let other = beside.as_ref().map(|line| line.id);
    let conflict = beside.map(|line| {
        let who = line.told_by.or(line.recorded_by).unwrap_or_else(|| t.say("by-program"));
        t.one("received-conflict", "who", who)
    });
    let received = Received {
        report: filed.as_ref().map(|filed| filed.report),
        time: filed.as_ref().map_or(now, |filed| filed.recorded_at).show_time(),
        code: filed.map(|filed| filed.code),
        replayed,
        beside: other,
        conflict,
    };
    let status = if replayed { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(received)).into_response())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use quantity::Span;

    use super::*;

    fn fields(typed: i64, sends: i64) -> Fields {
        let pairs = [("typed_at", typed.to_string()), ("device_now", sends.to_string())];
        Fields(HashMap::from(pairs.map(|(name, value)| (name.to_owned(), value))))
    }

    proptest! {
        /// OX07: a phone whose clock is years wrong dates its entry by its age alone.
        #[test]
        fn only_the_age_counts(wrong in -4_000_000_000_000_i64..4_000_000_000_000, age in 1_i64..2_000_000_000) {
            let now = Moment::from_micros(1_795_288_440_000_000);
            let typed = 1_795_288_440_000 + wrong;
            let written = written_at(&fields(typed, typed + age), now).unwrap();
            prop_assert_eq!(now - written, Span::micros(age * 1_000));
        }
    }

    #[test]
    fn a_clock_set_back_a_little_means_now_and_nonsense_means_nothing() {
        let now = Moment::from_micros(1_795_288_440_000_000);
        assert_eq!(written_at(&fields(60_000, 0), now), Some(now));
        assert_eq!(written_at(&fields(i64::MAX, 0), now), None);
        assert_eq!(written_at(&Fields::default(), now), None);
    }
}
