//! Note that somebody looks: what changed since his visit before can then be told.

use quantity::Span;
use serde::Serialize;

use crate::alarms::records::Seen;
use crate::failure::Outcome;
use crate::operation::{Desk, Operation};
use crate::record;
use crate::rights::Capability;

/// Looking again within this is the same visit.
pub const VISIT: Span = Span::minutes(30);

/// Somebody looks.
#[derive(Debug, Serialize)]
pub struct LookIn;

impl Operation for LookIn {
    type Done = ();
    const NAME: &'static str = "look_in";
    const NEEDS: Capability = Capability::SeeOxygen;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let Some(user) = desk.actor().user else { return Ok(()) };
        let (province, now) = (desk.actor().province, desk.now());
        let before = record::of_owner::<Seen>(desk.transaction(), province, user.0, 1)?;
        match before.first() {
            None => desk.open_record(&Seen { user, last: now, before: now }).map(drop),
            Some(kept) if now - kept.content.last < VISIT => Ok(()),
            Some(kept) => desk.revise(kept, &Seen { user, last: now, before: kept.content.last }),
        }
    }
}
