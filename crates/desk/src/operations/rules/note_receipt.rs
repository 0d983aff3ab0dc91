//! Note that a body without an account has its tasks: it said so by telephone, or signed for the paper (DT08).

use quantity::Moment;
use serde::Serialize;

use super::{keep_list, refused, words};
use crate::failure::Outcome;
use crate::letters::receipt::{By, Received};
use crate::letters::task::TaskId;
use crate::office_rules::RulesRefused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::command::Attached;
use crate::operations::tasks::task;
use crate::rights::Capability;
use crate::supply::Who;

/// The most tasks of one note.
const MOST: usize = 300;

/// A receipt as somebody tells it.
#[derive(Debug, Serialize)]
pub struct NoteReceipt {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which tasks.
    pub tasks: Vec<TaskId>,
    /// Who has them: name and post.
    pub who: String,
    /// By telephone or on paper.
    pub by: By,
    /// When; none is now.
    pub at: Option<Moment>,
    /// The number of the receipt, where the paper lies; may be empty.
    pub note: String,
    /// The signed receipt as it came: a picture or a PDF.
    pub file: Option<(String, Attached)>,
}

impl Operation for NoteReceipt {
    type Done = usize;
    const NAME: &'static str = "note_task_receipt";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<usize> {
        let who = words(&self.who);
        if who.is_empty() {
            return Err(refused(RulesRefused::NoReceiver));
        }
        // What an account does is noted by itself.
        if self.by == By::Account || self.tasks.is_empty() || self.tasks.len() > MOST {
            return Err(refused(RulesRefused::NothingChosen));
        }
        let now = desk.now();
        let (at, note, by) = (self.at.unwrap_or(now).min(now), words(&self.note), Who::of(desk.actor()));
        let file = keep_list(desk, self.file)?;
        for id in &self.tasks {
            let before = task(desk, *id)?;
            let mut after = before.content.clone();
            after.life.received.push(Received {
                who: who.clone(),
                by: self.by,
                // Nobody has it before it was given out.
                at: at.max(after.assigned_at),
                noted_by: Some(by.clone()),
                note: note.clone(),
                file: file.clone(),
            });
            desk.revise(&before, &after)?;
        }
        desk.mention("tasks", self.tasks.len());
        desk.mention("by", self.by.code());
        Ok(self.tasks.len())
    }
}
