//! What drafting and editing a letter share: its content as it is kept, its place in the lists.

use document::official::{OfficialDocument, Signature};
use quantity::Id;

use super::draft_letter::LetterRefused;
use crate::failure::{Failure, Outcome};
use crate::letters_out::NotComposed;
use crate::letters_out::check::secrecy;
use crate::letters_out::text::{lines_of, plain_text};
use crate::operation::Desk;
use crate::papers::content::{Content, Registers};
use crate::papers::layout::ReportKind;
use crate::papers::letter_out::LetterOut;

/// Letters of a text at most: a decision of two hundred pages is shorter.
const LONGEST: usize = 600_000;

/// What a letter is in the lists.
pub(super) fn named(document: &OfficialDocument, about: Option<Id>) -> Outcome<LetterOut> {
    if let Some(mark) = secrecy(document) {
        return Err(Failure::refused(NotComposed::Secret { mark }));
    }
    let long = lines_of(&document.body).len();
    let annexed: usize = document.annexes.iter().map(|annex| lines_of(&annex.blocks).len()).sum();
    if long + annexed > LONGEST {
        return Err(LetterRefused::NotALetter.into());
    }
    LetterOut::of(document, about).ok_or_else(|| LetterRefused::NotALetter.into())
}

/// A letter as it is kept: a draft, unsigned and without a number, marked where the province is one of a demonstration.
pub(super) fn content_of(desk: &Desk<'_, '_>, mut document: OfficialDocument) -> Outcome<Content> {
    let (registry, now) = (desk.registry(), desk.now());
    document.draft = true;
    document.number = None;
    document.date = None;
    document.year = Some(now.date().year());
    document.signature = Signature { name: String::new(), ..document.signature };
    document.simulated |= registry.facilities().iter().any(|facility| facility.simulated);
    // Who may not see a facility does not read a letter that names it.
    let said = [plain_text(&document), document.recipients.join("\n")].join("\n");
    let names = registry.facilities().iter().filter(|facility| said.contains(&facility.body.name));
    let facilities = names.map(|facility| facility.id).collect();
    Ok(Content {
        document,
        rows: Vec::new(),
        facilities,
        registers: Registers::new(),
        layout: ReportKind::Letter.code().to_owned(),
        layout_version: ReportKind::Letter.layout().version.clone(),
        sheet_version: String::new(),
        day: now.date(),
        at: now,
        province: desk.actor().province.number(),
        province_name: registry.post().map_or_else(String::new, |post| post.name.clone()),
        heard: 0,
    })
}
