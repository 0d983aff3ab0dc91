//! A province of three facilities and five accounts, seen through the whole program in process, on
//! SQLite and, when `BONTAICHO_TEST_POSTGRES` names a server, on a fresh database of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use desk::door::{self, TOKEN_SESSION};
use desk::operations::add_account::AddAccount;
use desk::operations::found_command_post::FoundCommandPost;
use desk::operations::register_body::{NewFacility, RegisterBody};
use desk::rights::Role;
use desk::{Actor, Office};
use jiff::civil::date;
use oxygen::{Gauge, GaugeChart, OwnedVessels, RatedFlow, Store, StoreId};
use place::body::{Beds, Body as PlaceBody, BodyKind, BodyLevel, Ownership};
use place::{BodyId, FacilityId, ProvinceId};
use protocol::Readiness;
use quantity::{Grams, Id, Moment, Span, Typed, Unit, VesselSpec};
use serde_json::{Value, json};
use store::Database;
use tower::ServiceExt;
use web::{App, router};

/// 02:14 of 22/11/2026 in Vietnam: when the first screen is read.
const START: Moment = Moment::from_micros(1_795_288_440_000_000);

/// What came back.
#[derive(Debug)]
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

impl Got {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Status and code of a refusal, which must speak.
    pub fn refusal(&self) -> (u16, String) {
        let told = self.json();
        for field in ["sentence", "next"] {
            assert!(told[field].as_str().is_some_and(|text| !text.is_empty()), "no {field}: {told}");
        }
        assert!(told["who_may"].is_array(), "{told}");
        (self.status.as_u16(), told["code"].as_str().unwrap_or_default().to_owned())
    }
}

/// A facility of the world.
#[derive(Clone)]
pub struct Hospital {
    pub id: FacilityId,
    /// A tank of 3 t read in per cent.
    pub percent: StoreId,
    /// A tank of 3 t read in kilograms.
    pub kilograms: StoreId,
    /// Sixty cylinders of 40 litres.
    pub cylinders: StoreId,
}

impl Hospital {
    pub fn reports(&self) -> String {
        format!("/api/v1/facilities/{}/reports", self.id)
    }

    pub fn outlook(&self) -> String {
        format!("/api/v1/facilities/{}/outlook", self.id)
    }

    /// A whole report as the load generator sends it.
    pub fn report(&self, percent: &str) -> Value {
        json!({
            "levels": [
                { "store": self.percent, "value": percent, "unit": "percent" },
                { "store": self.kilograms, "value": "1.245,0", "unit": "kg" },
            ],
            "cylinders": [{ "store": self.cylinders, "full": 12, "part": 0, "empty": 30, "damaged": 0 }],
            "patients": { "mask": 8, "hfnc": 2, "niv": 1, "invasive": 2, "ecmo": 0 },
            "waiting": null,
            "source": "form",
        })
    }
}

pub struct World {
    runtime: tokio::runtime::Runtime,
    router: Router,
    office: Office,
    clock: Arc<AtomicI64>,
    keys: AtomicU64,
    province: ProvinceId,
    pub near: Hospital,
    pub far: Hospital,
    /// The oxygen officer of `near`.
    pub officer: String,
    /// The oxygen desk of the province.
    pub duty: String,
    pub observer: String,
    pub administrator: String,
    /// A browser of the oxygen officer, and what its pages carry.
    pub browser: (String, String),
    _folder: tempfile::TempDir,
    _server: Option<Server>,
}

/// A database that is dropped with its world.
struct Server {
    address: String,
    name: String,
}

impl Server {
    fn new(address: &str) -> Self {
        let name = format!("api_{}", Id::new(now_of_machine(), random()).to_string().replace('-', ""));
        let server = Self { address: address.to_owned(), name };
        server.run(&format!("CREATE DATABASE {}", server.name));
        server
    }

