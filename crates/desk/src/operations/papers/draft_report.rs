//! Draft a report, or make the figures of a draft anew (OX18).

use quantity::Moment;
use serde::{Serialize, Serializer};

use super::{Refused, content as read_content, keep};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::content::Content;
use crate::papers::layout::ReportKind;
use crate::papers::report::{OfficialReport, State};
use crate::record::{Record, RecordId};
use crate::rights::Capability;

/// What `views::papers::compose` made.
#[derive(Debug, Serialize)]
pub struct DraftReport {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which report.
    pub kind: ReportKind,
    /// Its deadline; none leaves a draft's own.
    pub due: Option<Moment>,
    /// What it says. Its day makes the request: pressed twice, the figures of the second are newer, and it is the
    /// same request still.
    #[serde(serialize_with = "its_day")]
    pub content: Content,
    /// Whose name, where the program itself tells the past of a demonstration; an account drafts under its own.
    pub drafter: Option<String>,
}

fn its_day<S: Serializer>(content: &Content, serializer: S) -> Result<S::Ok, S::Error> {
    content.day.serialize(serializer)
}

impl Operation for DraftReport {
    type Done = RecordId<OfficialReport>;
    const NAME: &'static str = "draft_report";
    const NEEDS: Capability = Capability::DraftReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<OfficialReport>> {
        desk.whole_province()?;
        let mut content = self.content;
        // Who composed it in one province cannot put it down in another, and a draft has no number.
        if content.province != desk.actor().province.number()
            || content.document.number.is_some()
            || self.kind == ReportKind::Letter
        {
            return Err(Failure::refused(Refused::Unreadable));
        }
        let own = desk.actor().display_name.clone();
        let drafter = self.drafter.filter(|_| desk.actor().user.is_none()).unwrap_or(own);
        let mut report = OfficialReport {
            kind: self.kind,
            letter: None,
            period: content.day,
            issue: 1,
            state: State::Drafted,
            due: self.due,
            drafter,
            content: String::new(),
            figures_at: content.at,
            submitted_at: None,
            signed: None,
            returned: None,
            reason: None,
            scan: None,
            earlier: Vec::new(),
        };
        let before = match report.code() {
            Some(code) => desk.record_of_code::<OfficialReport>(&code)?,
            None => None,
        };
        desk.mention("kind", self.kind.code());
        let Some(before) = before else {
            report.content = keep(desk, &content)?;
            let id = desk.open_record(&report)?;
            desk.about(id.0);
            return Ok(id);
        };
        desk.about(before.id.0);
        match before.content.state {
            State::Signed => return Err(Failure::refused(Refused::AlreadySigned)),
            State::Submitted => return Err(Failure::refused(Refused::NotNow)),
            State::Drafted => {}
        }
        // «Lần 2» stays on a revision whose figures are made anew.
        let old = read_content(desk, &before.content.content)?;
        if before.content.issue > 1 {
            content.document.kind = old.document.kind;
        }
        let report = OfficialReport {
            due: self.due.or(before.content.due),
            drafter: report.drafter,
            content: keep(desk, &content)?,
            figures_at: content.at,
            ..before.content.clone()
        };
        desk.revise(&before, &report)?;
        Ok(before.id)
    }
}
