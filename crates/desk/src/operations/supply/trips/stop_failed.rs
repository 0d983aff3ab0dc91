//! Nothing was delivered at a stop: its order waits for another trip, and what was meant for it is still on the vehicle
//! (OX13, OX15).

use quantity::Moment;
use serde::Serialize;

use super::super::needed;
use super::follow::give_back;
use super::{Through, at_trip_step, open_stop, set_off, told_at, trip_of};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{StopEnd, Trip, TripStage, Who, WhyFailed};

/// A stop that failed.
#[derive(Debug, Clone, Serialize)]
pub struct StopFailed {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The link through which it came; none where the desk writes it down.
    pub through: Through,
    /// Of which trip.
    pub trip: RecordId<Trip>,
    /// Number of the stop.
    pub stop: u32,
    /// Why.
    pub why: WhyFailed,
    /// In words; needed for another reason than those listed.
    pub words: String,
    /// When; a queue sends it later, so it is no part of what is asked.
    #[serde(skip)]
    pub at: Option<Moment>,
}

impl Operation for StopFailed {
    type Done = ();
    const NAME: &'static str = "stop_failed";
    const NEEDS: Capability = Capability::CarryOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = trip_of(desk, self.trip, self.through)?;
        let mut trip = before.content.clone();
        at_trip_step(&trip, matches!(trip.stage, TripStage::Loaded | TripStage::UnderWay))?;
        let stop = open_stop(&trip, self.stop)?;
        let words = match self.why {
            WhyFailed::Other => needed(&self.words, "reason")?,
            _ => self.words.trim().chars().take(300).collect(),
        };
        let at = told_at(desk, self.at)?;
        let kept = desk.record(stop.request)?;
        if kept.content.stage.is_loaded() {
            let mut request = kept.content.clone();
            give_back(&mut request);
            desk.revise(&kept, &request)?;
        }
        let by = Who::of(desk.actor());
        let stop = trip.stop_mut(self.stop).ok_or(Failure::NotFound)?;
        stop.end = Some(StopEnd::Failed { why: self.why, words, by, at });
        set_off(&mut trip, at);
        desk.revise(&before, &trip)?;
        desk.about(self.trip.0);
        desk.mention("why", self.why.code());
        Ok(())
    }
}
