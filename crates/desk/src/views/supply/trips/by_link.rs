//! What a supplier or a driver sees through his link: his own orders and trips, nothing else.

use jiff::civil::Date;
use oxygen::supply::dong_for;
use place::{BodyId, ProvinceId};
use quantity::{Grams, Moment};
use store::Connection;

use super::line::{Shown, TripLine, line_of};
use crate::actor::{Actor, Scope};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::operations::supply::trips::{Refused, link::check_open};
use crate::record::{self, Kept, RecordId};
use crate::rights::Role;
use crate::supply::{CarrierLink, Contract, LinkTo, Offer, Receipt, Request, Supplier, Trip, TripSource};

/// Receipts of a contract that are looked through for a month.
const MOST_RECEIPTS: i64 = 20_000;
/// Trips of a supplier that are looked through.
const MOST_TRIPS: i64 = 300;

/// Somebody who came in by a link.
#[derive(Debug, Clone)]
pub struct Entered {
    /// The link.
    pub link: Kept<CarrierLink>,
    /// Who he is for operations: no account, no right but to speak for his trips.
    pub actor: Actor,
}

/// A contract's month, ready for payment.
#[derive(Debug, Clone)]
pub struct ContractMonth {
    /// Its number.
    pub number: String,
    /// Delivery notes, with when and how much.
    pub notes: Vec<(String, Moment, Grams)>,
    /// The sum of them.
    pub grams: Grams,
    /// What it costs by the contract, in đồng.
    pub dong: i64,
}

/// A supplier's side.
#[derive(Debug, Clone)]
pub struct SupplierSide {
    /// Who he is.
    pub supplier: Kept<Supplier>,
    /// His trips that are not over, the next first.
    pub trips: Vec<TripLine>,
    /// Orders for which no trip stands yet: number, facility, how much, by when.
    pub orders: Vec<(u32, String, Grams, Moment)>,
    /// The first day of the month shown.
    pub month: Date,
    /// By contract; one without a number gathers what came without a contract.
    pub months: Vec<ContractMonth>,
    /// What he said that he can give today and later.
    pub offers: Vec<Kept<Offer>>,
}

/// What a link shows.
#[derive(Debug, Clone)]
pub enum ByLink {
    /// A driver's trip.
    Trip(Box<TripLine>),
    /// A supplier's orders and trips.
    Supplier(Box<SupplierSide>),
}

/// Who shows a device's secret; refused where the link has ended or was opened elsewhere.
///
/// # Errors
/// [`Refused::LinkUnknown`], [`Refused::LinkExpired`], [`Refused::LinkShut`].
pub fn entered(
    office: &Office,
    connection: &mut Connection,
    province: ProvinceId,
    id: RecordId<CarrierLink>,
    device_digest: &str,
) -> Outcome<Entered> {
    let unknown = || Failure::refused(Refused::LinkUnknown);
    let link = record::one(connection, province, id)?.ok_or_else(unknown)?;
    if !link.content.knows(device_digest) {
        return Err(unknown());
    }
    check_open(&link.content, office.real_now())?;
    let mut bodies: Vec<BodyId> = Vec::new();
    let mut trip_bodies = |trip: &Trip| {
        bodies.extend(trip.stops.iter().map(|stop| BodyId::from(stop.facility)));
        if let TripSource::Lender(lender, _) = trip.source {
            bodies.push(BodyId::from(lender));
        }
    };
    match link.content.to {
        LinkTo::Trip(trip) => {
            if let Some(kept) = record::one(connection, province, trip)? {
                trip_bodies(&kept.content);
            }
        }
        LinkTo::Supplier(supplier) => {
            for kept in record::open::<Trip>(connection, province)? {
                if kept.content.source.supplier() == Some(supplier) {
                    trip_bodies(&kept.content);
                }
            }
        }
    }
    bodies.sort_unstable();
    bodies.dedup();
    let actor = Actor {
        province,
        user: None,
        display_name: link.content.name.clone(),
        roles: vec![Role::Carrier],
        scope: Scope::Bodies(bodies),
    };
    Ok(Entered { link, actor })
}

/// What a link shows to whoever came in by it.
pub fn by_link(
    office: &Office,
    connection: &mut Connection,
    entered: &Entered,
    month: Option<Date>,
) -> Outcome<ByLink> {
    let actor = &entered.actor;
    let registry = office.registry(connection, actor.province)?;
    let at = office.now(connection)?;
    let shown = Shown { actor, registry: &registry, at, all: true };
    let supplier = match entered.link.content.to {
        LinkTo::Trip(id) => {
            let kept = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
            return Ok(ByLink::Trip(Box::new(line_of(connection, &shown, kept)?)));
        }
        LinkTo::Supplier(id) => record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?,
    };
    let mut trips = Vec::new();
    for kept in record::newest::<Trip>(connection, actor.province, MOST_TRIPS)? {
        if kept.content.source.supplier() == Some(supplier.id) && !kept.content.stage.is_over() {
            trips.push(line_of(connection, &shown, kept)?);
        }
    }
    trips.sort_by_key(|line| line.trip.starts_at);
    let mut orders = Vec::new();
    for kept in record::open::<Request>(connection, actor.province)? {
        let request = &kept.content;
        let waits = request.trip.is_none() && request.promised() > Grams::ZERO && !request.stage.is_loaded();
        if request.supplier == Some(supplier.id) && waits {
            let name = registry.facility(request.facility).map_or_else(String::new, |one| one.body.name.clone());
            orders.push((request.number, name, request.outstanding(), request.needed_by));
        }
    }
    let month = month.unwrap_or_else(|| at.date()).first_of_month();
    let mut offers = record::of_owner::<Offer>(connection, actor.province, supplier.id.0, 60)?;
    offers.retain(|kept| kept.content.day >= at.date());
    offers.sort_by_key(|kept| kept.content.day);
    let months = months_of(connection, actor.province, supplier.id, month)?;
    Ok(ByLink::Supplier(Box::new(SupplierSide { supplier, trips, orders, month, months, offers })))
}

/// What was received of a supplier in a month, by contract.
fn months_of(
    connection: &mut Connection,
    province: ProvinceId,
    supplier: RecordId<Supplier>,
    month: Date,
) -> Outcome<Vec<ContractMonth>> {
    let (from, to) = super::super::reconcile::ends_of(month);
    let mut months = Vec::new();
    for kept in record::of_owner::<Contract>(connection, province, supplier.0, 500)? {
        let receipts = record::of_owner::<Receipt>(connection, province, kept.id.0, MOST_RECEIPTS)?;
        let in_month = |one: &&Kept<Receipt>| {
            let receipt = &one.content;
            receipt.corrected.is_none() && from <= receipt.received_at && receipt.received_at < to
        };
        let note = |one: &Kept<Receipt>| (one.content.note.clone(), one.content.received_at, one.content.grams);
        let mut notes: Vec<_> = receipts.iter().filter(in_month).map(note).collect();
        notes.sort_by_key(|(_, at, _)| *at);
        let grams: Grams = notes.iter().map(|(_, _, grams)| *grams).sum();
        if grams > Grams::ZERO {
            let dong = dong_for(grams, kept.content.terms.price.per_kg());
            months.push(ContractMonth { number: kept.content.number, notes, grams, dong });
        }
    }
    Ok(months)
}
