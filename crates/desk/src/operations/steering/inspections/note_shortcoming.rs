//! Note what a visit found, with its picture and what mends it (DT12). It goes out when somebody says so.

use jiff::civil::Date;
use serde::Serialize;

use super::visit;
use crate::command::must_say;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::command::Attached;
use crate::operations::steering::{LineWords, corrected, keep_file, refused};
use crate::rights::Capability;
use crate::steering::Line;
use crate::steering::inspection::{Found, InspectionId};
use crate::steering::paste::MOST_LINES;
use crate::steering::refused::Refused;

/// What was found.
#[derive(Debug, Clone, Serialize)]
pub struct NoteShortcoming {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which visit.
    pub inspection: InspectionId,
    /// What.
    pub what: String,
    /// What mends it.
    pub remedy: String,
    /// Who; empty is whoever was looked at.
    pub owner: String,
    /// Until when.
    pub last_day: Option<Date>,
    /// A picture or a page.
    pub photo: Option<Attached>,
}

impl Operation for NoteShortcoming {
    type Done = InspectionId;
    const NAME: &'static str = "note_shortcoming";
    const NEEDS: Capability = Capability::KeepCommand;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<InspectionId> {
        let before = visit(desk, self.inspection)?;
        let mut content = before.content.clone();
        if content.found.len() >= MOST_LINES {
            return Err(refused(Refused::NoLine { line: MOST_LINES + 1 }));
        }
        let owner = if self.owner.trim().is_empty() { content.target.name.clone() } else { self.owner };
        let words = LineWords {
            text: must_say("remedy", &self.remedy)?,
            owner,
            head: String::new(),
            last_day: self.last_day,
            left_out: false,
        };
        let mut remedy = corrected(desk, &Line::default(), &words)?;
        // A name that two bodies have is still the one that was looked at.
        if remedy.owner.name == content.target.name {
            remedy.owner.bodies = content.target.body.into_iter().collect();
        }
        let what = must_say("what", &self.what)?;
        let photo = keep_file(desk, self.photo)?;
        content.found.push(Found { what, photo, remedy });
        desk.revise(&before, &content)?;
        Ok(before.id)
    }
}
