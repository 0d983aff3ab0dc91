//! The officer's form, its receipt, the correction: one report from a phone to the list (OX04, OX07).

use axum::http::{StatusCode, header};
use desk::rights::Role;

use crate::world::{Answer, Browser, Hospital, World, at, device_key};

const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 13, 10, 26, 10, 1, 2, 3];

/// The patients' fields as the form shows them.
const PATIENTS: &[(&str, &str)] = &[
    ("patients.mask", "22"),
    ("patients.hfnc", "8"),
    ("patients.niv", "3"),
    ("patients.invasive", "5"),
    ("patients.ecmo", "0"),
];

/// Files a form of the tank, as the script of the page would send it.
pub async fn tank_told(world: &World, browser: &Browser, to: Hospital, key: &str, more: &[(&str, &str)]) -> Answer {
    let tank = format!("tank.{}", to.tank);
    let unit = format!("{tank}.unit");
    let fixed = [
        ("csrf", browser.csrf.as_str()),
        ("key", key),
        ("happened", "now"),
        (&tank, "80"),
        (&unit, "mmH2O"),
        ("touched", &tank),
    ];
    let mut fields: Vec<(&str, &str)> =
        fixed.into_iter().filter(|(name, _)| more.iter().all(|(n, _)| n != name)).collect();
    fields.extend(more);
    world.post_parts(browser, &format!("/co-so/{}/bao-cao", to.id), &fields, None).await
}

fn usable(page: &str, hospital: Hospital) -> String {
    let cell = page.split(&format!("id=\"usable-{}\"", hospital.id)).nth(1).unwrap();
    let value = cell.split("<b class=\"value\">").nth(1).unwrap();
    value.split("</b>").next().unwrap().to_owned()
}

async fn list(world: &World, browser: &Browser) -> String {
    world.set_time(world.office.real_now() + quantity::Span::seconds(1));
    world.get(browser, "/oxy").await.text()
}

/// Sign in, list, form, receipt, list changed, correction, list changed back.
#[tokio::test]
async fn a_report_moves_the_list_and_its_correction_moves_it_again() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.runs_low(own);
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let duty = world.somebody(Role::DutyOfficer, None);
    assert_eq!(usable(&list(&world, &duty).await, own), "300");

    let form = world.get(&focal, &format!("/co-so/{}/bao-cao", own.id)).await.text();
    assert!(form.contains("placeholder=\"96\"") && form.contains("Ca đêm 22:00 – 06:00"), "{form}");
    assert!(!form.contains("name=\"told_by\""), "the officer himself is not asked who told it");
    let filed = tank_told(&world, &focal, own, &device_key(), &[]).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
    let receipt = world.get(&focal, filed.location()).await.text();
    assert!(receipt.contains("Đã nhận lúc 02:14 · mã "), "{receipt}");
    assert!(receipt.contains("<b>80 mmH2O</b>") && receipt.contains("500 kg"), "the words as typed, and their meaning");
    assert!(receipt.contains("1 giờ"), "how long it lasts now");
    assert_eq!(usable(&list(&world, &duty).await, own), "200");

    let report = filed.location().trim_start_matches("/bien-nhan/").to_owned();
    let path = format!("/bao-cao/{report}/dinh-chinh");
    let tank = format!("tank.{}", own.tank);
    let page = world.get(&duty, &path).await.text();
    assert!(page.contains(&format!("name=\"{tank}\" value=\"80\"")), "{page}");
    let key = device_key();
    let without_reason = [("csrf", duty.csrf.as_str()), ("key", &key), (&tank, "112")];
    let refused = world.post(&duty, &path, &without_reason).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("OXY-040") && refused.text().contains("value=\"112\""), "typed figures are kept");

    let with_reason = [&without_reason[..], &[("reason_kind", "typing"), ("reason", "mắt kém lúc 2 giờ")]].concat();
    let corrected = world.post(&duty, &path, &with_reason).await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.text());
    assert_eq!(usable(&list(&world, &duty).await, own), "400");
    let page = world.get(&duty, &format!("/co-so/{}", own.id)).await.text();
    assert!(page.contains("gõ nhầm: mắt kém lúc 2 giờ"), "the old report stays, with the reason");
    let again = world.get(&duty, &path).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("OXY-041"));
}

