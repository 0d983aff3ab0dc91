//! Supply in the chapters: suppliers, vehicles and contracts; trucks on the road in the drill, one of them late; contracts
//! that end and an invoice that does not fit on quiet days. All of it told through operations, all of it invented.

use desk::operations::supply::ask_oxygen::AskOxygen;
use desk::operations::supply::attach_letter::AttachLetter;
use desk::operations::supply::decide_request::DecideRequest;
use desk::operations::supply::keep_asset::KeepAsset;
use desk::operations::supply::keep_contract::KeepContract;
use desk::operations::supply::keep_supplier::KeepSupplier;
use desk::operations::supply::keep_vehicle::KeepVehicle;
use desk::operations::supply::lend_oxygen::LendOxygen;
use desk::operations::supply::order_accepted::OrderAccepted;
use desk::operations::supply::order_loaded::OrderLoaded;
use desk::operations::supply::receive_oxygen::{Delivery, ReceiveOxygen};
use desk::operations::supply::record_invoice::RecordInvoice;
use desk::record::RecordId;
use desk::rights::Role;
use desk::supply::{
    Asset, Condition, Contact, Contract, Given, Output, Plant, Priority, Product, Request, Shells, Supplier, Vehicle,
    VehicleKind,
};
use desk::views::supply::reconcile::month;
use desk::{Actor, Failure, Office, Operation, Outcome};
use jiff::ToSpan;
use jiff::civil::Time;
use oxygen::supply::{Ceiling, Price, Terms, dong_for};
use oxygen::{Store, StoreKind};
use quantity::{Grams, Moment, Span, Typed, Unit, VesselSpec};
use simulate::{Chapter, Scenario, SimulatedFacility};
use store::account;

use super::letter::pdf;

/// Plate, kind, kilograms, owner's place in the list of suppliers, driver, number, days until its inspection ends.
const VEHICLES: [(&str, VehicleKind, i64, usize, &str, &str, i64); 6] = [
    ("68C-910.21", VehicleKind::LiquidTanker, 9_000, 0, "Lâm Văn Cá", "0903 555 001", 210),
    ("68C-910.22", VehicleKind::LiquidTanker, 6_000, 1, "Hồ Thị Bưởi", "0903 555 002", 95),
    ("67C-880.07", VehicleKind::LiquidTanker, 5_000, 2, "Mai Văn Dừa", "0903 555 003", -12),
    ("67C-880.15", VehicleKind::CylinderTruck, 1_400, 3, "Tô Văn Ổi", "0903 555 004", 160),
    ("68MĐ1-555.09", VehicleKind::Motorbike, 30, 4, "Kiều Thị Mía", "0903 555 005", 300),
    ("KG-5550-TS", VehicleKind::Boat, 4_000, 1, "Ngư Văn Sóng", "0903 555 006", 40),
];

/// Who tells: the account of a role.
struct Cast {
    desk: Actor,
    leader: Actor,
}

/// One province being told.
struct Telling<'a> {
    office: &'a Office,
    cast: Cast,
    now: Moment,
    tanks: Vec<(&'a SimulatedFacility, &'a Store)>,
}

/// Tells the supply of a chapter as it stands at the opening.
pub async fn tell(office: &Office, chapter: Chapter, scenario: &Scenario) -> Outcome<()> {
    let province = scenario.province();
    let accounts = office.look(move |_, connection| Ok(account::list(connection, place::ProvinceId::new(1))?)).await?;
    let actor = |role: Role| {
        let found = accounts.iter().find(|account| account.login == role.code());
        found.map_or_else(|| Actor::program(province.id), Actor::of_account)
    };
    let tanks = province.facilities.iter().filter_map(|facility| {
        let tank = facility.stores.iter().find(|store| store.kind == StoreKind::Tank)?;
        Some((facility, tank))
    });
    let telling = Telling {
        office,
        cast: Cast { desk: actor(Role::DutyOfficer), leader: actor(Role::Leader) },
        now: chapter.opening(),
        tanks: tanks.collect(),
    };
    let names = province.suppliers.iter().filter_map(|id| province.bodies.iter().find(|body| body.id == *id));
    let names: Vec<_> = names.map(|body| (body.id, body.name.clone())).collect();
    for (place, (body, name)) in names.iter().enumerate() {
        telling.register(place, body.0, name).await?;
    }
    for vehicle in VEHICLES {
        telling.vehicle(vehicle, &names[vehicle.3 % names.len()].1).await?;
    }
    let ids: Vec<RecordId<Supplier>> = names.iter().map(|(body, _)| RecordId::new(body.0)).collect();
    let contracts = telling.contracts(&ids).await?;
    match chapter {
        Chapter::Quiet2026 => telling.quiet(&contracts).await?,
        Chapter::Drill2026 | Chapter::Delta2021 => telling.crisis(&contracts).await?,
    }
    telling.machine(province.facilities.iter().find(|facility| has_plant(facility))).await
}

