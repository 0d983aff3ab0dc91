//! One module a page: request in, view asked for or operation done, page out.
//!
//! Lives here: reading requests ([`fields`]), what stands around a page ([`around`]), how quantities are worded
//! ([`words`]), and for each page what a desk's view becomes on it. Not here: rules (`desk`), HTML (templates).

mod alarm;
mod alarms;
mod around;
mod bodies;
mod chain;
mod chain_facility;
mod chain_forms;
mod chain_words;
mod command;
mod correction;
mod counts;
mod counts_reported;
mod counts_weeks;
mod demo;
mod door;
mod duty;
mod facility;
mod facility_parts;
mod facility_series;
mod fields;
mod filled;
mod forecast;
mod gauge_chart;
mod history;
mod inbox;
mod inbox_form;
mod inbox_message;
mod inbox_words;
mod journal;
mod letter_out;
mod letters;
mod means_beds;
mod means_fields;
mod means_inspections;
mod means_sites;
mod means_works;
mod need;
mod norms;
mod offline;
mod oxygen;
mod oxygen_board;
mod oxygen_row;
mod page_sheet;
mod paper;
mod paper_exchange;
mod papers;
mod papers_signers;
pub(crate) mod past;
mod people;
mod phone;
mod phones;
mod plain;
mod public;
mod receipt;
mod refills;
mod register_file;
mod register_files;
mod report;
mod report_form;
mod report_meant;
mod report_told;
mod returns;
mod rules;
mod setup;
mod sheet;
mod shift;
mod state;
mod storm;
mod supply;
mod tasks;
mod tokens;
mod told;
mod typed;
mod waiting;
mod wall;
mod words;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};

