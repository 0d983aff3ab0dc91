//! Needs of a whole province are remembered for a minute: six cases of a hundred facilities take a second.

use std::sync::Arc;

use quantity::{Moment, Span};
use store::{Connection, register};

use super::{OxygenNeed, Supposed};
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::office::Office;

/// A need that took long to make may be this old, by either clock, while reports pour in.
const FRESH: Span = Span::minutes(1);
/// What took longer than this was long in the making.
const LONG: Span = Span::micros(300_000);
/// Without any report a need may be this old by the domain clock: oxygen is used all the while.
const STANDS: Span = Span::minutes(10);
/// So many are remembered of a province.
const MOST: usize = 8;

/// What was made, when, of what.
#[derive(Debug, Clone)]
pub(crate) struct Remembered {
    made_at: Moment,
    took: Span,
    seq: i64,
    supposed: Supposed,
    need: Arc<OxygenNeed>,
}

/// The remembered need, or one made now. Only what the whole province is shown is remembered, and only of the present.
pub(super) fn or_made(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    supposed: Supposed,
    make: impl FnOnce(&mut Connection) -> Outcome<OxygenNeed>,
) -> Outcome<Arc<OxygenNeed>> {
    let registry = office.registry(connection, actor.province)?;
    let whole = actor.sees_whole(&registry) && connection.lens().is_none();
    if !whole {
        return Ok(Arc::new(make(connection)?));
    }
    let seq = register::pulse(connection, actor.province)?.seq;
    let (real, now) = (office.real_now(), office.now(connection)?);
    let stands = |kept: &&Remembered| {
        let (age, domain) = (real - kept.made_at, now - kept.need.at);
        let within = |most: Span| (Span::ZERO..most).contains(&age) && (Span::ZERO..most).contains(&domain);
        kept.supposed == supposed && ((kept.took > LONG && within(FRESH)) || (kept.seq == seq && within(STANDS)))
    };
    let mut remembered = office.remembered_needs(actor.province);
    if let Some(kept) = remembered.iter().find(stands) {
        return Ok(Arc::clone(&kept.need));
    }
    let need = Arc::new(make(connection)?);
    let took = office.real_now() - real;
    remembered.retain(|kept| kept.supposed != supposed);
    remembered.insert(0, Remembered { made_at: real, took, seq, supposed, need: Arc::clone(&need) });
    remembered.truncate(MOST);
    office.remember_needs(actor.province, remembered);
    Ok(need)
}
