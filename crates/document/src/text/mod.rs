//! Bytes to Vietnamese text, honestly: which encoding it was, how sure that is, what was repaired.
//!
//! Lives here: UTF-8, UTF-16, TCVN3, VNI, CP1258 and Windows-1252; composing (NFC); the repairs of
//! [`Mender`]; refusing text whose letters were lost. Not here: search keys and collation (`place`).
//!
//! Encodings of one byte a letter are told apart by whether their words can be Vietnamese
//! syllables. A hint (the font's name) is believed only when the result reads as Vietnamese.

mod encoding;
mod mend;
mod syllable;
mod tcvn3;
mod vni;

pub(crate) use encoding::OldFont;
pub use encoding::{Encoding, Hint};
pub(crate) use mend::needs_no_mending;
pub use mend::{Mender, Repair, Repairs};

use crate::DocumentProblem;
use encoding::Candidate;

/// Least share of marked words that must be possible syllables before a guess is believed.
const LEAST_SHARE: f64 = 0.8;

/// Least lead in score of the best candidate over the next with another text.
const LEAST_LEAD: f64 = 0.1;

/// How much of a long text is enough to decide its encoding, in bytes.
pub(crate) const SAMPLE: usize = 128 * 1024;

/// A text and how it was come by.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The text: composed (NFC), without byte-order mark.
    pub text: String,
    /// The encoding of the bytes.
    pub encoding: Encoding,
    /// How sure the encoding is, in percent: 100 where the bytes themselves say it, else the share
    /// of marked words that can be Vietnamese.
    pub percent: u8,
    /// What was changed besides the encoding.
    pub repairs: Vec<Repair>,
}

/// The encoding of some bytes, from a sample of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Detected {
    pub(crate) encoding: Encoding,
    /// Bytes of a byte-order mark to skip.
    pub(crate) mark: usize,
    pub(crate) percent: u8,
}

/// Decodes a text. `hint` is what the surroundings tell (a font's name); without one the encoding
/// is detected.
///
/// # Errors
/// [`DocumentProblem::Empty`], [`DocumentProblem::Damaged`] for binary content,
/// [`DocumentProblem::EncodingUnknown`] where no encoding makes Vietnamese of it, and
/// [`DocumentProblem::LettersLost`] for text reduced to question marks.
pub fn decode(bytes: &[u8], hint: Option<Hint>) -> Result<Decoded, DocumentProblem> {
    let detected = detect(bytes, hint, true)?;
    let body = bytes.get(detected.mark..).unwrap_or_default();
    let raw = detected
        .encoding
        .text_of(body)
        .ok_or(DocumentProblem::EncodingUnknown { best: detected.encoding.name(), percent: 0 })?;
    let mut repairs = Repairs::default();
    let text = mended(&raw, &mut repairs)?;
    Ok(Decoded { text, encoding: detected.encoding, percent: detected.percent, repairs: repairs.list() })
}

/// A text that is Unicode already, mended line by line; refused where its letters were lost.
pub(crate) fn mended(raw: &str, repairs: &mut Repairs) -> Result<String, DocumentProblem> {
    let mender = Mender::for_pieces(raw.lines());
    let mut text = mender.mend_lines(raw, repairs);
    if mender.old_font() == Some(Encoding::Tcvn3) {
        // Line by line the capitals of the second font could not be told by the lines beside.
        text = encoding::with_font_capitals(&text);
    }
    refuse_lost_letters(&text)?;
    Ok(text)
}

/// Finds the encoding of bytes; `whole` is false where they are the beginning of something longer,
/// so that a letter cut at the end is no error.
pub(crate) fn detect(bytes: &[u8], hint: Option<Hint>, whole: bool) -> Result<Detected, DocumentProblem> {
    let certain = |encoding, mark| Ok(Detected { encoding, mark, percent: 100 });
    match bytes {
        [] => return Err(DocumentProblem::Empty),
        [0xef, 0xbb, 0xbf, ..] => return certain(Encoding::Utf8, 3),
        [0xff, 0xfe, ..] => return certain(Encoding::Utf16Le, 2),
        [0xfe, 0xff, ..] => return certain(Encoding::Utf16Be, 2),
        _ => {}
    }
    if bytes.contains(&0) {
        return match encoding::utf16_without_mark(bytes) {
            Some(encoding) => Ok(Detected { encoding, mark: 0, percent: 95 }),
            None => Err(DocumentProblem::Damaged { cause: "zero bytes in a text".to_owned() }),
        };
    }
    let utf8 = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => !whole && error.error_len().is_none(),
    };
    if utf8 {
        return certain(Encoding::Utf8, 0);
    }
    detect_one_byte(bytes, hint)
}

/// Chooses among the encodings of one byte a letter.
fn detect_one_byte(bytes: &[u8], hint: Option<Hint>) -> Result<Detected, DocumentProblem> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let hinted = hint.map(|hint| hint.encoding);
    let mut candidates = encoding::ONE_BYTE.map(|encoding| Candidate::of(sample, encoding));
    candidates.sort_by(|a, b| b.score().total_cmp(&a.score()));
    let trusted =
        candidates.iter().find(|candidate| Some(candidate.encoding) == hinted && candidate.share() >= LEAST_SHARE);
    let Some(best) = trusted.or(candidates.first()) else {
        return Err(DocumentProblem::Empty);
    };
    let rival = candidates.iter().find(|other| other.text != best.text);
    let leads = trusted.is_some() || rival.is_none_or(|rival| best.score() - rival.score() >= LEAST_LEAD);
    if best.share() < LEAST_SHARE || !leads {
        return Err(DocumentProblem::EncodingUnknown { best: best.encoding.name(), percent: best.percent() });
    }
    Ok(Detected { encoding: best.encoding, mark: 0, percent: best.percent() })
}

/// Refuses a text whose letters were replaced by question marks before it arrived: three words or
/// a tenth of them. Single ones are left to the cell in which they stand.
pub(crate) fn refuse_lost_letters(text: &str) -> Result<(), DocumentProblem> {
    let mut words = 0;
    let mut damaged = 0;
    let mut example = String::new();
    let cut = |shown: char| shown.is_whitespace() || matches!(shown, ',' | ';' | '|' | '"' | '(' | ')');
    for word in text.split(cut).filter(|word| word.contains(char::is_alphabetic) || has_lost_letter(word)) {
        words += 1;
        if has_lost_letter(word) {
            damaged += 1;
            if example.is_empty() {
                example = word.chars().take(40).collect();
            }
        }
    }
    if damaged >= 3 || (damaged > 0 && damaged * 10 >= words) {
        return Err(DocumentProblem::LettersLost { damaged, words, example });
    }
    Ok(())
}

/// Whether a word holds a question mark, or a replacement character, where a letter belongs. An
/// address (`…?id=`) does not.
pub(crate) fn has_lost_letter(word: &str) -> bool {
    if word.contains(char::REPLACEMENT_CHARACTER) {
        return true;
    }
    let bytes = word.as_bytes();
    bytes.contains(&b'?')
        && !word.contains("://")
        && !word.contains('=')
        && word.split('?').skip(1).any(|after| after.starts_with(char::is_alphabetic))
}

/// Punctuation of Windows between 80 and 9F, alike in all its code pages.
fn windows_punctuation(byte: u8) -> Option<char> {
    Some(match byte {
        0x80 => '€',
        0x85 => '…',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x95 => '•',
        0x96 => '–',
        0x97 => '—',
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
