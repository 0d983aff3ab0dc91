//! Cases of liability: opened, followed, decided, closed, read (DT15). The journal learns that somebody did something in
//! the closed register, and nothing of what: no subject, no words.

pub mod add_step;
pub mod close_case;
pub mod decide_case;
pub mod look_in_case;
pub mod open_case;

use super::refused;
use crate::command::must_say;
use crate::failure::Outcome;
use crate::operation::Desk;
use crate::record::Kept;
use crate::steering::case::{Case, CaseAccess, CaseId, check_words};
use crate::steering::refused::Refused;

/// A case that is still open.
fn open(desk: &mut Desk<'_, '_>, id: CaseId) -> Outcome<Kept<Case>> {
    desk.whole_province()?;
    let found = desk.record(id)?;
    if found.content.closed.is_none() { Ok(found) } else { Err(refused(Refused::NotNow)) }
}

/// Words of a case: said, and leading nowhere.
fn words(field: &'static str, text: &str) -> Outcome<String> {
    let words = must_say(field, text)?;
    check_words(&words).map_err(refused)?;
    Ok(words)
}

/// Writes down who was at a case.
fn note_access(desk: &mut Desk<'_, '_>, case: CaseId, did: &str) -> Outcome<()> {
    let access = CaseAccess {
        case,
        user: desk.actor().user,
        name: desk.actor().display_name.clone(),
        at: desk.now(),
        did: did.to_owned(),
    };
    desk.open_record(&access).map(drop)
}
