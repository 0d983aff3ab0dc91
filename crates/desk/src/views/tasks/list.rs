//! The list of tasks, the worst first.

use place::BodyId;
use place::text::ascii_fold;
use protocol::OfficeRules;
use quantity::{Id, Moment, Span};
use store::Connection;

use super::{allowed, find};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::life::judged::Urgency;
use crate::letters::task::{OriginKind, Task};
use crate::office::Office;
use crate::operations::tasks::body_in_scope;
use crate::record::{self, Kept};

/// Which tasks are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Of one body.
    pub body: Option<BodyId>,
    /// Of one letter.
    pub letter: Option<DirectiveId>,
    /// Of one standing; closed ones are read only when they are asked for.
    pub urgency: Option<Urgency>,
    /// Words of the order, the body or the holder.
    pub words: String,
}

/// One task of the list.
#[derive(Debug, Clone)]
pub struct Line {
    /// The task.
    pub kept: Kept<Task>,
    /// How it stands.
    pub urgency: Urgency,
    /// The letter that it comes from: key and name.
    pub letter: Option<(Id, String)>,
}

/// The tasks that somebody sees.
#[derive(Debug, Clone)]
pub struct Tasks {
    /// Now, by the domain clock.
    pub now: Moment,
    /// The worst first.
    pub lines: Vec<Line>,
    /// How many there are of each standing, whatever standing was asked for.
    pub counts: Vec<(Urgency, usize)>,
    /// Bodies that have tasks here, to choose from.
    pub bodies: Vec<(BodyId, String)>,
    /// Letters that have tasks here, to choose from.
    pub letters: Vec<(Id, String)>,
    /// Whether there are more than were read.
    pub cut: bool,
    /// What was asked for.
    pub asked: Asked,
    /// Days before the deadline from which a task is due soon.
    pub soon_days: i64,
}

/// Due soon is within the days of the first reminder.
pub(super) fn soon_days(rules: &OfficeRules) -> i64 {
    rules.reminders.steps.iter().map(|step| i64::from(-step)).max().unwrap_or(0).max(1)
}

/// The tasks that an actor sees.
pub fn tasks(office: &Office, connection: &mut Connection, actor: &Actor, asked: Asked) -> Outcome<Tasks> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let rules = crate::office_rules::rules_on(connection, actor.province, now.date())?;
    let soon_days = soon_days(&rules);
    let (mut found, cut) = match asked.letter {
        Some(letter) => {
            let letter = record::one::<Directive>(connection, actor.province, letter)?.ok_or(Failure::NotFound)?;
            let mut of_letter = find::by_keys(connection, actor.province, &letter.content.tasks)?;
            of_letter.retain(|kept| body_in_scope(actor, kept.content.body, &registry));
            if of_letter.is_empty() && !actor.sees_all() {
                return Err(Failure::NotFound);
            }
            (of_letter, false)
        }
        None if asked.urgency == Some(Urgency::Closed) => {
            (find::closed(connection, actor, &registry, asked.body)?, false)
        }
        None => find::open(connection, actor, &registry, asked.body, now)?,
    };
    if let Some(body) = asked.body {
        found.retain(|kept| kept.content.body == Some(body));
    }
    let words = ascii_fold(asked.words.trim());
    if !words.is_empty() {
        found.retain(|kept| {
            let task = &kept.content;
            let holder = task.holder.as_ref().map_or("", |holder| holder.name.as_str());
            let head = task.head.as_ref().map_or("", |head| head.name.as_str());
            let told = [task.text.as_str(), task.body_name.as_str(), holder, head];
            told.iter().any(|text| ascii_fold(text).contains(&words))
        });
    }
    let names = find::letters(connection, actor.province, found.iter().map(|kept| &kept.content))?;
    let mut lines: Vec<Line> = found
        .into_iter()
        .map(|kept| {
            let origin = kept.content.origin;
            let of_letter = origin.kind == OriginKind::Directive;
            let letter = names.get(&origin.id).filter(|_| of_letter).map(|name| (origin.id, name.clone()));
            Line { urgency: Urgency::of(&kept.content, now, Span::days(soon_days)), letter, kept }
        })
        .collect();
    let counts = Urgency::ALL.map(|one| (one, lines.iter().filter(|line| line.urgency == one).count()));
    let mut bodies: Vec<(BodyId, String)> = Vec::new();
    let mut letters: Vec<(Id, String)> = Vec::new();
    for line in &lines {
        if let Some(body) = line.kept.content.body.filter(|body| !bodies.iter().any(|(known, _)| known == body)) {
            bodies.push((body, line.kept.content.body_name.clone()));
        }
        if let Some(letter) = &line.letter
            && !letters.contains(letter)
        {
            letters.push(letter.clone());
        }
    }
    bodies.sort_by_key(|(_, name)| ascii_fold(name));
    letters.sort_by(|one, other| one.1.cmp(&other.1));
    if let Some(urgency) = asked.urgency {
        lines.retain(|line| line.urgency == urgency);
    }
    let due = |line: &Line| line.kept.content.due.as_ref().map_or(i64::MAX, |due| due.until.micros());
    lines.sort_by(|one, other| {
        (one.urgency, due(one), one.kept.id.0).cmp(&(other.urgency, due(other), other.kept.id.0))
    });
    Ok(Tasks { now, lines, counts: counts.to_vec(), bodies, letters, cut, asked, soon_days })
}

/// How many tasks are overdue and how many wait for judgement, for the first screen.
pub fn pressing(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<(usize, usize)> {
    let found = tasks(office, connection, actor, Asked::default())?;
    let count = |wanted: Urgency| found.counts.iter().find(|(one, _)| *one == wanted).map_or(0, |(_, count)| *count);
    Ok((count(Urgency::Overdue), count(Urgency::Waiting)))
}
