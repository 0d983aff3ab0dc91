//! Trips on their pages: made by ticking orders, accepted and delivered through links, printed (OX13, OX15).

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use desk::Operation;
use desk::operations::supply::keep_contract::KeepContract;
use desk::operations::supply::keep_supplier::KeepSupplier;
use desk::operations::supply::keep_vehicle::KeepVehicle;
use desk::operations::supply::trips::make_trip::TripPlan;
use desk::operations::supply::trips::order_trip::{OrderTrip, PlannedLine};
use desk::rights::Role;
use desk::supply::{Contract, Plant, Priority, Supplier, TripSource, Vehicle, VehicleKind};
use jiff::civil::date;
use oxygen::supply::{Ceiling, Price, Terms};
use quantity::{Grams, Unit};

use crate::world::{Answer, Browser, DOOR, Hospital, World, apart, at, device_key, escape, send};

/// A hand on a screen.
const HAND: &str = "10,10 20,30 30,20 40,60 50,50 60,80 70,40";

/// A trip with its supplier and order.
pub struct Trip {
    pub trip: String,
    pub supplier: String,
    pub order: String,
}

fn does<O: Operation>(world: &World, operation: O) -> O::Done {
    apart(|| world.office.perform_blocking(world.program(), operation)).unwrap().done
}

/// A trip with one stop at the hospital, planned for 02:30, arrival at 04:00.
pub fn prepare(world: &World, own: Hospital) -> Trip {
    let supplier = Supplier {
        name: "Khí Biển Xanh".into(),
        plant: Plant::Producer,
        place: "Hà Tiên".into(),
        outputs: Vec::new(),
        open: None,
        medical_release: Some(true),
        commitment: None,
        shells: Vec::new(),
        contacts: Vec::new(),
        closed: false,
    };
    let supplier = does(world, KeepSupplier { key: None, id: None, body: None, supplier });
    let contract = Contract {
        number: "07/2026/HĐ-OXY".into(),
        supplier,
        buyers: vec![own.id],
        joint_buyer: None,
        legal_basis: "QĐ 77 (mô phỏng)".into(),
        payer: "BV Hải Âu".into(),
        signer: "BS. Hai".into(),
        signed_on: None,
        terms: Terms {
            from: date(2026, 1, 1),
            to: date(2026, 12, 31),
            ceiling: Ceiling::Mass(Grams::from_kg(9_000)),
            price: Price::PerKg { dong: 5_000 },
        },
        lead_hours: 12,
        ended: false,
    };
    let contract = does(world, KeepContract { key: None, id: None, contract });
    let vehicle = Vehicle {
        plate: "68C-777.07".into(),
        kind: VehicleKind::LiquidTanker,
        capacity: Grams::from_kg(6_000),
        cylinders: Vec::new(),
        owner: "Biển Xanh".into(),
        roads: String::new(),
        ferry: Some(true),
        driver: "Mai Văn Dừa".into(),
        phone: "0903 555 007".into(),
        inspected_until: Some(date(2027, 1, 1)),
        retired: false,
    };
    does(world, KeepVehicle { key: None, id: None, vehicle });
    let line = PlannedLine {
        facility: own.id,
        store: own.tank,
        amount: "1.000".into(),
        unit: Some(Unit::Kilogram),
        contract: Some(contract),
        needed_by: at(6, 0),
        eta: Some(at(4, 0)),
        priority: Priority::Severe,
        reason: "còn dưới 12 giờ".into(),
        empties: 0,
        note: "cổng sau, gọi trước 15 phút".into(),
    };
    let plan = TripPlan {
        plate: "68C-777.07".into(),
        driver: String::new(),
        phone: String::new(),
        source: TripSource::Supplier(supplier),
        starts_at: at(2, 30),
        ends_at: Some(at(6, 0)),
    };
    let ordering = OrderTrip { key: None, plan, lines: vec![line], legal_basis: String::new(), planned_by: None };
    let done = does(world, ordering);
    Trip { trip: done.trip.to_string(), supplier: supplier.to_string(), order: done.orders[0].to_string() }
}

/// The address of a link, out of the page on which it is shown once.
fn address_of(page: &str) -> String {
    let from = page.find("/giao/").expect("a link");
    page[from..].split(['<', '"', ' ', '\n']).next().unwrap_or_default().to_owned()
}

/// A telephone that keeps its cookie.
struct Phone<'w> {
    world: &'w World,
    cookie: String,
    path: String,
    csrf: String,
}

