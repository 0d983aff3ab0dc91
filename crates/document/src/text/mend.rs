//! Repairs of text that is already Unicode: each is counted and said, none is silent.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::encoding::Encoding;
use super::syllable::{self, Reading};
use super::{LEAST_LEAD, LEAST_SHARE};

/// A kind of repair and how many pieces (cells or lines) it touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Letters and marks were separate (NFD, CP1258); now composed (NFC).
    Composed(usize),
    /// Ð (U+00D0, a letter of Icelandic) stood for Đ.
    EthToStroke(usize),
    /// «HÕA» of PDF text layers became «HÒA».
    CapitalTilde(usize),
    /// Letters of an old font kept inside Unicode («BÖnh viÖn») were decoded.
    OldFont(Encoding, usize),
    /// Invisible characters (zero-width space, stray byte-order mark, soft hyphen) were removed.
    InvisibleRemoved(usize),
    /// Might be of an old font, might be right as it stands: left as typed.
    LeftAsTyped(usize),
}

/// Counts of repairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repairs {
    composed: usize,
    eth: usize,
    tilde: usize,
    old_font: Option<(Encoding, usize)>,
    invisible: usize,
    left: usize,
}

impl Repairs {
    /// One more piece decoded from an old font.
    pub(super) fn count_old_font(&mut self, encoding: Encoding) {
        let count = self.old_font.map_or(0, |(_, count)| count);
        self.old_font = Some((encoding, count + 1));
    }

    /// Those that happened.
    pub fn list(&self) -> Vec<Repair> {
        let mut list = Vec::new();
        let mut add = |count: usize, kind: fn(usize) -> Repair| {
            if count > 0 {
                list.push(kind(count));
            }
        };
        add(self.composed, Repair::Composed);
        add(self.eth, Repair::EthToStroke);
        add(self.tilde, Repair::CapitalTilde);
        add(self.invisible, Repair::InvisibleRemoved);
        add(self.left, Repair::LeftAsTyped);
        if let Some((encoding, count)) = self.old_font {
            list.push(Repair::OldFont(encoding, count));
        }
        list
    }
}

/// Mends the pieces (cells or lines) of one document alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mender {
    /// The old font whose letters stand as western European ones.
    font: Option<Encoding>,
    /// Other pieces of the document are proper Vietnamese, so each piece decides for itself.
    mixed: bool,
}

impl Mender {
    /// Looks at the pieces of a document and decides whether an old font was used in it: the
    /// reading of TCVN3 or VNI must be Vietnamese and clearly more so than the text as it stands.
    pub fn for_pieces<'a>(pieces: impl Iterator<Item = &'a str>) -> Self {
        let mut as_is = Reading::default();
        let mut as_font = [(Encoding::Tcvn3, Reading::default()), (Encoding::Vni, Reading::default())];
        let mut mixed = false;
        let mut seen = 0;
        for piece in pieces.filter(|piece| !piece.is_ascii()) {
            seen += piece.len();
            if seen > super::SAMPLE {
                break;
            }
            let Some(bytes) = western_bytes(piece) else {
                mixed = true;
                continue;
            };
            as_is = as_is.plus(syllable::read(piece));
            for (encoding, reading) in &mut as_font {
                *reading = reading.plus(read_as(*encoding, &bytes));
            }
        }
        let best = as_font.into_iter().max_by(|(_, a), (_, b)| a.score().total_cmp(&b.score()));
        let font = best
            .filter(|(_, reading)| reading.share() >= LEAST_SHARE && reading.score() >= as_is.score() + LEAST_LEAD)
            .map(|(encoding, _)| encoding);
        Self { font, mixed }
    }

    /// The old font that was found, if any.
    pub fn old_font(&self) -> Option<Encoding> {
        self.font
    }

    /// One piece mended; borrowed where nothing had to be done.
    pub fn mend<'a>(&self, piece: &'a str, repairs: &mut Repairs) -> Cow<'a, str> {
        if piece.is_ascii() {
            return Cow::Borrowed(piece);
        }
        let converted = self.font.and_then(|font| self.convert(piece, font, repairs));
        let text = converted.map_or(Cow::Borrowed(piece), Cow::Owned);
        let text = without_invisible(text, repairs);
        let text = composed(text, repairs);
        let text = with_stroke(text, repairs);
        with_grave(text, repairs)
    }

    /// A whole text, line by line.
    pub(super) fn mend_lines(&self, text: &str, repairs: &mut Repairs) -> String {
        text.split_inclusive('\n').map(|line| self.mend(line, repairs)).collect()
    }

    /// The piece read through an old font, where that is what it is.
    fn convert(&self, piece: &str, font: Encoding, repairs: &mut Repairs) -> Option<String> {
        let bytes = western_bytes(piece)?;
        let text = font.text_of(&bytes)?.nfc().collect::<String>();
        if self.mixed {
            let (before, after) = (syllable::read(piece), syllable::read(&text));
            if after.score() < before.score() + LEAST_LEAD {
                repairs.left += usize::from(after.share() >= LEAST_SHARE && after.marked > 0);
                return None;
            }
        }
        repairs.count_old_font(font);
        Some(text)
    }
}

