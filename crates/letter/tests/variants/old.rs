//! Encoders of the old encodings, written from their published tables and not from the decoder.

use unicode_normalization::UnicodeNormalization;

const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// TCVN3: the vowel without tone and its bytes for huyền, hỏi, ngã, sắc, nặng.
const TCVN3: [(char, [u8; 5]); 12] = [
    ('a', [0xb5, 0xb6, 0xb7, 0xb8, 0xb9]),
    ('ă', [0xbb, 0xbc, 0xbd, 0xbe, 0xc6]),
    ('â', [0xc7, 0xc8, 0xc9, 0xca, 0xcb]),
    ('e', [0xcc, 0xce, 0xcf, 0xd0, 0xd1]),
    ('ê', [0xd2, 0xd3, 0xd4, 0xd5, 0xd6]),
    ('i', [0xd7, 0xd8, 0xdc, 0xdd, 0xde]),
    ('o', [0xdf, 0xe1, 0xe2, 0xe3, 0xe4]),
    ('ô', [0xe5, 0xe6, 0xe7, 0xe8, 0xe9]),
    ('ơ', [0xea, 0xeb, 0xec, 0xed, 0xee]),
    ('u', [0xef, 0xf1, 0xf2, 0xf3, 0xf4]),
    ('ư', [0xf5, 0xf6, 0xf7, 0xf8, 0xf9]),
    ('y', [0xfa, 0xfb, 0xfc, 0xfd, 0xfe]),
];

/// TCVN3 letters without tone.
const PLAIN: [(char, u8); 14] = [
    ('Ă', 0xa1),
    ('Â', 0xa2),
    ('Ê', 0xa3),
    ('Ô', 0xa4),
    ('Ơ', 0xa5),
    ('Ư', 0xa6),
    ('Đ', 0xa7),
    ('ă', 0xa8),
    ('â', 0xa9),
    ('ê', 0xaa),
    ('ô', 0xab),
    ('ơ', 0xac),
    ('ư', 0xad),
    ('đ', 0xae),
];

/// What every code page of Windows has between 80 and 9F, as office papers use it.
fn punctuation(letter: char) -> Option<u8> {
    Some(match letter {
        '“' => 0x93,
        '”' => 0x94,
        '‘' => 0x91,
        '’' => 0x92,
        '–' => 0x96,
        '—' => 0x97,
        '…' => 0x85,
        _ => return None,
    })
}

/// A letter without its tone, hats and horns kept, and the tone.
fn split(letter: char) -> (char, Option<char>) {
    let parts: Vec<char> = letter.nfd().collect();
    let tone = parts.iter().copied().find(|part| TONES.contains(part));
    let base: String = parts.into_iter().filter(|part| !TONES.contains(part)).nfc().collect();
    (base.chars().next().unwrap_or(letter), tone)
}

/// How capitals with a tone, which TCVN3 lacks, were typed.
#[derive(Clone, Copy, PartialEq)]
pub enum Capitals {
    /// The capital and a tone of its own after it.
    Combined,
    /// Whole words in capitals in the second font, whose codes are small; others as `Combined`.
    SecondFont,
}

/// A text with signs that the old encodings lack left out, as whoever typed it had to.
fn typeable(text: &str) -> String {
    text.nfc().filter(|letter| *letter != '✓').collect()
}

/// The bytes of TCVN3.
pub fn tcvn3(text: &str, capitals: Capitals) -> Vec<u8> {
    let mut bytes = Vec::new();
    let text = typeable(text);
    for word in text.split_inclusive(|letter: char| !letter.is_alphabetic()) {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        let capital = letters > 1 && !word.chars().any(char::is_lowercase);
        for letter in word.chars() {
            let (base, tone) = split(letter);
            let small = base.to_lowercase().next().unwrap_or(base);
            let toned = tone.and_then(|tone| TONES.iter().position(|known| *known == tone));
            let code = |at: usize| TCVN3.iter().find(|(known, _)| *known == small).map(|(_, codes)| codes[at]);
            match toned {
                Some(at) if base == small || (capital && capitals == Capitals::SecondFont) => {
                    bytes.push(code(at).expect("a vowel"));
                }
                Some(at) => {
                    bytes.push(plain(base));
                    bytes.push(0xb0 + u8::try_from(at).expect("five tones"));
                }
                None => bytes.push(plain(letter)),
            }
        }
    }
    bytes
}

