//! Take in what a row of a document system's list says of a letter: a letter that nobody knew goes into the register
//! without its text, what the list says of a known one stands beside it (DT01, DT04). No task goes out by this.

use quantity::Moment;
use serde::Serialize;
use store::blob;
use store::finding::of_target;

use super::refused as refuse_letter;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Direction, Directive, DirectiveId, Owner, Standing};
use crate::letters::finding::{IS, number_key};
use crate::letters::intake::Bodies;
use crate::letters::listed::{ListRow, Listed, Refused};
use crate::letters::refused::Refused as LetterRefused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::number::NumberGiven;
use crate::record::{Record, RecordId};
use crate::rights::Capability;

/// One row.
#[derive(Debug, Serialize)]
pub struct ListLetter {
    /// Made of the file and the row.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which way it went.
    pub direction: Direction,
    /// What the row says, over what was known.
    pub row: ListRow,
    /// The letter that it is, and the version that was looked at; none for a new one.
    pub known: Option<(DirectiveId, i64)>,
    /// Part of a demonstration or drill.
    pub simulated: bool,
}

impl Operation for ListLetter {
    type Done = DirectiveId;
    const NAME: &'static str = "list_letter";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<DirectiveId> {
        desk.whole_province()?;
        let doubts = self.row.doubts();
        let listed =
            Listed { doubts, row: self.row, without_text: true, by: desk.actor().display_name.clone(), at: desk.now() };
        if let Some((id, version)) = self.known {
            return note(desk, id, version, listed);
        }
        if listed.row.is_of_the_party() && !listed.row.party_word {
            return Err(Failure::refused(Refused::PartyWord { number: listed.row.number.clone() }));
        }
        if self.direction == Direction::Outgoing {
            is_not_ours(desk, &listed.row)?;
        }
        let mut directive = blank(desk, self.direction, listed)?;
        directive.simulated = self.simulated;
        fill(desk, &mut directive);
        if let Some(code) = directive.code()
            && let Some(known) = desk.record_of_code::<Directive>(&code)?
        {
            let called = known.content.number.or(known.content.subject).unwrap_or_default();
            return Err(refuse_letter(LetterRefused::Known { called, id: known.id.to_string() }));
        }
        let id = desk.open_record(&directive)?;
        desk.about(id.0);
        desk.mention("tasks", directive.draft.len());
        Ok(id)
    }
}

/// What a list says of a letter that is known. The fields of one with a text stay as they were read and confirmed, and
/// so do those that a person corrected.
fn note(desk: &mut Desk<'_, '_>, id: DirectiveId, version: i64, listed: Listed) -> Outcome<DirectiveId> {
    let before = desk.record::<Directive>(id)?;
    desk.about(id.0);
    if before.version != version || before.content.standing == Standing::Withdrawn {
        return Err(refuse_letter(LetterRefused::NotNow));
    }
    let mut directive = before.content.clone();
    let without_text = directive.lacks_text();
    // What a person corrected differs from what the row before made, and stays.
    let mut by_row = before.content.clone();
    fill(desk, &mut by_row);
    let as_listed = without_text && by_row == before.content;
    directive.listed = Some(Listed { without_text, ..listed });
    if as_listed {
        directive.arrived_at = arrived(desk, directive.listed.as_ref().map(|listed| &listed.row));
        fill(desk, &mut directive);
        super::correct::is_no_other(desk, id, &directive)?;
    }
    desk.revise(&before, &directive)?;
    Ok(id)
}

/// That a number is none that this command post gave: such a paper stands in the register already.
fn is_not_ours(desk: &mut Desk<'_, '_>, row: &ListRow) -> Outcome<()> {
    let cell = row.number_cell();
    let Some(number) = cell.number() else { return Ok(()) };
    let province = desk.actor().province;
    for (id, role) in of_target(desk.transaction(), province, &number_key(&number.written), 50)? {
        if role != IS {
            continue;
        }
        let given = match desk.record(RecordId::<NumberGiven>::new(id)) {
            Ok(given) => given.content,
            Err(Failure::NotFound) => continue,
            Err(other) => return Err(other),
        };
        if row.date.is_none_or(|day| day.year() == given.given_at.date().year()) {
            return Err(Failure::refused(Refused::GivenHere { number: given.text }));
        }
    }
    Ok(())
}

/// When it came: its day of arrival, else its own, else now.
fn arrived(desk: &Desk<'_, '_>, row: Option<&ListRow>) -> Moment {
    row.and_then(|row| row.arrived_on.or(row.date)).map_or_else(|| desk.now(), Moment::start_of)
}

/// The fields and, where it is still open, the task that the row offers.
fn fill(desk: &Desk<'_, '_>, directive: &mut Directive) {
    let today = desk.now().date();
    let registry = desk.registry();
    let province = desk.actor().province;
    let day = directive.listed.as_ref().and_then(|listed| listed.row.date).unwrap_or(today);
    directive.fill_from_row(|name| {
        let directory = registry.directory();
        let (bodies, note) = Bodies { directory: &directory, province, day, today }.expand(name);
        Owner { name: name.to_owned(), bodies, note }
    });
}

/// A letter of which nothing but a row is known. Its text and its reading are those of an empty paper.
fn blank(desk: &mut Desk<'_, '_>, direction: Direction, listed: Listed) -> Outcome<Directive> {
    let (province, at) = (desk.actor().province, desk.now());
    let nothing = letter::read(".").ok().and_then(|letter| serde_json::to_vec(&letter).ok()).unwrap_or_default();
    let reading = store::hex(&blob::keep(desk.transaction(), province, "application/json", nothing, at)?);
    let text = store::hex(&blob::keep(desk.transaction(), province, "text/plain; charset=utf-8", Vec::new(), at)?);
    Ok(Directive {
        standing: Standing::Confirmed,
        direction,
        family: None,
        issuer: None,
        parent_body: None,
        number: None,
        date: None,
        date_words: None,
        place: None,
        kind: None,
        subject: None,
        urgency: None,
        recipients: Vec::new(),
        references: Vec::new(),
        attachments: Vec::new(),
        copies: Vec::new(),
        archive: None,
        signer_post: None,
        signer_name: None,
        report_to: None,
        missing: Vec::new(),
        doubts: Vec::new(),
        file_doubts: Vec::new(),
        draft: Vec::new(),
        goals: Vec::new(),
        tasks: Vec::new(),
        same_text: None,
        text,
        reading,
        original: None,
        arrived_at: arrived(desk, Some(&listed.row)),
        arrival_number: None,
        taken_by: desk.actor().display_name.clone(),
        confirmed: None,
        withdrawn: None,
        simulated: false,
        listed: Some(listed),
    })
}
