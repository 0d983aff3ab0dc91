//! Can this word be a Vietnamese syllable? The measure by which encodings are told apart.
//!
//! A syllable is an initial, a vowel group and a final, with one tone; a syllable closed by a stop
//! (p, t, c, ch) carries only sắc or nặng. The wrong encoding breaks one of these almost at once.

use unicode_normalization::UnicodeNormalization;

/// Initial consonants, the empty one included; longest first so that `ngh` is not read as `n`.
const INITIALS: &[&str] = &[
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

/// Final consonants, the empty one included.
const FINALS: &[&str] = &["ch", "ng", "nh", "c", "m", "n", "p", "t", ""];

/// Vowel groups without their tone.
const VOWELS: &[&str] = &[
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia",
    "iê", "iu", "oa", "oă", "oe", "oi", "oo", "ôi", "ôô", "ơi", "ua", "uâ", "uê", "ui", "uô", "uơ", "uy", "ưa", "ưi",
    "ươ", "ưu", "yê", "iêu", "yêu", "oai", "oao", "oay", "oeo", "uao", "uây", "uôi", "uya", "uyê", "uyu", "ươi", "ươu",
    "uau", "ue", "ya", "oau",
];

/// Syllables with a mark that make up a large part of office papers: they weigh more, so that a
/// short text is decided by words that exist and not by shape alone.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "và", "của", "các", "là", "có", "được", "cho", "không", "người", "trong", "bệnh", "viện", "tế", "tỉnh", "huyện",
    "xã", "phường", "số", "ngày", "tháng", "năm", "giờ", "oxy", "bồn", "chai", "bình", "máy", "thở", "điều", "trị",
    "dự", "trữ", "trữ", "cơ", "sở", "đơn", "vị", "tên", "mã", "thời", "điểm", "tổng", "cộng", "đến", "từ", "với",
    "theo", "đã", "đang", "sẽ", "khi", "này", "những", "một", "hai", "bốn", "sáu", "bảy", "tám", "chín", "mười",
    "thành", "phố", "thị", "trấn", "trạm", "tâm", "đa", "khoa", "quận", "sản", "nhi", "cấp", "cứu", "khẩn", "báo",
    "cáo", "kế", "hoạch", "thực", "hiện", "tình", "hình", "sử", "dụng", "nhu", "cầu", "cung", "ứng", "chiết", "nạp",
    "lỏng", "khí", "nén", "nặng", "nhẹ", "tầng", "tuyến", "giường", "đầy", "vơi", "vỏ", "hỏng", "đồng", "hồ", "nguồn",
    "cán", "bộ", "đầu", "mối", "điện", "thoại", "họ", "ghi", "chú", "loại", "hữu", "vận", "chuyển", "phòng", "chống",
    "dịch", "về", "việc", "đề", "nghị", "yêu", "chỉ", "đạo", "ủy", "ban", "nhân", "dân", "chủ", "tịch", "giám", "đốc",
    "nội", "hải", "hòa", "kiên", "nhất", "thứ", "hết", "cần", "tốc", "đường", "lượng", "mức",
];

/// How far a text reads as Vietnamese.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Reading {
    /// Words that hold a letter outside ASCII.
    pub(super) marked: usize,
    /// Of those, words that can be syllables.
    pub(super) possible: usize,
    /// Of those, words that are common.
    pub(super) common: usize,
}

impl Reading {
    /// Share of marked words that can be Vietnamese, 0 to 1; 1 where nothing is marked.
    pub(super) fn share(self) -> f64 {
        if self.marked == 0 { 1.0 } else { self.possible as f64 / self.marked as f64 }
    }

    /// What candidates are ranked by: the share, raised by common words (at most doubled).
    pub(super) fn score(self) -> f64 {
        if self.marked == 0 {
            return 0.0;
        }
        self.share() + self.common as f64 / self.marked as f64
    }

    /// Two readings together.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            marked: self.marked + other.marked,
            possible: self.possible + other.possible,
            common: self.common + other.common,
        }
    }
}

