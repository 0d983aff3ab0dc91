//! The trips: what is on the road today, worst first; one trip with everything about it; and what a supplier or a driver
//! sees of them through his link (OX13, OX15).

mod by_link;
mod line;

pub use by_link::{ByLink, ContractMonth, Entered, SupplierSide, by_link, entered};
pub use line::{StopLine, TripLine, Warning};

use std::sync::Arc;

use quantity::{Moment, Span};
use store::Connection;

use self::line::{Shown, line_of};
use super::Book;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept, RecordId};
use crate::registry::Registry;
use crate::rights::Capability;
use crate::supply::{CarrierLink, LinkTo, Offer, Receipt, Request, Stage, Trip};

/// Trips that are over and still listed.
const OVER_SHOWN: usize = 30;

/// The board of trips.
#[derive(Debug, Clone)]
pub struct Board {
    /// Now, by the domain clock.
    pub at: Moment,
    /// Under way or planned, the latest first, then by when the next stop is due.
    pub open: Vec<TripLine>,
    /// Over, the newest first.
    pub over: Vec<TripLine>,
    /// What suppliers said they can give today and later.
    pub offers: Vec<(String, Kept<Offer>)>,
    /// Orders that wait for a trip.
    pub waiting: usize,
    /// Whether the figures are invented.
    pub simulated: bool,
}

/// One trip.
#[derive(Debug, Clone)]
pub struct TripView {
    /// Now, by the domain clock.
    pub at: Moment,
    /// The trip.
    pub line: TripLine,
    /// Its receipts, by the number of the stop.
    pub receipts: Vec<(u32, Kept<Receipt>)>,
    /// Links of its driver, the newest first; for the desk only.
    pub links: Vec<Kept<CarrierLink>>,
    /// Other trips to which a stop may be moved: key and number with plate.
    pub others: Vec<(RecordId<Trip>, String)>,
    /// Whether the actor may change it: the desk, where it sees every stop.
    pub may_change: bool,
    /// Whether the figures are invented.
    pub simulated: bool,
}

/// Whether an actor sees a trip: one of its stops, or what it lends.
fn sees(actor: &Actor, registry: &Registry, trip: &Trip) -> bool {
    let seen = |id| registry.facility(id).is_some_and(|facility| actor.sees(facility, registry));
    let lends = matches!(trip.source, crate::supply::TripSource::Lender(lender, _) if seen(lender));
    lends || trip.stops.iter().any(|stop| seen(stop.facility))
}

/// The board, as an actor may see it.
pub fn board(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Board> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    let at = office.now(connection)?;
    let shown = Shown { actor, registry: &registry, at, all: false };
    let mut open = Vec::new();
    for kept in record::open::<Trip>(connection, actor.province)? {
        if sees(actor, &registry, &kept.content) {
            open.push(line_of(connection, &shown, kept)?);
        }
    }
    let due = |line: &TripLine| line.trip.next_stop().map_or(line.trip.ends_at, |stop| stop.eta);
    open.sort_by_key(|line| (std::cmp::Reverse(line.late.unwrap_or(Span::ZERO)), due(line)));
    let mut over = Vec::new();
    for kept in record::newest::<Trip>(connection, actor.province, 200)? {
        if kept.content.stage.is_over() && over.len() < OVER_SHOWN && sees(actor, &registry, &kept.content) {
            over.push(line_of(connection, &shown, kept)?);
        }
    }
    let requests = record::open::<Request>(connection, actor.province)?;
    let waits = |kept: &&Kept<Request>| {
        let free = matches!(kept.content.stage, Stage::Approved | Stage::Accepted | Stage::PartlyReceived);
        let seen = registry.facility(kept.content.facility).is_some_and(|one| actor.sees(one, &registry));
        free && kept.content.trip.is_none() && seen
    };
    let mut offers = Vec::new();
    if actor.sees_all() {
        for kept in record::newest::<Offer>(connection, actor.province, 60)? {
            if kept.content.day >= at.date() {
                let supplier = record::one(connection, actor.province, kept.content.supplier)?;
                offers.push((supplier.map_or_else(String::new, |one| one.content.name), kept));
            }
        }
        offers.sort_by_key(|(_, kept)| kept.content.day);
    }
    Ok(Board {
        at,
        open,
        over,
        offers,
        waiting: requests.iter().filter(waits).count(),
        simulated: simulated(&registry),
    })
}

fn simulated(registry: &Arc<Registry>) -> bool {
    registry.facilities().iter().any(|facility| facility.simulated)
}

/// One trip, as an actor may see it.
pub fn trip(office: &Office, connection: &mut Connection, actor: &Actor, id: RecordId<Trip>) -> Outcome<TripView> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    let at = office.now(connection)?;
    let kept = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    if !sees(actor, &registry, &kept.content) {
        return Err(Failure::NotFound);
    }
    let shown = Shown { actor, registry: &registry, at, all: false };
    let line = line_of(connection, &shown, kept)?;
    let receipts = receipts_of(connection, actor, &line)?;
    let may_change = actor.may(Capability::KeepSupply) && line.hidden == 0;
    let mut links = Vec::new();
    let mut others = Vec::new();
    if may_change {
        links = record::of_owner::<CarrierLink>(connection, actor.province, id.0, 20)?;
        links.retain(|kept| kept.content.to == LinkTo::Trip(id));
        for kept in record::open::<Trip>(connection, actor.province)? {
            if kept.id != id && kept.content.stage.is_open_to_change() {
                others.push((kept.id, format!("{} · {}", kept.content.number, kept.content.plate)));
            }
        }
    }
    Ok(TripView { at, line, receipts, links, others, may_change, simulated: simulated(&registry) })
}

fn receipts_of(connection: &mut Connection, actor: &Actor, line: &TripLine) -> Outcome<Vec<(u32, Kept<Receipt>)>> {
    let mut receipts = Vec::new();
    for stop in &line.stops {
        if let Some(crate::supply::StopEnd::Delivered { receipt, .. }) = &stop.stop.end {
            let found = record::one(connection, actor.province, *receipt)?;
            receipts.extend(found.map(|kept| (stop.stop.number, kept)));
        }
    }
    Ok(receipts)
}

/// The orders that wait for a trip, and what a trip is made from: for the page on which they are ticked.
pub fn waiting(book: &Book, lines: &[super::requests::RequestLine]) -> Vec<super::requests::RequestLine> {
    let free = |line: &&super::requests::RequestLine| {
        let stage = matches!(line.request.stage, Stage::Approved | Stage::Accepted | Stage::PartlyReceived);
        stage && line.request.trip.is_none() && book.sees(line.request.facility)
    };
    lines.iter().filter(free).cloned().collect()
}
