//! A signed PDF read before the writer's turn: what stands on it, whether a digital signature is there.

use document::exchange::pdf_signatures;
use letter::{Letter, Missing};
use quantity::Coded as _;

use super::kept::{Found, OnPaper, SignedPdf};
use super::refused::Refused;
use super::sending::named_in;
use crate::failure::{Failure, Outcome};
use crate::letters::intake::Incoming;
use crate::letters::refused::Refused as LetterRefused;
use quantity::Moment;

/// Bytes of a paper at most.
pub const LARGEST: usize = 12 << 20;

/// A signed PDF that was read.
#[derive(Debug, Clone)]
pub struct SignedRead {
    /// What is kept of it; its bytes go beside.
    pub kept: SignedPdf,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// A paper of the Party.
    pub party: bool,
}

/// Reads a PDF. `package` is the name that the package gave which it came in.
///
/// # Errors
/// [`Refused::NotAPdf`]; a secret paper, of which nothing is kept. One that cannot be read is kept unread.
pub fn read(bytes: Vec<u8>, file: &str, package: Option<String>) -> Outcome<SignedRead> {
    if !bytes.starts_with(b"%PDF-") || bytes.len() > LARGEST {
        return Err(Failure::refused(Refused::NotAPdf));
    }
    let signatures = pdf_signatures(&bytes);
    let (read, unread, party) = match Incoming::of_file(&bytes, file) {
        Ok((incoming, _)) => (on_paper(&incoming.letter), None, incoming.is_of_the_party()),
        Err(failure) if matches!(failure.reason(), Some(LetterRefused::Secret)) => return Err(failure),
        Err(failure) => (OnPaper::default(), Some(failure.code().to_owned()), false),
    };
    let kept = SignedPdf {
        file: file.chars().take(300).collect(),
        digest: store::hex(&store::sha256(&bytes)),
        package: package.or_else(|| named_in(file)),
        read,
        unread,
        signatures,
        found: Found::Waiting,
        at: Moment::from_micros(0),
        by: String::new(),
    };
    Ok(SignedRead { kept, bytes, party })
}

fn on_paper(letter: &Letter) -> OnPaper {
    let said = |found: &Option<letter::Found<String>>| found.as_ref().map(|found| found.value.clone());
    let blank = letter.missing.contains(&Missing::Number);
    let dated = !letter.missing.contains(&Missing::Date);
    let signature = letter.signature.as_ref();
    let post = signature.map(|signature| {
        let authority = signature.authority.iter().map(|level| level.value.clone());
        authority.chain(said(&signature.post)).collect::<Vec<_>>().join(", ")
    });
    OnPaper {
        number: letter.number.as_ref().filter(|_| !blank).map(|number| number.value.written.clone()),
        day: letter.date.as_ref().filter(|_| dated).and_then(|date| date.value.date()),
        kind: said(&letter.kind),
        subject: said(&letter.subject),
        issuer: said(&letter.issuer),
        post: post.filter(|post| !post.is_empty()),
        signer: signature.and_then(|signature| said(&signature.name)),
    }
}
