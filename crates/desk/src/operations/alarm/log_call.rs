//! Note a call about an alarm: who was called, how it ended, what was said. Who reached somebody has
//! taken the alarm up.

use serde::Serialize;

use super::acknowledge::alarm_in_scope;
use super::refused::Refused;
use crate::alarms::records::{Acknowledged, Alarm, Call, CallOutcome};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::file_report::words_of;
use crate::record::RecordId;
use crate::rights::Capability;

/// A call.
#[derive(Debug, Serialize)]
pub struct LogCall {
    /// Key of the form.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// About which alarm.
    pub alarm: RecordId<Alarm>,
    /// Who was called.
    pub callee: String,
    /// How it ended.
    pub outcome: CallOutcome,
    /// What was said.
    pub said: Option<String>,
}

impl Operation for LogCall {
    type Done = ();
    const NAME: &'static str = "log_call";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let kept = alarm_in_scope(desk, self.alarm)?;
        let callee: String = self.callee.trim().chars().take(120).collect();
        if callee.is_empty() {
            return Err(Failure::refused(Refused::NobodyNamed));
        }
        let alarm = &kept.content;
        let (by, user, at) = (desk.actor().display_name.clone(), desk.actor().user, desk.now());
        if self.outcome == CallOutcome::Reached && alarm.acknowledged.is_none() && alarm.cleared_at.is_none() {
            let acknowledged = Some(Acknowledged { by: by.clone(), user, at });
            desk.revise(&kept, &Alarm { acknowledged, ..alarm.clone() })?;
        }
        desk.about(self.alarm.0);
        desk.mention("outcome", self.outcome.code());
        let said = words_of(self.said);
        let (alarm, facility, outcome) = (self.alarm.0, alarm.facility, self.outcome);
        desk.open_record(&Call { alarm, facility, by, callee, at, outcome, said }).map(drop)
    }
}
