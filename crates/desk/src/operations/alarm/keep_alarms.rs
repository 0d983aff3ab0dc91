//! Keep the alarms of a province: open, update, clear, and tell whose turn it is. Done by the watch.

use std::collections::HashMap;

use locale::Locale;
use quantity::{Moment, Span};
use serde::Serialize;

use crate::alarms::escalate::{OnDuty, due_steps, on_duty};
use crate::alarms::records::{Alarm, Channel, Closure, DutyShift, Message, MessageState, Step};
use crate::alarms::watch::{Assessment, Identity, identity, identity_of, is_held, raised, settings, updated};
use crate::alarms::words;
use crate::failure::Outcome;
use crate::operation::{Desk, Operation};
use crate::record::{self, Kept, RecordId};
use crate::rights::Capability;

/// What is over for so long is no longer looked at each minute.
const OVER: Span = Span::days(7);

/// What the figures of a moment mean.
#[derive(Debug, Serialize)]
pub struct KeepAlarms {
    /// As judged outside the transaction.
    pub assessment: Assessment,
}

impl Operation for KeepAlarms {
    /// Opened, cleared.
    type Done = (usize, usize);
    const NAME: &'static str = "keep_alarms";
    const NEEDS: Capability = Capability::AnswerAlarms;

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<(usize, usize)> {
        let (province, now) = (desk.actor().province, self.assessment.at);
        let registry = desk.registry();
        let pause = settings(&registry, now)?.escalate_after;
        let shifts = record::open::<DutyShift>(desk.transaction(), province)?;
        let duty = on_duty(&registry, &shifts, now);
        let mut open: HashMap<Identity, Kept<Alarm>> = record::open::<Alarm>(desk.transaction(), province)?
            .into_iter()
            .map(|kept| (identity(&kept.content), kept))
            .collect();
        let (mut opened, mut cleared) = (0, 0);
        for found in &self.assessment.found {
            match open.remove(&identity_of(found)) {
                None => {
                    let mut alarm = raised(found, now);
                    let id = RecordId::new(desk.new_id());
                    tell(desk, &mut alarm, id, &duty, (now, pause))?;
                    desk.open_record_as(id, &alarm)?;
                    opened += 1;
                }
                Some(kept) => {
                    let newer = updated(&kept.content, found, now);
                    let changed = newer.is_some();
                    follow(desk, &kept, newer.unwrap_or_else(|| kept.content.clone()), changed, &duty, (now, pause))?;
                }
            }
        }
        for kept in open.into_values() {
            if is_held(&kept.content, &self.assessment) {
                follow(desk, &kept, kept.content.clone(), false, &duty, (now, pause))?;
            } else {
                desk.revise(&kept, &Alarm { cleared_at: Some(now), ..kept.content.clone() })?;
                cleared += 1;
            }
        }
        lay_aside(desk, shifts, now)?;
        desk.mention("opened", opened);
        desk.mention("cleared", cleared);
        Ok((opened, cleared))
    }
}

fn follow(
    desk: &mut Desk<'_, '_>,
    kept: &Kept<Alarm>,
    mut alarm: Alarm,
    changed: bool,
    duty: &OnDuty,
    (now, pause): (Moment, Span),
) -> Outcome<()> {
    let told = tell(desk, &mut alarm, kept.id, duty, (now, pause))?;
    if changed || told { desk.revise(kept, &alarm) } else { Ok(()) }
}

/// Tells whose turn it is; whether anybody's was.
fn tell(
    desk: &mut Desk<'_, '_>,
    alarm: &mut Alarm,
    id: RecordId<Alarm>,
    duty: &OnDuty,
    (now, pause): (Moment, Span),
) -> Outcome<bool> {
    let steps = due_steps(alarm, duty, now, pause);
    for telling in &steps {
        if let Some(one) = duty.of(telling.step).filter(|_| telling.skipped.is_none()) {
            let registry = desk.registry();
            let facility = alarm.facility.and_then(|facility| registry.facility(facility));
            let text = words::message(Locale::Vietnamese, alarm, facility, now, telling.step != Step::Duty);
            let ways = [(Channel::Sms, &one.person.phone), (Channel::Email, &one.person.email)];
            for (channel, to) in ways {
                let Some(to) = to.clone() else { continue };
                let real = desk.real_now();
                desk.open_record(&Message {
                    channel,
                    to,
                    name: one.person.name.clone(),
                    text: text.clone(),
                    alarm: id.0,
                    written_at: now,
                    written_real: real,
                    state: MessageState::Waiting,
                    attempts: 0,
                    next_try: real,
                    last_error: None,
                })?;
            }
        }
    }
    alarm.told.extend(steps.iter().cloned());
    Ok(!steps.is_empty())
}

/// Shifts and closures that are long over are closed, so that each minute reads few.
fn lay_aside(desk: &mut Desk<'_, '_>, shifts: Vec<Kept<DutyShift>>, now: Moment) -> Outcome<()> {
    for kept in shifts.iter().filter(|kept| now - kept.content.to > OVER) {
        desk.revise(kept, &DutyShift { closed: true, ..kept.content.clone() })?;
    }
    let province = desk.actor().province;
    let closures = record::open::<Closure>(desk.transaction(), province)?;
    for kept in closures.iter().filter(|kept| now - kept.content.to > OVER) {
        desk.revise(kept, &Closure { closed: true, ..kept.content.clone() })?;
    }
    Ok(())
}
