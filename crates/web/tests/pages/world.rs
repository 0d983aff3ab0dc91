//! A small province of invented facilities, the people who work in it, and a browser for each.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use desk::operations::add_account::AddAccount;
use desk::operations::file_report::{Confirmed, FileReport, Level, Told};
use desk::operations::found_command_post::{FirstAdministrator, FoundCommandPost};
use desk::operations::register_body::{NewFacility, RegisterBody};
use desk::rights::Role;
use desk::{Actor, Office, door, password};
use http_body_util::BodyExt;
use jiff::civil::{Date, date};
use oxygen::{Gauge, GaugeChart, OwnedVessels, RatedFlow, Source, StoreId};
use place::body::{Beds, Body as PlaceBody, BodyKind, BodyLevel, Ownership, Post, PostKind};
use place::{BodyId, FacilityId, PersonId, ProvinceId, UserId};
use protocol::Readiness;
use quantity::{Grams, Id, Moment, Span, Typed, Unit, VesselSpec};
use store::{Database, Store, migrate};
use tower::ServiceExt;
use web::App;

/// The night of the mock-up: 22/11/2026 02:14.
pub const TODAY: Date = date(2026, 11, 22);
pub const PASSWORD: &str = "ba con mèo đen";
/// What a form of the door carries when its cookie says the same.
pub const DOOR: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// Keeps the database's folder until the test ends.
pub struct World {
    _folder: tempfile::TempDir,
    now: Arc<Mutex<Moment>>,
    pub office: Office,
    pub app: App,
    pub province: ProvinceId,
}

/// A facility with a tank and cylinders.
#[derive(Clone, Copy)]
pub struct Hospital {
    pub id: FacilityId,
    pub tank: StoreId,
}

/// A session as the browser keeps it.
#[derive(Clone, Default)]
pub struct Browser {
    pub token: String,
    pub csrf: String,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

pub fn at(hour: i64, minute: i64) -> Moment {
    Moment::start_of(TODAY) + Span::minutes(hour * 60 + minute)
}

impl World {
    /// A migrated database that nobody has signed in to.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(folder.path().join("pages.db"));
        let now = Arc::new(Mutex::new(at(2, 14)));
        migrate::migrate(&database, at(2, 14)).unwrap();
        let shown = Arc::clone(&now);
        let store = Store::open(&database, 2).unwrap();
        let office = Office::open(store, Arc::new(move || *shown.lock().unwrap())).unwrap();
        Self { _folder: folder, now, app: App::new(office.clone()), office, province: ProvinceId::NATION }
    }

    /// An Giang in an emergency, with its first administrator `quan.tri`.
    pub fn new() -> Self {
        let mut world = Self::empty();
        let founding = FoundCommandPost {
            area: "91".parse().unwrap(),
            opened_on: date(2026, 1, 1),
            state: Readiness::Emergency,
            administrator: Some(FirstAdministrator {
                login: "quan.tri".to_owned(),
                display_name: "Trần Thị Sao".to_owned(),
                password_hash: password::hash(PASSWORD),
            }),
        };
        let done = apart(|| world.office.perform_blocking(Actor::program(ProvinceId::NATION), founding)).unwrap();
        world.province = done.done;
        world
    }

    pub fn program(&self) -> Actor {
        Actor::program(self.province)
    }

    pub fn set_time(&self, at: Moment) {
        *self.now.lock().unwrap() = at;
    }

    /// Seals what has been done: what was known at a moment is read through the sealed numbers.
    pub fn seal(&self) {
        let province = self.province;
        let sealing = move |transaction: &mut store::Transaction<'_>| store::audit::seal(transaction, province);
        apart(|| self.office.store().write_blocking::<_, store::StoreError, _>(sealing)).unwrap();
    }

