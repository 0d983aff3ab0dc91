//! Merge a facility into another from today on (OX16): it ends with its successor named, its stores
//! go on there, their stock is handed over by dated entries on both sides.
//!
//! A store that goes on has a new key at the successor: the old one keeps its past, whose page and whose
//! list of that day stay as they were. The readings of the last days are carried over with their
//! moments, so that the age of the stock stays honest and the rate of use goes on. Only stretches without
//! deliveries are carried: kilograms received stand once, where they were received. The entry at the successor
//! is one of the book, as the carried readings hold the oxygen already.
//!
//! What else it had goes on as `crate::heritage` says; posts of its people end with it, as they are appointed anew.

use std::collections::HashMap;

use oxygen::{MovementId, MovementKind, ReadingId, Recent, Source, Store, StoreId};
use place::{BodyId, FacilityId};
use quantity::{Grams, Moment, Span, Typed, Unit};
use serde::{Deserialize, Serialize};
use store::ledger::{MovementRow, ReadingRow};
use store::projection::{Latest, States};
use store::register;
use store::series::{self, Horizon};

use crate::failure::{Failure, Outcome};
use crate::heritage::{Heritage, Moved};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::register_body::add_store;
use crate::registry::Facility;
use crate::rights::Capability;
use crate::succession::Refused;

/// What is handed over was read within this time.
const COUNTED_WITHIN: Span = Span::hours(24);

/// A facility that goes on in another.
#[derive(Debug, Serialize)]
pub struct MergeFacility {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which ends.
    pub facility: FacilityId,
    /// Which goes on.
    pub into: FacilityId,
}

/// What was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// Each store with the one that goes on in its place and what it held.
    pub stores: Vec<(StoreId, StoreId, Grams)>,
    /// What else went on, and what stayed behind.
    #[serde(default)]
    pub moved: Moved,
}

impl Operation for MergeFacility {
    type Done = Merged;
    const NAME: &'static str = "merge_facility";
    const NEEDS: Capability = Capability::KeepRegisters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Merged> {
        let (from, into) = (desk.facility(self.facility)?, desk.facility(self.into)?);
        let (province, now) = (desk.actor().province, desk.now());
        let today = now.date();
        if from.id == into.id {
            return Err(Failure::refused(Refused::IntoItself));
        }
        if !into.body.valid_on(today) {
            return Err(Failure::refused(Refused::HasEnded { name: into.body.name }));
        }
        let heritage = Heritage::find(desk.transaction(), province, from.id, into.id)?;
        if heritage.orders + heritage.loans > 0 {
            // What is on the road to its stores, or owed by or to them, could neither be received nor given back once
            // they are closed: it is settled first.
            let (orders, loans) = (heritage.orders, heritage.loans);
            return Err(Failure::refused(Refused::Unsettled { orders, loans }));
        }
        let heir = BodyId::from(into.id);
        if !register::end_body(desk.transaction(), province, from.body.id, today, &[heir])? {
            return Err(Failure::refused(Refused::HasEnded { name: from.body.name }));
        }
        let mut states = (
            States::of_facility(desk.transaction(), province, from.id)?,
            States::of_facility(desk.transaction(), province, into.id)?,
        );
        let first = into.stores.iter().map(|entry| entry.position + 1).max().unwrap_or(0);
        let mut stores = Vec::new();
        for (position, store) in (first..).zip(from.stores_on(today)) {
            let (latest, recent) = series::store_at(desk.transaction(), province, store.id, Horizon::now(now))?;
            check_counted(store, latest.as_ref(), now)?;
            let next = Store {
                id: StoreId(desk.new_id()),
                label: format!("{} ({})", store.label, from.body.name),
                ..store.clone()
            };
            add_store(desk, into.id, position, &next, today)?;
            carry(desk, &into, next.id, latest, &recent, &mut states.1)?;
            let held = if store.kind.holds_stock() { held(&recent, now) } else { Grams::ZERO };
            hand_over(desk, (&from, store.id), (&into, next.id), held, &mut states)?;
            register::close_store(desk.transaction(), province, store.id, today)?;
            stores.push((store.id, next.id, held));
        }
        states.0.save(desk.transaction(), province)?;
        states.1.save(desk.transaction(), province)?;
        let heirs: HashMap<StoreId, StoreId> = stores.iter().map(|(old, new, _)| (*old, *new)).collect();
        let moved = heritage.pass_on(desk, &from, &into, &heirs)?;
        end_posts(desk, from.body.id)?;
        desk.about(from.id.0);
        desk.mention("facility", from.code.as_str());
        desk.mention("into", into.code.as_str());
        desk.registers_changed();
        Ok(Merged { stores, moved })
    }
}

