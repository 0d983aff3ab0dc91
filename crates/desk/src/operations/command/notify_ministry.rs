//! Note that the notice about the oxygen coordination unit was sent to the ministry; its text is frozen with
//! it (OX03).

use jiff::civil::Date;
use protocol::{Checklist, WorkingDays};
use serde::Serialize;

use super::not_ahead;
use crate::command::unit::{CoordinationUnit, UnitNotice, notice};
use crate::command::{Refused, must_say};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Record, RecordId};
use crate::rights::Capability;

/// When and how.
#[derive(Debug, Clone, Serialize)]
pub struct NotifyMinistry {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The day of sending.
    pub sent_on: Date,
    /// How, under which number.
    pub way: String,
}

impl Operation for NotifyMinistry {
    type Done = RecordId<UnitNotice>;
    const NAME: &'static str = "notify_ministry";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Self::Done> {
        desk.whole_province()?;
        let province = desk.actor().province;
        let sent_on = not_ahead(desk, self.sent_on)?;
        let way = must_say("way", &self.way)?;
        let unit = desk
            .record_of_code::<CoordinationUnit>(CoordinationUnit::KIND)?
            .ok_or_else(|| Failure::refused(Refused::NotFounded))?;
        let open = crate::record::open::<UnitNotice>(desk.transaction(), province)?;
        if let Some(other) = open.first() {
            return Err(Failure::refused(Refused::NoticeOpen { day: other.content.sent_on }));
        }
        let registry = desk.registry();
        let name = registry.post().map_or_else(String::new, |post| post.name.clone());
        let day = desk.now().date();
        let found = registry.norms().lookup("command.notice", "days_to_answer", day).map_err(Failure::refused)?;
        let calendar = WorkingDays::shipped().map_err(Failure::refused)?;
        let posts = Checklist::oxygen_unit().map_err(Failure::refused)?;
        let content = UnitNotice {
            sent_on,
            way,
            text: notice(&unit.content, &posts, &name, day),
            answered_on: None,
            answered_by: None,
            answer_due: calendar.plus(sent_on, found.figure.value as u32),
        };
        let id = desk.open_record(&content)?;
        desk.about(id.0);
        Ok(id)
    }
}
