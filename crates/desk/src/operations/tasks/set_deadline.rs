//! Set the day of a task, or another one: a leader's, with his reason. The days before stay in its history (DT05).

use jiff::civil::Date;
use locale::Fact;
use quantity::time::show_date;
use quantity::{Moment, Span};
use serde::Serialize;

use super::{done, notify, refused};
use crate::failure::Outcome;
use crate::letters::life::{Deed, TaskRefused};
use crate::letters::people::whom_to_tell;
use crate::letters::task::{Stage, TaskId};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// A day for a task.
#[derive(Debug, Serialize)]
pub struct SetDeadline {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which task.
    pub task: TaskId,
    /// The last day on which it is in time; none takes the day away.
    pub last_day: Option<Date>,
    /// Why; the first day needs none.
    pub reason: String,
}

impl Operation for SetDeadline {
    type Done = Stage;
    const NAME: &'static str = "set_task_deadline";
    const NEEDS: Capability = Capability::JudgeTasks;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Stage> {
        let until = match self.last_day {
            Some(day) => {
                let after = day.tomorrow().map_err(|_| refused(TaskRefused::Past))?;
                Some(Moment::start_of(after) - Span::micros(1))
            }
            None => None,
        };
        let (_, after) = done(desk, self.task, Deed::SetDue { until, before: None, reason: self.reason })?;
        let registry = desk.registry();
        let to = whom_to_tell(&registry, &after, desk.now());
        if let (Some(day), Some(to)) = (self.last_day, to) {
            notify(desk, self.task.0, &to, "task-message-day", &after, &[("day", Fact::Text(show_date(day)))])?;
        }
        Ok(after.stage)
    }
}
