//! What is done about the rules of the office, the fields of its officers, receipts, attendance lists, and open tasks of a
//! letter that a newer one changes: one operation, one file.

pub mod adopt_office_rules;
pub mod appoint_in_field;
pub mod ask_receipts;
pub mod choose_instruction;
pub mod end_in_field;
pub mod note_opened;
pub mod note_receipt;
pub mod take_attendance;

use crate::failure::{Failure, Outcome};
use crate::office_rules::RulesRefused;
use crate::operation::Desk;
use crate::operations::command::Attached;

/// The longest words of one field that are kept, in characters.
const LONGEST: usize = 500;
/// The largest list that is kept.
const LARGEST: usize = 12 << 20;

fn refused(why: RulesRefused) -> Failure {
    Failure::refused(why)
}

fn words(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

/// Keeps an attendance list or a receipt as it came: a picture or PDF of a signed one, a workbook, a text. Its digest and name.
pub(crate) fn keep_list(
    desk: &mut Desk<'_, '_>,
    file: Option<(String, Attached)>,
) -> Outcome<Option<(String, String)>> {
    let Some((name, file)) = file else { return Ok(None) };
    let kind = file.media_type().or(match file.bytes.as_slice() {
        [b'P', b'K', 3, 4, ..] => Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        bytes if !bytes.contains(&0) => Some("text/csv"),
        _ => None,
    });
    let kind = kind.filter(|_| file.bytes.len() <= LARGEST).ok_or_else(|| refused(RulesRefused::BadFile))?;
    let (province, now) = (desk.actor().province, desk.now());
    let digest = store::blob::keep(desk.transaction(), province, kind, file.bytes, now)?;
    Ok(Some((store::hex(&digest), words(&name))))
}
