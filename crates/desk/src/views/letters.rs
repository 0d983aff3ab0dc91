//! Letters: which wait to be confirmed, one letter with its text, its tasks and whoever may be given them.

mod asker;
pub mod at_task;
pub mod graph;
pub mod search;

use jiff::civil::Date;
use place::body::{BodyKind, Post};
use place::{BodyId, PersonId};
use protocol::OfficeRules;
use quantity::Moment;
use store::Connection;

use super::papers::letters::about;
use super::rules::office::enter_by;
use crate::actor::Actor;
use crate::exchange::kept::{PackageIn, StateTold};
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId, DraftTask, Owner, Standing};
use crate::letters::field::{self, Officer, OfficerField};
use crate::letters::intake::Bodies;
use crate::letters::task::{Named, Task};
use crate::office::Office;
use crate::office_rules::rules_on;
use crate::papers::letter_out::short;
use crate::papers::report::OfficialReport;
use crate::record::{self, Kept};
use crate::rights::Capability;

fn allowed(actor: &Actor) -> Outcome<()> {
    if !actor.may(Capability::SeeLetters) {
        return Err(Failure::Forbidden(Capability::SeeLetters));
    }
    if actor.sees_all() { Ok(()) } else { Err(Failure::NotFound) }
}

/// Packages that brought one letter, the newest first, at most: a system sends one again when no state came back.
const MOST_PACKAGES: i64 = 100;

/// The letters of a province that wait.
#[derive(Debug, Clone)]
pub struct Letters {
    /// Now, by the domain clock.
    pub now: Moment,
    /// Read and not confirmed, the oldest first.
    pub waiting: Vec<Kept<Directive>>,
    /// Until which day each of them must stand in the register, in their order (DT05).
    pub enter_by: Vec<Date>,
}

/// What waits.
pub fn letters(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Letters> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let waiting = record::open::<Directive>(connection, actor.province)?;
    let mut by = Vec::with_capacity(waiting.len());
    for letter in &waiting {
        by.push(enter_by(connection, actor, &letter.content)?);
    }
    Ok(Letters { now, waiting, enter_by: by })
}

/// A body that a task may be given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// Which body.
    pub id: BodyId,
    /// Its name.
    pub name: String,
}

/// A letter with all that its page shows.
#[derive(Debug, Clone)]
pub struct LetterInFull {
    /// Now, by the domain clock.
    pub now: Moment,
    /// What is kept of it.
    pub directive: Kept<Directive>,
    /// Its text, as it came.
    pub text: String,
    /// What was read in it, with the places.
    pub reading: letter::Letter,
    /// Papers that were written because of it; none for whoever may not see papers.
    pub papers: Vec<Kept<OfficialReport>>,
    /// The last that another system told of each of them: arrived, received, refused (DT08).
    pub papers_told: Vec<StateTold>,
    /// The package it came in, the newest first, with where it and the text differ.
    pub packages: Vec<Kept<PackageIn>>,
    /// Its tasks once confirmed.
    pub tasks: Vec<Kept<Task>>,
    /// The bodies of today, in the order of their names.
    pub bodies: Vec<Receiver>,
    /// Whoever holds a post in a body that the draft names alone.
    pub people: Vec<Post>,
    /// Whoever is in charge of a field in one of these bodies (DT07).
    pub officers: Vec<Officer>,
    /// Until which day it must stand in the register, while it waits (DT05).
    pub enter_by: Option<Date>,
    /// The rules of the office by which days are proposed.
    pub rules: OfficeRules,
}

