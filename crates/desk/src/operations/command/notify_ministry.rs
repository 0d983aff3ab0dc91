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
use crate::papers::layout::ReportKind;
use crate::papers::report::OfficialReport;
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
        // The letter that was signed last, if one was signed since the notice before.
        let letters = crate::record::newest::<OfficialReport>(desk.transaction(), province, 50)?;
        let before = crate::record::newest::<UnitNotice>(desk.transaction(), province, 1)?;
        let since = before.first().map(|kept| kept.recorded_at);
        let signed = letters.into_iter().filter(|kept| kept.content.kind == ReportKind::UnitNotice);
        let signed =
            signed.filter_map(|kept| kept.content.signed).filter(|one| since.is_none_or(|since| one.at > since));
        let number = signed.max_by_key(|signed| signed.at).map(|signed| signed.number);
        let content = UnitNotice {
            number,
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
