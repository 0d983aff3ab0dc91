//! What is done about meetings, inspections, corrective actions, plans, bulletins and cases: one operation, one file.

pub mod bulletin;
pub mod cases;
pub mod corrections;
pub mod inspections;
pub mod meetings;
pub mod plans;

use jiff::civil::Date;
use place::body::PostKind;
use place::text::ascii_fold;
use place::{BodyId, PersonId};
use quantity::{Id, Moment, Span};

use crate::command::said;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::Owner;
use crate::letters::intake::Bodies;
use crate::letters::life::Life;
use crate::letters::task::{Due, DueSource, Named, Origin, OriginKind, Stage, Task, TaskId};
use crate::operation::Desk;
use crate::operations::command::Attached;
use crate::operations::letters::assign::to_bodies;
pub(crate) use crate::operations::letters::tell;
use crate::record::{Kept, Record, RecordId};
use crate::steering::Line;
use crate::steering::bulletin::Series;
use crate::steering::paste::{self, MOST_LINES, Pasted};
use crate::steering::refused::Refused;

/// The longest words of one field that are kept, in characters.
const LONGEST: usize = 20_000;
/// The posts in which a person may come to a meeting.
const POSTS: [PostKind; 5] =
    [PostKind::Head, PostKind::Deputy, PostKind::FocalOfficer, PostKind::FocalDeputy, PostKind::DutyOfficer];
/// The largest file that is kept.
const LARGEST: usize = 12 << 20;

fn refused(why: Refused) -> Failure {
    Failure::refused(why)
}

/// A record that a form is about, as long as it fits what is done. All of them are the whole province's.
fn found<T: Record>(desk: &mut Desk<'_, '_>, id: RecordId<T>, fits: impl FnOnce(&T) -> bool) -> Outcome<Kept<T>> {
    desk.whole_province()?;
    let found = desk.record(id)?;
    desk.about(id.0);
    if fits(&found.content) { Ok(found) } else { Err(refused(Refused::NotNow)) }
}

/// That nobody changed a record since the person saw it.
fn as_seen<T>(kept: &Kept<T>, version: i64) -> Outcome<()> {
    if kept.version == version { Ok(()) } else { Err(refused(Refused::NotNow)) }
}

/// Words of a form, not without end.
fn kept_words(text: &str) -> String {
    said(text).unwrap_or_default().chars().take(LONGEST).collect()
}

/// The bodies of today that some words mean: names and groups, between semicolons. Nothing is guessed.
fn owner_of(desk: &Desk<'_, '_>, words: &str) -> Owner {
    let registry = desk.registry();
    let directory = registry.directory();
    let today = desk.now().date();
    let bodies = Bodies { directory: &directory, province: desk.actor().province, day: today, today };
    let mut owner = Owner { name: kept_words(words), ..Owner::default() };
    for phrase in owner.name.split(';').map(str::trim).filter(|phrase| !phrase.is_empty()) {
        let (found, note) = bodies.expand(phrase);
        for body in found {
            if !owner.bodies.contains(&body) {
                owner.bodies.push(body);
            }
        }
        owner.note = owner.note.or(note);
    }
    owner
}