/// The bytes of a text in Windows-1252; `None` where it holds a letter that has none there, so it
/// cannot be the work of an old font.
pub(super) fn western_bytes(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}

/// How Vietnamese bytes are in an encoding.
fn read_as(encoding: Encoding, bytes: &[u8]) -> Reading {
    encoding.text_of(bytes).map(|text| syllable::read(&text)).unwrap_or_default()
}

/// Whether a text of no old font would pass every repair unchanged: composed, no eth, nothing
/// invisible, no capital with a tilde.
pub(crate) fn needs_no_mending(text: &str) -> bool {
    !text.contains(|shown| is_invisible(shown) || matches!(shown, 'Ð' | 'ð' | 'Ɖ' | 'Õ'))
        && is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// Characters nobody sees and that break comparisons.
fn is_invisible(shown: char) -> bool {
    matches!(shown, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn without_invisible<'a>(text: Cow<'a, str>, repairs: &mut Repairs) -> Cow<'a, str> {
    if !text.contains(is_invisible) {
        return text;
    }
    repairs.invisible += 1;
    Cow::Owned(text.chars().filter(|shown| !is_invisible(*shown)).collect())
}

fn composed<'a>(text: Cow<'a, str>, repairs: &mut Repairs) -> Cow<'a, str> {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    let normal = text.nfc().collect::<String>();
    if normal == *text {
        return text;
    }
    repairs.composed += 1;
    Cow::Owned(normal)
}

fn with_stroke<'a>(text: Cow<'a, str>, repairs: &mut Repairs) -> Cow<'a, str> {
    if !text.contains(['Ð', 'ð', 'Ɖ']) {
        return text;
    }
    repairs.eth += 1;
    Cow::Owned(text.replace(['Ð', 'Ɖ'], "Đ").replace('ð', "đ"))
}

/// Capital words that exist with ò and not with õ: the text layer of many PDF files confuses the
/// two capitals. Words that exist with both (VÕ, NGÕ, RÕ) are left alone.
const TILDE_FOR_GRAVE: [(&str, &str); 9] = [
    ("HÕA", "HÒA"),
    ("PHÕNG", "PHÒNG"),
    ("TÕA", "TÒA"),
    ("LÕNG", "LÒNG"),
    ("CÕN", "CÒN"),
    ("DÕNG", "DÒNG"),
    ("TRÕN", "TRÒN"),
    ("HÕN", "HÒN"),
    ("ĐÕI", "ĐÒI"),
];

fn with_grave<'a>(text: Cow<'a, str>, repairs: &mut Repairs) -> Cow<'a, str> {
    if !text.contains('Õ') {
        return text;
    }
    let mut mended = String::with_capacity(text.len());
    for part in text.split_inclusive(|shown: char| !shown.is_alphabetic()) {
        let word = part.trim_end_matches(|shown: char| !shown.is_alphabetic());
        match TILDE_FOR_GRAVE.iter().find(|(wrong, _)| *wrong == word) {
            Some((_, right)) => {
                mended.push_str(right);
                mended.push_str(&part[word.len()..]);
            }
            None => mended.push_str(part),
        }
    }
    if mended == *text {
        return text;
    }
    repairs.tilde += 1;
    Cow::Owned(mended)
}
