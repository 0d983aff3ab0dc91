//! The JSON API for programs: suppliers' telemetry, partner systems, load tests.
//!
//! Lives here: one module a subject with its paths, bodies and answers; [`openapi`], the document of
//! all of them. Not here: rights and rules (`desk`), who is at the other end (`visitor`).
//!
//! Figures carry their unit in their name (`usable_kg`, `kg_per_hour`, `age_minutes`); times are
//! RFC 3339 with the offset of Vietnam; `null` is «not known», never zero.

mod document;
mod facilities;
mod health;
mod oxygen;
mod reports;
mod reversal;
mod schema;
mod sent;
mod sheet;
mod sms;
mod told;

pub use sheet::report_as_json;

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};

use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::visitor::Caller;
use sent::NotTaken;

pub use document::openapi;

/// Path under `/api/v1`, methods, handlers. A test compares it with the document.
fn table() -> Vec<(&'static str, &'static [&'static str], MethodRouter<App>)> {
    vec![
        ("/facilities", &["get"], get(facilities::list)),
        ("/facilities/{id}/outlook", &["get"], get(oxygen::of_facility)),
        ("/facilities/{id}/reports", &["get", "post"], get(reports::list).post(reports::file)),
        ("/health", &["get"], get(health::health)),
        ("/oxygen/running-out", &["get"], get(oxygen::running_out)),
        ("/reports/oxygen", &["get"], get(sheet::of_day)),
        ("/reports/{id}/reversal", &["post"], post(reversal::reverse)),
        ("/sms", &["post"], post(sms::receive)),
        ("/vehicles/positions", &["get", "post"], get(sms::list).post(sms::tell)),
    ]
}

/// The routes of the API.
pub(crate) fn routes() -> Router<App> {
    let routes = table().into_iter().fold(Router::new(), |router, (path, _, handler)| router.route(path, handler));
    routes.fallback(nowhere).method_not_allowed_fallback(not_like_this).layer(oxygen::kept_lists())
}

async fn nowhere(caller: Caller) -> Problem {
    Problem::no_page(&caller)
}

async fn not_like_this(caller: Caller, request: Request) -> Problem {
    NotTaken::Method { method: request.method().to_string() }.of(&caller)
}

/// A success as JSON.
fn json(status: axum::http::StatusCode, body: &impl serde::Serialize) -> Answer {
    Ok((status, axum::Json(body)).into_response())
}

/// Text that is JSON already.
fn json_text(body: axum::body::Bytes) -> Response {
    ([(axum::http::header::CONTENT_TYPE, "application/json")], body).into_response()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every route of the API is in the document, and the other way round.
    #[test]
    fn document_and_routes_name_the_same_paths() {
        let document: serde_json::Value = serde_json::from_str(&openapi().expect("a document")).expect("JSON");
        let documented: BTreeSet<(String, String)> = document["paths"]
            .as_object()
            .expect("paths")
            .iter()
            .flat_map(|(path, item)| {
                item.as_object().into_iter().flatten().map(move |(method, _)| (path.clone(), method.clone()))
            })
            .collect();
        let routed: BTreeSet<(String, String)> = table()
            .into_iter()
            .flat_map(|(path, methods, _)| methods.iter().map(move |method| (path.to_owned(), (*method).to_owned())))
            .collect();
        assert_eq!(documented, routed);
    }
}
