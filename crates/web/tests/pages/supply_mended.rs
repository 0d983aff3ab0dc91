//! What is mended on the pages of supply and the desk: contacts, contracts, receipts in two tabs, machines, positions,
//! secrets shown once, who waits (OX07, OX12–OX15, OX17, TR01).

use axum::http::StatusCode;
use desk::operations::inbox::tell_position::TellPosition;
use desk::rights::Role;

use crate::supply::{Ids, prepare};
use crate::world::{Answer, Browser, World, apart, at, device_key};

/// The fields of the form of a page that goes to an address, as a browser would send them back unchanged.
fn fields_of(page: &str, action: &str, button: &str) -> Vec<(String, String)> {
    let forms =
        page.split("<form class=\"entry\"").skip(1).map(|form| form.split("</form>").next().unwrap_or_default());
    let form = forms
        .filter(|form| form.contains(&format!("action=\"{action}\"")))
        .find(|form| form.contains(button))
        .unwrap_or_else(|| panic!("no form to {action} with {button}"));
    let value = |tag: &str, name: &str| {
        let found = tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        found.map(|text| text.replace("&quot;", "\"").replace("&#38;", "&").replace("&#47;", "/"))
    };
    let mut fields = Vec::new();
    for tag in form.split('<').skip(1) {
        let name = value(tag, " name");
        if tag.starts_with("input") {
            let unticked = tag.contains("type=\"checkbox\"") && !tag.contains(" checked");
            if let Some(name) = name.filter(|_| !unticked) {
                fields.push((name, value(tag, " value").unwrap_or_default()));
            }
        } else if tag.starts_with("select") {
            fields.push((name.unwrap_or_default(), String::new()));
        } else if tag.starts_with("option") {
            let Some((_, last)) = fields.last_mut() else { continue };
            if last.is_empty() || tag.contains(" selected") {
                *last = value(tag, " value").unwrap_or_default();
            }
        }
    }
    fields
}

/// Sends a form of a page with some fields changed.
async fn send(
    world: &World,
    browser: &Browser,
    page: &str,
    (action, button): (&str, &str),
    changes: &[(&str, &str)],
) -> Answer {
    let mut fields = fields_of(page, action, button);
    for (name, value) in changes {
        match fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => (*value).clone_into(known),
            None => fields.push(((*name).to_owned(), (*value).to_owned())),
        }
    }
    let key = device_key();
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), if name == "key" { key.as_str() } else { value.as_str() }))
        .collect();
    world.post(browser, action, &fields).await
}

struct Stage {
    world: World,
    ids: Ids,
    duty: Browser,
    focal: Browser,
}

fn stage() -> Stage {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.runs_low(own);
    let ids = prepare(&world, own);
    let duty = world.somebody(Role::DutyOfficer, None);
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    Stage { world, ids, duty, focal }
}

/// OX12: a supplier keeps all whom to call; one is added, one removed, and saving without a change changes nothing.
#[tokio::test]
async fn a_supplier_keeps_all_its_contacts() {
    let Stage { world, ids, duty, .. } = stage();
    let path = ids.concrete("/cung-ung/nha-cung-ung/{id}").unwrap();
    let form = ("/cung-ung/nha-cung-ung", "Lưu");
    let page = async || world.get(&duty, &path).await.text();
    let first = [("contact", "anh Tư"), ("phone", "0903 555 101"), ("shells40", "60"), ("liquid", "24 tấn")];
    let saved = send(&world, &duty, &page().await, form, &first).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let second = [("contact_2", "chị Năm"), ("contact_post_2", "điều độ"), ("phone_2", "0903 555 102")];
    send(&world, &duty, &page().await, form, &second).await;
    send(&world, &duty, &page().await, form, &[("place", "Châu Đốc")]).await;
    let shown = page().await;
    assert!(shown.contains("anh Tư") && shown.contains("chị Năm") && shown.contains("Châu Đốc"));
    assert!(shown.contains("name=\"contact_3\" value=\"\""), "an empty line for one more");
    assert!(
        world.get(&duty, form.0).await.text().contains("24.000 kg"),
        "tonnes stay tonnes when something else changes"
    );
    let nobody = send(&world, &duty, &page().await, form, &[("phone_2", "")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.text().contains("SUP-002") && nobody.text().contains("chị Năm"), "what was typed stays");
    send(&world, &duty, &page().await, form, &[("contact", ""), ("contact_post", ""), ("phone", "")]).await;
    let shown = page().await;
    assert!(!shown.contains("anh Tư") && shown.contains("name=\"contact\" value=\"chị Năm\""));
}

/// OX14: the terms of a contract are changed with a reason and for two facilities, then it is ended; both are told.
#[tokio::test]
async fn a_contract_is_changed_and_ended_on_its_page() {
    let Stage { world, ids, duty, focal } = stage();
    let path = ids.concrete("/cung-ung/hop-dong/{id}").unwrap();
    let other = world.hospital_in_kilograms("BV Cửa Sông");
    let page = async || world.get(&duty, &path).await.text();
    let form = (path.as_str(), "name=\"change_reason\"");
    let refused = send(&world, &duty, &page().await, form, &[("ceiling", "25.000 kg")]).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("SUP-002"));
    let buyer = format!("buyer-{}", other.id);
    let changes = [("ceiling", "25.000 kg"), ("change_reason", "phụ lục 01"), (buyer.as_str(), "1")];
    let changed = send(&world, &duty, &page().await, form, &changes).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text());
    let shown = page().await;
    assert!(shown.contains("phụ lục 01") && shown.contains("BV Cửa Sông, BV Hải Âu"), "{shown}");
    assert!(shown.contains("25.000 kg") && shown.contains("6.000 đồng"), "the price stands as it was");
    let end = (path.as_str(), "value=\"end\"");
    let ended = send(&world, &duty, &page().await, end, &[("reason", "nhà cung ứng ngừng hoạt động")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text());
    let shown = page().await;
    assert!(shown.contains("đã chấm dứt trước hạn") && shown.contains("nhà cung ứng ngừng hoạt động"));
    assert!(!shown.contains("name=\"change_reason\""), "nothing to change any more");
    let list = world.get(&duty, "/cung-ung/hop-dong").await.text();
    assert!(list.contains("Hợp đồng đã chấm dứt") && list.contains("01/2026/HĐ-OXY"));
    assert!(world.get(&focal, "/cung-ung/doi-chieu").await.text().contains("1.600 kg"), "its invoice stays");
}

