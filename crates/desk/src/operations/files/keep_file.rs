//! Keep a file that was sent for a register, with what it would change. The register stays as it is.

use serde::Serialize;
use store::blob;

use super::keep_preview;
use crate::failure::Outcome;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::registers::file::{FileState, Preview, RegisterFile};
use crate::rights::Capability;
use crate::supply::Who;

/// A file with its preview.
#[derive(Debug, Serialize)]
pub struct KeepFile {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Name of the register.
    pub register: String,
    /// Name of the file.
    pub name: String,
    /// Digest of the bytes: the same key with another file is another request.
    pub digest: [u8; 32],
    /// The bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// What it would change. Made anew by a repeated request, so no part of what makes two requests the same.
    #[serde(skip)]
    pub preview: Preview,
}

impl Operation for KeepFile {
    type Done = RecordId<RegisterFile>;
    const NAME: &'static str = "keep_register_file";
    const NEEDS: Capability = Capability::ImportRegisters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<RegisterFile>> {
        let (province, at) = (desk.actor().province, desk.now());
        let file = blob::keep(desk.transaction(), province, "application/octet-stream", self.bytes, at)?;
        let preview = keep_preview(desk, &self.preview)?;
        desk.mention("register", self.register.as_str());
        let by = Who::of(desk.actor());
        let id = desk.open_record(&RegisterFile {
            register: self.register,
            name: self.name,
            file: store::hex(&file),
            preview,
            counts: self.preview.counts(),
            by,
            sent_at: at,
            state: FileState::Previewed,
        })?;
        desk.about(id.0);
        Ok(id)
    }
}