fn has_plant(facility: &SimulatedFacility) -> bool {
    facility.stores.iter().any(|store| store.kind == StoreKind::Plant)
}

impl<'a> Telling<'a> {
    async fn does<O: Operation>(&self, actor: &Actor, hours_ago: i64, operation: O) -> Outcome<O::Done> {
        self.office.perform_as_at(actor.clone(), self.now - Span::hours(hours_ago), operation).await
    }

    async fn register(&self, place: usize, body: quantity::Id, name: &str) -> Outcome<()> {
        let refills = place == 2 || place == 4;
        let tonnes = [24.0, 12.0, 3.0, 8.0, 1.5][place % 5];
        let typed = Typed::measured(tonnes, Unit::Tonne);
        let product = if refills { Product::Cylinders } else { Product::Liquid };
        let day = self.now.date();
        let supplier = Supplier {
            name: name.to_owned(),
            plant: if refills { Plant::RefillStation } else { Plant::Producer },
            place: ["Long Xuyên", "Rạch Giá", "Châu Đốc", "Hà Tiên", "Phú Quốc"][place % 5].to_owned(),
            outputs: vec![Output { product, grams: Grams::from_kg_f64(tonnes * 1_000.0), typed }],
            open: refills.then(|| (Time::constant(7, 0, 0, 0), Time::constant(21, 0, 0, 0))),
            medical_release: [Some(true), Some(true), Some(true), Some(true), None][place % 5],
            commitment: (place < 3).then(|| {
                let signed = day.checked_sub(40.days()).unwrap_or(day);
                (signed, format!("Cam kết sẵn sàng số {:02} (mô phỏng)", place + 1))
            }),
            shells: vec![
                Shells { water_volume_ml: 40_000, count: 60 * (place as u32 + 2) },
                Shells { water_volume_ml: 10_000, count: 40 * (place as u32 + 1) },
            ],
            contacts: vec![Contact {
                name: ["anh Tư", "chị Năm", "anh Sáu", "chị Bảy", "anh Tám"][place % 5].to_owned(),
                post: "điều độ".to_owned(),
                phone: format!("0903 555 1{place:02}"),
            }],
            closed: false,
        };
        let operation = KeepSupplier { key: None, id: None, body: Some(body), supplier };
        self.does(&self.cast.desk, 24 * 40, operation).await.map(drop)
    }

    async fn vehicle(
        &self,
        (plate, kind, capacity, _, driver, phone, days): (&str, VehicleKind, i64, usize, &str, &str, i64),
        owner: &str,
    ) -> Outcome<()> {
        let today = self.now.date();
        let vehicle = Vehicle {
            plate: plate.to_owned(),
            kind,
            capacity: Grams::from_kg(capacity),
            cylinders: if kind == VehicleKind::CylinderTruck { vec![(40_000, 170)] } else { Vec::new() },
            owner: owner.to_owned(),
            roads: if kind == VehicleKind::LiquidTanker {
                "đường từ 10 tấn; cấm 6–8 giờ nội ô"
            } else {
                ""
            }
            .to_owned(),
            ferry: Some(kind != VehicleKind::LiquidTanker || capacity < 6_000),
            driver: driver.to_owned(),
            phone: phone.to_owned(),
            inspected_until: today.checked_add(days.days()).ok(),
            retired: false,
        };
        let operation = KeepVehicle { key: None, id: None, vehicle };
        self.does(&self.cast.desk, 24 * 39, operation).await.map(drop)
    }

    /// One contract a supplier: they end at different times, one is nearly drawn.
    async fn contracts(&self, suppliers: &[RecordId<Supplier>]) -> Outcome<Vec<RecordId<Contract>>> {
        let today = self.now.date();
        let mut kept = Vec::new();
        for (place, supplier) in suppliers.iter().enumerate() {
            let ends = [300, 62, 140, 410, -20][place % 5];
            let price = match place % 5 {
                2 => Price::PerCylinder { dong: 58_000, size: VesselSpec::LITRES_40 },
                4 => Price::PerCylinder { dong: 71_000, size: VesselSpec::LITRES_40 },
                other => Price::PerKg { dong: [5_600, 6_300, 0, 5_900, 0][other] },
            };
            let contract = Contract {
                number: format!("{:02}/{}/HĐ-OXY", place + 1, today.year()),
                supplier: *supplier,
                buyers: Vec::new(),
                joint_buyer: Some("Sở Y tế (mua tập trung, mô phỏng)".to_owned()),
                legal_basis: format!("QĐ phê duyệt kết quả lựa chọn nhà thầu số {}/QĐ-SYT (mô phỏng)", 100 + place),
                payer: "Cơ sở nhận oxy".to_owned(),
                signer: "Giám đốc Sở Y tế".to_owned(),
                signed_on: today.checked_sub(200.days()).ok(),
                terms: Terms {
                    from: today.checked_sub(190.days()).unwrap_or(today),
                    to: today.checked_add(ends.days()).unwrap_or(today),
                    ceiling: match place % 5 {
                        1 => Ceiling::Money(1_890_000_000),
                        _ => Ceiling::Mass(Grams::from_kg([90_000, 0, 12_000, 40_000, 8_000][place % 5])),
                    },
                    price,
                },
                lead_hours: [12, 18, 24, 16, 36][place % 5],
                ended: false,
            };
            let operation = KeepContract { key: None, id: None, contract };
            kept.push(self.does(&self.cast.desk, 24 * 38, operation).await?);
        }
        Ok(kept)
    }

