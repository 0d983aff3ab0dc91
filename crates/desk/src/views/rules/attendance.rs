//! The attendance lists of a meeting: who came, whom the registers know, what it did for letters made known (DT09).

use store::Connection;

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::attendance::AttendanceList;
use crate::letters::directive::{Directive, DirectiveId, Standing};
use crate::letters::spread::{Dissemination, DisseminationId};
use crate::office::Office;
use crate::record::{self, Kept};
use crate::rights::Capability;
use crate::steering::meeting::{Meeting, MeetingId};
use crate::views::tasks::known::spread;

/// Lists of one meeting, and letters to choose from.
const MOST: i64 = 200;

/// The lists of a meeting.
#[derive(Debug, Clone)]
pub struct Attendance {
    /// The meeting.
    pub meeting: Kept<Meeting>,
    /// Its lists, the newest first.
    pub lists: Vec<Kept<AttendanceList>>,
    /// Letters that are being made known somewhere: key, name, in how many bodies.
    pub letters: Vec<(DirectiveId, String, usize)>,
    /// Whether the reader may add a list.
    pub may_add: bool,
}

fn must(actor: &Actor) -> Outcome<()> {
    if !actor.may(Capability::SeeLetters) {
        return Err(Failure::Forbidden(Capability::SeeLetters));
    }
    if actor.sees_all() { Ok(()) } else { Err(Failure::NotFound) }
}

/// The lists of a meeting.
pub fn attendance(_: &Office, connection: &mut Connection, actor: &Actor, id: MeetingId) -> Outcome<Attendance> {
    must(actor)?;
    let meeting = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let lists = record::of_owner::<AttendanceList>(connection, actor.province, id.0, MOST)?;
    let mut letters: Vec<(DirectiveId, String, usize)> = Vec::new();
    for kept in record::newest::<Dissemination>(connection, actor.province, MOST * 10)? {
        let spread = &kept.content;
        match letters.iter_mut().find(|(known, ..)| *known == spread.letter) {
            Some((_, _, bodies)) => *bodies += 1,
            None => {
                let letter = record::one::<Directive>(connection, actor.province, spread.letter)?;
                if letter.is_some_and(|letter| letter.content.standing == Standing::Confirmed) {
                    letters.push((spread.letter, spread.called.clone(), 1));
                }
            }
        }
    }
    Ok(Attendance { meeting, lists, letters, may_add: actor.may(Capability::HandleLetters) })
}

pub(super) fn file(
    connection: &mut Connection,
    actor: &Actor,
    digest: &str,
    name: String,
) -> Outcome<(String, String, Vec<u8>)> {
    let (kind, bytes) = record::kept_file(connection, actor.province, digest)?;
    Ok((name, kind, bytes))
}

/// A list of a meeting as it came, by its place among the lists: its name, media type and bytes.
pub fn list_file(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    (id, place): (MeetingId, usize),
) -> Outcome<(String, String, Vec<u8>)> {
    let found = attendance(office, connection, actor, id)?;
    let kept = found.lists.into_iter().nth(place).ok_or(Failure::NotFound)?;
    let (digest, name) = kept.content.file.ok_or(Failure::NotFound)?;
    file(connection, actor, &digest, name)
}

/// A list that was noted where a letter is made known, by its place: its name, media type and bytes.
pub fn spread_file(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    (id, place): (DisseminationId, usize),
) -> Outcome<(String, String, Vec<u8>)> {
    let (kept, _) = spread(office, connection, actor, id)?;
    let list = kept.content.lists.into_iter().nth(place).ok_or(Failure::NotFound)?;
    file(connection, actor, &list.digest, list.name)
}
