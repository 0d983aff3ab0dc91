//! Take a signed PDF that came back. One whose number is that of a paper signed here lies beside it at once; every other
//! waits until a person says which paper it is. Nothing is lost.

use serde::Serialize;

use super::{came_back, keep};
use crate::exchange::kept::{Found, SignedPdf};
use crate::exchange::refused::Refused;
use crate::exchange::signed::SignedRead;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::plain_number;
use crate::letters::refused::Refused as LetterRefused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::number::NumberGiven;
use crate::papers::number_elsewhere::parted;
use crate::papers::report::{OfficialReport, State};
use crate::record::RecordId;
use crate::rights::Capability;

/// The PDF.
#[derive(Debug, Serialize)]
pub struct TakeSigned {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// SHA-256 of the PDF.
    pub digest: [u8; 32],
    /// As it was read.
    #[serde(skip)]
    pub signed: Box<SignedRead>,
    /// The clerk's word that a paper of the Party may be here.
    pub party_word: bool,
}

impl Operation for TakeSigned {
    type Done = RecordId<SignedPdf>;
    const NAME: &'static str = "take_signed";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<SignedPdf>> {
        desk.whole_province()?;
        let SignedRead { mut kept, bytes, party } = *self.signed;
        if party && !self.party_word {
            return Err(Failure::refused(LetterRefused::PartyWord));
        }
        if desk.record_of_code::<SignedPdf>(&kept.digest)?.is_some() {
            return Err(Failure::refused(Refused::CameBefore));
        }
        kept.digest = keep(desk, "application/pdf", bytes)?;
        kept.at = desk.now();
        kept.by = desk.actor().display_name.clone();
        if let Some((paper, issue)) = beside(desk, &kept)? {
            kept.found = Found::Beside { paper, issue, at: desk.now(), by: String::new() };
            came_back(desk, paper, desk.now())?;
            desk.mention("paper", paper.to_string());
        }
        let id = desk.open_record(&kept)?;
        desk.about(id.0);
        Ok(id)
    }
}

/// The paper of ours, signed here and without its PDF, that has exactly this number, this day's year and this symbol.
fn beside(desk: &mut Desk<'_, '_>, kept: &SignedPdf) -> Outcome<Option<(quantity::Id, u32)>> {
    let (Some(number), Some(day)) = (&kept.read.number, kept.read.day) else { return Ok(None) };
    let Some((count, mark)) = parted(number) else { return Ok(None) };
    // A letter counts as «CV»; of a named kind the kind stands in the mark.
    let symbol = mark.split(['-', '/']).next().unwrap_or_default();
    let rest = mark.split(['-', '/']).nth(1).unwrap_or_default();
    for series in [format!("{rest}/{symbol}/{}", day.year()), format!("{symbol}/CV/{}", day.year())] {
        let Some(given) = desk.record_of_code::<NumberGiven>(&format!("{series}/{count}"))? else { continue };
        if plain_number(&given.content.text).trim_start_matches('0') != plain_number(number).trim_start_matches('0') {
            continue;
        }
        let id = RecordId::<OfficialReport>::new(given.content.paper);
        let paper = desk.record(id)?;
        let own = paper.content.signed.as_ref().is_some_and(|signed| signed.number == given.content.text);
        if paper.content.state == State::Signed && own && paper.content.scan.is_none() {
            desk.revise(&paper, &OfficialReport { scan: Some(kept.digest.clone()), ..paper.content.clone() })?;
            return Ok(Some((id.0, paper.content.issue)));
        }
    }
    Ok(None)
}
