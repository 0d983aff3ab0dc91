//! A stop of a trip was delivered, whole or in part (OX13, OX15). It is the receipt of its order, by the one operation
//! that there is for receipts; the trip follows from there.

use quantity::Moment;
use serde::Serialize;

use super::super::receive_oxygen::{Delivery, ReceiveOxygen, Received};
use super::{Refused, Through, at_trip_step, open_stop, trip_of};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Trip, TripStage};

/// A delivery at a stop.
#[derive(Debug, Clone, Serialize)]
pub struct StopDelivered {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The link through which it came; none where the desk writes it down.
    pub through: Through,
    /// Of which trip.
    pub trip: RecordId<Trip>,
    /// Number of the stop.
    pub stop: u32,
    /// The papers.
    pub delivery: Delivery,
    /// When; a queue sends it later, so it is no part of what is asked.
    #[serde(skip)]
    pub at: Option<Moment>,
}

impl Operation for StopDelivered {
    type Done = Received;
    const NAME: &'static str = "stop_delivered";
    const NEEDS: Capability = Capability::CarryOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Received> {
        let trip = trip_of(desk, self.trip, self.through)?.content;
        at_trip_step(&trip, matches!(trip.stage, TripStage::Loaded | TripStage::UnderWay))?;
        let stop = open_stop(&trip, self.stop)?;
        // On the driver's telephone both sign: with their hand, or with the code that each was told.
        let signed = |drawn: &str, code: &str| !drawn.trim().is_empty() || !code.trim().is_empty();
        let papers = &self.delivery;
        let both = signed(&papers.deliverer_drawn, &papers.code) && signed(&papers.receiver_drawn, &papers.gate_code);
        if self.through.is_some() && !both {
            return Err(Failure::refused(Refused::NotSigned));
        }
        let mut delivery = self.delivery;
        delivery.received_at = self.at.or(delivery.received_at);
        let received = ReceiveOxygen { key: None, request: stop.request, delivery }.run(desk)?;
        desk.about(self.trip.0);
        desk.mention("stop", self.stop);
        Ok(received)
    }
}
