//! Who is reminded of a task, and when: before its deadline, on the last day, after it. Pure.
//!
//! One message for each step and deadline, however often the watch looks; where steps were missed, only the last one
//! counts. Nobody is woken for a task, and nothing without a day is ever a reason.

use protocol::OfficeRules;
use quantity::Moment;

use super::life::Reminded;
use super::task::{Stage, Task};

/// A reminder that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueStep {
    /// Days after the last day: −3 is three days before it.
    pub step: i16,
    /// The deadline.
    pub due: Moment,
}

/// The reminder of a task that is due at a moment, if one is.
pub fn due_step(task: &Task, now: Moment, rules: &OfficeRules) -> Option<DueStep> {
    let due = task.due.as_ref()?.until;
    // What was handed in waits for whoever must look, not for its body.
    if !task.stage.is_open() || task.stage == Stage::Submitted || !rules.is_awake(now) {
        return None;
    }
    let passed = rules.days_passed(due.date(), now.date());
    let mut step = rules.reminders.steps.iter().copied().filter(|step| i32::from(*step) <= passed).max()?;
    // On its last day before the hour it is not yet after it.
    if step > 0 && due >= now {
        step = 0;
    }
    let last = rules.reminders.steps.last().copied().unwrap_or(step);
    // Long after the last step nobody is reminded any more: the list and the digest say it each day.
    if passed > i32::from(last) + 1 {
        return None;
    }
    let told = |one: &Reminded| one.due == due && one.step >= step;
    // A task that was given out after the step's day is no news yet.
    let began = rules.days_passed(due.date(), task.assigned_at.date());
    if task.life.reminded.iter().any(told) || (i32::from(step) < began && step < 0) {
        return None;
    }
    Some(DueStep { step, due })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use letter::Part;
    use proptest::prelude::*;
    use quantity::{Id, Span};

    use super::*;
    use crate::letters::life::Life;
    use crate::letters::task::{Due, DueSource, Origin, OriginKind};

    fn task(stage: Stage) -> Task {
        Task {
            origin: Origin { kind: OriginKind::Directive, id: Id::from_bytes([1; 16]), line: 0 },
            text: "x".to_owned(),
            place: None,
            body: None,
            body_name: "TTYT".to_owned(),
            part: Part::Lead,
            subtasks: Vec::new(),
            partners: Vec::new(),
            head: None,
            holder: None,
            due: Some(Due {
                until: Moment::start_of(date(2026, 11, 26)) - Span::micros(1),
                words: String::new(),
                source: DueSource::Leader,
            }),
            haste: None,
            report_to: None,
            stage,
            assigned_at: Moment::start_of(date(2026, 11, 10)),
            assigned_by: String::new(),
            simulated: false,
            life: Life::default(),
        }
    }

    fn at(day: i8, hour: i64) -> Moment {
        Moment::start_of(date(2026, 11, day)) + Span::hours(hour)
    }

    /// DT05: three days before, the day before, on the day, one, three and seven days after; at night nobody.
    #[test]
    fn each_step_has_its_day() {
        let rules = OfficeRules::shipped().unwrap();
        let open = task(Stage::UnderWay);
        let step = |day, hour| due_step(&open, at(day, hour), &rules).map(|due| due.step);
        assert_eq!(step(20, 9), None);
        assert_eq!(step(22, 9), Some(-3));
        assert_eq!(step(22, 2), None);
        assert_eq!(step(22, 19), None);
        assert_eq!(step(23, 9), Some(-3));
        assert_eq!([24, 25, 26, 28].map(|day| step(day, 9)), [Some(-1), Some(0), Some(1), Some(3)]);
        let later = |days| due_step(&open, at(25, 9) + Span::days(days), &rules).map(|due| due.step);
        assert_eq!((later(7), later(8), later(9)), (Some(7), Some(7), None));
        let hasty = Task { due: None, haste: Some("khẩn trương".to_owned()), ..task(Stage::Assigned) };
        assert_eq!(due_step(&hasty, at(28, 9), &rules), None, "a word of haste reminds nobody");
        for stage in [Stage::Submitted, Stage::Done, Stage::Dropped] {
            assert_eq!(due_step(&task(stage), at(26, 9), &rules), None, "{stage:?}");
        }
        let new = Task { assigned_at: at(24, 8), ..task(Stage::Assigned) };
        assert_eq!(due_step(&new, at(24, 9), &rules).map(|due| due.step), Some(-1));
        let newer = Task { assigned_at: at(25, 8), ..task(Stage::Assigned) };
        assert_eq!(due_step(&newer, at(25, 9), &rules).map(|due| due.step), Some(0));
    }

    proptest! {
        /// However often and whenever the watch looks, no step of a deadline is told twice, and never at night.
        #[test]
        fn no_step_is_told_twice(hours in prop::collection::vec(0_i64..30, 1..80)) {
            let rules = OfficeRules::shipped().unwrap();
            let mut open = task(Stage::UnderWay);
            let mut now = at(12, 0);
            let mut told = Vec::new();
            for more in hours {
                now = now + Span::hours(more);
                if let Some(due) = due_step(&open, now, &rules) {
                    prop_assert!(rules.is_awake(now));
                    prop_assert!(!told.contains(&due.step));
                    prop_assert!(told.last().is_none_or(|last| *last < due.step));
                    told.push(due.step);
                    open.life.reminded.push(Reminded {
                        step: due.step,
                        due: due.due,
                        at: now,
                        to: String::new(),
                        instead_of: String::new(),
                    });
                }
            }
        }
    }
}
