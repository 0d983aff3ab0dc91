//! POST /trang-thai: how alert the province is. It sets how often figures are due and when silence is an alarm.

use axum::extract::State;
use desk::operations::set_state::SetState;
use protocol::Readiness;

use super::door::HOME;
use super::fields::{Sent, local_path, see_other};
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::visitor::Member;

/// Sets the state and leads back to the page whose menu was open. Sent twice, it is the same state.
pub(super) async fn set(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let state = Readiness::from_code(fields.text("state")).ok_or_else(|| Problem::unreadable(&member.caller))?;
    let facility = fields.some("facility").map(str::parse).transpose();
    let facility = facility.map_err(|_| Problem::no_page(&member.caller))?;
    let reason = fields.some("reason").map(str::to_owned);
    app.office
        .perform(member.visitor.actor.clone(), SetState { state, facility, reason })
        .await
        .map_err(|failure| Problem::of(failure, &member.caller))?;
    Ok(see_other(local_path(fields.text("back")).unwrap_or(HOME)))
}
