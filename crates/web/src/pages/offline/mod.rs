//! The entry app that opens without a network: its page `/nhap`, the service worker, the manifest, and what the app asks
//! the server in JSON.
//!
//! Lives here: the app's page ([`page`]), who is here and what he may report ([`me`]), entries sent from the queue of a
//! device ([`sent`]). Not here: the queue itself (`assets/offline-*.js`), reading of forms (`report_told`, `correction`:
//! an entry of the queue is the same form, sent later).

mod me;
mod sent;
mod shell;

pub(super) use sent::written_at;
pub(super) use shell::{manifest, page, worker};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::app::App;
use crate::router::LARGEST_REPORT;

/// What the app asks in JSON. A write carries the session's token in `x-csrf-token`, as every JSON write of a browser.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/nhap/toi", get(me::who))
        .route("/nhap/bao-cao/{id}", post(sent::report).layer(DefaultBodyLimit::max(LARGEST_REPORT)))
        .route("/nhap/dinh-chinh/{id}", post(sent::correction))
}
