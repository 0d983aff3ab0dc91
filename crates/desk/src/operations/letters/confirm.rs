//! Confirm what was read: the letter gets its number of arrival, its tasks go to bodies and persons (DT03–DT07).
//! Before this nothing has gone out.

use letter::Deadline;
use protocol::WorkingDays;
use quantity::{Moment, Span};
use serde::{Deserialize, Serialize};
use store::finding::of_target;

use super::correct::{Fields, check, is_no_other, write_in};
use super::{refused, standing, tell};
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId, DraftTask, Standing};
use crate::letters::finding::{ARRIVED, arrival_key};
use crate::letters::intake::due_of;
use crate::letters::life::{Life, Recurring, recur};
use crate::letters::refused::Refused;
use crate::letters::task::{Due, DueSource, Named, Origin, OriginKind, Stage, Task};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::{Record, RecordId};
use crate::registry::Registry;
use crate::rights::Capability;

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
    /// Its fields as a person corrected them; none leaves them.
    pub fields: Option<Fields>,
    /// Its tasks as they were left on the page: all of them, in their order.
    pub draft: Vec<DraftTask>,
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
        if before.version != self.version {
            return Err(refused(Refused::NotNow));
        }
        check(&self.draft)?;
        let calendar = WorkingDays::shipped().map_err(Failure::refused)?;
        let mut directive = before.content.clone();
        if let Some(fields) = self.fields {
            write_in(&mut directive, fields);
            is_no_other(desk, self.directive, &directive)?;
        }
        let letter = directive.clone();
        let mut tasks = Vec::new();
        for (place, draft) in self.draft.iter().enumerate().filter(|(_, draft)| !draft.left_out) {
            tasks.extend(give_out(desk, (self.directive, place), draft, (&letter, &calendar))?);
        }
        directive.draft = self.draft;
        directive.tasks = tasks;
        directive.standing = Standing::Confirmed;
        if directive.arrival_number.is_none() {
            directive.arrival_number = Some(next_arrival(desk)?);
        }
        directive.confirmed = Some((desk.actor().display_name.clone(), desk.now()));
        desk.mention("tasks", directive.tasks.len());
        desk.revise(&before, &directive)?;
        let called = directive.called().or(directive.subject.as_deref()).unwrap_or_default();
        tell::of_tasks(desk, self.directive.0, called, &directive.tasks)?;
        Ok(self.directive)
    }
}

/// The next number of the register of incoming letters: from 1 each year, without gaps.
fn next_arrival(desk: &mut Desk<'_, '_>) -> Outcome<i64> {
    let year = desk.now().date().year();
    let before = desk.record_of_code::<ArrivalSeries>(&year.to_string())?;
    let mut last = before.as_ref().map_or(0, |series| series.content.last) + 1;
    let province = desk.actor().province;
    // What a document system gave is not given again.
    while of_target(desk.transaction(), province, &arrival_key(year, last), 1)?.iter().any(|(_, role)| role == ARRIVED)
    {
        last += 1;
    }
    desk.keep_record(before.as_ref(), &ArrivalSeries { year, last })?;
    Ok(last)
}

/// One line becomes a task for each of its bodies.
fn give_out(
    desk: &mut Desk<'_, '_>,
    (directive, place): (DirectiveId, usize),
    draft: &DraftTask,
    (letter, calendar): (&Directive, &WorkingDays),
) -> Outcome<Vec<RecordId<Task>>> {
    let wrong = |what| refused(Refused::Task { line: place + 1, what });
    let registry = desk.registry();
    let now = desk.now();
    let due = due(draft, (letter, calendar), now).map_err(wrong)?;
    let (due, every) = recurring(draft, due, now);
    let origin =
        Origin { kind: OriginKind::Directive, id: directive.0, line: u32::try_from(place).unwrap_or(u32::MAX) };
    let holder = draft.holder.clone();
    if holder.as_ref().is_some_and(|holder| !holds_a_post(&registry, draft, holder, now)) {
        return Err(wrong("holder"));
    }
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
        holder,
        due,
        haste: draft.haste.first().cloned(),
        report_to: draft.report_to.clone(),
        stage: Stage::Assigned,
        assigned_at: now,
        assigned_by: desk.actor().display_name.clone(),
        simulated: letter.simulated,
        life: Life { every, ..Life::default() },
    };
    super::assign::to_bodies(desk, &base, &draft.owner.bodies)
}

/// Whether a person holds a post in the one body that a task is for.
fn holds_a_post(registry: &Registry, draft: &DraftTask, holder: &Named, now: Moment) -> bool {
    let [body] = draft.owner.bodies.as_slice() else { return false };
    registry.roster().people(*body, now).iter().any(|post| Some(post.person) == holder.person)
}

/// Until when: the day that a leader sets goes before the letter's own.
fn due(
    draft: &DraftTask,
    (letter, calendar): (&Directive, &WorkingDays),
    now: Moment,
) -> Result<Option<Due>, &'static str> {
    if let Some(day) = draft.last_day {
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

/// What recurs, where no day is printed or set: its first deadline is the next one from now.
fn recurring(draft: &DraftTask, due: Option<Due>, now: Moment) -> (Option<Due>, Option<Recurring>) {
    let found = draft.printed.iter().find_map(|printed| match printed.deadline {
        Deadline::Periodic { every, on, clock } => {
            let before = printed.words.trim().to_lowercase().starts_with("trước");
            Some((Recurring { every, on, before, clock }, &printed.words))
        }
        _ => None,
    });
    match (due, found) {
        (None, Some((every, words))) => {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            (Some(Due { until: recur::next(every, now), words, source: DueSource::Letter }), Some(every))
        }
        (due, _) => (due, None),
    }
}
