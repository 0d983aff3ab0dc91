//! Enter a recount: what somebody counted at a facility, against what the ledger gave for that moment (DT12).
//!
//! The ledger itself is not touched. The count goes into it as an ordinary report (`file_report`), and the
//! recount then names that report (`link_recount`).

use oxygen::{Known, StoreId, outlook};
use place::FacilityId;
use serde::Serialize;
use store::projection::States;
use store::series::{self, Horizon};

use crate::command::recount::{Counted, Recount};
use crate::command::{Refused, must_say, said};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::{Told, check_time, weigh_all};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::views::running_out::store_state;

/// What was counted: gauges and cylinders of `told`; its patients and photo are of no account here.
#[derive(Debug, Clone, Serialize)]
pub struct RecountStock {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Where.
    pub facility: FacilityId,
    /// When and what.
    pub told: Told,
    /// Who counted.
    pub by: String,
    /// What else was seen.
    pub note: String,
}

impl Operation for RecountStock {
    type Done = RecordId<Recount>;
    const NAME: &'static str = "recount_stock";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Self::Done> {
        let facility = desk.facility(self.facility)?;
        let by = must_say("by", &self.by)?;
        let at = check_time(desk.now(), self.told.happened_at)?;
        let province = desk.actor().province;
        let settings = desk.registry().settings(&facility, at.date())?;
        let states = States::of_facility(desk.transaction(), province, facility.id)?;
        let rows = weigh_all(&facility, &self.told, at, &states, &settings)?;
        let rows: Vec<_> = rows.into_iter().filter(|row| row.made_per_hour.is_none()).collect();
        if rows.is_empty() {
            return Err(Failure::refused(Refused::NothingCounted));
        }
        let mut lines = Vec::with_capacity(rows.len());
        for row in rows {
            let store = facility.stores_on(at.date()).find(|store| store.id == row.store);
            let Some(store) = store else { continue };
            let (latest, recent) = series::store_at(desk.transaction(), province, store.id, Horizon::now(at))?;
            let state = store_state(store, latest.as_ref(), &recent);
            let known = Known { stores: &[state], census: None, in_transit: quantity::Grams::ZERO };
            let seen = outlook(at, &known, &settings);
            // What is left of the last reading by now: the heel stays in the vessel and was counted too.
            let ledger = seen.read_at.map(|_| seen.usable_now.mid + (seen.stock - seen.usable));
            lines.push(Counted {
                store: store.id,
                label: store.label.clone(),
                counted: row.grams,
                typed: typed_of(&self.told, store.id),
                ledger,
                read_at: seen.read_at,
            });
        }
        let content = Recount { facility: facility.id, at, by, lines, note: said(&self.note), report: None };
        let id = desk.open_record(&content)?;
        desk.about(id.0);
        desk.mention("facility", facility.code.as_str());
        Ok(id)
    }
}

/// «480 mmH2O», «12 đầy, 3 dở, 20 vỏ».
fn typed_of(told: &Told, store: StoreId) -> String {
    let level = told.levels.iter().find(|level| level.store == store).map(|level| match level.unit {
        Some(unit) if level.text.chars().all(|sign| !sign.is_alphabetic()) => {
            format!("{} {}", level.text, unit.label())
        }
        _ => level.text.clone(),
    });
    let count = || told.cylinders.iter().find(|count| count.store == store);
    level
        .or_else(|| count().map(|count| format!("{} đầy, {} dở, {} vỏ", count.full, count.part, count.empty)))
        .unwrap_or_default()
}
