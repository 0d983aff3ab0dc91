//! /xuat/oxy: the sheet of the day in the field order of the letter, its layout data (OX18).

use axum::extract::{Query, State};
use desk::Failure;
use desk::background::aside;
use desk::views::daily_report::daily_report;
use desk::views::daily_sheet::{file_name, sheet};
use document::sheet::XLSX;

use super::around::look;
use super::fields::{Fields, day_of};
use crate::app::App;
use crate::respond::{Answer, Problem, attachment};
use crate::visitor::Member;

/// GET /xuat/oxy?ngay=2026-11-22; without a day, today's.
pub(super) async fn download(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let asked = match fields.some("ngay") {
        Some(text) => Some(day_of(text).ok_or_else(|| Problem::unreadable(&member.caller))?),
        None => None,
    };
    let (around, report) = look(&app, &member, move |office, connection, actor| {
        let day = match asked {
            Some(day) => day,
            None => office.now(connection)?.date(),
        };
        daily_report(office, connection, actor, day)
    })
    .await?;
    let name = file_name(&report);
    let now = around.now;
    let written = aside(move || sheet(report, now)).await.and_then(|written| written.map_err(Failure::refused));
    let bytes = written.map_err(|failure| Problem::of(failure, &member.caller))?;
    Ok(attachment(XLSX, &name, bytes))
}
