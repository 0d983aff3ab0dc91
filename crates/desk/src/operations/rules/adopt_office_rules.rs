//! Adopt rules for the office from a day on: one of the versions as shipped, or its own figures (DT05). Nothing that was
//! reckoned before is reckoned again.

use jiff::civil::Date;
use protocol::OfficeRules;
use serde::Serialize;

use super::{refused, words};
use crate::failure::{Failure, Outcome};
use crate::office_rules::{RulesAdopted, RulesRefused, shipped_version};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// What is chosen.
#[derive(Debug, Serialize)]
pub enum Chosen {
    /// A version as shipped, by its stable name.
    Shipped(String),
    /// The office's own figures.
    Own(Box<OfficeRules>),
}

/// Rules for an office.
#[derive(Debug, Serialize)]
pub struct AdoptOfficeRules {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The first day on which they count: tomorrow at the earliest.
    pub from: Date,
    /// What is chosen.
    pub chosen: Chosen,
    /// The number of the decision.
    pub decision: String,
    /// Who took it: name and post.
    pub decided_by: String,
    /// Part of a demonstration or drill.
    pub simulated: bool,
}

impl Operation for AdoptOfficeRules {
    type Done = RecordId<RulesAdopted>;
    const NAME: &'static str = "adopt_office_rules";
    const NEEDS: Capability = Capability::OverrideNorm;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<RulesAdopted>> {
        desk.whole_province()?;
        // What counts today has been reckoned with today.
        if self.from <= desk.now().date() {
            return Err(refused(RulesRefused::Retroactive { day: self.from }));
        }
        let (decision, decided_by) = (words(&self.decision), words(&self.decided_by));
        if decision.is_empty() {
            return Err(refused(RulesRefused::NoDecision));
        }
        let shipped = matches!(self.chosen, Chosen::Shipped(_));
        let rules = match self.chosen {
            Chosen::Shipped(id) => {
                shipped_version(&id).map_err(Failure::refused)?.ok_or_else(|| refused(RulesRefused::NoVersion))?
            }
            Chosen::Own(own) => own_figures(*own, self.from, &decision)?,
        };
        let adopted = RulesAdopted {
            from: self.from,
            rules,
            shipped,
            decision,
            decided_by,
            adopted_by: desk.actor().display_name.clone(),
            adopted_at: desk.now(),
            simulated: self.simulated,
        };
        // A day that has not come may be decided otherwise; the earlier word stays on record.
        let before = desk.record_of_code::<RulesAdopted>(&self.from.to_string())?;
        desk.mention("from", self.from.to_string());
        desk.mention("rules", adopted.rules.id.clone());
        let id = desk.keep_record(before.as_ref(), &adopted)?;
        desk.about(id.0);
        Ok(id)
    }
}

/// The office's own figures under its own name; its decision is where they stand written.
fn own_figures(mut own: OfficeRules, from: Date, decision: &str) -> Outcome<OfficeRules> {
    if let Some(part) = own.fault() {
        return Err(refused(RulesRefused::Figure { part }));
    }
    own.id = format!("office.own/{from}");
    let sources =
        [&mut own.entry.source, &mut own.proposed.source, &mut own.reminders.source, &mut own.obstacles.source];
    for source in sources.into_iter().chain([&mut own.receipts.source]) {
        decision.clone_into(source);
    }
    let unconfirmed = [
        &mut own.entry.unconfirmed,
        &mut own.proposed.unconfirmed,
        &mut own.reminders.unconfirmed,
        &mut own.obstacles.unconfirmed,
        &mut own.receipts.unconfirmed,
    ];
    unconfirmed.into_iter().for_each(|one| *one = false);
    Ok(own)
}
