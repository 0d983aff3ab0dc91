//! Search keys: what a typed word and a stored name have in common.

use std::fmt::Write;

use super::synonym::{Word, words};

/// Three keys of one text, each coarser than the one before. All are lower case, in one normal
/// form, with words parted by single blanks, abbreviations spelt out and y/i folded.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SearchKeys {
    /// Letters and tones; the tone is written at the end of its word, so that hoà equals hòa.
    pub exact: String,
    /// Letters without tones: `ă â đ ê ô ơ ư` are kept.
    pub toneless: String,
    /// What a keyboard without Vietnamese types: `đ` is `d`.
    pub ascii: String,
}

impl SearchKeys {
    /// The keys of a text.
    pub fn of(text: &str) -> Self {
        let mut keys = Self::default();
        for (place, word) in words(text).iter().enumerate() {
            if place > 0 {
                keys.exact.push(' ');
                keys.toneless.push(' ');
                keys.ascii.push(' ');
            }
            keys.push(word);
        }
        keys
    }

    fn push(&mut self, word: &Word) {
        for letter in word {
            self.exact.push(letter.plain);
            self.toneless.push(letter.plain);
            self.ascii.push(letter.ascii());
        }
        self.exact.extend(word.iter().filter_map(|letter| letter.tone.mark()));
    }
}

/// A text as it would be typed without Vietnamese, case and signs kept: «Xã Đồng Phú» → «Xa Dong Phu».
pub fn ascii_fold(text: &str) -> String {
    super::letter::letters(text).into_iter().fold(String::with_capacity(text.len()), |mut folded, letter| {
        let plain = letter.ascii();
        // Writing to a string cannot fail.
        let _ = if letter.upper { write!(folded, "{}", plain.to_uppercase()) } else { write!(folded, "{plain}") };
        folded
    })
}

/// How well a stored text answers a query; a smaller one is shown first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, serde::Serialize)]
pub enum MatchRank {
    /// Every letter and tone.
    Exact,
    /// Every letter, tones left out or different.
    Toneless,
    /// The same keys of a plain keyboard.
    Ascii,
    /// Begins with the query.
    Prefix,
    /// The query stands inside, at the beginning of a word.
    Contains,
}

/// Ranks one stored text against a query; `None` when it does not answer it.
///
/// ```
/// use place::text::{MatchRank, SearchKeys, rank};
/// let stored = SearchKeys::of("Bệnh viện Đa khoa Hòn Đất");
/// assert_eq!(rank(&SearchKeys::of("BV đa khoa Hòn Đất"), &stored), Some(MatchRank::Exact));
/// assert_eq!(rank(&SearchKeys::of("hon dat"), &stored), Some(MatchRank::Contains));
/// assert_eq!(rank(&SearchKeys::of("Gò Quao"), &stored), None);
/// ```
pub fn rank(query: &SearchKeys, stored: &SearchKeys) -> Option<MatchRank> {
    if query.ascii.is_empty() {
        return None;
    }
    if query.ascii == stored.ascii {
        return Some(equal_rank(query, &stored.exact, &stored.toneless));
    }
    if stored.ascii.starts_with(&query.ascii) {
        return Some(MatchRank::Prefix);
    }
    stored
        .ascii
        .match_indices(&query.ascii)
        .any(|(at, _)| stored.ascii[..at].ends_with(' '))
        .then_some(MatchRank::Contains)
}

