//! Registers from files and to files: upload, preview in words, one button, receipt; every list as a sheet.

use axum::http::{StatusCode, header};
use desk::rights::Role;
use document::sheet::XLSX;
use document::table::{Limits, Table, read_table};

use crate::world::{Browser, World, device_key};

const TRUCKS: &str = "Biển số;Loại xe;Chở được (kg);Chủ xe;Ghi chú\n\
    68C-100.01;xe bồn;5000;Khí Sao Mai;mới\n\
    68C-100.02;xe bay;5000;Khí Sao Mai;\n";

async fn sends(world: &World, browser: &Browser, register: &str, text: &str) -> crate::world::Answer {
    let key = device_key();
    let fields = [("csrf", browser.csrf.as_str()), ("key", key.as_str())];
    world.post_file(browser, &format!("/nhap-so-lieu/{register}"), &fields, "so xe.csv", text.as_bytes()).await
}

/// The key of a file of vehicles that somebody looks at.
pub async fn looked_at(world: &World, browser: &Browser) -> String {
    let sent = sends(world, browser, "vehicles", TRUCKS).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    sent.location().trim_start_matches("/nhap-so-lieu/tep/").to_owned()
}

async fn presses(world: &World, browser: &Browser, path: &str) -> crate::world::Answer {
    let key = device_key();
    world.post(browser, path, &[("csrf", &browser.csrf), ("key", &key)]).await
}

fn table(bytes: &[u8]) -> Table {
    read_table(bytes, "a.xlsx", &Limits::UPLOAD, &|| false).expect("a sheet")
}

fn has(table: &Table, words: &str) -> bool {
    table.rows().any(|row| row.cells().any(|cell| cell.text.contains(words)))
}

/// OX15: a file is looked at, written by one button, and says what came of it.
#[tokio::test]
async fn a_file_is_looked_at_before_it_is_written() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    let desk = world.somebody(Role::DutyOfficer, None);
    let list = world.get(&desk, "/nhap-so-lieu").await.text();
    assert!(list.contains("17 sổ nhận tệp Excel") && list.contains("/nhap-so-lieu/roster/mau"), "{list}");
    let id = looked_at(&world, &desk).await;
    let path = format!("/nhap-so-lieu/tep/{id}");
    let seen = world.get(&desk, &path).await.text();
    assert!(seen.contains("so xe.csv: 1 dòng mới, 0 dòng đổi, 0 dòng như cũ, 1 dòng chưa nhận được."), "{seen}");
    assert!(seen.contains("Ghi vào sổ 1 dòng") && seen.contains("«Ghi chú» (E)") && seen.contains("DOC-040"), "{seen}");
    assert!(!world.get(&desk, "/phuong-tien").await.text().contains("68C-100.01"), "nothing is written yet");

    let written = presses(&world, &desk, &path).await;
    assert_eq!(written.location(), format!("{path}?xong=done-register-written"));
    let seen = world.get(&desk, written.location()).await.text();
    assert!(seen.contains("đã ghi: 1 dòng mới") && seen.contains("1 dòng trả lại để sửa"), "{seen}");
    assert!(world.get(&desk, "/phuong-tien").await.text().contains("68C-100.01"));
    let again = presses(&world, &desk, &path).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("IMP-021"));

    let back = world.get(&desk, &format!("{path}/tra-lai")).await;
    assert!(back.header(header::CONTENT_TYPE).starts_with("text/csv"));
    assert!(back.text().contains("68C-100.02") && back.text().contains("Làm gì tiếp"), "{}", back.text());
}

/// What is taken out comes back unchanged, with a title above its header.
#[tokio::test]
async fn a_register_taken_out_and_sent_back_says_nothing_new() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    let desk = world.somebody(Role::DutyOfficer, None);
    let taken = world.get(&desk, "/xuat/so/facilities").await;
    assert_eq!(taken.header(header::CONTENT_TYPE), XLSX);
    assert_eq!(taken.header(header::CONTENT_DISPOSITION), "attachment; filename=\"facilities-2026-11-22.xlsx\"");
    let sheet = table(&taken.bytes);
    assert!(has(&sheet, "An Giang") && has(&sheet, "22/11/2026 02:14") && has(&sheet, "«xóa»"));
    let key = device_key();
    let fields = [("csrf", desk.csrf.as_str()), ("key", key.as_str())];
    let sent = world.post_file(&desk, "/nhap-so-lieu/facilities", &fields, "co-so.xlsx", &taken.bytes).await;
    let seen = world.get(&desk, sent.location()).await.text();
    assert!(seen.contains("0 dòng mới, 0 dòng đổi, 2 dòng như cũ, 0 dòng chưa nhận được."), "{seen}");
    assert!(seen.contains("không nói điều gì mới"), "{seen}");

    let wrong = world.post_file(&desk, "/nhap-so-lieu/beds", &fields, "co-so.xlsx", &taken.bytes).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("IMP-001"), "{}", wrong.text());
    let empty = world.get(&desk, "/nhap-so-lieu/facilities/mau").await;
    assert!(has(&table(&empty.bytes), "Mã cơ sở"));
}

/// The tables of a page as a sheet: for who may take figures out, and only for him.
#[tokio::test]
async fn every_list_is_a_sheet_too() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    world.runs_low(hospital);
    let observer = world.somebody(Role::Observer, None);
    for path in [
        "/phuong-tien/chuoi",
        "/phuong-tien/giuong",
        "/chi-dao",
        "/chi-dao/de-an-4308",
        "/oxy/canh-bao?x=1",
        "/dinh-muc",
        "/so-ca",
    ] {
        let page = world.get(&observer, path).await.text();
        let address = if path.contains('?') { format!("{path}&tep=xlsx") } else { format!("{path}?tep=xlsx") };
        let sheet = world.get(&observer, &address).await;
        if page.contains("Tải .xlsx") {
            assert!(page.contains(&address.replace('&', "&#38;")) || page.contains(&address), "{path}");
        }
        assert_eq!(sheet.header(header::CONTENT_TYPE), XLSX, "{path}: {}", sheet.status);
        let sheet = table(&sheet.bytes);
        assert!(has(&sheet, "số liệu lúc 22/11/2026 02:14"), "{path}");
    }
    let chains = world.get(&observer, "/phuong-tien/chuoi?tep=xlsx").await;
    assert!(has(&table(&chains.bytes), "BV Hải Âu"));
    let focal = world.somebody(Role::FocalOfficer, Some(hospital.id));
    let refused = world.get(&focal, "/phuong-tien/chuoi?tep=xlsx").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(!world.get(&focal, "/phuong-tien/chuoi").await.text().contains("Tải .xlsx"));
}
