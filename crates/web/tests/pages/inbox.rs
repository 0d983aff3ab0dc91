//! The inbox in pages (OX07, OX13, TR01): a pasted text to a report, bad texts, SMS and tokens of programs.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk::operations::file_report::spoken_code;
use desk::operations::inbox::Channel;
use desk::operations::inbox::receive_message::{NewAttachment, ReceiveMessage};
use desk::rights::Role;

use crate::world::{Answer, Browser, Hospital, World, apart, at, device_key};

const PHOTO: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

/// A photo in the inbox, of no facility yet.
pub fn photo_message(world: &World) -> String {
    let attachment = NewAttachment {
        media_type: "image/jpeg".to_owned(),
        name: "dong-ho.jpg".to_owned(),
        digest: store::sha256(PHOTO),
        bytes: PHOTO.to_vec(),
    };
    let message = ReceiveMessage {
        key: None,
        channel: Channel::Photo,
        text: String::new(),
        attachment: Some(attachment),
        sender: Some("ĐD Mận".to_owned()),
        facility: None,
    };
    apart(|| world.office.perform_blocking(world.program(), message)).unwrap().done.message.to_string()
}

async fn paste(world: &World, duty: &Browser, text: &str) -> Answer {
    let key = device_key();
    let fields = [("csrf", duty.csrf.as_str()), ("key", &key), ("channel", "zalo"), ("text", text)];
    world.post(duty, "/oxy/hop-thu", &fields).await
}

/// The value of a field of a form.
fn value_of<'p>(page: &'p str, name: &str) -> &'p str {
    let field = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no field {name}"));
    field.split('"').next().unwrap()
}

/// Presses «Xác nhận» with what stands in the fields.
async fn confirm(world: &World, duty: &Browser, path: &str, page: &str, hospital: Hospital) -> Answer {
    let key = device_key();
    let (level, unit) = (format!("level.{}", hospital.tank), format!("unit.{}", hospital.tank));
    let chosen = page.split(&format!("name=\"{unit}\"")).nth(1).unwrap();
    let chosen = chosen.split("\" selected").next().unwrap().rsplit('"').next().unwrap();
    let facility = hospital.id.to_string();
    let fields = [
        ("csrf", duty.csrf.as_str()),
        ("key", &key),
        ("facility", &facility),
        (&level, value_of(page, &level)),
        (&unit, chosen),
        ("told_by", value_of(page, "told_by")),
        ("happened", value_of(page, "happened")),
    ];
    world.post(duty, path, &fields).await
}

#[tokio::test]
async fn a_pasted_text_becomes_a_reading_in_two_taps_and_moves_the_list() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    world.runs_low(hospital);
    let duty = world.somebody(Role::DutyOfficer, None);
    let before = world.get(&duty, "/oxy").await.text();
    assert!(before.contains("300"), "300 kg usable at two o'clock");

    let pasted = paste(&world, &duty, "BV Hải Âu còn 400 mmH2O lúc 2h05. BS Lan").await;
    assert_eq!(pasted.status, StatusCode::SEE_OTHER, "{}", pasted.text());
    let path = pasted.location().to_owned();
    let page = world.get(&duty, &path).await.text();
    assert!(page.contains("<mark>400 mmH2O</mark>"), "{page}");
    assert!(page.contains("<mark>BS Lan</mark>") && page.contains("đọc được 1 con số."));
    assert_eq!(value_of(&page, "told_by"), "BS Lan");
    assert_eq!(value_of(&page, "happened"), "2026-11-22T02:05");
    assert!(page.contains("Trước:"), "what was known before stands beside it");

    let confirmed = confirm(&world, &duty, &path, &page, hospital).await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text());
    let page = world.get(&duty, &path).await.text();
    let reply = page.split("id=\"reply\"").nth(1).expect("a reply to copy");
    let report = page.split("/bien-nhan/").nth(1).unwrap().split('"').next().unwrap();
    assert!(reply.contains("BV Hải Âu") && reply.contains("400 mmH2O"), "{reply}");
    assert!(reply.contains(&spoken_code(report.parse().unwrap())), "the receipt's code is told back");
    assert!(reply.contains("data-copy="), "«Chép sang Zalo»");
    world.set_time(at(2, 15));
    let after = world.get(&duty, "/oxy").await.text();
    assert_ne!(before.split("<tbody").nth(1), after.split("<tbody").nth(1), "the list has moved");
    assert!(after.contains("tin nhắn"), "the source is told");

    // Nobody records it a second time.
    let again = confirm_again(&world, &duty, &path, hospital).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("INB-004"));
}

