//! Add what shows that a task is done: a picture, a file, words, a page of this program (PR06).

use serde::Serialize;
use store::blob;

use super::{done, refused};
use crate::failure::Outcome;
use crate::letters::life::{Deed, Proof, TaskRefused};
use crate::letters::task::{Stage, TaskId};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::supply::attach_letter::media_type;
use crate::rights::Capability;

/// Bytes of a file at most.
const LARGEST: usize = 12 << 20;

/// What shows it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// A file: what it is, its first bytes say.
    File {
        /// Its name.
        name: String,
        /// SHA-256 of its bytes, so that the same file is the same request.
        digest: [u8; 32],
        /// Its bytes.
        #[serde(skip)]
        bytes: Vec<u8>,
    },
    /// Words.
    Text(String),
    /// A page of this program.
    Link {
        /// Its path.
        href: String,
        /// What it is.
        words: String,
    },
}

/// Evidence of a task.
#[derive(Debug, Serialize)]
pub struct AddEvidence {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which task.
    pub task: TaskId,
    /// What shows it.
    pub shown: Shown,
}

impl Operation for AddEvidence {
    type Done = Stage;
    const NAME: &'static str = "add_task_evidence";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Stage> {
        let proof = match self.shown {
            Shown::Text(words) => Proof::Text { words: words.trim().to_owned() },
            Shown::Link { href, words } => {
                Proof::Link { href: href.trim().to_owned(), words: words.trim().to_owned() }
            }
            Shown::File { name, bytes, .. } => {
                // Asked first: nothing of a stranger's file is kept.
                super::task(desk, self.task)?;
                let media = media_type(&bytes).filter(|_| bytes.len() <= LARGEST);
                let media = media.ok_or_else(|| refused(TaskRefused::BadFile))?;
                let (province, at) = (desk.actor().province, desk.now());
                let digest = store::hex(&blob::keep(desk.transaction(), province, media, bytes, at)?);
                let name: String = name.trim().chars().take(120).collect();
                if media.starts_with("image/") { Proof::Photo { name, digest } } else { Proof::File { name, digest } }
            }
        };
        let (_, after) = done(desk, self.task, Deed::Prove { proof })?;
        Ok(after.stage)
    }
}
