//! Confirm what was read: the letter gets its number of arrival, its tasks go to bodies and persons (DT03–DT07).
//! Before this nothing has gone out.

use jiff::civil::Date;
use place::BodyId;
use protocol::WorkingDays;
use quantity::{Moment, Span};
use serde::{Deserialize, Serialize};

use super::{refused, standing};
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId, DraftTask, Standing};
use crate::letters::intake::due_of;
use crate::letters::refused::Refused;
use crate::letters::task::{Due, DueSource, Named, Origin, OriginKind, Stage, Task};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Record, RecordId};
use crate::rights::Capability;

/// What a person decided about one task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Decided {
    /// Whether it becomes a task.
    pub kept: bool,
    /// The bodies it is for; none leaves it with whoever the letter names.
    pub bodies: Vec<BodyId>,
    /// The last day, where a leader sets one; none leaves the letter's own.
    pub last_day: Option<Date>,
    /// Who works on it, where it is for one body.
    pub holder: Option<Named>,
}

/// A letter's tasks, to be given out.
#[derive(Debug, Serialize)]
pub struct ConfirmLetter {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which letter.
    pub directive: DirectiveId,
    /// The version that the person saw.
    pub version: i64,
    /// One for each task of the draft, in its order.
    pub tasks: Vec<Decided>,
}

/// How far the numbers of arrival of a year have come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivalSeries {
    /// Which year.
    pub year: i16,
    /// The last number given.
    pub last: i64,
}

impl Record for ArrivalSeries {
    const KIND: &'static str = "letter_arrivals";

    fn code(&self) -> Option<String> {
        Some(self.year.to_string())
    }
}

impl Operation for ConfirmLetter {
    type Done = DirectiveId;
    const NAME: &'static str = "confirm_letter";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<DirectiveId> {
        let before = standing(desk, self.directive, Standing::Read)?;
        if before.version != self.version || self.tasks.len() != before.content.draft.len() {
            return Err(refused(Refused::NotNow));
        }
        let calendar = WorkingDays::shipped().map_err(Failure::refused)?;
        let mut directive = before.content.clone();
        let mut tasks = Vec::new();
        for (place, (draft, decided)) in directive.draft.iter_mut().zip(&self.tasks).enumerate() {
            draft.left_out = !decided.kept;
            if decided.kept {
                draft.owner.bodies.clone_from(&decided.bodies);
                tasks.extend(give_out(desk, (self.directive, place), draft, decided, (&before.content, &calendar))?);
            }
        }
        directive.tasks = tasks;
        directive.standing = Standing::Confirmed;
        directive.arrival_number = Some(next_arrival(desk)?);
        directive.confirmed = Some((desk.actor().display_name.clone(), desk.now()));
        desk.mention("tasks", directive.tasks.len());
        desk.revise(&before, &directive)?;
        Ok(self.directive)
    }
}

/// The next number of the register of incoming letters: from 1 each year, without gaps.
fn next_arrival(desk: &mut Desk<'_, '_>) -> Outcome<i64> {
    let year = desk.now().date().year();
    let before = desk.record_of_code::<ArrivalSeries>(&year.to_string())?;
    let last = before.as_ref().map_or(0, |series| series.content.last) + 1;
    desk.keep_record(before.as_ref(), &ArrivalSeries { year, last })?;
    Ok(last)
}

/// One line becomes a task for each of its bodies.
fn give_out(
    desk: &mut Desk<'_, '_>,
    (directive, place): (DirectiveId, usize),
    draft: &DraftTask,
    decided: &Decided,
    (letter, calendar): (&Directive, &WorkingDays),
) -> Outcome<Vec<RecordId<Task>>> {
    let wrong = |what| refused(Refused::Task { line: place + 1, what });
    let now = desk.now();
    let due = due(draft, decided, (letter, calendar), now).map_err(wrong)?;
    let origin =
        Origin { kind: OriginKind::Directive, id: directive.0, line: u32::try_from(place).unwrap_or(u32::MAX) };
    let base = Task {
        origin,
        text: draft.text.trim().to_owned(),
        place: draft.place,
        body: None,
        body_name: draft.owner.name.clone(),
        part: draft.part,
        subtasks: draft.subtasks.clone(),
        partners: draft.partners.clone(),
        head: draft.heads.first().map(|name| Named { name: name.clone(), ..Named::default() }),
        holder: decided.holder.clone(),
        due,
        haste: draft.haste.first().cloned(),
        report_to: draft.report_to.clone(),
        stage: Stage::Assigned,
        assigned_at: now,
        assigned_by: desk.actor().display_name.clone(),
        simulated: letter.simulated,
    };
    super::assign::to_bodies(desk, &base, &decided.bodies)
}

/// Until when: the day that a leader sets goes before the letter's own.
fn due(
    draft: &DraftTask,
    decided: &Decided,
    (letter, calendar): (&Directive, &WorkingDays),
    now: Moment,
) -> Result<Option<Due>, &'static str> {
    if let Some(day) = decided.last_day {
        let printed = draft.printed.iter().filter_map(|printed| printed.deadline.day()).min();
        let until = Moment::start_of(day.tomorrow().map_err(|_| "day")?) - Span::micros(1);
        // The letter's own day may be long past; a new one in the past is a slip of the hand.
        if until < now && printed.is_none() {
            return Err("past");
        }
        return Ok(Some(Due { until, words: String::new(), source: DueSource::Leader }));
    }
    let dues = draft.printed.iter().filter_map(|printed| due_of(printed, letter.date, calendar));
    Ok(dues.min_by_key(|due| due.until))
}
