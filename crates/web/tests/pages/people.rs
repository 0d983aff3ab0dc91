//! Adding somebody, and the journal of who did what.

use axum::http::StatusCode;
use desk::rights::Role;

use crate::world::{Browser, DOOR, World, at, device_key};

fn fields<'a>(csrf: &'a str, role: &'a str, scope: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("csrf", csrf),
        ("key", device_key().leak()),
        ("name", "Lê Thị Mận"),
        ("username", "man.le"),
        ("role", role),
        ("scope", scope),
    ]
}

/// The first password is made by the program, shown once, and lets its owner in.
#[tokio::test]
async fn somebody_is_added_and_his_first_password_works_and_is_shown_once() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let administrator = world.somebody(Role::Administrator, None);
    let scope = own.id.to_string();

    let nowhere =
        world.post(&administrator, "/nguoi-dung", &fields(&administrator.csrf, "focal_officer", "province")).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nowhere.text().contains("DSK-016") && nowhere.text().contains("value=\"Lê Thị Mận\""));
    let garbled = world.post(&administrator, "/nguoi-dung", &fields(&administrator.csrf, "duty_officer", "x")).await;
    assert_eq!(garbled.status, StatusCode::UNPROCESSABLE_ENTITY, "a scope that cannot be read is not the province");

    let added = world.post(&administrator, "/nguoi-dung", &fields(&administrator.csrf, "focal_officer", &scope)).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text());
    let page = added.text();
    let password = page.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
    assert!(!world.get(&administrator, "/nguoi-dung").await.text().contains(&password));

    let entering = [("csrf", DOOR), ("username", "man.le"), ("password", &password)];
    let entered = world.post(&Browser::default(), "/dang-nhap", &entering).await;
    assert_eq!((entered.status, entered.location()), (StatusCode::SEE_OTHER, "/oxy"));
    let twice = world.post(&administrator, "/nguoi-dung", &fields(&administrator.csrf, "focal_officer", &scope)).await;
    assert!(twice.text().contains("DSK-014"));
}

/// Pressed twice, a form adds one account and shows the same password, which opens it.
#[tokio::test]
async fn a_form_pressed_twice_shows_the_password_that_works() {
    let world = World::new();
    let administrator = world.somebody(Role::Administrator, None);
    let form = fields(&administrator.csrf, "duty_officer", "province");
    let password = |page: String| page.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
    let first = password(world.post(&administrator, "/nguoi-dung", &form).await.text());
    let second = world.post(&administrator, "/nguoi-dung", &form).await;
    assert_eq!(second.status, StatusCode::OK, "{}", second.text());
    assert_eq!(password(second.text()), first);
    let entering = [("csrf", DOOR), ("username", "man.le"), ("password", first.as_str())];
    let entered = world.post(&Browser::default(), "/dang-nhap", &entering).await;
    assert_eq!((entered.status, entered.location()), (StatusCode::SEE_OTHER, "/oxy"));
}

/// Programs come in by tokens, and the ministry is no role of a province: no password is made for either.
#[tokio::test]
async fn roles_of_programs_and_of_the_nation_are_refused() {
    let world = World::new();
    let administrator = world.somebody(Role::Administrator, None);
    for (role, code) in [("gateway", "DSK-017"), ("tracker", "DSK-017"), ("ministry_observer", "DSK-018")] {
        let asked = world.post(&administrator, "/nguoi-dung", &fields(&administrator.csrf, role, "province")).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(asked.text().contains(code) && !asked.text().contains("<code>"), "{role}");
    }
}

#[tokio::test]
async fn the_journal_says_who_did_what() {
    let world = World::new();
    let administrator = world.somebody(Role::Administrator, None);
    world.set_time(at(2, 15));
    world.post(&administrator, "/nguoi-dung", &fields(&administrator.csrf, "leader", "province")).await;
    let page = world.get(&administrator, "/nhat-ky").await.text();
    let rows: Vec<&str> = page.split("<tr>").skip(2).collect();
    assert!(rows[0].contains("Người administrator") && rows[0].contains("thêm người dùng"), "{}", rows[0]);
    let found = world.get(&administrator, "/nhat-ky?q=dang+nhap").await.text();
    assert!(found.contains("đăng nhập") && !found.contains("thêm người dùng</td>"));
}
