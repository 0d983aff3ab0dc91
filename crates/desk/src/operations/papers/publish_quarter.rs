//! Let anybody read the signed notice of a quarter (PR06). A leader does it, who has read that very issue.

use serde::Serialize;

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::publication::{NotPublished, Open, PublicationId, TaskPublication};
use crate::rights::Capability;
use crate::steering::bulletin::Hand;

/// What goes out.
#[derive(Debug, Serialize)]
pub struct PublishQuarter {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub publication: PublicationId,
    /// The signed issue that the leader read, by its digest.
    pub seen: String,
    /// Whose name, where the program itself tells the past of a demonstration.
    pub name: Option<String>,
}

impl Operation for PublishQuarter {
    type Done = PublicationId;
    const NAME: &'static str = "publish_task_quarter";
    const NEEDS: Capability = Capability::SignReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<PublicationId> {
        desk.whole_province()?;
        let before = desk.record(self.publication)?;
        let paper = desk.record(before.content.paper)?;
        let waiting = before.content.waiting(&paper.content);
        let (issue, content, number) = waiting.ok_or_else(|| Failure::from(NotPublished::NothingSigned))?;
        if content != self.seen {
            return Err(NotPublished::NotRead.into());
        }
        let own = desk.actor().display_name.clone();
        let name = self.name.filter(|_| desk.actor().user.is_none()).unwrap_or(own);
        let by = Hand { user: desk.actor().user, name, at: desk.now() };
        let open = Open { by, issue, number: number.to_owned(), content: content.to_owned() };
        desk.mention("number", open.number.clone());
        desk.about(before.id.0);
        let published = TaskPublication { open: Some(open), taken_back: None, ..before.content.clone() };
        desk.revise(&before, &published)?;
        Ok(before.id)
    }
}
