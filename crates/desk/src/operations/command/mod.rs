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
use place::FacilityId;
use protocol::{Asks, Checklist};

use crate::command::unit::Paper;
use crate::command::{Refused, must_say, said};
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
    Ok(Some(store::hex(&name)))
}

/// A paper as a form tells it: number, day, issuer, and its file. A file that is not sent again stays.
fn read_paper(
    desk: &mut Desk<'_, '_>,
    (number, issued_on, issuer): (&str, Date, &str),
    file: Option<Attached>,
    known: Option<&Paper>,
) -> Outcome<Paper> {
    let issuer = must_say("issuer", issuer)?;
    let issued_on = not_ahead(desk, issued_on)?;
    let file = keep_paper(desk, file)?.or_else(|| known.and_then(|known| known.file.clone()));
    let number = said(number).unwrap_or_default();
    desk.mention("number", number.as_str());
    Ok(Paper { number, issued_on, issuer, file })
}

/// That a key names a line of a checklist, for a facility in the actor's scope or for the whole province.
fn check_line(desk: &Desk<'_, '_>, list: &Checklist, key: &str, facility: Option<FacilityId>) -> Outcome<()> {
    let level = match facility {
        Some(facility) => desk.facility(facility).map(|_| Asks::Facility)?,
        None => desk.whole_province().map(|()| Asks::Province)?,
    };
    let known = list.item(key).is_some_and(|item| item.level == level);
    if known { Ok(()) } else { Err(Failure::refused(Refused::NoSuchLine { key: key.to_owned() })) }
}

/// That a day of something that has happened does not lie ahead.
fn not_ahead(desk: &Desk<'_, '_>, day: Date) -> Outcome<Date> {
    if day > desk.now().date() { Err(Failure::refused(Refused::Ahead { day })) } else { Ok(day) }
}
