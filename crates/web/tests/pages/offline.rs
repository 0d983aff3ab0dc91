//! The entry app as the server sees it: what a phone keeps of the program, entries that waited, who may send them. OX07.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk::rights::Role;
use quantity::{Moment, Span};
use serde_json::Value;

use crate::world::{Answer, Browser, Hospital, World, at, device_key};

/// An officer of a hospital and his entry.
struct Phone {
    world: World,
    own: Hospital,
    officer: Browser,
    user: String,
}

/// What an entry of the queue says beside its figures, milliseconds by the phone's own clock.
struct Entry<'a> {
    key: &'a str,
    user: &'a str,
    typed_at: i64,
    device_now: i64,
    happened: &'a str,
    level: &'a str,
}

impl Phone {
    async fn new() -> Self {
        let world = World::new();
        let own = world.hospital("BV Hải Âu");
        let officer = world.somebody(Role::FocalOfficer, Some(own.id));
        let user = me(&world, &officer).await["user"].as_str().unwrap().to_owned();
        Self { world, own, officer, user }
    }

    fn entry<'a>(&'a self, key: &'a str, level: &'a str, age_minutes: i64) -> Entry<'a> {
        // A clock that lives in the year 2001: only the age counts.
        let device_now = 1_000_000_000_000;
        Entry { key, user: &self.user, typed_at: device_now - age_minutes * 60_000, device_now, happened: "now", level }
    }

    async fn send(&self, browser: &Browser, entry: &Entry<'_>) -> Answer {
        let tank = format!("tank.{}", self.own.tank);
        let unit = format!("{tank}.unit");
        let (typed, now) = (entry.typed_at.to_string(), entry.device_now.to_string());
        let fields = [
            ("key", entry.key),
            ("user", entry.user),
            ("typed_at", &typed),
            ("device_now", &now),
            ("happened", entry.happened),
            (&tank, entry.level),
            (&unit, "mmH2O"),
            ("touched", &tank),
        ];
        send(&self.world, browser, &format!("/nhap/bao-cao/{}", self.own.id), &fields, &browser.csrf).await
    }

    /// When the newest report happened, and how many there are.
    async fn kept(&self) -> (Moment, usize) {
        let desk = self.world.somebody(Role::DutyOfficer, None);
        let path = format!("/api/v1/facilities/{}/reports", self.own.id);
        let kept: Value = serde_json::from_slice(&self.world.get(&desk, &path).await.bytes).unwrap();
        let kept = kept.as_array().unwrap().clone();
        let happened = kept[0]["happened_at"].as_str().unwrap();
        let local = happened.split('+').next().unwrap().parse::<jiff::civil::DateTime>().unwrap();
        (Moment::from_local(local), kept.len())
    }
}

async fn me(world: &World, browser: &Browser) -> Value {
    let answer = world.get(browser, "/nhap/toi").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.bytes).unwrap()
}

