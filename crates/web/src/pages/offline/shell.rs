//! /nhap without anybody's data, /sw.js, /manifest.webmanifest: what a phone keeps of the program itself.

use std::sync::LazyLock;

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::assets::{self, asset_url};
use crate::respond::page_of;
use crate::view::OfflinePage;
use crate::visitor::Caller;

/// Names under which the script finds its words, and their keys in the locale. A word with a fact keeps the place of
/// the fact as `{fact}`: the script puts it there.
const WORDS: &[(&str, &[&str])] = &[
    ("waiting", &["count"]),
    ("sending", &["count"]),
    ("sign-in-to-send", &["count"]),
    ("sign-in-first", &[]),
    ("refused-count", &["count"]),
    ("offline-ready", &[]),
    ("nothing-waits", &[]),
    ("report", &[]),
    ("correction", &[]),
    ("written-at", &["time"]),
    ("with-photo", &[]),
    ("waits", &[]),
    ("answer-unknown", &[]),
    ("received", &["time", "code"]),
    ("withdrawn", &["time"]),
    ("discarded", &["reason"]),
    ("see", &[]),
    ("correct", &[]),
    ("mend", &[]),
    ("discard", &[]),
    ("why-discard", &[]),
    ("last-told", &["time", "code"]),
    ("never-told", &[]),
    ("report-now", &[]),
    ("not-kept", &[]),
    ("no-line", &[]),
    ("line", &[]),
    ("others", &["count", "name"]),
];

/// GET /nhap: the same for everybody, so that a device may keep it.
pub(in crate::pages) async fn page(caller: Caller) -> Response {
    let t = caller.say;
    let words = WORDS.iter().map(|(name, facts)| {
        let places: Vec<String> = facts.iter().map(|fact| format!("{{{fact}}}")).collect();
        let facts: Vec<(&str, locale::Fact)> =
            facts.iter().copied().zip(places.iter().map(|place| place.as_str().into())).collect();
        (*name, locale::say(t.0, &format!("offline-{name}"), &facts))
    });
    page_of(&OfflinePage { t, theme: caller.theme, words: words.collect() })
}

/// What the worker is made of: assets by hash, then its text. The version changes with any of them.
static WORKER: LazyLock<String> = LazyLock::new(|| {
    let text = include_str!("../../../assets/sw.js");
    let page = include_str!("../../../templates/nhap.html");
    let assets: Vec<&str> = assets::all().map(|(url, ..)| url).filter(|url| !url.ends_with("/sw.js")).collect();
    let scripts = ["offline-store.js", "offline-queue.js", "trip-queue.js"].map(asset_url);
    let sum = store::sha256(format!("{}{text}{page}", assets.join(" ")).as_bytes());
    let version = store::hex(&sum[..8]);
    let build = serde_json::json!({ "version": version, "assets": assets, "scripts": scripts });
    format!("const BUILD = {build};\n{text}")
});

/// GET /sw.js: from the root, so that it serves every page; always asked for anew, so that an update arrives.
pub(in crate::pages) async fn worker() -> Response {
    let headers = [
        (header::CONTENT_TYPE.as_str(), "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL.as_str(), "no-cache"),
        ("service-worker-allowed", "/"),
    ];
    (headers, WORKER.as_str()).into_response()
}

/// GET /manifest.webmanifest: how the app is called and looks on a telephone.
pub(in crate::pages) async fn manifest(caller: Caller) -> Response {
    let t = caller.say;
    let icon = |name: &str, kind: &str, sizes: &str, purpose: &str| serde_json::json!({ "src": asset_url(name), "type": kind, "sizes": sizes, "purpose": purpose });
    let manifest = serde_json::json!({
        "id": "/nhap",
        "name": t.say("offline-app-name"),
        "short_name": t.say("product"),
        "description": t.say("offline-means"),
        "lang": t.tag(),
        "start_url": "/nhap",
        "scope": "/",
        "display": "standalone",
        "orientation": "portrait",
        "background_color": "#faf7f0",
        "theme_color": "#0b6b66",
        "icons": [
            icon("icon.svg", "image/svg+xml", "any", "any"),
            icon("icon-192.png", "image/png", "192x192", "any"),
            icon("icon-512.png", "image/png", "512x512", "any"),
            icon("icon-512.png", "image/png", "512x512", "maskable"),
        ],
    });
    let headers = [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "no-cache")];
    (headers, Json(manifest).into_response().into_body()).into_response()
}
