//! Say what becomes of open tasks whose letter a newer one changes: kept, changed, ended (DT14). It is recorded with who
//! decided in which words, and locks nothing: another choice may follow.

use jiff::civil::Date;
use locale::Fact;
use quantity::{Moment, Span};
use serde::Serialize;

use super::{refused, words};
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::finding::number_key;
use crate::letters::instruction::{Becomes, TaskInstruction, asks};
use crate::letters::life::Deed;
use crate::letters::people::whom_to_tell;
use crate::letters::task::{OriginKind, Task, TaskId};
use crate::office_rules::RulesRefused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::tasks::{done, notify, task};
use crate::record::{Kept, RecordId};
use crate::rights::Capability;

/// The most tasks of one choice.
const MOST: usize = 300;

/// A choice for some tasks.
#[derive(Debug, Serialize)]
pub struct ChooseInstruction {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The newer letter.
    pub later: DirectiveId,
    /// Open tasks of letters that it names.
    pub tasks: Vec<TaskId>,
    /// What becomes of them.
    pub becomes: Becomes,
    /// The new last day, where they change; none leaves the old one.
    pub last_day: Option<Date>,
    /// Who decided: name and post.
    pub decider: String,
    /// In which words.
    pub words: String,
}

impl Operation for ChooseInstruction {
    type Done = usize;
    const NAME: &'static str = "choose_task_instruction";
    const NEEDS: Capability = Capability::JudgeTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<usize> {
        desk.whole_province()?;
        let later = desk.record(self.later)?;
        let (decider, said) = (words(&self.decider), words(&self.words));
        if decider.is_empty() || said.is_empty() {
            return Err(refused(RulesRefused::NoDecider));
        }
        if self.tasks.is_empty() || self.tasks.len() > MOST {
            return Err(refused(RulesRefused::NothingChosen));
        }
        let called = later.content.called().or(later.content.subject.as_deref()).unwrap_or_default().to_owned();
        for id in &self.tasks {
            let before = task(desk, *id)?.content;
            named(desk, &later, &before)?;
            let last_day = self.last_day.filter(|_| self.becomes == Becomes::Change);
            let reason = format!("{called}: {said}");
            let deed = match (self.becomes, last_day) {
                (Becomes::End, _) => Some(Deed::Drop { reason }),
                (Becomes::Change, Some(day)) => {
                    let after = day.tomorrow().map_err(|_| Failure::NotFound)?;
                    let until = Some(Moment::start_of(after) - Span::micros(1));
                    Some(Deed::SetDue { until, before: None, reason })
                }
                (Becomes::Keep | Becomes::Change, _) => None,
            };
            if let Some(deed) = deed {
                done(desk, *id, deed)?;
            }
            desk.open_record(&TaskInstruction {
                task: *id,
                later: self.later.0,
                later_number: called.clone(),
                becomes: self.becomes,
                last_day,
                decider: decider.clone(),
                words: said.clone(),
                at: desk.now(),
                by: desk.actor().display_name.clone(),
                simulated: before.simulated,
            })?;
            if self.becomes != Becomes::Keep {
                tell(desk, (*id, &before), self.becomes, (&called, &said))?;
            }
        }
        desk.about(self.later.0);
        desk.mention("becomes", self.becomes.code());
        desk.mention("tasks", self.tasks.len());
        Ok(self.tasks.len())
    }
}

/// Only what the newer letter names itself, and what is still open: a question that nobody asked needs no answer.
fn named(desk: &mut Desk<'_, '_>, later: &Kept<Directive>, task: &Task) -> Outcome<()> {
    if task.origin.kind != OriginKind::Directive || !task.stage.is_open() {
        return Err(refused(RulesRefused::NothingChosen));
    }
    let earlier = desk.record::<Directive>(RecordId::new(task.origin.id))?.content;
    let key = earlier.called().map(number_key).unwrap_or_default();
    let mut asked = later.content.references.iter().filter(|basis| asks(basis.role));
    let fits = asked.any(|basis| !key.is_empty() && number_key(&basis.number) == key);
    if fits { Ok(()) } else { Err(Failure::NotFound) }
}

fn tell(
    desk: &mut Desk<'_, '_>,
    (id, task): (TaskId, &Task),
    becomes: Becomes,
    (called, said): (&str, &str),
) -> Outcome<()> {
    let Some(to) = whom_to_tell(&desk.registry(), task, desk.now()) else { return Ok(()) };
    let key = if becomes == Becomes::End { "rules-message-ended" } else { "rules-message-changed" };
    let facts = [("letter", Fact::Text(called.to_owned())), ("words", Fact::Text(said.to_owned()))];
    notify(desk, id.0, &to, key, task, &facts)
}
