//! The facilities that an actor may report for or look at, with the stores in use today.

use place::FacilityId;
use quantity::Moment;
use store::Connection;

use super::running_out::area_of;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::registry::{Facility, Registry};
use crate::rights::Capability;

/// A facility as a list names it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Key.
    pub id: FacilityId,
    /// Its name.
    pub name: String,
    /// Short code, unique in the province.
    pub code: String,
    /// Where: «Phú Quốc».
    pub area: String,
    /// Its stores in use on that day, in the order of the form.
    pub stores: Vec<oxygen::Store>,
    /// Invented.
    pub simulated: bool,
}

/// The facilities in the actor's scope on the domain clock's day, in Vietnamese order.
pub fn facilities(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Vec<Listed>> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let registry = office.registry(connection, actor.province)?;
    let now = office.now(connection)?;
    let seen = |facility: &&Facility| facility.body.valid_on(now.date()) && actor.sees(facility, &registry);
    Ok(registry.facilities().iter().filter(seen).map(|facility| listed(&registry, facility, now)).collect())
}

fn listed(registry: &Registry, facility: &Facility, now: Moment) -> Listed {
    Listed {
        id: facility.id,
        name: facility.body.name.clone(),
        code: facility.code.clone(),
        area: area_of(registry, facility, now),
        stores: facility.stores_on(now.date()).cloned().collect(),
        simulated: facility.simulated,
    }
}
