//! Meetings (DT19): the list, and one with its conclusions and how far they are.

use document::official::Family;
use quantity::Moment;
use store::Connection;

use super::{Drafted, LineSeen, Looking, MOST, begin, must, papers_about, writer};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::{Directive, Standing};
use crate::letters_out::conclusion::{Conclusion, compose};
use crate::letters_out::kinds::Kinds;
use crate::letters_out::{OfficialDocument, Writer};
use crate::office::Office;
use crate::record::{self, Kept, RecordId};
use crate::rights::Capability;
use crate::steering::meeting::{Meeting, MeetingId};
use crate::steering::notice::conclusion;

/// A meeting in the list.
#[derive(Debug, Clone)]
pub struct Held {
    /// The meeting.
    pub meeting: Kept<Meeting>,
    /// Its conclusions that were given out.
    pub given: usize,
    /// Those of them whose tasks are all done.
    pub done: usize,
    /// Those of them with a task that is overdue.
    pub overdue: usize,
}

/// The list.
#[derive(Debug, Clone)]
pub struct Meetings {
    /// Now, by the domain clock.
    pub now: Moment,
    /// The newest first.
    pub held: Vec<Held>,
}

/// All meetings.
pub fn meetings(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Meetings> {
    let (now, registry) = begin(office, connection, actor, Capability::SeeLetters)?;
    let looking = Looking::new(&registry, now);
    let mut all = record::newest::<Meeting>(connection, actor.province, MOST)?;
    all.sort_by_key(|kept| std::cmp::Reverse(kept.content.held_at));
    let mut held = Vec::with_capacity(all.len());
    for meeting in all {
        let lines = looking.lines(connection, actor, &meeting.content.conclusions)?;
        let given = lines.iter().filter(|line| !line.tasks.is_empty());
        held.push(Held {
            given: given.clone().count(),
            done: given.clone().filter(|line| line.is_done()).count(),
            overdue: given.filter(|line| line.is_overdue()).count(),
            meeting,
        });
    }
    Ok(Meetings { now, held })
}

/// A letter that a meeting may have led to: its key and what it is called.
pub type Letter = (RecordId<Directive>, String);

/// One meeting.
#[derive(Debug, Clone)]
pub struct MeetingInFull {
    /// Now, by the domain clock.
    pub now: Moment,
    /// The meeting.
    pub meeting: Kept<Meeting>,
    /// Its conclusions.
    pub lines: Vec<LineSeen>,
    /// Letters of the register, newest first.
    pub letters: Vec<Letter>,
    /// Notices that were drafted from it, for whoever sees papers.
    pub drafted: Vec<Drafted>,
}

/// One meeting.
pub fn meeting(office: &Office, connection: &mut Connection, actor: &Actor, id: MeetingId) -> Outcome<MeetingInFull> {
    let (now, registry) = begin(office, connection, actor, Capability::SeeLetters)?;
    let meeting = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let lines = Looking::new(&registry, now).lines(connection, actor, &meeting.content.conclusions)?;
    let letters = record::newest::<Directive>(connection, actor.province, 100)?;
    let letters = letters.into_iter().filter(|kept| kept.content.standing != Standing::Withdrawn).map(|kept| {
        let letter = kept.content;
        let number = letter.called().map(str::to_owned);
        let called: Vec<String> = [number, letter.subject].into_iter().flatten().collect();
        (kept.id, called.join(" · "))
    });
    let letters = letters.collect();
    let drafted = papers_about(connection, actor, id.0)?;
    Ok(MeetingInFull { now, lines, letters, drafted, meeting })
}

/// The notice of a meeting's conclusions as it would be printed, without number and day.
pub fn notice(office: &Office, connection: &mut Connection, actor: &Actor, id: MeetingId) -> Outcome<OfficialDocument> {
    let (now, registry) = begin(office, connection, actor, Capability::DraftReport)?;
    let meeting = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?.content;
    let facts = conclusion(&meeting, writer(&registry, meeting.simulated), now.date());
    compose(&facts).map_err(Failure::refused)
}

/// Whose committee of the Party issues a notice of conclusions (DT13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartyIssuer {
    /// The department's own.
    Own,
    /// The province's: signed in its own office, taken out from here as Word.
    Province,
}

impl PartyIssuer {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Own, Self::Province];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Province => "province",
        }
    }
}

/// The notice of a meeting's conclusions in the form of the Party, without number and day (DT13).
pub fn party_notice(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    (id, issuer): (MeetingId, PartyIssuer),
) -> Outcome<OfficialDocument> {
    let (now, registry) = begin(office, connection, actor, Capability::DraftReport)?;
    let meeting = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?.content;
    let own = writer(&registry, meeting.simulated);
    let by_party = match issuer {
        PartyIssuer::Own => Kinds::shipped().party_writer(&own),
        PartyIssuer::Province => Writer {
            parent: None,
            issuer: format!("Tỉnh ủy {}", own.place),
            issuer_code: "TU".to_owned(),
            unit: String::new(),
            ..own
        },
    };
    let facts = Conclusion { family: Family::Party, ..conclusion(&meeting, by_party, now.date()) };
    compose(&facts).map_err(Failure::refused)
}

/// The file of a report that a meeting heard: its name, media type and bytes.
pub fn heard_file(
    connection: &mut Connection,
    actor: &Actor,
    id: MeetingId,
    place: usize,
) -> Outcome<(String, String, Vec<u8>)> {
    must(actor, Capability::SeeLetters)?;
    let meeting = record::one::<Meeting>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let (digest, name) =
        meeting.content.heard.get(place).and_then(|heard| heard.file.clone()).ok_or(Failure::NotFound)?;
    let (kind, bytes) = record::kept_file(connection, actor.province, &digest)?;
    Ok((name, kind, bytes))
}
