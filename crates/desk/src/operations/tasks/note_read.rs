//! Note who has read a letter, or who was at the meeting where it was read out: a list of names (DT09).

use quantity::Moment;
use serde::Serialize;

use super::{body_in_scope, refused};
use crate::failure::{Failure, Outcome};
use crate::letters::attendance::KeptList;
use crate::letters::life::TaskRefused;
use crate::letters::spread::{DisseminationId, How, Noted, read_list};
use crate::office_rules::RulesRefused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::command::Attached;
use crate::operations::rules::keep_list;
use crate::rights::Capability;
use crate::supply::Who;

/// Who knows a letter.
#[derive(Debug, Serialize)]
pub struct NoteRead {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which body and letter.
    pub spread: DisseminationId,
    /// Names, one a line, with the unit after a semicolon where several have one name.
    pub names: String,
    /// The meeting whose attendance list it is; empty where they read it themselves.
    pub meeting: String,
    /// When; none is now.
    pub at: Option<Moment>,
    /// The list as it came: a workbook, or a picture of the signed one.
    pub list: Option<(String, Attached)>,
}

impl Operation for NoteRead {
    type Done = Noted;
    const NAME: &'static str = "note_letter_read";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Noted> {
        let before = desk.record(self.spread)?;
        let registry = desk.registry();
        if !body_in_scope(desk.actor(), Some(before.content.body), &registry) {
            return Err(Failure::NotFound);
        }
        let people = read_list(&self.names);
        if people.is_empty() {
            // A picture of a list says nothing that could be matched.
            return Err(match self.list {
                Some(_) => Failure::refused(RulesRefused::NoNames),
                None => refused(TaskRefused::Nothing),
            });
        }
        let (meeting, now) = (self.meeting.trim(), desk.now());
        // Nobody has read it tomorrow.
        let at = self.at.unwrap_or(now).min(now);
        let how = if meeting.is_empty() { How::Read } else { How::Meeting { name: meeting.to_owned() } };
        let mut spread = before.content.clone();
        let noted = spread.note(&people, &how, at, &Who::of(desk.actor()));
        desk.about(before.content.letter.0);
        desk.mention("noted", noted.noted);
        let list = keep_list(desk, self.list)?;
        if let Some((digest, name)) = &list {
            let by = Who::of(desk.actor());
            spread.lists.push(KeptList { digest: digest.clone(), name: name.clone(), at: now, by });
        }
        if noted.noted > 0 || list.is_some() {
            desk.revise(&before, &spread)?;
        }
        Ok(noted)
    }
}
