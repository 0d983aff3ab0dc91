//! One task with all that is known of it, and what its reader may do.

use jiff::civil::Date;
use place::body::Authority;
use place::{BodyId, PersonId};
use protocol::{OfficerFields, WorkingDays};
use quantity::{Id, Moment, Span};
use store::{Connection, blob};

use super::{allowed, find, list};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::field::{Meant, Officer, OfficerField, meant, officers};
use crate::letters::life::Proof;
use crate::letters::life::judged::{Judged, Urgency};
use crate::letters::obstacle::Obstacle;
use crate::letters::people::{ToTell, staff, whom_to_tell};
use crate::letters::receipt::{By, Received, Way};
use crate::letters::task::{OriginKind, Task, TaskId};
use crate::office::Office;
use crate::office_rules::rules_on;
use crate::operations::tasks::body_in_scope;
use crate::record::{self, Kept};
use crate::registry::Registry;
use crate::rights::Capability;
use crate::views::rules::instructions::{AtTask, at_task};
use crate::views::rules::receipts::way_of;

/// The most obstacles of one task that are shown.
const MOST_OBSTACLES: i64 = 100;

/// The letter that a task comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromLetter {
    /// Its key.
    pub id: DirectiveId,
    /// Its number or subject.
    pub called: String,
    /// Its issuer.
    pub issuer: String,
    /// Its day.
    pub date: Option<Date>,
    /// Its kind, as written.
    pub kind: Option<String>,
    /// The sentence, word for word.
    pub sentence: Option<String>,
}

/// Somebody of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// His name.
    pub name: String,
    /// Whether he is away.
    pub away: bool,
}

/// A task above or below.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// Which.
    pub id: TaskId,
    /// Whose.
    pub body: String,
    /// What it says.
    pub task: Task,
    /// Whether the reader may open it.
    pub open: bool,
}

/// One task.
#[derive(Debug, Clone)]
pub struct OneTask {
    /// Now, by the domain clock.
    pub now: Moment,
    /// The task.
    pub kept: Kept<Task>,
    /// How pressing it is.
    pub urgency: Urgency,
    /// How it stands against its deadline.
    pub judged: Judged,
    /// Where it comes from, if from a letter.
    pub letter: Option<FromLetter>,
    /// The task that it was handed down from.
    pub above: Option<Neighbour>,
    /// The tasks below.
    pub below: Vec<Neighbour>,
    /// What stands in its way.
    pub obstacles: Vec<Kept<Obstacle>>,
    /// The people of its body.
    pub staff: Vec<Candidate>,
    /// The units of its body, to which it can be handed down.
    pub units: Vec<(BodyId, String)>,
    /// Who is in charge of a field that it names, in its body (DT07).
    pub in_charge: Vec<Officer>,
    /// Who of them is proposed to work on it, or stands in for him.
    pub in_charge_now: Option<PersonId>,
    /// Letters to be read together with it, with what was decided (DT14).
    pub together: AtTask,
    /// How far the way to its body is (DT08).
    pub way: Way,
    /// Who is told of it now.
    pub tells: Option<ToTell>,
    /// The day that its words of haste propose; none where a day is set.
    pub proposed: Option<Date>,
    /// Whether its body is ordered; what is only asked is never late.
    pub ordered: bool,
    /// Whether the reader opens it for the first time, for its body.
    pub is_first_look: bool,
    /// Whether the reader answers it.
    pub answers: bool,
    /// Whether the reader judges it.
    pub judges: bool,
}

fn seen(office: &Office, connection: &mut Connection, actor: &Actor, id: TaskId) -> Outcome<Kept<Task>> {
    allowed(actor)?;
    let kept = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let registry = office.registry(connection, actor.province)?;
    if body_in_scope(actor, kept.content.body, &registry) { Ok(kept) } else { Err(Failure::NotFound) }
}