async fn confirm_again(world: &World, duty: &Browser, path: &str, hospital: Hospital) -> Answer {
    let key = device_key();
    let (level, facility) = (format!("level.{}", hospital.tank), hospital.id.to_string());
    let fields = [
        ("csrf", duty.csrf.as_str()),
        ("key", &key),
        ("facility", &facility),
        (&level, "390"),
        ("told_by", "BS Lan"),
        ("happened", "2026-11-22T02:05"),
    ];
    world.post(duty, path, &fields).await
}

#[tokio::test]
async fn bad_texts_are_answered_and_never_guessed() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    world.hospital("BV Cửa Sông");
    let duty = world.somebody(Role::DutyOfficer, None);

    let long = paste(&world, &duty, &"a".repeat(1 << 20)).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.text().contains("INB-002") && long.bytes.len() < 60_000, "it is not sent back");
    assert!(paste(&world, &duty, " ").await.text().contains("INB-001"));

    let both = paste(&world, &duty, "BV Hải Âu còn 120 mmH2O, BV Cửa Sông còn 200 mmH2O").await;
    let page = world.get(&duty, both.location()).await.text();
    assert!(page.contains("Trong tin có nhiều cơ sở"), "{page}");
    assert!(!page.contains("name=\"told_by\""), "nothing can be confirmed before a facility is chosen");
    let chosen = world.get(&duty, &format!("{}?co-so={}", both.location(), hospital.id)).await.text();
    assert!(chosen.contains("name=\"told_by\""));

    let bare = paste(&world, &duty, "BV Hải Âu còn 45 <b>").await;
    let page = world.get(&duty, bare.location()).await.text();
    assert!(page.contains("<mark class=\"asked\">45</mark>") && page.contains("chưa có đơn vị"));
    assert!(page.contains("&#60;b&#62;"), "words of a message are words");
    assert_eq!(value_of(&page, &format!("level.{}", hospital.tank)), "");

    let apart = paste(&world, &duty, "BV Ha\u{309}i A\u{302}u co\u{300}n 120 mmH2O").await;
    let page = world.get(&duty, apart.location()).await.text();
    assert_eq!(value_of(&page, &format!("level.{}", hospital.tank)), "120");

    // The same words again are the same message.
    let again = paste(&world, &duty, "BV Hải Âu còn 45 <b>").await;
    assert_eq!(again.location(), format!("{}?lai=1", bare.location()));
    assert!(world.get(&duty, again.location()).await.text().contains("dán 2 lần"));
}

#[tokio::test]
async fn a_photo_is_typed_out_beside_the_picture_and_a_sheet_is_read() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    let id = photo_message(&world);
    let path = format!("/oxy/hop-thu/{id}");
    let picture = world.get(&duty, &format!("{path}/tep")).await;
    assert_eq!((picture.bytes.as_slice(), picture.header(header::CONTENT_TYPE)), (PHOTO, "image/jpeg"));
    let page = world.get(&duty, &format!("{path}?co-so={}", hospital.id)).await.text();
    assert!(page.contains(&format!("src=\"{path}/tep\"")) && page.contains("ĐD Mận"));
    let key = device_key();
    let (level, unit, facility) =
        (format!("level.{}", hospital.tank), format!("unit.{}", hospital.tank), hospital.id.to_string());
    let fields = [
        ("csrf", duty.csrf.as_str()),
        ("key", &key),
        ("facility", &facility),
        (&level, "200"),
        (&unit, "mmH2O"),
        ("told_by", "ĐD Mận"),
        ("happened", "2026-11-22T02:14"),
    ];
    let confirmed = world.post(&duty, &path, &fields).await;
    assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text());
    let page = world.get(&duty, &path).await.text();
    let report = page.split("/bien-nhan/").nth(1).unwrap().split('"').next().unwrap();
    let photo = world.get(&duty, &format!("/anh/{report}")).await;
    assert_eq!(photo.bytes, PHOTO, "the report keeps the photo");
}

async fn api(world: &World, token: &str, path: &str, key: &str, body: &serde_json::Value) -> (u16, serde_json::Value) {
    let request = Request::builder()
        .method("POST")
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header("idempotency-key", key)
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer = world.send(request).await;
    (answer.status.as_u16(), serde_json::from_slice(&answer.bytes).unwrap())
}