    /// A hospital with a tank of 3 t that shows 480 mmH2O when full, and sixty cylinders of 40 L.
    pub fn hospital(&self, name: &str) -> Hospital {
        let tank = StoreId(desk::random::id(at(0, 0)));
        let chart = GaugeChart::proportional(Unit::MillimetreOfWater, 480.0, Grams::from_kg(3_000)).unwrap();
        let vessel = oxygen::Store::tank(tank, "Bồn số 1", Grams::from_kg(3_000)).with_gauge(Gauge::Chart(chart));
        Hospital { id: self.register(name, vec![vessel, cylinders()]), tank }
    }

    /// A hospital whose tank of 3 t is read in kilograms.
    pub fn hospital_in_kilograms(&self, name: &str) -> Hospital {
        let tank = StoreId(desk::random::id(at(0, 0)));
        let vessel = oxygen::Store::tank(tank, "Bồn số 1", Grams::from_kg(3_000));
        Hospital { id: self.register(name, vec![vessel]), tank }
    }

    /// A hospital with a tank, a plant of 20 Nm³/h and concentrators of 10 L/min; the keys of both.
    pub fn hospital_with_machines(&self, name: &str) -> (Hospital, StoreId, StoreId) {
        let [tank, plant, small] = [(); 3].map(|()| StoreId(desk::random::id(at(0, 0))));
        let chart = GaugeChart::proportional(Unit::MillimetreOfWater, 480.0, Grams::from_kg(3_000)).unwrap();
        let rated = |value, unit| RatedFlow { flow: Typed::measured(value, unit), tested_on: None };
        let stores = vec![
            oxygen::Store::tank(tank, "Bồn số 1", Grams::from_kg(3_000)).with_gauge(Gauge::Chart(chart)),
            oxygen::Store::plant(plant, "Hệ thống PSA", rated(20.0, Unit::NormalCubicMetrePerHour)),
            oxygen::Store::concentrators(small, "Máy tạo oxy 10 L", rated(10.0, Unit::LitrePerMinute)),
        ];
        (Hospital { id: self.register(name, stores), tank }, plant, small)
    }

    fn register(&self, name: &str, stores: Vec<oxygen::Store>) -> FacilityId {
        let id = BodyId(desk::random::id(at(0, 0)));
        let body = PlaceBody {
            id,
            province: self.province,
            name: name.to_owned(),
            kind: BodyKind::GeneralHospital,
            level: BodyLevel::Province,
            parent: None,
            area: Some("91".parse().unwrap()),
            valid_from: date(2026, 1, 1),
            valid_to: None,
            ownership: Ownership::Public,
            successors: Vec::new(),
        };
        let duty = Post {
            body: id,
            kind: PostKind::DutyOfficer,
            person: PersonId(desk::random::id(at(0, 0))),
            name: "trực bệnh viện".to_owned(),
            phone: Some("0297 3 555 014".to_owned()),
            from: Moment::start_of(date(2026, 1, 1)),
            to: None,
        };
        let registering = RegisterBody {
            body,
            code: format!("C{}", &id.to_string()[24..]),
            facility: Some(NewFacility {
                tier: Some(2),
                readiness: Readiness::Routine,
                beds: Beds { planned: Some(60), open: Some(54), oxygen: Some(41), icu: Some(10) },
                stores,
                stores_from: date(2026, 1, 1),
            }),
            posts: vec![duty],
            absences: Vec::new(),
            simulated: false,
        };
        apart(|| self.office.perform_blocking(self.program(), registering)).unwrap();
        FacilityId::of_body(id)
    }

    /// What the tank showed, in the words of the facility.
    pub fn shows(&self, hospital: Hospital, happened_at: Moment, text: &str) {
        let unit = Some(Unit::MillimetreOfWater);
        let level = Level { store: hospital.tank, text: text.to_owned(), unit, reference: None, running: None };
        let told = Told {
            happened_at: Some(happened_at),
            source: Source::Sensor,
            told_by: None,
            note: None,
            photo: None,
            levels: vec![level],
            cylinders: Vec::new(),
            patients: None,
            confirmed: Confirmed::Everything,
        };
        let report = FileReport { key: None, facility: hospital.id, told };
        apart(|| self.office.perform_blocking(self.program(), report)).unwrap();
    }

