//! Hand a task down to bodies below: each gets a task of its own, which names the one above it.

use jiff::civil::Date;
use place::BodyId;
use place::body::PostKind;
use quantity::{Moment, Span};
use serde::Serialize;

use super::{done, needed, notify, refused, task};
use crate::failure::{Failure, Outcome};
use crate::letters::life::{Deed, Life, TaskRefused};
use crate::letters::people::whom_to_tell;
use crate::letters::receipt::Given;
use crate::letters::task::{Due, DueSource, Named, Origin, OriginKind, Stage, Task, TaskId};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// The most bodies of one handing down.
const MOST: usize = 300;

/// A task for bodies below.
#[derive(Debug, Serialize)]
pub struct HandDown {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which task.
    pub task: TaskId,
    /// What they are to do.
    pub text: String,
    /// Which bodies.
    pub bodies: Vec<BodyId>,
    /// The last day; none leaves that of the task above.
    pub last_day: Option<Date>,
}

impl Operation for HandDown {
    type Done = Vec<TaskId>;
    const NAME: &'static str = "hand_task_down";
    const NEEDS: Capability = Capability::AnswerTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Vec<TaskId>> {
        let above = task(desk, self.task)?.content;
        let text = needed(&self.text)?;
        let from = above.body.ok_or(Failure::NotFound)?;
        if self.bodies.is_empty() || self.bodies.len() > MOST {
            return Err(refused(if self.bodies.is_empty() { TaskRefused::Nothing } else { TaskRefused::TooMany }));
        }
        let due = self.due(&above, desk.now())?;
        let registry = desk.registry();
        let directory = registry.directory();
        let now = desk.now();
        let (mut tasks, mut names) = (Vec::new(), Vec::new());
        for (line, id) in (0..).zip(&self.bodies) {
            let body = directory.body_on(*id, now.date()).map_err(|_| Failure::NotFound)?;
            // A body orders its own units only; the others it asks by a letter.
            let orders = directory.authority(from, *id, now.date()).is_ok_and(place::body::Authority::may_be_late);
            if !orders {
                return Err(refused(TaskRefused::NotBelow { body: body.name.clone() }));
            }
            let head = registry.roster().whom(*id, PostKind::Head, now).map(|standin| Named {
                person: Some(standin.post().person),
                name: standin.post().name.clone(),
                post: String::new(),
            });
            let mut below = Task {
                origin: Origin { kind: OriginKind::Task, id: self.task.0, line },
                text: text.clone(),
                place: None,
                body: Some(*id),
                body_name: body.name.clone(),
                part: above.part,
                subtasks: Vec::new(),
                partners: Vec::new(),
                head,
                holder: None,
                due: due.clone(),
                haste: above.haste.clone(),
                report_to: Some(above.body_name.clone()),
                stage: Stage::Assigned,
                assigned_at: now,
                assigned_by: desk.actor().display_name.clone(),
                simulated: above.simulated,
                life: Life { above: Some(self.task.0), ..Life::default() },
            };
            let told = whom_to_tell(&registry, &below, now);
            below.life.given = told.as_ref().map(Given::from);
            let task = desk.open_record(&below)?;
            if let Some(to) = told {
                notify(desk, task.0, &to, "task-message-given", &below, &[])?;
            }
            tasks.push(task);
            names.push(body.name.clone());
        }
        done(desk, self.task, Deed::HandDown { tasks: tasks.clone(), to: names })?;
        Ok(tasks)
    }
}

impl HandDown {
    fn due(&self, above: &Task, now: Moment) -> Outcome<Option<Due>> {
        let Some(day) = self.last_day else { return Ok(above.due.clone()) };
        let after = day.tomorrow().map_err(|_| refused(TaskRefused::Past))?;
        let until = Moment::start_of(after) - Span::micros(1);
        if until < now {
            return Err(refused(TaskRefused::Past));
        }
        Ok(Some(Due { until, words: String::new(), source: DueSource::Leader }))
    }
}
