//! A plan becomes orders and a trip in one step, under one key (OX09, OX13, OX16): the entry for whatever proposes
//! deliveries. Either all of it stands afterwards or nothing.

use oxygen::StoreId;
use place::FacilityId;
use protocol::Readiness;
use quantity::{Moment, Unit};
use serde::{Deserialize, Serialize};

use super::super::{Refused as SupplyRefused, fillable, needed, next_number, optional, read_amount, weigh};
use super::make_trip::{StopPlan, TripPlan, make};
use super::{Refused, room};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Approved, Contract, Priority, Request, Stage, Trip, TripSource, Who};

/// One delivery of a plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlannedLine {
    /// For whom.
    pub facility: FacilityId,
    /// Into which of its stores.
    pub store: StoreId,
    /// How much, as typed: kilograms, or cylinders for a store of cylinders.
    pub amount: String,
    /// The unit beside it.
    pub unit: Option<Unit>,
    /// Under which contract; none needs the plan's legal basis.
    pub contract: Option<RecordId<Contract>>,
    /// By when it is needed.
    pub needed_by: Moment,
    /// When it should arrive; none lets the program reckon.
    pub eta: Option<Moment>,
    /// How urgent.
    pub priority: Priority,
    /// Why, as the plan says.
    pub reason: String,
    /// Empty shells to bring back.
    pub empties: u32,
    /// What the driver should know.
    pub note: String,
}

/// Orders and their trip, as a plan proposes them and somebody approves.
#[derive(Debug, Clone, Serialize)]
pub struct OrderTrip {
    /// One for the whole trip: pressed twice, one trip.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Vehicle, source, hours.
    pub plan: TripPlan,
    /// Its deliveries in their order.
    pub lines: Vec<PlannedLine>,
    /// On what lines without a contract rest.
    pub legal_basis: String,
    /// Who planned it, where somebody did; he does not approve it himself outside the quiet state.
    pub planned_by: Option<Who>,
}

/// What stands afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TripOrdered {
    /// The trip.
    pub trip: RecordId<Trip>,
    /// The orders, in the order of the lines.
    pub orders: Vec<RecordId<Request>>,
}

impl Operation for OrderTrip {
    type Done = TripOrdered;
    const NAME: &'static str = "order_trip";
    const NEEDS: Capability = Capability::ApproveSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<TripOrdered> {
        let quiet = desk.registry().readiness() == Readiness::Routine;
        let own = self.planned_by.as_ref().is_some_and(|who| who.user.is_some() && who.user == desk.actor().user);
        if own && !quiet {
            return Err(Failure::refused(SupplyRefused::OwnRequest));
        }
        let mut orders = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            orders.push(self.order(desk, line)?);
        }
        let stop = |(line, request): (&PlannedLine, &RecordId<Request>)| StopPlan {
            request: *request,
            eta: line.eta,
            empties: line.empties,
            note: line.note.clone(),
        };
        let stops: Vec<StopPlan> = self.lines.iter().zip(&orders).map(stop).collect();
        let trip = make(desk, &self.plan, &stops)?;
        Ok(TripOrdered { trip, orders })
    }
}

impl OrderTrip {
    /// The order of a line, approved by whoever approves the plan.
    fn order(&self, desk: &mut Desk<'_, '_>, line: &PlannedLine) -> Outcome<RecordId<Request>> {
        if desk.registry().facility(line.facility).is_none() && desk.actor().sees_all() {
            return Err(Failure::refused(Refused::OutsideProvince));
        }
        let (facility, store) = fillable(desk, line.facility, line.store)?;
        let now = desk.now();
        let settings = desk.registry().settings(&facility, now.date())?;
        let typed = read_amount(&line.amount, line.unit)?;
        let (grams, cylinders) = weigh(&store, &typed, &settings)?;
        let contract = line.contract.map(|id| desk.record(id)).transpose()?;
        let legal_basis = optional(&self.legal_basis);
        match &contract {
            Some(contract) => room::contract_room(desk, contract, facility.id, grams)?,
            None if legal_basis.is_none() => return Err(Failure::refused(SupplyRefused::NoBasis)),
            None => {}
        }
        let supplier = contract.as_ref().map(|kept| kept.content.supplier).or(self.plan.source.supplier());
        let number = next_number::<Request>(desk, |request| request.number)?;
        if let (TripSource::Supplier(source), Some(supplier)) = (self.plan.source, supplier)
            && source != supplier
        {
            return Err(Failure::refused(Refused::OtherSource { order: number }));
        }
        desk.open_record(&Request {
            number,
            facility: facility.id,
            store: store.id,
            typed,
            grams,
            cylinders,
            needed_by: line.needed_by,
            priority: line.priority,
            reason: needed(&line.reason, "reason")?,
            asked_by: self.planned_by.clone().unwrap_or_else(|| Who::of(desk.actor())),
            told_by: None,
            asked_at: now,
            supplier,
            contract: contract.map(|contract| contract.id),
            stage: Stage::Approved,
            approved: Some(Approved { by: Some(Who::of(desk.actor())), at: now, reason: None, legal_basis }),
            accepted: None,
            load: None,
            parts: Vec::new(),
            ended: None,
            unordered: None,
            trip: None,
            lender: None,
            terms: None,
        })
    }
}
