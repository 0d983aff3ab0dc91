//! Builders: a province, its tanks, and what is told of them, as the desk would write it.

use std::sync::atomic::{AtomicU64, Ordering};

use oxygen::{CensusId, CylinderChange, MovementId, MovementKind, ReadingId, ReportId, StoreId};
use place::{FacilityId, ProvinceId};
use quantity::{Grams, Id, Moment, Typed, Unit};
use store::audit::AuditRow;
use store::finding::{self, Facets, Summed, Work};
use store::ledger::{self, CaseCountRow, CensusRow, MovementRow, ReadingRow, ReportRow, ReversalRow, Stamp};
use store::projection::{self, States};
use store::record::RecordRow;
use store::register::StoreRow;
use store::series::{self, Horizon};
use store::{Content, OperationId, Store, StoreError, Transaction, audit, record, register};

use super::MORNING;

pub const PROVINCE: ProvinceId = ProvinceId::new(1);

/// A key that nobody else in this run has; later ones sort later.
pub fn fresh_id() -> Id {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    Id::from_bytes(bytes)
}

/// One operation with its audit row, recorded at a moment of the real clock.
pub fn perform_in<T>(
    transaction: &mut Transaction<'_>,
    province: ProvinceId,
    recorded_at: Moment,
    work: impl FnOnce(&mut Transaction<'_>, &mut Content, &Stamp) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let stamp = Stamp { province, operation: OperationId(fresh_id()), recorded_at };
    let mut content = Content::default();
    let done = work(transaction, &mut content, &stamp)?;
    transaction.touch(province);
    append_audit(transaction, &stamp, content)?;
    Ok(done)
}

/// The same through the writer.
pub fn perform<T: Send + 'static>(
    store: &Store,
    province: ProvinceId,
    recorded_at: Moment,
    work: impl FnOnce(&mut Transaction<'_>, &mut Content, &Stamp) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    store.write_blocking(move |transaction| perform_in(transaction, province, recorded_at, work))
}

/// The audit row of an operation.
pub fn append_audit(transaction: &mut Transaction<'_>, stamp: &Stamp, content: Content) -> Result<(), StoreError> {
    audit::append(
        transaction,
        AuditRow {
            province: stamp.province,
            id: stamp.operation,
            recorded_at: stamp.recorded_at,
            domain_at: stamp.recorded_at,
            actor: None,
            action: "test",
            subject: Some(stamp.operation.0),
            detail: r#"{"what":"a test"}"#.to_owned(),
            content,
        },
    )
}

/// A tank of a facility.
#[derive(Clone, Copy, Debug)]
pub struct Tank {
    pub province: ProvinceId,
    pub facility: FacilityId,
    pub store: StoreId,
}

impl Tank {
    /// A tank of a new facility.
    pub fn new(store: &Store, province: ProvinceId) -> Self {
        let tank = Self { province, facility: FacilityId(fresh_id()), store: StoreId(fresh_id()) };
        let row = StoreRow {
            id: tank.store,
            facility: tank.facility,
            label: "Bồn chính".to_owned(),
            position: 1,
            specification: "{}".to_owned(),
            valid_from: jiff::civil::date(2021, 1, 1),
            valid_to: None,
        };
        store
            .write_blocking::<_, StoreError, _>(move |transaction| register::add_store(transaction, province, &row))
            .expect("a tank");
        tank
    }

    /// A reading of this tank, every column filled.
    pub fn reading(&self, happened_at: Moment, grams: i64) -> ReadingRow {
        ReadingRow {
            id: ReadingId(fresh_id()),
            report: Some(ReportId(fresh_id())),
            store: self.store,
            happened_at,
            grams: Grams(grams),
            made_per_hour: Some(Grams(1_000)),
            typed: Some(Typed {
                text: format!("{grams} g"),
                value: grams as f64,
                unit: Unit::Kilogram,
                reference: None,
                purity: None,
            }),
            counts: None,
            source: "form",
        }
    }

    pub fn movement(&self, happened_at: Moment, kind: MovementKind, grams: i64) -> MovementRow {
        MovementRow {
            id: MovementId(fresh_id()),
            report: None,
            store: self.store,
            happened_at,
            kind: kind.code(),
            grams: Grams(grams),
            typed: None,
            cylinders: Some(CylinderChange { full: 2, part: 0, empty: -2, damaged: 0 }),
            counterpart: Some(fresh_id()),
            source: "phone",
        }
    }

    pub fn census(&self, happened_at: Moment, on_mask: u32) -> CensusRow {
        CensusRow {
            id: CensusId(fresh_id()),
            report: Some(ReportId(fresh_id())),
            facility: self.facility,
            happened_at,
            by_device: [on_mask, 3, 2, 1, 0],
            waiting: Some(4),
            source: "form",
        }
    }

    /// Appends a reading and folds it in, as the desk does.
    pub fn told(&self, transaction: &mut Transaction<'_>, at: Moment, row: &ReadingRow) -> Result<(), StoreError> {
        perform_in(transaction, self.province, at, |transaction, content, stamp| {
            let mut states = States::of_facility(transaction, self.province, self.facility)?;
            ledger::append_reading(transaction, content, stamp, row)?;
            states.observe(self.facility, row);
            states.save(transaction, self.province)
        })
    }

    /// Appends a movement and folds it in.
    pub fn shifted(&self, transaction: &mut Transaction<'_>, at: Moment, row: &MovementRow) -> Result<(), StoreError> {
        perform_in(transaction, self.province, at, |transaction, content, stamp| {
            let mut states = States::of_facility(transaction, self.province, self.facility)?;
            ledger::append_movement(transaction, content, stamp, row)?;
            states.move_(self.facility, row);
            states.save(transaction, self.province)
        })
    }

    /// Appends a count of patients and keeps it if it is the newest.
    pub fn counted(&self, transaction: &mut Transaction<'_>, at: Moment, row: &CensusRow) -> Result<(), StoreError> {
        perform_in(transaction, self.province, at, |transaction, content, stamp| {
            ledger::append_census(transaction, content, stamp, row)?;
            projection::save_census(transaction, self.province, row)
        })
    }

    /// Takes a row back and settles the projections from the ledgers.
    pub fn reversed(&self, transaction: &mut Transaction<'_>, at: Moment, target: Id) -> Result<(), StoreError> {
        perform_in(transaction, self.province, at, |transaction, content, stamp| {
            let reversal = ReversalRow { id: fresh_id(), target, replacement: None, reason: "gõ nhầm".to_owned() };
            ledger::append_reversal(transaction, content, stamp, &reversal)?;
            let ever = Horizon::now(Moment::from_micros(i64::MAX - 1));
            let mut states = States::of_facility(transaction, self.province, self.facility)?;
            let (latest, recent) = series::store_at(transaction, self.province, self.store, ever)?;
            states.replace(self.facility, self.store, latest, recent);
            states.save(transaction, self.province)?;
            let newest = series::census_at(transaction, self.province, self.facility, ever)?;
            projection::replace_census(transaction, self.province, self.facility, newest.as_ref())
        })
    }

    /// Tells one reading by itself; returns its key.
    pub fn tell(&self, store: &Store, at: Moment, happened_at: Moment, grams: i64) -> ReadingId {
        let (tank, row) = (*self, self.reading(happened_at, grams));
        let id = row.id;
        store.write_blocking(move |transaction| tank.told(transaction, at, &row)).expect("a reading");
        id
    }
}

/// One row in every ledger, and the projections that belong to them.
pub fn fill_every_ledger(store: &Store, province: ProvinceId) -> Tank {
    let tank = Tank::new(store, province);
    let row = ReportRow {
        id: ReportId(fresh_id()),
        facility: tank.facility,
        happened_at: MORNING,
        source: "form",
        told_by: Some("chị Lan".to_owned()),
        note: Some("đồng hồ cũ".to_owned()),
        photo: Some(store::sha256(b"a photo")),
    };
    let cases = CaseCountRow {
        id: fresh_id(),
        area_code: "91".to_owned(),
        week_ending: jiff::civil::date(2021, 12, 4),
        cases: 3_040,
        source: "file",
    };
    let supplier = RecordRow {
        id: fresh_id(),
        kind: "supplier".to_owned(),
        owner: Some(tank.facility.0),
        code: Some("NCC-01".to_owned()),
        due_at: Some(MORNING),
        open: true,
        version: 1,
        recorded_at: MORNING,
        content: r#"{"name":"Oxy Sông Hậu"}"#.to_owned(),
    };
    let facets = Facets {
        index: Some(("letter", 2021 * 12 + 11)),
        terms: ["oxy".to_owned()].into(),
        links: [("3183/SYT-KHTC".to_owned(), "implements".to_owned())].into(),
        work: Some(Work {
            body: Some(place::BodyId(fresh_id())),
            holder: Some(place::PersonId(fresh_id())),
            stage: "assigned".to_owned(),
            open: true,
            due_at: Some(MORNING),
            origin: Some(fresh_id()),
            sums: vec![Summed {
                period: "2026-Q4".to_owned(),
                name: String::new(),
                verdict: "running".to_owned(),
                at: MORNING.micros(),
                works: 1,
                amount: 60,
            }],
        }),
    };
    perform(store, province, MORNING, move |transaction, content, stamp| {
        ledger::append_report(transaction, content, stamp, &row)?;
        ledger::append_case_count(transaction, content, stamp, &cases)?;
        record::append(transaction, content, stamp, &supplier)?;
        finding::append(transaction, content, stamp, (supplier.id, 1), &facets)
    })
    .expect("a report");
    let (wrong, right) = (tank.reading(MORNING, 22_400_000), tank.reading(MORNING, 2_240_000));
    let (came, count) = (tank.movement(MORNING, MovementKind::Received, 500_000), tank.census(MORNING, 17));
    let told: Result<(), StoreError> = store.write_blocking(move |transaction| {
        tank.told(transaction, MORNING, &wrong)?;
        tank.reversed(transaction, MORNING, wrong.id.0)?;
        tank.told(transaction, MORNING, &right)?;
        tank.shifted(transaction, MORNING, &came)?;
        tank.counted(transaction, MORNING, &count)
    });
    told.expect("what is told");
    tank
}

/// Seals everything of a province.
pub fn seal_all(store: &Store, province: ProvinceId) {
    while store.write_blocking::<_, StoreError, _>(move |t| audit::seal(t, province)).expect("a seal") > 0 {}
}
