//! Who has received what was given out, by letter and body, those who have not for too long first (DT08).

use place::BodyId;
use quantity::{Id, Moment, Span};
use store::Connection;

use crate::actor::Actor;
use crate::alarms::records::{Message, MessageState};
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::people::{ToTell, whom_to_tell};
use crate::letters::receipt::{Received, Way, is_late, way};
use crate::letters::task::{OriginKind, Task, TaskId};
use crate::office::Office;
use crate::office_rules::rules_on;
use crate::operations::tasks::body_in_scope;
use crate::record::{self, Kept};
use crate::rights::Capability;
use crate::views::rules::attendance::file as kept_file;
use crate::views::tasks::{allowed, find};

/// Days after which what was received is no longer listed.
const SHOWN_DAYS: i64 = 14;
/// Messages of one letter that are read.
const MOST_MESSAGES: i64 = 500;

/// What one body got of one letter, meeting or plan.
#[derive(Debug, Clone)]
pub struct ReceiptLine {
    /// What it came out of, and what that is called; none where it is no letter.
    pub origin: (OriginKind, Id, Option<String>),
    /// The body.
    pub body: Option<BodyId>,
    /// Its name.
    pub body_name: String,
    /// Its tasks.
    pub tasks: Vec<TaskId>,
    /// When they were given out: the first of them.
    pub given_at: Moment,
    /// How far the one is that is least far.
    pub way: Way,
    /// Whether somebody should ask.
    pub late: bool,
    /// Who was told when it was given out, and for whom he stood in.
    pub told: Option<(String, String)>,
    /// Where the message to him stands; none where there was none.
    pub message: Option<MessageState>,
    /// Who has them, the newest first.
    pub received: Vec<Received>,
    /// A signed receipt that was kept: the task and its place among that task's receipts.
    pub proof: Option<(TaskId, usize)>,
    /// When its body took it up.
    pub taken_at: Option<Moment>,
    /// When it was asked through the outbox.
    pub asked_at: Option<Moment>,
    /// Whom to call now.
    pub call: Option<ToTell>,
}

/// All of them.
#[derive(Debug, Clone)]
pub struct Receipts {
    /// Now, by the domain clock.
    pub now: Moment,
    /// Those who have not received it for too long first, the longest wait first.
    pub lines: Vec<ReceiptLine>,
    /// Hours after which it is asked, by the rules of today: usual and urgent.
    pub hours: (i64, i64),
    /// The letter that was asked for.
    pub letter: Option<(DirectiveId, String)>,
    /// Whether there are more tasks than were read.
    pub cut: bool,
    /// Whether the reader may note a call or a paper.
    pub may_note: bool,
}

impl Receipts {
    /// How many nobody has received for too long.
    pub fn late(&self) -> usize {
        self.lines.iter().filter(|line| line.late).count()
    }
}

