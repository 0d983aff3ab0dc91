//! Cases of liability (DT15). Whoever may not keep them learns nothing, not even that there is such a place.

use jiff::civil::Date;
use store::Connection;

use super::MOST;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept};
use crate::rights::Capability;
use crate::steering::case::{Case, CaseAccess, CaseId};

/// That an actor keeps the cases; anybody else is told that there is nothing.
pub fn may_keep(actor: &Actor) -> Outcome<()> {
    if actor.may(Capability::KeepCases) && actor.sees_all() { Ok(()) } else { Err(Failure::NotFound) }
}

/// All cases, open ones first, the newest first.
pub fn cases(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<(Date, Vec<Kept<Case>>)> {
    may_keep(actor)?;
    let mut all = record::newest::<Case>(connection, actor.province, MOST)?;
    all.sort_by_key(|kept| kept.content.closed.is_some());
    Ok((office.now(connection)?.date(), all))
}

/// One case.
#[derive(Debug, Clone)]
pub struct CaseInFull {
    /// Today, by the domain clock.
    pub today: Date,
    /// The case.
    pub case: Kept<Case>,
    /// Who opened, wrote and read it, newest first.
    pub access: Vec<CaseAccess>,
}

/// One case. That it was read is written down by `operations::steering::cases::look_in_case`.
pub fn case(office: &Office, connection: &mut Connection, actor: &Actor, id: CaseId) -> Outcome<CaseInFull> {
    may_keep(actor)?;
    let case = record::one::<Case>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let access = record::of_owner::<CaseAccess>(connection, actor.province, id.0, MOST)?;
    let mut access: Vec<CaseAccess> = access.into_iter().map(|kept| kept.content).collect();
    access.sort_by_key(|access| std::cmp::Reverse(access.at));
    Ok(CaseInFull { today: office.now(connection)?.date(), case, access })
}
