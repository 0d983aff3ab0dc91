//! What was received in a month against what was invoiced (OX14), and next year's estimate.

use jiff::ToSpan;
use jiff::civil::Date;
use oxygen::supply::{Compared, Estimate, Growth, NoteLine, compare, next_year};
use place::FacilityId;
use quantity::{Grams, Moment};
use store::{Connection, series};

use super::Book;
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::office::Office;
use crate::operations::supply::norm;
use crate::record::{self, Kept, RecordId};
use crate::registry::Facility;
use crate::supply::{Contract, Invoice, Receipt, Request, Supplier};

/// Requests of one facility that are looked through: one a day for five years.
const MOST_REQUESTS: i64 = 2_000;
/// Contracts of a province, ended ones too.
const MOST_CONTRACTS: i64 = 2_000;

/// One delivery of the ledger, with its note where there is a receipt.
#[derive(Debug, Clone)]
pub struct DeliveryLine {
    /// When.
    pub at: Moment,
    /// Number of the delivery note; none where the movement was recorded without a receipt.
    pub note: Option<String>,
    /// How much.
    pub grams: Grams,
}

/// A supplier's month at a facility.
#[derive(Debug, Clone)]
pub struct SupplierMonth {
    /// Which; none for deliveries of which nobody said from whom.
    pub supplier: Option<RecordId<Supplier>>,
    /// Its name.
    pub name: String,
    /// By the ledger.
    pub deliveries: Vec<DeliveryLine>,
    /// The sum of them.
    pub received: Grams,
    /// Its invoices.
    pub invoices: Vec<Kept<Invoice>>,
    /// The sum of them; none while there is none.
    pub invoiced: Option<Grams>,
    /// Delivery by delivery, where the invoices list them.
    pub lines: Vec<Compared>,
    /// Whether the sums differ by more than the tolerance.
    pub has_gap: bool,
    /// The price of a kilogram by contract, in đồng.
    pub contract_price: Option<i64>,
}

impl SupplierMonth {
    /// Invoiced less received; none while there is no invoice.
    pub fn gap(&self) -> Option<Grams> {
        Some(self.invoiced? - self.received)
    }
}

/// A month of a facility.
#[derive(Debug, Clone)]
pub struct Month {
    /// Names and choices.
    pub book: Book,
    /// Which facility.
    pub facility: FacilityId,
    /// Its name.
    pub name: String,
    /// First day of the month.
    pub month: Date,
    /// One a supplier.
    pub suppliers: Vec<SupplierMonth>,
}

/// The facility asked for, or the first that the actor sees.
pub(super) fn chosen(book: &Book, asked: Option<FacilityId>) -> Outcome<Facility> {
    let first = book.facilities.first().map(|one| one.id);
    let id = asked.or(first).ok_or(crate::Failure::NotFound)?;
    book.facility(id).cloned()
}

/// The first moments of a month and of the next.
pub(super) fn ends_of(month: Date) -> (Moment, Moment) {
    let first = month.first_of_month();
    let next = first.checked_add(1.month()).unwrap_or(first);
    (Moment::start_of(first), Moment::start_of(next))
}

/// A month of a facility, as an actor may see it.
pub fn month(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    facility: Option<FacilityId>,
    month: Option<Date>,
) -> Outcome<Month> {
    let book = Book::open(office, connection, actor)?;
    let facility = chosen(&book, facility)?;
    let month = month.unwrap_or_else(|| book.at.date()).first_of_month();
    let (from, to) = ends_of(month);
    let province = actor.province;
    let tolerance = norm(&book.registry, "supply.receipt", "invoice_gap", book.at)?.value;
    let receipts = receipts_of(connection, actor, &facility, (from, to))?;
    let mut suppliers: Vec<SupplierMonth> = Vec::new();
    for entry in &facility.stores {
        for delivered in series::delivered(connection, province, entry.store.id, from, to)? {
            let of = delivered.from.map(RecordId::new);
            let note = receipts.iter().find(|kept| kept.content.movement == delivered.id);
            let line = DeliveryLine {
                at: delivered.at,
                note: note.map(|kept| kept.content.note.clone()),
                grams: delivered.grams,
            };
            month_of(&mut suppliers, &book, of).deliveries.push(line);
        }
    }
    for kept in record::of_owner::<Invoice>(connection, province, facility.id.0, 2_000)? {
        if kept.content.month == month {
            month_of(&mut suppliers, &book, Some(kept.content.supplier)).invoices.push(kept);
        }
    }
    let contracts = record::newest::<Contract>(connection, province, MOST_CONTRACTS)?;
    for one in &mut suppliers {
        add_up(one, &contracts, facility.id, month, tolerance);
    }
    suppliers.sort_by_cached_key(|one| place::text::sort_key(&one.name));
    Ok(Month { facility: facility.id, name: facility.body.name.clone(), month, suppliers, book })
}