/// Nobody holds a post in a body that has ended.
fn end_posts(desk: &mut Desk<'_, '_>, body: BodyId) -> Outcome<()> {
    let (province, now) = (desk.actor().province, desk.now());
    let posts = register::appointments(desk.transaction(), province)?;
    let held =
        |row: &&register::AppointmentRow| row.body == body && row.from < now && row.to.is_none_or(|end| now < end);
    for row in posts.iter().filter(held) {
        register::end_appointment(desk.transaction(), province, row.id, now)?;
    }
    Ok(())
}

/// Nobody hands over what nobody has counted.
fn check_counted(store: &Store, latest: Option<&Latest>, now: Moment) -> Outcome<()> {
    let counted = latest.is_some_and(|latest| now - latest.happened_at <= COUNTED_WITHIN);
    if counted || !store.kind.holds_stock() {
        return Ok(());
    }
    Err(Failure::refused(Refused::CountFirst { label: store.label.clone() }))
}

/// What stands in the book: the last reading and what came and went since.
fn held(recent: &Recent, now: Moment) -> Grams {
    let read = recent.latest(now);
    read.map_or(Grams::ZERO, |sample| (sample.grams + recent.physical_between(sample.at, now)).max(Grams::ZERO))
}

/// The readings since the last delivery, and what the last one counted or made.
fn carry(
    desk: &mut Desk<'_, '_>,
    into: &Facility,
    store: StoreId,
    latest: Option<Latest>,
    recent: &Recent,
    states: &mut States,
) -> Outcome<()> {
    let Some(latest) = latest else { return Ok(()) };
    let source = Source::from_code(&latest.source).unwrap_or(Source::Form).code();
    let moved = recent.moves().iter().filter(|kept| kept.at < latest.happened_at).map(|kept| kept.at).max();
    let since = moved.unwrap_or(Moment::from_micros(i64::MIN));
    let earlier = recent.samples().iter().filter(|sample| since < sample.at && sample.at < latest.happened_at);
    let mut rows: Vec<ReadingRow> = earlier
        .map(|sample| (sample.at, sample.grams, None, None))
        .chain([(latest.happened_at, latest.grams, latest.made_per_hour, latest.counts)])
        .map(|(happened_at, grams, made_per_hour, counts)| ReadingRow {
            id: ReadingId(desk.new_id()),
            report: None,
            store,
            happened_at,
            grams,
            made_per_hour,
            typed: None,
            counts,
            source,
        })
        .collect();
    // What came after the last reading is in the book, and was in no gauge yet.
    if let Some(last) = rows.last_mut().filter(|last| last.made_per_hour.is_none()) {
        last.grams = held(recent, desk.now());
    }
    for row in &rows {
        desk.append_reading(row)?;
        states.observe(into.id, row);
    }
    Ok(())
}

/// A dated entry on each side.
fn hand_over(
    desk: &mut Desk<'_, '_>,
    (from, old): (&Facility, StoreId),
    (into, new): (&Facility, StoreId),
    held: Grams,
    states: &mut (States, States),
) -> Outcome<()> {
    if held <= Grams::ZERO {
        return Ok(());
    }
    let entry = |desk: &Desk<'_, '_>, store, kind: MovementKind, grams: Grams, other: BodyId| MovementRow {
        id: MovementId(desk.new_id()),
        report: None,
        store,
        happened_at: desk.now(),
        kind: kind.code(),
        grams,
        typed: Some(Typed::measured(held.as_kg(), Unit::Kilogram)),
        cylinders: None,
        counterpart: Some(other.0),
        source: Source::Form.code(),
    };
    let out = entry(desk, old, MovementKind::HandedOver, -held, BodyId::from(into.id));
    desk.append_movement(&out)?;
    states.0.move_(from.id, &out);
    let taken = entry(desk, new, MovementKind::Adjustment, held, BodyId::from(from.id));
    desk.append_movement(&taken)?;
    states.1.move_(into.id, &taken);
    Ok(())
}
