//! Shortcomings that a letter names, found in its text: what stands under a heading such as «Tồn tại, hạn chế» (DT16). A
//! proposal, word for word, each with its place; a person chooses which become rows of the register.
//!
//! Pure. Nothing is understood beyond headings and where a section ends: a letter that tells its shortcomings in running
//! words without such a heading gives none.

use letter::Place;
use place::text::ascii_fold;

/// A shortcoming as the letter has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortcoming {
    /// Its words, without the sign that begins the line.
    pub text: String,
    /// Where they stand: bytes of the letter's text.
    pub place: Place,
}

/// What a heading of shortcomings is called, without accents.
const NAMES: [&str; 9] = [
    "ton tai",
    "han che",
    "khuyet diem",
    "thieu sot",
    "bat cap",
    "nhung ton tai",
    "mot so ton tai",
    "mot so han che",
    "yeu kem",
];
/// Words that make a heading one of remedies, causes or work, though it names shortcomings.
const OTHERS: [&str; 9] =
    ["khac phuc", "bien phap", "giai phap", "nhiem vu", "nguyen nhan", "phuong huong", "yeu cau", "xu ly", "de nghi"];
/// A longer line is a sentence and no heading.
const LONGEST_HEADING: usize = 110;
/// What a letter may name at most: more is a text that only looks so.
const MOST: usize = 60;
/// Letters of a shortcoming at least: what is shorter is a number or a rest of the page.
const SHORTEST: usize = 12;

/// How a line is marked: its level in an outline, the less the higher. None of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Roman,
    Arabic(usize),
    Letter,
    Dash,
    Plus,
}

/// The mark of a line, with what stands behind it.
fn marked(line: &str) -> (Option<Mark>, &str) {
    let line = line.trim_start_matches(['*', ' ']);
    for (sign, mark) in [('-', Mark::Dash), ('–', Mark::Dash), ('•', Mark::Dash), ('+', Mark::Plus)] {
        if let Some(rest) = line.strip_prefix(sign) {
            return (Some(mark), rest.trim_start());
        }
    }
    let end = line.find([' ', '\u{a0}']).unwrap_or(line.len());
    let (first, rest) = line.split_at(end);
    let Some(number) = first.strip_suffix(['.', ')', ',']).or_else(|| first.contains('.').then_some(first)) else {
        return (None, line);
    };
    let parts: Vec<&str> = number.split('.').filter(|part| !part.is_empty()).collect();
    let all = |what: fn(char) -> bool| !parts.is_empty() && parts.iter().all(|part| part.chars().all(what));
    let mark = if all(|sign| sign.is_ascii_digit()) && parts.iter().all(|part| part.len() <= 2) {
        Some(Mark::Arabic(parts.len()))
    } else if parts.len() == 1 && all(|sign| matches!(sign, 'I' | 'V' | 'X')) {
        Some(Mark::Roman)
    } else if parts.len() == 1 && number.chars().count() == 1 && all(char::is_lowercase) {
        Some(Mark::Letter)
    } else {
        None
    };
    (mark, if mark.is_some() { rest.trim_start() } else { line })
}

/// As it is compared: without accents, in small letters.
fn plain(text: &str) -> String {
    ascii_fold(text).to_lowercase()
}

/// Whether a line is the heading of a section of shortcomings; what may follow its colon is no part of it.
fn opens(line: &str) -> bool {
    let (mark, words) = marked(line);
    let head = words.split(':').next().unwrap_or(words).trim_end_matches(['.', '*', ';', ' ']);
    if head.chars().count() > LONGEST_HEADING {
        return false;
    }
    let folded = plain(head);
    let upper = head.chars().any(char::is_alphabetic) && !head.chars().any(char::is_lowercase);
    // «Về tồn tại, hạn chế», «Những tồn tại …»: it begins with the word, and stands as a heading does.
    let begins = folded.trim_start_matches("ve ").trim_start_matches("nhung ").trim_start_matches("mot so ");
    let named = NAMES.iter().any(|name| begins.starts_with(name));
    let stands = mark.is_some_and(|mark| mark < Mark::Dash) || upper || words.contains(':');
    named && stands && !OTHERS.iter().any(|other| folded.contains(other))
}

/// What the text names as shortcomings.
pub fn shortcomings(text: &str) -> Vec<Shortcoming> {
    let mut found: Vec<Shortcoming> = Vec::new();
    // The mark of the heading that is open; a heading without one ends with the next heading of any kind.
    let mut open: Option<Option<Mark>> = None;
    let mut goes_on = false;
    let mut at = 0;
    for whole in text.split_inclusive('\n') {
        let (begins, line) = (at, whole.trim());
        at += whole.len();
        if line.is_empty() {
            goes_on = false;
            continue;
        }
        if opens(line) {
            open = Some(marked(line).0);
            goes_on = false;
            // «Tồn tại, hạn chế: thiếu bình dự phòng.» says it on the same line.
            if let Some((_, rest)) = line.split_once(':').filter(|(_, rest)| rest.trim().chars().count() >= SHORTEST) {
                push(&mut found, text, begins, rest.trim());
                goes_on = true;
            }
            continue;
        }
        let Some(heading) = open else { continue };
        let (mark, words) = marked(line);
        if closes(heading, mark, line) {
            open = None;
            continue;
        }
        if goes_on && mark.is_none() && !begins_a_sentence(found.last(), words) {
            if let Some(last) = found.last_mut() {
                last.text = format!("{} {words}", last.text);
                last.place.end = begins + whole.trim_end().len();
            }
            continue;
        }
        goes_on = push(&mut found, text, begins, words);
    }
    found.truncate(MOST);
    found
}

