//! Note what was written of a file, or that its preview was made anew because the register had changed.

use serde::Serialize;

use super::{keep_preview, own_file};
use crate::failure::Outcome;
use crate::operation::{Desk, Operation};
use crate::record::RecordId;
use crate::registers::file::{FileState, Preview, RegisterFile};
use crate::rights::Capability;

/// The end of a writing.
#[derive(Debug, Serialize)]
pub struct FinishWriting {
    /// Which file.
    pub file: RecordId<RegisterFile>,
    /// Where it stands now.
    pub state: FileState,
    /// What was written, or would be.
    #[serde(skip)]
    pub preview: Preview,
}

impl Operation for FinishWriting {
    type Done = ();
    const NAME: &'static str = "finish_register_file";
    const NEEDS: Capability = Capability::ImportRegisters;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let kept = own_file(desk, self.file)?;
        let preview = keep_preview(desk, &self.preview)?;
        let counts = self.preview.counts();
        desk.about(self.file.0);
        desk.mention("register", kept.content.register.as_str());
        desk.mention("new", counts.new);
        desk.mention("changed", counts.changed);
        desk.mention("refused", counts.refused);
        desk.revise(&kept, &RegisterFile { preview, counts, state: self.state, ..kept.content.clone() })
    }
}
