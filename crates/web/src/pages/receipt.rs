//! /bien-nhan/{report}: what was received and what it means now; /anh/{report}: its photo.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use desk::views::facility::{FacilityView, facility, photo as photo_of, report};
use desk::views::running_out::Past;
use oxygen::ReportId;
use store::series::ReportLine;

use super::around::look;
use super::fields::Fields;
use super::oxygen_row::{outlook_words, since};
use super::told::summary_of;
use super::words::{fill, marked, range};
use crate::app::App;
use crate::respond::{Answer, Problem, page_of};
use crate::view::{Copied, Link, ReceiptPage, Say};
use crate::visitor::Member;

struct Found {
    line: ReportLine,
    view: FacilityView,
    /// Who told another figure for the same moment.
    beside: Option<ReportLine>,
}

/// GET /bien-nhan/{report}: `lai=1` says that the same key came before, `trai` names a report of the
/// same facility for the same moment.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let id: ReportId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let other: Option<ReportId> = fields.some("trai").and_then(|text| text.parse().ok());
    let (around, found) = look(&app, &member, move |office, connection, actor| {
        let (line, place) = report(office, connection, actor, id)?;
        let view = facility(office, connection, actor, place.id, Past::default(), None, 1)?;
        let beside = match other {
            Some(other) => Some(report(office, connection, actor, other)?.0),
            None => None,
        };
        Ok(Found { line, view, beside: beside.filter(|beside| beside.facility == place.id) })
    })
    .await?;
    let t = member.caller.say;
    let Found { line, view, beside } = found;
    let place = &view.facility;
    let summary = summary_of(t, &member.visitor.actor, place, &line);
    let href = format!("/co-so/{}", place.id);
    let to = |key: &str, href: &str| Link { text: t.say(key), href: href.to_owned() };
    Ok(page_of(&ReceiptPage {
        shell: around.shell(&app, &member, "room-oxygen"),
        time: line.recorded_at.show_time(),
        code: summary.code.clone(),
        facility: place.body.name.clone(),
        left: view.outlook.hours.as_ref().map(|hours| range(t, hours)),
        means: means(t, &view),
        again: fields.text("lai") == "1",
        conflict: beside.map(|beside| {
            let who = beside.told_by.or(beside.recorded_by).unwrap_or_else(|| t.say("by-program"));
            t.one("received-conflict", "who", who)
        }),
        copy: copied(t, &view, &line, &summary.code),
        links: vec![to("receipt-to-facility", &href), to("receipt-to-list", "/oxy")],
        facility_href: href,
        report: summary,
        t,
    }))
}

/// What the report means: when the next one is due. Trucks are not known yet and not spoken of.
fn means(t: Say, view: &FacilityView) -> Vec<String> {
    let due = view.outlook.silence.due_at.filter(|due| *due > view.at);
    due.map(|due| t.one("receipt-next", "time", since(due, view.at))).into_iter().collect()
}

fn copied(t: Say, view: &FacilityView, line: &ReportLine, code: &str) -> Copied {
    let facts = [
        ("name", view.facility.body.name.as_str().into()),
        ("time", line.recorded_at.to_string().into()),
        ("code", code.into()),
        ("left", outlook_words(t, &view.outlook).into()),
    ];
    Copied(marked(t, view.facility.simulated, fill(t, "zalo-receipt", &facts)))
}

/// GET /anh/{report}: what was recognised as a picture when it came, and is sent as nothing else.
pub(super) async fn photo(State(app): State<App>, Path(id): Path<String>, member: Member) -> Answer {
    let id: ReportId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (_, (media_type, bytes)) =
        look(&app, &member, move |office, connection, actor| photo_of(office, connection, actor, id)).await?;
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_DISPOSITION, "inline; filename=\"dong-ho\"".to_owned()),
        (header::CACHE_CONTROL, "private, max-age=3600".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
