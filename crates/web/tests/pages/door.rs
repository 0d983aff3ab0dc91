//! Setting up, signing in, leaving, the language.

use axum::http::{StatusCode, header};
use quantity::Span;

use crate::world::{Browser, DOOR, PASSWORD, World, at};

const NOBODY: Browser = Browser { token: String::new(), csrf: String::new() };

fn set_up<'a>(code: &'a str, password: &'a str, again: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("csrf", DOOR),
        ("key", "server-00000001"),
        ("setup_code", code),
        ("name", "Trần Thị Sao"),
        ("username", "Sao.Tran"),
        ("password", password),
        ("password_again", again),
        ("province", "91"),
    ]
}

/// The session's cookie of an answer.
fn session(answer: &crate::world::Answer) -> Option<Browser> {
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    let cookie = cookies.filter_map(|text| text.strip_prefix("phien=")).next()?;
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let token = cookie.split(';').next().unwrap_or_default().to_owned();
    (!token.is_empty()).then(|| Browser { token, csrf: String::new() })
}

/// There is no default password: the first visitor chooses one, with the code that the server printed.
#[tokio::test]
async fn the_first_administrator_sets_the_installation_up_once() {
    let mut world = World::empty();
    world.app.setup_code = Some("bốn-tại-chỗ".into());
    assert_eq!(world.get(&NOBODY, "/").await.location(), "/thiet-lap");
    let page = world.get(&NOBODY, "/thiet-lap").await.text();
    assert!(page.contains("An Giang") && !page.contains("Kiên Giang"), "the provinces are today's");

    let good = ("bốn-tại-chỗ", PASSWORD, PASSWORD);
    for (code, password, again, refused) in [
        ("sai", good.1, good.2, "SEC-015"),
        (good.0, "cá lóc", "cá lóc", "SEC-001"),
        (good.0, good.1, "ba con mèo trắng", "SEC-016"),
        (good.0, "sao.tran.123", "sao.tran.123", "SEC-003"),
    ] {
        let answer = world.post(&NOBODY, "/thiet-lap", &set_up(code, password, again)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
        let page = answer.text();
        assert!(page.contains(refused), "{refused} is not on the page");
        assert!(page.contains("value=\"Sao.Tran\""), "what was typed is kept");
        assert!(!page.contains(password), "a password is never sent back");
    }
    assert_eq!(world.get(&NOBODY, "/").await.location(), "/thiet-lap", "nothing was set up");

    let done = world.post(&NOBODY, "/thiet-lap", &set_up(good.0, good.1, good.2)).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/oxy"));
    let browser = session(&done).unwrap();
    let list = world.get(&browser, "/oxy").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.text().contains("An Giang") && list.text().contains("Chưa có cơ sở nào."));
    let second = world.post(&NOBODY, "/thiet-lap", &set_up(good.0, good.1, good.2)).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(second.text().contains("DSK-012"));
}

fn entering<'a>(password: &'a str, next: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("csrf", DOOR), ("username", "quan.tri"), ("password", password), ("next", next)]
}

#[tokio::test]
async fn somebody_signs_in_is_recognised_and_leaves() {
    let world = World::new();
    let wrong = world.post(&NOBODY, "/dang-nhap", &entering("ba con mèo nâu", "/oxy")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(session(&wrong).is_none() && wrong.text().contains("SEC-010"));

    let entered = world.post(&NOBODY, "/dang-nhap", &entering(PASSWORD, "/nhat-ky")).await;
    assert_eq!((entered.status, entered.location()), (StatusCode::SEE_OTHER, "/nhat-ky"));
    let mut browser = session(&entered).unwrap();
    let page = world.get(&browser, "/nhat-ky").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    browser.csrf = field(&page.text(), "csrf");
    assert_eq!(browser.csrf.len(), 64);

    let left = world.post(&browser, "/dang-xuat", &[("csrf", &browser.csrf)]).await;
    assert_eq!(left.location(), "/dang-nhap");
    assert!(session(&left).is_none(), "the cookie is emptied");
    assert_eq!(world.get(&browser, "/oxy").await.status, StatusCode::SEE_OTHER, "the session itself has ended");
}

fn field(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\" value=\"")).unwrap();
    page[at..].split('"').nth(3).unwrap().to_owned()
}

/// A link in a message must not lead from our door to a stranger's.
#[tokio::test]
async fn nobody_is_led_out_of_the_house() {
    let world = World::new();
    for stranger in ["//evil.example/oxy", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let entered = world.post(&NOBODY, "/dang-nhap", &entering(PASSWORD, stranger)).await;
        assert_eq!((entered.status, entered.location()), (StatusCode::SEE_OTHER, "/oxy"), "{stranger}");
        let page = world.get(&NOBODY, &format!("/dang-nhap?next={}", crate::world::escape(stranger))).await;
        assert!(!page.text().contains("evil.example"));
        world.set_time(world.office.real_now() + Span::minutes(5));
    }
}

/// Ten tries, then one every twenty seconds.
#[tokio::test]
async fn who_guesses_is_held_back_by_address_and_by_name() {
    let world = World::new();
    for _ in 0..10 {
        let answer = world.post(&NOBODY, "/dang-nhap", &entering("sai mật khẩu", "/")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let held = world.post(&NOBODY, "/dang-nhap", &entering(PASSWORD, "/")).await;
    assert_eq!(held.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(held.header(header::RETRY_AFTER).parse::<u64>().unwrap() <= 20);
    assert!(session(&held).is_none(), "the right password does not help while one is held back");
    world.set_time(at(2, 20));
    let later = world.post(&NOBODY, "/dang-nhap", &entering(PASSWORD, "/")).await;
    assert_eq!(later.status, StatusCode::SEE_OTHER);
}

/// A stranger who guesses from elsewhere is held back himself and keeps nobody out.
#[tokio::test]
async fn a_stranger_elsewhere_does_not_lock_the_door() {
    let mut world = World::new();
    world.app.behind_proxy = true;
    let from = |address: &str, password: &str| {
        let form: String = entering(password, "/")
            .iter()
            .map(|(name, value)| format!("{name}={}&", crate::world::escape(value)))
            .collect();
        axum::http::Request::builder()
            .method("POST")
            .uri("/dang-nhap")
            .header(header::COOKIE, format!("cua={DOOR}"))
            .header("x-forwarded-for", address.to_owned())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(form + "csrf=" + DOOR))
            .unwrap()
    };
    let mut last = StatusCode::OK;
    for _ in 0..11 {
        last = world.send(from("203.0.113.7", "sai mật khẩu")).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(world.send(from("198.51.100.2", PASSWORD)).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_language_is_chosen_and_kept() {
    let world = World::new();
    let chosen = world.post(&NOBODY, "/ngon-ngu", &[("csrf", DOOR), ("locale", "en"), ("back", "/dang-nhap")]).await;
    assert_eq!((chosen.status, chosen.location()), (StatusCode::SEE_OTHER, "/dang-nhap"));
    assert!(chosen.header(header::SET_COOKIE).starts_with("locale=en"));
    let unknown = world.post(&NOBODY, "/ngon-ngu", &[("csrf", DOOR), ("locale", "xx")]).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
}
