//! Who names whom, asked of the store: letters of a number, letters that name it, pairs, chains.

use std::collections::BTreeSet;

use jiff::civil::Date;
use letter::Role;
use place::ProvinceId;
use quantity::Id;
use store::Connection;
use store::finding::of_target;

use super::graph::{Brief, ChainLine, Together};
use crate::failure::Outcome;
use crate::letters::decision::LetterDecision;
use crate::letters::directive::{Basis, Directive, Standing};
use crate::letters::finding::{DECIDES, IS, number_key};
pub(super) use crate::letters::instruction::asks;
use crate::papers::number::NumberGiven;
use crate::record::{self, Kept, RecordId};

/// Letters that name one number, at most.
pub(super) const MOST: i64 = 200;
/// How far a chain is followed up or down.
const DEEPEST: usize = 8;
/// Lines of a chain at most.
const LONGEST: usize = 80;

/// Asks in one place who names whom.
pub(super) struct Asker<'c> {
    pub(super) connection: &'c mut Connection,
    pub(super) province: ProvinceId,
}

impl Asker<'_> {
    fn directive(&mut self, id: Id) -> Outcome<Option<Kept<Directive>>> {
        let found = record::one::<Directive>(self.connection, self.province, RecordId::new(id))?;
        Ok(found.filter(|letter| letter.content.standing != Standing::Withdrawn))
    }

    /// The letters that have a number; of a year, where it is known of both: numbers restart each January.
    pub(super) fn having(&mut self, key: &str, date: Option<Date>) -> Outcome<Vec<Brief>> {
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
    pub(super) fn naming(&mut self, key: &str, date: Option<Date>) -> Outcome<Vec<(Kept<Directive>, Role)>> {
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
            let same_year = |basis: &&Basis| basis.date.zip(date).is_none_or(|(one, other)| one.year() == other.year());
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
    pub(super) fn pair(&mut self, later: &Kept<Directive>, basis: &Basis) -> Outcome<Together> {
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
    pub(super) fn pairs(&mut self, key: &str, date: Option<Date>) -> Outcome<Vec<Together>> {
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

    pub(super) fn climb(
        &mut self,
        letter: &Directive,
        depth: usize,
        seen: &mut BTreeSet<String>,
        lines: &mut Vec<ChainLine>,
    ) -> Outcome<()> {
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

    pub(super) fn descend(
        &mut self,
        letter: &Directive,
        depth: usize,
        seen: &mut BTreeSet<Id>,
        lines: &mut Vec<ChainLine>,
    ) -> Outcome<()> {
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
    pub(super) fn in_force(&mut self, letter: &Kept<Directive>) -> Outcome<Option<Brief>> {
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

const fn weight(role: Role) -> u8 {
    match role {
        Role::Replaces => 5,
        Role::Reconsiders => 4,
        Role::Amends => 3,
        Role::Implements => 2,
        Role::Continues | Role::Answers | Role::LegalBasis => 1,
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
