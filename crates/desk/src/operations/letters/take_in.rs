//! Take a letter in: its text, what was read in it, the file it came in. Nothing goes out by this (DT01).

use letter::Missing;
use quantity::Moment;
use serde::{Serialize, Serializer};
use store::blob;

use super::complete::{complete, waiting_for};
use super::refused;
use crate::failure::Outcome;
use crate::letters::directive::{Direction, Directive, DirectiveId, Original, Standing};
use crate::letters::intake::{Bodies, Incoming, date_words, draft, references};
use crate::letters::refused::Refused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::Record;
use crate::rights::Capability;

/// A file that a letter came in.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A letter to be taken in.
#[derive(Debug, Serialize)]
pub struct TakeIn {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// What was read ([`Incoming::read`]). Its text makes the request.
    #[serde(serialize_with = "its_text")]
    pub incoming: Incoming,
    /// The file it came in; none where the text was pasted.
    #[serde(skip)]
    pub file: Option<File>,
    /// The clerk's word that a paper of the Party may be here.
    pub party_word: bool,
    /// Part of a demonstration or drill.
    pub simulated: bool,
}

fn its_text<S: Serializer>(incoming: &Incoming, serializer: S) -> Result<S::Ok, S::Error> {
    store::hex(&store::sha256(incoming.text.as_bytes())).serialize(serializer)
}

impl Operation for TakeIn {
    type Done = DirectiveId;
    const NAME: &'static str = "take_letter_in";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<DirectiveId> {
        desk.whole_province()?;
        if self.incoming.is_of_the_party() && !self.party_word {
            return Err(refused(Refused::PartyWord));
        }
        let text = keep(desk, "text/plain; charset=utf-8", self.incoming.text.clone().into_bytes())?;
        let mut directive = directive_of(desk, &self.incoming, text);
        directive.simulated = self.simulated;
        self.incoming.told.complete(&mut directive);
        let same = match directive.code() {
            Some(code) => desk.record_of_code::<Directive>(&code)?,
            None => None,
        };
        // Known from a list, without its text: this is the text.
        let listed = match &same {
            Some(known) if known.content.lacks_text() => same.clone(),
            Some(_) => None,
            None => waiting_for(desk, &directive)?,
        };
        if let Some(known) = same.filter(|_| listed.is_none()) {
            let called = known.content.number.or(known.content.subject).unwrap_or_default();
            return Err(refused(Refused::Known { called, id: known.id.to_string() }));
        }
        // A reading is kept whole, so that every field can show where it stood.
        let reading = serde_json::to_vec(&self.incoming.letter).unwrap_or_default();
        directive.reading = keep(desk, "application/json", reading)?;
        if let Some(file) = self.file {
            let digest = keep(desk, &file.media_type, file.bytes)?;
            directive.original = Some(Original { name: file.name, media_type: file.media_type, digest });
        }
        if let Some(known) = listed {
            return complete(desk, &known, directive);
        }
        let id = desk.open_record(&directive)?;
        desk.about(id.0);
        desk.mention("tasks", directive.draft.len());
        Ok(id)
    }
}

/// Keeps bytes under their digest, which it gives in hexadecimal.
fn keep(desk: &mut Desk<'_, '_>, media_type: &str, bytes: Vec<u8>) -> Outcome<String> {
    let (province, at): (_, Moment) = (desk.actor().province, desk.now());
    Ok(store::hex(&blob::keep(desk.transaction(), province, media_type, bytes, at)?))
}

fn directive_of(desk: &Desk<'_, '_>, incoming: &Incoming, text: String) -> Directive {
    let letter = &incoming.letter;
    let registry = desk.registry();
    let directory = registry.directory();
    let today = desk.now().date();
    let date = letter.date.as_ref().and_then(|date| date.value.date());
    let bodies = Bodies { directory: &directory, province: desk.actor().province, day: date.unwrap_or(today), today };
    let said = |found: &Option<letter::Found<String>>| found.as_ref().map(|found| found.value.clone());
    // Another's date is not the letter's own: a conclusion shows the day of its meeting.
    let dated = !letter.missing.contains(&Missing::Date);
    Directive {
        standing: Standing::Read,
        direction: Direction::Incoming,
        family: letter.family.as_ref().map(|family| family.value),
        issuer: said(&letter.issuer),
        parent_body: said(&letter.parent_body),
        number: letter.number.as_ref().map(|number| number.value.written.clone()),
        date: date.filter(|_| dated),
        date_words: letter.date.as_ref().map(|date| date_words(date.value)),
        place: said(&letter.place),
        kind: said(&letter.kind),
        subject: said(&letter.subject),
        urgency: letter.urgency.as_ref().map(|urgency| urgency.value),
        recipients: letter.recipients.to.iter().map(|to| to.value.clone()).collect(),
        references: references(letter),
        attachments: letter.attachments.iter().map(|one| one.value.clone()).collect(),
        copies: letter.copies.items.iter().map(|copy| (copy.value.to.clone(), copy.value.purpose)).collect(),
        archive: said(&letter.copies.archive),
        signer_post: letter.signature.as_ref().and_then(|signature| said(&signature.post)),
        signer_name: letter.signature.as_ref().and_then(|signature| said(&signature.name)),
        report_to: said(&letter.report_to),
        missing: letter.missing.clone(),
        doubts: letter.doubts.clone(),
        file_doubts: incoming.file_doubts.clone(),
        draft: draft(incoming, &bodies),
        goals: letter.goals.iter().map(|goal| goal.value.clone()).collect(),
        tasks: Vec::new(),
        same_text: Some(incoming.same_text.clone()),
        text,
        reading: String::new(),
        original: None,
        arrived_at: desk.now(),
        arrival_number: None,
        taken_by: desk.actor().display_name.clone(),
        confirmed: None,
        withdrawn: None,
        simulated: false,
        listed: None,
    }
}