impl<'w> Phone<'w> {
    /// Opens a link with its button.
    async fn opens(world: &'w World, address: &str) -> Phone<'w> {
        let (path, secret) = address.split_once("?ma=").expect("a secret");
        let nobody = Browser::default();
        let door = world.get(&nobody, address).await;
        assert_eq!(door.status, StatusCode::OK, "{}", door.text());
        assert!(door.text().contains("Mở trên máy này"), "a look alone opens nothing");
        let opened = world.post(&nobody, path, &[("csrf", DOOR), ("ma", secret)]).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text());
        let cookie = opened.header(header::SET_COOKIE).split(';').next().unwrap_or_default().to_owned();
        let mut phone = Phone { world, cookie, path: path.to_owned(), csrf: String::new() };
        let page = phone.page().await;
        let csrf = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        phone.csrf = csrf.unwrap_or_default().to_owned();
        phone
    }

    async fn page(&self) -> String {
        let request = Request::get(&self.path).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap();
        self.world.send(request).await.text()
    }

    async fn sends(&self, to: &str, fields: &[(&str, &str)]) -> Answer {
        let token = [("csrf", self.csrf.as_str())];
        let body = fields
            .iter()
            .chain(&token)
            .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
            .collect::<Vec<_>>();
        let request = Request::post(to)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.world.send(request).await
    }

    /// A deed out of the queue, told so many minutes before it is sent.
    async fn queued(&self, key: &str, minutes: i64, fields: &[(&str, &str)]) -> Answer {
        let typed = (1_000_000_000 - minutes * 60_000).to_string();
        let mut all = vec![("key", key), ("typed_at", typed.as_str()), ("device_now", "1000000000")];
        all.extend(fields);
        self.sends(&format!("/nhap{}", self.path), &all).await
    }
}

