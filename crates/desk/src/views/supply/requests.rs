//! The requests for oxygen: what waits for whom, what is on the road, what came (OX13).

use oxygen::supply::Drawn;
use place::BodyId;
use place::body::{Authority, BodyKind};
use quantity::{Moment, Span};
use store::Connection;

use super::Book;
use super::positions::{Position, positions};
use crate::actor::{Actor, Scope};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::operations::supply::correct_receipt::recorded_by;
use crate::operations::supply::drawn;
use crate::record::{self, Kept, RecordId};
use crate::rights::Capability;
use crate::supply::{Contract, Receipt, Request, Stage, Supplier};

/// Closed requests that are listed.
const CLOSED_SHOWN: usize = 40;

/// One request with the names of what it points to.
#[derive(Debug, Clone)]
pub struct RequestLine {
    /// Its key.
    pub id: RecordId<Request>,
    /// What it says.
    pub request: Request,
    /// For whom.
    pub facility: String,
    /// For which store.
    pub store: String,
    /// From whom.
    pub supplier: Option<String>,
    /// Number of its contract.
    pub contract: Option<String>,
    /// By how much it is late; none when it is not.
    pub late: Option<Span>,
}

/// The requests that an actor sees.
#[derive(Debug, Clone)]
pub struct Requests {
    /// Names and choices.
    pub book: Book,
    /// Under way, the most urgent first.
    pub open: Vec<RequestLine>,
    /// Over, the newest first.
    pub over: Vec<RequestLine>,
}

/// One request with everything about it.
#[derive(Debug, Clone)]
pub struct RequestView {
    /// Names and choices.
    pub book: Book,
    /// The request.
    pub line: RequestLine,
    /// Its versions, oldest first.
    pub versions: Vec<Kept<Request>>,
    /// Its receipts, oldest first.
    pub receipts: Vec<Kept<Receipt>>,
    /// Its receipts that were wrong; another stands in the place of each.
    pub wrong: Vec<Kept<Receipt>>,
    /// The receipts that the actor may correct: those that somebody else recorded.
    pub correctable: Vec<RecordId<Receipt>>,
    /// Its supplier.
    pub supplier: Option<Kept<Supplier>>,
    /// Its contract, and what has been drawn on it.
    pub contract: Option<(Kept<Contract>, Drawn)>,
    /// Where the vehicle last was that it is loaded on, and how far from the facility, kilometres as a bird flies.
    pub position: Option<(Position, Option<f64>)>,
    /// How the desk speaks to the facility, and to the supplier.
    pub verbs: [&'static str; 2],
    /// The office that orders.
    pub issuer: String,
    /// Whether the actor may approve it; otherwise why not.
    pub approval: Approval,
}

/// Whether an actor may approve a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// He may.
    May,
    /// He asked for it himself.
    Own,
    /// It is for his own unit.
    OwnUnit,
    /// His role does not approve.
    NoRight,
}

