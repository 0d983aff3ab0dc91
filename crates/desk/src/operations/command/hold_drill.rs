//! Enter the drill of the year (PR01).

use jiff::civil::Date;
use serde::Serialize;

use super::not_ahead;
use crate::command::finding::Drill;
use crate::command::{must_say, said};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// What was played, when, by whom.
#[derive(Debug, Clone, Serialize)]
pub struct HoldDrill {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The day.
    pub held_on: Date,
    /// What was played.
    pub scenario: String,
    /// Who took part.
    pub took_part: String,
}

impl Operation for HoldDrill {
    type Done = RecordId<Drill>;
    const NAME: &'static str = "hold_drill";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Self::Done> {
        desk.whole_province()?;
        let content = Drill {
            held_on: not_ahead(desk, self.held_on)?,
            scenario: must_say("scenario", &self.scenario)?,
            took_part: said(&self.took_part).unwrap_or_default(),
        };
        let id = desk.open_record(&content)?;
        desk.about(id.0);
        Ok(id)
    }
}
