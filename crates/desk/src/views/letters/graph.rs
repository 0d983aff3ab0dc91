//! Who names whom: a letter's parents and children, the chain up and down, which instruction is in force,
//! and letters that must be read together (DT02, DT14).

use std::collections::BTreeSet;

use jiff::civil::Date;
use letter::Role;
use place::ProvinceId;
use quantity::{Id, Moment};
use store::Connection;
use store::finding::of_target;

use super::allowed;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::decision::LetterDecision;
use crate::letters::directive::{Basis, Directive, DirectiveId, Standing};
use crate::letters::enclosure::{Delivery, Enclosure};
use crate::letters::finding::{DECIDES, IS, number_key};
use crate::office::Office;
use crate::papers::number::NumberGiven;
use crate::record::{self, Kept, RecordId};

/// Letters that name one number, at most.
const MOST: i64 = 200;
/// How far a chain is followed up or down.
const DEEPEST: usize = 8;
/// Lines of a chain at most.
const LONGEST: usize = 80;

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
    fn of(letter: &Kept<Directive>) -> Self {
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

    fn of_paper(given: &Kept<NumberGiven>) -> Self {
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

/// Asks in one place who names whom.
struct Asker<'c> {
    connection: &'c mut Connection,
    province: ProvinceId,
}

impl Asker<'_> {
    fn directive(&mut self, id: Id) -> Outcome<Option<Kept<Directive>>> {
        let found = record::one::<Directive>(self.connection, self.province, RecordId::new(id))?;
        Ok(found.filter(|letter| letter.content.standing != Standing::Withdrawn))
    }

    /// The letters that have a number; of a year, where it is known of both: numbers restart each January.
    fn having(&mut self, key: &str, date: Option<Date>) -> Outcome<Vec<Brief>> {
        let mut found = Vec::new();
        if key.is_empty() {
            return Ok(found);
        }
        for (id, role) in of_target(self.connection, self.province, key, MOST)? {
            if role != IS {
                continue;
            }
            match self.directive(id)? {
                Some(letter) => found.push(Brief::of(&letter)),
                None => {
                    let paper = record::one::<NumberGiven>(self.connection, self.province, RecordId::new(id))?;
                    found.extend(paper.as_ref().map(Brief::of_paper));
                }
            }
        }
        found.retain(|one| one.date.zip(date).is_none_or(|(one, other)| one.year() == other.year()));
        // The day of the reference, where one of several has it.
        if found.iter().any(|one| one.date == date) && date.is_some() {
            found.retain(|one| one.date == date);
        }
        Ok(found)
    }

    /// The letters that name a number of a day, and as what.
    fn naming(&mut self, key: &str, date: Option<Date>) -> Outcome<Vec<(Kept<Directive>, Role)>> {
        let mut found = Vec::new();
        if key.is_empty() {
            return Ok(found);
        }
        let mut seen = BTreeSet::new();
        for (id, role) in of_target(self.connection, self.province, key, MOST)? {
            if role == IS || role == DECIDES || !seen.insert(id) {
                continue;
            }
            let Some(letter) = self.directive(id)? else { continue };
            let mut named = letter.content.references.iter().filter(|basis| number_key(&basis.number) == key);
            let same_year =
                |basis: &&Basis| basis.date.zip(date).is_none_or(|(one, other)| one.year() == other.year());
            // Of several roles the one that says most.
            let role = named.by_ref().filter(same_year).map(|basis| basis.role).max_by_key(|role| weight(*role));
            found.extend(role.map(|role| (letter, role)));
        }
        Ok(found)
    }

    fn decisions(&mut self, later: Id, key: &str) -> Outcome<Vec<Kept<LetterDecision>>> {
        let mut of_pair = record::of_owner::<LetterDecision>(self.connection, self.province, later, MOST)?;
        of_pair.retain(|one| number_key(&one.content.earlier_number) == key);
        Ok(of_pair)
    }

    /// The pair of a letter and something it names with such a role.
    fn pair(&mut self, later: &Kept<Directive>, basis: &Basis) -> Outcome<Together> {
        let key = number_key(&basis.number);
        let earlier = self.having(&key, basis.date)?.into_iter().next();
        let decisions = self.decisions(later.id.0, &key)?;
        Ok(Together {
            later: Brief::of(later),
            role: basis.role,
            earlier_number: basis.number.clone(),
            earlier,
            deciders: deciders(&later.content, &key),
            decisions,
        })
    }

    /// All pairs that a number of a day stands in, on either side.
    fn pairs(&mut self, key: &str, date: Option<Date>) -> Outcome<Vec<Together>> {
        let mut found = Vec::new();
        for (later, role) in self.naming(key, date)? {
            if !asks(role) {
                continue;
            }
            let of_it = later.content.references.clone();
            for basis in of_it.iter().filter(|basis| number_key(&basis.number) == key && asks(basis.role)) {
                found.push(self.pair(&later, basis)?);
            }
        }
        for own in self.having(key, date)?.into_iter().filter(|own| own.paper.is_none()) {
            if let Some(letter) = self.directive(own.id)? {
                for basis in letter.content.references.iter().filter(|basis| asks(basis.role)) {
                    found.push(self.pair(&letter, basis)?);
                }
            }
        }
        Ok(found)
    }

    fn climb(&mut self, letter: &Directive, depth: usize, seen: &mut BTreeSet<String>, lines: &mut Vec<ChainLine>) -> Outcome<()> {
        for basis in &letter.references {
            let key = number_key(&basis.number);
            if key.is_empty() || lines.len() >= LONGEST {
                continue;
            }
            let found = self.having(&key, basis.date)?.into_iter().next();
            let again = !seen.insert(key);
            let id = found.as_ref().filter(|brief| brief.paper.is_none()).map(|brief| brief.id);
            lines.push(ChainLine { depth, role: basis.role, number: basis.number.clone(), letter: found, again });
            if let Some(id) = id.filter(|_| !again && depth < DEEPEST)
                && let Some(parent) = self.directive(id)?
            {
                self.climb(&parent.content, depth + 1, seen, lines)?;
            }
        }
        Ok(())
    }

    fn descend(&mut self, letter: &Directive, depth: usize, seen: &mut BTreeSet<Id>, lines: &mut Vec<ChainLine>) -> Outcome<()> {
        let Some(number) = letter.called() else { return Ok(()) };
        for (child, role) in self.naming(&number_key(number), letter.date)? {
            if lines.len() >= LONGEST {
                break;
            }
            let brief = Brief::of(&child);
            let again = !seen.insert(child.id.0);
            let number = brief.number.clone().or_else(|| brief.subject.clone()).unwrap_or_default();
            lines.push(ChainLine { depth, role, number, letter: Some(brief), again });
            if !again && depth < DEEPEST {
                self.descend(&child.content, depth + 1, seen, lines)?;
            }
        }
        Ok(())
    }

    /// The last of those that replace a letter, one after another.
    fn in_force(&mut self, letter: &Kept<Directive>) -> Outcome<Option<Brief>> {
        let mut seen = BTreeSet::from([letter.id.0]);
        let (mut current, mut last) = (letter.clone(), None);
        loop {
            let Some(number) = current.content.called().map(number_key) else { return Ok(last) };
            let replacing = self.naming(&number, current.content.date)?;
            // The newest of those that replace it; one that replaces itself ends nothing.
            let next = replacing
                .into_iter()
                .filter(|(other, role)| *role == Role::Replaces && !seen.contains(&other.id.0))
                .max_by_key(|(other, _)| other.content.date);
            match next {
                Some((other, _)) if seen.insert(other.id.0) => {
                    last = Some(Brief::of(&other));
                    current = other;
                }
                _ => return Ok(last),
            }
        }
    }
}

/// Whether a role asks somebody which of two letters is followed.
const fn asks(role: Role) -> bool {
    matches!(role, Role::Amends | Role::Replaces | Role::Reconsiders)
}

const fn weight(role: Role) -> u8 {
    match role {
        Role::Replaces => 5,
        Role::Reconsiders => 4,
        Role::Amends => 3,
        Role::Implements => 2,
        Role::LegalBasis => 1,
        Role::Mentions => 0,
    }
}

/// Whoever is given the task whose words name the number; the addressees, where no task does.
fn deciders(letter: &Directive, key: &str) -> Vec<String> {
    let names = |task: &&crate::letters::DraftTask| number_key(&task.text).contains(key) && !task.owner.name.is_empty();
    let mut found: Vec<String> = letter.draft.iter().filter(names).map(|task| task.owner.name.clone()).collect();
    found.dedup();
    if found.is_empty() { letter.recipients.clone() } else { found }
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
    let name = store::bytes_of_hex(&kept.digest).ok_or(Failure::NotFound)?;
    let (media_type, bytes) =
        store::blob::find(connection, actor.province, &name)?.ok_or(Failure::NotFound)?;
    Ok((media_type, kept.file, bytes))
}
