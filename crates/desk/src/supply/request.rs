//! A request for oxygen, from need to receipt (OX13, OX21).

use oxygen::StoreId;
use place::FacilityId;
use quantity::{Grams, Id, Moment, Typed};
use serde::{Deserialize, Serialize};

use super::{Contract, Receipt, Supplier, Trip, Who};
use crate::record::{Record, RecordId};

/// How urgent it is: emergency and severe come before everything else (OX21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Cấp cứu: patients are without oxygen, or will be within the hour.
    Emergency,
    /// Người bệnh nặng: for intensive care and severe patients.
    Severe,
    /// Thường kỳ.
    Usual,
}

impl Priority {
    /// Every one, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Emergency, Self::Severe, Self::Usual];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Severe => "severe",
            Self::Usual => "usual",
        }
    }
}

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It waits for somebody who may approve it.
    Asked,
    /// It waits for the supplier.
    Approved,
    /// It was not approved.
    Refused,
    /// The supplier has said that he delivers.
    Accepted,
    /// Loaded on a vehicle with plate and driver: certain to arrive.
    Loaded,
    /// On the road.
    UnderWay,
    /// A part has come; the rest has not been loaded.
    PartlyReceived,
    /// It has come.
    Received,
    /// Called off before it was loaded.
    Cancelled,
    /// It was loaded and did not arrive.
    Failed,
}

impl Stage {
    /// Every one, in their order.
    pub const ALL: [Self; 10] = [
        Self::Asked,
        Self::Approved,
        Self::Refused,
        Self::Accepted,
        Self::Loaded,
        Self::UnderWay,
        Self::PartlyReceived,
        Self::Received,
        Self::Cancelled,
        Self::Failed,
    ];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Accepted => "accepted",
            Self::Loaded => "loaded",
            Self::UnderWay => "under_way",
            Self::PartlyReceived => "partly_received",
            Self::Received => "received",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// Whether nothing more happens to it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Refused | Self::Received | Self::Cancelled | Self::Failed)
    }

    /// Whether it lies on a vehicle.
    pub const fn is_loaded(self) -> bool {
        matches!(self, Self::Loaded | Self::UnderWay)
    }
}

/// Who approved or refused it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// Who; none when it was approved by itself, in the quiet state and within the contract.
    pub by: Option<Who>,
    /// When.
    pub at: Moment,
    /// Why, for a refusal.
    pub reason: Option<String>,
    /// On what an order without contract rests.
    pub legal_basis: Option<String>,
}

/// The supplier's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Who said it, on the telephone or in a message.
    pub said_by: String,
    /// Who wrote it down.
    pub by: Who,
    /// When.
    pub at: Moment,
    /// When he says that it arrives.
    pub promised_for: Option<Moment>,
}

/// What was loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Plate, as the register of vehicles has it.
    pub plate: String,
    /// Who drives.
    pub driver: String,
    /// His number.
    pub phone: String,
    /// How much.
    pub grams: Grams,
    /// When.
    pub at: Moment,
    /// When it should arrive.
    pub eta: Moment,
    /// When it set off.
    pub started_at: Option<Moment>,
    /// What the driver says at the gate to sign.
    pub code: String,
    /// What the receiver says to sign; known to his facility and the desk. Empty in loads of before it was kept.
    #[serde(default)]
    pub gate_code: String,
}

/// A part that was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its receipt.
    pub receipt: RecordId<Receipt>,
    /// How much.
    pub grams: Grams,
    /// When.
    pub at: Moment,
    /// Number of its delivery note.
    pub note: String,
}

/// Why it ended without being received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Why.
    pub reason: String,
    /// Who wrote it down.
    pub by: Who,
    /// When.
    pub at: Moment,
}

/// How the desk speaks to whom the oxygen is for: it orders its own units and asks all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// Chỉ đạo, yêu cầu.
    Order,
    /// Đề nghị, phối hợp: private, military, police, central and other branches' facilities.
    Ask,
}

impl Authority {
    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Ask => "ask",
        }
    }
}

/// What an order rests on: without it a plan is only a suggestion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderTerms {
    /// Ordered or asked.
    pub authority: Authority,
    /// Contract with its legal basis, or the legal basis alone.
    pub basis: String,
    /// Who pays.
    pub payer: String,
    /// Who signs.
    pub signer: String,
}

/// A request for oxygen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Its number in the province, from 1.
    pub number: u32,
    /// For whom.
    pub facility: FacilityId,
    /// For which store.
    pub store: StoreId,
    /// As typed.
    pub typed: Typed,
    /// How much.
    pub grams: Grams,
    /// How many cylinders, where it is cylinders.
    pub cylinders: Option<u32>,
    /// By when it is needed.
    pub needed_by: Moment,
    /// How urgent it is.
    pub priority: Priority,
    /// Why it is needed.
    pub reason: String,
    /// Who typed it.
    pub asked_by: Who,
    /// Who said it, when somebody else typed it.
    pub told_by: Option<String>,
    /// When.
    pub asked_at: Moment,
    /// From whom.
    pub supplier: Option<RecordId<Supplier>>,
    /// Under which contract.
    pub contract: Option<RecordId<Contract>>,
    /// How far it has come.
    pub stage: Stage,
    /// Who decided.
    pub approved: Option<Approved>,
    /// The supplier's word.
    pub accepted: Option<Accepted>,
    /// What was loaded last.
    pub load: Option<Load>,
    /// What was received.
    pub parts: Vec<Part>,
    /// Why it ended otherwise.
    pub ended: Option<Ended>,
    /// Why oxygen was received without an order: a recorded emergency.
    #[serde(default)]
    pub unordered: Option<String>,
    /// The trip that brings it; none while it waits for one, or goes by itself.
    #[serde(default)]
    pub trip: Option<RecordId<Trip>>,
    /// The facility and store that lend it, where no supplier delivers it.
    #[serde(default)]
    pub lender: Option<(FacilityId, StoreId)>,
    /// What the order rests on, once it is on a trip.
    #[serde(default)]
    pub terms: Option<OrderTerms>,
}

impl Request {
    /// Received of it so far.
    pub fn received(&self) -> Grams {
        self.parts.iter().map(|part| part.grams).sum()
    }

    /// Asked for and not received; never negative.
    pub fn outstanding(&self) -> Grams {
        (self.grams - self.received()).max(Grams::ZERO)
    }

    /// On a vehicle now: the only oxygen that is certain to arrive.
    pub fn on_the_road(&self) -> Grams {
        self.load.as_ref().filter(|_| self.stage.is_loaded()).map_or(Grams::ZERO, |load| load.grams)
    }

    /// What it holds of its contract beside what was received: from the approval until it is over.
    pub fn promised(&self) -> Grams {
        let holds = !self.stage.is_over() && self.stage != Stage::Asked;
        if holds { self.outstanding().max(self.on_the_road()) } else { Grams::ZERO }
    }
}

impl Record for Request {
    const KIND: &'static str = "oxygen_request";

    fn owner(&self) -> Option<Id> {
        Some(self.facility.0)
    }

    fn code(&self) -> Option<String> {
        Some(self.number.to_string())
    }

    fn due_at(&self) -> Option<Moment> {
        (!self.stage.is_over()).then_some(self.needed_by)
    }

    fn is_open(&self) -> bool {
        !self.stage.is_over()
    }
}
