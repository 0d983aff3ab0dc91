//! Receive an SMS from the gateway: kept like any message. Whether it may be filed at once is said with it.

use oxygen::message::{NotShort, Question, read_short};
use place::FacilityId;
use serde::{Deserialize, Serialize};

use super::receive_message::{ReceiveMessage, receive};
use super::{Channel, InboxMessage, officer_of_phone, read_for};
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// An SMS as the gateway hands it over.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiveSms {
    /// Made by the gateway, one a message.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Number of the sender.
    pub from: String,
    /// Its words.
    pub text: String,
}

/// What is answered to the sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmsReceived {
    /// The message.
    pub message: RecordId<InboxMessage>,
    /// The same words wait already.
    pub again: bool,
    /// What can be done with it now.
    pub next: SmsNext,
}

/// What can be done with an SMS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "next", rename_all = "snake_case")]
pub enum SmsNext {
    /// In the short form, from an officer of the facility that it names.
    File,
    /// In the short form, but from a number that nobody of the facility has.
    UnknownNumber,
    /// In the short form, but no facility has this code.
    UnknownCode {
        /// As typed.
        code: String,
    },
    /// Meant as the short form; this piece is not.
    Piece {
        /// As typed.
        piece: String,
    },
    /// An ordinary message: the desk reads it.
    Read,
}

impl Operation for ReceiveSms {
    type Done = SmsReceived;
    const NAME: &'static str = "receive_sms";
    const NEEDS: Capability = Capability::ReceiveMessages;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<SmsReceived> {
        let registry = desk.registry();
        let officer = officer_of_phone(&registry, &self.from, desk.now());
        let short = read_short(&self.text);
        let coded = |code: &str| {
            registry.facilities().iter().find(|facility| facility.code.eq_ignore_ascii_case(code)).map(|found| found.id)
        };
        let (next, named): (SmsNext, Option<FacilityId>) = match &short {
            Ok(short) => match coded(&short.code) {
                Some(id) if officer.as_ref().is_some_and(|(his, _)| *his == id) => {
                    // A facility that is hidden from the gateway's account cannot be filed for by it: the desk reads.
                    (if desk.facility(id).is_ok() { SmsNext::File } else { SmsNext::Read }, Some(id))
                }
                Some(id) => (SmsNext::UnknownNumber, Some(id)),
                None => (SmsNext::UnknownCode { code: short.code.clone() }, None),
            },
            Err(NotShort::Piece(piece)) => (SmsNext::Piece { piece: piece.clone() }, None),
            Err(NotShort::NotMeant | NotShort::Empty) => (SmsNext::Read, None),
        };
        // Who writes from his own number means his own facility, unless the text names another.
        let own = officer.as_ref().map(|(id, _)| *id).filter(|_| next == SmsNext::Read && named.is_none());
        let own = match own {
            Some(id) => {
                let reading = read_for(&registry, desk.actor(), &self.text, desk.now(), None)?;
                reading.questions.contains(&Question::NoFacility).then_some(id)
            }
            None => None,
        };
        let message = ReceiveMessage {
            key: None,
            channel: Channel::Sms,
            text: self.text,
            attachment: None,
            sender: Some(match &officer {
                Some((_, name)) => format!("{name} · {}", self.from),
                None => self.from,
            }),
            facility: named.or(own).filter(|id| desk.facility(*id).is_ok()),
        };
        let received = receive(desk, message, None)?;
        Ok(SmsReceived { message: received.message, again: received.again, next })
    }
}
