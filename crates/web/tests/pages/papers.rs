//! Papers on their pages: signed by who may, the letter about the unit, the returns of the provinces (OX03, OX18, OX19).

use axum::http::StatusCode;
use desk::rights::Role;

use crate::world::{World, device_key, hidden, send};

fn option(page: &str, label: &str) -> String {
    let before = page.split(&format!(">{label}</option>")).next().unwrap();
    before.rsplit("<option value=\"").next().unwrap().split('"').next().unwrap().to_owned()
}

/// A leader without a post is told why and whom to ask; once written down he signs as what he is, after reading.
#[tokio::test]
async fn a_paper_is_read_and_signed_by_who_is_written_down() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    let leader = world.somebody(Role::Leader, None);
    let drafted = send(&world, &duty, "/chi-dao/bao-cao/soan", &[("kind", "ministry")]).await;
    let path = drafted.location().split('?').next().unwrap().to_owned();
    send(&world, &duty, &format!("{path}/trinh"), &[]).await;
    let list = world.get(&leader, "/chi-dao/bao-cao").await.text();
    assert!(
        list.contains(&format!("{path}#ky")) && !list.contains("/ky\""),
        "the list leads to the paper, not past it"
    );
    let page = world.get(&leader, &path).await.text();
    assert!(page.contains("PAP-007") && page.contains("Người ký văn bản") && !page.contains("name=\"seen\""), "{page}");

    let signers = world.get(&duty, "/chi-dao/nguoi-ky").await.text();
    assert!(signers.contains("Chưa ghi ai là Giám đốc"), "{signers}");
    let account = option(&signers, "Người leader");
    let fields = [("account", account.as_str()), ("signs_as", "deputy"), ("name", "BS. Lê Văn Đước")];
    assert_eq!(send(&world, &duty, "/chi-dao/nguoi-ky", &fields).await.status, StatusCode::SEE_OTHER);
    let page = world.get(&leader, &path).await.text();
    assert!(page.contains("BS. Lê Văn Đước ký với chức vụ: KT. Giám đốc, Phó Giám đốc"), "{page}");
    let seen = hidden(&page, "seen");
    let unread = send(&world, &leader, &format!("{path}/ky"), &[]).await;
    assert!(unread.status == StatusCode::UNPROCESSABLE_ENTITY && unread.text().contains("PAP-014"));
    let signed = send(&world, &leader, &format!("{path}/ky"), &[("seen", &seen)]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text());
    let page = world.get(&leader, &path).await.text();
    assert!(page.contains("01/BC-SYT") && page.contains("KT. Giám đốc, Phó Giám đốc"));
    assert!(page.contains("Nhà cung ứng và năng lực giao mỗi ngày") || page.contains("Chưa có nhà cung ứng"), "{page}");
}

/// OX03: from the page of the unit to a letter as Word and PDF.
#[tokio::test]
async fn the_letter_about_the_unit_starts_on_its_page() {
    let world = World::new();
    let duty = world.somebody(Role::DutyOfficer, None);
    let unit = "/chi-dao/bo-phan-oxy";
    let paper = [("do", "found"), ("number", "15/QĐ-UBND"), ("issued_on", "2026-11-09"), ("issuer", "UBND tỉnh")];
    send(&world, &duty, unit, &paper).await;
    assert!(world.get(&duty, unit).await.text().contains("Soạn công văn gửi Bộ Y tế"));
    let drafted = send(&world, &duty, "/chi-dao/bao-cao/soan", &[("kind", "unit_notice")]).await;
    let path = drafted.location().split('?').next().unwrap().to_owned();
    assert!(world.get(&duty, unit).await.text().contains(&path), "the page of the unit leads to it");
    let page = world.get(&duty, &path).await.text();
    assert!(page.contains("/tai/docx") && page.contains("/tai/pdf") && !page.contains("/tai/xlsx"), "{page}");
    for (format, begins) in [("docx", &b"PK"[..]), ("pdf", b"%PDF")] {
        let file = world.get(&duty, &format!("{path}/tai/{format}")).await;
        assert!(file.status == StatusCode::OK && file.bytes.starts_with(begins), "{format}");
    }
    assert_eq!(world.get(&duty, &format!("{path}/tai/xlsx")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let focal = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(focal.id));
    let page = world.get(&focal, unit).await.text();
    assert!(!page.contains(&path) && !page.contains("Soạn công văn"), "papers are the province's");
}

/// OX19: the sheet of a province goes in, is added, is known the second time, is replaced with a reason.
#[tokio::test]
async fn a_provinces_sheet_is_taken_in_by_the_ministry() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    world.runs_low(hospital);
    let duty = world.somebody(Role::DutyOfficer, None);
    let sheet = world.get(&duty, "/xuat/oxy?ngay=2026-11-21").await.bytes;
    let ministry = crate::command::ministry(&world);
    let path = "/quoc-gia/tong-hop";
    let empty = world.get(&ministry, path).await.text();
    assert!(empty.contains("Đã nhận 0/34 tỉnh, thành phố về số liệu ngày 21/11/2026"), "{empty}");
    assert!(empty.contains("Chưa nhận được báo cáo: ") && empty.contains("data-copy="), "who is missing can be copied");

    let take = async |bytes: &[u8], reason: &str| {
        let key = device_key();
        let fields = [("csrf", ministry.csrf.as_str()), ("key", key.as_str()), ("reason", reason)];
        world.post_parts(&ministry, path, &fields, Some(bytes)).await
    };
    let taken = take(&sheet, "").await;
    assert_eq!(taken.location(), "/quoc-gia/tong-hop?ngay=2026-11-21&xong=done-returns-taken", "{}", taken.text());
    assert_eq!(take(&sheet, "").await.location(), "/quoc-gia/tong-hop?ngay=2026-11-21&xong=done-returns-known");
    let page = world.get(&ministry, "/quoc-gia/tong-hop?ngay=2026-11-21").await.text();
    assert!(page.contains("Đã nhận 1/34") && page.contains("Tỉnh An Giang") && page.contains("lần 1"), "{page}");
    assert!(!page.contains("BV Hải Âu"), "sums only");
    world.shows(hospital, crate::world::at(-3, 30), "300 mmH2O");
    let other = world.get(&duty, "/xuat/oxy?ngay=2026-11-21").await.bytes;
    let refused = take(&other, "").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("PAP-015"), "{}", refused.text());
    assert_eq!(take(&other, "sót một lần đọc bồn").await.status, StatusCode::SEE_OTHER);
    let page = world.get(&ministry, "/quoc-gia/tong-hop?ngay=2026-11-21").await.text();
    assert!(page.contains("lần 2") && page.contains("sót một lần đọc bồn"), "{page}");
    let bad = take(b"{", "").await;
    assert!(bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.text().contains("PAP-010"));
    for (format, begins) in [("xlsx", &b"PK"[..]), ("docx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")] {
        let file = world.get(&ministry, &format!("{path}/tai/{format}?ngay=2026-11-21")).await;
        assert!(file.status == StatusCode::OK && file.bytes.starts_with(begins), "{format}");
    }
    assert_eq!(world.get(&duty, path).await.status, StatusCode::FORBIDDEN);
}
