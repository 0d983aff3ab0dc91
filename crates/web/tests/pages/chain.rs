//! The chain to the bed and the pages of *Phương tiện* through the router (OX04, OX05, OX06, OX10, TR01, TR03, TR05).

use axum::http::StatusCode;
use desk::operations::file_report::{Confirmed, FileReport, Told};
use desk::rights::Role;
use oxygen::{Census, Source};

use crate::world::{Browser, Hospital, World, apart, at, send};

fn has_patients(world: &World, hospital: Hospital, minute: i64, mask: u32) {
    let told = Told {
        happened_at: Some(at(2, minute)),
        source: Source::Sensor,
        told_by: None,
        note: None,
        photo: None,
        levels: Vec::new(),
        cylinders: Vec::new(),
        patients: Some(Census { mask, ..Census::default() }),
        confirmed: Confirmed::Everything,
    };
    let report = FileReport { key: None, facility: hospital.id, told };
    apart(|| world.office.perform_blocking(world.program(), report)).unwrap();
}

async fn describes(world: &World, browser: &Browser, hospital: Hospital, pipe: &str) {
    let path = format!("/co-so/{}/chuoi", hospital.id);
    let tested = [("tested_unit", "l_per_min"), ("tested_on", "2026-09-01")];
    for fields in [
        [("part", "vaporiser"), ("name", "Giàn số 1"), ("count", "2"), ("tested", "2.500")].as_slice(),
        &[("part", "pipe"), ("name", "Ống chính"), ("tested", pipe)],
        &[("part", "outlets"), ("name", "Khoa Nội"), ("installed", "240"), ("working", "236"), ("tested", "4.200")],
    ] {
        let fields: Vec<_> = fields.iter().chain(&tested).copied().collect();
        let answer = send(world, browser, &path, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }
}

/// OX10, TR01: from an empty page to the weakest link, its red, the list and the first screen.
#[tokio::test]
async fn the_chain_is_written_down_and_says_its_weakest_link() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    let officer = world.somebody(Role::FocalOfficer, Some(hospital.id));
    has_patients(&world, hospital, 0, 200);
    let path = format!("/co-so/{}/chuoi", hospital.id);
    let empty = world.get(&officer, &path).await.text();
    assert!(empty.contains("Chưa rõ chuỗi có đủ cho 2.400 L/phút"), "{empty}");
    assert!(empty.contains("chưa ai ghi") && empty.contains("Chưa ghi bộ phận nào"));
    describes(&world, &officer, hospital, "3.000").await;
    let page = world.get(&officer, &format!("{path}?xong=done-chain-link")).await.text();
    assert!(
        page.contains("Chuỗi đủ: cao điểm cần 2.400 L/phút, bảo đảm 3.000 L/phút; yếu nhất là đường ống"),
        "{page}"
    );
    assert!(page.contains("Đã lưu. Lưu lượng của chuỗi đã tính lại."));
    assert!(page.contains("đo 01/09/2026 · 82 ngày"), "evidence with its age");
    assert!(page.contains("Khi mất điện lưới") && page.contains("Không đổi: bồn và chai không cần điện"));
    has_patients(&world, hospital, 10, 260);
    let red = world.get(&officer, &path).await.text();
    assert!(red.contains("Cao điểm cần 3.120 L/phút, chuỗi chỉ bảo đảm 3.000 L/phút"), "{red}");
    let duty = world.somebody(Role::DutyOfficer, None);
    let list = world.get(&duty, "/phuong-tien/chuoi").await.text();
    assert!(list.contains("1 cơ sở cần lưu lượng lớn hơn mức chuỗi bảo đảm"), "{list}");
    assert!(list.contains("104") && list.contains("Đường ống"));
    let first = world.get(&duty, "/oxy").await.text();
    assert!(first.contains("104"), "the second number of the first screen");
}

