//! Whether the program and its database answer, for whoever watches the machine.

use axum::extract::State;
use axum::http::StatusCode;
use desk::views::health::migration;
use serde::Serialize;
use utoipa::ToSchema;

use super::document::Unwell;
use super::json;
use crate::app::App;
use crate::respond::{Answer, Problem};

/// All is well.
#[derive(Serialize, ToSchema)]
#[schema(as = Health)]
pub(super) struct HealthAnswer {
    /// Always `reachable`: otherwise the answer is 503.
    database: &'static str,
    /// The migration of the database; this program opens no database at another one.
    migration: i64,
}

/// Whether the database answers. Needs no token and tells no data.
#[utoipa::path(get, path = "/health", tag = "health", operation_id = "health", security(()),
    responses((status = 200, description = "The database answers", body = HealthAnswer), Unwell))]
pub(super) async fn health(State(app): State<App>) -> Answer {
    let found = app.office.look(|_, connection| migration(connection)).await;
    let migration = found.map_err(|failure| Problem::bare(failure, true))?;
    json(StatusCode::OK, &HealthAnswer { database: "reachable", migration })
}
