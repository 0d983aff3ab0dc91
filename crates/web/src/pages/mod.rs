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
mod journal;
mod norms;
mod oxygen;
mod oxygen_board;
mod oxygen_row;
mod paper;
mod papers;
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
mod told;
mod words;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::app::App;
use crate::respond::Problem;
use crate::router::LARGEST_REPORT;
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
        .route("/chi-dao/bao-cao", get(papers::page))
        .route("/chi-dao/bao-cao/soan", post(papers::draft))
        .route("/chi-dao/bao-cao/{id}", get(paper::page))
        .route("/chi-dao/bao-cao/{id}/trinh", post(paper::submit))
        .route("/chi-dao/bao-cao/{id}/tra-lai", post(paper::give_back))
        .route("/chi-dao/bao-cao/{id}/ky", post(paper::sign))
        .route("/chi-dao/bao-cao/{id}/ban-ky", post(paper::attach).layer(DefaultBodyLimit::max(LARGEST_REPORT)))
        .route("/chi-dao/bao-cao/{id}/lan-sau", post(paper::revise))
        .route("/chi-dao/bao-cao/{id}/tai/{format}", get(paper::download))
        .route("/chi-dao/so-van-ban", get(papers::numbers))
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