/// A refusal stands above its form and keeps what was typed; what was written is filled in again.
#[tokio::test]
async fn a_refused_link_keeps_what_was_typed() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    let officer = world.somebody(Role::FocalOfficer, Some(hospital.id));
    let path = format!("/co-so/{}/chuoi", hospital.id);
    let fields = [("part", "pipe"), ("name", "Ống phía đông"), ("tested", "900"), ("tested_on", "2026-12-24")];
    let refused = send(&world, &officer, &path, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("CHN-012") && page.contains("Ngày 24/12/2026 chưa tới."), "{page}");
    assert!(page.contains("value=\"Ống phía đông\"") && page.contains("value=\"2026-12-24\""));
    let no_day = [("part", "pipe"), ("name", "Ống"), ("tested", "900")];
    let page = send(&world, &officer, &path, &no_day).await.text();
    assert!(
        page.contains("name=\"tested_on\" type=\"date\" value=\"\" autocomplete=\"off\" aria-invalid=\"true\""),
        "{page}"
    );
    describes(&world, &officer, hospital, "3.000").await;
    let page = world.get(&officer, &path).await.text();
    let edit = page.split("?sua=").nth(1).unwrap().split('#').next().unwrap().to_owned();
    let filled = world.get(&officer, &format!("{path}?sua={edit}")).await.text();
    assert!(filled.contains("value=\"2.500\"") && filled.contains("name=\"gone\""), "{filled}");
    let gone = [("part", "vaporiser"), ("link", edit.as_str()), ("gone", "thay giàn mới")];
    assert_eq!(send(&world, &officer, &path, &gone).await.status, StatusCode::SEE_OTHER);
    world.set_time(at(2, 15));
    let after = world.get(&officer, &path).await.text();
    assert!(!after.contains("?sua="[..].to_owned().as_str()) || !after.contains(&edit), "it is gone");
}

/// OX04: a maker's table is pasted, drawn and dated.
#[tokio::test]
async fn a_chart_is_pasted() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    let officer = world.somebody(Role::FocalOfficer, Some(hospital.id));
    let path = format!("/co-so/{}/bang-do", hospital.id);
    let before = world.get(&officer, &path).await.text();
    assert!(before.contains("1 trên 1 bồn, bình lỏng có bảng đồng hồ"), "{before}");
    let tank = hospital.tank.to_string();
    let form = |table: &'static str| {
        vec![
            ("store".to_owned(), tank.clone()),
            ("shown".to_owned(), "mmH2O".to_owned()),
            ("held".to_owned(), "kg".to_owned()),
            ("table".to_owned(), table.to_owned()),
            ("valid_from".to_owned(), "2026-11-20".to_owned()),
            ("source".to_owned(), "hiệu chuẩn tháng 11".to_owned()),
        ]
    };
    let send = |table| {
        let (fields, world, officer, path) = (form(table), &world, &officer, &path);
        async move {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            send(world, officer, path, &fields).await
        }
    };
    let falling = send("100 700\n200 600").await;
    assert_eq!(falling.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(falling.text().contains("OXY-025") && falling.text().contains("hiệu chuẩn tháng 11"));
    let done = send("mmH2O;kg\n0;0\n240;1.300,6\n480;2.950,0").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    world.set_time(at(2, 16));
    let page = world.get(&officer, &path).await.text();
    assert!(page.contains("hiệu chuẩn tháng 11") && page.contains("Dùng từ 20/11/2026"), "{page}");
    assert!(page.contains("Bồn số 1: bảng dùng trước 20/11/2026") && page.contains("1.301"));
    assert!(page.contains("tính giữa hai điểm") && page.matches("<svg").count() >= 2);
}

