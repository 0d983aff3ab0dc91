//! What only a demonstration has: roles that anybody may play, and a clock to be moved.

use axum::extract::State;
use desk::clock::ClockChange;
use desk::door;
use desk::operations::move_clock::MoveClock;
use desk::rights::Role;
use place::ProvinceId;
use quantity::Span;

use super::door::{HOME, come_in};
use super::fields::{Sent, local_path, see_other};
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::visitor::{Caller, Member};

/// POST /demo/vao: a session for the account of a role. Outside a demonstration there is no such page.
pub(super) async fn enter(State(app): State<App>, caller: Caller, sent: Sent) -> Answer {
    let demo = app.demo.clone().ok_or_else(|| Problem::no_page(&caller))?;
    let fields = sent.vouched(&caller)?;
    let asked = fields.text("role");
    let (_, account, facility) =
        demo.roles.iter().find(|(role, ..)| *role == asked).ok_or_else(|| Problem::unreadable(&caller))?;
    // The ministry looks at all provinces and belongs to none.
    let of_nation = asked == Role::MinistryObserver.code();
    let province = if of_nation { ProvinceId::NATION } else { demo.province };
    let key = door::open(&app.office, province, *account, "browser", door::BROWSER_SESSION)
        .await
        .map_err(|failure| Problem::of(failure, &caller))?;
    // The officer of one facility begins at its form: that is what he is there for.
    let home = facility.map_or_else(
        || if of_nation { "/quoc-gia" } else { HOME }.to_owned(),
        |facility| format!("/co-so/{facility}/bao-cao"),
    );
    Ok(come_in(&app, key, &home))
}

/// POST /demo/dong-ho. The operation itself refuses where the province lives in the present.
pub(super) async fn move_clock(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let change = change_of(fields.text("command")).ok_or_else(|| Problem::unreadable(&member.caller))?;
    app.office
        .perform(member.visitor.actor.clone(), MoveClock { change })
        .await
        .map_err(|failure| Problem::of(failure, &member.caller))?;
    Ok(see_other(local_path(fields.text("back")).unwrap_or(HOME)))
}

fn change_of(command: &str) -> Option<ClockChange> {
    Some(match command {
        "pause" => ClockChange::Pause,
        "resume" => ClockChange::Resume,
        "jump-1h" => ClockChange::Jump(Span::hours(1)),
        "jump-6h" => ClockChange::Jump(Span::hours(6)),
        "jump-24h" => ClockChange::Jump(Span::hours(24)),
        "speed-1" => ClockChange::Speed(1.0),
        "speed-60" => ClockChange::Speed(60.0),
        "speed-600" => ClockChange::Speed(600.0),
        _ => return None,
    })
}
