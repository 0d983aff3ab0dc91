use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

/// Sentences as the letters and sheets of a province hold them.
const SENTENCES: [&str; 6] = [
    "Sở Y tế yêu cầu Giám đốc các đơn vị khẩn trương rà soát hệ thống oxy y tế, báo cáo trước ngày 15/9/2021.",
    "Bệnh viện Đa khoa tỉnh Kiên Giang còn 310 kg oxy lỏng, đủ dùng khoảng 2 giờ 10 phút.",
    "Trung tâm Y tế huyện Phú Quốc đề nghị cung ứng 40 chai loại 40 lít, vỏ chai trả lại sau một ngày.",
    "Ủy ban nhân dân xã chỉ đạo trạm y tế lưu động theo dõi người bệnh tại nhà.",
    "Mỗi cơ sở phân công một cán bộ chuyên trách theo dõi tình hình sử dụng, dự báo nhu cầu.",
    "Chiết nạp bị gián đoạn vì nghẽn phà; đã gọi nhà cung ứng thứ hai.",
];

/// Every letter of the alphabet with every tone, small.
fn alphabet() -> Vec<char> {
    let mut letters: Vec<char> = "aăâbcdđeêghiklmnoôơpqrstuưvxy".chars().collect();
    for vowel in "aăâeêioôơuưy".chars() {
        for tone in ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'] {
            letters.push([vowel, tone].into_iter().nfc().next().unwrap());
        }
    }
    letters
}

