//! The list of tasks, the worst first.

use std::collections::{HashMap, HashSet};

use place::text::ascii_fold;
use place::{BodyId, ProvinceId};
use protocol::OfficeRules;
use quantity::{Id, Moment, Span};
use store::Connection;
use store::finding::{self, Among, Wanted};

use super::queue::{self, After, Clock};
use super::{allowed, find};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::finding::{TASKS, body_term, of_task, open_term, words_in_order};
use crate::letters::life::judged::Urgency;
use crate::letters::task::{OriginKind, Stage, Task, TaskId};
use crate::office::Office;
use crate::operations::tasks::body_in_scope;
use crate::record::{self, Kept};
use crate::registry::Registry;

/// Tasks on a page.
pub const ON_A_PAGE: usize = 50;
/// What a search finds is put in order up to so many tasks.
const SORTED: usize = 150;
/// Tasks that are looked at, the last first, for those that were given out since a moment.
const NEWEST: usize = 2 * ON_A_PAGE;
/// The standings of a list that no standing was asked for.
const OPEN: [Urgency; 6] =
    [Urgency::Overdue, Urgency::Returned, Urgency::Soon, Urgency::Waiting, Urgency::New, Urgency::UnderWay];

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
    /// Where the last page ended.
    pub after: Option<After>,
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
    /// A page of them, the worst first; in a search that finds many those that were given out last.
    pub lines: Vec<Line>,
    /// How many there are of each standing, whatever standing was asked for; empty where a search finds many.
    pub counts: Vec<(Urgency, usize)>,
    /// How many were asked for, on this page and on others.
    pub all: Option<usize>,
    /// Where the next page begins; none after the last.
    pub next: Option<After>,
    /// Bodies that have open tasks, to choose from.
    pub bodies: Vec<(BodyId, String)>,
    /// Letters of the tasks of this page, to choose from.
    pub letters: Vec<(Id, String)>,
    /// Whether there are more than were read: only where one looks back.
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
    let clock = Clock { now, soon: Span::days(soon_days) };
    let among = find::among(actor, &registry, asked.body);
    let words = words_in_order(&asked.words);
    let page = if asked.letter.is_some() || connection.lens().is_some() {
        whole(connection, actor, &registry, &asked, clock)?
    } else if words.is_empty() {
        sliced(connection, actor.province, &among, &asked, clock)?
    } else {
        searched(connection, actor.province, &among, (&asked, words), clock)?
    };
    let names = find::letters(connection, actor.province, page.tasks.iter().map(|kept| &kept.content))?;
    let lines: Vec<Line> = page.tasks.into_iter().map(|kept| line(kept, &names, clock)).collect();
    let mut letters: Vec<(Id, String)> = lines.iter().filter_map(|line| line.letter.clone()).collect();
    letters.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
    letters.dedup();
    let bodies = match connection.lens() {
        Some(_) => bodies_of(&lines),
        None => bodies_with_open_tasks(connection, actor, &registry)?,
    };
    Ok(Tasks {
        now,
        lines,
        counts: page.counts,
        all: page.all,
        next: page.next,
        bodies,
        letters,
        cut: page.cut,
        asked,
        soon_days,
    })
}

fn line(kept: Kept<Task>, names: &HashMap<Id, String>, clock: Clock) -> Line {
    let origin = kept.content.origin;
    let of_letter = origin.kind == OriginKind::Directive;
    let letter = names.get(&origin.id).filter(|_| of_letter).map(|name| (origin.id, name.clone()));
    Line { urgency: Urgency::of(&kept.content, clock.now, clock.soon), letter, kept }
}

/// What a page consists of before its lines are worded.
#[derive(Default)]
struct Page {
    tasks: Vec<Kept<Task>>,
    counts: Vec<(Urgency, usize)>,
    all: Option<usize>,
    next: Option<After>,
    cut: bool,
}