/// The rank of a text whose ASCII key is already known to be the query's.
pub(crate) fn equal_rank(query: &SearchKeys, exact: &str, toneless: &str) -> MatchRank {
    if query.exact == exact {
        MatchRank::Exact
    } else if query.toneless == toneless {
        // Tones left out, or another tone than the stored one: both beat another letter.
        MatchRank::Toneless
    } else {
        MatchRank::Ascii
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(left: &str, right: &str) -> bool {
        SearchKeys::of(left) == SearchKeys::of(right)
    }

    #[test]
    fn tone_placement_and_y_are_folded() {
        for (old, new) in [
            ("hoà", "hòa"),
            ("HOÀ BÌNH", "Hòa Bình"),
            ("thuỷ", "thủy"),
            ("kỹ", "kĩ"),
            ("Quy Nhơn", "Qui Nhơn"),
            ("Mỹ Đức", "Mĩ Đức"),
        ] {
            assert!(same(old, new), "{old} {new}");
        }
        for (one, other) in [("thúy", "thúi"), ("tay", "tai"), ("mây", "mâi"), ("hòa", "hóa"), ("da", "đa")] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn abbreviations_and_spellings_mean_one_thing() {
        for (short, long) in [
            ("TTYT An Biên", "Trung tâm Y tế An Biên"),
            ("TYT", "Trạm y tế"),
            ("BVĐK tỉnh", "Bệnh viện Đa khoa tỉnh"),
            ("UBND", "Ủy ban nhân dân"),
            ("UBND", "Uỷ ban nhân dân"),
            ("BCĐ", "Ban Chỉ đạo"),
            ("KCN Thạnh Lộc", "Khu công nghiệp Thạnh Lộc"),
            ("bồn ô xy", "bồn oxy"),
            ("ôxy", "oxy"),
            ("ô-xy lỏng", "Oxy lỏng"),
            ("vaccine", "vắc xin"),
            ("vắc-xin", "vắc xin"),
            ("Covid-19", "COVID"),
        ] {
            let (short, long) = (SearchKeys::of(short), SearchKeys::of(long));
            assert_eq!(short.ascii, long.ascii);
        }
    }

    #[test]
    fn ranks_stand_in_their_order() {
        let rank_of = |typed, stored| rank(&SearchKeys::of(typed), &SearchKeys::of(stored));
        assert_eq!(rank_of("Hoà Điền", "Hòa Điền"), Some(MatchRank::Exact));
        assert_eq!(rank_of("Hoa Điên", "Hòa Điền"), Some(MatchRank::Toneless));
        assert_eq!(rank_of("hoa dien", "Hòa Điền"), Some(MatchRank::Ascii));
        assert_eq!(rank_of("\u{d0}iền", "Điền"), Some(MatchRank::Exact));
        assert_eq!(rank_of("hoa", "Hòa Điền"), Some(MatchRank::Prefix));
        assert_eq!(rank_of("dien", "Hòa Điền"), Some(MatchRank::Contains));
        assert_eq!(rank_of("ien", "Hòa Điền"), None);
        assert_eq!(rank_of(" ", "Hòa Điền"), None);
        assert!(MatchRank::Exact < MatchRank::Toneless && MatchRank::Ascii < MatchRank::Prefix);
    }

    const SYLLABLES: &str =
        "[aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ ]{0,24}";

    proptest! {
        #[test]
        fn keys_do_not_depend_on_normal_form_or_case(text in SYLLABLES) {
            use unicode_normalization::UnicodeNormalization;
            let keys = SearchKeys::of(&text);
            prop_assert_eq!(&keys, &SearchKeys::of(&text.nfd().collect::<String>()));
            prop_assert_eq!(&keys, &SearchKeys::of(&text.to_uppercase()));
        }

        #[test]
        fn the_coarsest_key_is_ascii_and_is_found_when_typed_without_accents(text in SYLLABLES) {
            let keys = SearchKeys::of(&text);
            prop_assert!(keys.ascii.is_ascii());
            prop_assert_eq!(&keys.ascii, &SearchKeys::of(&ascii_fold(&text)).ascii);
            prop_assert!(ascii_fold(&text).is_ascii());
        }

        #[test]
        fn folding_never_fails_on_any_text(text in any::<String>()) {
            let keys = SearchKeys::of(&text);
            let found = rank(&keys, &keys);
            prop_assert_eq!(found.is_some(), !keys.ascii.is_empty());
        }
    }
}
