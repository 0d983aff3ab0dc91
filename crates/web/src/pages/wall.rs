//! /tuong: the screen on the wall. Read only, no end of the session, dark, readable from across the room.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use desk::alarms::words as alarm_words;
use desk::rights::Role;
use desk::views::alarms::{Alarms, alarms, display};
use desk::views::running_out::{Past, running_out};
use desk::views::waiting::waiting_of;
use desk::{Actor, Scope};
use place::ProvinceId;

use super::alarms::{act_by, place_of, tone_of};
use super::fields::{Fields, see_other};
use super::oxygen_board::{Asked, Showing, board_of};
use crate::app::App;
use crate::respond::{Answer, Problem, page_of};
use crate::view::{Say, WallAlarm, WallBody, WallPage};
use crate::visitor::{Caller, cookie_of, keep_cookie};

/// The cookie that keeps a screen's token.
const COOKIE: &str = "tuong";
/// A screen hangs for years; its token ends when it is withdrawn.
const HOURS: i64 = 24 * 365 * 5;
/// Facilities and alarms that can be read from across the room.
const WORST: usize = 5;
const SHOWN: usize = 4;

/// A screen sees the whole province and changes nothing.
fn screen(province: ProvinceId) -> Actor {
    Actor { province, user: None, display_name: String::new(), roles: vec![Role::Observer], scope: Scope::Province }
}

async fn province_of(app: &App, caller: &Caller, token: String) -> Result<Option<ProvinceId>, Problem> {
    let found = app.office.look(move |_, connection| display(connection, &token)).await;
    found.map_err(|failure| Problem::of(failure, caller))
}

/// Who looks: the screen of a token, else who is signed in.
async fn who_looks(app: &App, caller: &Caller, headers: &HeaderMap) -> Result<Actor, Problem> {
    if let Some(token) = cookie_of(headers, COOKIE)
        && let Some(province) = province_of(app, caller, token).await?
    {
        return Ok(screen(province));
    }
    let visitor = caller.visitor.as_ref().ok_or_else(|| Problem::signed_out(caller))?;
    Ok(visitor.actor.clone())
}

async fn body_of(app: &App, caller: &Caller, actor: Actor) -> Result<WallBody, Problem> {
    let t = caller.say;
    let asked = actor.clone();
    let found = app.office.look(move |office, connection| {
        let list = running_out(office, connection, &asked, Past::default())?;
        let alarms = alarms(office, connection, &asked)?;
        let waiting = waiting_of(connection, &asked, &list)?;
        Ok((list, alarms, (waiting.people(), waiting.asked())))
    });
    let (list, alarms, waiting) = found.await.map_err(|failure| Problem::of(failure, caller))?;
    let matching = (0..list.lines.len()).collect();
    let showing = Showing { list, matching, changed: None, alarms: 0, waiting, stands: false };
    let mut board = board_of(t, &actor, &showing, &Asked::default());
    board.rows.truncate(WORST);
    Ok(WallBody {
        t,
        place: showing.list.province.clone(),
        date: showing.list.at.show_date(),
        time: showing.list.at.show_time(),
        simulated: showing.list.lines.iter().any(|line| line.simulated),
        more: alarms.lines.len().saturating_sub(SHOWN),
        keys: alarms.lines.iter().map(|line| line.kept.id.to_string()).collect::<Vec<_>>().join(" "),
        alarms: shown(t, &alarms),
        board,
    })
}

fn shown(t: Say, found: &Alarms) -> Vec<WallAlarm> {
    let line = |line: &desk::views::alarms::AlarmLine| {
        let alarm = &line.kept.content;
        WallAlarm {
            place: place_of(t, line),
            kind: alarm_words::kind(t.0, alarm.kind),
            act_by: act_by(t, alarm.act_by, alarm.severity, found.at),
            taken: alarm.acknowledged.as_ref().map(|by| by.by.clone()),
            tone: tone_of(alarm.severity),
        }
    };
    found.lines.iter().take(SHOWN).map(line).collect()
}

/// GET /tuong.
pub(super) async fn page(
    State(app): State<App>,
    Query(fields): Query<Fields>,
    headers: HeaderMap,
    caller: Caller,
) -> Answer {
    if let Some(token) = fields.some("ma").map(str::to_owned) {
        if province_of(&app, &caller, token.clone()).await?.is_none() {
            return Err(Problem::signed_out(&caller));
        }
        // The token leaves the address, so that nobody reads it off the screen.
        let mut response = see_other("/tuong");
        let cookie = keep_cookie(&app, COOKIE, token, HOURS);
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        return Ok(response);
    }
    let actor = who_looks(&app, &caller, &headers).await?;
    let body = body_of(&app, &caller, actor).await?;
    Ok(page_of(&WallPage { t: caller.say, body }))
}

/// GET /tuong/bang: what changes on the screen.
pub(super) async fn body(State(app): State<App>, headers: HeaderMap, caller: Caller) -> Answer {
    let actor = who_looks(&app, &caller, &headers).await?;
    Ok::<Response, Problem>(page_of(&body_of(&app, &caller, actor).await?).into_response())
}
