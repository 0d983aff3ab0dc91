//! Whether a PDF carries a digital signature, and whose name the signature gives. Nothing is checked: neither the
//! certificate nor whether the file was changed afterwards. A signature's dictionary cannot lie in a compressed stream,
//! because it names places of the file itself; so looking at the bytes is enough.

/// What shows of the signatures of a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct PdfSignatures {
    /// How many signatures there are.
    pub count: usize,
    /// The names they give, where they give any, without repetition.
    pub names: Vec<String>,
}

/// How far from its «/ByteRange» the rest of a dictionary is looked for, beside the signature's own bytes.
const NEAR: usize = 4_000;

/// Looks for signatures.
pub fn pdf_signatures(bytes: &[u8]) -> PdfSignatures {
    let mut found = PdfSignatures::default();
    let mut at = 0;
    while let Some(place) = find(bytes, b"/ByteRange", at) {
        at = place + 1;
        let Some(dictionary) = dictionary(bytes, place) else { continue };
        if !has_pair(dictionary, b"/Type", b"/Sig") && !has_name(dictionary, b"/Contents") {
            continue;
        }
        found.count += 1;
        if let Some(name) = name_of(dictionary).filter(|name| !found.names.contains(name)) {
            found.names.push(name);
        }
    }
    found
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(wanted.len()).position(|window| window == wanted).map(|place| from + place)
}

/// The object around a place: from «obj» before it to «endobj» behind it.
fn dictionary(bytes: &[u8], place: usize) -> Option<&[u8]> {
    // The signature itself, hexadecimal, may stand before or behind: 64 KB of it at most.
    let from = place.saturating_sub(NEAR + (64 << 10));
    let before = bytes.get(from..place)?;
    let start = before.windows(4).rposition(|window| window == b" obj").map_or(from, |at| from + at);
    let until = (place + NEAR + (64 << 10)).min(bytes.len());
    let behind = bytes.get(place..until)?;
    let end = behind.windows(6).position(|window| window == b"endobj").map_or(until, |at| place + at);
    bytes.get(start..end)
}

fn has_name(dictionary: &[u8], key: &[u8]) -> bool {
    find(dictionary, key, 0).is_some()
}

/// «/Type /Sig» with or without blanks; «/SigRef» is another word.
fn has_pair(dictionary: &[u8], key: &[u8], value: &[u8]) -> bool {
    let mut at = 0;
    while let Some(place) = find(dictionary, key, at) {
        at = place + key.len();
        let rest = dictionary.get(at..).unwrap_or_default();
        let rest = &rest[rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()..];
        let after = rest.get(value.len());
        if rest.starts_with(value) && !after.is_some_and(u8::is_ascii_alphanumeric) {
            return true;
        }
    }
    false
}

/// «/Name (…)» or «/Name <…>»: in UTF-16 with its mark, UTF-8, or one byte a letter.
fn name_of(dictionary: &[u8]) -> Option<String> {
    let mut at = 0;
    loop {
        let place = find(dictionary, b"/Name", at)? + b"/Name".len();
        at = place;
        let rest = dictionary.get(place..)?;
        let rest = &rest[rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()..];
        let raw = match rest.first() {
            Some(b'(') => literal(&rest[1..]),
            Some(b'<') if rest.get(1) != Some(&b'<') => hexadecimal(&rest[1..]),
            _ => continue,
        };
        let text = text_of(&raw);
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(120).collect();
        return (!text.is_empty()).then_some(text);
    }
}

fn literal(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut depth, mut at) = (Vec::new(), 0_usize, 0);
    while let Some(byte) = bytes.get(at).copied().filter(|_| out.len() < 600) {
        match byte {
            b'\\' => {
                at += 1;
                match bytes.get(at) {
                    Some(b'n') => out.push(b'\n'),
                    Some(b'r') => out.push(b'\r'),
                    Some(b't') => out.push(b'\t'),
                    Some(digit @ b'0'..=b'7') => {
                        let mut value = u16::from(digit - b'0');
                        while let Some(next @ b'0'..=b'7') = bytes.get(at + 1).filter(|_| value < 0o40) {
                            value = value * 8 + u16::from(next - b'0');
                            at += 1;
                        }
                        out.push(value.to_le_bytes()[0]);
                    }
                    Some(other) => out.push(*other),
                    None => break,
                }
            }
            b')' if depth == 0 => break,
            b')' => {
                depth -= 1;
                out.push(byte);
            }
            b'(' => {
                depth += 1;
                out.push(byte);
            }
            _ => out.push(byte),
        }
        at += 1;
    }
    out
}

fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    let digits = bytes.iter().take(1_200).take_while(|byte| **byte != b'>');
    let digits: Vec<u8> =
        digits.filter_map(|byte| char::from(*byte).to_digit(16)).filter_map(|digit| u8::try_from(digit).ok()).collect();
    digits.chunks(2).map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or_default()).collect()
}

fn text_of(raw: &[u8]) -> String {
    match raw {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|sign| sign.unwrap_or('\u{fffd}')).filter(|sign| !sign.is_control()).collect()
        }
        raw => {
            let raw = raw.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(raw);
            let text = String::from_utf8(raw.to_vec());
            let text = text.unwrap_or_else(|_| raw.iter().map(|byte| char::from(*byte)).collect());
            text.chars().filter(|sign| !sign.is_control()).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Issue 4, build 6: presence is said, validity never.
    #[test]
    fn a_signature_is_seen_with_its_name() {
        let utf16: String = "Lê Văn Đước".encode_utf16().map(|unit| format!("{unit:04X}")).collect();
        let pdf = format!(
            "%PDF-1.7\n7 0 obj <</Type/Sig/Filter/Adobe.PPKLite/Name <FEFF{utf16}>/ByteRange [0 10 20 30]/Contents <00>>> endobj"
        );
        let seen = pdf_signatures(pdf.as_bytes());
        assert_eq!((seen.count, seen.names), (1, vec!["Lê Văn Đước".to_owned()]));
        let literal =
            "%PDF-1.4\n1 0 obj << /ByteRange[0 1 2 3] /Type /Sig /Name (Nguy\\(A\\) B) /Contents <0a> >> endobj";
        assert_eq!(pdf_signatures(literal.as_bytes()).names, ["Nguy(A) B"]);
        let two = format!("{pdf}\n{literal}");
        assert_eq!(pdf_signatures(two.as_bytes()).count, 2);
    }

    #[test]
    fn words_about_signatures_are_none() {
        for none in ["%PDF-1.4\n1 0 obj <</Type /Sig>> endobj", "%PDF-1.4 /ByteRange", "", "%PDF-1.4\nchữ ký số"] {
            assert_eq!(pdf_signatures(none.as_bytes()), PdfSignatures::default(), "{none}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in 0_usize..140) {
            let _ = pdf_signatures(&bytes);
            let pdf = b"%PDF-1.4\n1 0 obj << /ByteRange[0 1 2 3] /Type /Sig /Name (\\777\\(A B) /Contents <0a> >> endobj";
            let mut torn = pdf[..cut.min(pdf.len())].to_vec();
            torn.extend_from_slice(&bytes);
            let _ = pdf_signatures(&torn);
        }
    }
}