    fn database(&self) -> String {
        let (address, options) = self.address.split_once('?').map_or((self.address.as_str(), ""), |(a, o)| (a, o));
        let host = address.rfind('/').filter(|slash| *slash > "postgresql://".len()).unwrap_or(address.len());
        let options = if options.is_empty() { String::new() } else { format!("?{options}") };
        format!("{}/{}{options}", &address[..host], self.name)
    }

    fn run(&self, sql: &str) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let (client, connection) =
                tokio_postgres::connect(&self.address, tokio_postgres::NoTls).await.expect("a server");
            let driver = tokio::spawn(connection);
            client.batch_execute(sql).await.expect("an administrator of the server");
            drop(client);
            let _ = driver.await;
        });
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.run(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

fn now_of_machine() -> Moment {
    Moment::from_micros(jiff::Timestamp::now().as_microsecond())
}

fn random() -> [u8; 10] {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let mut bytes = [0; 10];
    bytes[..4].copy_from_slice(&std::process::id().to_le_bytes());
    bytes[4..].copy_from_slice(&COUNT.fetch_add(1, Ordering::Relaxed).to_le_bytes()[..6]);
    bytes
}

/// Runs a test on each engine that is there.
pub fn on_both_engines(test: impl Fn(&mut World)) {
    test(&mut World::new(None));
    match std::env::var("BONTAICHO_TEST_POSTGRES") {
        Ok(address) => test(&mut World::new(Some(Server::new(&address)))),
        Err(_) => eprintln!("skipped on PostgreSQL: BONTAICHO_TEST_POSTGRES names no server"),
    }
}

fn hospital(office: &Office, province: ProvinceId, name: &str, code: &str) -> Hospital {
    let new_id = || Id::new(START, random());
    let body = BodyId(new_id());
    let (percent, kilograms) = (StoreId(new_id()), StoreId(new_id()));
    let (cylinders, plant) = (StoreId(new_id()), StoreId(new_id()));
    let capacity = Grams::from_kg(3_000);
    let chart = GaugeChart::proportional(Unit::Percent, 100.0, capacity).expect("a chart");
    let rated = RatedFlow { flow: Typed::measured(10.0, Unit::NormalCubicMetrePerHour), tested_on: None };
    let stores = vec![
        Store::tank(percent, "Bồn số 1", capacity).with_gauge(Gauge::Chart(chart)),
        Store::tank(kilograms, "Bồn số 2", capacity),
        Store::cylinders(cylinders, "Chai 40 L", OwnedVessels { spec: VesselSpec::LITRES_40, owned: 60 }),
        Store::plant(plant, "PSA", rated),
    ];
    let registered = RegisterBody {
        body: PlaceBody {
            id: body,
            province,
            name: name.to_owned(),
            kind: BodyKind::GeneralHospital,
            level: BodyLevel::Province,
            parent: None,
            area: "91".parse().ok(),
            valid_from: date(2025, 7, 1),
            valid_to: None,
            ownership: Ownership::Public,
            successors: Vec::new(),
        },
        code: code.to_owned(),
        facility: Some(NewFacility {
            tier: Some(2),
            readiness: Readiness::Routine,
            beds: Beds { planned: Some(200), open: Some(180), oxygen: Some(60), icu: Some(10) },
            stores,
            stores_from: date(2025, 7, 1),
        }),
        posts: Vec::new(),
        absences: Vec::new(),
        simulated: true,
    };
    office.perform_blocking(Actor::program(province), registered).expect("a facility");
    Hospital { id: FacilityId::of_body(body), percent, kilograms, cylinders }
}

impl World {
    fn new(server: Option<Server>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database: Database = match &server {
            Some(server) => server.database().parse().expect("an address"),
            None => Database::Sqlite(folder.path().join("api.db")),
        };
        store::migrate::migrate(&database, START).expect("a schema");
        let clock = Arc::new(AtomicI64::new(START.micros()));
        let shown = Arc::clone(&clock);
        let real: desk::RealClock = Arc::new(move || Moment::from_micros(shown.load(Ordering::SeqCst)));
        let office = Office::open(store::Store::open(&database, 2).expect("a store"), real).expect("an office");
        let founded = FoundCommandPost {
            area: "91".parse().expect("a code"),
            opened_on: date(2025, 7, 1),
            state: Readiness::Emergency,
            administrator: None,
        };
        let province =
            office.perform_blocking(Actor::program(ProvinceId::NATION), founded).expect("a command post").done;
        let near = hospital(&office, province, "BV Hải Âu", "HAIAU");
        let far = hospital(&office, province, "BV Núi Xa", "NUIXA");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let account = |login: &str, role: Role, facility: Option<FacilityId>| {
            let added = AddAccount {
                key: None,
                login: login.to_owned(),
                display_name: format!("Tài khoản {login}"),
                password_hash: String::new(),
                roles: vec![role],
                facility,
                area: None,
            };
            office.perform_blocking(Actor::program(province), added).expect("an account").done
        };
        let session = |account, kind| {
            let opened = runtime.block_on(door::open(&office, province, account, kind, TOKEN_SESSION));
            opened.expect("a session")
        };
        let token = |account| session(account, "token").token;
        let officer = account("mai", Role::FocalOfficer, Some(near.id));
        let browser = session(officer, "browser");
        Self {
            officer: token(officer),
            duty: token(account("truc", Role::DutyOfficer, None)),
            observer: token(account("xem", Role::Observer, None)),
            administrator: token(account("quantri", Role::Administrator, None)),
            browser: (browser.token, browser.csrf),
            router: router(App::new(office.clone())),
            keys: AtomicU64::new(0),
            runtime,
            office,
            clock,
            province,
            near,
            far,
            _folder: folder,
            _server: server,
        }
    }

    /// Now, as the machine's and the province's clock show it.
    pub fn now(&self) -> Moment {
        Moment::from_micros(self.clock.load(Ordering::SeqCst))
    }

    /// Time passes.
    pub fn pass(&self, span: Span) {
        self.clock.fetch_add(span.as_micros(), Ordering::SeqCst);
    }

    /// What has been recorded until now becomes what was known until now.
    pub fn seal(&self) {
        let province = self.province;
        let sealed = self
            .office
            .store()
            .write_blocking::<_, store::StoreError, _>(move |transaction| store::audit::seal(transaction, province));
        assert!(sealed.expect("a seal") > 0);
    }

    /// A key that nobody has used.
    pub fn key(&self) -> String {
        format!("may-{:06}", self.keys.fetch_add(1, Ordering::SeqCst))
    }

    pub fn send(&self, request: Request<Body>) -> Got {
        let router = self.router.clone();
        self.runtime.block_on(async move {
            let response = router.oneshot(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.expect("a body");
            Got { status: parts.status, headers: parts.headers, bytes }
        })
    }

    pub fn get(&self, token: &str, path: &str) -> Got {
        let request = Request::get(path).header("authorization", format!("Bearer {token}"));
        self.send(request.body(Body::empty()).expect("a request"))
    }

    pub fn post_bytes(&self, token: &str, path: &str, key: &str, body: impl Into<Body>) -> Got {
        let request = Request::post(path)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .header("idempotency-key", key);
        self.send(request.body(body.into()).expect("a request"))
    }

    pub fn post(&self, token: &str, path: &str, key: &str, body: &Value) -> Got {
        self.post_bytes(token, path, key, body.to_string())
    }

    /// Files a report of `near` by its officer, and lets a minute pass.
    pub fn file(&self, body: &Value) -> Got {
        let got = self.post(&self.officer, &self.near.reports(), &self.key(), body);
        self.pass(Span::minutes(1));
        got
    }
}

/// RFC 3339 in Vietnam.
pub fn written(moment: Moment) -> String {
    format!("{}+07:00", moment.local())
}

/// The same for an address.
pub fn escaped(moment: Moment) -> String {
    written(moment).replace('+', "%2B")
}
