//! The first screen: its sentence, its live part, the search, the past (OX07, OX11).

use axum::http::StatusCode;
use desk::rights::Role;

use crate::world::{World, apart, at};

/// The text between the tags of an element with an id.
fn words_of(page: &str, id: &str) -> String {
    let start = page.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"));
    let inside = page[start..].split_once('>').unwrap().1;
    let end = inside.find("</h1>").or_else(|| inside.find("</td>")).unwrap();
    let mut words = String::new();
    let mut tag = false;
    for sign in inside[..end].chars() {
        match sign {
            '<' => tag = true,
            '>' => tag = false,
            _ if !tag => words.push(sign),
            _ => {}
        }
    }
    words.trim().to_owned()
}

/// 300 kg usable at 02:00 and 100 kg an hour: gone before the handover at 06:00.
#[tokio::test]
async fn the_first_line_answers_who_runs_out_before_the_handover() {
    let world = World::new();
    let low = world.hospital("BV Hải Âu");
    let fine = world.hospital("BV Cửa Sông");
    world.runs_low(low);
    for hour in -4..=2 {
        world.shows(fine, at(hour, 0), &format!("{} mmH2O", 440 - 2 * hour));
    }
    let duty = world.somebody(Role::DutyOfficer, None);
    let page = world.get(&duty, "/oxy").await.text();
    assert_eq!(words_of(&page, "sentence"), "1 cơ sở có thể hết oxy trước 06:00");
    let rows: Vec<&str> = page.split("<tr id=\"row-").skip(1).collect();
    assert!(rows[0].contains("BV Hải Âu") && rows[1].contains("BV Cửa Sông"), "worst first");
    assert!(rows[0].starts_with(&low.id.to_string()) && rows[0].contains("class=\"danger\""));
    assert_eq!(words_of(&page, &format!("usable-{}", low.id)), "300 kg");
    assert!(words_of(&page, &format!("left-{}", low.id)).contains("2 giờ"), "{}", rows[0]);
    assert!(rows[0].contains("tel:02973555014") && rows[0].contains("Nhập thay"));
    assert!(page.contains("chưa theo dõi xe"), "what is on the road is not known and not called zero");
    assert!(page.contains("chưa cơ sở nào hỏi"), "nobody asked is not nobody waits");
}

/// What nobody reported is not called well supplied.
#[tokio::test]
async fn silence_is_said_in_the_first_line() {
    let world = World::new();
    let duty = world.somebody(Role::DutyOfficer, None);
    assert_eq!(words_of(&world.get(&duty, "/oxy").await.text(), "sentence"), "Chưa có cơ sở nào.");
    let heard = world.hospital("BV Cửa Sông");
    world.hospital("BV Im Lặng");
    let page = world.get(&duty, "/oxy").await.text();
    assert_eq!(words_of(&page, "sentence"), "Chưa cơ sở nào báo trong ca này");
    for hour in -4..=2 {
        world.shows(heard, at(hour, 0), &format!("{} mmH2O", 440 - 2 * hour));
    }
    world.set_time(at(2, 15));
    let page = world.get(&duty, "/oxy").await.text();
    assert_eq!(words_of(&page, "sentence"), "Chưa thấy cơ sở nào hết oxy trước 06:00; 1 cơ sở chưa rõ");
    assert!(page.contains("chưa nghe lần nào"));
}

