//! Files of the document system out of a folder: packages beside letters, and signed PDFs of papers of ours.

use std::path::PathBuf;

use super::letters::{Became, Report, became as became_of_letter, each};
use crate::actor::Actor;
use crate::exchange::parcel::{Exchanged, is_one, read as read_parcel};
use crate::exchange::refused::Refused;
use crate::exchange::signed::read as read_signed;
use crate::failure::Outcome;
use crate::office::Office;
use crate::operations::exchange::take_package::TakePackage;
use crate::operations::exchange::take_signed::TakeSigned;
use crate::operations::exchange::take_state::TakeState;

/// Takes one file of the exchange in.
pub(super) fn one(office: &Office, actor: &Actor, bytes: Vec<u8>, name: &str, party_word: bool) -> Outcome<Became> {
    let digest = store::sha256(&bytes);
    let done = match read_parcel(bytes, name) {
        Ok(Exchanged::Letter(parcel)) => {
            let operation = TakePackage { key: None, digest, parcel, party_word, simulated: false };
            office.perform_blocking(actor.clone(), operation).map(drop)
        }
        Ok(Exchanged::Status(told)) => {
            office.perform_blocking(actor.clone(), TakeState { key: None, digest, told }).map(drop)
        }
        Ok(Exchanged::Signed(package, pdf)) => {
            return signed(office, actor, pdf.bytes, &pdf.name, Some(package), party_word);
        }
        Err(failure) => Err(failure),
    };
    became(done)
}

/// Takes the signed PDFs of a folder in, and packages that hold one; `told` hears how many were looked at.
///
/// # Errors
/// A database that fails ends the import, and what went in before stays: the same folder again skips it.
pub fn import_signed(
    office: &Office,
    actor: &Actor,
    files: &[PathBuf],
    party_word: bool,
    told: &mut dyn FnMut(u64),
) -> Outcome<Report> {
    each(files, told, |bytes, name| match is_one(&bytes) {
        true => one(office, actor, bytes, &name, party_word),
        false => signed(office, actor, bytes, &name, None, party_word),
    })
}

fn signed(
    office: &Office,
    actor: &Actor,
    bytes: Vec<u8>,
    name: &str,
    package: Option<String>,
    party_word: bool,
) -> Outcome<Became> {
    let digest = store::sha256(&bytes);
    let done = read_signed(bytes, name, package).and_then(|signed| {
        let operation = TakeSigned { key: None, digest, signed: Box::new(signed), party_word };
        office.perform_blocking(actor.clone(), operation).map(drop)
    });
    became(done)
}

fn became(done: Outcome<()>) -> Outcome<Became> {
    match done {
        Err(failure) if matches!(failure.reason(), Some(Refused::CameBefore | Refused::ToldBefore)) => {
            Ok(Became::Known)
        }
        done => became_of_letter(done),
    }
}