    /// Six hours of a tank that loses 100 kg an hour and has 300 kg usable at 02:00.
    pub fn runs_low(&self, hospital: Hospital) {
        for hour in -4..=2 {
            let shown = 96 + (2 - hour) * 16;
            self.shows(hospital, at(hour, 0), &format!("{shown} mmH2O"));
        }
    }

    /// An account, signed in.
    pub fn somebody(&self, role: Role, facility: Option<FacilityId>) -> Browser {
        let login = format!("{}.{}", role.code(), &desk::random::secret()[..6]);
        let adding = AddAccount {
            key: None,
            login,
            display_name: format!("Người {}", role.code()),
            password_hash: "không ai vào bằng mật khẩu này".to_owned(),
            roles: vec![role],
            facility,
            area: None,
        };
        let account = apart(|| self.office.perform_blocking(self.program(), adding)).unwrap().done;
        self.session_of(account)
    }

    pub fn session_of(&self, account: UserId) -> Browser {
        let (office, province) = (self.office.clone(), self.province);
        let opening = async move { door::open(&office, province, account, "browser", door::BROWSER_SESSION).await };
        let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let key = apart(|| runtime().block_on(opening)).unwrap();
        Browser { token: key.token, csrf: key.csrf }
    }

    fn router(&self) -> Router {
        web::router(self.app.clone())
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answer { status: head.status, headers: head.headers, bytes }
    }

    fn request(browser: &Browser, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, format!("phien={}; cua={DOOR}", browser.token))
    }

    pub async fn get(&self, browser: &Browser, path: &str) -> Answer {
        self.send(Self::request(browser, "GET", path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form as it stands, token and all.
    pub async fn post(&self, browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value)));
        let request = Self::request(browser, "POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.collect::<Vec<_>>().join("&")))
            .unwrap();
        self.send(request).await
    }

    /// Sends a form in parts, with a photo when there is one.
    pub async fn post_parts(
        &self,
        browser: &Browser,
        path: &str,
        fields: &[(&str, &str)],
        photo: Option<&[u8]>,
    ) -> Answer {
        let head = "name=\"photo\"; filename=\"a.jpg\"\r\ncontent-type: text/html";
        self.parts(browser, path, fields, photo.map(|photo| (head, photo))).await
    }

    async fn parts(
        &self,
        browser: &Browser,
        path: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--ranh\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        if let Some((head, bytes)) = file {
            body.extend_from_slice(format!("--ranh\r\ncontent-disposition: form-data; {head}\r\n\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--ranh--\r\n");
        let request = Self::request(browser, "POST", path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=ranh")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Sends a form with a file of a name.
    pub async fn post_file(
        &self,
        browser: &Browser,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        bytes: &[u8],
    ) -> Answer {
        let head = format!("name=\"file\"; filename=\"{name}\"");
        self.parts(browser, path, fields, Some((head.as_str(), bytes))).await
    }
}

/// Does something on a thread of its own: a test's own thread drives its requests and may not wait.
pub fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}

fn cylinders() -> oxygen::Store {
    let id = StoreId(desk::random::id(at(0, 0)));
    oxygen::Store::cylinders(id, "Chai 40 L", OwnedVessels { spec: VesselSpec::LITRES_40, owned: 60 })
}

/// Sends a form of a page with its token and a key of its own.
pub async fn send(world: &World, who: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let key = device_key();
    let mut all = vec![("csrf", who.csrf.as_str()), ("key", key.as_str())];
    all.extend(fields);
    world.post(who, path, &all).await
}

/// The value of a hidden field of a page.
pub fn hidden(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("the field is there");
    after.split('"').next().unwrap_or_default().to_owned()
}

/// A key as the script of the page makes it.
pub fn device_key() -> String {
    Id::new(at(2, 14), desk::random::bytes()).to_string()
}

pub fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
