//! Letters to be read together as they touch one letter's tasks, and older letters whose tasks a newer one touches (DT14).

use letter::Role;
use quantity::Id;
use store::Connection;

use super::asker::{Asker, asks};
use super::graph::{Brief, Together};
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::letters::directive::Directive;
use crate::letters::finding::number_key;
use crate::record::Kept;

/// The pairs that a letter stands in, on either side.
pub fn pairs_of(connection: &mut Connection, actor: &Actor, letter: &Kept<Directive>) -> Outcome<Vec<Together>> {
    let mut asker = Asker { connection, province: actor.province };
    let own = letter.content.called().map(number_key).unwrap_or_default();
    let mut found = asker.pairs(&own, letter.content.date)?;
    // A letter whose stamp came later has no number by which it is found; what it names, it names all the same.
    for basis in letter.content.references.iter().filter(|basis| asks(basis.role)) {
        found.push(asker.pair(letter, basis)?);
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|pair| seen.insert((pair.later.id, number_key(&pair.earlier_number))));
    Ok(found)
}

/// The letters of the register that a letter amends, replaces or asks to weigh.
pub fn older(connection: &mut Connection, actor: &Actor, letter: &Directive) -> Outcome<Vec<(Id, Brief, Role)>> {
    let mut asker = Asker { connection, province: actor.province };
    let mut found: Vec<(Id, Brief, Role)> = Vec::new();
    for basis in letter.references.iter().filter(|basis| asks(basis.role)) {
        for brief in asker.having(&number_key(&basis.number), basis.date)? {
            if brief.paper.is_none() && found.iter().all(|(known, ..)| *known != brief.id) {
                found.push((brief.id, brief, basis.role));
            }
        }
    }
    Ok(found)
}
