//! /oxy and its live part: who is running out.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use desk::rights::Capability;
use desk::views::alarms::changed;
use desk::views::counts::has_counts;
use desk::views::running_out::{Past, RunningOut, running_out};
use desk::views::waiting::waiting_of;
use desk::{Actor, Office, Outcome};
use place::text::{SearchKeys, rank};
use store::Connection;

use super::around::{Around, look};
use super::fields::Fields;
use super::oxygen_board::{Asked, Showing, board_of};
use crate::app::App;
use crate::respond::{Answer, Problem, page_of};
use crate::view::{BoardFragment, OxygenPage};
use crate::visitor::Member;

/// Longer words search for nothing more.
const LONGEST_SEARCH: usize = 100;

fn asked_of(fields: &Fields) -> Asked {
    Asked { query: fields.text("q").chars().take(LONGEST_SEARCH).collect(), all: fields.text("tat-ca") == "1" }
}

/// The list, and which of its lines were searched for, worst first.
async fn look_up(app: &App, member: &Member, asked: &Asked) -> Result<(Around, (Showing, Asked)), Problem> {
    let asked = asked.clone();
    look(app, member, move |office, connection, actor| showing(office, connection, actor, asked)).await
}

fn showing(office: &Office, connection: &mut Connection, actor: &Actor, asked: Asked) -> Outcome<(Showing, Asked)> {
    let list = running_out(office, connection, actor, Past::default())?;
    let matching = matching(office, connection, actor, &list, &asked.query)?;
    let registry = office.registry(connection, actor.province)?;
    let changed = changed(connection, actor, &registry)?;
    let waiting = waiting_of(connection, actor, &list)?;
    let waiting = (waiting.people(), waiting.asked());
    let stands = connection.lens().is_some();
    Ok((Showing { list, matching, changed, alarms: 0, waiting, stands }, asked))
}

fn matching(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    list: &Arc<RunningOut>,
    query: &str,
) -> Outcome<Vec<usize>> {
    let query = SearchKeys::of(query);
    if query.ascii.is_empty() {
        return Ok((0..list.lines.len()).collect());
    }
    let registry = office.registry(connection, actor.province)?;
    let answers = |line: &desk::views::running_out::Line| {
        let by_name = registry.facility(line.facility).is_some_and(|facility| rank(&query, &facility.keys).is_some());
        by_name || rank(&query, &SearchKeys::of(&line.area)).is_some()
    };
    Ok(list.lines.iter().enumerate().filter(|(_, line)| answers(line)).map(|(place, _)| place).collect())
}

/// GET /oxy.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    // The ministry's observers come in at this door too; their list is the nation's.
    let home = super::door::home_of(&member.visitor.actor);
    if home != super::door::HOME {
        return Ok(super::fields::see_other(home));
    }
    let asked = asked_of(&fields);
    if super::past::asked_of(&member.caller).is_none() {
        super::alarms::note_visit(&app, &member).await?;
    }
    let (around, ((mut showing, asked), has_counts)) = look(&app, &member, move |office, connection, actor| {
        let shown = showing(office, connection, actor, asked)?;
        Ok((shown, has_counts(connection, actor)?))
    })
    .await?;
    showing.alarms = around.alarms;
    let actor = &member.visitor.actor;
    let t = member.caller.say;
    let own = actor.own_facility().filter(|_| actor.may(Capability::ReportOxygen));
    Ok(page_of(&OxygenPage {
        t,
        shell: around.shell(&app, &member, "running-out"),
        sheet_href: actor.may(Capability::ExportFigures).then(|| sheet_href(&around)),
        counts_href: has_counts.then(|| "/so-ca".to_owned()),
        report_href: own.map(|facility| format!("/co-so/{facility}/bao-cao")),
        board: board_of(t, actor, &showing, &asked),
        query: asked.query,
    }))
}

fn sheet_href(around: &Around) -> String {
    format!("/xuat/oxy?ngay={}", around.now.date())
}

/// GET /oxy/bang: nothing while what is shown is still right.
pub(super) async fn board(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, (mut showing, asked)) = look_up(&app, &member, &asked_of(&fields)).await?;
    if fields.some("tu").is_some_and(|shown| shown == showing.mark()) {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let t = member.caller.say;
    showing.alarms = around.alarms;
    let board = board_of(t, &member.visitor.actor, &showing, &asked);
    Ok::<Response, Problem>(page_of(&BoardFragment { t, board, clock: Some(around.shown_clock()) }))
}
