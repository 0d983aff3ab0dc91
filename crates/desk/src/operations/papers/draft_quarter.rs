//! Draft the notice that publishes a quarter's task figures (PR06). One notice a quarter: what changes afterwards is a
//! revision of it, with its reason.

use document::official::OfficialDocument;
use serde::Serialize;

use super::draft_letter::DraftLetter;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::publication::{NotPublished, TaskPublication};
use crate::papers::report::OfficialReport;
use crate::record::RecordId;
use crate::rights::Capability;
use crate::steering::bulletin::Hand;
use crate::views::tasks::Period;

/// The notice as the ledger of tasks gives it.
#[derive(Debug, Serialize)]
pub struct DraftQuarter {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which period.
    #[serde(skip)]
    pub period: Period,
    /// Its code: `2026-Q4`.
    pub code: String,
    /// What `views::tasks::publication::compose` made a moment ago; asked anew by a repeated request, so no part of what
    /// makes two requests the same.
    #[serde(skip)]
    pub document: OfficialDocument,
    /// Whose name, where the program itself tells the past of a demonstration.
    pub drafter: Option<String>,
}

impl DraftQuarter {
    /// The notice of a period.
    pub fn new(key: Option<IdempotencyKey>, period: Period, document: OfficialDocument) -> Self {
        Self { key, period, code: period.code(), document, drafter: None }
    }
}

impl Operation for DraftQuarter {
    type Done = RecordId<OfficialReport>;
    const NAME: &'static str = "draft_task_quarter";
    const NEEDS: Capability = Capability::DraftReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<OfficialReport>> {
        desk.whole_province()?;
        let period = self.period.code();
        if desk.record_of_code::<TaskPublication>(&period)?.is_some() {
            return Err(NotPublished::Drafted { period }.into());
        }
        let own = desk.actor().display_name.clone();
        let name = self.drafter.clone().filter(|_| desk.actor().user.is_none()).unwrap_or(own);
        let drafted = Hand { user: desk.actor().user, name, at: desk.now() };
        let draft = DraftLetter { key: None, document: self.document, about: None, due: None, drafter: self.drafter };
        let paper = draft.run(desk)?;
        desk.open_record(&TaskPublication { period, paper, drafted, open: None, taken_back: None })?;
        desk.about(paper.0);
        Ok(paper)
    }
}
