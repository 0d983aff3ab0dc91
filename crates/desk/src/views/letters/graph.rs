//! Who names whom: a letter's parents and children, the chain up and down, which instruction is in force,
//! and letters that must be read together (DT02, DT14).

use std::collections::BTreeSet;

use jiff::civil::Date;
use letter::Role;
use quantity::{Id, Moment};
use store::Connection;

use super::allowed;
use super::asker::{Asker, MOST, asks};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::decision::LetterDecision;
use crate::letters::directive::{Basis, Directive, DirectiveId};
use crate::letters::enclosure::{Delivery, Enclosure};
use crate::letters::finding::number_key;
use crate::office::Office;
use crate::papers::number::NumberGiven;
use crate::record::{self, Kept, RecordId};

/// A letter in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Its record.
    pub id: Id,
    /// The paper and its issue, where it is one of ours and no letter that came.
    pub paper: Option<(Id, u32)>,
    /// Its number; none where the stamp came later.
    pub number: Option<String>,
    /// Its day.
    pub date: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
}

impl Brief {
    pub(super) fn of(letter: &Kept<Directive>) -> Self {
        let content = &letter.content;
        Self {
            id: letter.id.0,
            paper: None,
            number: content.called().map(str::to_owned),
            date: content.date,
            issuer: content.issuer.clone(),
            subject: content.subject.clone(),
        }
    }

    pub(super) fn of_paper(given: &Kept<NumberGiven>) -> Self {
        let content = &given.content;
        Self {
            id: given.id.0,
            paper: Some((content.paper, content.issue)),
            number: Some(content.text.clone()),
            date: Some(content.given_at.date()),
            issuer: None,
            subject: Some(content.subject.clone()),
        }
    }
}

/// A document that a letter names, and the letters of the register that it may be.
#[derive(Debug, Clone)]
pub struct Parent {
    /// As the letter names it.
    pub basis: Basis,
    /// Those with its number, of its year; nobody is «chưa có trong sổ».
    pub found: Vec<Brief>,
}

/// Two letters that must be read together.
#[derive(Debug, Clone)]
pub struct Together {
    /// The one that raises the question.
    pub later: Brief,
    /// What it does with the other.
    pub role: Role,
    /// The number of the other, as the first one names it.
    pub earlier_number: String,
    /// The other, where it is in the register.
    pub earlier: Option<Brief>,
    /// Whose decision it is: whoever is given the task that names it; the addressees, where no task does.
    pub deciders: Vec<String>,
    /// What was decided, the newest first.
    pub decisions: Vec<Kept<LetterDecision>>,
}

/// A line of a chain.
#[derive(Debug, Clone)]
pub struct ChainLine {
    /// How far from the letter: 1 is its parent or child.
    pub depth: usize,
    /// What the lower one does with the upper.
    pub role: Role,
    /// The number.
    pub number: String,
    /// The letter, where it is in the register.
    pub letter: Option<Brief>,
    /// It stands in the chain already: a circle ends here.
    pub again: bool,
}

/// A letter among others.
#[derive(Debug, Clone)]
pub struct Graph {
    /// Now, by the domain clock.
    pub now: Moment,
    /// The letter.
    pub letter: Kept<Directive>,
    /// What it names.
    pub parents: Vec<Parent>,
    /// What names it, and as what.
    pub children: Vec<(Brief, Role)>,
    /// What must be read together with it.
    pub together: Vec<Together>,
    /// The letters that it rests on, up.
    pub up: Vec<ChainLine>,
    /// The letters that rest on it, down.
    pub down: Vec<ChainLine>,
    /// The last of those that replace it, one after another; none while it is in force.
    pub in_force: Option<Brief>,
    /// Files that came with it.
    pub enclosures: Vec<Kept<Enclosure>>,
    /// What it names as enclosed and that is not there.
    pub lacking: Vec<String>,
    /// Copies of which something is noted.
    pub deliveries: Vec<Kept<Delivery>>,
}

/// One pair once.
fn once(mut pairs: Vec<Together>) -> Vec<Together> {
    let mut seen = BTreeSet::new();
    pairs.retain(|pair| seen.insert((pair.later.id, number_key(&pair.earlier_number))));
    pairs
}

/// A letter among others.
pub fn graph(office: &Office, connection: &mut Connection, actor: &Actor, id: DirectiveId) -> Outcome<Graph> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let province = actor.province;
    let letter = record::one::<Directive>(connection, province, id)?.ok_or(Failure::NotFound)?;
    let enclosures = record::of_owner::<Enclosure>(connection, province, id.0, MOST)?;
    let deliveries = record::of_owner::<Delivery>(connection, province, id.0, MOST)?;
    let there = |title: &String| enclosures.iter().any(|one| one.content.title == *title);
    let lacking = letter.content.attachments.iter().filter(|title| !there(title)).cloned().collect();
    let mut asker = Asker { connection, province };
    let mut parents = Vec::new();
    for basis in &letter.content.references {
        let found = asker.having(&number_key(&basis.number), basis.date)?;
        parents.push(Parent { basis: basis.clone(), found });
    }
    let own = letter.content.called().map(number_key).unwrap_or_default();
    let children = asker.naming(&own, letter.content.date)?;
    let children = children.iter().map(|(child, role)| (Brief::of(child), *role)).collect();
    let mut together = asker.pairs(&own, letter.content.date)?;
    // A letter whose stamp came later has no number by which it is found; what it names, it names all the same.
    for basis in letter.content.references.iter().filter(|basis| asks(basis.role)) {
        together.push(asker.pair(&letter, basis)?);
    }
    let (mut up, mut down) = (Vec::new(), Vec::new());
    asker.climb(&letter.content, 1, &mut BTreeSet::from([own]), &mut up)?;
    asker.descend(&letter.content, 1, &mut BTreeSet::from([id.0]), &mut down)?;
    let in_force = asker.in_force(&letter)?;
    Ok(Graph {
        now,
        parents,
        children,
        together: once(together),
        up,
        down,
        in_force,
        enclosures,
        lacking,
        deliveries,
        letter,
    })
}

/// The pairs of letters that some numbers stand in: for whatever has letters of its own, such as a lent machine
/// or a task. Whoever sees that sees the question; whether he may open the letters is asked where they are.
pub fn together(connection: &mut Connection, actor: &Actor, numbers: &[String]) -> Outcome<Vec<Together>> {
    let mut asker = Asker { connection, province: actor.province };
    let mut found = Vec::new();
    for number in numbers {
        found.extend(asker.pairs(&number_key(number), None)?);
    }
    Ok(once(found))
}

/// A file that came with a letter: its media type, its name, its bytes.
pub fn enclosure(
    connection: &mut Connection,
    actor: &Actor,
    id: RecordId<Enclosure>,
) -> Outcome<(String, String, Vec<u8>)> {
    allowed(actor)?;
    let kept = record::one::<Enclosure>(connection, actor.province, id)?.ok_or(Failure::NotFound)?.content;
    let (media_type, bytes) = record::kept_file(connection, actor.province, &kept.digest)?;
    Ok((media_type, kept.file, bytes))
}
