//! Take the attendance list of a meeting (DT09, DT19): names are matched with the registers and never guessed, the list is
//! kept as it came, and who came counts as knowing the letters that were made known there.

use place::BodyId;
use quantity::Moment;
use serde::Serialize;

use super::{keep_list, refused, words};
use crate::failure::{Failure, Outcome};
use crate::letters::attendance::{AttendanceList, AttendanceListId, ForLetter, Listed, MOST, across};
use crate::letters::directive::{Directive, DirectiveId, Standing};
use crate::letters::spread::{Dissemination, How};
use crate::office_rules::RulesRefused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::command::Attached;
use crate::operations::steering::{body_called, person_called};
use crate::record;
use crate::rights::Capability;
use crate::steering::meeting::MeetingId;
use crate::supply::Who;

/// Letters that one meeting makes known, at most.
const MOST_LETTERS: usize = 20;
/// Bodies in which one letter is made known that are looked through.
const MOST_SPREADS: i64 = 3_000;

/// A list of who came.
#[derive(Debug, Serialize)]
pub struct TakeAttendance {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of which meeting.
    pub meeting: MeetingId,
    /// Names with their units.
    pub people: Vec<(String, String)>,
    /// The list as it came.
    pub list: Option<(String, Attached)>,
    /// The letters that were made known there.
    pub letters: Vec<DirectiveId>,
}

impl Operation for TakeAttendance {
    type Done = AttendanceListId;
    const NAME: &'static str = "take_attendance";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<AttendanceListId> {
        desk.whole_province()?;
        let meeting = desk.record(self.meeting)?;
        desk.about(meeting.id.0);
        if self.people.is_empty() || self.people.len() > MOST {
            return Err(refused(RulesRefused::NoNames));
        }
        let people: Vec<Listed> = self.people.iter().map(|(name, unit)| listed(desk, name, unit)).collect();
        let file = keep_list(desk, self.list)?;
        let how = How::Meeting { name: meeting.content.subject.clone() };
        let mut letters = Vec::new();
        for letter in self.letters.iter().take(MOST_LETTERS) {
            letters.push(make_known(desk, *letter, &self.people, (&how, meeting.content.held_at))?);
        }
        desk.mention("people", people.len());
        desk.mention("noted", letters.iter().map(|one| one.noted.noted).sum::<usize>());
        desk.open_record(&AttendanceList {
            meeting: meeting.id.0,
            people,
            file,
            letters,
            at: desk.now(),
            by: Who::of(desk.actor()),
            simulated: meeting.content.simulated,
        })
    }
}

fn listed(desk: &Desk<'_, '_>, name: &str, unit: &str) -> Listed {
    let (name, unit) = (words(name), words(unit));
    let person = person_called(desk, &name);
    let body_of = |text: &str| if text.is_empty() { None } else { body_called(desk, text) };
    let body: Option<BodyId> = body_of(&unit).or_else(|| body_of(&name).filter(|_| person.is_none()));
    Listed { name, unit, person, body }
}

/// Notes who came in every body where the letter is made known.
fn make_known(
    desk: &mut Desk<'_, '_>,
    letter: DirectiveId,
    people: &[(String, String)],
    (how, at): (&How, Moment),
) -> Outcome<ForLetter> {
    let directive = desk.record::<Directive>(letter)?.content;
    if directive.standing != Standing::Confirmed {
        return Err(Failure::NotFound);
    }
    let province = desk.actor().province;
    let mut kept = record::newest::<Dissemination>(desk.transaction(), province, MOST_SPREADS)?;
    kept.retain(|one| one.content.letter == letter);
    let mut spreads: Vec<Dissemination> = kept.iter().map(|one| one.content.clone()).collect();
    let by = Who::of(desk.actor());
    let (noted, changed) = across(&mut spreads, people, how, at.min(desk.now()), &by);
    for place in changed {
        desk.revise(&kept[place], &spreads[place])?;
    }
    let called = directive.called().map(str::to_owned).or_else(|| directive.subject.clone()).unwrap_or_default();
    Ok(ForLetter { letter, called, noted })
}
