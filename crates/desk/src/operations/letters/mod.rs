//! What is done to a letter on its way: taken in, corrected, confirmed into tasks, withdrawn.

pub(crate) mod assign;
pub mod attach;
pub(crate) mod complete;
pub mod confirm;
pub mod correct;
pub mod decide;
pub mod deliver;
pub mod list_letter;
pub mod take_in;
pub(crate) mod tell;
pub mod withdraw;

use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId, Standing};
use crate::letters::refused::Refused;
use crate::operation::Desk;
use crate::record::Kept;

/// A letter that stands at a place. Letters are the whole province's.
fn standing(desk: &mut Desk<'_, '_>, id: DirectiveId, wanted: Standing) -> Outcome<Kept<Directive>> {
    desk.whole_province()?;
    let found = desk.record(id)?;
    desk.about(id.0);
    if found.content.standing == wanted { Ok(found) } else { Err(refused(Refused::NotNow)) }
}

fn refused(why: Refused) -> Failure {
    Failure::refused(why)
}
