//! A trusted phone: six digits open it, five wrong ones shut it, the desk shuts a stolen one. OX11.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk::rights::Role;

use crate::world::{Answer, Browser, DOOR, Hospital, World, device_key, escape};

const PIN: &str = "204913";

/// A phone with its cookies.
struct Phone {
    secret: String,
}

struct Night {
    world: World,
    own: Hospital,
    officer: Browser,
    phone: Phone,
}

fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let cookies = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    let found = cookies.filter_map(|text| text.strip_prefix(&format!("{name}="))).next()?;
    assert!(found.contains("HttpOnly") && found.contains("SameSite=Lax"), "{found}");
    Some(found.split(';').next().unwrap_or_default().to_owned()).filter(|value| !value.is_empty())
}

impl Night {
    /// An officer who has made his phone trusted.
    async fn new() -> Self {
        let world = World::new();
        let own = world.hospital("BV Hải Âu");
        let officer = world.somebody(Role::FocalOfficer, Some(own.id));
        let phone = trust(&world, &officer, PIN, PIN).await;
        assert_eq!(phone.status, StatusCode::SEE_OTHER, "{}", phone.text());
        let phone = Phone { secret: cookie(&phone, "may").unwrap() };
        Self { world, own, officer, phone }
    }

    async fn request(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, format!("cua={DOOR}; may={}", self.phone.secret))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.world.send(request).await
    }

    async fn open_with(&self, pin: &str) -> Answer {
        self.request("POST", "/ma-pin", &[("csrf", DOOR), ("pin", pin), ("next", "/nhap")]).await
    }

    async fn report_lost(&self) -> Answer {
        let desk = self.world.somebody(Role::DutyOfficer, None);
        let page = self.world.get(&desk, "/nguoi-dung/dien-thoai").await.text();
        let action = page.split("action=\"").find_map(|rest| {
            let action = rest.split('"').next()?;
            action.ends_with("/mat").then(|| action.to_owned())
        });
        let action = action.unwrap_or_else(|| panic!("no button: {page}"));
        self.world.post(&desk, &action, &[("csrf", &desk.csrf), ("key", &device_key())]).await
    }
}

async fn trust(world: &World, officer: &Browser, pin: &str, again: &str) -> Answer {
    let fields = [("csrf", officer.csrf.as_str()), ("key", &device_key()), ("pin", pin), ("pin_again", again)];
    world.post(officer, "/dien-thoai", &fields).await
}

#[tokio::test]
async fn six_digits_open_the_phone_and_lead_where_he_wanted() {
    let night = Night::new().await;
    // The door knows the phone; the password stays possible.
    let door = night.request("GET", "/dang-nhap?next=/nhap", &[]).await;
    assert_eq!(door.location(), "/ma-pin?next=/nhap");
    let page = night.request("GET", "/ma-pin?next=/nhap", &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("/dang-nhap?mat-khau=1"));
    assert_eq!(night.request("GET", "/dang-nhap?mat-khau=1", &[]).await.status, StatusCode::OK);

    let opened = night.open_with(PIN).await;
    assert_eq!((opened.status, opened.location()), (StatusCode::SEE_OTHER, "/nhap"), "{}", opened.text());
    let session = Browser { token: cookie(&opened, "phien").unwrap(), csrf: String::new() };
    let form = night.world.get(&session, &format!("/co-so/{}/bao-cao", night.own.id)).await;
    assert_eq!(form.status, StatusCode::OK, "the session is the officer's own");
    // Another phone with the right PIN and no secret opens nothing.
    let stranger = night.world.post(&Browser::default(), "/ma-pin", &[("csrf", DOOR), ("pin", PIN)]).await;
    assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stranger.text().contains("OFF-007"));
}

#[tokio::test]
async fn a_poor_pin_or_two_different_ones_are_refused_politely() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let officer = world.somebody(Role::FocalOfficer, Some(own.id));
    for (pin, again, code) in [("123456", "123456", "OFF-002"), ("", "", "OFF-002"), (PIN, "204914", "OFF-003")] {
        let refused = trust(&world, &officer, pin, again).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(code), "{pin}: {}", refused.text());
        assert_eq!(cookie(&refused, "may"), None);
    }
    // The desk has no facility of its own: it keeps its password.
    let desk = world.somebody(Role::DutyOfficer, None);
    assert!(trust(&world, &desk, PIN, PIN).await.text().contains("OFF-008"));
}

#[tokio::test]
async fn five_wrong_pins_shut_the_phone_even_for_the_right_one() {
    let night = Night::new().await;
    // A right one in between begins the count anew.
    for _ in 0..2 {
        assert!(night.open_with("111213").await.text().contains("OFF-004"));
    }
    assert_eq!(night.open_with(PIN).await.status, StatusCode::SEE_OTHER);
    for left in [4, 3, 2, 1] {
        let wrong = night.open_with("111213").await.text();
        assert!(wrong.contains("OFF-004") && wrong.contains(&format!("Còn {left} lần thử")), "{wrong}");
    }
    assert!(night.open_with("111213").await.text().contains("OFF-005"));
    let right = night.open_with(PIN).await;
    assert_eq!(right.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(right.text().contains("OFF-005") && right.text().contains("Báo cáo đang chờ vẫn nằm trên máy"));
    assert_eq!(cookie(&right, "phien"), None);
    // He signs in with his password and sets another: the phone opens again.
    let again = trust(&night.world, &night.officer, "830274", "830274").await;
    let night = Night { phone: Phone { secret: cookie(&again, "may").unwrap() }, ..night };
    assert_eq!(night.open_with("830274").await.status, StatusCode::SEE_OTHER);
}

/// A stolen phone: whoever is signed in on it is out, the PIN opens nothing, and its holder is told clearly.
#[tokio::test]
async fn a_phone_told_as_lost_is_shut_at_once_and_says_so() {
    let night = Night::new().await;
    let thief = Browser { token: cookie(&night.open_with(PIN).await, "phien").unwrap(), csrf: String::new() };
    assert_eq!(night.world.get(&thief, "/nhap/toi").await.status, StatusCode::OK);

    let lost = night.report_lost().await;
    assert_eq!(lost.location(), "/nguoi-dung/dien-thoai?xong=done-phone-lost");
    assert_eq!(night.world.get(&thief, "/nhap/toi").await.status, StatusCode::UNAUTHORIZED);
    let shut = night.request("GET", "/ma-pin", &[]).await.text();
    assert!(shut.contains("OFF-006") && shut.contains("đã được báo mất"), "{shut}");
    assert!(!shut.contains("name=\"pin\""), "there is nothing to type");
    let tried = night.open_with(PIN).await;
    assert!(tried.text().contains("OFF-006") && cookie(&tried, "phien").is_none());

    let desk = night.world.somebody(Role::Administrator, None);
    let list = night.world.get(&desk, "/nguoi-dung/dien-thoai").await.text();
    assert!(list.contains("đã báo mất") && list.contains("Chưa có điện thoại nào"), "{list}");
}

#[tokio::test]
async fn the_code_of_a_facility_says_its_form_and_nothing_secret() {
    let mut night = Night::new().await;
    let desk = night.world.somebody(Role::DutyOfficer, None);
    let path = format!("/co-so/{}/ma-qr", night.own.id);
    night.world.app.public_address = Some("https://oxy.example.vn/".into());
    let page = night.world.get(&desk, &path).await.text();
    assert!(page.contains(&format!("https://oxy.example.vn/co-so/{}/bao-cao", night.own.id)), "{page}");
    assert!(page.contains("<svg") && page.contains("BV Hải Âu"));
}