/// The requests, as an actor may see them.
pub fn requests(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Requests> {
    let book = Book::open(office, connection, actor)?;
    let mut open = record::open::<Request>(connection, actor.province)?;
    open.retain(|kept| book.sees(kept.content.facility));
    open.sort_by_key(|kept| (kept.content.priority, kept.content.needed_by));
    let mut over = record::newest::<Request>(connection, actor.province, 400)?;
    over.retain(|kept| kept.content.stage.is_over() && book.sees(kept.content.facility));
    over.truncate(CLOSED_SHOWN);
    let lines = |all: Vec<Kept<Request>>| all.into_iter().map(|kept| line_of(&book, kept)).collect();
    Ok(Requests { open: lines(open), over: lines(over), book })
}

fn line_of(book: &Book, kept: Kept<Request>) -> RequestLine {
    let Kept { id, content: request, .. } = kept;
    let contract = request.contract.and_then(|id| book.contracts.iter().find(|kept| kept.id == id));
    RequestLine {
        facility: book.facility_name(request.facility),
        store: book.store_label(request.store),
        supplier: request.supplier.map(|id| book.supplier_name(id)),
        contract: contract.map(|kept| kept.content.number.clone()),
        late: late_by(&request, book.at),
        id,
        request,
    }
}

/// Late is what is not here when it was needed, or when its vehicle should have arrived.
fn late_by(request: &Request, now: Moment) -> Option<Span> {
    if request.stage.is_over() {
        return None;
    }
    let eta = request.load.as_ref().filter(|_| request.stage.is_loaded()).map(|load| load.eta);
    let due = eta.map_or(request.needed_by, |eta| eta.min(request.needed_by));
    (now > due).then(|| now - due)
}

/// One request, as an actor may see it.
pub fn request(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: RecordId<Request>,
) -> Outcome<RequestView> {
    let book = Book::open(office, connection, actor)?;
    let kept = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    book.facility(kept.content.facility)?;
    let province = actor.province;
    let mut receipts = Vec::new();
    for part in &kept.content.parts {
        receipts.extend(record::one(connection, province, part.receipt)?);
    }
    let supplier = match kept.content.supplier {
        Some(id) => record::one(connection, province, id)?,
        None => None,
    };
    let contract = match kept.content.contract {
        Some(id) => match record::one::<Contract>(connection, province, id)? {
            Some(contract) => {
                let open = record::open::<Request>(connection, province)?;
                let drawn = drawn(connection, province, id, &open)?;
                Some((contract, drawn))
            }
            None => None,
        },
        None => None,
    };
    let mut wrong: Vec<Kept<Receipt>> = Vec::new();
    let mut before: Vec<RecordId<Receipt>> = receipts.iter().filter_map(|one| one.content.corrects).collect();
    while let Some(id) = before.pop() {
        let found = record::one::<Receipt>(connection, province, id)?;
        before.extend(found.as_ref().and_then(|one| one.content.corrects));
        wrong.extend(found);
    }
    let by_others = receipts.iter().filter(|one| !recorded_by(&one.content, actor.user));
    let may = actor.may(Capability::CorrectReport);
    let correctable = by_others.filter(|_| may).map(|one| one.id).collect();
    let load = kept.content.load.as_ref().filter(|_| kept.content.stage.is_loaded());
    let plate = load.and_then(|load| oxygen::supply::plate_key(&load.plate).ok());
    let position = match plate {
        Some(plate) => positions(connection, &book.registry, actor, book.at)?.remove(&plate),
        None => None,
    };
    let position = position.map(|position| {
        let km = position.km_to(&book.registry, kept.content.facility);
        (position, km)
    });
    let (issuer, verbs) = voices(&book, &kept.content);
    Ok(RequestView {
        versions: record::versions(connection, province, id)?,
        approval: approval(actor, &kept.content),
        line: line_of(&book, kept),
        receipts,
        wrong,
        correctable,
        position,
        supplier,
        contract,
        verbs,
        issuer,
        book,
    })
}

fn approval(actor: &Actor, request: &Request) -> Approval {
    if !actor.may(Capability::ApproveSupply) {
        Approval::NoRight
    } else if request.asked_by.user == actor.user {
        Approval::Own
    } else if matches!(actor.scope, Scope::Bodies(_)) {
        Approval::OwnUnit
    } else {
        Approval::May
    }
}

/// The office that orders, and with which verb it speaks to the facility and to the supplier: it orders its own units
/// and asks all others.
fn voices(book: &Book, request: &Request) -> (String, [&'static str; 2]) {
    let registry = &book.registry;
    let department = registry.body_of_kind(BodyKind::HealthDepartment);
    let issuer = department.or_else(|| registry.body_of_kind(BodyKind::OxygenCoordinationUnit));
    let Some(issuer) = issuer else { return (String::new(), ["đề nghị"; 2]) };
    let directory = registry.directory();
    let verb = |to: BodyId| {
        let authority = directory.authority(issuer.id, to, book.at.date());
        if matches!(authority, Ok(Authority::Orders)) { "yêu cầu" } else { "đề nghị" }
    };
    let supplier = request.supplier.map_or("đề nghị", |supplier| verb(BodyId(supplier.0)));
    (issuer.name.clone(), [verb(BodyId::from(request.facility)), supplier])
}

/// How many requests wait at each place, for the sentence of the page.
pub fn counts(requests: &Requests) -> [usize; 3] {
    let of = |fits: fn(&Request) -> bool| requests.open.iter().filter(|line| fits(&line.request)).count();
    let late = requests.open.iter().filter(|line| line.late.is_some()).count();
    [of(|request| request.stage == Stage::Asked), of(|request| request.stage.is_loaded()), late]
}
