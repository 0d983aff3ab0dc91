//! The journal: who did what, newest first, with the number of the seal.

use store::Connection;
use store::audit::{self, JournalLine};

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::rights::Capability;

/// The newest operations of the actor's province.
pub fn journal(connection: &mut Connection, actor: &Actor, limit: i64) -> Outcome<Vec<JournalLine>> {
    if !actor.may(Capability::SeeJournal) {
        return Err(Failure::Forbidden(Capability::SeeJournal));
    }
    whole_province(actor)?;
    Ok(audit::recent(connection, actor.province, limit)?)
}

/// The open accounts of the actor's province.
pub fn accounts(connection: &mut Connection, actor: &Actor) -> Outcome<Vec<store::account::Account>> {
    if !actor.may(Capability::KeepAccounts) {
        return Err(Failure::Forbidden(Capability::KeepAccounts));
    }
    whole_province(actor)?;
    Ok(store::account::list(connection, actor.province)?)
}

/// Both lists are of the whole province: who sees a part of it sees neither.
fn whole_province(actor: &Actor) -> Outcome<()> {
    if actor.sees_all() { Ok(()) } else { Err(Failure::NotFound) }
}