#[tokio::test]
async fn the_live_part_comes_only_when_something_changed() {
    let world = World::new();
    let low = world.hospital("BV Hải Âu");
    world.runs_low(low);
    let duty = world.somebody(Role::DutyOfficer, None);
    let page = world.get(&duty, "/oxy").await.text();
    let poll = page.split("hx-get=\"").find(|rest| rest.starts_with("/oxy/bang?tu=")).unwrap();
    let poll = poll.split('"').next().unwrap().to_owned();
    assert_eq!(world.get(&duty, &poll).await.status, StatusCode::NO_CONTENT);

    world.shows(low, at(2, 10), "88 mmH2O");
    // A list may be a quarter of a second old while reports pour in.
    world.set_time(at(2, 14) + quantity::Span::seconds(1));
    let part = world.get(&duty, &poll).await;
    assert_eq!(part.status, StatusCode::OK);
    let part = part.text();
    assert_eq!(words_of(&part, &format!("usable-{}", low.id)), "250 kg");
    assert!(part.contains("hx-swap-oob") && !part.contains("<!doctype"));
    let next = part.split("hx-get=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(world.get(&duty, &next).await.status, StatusCode::NO_CONTENT);
    // Nothing is reported, and an hour passes: the hours left are others.
    world.set_time(at(3, 14));
    assert_eq!(world.get(&duty, &next).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_facility_is_found_without_accents_and_only_it_is_shown() {
    let world = World::new();
    world.hospital("BV Hải Âu");
    world.hospital("BV Cửa Sông");
    let duty = world.somebody(Role::DutyOfficer, None);
    let found = world.get(&duty, "/oxy?q=hai+au").await.text();
    assert!(found.contains("BV Hải Âu") && !found.contains("<b>BV Cửa Sông"));
    assert_eq!(found.matches("<tr id=\"row-").count(), 1);
    let none = world.get(&duty, "/oxy?q=kh%C3%B4ng+c%C3%B3").await.text();
    assert!(none.contains("Không thấy cơ sở nào khớp.") && none.contains("<b>"));
}

/// «Như đã biết lúc…»: what happened later is not there, and the past is not asked for news.
#[tokio::test]
async fn the_past_is_shown_as_it_was_known() {
    let world = World::new();
    let low = world.hospital("BV Hải Âu");
    world.set_time(at(0, 30));
    for hour in -4..=0 {
        world.shows(low, at(hour, 0), &format!("{} mmH2O", 96 + (2 - hour) * 16));
    }
    let province = world.province;
    let seal = move |transaction: &mut store::Transaction<'_>| store::audit::seal(transaction, province);
    let sealed: Result<usize, store::StoreError> = apart(|| world.office.store().write_blocking(seal));
    assert!(sealed.unwrap() > 0);
    world.set_time(at(2, 14));
    world.shows(low, at(2, 0), "96 mmH2O");
    let duty = world.somebody(Role::DutyOfficer, None);
    let now = world.get(&duty, "/oxy").await.text();
    assert_eq!(words_of(&now, &format!("usable-{}", low.id)), "300 kg");
    let past = world.get(&duty, "/oxy?biet=2026-11-22T01:00").await.text();
    assert_eq!(words_of(&past, &format!("usable-{}", low.id)), "500 kg");
    assert!(past.contains("Đang xem như lúc 01:00 ngày 22/11/2026") && !past.contains("hx-trigger"), "{past}");
}

/// Names come from files and people: a name may not become markup, on any page.
#[tokio::test]
async fn a_name_is_text_on_every_page() {
    let world = World::new();
    let hostile = world.hospital("<script>alert(1)</script>");
    world.runs_low(hostile);
    let duty = world.somebody(Role::DutyOfficer, None);
    let administrator = world.somebody(Role::Administrator, None);
    let id = hostile.id;
    let pages = [
        (&duty, "/oxy".to_owned()),
        (&duty, "/oxy/bang".to_owned()),
        (&duty, format!("/co-so/{id}")),
        (&duty, format!("/co-so/{id}/bao-cao")),
        (&administrator, "/nguoi-dung".to_owned()),
        (&duty, "/oxy?q=%3Cscript%3Ealert(1)%3C/script%3E".to_owned()),
    ];
    for (browser, path) in pages {
        let page = world.get(browser, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let page = page.text();
        assert!(page.contains("script&#62;alert(1)") || page.contains("&lt;script"), "{path} does not show the name");
        assert!(!page.contains("<script>alert"), "{path}");
    }
}

/// The focal officer of one facility sees nothing of the others.
#[tokio::test]
async fn who_works_for_one_facility_sees_only_it() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.hospital("BV Cửa Sông");
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    let page = world.get(&focal, "/oxy").await.text();
    assert!(page.contains("BV Hải Âu") && !page.contains("BV Cửa Sông"));
    assert!(page.contains(&format!("/co-so/{}/bao-cao", own.id)) && !page.contains("/xuat/oxy"));
}