/// OX13: the wrong weight of a receipt, mended in one of two tabs; who recorded it is sent to a second person.
#[tokio::test]
async fn a_receipt_is_mended_in_one_of_two_tabs() {
    let Stage { world, ids, duty, focal } = stage();
    let path = ids.concrete("/cung-ung/yeu-cau/{id}").unwrap();
    let delivery = [("note", "PX-1"), ("gross", "12.500"), ("tare", "10.000"), ("receiver", "Điều dưỡng trực")];
    let page = world.get(&focal, &path).await.text();
    let received = send(&world, &focal, &page, (path.as_str(), "value=\"receive\""), &delivery).await;
    assert_eq!(received.status, StatusCode::SEE_OTHER, "{}", received.text());
    let own = world.get(&focal, &path).await.text();
    assert!(own.contains("Người ghi phiếu không tự đính chính") && !own.contains("/cung-ung/phieu-nhan/"));
    let tab = world.get(&duty, &path).await.text();
    let action = tab.split("action=\"").find(|rest| rest.starts_with("/cung-ung/phieu-nhan/")).unwrap();
    let action = action.split('"').next().unwrap();
    let right = [("tare", "11.000"), ("reason", "đọc nhầm phiếu cân")];
    let first = send(&world, &duty, &tab, (action, "PX-1"), &right).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
    let second = send(&world, &duty, &tab, (action, "PX-1"), &[("tare", "11.200"), ("reason", "cân lại")]).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(second.text().contains("SUP-035"), "{}", second.text());
    let shown = world.get(&focal, &path).await.text();
    assert!(shown.contains("cả xe 12.500 kg, xe không 11.000 kg"), "the right one counts");
    assert!(shown.contains("đọc nhầm phiếu cân") && shown.contains("2.500 kg"), "the wrong one stays to be seen");
    let stranger = world.somebody(Role::FocalOfficer, Some(world.hospital_in_kilograms("BV Xa").id));
    let csrf = stranger.csrf.clone();
    let key = device_key();
    let fields = [("csrf", csrf.as_str()), ("key", key.as_str()), ("note", "PX-1"), ("amount", "1"), ("unit", "kg")];
    assert_eq!(world.post(&stranger, action, &fields).await.status, StatusCode::NOT_FOUND);
}

/// OX17: a lent machine is changed after its entry, and keeps its letter.
#[tokio::test]
async fn a_lent_machine_is_changed_after_entry() {
    let Stage { world, ids, duty, .. } = stage();
    let path = ids.concrete("/phuong-tien/may-muon/{id}").unwrap();
    let page = world.get(&duty, &path).await.text();
    let form = ("/phuong-tien/may-muon", "Lưu");
    let changed = send(&world, &duty, &page, form, &[("due", "2027-03-01"), ("flow", "20")]).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text());
    let shown = world.get(&duty, &path).await.text();
    assert!(shown.contains("01/03/2027") && shown.contains("3109/SYT-KHTC") && shown.contains("Máy tạo oxy PSA"));
    let refused = send(&world, &duty, &shown, form, &[("giver", " ")]).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("3109/SYT-KHTC"));
}

