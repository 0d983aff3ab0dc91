//! What is done in the command room: one operation, one file.

pub mod acknowledge_notice;
pub mod answer_readiness;
pub mod approve_programme;
pub mod explain_late;
pub mod found_unit;
pub mod hold_drill;
pub mod import_boundaries;
pub mod link_recount;
pub mod mask_facility;
pub mod mend_finding;
pub mod note_finding;
pub mod note_group;
pub mod notify_ministry;
pub mod recount_stock;
pub mod relieve_member;
pub mod seat_member;
pub mod set_milestone;

use jiff::civil::Date;

use crate::command::Refused;
use crate::failure::{Failure, Outcome};
use crate::operation::Desk;

/// A file that travels with a form.
#[derive(Clone, serde::Serialize)]
pub struct Attached {
    /// SHA-256 of the bytes, so that the same file is the same request.
    pub digest: [u8; 32],
    /// The bytes.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl Attached {
    /// A file of some bytes.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { digest: store::sha256(&bytes), bytes }
    }

    /// What it is by its first bytes: a PDF or a picture; nothing else is kept as a paper.
    pub fn media_type(&self) -> Option<&'static str> {
        match self.bytes.as_slice() {
            [b'%', b'P', b'D', b'F', ..] => Some("application/pdf"),
            [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
            [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
            _ => None,
        }
    }
}

impl std::fmt::Debug for Attached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.bytes.len())
    }
}

/// Keeps a paper's file; gives its digest in hexadecimal.
fn keep_paper(desk: &mut Desk<'_, '_>, file: Option<Attached>) -> Outcome<Option<String>> {
    let Some(file) = file else { return Ok(None) };
    let kind = file.media_type().filter(|_| file.bytes.len() <= 12 << 20);
    let kind = kind.ok_or_else(|| Failure::refused(Refused::BadFile))?;
    let (province, now) = (desk.actor().province, desk.now());
    let name = store::blob::keep(desk.transaction(), province, kind, file.bytes, now)?;
    Ok(Some(crate::command::boundaries::hex(&name)))
}

/// That a day of something that has happened does not lie ahead.
fn not_ahead(desk: &Desk<'_, '_>, day: Date) -> Outcome<Date> {
    if day > desk.now().date() { Err(Failure::refused(Refused::Ahead { day })) } else { Ok(day) }
}
