//! The encodings, and candidates among them.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::syllable::{self, Reading};
use super::{tcvn3, vni};

/// An encoding of Vietnamese text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8, with or without its mark; plain ASCII too.
    Utf8,
    /// UTF-16, small end first («Unicode» of old office programs).
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// TCVN 5712 VN3, the ABC fonts (`.VnTime`).
    Tcvn3,
    /// VNI-Windows (`VNI-Times`).
    Vni,
    /// Windows code page 1258.
    Cp1258,
    /// Windows code page 1252, western Europe: holds a few Vietnamese letters (à, ò, ê).
    Cp1252,
}

/// Encodings of one byte a letter, in the order in which equal candidates are preferred.
pub(super) const ONE_BYTE: [Encoding; 4] = [Encoding::Tcvn3, Encoding::Cp1258, Encoding::Vni, Encoding::Cp1252];

impl Encoding {
    /// Its name, as shown to people and in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
            Self::Cp1258 => "Windows-1258",
            Self::Cp1252 => "Windows-1252",
        }
    }

    /// Whether ASCII bytes mean themselves, so that a file may be cut into cells before decoding.
    pub(crate) const fn keeps_ascii(self) -> bool {
        !matches!(self, Self::Utf16Le | Self::Utf16Be)
    }

    /// The text of bytes, not yet composed; `None` for bytes that are no UTF-8. Elsewhere a byte
    /// without meaning becomes U+FFFD.
    pub(crate) fn text_of(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Utf8 => Cow::Borrowed(std::str::from_utf8(bytes).ok()?),
            Self::Utf16Le => UTF_16LE.decode_without_bom_handling(bytes).0,
            Self::Utf16Be => UTF_16BE.decode_without_bom_handling(bytes).0,
            Self::Cp1258 => WINDOWS_1258.decode_without_bom_handling(bytes).0,
            Self::Cp1252 => WINDOWS_1252.decode_without_bom_handling(bytes).0,
            Self::Tcvn3 => Cow::Owned(with_font_capitals(&tcvn3::decode(bytes).nfc().collect::<String>())),
            Self::Vni => Cow::Owned(vni::decode(bytes)),
        })
    }
}

/// What the surroundings of a text tell about its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The encoding to try first.
    pub encoding: Encoding,
}

impl Hint {
    /// What a font's name tells: `.VnTime` and `.VnTimeH` are TCVN3, `VNI-Times` is VNI; other
    /// fonts tell nothing.
    pub fn from_font(name: &str) -> Option<Self> {
        let lower = name.trim().to_ascii_lowercase();
        let encoding = if lower.starts_with(".vn") {
            Encoding::Tcvn3
        } else if lower.starts_with("vni-") || lower.starts_with("vni ") {
            Encoding::Vni
        } else {
            return None;
        };
        Some(Self { encoding })
    }
}

/// The old font in which one cell or run is set: its name decides the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OldFont {
    encoding: Encoding,
    /// `.VnTimeH` and its kin draw every letter as a capital.
    capitals: bool,
}

impl OldFont {
    /// The font of this name, if it is one of an old encoding.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let encoding = Hint::from_font(name)?.encoding;
        Some(Self { encoding, capitals: encoding == Encoding::Tcvn3 && name.trim().ends_with('H') })
    }

    /// The text that this font shows for western letters; `None` where the text is Unicode already
    /// and the font only a leftover.
    pub(crate) fn decode(self, shown: &str, repairs: &mut super::Repairs) -> Option<String> {
        let bytes = super::mend::western_bytes(shown)?;
        let text = self.encoding.text_of(&bytes)?.nfc().collect::<String>();
        if syllable::read(&text).score() < syllable::read(shown).score() {
            return None;
        }
        repairs.count_old_font(self.encoding);
        Some(if self.capitals { text.to_uppercase() } else { text })
    }
}

/// A text as one encoding reads it, and how Vietnamese that is.
pub(super) struct Candidate {
    pub(super) encoding: Encoding,
    pub(super) text: String,
    reading: Reading,
}

impl Candidate {
    pub(super) fn of(sample: &[u8], encoding: Encoding) -> Self {
        let text = encoding.text_of(sample).unwrap_or_default().nfc().collect::<String>();
        let reading = syllable::read(&text);
        Self { encoding, text, reading }
    }

    pub(super) fn share(&self) -> f64 {
        self.reading.share()
    }

    pub(super) fn score(&self) -> f64 {
        self.reading.score()
    }

    pub(super) fn percent(&self) -> u8 {
        (self.share() * 100.0).round() as u8
    }
}

/// UTF-16 without its mark: ASCII letters leave a zero in every second byte, always the same one.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    let sample = bytes.get(..4096).unwrap_or(bytes);
    let pairs = sample.len() / 2;
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    if second * 3 >= pairs && first == 0 && pairs > 0 {
        Some(Encoding::Utf16Le)
    } else if first * 3 >= pairs && second == 0 && pairs > 0 {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Capitals of the font `.VnTimeH`: its toned letters carry the codes of small ones, so «TØNH»
/// decodes to «TỉNH». A word of plain capitals and small toned letters that no hand writes is such a
/// word; a line of plain capitals that holds one is capital throughout, and so is the next such line
/// beside it («Sở Y Tế» under «UBND TỈNH»). «Sở Y Tế» alone stays: nothing tells it from a text in
/// the plain font.
pub(super) fn with_font_capitals(text: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let words = |line: &str| line.split_inclusive(|shown: char| !shown.is_alphabetic()).any(mixes_capitals);
    // No plain small letter: what is small has a tone or a hat.
    let bare = |line: &str| {
        !line.bytes().any(|byte| byte.is_ascii_lowercase()) && line.chars().any(|shown| shown.is_ascii_uppercase())
    };
    let capital = |line: &str| !line.contains(char::is_lowercase) && line.chars().any(is_toned_capital);
    let mut raise: Vec<bool> = lines.iter().map(|line| bare(line) && (words(line) || capital(line))).collect();
    for at in 1..lines.len() {
        raise[at] = raise[at] || (raise[at - 1] && bare(lines[at]));
    }
    for at in (1..lines.len()).rev() {
        raise[at - 1] = raise[at - 1] || (raise[at] && bare(lines[at - 1]));
    }
    let mut raised = String::with_capacity(text.len());
    for (line, raise) in lines.into_iter().zip(raise) {
        if raise {
            raised.push_str(&line.to_uppercase());
        } else {
            for word in line.split_inclusive(|shown: char| !shown.is_alphabetic()) {
                if mixes_capitals(word) { raised.push_str(&word.to_uppercase()) } else { raised.push_str(word) }
            }
        }
    }
    raised
}

/// A capital that TCVN3 has no byte for.
fn is_toned_capital(shown: char) -> bool {
    shown.is_uppercase() && syllable::split_tone(shown).1.is_some()
}

/// Whether a word has plain capitals, no plain small letter, and a small toned one, as no hand mixes
/// them: a capital behind its first letter («TỉNH», «ủY»), which «Sở» and «Tế» have not.
fn mixes_capitals(word: &str) -> bool {
    let later_capital = word.chars().skip(1).any(|shown| shown.is_ascii_uppercase());
    later_capital
        && !word.bytes().any(|byte| byte.is_ascii_lowercase())
        && word.chars().any(|shown| !shown.is_ascii() && shown.is_lowercase())
}
