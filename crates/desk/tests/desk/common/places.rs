//! Facilities and what they have.

use desk::Actor;
use desk::operations::register_body::{NewFacility, RegisterBody};
use jiff::civil::date;
use oxygen::{Gauge, GaugeChart, OwnedVessels, RatedFlow, Store, StoreId};
use place::body::{Beds, Body, BodyKind, BodyLevel, Ownership, Post, PostKind};
use place::{AreaCode, BodyId, FacilityId, PersonId, ProvinceId};
use protocol::Readiness;
use quantity::{Grams, Id, Moment, Typed, Unit, VesselSpec};

use super::World;

/// A facility that is being described.
pub struct NewPlace<'w> {
    world: &'w World,
    pub body: Body,
    pub code: String,
    pub stores: Vec<Store>,
    pub posts: Vec<Post>,
    pub beds: Beds,
    pub simulated: bool,
}

/// A facility that is registered.
pub struct Place<'w> {
    pub world: &'w World,
    pub id: FacilityId,
    pub code: String,
    pub name: String,
    pub stores: Vec<Store>,
}

impl World {
    /// A key that no other row has.
    pub fn id(&self) -> Id {
        desk::random::id(self.now())
    }

    /// A district hospital of the world's province, in its first commune.
    pub fn facility(&self, name: &str) -> NewPlace<'_> {
        self.facility_in(self.province, "91", name)
    }

    /// The same in another province.
    pub fn facility_in(&self, province: ProvinceId, area: &str, name: &str) -> NewPlace<'_> {
        let body = Body {
            id: BodyId(self.id()),
            province,
            name: name.to_owned(),
            kind: BodyKind::MedicalCentre,
            level: BodyLevel::District,
            parent: None,
            area: Some(self.commune(area, 0)),
            valid_from: date(2026, 1, 1),
            valid_to: None,
            ownership: Ownership::Public,
            successors: Vec::new(),
        };
        let code = place::text::ascii_fold(name).replace(' ', "-");
        let (stores, posts) = (Vec::new(), Vec::new());
        NewPlace { world: self, body, code, stores, posts, beds: Beds::default(), simulated: false }
    }
}

impl<'w> NewPlace<'w> {
    /// A tank read in kilograms.
    pub fn with_tank(self, kg: i64) -> Self {
        self.with(|id| Store::tank(id, "Bồn số 1", Grams::from_kg(kg)))
    }

    /// A tank whose gauge shows per cent.
    pub fn with_tank_in_percent(self, kg: i64) -> Self {
        let capacity = Grams::from_kg(kg);
        let chart = GaugeChart::proportional(Unit::Percent, 100.0, capacity).expect("a chart");
        self.with(|id| Store::tank(id, "Bồn phần trăm", capacity).with_gauge(Gauge::Chart(chart)))
    }

    /// Cylinders of a size.
    pub fn with_cylinders(self, litres: f64, owned: u32) -> Self {
        let spec = VesselSpec::of_litres(litres).expect("a known size");
        let label = format!("Chai {litres} lít");
        self.with(|id| Store::cylinders(id, &label, OwnedVessels { spec, owned }))
    }

    /// A plant rated in Nm³/h.
    pub fn with_plant(self, rated: f64) -> Self {
        let flow = Typed::measured(rated, Unit::NormalCubicMetrePerHour);
        self.with(|id| Store::plant(id, "Máy PSA", RatedFlow { flow, tested_on: None }))
    }

    /// A store of any kind.
    pub fn with(mut self, store: impl FnOnce(StoreId) -> Store) -> Self {
        self.stores.push(store(StoreId(self.world.id())));
        self
    }

    /// Where it lies.
    pub fn lying_in(mut self, area: AreaCode) -> Self {
        self.body.area = Some(area);
        self
    }

    /// What it is.
    pub fn being(mut self, kind: BodyKind, level: BodyLevel) -> Self {
        (self.body.kind, self.body.level) = (kind, level);
        self
    }

    /// Whose it is.
    pub const fn owned_by(mut self, ownership: Ownership) -> Self {
        self.body.ownership = ownership;
        self
    }

    /// Someone who holds a post from the first day on.
    pub fn with_post(mut self, kind: PostKind, name: &str, phone: &str) -> Self {
        self.posts.push(Post {
            body: self.body.id,
            kind,
            person: PersonId(self.world.id()),
            name: name.to_owned(),
            phone: Some(phone.to_owned()),
            from: Moment::start_of(date(2026, 1, 1)),
            to: None,
        });
        self
    }

    /// Invented.
    pub const fn simulated(mut self) -> Self {
        self.simulated = true;
        self
    }

    /// The operation that registers it.
    pub fn operation(&self) -> RegisterBody {
        RegisterBody {
            body: self.body.clone(),
            code: self.code.clone(),
            facility: Some(NewFacility {
                tier: Some(2),
                readiness: Readiness::Routine,
                beds: self.beds,
                stores: self.stores.clone(),
                stores_from: date(2026, 1, 1),
            }),
            posts: self.posts.clone(),
            absences: Vec::new(),
            simulated: self.simulated,
        }
    }

    /// Registers it.
    pub fn register(self) -> Place<'w> {
        let program = Actor::program(self.body.province);
        self.world.office.perform_blocking(program, self.operation()).expect("registers");
        Place {
            world: self.world,
            id: FacilityId::of_body(self.body.id),
            code: self.code,
            name: self.body.name,
            stores: self.stores,
        }
    }
}

impl Place<'_> {
    /// The key of its store at a place of the form.
    pub fn store(&self, position: usize) -> StoreId {
        self.stores[position].id
    }

    /// What a store last said, by the projection that the list reads.
    pub fn latest(&self, position: usize) -> Option<Grams> {
        let store = self.store(position);
        self.world
            .office
            .look_blocking(|_, connection| {
                Ok(store::projection::of_facility(connection, self.world.province, self.id)?)
            })
            .expect("reads")
            .into_iter()
            .find(|state| state.store == store)
            .and_then(|state| state.latest)
            .map(|latest| latest.grams)
    }

    /// Its reports, newest first.
    pub fn reports(&self) -> Vec<store::series::ReportLine> {
        let ever = Moment::from_micros(i64::MAX);
        self.world
            .office
            .look_blocking(|_, connection| {
                Ok(store::series::reports(connection, self.world.province, self.id, ever, 100)?)
            })
            .expect("reads")
    }
}
