//! Given and lent machines: what is decided where, and what would be without one (OX17).

use oxygen::supply::{Chain, Expected, what_if};
use quantity::convert::l_per_min;
use quantity::{GramsPerHour, ReferenceTemperature};
use store::Connection;

use super::Book;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept, RecordId};
use crate::supply::{Asset, Condition};
use crate::views::facility::{FacilityView, facility};
use crate::views::letters::graph::{Together, together};
use crate::views::running_out::Past;

/// The patients of the second what-if, against those of today.
pub const MORE_PATIENTS: f64 = 1.25;

/// The machines that an actor sees.
#[derive(Debug, Clone)]
pub struct Assets {
    /// Names and choices.
    pub book: Book,
    /// Those that have not gone back, the one due first before the others.
    pub lines: Vec<Kept<Asset>>,
}

/// What is to be expected in one case.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Whether the machine stays.
    pub with_machine: bool,
    /// How many times today's patients.
    pub patients: f64,
    /// What follows; none where the facility's rate of use is not known.
    pub expected: Option<Expected>,
}

/// One machine, and what would be without it.
#[derive(Debug, Clone)]
pub struct AssetView {
    /// Names and choices.
    pub book: Book,
    /// The machine.
    pub kept: Kept<Asset>,
    /// Four cases: with and without, today and with more patients.
    pub cases: Vec<Case>,
    /// Letters about it that must be read together, from the register of letters (DT14).
    pub together: Vec<Together>,
}

/// The machines, as an actor may see them.
pub fn assets(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Assets> {
    let book = Book::open(office, connection, actor)?;
    let mut lines = record::open::<Asset>(connection, actor.province)?;
    lines.retain(|kept| book.sees(kept.content.facility));
    lines.sort_by_key(|kept| (kept.content.due.is_none(), kept.content.due));
    Ok(Assets { book, lines })
}

/// One machine, as an actor may see it.
pub fn asset(office: &Office, connection: &mut Connection, actor: &Actor, id: RecordId<Asset>) -> Outcome<AssetView> {
    let book = Book::open(office, connection, actor)?;
    let kept = record::one::<Asset>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let place = kept.content.facility;
    book.facility(place)?;
    let view = facility(office, connection, actor, place, Past::default(), None, 1)?;
    let chain = chain_of(&view, &kept.content);
    let case = |with_machine, patients| Case {
        with_machine,
        patients,
        expected: chain.map(|chain| what_if(&chain, with_machine, patients)),
    };
    let cases = [(true, 1.0), (false, 1.0), (true, MORE_PATIENTS), (false, MORE_PATIENTS)];
    let numbers: Vec<String> = kept.content.letters.iter().filter_map(|letter| letter.number.clone()).collect();
    let together = together(connection, actor, &numbers)?;
    Ok(AssetView { cases: cases.map(|(with, patients)| case(with, patients)).to_vec(), kept, book, together })
}

/// The facility's oxygen as it stands; none where the rate of use or what the machine makes is not known.
fn chain_of(view: &FacilityView, asset: &Asset) -> Option<Chain> {
    let outlook = &view.outlook;
    let burn = outlook.burn?;
    let rated = GramsPerHour(asset.makes?.as_f64());
    // A machine that stands broken or in reserve makes nothing now: to lose it changes nothing today.
    let runs = asset.condition == Condition::Works;
    let makes = if runs { GramsPerHour(rated.0.min(outlook.production.0)) } else { GramsPerHour(0.0) };
    let flow = l_per_min(rated, ReferenceTemperature::Celsius21);
    Some(Chain {
        usable: outlook.usable_now.mid,
        from_stock: burn.range.mid,
        made: outlook.production,
        machine: makes,
        deliverable: view.flow.map(|flow| flow.deliverable),
        machine_flow: if runs { flow } else { 0.0 },
        needed: view.flow.map(|flow| flow.needed),
    })
}

/// A letter about a machine, as an actor may see it: media type, bytes and name of the file.
pub fn letter(
    connection: &mut Connection,
    office: &Office,
    actor: &Actor,
    id: RecordId<Asset>,
    place: usize,
) -> Outcome<(String, Vec<u8>, String)> {
    let book = Book::open(office, connection, actor)?;
    let kept = record::one::<Asset>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    book.facility(kept.content.facility)?;
    let letter = kept.content.letters.get(place).ok_or(Failure::NotFound)?;
    let (media, bytes) = record::kept_file(connection, actor.province, &letter.digest)?;
    Ok((media, bytes, letter.file.clone()))
}
