//! Trips of the drill's night, all invented: one with three stops on the road, one that is late, one that waits for the
//! morning ferry to an island, and what a supplier can give today. Told through operations, each at its moment.

use desk::operations::supply::keep_vehicle::KeepVehicle;
use desk::operations::supply::trips::accept_trip::{DriverAccepts, SupplierAccepts};
use desk::operations::supply::trips::load_trip::LoadTrip;
use desk::operations::supply::trips::make_trip::TripPlan;
use desk::operations::supply::trips::offer::TellOffer;
use desk::operations::supply::trips::order_trip::{OrderTrip, PlannedLine};
use desk::operations::supply::trips::start_trip::StartTrip;
use desk::operations::supply::trips::stop_arrived::StopArrived;
use desk::record::{self, Kept, RecordId};
use desk::rights::Role;
use desk::supply::{Contract, Priority, Product, Trip, TripSource, Vehicle, VehicleKind, name_key};
use desk::{Actor, Office, Operation, Outcome};
use oxygen::{Store, StoreKind};
use quantity::{Grams, Moment, Span, Unit};
use simulate::{Chapter, Scenario, SimulatedFacility};
use store::account;

/// Plate, kilograms, driver, number.
const VEHICLES: [(&str, i64, &str, &str); 3] = [
    ("68C-910.31", 7_000, "Đặng Văn Tràm", "0903 555 031"),
    ("68C-910.32", 5_000, "Võ Thị Sen", "0903 555 032"),
    ("68C-910.33", 4_000, "Phan Văn Bần", "0903 555 033"),
];
/// Tanks of the province that the orders of `supply` leave alone.
const FIRST_TANK: usize = 6;

/// A tank and how much it gets, when.
struct Load<'a> {
    place: (&'a SimulatedFacility, &'a Store),
    kilograms: i64,
    eta: i64,
    note: &'a str,
}

struct Telling<'a> {
    office: &'a Office,
    desk: Actor,
    leader: Actor,
    now: Moment,
    contract: Kept<Contract>,
}

/// Tells the trips of the drill; the other chapters have none.
pub async fn tell(office: &Office, chapter: Chapter, scenario: &Scenario) -> Outcome<()> {
    if chapter != Chapter::Drill2026 {
        return Ok(());
    }
    let province = scenario.province();
    let id = province.id;
    let now = chapter.opening();
    let number = name_key(&format!("01/{}/HĐ-OXY", now.date().year()));
    let read = office.look(move |_, connection| {
        let accounts = account::list(connection, id)?;
        Ok((accounts, record::of_code::<Contract>(connection, id, &number)?))
    });
    let (accounts, contract) = read.await?;
    let Some(contract) = contract else { return Ok(()) };
    let actor = |role: Role| {
        let found = accounts.iter().find(|account| account.login == role.code());
        found.map_or_else(|| Actor::program(id), Actor::of_account)
    };
    let (desk, leader) = (actor(Role::DutyOfficer), actor(Role::Leader));
    let telling = Telling { office, desk, leader, now, contract };
    let tank = |facility: &'_ SimulatedFacility| facility.stores.iter().position(|store| store.kind == StoreKind::Tank);
    let with_tank = |facility| tank(facility).map(|place| (facility, &facility.stores[place]));
    let ashore = province.facilities.iter().filter(|facility| !facility.island);
    let tanks: Vec<_> = ashore.filter_map(with_tank).skip(FIRST_TANK).take(4).collect();
    let island = province.facilities.iter().filter(|facility| facility.island).find_map(with_tank);
    telling.vehicles().await?;
    telling.offers().await?;
    if let [first, second, third, fourth] = tanks[..] {
        telling.three_stops([first, second, third]).await?;
        telling.late(fourth).await?;
    }
    match island {
        Some(place) => telling.by_ferry(place).await,
        None => Ok(()),
    }
}