/// The bytes of CP1258: hats, breve and horn stay on the letter, tones follow it.
fn cp1258(text: &str) -> Vec<u8> {
    let split: String = text
        .nfc()
        .flat_map(|shown| {
            let (base, tone) = syllable::split_tone(shown);
            std::iter::once(base).chain(tone)
        })
        .collect();
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1258.encode(&split);
    assert!(!unmappable, "{text}");
    bytes.into_owned()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn every_letter_with_every_tone_survives_every_encoding() {
    for small in alphabet() {
        for letter in [small, small.to_uppercase().next().unwrap()] {
            let text = letter.to_string();
            let nfc = |encoding: Encoding, bytes: Vec<u8>| encoding.text_of(&bytes).unwrap().nfc().collect::<String>();
            assert_eq!(nfc(Encoding::Tcvn3, tcvn3::encode(&text).unwrap()), text);
            assert_eq!(nfc(Encoding::Vni, vni::encode(&text).unwrap()), text);
            assert_eq!(nfc(Encoding::Cp1258, cp1258(&text)), text);
            assert_eq!(nfc(Encoding::Utf16Le, utf16(&text, true)), text);
            assert_eq!(nfc(Encoding::Utf16Be, utf16(&text, false)), text);
            assert_eq!(nfc(Encoding::Utf8, text.clone().into_bytes()), text);
        }
    }
}

/// Bytes written down from the published tables, not from this crate's encoders.
#[test]
fn known_bytes_of_the_old_encodings() {
    let tcvn3 = b"B\xd6nh vi\xd6n \xaea khoa t\xd8nh, l\xad\xeeng oxy c\xdfn \xddt, th\xb8ng n\xb5y ng\xad\xeai b\xd6nh n\xc6ng";
    let read = decode(tcvn3, None).unwrap();
    assert_eq!(read.encoding, Encoding::Tcvn3);
    assert_eq!(read.text, "Bệnh viện đa khoa tỉnh, lượng oxy còn ít, tháng này người bệnh nặng");

    let vni = b"Be\xe4nh vie\xe4n \xf1a khoa t\xe6nh, l\xf6\xf4\xefng oxy co\xf8n, ng\xf6\xf4\xf8i be\xe4nh na\xebng";
    let read = decode(vni, None).unwrap();
    assert_eq!(read.encoding, Encoding::Vni);
    assert_eq!(read.text, "Bệnh viện đa khoa tỉnh, lượng oxy còn, người bệnh nặng");
}

#[test]
fn each_sentence_is_recognised_in_each_encoding() {
    for sentence in SENTENCES {
        let cases = [
            (Encoding::Utf8, sentence.as_bytes().to_vec()),
            (Encoding::Utf8, [b"\xef\xbb\xbf", sentence.as_bytes()].concat()),
            (Encoding::Utf8, sentence.nfd().collect::<String>().into_bytes()),
            (Encoding::Utf16Le, [vec![0xff, 0xfe], utf16(sentence, true)].concat()),
            (Encoding::Utf16Be, [vec![0xfe, 0xff], utf16(sentence, false)].concat()),
            (Encoding::Utf16Le, utf16(sentence, true)),
            (Encoding::Tcvn3, tcvn3::encode(sentence).unwrap()),
            (Encoding::Vni, vni::encode(sentence).unwrap()),
            (Encoding::Cp1258, cp1258(sentence)),
        ];
        for (encoding, bytes) in cases {
            let read = decode(&bytes, None).unwrap_or_else(|problem| panic!("{encoding:?} {sentence}: {problem}"));
            assert_eq!((read.encoding, read.text.as_str()), (encoding, sentence));
            assert!(read.percent >= 80);
        }
    }
}

#[test]
fn decomposed_text_is_composed_and_said_so() {
    let read = decode("Phú Quốc".nfd().collect::<String>().as_bytes(), None).unwrap();
    assert_eq!(read.text, "Phú Quốc");
    assert_eq!(read.repairs, [Repair::Composed(1)]);
}

#[test]
fn letters_of_an_old_font_inside_unicode_are_decoded() {
    for (encoding, bytes) in
        [(Encoding::Tcvn3, tcvn3::encode(SENTENCES[1]).unwrap()), (Encoding::Vni, vni::encode(SENTENCES[1]).unwrap())]
    {
        let shown = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0;
        let read = decode(shown.as_bytes(), None).unwrap();
        assert_eq!(read.text, SENTENCES[1]);
        assert!(read.repairs.contains(&Repair::OldFont(encoding, 1)), "{:?}", read.repairs);
    }
}

#[test]
fn capitals_of_the_second_font_are_capitals() {
    // «SỞ Y TẾ TỈNH KIÊN GIANG» set in .VnTimeH: small codes under capital shapes.
    let read = decode(b"S\xeb Y T\xd5 T\xd8NH KI\xaaN GIANG\nB\xd6nh vi\xd6n t\xd8nh", None).unwrap();
    assert_eq!(read.text, "SỞ Y TẾ TỈNH KIÊN GIANG\nBệnh viện tỉnh");
    assert_eq!(decode(b"BV S\xe8 3, B\xd6nh vi\xd6n s\xe8 4", None).unwrap().text, "BV Số 3, Bệnh viện số 4");
}

#[test]
fn eth_and_the_tilde_of_pdf_layers_are_repaired() {
    let read = decode("CỘNG HÕA XÃ HỘI; Ðà Nẵng; VÕ THỊ; phòng\u{200b} trực".as_bytes(), None).unwrap();
    assert_eq!(read.text, "CỘNG HÒA XÃ HỘI; Đà Nẵng; VÕ THỊ; phòng trực");
    assert_eq!(read.repairs, [Repair::EthToStroke(1), Repair::CapitalTilde(1), Repair::InvisibleRemoved(1)]);
}

#[test]
fn text_reduced_to_question_marks_is_refused() {
    let told = decode("B?nh vi?n ?a khoa t?nh Kiên Giang".as_bytes(), None);
    assert!(matches!(told, Err(DocumentProblem::LettersLost { damaged: 4, .. })), "{told:?}");
    assert!(decode("Xe đến lúc mấy giờ? Gọi ai?\nhttp://a.vn/x?id=3".as_bytes(), None).is_ok());
}

#[test]
fn nothing_is_claimed_about_bytes_that_are_not_vietnamese() {
    let told = decode(b"D\xfcsseldorf M\xfcnchen K\xf6ln Gro\xdfstra\xdfe \xc4rzte pr\xfcfen Ger\xe4te", None);
    assert!(matches!(told, Err(DocumentProblem::EncodingUnknown { .. })), "{told:?}");
    assert_eq!(decode(b"", None), Err(DocumentProblem::Empty));
    assert!(matches!(decode(b"PK\x03\x04\0\x01\x02\0\0", None), Err(DocumentProblem::Damaged { .. })));
}

#[test]
fn a_hint_decides_what_is_too_short_to_tell() {
    let bytes = tcvn3::encode("ướt").unwrap();
    assert_eq!(decode(&bytes, Hint::from_font(".VnTime")).unwrap().text, "ướt");
    assert_eq!(Hint::from_font("VNI-Times").unwrap().encoding, Encoding::Vni);
    assert_eq!(Hint::from_font("Times New Roman"), None);
}

proptest! {
    #[test]
    fn never_panics_and_always_composed(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(read) = decode(&bytes, None) {
            prop_assert!(unicode_normalization::is_nfc(&read.text));
        }
        for encoding in encoding::ONE_BYTE {
            prop_assert!(encoding.text_of(&bytes).is_some());
        }
    }

    /// Shuffled words of the sentences: the words decide, not one lucky sentence.
    #[test]
    fn ten_words_are_enough(order in prop::collection::vec(0usize..1000, 10..30)) {
        let words: Vec<&str> = SENTENCES.iter().flat_map(|sentence| sentence.split(' ')).collect();
        let text: String = order.iter().map(|index| words[index % words.len()]).collect::<Vec<_>>().join(" ");
        prop_assume!(text.split(' ').filter(|word| !word.is_ascii()).count() >= 5);
        for bytes in [tcvn3::encode(&text).unwrap(), vni::encode(&text).unwrap(), cp1258(&text)] {
            prop_assert_eq!(&decode(&bytes, None).unwrap().text, &text);
        }
    }
}