/// OX15: where a vehicle is, on its page, on the request and on the map, with its age; never an hour of arrival.
#[tokio::test]
async fn a_position_is_shown_with_its_age() {
    let Stage { world, ids, duty, focal } = stage();
    let request = ids.concrete("/cung-ung/yeu-cau/{id}").unwrap();
    assert!(!world.get(&focal, &request).await.text().contains("cập nhật"));
    let tell = TellPosition { key: None, plate: "68C12345".into(), lat: 10.0, lon: 105.1, at: Some(at(2, 2)) };
    apart(|| world.office.perform_blocking(world.program(), tell)).unwrap();
    world.set_time(at(2, 14));
    let shown = world.get(&focal, &request).await.text();
    assert!(shown.contains("ở gần ") && shown.contains(", cập nhật 12 phút trước"), "{shown}");
    assert!(world.get(&duty, "/phuong-tien").await.text().contains("cập nhật 12 phút trước"));
    let map = world.get(&duty, "/oxy/ban-do").await.text();
    assert!(map.contains("Xe đang báo vị trí") && map.contains("68C-123.45"));
    assert!(!world.get(&focal, "/oxy/ban-do").await.text().contains("Xe đang báo vị trí"), "the fleet is the desk's");
    world.set_time(at(3, 14));
    let old = world.get(&focal, &request).await.text();
    assert!(old.contains("lần cuối ở gần "), "an old one says so");
}

/// A token is shown once; the second press says so and makes no second program. The same for a screen and a phone.
#[tokio::test]
async fn a_second_press_makes_no_second_secret() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let administrator = world.somebody(Role::Administrator, None);
    let key = device_key();
    let fields = [("csrf", administrator.csrf.as_str()), ("key", &key), ("name", "Cổng SMS"), ("role", "gateway")];
    let first = world.post(&administrator, "/nguoi-dung/ma", &fields).await;
    assert!(first.text().contains("id=\"token\""));
    let second = world.post(&administrator, "/nguoi-dung/ma", &fields).await;
    assert_eq!(second.status, StatusCode::SEE_OTHER);
    let told = world.get(&administrator, second.location()).await.text();
    assert!(told.contains("đã được cấp ở lần bấm trước"), "{told}");
    assert_eq!(told.matches("/nguoi-dung/ma/thu-hoi\"").count(), 1, "one program");
    let duty = world.somebody(Role::DutyOfficer, None);
    let fields = [("csrf", duty.csrf.as_str()), ("key", &key), ("label", "Phòng trực")];
    assert!(world.post(&duty, "/oxy/truc/man-hinh", &fields).await.text().contains("/tuong?ma="));
    let again = world.post(&duty, "/oxy/truc/man-hinh", &fields).await;
    assert!(again.status == StatusCode::SEE_OTHER, "{}", again.text());
    assert!(world.get(&duty, again.location()).await.text().contains("đã được thêm ở lần bấm trước"));
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let fields = [("csrf", focal.csrf.as_str()), ("key", &key), ("pin", "204913"), ("pin_again", "204913")];
    assert_eq!(world.post(&focal, "/dien-thoai", &fields).await.status, StatusCode::SEE_OTHER);
    let again = world.post(&focal, "/dien-thoai", &fields).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text().contains("OFF-009"), "{}", again.text());
}

/// OX07, TR01: who waits is noted from a call; the page and the first screen tell it, «chưa hỏi» apart.
#[tokio::test]
async fn a_call_about_who_waits_moves_the_first_screen() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.hospital_in_kilograms("BV Cửa Sông");
    world.runs_low(own);
    let duty = world.somebody(Role::DutyOfficer, None);
    let page = world.get(&duty, "/oxy/dang-cho").await.text();
    assert!(page.contains("Chưa hỏi cơ sở nào") && page.contains("chưa hỏi"), "{page}");
    let place = own.id.to_string();
    let call = [("where", place.as_str()), ("for_bed", "3"), ("said_by", "ĐD trưởng")];
    let noted = send(&world, &duty, &page, ("/oxy/dang-cho", "Ghi số người chờ"), &call).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.text());
    let page = world.get(&duty, "/oxy/dang-cho").await.text();
    assert!(page.contains("3 người đang chờ giường hoặc oxy; đã hỏi 1 cơ sở, chưa hỏi 1 cơ sở."), "{page}");
    let board = world.get(&duty, "/oxy").await.text();
    assert!(board.contains("hỏi 1/2") || board.contains("1/2"), "{board}");
}