/// Reads the words of a text. Characters that no Vietnamese paper holds count as impossible words.
pub(super) fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    for word in text.split(|shown: char| shown.is_ascii() && !shown.is_ascii_alphabetic()) {
        if word.is_ascii() {
            continue;
        }
        let composed = word.nfc().collect::<String>();
        for part in composed.split(is_separator).filter(|part| !part.is_ascii()) {
            reading.marked += 1;
            let lower = part.to_lowercase();
            if case_is_even(part) && is_syllable(&lower) {
                reading.possible += 1;
                reading.common += usize::from(COMMON.contains(&lower.as_str()));
            }
        }
    }
    reading
}

/// Punctuation and spaces outside ASCII, and the signs of office papers (², ³, °, ≥).
fn is_separator(shown: char) -> bool {
    shown.is_whitespace()
        || matches!(shown, '\u{2000}'..='\u{206f}' | '«' | '»' | '°' | '±' | '²' | '³' | '₂' | '₃' | '×' | '·')
        || matches!(shown, '\u{2190}'..='\u{23ff}' | '\u{2500}'..='\u{27bf}' | '\u{feff}')
}

/// All small, all capitals, or a capital first: a capital in the midst betrays a wrong byte.
fn case_is_even(word: &str) -> bool {
    let mut rest = word.chars();
    rest.next();
    let capitals = rest.clone().filter(|shown| shown.is_uppercase()).count();
    capitals == 0 || (capitals == rest.count() && word.starts_with(char::is_uppercase))
}

/// Whether a lower-case, composed word can be a syllable of Vietnamese.
pub(super) fn is_syllable(lower: &str) -> bool {
    let Some((bare, tone)) = without_tone(lower) else {
        return false;
    };
    INITIALS.iter().any(|initial| {
        let Some(rest) = bare.strip_prefix(initial) else {
            return false;
        };
        // «gì», «quý»: gi and qu lend their vowel to the syllable.
        let rest = if *initial == "gi" && !rest.starts_with(is_vowel) { &bare[1..] } else { rest };
        FINALS.iter().any(|last| {
            let Some(vowels) = rest.strip_suffix(last) else {
                return false;
            };
            let stopped = matches!(*last, "p" | "t" | "c" | "ch");
            VOWELS.contains(&vowels) && (!stopped || matches!(tone, Some('\u{301}' | '\u{323}')))
        })
    })
}

/// A vowel letter without tone.
fn is_vowel(shown: char) -> bool {
    "aăâeêioôơuưy".contains(shown)
}

/// The word without its tone, and the tone; `None` with two tones or a foreign letter.
fn without_tone(lower: &str) -> Option<(String, Option<char>)> {
    let mut found = None;
    let mut bare = String::with_capacity(lower.len());
    for shown in lower.chars() {
        let (base, tone) = split_tone(shown);
        if tone.is_some() && found.replace(tone).is_some() {
            return None;
        }
        if !(base.is_ascii_lowercase() || "ăâđêôơư".contains(base)) {
            return None;
        }
        bare.push(base);
    }
    Some((bare, found.flatten()))
}

/// A letter without its tone (hat, breve and horn stay), and the tone as a combining mark.
pub(super) fn split_tone(shown: char) -> (char, Option<char>) {
    if shown.is_ascii() {
        return (shown, None);
    }
    let mut tone = None;
    let rest = std::iter::once(shown)
        .nfd()
        .filter(|part| {
            let is_tone = matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            if is_tone {
                tone = Some(*part);
            }
            !is_tone
        })
        .collect::<String>();
    (rest.nfc().next().unwrap_or(shown), tone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_the_language_are_possible() {
        for word in
            "nghiêng gì quý khuya xoong thuở oxy giếng gìn quốc tuyến đường người khuỷu ngoằn ươm yêu ốc".split(' ')
        {
            assert!(word == "oxy" || is_syllable(word), "{word}");
        }
    }

    #[test]
    fn what_a_wrong_encoding_makes_is_not() {
        for word in ["bữnh", "viượn", "bìặc", "cữa", "tàp", "đoàt"] {
            let possible = is_syllable(word);
            // A wrong vowel may still be a syllable; a wrong final or tone may not.
            assert_eq!(possible, matches!(word, "bữnh" | "cữa"), "{word}");
        }
    }
}