/// A signed receipt of a task, by its place among those that are known: its name, media type and bytes.
pub fn receipt_file(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    (id, place): (TaskId, usize),
) -> Outcome<(String, String, Vec<u8>)> {
    allowed(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let task = record::one::<Task>(connection, actor.province, id)?.ok_or(Failure::NotFound)?.content;
    if !body_in_scope(actor, task.body, &registry) {
        return Err(Failure::NotFound);
    }
    let received = task.life.received.into_iter().nth(place).ok_or(Failure::NotFound)?;
    let (digest, name) = received.file.ok_or(Failure::NotFound)?;
    kept_file(connection, actor, &digest, name)
}

/// Receipts of one letter, or of all open tasks in the actor's scope.
pub fn receipts(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    letter: Option<DirectiveId>,
) -> Outcome<Receipts> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let rules = rules_on(connection, actor.province, now.date())?;
    let (mut tasks, cut, of_letter) = match letter {
        Some(id) => {
            let kept = record::one::<Directive>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
            let mut tasks = find::by_keys(connection, actor.province, &kept.content.tasks)?;
            tasks.retain(|kept| body_in_scope(actor, kept.content.body, &registry));
            if tasks.is_empty() && !(actor.sees_all() && actor.may(Capability::SeeLetters)) {
                return Err(Failure::NotFound);
            }
            (tasks, false, Some((id, kept.content.name())))
        }
        None => {
            let (tasks, cut) = find::open(connection, actor, &registry, None, now)?;
            (tasks, cut, None)
        }
    };
    // What came long ago and was received is no news; what was not received stays.
    let since = now - Span::days(SHOWN_DAYS);
    if of_letter.is_none() {
        tasks.retain(|kept| kept.content.assigned_at >= since || !way(&kept.content).is_received());
    }
    let names = find::letters(connection, actor.province, tasks.iter().map(|kept| &kept.content))?;
    let mut lines: Vec<ReceiptLine> = Vec::new();
    for kept in &tasks {
        let task = &kept.content;
        let late = is_late(task, now, &rules);
        let known = |line: &&mut ReceiptLine| {
            line.origin.1 == task.origin.id && line.body == task.body && line.body_name == task.body_name
        };
        match lines.iter_mut().find(known) {
            Some(line) => join(line, kept, late),
            None => {
                let name = names.get(&task.origin.id).cloned().filter(|_| task.origin.kind == OriginKind::Directive);
                let given = task.life.given.as_ref();
                let mut line = ReceiptLine {
                    origin: (task.origin.kind, task.origin.id, name),
                    body: task.body,
                    body_name: task.body_name.clone(),
                    tasks: Vec::new(),
                    given_at: task.assigned_at,
                    way: way(task),
                    late,
                    told: given.map(|given| (given.to.clone(), given.instead_of.clone())),
                    message: None,
                    received: Vec::new(),
                    proof: None,
                    taken_at: None,
                    asked_at: None,
                    call: whom_to_tell(&registry, task, now),
                };
                join(&mut line, kept, late);
                lines.push(line);
            }
        }
    }
    states(connection, actor, &mut lines)?;
    for line in &mut lines {
        line.received.sort_by_key(|one| std::cmp::Reverse(one.at));
        line.received.dedup();
    }
    lines.sort_by_key(|line| (!line.late, line.way.is_received(), line.given_at, line.body_name.clone()));
    Ok(Receipts {
        now,
        lines,
        hours: (rules.receipts.hours, rules.receipts.urgent_hours),
        letter: of_letter,
        cut,
        may_note: actor.may(Capability::HandleLetters),
    })
}

fn join(line: &mut ReceiptLine, kept: &Kept<Task>, late: bool) {
    let task = &kept.content;
    line.tasks.push(kept.id);
    line.given_at = line.given_at.min(task.assigned_at);
    line.way = line.way.min(way(task));
    line.late |= late;
    let proof = task.life.received.iter().rposition(|one| one.file.is_some());
    line.proof = line.proof.or(proof.map(|place| (kept.id, place)));
    line.received.extend(task.life.received.iter().cloned());
    line.taken_at = line.taken_at.max(task.life.accepted_at());
    line.asked_at = line.asked_at.max(task.life.receipt_asked);
}

/// Where the messages of giving out stand: one a person and letter.
fn states(connection: &mut Connection, actor: &Actor, lines: &mut [ReceiptLine]) -> Outcome<()> {
    let mut origins: Vec<Id> = lines.iter().map(|line| line.origin.1).collect();
    origins.sort_unstable();
    origins.dedup();
    for origin in origins {
        let messages = record::of_owner::<Message>(connection, actor.province, origin, MOST_MESSAGES)?;
        for line in lines.iter_mut().filter(|line| line.origin.1 == origin) {
            let Some((name, _)) = &line.told else { continue };
            // The last of the list is the first that was written: the one of giving out.
            line.message = messages.iter().rev().find(|kept| kept.content.name == *name).map(|kept| kept.content.state);
            line.way = as_told(line.way, line.message);
        }
    }
    Ok(())
}

/// A message that could not go out was not sent, whatever telephone it was for.
const fn as_told(way: Way, message: Option<MessageState>) -> Way {
    match (way, message) {
        (Way::Sent, Some(MessageState::Dead | MessageState::Expired | MessageState::NoGateway)) => Way::Nobody,
        _ => way,
    }
}

/// How far the way of one task is, with what became of the message to whom it was given.
pub fn way_of(connection: &mut Connection, actor: &Actor, task: &Task) -> Outcome<Way> {
    let way = way(task);
    let Some(given) = task.life.given.as_ref().filter(|_| way == Way::Sent) else { return Ok(way) };
    let messages = record::of_owner::<Message>(connection, actor.province, task.origin.id, MOST_MESSAGES)?;
    let first = messages.iter().rev().find(|kept| kept.content.name == given.to);
    Ok(as_told(way, first.map(|kept| kept.content.state)))
}
