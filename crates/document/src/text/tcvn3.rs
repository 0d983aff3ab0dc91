//! TCVN 5712:1993 VN3, the encoding of the ABC fonts (`.VnTime`): one byte per lower-case letter.
//!
//! Capitals with a tone do not exist in it: a second font (`.VnTimeH`) draws capitals for the
//! lower-case bytes, or a combining tone (B0–B4) follows the capital. Byte 0xAD is the letter ư
//! and not a soft hyphen: nothing may be stripped before decoding.

/// Nothing stands at this byte.
const NONE: char = '\0';

/// Letters of the bytes A0–FF, sixteen a row.
#[rustfmt::skip]
const LETTERS: [char; 96] = [
    ' ', 'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', NONE,
    '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}', 'à', 'ả', 'ã', 'á', 'ạ', NONE, 'ằ', 'ẳ', 'ẵ', 'ắ', NONE,
    NONE, NONE, NONE, NONE, NONE, NONE, 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', NONE, 'ẻ', 'ẽ',
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', NONE, NONE, NONE, 'ĩ', 'í', 'ị', 'ò',
    NONE, 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù',
    NONE, 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', NONE,
];

/// The letter of a byte; `None` where the encoding has none.
fn letter(byte: u8) -> Option<char> {
    match byte {
        0x00..=0x7f => Some(char::from(byte)),
        // Windows punctuation (dashes, quotation marks) stands between these in office files.
        0x80..=0x9f => super::windows_punctuation(byte),
        0xa0..=0xff => LETTERS.get(usize::from(byte - 0xa0)).copied().filter(|found| *found != NONE),
    }
}

/// The text of TCVN3 bytes, combining tones not yet composed. A byte that the encoding lacks
/// becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| letter(*byte).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The bytes of a composed text, for tests; `None` where a letter has no byte.
#[cfg(test)]
pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    use unicode_normalization::UnicodeNormalization;
    let mut bytes = Vec::new();
    for shown in text.nfc() {
        if let Some(byte) = (0..=255).find(|byte| letter(*byte) == Some(shown)) {
            bytes.push(byte);
            continue;
        }
        // A capital with a tone: the bare capital, then the combining tone.
        let (base, tone) = super::syllable::split_tone(shown);
        bytes.push((0..=255).find(|byte| letter(*byte) == Some(base))?);
        bytes.push((0xb0..=0xb4).find(|byte| letter(*byte) == tone)?);
    }
    Some(bytes)
}
