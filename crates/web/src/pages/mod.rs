//! One module a page: request in, view asked for or operation done, page out.
//!
//! Lives here: reading requests ([`fields`]), what stands around a page ([`around`]), how quantities are worded
//! ([`words`]), and for each page what a desk's view becomes on it. Not here: rules (`desk`), HTML (templates).

mod around;
mod cases;
mod command;
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
use axum::routing::{MethodRouter, get, post};

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
        .route("/chi-dao", get(command::states::page))
        .route("/chi-dao/bo-phan-oxy", large(get(command::unit::page).post(command::unit::change)))
        .route("/van-ban/{id}", get(command::unit::file))
        .route("/chi-dao/de-an-4308", large(get(command::programme::page).post(command::programme::change)))
        .route("/chi-dao/bon-tai-cho", get(command::readiness::page).post(command::readiness::change))
        .route("/chi-dao/nop-bao-cao", get(command::matrix::page).post(command::matrix::change))
        .route("/xuat/nop-bao-cao", get(command::matrix::download))
        .route("/chi-dao/kiem-ke", get(command::recounts::page).post(command::recounts::change))
        .route("/chi-dao/kiem-ke/{id}", get(command::recount::page).post(command::recount::count))
        .route("/chi-dao/phoi-hop", get(command::courtesy::page).post(command::courtesy::change))
        .route("/chi-dao/ranh-gioi", large(get(command::map::boundaries).post(command::map::import)))
        .route("/oxy/ban-do", get(command::map::page))
        .route("/quoc-gia", get(command::nation::page))
        .route("/nguoi-dung", get(people::page).post(people::add))
        .route("/xuat/oxy", get(sheet::download))
        .route("/assets/{hash}/{name}", get(asset))
        .fallback(no_page)
}

/// Routes whose forms carry files.
fn large(routes: MethodRouter<App>) -> MethodRouter<App> {
    routes.layer(DefaultBodyLimit::max(LARGEST_REPORT))
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
