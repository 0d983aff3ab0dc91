//! Files of registers: kept with their preview, then written row by row through each register's own operation.

pub mod begin_writing;
pub mod finish_writing;
pub mod keep_file;

use store::blob;

use crate::failure::{Failure, Outcome};
use crate::operation::Desk;
use crate::record::{Kept, RecordId};
use crate::registers::file::{Preview, RegisterFile};

/// A file that the actor sent.
fn own_file(desk: &mut Desk<'_, '_>, id: RecordId<RegisterFile>) -> Outcome<Kept<RegisterFile>> {
    let kept = desk.record(id)?;
    if kept.content.is_seen_by(desk.actor()) { Ok(kept) } else { Err(Failure::NotFound) }
}

/// Keeps a preview; its digest in hexadecimal.
fn keep_preview(desk: &mut Desk<'_, '_>, preview: &Preview) -> Outcome<String> {
    let text = serde_json::to_vec(preview)
        .map_err(|error| Failure::Store(store::StoreError::Unreadable(error.to_string())))?;
    let (province, at) = (desk.actor().province, desk.now());
    Ok(store::hex(&blob::keep(desk.transaction(), province, "application/json", text, at)?))
}