/// Rule 9: pressing twice changes nothing.
#[tokio::test]
async fn the_same_key_twice_is_one_report() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let key = device_key();
    let first = tank_told(&world, &focal, own, &key, &[]).await;
    let second = tank_told(&world, &focal, own, &key, &[]).await;
    assert_eq!(second.location(), format!("{}?lai=1", first.location()));
    assert!(world.get(&focal, second.location()).await.text().contains("Gửi lại không làm số bị tính hai lần"));
    let page = world.get(&focal, &format!("/co-so/{}", own.id)).await.text();
    assert_eq!(page.matches("class=\"report-head\"").count(), 1);
    let other = tank_told(&world, &focal, own, &key, &[("note", "khác")]).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "the same key for other words");

    // The same moment under another key: both are kept, and said.
    let third = tank_told(&world, &focal, own, &device_key(), &[]).await;
    assert!(third.location().contains("?trai="), "{}", third.location());
    let receipt = world.get(&focal, third.location()).await.text();
    assert!(receipt.contains("Người focal_officer vừa báo số khác cho cùng lúc này"), "{receipt}");
}

/// OX07: m³ typed where kilograms belong is stopped politely, and one press says what was meant.
#[tokio::test]
async fn a_slip_of_unit_is_asked_about_and_nothing_typed_is_lost() {
    let world = World::new();
    let own = world.hospital_in_kilograms("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let unit = format!("tank.{}.unit", own.tank);
    let tank = format!("tank.{}", own.tank);
    world.set_time(at(1, 0));
    let before = tank_told(&world, &focal, own, &device_key(), &[(&tank, "2.660"), (&unit, "kg")]).await;
    assert_eq!(before.status, StatusCode::SEE_OTHER, "{}", before.text());

    world.set_time(at(2, 14));
    let key = device_key();
    let slip: [(&str, &str); 3] = [(&tank, "2.000"), (&unit, "kg"), ("note", "đồng hồ bị <mờ>")];
    let refused = tank_told(&world, &focal, own, &key, &slip).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(page.contains("OXY-018"), "{page}");
    assert!(page.contains("value=\"2.000\"") && page.contains("đồng hồ bị &#60;mờ&#62;"), "what was typed is kept");
    assert!(page.contains(&format!("value=\"{key}\"")), "the key of a refused form stays");
    assert!(page.contains(&format!("name=\"touched\" value=\"{tank}\"")), "what a hand touched stays touched");
    let field = page.split(&format!("id=\"{tank}\"")).nth(1).unwrap().split('>').next().unwrap();
    assert!(field.contains("aria-invalid=\"true\""), "{field}");
    assert!(page.contains("Ý tôi là 2.000 m³ khí") && page.contains("Đúng là 2.000 kg"));

    let meant = format!("{tank}=2.000:m3");
    assert!(page.contains(&format!("name=\"meant\" value=\"{meant}\"")), "{page}");
    let filed = tank_told(&world, &focal, own, &key, &[&slip[..], &[("meant", &meant)]].concat()).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
    let receipt = world.get(&focal, filed.location()).await.text();
    assert!(receipt.contains("2.000 m³ khí") && receipt.contains("2,7 t"), "{receipt}");
}

/// «Đúng là 2.000 kg»: a surprising figure stands once somebody has looked again.
#[tokio::test]
async fn a_confirmed_figure_stands() {
    let world = World::new();
    let own = world.hospital_in_kilograms("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let (unit, tank) = (format!("tank.{}.unit", own.tank), format!("tank.{}", own.tank));
    world.set_time(at(1, 0));
    tank_told(&world, &focal, own, &device_key(), &[(&tank, "2.660"), (&unit, "kg")]).await;
    world.set_time(at(2, 14));
    let (key, confirmed) = (device_key(), format!("confirmed={tank}"));
    let slip = [(tank.as_str(), "2.000"), (&unit, "kg")];
    assert_eq!(tank_told(&world, &focal, own, &key, &slip).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let filed = tank_told(&world, &focal, own, &key, &[&slip[..], &[("meant", &confirmed)]].concat()).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER);
    let duty = world.somebody(Role::DutyOfficer, None);
    // A tenth of the tank cannot be drawn.
    assert_eq!(usable(&list(&world, &duty).await, own), "1,7");
}

/// A figure that cannot be: above the tank, in the future, no number.
#[tokio::test]
async fn what_cannot_be_true_comes_back_with_its_sentence() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let tank = format!("tank.{}", own.tank);
    type Fields<'a> = &'a [(&'a str, &'a str)];
    let wrong: [(Fields<'_>, &str, &str); 5] = [
        (&[(&tank, "560")], "OXY-014", &tank),
        (&[(&tank, "đầy")], "QTY-001", &tank),
        (&[(&tank, "1,5,5")], "QTY-001", &tank),
        (&[("happened", "other"), ("happened_other", "2026-11-22T05:00")], "OXY-016", "happened_other"),
        (&[PATIENTS, &[("patients.mask", "9000"), ("touched", "patients.mask")]].concat(), "OXY-036", ""),
    ];
    for (fields, code, field) in wrong {
        let answer = tank_told(&world, &focal, own, &device_key(), fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        let page = answer.text();
        assert!(page.contains(code), "{code} is not on the page");
        assert!(field.is_empty() || field == "happened_other" || page.contains("aria-invalid"), "{code}: {field}");
    }
    let page = world.get(&focal, &format!("/co-so/{}", own.id)).await.text();
    assert!(page.contains("Chưa có báo cáo nào."), "nothing was recorded");
}

/// A block that no hand touched claims no new count; without a script every field counts.
#[tokio::test]
async fn yesterdays_figures_do_not_come_back_as_new_ones() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let cylinders = [("full.40", "18"), ("empty.40", "42")];
    let shown = [&cylinders[..], PATIENTS].concat();
    let untouched = tank_told(&world, &focal, own, &device_key(), &shown).await;
    let receipt = world.get(&focal, untouched.location()).await.text();
    assert!(receipt.contains("80 mmH2O") && !receipt.contains("18 đầy") && !receipt.contains("22 người"), "{receipt}");

    world.set_time(at(2, 30));
    let touched = [&shown[..], &[("touched", "patients.hfnc"), ("waiting", "3")]].concat();
    let receipt = tank_told(&world, &focal, own, &device_key(), &touched).await;
    let receipt = world.get(&focal, receipt.location()).await.text();
    assert!(receipt.contains("22 người") && receipt.contains("3 người") && !receipt.contains("18 đầy"), "{receipt}");

    world.set_time(at(2, 45));
    let scriptless = [&shown[..], &[("touched", "")]].concat();
    let receipt = tank_told(&world, &focal, own, "server-0123456789", &scriptless).await;
    let receipt = world.get(&focal, receipt.location()).await.text();
    assert!(receipt.contains("22 người") && receipt.contains("18 đầy, 42 vỏ"), "{receipt}");
    let form = world.get(&focal, &format!("/co-so/{}/bao-cao", own.id)).await.text();
    assert!(form.contains("name=\"full.40\" value=\"18\"") && form.contains("name=\"patients.mask\" value=\"22\""));
}

/// The desk enters for a hospital and says whose words they are.
#[tokio::test]
async fn the_desk_says_who_told_it() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    let form = world.get(&duty, &format!("/co-so/{}/bao-cao", own.id)).await.text();
    assert!(form.contains("name=\"told_by\""));
    let nameless = tank_told(&world, &duty, own, &device_key(), &[]).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nameless.text().contains("OXY-030"));
    let named = tank_told(&world, &duty, own, &device_key(), &[("told_by", "DS. Mận, gọi 02:05")]).await;
    let receipt = world.get(&duty, named.location()).await.text();
    assert!(receipt.contains("DS. Mận, gọi 02:05 · điện thoại, Người duty_officer ghi"), "{receipt}");
}

