//! Every route, asked by nobody, by the wrong role, from outside the scope, and by who may. A route
//! without a row here fails.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use desk::rights::Role;

use crate::routes_table::{Row, Seen, rows};
use crate::world::{Browser, DOOR, Hospital, World, device_key};

/// Who asks, and with what.
pub struct Cast {
    pub world: World,
    pub own: Hospital,
    pub duty: Browser,
    pub focal: Browser,
    pub focal_elsewhere: Browser,
    pub observer: Browser,
    pub leader: Browser,
    /// Signs out, and so has no session for another row.
    pub leaver: Browser,
    pub administrator: Browser,
    pub clerk: Browser,
    pub ministry: Browser,
    /// A report of the hospital, with a photo.
    report: String,
    watch: crate::alarms::Watch,
    /// Records of supply of the hospital.
    supply: crate::supply::Ids,
    /// A trip to the hospital.
    trip: String,
    /// A message of the inbox, with a photo.
    message: String,
    /// A drafted report of the province.
    paper: String,
    letter: String,
    /// A file of vehicles that the duty officer looks at.
    sheet: String,
    /// A meeting, an inspection, a plan, a bulletin, a case.
    steering: crate::steering::Ids,
    /// A letter that waits to be confirmed.
    directive: String,
    /// A task of the hospital, with a picture.
    task: String,
    /// A letter made known in the hospital.
    spread: String,
}

const PHOTO: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];

impl Cast {
    pub async fn new() -> Self {
        let world = World::new();
        let own = world.hospital("BV Hải Âu");
        let elsewhere = world.hospital("BV Cửa Sông");
        let focal = world.somebody(Role::FocalOfficer, Some(own.id));
        let key = device_key();
        let tank = format!("tank.{}", own.tank);
        let unit = format!("{tank}.unit");
        let csrf = focal.csrf.as_str();
        let fields = [("csrf", csrf), ("key", &key), (&tank, "120"), (&unit, "mmH2O"), ("touched", &tank)];
        let path = format!("/co-so/{}/bao-cao", own.id);
        let filed = world.post_parts(&focal, &path, &fields, Some(PHOTO)).await;
        assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.text());
        let report = filed.location().trim_start_matches("/bien-nhan/").to_owned();
        let watch = crate::alarms::Watch::of(&world, own);
        let message = crate::inbox::photo_message(&world);
        let duty = world.somebody(Role::DutyOfficer, None);
        let (csrf, key) = (duty.csrf.as_str(), device_key());
        let fields = [("csrf", csrf), ("key", key.as_str()), ("kind", "ministry")];
        let drafted = world.post(&duty, "/chi-dao/bao-cao/soan", &fields).await;
        let paper = drafted.location().trim_start_matches("/chi-dao/bao-cao/").split('?').next().unwrap().to_owned();
        let letter = crate::letters_out::drafted(&world, &duty).await;
        let sheet = crate::register_files::looked_at(&world, &duty).await;
        Self {
            steering: crate::steering::prepare(&world, own),
            sheet,
            watch,
            message,
            paper,
            letter,
            duty,
            focal_elsewhere: world.somebody(Role::FocalOfficer, Some(elsewhere.id)),
            observer: world.somebody(Role::Observer, None),
            leader: world.somebody(Role::Leader, None),
            leaver: world.somebody(Role::Observer, None),
            administrator: world.somebody(Role::Administrator, None),
            clerk: world.somebody(Role::Clerk, None),
            directive: crate::letters::taken_in(&world, crate::letters::ORDER).to_string(),
            task: crate::tasks::given(&world, own),
            spread: crate::tasks::spread(&world, own),
            supply: crate::supply::prepare(&world, own),
            trip: crate::trips::prepare(&world, own).trip,
            ministry: crate::command::ministry(&world),
            focal,
            world,
            own,
            report,
        }
    }

    /// A path of the routes' list with the ids of this world.
    pub fn concrete(&self, pattern: &str) -> String {
        if pattern.starts_with("/assets/") {
            return web::assets::asset_url("style.css").to_owned();
        }
        if let Some(id) = self.watch.of_path(pattern) {
            return pattern.replace("{id}", id);
        }
        if pattern.starts_with("/chuyen/{id}") {
            return pattern.replace("{id}", &self.trip);
        }
        if pattern.starts_with("/quoc-gia/tong-hop/tai") {
            return pattern.replace("{format}", "xlsx");
        }
        if let Some(path) = self.supply.concrete(pattern) {
            return path;
        }
        if let Some(path) = self.steering.concrete(pattern) {
            return path;
        }
        if pattern.contains("{register}") {
            return pattern.replace("{register}", "vehicles");
        }
        if pattern.starts_with("/nhap-so-lieu/tep") {
            return pattern.replace("{id}", &self.sheet);
        }
        if pattern.starts_with("/viec/pho-bien") {
            return pattern.replace("{id}", &self.spread).replace("{place}", "0");
        }
        if pattern.starts_with("/viec/{id}") {
            return pattern.replace("{id}", &self.task).replace("{place}", "0");
        }
        if pattern.starts_with("/van-ban") {
            return pattern.replace("{id}", &self.directive);
        }
        if pattern.starts_with("/oxy/hop-thu") {
            return pattern.replace("{id}", &self.message);
        }
        if pattern == "/chi-dao/bao-cao/{id}/sua" {
            return pattern.replace("{id}", &self.letter);
        }
        if pattern.starts_with("/chi-dao/bao-cao/{id}") {
            return pattern.replace("{id}", &self.paper).replace("{format}", "pdf");
        }
        let of_facility = ["/co-so", "/chi-dao/kiem-ke", "/du-bao/oxy/"];
        let id = if of_facility.into_iter().any(|begins| pattern.starts_with(begins)) {
            self.own.id.to_string()
        } else {
            self.report.clone()
        };
        pattern.replace("{id}", &id)
    }

    async fn ask(&self, row: &Row, browser: &Browser) -> StatusCode {
        self.answer(row, browser).await.status
    }

    async fn answer(&self, row: &Row, browser: &Browser) -> crate::world::Answer {
        let path = self.concrete(row.path);
        let csrf = if browser.csrf.is_empty() { DOOR } else { &browser.csrf };
        if row.method == "GET" {
            return self.world.get(browser, &path).await;
        }
        let key = device_key();
        let mut fields = vec![("csrf", csrf), ("key", key.as_str())];
        fields.extend(row.fields);
        if in_parts(row) {
            self.world.post_parts(browser, &path, &fields, None).await
        } else {
            self.world.post(browser, &path, &fields).await
        }
    }
}

