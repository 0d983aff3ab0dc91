//! /xuat/cung-ung/{kind}: registers and reports of supply as `.xlsx`.

use axum::extract::{Path, Query, State};
use desk::Failure;
use desk::background::aside;
use desk::views::supply::sheets::{Sheet, filled};
use document::sheet::XLSX;

use super::month_of;
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::respond::{Answer, Problem, attachment};
use crate::visitor::Member;

/// GET /xuat/cung-ung/{kind}?co-so=…&thang=2026-11.
pub(in crate::pages) async fn download(
    State(app): State<App>,
    Path(kind): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let sheet = Sheet::called(&kind).ok_or_else(|| Problem::no_page(&member.caller))?;
    let facility = fields.some("co-so").and_then(|text| text.parse().ok());
    let month = fields.some("thang").and_then(month_of);
    let (around, content) =
        look(&app, &member, move |office, connection, actor| filled(office, connection, actor, sheet, facility, month))
            .await?;
    let written = aside(move || content.write()).await.and_then(|written| written.map_err(Failure::refused));
    let bytes = written.map_err(|failure| Problem::of(failure, &member.caller))?;
    Ok(attachment(XLSX, &format!("{kind}-{}.xlsx", around.now.date()), bytes))
}
