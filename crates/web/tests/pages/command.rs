//! The command room through its pages: OX01, OX02, OX03, OX19, DT12, DT17, PR01, the map.

use axum::http::StatusCode;
use desk::operations::add_account::AddAccount;
use desk::rights::Role;
use desk::{Actor, door};
use place::ProvinceId;

use crate::world::{Browser, World, apart, at, device_key, send};

/// The ministry's observer: an account of the nation.
pub fn ministry(world: &World) -> Browser {
    let account = AddAccount {
        key: None,
        login: "bo.y.te".to_owned(),
        display_name: "Bộ Y tế".to_owned(),
        password_hash: "không ai vào bằng mật khẩu này".to_owned(),
        roles: vec![Role::MinistryObserver],
        facility: None,
        area: None,
    };
    let nation = ProvinceId::NATION;
    let account = apart(|| world.office.perform_blocking(Actor::program(nation), account)).unwrap().done;
    let office = world.office.clone();
    let opening = async move { door::open(&office, nation, account, "browser", door::BROWSER_SESSION).await };
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let key = apart(|| runtime().block_on(opening)).unwrap();
    Browser { token: key.token, csrf: key.csrf }
}

/// OX02, OX03: founded, seated with the exception said, told to the ministry.
#[tokio::test]
async fn a_unit_is_founded_on_its_page_and_the_notice_can_be_copied() {
    let world = World::new();
    let duty = world.somebody(Role::DutyOfficer, None);
    let path = "/chi-dao/bo-phan-oxy";
    assert!(world.get(&duty, path).await.text().contains("<h1>Chưa có bộ phận điều phối oxy</h1>"));
    let paper = [("do", "found"), ("number", "15/QĐ-UBND"), ("issued_on", "2026-11-09"), ("issuer", "UBND tỉnh")];
    let founded = send(&world, &duty, path, &paper).await;
    assert_eq!(founded.status, StatusCode::SEE_OTHER, "{}", founded.text());
    assert_eq!(founded.location(), "/chi-dao/bo-phan-oxy?xong=done-command-unit");

    let mut seat = vec![
        ("do", "seat"),
        ("seat", "head"),
        ("name", "Nguyễn Văn Bưởi"),
        ("post", "Giám đốc Sở Y tế"),
        ("from", "2026-11-10"),
    ];
    let refused = send(&world, &duty, path, &seat).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("CMD-011") && page.contains("value=\"Nguyễn Văn Bưởi\""), "what was typed stays");
    seat.push(("exception", "Khuyết Phó Chủ tịch phụ trách"));
    assert_eq!(send(&world, &duty, path, &seat).await.status, StatusCode::SEE_OTHER);

    let observer = world.somebody(Role::Observer, None);
    let page = world.get(&observer, path).await.text();
    assert!(page.contains("Lý do đã ghi: Khuyết Phó Chủ tịch phụ trách"), "{page}");
    assert!(page.contains("Quá hạn gửi từ 12/11/2026"), "three working days after Monday 9/11");
    assert!(page.contains("15/QĐ-UBND ngày 09/11/2026") && page.contains("data-copy="), "the notice can be copied");
    assert!(!page.contains("name=\"do\""), "who only watches gets no form");
    let sent = send(&world, &duty, path, &[("do", "notify"), ("sent_on", "2026-11-20"), ("way", "trục")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(world.get(&observer, path).await.text().contains("chờ đến 01/12/2026"), "seven working days later");
}

/// OX01, PR01: who has no plan stands first; what nobody looked at is unknown.
#[tokio::test]
async fn plans_and_readiness_say_who_lacks_what() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    let page = world.get(&duty, "/chi-dao/de-an-4308").await.text();
    assert!(page.contains("1 trong 1 cơ sở chưa có kế hoạch oxy hoàn chỉnh"), "{page}");
    let id = own.id.to_string();
    for line in ["survey", "upgrade", "officer", "contract", "works"] {
        let fields = [("do", "milestone"), ("line", line), ("facility", &id), ("planned_on", "2026-12-01")];
        let set = send(&world, &duty, "/chi-dao/de-an-4308", &fields).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text());
    }
    let page = world.get(&duty, "/chi-dao/de-an-4308").await.text();
    assert!(page.contains("Cả 1 cơ sở đã có kế hoạch oxy hoàn chỉnh"));
    let fields = [
        ("do", "answer"),
        ("line", "command-duty"),
        ("met", "no"),
        ("evidence", "chưa có lịch trực"),
        ("seen_on", "2026-11-21"),
        ("by", "Sở Y tế"),
    ];
    let answered = send(&world, &duty, "/chi-dao/bon-tai-cho", &fields).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text());
    let page = world.get(&duty, "/chi-dao/bon-tai-cho").await.text();
    assert!(page.contains("1 nội dung chưa đạt, 13 nội dung chưa ai xem trong năm"), "{page}");
}

