//! Begin another issue of a signed report («lần 2»), with the reason. The signed one stays as it is.

use document::official::{Family, Kind, Signature};
use serde::Serialize;

use super::{Refused, content, keep, reason, standing};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::report::{Issue, OfficialReport, State};
use crate::record::RecordId;
use crate::rights::Capability;

/// The report and why.
#[derive(Debug, Serialize)]
pub struct ReviseReport {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub report: RecordId<OfficialReport>,
    /// What was wrong.
    pub reason: String,
}

impl Operation for ReviseReport {
    type Done = ();
    const NAME: &'static str = "revise_report";
    const NEEDS: Capability = Capability::DraftReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let why = reason(&self.reason)?;
        let before = standing(desk, self.report, State::Signed)?;
        let Some(signed) = before.content.signed.clone() else { return Err(Failure::refused(Refused::NotNow)) };
        let issue = before.content.issue + 1;
        let mut content = content(desk, &before.content.content)?;
        let (Kind::Named { subject, .. } | Kind::Letter { subject }) = &mut content.document.kind;
        let bare = subject.split(" (lần ").next().unwrap_or_default();
        let name = before.content.name();
        *subject = format!("{bare} (lần {issue}, thay thế {name} số {})", signed.number);
        content.document.number = None;
        content.document.date = None;
        content.document.signature = match content.document.family {
            Family::Government => Signature::default(),
            // The post of a paper of the Party is that of its draft.
            Family::Party => Signature { name: String::new(), ..content.document.signature },
        };
        content.document.draft = true;
        let mut earlier = before.content.earlier.clone();
        earlier.push(Issue {
            number: before.content.issue,
            content: before.content.content.clone(),
            signed,
            scan: before.content.scan.clone(),
        });
        let revised = OfficialReport {
            issue,
            state: State::Drafted,
            content: keep(desk, &content)?,
            drafter: desk.actor().display_name.clone(),
            submitted_at: None,
            signed: None,
            returned: None,
            reason: Some(why),
            scan: None,
            earlier,
            ..before.content.clone()
        };
        desk.revise(&before, &revised)
    }
}