/// Sends a form in parts with the token in its header, as the queue does.
async fn send(world: &World, browser: &Browser, path: &str, fields: &[(&str, &str)], token: &str) -> Answer {
    let parts = fields
        .iter()
        .map(|(name, value)| format!("--ranh\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    let request = Request::post(path)
        .header(header::COOKIE, format!("phien={}", browser.token))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=ranh")
        .header("x-csrf-token", token)
        .body(Body::from(parts.collect::<String>() + "--ranh--\r\n"))
        .unwrap();
    world.send(request).await
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap()
}

#[tokio::test]
async fn a_phone_may_keep_the_program_and_nobodys_data() {
    let world = World::new();
    let nobody = Browser::default();
    let worker = world.get(&nobody, "/sw.js").await;
    assert!(worker.header(header::CONTENT_TYPE).starts_with("text/javascript"));
    assert_eq!(worker.header(header::CACHE_CONTROL), "no-cache");
    assert_eq!(worker.headers.get("service-worker-allowed").unwrap(), "/");
    let text = worker.text();
    let build: Value = serde_json::from_str(
        text.lines().next().unwrap().strip_prefix("const BUILD = ").unwrap().trim_end_matches(';'),
    )
    .unwrap();
    // Everything that the app asks for stands in the list, and the list is served.
    let page = world.get(&nobody, "/nhap").await;
    let assets: Vec<&str> = build["assets"].as_array().unwrap().iter().map(|url| url.as_str().unwrap()).collect();
    for url in page.text().split('"').filter(|part| part.starts_with("/assets/")) {
        assert!(assets.contains(&url), "{url} is not kept");
    }
    for url in assets {
        assert_eq!(world.get(&nobody, url).await.status, StatusCode::OK, "{url}");
    }
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("worker-src 'self'; manifest-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");

    // Signed in or not, the page is the same: a phone keeps it for whoever comes.
    let officer = world.somebody(Role::DutyOfficer, None);
    assert_eq!(world.get(&officer, "/nhap").await.text(), page.text());
    let manifest: Value = json(&world.get(&nobody, "/manifest.webmanifest").await);
    assert_eq!(manifest["start_url"], "/nhap");
    assert_eq!(manifest["display"], "standalone");
    for icon in manifest["icons"].as_array().unwrap() {
        assert_eq!(world.get(&nobody, icon["src"].as_str().unwrap()).await.status, StatusCode::OK);
    }
}

/// OX07: what waited three hours happened three hours ago, whatever the phone's clock says; sent again it is the same.
#[tokio::test]
async fn an_entry_that_waited_is_dated_by_its_age_and_counts_once() {
    let phone = Phone::new().await;
    let key = device_key();
    let sent = phone.send(&phone.officer, &phone.entry(&key, "120", 180)).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    let first = json(&sent);
    assert_eq!(first["time"], "02:14");
    assert_eq!(first["replayed"], false);
    assert_eq!(first["code"].as_str().unwrap().len(), 3);
    assert_eq!(phone.kept().await, (at(2, 14) - Span::hours(3), 1));

    // The answer was lost; the phone sends again an hour later, with the hour added to its clock.
    phone.world.set_time(at(3, 14));
    let again = phone.send(&phone.officer, &phone.entry(&key, "120", 239)).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text());
    assert_eq!(json(&again)["report"], first["report"]);
    assert_eq!(json(&again)["replayed"], true);
    assert_eq!(phone.kept().await.1, 1);

    // Another figure under the same key is another report, and is not taken for the first.
    let other = phone.send(&phone.officer, &phone.entry(&key, "140", 239)).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "{}", other.text());
    assert_eq!(phone.kept().await.1, 1);
}

#[tokio::test]
async fn the_shift_of_an_entry_is_the_one_in_which_it_was_written() {
    let phone = Phone::new().await;
    let key = device_key();
    // Written at 21:14, in the shift that began at 14:00; sent at 02:14.
    let entry = Entry { happened: "shift", ..phone.entry(&key, "120", 300) };
    let sent = phone.send(&phone.officer, &entry).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    assert_eq!(phone.kept().await.0, at(14, 0) - Span::days(1));
}

#[tokio::test]
async fn an_entry_leaves_only_as_its_writer_with_the_token_of_his_session() {
    let phone = Phone::new().await;
    let key = device_key();
    let entry = phone.entry(&key, "120", 5);

    let nobody = phone.send(&Browser::default(), &entry).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    assert_eq!(json(&nobody)["code"], "SEC-012");

    let stale = Browser { csrf: "00".into(), ..phone.officer.clone() };
    let forged = phone.send(&stale, &entry).await;
    assert_eq!((forged.status, json(&forged)["code"].as_str()), (StatusCode::FORBIDDEN, Some("SEC-013")));

    let colleague = phone.world.somebody(Role::FocalOfficer, Some(phone.own.id));
    let foreign = phone.send(&colleague, &entry).await;
    assert_eq!((foreign.status, json(&foreign)["code"].as_str()), (StatusCode::CONFLICT, Some("OFF-001")));

    let observer = phone.world.somebody(Role::Observer, None);
    let user = me(&phone.world, &observer).await["user"].as_str().unwrap().to_owned();
    let wrong_role = phone.send(&observer, &Entry { user: &user, ..phone.entry(&key, "120", 5) }).await;
    assert_eq!(wrong_role.status, StatusCode::FORBIDDEN);

    let elsewhere = phone.world.hospital("BV Cửa Sông");
    let outsider = phone.world.somebody(Role::FocalOfficer, Some(elsewhere.id));
    let user = me(&phone.world, &outsider).await["user"].as_str().unwrap().to_owned();
    let outside = phone.send(&outsider, &Entry { user: &user, ..phone.entry(&key, "120", 5) }).await;
    assert_eq!(outside.status, StatusCode::NOT_FOUND);

    // A new session of the same person has a new token, and sends what the old one wrote.
    let sent = phone.send(&phone.officer, &entry).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    assert_eq!(phone.kept().await.1, 1);
}