/// The one body of a name; none where nobody or several have it.
pub(crate) fn body_called(desk: &Desk<'_, '_>, name: &str) -> Option<BodyId> {
    match owner_of(desk, name).bodies.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// The one person of a name among the posts of today; none where nobody or several have it.
pub(crate) fn person_called(desk: &Desk<'_, '_>, name: &str) -> Option<PersonId> {
    let (registry, now) = (desk.registry(), desk.now());
    let wanted = ascii_fold(name).to_lowercase();
    let mut found: Vec<PersonId> = registry
        .bodies()
        .iter()
        .flat_map(|body| POSTS.iter().flat_map(|kind| registry.roster().holders(body.id, *kind, now)))
        .filter(|post| ascii_fold(&post.name).to_lowercase() == wanted)
        .map(|post| post.person)
        .collect();
    found.sort();
    found.dedup();
    match found.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// A line of what was pasted.
fn line_of(desk: &Desk<'_, '_>, pasted: Pasted) -> Line {
    Line {
        owner: owner_of(desk, &pasted.owner),
        text: pasted.text,
        head: None,
        last_day: pasted.last_day,
        due_words: pasted.due_words,
        left_out: false,
        tasks: Vec::new(),
    }
}

/// The lines of a pasted text, for a record that has some already.
fn pasted(desk: &Desk<'_, '_>, text: &str, known: usize) -> Outcome<Vec<Line>> {
    let lines: Vec<Line> = paste::lines(text).into_iter().map(|one| line_of(desk, one)).collect();
    let fit = !lines.is_empty() && known + lines.len() <= MOST_LINES;
    if fit { Ok(lines) } else { Err(refused(Refused::NothingWaits)) }
}

/// A line as a person corrects it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LineWords {
    /// What is to be done.
    pub text: String,
    /// Who does it.
    pub owner: String,
    /// Who answers for it; may be empty.
    pub head: String,
    /// The last day.
    pub last_day: Option<Date>,
    /// Whether it is left out.
    pub left_out: bool,
}

/// The corrected line; its printed deadline goes where another day is chosen.
fn corrected(desk: &Desk<'_, '_>, before: &Line, words: &LineWords) -> Outcome<Line> {
    let text = crate::command::must_say("text", &words.text)?;
    let same_day = before.last_day == words.last_day;
    Ok(Line {
        text: text.chars().take(LONGEST).collect(),
        owner: owner_of(desk, &words.owner),
        head: said(&words.head),
        last_day: words.last_day,
        due_words: if same_day { before.due_words.clone() } else { String::new() },
        left_out: words.left_out,
        tasks: before.tasks.clone(),
    })
}

/// Gives a line out, where it waits; says how many tasks it became. `from` is the day it was ordered: what is due before
/// it is a slip of the hand.
fn give_out(
    desk: &mut Desk<'_, '_>,
    line: &mut Line,
    (kind, id, place): (OriginKind, Id, usize),
    from: Date,
    simulated: bool,
) -> Outcome<usize> {
    if !line.waits() {
        return Ok(0);
    }
    if line.last_day.is_some_and(|day| day < from) {
        return Err(refused(Refused::DueBefore { line: place + 1 }));
    }
    let due = line.last_day.and_then(|day| day.tomorrow().ok()).map(|next| Due {
        until: Moment::start_of(next) - Span::micros(1),
        words: line.due_words.clone(),
        source: DueSource::Leader,
    });
    let base = Task {
        origin: Origin { kind, id, line: u32::try_from(place).unwrap_or(u32::MAX) },
        text: line.text.clone(),
        place: None,
        body: None,
        body_name: line.owner.name.clone(),
        part: letter::Part::Carry,
        subtasks: Vec::new(),
        partners: Vec::new(),
        head: line.head.clone().map(|name| Named { name, ..Named::default() }),
        holder: None,
        due,
        haste: None,
        report_to: None,
        stage: Stage::Assigned,
        assigned_at: desk.now(),
        assigned_by: desk.actor().display_name.clone(),
        simulated,
        life: Life::default(),
    };
    line.tasks = to_bodies(desk, &base, &line.owner.bodies)?;
    Ok(line.tasks.len())
}

/// Gives the lines of a record out, each where it waits; the tasks that they became.
fn give_all_out<'l>(
    desk: &mut Desk<'_, '_>,
    lines: impl Iterator<Item = &'l mut Line>,
    (kind, id): (OriginKind, Id),
    from: Date,
    simulated: bool,
) -> Outcome<Vec<TaskId>> {
    let mut given = Vec::new();
    for (place, line) in lines.enumerate() {
        if give_out(desk, line, (kind, id, place), from, simulated)? > 0 {
            given.extend(&line.tasks);
        }
    }
    Ok(given)
}

/// Keeps a file that travels with a form; gives its digest in hexadecimal.
fn keep_file(desk: &mut Desk<'_, '_>, file: Option<Attached>) -> Outcome<Option<String>> {
    let Some(file) = file else { return Ok(None) };
    let kind = file.media_type().filter(|_| file.bytes.len() <= LARGEST);
    let kind = kind.ok_or_else(|| refused(Refused::BadFile))?;
    let (province, now) = (desk.actor().province, desk.now());
    Ok(Some(store::hex(&store::blob::keep(desk.transaction(), province, kind, file.bytes, now)?)))
}

/// The next number of a year, from 1 and without gaps.
fn next_number(desk: &mut Desk<'_, '_>, of: &str) -> Outcome<(i64, i16)> {
    let year = desk.now().date().year();
    let before = desk.record_of_code::<Series>(&format!("{of}|{year}"))?;
    let last = before.as_ref().map_or(0, |series| series.content.last) + 1;
    desk.keep_record(before.as_ref(), &Series { of: of.to_owned(), year, last })?;
    Ok((last, year))
}
