//! Note how and when a copy of a letter was sent, and that it was received (DT08).

use quantity::Moment;
use serde::Serialize;

use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::enclosure::{Delivery, Way};
use crate::letters::register_refused::Refused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Record, RecordId};
use crate::rights::Capability;

/// What is known of a copy. Noted again, it takes the place of what was noted before; the past stays on record.
#[derive(Debug, Serialize)]
pub struct NoteDelivery {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which letter.
    pub directive: DirectiveId,
    /// To whom, as the letter names him.
    pub to: String,
    /// How it was sent.
    pub way: Way,
    /// When it was sent; none is now.
    pub sent_at: Option<Moment>,
    /// When it was received.
    pub acknowledged_at: Option<Moment>,
    /// A number of receipt or the address of a page.
    pub note: String,
}

impl Operation for NoteDelivery {
    type Done = RecordId<Delivery>;
    const NAME: &'static str = "note_delivery";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Delivery>> {
        desk.whole_province()?;
        desk.record::<Directive>(self.directive)?;
        desk.about(self.directive.0);
        let text = |typed: &str| typed.trim().chars().take(300).collect::<String>();
        let to = text(&self.to);
        if to.is_empty() {
            return Err(Failure::refused(Refused::NothingNoted));
        }
        let delivery = Delivery {
            letter: self.directive.0,
            to,
            way: self.way,
            sent_at: self.sent_at.unwrap_or_else(|| desk.now()),
            acknowledged_at: self.acknowledged_at,
            note: text(&self.note),
            by: desk.actor().display_name.clone(),
        };
        if delivery.acknowledged_at.is_some_and(|at| at < delivery.sent_at) {
            return Err(Failure::refused(Refused::BeforeSent));
        }
        let code = delivery.code().unwrap_or_default();
        let before = desk.record_of_code::<Delivery>(&code)?;
        desk.keep_record(before.as_ref(), &delivery)
    }
}