/// OX10, OX05, OX06, TR01, TR05: each register takes a row and says it in its first line.
#[tokio::test]
async fn the_registers_of_means_take_their_rows() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    let id = hospital.id.to_string();
    let id = id.as_str();
    let vessel = [
        ("facility", id),
        ("kind", "tank"),
        ("serial", "B-0711"),
        ("volume", "9.000"),
        ("owner", "Công ty Khí Sao Mai"),
        ("inspected_on", "2023-10-01"),
        ("next_inspection", "2026-10-01"),
    ];
    let path = "/phuong-tien/kiem-dinh";
    assert_eq!(send(&world, &duty, path, &vessel).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        send(&world, &duty, path, &vessel).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the number is taken"
    );
    let page = world.get(&duty, path).await.text();
    assert!(page.contains("1 thiết bị quá hạn kiểm định") && page.contains("quá hạn 52 ngày"), "{page}");
    assert!(page.contains("chưa hỏi nơi khác có được nạp không"));
    let work = [
        ("facility", id),
        ("item", "Thay ống trục chính"),
        ("cost", "850.000.000"),
        ("due", "2026-12-20"),
        ("percent", "40"),
        ("before", "1.500"),
        ("after", "3.000"),
    ];
    assert_eq!(send(&world, &duty, "/phuong-tien/cong-trinh", &work).await.status, StatusCode::SEE_OTHER);
    let page = world.get(&duty, "/phuong-tien/cong-trinh").await.text();
    assert!(page.contains("1 công trình đang làm, 0 chậm hạn; tổng chi phí đã rõ 850.000.000 đ"), "{page}");
    assert!(page.contains("1.500 L/phút → 3.000 L/phút"));
    let site = [("name", "Nhà thi đấu Đồng Xanh"), ("tier", "1"), ("beds", "120"), ("planned_on", "2026-11-20")];
    assert_eq!(send(&world, &duty, "/phuong-tien/thiet-lap", &site).await.status, StatusCode::SEE_OTHER);
    let page = world.get(&duty, "/phuong-tien/thiet-lap").await.text();
    assert!(page.contains("0/1 cơ sở thu dung, điều trị đã mở, 0/120 giường; 1 cơ sở chậm ngày mở"), "{page}");
    let site = page.split("?buoc=").nth(1).unwrap().split('#').next().unwrap().to_owned();
    let stepping = world.get(&duty, &format!("/phuong-tien/thiet-lap?buoc={site}")).await.text();
    assert!(stepping.contains("Bước tiếp theo: Nhà thi đấu Đồng Xanh"));
    let step = [("site", site.as_str()), ("state", "open"), ("on", "2026-11-22"), ("reason", "QĐ 12")];
    assert_eq!(send(&world, &duty, "/phuong-tien/thiet-lap", &step).await.status, StatusCode::SEE_OTHER);
    let page = world.get(&duty, "/phuong-tien/thiet-lap").await.text();
    assert!(page.contains("1/1 cơ sở") && page.contains("đang mở 22/11/2026 (QĐ 12)"), "{page}");
    let path = format!("/co-so/{id}/giuong");
    let beds = [("open", "60"), ("occupied", "66"), ("icu", "12"), ("ventilators", "8"), ("ecmo", "0")];
    assert_eq!(send(&world, &duty, &path, &beds).await.status, StatusCode::SEE_OTHER);
    let page = world.get(&duty, &path).await.text();
    assert!(page.contains("60 giường đang mở, 66 có người nằm"), "{page}");
    let page = world.get(&duty, "/phuong-tien/giuong").await.text();
    assert!(page.contains("60 giường đang mở, 12 giường hồi sức; 1/1 cơ sở đã đếm"), "{page}");
    assert!(page.contains("danh mục ghi 54") && page.contains("110 %") && page.contains("chưa rõ"));
}

/// The officer of a facility changes nothing of another's, even through a page that is not his facility's own.
#[tokio::test]
async fn a_form_for_another_facility_finds_nothing() {
    let world = World::new();
    let (own, other) = (world.hospital("BV Hải Âu"), world.hospital("BV Cửa Sông"));
    let officer = world.somebody(Role::FocalOfficer, Some(own.id));
    let other = other.id.to_string();
    let vessel = [("facility", other.as_str()), ("kind", "tank"), ("serial", "B-1")];
    let answer = send(&world, &officer, "/phuong-tien/kiem-dinh", &vessel).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let work = [("facility", other.as_str()), ("item", "Ống"), ("due", "2026-12-20")];
    assert_eq!(send(&world, &officer, "/phuong-tien/cong-trinh", &work).await.status, StatusCode::NOT_FOUND);
    let site = [("name", "Điểm"), ("beds", "10"), ("planned_on", "2026-12-20")];
    assert_eq!(send(&world, &officer, "/phuong-tien/thiet-lap", &site).await.status, StatusCode::NOT_FOUND);
}
