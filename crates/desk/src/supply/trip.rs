//! A trip: one vehicle, one driver, one source, and its stops in their order (OX13, OX15). What was ordered stands in the
//! requests; what was received in their receipts; a trip says who brings what where, and what became of each stop.

use oxygen::StoreId;
use oxygen::supply::plate_key;
use place::FacilityId;
use quantity::{Grams, Moment, Span};
use serde::{Deserialize, Serialize};

use super::{Ended, Receipt, Request, Supplier, Who};
use crate::record::{Record, RecordId};

/// Where the oxygen of a trip comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TripSource {
    /// A producer or refill station.
    Supplier(RecordId<Supplier>),
    /// A facility that lends, from one of its stores.
    Lender(FacilityId, StoreId),
}

impl TripSource {
    /// The supplier; none where a facility lends.
    pub const fn supplier(self) -> Option<RecordId<Supplier>> {
        match self {
            Self::Supplier(id) => Some(id),
            Self::Lender(..) => None,
        }
    }
}

/// How far a trip has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TripStage {
    /// Made; supplier or driver have not said yes yet.
    Planned,
    /// Supplier and driver have accepted.
    Told,
    /// Everything lies on the vehicle.
    Loaded,
    /// On the road.
    UnderWay,
    /// Every stop has its end, and the vehicle is back.
    Closed,
    /// Called off before it set off.
    CalledOff,
}

impl TripStage {
    /// Every one, in their order.
    pub const ALL: [Self; 6] = [Self::Planned, Self::Told, Self::Loaded, Self::UnderWay, Self::Closed, Self::CalledOff];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Told => "told",
            Self::Loaded => "loaded",
            Self::UnderWay => "under_way",
            Self::Closed => "closed",
            Self::CalledOff => "called_off",
        }
    }

    /// Whether nothing more happens to it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::CalledOff)
    }

    /// Whether nothing has been loaded yet: stops may still be moved.
    pub const fn is_open_to_change(self) -> bool {
        matches!(self, Self::Planned | Self::Told)
    }
}

/// The word of the supplier, or of the driver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Who said it.
    pub said_by: String,
    /// Who wrote it down; his account is none where it came through a link.
    pub by: Who,
    /// When.
    pub at: Moment,
    /// From when it can be loaded, as the supplier says.
    pub ready_at: Option<Moment>,
    /// How much he gives, as the supplier says.
    pub grams: Option<Grams>,
}

/// Why nothing was delivered at a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyFailed {
    /// The road, a bridge, a flood.
    Road,
    /// The ferry does not sail.
    Ferry,
    /// The vehicle broke down.
    Vehicle,
    /// Nobody was there to receive.
    Nobody,
    /// The tank is full, or there is no room for the cylinders.
    NoRoom,
    /// The couplings do not fit.
    Coupling,
    /// The facility does not take it.
    Refused,
    /// Something else, said in words.
    Other,
}

impl WhyFailed {
    /// Every one.
    pub const ALL: [Self; 8] = [
        Self::Road,
        Self::Ferry,
        Self::Vehicle,
        Self::Nobody,
        Self::NoRoom,
        Self::Coupling,
        Self::Refused,
        Self::Other,
    ];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Ferry => "ferry",
            Self::Vehicle => "vehicle",
            Self::Nobody => "nobody",
            Self::NoRoom => "no_room",
            Self::Coupling => "coupling",
            Self::Refused => "refused",
            Self::Other => "other",
        }
    }

    /// The one of a stable text.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What became of a stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopEnd {
    /// Received, whole or in part.
    Delivered {
        /// Its receipt.
        receipt: RecordId<Receipt>,
        /// How much.
        grams: Grams,
        /// Empty shells that came back.
        empties: u32,
        /// When.
        at: Moment,
        /// Whether all that was ordered has come.
        whole: bool,
    },
    /// Nothing was received; the order waits for another trip.
    Failed {
        /// Why.
        why: WhyFailed,
        /// In words.
        words: String,
        /// Who wrote it down.
        by: Who,
        /// When.
        at: Moment,
    },
}

impl StopEnd {
    /// When it ended.
    pub const fn at(&self) -> Moment {
        match self {
            Self::Delivered { at, .. } | Self::Failed { at, .. } => *at,
        }
    }
}

/// One stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Its number in the trip; stays when the order of the stops changes.
    pub number: u32,
    /// Its order.
    pub request: RecordId<Request>,
    /// Where.
    pub facility: FacilityId,
    /// Into which store.
    pub store: StoreId,
    /// How much is planned, or was loaded.
    pub grams: Grams,
    /// Full cylinders, where it is cylinders.
    pub cylinders: Option<u32>,
    /// Empty shells to bring back.
    pub empties: u32,
    /// When it should arrive.
    pub eta: Moment,
    /// What the driver should know: a ferry, a gate.
    pub note: String,
    /// When it arrived.
    pub arrived_at: Option<Moment>,
    /// What became of it.
    pub end: Option<StopEnd>,
}

