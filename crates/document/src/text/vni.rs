//! VNI-Windows (`VNI-Times`): a base letter, then one byte that carries hat, horn and tone together.

/// Marks that follow a base letter: byte of the lower-case form, combining marks. The capital's
/// byte is 0x20 below.
#[rustfmt::skip]
const MARKS: [(u8, &str); 17] = [
    (0xf9, "\u{301}"), (0xf8, "\u{300}"), (0xfb, "\u{309}"), (0xf5, "\u{303}"), (0xef, "\u{323}"),
    (0xe2, "\u{302}"), (0xe1, "\u{302}\u{301}"), (0xe0, "\u{302}\u{300}"), (0xe5, "\u{302}\u{309}"),
    (0xe3, "\u{302}\u{303}"), (0xe4, "\u{302}\u{323}"),
    (0xea, "\u{306}"), (0xe9, "\u{306}\u{301}"), (0xe8, "\u{306}\u{300}"), (0xfa, "\u{306}\u{309}"),
    (0xfc, "\u{306}\u{303}"), (0xeb, "\u{306}\u{323}"),
];

/// Letters that stand for themselves: byte of the lower-case form, both cases.
const LETTERS: [(u8, char, char); 9] = [
    (0xf1, 'đ', 'Đ'),
    (0xf4, 'ơ', 'Ơ'),
    (0xf6, 'ư', 'Ư'),
    (0xed, 'í', 'Í'),
    (0xec, 'ì', 'Ì'),
    (0xe6, 'ỉ', 'Ỉ'),
    (0xf3, 'ĩ', 'Ĩ'),
    (0xf2, 'ị', 'Ị'),
    (0xee, 'ỵ', 'Ỵ'),
];

/// The letter that a byte stands for by itself.
fn letter(byte: u8) -> Option<char> {
    LETTERS.iter().find_map(|(code, lower, upper)| match byte {
        byte if byte == *code => Some(*lower),
        byte if byte == *code - 0x20 => Some(*upper),
        _ => None,
    })
}

/// The combining marks of a byte, and whether it may follow this letter. Hats belong to a, e, o;
/// the breve to a; tones to every vowel, horned ones included.
fn marks_after(base: char, byte: u8) -> Option<&'static str> {
    let lower = if byte < 0xe0 { byte + 0x20 } else { byte };
    let marks = MARKS.iter().find(|(code, _)| *code == lower).map(|(_, marks)| *marks)?;
    let fits = match base.to_ascii_lowercase() {
        'a' => true,
        'e' | 'o' => !marks.starts_with('\u{306}'),
        'u' | 'y' | 'ơ' | 'Ơ' | 'ư' | 'Ư' => !marks.starts_with(['\u{302}', '\u{306}']),
        _ => false,
    };
    fits.then_some(marks)
}

/// The text of VNI bytes, marks not yet composed. A byte that means nothing where it stands
/// becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut base = None;
    for byte in bytes.iter().copied() {
        if byte >= 0xc0
            && let Some(marks) = base.and_then(|base| marks_after(base, byte))
        {
            text.push_str(marks);
            base = None;
            continue;
        }
        let shown = match byte {
            0x00..=0x7f => Some(char::from(byte)),
            0x80..=0x9f => super::windows_punctuation(byte),
            0xa0 => Some(' '),
            _ => letter(byte),
        };
        base = shown;
        text.push(shown.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    text
}

/// The bytes of a text, for tests; `None` where a letter has no byte.
#[cfg(test)]
pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    use unicode_normalization::UnicodeNormalization;
    let mut bytes = Vec::new();
    for shown in text.nfc() {
        if shown.is_ascii() {
            bytes.push(shown as u8);
            continue;
        }
        if let Some(byte) = (0xc0..=0xff).find(|byte| letter(*byte) == Some(shown)) {
            bytes.push(byte);
            continue;
        }
        let down = if shown.is_uppercase() { 0x20 } else { 0 };
        // The horned letter is a letter of its own; hats and breve travel with the tone.
        let (bare, tone) = super::syllable::split_tone(shown);
        let (base, marks) = match bare {
            'ơ' | 'Ơ' | 'ư' | 'Ư' => {
                ((0xc0..=0xff).find(|byte| letter(*byte) == Some(bare))?, tone.into_iter().collect())
            }
            bare => {
                let mut parts = std::iter::once(bare).nfd();
                let base = u8::try_from(parts.next()?).ok().filter(u8::is_ascii)?;
                (base, parts.chain(tone).collect::<String>())
            }
        };
        bytes.push(base);
        bytes.push(MARKS.iter().find(|(_, known)| *known == marks)?.0 - down);
    }
    Some(bytes)
}
