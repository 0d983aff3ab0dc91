//! The registers of supply: suppliers, vehicles, contracts with what is left of them, prices side by side (OX12, OX14,
//! OX15).

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use oxygen::supply::{Drawn, Standing, median};
use place::FacilityId;
use quantity::Grams;
use store::Connection;

use super::Book;
use super::positions::{Position, positions};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::operations::supply::{drawn, norm};
use crate::record::{self, Kept, RecordId};
use crate::supply::{Contract, ContractStep, Receipt, Request, Supplier, Vehicle};

/// More contracts of a province than this are not looked through for those that ended.
const MOST_CONTRACTS: i64 = 2_000;

/// A vehicle, and what it carries now.
#[derive(Debug, Clone)]
pub struct VehicleLine {
    /// The vehicle.
    pub kept: Kept<Vehicle>,
    /// Loaded on it now for facilities that the actor sees, with where it goes.
    pub carries: Vec<(String, Grams)>,
    /// Whether it carries for anybody.
    pub busy: bool,
    /// Whether its inspection has run out.
    pub uninspected: bool,
    /// Where it last was, for who sees the province or waits for what it carries.
    pub position: Option<Position>,
    /// How far from there each of those places is that it goes to, kilometres as a bird flies.
    pub distances: Vec<(String, f64)>,
}

/// The vehicles with the names of the page.
#[derive(Debug, Clone)]
pub struct Vehicles {
    /// Names and choices.
    pub book: Book,
    /// In the order of their plates.
    pub lines: Vec<VehicleLine>,
}

/// A contract and where it stands.
#[derive(Debug, Clone)]
pub struct ContractLine {
    /// The contract.
    pub kept: Kept<Contract>,
    /// With whom.
    pub supplier: String,
    /// For whom, by name; empty for the whole province.
    pub buyers: Vec<String>,
    /// Received and promised.
    pub drawn: Drawn,
    /// Where it stands.
    pub standing: Standing,
    /// By when bidding for the next one must begin.
    pub bidding: Date,
    /// Whether it ends within the days of the bidding calendar.
    pub ends_soon: bool,
}

/// The contracts, and their prices side by side.
#[derive(Debug, Clone)]
pub struct Contracts {
    /// Names and choices.
    pub book: Book,
    /// In the order in which they end.
    pub lines: Vec<ContractLine>,
    /// Ended before their time, the last to end first: their receipts are still settled.
    pub ended: Vec<ContractLine>,
    /// The middle of the prices of a kilogram of those in force, in đồng.
    pub median: Option<i64>,
    /// Within how many days of its end a contract is in the calendar.
    pub calendar_days: i64,
    /// How many days bidding takes.
    pub bidding_days: i64,
    /// The share of the ceiling from which somebody must look.
    pub warn: f64,
}

/// One contract with what was received under it.
#[derive(Debug, Clone)]
pub struct ContractView {
    /// Names and choices.
    pub book: Book,
    /// The contract.
    pub line: ContractLine,
    /// Its receipts, newest first.
    pub receipts: Vec<Kept<Receipt>>,
    /// What is promised of it.
    pub promised: Vec<Kept<Request>>,
    /// What was changed and why, oldest first.
    pub steps: Vec<Kept<ContractStep>>,
    /// What it said, version by version, oldest first.
    pub versions: Vec<Kept<Contract>>,
}

