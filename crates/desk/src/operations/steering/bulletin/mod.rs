//! The public bulletin: drafted, checked, approved, taken back (CM02).

pub mod approve_bulletin;
pub mod check_bulletin;
pub mod draft_bulletin;
pub mod withdraw_bulletin;

use super::{found, refused};
use crate::failure::Outcome;
use crate::operation::Desk;
use crate::record::Kept;
use crate::steering::bulletin::{Bulletin, BulletinId, Hand, Standing};
use crate::steering::refused::Refused;

/// A bulletin that stands at a place.
fn standing(desk: &mut Desk<'_, '_>, id: BulletinId, wanted: &[Standing]) -> Outcome<Kept<Bulletin>> {
    found(desk, id, |bulletin| wanted.contains(&bulletin.standing))
}

/// Whoever does this step, now.
fn hand(desk: &Desk<'_, '_>) -> Hand {
    Hand { user: desk.actor().user, name: desk.actor().display_name.clone(), at: desk.now() }
}

/// That it is another than the drafter who does a step.
fn another(desk: &Desk<'_, '_>, bulletin: &Bulletin, step: &'static str) -> Outcome<()> {
    if bulletin.is_by(desk.actor().user) { Err(refused(Refused::SameHand { step })) } else { Ok(()) }
}