/// One letter.
pub fn letter(office: &Office, connection: &mut Connection, actor: &Actor, id: DirectiveId) -> Outcome<LetterInFull> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let province = actor.province;
    let directive = record::one::<Directive>(connection, province, id)?.ok_or(Failure::NotFound)?;
    let text = String::from_utf8_lossy(&kept(connection, actor, &directive.content.text)?).into_owned();
    let reading = serde_json::from_slice(&kept(connection, actor, &directive.content.reading)?)
        .map_err(|error| Failure::Store(store::StoreError::Unreadable(error.to_string())))?;
    let tasks = record::many::<Task>(connection, province, &directive.content.tasks)?;
    let registry = office.registry(connection, province)?;
    let mut bodies: Vec<Receiver> = registry
        .bodies()
        .iter()
        .filter(|body| body.valid_on(now.date()))
        .map(|body| Receiver { id: body.id, name: body.name.clone() })
        .collect();
    bodies.sort_by_cached_key(|body| place::text::sort_key(&body.name));
    let alone = directive.content.draft.iter().filter_map(|task| match task.owner.bodies.as_slice() {
        [one] => Some(*one),
        _ => None,
    });
    let mut named: Vec<BodyId> = alone.collect();
    named.sort_unstable();
    named.dedup();
    let mut officers = Vec::new();
    for body in &named {
        let kept = record::of_owner::<OfficerField>(connection, province, body.0, 500)?;
        officers.extend(field::officers(kept, registry.roster(), now));
    }
    let waits = directive.content.standing == Standing::Read;
    let enter_by = waits.then(|| enter_by(connection, actor, &directive.content)).transpose()?;
    let rules = rules_on(connection, province, now.date())?;
    let people = named.iter().flat_map(|body| registry.roster().people(*body, now)).cloned().collect();
    let papers = if actor.may(Capability::ExportFigures) { about(connection, actor, id.0)? } else { Vec::new() };
    let mut papers_told = Vec::new();
    for paper in &papers {
        let last = record::of_owner::<StateTold>(connection, province, paper.id.0, 1)?;
        papers_told.extend(last.into_iter().map(|told| told.content));
    }
    let packages = record::of_owner::<PackageIn>(connection, province, id.0, MOST_PACKAGES)?;
    Ok(LetterInFull {
        packages,
        papers,
        papers_told,
        now,
        directive,
        text,
        reading,
        tasks,
        bodies,
        people,
        officers,
        enter_by,
        rules,
    })
}

/// Whose register it is: the department of the province, as papers write its name; without one the post itself. It stands
/// on the stamp of arrival.
pub fn keeper(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<String> {
    allowed(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let post = registry.post().map_or("", |post| post.name.as_str());
    let department = registry.body_of_kind(BodyKind::HealthDepartment).map(|body| short(&body.name, post));
    Ok(department.unwrap_or(post).to_owned())
}

fn kept(connection: &mut Connection, actor: &Actor, digest: &str) -> Outcome<Vec<u8>> {
    Ok(record::kept_file(connection, actor.province, digest)?.1)
}

/// The file that a letter came in: its media type, its name, its bytes.
pub fn original(connection: &mut Connection, actor: &Actor, id: DirectiveId) -> Outcome<(String, String, Vec<u8>)> {
    allowed(actor)?;
    let directive = record::one::<Directive>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let file = directive.content.original.ok_or(Failure::NotFound)?;
    let bytes = kept(connection, actor, &file.digest)?;
    Ok((file.media_type, file.name, bytes))
}

/// A task as a person left it on the page.
#[derive(Debug, Clone, Default)]
pub struct TypedTask {
    /// Whether it becomes a task.
    pub kept: bool,
    /// Its words.
    pub text: String,
    /// Whom it is for: the name of a body, or a group as letters write it.
    pub owner: String,
    /// The last day, where one is set.
    pub last_day: Option<Date>,
    /// Who works on it.
    pub holder: Option<PersonId>,
}

/// The name that a task's owner is shown and typed under: its one body's, else as the letter has it.
pub fn owner_shown(bodies: &[Receiver], task: &DraftTask) -> String {
    let one = match task.owner.bodies.as_slice() {
        [one] => bodies.iter().find(|body| body.id == *one),
        _ => None,
    };
    one.map_or_else(|| task.owner.name.clone(), |body| body.name.clone())
}

/// The draft with what was typed. An owner that was not touched stays as it was read; another one is looked
/// for in the register, by name or as a group.
pub fn typed(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    found: &LetterInFull,
    typed: &[TypedTask],
) -> Outcome<Vec<DraftTask>> {
    let registry = office.registry(connection, actor.province)?;
    let directory = registry.directory();
    let today = found.now.date();
    let day = found.directive.content.date.unwrap_or(today);
    let bodies = Bodies { directory: &directory, province: actor.province, day, today };
    let mut draft = found.directive.content.draft.clone();
    for (task, typed) in draft.iter_mut().zip(typed) {
        task.left_out = !typed.kept;
        task.last_day = typed.last_day;
        if !typed.text.trim().is_empty() {
            task.text = typed.text.trim().to_owned();
        }
        let moved = typed.owner.trim() != owner_shown(&found.bodies, task);
        if moved {
            let (found, note) = bodies.expand(&typed.owner);
            task.owner = Owner { name: typed.owner.trim().to_owned(), bodies: found, note };
        }
        // Whoever works for the body before does not work for the new one.
        let person = typed.holder.filter(|_| !moved);
        let holder = person.and_then(|person| found.people.iter().find(|post| post.person == person));
        task.holder =
            holder.map(|post| Named { person: Some(post.person), name: post.name.clone(), ..Named::default() });
    }
    Ok(draft)
}