#[tokio::test]
async fn the_photo_is_kept_as_what_it_is() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let tank = format!("tank.{}", own.tank);
    let unit = format!("{tank}.unit");
    let path = format!("/co-so/{}/bao-cao", own.id);
    let send = async |photo: &[u8]| {
        let key = device_key();
        let fields = [("csrf", focal.csrf.as_str()), ("key", &key), (&tank, "80"), (&unit, "mmH2O")];
        world.post_parts(&focal, &path, &fields, Some(photo)).await
    };
    let filed = send(PNG).await;
    let photo = world.get(&focal, &filed.location().replace("/bien-nhan/", "/anh/")).await;
    assert_eq!((photo.status, photo.bytes.as_slice()), (StatusCode::OK, PNG));
    assert_eq!(photo.header(header::CONTENT_TYPE), "image/png", "not what the sender called it");
    assert_eq!(photo.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");

    let report = filed.location().trim_start_matches("/bien-nhan/");
    let correction = format!("/bao-cao/{report}/dinh-chinh");
    let (key, csrf) = (device_key(), focal.csrf.as_str());
    let fields = [("csrf", csrf), ("key", &key), (&tank, "84"), ("reason_kind", "typing")];
    let corrected = world.post(&focal, &correction, &fields).await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.text());
    assert!(!corrected.location().contains(report), "another report stands in its place");
    let kept = world.get(&focal, &corrected.location().replace("/bien-nhan/", "/anh/")).await;
    assert_eq!((kept.status, kept.bytes.as_slice()), (StatusCode::OK, PNG), "the photo stays with the new figures");

    let page = send(b"<html><script>alert(1)</script>").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("OXY-037") && page.text().contains("Ảnh đồng hồ cần chụp lại."));
    let mut huge = PNG.to_vec();
    huge.resize(15 << 20, 0);
    assert_eq!(send(&huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

/// A report filed for the wrong hospital is taken back, and nothing stands in its place.
#[tokio::test]
async fn a_report_of_another_facility_is_taken_back() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.runs_low(own);
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let filed = tank_told(&world, &focal, own, &device_key(), &[]).await;
    let path = filed.location().replace("/bien-nhan/", "/bao-cao/") + "/dinh-chinh";
    let (key, tank) = (device_key(), format!("tank.{}", own.tank));
    let fields = [("csrf", focal.csrf.as_str()), ("key", &key), (&tank, "80"), ("reason_kind", "facility")];
    let done = world.post(&focal, &path, &fields).await;
    assert_eq!(done.location(), format!("/co-so/{}#reports", own.id));
    assert_eq!(usable(&list(&world, &focal).await, own), "300");
    assert!(world.get(&focal, &format!("/co-so/{}", own.id)).await.text().contains("Đã rút lại: nhầm cơ sở"));
}

/// The facility's page shows its series, its installation, its people.
#[tokio::test]
async fn a_facility_shows_what_is_known_of_it() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.runs_low(own);
    let duty = world.somebody(Role::DutyOfficer, None);
    let page = world.get(&duty, &format!("/co-so/{}", own.id)).await.text();
    for words in
        ["An Giang", "tầng 2", "Bồn số 1", "Chai 40 L", "mmH2O", "0297 3 555 014", "<svg", "đầy bồn: ", "chưa hỏi"]
    {
        assert!(page.contains(words), "{words} is not on the page");
    }
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
}