fn plain(letter: char) -> u8 {
    let known = PLAIN.iter().find(|(known, _)| *known == letter).map(|(_, byte)| *byte);
    known.or_else(|| punctuation(letter)).or_else(|| u8::try_from(u32::from(letter)).ok()).expect("a letter of TCVN3")
}

/// VNI: the byte after a vowel for hat or breve with its tone.
const VNI: [(&str, u8); 17] = [
    ("\u{301}", 0xf9),
    ("\u{300}", 0xf8),
    ("\u{309}", 0xfb),
    ("\u{303}", 0xf5),
    ("\u{323}", 0xef),
    ("\u{302}", 0xe2),
    ("\u{302}\u{301}", 0xe1),
    ("\u{302}\u{300}", 0xe0),
    ("\u{302}\u{309}", 0xe5),
    ("\u{302}\u{303}", 0xe3),
    ("\u{302}\u{323}", 0xe4),
    ("\u{306}", 0xea),
    ("\u{306}\u{301}", 0xe9),
    ("\u{306}\u{300}", 0xe8),
    ("\u{306}\u{309}", 0xfa),
    ("\u{306}\u{303}", 0xfc),
    ("\u{306}\u{323}", 0xeb),
];

/// VNI letters of one byte, small; capitals stand 0x20 below.
const SINGLE: [(char, u8); 9] = [
    ('đ', 0xf1),
    ('ơ', 0xf4),
    ('ư', 0xf6),
    ('í', 0xed),
    ('ì', 0xec),
    ('ỉ', 0xe6),
    ('ĩ', 0xf3),
    ('ị', 0xf2),
    ('ỵ', 0xee),
];

/// The bytes of VNI-Windows.
pub fn vni(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for letter in typeable(text).chars() {
        let small = letter.to_lowercase().next().unwrap_or(letter);
        let down = if small == letter { 0 } else { 0x20 };
        if let Some((_, byte)) = SINGLE.iter().find(|(known, _)| *known == small) {
            bytes.push(byte - down);
            continue;
        }
        let (base, tone) = split(small);
        let horned = SINGLE.iter().find(|(known, _)| *known == base).map(|(_, byte)| byte - down);
        let (first, marks): (u8, String) = match horned {
            Some(byte) => (byte, tone.into_iter().collect()),
            None => {
                let mut parts = base.nfd();
                let first = parts.next().expect("a letter");
                let byte = punctuation(first).or_else(|| u8::try_from(u32::from(first)).ok()).expect("a letter of VNI");
                let byte = if down > 0 && byte.is_ascii_lowercase() { byte.to_ascii_uppercase() } else { byte };
                // A hat before a tone: «ấ» is hat, then tone.
                (byte, parts.chain(tone).collect())
            }
        };
        bytes.push(first);
        if !marks.is_empty() {
            let (_, byte) = VNI.iter().find(|(known, _)| *known == marks).expect("marks of VNI");
            bytes.push(byte - down);
        }
    }
    bytes
}

/// What a program shows that takes the bytes for western European ones.
pub fn mistaken(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-16 with its mark.
pub fn utf16(text: &str, little: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(|unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

/// Code page 1258: the tone follows its letter.
pub fn cp1258(text: &str) -> Vec<u8> {
    let apart: String = text
        .nfc()
        .flat_map(|letter| {
            let (base, tone) = split(letter);
            std::iter::once(base).chain(tone)
        })
        .collect();
    encoding_rs::WINDOWS_1258.encode(&apart).0.into_owned()
}