impl Telling<'_> {
    async fn does<O: Operation>(&self, actor: &Actor, minutes_ago: i64, operation: O) -> Outcome<O::Done> {
        self.office.perform_as_at(actor.clone(), self.now - Span::minutes(minutes_ago), operation).await
    }

    async fn vehicles(&self) -> Outcome<()> {
        for (plate, capacity, driver, phone) in VEHICLES {
            let vehicle = Vehicle {
                plate: plate.to_owned(),
                kind: VehicleKind::LiquidTanker,
                capacity: Grams::from_kg(capacity),
                cylinders: Vec::new(),
                owner: "Đội xe điều phối oxy (mô phỏng)".to_owned(),
                roads: "đường từ 8 tấn".to_owned(),
                ferry: Some(capacity <= 4_000),
                driver: driver.to_owned(),
                phone: phone.to_owned(),
                inspected_until: jiff::civil::Date::new(2027, 6, 30).ok(),
                retired: false,
            };
            self.does(&self.desk, 60 * 24 * 20, KeepVehicle { key: None, id: None, vehicle }).await?;
        }
        Ok(())
    }

    async fn offers(&self) -> Outcome<()> {
        let offer = TellOffer {
            key: None,
            through: None,
            supplier: self.contract.content.supplier,
            product: Product::Liquid,
            day: self.now.date(),
            amount: "26 tấn".to_owned(),
            said_by: "anh Tư (điều độ)".to_owned(),
        };
        self.does(&self.desk, 420, offer).await.map(drop)
    }

    /// Orders and their trip; minutes are counted from the opening.
    async fn ordered(
        &self,
        plate: &str,
        (ago, starts, ends): (i64, i64, i64),
        loads: &[Load<'_>],
    ) -> Outcome<RecordId<Trip>> {
        let at = |minutes: i64| self.now + Span::minutes(minutes);
        let line = |load: &Load<'_>| PlannedLine {
            facility: load.place.0.facility.id,
            store: load.place.1.id,
            amount: load.kilograms.to_string(),
            unit: Some(Unit::Kilogram),
            contract: Some(self.contract.id),
            needed_by: at(load.eta + 180),
            eta: Some(at(load.eta)),
            priority: Priority::Severe,
            reason: "kế hoạch đêm: giữ dự trữ trên 24 giờ".to_owned(),
            empties: 0,
            note: load.note.to_owned(),
        };
        let plan = TripPlan {
            plate: plate.to_owned(),
            driver: String::new(),
            phone: String::new(),
            source: TripSource::Supplier(self.contract.content.supplier),
            starts_at: at(starts),
            ends_at: Some(at(ends)),
        };
        let lines = loads.iter().map(line).collect();
        let ordering = OrderTrip { key: None, plan, lines, legal_basis: String::new(), planned_by: None };
        Ok(self.does(&self.leader, ago, ordering).await?.trip)
    }

    async fn accepted(&self, trip: RecordId<Trip>, driver: &str, ago: i64) -> Outcome<()> {
        let supplier = SupplierAccepts {
            key: None,
            through: None,
            trip,
            said_by: "anh Tư (điều độ)".to_owned(),
            ready_at: None,
            amount: String::new(),
        };
        self.does(&self.desk, ago, supplier).await?;
        let driver = DriverAccepts { key: None, through: None, trip, said_by: driver.to_owned(), at: None };
        self.does(&self.desk, ago - 5, driver).await
    }

    async fn sets_off(&self, trip: RecordId<Trip>, loaded: i64, started: i64) -> Outcome<()> {
        let load = LoadTrip { key: None, through: None, trip, amounts: Vec::new(), at: None };
        self.does(&self.desk, loaded, load).await?;
        self.does(&self.desk, started, StartTrip { key: None, through: None, trip, at: None }).await
    }

    /// On the road with three stops; it stands before the first one.
    async fn three_stops(&self, places: [(&SimulatedFacility, &Store); 3]) -> Outcome<()> {
        let [first, second, third] = places;
        let loads = [
            Load { place: first, kilograms: 1_500, eta: 5, note: "cổng sau, gọi trước 15 phút" },
            Load { place: second, kilograms: 1_200, eta: 95, note: "" },
            Load { place: third, kilograms: 900, eta: 170, note: "cầu tạm 8 tấn, đi chậm" },
        ];
        let trip = self.ordered(VEHICLES[0].0, (240, -100, 270), &loads).await?;
        self.accepted(trip, VEHICLES[0].2, 220).await?;
        self.sets_off(trip, 130, 98).await?;
        let arrived = StopArrived { key: None, through: None, trip, stop: 1, at: None };
        self.does(&self.desk, 6, arrived).await
    }

    /// Forty minutes late on a road under water.
    async fn late(&self, place: (&SimulatedFacility, &Store)) -> Outcome<()> {
        let loads = [Load { place, kilograms: 1_000, eta: -40, note: "đường ngập đoạn cuối" }];
        let trip = self.ordered(VEHICLES[1].0, (300, -160, 90), &loads).await?;
        self.accepted(trip, VEHICLES[1].2, 280).await?;
        self.sets_off(trip, 190, 150).await
    }

    /// Accepted, to be loaded for the first ferry.
    async fn by_ferry(&self, place: (&SimulatedFacility, &Store)) -> Outcome<()> {
        let note = "phà chuyến 04:30, có mặt ở bến trước 30 phút; phà nghỉ thì gọi ngay trực điều hành";
        let loads = [Load { place, kilograms: 2_000, eta: 330, note }];
        let trip = self.ordered(VEHICLES[2].0, (180, 40, 700), &loads).await?;
        self.accepted(trip, VEHICLES[2].2, 120).await
    }
}