impl Stop {
    /// Delivered here so far.
    pub const fn delivered(&self) -> Grams {
        match self.end {
            Some(StopEnd::Delivered { grams, .. }) => grams,
            _ => Grams::ZERO,
        }
    }
}

/// How a trip ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Who wrote it down.
    pub by: Who,
    /// When.
    pub at: Moment,
    /// Empty shells that came back.
    pub empties: u32,
    /// Oxygen that came back on the vehicle.
    pub remainder: Grams,
    /// Anything else.
    pub note: String,
}

/// A trip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trip {
    /// Its number in the province, from 1.
    pub number: u32,
    /// Plate, as the register of vehicles has it.
    pub plate: String,
    /// Who drives.
    pub driver: String,
    /// His number.
    pub phone: String,
    /// From where.
    pub source: TripSource,
    /// When it sets off, as planned.
    pub starts_at: Moment,
    /// When the vehicle is free again, as planned.
    pub ends_at: Moment,
    /// Its stops, the first first.
    pub stops: Vec<Stop>,
    /// How far it has come.
    pub stage: TripStage,
    /// Who made it.
    pub made_by: Who,
    /// When.
    pub made_at: Moment,
    /// The supplier's word.
    #[serde(default)]
    pub supplier_word: Option<Word>,
    /// The driver's word.
    #[serde(default)]
    pub driver_word: Option<Word>,
    /// When it was loaded.
    #[serde(default)]
    pub loaded_at: Option<Moment>,
    /// When it set off.
    #[serde(default)]
    pub started_at: Option<Moment>,
    /// How it ended.
    #[serde(default)]
    pub closed: Option<Closing>,
    /// Why it was called off.
    #[serde(default)]
    pub ended: Option<Ended>,
    /// Oxygen of stops that were taken off the trip after loading: it is still on the vehicle.
    #[serde(default)]
    pub left_over: Grams,
}

impl Trip {
    /// Its plate as plates are compared.
    pub fn plate_key(&self) -> String {
        plate_key(&self.plate).unwrap_or_else(|_| self.plate.clone())
    }

    /// All that is planned, or was loaded.
    pub fn grams(&self) -> Grams {
        self.stops.iter().map(|stop| stop.grams).sum::<Grams>() + self.left_over
    }

    /// Full cylinders in all.
    pub fn cylinders(&self) -> u32 {
        self.stops.iter().filter_map(|stop| stop.cylinders).sum()
    }

    /// Delivered so far.
    pub fn delivered(&self) -> Grams {
        self.stops.iter().map(Stop::delivered).sum()
    }

    /// What should still lie on the vehicle; never negative.
    pub fn on_board(&self) -> Grams {
        let loaded = matches!(self.stage, TripStage::Loaded | TripStage::UnderWay);
        if loaded { (self.grams() - self.delivered()).max(Grams::ZERO) } else { Grams::ZERO }
    }

    /// The stop of a number.
    pub fn stop(&self, number: u32) -> Option<&Stop> {
        self.stops.iter().find(|stop| stop.number == number)
    }

    /// The stop of a number.
    pub fn stop_mut(&mut self, number: u32) -> Option<&mut Stop> {
        self.stops.iter_mut().find(|stop| stop.number == number)
    }

    /// The stop where the next delivery is due.
    pub fn next_stop(&self) -> Option<&Stop> {
        self.stops.iter().find(|stop| stop.end.is_none())
    }

    /// Whether its vehicle is on this trip at some time of a stretch.
    pub fn overlaps(&self, from: Moment, to: Moment) -> bool {
        !self.stage.is_over() && self.starts_at < to && from < self.ends_at
    }

    /// By how much it is late: the next stop that should have been reached, or the start; none when it is not.
    pub fn late_by(&self, now: Moment) -> Option<Span> {
        let due = match self.stage {
            TripStage::Closed | TripStage::CalledOff => return None,
            TripStage::UnderWay => self.next_stop().filter(|stop| stop.arrived_at.is_none()).map(|stop| stop.eta),
            _ => Some(self.starts_at),
        };
        due.filter(|due| now > *due).map(|due| now - due)
    }

    /// When it arrives at a stop, as far as one can say: as planned, and later by what it is late already.
    pub fn expected_at(&self, stop: &Stop, now: Moment) -> Moment {
        self.late_by(now).map_or(stop.eta, |late| stop.eta + late)
    }
}

impl Record for Trip {
    const KIND: &'static str = "trip";

    fn code(&self) -> Option<String> {
        Some(self.number.to_string())
    }

    fn due_at(&self) -> Option<Moment> {
        self.is_open().then(|| self.next_stop().map_or(self.ends_at, |stop| stop.eta))
    }

    fn is_open(&self) -> bool {
        !self.stage.is_over()
    }
}