use crate::app::App;
use crate::respond::Problem;
use crate::router::{LARGEST_LETTER, LARGEST_PASTE, LARGEST_REPORT};
use crate::visitor::Caller;
use command::steering;
use supply::{carrier, trips};

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
        .route("/ca-mac", get(counts::moved))
        .route("/du-bao", get(forecast::page))
        .route("/du-bao/tep", get(forecast::file))
        .route("/du-bao/oxy", get(need::page))
        .route("/du-bao/oxy/{id}", get(need::facility::page))
        .route("/so-ca", get(counts::page).post(counts::report))
        .route("/so-ca/lich-su", get(counts::history))
        .route("/dinh-muc", get(norms::page))
        .route("/co-so/{id}", get(facility::page))
        .route("/co-so/{id}/bao-cao", get(report::form).post(report::file).layer(DefaultBodyLimit::max(LARGEST_REPORT)))
        .route("/bien-nhan/{id}", get(receipt::page))
        .route("/bao-cao/{id}/dinh-chinh", get(correction::form).post(correction::correct))
        .route("/anh/{id}", get(receipt::photo))
        .route("/nhat-ky", get(journal::page))
        .route("/lich-su/{id}", get(history::page))
        .route("/chi-dao", get(command::states::page))
        .route("/chi-dao/bo-phan-oxy", large(get(command::unit::page).post(command::unit::change)))
        .route("/chi-dao/tep/{id}", get(command::unit::file))
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
        .route("/oxy/canh-bao", get(alarms::page))
        .route("/oxy/canh-bao/{id}", get(alarm::one))
        .route("/oxy/canh-bao/{id}/nhan", post(alarms::take))
        .route("/oxy/canh-bao/{id}/goi", post(alarm::call))
        .route("/oxy/truc", get(duty::page).post(duty::add))
        .route("/oxy/truc/{id}/rut", post(duty::withdraw))
        .route("/oxy/truc/giao-ban", post(duty::hand_over))
        .route("/oxy/truc/man-hinh", post(duty::add_display))
        .route("/oxy/truc/man-hinh/{id}/rut", post(duty::withdraw_display))
        .route("/oxy/dang-cho", get(waiting::page).post(waiting::note))
        .route("/oxy/nap", get(refills::page).post(refills::set))
        .route("/oxy/nap/dung", post(refills::add_closure))
        .route("/oxy/nap/dung/{id}/rut", post(refills::withdraw_closure))
        .route("/oxy/bao", get(storm::page).post(storm::add))
        .route("/tuong", get(wall::page))
        .route("/tuong/bang", get(wall::body))
        .route("/nhap", get(offline::page))
        .route("/dien-thoai", get(phone::page).post(phone::trust))
        .route("/ma-pin", get(phone::pin_page).post(phone::enter))
        .route("/nguoi-dung/dien-thoai", get(phones::page))
        .route("/nguoi-dung/dien-thoai/{id}/mat", post(phones::lost))
        .route("/co-so/{id}/ma-qr", get(phones::code))
        .route("/sw.js", get(offline::worker))
        .route("/manifest.webmanifest", get(offline::manifest))
        .merge(offline::routes())
        .merge(carrier::routes())
        .route("/cung-ung", get(supply::requests).post(supply::ask))
        .route("/cung-ung/nhan-khong-lenh", post(supply::unordered))
        .route("/cung-ung/yeu-cau/{id}", get(supply::request).post(supply::step_request))
        .route("/cung-ung/phieu-nhan/{id}", post(supply::correct_receipt))
        .route("/cung-ung/nha-cung-ung", get(supply::suppliers).post(supply::keep_supplier))
        .route("/cung-ung/nha-cung-ung/{id}", get(supply::supplier))
        .route("/cung-ung/hop-dong", get(supply::contracts).post(supply::keep_contract))
        .route("/cung-ung/hop-dong/{id}", get(supply::contract).post(supply::step_contract))
        .route("/cung-ung/muon-tra", get(supply::loans).post(supply::lend))
        .route("/cung-ung/muon-tra/{id}", post(supply::give_back))
        .route("/cung-ung/doi-chieu", get(supply::reconcile).post(supply::record_invoice))
        .route("/cung-ung/hoa-don/{id}", post(supply::settle_invoice))
        .route("/cung-ung/so-oxy", get(supply::book))
        .route("/cung-ung/du-toan", get(supply::next_year))
        .route("/chuyen", get(trips::page).post(trips::make))
        .route("/chuyen/kha-nang", post(trips::offer))
        .route("/chuyen/{id}", get(trips::trip).post(trips::step))
        .route("/chuyen/{id}/phieu", get(trips::notes))
        .route("/cung-ung/nha-cung-ung/{id}/lien-ket", post(trips::give_supplier_link))
        .route("/giao/{id}", get(carrier::page).post(carrier::open))
        .route("/giao/{id}/viec", post(carrier::act))
        .route("/phuong-tien", get(supply::vehicles).post(supply::keep_vehicle))
        .route("/phuong-tien/may-muon", get(supply::assets).post(supply::keep_asset))
        .route("/phuong-tien/may-muon/{id}", get(supply::asset).post(supply::change_asset))
        .route("/phuong-tien/may-muon/{id}/cong-van", post(supply::attach_letter).layer(with_a_file()))
        .route("/phuong-tien/may-muon/{id}/cong-van/{place}", get(supply::letter))
        .route("/xuat/cung-ung/{kind}", get(supply::download))
        .route("/phuong-tien/chuoi", get(chain::page))
        .route("/phuong-tien/giuong", get(means_beds::page))
        .route("/phuong-tien/cong-trinh", get(means_works::page).post(means_works::record))
        .route("/phuong-tien/thiet-lap", get(means_sites::page).post(means_sites::record))
        .route("/phuong-tien/kiem-dinh", get(means_inspections::page).post(means_inspections::record))
        .route("/co-so/{id}/chuoi", get(chain_facility::page).post(chain_facility::record))
        .route("/co-so/{id}/bang-do", get(gauge_chart::page).post(gauge_chart::chart))
        .route("/co-so/{id}/nguon", get(bodies::stores::page).post(bodies::stores::change))
        .route("/co-so/{id}/can-bo", get(bodies::staff::page).post(bodies::staff::change))
        .route("/co-so/{id}/can-doi", get(bodies::balance::page).post(bodies::balance::close))
        .route("/co-so/{id}/sap-nhap", get(bodies::merging::page).post(bodies::merging::merge))
        .route("/dinh-muc/rieng", get(bodies::own_norms::page).post(bodies::own_norms::decide))
        .route("/co-so/{id}/giuong", get(means_beds::facility_page).post(means_beds::record))
        .route("/oxy/hop-thu", get(inbox::page).post(inbox::paste).layer(DefaultBodyLimit::max(LARGEST_PASTE)))
        .route("/oxy/hop-thu/tep", post(inbox::file).layer(DefaultBodyLimit::max(LARGEST_REPORT)))
        .route("/oxy/hop-thu/{id}", get(inbox_message::page).post(inbox_message::confirm))
        .route("/oxy/hop-thu/{id}/khong-ghi", post(inbox_message::reject))
        .route("/oxy/hop-thu/{id}/tep", get(inbox::download))
        .route("/nguoi-dung/ma", get(tokens::page).post(tokens::issue))
        .route("/nguoi-dung/ma/thu-hoi", post(tokens::revoke))
        .route("/chi-dao/bao-cao", get(papers::page))
        .route("/chi-dao/bao-cao/soan", post(papers::draft))
        .route("/chi-dao/bao-cao/{id}", get(paper::page))
        .route("/chi-dao/bao-cao/{id}/sua", get(letter_out::edit_page).post(letter_out::edit))
        .route("/chi-dao/van-ban-di", get(letter_out::page).post(letter_out::draft))
        .route("/chi-dao/van-ban-di/kiem", post(letter_out::checks))
        .route("/chi-dao/bao-cao/{id}/trinh", post(paper::submit))
        .route("/chi-dao/bao-cao/{id}/tra-lai", post(paper::give_back))
        .route("/chi-dao/bao-cao/{id}/ky", post(paper::sign))
        .route("/chi-dao/bao-cao/{id}/ban-ky", post(paper::attach).layer(DefaultBodyLimit::max(LARGEST_REPORT)))
        .route("/chi-dao/bao-cao/{id}/lan-sau", post(paper::revise))
        .route("/chi-dao/bao-cao/{id}/tai/{format}", get(paper::download))
        .route("/chi-dao/so-van-ban", get(papers::numbers))
        .route("/chi-dao/nguoi-ky", get(papers_signers::page).post(papers_signers::appoint))
        .route("/quoc-gia/tong-hop", large(get(returns::page).post(returns::take)))
        .route("/quoc-gia/tong-hop/tai/{format}", get(returns::download))
        .route("/van-ban", letters_size(get(letters::page).post(letters::paste)))
        .route("/van-ban/tep", letters_size(post(letters::file)))
        .route("/van-ban/{id}", letters_size(get(letters::letter_page).post(letters::act)))
        .route("/van-ban/{id}/soan", post(letters::write_answer))
        .route("/van-ban/{id}/go", post(letters::withdraw))
        .route("/van-ban/so", get(letters::register_page))
        .route("/van-ban/{id}/lien-quan", get(letters::relations_page))
        .route("/van-ban/{id}/quyet-dinh", post(letters::decide))
        .route("/van-ban/{id}/kem/tep", post(letters::attach).layer(with_a_file()))
        .route("/van-ban/kem/{id}", get(letters::enclosure))
        .route("/van-ban/{id}/ban-gui", post(letters::deliver))
        .route("/van-ban/{id}/dau-den", get(letters::stamp))
        .route("/van-ban/{id}/tep", get(letters::download))
        .route("/van-ban/trao-doi", get(letters::exchange_page))
        .route("/van-ban/trao-doi/tep", letters_size(post(letters::exchange_take)))
        .route("/van-ban/trao-doi/tep/{id}", get(letters::exchange_file))
        .route("/van-ban/trao-doi/ban-ky/{id}", post(letters::exchange_match))
        .route("/van-ban/trao-doi/ban-ky/{id}/bo", post(letters::exchange_aside))
        .route("/van-ban/trao-doi/di/{id}", post(letters::exchange_recall))
        .route("/chi-dao/bao-cao/{id}/xuat-ky", post(paper_exchange::send))
        .route("/nhap-so-lieu", get(register_files::page))
        .route("/nhap-so-lieu/{register}", large(get(register_files::register).post(register_files::file)))
        .route("/nhap-so-lieu/{register}/mau", get(register_files::empty_sheet))
        .route("/nhap-so-lieu/tep/{id}", get(register_file::page).post(register_file::commit))
        .route("/nhap-so-lieu/tep/{id}/tra-lai", get(register_file::returned))
        .route("/xuat/so/{register}", get(register_files::download))
        .route("/chi-dao/cuoc-hop", get(steering::meetings::page).post(steering::meetings::change))
        .route("/chi-dao/cuoc-hop/{id}", large(get(steering::meeting::page).post(steering::meeting::change)))
        .route("/chi-dao/cuoc-hop/{id}/tep/{place}", get(steering::meeting::file))
        .route("/chi-dao/kiem-tra", get(steering::inspections::page).post(steering::inspections::change))
        .route("/chi-dao/kiem-tra/{id}", large(get(steering::inspection::page).post(steering::inspection::change)))
        .route("/chi-dao/kiem-tra/{id}/anh/{place}", get(steering::inspection::picture))
        .route("/chi-dao/khac-phuc", get(steering::corrections::page).post(steering::corrections::change))
        .route("/chi-dao/ke-hoach", get(steering::plans::page).post(steering::plans::change))
        .route("/chi-dao/ke-hoach/{id}", get(steering::plan::page).post(steering::plan::change))
        .route("/chi-dao/ban-tin", get(steering::bulletins::page).post(steering::bulletins::change))
        .route("/chi-dao/ban-tin/{id}", get(steering::bulletin::page).post(steering::bulletin::change))
        .route("/chi-dao/ban-tin/{id}/docx", get(steering::bulletin::download))
        .route("/chi-dao/vu-viec", get(steering::cases::page).post(steering::cases::change))
        .route("/chi-dao/vu-viec/{id}", get(steering::case::page).post(steering::case::change))
        .route("/ban-tin", get(steering::public::newest))
        .route("/ban-tin/{id}", get(steering::public::one))
        .route("/ban-tin/{id}/docx", get(steering::public::file))
        .route("/van-ban/quy-dinh", get(rules::office::page).post(rules::office::adopt))
        .route("/van-ban/{id}/viec-cu", get(rules::old_tasks::page).post(rules::old_tasks::choose_for))
        .route("/viec/linh-vuc", get(rules::fields::page).post(rules::fields::appoint))
        .route("/viec/linh-vuc/{id}", get(rules::fields::one).post(rules::fields::end))
        .route("/viec/da-nhan", large(get(rules::receipts::page).post(rules::receipts::note)))
        .route("/viec/{id}/da-nhan/{place}", get(rules::receipts::file))
        .route("/viec/pho-bien/{id}/danh-sach/{place}", get(rules::attendance::of_spread))
        .route("/chi-dao/cuoc-hop/{id}/co-mat", large(get(rules::attendance::page).post(rules::attendance::take)))
        .route("/chi-dao/cuoc-hop/{id}/co-mat/{place}", get(rules::attendance::file))
        .route("/viec", get(tasks::list::page))
        .route("/viec/don-vi", get(tasks::statistics::page).post(tasks::publish::act))
        .route("/cong-bo", get(tasks::public::newest))
        .route("/cong-bo/{id}", get(tasks::public::one))
        .route("/cong-bo/{id}/docx", get(tasks::public::file))
        .route("/viec/diem-tin", get(tasks::digest::page))
        .route("/viec/vuong-mac", get(tasks::obstacles::page).post(tasks::obstacles::act))
        .route("/viec/pho-bien", large(get(tasks::spread::page).post(tasks::spread::act)))
        .route("/viec/pho-bien/{id}", large(get(tasks::spread::one).post(tasks::spread::note_names)))
        .route("/viec/bao-cao-nhanh", get(tasks::incidents::page).post(tasks::incidents::act))
        .route("/viec/{id}", large(get(tasks::one::page).post(tasks::act::act)))
        .route("/viec/{id}/tep/{place}", get(tasks::one::file))
        .route("/assets/{hash}/{name}", get(asset))
        .fallback(no_page)
}

/// As large as a report with its photo.
fn with_a_file() -> DefaultBodyLimit {
    DefaultBodyLimit::max(LARGEST_REPORT)
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

/// Letters come with their files.
fn letters_size(routes: MethodRouter<App>) -> MethodRouter<App> {
    routes.layer(DefaultBodyLimit::max(LARGEST_LETTER))
}