/// One task in the actor's scope.
pub fn one_task(office: &Office, connection: &mut Connection, actor: &Actor, id: TaskId) -> Outcome<OneTask> {
    let kept = seen(office, connection, actor, id)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    // What was given out is proposed a day by the rules of its own day; what is due soon is a matter of today.
    let rules = rules_on(connection, actor.province, kept.content.assigned_at.date())?;
    let today = rules_on(connection, actor.province, now.date())?;
    let calendar = WorkingDays::shipped().map_err(Failure::refused)?;
    let task = &kept.content;
    let letter = letter_of(connection, actor, task)?;
    let neighbour = |kept: Kept<Task>| Neighbour {
        id: kept.id,
        body: kept.content.body_name.clone(),
        open: body_in_scope(actor, kept.content.body, &registry),
        task: kept.content,
    };
    let above = match task.life.above {
        Some(above) => record::one::<Task>(connection, actor.province, TaskId::new(above))?.map(neighbour),
        None => None,
    };
    let below = find::by_keys(connection, actor.province, &task.life.below())?.into_iter().map(neighbour).collect();
    let obstacles = record::of_owner::<Obstacle>(connection, actor.province, id.0, MOST_OBSTACLES)?;
    let day = now.date();
    let candidates = task.body.map_or_else(Vec::new, |body| staff(registry.roster(), body, now));
    let staff = candidates
        .into_iter()
        .map(|post| Candidate {
            person: post.person,
            name: post.name.clone(),
            away: registry.roster().is_absent(post.person, now),
        })
        .collect();
    let below_body =
        |unit: &&place::body::Body| unit.valid_on(day) && unit.parent.is_some() && unit.parent == task.body;
    let directory = registry.directory();
    let orders = |from: BodyId, to: BodyId| directory.authority(from, to, day).is_ok_and(Authority::may_be_late);
    let mine = registry.bodies().iter().filter(below_body);
    let units = mine
        .filter(|unit| task.body.is_some_and(|from| orders(from, unit.id)))
        .map(|unit| (unit.id, unit.name.clone()))
        .collect();
    let department = registry.body_of_kind(place::body::BodyKind::HealthDepartment).map(|body| body.id);
    let ordered = match (department, task.body) {
        (Some(from), Some(to)) => from == to || orders(from, to),
        _ => true,
    };
    let proposed = (task.due.is_none() && task.stage.is_open()).then(|| {
        let (haste, kind) = (task.haste.as_deref(), letter.as_ref().and_then(|letter| letter.kind.as_deref()));
        rules.propose(haste, kind, rules.counts_as(task.assigned_at, &calendar), &calendar)
    });
    let in_charge = in_charge(connection, actor, &registry, task, now)?;
    let together = at_task(connection, actor, &kept)?;
    let way = way_of(connection, actor, task)?;
    Ok(OneTask {
        way,
        now,
        urgency: Urgency::of(task, now, Span::days(list::soon_days(&today))),
        judged: task.judged(now),
        letter,
        above,
        below,
        obstacles,
        staff,
        units,
        in_charge: in_charge.0,
        in_charge_now: in_charge.1,
        together,
        tells: whom_to_tell(&registry, task, now),
        proposed,
        ordered,
        is_first_look: is_first_look(actor, task),
        answers: actor.may(Capability::AnswerTasks),
        judges: actor.may(Capability::JudgeTasks),
        kept,
    })
}

/// Whether somebody of the body opens its task under his account for the first time; who sees the whole province has not
/// received it for the body.
fn is_first_look(actor: &Actor, task: &Task) -> bool {
    let known =
        |one: &Received| one.by == By::Account && one.noted_by.as_ref().is_some_and(|who| who.user == actor.user);
    let answers = actor.user.is_some() && !actor.sees_all() && actor.may(Capability::AnswerTasks);
    answers && task.stage.is_open() && !task.life.received.iter().any(known)
}

/// Whoever is in charge of a field of the task in its body, and who of them is proposed.
fn in_charge(
    connection: &mut Connection,
    actor: &Actor,
    registry: &Registry,
    task: &Task,
    now: Moment,
) -> Outcome<(Vec<Officer>, Option<PersonId>)> {
    let Some(body) = task.body else { return Ok((Vec::new(), None)) };
    let kept = record::of_owner::<OfficerField>(connection, actor.province, body.0, MOST_OBSTACLES)?;
    let all = officers(kept, registry.roster(), now);
    let fields = OfficerFields::shipped().map_err(Failure::refused)?;
    // Its head stands in the register already, whoever the letter named: the order alone says the field.
    let meant = meant(&all, body, (&task.text, &[]), &fields);
    let person = meant.person();
    Ok(match meant {
        Meant::Nobody => (Vec::new(), None),
        Meant::One(one) => (vec![one.clone()], person),
        Meant::Several(several) => (several.into_iter().cloned().collect(), None),
    })
}

fn letter_of(connection: &mut Connection, actor: &Actor, task: &Task) -> Outcome<Option<FromLetter>> {
    if task.origin.kind != OriginKind::Directive {
        return Ok(None);
    }
    let id = DirectiveId::new(task.origin.id);
    let Some(kept) = record::one::<Directive>(connection, actor.province, id)? else { return Ok(None) };
    let letter = kept.content;
    let sentence = match (task.place, store::bytes_of_hex(&letter.text)) {
        (Some(place), Some(name)) => blob::find(connection, actor.province, &name)?.and_then(|(_, bytes)| {
            let bytes = bytes.get(place.start..place.end)?;
            Some(String::from_utf8_lossy(bytes).split_whitespace().collect::<Vec<_>>().join(" "))
        }),
        _ => None,
    };
    let called = letter.name();
    let issuer = letter.issuer.unwrap_or_default();
    Ok(Some(FromLetter { id, called, issuer, date: letter.date, kind: letter.kind, sentence }))
}

/// A file that shows a task, by its place among its evidence: media type, bytes and name.
pub fn proof(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: TaskId,
    place: usize,
) -> Outcome<(String, Vec<u8>, String)> {
    let kept = seen(office, connection, actor, id)?;
    let (_, found) = kept.content.life.proofs().nth(place).ok_or(Failure::NotFound)?;
    let (Proof::Photo { name, digest } | Proof::File { name, digest }) = found else {
        return Err(Failure::NotFound);
    };
    let (media, bytes) = record::kept_file(connection, actor.province, digest)?;
    Ok((media, bytes, name.clone()))
}

/// The key of a letter in an address of a task's list.
pub fn letter_key(id: Id) -> DirectiveId {
    DirectiveId::new(id)
}
