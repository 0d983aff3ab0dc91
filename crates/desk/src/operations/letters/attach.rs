//! Keep a file that came with a letter (DT18).

use serde::Serialize;
use store::blob;

use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::enclosure::Enclosure;
use crate::letters::register_refused::Refused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::supply::attach_letter::media_type;
use crate::record::RecordId;
use crate::rights::Capability;

/// The largest file that is kept, in bytes.
const LARGEST: usize = 12 << 20;

/// A file that came with a letter.
#[derive(Debug, Serialize)]
pub struct AttachToLetter {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// With which letter.
    pub directive: DirectiveId,
    /// As the letter names it; empty for the name of the file.
    pub title: String,
    /// Name of the file.
    pub file: String,
    /// Digest of the bytes: the same key with another file is another request.
    pub digest: [u8; 32],
    /// The bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl Operation for AttachToLetter {
    type Done = RecordId<Enclosure>;
    const NAME: &'static str = "attach_to_letter";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Enclosure>> {
        desk.whole_province()?;
        desk.record::<Directive>(self.directive)?;
        desk.about(self.directive.0);
        let kind = media_type(&self.bytes).filter(|_| self.bytes.len() <= LARGEST);
        let kind = kind.ok_or_else(|| Failure::refused(Refused::BadFile { limit: LARGEST }))?;
        let text = |typed: &str| typed.trim().chars().take(300).collect::<String>();
        let (title, file) = (text(&self.title), text(&self.file));
        let (province, at) = (desk.actor().province, desk.now());
        let digest = blob::keep(desk.transaction(), province, kind, self.bytes, at)?;
        desk.open_record(&Enclosure {
            letter: self.directive.0,
            title: if title.is_empty() { file.clone() } else { title },
            file,
            media_type: kind.to_owned(),
            digest: store::hex(&digest),
            at,
            by: desk.actor().display_name.clone(),
        })
    }
}