/// The receipts of a facility in a stretch of time, found by its requests: a contract that ended, or serves others now,
/// keeps what was received under it.
fn receipts_of(
    connection: &mut Connection,
    actor: &Actor,
    facility: &Facility,
    (from, to): (Moment, Moment),
) -> Outcome<Vec<Kept<Receipt>>> {
    let mut receipts = Vec::new();
    for kept in record::of_owner::<Request>(connection, actor.province, facility.id.0, MOST_REQUESTS)? {
        for part in kept.content.parts.iter().filter(|part| from <= part.at && part.at < to) {
            receipts.extend(record::one(connection, actor.province, part.receipt)?);
        }
    }
    Ok(receipts)
}

fn month_of<'a>(
    all: &'a mut Vec<SupplierMonth>,
    book: &Book,
    supplier: Option<RecordId<Supplier>>,
) -> &'a mut SupplierMonth {
    let place = all.iter().position(|one| one.supplier == supplier).unwrap_or_else(|| {
        all.push(SupplierMonth {
            supplier,
            name: supplier.map_or_else(String::new, |id| book.supplier_name(id)),
            deliveries: Vec::new(),
            received: Grams::ZERO,
            invoices: Vec::new(),
            invoiced: None,
            lines: Vec::new(),
            has_gap: false,
            contract_price: None,
        });
        all.len() - 1
    });
    &mut all[place]
}

fn add_up(one: &mut SupplierMonth, contracts: &[Kept<Contract>], facility: FacilityId, month: Date, tolerance: f64) {
    one.deliveries.sort_by_key(|line| line.at);
    one.received = one.deliveries.iter().map(|line| line.grams).sum();
    let sum: Grams = one.invoices.iter().map(|kept| kept.content.grams).sum();
    one.invoiced = (!one.invoices.is_empty()).then_some(sum);
    one.has_gap = one.gap().is_some_and(|gap| gap.abs() > one.received.share(tolerance));
    let billed: Vec<NoteLine> = one.invoices.iter().flat_map(|kept| kept.content.lines.clone()).collect();
    if !billed.is_empty() {
        let noted = one.deliveries.iter().map(|line| NoteLine {
            // A delivery without a note is known by its hour.
            note: line.note.clone().unwrap_or_else(|| line.at.to_string()),
            grams: line.grams,
        });
        one.lines = compare(&noted.collect::<Vec<_>>(), &billed, tolerance);
    }
    let last = ends_of(month).1.date().yesterday().unwrap_or(month);
    let in_month = |kept: &&Kept<Contract>| {
        let terms = kept.content.terms;
        Some(kept.content.supplier) == one.supplier
            && kept.content.serves(facility)
            && terms.from <= last
            && month <= terms.to
    };
    // One that ended still says what its month cost; where two serve, the one in force speaks.
    let price = contracts.iter().filter(in_month).min_by_key(|kept| kept.content.ended);
    one.contract_price = price.map(|kept| kept.content.terms.price.per_kg());
}

/// Next year's estimate for a facility.
#[derive(Debug, Clone)]
pub struct NextYear {
    /// Names and choices.
    pub book: Book,
    /// Which facility.
    pub facility: FacilityId,
    /// Its name.
    pub name: String,
    /// First day of each of the last twelve whole months, with what was received; none in a month without a delivery,
    /// of which nobody knows whether there was none.
    pub months: Vec<(Date, Option<Grams>)>,
    /// The growth assumed.
    pub growth: Growth,
    /// The estimate; none when too few months are known.
    pub estimate: Option<Estimate>,
    /// The contract whose price is taken.
    pub contract: Option<Kept<Contract>>,
}

/// The estimate, as an actor may see it.
pub fn next_year_of(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    facility: Option<FacilityId>,
) -> Outcome<NextYear> {
    let book = Book::open(office, connection, actor)?;
    let facility = chosen(&book, facility)?;
    let this = book.at.date().first_of_month();
    let mut months = Vec::new();
    for back in (1..=12).rev() {
        let month = this.checked_sub(back.months()).unwrap_or(this);
        let (from, to) = ends_of(month);
        let mut sum = None;
        for entry in &facility.stores {
            for delivered in series::delivered(connection, actor.province, entry.store.id, from, to)? {
                sum = Some(sum.unwrap_or(Grams::ZERO) + delivered.grams);
            }
        }
        months.push((month, sum));
    }
    let figure = norm(&book.registry, "supply.estimate", "growth_next_year", book.at)?;
    let growth = Growth { low: 1.0 + figure.low, mid: 1.0 + figure.value, high: 1.0 + figure.high };
    let known: Vec<Option<Grams>> = months.iter().map(|(_, grams)| *grams).collect();
    let today = book.at.date();
    let in_force = |kept: &&Kept<Contract>| kept.content.serves(facility.id) && kept.content.terms.to >= today;
    let contract = book.contracts.iter().filter(in_force).max_by_key(|kept| kept.content.terms.to).cloned();
    let estimate = next_year(&known, growth);
    Ok(NextYear { facility: facility.id, name: facility.body.name.clone(), months, growth, estimate, contract, book })
}
