//! One module a page: request in, view asked for or operation done, page out.
//!
//! Lives here: reading requests ([`fields`]), what stands around a page ([`around`]), how quantities are worded
//! ([`words`]), and for each page what a desk's view becomes on it. Not here: rules (`desk`), HTML (templates).

mod around;
mod cases;
mod correction;
mod demo;
mod door;
mod facility;
mod facility_parts;
mod facility_series;
mod fields;
mod inbox;
mod inbox_form;
mod inbox_message;
mod inbox_words;
mod journal;
mod norms;
mod oxygen;
mod oxygen_board;
mod oxygen_row;
mod people;
mod plain;
mod receipt;
mod report;
mod report_form;
mod report_meant;
mod report_told;
mod setup;
mod sheet;
mod shift;
mod state;
mod tokens;
mod told;
mod words;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::app::App;
use crate::respond::Problem;
use crate::router::{LARGEST_PASTE, LARGEST_REPORT};
use crate::visitor::Caller;

/// The routes of all pages. `tests/pages/routes.rs` asks each of them as nobody, as the wrong role,
/// from outside the scope and as who may; a route without its row there fails.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(door::first))
        .route("/thiet-lap", get(setup::page).post(setup::found))
        .route("/dang-nhap", get(door::page).post(door::sign_in))
        .route("/dang-xuat", post(door::sign_out))
        .route("/ngon-ngu", post(door::speak))
        .route("/demo/vao", post(demo::enter))
        .route("/demo/dong-ho", post(demo::move_clock))
        .route("/trang-thai", post(state::set))
        .route("/oxy", get(oxygen::page))
        .route("/oxy/bang", get(oxygen::board))
        .route("/ca-mac", get(cases::page))
        .route("/dinh-muc", get(norms::page))
        .route("/co-so/{id}", get(facility::page))
        .route("/co-so/{id}/bao-cao", get(report::form).post(report::file).layer(DefaultBodyLimit::max(LARGEST_REPORT)))
        .route("/bien-nhan/{id}", get(receipt::page))
        .route("/bao-cao/{id}/dinh-chinh", get(correction::form).post(correction::correct))
        .route("/anh/{id}", get(receipt::photo))
        .route("/nhat-ky", get(journal::page))
        .route("/nguoi-dung", get(people::page).post(people::add))
        .route("/xuat/oxy", get(sheet::download))
        .route("/oxy/hop-thu", get(inbox::page).post(inbox::paste).layer(DefaultBodyLimit::max(LARGEST_PASTE)))
        .route("/oxy/hop-thu/tep", post(inbox::file).layer(DefaultBodyLimit::max(LARGEST_REPORT)))
        .route("/oxy/hop-thu/{id}", get(inbox_message::page).post(inbox_message::confirm))
        .route("/oxy/hop-thu/{id}/khong-ghi", post(inbox_message::reject))
        .route("/oxy/hop-thu/{id}/tep", get(inbox::download))
        .route("/nguoi-dung/ma", get(tokens::page).post(tokens::issue))
        .route("/nguoi-dung/ma/thu-hoi", post(tokens::revoke))
        .route("/assets/{hash}/{name}", get(asset))
        .fallback(no_page)
}

async fn no_page(caller: Caller) -> Problem {
    Problem::no_page(&caller)
}

async fn asset(Path((hash, name)): Path<(String, String)>) -> Response {
    match crate::assets::serve(&format!("{hash}/{name}")) {
        Some((mime, bytes, _)) => {
            ([(header::CONTENT_TYPE, mime), (header::CACHE_CONTROL, crate::assets::CACHE_CONTROL)], bytes)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