/// The suppliers, with what is known of each.
pub fn suppliers(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Book> {
    Book::open(office, connection, actor)
}

/// One supplier.
pub fn supplier(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: RecordId<Supplier>,
) -> Outcome<(Book, Kept<Supplier>)> {
    let book = Book::open(office, connection, actor)?;
    let kept = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    Ok((book, kept))
}

/// The vehicles.
pub fn vehicles(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Vehicles> {
    let book = Book::open(office, connection, actor)?;
    let mut kept = record::open::<Vehicle>(connection, actor.province)?;
    kept.sort_by_key(|one| one.content.key());
    let mut loads: HashMap<String, Vec<(String, Grams)>> = HashMap::new();
    let mut goals: HashMap<String, Vec<FacilityId>> = HashMap::new();
    let mut busy = HashSet::new();
    for one in record::open::<Request>(connection, actor.province)? {
        let request = one.content;
        if let Some(load) = request.load.as_ref().filter(|_| request.stage.is_loaded()) {
            let key = oxygen::supply::plate_key(&load.plate).unwrap_or_default();
            busy.insert(key.clone());
            if book.sees(request.facility) {
                goals.entry(key.clone()).or_default().push(request.facility);
                loads.entry(key).or_default().push((book.facility_name(request.facility), load.grams));
            }
        }
    }
    let today = book.at.date();
    let mut positions = positions(connection, &book.registry, actor, book.at)?;
    let line = |kept: Kept<Vehicle>| {
        let key = kept.content.key();
        let goals = goals.remove(&key).unwrap_or_default();
        let position = positions.remove(&key).filter(|_| actor.sees_all() || !goals.is_empty());
        let far = |goal: &FacilityId| {
            let km = position.as_ref()?.km_to(&book.registry, *goal)?;
            Some((book.facility_name(*goal), km))
        };
        VehicleLine {
            carries: loads.remove(&key).unwrap_or_default(),
            busy: busy.contains(&key),
            uninspected: kept.content.inspected_until.is_some_and(|until| until < today),
            distances: goals.iter().filter_map(far).collect(),
            position,
            kept,
        }
    };
    let lines = kept.into_iter().map(line).collect();
    Ok(Vehicles { book, lines })
}

fn contract_line(
    connection: &mut Connection,
    actor: &Actor,
    book: &Book,
    kept: Kept<Contract>,
    open: &[Kept<Request>],
) -> Outcome<ContractLine> {
    let registry = &book.registry;
    let days = |key| norm(registry, "supply.bidding", key, book.at).map(|figure| figure.value as i64);
    let warn = norm(registry, "supply.contract", "warn_drawn", book.at)?.value;
    let drawn = drawn(connection, actor.province, kept.id, open)?;
    let (today, terms) = (book.at.date(), kept.content.terms);
    let left = terms.days_left(today);
    Ok(ContractLine {
        supplier: book.supplier_name(kept.content.supplier),
        buyers: kept.content.buyers.iter().map(|id| book.facility_name(*id)).collect(),
        standing: terms.standing(today, drawn, warn),
        bidding: terms.bidding_begins(days("bidding_takes")?),
        ends_soon: (0..=days("ends_within")?).contains(&left),
        drawn,
        kept,
    })
}

/// The contracts that an actor sees.
pub fn contracts(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Contracts> {
    let book = Book::open(office, connection, actor)?;
    let open = record::open::<Request>(connection, actor.province)?;
    let mut lines = Vec::new();
    for kept in book.contracts.clone() {
        lines.push(contract_line(connection, actor, &book, kept, &open)?);
    }
    lines.sort_by_key(|line| (line.standing == Standing::Expired, line.kept.content.terms.to));
    let mut ended = Vec::new();
    for kept in record::newest::<Contract>(connection, actor.province, MOST_CONTRACTS)? {
        let serves = actor.sees_all() || book.facilities.iter().any(|one| kept.content.serves(one.id));
        if kept.content.ended && serves {
            ended.push(contract_line(connection, actor, &book, kept, &open)?);
        }
    }
    ended.sort_by_key(|line| std::cmp::Reverse(line.kept.content.terms.to));
    let in_force = lines.iter().filter(|line| !matches!(line.standing, Standing::Expired | Standing::NotYet));
    let prices: Vec<i64> = in_force.map(|line| line.kept.content.terms.price.per_kg()).collect();
    let figure = |table, key| norm(&book.registry, table, key, book.at).map(|figure| figure.value);
    Ok(Contracts {
        median: median(&prices),
        calendar_days: figure("supply.bidding", "ends_within")? as i64,
        bidding_days: figure("supply.bidding", "bidding_takes")? as i64,
        warn: figure("supply.contract", "warn_drawn")?,
        lines,
        ended,
        book,
    })
}

/// One contract.
pub fn contract(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: RecordId<Contract>,
) -> Outcome<ContractView> {
    let book = Book::open(office, connection, actor)?;
    let kept = record::one::<Contract>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let serves = actor.sees_all() || book.facilities.iter().any(|one| kept.content.serves(one.id));
    if !serves {
        return Err(Failure::NotFound);
    }
    let open = record::open::<Request>(connection, actor.province)?;
    let line = contract_line(connection, actor, &book, kept, &open)?;
    let mut receipts = record::of_owner::<Receipt>(connection, actor.province, id.0, 500)?;
    receipts.retain(|kept| book.sees(kept.content.facility));
    let mine = |kept: &Kept<Request>| kept.content.contract == Some(id) && kept.content.promised() > Grams::ZERO;
    let promised = open.into_iter().filter(|kept| mine(kept) && book.sees(kept.content.facility)).collect();
    let mut steps = record::of_owner::<ContractStep>(connection, actor.province, id.0, 500)?;
    steps.reverse();
    let versions = record::versions(connection, actor.province, id)?;
    Ok(ContractView { book, line, receipts, promised, steps, versions })
}