/// Issues a token on the administrator's page; it stands on the answer once.
async fn issue(world: &World, role: &str, facility: Option<Hospital>) -> (Browser, String) {
    let administrator = world.somebody(Role::Administrator, None);
    let key = device_key();
    let facility = facility.map_or_else(String::new, |hospital| hospital.id.to_string());
    let fields = [
        ("csrf", administrator.csrf.as_str()),
        ("key", &key),
        ("name", "Máy thử"),
        ("role", role),
        ("facility", &facility),
    ];
    let answer = world.post(&administrator, "/nguoi-dung/ma", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let page = answer.text();
    let token = page.split("<pre>").nth(1).unwrap().split("</pre>").next().unwrap().to_owned();
    let later = world.get(&administrator, "/nguoi-dung/ma").await.text();
    assert!(later.contains("Máy thử") && !later.contains(&token), "shown once");
    (administrator, token)
}

#[tokio::test]
async fn a_sensor_reports_by_its_token_until_it_is_revoked() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    let other = world.hospital("BV Cửa Sông");
    let (administrator, token) = issue(&world, "sensor", Some(hospital)).await;
    let reading = |hospital: Hospital| {
        serde_json::json!({ "source": "sensor",
            "levels": [{ "store": hospital.tank.to_string(), "value": "120", "unit": "mmH2O" }] })
    };
    let path = |hospital: Hospital| format!("/api/v1/facilities/{}/reports", hospital.id);
    let (status, answer) = api(&world, &token, &path(hospital), "sensor-0001", &reading(hospital)).await;
    assert_eq!(status, 201, "{answer}");
    assert_eq!(api(&world, &token, &path(other), "sensor-0002", &reading(other)).await.0, 404);
    let position = serde_json::json!({ "plate": "68C-123.45", "lat": 10.0, "lon": 105.1 });
    assert_eq!(api(&world, &token, "/api/v1/vehicles/positions", "sensor-0003", &position).await.0, 403);

    let page = world.get(&administrator, "/nguoi-dung/ma").await.text();
    let account = value_of(&page, "account").to_owned();
    let fields = [("csrf", administrator.csrf.as_str()), ("key", "nut-thu-hoi"), ("account", &account)];
    let revoked = world.post(&administrator, "/nguoi-dung/ma/thu-hoi", &fields).await;
    assert_eq!(revoked.status, StatusCode::SEE_OTHER, "{}", revoked.text());
    let (status, answer) = api(&world, &token, &path(hospital), "sensor-0004", &reading(hospital)).await;
    assert_eq!((status, answer["code"].as_str()), (401, Some("INB-023")), "{answer}");
}

#[tokio::test]
async fn an_sms_in_the_short_form_is_answered_with_its_receipt_or_its_question() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    let (_, token) = issue(&world, "gateway", None).await;
    let code = format!("C{}", &hospital.id.to_string()[24..]);
    let sms = |from: &str, text: String| serde_json::json!({ "from": from, "text": text });
    let own = sms("+842973555014", format!("OXY {code} 144mm 12/30 17"));
    let (status, answer) = api(&world, &token, "/api/v1/sms", "sms-00000001", &own).await;
    assert_eq!((status, answer["state"].as_str()), (200, Some("recorded")), "{answer}");
    let reply = answer["reply"].as_str().unwrap();
    assert!(reply.contains(answer["code"].as_str().unwrap()), "{reply}");
    assert!(answer["reply_ascii"].as_str().unwrap().is_ascii());
    // A gateway that is not answered sends it again.
    let again = api(&world, &token, "/api/v1/sms", "sms-00000001", &own).await.1;
    assert_eq!((&again["report"], &again["code"]), (&answer["report"], &answer["code"]));

    let piece = sms("+842973555014", format!("OXY {code} 45x"));
    let (_, answer) = api(&world, &token, "/api/v1/sms", "sms-00000002", &piece).await;
    assert_eq!(answer["state"], "waiting");
    assert!(answer["reply"].as_str().unwrap().contains("45x"));
    let doubtful = sms("+842973555014", format!("OXY {code} 45% 12/30 17"));
    let (_, answer) = api(&world, &token, "/api/v1/sms", "sms-00000003", &doubtful).await;
    assert_eq!((answer["state"].as_str(), answer["refused"].as_str()), (Some("waiting"), Some("OXY-015")), "{answer}");
    let duty = world.somebody(Role::DutyOfficer, None);
    assert!(world.get(&duty, "/oxy/hop-thu").await.text().contains("2 tin đang chờ"));
}
