//! What a delivery plan is made from: who needs oxygen, who has it, who can carry it, and what may happen.

use quantity::{Grams, Moment, VesselSpec};
use serde::{Deserialize, Serialize};

use super::minutes::{Minutes, Window};
use super::numbers::{ContractNo, PlaceNo, SiteNo, SourceNo, VehicleNo};
use super::pin::Pin;
use super::plan::Plan;
use super::roads::{Place, Roads};

/// How urgently patients of a facility need oxygen (OX21).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Cấp cứu: emergency and intensive care.
    Emergency,
    /// Người bệnh nặng.
    Severe,
    /// Thường kỳ.
    Usual,
}

/// Whether the command post may order it there, or only ask (a private, military or central facility).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// Chỉ đạo, yêu cầu: a unit of its own.
    Order,
    /// Đề nghị, phối hợp: everybody else.
    Ask,
}

/// Who pays.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// The facility that receives it.
    Facility,
    /// The health department.
    Department,
    /// Nobody: it is given, or lent and returned in kind.
    Nobody,
}

/// A tank for liquid oxygen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Tank {
    /// What of it can be used now: the heel is off.
    pub stock: Grams,
    /// What it holds when full, the heel off.
    pub holds: Grams,
    /// The least that a tanker comes for.
    pub smallest_lot: Grams,
    /// The supplier whose tank it is; none: the facility's own.
    #[serde(default)]
    pub owner: Option<SourceNo>,
    /// Other suppliers that its owner lets fill it.
    #[serde(default)]
    pub consent: Vec<SourceNo>,
}

/// Cylinders of one size. A full one is brought against an empty one.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Rack {
    /// Their size.
    pub size: VesselSpec,
    /// Full ones now.
    pub full: u32,
    /// Empty ones now.
    pub empty: u32,
    /// How many it has room for, full and empty together; more than it has can be lent to it.
    pub room: u32,
    /// The supplier whose shells they are; none: the facility's own.
    #[serde(default)]
    pub owner: Option<SourceNo>,
    /// Other suppliers that may refill them.
    #[serde(default)]
    pub consent: Vec<SourceNo>,
}

/// A facility that uses oxygen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Site {
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub place: PlaceNo,
    /// How urgent its patients are.
    pub class: Class,
    /// What one patient on oxygen takes in 24 hours: turns grams into patient-days.
    pub patient_day: Grams,
    /// Its tank for liquid, if any.
    pub tank: Option<Tank>,
    /// Its cylinders, if any.
    pub rack: Option<Rack>,
    /// What it should still have when the plan ends.
    pub reserve: Grams,
    /// When it takes deliveries, in order of time; empty: always.
    #[serde(default)]
    pub unloads: Vec<Window>,
    /// How long a delivery takes.
    pub unloading: Minutes,
    /// The heaviest class of vehicle that its road bears.
    pub road: u8,
    /// Whether it is ordered or asked.
    pub authority: Authority,
}

/// Liquid that a source has.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Liquid {
    /// What it has now.
    pub stock: Grams,
    /// What it makes in each 24 hours of the plan, evenly; nothing after the last.
    pub made: Vec<Grams>,
}

/// Cylinders of one size that a source fills.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Cylinders {
    /// Their size.
    pub size: VesselSpec,
    /// Filled ones now.
    pub full: u32,
    /// Empty ones now: only a shell that is there can be filled.
    pub empty: u32,
    /// How many it fills in 24 hours while it has empty ones.
    pub fills: u32,
}

/// Where oxygen is loaded: a supplier's plant or refill station, a depot, a hospital that can lend.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub place: PlaceNo,
    /// Its liquid, if any.
    pub liquid: Option<Liquid>,
    /// Its cylinders, by size.
    #[serde(default)]
    pub cylinders: Vec<Cylinders>,
    /// When it loads, in order of time; empty: day and night.
    #[serde(default)]
    pub loads: Vec<Window>,
    /// How long loading takes.
    pub loading: Minutes,
    /// From when its oxygen is released for patients; none: it is not (an industrial line).
    pub released: Option<Minutes>,
    /// The facility that lends it from its own stock (OX16): its stock here is what it can spare.
    #[serde(default)]
    pub lender: Option<SiteNo>,
}

/// What a vehicle carries.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carries {
    /// Liquid, so much.
    Liquid(Grams),
    /// Cylinders, so many, full and empty together.
    Cylinders(u32),
}

/// A vehicle with its driver.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Vehicle {
    /// Its plate.
    pub plate: String,
    /// Where it starts and ends.
    pub depot: PlaceNo,
    /// What it carries.
    pub carries: Carries,
    /// How heavy it is: it goes where [`Site::road`] is at least this.
    pub road: u8,
    /// When it may be out, in order of time; a trip lies in one window. Empty: always.
    #[serde(default)]
    pub free: Vec<Window>,
    /// The longest that its drivers are out in the 24 hours of a day of the plan, all trips that begin in it together.
    pub duty: Minutes,
    /// Whether ferries take it.
    pub boards: bool,
    /// The supplier that it carries for; none: for anybody.
    #[serde(default)]
    pub carries_for: Option<SourceNo>,
}

