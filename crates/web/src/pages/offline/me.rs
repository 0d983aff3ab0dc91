//! GET /nhap/toi: who is signed in, what time it is at the command post, the facilities he reports for.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use desk::operations::file_report::spoken_code;
use desk::views::reports::reports;
use desk::{Actor, Scope};
use place::FacilityId;
use serde::Serialize;
use store::series::ReportLine;

use super::super::around::look;
use super::super::oxygen_board::may_report;
use super::super::told::may_correct;
use crate::app::App;
use crate::respond::Answer;
use crate::visitor::Member;

/// Facilities whose forms a phone keeps at most; who works for more reports at the desk.
const MOST_FACILITIES: usize = 12;
/// Reports read to find the last that stands.
const LOOKED_BACK: i64 = 20;

/// Who is here.
#[derive(Serialize)]
struct Me {
    /// Key of the account: entries of the queue are bound to it.
    user: String,
    name: String,
    place: String,
    /// What every write carries.
    csrf: String,
    /// The domain clock, milliseconds since 1970 UTC.
    now: i64,
    /// How many times faster than real time it goes.
    speed: u32,
    /// «mô phỏng», where nothing is real.
    drill: Option<String>,
    facilities: Vec<Mine>,
}

/// A facility that he reports for.
#[derive(Serialize)]
struct Mine {
    id: FacilityId,
    name: String,
    last: Option<Last>,
}

/// The last report that stands.
#[derive(Serialize)]
struct Last {
    report: String,
    code: String,
    /// When it was recorded, milliseconds since 1970 UTC.
    at: i64,
    correctable: bool,
}

/// The facilities that an account works for; nobody keeps those of a whole province on a phone.
fn of_actor(actor: &Actor) -> Vec<FacilityId> {
    match &actor.scope {
        Scope::Bodies(bodies) => bodies.iter().take(MOST_FACILITIES).map(|body| FacilityId::of_body(*body)).collect(),
        Scope::Province | Scope::Area(_) => Vec::new(),
    }
}

/// The last report that nobody has taken back.
fn last_of(lines: impl IntoIterator<Item = ReportLine>, correctable: bool) -> Option<Last> {
    let line = lines.into_iter().filter(|line| line.reversed.is_none()).max_by_key(|line| line.recorded_at)?;
    Some(Last {
        report: line.id.to_string(),
        code: spoken_code(line.id),
        at: line.recorded_at.micros() / 1_000,
        correctable,
    })
}

/// GET /nhap/toi.
pub(super) async fn who(State(app): State<App>, member: Member) -> Answer {
    let (around, facilities) = look(&app, &member, |office, connection, actor| {
        let registry = office.registry(connection, actor.province)?;
        let mut found = Vec::new();
        for id in of_actor(actor).into_iter().filter(|id| may_report(actor, *id)) {
            let Some(facility) = registry.facility(id) else { continue };
            let kept = reports(office, connection, actor, id, None, LOOKED_BACK)?;
            let last = last_of(kept.into_iter().map(|kept| kept.line), may_correct(actor, facility));
            found.push(Mine { id, name: facility.body.name.clone(), last });
        }
        Ok(found)
    })
    .await?;
    let actor = &member.visitor.actor;
    let clock = around.shown_clock();
    let me = Me {
        user: actor.user.map(|user| user.to_string()).unwrap_or_default(),
        name: actor.display_name.clone(),
        place: facilities.first().map_or_else(String::new, |first| first.name.clone()),
        csrf: member.visitor.csrf.clone(),
        now: clock.milliseconds,
        speed: clock.speed,
        drill: app.demo.as_ref().map(|_| member.caller.say.say("simulated")),
        facilities,
    };
    Ok(Json(me).into_response())
}
