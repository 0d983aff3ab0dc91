//! The pages of alarms, duty, refills, storms and the wall (OX11, OX16, PR04).

use std::collections::HashSet;

use axum::http::StatusCode;
use desk::alarms::records::{Alarm, ClosureWhy, Display, DutyPerson};
use desk::alarms::watch::{Assessment, Found};
use desk::door::digest_of;
use desk::operations::alarm::close_supply::CloseSupply;
use desk::operations::alarm::keep_alarms::KeepAlarms;
use desk::operations::alarm::set_display::SetDisplay;
use desk::operations::alarm::set_duty::SetDuty;
use desk::record;
use desk::rights::Role;
use oxygen::alarm::{AlarmFacts, AlarmKind, Finding, Severity};

use crate::world::{Browser, Hospital, World, apart, at, device_key};

/// The records that paths name.
pub struct Watch {
    alarm: String,
    shift: String,
    closure: String,
    display: String,
}

/// The token of the display that [`Watch::of`] makes.
const SECRET: &str = "bi-mat-cua-man-hinh";

impl Watch {
    /// A watched hospital, a shift, a closure and a screen.
    pub fn of(world: &World, hospital: Hospital) -> Self {
        apart(|| {
            let program = || world.program();
            let person = DutyPerson {
                name: "Trần Thị Sao".to_owned(),
                phone: Some("0297 000 0001".to_owned()),
                email: None,
                person: None,
            };
            let shift = SetDuty { key: None, from: at(1, 0), to: at(9, 0), duty: person, deputy: None };
            let shift = world.office.perform_blocking(program(), shift).unwrap().done;
            let closure = CloseSupply {
                key: None,
                facility: None,
                area: None,
                from: at(50, 0),
                to: at(60, 0),
                why: ClosureWhy::Storm,
                note: "Bão số 16".to_owned(),
            };
            let closure = world.office.perform_blocking(program(), closure).unwrap().done;
            let display = SetDisplay { key: None, label: "Phòng trực".to_owned(), digest: digest_of(SECRET) };
            let display = world.office.perform_blocking(program(), display).unwrap().done;
            let found = |facility, subject, kind| Found {
                facility,
                subject,
                finding: Finding {
                    kind,
                    severity: Severity::Notice,
                    act_by: None,
                    facts: AlarmFacts { begins_at: Some(at(50, 0)), ..AlarmFacts::default() },
                },
            };
            let found = vec![
                found(Some(hospital.id), None, AlarmKind::DutyGap),
                found(None, Some(closure.0), AlarmKind::Storm),
            ];
            let assessment = Assessment { at: at(2, 14), found, unknown: HashSet::new() };
            world.office.perform_blocking(program(), KeepAlarms { assessment }).unwrap();
            let open = world.office.look_blocking(|_, connection| record::open::<Alarm>(connection, world.province));
            let alarm = open.unwrap().into_iter().find(|kept| kept.content.facility == Some(hospital.id));
            Self {
                alarm: alarm.expect("nobody of the hospital can be called: an alarm").id.to_string(),
                shift: shift.to_string(),
                closure: closure.to_string(),
                display: display.to_string(),
            }
        })
    }

    /// The record that a path of these pages names.
    pub fn of_path(&self, pattern: &str) -> Option<&str> {
        let found = [
            ("/oxy/canh-bao/", &self.alarm),
            ("/oxy/truc/man-hinh/", &self.display),
            ("/oxy/truc/", &self.shift),
            ("/oxy/nap/dung/", &self.closure),
        ];
        found.into_iter().find(|(path, _)| pattern.starts_with(path)).map(|(_, id)| id.as_str())
    }
}

fn keyed<'a>(browser: &'a Browser, key: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [("csrf", browser.csrf.as_str()), ("key", key)].into_iter().chain(more.iter().copied()).collect()
}

#[tokio::test]
async fn an_alarm_is_taken_up_with_one_tap_and_a_call_noted_with_two() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    let watch = Watch::of(&world, hospital);
    let duty = world.somebody(Role::DutyOfficer, None);
    let list = world.get(&duty, "/oxy/canh-bao").await.text();
    assert!(list.contains("Không có người để gọi") && list.contains("Nạp đầy trước bão"), "{list}");
    assert!(list.contains("Tôi nhận"));

    let path = format!("/oxy/canh-bao/{}", watch.alarm);
    let key = device_key();
    let taken = world.post(&duty, &format!("{path}/nhan"), &keyed(&duty, &key, &[])).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let other = world.somebody(Role::Leader, None);
    let key = device_key();
    let refused = world.post(&other, &format!("{path}/nhan"), &keyed(&other, &key, &[])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("ALM-002"));

    let key = device_key();
    let said = [("callee", "BS. Bần"), ("outcome", "no-answer"), ("said", "máy bận")];
    let called = world.post(&duty, &format!("{path}/goi"), &keyed(&duty, &key, &said)).await;
    assert_eq!(called.location(), format!("{path}?xong=done-call-logged"));
    let again = world.post(&duty, &format!("{path}/goi"), &keyed(&duty, &key, &said)).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "sent twice is noted once");
    let page = world.get(&duty, &path).await.text();
    assert_eq!(page.matches("gọi BS. Bần: Không nghe máy").count(), 1, "{page}");
    assert!(page.contains("máy bận") && page.contains("Chép sang Zalo"));
}

