//! A package read before the writer's turn: which of its files is the letter, what lies beside it, what differs.

use document::exchange::{
    Attachment, ExchangeLayout, Key, Message, Package, PackageLimits, StatusTold, is_package, read_package,
};
use letter::Missing;

use super::compare::{compare, plain};
use super::kept::Differs;
use super::refused::Refused;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::plain_number;
use crate::letters::intake::Incoming;
use crate::letters::refused::Refused as LetterRefused;
use crate::operations::letters::take_in::File;

/// A package ready to be taken in.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// Its letter.
    pub incoming: Incoming,
    /// The file that the letter was read in.
    pub main: File,
    /// Every other file.
    pub beside: Vec<Attachment>,
    /// Files beside that are letters of their own: name and number.
    pub others: Vec<String>,
    /// What the package says.
    pub package: Package,
    /// Where it and the text differ.
    pub differs: Vec<Differs>,
    /// The package itself.
    pub file: File,
}

/// What a file for the exchange is.
#[derive(Debug)]
pub enum Exchanged {
    /// A letter in a package.
    Letter(Box<Parcel>),
    /// A message about a letter of ours.
    Status(StatusTold),
    /// A package that gives one of our papers back, signed: its name and the PDF.
    Signed(String, Attachment),
}

/// Whether a file is a package rather than a letter by itself.
pub fn is_one(bytes: &[u8]) -> bool {
    is_package(bytes)
}

/// Reads a package. Takes its time, so it is done before the writer's turn; nothing in it is executed or fetched.
///
/// # Errors
/// What `document::exchange` refuses; a secret paper anywhere in it, of which nothing is kept; [`Refused::NoLetter`].
pub fn read(bytes: Vec<u8>, name: &str) -> Outcome<Exchanged> {
    let message = read_package(&bytes, ExchangeLayout::shipped(), &PackageLimits::PACKAGE).map_err(Failure::refused)?;
    let mut package = match message {
        Message::Status(told) => return Ok(Exchanged::Status(told)),
        Message::Letter(package) => package,
    };
    // A paper of ours comes back under the name that we gave it.
    let ours = [Key::Package, Key::AnswersPackage]
        .into_iter()
        .filter_map(|key| package.text(key))
        .find_map(super::sending::named_in);
    let pdf = package.attachments.iter().position(|file| file.bytes.starts_with(b"%PDF-"));
    if let (Some(ours), Some(pdf)) = (ours, pdf) {
        return Ok(Exchanged::Signed(ours, package.attachments.swap_remove(pdf)));
    }
    let mut files = std::mem::take(&mut package.attachments);
    let mut readings = Vec::new();
    for (place, file) in files.iter().enumerate() {
        match Incoming::of_file(&file.bytes, &file.name) {
            Ok((incoming, media_type)) => readings.push((place, incoming, media_type)),
            // One secret file makes the package secret.
            Err(failure) if matches!(failure.reason(), Some(LetterRefused::Secret)) => return Err(failure),
            Err(_) => {}
        }
    }
    let told = package.number().map(|number| plain_number(&number));
    let subject = package.text(Key::Subject).map(plain).unwrap_or_default();
    let called = |incoming: &Incoming| {
        let blank = incoming.letter.missing.contains(&Missing::Number);
        incoming.letter.number.as_ref().filter(|_| !blank).map(|number| number.value.written.clone())
    };
    let by_number = readings
        .iter()
        .position(|(_, incoming, _)| called(incoming).map(|own| plain_number(&own)) == told && told.is_some());
    let by_subject = || {
        let own = |incoming: &Incoming| incoming.letter.subject.as_ref().map(|found| plain(&found.value));
        readings.iter().position(|(_, incoming, _)| own(incoming).is_some_and(|own| !own.is_empty() && own == subject))
    };
    // The list of a package begins with its letter.
    let chosen = by_number.or_else(by_subject).unwrap_or(0);
    if readings.is_empty() {
        let called = package.number().or_else(|| package.text(Key::Subject).map(str::to_owned)).unwrap_or_default();
        return Err(Failure::refused(Refused::NoLetter { called }));
    }
    let (place, incoming, media_type) = readings.remove(chosen);
    let others = readings.iter().filter_map(|(place, incoming, _)| {
        let number = called(incoming).filter(|_| incoming.letter.date.is_some())?;
        (told.as_ref() != Some(&plain_number(&number))).then(|| format!("{} ({number})", files[*place].name))
    });
    let others = others.collect();
    let main = files.remove(place);
    let differs = compare(&package, &incoming.letter);
    Ok(Exchanged::Letter(Box::new(Parcel {
        main: File { name: main.name, media_type: media_type.to_owned(), bytes: main.bytes },
        incoming,
        beside: files,
        others,
        package,
        differs,
        file: File { name: name.to_owned(), media_type: "application/octet-stream".to_owned(), bytes },
    })))
}
