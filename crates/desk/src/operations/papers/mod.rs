//! What is done to a report on its way: drafted, submitted for signature, given back, signed, revised,
//! and the signed paper put beside it.

pub mod appoint_signer;
pub mod attach_scan;
pub mod draft_letter;
pub mod draft_quarter;
pub mod draft_report;
pub mod edit_letter;
mod letter;
pub mod publish_quarter;
pub mod return_report;
pub mod revise_report;
pub mod sign_report;
pub mod submit_report;
pub mod take_return;
pub mod unpublish_quarter;

use jiff::civil::Date;
use quantity::Coded;
use quantity::time::show_date;
use store::blob;

use crate::failure::{Failure, Outcome};
use crate::operation::Desk;
use crate::papers::content::Content;
use crate::papers::report::{OfficialReport, State};
use crate::record::{Kept, RecordId};

/// Why something is not done to a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It does not stand where this is done.
    #[error("PAP-001: the report does not stand where this is done")]
    NotNow,
    /// There is one of this kind and day already, and it is signed.
    #[error("PAP-002: a signed report of this day exists")]
    AlreadySigned,
    /// What was drafted cannot be read.
    #[error("PAP-003: the draft cannot be read")]
    Unreadable,
    /// Nobody's name to sign with.
    #[error("PAP-004: the account has no name to sign with")]
    NoName,
    /// A reason is missing.
    #[error("PAP-005: a reason is missing")]
    NoReason,
    /// Not a PDF, or too large.
    #[error("PAP-006: not a PDF of at most 12 MB")]
    NotAPdf,
    /// An account that has no right to sign cannot be named as one who does.
    #[error("PAP-009: {name} has no right to sign")]
    MayNotSignAtAll {
        /// Whose account.
        name: String,
    },
    /// Nobody signs what he has not read.
    #[error("PAP-014: the signer does not say what he has read")]
    NotRead,
    /// The province's return about the day was taken in already, and this is another one.
    #[error("PAP-015: {province} has sent its return of {day}, issue {issue}")]
    CameBefore {
        /// Whose.
        province: String,
        /// About which day.
        day: Date,
        /// Which issue counts.
        issue: u32,
    },
    /// A return about a day that has not come.
    #[error("PAP-016: {day} has not come yet")]
    NotYet {
        /// As the return says.
        day: Date,
    },
    /// The paper is no such thing: a letter has no figures.
    #[error("PAP-017: a letter has no sheet of figures")]
    NoFigures,
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::NotNow => "PAP-001",
            Self::AlreadySigned => "PAP-002",
            Self::Unreadable => "PAP-003",
            Self::NoName => "PAP-004",
            Self::NoReason => "PAP-005",
            Self::NotAPdf => "PAP-006",
            Self::MayNotSignAtAll { .. } => "PAP-009",
            Self::NotRead => "PAP-014",
            Self::CameBefore { .. } => "PAP-015",
            Self::NotYet { .. } => "PAP-016",
            Self::NoFigures => "PAP-017",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::MayNotSignAtAll { name } => vec![("name", name.clone())],
            Self::CameBefore { province, day, issue } => {
                vec![("province", province.clone()), ("day", show_date(*day)), ("issue", issue.to_string())]
            }
            Self::NotYet { day } => vec![("day", show_date(*day))],
            _ => Vec::new(),
        }
    }
}

/// A report of the whole province that stands at a place.
fn standing(desk: &mut Desk<'_, '_>, id: RecordId<OfficialReport>, wanted: State) -> Outcome<Kept<OfficialReport>> {
    desk.whole_province()?;
    let found = desk.record(id)?;
    desk.about(id.0);
    if found.content.state == wanted { Ok(found) } else { Err(Failure::refused(Refused::NotNow)) }
}

/// Keeps what a report says under its digest.
pub(crate) fn keep(desk: &mut Desk<'_, '_>, content: &Content) -> Outcome<String> {
    let text = serde_json::to_vec(content).map_err(|_| Failure::refused(Refused::Unreadable))?;
    let (province, at) = (desk.actor().province, desk.now());
    Ok(store::hex(&blob::keep(desk.transaction(), province, "application/json", text, at)?))
}

/// What a report says.
pub(crate) fn content(desk: &mut Desk<'_, '_>, kept: &str) -> Outcome<Content> {
    let unreadable = || Failure::refused(Refused::Unreadable);
    let name = store::bytes_of_hex(kept).ok_or_else(unreadable)?;
    let province = desk.actor().province;
    let (_, bytes) = blob::find(desk.transaction(), province, &name)?.ok_or_else(unreadable)?;
    serde_json::from_slice(&bytes).map_err(|_| unreadable())
}

/// A reason as it was given, short enough for a list.
fn reason(text: &str) -> Outcome<String> {
    let text: String = text.trim().chars().take(500).collect();
    if text.is_empty() { Err(Failure::refused(Refused::NoReason)) } else { Ok(text) }
}