/// What allows a delivery and says who pays and signs (rule 8).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Contract {
    /// Its number.
    pub number: String,
    /// Who delivers.
    pub source: SourceNo,
    /// Who may be delivered to; empty: everybody.
    #[serde(default)]
    pub sites: Vec<SiteNo>,
    /// What it still allows.
    pub left: Grams,
    /// When it is in force: loading begins in it.
    pub force: Window,
    /// How long before loading an order must reach the supplier.
    pub lead: Minutes,
    /// Who pays.
    pub payer: Payer,
    /// Who signs the order.
    pub signer: String,
    /// On what it rests.
    pub legal_basis: String,
}

/// Something that does not work for a time on one of the paths.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Outage<T> {
    /// What.
    pub of: T,
    /// When.
    pub when: Window,
}

/// One way in which the days of the plan may go.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Path {
    /// What each site takes in each 24 hours, in the order of sites.
    pub need: Vec<Vec<Grams>>,
    /// What each site's own plant makes of it, in the same order; empty: nothing anywhere.
    #[serde(default)]
    pub made: Vec<Vec<Grams>>,
    /// Sources that cannot load: a trip that would load there then does not take place.
    #[serde(default)]
    pub sources_out: Vec<Outage<SourceNo>>,
    /// Vehicles that break down: a trip that would be out then does not take place.
    #[serde(default)]
    pub vehicles_out: Vec<Outage<VehicleNo>>,
}

/// What is weighed against what. All costs are in patient-days without oxygen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Aims {
    /// Weight of a patient-day of each class: emergency, severe, usual.
    pub weights: [f64; 3],
    /// Share of unfairness: a shortage `s` of a need `d` costs `s·(1 + unfairness·s/d)`.
    pub unfairness: f64,
    /// Share of the worst paths beside the mean of all, 0 to 1.
    pub caution: f64,
    /// Which share of paths counts as the worst.
    pub tail: f64,
    /// What a patient-day of reserve that is missing at the end costs.
    pub reserve: f64,
    /// What it costs when it is missing at the end of any other day: what no path tells of, a late truck, a sudden need,
    /// is met by what lies there.
    pub cover: f64,
    /// What a patient-day is worth on each day over what it is worth on the day before, 0 to 1. What comes today is
    /// certain, and tomorrow there is another plan: a plan that counts all days alike puts off what it could do now.
    pub later: f64,
    /// What an hour of a vehicle costs.
    pub hour: f64,
    /// What a kilometre costs.
    pub kilometre: f64,
    /// What it costs to change a visit that was announced for the days in which changes are not free.
    pub change: f64,
    /// What a patient-day bought without a contract costs beside; none forbids it.
    pub emergency_purchase: Option<f64>,
}

impl Default for Aims {
    /// Conventions of this program, unconfirmed.
    fn default() -> Self {
        Self {
            weights: [3.0, 1.5, 1.0],
            unfairness: 2.0,
            caution: 0.3,
            tail: 0.1,
            reserve: 0.1,
            cover: 0.02,
            later: 0.6,
            hour: 0.02,
            kilometre: 0.0005,
            change: 0.25,
            emergency_purchase: None,
        }
    }
}

impl Aims {
    /// Weight of a class.
    pub fn weight(&self, class: Class) -> f64 {
        self.weights[class as usize]
    }
}

/// Everything a plan is made from.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Problem {
    /// Minute 0.
    pub start: Moment,
    /// How many days of 24 hours it looks ahead.
    pub days: u32,
    /// Points on the map.
    pub places: Vec<Place>,
    /// The ways between them.
    #[serde(default)]
    pub roads: Roads,
    /// Who uses oxygen.
    pub sites: Vec<Site>,
    /// Who has it.
    pub sources: Vec<Source>,
    /// Who carries it.
    pub vehicles: Vec<Vehicle>,
    /// What allows a delivery.
    pub contracts: Vec<Contract>,
    /// How the days may go; all equally likely.
    pub paths: Vec<Path>,
    /// What is weighed against what.
    #[serde(default)]
    pub aims: Aims,
    /// The plan that was published before, in minutes after the start of this one.
    #[serde(default)]
    pub before: Option<Plan>,
    /// Trips of it that begin before this are not touched.
    #[serde(default)]
    pub frozen_until: Minutes,
    /// Visits of it until this are changed for a price.
    #[serde(default)]
    pub slushy_until: Minutes,
    /// What a person has decided.
    #[serde(default)]
    pub pins: Vec<Pin>,
}

impl Problem {
    /// When the plan ends.
    pub fn end(&self) -> Minutes {
        Minutes::days(self.days as i32)
    }

    /// A site.
    pub fn site(&self, number: SiteNo) -> &Site {
        &self.sites[number.index()]
    }

    /// A source.
    pub fn source(&self, number: SourceNo) -> &Source {
        &self.sources[number.index()]
    }

    /// A vehicle.
    pub fn vehicle(&self, number: VehicleNo) -> &Vehicle {
        &self.vehicles[number.index()]
    }

    /// A contract.
    pub fn contract(&self, number: ContractNo) -> &Contract {
        &self.contracts[number.index()]
    }
}
