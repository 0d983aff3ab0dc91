//! What is done between the program and the document system: a package taken in, a paper taken out to be signed, its
//! signed PDF matched, a state written down.

pub mod match_signed;
pub mod recall_sent;
pub mod send_out;
pub mod set_aside;
pub mod take_package;
pub mod take_signed;
pub mod take_state;

use quantity::{Id, Moment};
use store::blob;

use crate::exchange::kept::{Ended, SentOut};
use crate::failure::Outcome;
use crate::operation::Desk;
use crate::record;

/// Packages of one paper that are looked at.
const MOST: i64 = 50;

/// Keeps bytes under their digest, which it gives in hexadecimal.
fn keep(desk: &mut Desk<'_, '_>, media_type: &str, bytes: Vec<u8>) -> Outcome<String> {
    let (province, at) = (desk.actor().province, desk.now());
    Ok(store::hex(&blob::keep(desk.transaction(), province, media_type, bytes, at)?))
}

/// Ends the waiting of every package of a paper.
fn came_back(desk: &mut Desk<'_, '_>, paper: Id, at: Moment) -> Outcome<()> {
    let province = desk.actor().province;
    for sent in record::open_of_owner::<SentOut>(desk.transaction(), province, paper, MOST)? {
        let with = SentOut { ended: Some(Ended::Returned(at)), ..sent.content.clone() };
        desk.revise(&sent, &with)?;
    }
    Ok(())
}
