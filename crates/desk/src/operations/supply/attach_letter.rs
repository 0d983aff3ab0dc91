//! Attach a letter about a given or lent machine, as a file (OX17).

use serde::Serialize;
use store::blob;

use super::{Refused, needed, optional};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;
use crate::supply::{Asset, Letter, Who};

/// The largest file that is kept.
const LARGEST: usize = 12 << 20;

/// A letter.
#[derive(Debug, Clone, Serialize)]
pub struct AttachLetter {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// About which machine.
    pub asset: RecordId<Asset>,
    /// Its number, where it has one already.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// Name of the file.
    pub file: String,
    /// Digest of the bytes: the same key with another file is another request.
    pub digest: [u8; 32],
    /// The bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// What a file is by its first bytes, not by its name.
pub(crate) fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => Some("application/pdf"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [b'P', b'K', 3, 4, ..] => Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        _ => None,
    }
}

impl Operation for AttachLetter {
    type Done = ();
    const NAME: &'static str = "attach_letter";
    const NEEDS: Capability = Capability::KeepSupply;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<()> {
        let before = desk.record(self.asset)?;
        desk.facility(before.content.facility)?;
        let subject = needed(&self.subject, "subject")?;
        let kept = media_type(&self.bytes).filter(|_| self.bytes.len() <= LARGEST);
        let media = kept.ok_or_else(|| Failure::refused(Refused::BadFile))?;
        let (province, at) = (desk.actor().province, desk.now());
        let digest = blob::keep(desk.transaction(), province, media, self.bytes, at)?;
        let mut asset = before.content.clone();
        asset.letters.push(Letter {
            number: optional(&self.number),
            subject,
            file: optional(&self.file).unwrap_or_default(),
            digest: store::hex(&digest),
            at,
            by: Who::of(desk.actor()),
        });
        desk.revise(&before, &asset)?;
        desk.about(self.asset.0);
        Ok(())
    }
}
