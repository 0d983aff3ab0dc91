//! Rules of the office, fields, receipts and attendance lists on their pages (DT05, DT07, DT08, DT09, DT14).

use axum::http::StatusCode;
use desk::rights::Role;

use crate::tasks::{spread, untouched};
use crate::world::{World, device_key, send};

/// DT05: the page says what counts and that nobody confirmed it; a version is adopted from tomorrow on, not before.
#[tokio::test]
async fn rules_are_adopted_from_a_day_on() {
    let world = World::new();
    let (leader, clerk) = (world.somebody(Role::Leader, None), world.somebody(Role::Clerk, None));
    let path = "/van-ban/quy-dinh";
    let page = world.get(&clerk, path).await.text();
    assert!(page.contains("Cơ quan chưa ban hành quy định riêng") && page.contains("17 giờ"), "{page}");
    assert!(page.contains("42/2014/QĐ-TTg") && page.contains("chưa xác nhận") && !page.contains("name=\"decision\""));
    let today = send(
        &world,
        &leader,
        path,
        &[
            ("do", "shipped"),
            ("version", "office.tasks/decision-42"),
            ("from", "2026-11-22"),
            ("decision", "112/QĐ-SYT"),
        ],
    )
    .await;
    assert_eq!(today.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(today.text().contains("RUL-001") && today.text().contains("value=\"112/QĐ-SYT\""), "keeps what was typed");
    let done = send(
        &world,
        &leader,
        path,
        &[
            ("do", "shipped"),
            ("version", "office.tasks/decision-42"),
            ("from", "2026-11-23"),
            ("decision", "112/QĐ-SYT"),
        ],
    )
    .await;
    assert_eq!(done.location(), "/van-ban/quy-dinh?xong=done-rules-adopted", "{}", done.text());
    let page = world.get(&clerk, path).await.text();
    assert!(page.contains("112/QĐ-SYT") && page.contains("sắp áp dụng"), "{page}");
    assert!(page.contains("Cơ quan chưa ban hành quy định riêng"), "it does not count before its day");
    let bad =
        send(&world, &leader, path, &[("do", "own"), ("from", "2026-12-01"), ("decision", "2"), ("urgent_days", "x")])
            .await;
    assert!(bad.text().contains("RUL-003"), "{}", bad.text());
}

/// DT08: who has not opened his task is listed with whom to call; opening it under an account is a receipt, a call is
/// noted by the clerk.
#[tokio::test]
async fn receipts_are_seen_and_noted() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let task = untouched(&world, own).to_string();
    let (clerk, officer) = (world.somebody(Role::Clerk, None), world.somebody(Role::FocalOfficer, Some(own.id)));
    let path = "/viec/da-nhan";
    let page = world.get(&clerk, path).await.text();
    assert!(page.contains("1 nơi chưa nhận") && page.contains("BV Hải Âu"), "{page}");
    let refused = send(&world, &clerk, path, &[("do", "note"), ("tasks", &task), ("by", "call")]).await;
    assert!(refused.text().contains("RUL-010"));
    let noted = [("do", "note"), ("tasks", task.as_str()), ("by", "call"), ("who", "Lê Thị Mận, trực <ban>")];
    let done = send(&world, &clerk, path, &noted).await;
    assert_eq!(done.location(), "/viec/da-nhan?xong=done-receipt-noted", "{}", done.text());
    let key = device_key();
    let paper = [("csrf", clerk.csrf.as_str()), ("key", key.as_str()), ("do", "note"), ("tasks", task.as_str())];
    let paper = [&paper[..], &[("by", "paper"), ("who", "Văn thư"), ("note", "sổ 14")]].concat();
    let signed = world.post_parts(&clerk, path, &paper, Some(b"%PDF-1.4 ky nhan")).await;
    assert_eq!(signed.location(), "/viec/da-nhan?xong=done-receipt-noted", "{}", signed.text());
    let page = world.get(&clerk, path).await.text();
    let file = format!("/viec/{task}/da-nhan/1");
    assert!(page.contains(&file) && page.contains("xem bản ký nhận"), "{page}");
    assert_eq!(world.get(&clerk, &file).await.bytes, b"%PDF-1.4 ky nhan");
    assert!(page.contains("trực &#60;ban&#62; nghe điện lúc") && page.contains("đã đến"), "{page}");
    let of_task = world.get(&officer, &format!("/viec/{task}")).await.text();
    assert!(of_task.contains("Đã nhận chưa"), "{of_task}");
    let page = world.get(&clerk, path).await.text();
    assert!(page.contains("đã mở") && page.contains("Cả 1 nơi đều đã nhận"), "{page}");
    let others = world.somebody(Role::FocalOfficer, Some(world.hospital("BV Cửa Sông").id));
    assert!(!world.get(&others, path).await.text().contains("BV Hải Âu"), "each sees his own");
}

/// DT09: a sheet of who came is sent as a file; names that do not match are said, the sheet stays as it came.
#[tokio::test]
async fn an_attendance_sheet_is_sent_as_a_file() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    untouched(&world, own);
    let path = format!("/viec/pho-bien/{}", spread(&world, own));
    let officer = world.somebody(Role::FocalOfficer, Some(own.id));
    let sheet = "TT;Họ và tên;Đơn vị;Ký tên\n1;BS. Trần Văn Ổi;Khoa Nội;x\n2;Người Lạ;;x\n3;Lê Thị Mận;Khoa Nhi;vắng\n";
    let key = device_key();
    let fields = [("csrf", officer.csrf.as_str()), ("key", key.as_str()), ("do", "note"), ("meeting", "Giao ban")];
    let noted = world.post_parts(&officer, &path, &fields, Some(sheet.as_bytes())).await.text();
    assert!(noted.contains("Người Lạ") && noted.contains("1 trên 3 người đã biết"), "{noted}");
    let list = world.get(&officer, &format!("{path}/danh-sach/0")).await;
    assert_eq!((list.status, list.bytes.as_slice()), (StatusCode::OK, sheet.as_bytes()));
}

/// DT07: somebody is put in charge on the page; without a field or a post it is refused in words.
#[tokio::test]
async fn an_officer_is_put_in_charge_on_the_page() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    let page = world.get(&duty, "/viec/linh-vuc").await.text();
    assert!(page.contains("Chưa ghi ai phụ trách lĩnh vực nào"), "{page}");
    let Some(person) = page.split("name=\"person\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1)) else {
        // The invented hospital of this world has nobody in a post: then there is no form either.
        assert!(!page.contains("name=\"code\""));
        return;
    };
    let person = person.split('"').next().unwrap();
    let appoint =
        [("do", "appoint"), ("person", person), ("code", "oxygen"), ("from", "2026-11-01"), ("post", "Phó Giám đốc")];
    let done = send(&world, &duty, "/viec/linh-vuc", &appoint).await;
    assert_eq!(done.location(), "/viec/linh-vuc?xong=done-field-appointed", "{}", done.text());
    let page = world.get(&duty, "/viec/linh-vuc").await.text();
    let one = page.split("/viec/linh-vuc/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let page = world.get(&duty, &format!("/viec/linh-vuc/{one}")).await.text();
    assert!(page.contains("Oxy y tế") && page.contains("Thôi phụ trách"), "{page}");
    let again = send(&world, &duty, "/viec/linh-vuc", &appoint).await;
    assert!(again.text().contains("RUL-008"));
}
