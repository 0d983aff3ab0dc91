//! The exported register of a document system: sent, looked at, written by one button, found in the register
//! (DT01, DT02, DT04).

use axum::http::StatusCode;
use desk::rights::Role;

use crate::world::{World, device_key};

const LIST: &str = "Số đến;Ngày đến;Cơ quan ban hành;Số ký hiệu;Ngày ban hành;Trích yếu;Đơn vị xử lý;Hạn xử lý;Trạng thái\n\
    101;05/03/2026;UBND tỉnh;148 /ubnd-kgvx;04/03/2026;Thực hiện Quyết định số 4308/QĐ-BYT;Sở Y tế;;Đã xử lý\n\
    102;06/03/2026;Bộ Y tế;05/03/2026;06/03/2026;<b>Báo giá</b> oxy;Sở Y tế;;Quá hạn\n\
    103;07/03/2026;Bộ Y tế;9/BYT-DP;07/03/2026;Rà soát oxy;Sở Y tế;31/12/2026;Đang xử lý\n\
    104;08/03/2026;Tỉnh ủy;1-TB/TU;08/03/2026;Kết luận;Sở Y tế;;\n";

#[tokio::test]
async fn an_exported_register_is_looked_at_written_and_found() {
    let world = World::new();
    let clerk = world.somebody(Role::Clerk, None);
    let tray = world.get(&clerk, "/van-ban").await.text();
    assert!(tray.contains("/nhap-so-lieu/letters\"") && tray.contains("/nhap-so-lieu/letters-sent\""), "{tray}");
    let empty = world.get(&clerk, "/nhap-so-lieu/letters/mau").await;
    assert_eq!(empty.status, StatusCode::OK);
    let key = device_key();
    let fields = [("csrf", clerk.csrf.as_str()), ("key", key.as_str())];
    let sent = world.post_file(&clerk, "/nhap-so-lieu/letters", &fields, "so den.csv", LIST.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let path = sent.location().to_owned();
    let seen = world.get(&clerk, &path).await.text();
    assert!(seen.contains("3 dòng mới, 0 dòng đổi, 0 dòng như cũ, 1 dòng chưa nhận được."), "{seen}");
    assert!(seen.contains("LST-002") && seen.contains("văn bản của Đảng"), "{seen}");
    let key = device_key();
    let written = world.post(&clerk, &path, &[("csrf", &clerk.csrf), ("key", &key)]).await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text());

    let register = world.get(&clerk, "/van-ban/so").await.text();
    assert!(register.contains("Chưa có toàn văn") && register.contains("148/UBND-KGVX"), "{register}");
    let without = world.get(&clerk, "/van-ban/so?tinh-trang=chua-co-toan-van").await.text();
    assert!(without.contains("Tìm thấy 3 văn bản."), "{without}");
    let page_of = |register: &str, number: &str| {
        let before = register.split(&format!(">{number}</a>")).next().expect("a line").to_owned();
        before.rsplit("href=\"").next().expect("a link").split('"').next().expect("an address").to_owned()
    };
    let known = world.get(&clerk, &page_of(&register, "148/UBND-KGVX")).await.text();
    assert!(known.contains("mới có dòng trong sổ, chưa có toàn văn"), "{known}");
    assert!(known.contains("Ký hiệu gõ chữ thường") && known.contains("148 /ubnd-kgvx"), "{known}");
    assert!(known.contains("4308/QĐ-BYT") && known.contains("Số đến 101 ngày 05/03/2026"), "{known}");
    let kept = world.get(&clerk, &page_of(&register, "05/03/2026")).await.text();
    assert!(
        kept.contains("đổi thành ngày") && kept.contains("Quá hạn (chưa rõ") && kept.contains("&#60;b&#62;"),
        "{kept}"
    );
    let related = world.get(&clerk, &format!("{}/lien-quan", page_of(&register, "148/UBND-KGVX"))).await.text();
    assert!(related.contains("4308/QĐ-BYT"), "{related}");
    // Only what is open with a day waits to be confirmed.
    let tray = world.get(&clerk, "/van-ban").await.text();
    assert!(tray.contains("1 văn bản đang chờ xác nhận") && tray.contains("Chưa có toàn văn, chờ xác nhận"), "{tray}");
    let open = world.get(&clerk, &page_of(&register, "9/BYT-DP")).await.text();
    assert!(open.contains("hạn xử lý 31/12/2026 theo sổ") && open.contains("name=\"owner.1\""), "{open}");
}
