//! One module a page: request in, view asked for or operation done, page out.
//!
//! Lives here: reading requests ([`fields`]), what stands around a page ([`around`]), how quantities are worded
//! ([`words`]), and for each page what a desk's view becomes on it. Not here: rules (`desk`), HTML (templates).

mod around;
mod cases;
mod chain;
mod chain_facility;
mod chain_forms;
mod chain_words;
mod correction;
mod demo;
mod door;
mod facility;
mod facility_parts;
mod facility_series;
mod fields;
mod gauge_chart;
mod journal;
mod means_beds;
mod means_fields;
mod means_inspections;
mod means_sites;
mod means_works;
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
        .route("/phuong-tien/chuoi", get(chain::page))
        .route("/phuong-tien/giuong", get(means_beds::page))
        .route("/phuong-tien/cong-trinh", get(means_works::page).post(means_works::record))
        .route("/phuong-tien/thiet-lap", get(means_sites::page).post(means_sites::record))
        .route("/phuong-tien/kiem-dinh", get(means_inspections::page).post(means_inspections::record))
        .route("/co-so/{id}/chuoi", get(chain_facility::page).post(chain_facility::record))
        .route("/co-so/{id}/bang-do", get(gauge_chart::page).post(gauge_chart::chart))
        .route("/co-so/{id}/giuong", get(means_beds::facility_page).post(means_beds::record))
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
