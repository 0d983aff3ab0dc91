//! Confirm a message: an ordinary report comes of it, checked like any other, with whose words it was.

use place::FacilityId;
use quantity::Coded;
use serde::Serialize;
use store::projection::States;

use super::{Channel, InboxMessage, MessageState};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::{Filed, Filing, Told, append, check_speaker};
use crate::record::{Kept, RecordId};
use crate::rights::Capability;

/// What of a message is recorded, after somebody has looked at it.
#[derive(Debug, Clone, Serialize)]
pub struct ConfirmMessage {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which message.
    pub message: RecordId<InboxMessage>,
    /// The facility that is meant.
    pub facility: FacilityId,
    /// The figures as confirmed or corrected. The source is the message's.
    pub told: Told,
}

/// Why a message is not settled.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Somebody was quicker.
    #[error("INB-004: the message is settled already")]
    Settled {
        /// Whether a report came of it.
        confirmed: bool,
    },
    /// A rejection without a reason.
    #[error("INB-005: why does nothing come of it?")]
    NoReason,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Settled { .. } => "INB-004",
            Self::NoReason => "INB-005",
        }
    }
}

/// A message that the actor sees and that waits.
pub(super) fn waiting(desk: &mut Desk<'_, '_>, id: RecordId<InboxMessage>) -> Outcome<Kept<InboxMessage>> {
    let kept = desk.record(id)?;
    if !kept.content.is_seen_by(desk.actor(), &desk.registry()) {
        return Err(Failure::NotFound);
    }
    match kept.content.state {
        MessageState::New => Ok(kept),
        state => Err(Failure::refused(Refused::Settled { confirmed: state == MessageState::Confirmed })),
    }
}

impl Operation for ConfirmMessage {
    type Done = Filed;
    const NAME: &'static str = "confirm_message";
    const NEEDS: Capability = Capability::ReportOnBehalf;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Filed> {
        let kept = waiting(desk, self.message)?;
        let facility = desk.facility(self.facility)?;
        check_speaker(desk, &facility, &Told { source: kept.content.channel.source(), ..self.told.clone() })?;
        file(desk, &kept, self.facility, self.told)
    }
}

/// Files the report of a message; each remembers the other.
pub(super) fn file(
    desk: &mut Desk<'_, '_>,
    kept: &Kept<InboxMessage>,
    facility: FacilityId,
    told: Told,
) -> Outcome<Filed> {
    let facility = desk.facility(facility)?;
    let content = &kept.content;
    let told = Told { source: content.channel.source(), ..told };
    let report = oxygen::ReportId(desk.new_id());
    let photo = content.attachment.as_ref().filter(|_| content.channel == Channel::Photo);
    let photo = photo.and_then(|attachment| store::bytes_of_hex(&attachment.digest));
    let filing = Filing::begin(desk, &facility, report, &told)?.keeping(photo.as_deref());
    let mut states = States::of_facility(desk.transaction(), facility.body.province, facility.id)?;
    let filed = append(desk, &facility, filing, told, &mut states)?;
    let province = desk.actor().province;
    states.save(desk.transaction(), province)?;
    let settled = InboxMessage {
        state: MessageState::Confirmed,
        facility: Some(facility.id),
        report: Some(filed.report),
        ..content.clone()
    };
    desk.revise(kept, &settled)?;
    desk.mention("message", kept.id.to_string());
    Ok(filed)
}