#[tokio::test]
async fn a_refusal_comes_back_as_a_sentence_and_keeps_nothing() {
    let phone = Phone::new().await;
    let key = device_key();
    let refused = phone.send(&phone.officer, &phone.entry(&key, "9000", 5)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(json(&refused)["code"], "OXY-014");
    assert!(!json(&refused)["sentence"].as_str().unwrap().is_empty());
    let no_age = Entry { typed_at: i64::MAX, ..phone.entry(&key, "120", 5) };
    assert_eq!(phone.send(&phone.officer, &no_age).await.status, StatusCode::BAD_REQUEST);
    // Mended under another key it arrives.
    let key = device_key();
    assert_eq!(phone.send(&phone.officer, &phone.entry(&key, "90", 5)).await.status, StatusCode::CREATED);
    assert_eq!(phone.kept().await.1, 1);
}

/// Somebody else reported the same moment meanwhile: both are kept, the phone is told.
#[tokio::test]
async fn a_conflict_is_shown_and_both_are_kept() {
    let phone = Phone::new().await;
    phone.world.shows(phone.own, at(1, 14), "200 mmH2O");
    let key = device_key();
    let sent = phone.send(&phone.officer, &phone.entry(&key, "190", 60)).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    assert!(json(&sent)["conflict"].as_str().unwrap().contains("Cả hai đều được giữ"), "{}", sent.text());
    assert!(json(&sent)["beside"].is_string());
    assert_eq!(phone.kept().await.1, 2);
}

#[tokio::test]
async fn a_correction_that_waited_counts_once() {
    let phone = Phone::new().await;
    let key = device_key();
    phone.send(&phone.officer, &phone.entry(&key, "120", 5)).await;
    let facts = me(&phone.world, &phone.officer).await;
    let last = &facts["facilities"][0]["last"];
    assert_eq!(last["correctable"], true);
    let path = format!("/nhap/dinh-chinh/{}", last["report"].as_str().unwrap());
    let (key, tank) = (device_key(), format!("tank.{}", phone.own.tank));
    let fields = [("key", key.as_str()), ("user", &phone.user), (&tank, "130"), ("reason_kind", "typing")];
    let token = phone.officer.csrf.as_str();
    let sent = send(&phone.world, &phone.officer, &path, &fields, token).await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    let again = send(&phone.world, &phone.officer, &path, &fields, token).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text());
    assert_eq!(json(&again)["report"], json(&sent)["report"]);
    assert_eq!(phone.kept().await.1, 2, "the old one and the one in its place");

    // Somebody was quicker with another correction: refused with its sentence, and the phone keeps it.
    let (key, other) = (device_key(), [(tank.as_str(), "140"), ("reason_kind", "typing")]);
    let fields: Vec<_> = [("key", key.as_str()), ("user", phone.user.as_str())].into_iter().chain(other).collect();
    let late = send(&phone.world, &phone.officer, &path, &fields, token).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.text());
}

/// «Ca này đã gửi lúc 02:14, mã 7K2»: within the shift and two hours, and only what a person has told.
#[tokio::test]
async fn a_shift_that_has_just_reported_is_told_so() {
    let phone = Phone::new().await;
    let path = format!("/co-so/{}/bao-cao", phone.own.id);
    phone.world.shows(phone.own, at(2, 0), "200 mmH2O");
    assert!(!phone.world.get(&phone.officer, &path).await.text().contains("data-already"), "a sensor is no person");
    let key = device_key();
    let code =
        json(&phone.send(&phone.officer, &phone.entry(&key, "190", 1)).await)["code"].as_str().unwrap().to_owned();
    let page = phone.world.get(&phone.officer, &path).await.text();
    assert!(page.contains(&format!("Ca này đã gửi lúc 02:14, mã {code}")), "{page}");
    assert!(page.contains("Gửi thêm") && page.contains("/dinh-chinh\""));
    phone.world.set_time(at(4, 15));
    assert!(!phone.world.get(&phone.officer, &path).await.text().contains("data-already"), "two hours are over");
    phone.world.set_time(at(6, 0));
    assert!(!phone.world.get(&phone.officer, &path).await.text().contains("data-already"), "another shift");
}