/// OX13, OX15: from ticked orders to a trip; the supplier accepts by link, the driver tells from his queue, twice and late;
/// the stock rises once; the notes carry both hands.
#[tokio::test]
async fn a_trip_from_ticked_orders_to_two_hands() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    world.runs_low(own);
    let made = prepare(&world, own);
    let duty = world.somebody(Role::DutyOfficer, None);
    // The trip of the plan is called off: its order waits, and is ticked.
    let path = format!("/chuyen/{}", made.trip);
    let off = send(&world, &duty, &path, &[("form", "calloff"), ("reason", "đổi xe")]).await;
    assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.text());
    let tick = format!("don.{}", made.order);
    let page = world.get(&duty, "/cung-ung").await.text();
    assert!(page.contains(&tick), "orders are ticked where they are listed");
    let fields = [(tick.as_str(), "1"), ("plate", "68C-777.07"), ("starts_at", "2026-11-22T02:30")];
    let refused = send(&world, &duty, "/chuyen", &[("plate", "68C-777.07"), ("starts_at", "2026-11-22T02:30")]).await;
    assert!(refused.text().contains("TRP-034"), "nothing was ticked: {}", refused.text());
    let answer = send(&world, &duty, "/chuyen", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let path = answer.location().split('?').next().unwrap().to_owned();

    // The supplier's link.
    let give = format!("/cung-ung/nha-cung-ung/{}/lien-ket", made.supplier);
    let supplier = Phone::opens(&world, &address_of(&send(&world, &duty, &give, &[]).await.text())).await;
    let shown = supplier.page().await;
    assert!(shown.contains("Khí Biển Xanh: 1 chuyến chờ quý đơn vị nhận lời."), "{shown}");
    assert!(shown.contains("bên thanh toán: BV Hải Âu") && shown.contains("07/2026/HĐ-OXY"));
    let act = format!("{}/viec", supplier.path);
    let trip = path.trim_start_matches("/chuyen/").to_owned();
    let key = device_key();
    let accepts = [
        ("key", key.as_str()),
        ("do", "accept"),
        ("trip", &trip),
        ("said_by", "chị Năm"),
        ("ready_at", "2026-11-22T02:30"),
        ("amount", "1.000"),
    ];
    assert_eq!(supplier.sends(&act, &accepts).await.status, StatusCode::SEE_OTHER);
    assert_eq!(supplier.sends(&act, &accepts).await.status, StatusCode::SEE_OTHER, "pressed twice");

    // The driver's link.
    let driver = Phone::opens(&world, &address_of(&send(&world, &duty, &path, &[("form", "link")]).await.text())).await;
    let shown = driver.page().await;
    assert!(shown.contains("Có chuyến lấy oxy ở Khí Biển Xanh lúc 02:30") && shown.contains("BV Hải Âu"), "{shown}");
    assert_eq!(driver.queued("nhan-chuyen-1", 0, &[("do", "accept"), ("said_by", "Dừa")]).await.status, StatusCode::OK);
    let loads = send(&world, &duty, &path, &[("form", "load")]).await;
    assert_eq!(loads.status, StatusCode::SEE_OTHER, "{}", loads.text());
    world.set_time(at(4, 40));
    let board = world.get(&duty, "/chuyen").await.text();
    assert!(board.contains("trễ 2 giờ 10") || board.contains("trễ 130 phút"), "it has not set off: {board}");
    let deliver = [
        ("do", "delivered"),
        ("stop", "1"),
        ("note", "BX-1"),
        ("gross", "12.000"),
        ("tare", "11.020"),
        ("ticket", "C-9"),
        ("unit", "kg"),
        ("deliverer", "Dừa"),
        ("receiver", "Điều dưỡng trực"),
        ("deliverer_drawn", HAND),
        ("receiver_drawn", HAND),
    ];
    // The queue after an hour without a line: the delivery first, then what came before it, all of it twice.
    for _ in 0..2 {
        let answer = driver.queued("giao-hang-1", 20, &deliver).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let answer = driver.queued("den-noi-so-1", 35, &[("do", "arrived"), ("stop", "1")]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let answer = driver.queued("xuat-phat-1", 120, &[("do", "start")]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    let again = driver.queued("giao-hang-2", 0, &deliver).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("TRP-021"), "{}", again.text());
    let page = world.get(&duty, &path).await.text();
    assert!(page.contains("đã giao 980 kg lúc 04:20"), "{page}");
    assert!(page.contains("22/11/2026 02:40"), "it set off two hours before");
    // The month of his contract, on the supplier's page.
    let shown = supplier.page().await;
    assert!(shown.contains("980 kg") && shown.contains("4.900.000 đồng"), "{shown}");
    // The note on paper, with both hands.
    let note = world.get(&duty, &format!("{path}/phieu")).await.text();
    assert!(note.contains("Phiếu giao nhận oxy") && note.contains("C-9"), "{note}");
    assert_eq!(note.matches("class=\"hand\"").count(), 2);
    // He brings nothing back.
    assert_eq!(driver.queued("dong-chuyen", 0, &[("do", "close"), ("remainder", "0")]).await.status, StatusCode::OK);
    assert!(driver.page().await.contains("Chuyến đã xong"));
}

/// A link that was passed on, and one that was never given, say so; a page elsewhere sends nothing with it.
#[tokio::test]
async fn a_link_of_somebody_else_says_so() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let made = prepare(&world, own);
    let duty = world.somebody(Role::DutyOfficer, None);
    let path = format!("/chuyen/{}", made.trip);
    let address = address_of(&send(&world, &duty, &path, &[("form", "link")]).await.text());
    let first = Phone::opens(&world, &address).await;
    Phone::opens(&world, &address).await;
    let (link, secret) = address.split_once("?ma=").unwrap();
    let third = world.post(&Browser::default(), link, &[("csrf", DOOR), ("ma", secret)]).await;
    assert_eq!(third.status, StatusCode::GONE);
    assert!(third.text().contains("TRP-031") && third.text().contains("đã mở trên 2 máy"), "{}", third.text());
    let nobody = world.get(&Browser::default(), link).await;
    assert_eq!(nobody.status, StatusCode::GONE);
    assert!(nobody.text().contains("TRP-033"), "{}", nobody.text());
    // The token of his page is his telephone's.
    let foreign =
        Phone { csrf: "0011".to_owned(), path: first.path.clone(), cookie: first.cookie.clone(), world: &world };
    let answer = foreign.sends(&format!("{link}/viec"), &[("key", "lam-gia-1"), ("do", "accept")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    // The desk's new link shuts his.
    send(&world, &duty, &path, &[("form", "link")]).await;
    assert!(first.page().await.contains("TRP-032"));
    // The receiver's code stands on the hospital's own page, and on no driver's.
    let focal = world.somebody(Role::FocalOfficer, Some(own.id));
    send(&world, &duty, &path, &[("form", "load")]).await;
    let request = world.get(&focal, &format!("/cung-ung/yeu-cau/{}", made.order)).await.text();
    assert!(request.contains("Mã của người nhận"), "{request}");
    let elsewhere = world.somebody(Role::FocalOfficer, Some(world.hospital("BV Cửa Sông").id));
    assert_eq!(world.get(&elsewhere, &path).await.status, StatusCode::NOT_FOUND);
}

/// Every page says its answer in words, in both languages, and as was known before.
#[tokio::test]
async fn every_page_of_trips_is_worded() {
    let world = World::new();
    let own = world.hospital("BV Hải Âu");
    let made = prepare(&world, own);
    let duty = world.somebody(Role::DutyOfficer, None);
    let path = format!("/chuyen/{}", made.trip);
    for locale in ["vi", "en"] {
        for page in ["/chuyen".to_owned(), path.clone(), format!("{path}/phieu"), "/cung-ung".to_owned()] {
            let request = Request::get(&page)
                .header(header::COOKIE, format!("phien={}; cua={DOOR}; locale={locale}", duty.token))
                .body(Body::empty())
                .unwrap();
            let text = world.send(request).await.text();
            for sign in ["trip-", "trips-", "supply-field-", "driver-", "supplier-"] {
                let standing = text.split(['>', '<']).any(|words| words.trim().starts_with(sign));
                assert!(!standing, "{locale} {page}: a key of a text stands on it: {sign}");
            }
        }
    }
}