/// DT17 and the state of a facility: the matrix follows the cadence of the state.
#[tokio::test]
async fn the_matrix_follows_the_state_and_takes_reasons() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.shows(own, at(1, 0), "120 mmH2O");
    let duty = world.somebody(Role::DutyOfficer, None);
    let page = world.get(&duty, "/chi-dao/nop-bao-cao").await.text();
    assert!(page.contains("21/11 22 h"), "an emergency asks by shift: {page}");
    assert!(page.contains("đúng hạn") && page.contains("chưa nhận"));
    let id = own.id.to_string();
    let fields = [
        ("do", "explain"),
        ("ky", "shift"),
        ("facility", &id),
        ("period", "shift-2026-11-21T14"),
        ("reason", "mất điện"),
        ("told_by", "trực"),
    ];
    let told = send(&world, &duty, "/chi-dao/nop-bao-cao", &fields).await;
    assert_eq!(told.location(), "/chi-dao/nop-bao-cao?ky=shift&xong=done-command-explained");
    assert!(world.get(&duty, "/chi-dao/nop-bao-cao").await.text().contains("mất điện"));
    let sheet = world.get(&duty, "/xuat/nop-bao-cao?ky=week").await;
    assert!(sheet.status == StatusCode::OK && sheet.bytes.starts_with(b"PK"));

    let leader = world.somebody(Role::Leader, None);
    let fields =
        [("state", "emergency"), ("facility", &id), ("reason", "nhận người bệnh từ đảo"), ("back", "/chi-dao")];
    assert_eq!(send(&world, &leader, "/trang-thai", &fields).await.location(), "/chi-dao");
    let page = world.get(&duty, "/chi-dao").await.text();
    assert!(page.contains("nhận người bệnh từ đảo") && page.contains("Thường xuyên → Khẩn cấp"), "{page}");
}

/// DT12: a recount with its tick goes into the ledger as an ordinary report, and says so.
#[tokio::test]
async fn a_recount_goes_into_the_ledger_as_an_ordinary_report() {
    let world = World::new();
    let own = world.hospital_in_kilograms("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    let path = format!("/chi-dao/kiem-ke/{}", own.id);
    let level = format!("level.{}", own.tank);
    let counts = [("do", "recount"), ("by", "Đoàn kiểm tra"), (level.as_str(), "1.800"), ("report", "1")];
    let counted = send(&world, &duty, &path, &counts).await;
    assert_eq!(counted.location(), format!("{path}?xong=done-command-recount-reported"), "{}", counted.text());
    let page = world.get(&duty, &path).await.text();
    assert!(page.contains("/bien-nhan/") && page.contains("1,8 t"), "{page}");
    assert!(page.contains("chưa có lần đếm nào so được"), "the ledger had said nothing: no score");
    let again = send(&world, &duty, &path, &[("do", "recount"), ("by", "Đoàn"), (level.as_str(), "1.710")]).await;
    assert_eq!(again.location(), format!("{path}?xong=done-command-recount"));
    assert!(world.get(&duty, &path).await.text().contains("khớp 95 %"));
    // 1.800 kg less the tenth of the tank that cannot be drawn.
    let board = world.get(&duty, "/oxy").await.text();
    assert!(board.contains("<b>1,5</b>") || board.contains("1,5 t"), "the ledger follows the report only: {board}");
}

/// The map stands without outlines; reversed axes are asked about, then taken.
#[tokio::test]
async fn the_map_is_drawn_and_takes_outlines() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.runs_low(own);
    let observer = world.somebody(Role::Observer, None);
    let page = world.get(&observer, "/oxy/ban-do").await.text();
    assert!(page.contains("<circle") && page.contains("spot danger"), "{page}");
    assert!(page.contains("Chưa có ranh giới") && page.contains("sea-route"));
    assert!(!page.contains("class=\"outline\""));

    let administrator = world.somebody(Role::Administrator, None);
    let file = br#"{"type":"Feature","properties":{"code":"91"},"geometry":{"type":"Polygon",
        "coordinates":[[[10.0,105.0],[10.0,105.2],[10.2,105.2],[10.0,105.0]]]}}"#;
    let key = device_key();
    let mut fields = vec![("csrf", administrator.csrf.as_str()), ("key", key.as_str()), ("do", "import")];
    let refused = world.post_parts(&administrator, "/chi-dao/ranh-gioi", &fields, Some(file)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("CMD-042"), "{}", refused.text());
    fields.push(("axes", "north"));
    let taken = world.post_parts(&administrator, "/chi-dao/ranh-gioi", &fields, Some(file)).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    assert!(world.get(&observer, "/oxy/ban-do").await.text().contains("class=\"outline\""));
}

/// OX19: 34 provinces, unknown said; the ministry begins there and sees nothing else.
#[tokio::test]
async fn the_ministry_sees_thirty_four_provinces() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.runs_low(own);
    let ministry = ministry(&world);
    assert_eq!(world.get(&ministry, "/").await.location(), "/quoc-gia");
    assert_eq!(world.get(&ministry, "/oxy").await.location(), "/quoc-gia");
    let page = world.get(&ministry, "/quoc-gia").await.text();
    assert_eq!(page.matches("chưa nối vào hệ thống").count(), 33);
    assert!(
        page.contains("1 trong 34 tỉnh đã nối vào hệ thống") && !page.contains("BV Hải Âu"),
        "no facility is named"
    );
    for path in ["/co-so/x", "/oxy/ban-do", "/chi-dao", "/nhat-ky"] {
        let status = world.get(&ministry, path).await.status;
        assert!([StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status), "{path}: {status}");
    }
}
