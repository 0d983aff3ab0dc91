//! Put the paper that came back, digitally signed or scanned, beside its report; its hash is kept.

use serde::Serialize;
use store::blob;

use super::{Refused, standing};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::report::{OfficialReport, State};
use crate::record::RecordId;
use crate::rights::Capability;

/// Bytes of a paper at most.
const LARGEST: usize = 12 << 20;

/// The paper.
#[derive(Debug, Serialize)]
pub struct AttachScan {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which report.
    pub report: RecordId<OfficialReport>,
    /// SHA-256 of the bytes, so that the same paper is the same request.
    pub digest: [u8; 32],
    /// A PDF.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl Operation for AttachScan {
    type Done = String;
    const NAME: &'static str = "attach_scan";
    const NEEDS: Capability = Capability::DraftReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<String> {
        let before = standing(desk, self.report, State::Signed)?;
        if !self.bytes.starts_with(b"%PDF-") || self.bytes.len() > LARGEST {
            return Err(Failure::refused(Refused::NotAPdf));
        }
        let (province, at) = (desk.actor().province, desk.now());
        let name = store::hex(&blob::keep(desk.transaction(), province, "application/pdf", self.bytes, at)?);
        let with = OfficialReport { scan: Some(name.clone()), ..before.content.clone() };
        desk.revise(&before, &with)?;
        desk.mention("sha256", name.clone());
        Ok(name)
    }
}
