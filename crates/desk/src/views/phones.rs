//! Trusted phones: those that somebody may shut, and the one that knocks.

use place::ProvinceId;
use store::{Connection, account};

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::operations::phone::TrustedPhone;
use crate::record::{self, Kept};
use crate::rights::Capability;

/// Phones shown at most, the newest first.
const MOST: i64 = 2_000;

/// A phone with the names that a person knows it by.
#[derive(Debug, Clone)]
pub struct PhoneLine {
    /// The phone.
    pub phone: Kept<TrustedPhone>,
    /// Its officer; none once the account is closed.
    pub officer: Option<String>,
    /// His facility.
    pub facility: String,
}

/// The phones of the facilities in the actor's scope, those that open no more included.
///
/// # Errors
/// [`Failure::Forbidden`] for whoever may not shut one.
pub fn phones(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Vec<PhoneLine>> {
    if !actor.may(Capability::KeepPhones) {
        return Err(Failure::Forbidden(Capability::KeepPhones));
    }
    let registry = office.registry(connection, actor.province)?;
    let names = account::list(connection, actor.province)?;
    let kept = record::newest::<TrustedPhone>(connection, actor.province, MOST)?;
    let line = |phone: Kept<TrustedPhone>| {
        let facility = registry.facility(phone.content.facility).filter(|facility| actor.sees(facility, &registry))?;
        let officer = names.iter().find(|account| account.id == phone.content.account);
        let officer = officer.map(|account| account.display_name.clone());
        Some(PhoneLine { officer, facility: facility.body.name.clone(), phone })
    };
    Ok(kept.into_iter().filter_map(line).collect())
}

/// The phone that shows a secret, by its digest. For the door: nobody has come in yet.
pub fn phone_of_secret(
    connection: &mut Connection,
    province: ProvinceId,
    secret_digest: &str,
) -> Outcome<Option<Kept<TrustedPhone>>> {
    record::of_code(connection, province, secret_digest)
}