/// Whether a line begins something new: what stood before it ended its sentence.
fn begins_a_sentence(last: Option<&Shortcoming>, words: &str) -> bool {
    let ended = last.is_none_or(|last| last.text.trim_end().ends_with(['.', ';', ':']));
    ended && words.starts_with(char::is_uppercase)
}

/// Whether a line ends the section under a heading: the next heading of its level or a higher one, the end of a letter.
fn closes(heading: Option<Mark>, mark: Option<Mark>, line: &str) -> bool {
    let folded = plain(line);
    let ends = ["noi nhan", "kinh gui", "tren day la", "dieu "].iter().any(|end| folded.starts_with(end));
    let upper = line.chars().filter(|sign| sign.is_alphabetic()).count() > 8 && !line.chars().any(char::is_lowercase);
    let higher = match (heading, mark) {
        (Some(heading), Some(mark)) => mark < Mark::Dash && mark <= heading,
        (None, Some(mark)) => mark <= Mark::Arabic(1),
        (_, None) => false,
    };
    // «Nguyên nhân», «Biện pháp khắc phục» under the same heading speak of something else.
    let bare = marked(line).1;
    let other = bare.chars().count() <= LONGEST_HEADING
        && OTHERS.iter().any(|other| plain(bare).trim_start_matches("ve ").starts_with(other))
        && (bare.trim_end().ends_with(':') || mark.is_some_and(|mark| mark < Mark::Dash));
    ends || upper || higher || other
}

/// Adds a shortcoming; whether it was long enough to be one.
fn push(found: &mut Vec<Shortcoming>, text: &str, from: usize, words: &str) -> bool {
    let said = words.trim().trim_end_matches([';', ',', '.', '/']).trim();
    if said.chars().count() < SHORTEST {
        return false;
    }
    let Some(start) = text.get(from..).and_then(|rest| rest.find(said)).map(|start| from + start) else { return false };
    // Kept with its end, so that a line that goes on knows whether a sentence was closed.
    found.push(Shortcoming { text: words.trim().to_owned(), place: Place { start, end: start + said.len() } });
    true
}

/// The shortcomings of a text as a person lists them, one a line.
pub fn as_lines(found: &[Shortcoming]) -> String {
    let bare = |one: &Shortcoming| one.text.trim_end_matches([';', ',', '.', '/', ' ']).to_owned();
    found.iter().map(bare).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "I. KẾT QUẢ\n1. Đã lắp 12 bồn oxy.\nII. TỒN TẠI, HẠN CHẾ\n1. Một số cơ sở chưa có bình oxy dự\nphòng tại \
        khoa cấp cứu;\n2. Sổ theo dõi oxy ghi chưa đầy đủ.\n- Trạm Lá Dừa chưa kiểm định 14 chai.\nIII. NGUYÊN NHÂN\n1. Thiếu \
        người phụ trách thiết bị.\nNơi nhận:\n- Như trên.\n";

    fn texts(text: &str) -> Vec<String> {
        as_lines(&shortcomings(text)).lines().map(str::to_owned).collect()
    }

    #[test]
    fn what_stands_under_the_heading_is_proposed_word_for_word() {
        let wanted = [
            "Một số cơ sở chưa có bình oxy dự phòng tại khoa cấp cứu",
            "Sổ theo dõi oxy ghi chưa đầy đủ",
            "Trạm Lá Dừa chưa kiểm định 14 chai",
        ];
        assert_eq!(texts(TEXT), wanted);
        for one in shortcomings(TEXT) {
            let said = &TEXT[one.place.start..one.place.end];
            assert!(one.text.starts_with(said.lines().next().unwrap().trim_end_matches(['.', ';'])), "{said}");
        }
    }

    #[test]
    fn headings_of_other_shapes_open_and_close_too() {
        let inline =
            "2.1. Hạn chế: hệ thống khí y tế xuống cấp, chưa được bảo trì.\n2.2. Nguyên nhân: thiếu kinh phí bảo trì.";
        assert_eq!(texts(inline), ["hệ thống khí y tế xuống cấp, chưa được bảo trì"]);
        let plain =
            "Một số tồn tại, hạn chế:\n- Báo cáo oxy hằng ngày gửi muộn.\n1. Yêu cầu các đơn vị gửi trước 17 giờ.";
        assert_eq!(texts(plain), ["Báo cáo oxy hằng ngày gửi muộn"]);
        let under =
            "b) Tồn tại\n- Chưa tập huấn đủ nhân lực hồi sức.\nBiện pháp khắc phục:\n- Tập huấn trong tháng 12.";
        assert_eq!(texts(under), ["Chưa tập huấn đủ nhân lực hồi sức"]);
    }

    #[test]
    fn without_such_a_heading_nothing_is_proposed() {
        for text in [
            "",
            "Khắc phục ngay tồn tại, hạn chế trong công tác phòng, chống dịch:\n- Rà soát nhân lực tại các trạm y tế.",
            "1. Các đơn vị khẩn trương khắc phục những tồn tại, hạn chế đã được chỉ ra.\n- Báo cáo trước ngày 15/9.",
            "Tồn tại nhiều cách hiểu về việc này trong các đơn vị\n- Cần thống nhất cách tính.",
        ] {
            assert_eq!(texts(text), Vec::<String>::new(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_place_holds_what_is_told(text in "(TỒN TẠI|1\\. Hạn chế:|- |a\\) |II\\. |[a-zđếộ ,.;]{0,40}|\n){0,30}") {
            for one in shortcomings(&text) {
                let said = text.get(one.place.start..one.place.end);
                prop_assert!(said.is_some_and(|said| !said.is_empty()));
            }
        }
    }
}
