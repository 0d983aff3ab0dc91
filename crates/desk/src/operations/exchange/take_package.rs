//! Take the letter of a package in (DT01): the letter by the operation of every letter, the package's other files as
//! enclosures, what the package says beside what was read.

use document::exchange::{ExchangeLayout, Key};
use serde::Serialize;

use super::keep;
use crate::exchange::kept::PackageIn;
use crate::exchange::parcel::Parcel;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::DirectiveId;
use crate::letters::refused::Refused;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::letters::attach::AttachToLetter;
use crate::operations::letters::take_in::TakeIn;
use crate::operations::supply::attach_letter::media_type;
use crate::rights::Capability;

/// The largest file that is laid beside a letter, in bytes.
const LARGEST: usize = 12 << 20;

/// The package.
#[derive(Debug, Serialize)]
pub struct TakePackage {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// SHA-256 of the package, so that the same package is the same request.
    pub digest: [u8; 32],
    /// As it was read.
    #[serde(skip)]
    pub parcel: Box<Parcel>,
    /// The clerk's word that a paper of the Party may be here.
    pub party_word: bool,
    /// Part of a demonstration or drill.
    pub simulated: bool,
}

impl Operation for TakePackage {
    type Done = DirectiveId;
    const NAME: &'static str = "take_package";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<DirectiveId> {
        desk.whole_province()?;
        let Parcel { incoming, main, beside, others, package, differs, file } = *self.parcel;
        let known_by = match (package.text(Key::Package), package.text(Key::FromCode).or(package.text(Key::FromName))) {
            (Some(name), Some(from)) => format!("{from}|{name}"),
            _ => store::hex(&self.digest),
        };
        if let Some(known) = desk.record_of_code::<PackageIn>(&known_by)? {
            let called = package.number().or_else(|| package.text(Key::Subject).map(str::to_owned)).unwrap_or_default();
            return Err(Failure::refused(Refused::Known { called, id: known.content.letter.to_string() }));
        }
        let take =
            TakeIn { key: None, incoming, file: Some(main), party_word: self.party_word, simulated: self.simulated };
        let letter = match take.run(desk) {
            Ok(letter) => letter,
            // Pasted or sent as a file before: it is one letter, and the package is laid beside it.
            Err(failure) => match failure.reason() {
                Some(Refused::Known { id, .. }) => id.parse().map_err(|_| failure)?,
                _ => return Err(failure),
            },
        };
        let mut left_out = Vec::new();
        for file in beside {
            let name = file.name.to_lowercase();
            let office = name.ends_with(".docx") || name.ends_with(".xlsx");
            let kind = media_type(&file.bytes).filter(|_| !file.bytes.starts_with(b"PK") || office);
            if kind.is_none() || file.bytes.len() > LARGEST {
                left_out.push(file.name);
                continue;
            }
            let digest = store::sha256(&file.bytes);
            let attach = AttachToLetter {
                key: None,
                directive: letter,
                title: String::new(),
                file: file.name,
                digest,
                bytes: file.bytes,
            };
            attach.run(desk)?;
        }
        let layout = ExchangeLayout::shipped().iter().find(|layout| layout.key == package.layout);
        let told = package.fields.iter().flat_map(|(key, values)| values.iter().map(|value| (*key, value.clone())));
        let kept = PackageIn {
            letter: letter.0,
            layout: package.layout.clone(),
            layout_version: layout.map(|layout| layout.version.clone()).unwrap_or_default(),
            known_by,
            told: told.collect(),
            differs,
            missing: package.missing,
            left_out,
            others,
            file: file.name.chars().take(300).collect(),
            digest: keep(desk, &file.media_type, file.bytes)?,
            at: desk.now(),
            by: desk.actor().display_name.clone(),
        };
        desk.mention("differs", kept.differs.len());
        desk.open_record(&kept)?;
        desk.about(letter.0);
        Ok(letter)
    }
}