    /// A share of what a tank holds, in kilograms, as much as the smallest tanker carries at most.
    fn kilograms(&self, place: usize, share: f64) -> f64 {
        let (_, tank) = self.tanks[place % self.tanks.len()];
        ((tank.capacity.as_kg() * share / 50.0).floor() * 50.0).clamp(50.0, 4_000.0)
    }

    /// A need of a tank.
    fn need(&self, place: usize, share: f64, hours: i64, contract: RecordId<Contract>) -> AskOxygen {
        let (facility, tank) = self.tanks[place % self.tanks.len()];
        AskOxygen {
            key: None,
            facility: facility.facility.id,
            store: tank.id,
            amount: quantity::show_number(self.kilograms(place, share), 0),
            unit: Some(Unit::Kilogram),
            needed_by: self.now + Span::hours(hours),
            priority: if hours < 8 { Priority::Emergency } else { Priority::Severe },
            reason: "dự trữ dưới mức đặt hàng".to_owned(),
            told_by: "đầu mối oxy của cơ sở, qua điện thoại".to_owned(),
            supplier: None,
            contract: Some(contract),
        }
    }

    async fn approved(&self, need: AskOxygen, hours_ago: i64) -> Outcome<RecordId<Request>> {
        let asked = self.does(&self.cast.desk, hours_ago + 1, need).await?;
        if !asked.approved {
            let decision = DecideRequest {
                key: None,
                request: asked.request,
                approve: true,
                reason: String::new(),
                supplier: None,
                contract: None,
                legal_basis: String::new(),
            };
            self.does(&self.cast.leader, hours_ago, decision).await?;
        }
        let request = asked.request;
        let accepted =
            OrderAccepted { key: None, request, said_by: "điều độ nhà cung ứng".into(), promised_for: None };
        self.does(&self.cast.desk, hours_ago, accepted).await?;
        Ok(request)
    }

    async fn loaded(
        &self,
        request: RecordId<Request>,
        plate: &str,
        hours_ago: i64,
        minutes: i64,
        starts: bool,
    ) -> Outcome<()> {
        let load = OrderLoaded {
            key: None,
            request,
            plate: plate.to_owned(),
            driver: String::new(),
            phone: String::new(),
            amount: String::new(),
            unit: None,
            eta: self.now + Span::minutes(minutes),
            starts,
        };
        self.does(&self.cast.desk, hours_ago, load).await.map(drop)
    }

    /// The night of the drill: two trucks on the road, one of them late, one loaded, one asked for.
    async fn crisis(&self, contracts: &[RecordId<Contract>]) -> Outcome<()> {
        self.short(contracts).await?;
        let first = self.approved(self.need(0, 0.5, 4, contracts[0]), 5).await?;
        self.loaded(first, "68C-910.21", 2, 126, true).await?;
        let late = self.approved(self.need(1, 0.4, 2, contracts[1]), 7).await?;
        self.loaded(late, "68C-910.22", 4, -35, true).await?;
        let ready = self.approved(self.need(2, 0.4, 9, contracts[0]), 3).await?;
        self.loaded(ready, "67C-880.07", 1, 240, false).await?;
        self.approved(self.need(3, 0.4, 14, contracts[3]), 2).await?;
        self.does(&self.cast.desk, 1, self.need(4, 0.3, 20, contracts[3])).await?;
        self.loan().await
    }

