//! Record who decided which of two letters is followed (DT14). It locks nothing and sends nothing.

use serde::Serialize;

use crate::failure::{Failure, Outcome};
use crate::letters::decision::{Followed, LetterDecision};
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::finding::number_key;
use crate::letters::register_refused::Refused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::rights::Capability;

/// A decision that somebody took.
#[derive(Debug, Serialize)]
pub struct RecordDecision {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The letter that raises the question.
    pub later: DirectiveId,
    /// The number of the letter that it concerns, as it stands in the first one.
    pub earlier: String,
    /// Which is followed.
    pub followed: Followed,
    /// Who decided.
    pub decider: String,
    /// In which words.
    pub words: String,
}

impl Operation for RecordDecision {
    type Done = RecordId<LetterDecision>;
    const NAME: &'static str = "record_letter_decision";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<LetterDecision>> {
        desk.whole_province()?;
        let letter = desk.record::<Directive>(self.later)?;
        desk.about(self.later.0);
        let key = number_key(&self.earlier);
        let named = letter.content.references.iter().find(|basis| number_key(&basis.number) == key);
        // Only what the letter names itself: a question that nobody asked needs no decision.
        let named = named.filter(|_| !key.is_empty()).ok_or(Failure::NotFound)?;
        let text = |typed: &str| typed.trim().chars().take(500).collect::<String>();
        let (decider, words) = (text(&self.decider), text(&self.words));
        if decider.is_empty() {
            return Err(Failure::refused(Refused::NoDecider));
        }
        if words.is_empty() {
            return Err(Failure::refused(Refused::NoWords));
        }
        let called = letter.content.called().or(letter.content.subject.as_deref()).unwrap_or_default();
        let decision = LetterDecision {
            later: self.later.0,
            later_number: called.to_owned(),
            earlier_number: named.number.clone(),
            followed: self.followed,
            decider,
            words,
            at: desk.now(),
            by: desk.actor().display_name.clone(),
            simulated: letter.content.simulated,
        };
        desk.mention("followed", decision.followed.code());
        desk.open_record(&decision)
    }
}
