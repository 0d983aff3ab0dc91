//! /nhat-ky: who did what, newest first.

use axum::extract::{Query, State};
use desk::operations::file_report::spoken_code;
use desk::views::journal::journal;
use oxygen::ReportId;
use place::text::{SearchKeys, rank};
use store::audit::JournalLine;

use super::around::look;
use super::fields::Fields;
use crate::app::App;
use crate::respond::{Answer, form_urlencoded, page_of};
use crate::view::{AuditPage, AuditRow, Say, Tone};
use crate::visitor::Member;

/// Lines on one page, and lines looked through at most.
const LINES: i64 = 100;
const MOST_LINES: i64 = 5_000;

/// GET /nhat-ky: `so` is how many of the newest lines are shown.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let query: String = fields.text("q").chars().take(100).collect();
    let shown = fields.text("so").parse().unwrap_or(LINES).clamp(LINES, MOST_LINES);
    // A search looks through more lines than it shows.
    let looked_at = if query.is_empty() { shown + 1 } else { MOST_LINES };
    let (around, lines) =
        look(&app, &member, move |_, connection, actor| journal(connection, actor, looked_at)).await?;
    let t = member.caller.say;
    let all: Vec<AuditRow> = lines.iter().map(|line| row_of(t, line)).filter(|row| answers(row, &query)).collect();
    let more = all.len() > shown as usize && shown < MOST_LINES;
    let rows = all.into_iter().take(shown as usize).collect();
    Ok(page_of(&AuditPage {
        t,
        shell: around.shell(&app, &member, "room-oxygen"),
        sealed: sealed(t, &lines),
        rows,
        older_href: more.then(|| format!("/nhat-ky?so={}&q={}", (shown * 2).min(MOST_LINES), form_urlencoded(&query))),
        query,
    }))
}

fn answers(row: &AuditRow, query: &str) -> bool {
    let query = SearchKeys::of(query);
    query.ascii.is_empty()
        || [&row.who, &row.what, &row.object].into_iter().any(|text| rank(&query, &SearchKeys::of(text)).is_some())
}

fn sealed(t: Say, lines: &[JournalLine]) -> String {
    let last = lines.iter().filter(|line| line.seq.is_some()).max_by_key(|line| line.seq);
    last.map_or_else(String::new, |line| {
        t.two("audit-sealed", "row", line.seq.unwrap_or_default(), "time", line.recorded_at.to_string())
    })
}

fn row_of(t: Say, line: &JournalLine) -> AuditRow {
    let report =
        line.subject.filter(|_| matches!(line.action.as_str(), "file_report" | "correct_report")).map(ReportId);
    let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap_or_default();
    let word = |name: &str| detail.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
    let object = [word("facility"), report.map(spoken_code), word("code"), word("state")];
    let key = format!("action-{}", line.action.replace('_', "-"));
    AuditRow {
        at: line.domain_at.to_string(),
        who: line.actor.clone().unwrap_or_else(|| t.say("by-program")),
        what: if locale::knows(t.0, &key) { t.say(&key) } else { t.one("action-other", "name", &line.action) },
        object: object.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        href: report.map(|report| format!("/bien-nhan/{report}")),
        from: t.say(if line.actor.is_some() { "from-web" } else { "from-program" }),
        tone: Tone::Plain,
    }
}
