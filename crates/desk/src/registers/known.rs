//! Rows of a file about what a register holds already, brought in without a preview: for the command line, which writes
//! what it can and gives the rest back.

use document::columns::{Fields, Layout};

use super::change::Mode;
use super::file::Verdict;
use super::{Look, called};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome, Reason};
use crate::import::facilities::RowRefused;
use crate::office::Office;
use crate::random;

/// What became of a row, and why where it was not taken.
pub(crate) type Brought = (Verdict, Option<Box<dyn Reason>>);

/// Holds rows against a register and writes what they change; what became of each, in their order.
///
/// # Errors
/// The right is missing, or the database fails. What is wrong with a row comes back with it.
pub(crate) fn bring_up_to_date(
    office: &Office,
    actor: &Actor,
    register: &str,
    layout: &Layout,
    rows: &[Fields<'_>],
) -> Outcome<Vec<Brought>> {
    let entry = called(register).ok_or(Failure::NotFound)?;
    let planned = office.look_blocking(|office, connection| {
        let mut look = Look::new(office, connection, actor)?;
        (entry.plan)(&mut look, layout, rows)
    })?;
    let mut brought: Vec<Brought> = planned.rows.into_iter().map(|row| (row.verdict, row.reason)).collect();
    for (places, change) in planned.changes {
        let key = format!("rows-{}", random::id(office.real_now()));
        match change.run(office, actor, Mode::Write(&key)) {
            Ok(()) => {}
            Err(Failure::Refused(reason)) => {
                let mut reason = Some(reason);
                for place in places {
                    let Some(row) = brought.get_mut(place) else { continue };
                    let reason = reason.take().unwrap_or_else(|| Box::new(RowRefused::FacilityRefused));
                    *row = (Verdict::Refused, Some(reason));
                }
            }
            Err(other) => return Err(other),
        }
    }
    Ok(brought)
}