impl Page {
    /// A page of all that was read: the worst first, counted, and cut off after a page.
    fn of_all(found: Vec<Kept<Task>>, asked: &Asked, clock: Clock) -> Self {
        let place = |kept: &Kept<Task>| {
            let urgency = Urgency::of(&kept.content, clock.now, clock.soon);
            let due = queue::due_of(&kept.content);
            // Of the closed the last day comes first.
            (urgency, if urgency == Urgency::Closed { due.saturating_neg() } else { due }, kept.id.0)
        };
        let mut placed: Vec<_> = found.into_iter().map(|kept| (place(&kept), kept)).collect();
        let count = |wanted: Urgency| placed.iter().filter(|((urgency, ..), _)| *urgency == wanted).count();
        let counts = Urgency::ALL.map(|one| (one, count(one))).to_vec();
        placed.retain(|((urgency, ..), _)| asked.urgency.is_none_or(|wanted| *urgency == wanted));
        placed.sort_by_key(|(place, _)| *place);
        let all = Some(placed.len());
        if let Some(After::Task(urgency, due, id)) = asked.after {
            let due = if urgency == Urgency::Closed { due.saturating_neg() } else { due };
            placed.retain(|(place, _)| *place > (urgency, due, id));
        }
        let (placed, more) = queue::cut(placed, ON_A_PAGE);
        let tasks: Vec<Kept<Task>> = placed.into_iter().map(|(_, kept)| kept).collect();
        Self { counts, all, next: ended(&tasks, more, clock), tasks, cut: false }
    }
}

/// Where a page ended that another follows.
fn ended(tasks: &[Kept<Task>], more: bool, clock: Clock) -> Option<After> {
    let last = tasks.last().filter(|_| more)?;
    let urgency = Urgency::of(&last.content, clock.now, clock.soon);
    Some(After::Task(urgency, queue::due_of(&last.content), last.id.0))
}

/// A page of the store's lists.
fn sliced(
    connection: &mut Connection,
    province: ProvinceId,
    among: &Among,
    asked: &Asked,
    clock: Clock,
) -> Outcome<Page> {
    let counts = queue::counts(connection, province, among, clock)?;
    let all: usize = match asked.urgency {
        Some(urgency) => counts.iter().filter(|(one, _)| *one == urgency).map(|(_, count)| count).sum(),
        None => counts.iter().filter(|(one, _)| *one != Urgency::Closed).map(|(_, count)| count).sum(),
    };
    let one = asked.urgency.map(|urgency| [urgency]);
    let urgencies = one.as_ref().map_or(&OPEN[..], |one| &one[..]);
    let ids = queue::page(connection, province, among, (urgencies, clock), asked.after, ON_A_PAGE)?;
    let (ids, more) = queue::cut(ids, ON_A_PAGE);
    let tasks = find::by_keys(connection, province, &ids)?;
    Ok(Page { next: ended(&tasks, more, clock), tasks, counts, all: Some(all), cut: false })
}

/// A page of what words find. A few are read and put in order, the worst first; of many those given out last come
/// first, and only how many there are in all is known.
fn searched(
    connection: &mut Connection,
    province: ProvinceId,
    among: &Among,
    (asked, words): (&Asked, Vec<String>),
    clock: Clock,
) -> Outcome<Page> {
    let mut wanted = Wanted { limit: SORTED, ..Wanted::default() };
    wanted.groups = words.iter().map(|word| vec![word.clone()]).collect();
    if let Among::Bodies(bodies) = among {
        if bodies.is_empty() {
            return Ok(Page { all: Some(0), ..Page::default() });
        }
        wanted.groups.push(bodies.iter().map(|body| body_term(*body)).collect());
    }
    wanted.groups.push(vec![open_term(asked.urgency != Some(Urgency::Closed)).to_owned()]);
    if let Some(After::Place(place)) = asked.after {
        wanted.before = Some(place);
    }
    let mut found = finding::find(connection, province, TASKS, &wanted)?;
    if found.all == Some(0)
        && let Some(last) = words.last().filter(|word| word.chars().count() >= 2)
    {
        // Nobody has that word: it may be the beginning of one.
        wanted.groups.retain(|group| group.as_slice() != std::slice::from_ref(last));
        wanted.begins.push(last.clone());
        found = finding::find(connection, province, TASKS, &wanted)?;
    }
    let all = found.all.and_then(|all| usize::try_from(all).ok());
    let ids: Vec<TaskId> = found.hits.iter().map(|hit| TaskId::new(hit.record)).collect();
    if all.is_some_and(|all| all <= SORTED) {
        return Ok(Page::of_all(find::by_keys(connection, province, &ids)?, asked, clock));
    }
    let mut page = Page { all, ..Page::default() };
    for (part, hits) in ids.chunks(ON_A_PAGE).zip(found.hits.chunks(ON_A_PAGE)) {
        for (kept, hit) in find::by_keys(connection, province, part)?.into_iter().zip(hits) {
            let urgency = Urgency::of(&kept.content, clock.now, clock.soon);
            if asked.urgency.is_none_or(|wanted| wanted == urgency) {
                page.tasks.push(kept);
            }
            page.next = Some(After::Place(hit.place));
            if page.tasks.len() == ON_A_PAGE {
                return Ok(page);
            }
        }
    }
    page.next = page.next.filter(|_| found.more);
    Ok(page)
}

