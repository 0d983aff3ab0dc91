//! Take an alarm up: from here nobody else is told of it.

use serde::Serialize;

use super::refused::Refused;
use crate::alarms::records::{Acknowledged, Alarm};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Kept, RecordId};
use crate::rights::Capability;

/// Which alarm.
#[derive(Debug, Serialize)]
pub struct Acknowledge {
    /// Key of the form.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub alarm: RecordId<Alarm>,
}

impl Operation for Acknowledge {
    type Done = ();
    const NAME: &'static str = "acknowledge_alarm";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let kept = alarm_in_scope(desk, self.alarm)?;
        let alarm = &kept.content;
        if alarm.cleared_at.is_some() {
            return Err(Failure::refused(Refused::Ended));
        }
        if let Some(taken) = &alarm.acknowledged {
            if taken.user == desk.actor().user {
                return Ok(());
            }
            return Err(Failure::refused(Refused::TakenUp { by: taken.by.clone() }));
        }
        let (by, user) = (desk.actor().display_name.clone(), desk.actor().user);
        let acknowledged = Some(Acknowledged { by, user, at: desk.now() });
        desk.about(self.alarm.0);
        desk.mention("kind", alarm.kind.code());
        desk.revise(&kept, &Alarm { acknowledged, ..alarm.clone() })
    }
}

/// An alarm within the actor's scope; outside it there is none.
pub(super) fn alarm_in_scope(desk: &mut Desk<'_, '_>, id: RecordId<Alarm>) -> Outcome<Kept<Alarm>> {
    let kept = desk.record(id)?;
    match kept.content.facility {
        Some(facility) => desk.facility(facility).map(drop)?,
        None => desk.whole_province()?,
    }
    Ok(kept)
}