/// Whether the form of a row carries a file. The list of reports has the ending of one report's form.
fn in_parts(row: &Row) -> bool {
    let with_file = ["/bao-cao", "/cong-van", "/tep", "/ban-ky"];
    with_file.iter().any(|ending| row.path.ends_with(ending)) || row.path == "/nhap-so-lieu/{register}"
}

/// The routes as the program's source lists them.
fn listed() -> BTreeSet<(String, String)> {
    let source = include_str!("../../src/pages/mod.rs");
    let mut listed = BTreeSet::new();
    for line in source.split(".route(\"").skip(1) {
        let (path, rest) = line.split_once('"').unwrap();
        let handlers = rest.split(".route(").next().unwrap().split(".fallback(").next().unwrap();
        for (method, word) in [("GET", "get("), ("POST", "post("), ("PUT", "put("), ("DELETE", "delete(")] {
            if handlers.contains(word) {
                listed.insert((method.to_owned(), path.to_owned()));
            }
        }
    }
    listed
}

#[test]
fn every_route_has_its_row() {
    let listed = listed();
    assert!(listed.len() >= 20, "the search for routes found only {listed:?}");
    let rows: BTreeSet<_> = rows().iter().map(|row| (row.method.to_owned(), row.path.to_owned())).collect();
    assert_eq!(listed, rows);
}

/// Rule 7: an actor asks, always. Outside one's scope 404; inside it without the role 403.
#[tokio::test]
async fn everybody_gets_what_his_role_and_scope_allow() {
    let cast = Cast::new().await;
    for row in rows() {
        let name = format!("{} {}", row.method, row.path);
        let nobody = cast.answer(&row, &Browser::default()).await;
        match row.nobody {
            Seen::Status(status) => assert_eq!(nobody.status.as_u16(), status, "{name}: nobody"),
            Seen::Door => {
                assert_eq!(nobody.status, StatusCode::SEE_OTHER, "{name}: nobody");
                assert!(nobody.location().starts_with("/dang-nhap?next=/"), "{name}: {}", nobody.location());
            }
        }
        if let Some(wrong) = row.wrong_role {
            let answer = cast.answer(&row, wrong(&cast)).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: wrong role");
            let page = answer.text();
            let holders = page.split("id=\"holders\"").nth(1).unwrap_or_default();
            assert!(holders.contains("<li>"), "{name}: nobody is named who may");
        }
        if let Some(outside) = row.outside {
            assert_eq!(cast.ask(&row, outside(&cast)).await, StatusCode::NOT_FOUND, "{name}: outside");
        }
        assert_eq!(cast.ask(&row, (row.right)(&cast)).await.as_u16(), row.gets, "{name}: who may");
    }
}

/// A form that does not come from a page of ours changes nothing, whoever's browser sends it.
#[tokio::test]
async fn a_forged_form_is_refused() {
    for forged in ["", "0011"] {
        // Each in a world of its own: nobody may write as often as both together.
        let cast = Cast::new().await;
        for row in rows().iter().filter(|row| row.method == "POST" && row.path != "/demo/vao") {
            let browser = Browser { csrf: forged.to_owned(), ..(row.right)(&cast).clone() };
            let path = cast.concrete(row.path);
            let key = device_key();
            let mut fields = vec![("csrf", forged), ("key", key.as_str())];
            fields.extend(row.fields);
            let answer = if in_parts(row) {
                cast.world.post_parts(&browser, &path, &fields, None).await
            } else {
                cast.world.post(&browser, &path, &fields).await
            };
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} with {forged:?}", row.path);
            assert!(answer.text().contains("SEC-013"), "{}", row.path);
        }
    }
}

#[tokio::test]
async fn an_unknown_page_says_so_politely() {
    let world = World::new();
    let answer = world.get(&Browser::default(), "/khong-co").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text().contains("Không thấy mục này."));
}