/// The tasks of a letter, and lists as they were known at an earlier moment: read, then put in order.
fn whole(
    connection: &mut Connection,
    actor: &Actor,
    registry: &Registry,
    asked: &Asked,
    clock: Clock,
) -> Outcome<Page> {
    let (mut found, cut) = match asked.letter {
        Some(letter) => {
            let letter = record::one::<Directive>(connection, actor.province, letter)?.ok_or(Failure::NotFound)?;
            let mut of_letter = find::by_keys(connection, actor.province, &letter.content.tasks)?;
            of_letter.retain(|kept| body_in_scope(actor, kept.content.body, registry));
            if of_letter.is_empty() && !actor.sees_all() {
                return Err(Failure::NotFound);
            }
            (of_letter, false)
        }
        None if asked.urgency == Some(Urgency::Closed) => {
            (find::closed(connection, actor, registry, asked.body)?, false)
        }
        None => find::open(connection, actor, registry, asked.body, clock.now)?,
    };
    if let Some(body) = asked.body {
        found.retain(|kept| kept.content.body == Some(body));
    }
    let words = words_in_order(&asked.words);
    if !words.is_empty() {
        found.retain(|kept| {
            let terms = of_task(&kept.content).terms;
            words.iter().all(|word| terms.contains(word))
        });
    }
    Ok(Page { cut, ..Page::of_all(found, asked, clock) })
}

/// The bodies of some lines, by name.
fn bodies_of(lines: &[Line]) -> Vec<(BodyId, String)> {
    let named = lines.iter().filter_map(|line| Some((line.kept.content.body?, line.kept.content.body_name.clone())));
    let mut bodies: Vec<(BodyId, String)> = named.collect();
    bodies.sort_by_cached_key(|(id, name)| (ascii_fold(name), *id));
    bodies.dedup_by_key(|(id, _)| *id);
    bodies
}

/// The bodies in scope that have open tasks, by name.
fn bodies_with_open_tasks(
    connection: &mut Connection,
    actor: &Actor,
    registry: &Registry,
) -> Outcome<Vec<(BodyId, String)>> {
    let among = find::among(actor, registry, None);
    let closed = [Stage::Done.code(), Stage::Dropped.code()];
    let counts = finding::counts_among(connection, actor.province, &among)?;
    let with: HashSet<BodyId> = counts
        .into_iter()
        .filter(|count| !closed.contains(&count.stage.as_str()))
        .filter_map(|count| count.body)
        .collect();
    let named = registry.bodies().iter().filter(|body| with.contains(&body.id));
    let mut bodies: Vec<(BodyId, String)> = named.map(|body| (body.id, body.name.clone())).collect();
    bodies.sort_by_cached_key(|(_, name)| ascii_fold(name));
    Ok(bodies)
}

/// A page of open tasks that were given out since a moment, the last first, and whether there are more.
pub(super) fn given_out_since(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    since: Moment,
) -> Outcome<(Vec<Line>, bool)> {
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let rules = OfficeRules::shipped().map_err(Failure::refused)?;
    let clock = Clock { now, soon: Span::days(soon_days(&rules)) };
    let most = i64::try_from(NEWEST).unwrap_or(i64::MAX);
    // Keys rise with the moment at which a task was given out.
    let mut found = find::of_scope(connection, actor, &registry, None, most)?;
    let more = found.len() >= NEWEST && found.iter().all(|kept| kept.content.assigned_at > since);
    found.retain(|kept| kept.content.assigned_at > since && kept.content.stage.is_open());
    let more = more || found.len() > ON_A_PAGE;
    found.truncate(ON_A_PAGE);
    let names = find::letters(connection, actor.province, found.iter().map(|kept| &kept.content))?;
    Ok((found.into_iter().map(|kept| line(kept, &names, clock)).collect(), more))
}

/// How many tasks are overdue and how many wait for judgement.
pub fn pressing(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<(usize, usize)> {
    let found = tasks(office, connection, actor, Asked::default())?;
    let count = |wanted: Urgency| found.counts.iter().find(|(one, _)| *one == wanted).map_or(0, |(_, count)| *count);
    Ok((count(Urgency::Overdue), count(Urgency::Waiting)))
}