#[tokio::test]
async fn the_roster_shows_its_gaps_and_the_note_is_composed_and_kept() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    Watch::of(&world, hospital);
    let duty = world.somebody(Role::DutyOfficer, None);
    let page = world.get(&duty, "/oxy/truc").await.text();
    assert!(page.contains("Đang trực: Trần Thị Sao, đến 09:00"), "{page}");
    assert!(page.contains("Không ai trực"), "the gap after the shift");
    assert!(page.contains("Giao ban oxy 22/11/2026 02:14") && page.contains("BV Hải Âu: Không có người để gọi"));

    let overlap = [("from", "2026-11-22T08:00"), ("to", "2026-11-22T16:00"), ("name", "Sen"), ("phone", "0297 000 22")];
    let key = device_key();
    let refused = world.post(&duty, "/oxy/truc", &keyed(&duty, &key, &overlap)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Ca này trùng với ca của Trần Thị Sao"), "{}", refused.text());
    let next = [("from", "2026-11-22T09:00"), ("to", "2026-11-22T17:00"), ("name", "Sen"), ("phone", "0297 000 22")];
    let key = device_key();
    assert_eq!(world.post(&duty, "/oxy/truc", &keyed(&duty, &key, &next)).await.status, StatusCode::SEE_OTHER);

    let key = device_key();
    let note = [("text", "Giao ban oxy"), ("note", "gọi lại BV Hải Âu")];
    assert_eq!(world.post(&duty, "/oxy/truc/giao-ban", &keyed(&duty, &key, &note)).await.status, StatusCode::SEE_OTHER);
    assert!(world.get(&duty, "/oxy/truc").await.text().contains("Điều cần dặn:\ngọi lại BV Hải Âu"));
}

#[tokio::test]
async fn the_wall_opens_with_its_token_and_outlives_every_session() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    Watch::of(&world, hospital);
    let token = format!("{}.{SECRET}", world.province.number());
    let screen = Browser::default();
    let opened = world.get(&screen, &format!("/tuong?ma={token}")).await;
    assert_eq!(opened.location(), "/tuong");
    let cookie = opened.header(axum::http::header::SET_COOKIE).to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("tuong="), "{cookie}");
    // The helper sends its token as the session's cookie: a second cookie rides behind it.
    let with = |token: &str| Browser { token: format!("x; tuong={token}"), csrf: String::new() };
    world.set_time(at(24 * 40, 0));
    let page = world.get(&with(&token), "/tuong").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("wall.js") && !text.contains("htmx"), "{text}");
    assert!(text.contains("Gấp nhất") && text.contains("BV Hải Âu"));
    let body = world.get(&with(&token), "/tuong/bang").await.text();
    assert!(body.starts_with("<div id=\"wall-state\""), "{body}");
    // Nothing else opens with it, nor it with a wrong token, another province, or once withdrawn.
    assert_eq!(world.get(&with(&token), "/oxy").await.status, StatusCode::SEE_OTHER);
    for bad in ["1.sai", "999.bi-mat-cua-man-hinh", "khong", ""] {
        assert_eq!(world.get(&with(bad), "/tuong").await.status, StatusCode::SEE_OTHER, "{bad}");
    }
    apart(|| {
        let displays = world.office.look_blocking(|_, connection| record::open::<Display>(connection, world.province));
        let display = displays.unwrap()[0].id;
        let withdraw = desk::operations::alarm::set_display::WithdrawDisplay { key: None, display };
        world.office.perform_blocking(world.program(), withdraw).unwrap();
    });
    assert_eq!(world.get(&with(&token), "/tuong").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn terms_and_a_storm_are_entered_and_listed() {
    let world = World::new();
    let hospital = world.hospital("BV Hải Âu");
    let duty = world.somebody(Role::DutyOfficer, None);
    assert!(world.get(&duty, "/oxy/bao").await.text().contains("Không có bão nào được ghi"));
    let id = hospital.id.to_string();
    let key = device_key();
    let bad = [("facility", id.as_str()), ("lead", "4,5"), ("station", "bảy giờ")];
    let refused = world.post(&duty, "/oxy/nap", &keyed(&duty, &key, &bad)).await;
    assert!(refused.text().contains("Không đọc được khoảng giờ «bảy giờ»"), "{}", refused.text());
    let key = device_key();
    let good = [("facility", id.as_str()), ("lead", "4,5"), ("station", "7h-17h"), ("ferry", "6-15")];
    assert_eq!(world.post(&duty, "/oxy/nap", &keyed(&duty, &key, &good)).await.status, StatusCode::SEE_OTHER);
    let page = world.get(&duty, "/oxy/nap").await.text();
    assert!(page.contains("1 trong 1 cơ sở") && page.contains("07:00–17:00") && page.contains("4 giờ 30"), "{page}");
    let key = device_key();
    let storm = [("from", "2026-11-24T06:00"), ("to", "2026-11-25T18:00"), ("note", "Bão số 16")];
    assert_eq!(world.post(&duty, "/oxy/bao", &keyed(&duty, &key, &storm)).await.status, StatusCode::SEE_OTHER);
    let list = world.get(&duty, "/oxy/bao").await.text();
    assert!(list.contains("Bão số 16: 24/11/2026 06:00") && list.contains("đảo, qua phà"), "{list}");
    assert!(list.contains("chưa rõ"), "nobody has said what it holds");
}
