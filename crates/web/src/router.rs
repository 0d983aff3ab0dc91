//! All routes, and what holds for every answer: security headers, limits of size.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;

use crate::app::App;
use crate::assets::CONTENT_SECURITY_POLICY;
use crate::{api, pages};

/// The largest form without a photo: anybody may send one, so it costs little to refuse.
const LARGEST_FORM: usize = 128 << 10;
/// The largest pasted text that is read to say politely that it is too long.
pub(crate) const LARGEST_PASTE: usize = 4 << 20;
/// The largest letter with its file.
pub(crate) const LARGEST_LETTER: usize = 24 << 20;
/// The largest body of a program.
const LARGEST_BODY: usize = 1 << 20;
/// The largest report with the photo of a gauge.
pub(crate) const LARGEST_REPORT: usize = 14 << 20;

/// The whole program as seen by a browser or another program.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(pages::routes().layer(from_fn_with_state(app.clone(), pages::past::layer)))
        .nest("/api/v1", api::routes().layer(DefaultBodyLimit::max(LARGEST_BODY)))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(from_fn(with_headers))
        .with_state(app)
}

/// Headers of every answer. A page is kept nowhere: it shows who is running out, and to whom.
async fn with_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
