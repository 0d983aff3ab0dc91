//! What is seen in the command room. Each view asks for a right and shows what lies in the actor's scope.

pub mod courtesy;
pub mod map;
pub mod matrix;
pub mod matrix_sheet;
pub mod nation;
pub mod programme;
pub mod readiness;
pub mod recounts;
pub mod states;
pub mod unit;

use place::FacilityId;
use store::Connection;

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::registry::{Facility, Registry};
use crate::rights::Capability;

/// More records of one kind than any page goes through.
const MOST: i64 = 20_000;

/// That an actor may see the room at all.
fn may_look(actor: &Actor) -> Outcome<()> {
    if actor.may(Capability::SeeOxygen) { Ok(()) } else { Err(Failure::Forbidden(Capability::SeeOxygen)) }
}

/// That an actor keeps the command room.
fn may_keep(actor: &Actor) -> Outcome<()> {
    if actor.may(Capability::KeepCommand) { Ok(()) } else { Err(Failure::Forbidden(Capability::KeepCommand)) }
}

/// The facilities of today that an actor sees, in Vietnamese order.
fn seen<'r>(registry: &'r Registry, actor: &Actor, day: jiff::civil::Date) -> Vec<&'r Facility> {
    let valid = |facility: &&Facility| facility.body.valid_on(day) && actor.sees(facility, registry);
    registry.facilities().iter().filter(valid).collect()
}

/// A facility for a list of choices.
pub type Named = (FacilityId, String);

/// The facilities that an actor sees today, by name.
pub fn names(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Vec<Named>> {
    let day = office.now(connection)?.date();
    let registry = office.registry(connection, actor.province)?;
    Ok(seen(&registry, actor, day).iter().map(|one| (one.id, one.body.name.clone())).collect())
}
