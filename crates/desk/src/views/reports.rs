//! The reports of a facility since a moment, with the keys under which the actor filed them, so
//! that a program can check after a fault what has arrived.

use std::collections::HashMap;

use oxygen::ReportId;
use place::FacilityId;
use quantity::Moment;
use serde::Deserialize;
use store::series;
pub use store::series::{ReadingLine, ReportLine};
use store::{Connection, audit};

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::operation::IdempotencyKey;
use crate::rights::Capability;

/// A report and the key it was filed under.
#[derive(Debug, Clone)]
pub struct KeyedReport {
    /// The report.
    pub line: ReportLine,
    /// None when another account filed it, or the key is older than keys are kept.
    pub key: Option<String>,
}

/// What an answer kept under a key says of the report that it was given for.
#[derive(Deserialize)]
struct Answer {
    report: ReportId,
}

/// How many reports are read first; a page that is not enough is read again, four times as long.
const FIRST_PAGE: i64 = 256;

/// The reports of a facility that happened at `since` or later, newest first, reversed ones
/// included, at most `limit`.
pub fn reports(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    facility: FacilityId,
    since: Option<Moment>,
    limit: i64,
) -> Outcome<Vec<KeyedReport>> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    registry.facility(facility).filter(|facility| actor.sees(facility, &registry)).ok_or(Failure::NotFound)?;
    let since = since.unwrap_or(Moment::from_micros(i64::MIN));
    let lines = newest(connection, actor, facility, since, limit)?;
    let mut keys = keys_of(connection, actor, &lines)?;
    Ok(lines.into_iter().map(|line| KeyedReport { key: keys.remove(&line.id), line }).collect())
}

fn newest(
    connection: &mut Connection,
    actor: &Actor,
    facility: FacilityId,
    since: Moment,
    limit: i64,
) -> Outcome<Vec<ReportLine>> {
    let mut page = FIRST_PAGE.min(limit);
    loop {
        let ever = Moment::from_micros(i64::MAX);
        let mut lines = series::reports(connection, actor.province, facility, ever, page)?;
        let full = i64::try_from(lines.len()).is_ok_and(|found| found == page);
        let all_newer = lines.last().is_some_and(|oldest| oldest.happened_at >= since);
        if full && all_newer && page < limit {
            page = page.saturating_mul(4).min(limit);
            continue;
        }
        lines.retain(|line| line.happened_at >= since);
        return Ok(lines);
    }
}

/// The keys of the actor's own among these reports. A report's key is made a moment of the real
/// clock, which says from when on its idempotency key is to be looked for.
fn keys_of(connection: &mut Connection, actor: &Actor, lines: &[ReportLine]) -> Outcome<HashMap<ReportId, String>> {
    let own = |line: &&ReportLine| line.recorded_by.as_deref() == Some(actor.display_name.as_str());
    let (Some(user), Some(first)) = (actor.user, lines.iter().filter(own).map(|line| made_at(line.id)).min()) else {
        return Ok(HashMap::new());
    };
    let used = series::keys_since(connection, actor.province, user, first)?;
    let of_report = |(key, answer): (String, String)| {
        // Answers of other operations have no report, or none.
        let answer: Option<Answer> = serde_json::from_str(&answer).ok();
        answer.map(|answer| (answer.report, key))
    };
    Ok(used.into_iter().filter_map(of_report).collect())
}

/// When an id was made: the first 48 bits of a version 7 UUID are milliseconds.
fn made_at(id: ReportId) -> Moment {
    let millis = id.0.bytes()[..6].iter().fold(0_i64, |all, byte| all << 8 | i64::from(*byte));
    Moment::from_micros(millis.saturating_mul(1_000))
}

/// When the report happened that the actor has filed under a key, if there is one.
///
/// The time of a report from a phone whose clock is wrong is worked out from its age, so it comes
/// out a little different each time the same report is sent; this is what it was the first time.
pub async fn happened_at_of_key(office: &Office, actor: &Actor, key: &IdempotencyKey) -> Outcome<Option<Moment>> {
    let Some(user) = actor.user else { return Ok(None) };
    let (province, key) = (actor.province, key.as_str().to_owned());
    office
        .look(move |_, connection| {
            let asked = audit::ask_remembered(connection, province, user, &key)?;
            let answer = audit::remembered(connection, asked)?;
            let report = answer.and_then(|(_, answer)| serde_json::from_str::<Answer>(&answer).ok());
            let Some(Answer { report }) = report else { return Ok(None) };
            Ok(series::report(connection, province, report)?.map(|line| line.happened_at))
        })
        .await
}
