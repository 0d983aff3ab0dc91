//! Call a request off, write down that a delivery failed, or close one of which the rest will not come (OX13, OX15).

use serde::Serialize;

use super::trips::follow;
use super::{at_step, needed, request_in_scope};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Ended, Request, Stage, Who};

/// The end of a request without a (further) receipt.
#[derive(Debug, Clone, Serialize)]
pub struct EndRequest {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub request: RecordId<Request>,
    /// Why.
    pub reason: String,
}

impl Operation for EndRequest {
    type Done = Stage;
    const NAME: &'static str = "end_request";
    const NEEDS: Capability = Capability::AskSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Stage> {
        let (before, _) = request_in_scope(desk, self.request)?;
        let mut request = before.content.clone();
        at_step(&request, !request.stage.is_over())?;
        // A facility may call off what nobody has acted on; afterwards the desk answers for it.
        let early = matches!(request.stage, Stage::Asked | Stage::Approved);
        if !early && !desk.actor().may(Capability::KeepSupply) {
            return Err(Failure::Forbidden(Capability::KeepSupply));
        }
        let ended = Ended { reason: needed(&self.reason, "reason")?, by: Who::of(desk.actor()), at: desk.now() };
        if let Some(trip) = request.trip {
            follow::ended(desk, trip, self.request, (request.stage.is_loaded(), &ended.reason))?;
        }
        request.stage = match request.stage {
            Stage::Loaded | Stage::UnderWay => Stage::Failed,
            Stage::PartlyReceived => Stage::Received,
            _ => Stage::Cancelled,
        };
        request.ended = Some(ended);
        desk.revise(&before, &request)?;
        desk.about(self.request.0);
        desk.mention("stage", request.stage.code());
        Ok(request.stage)
    }
}