    /// Yesterday's delivery came short.
    async fn short(&self, contracts: &[RecordId<Contract>]) -> Outcome<()> {
        let need = AskOxygen { needed_by: self.now - Span::hours(20), ..self.need(5, 0.2, 0, contracts[3]) };
        let request = self.approved(need, 30).await?;
        self.loaded(request, "68C-910.21", 26, -22 * 60, true).await?;
        let tare = 9_030.0;
        let delivery = Delivery {
            gross: quantity::show_number(tare + (self.kilograms(5, 0.2) * 0.9).round(), 0),
            tare: quantity::show_number(tare, 0),
            ticket: "PC-0418".to_owned(),
            note: "PX-2207".to_owned(),
            plate: "68C-910.21".to_owned(),
            deliverer: "Lâm Văn Cá".to_owned(),
            receiver: "điều dưỡng trực".to_owned(),
            ..Delivery::default()
        };
        self.does(&self.cast.desk, 22, ReceiveOxygen { key: None, request, delivery }).await.map(drop)
    }

    /// Quiet days: everything has come, the month's invoice does not fit.
    async fn quiet(&self, contracts: &[RecordId<Contract>]) -> Outcome<()> {
        self.short(contracts).await?;
        self.does(&self.cast.desk, 3, self.need(0, 0.4, 60, contracts[0])).await?;
        self.loan().await?;
        let (facility, _) = self.tanks[0];
        let (id, actor) = (facility.facility.id, self.cast.desk.clone());
        let last_month = self.now.date().first_of_month().yesterday().unwrap_or(self.now.date());
        let read =
            self.office.look(move |office, connection| month(office, connection, &actor, Some(id), Some(last_month)));
        for one in read.await?.suppliers {
            let Some(supplier) = one.supplier else { continue };
            // Two per cent more than the ledger has.
            let billed = Grams::from_kg((one.received.as_kg() * 1.02).round() as i64);
            let price = one.contract_price.unwrap_or(5_900);
            let invoice = RecordInvoice {
                key: None,
                facility: id,
                supplier,
                month: last_month,
                number: "0000417".to_owned(),
                amount: quantity::show_number(billed.as_kg(), 0),
                dong: dong_for(billed, price),
                lines: String::new(),
            };
            self.does(&self.cast.desk, 30, invoice).await?;
        }
        Ok(())
    }

    /// A small loan between neighbours.
    async fn loan(&self) -> Outcome<()> {
        let ((lender, from), (borrower, into)) = (self.tanks[6 % self.tanks.len()], self.tanks[7 % self.tanks.len()]);
        let loan = LendOxygen {
            key: None,
            lender: lender.facility.id,
            from: from.id,
            borrower: borrower.facility.id,
            into: into.id,
            amount: "80".to_owned(),
            unit: Some(Unit::Kilogram),
            at: Some(self.now - Span::hours(40)),
            due: self.now.date().checked_add(6.days()).unwrap_or(self.now.date()),
            signed: ["Võ Văn Khế".to_owned(), "Lý Thị Chanh".to_owned()],
        };
        match self.does(&self.cast.desk, 39, loan).await {
            // Tanks too small for it lend nothing.
            Ok(_) | Err(Failure::Refused(_)) => Ok(()),
            Err(other) => Err(other),
        }
    }

    /// A lent machine that is due back, with the two letters about it.
    async fn machine(&self, facility: Option<&SimulatedFacility>) -> Outcome<()> {
        let Some(facility) = facility else { return Ok(()) };
        let store = facility.stores.iter().find(|store| store.kind == StoreKind::Plant).map(|store| store.id);
        let asset = Asset {
            name: "Hệ thống máy tạo oxy PSA (mô phỏng)".to_owned(),
            serial: "MP-2021-07".to_owned(),
            facility: facility.facility.id,
            store,
            given: Given::Lent,
            giver: "Quỹ Cánh Buồm (mô phỏng)".to_owned(),
            condition: Condition::Works,
            flow: None,
            makes: None,
            due: self.now.date().checked_add(18.days()).ok(),
            decider: "Phó Giám đốc Sở phụ trách trang thiết bị".to_owned(),
            letters: Vec::new(),
            decisions: Vec::new(),
            gone: false,
        };
        let flow = "20".to_owned();
        let keep = KeepAsset { key: None, id: None, asset, flow, unit: Some(Unit::NormalCubicMetrePerHour) };
        let id = self.does(&self.cast.desk, 24 * 20, keep).await?;
        let letters = [
            ("mô phỏng s1", "cân nhắc kỹ trước khi hoàn trả hệ thống máy tạo oxy", "Weigh carefully before returning"),
            ("mô phỏng 02/QCB", "đề nghị nhận lại máy đã cho mượn", "Please return the machine"),
        ];
        for (number, subject, line) in letters {
            let bytes = pdf(line);
            let letter = AttachLetter {
                key: None,
                asset: id,
                number: number.to_owned(),
                subject: subject.to_owned(),
                file: "cong-van-mo-phong.pdf".to_owned(),
                digest: store::sha256(&bytes),
                bytes,
            };
            self.does(&self.cast.desk, 24 * 19, letter).await?;
        }
        Ok(())
    }
}
