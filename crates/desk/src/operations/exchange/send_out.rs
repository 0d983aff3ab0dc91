//! Take a paper out to be signed in the document system («Xuất để ký số»): what went out, when, by whom is kept.

use document::exchange::ExchangeLayout;
use document::official::Kind;
use serde::Serialize;

use super::keep;
use crate::exchange::kept::SentOut;
use crate::exchange::refused::Refused;
use crate::exchange::sending::name_of;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::papers::content;
use crate::papers::report::{OfficialReport, State};
use crate::record::RecordId;
use crate::rights::Capability;

/// Which paper, and its package.
#[derive(Debug, Serialize)]
pub struct SendOut {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The paper: submitted for signature, or signed here and to be signed digitally there.
    pub paper: RecordId<OfficialReport>,
    /// What the package was made of: the digest of the paper's content.
    pub seen: String,
    /// The zip, made before the writer's turn.
    #[serde(skip)]
    pub zip: Vec<u8>,
}

impl Operation for SendOut {
    type Done = RecordId<SentOut>;
    const NAME: &'static str = "send_out";
    const NEEDS: Capability = Capability::DraftReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<SentOut>> {
        desk.whole_province()?;
        let paper = desk.record(self.paper)?;
        desk.about(self.paper.0);
        let told = &paper.content;
        if told.state == State::Drafted {
            return Err(Failure::refused(Refused::NotYet));
        }
        if told.content != self.seen {
            return Err(Failure::refused(Refused::Changed));
        }
        let layout = ExchangeLayout::written().ok_or(Failure::NotFound)?;
        let document = content(desk, &told.content)?.document;
        let package = name_of(self.paper.0, told.issue, &told.content);
        desk.mention("package", package.clone());
        let before = desk.record_of_code::<SentOut>(&package)?;
        if let Some(before) = before.as_ref().filter(|before| before.content.ended.is_none()) {
            // Taken out once more: the same text is the same package.
            return Ok(before.id);
        }
        let (kind, subject) = match document.kind {
            Kind::Named { name, subject } => (name, subject),
            Kind::Letter { subject } => ("Công văn".to_owned(), subject),
        };
        let sent = SentOut {
            paper: self.paper.0,
            issue: told.issue,
            content: told.content.clone(),
            package,
            title: told.called(),
            kind,
            subject,
            issuer: document.issuer,
            mark: told.series().mark,
            number: document.number,
            layout: layout.key.clone(),
            layout_version: layout.version.clone(),
            digest: keep(desk, "application/zip", self.zip)?,
            at: desk.now(),
            by: desk.actor().display_name.clone(),
            ended: None,
        };
        desk.keep_record(before.as_ref(), &sent)
    }
}
