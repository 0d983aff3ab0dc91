//! Begin to write a file into its register: one press of the button, however often it is pressed.

use quantity::Span;
use serde::Serialize;

use super::own_file;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, Operation};
use crate::record::RecordId;
use crate::registers::Refused;
use crate::registers::file::{FileState, RegisterFile};
use crate::rights::Capability;

/// A writing that has not ended after so long has been broken off, and may be begun again: what it wrote says
/// nothing new then.
const BROKEN_OFF: Span = Span::minutes(10);

/// The button.
#[derive(Debug, Serialize)]
pub struct BeginWriting {
    /// Which file.
    pub file: RecordId<RegisterFile>,
}

impl Operation for BeginWriting {
    type Done = ();
    const NAME: &'static str = "begin_register_file";
    const NEEDS: Capability = Capability::ImportRegisters;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let kept = own_file(desk, self.file)?;
        match kept.content.state {
            FileState::Written(_) => return Err(Failure::refused(Refused::WrittenBefore)),
            FileState::Writing(since) if desk.real_now() - since < BROKEN_OFF => {
                return Err(Failure::refused(Refused::UnderWay));
            }
            FileState::Writing(_) | FileState::Previewed => {}
        }
        desk.about(self.file.0);
        let state = FileState::Writing(desk.real_now());
        desk.revise(&kept, &RegisterFile { state, ..kept.content.clone() })
    }
}
