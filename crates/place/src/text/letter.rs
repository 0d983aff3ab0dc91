//! One written character taken apart: the letter, its tone, its case.

use unicode_normalization::UnicodeNormalization;

/// The six tones in the order of Vietnamese dictionaries; none is the level tone (ngang).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) enum Tone {
    #[default]
    None,
    Huyen,
    Hoi,
    Nga,
    Sac,
    Nang,
}

impl Tone {
    /// The combining character that writes this tone; nothing for the level tone.
    pub(crate) const fn mark(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::Huyen => Some('\u{300}'),
            Self::Hoi => Some('\u{309}'),
            Self::Nga => Some('\u{303}'),
            Self::Sac => Some('\u{301}'),
            Self::Nang => Some('\u{323}'),
        }
    }

    const fn of_mark(mark: char) -> Option<Self> {
        match mark {
            '\u{300}' => Some(Self::Huyen),
            '\u{309}' => Some(Self::Hoi),
            '\u{303}' => Some(Self::Nga),
            '\u{301}' => Some(Self::Sac),
            '\u{323}' => Some(Self::Nang),
            _ => None,
        }
    }
}

/// A letter without tone and case, and the two apart. Anything that is not a letter stands as itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Letter {
    /// Lower case, with breve, circumflex, horn and stroke, without tone: `ă â đ ê ô ơ ư` are letters.
    pub plain: char,
    pub tone: Tone,
    pub upper: bool,
}

impl Letter {
    /// The letter on a keyboard without Vietnamese: `đ` → `d`, `ơ` → `o`.
    pub(crate) const fn ascii(self) -> char {
        match self.plain {
            'ă' | 'â' => 'a',
            'đ' => 'd',
            'ê' => 'e',
            'ô' | 'ơ' => 'o',
            'ư' => 'u',
            other => other,
        }
    }

    pub(crate) const fn is_vowel(self) -> bool {
        matches!(self.ascii(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    }
}

/// Breve, circumflex and horn make another letter; `None` when the mark makes none with this one.
const fn marked(plain: char, mark: char) -> Option<char> {
    match (plain, mark) {
        ('a', '\u{306}') => Some('ă'),
        ('a', '\u{302}') => Some('â'),
        ('e', '\u{302}') => Some('ê'),
        ('o', '\u{302}') => Some('ô'),
        ('o', '\u{31b}') => Some('ơ'),
        ('u', '\u{31b}') => Some('ư'),
        _ => None,
    }
}

/// Lower case of one character; characters whose lower case is several keep their first.
/// Eth (Ð, U+00D0) and African D (U+0189) stand for Đ in files typed with old keyboards.
fn lower(c: char) -> char {
    match c {
        'Đ' | '\u{d0}' | '\u{f0}' | '\u{189}' => 'đ',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Takes a text apart, whatever its normal form. Marks that Vietnamese does not know are dropped.
pub(crate) fn letters(text: &str) -> Vec<Letter> {
    let mut found: Vec<Letter> = Vec::with_capacity(text.len());
    for c in text.nfd() {
        if unicode_normalization::char::is_combining_mark(c) {
            if let Some(last) = found.last_mut() {
                if let Some(tone) = Tone::of_mark(c) {
                    last.tone = tone;
                } else if let Some(plain) = marked(last.plain, c) {
                    last.plain = plain;
                }
            }
            continue;
        }
        let plain = lower(c);
        found.push(Letter { plain, tone: Tone::None, upper: plain != c && c.is_uppercase() });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_whatever_its_normal_form() {
        for text in ["Ậ", "A\u{302}\u{323}", "A\u{323}\u{302}", "Ạ\u{302}"] {
            assert_eq!(letters(text), [Letter { plain: 'â', tone: Tone::Nang, upper: true }], "{text:?}");
        }
    }

    #[test]
    fn eth_is_read_as_d_with_stroke() {
        assert_eq!(letters("Ð").first().map(|l| (l.plain, l.ascii())), Some(('đ', 'd')));
    }
}
