//! Sort keys of Vietnamese: the order of the Unicode collation for `vi` (CLDR), as bytes.
//!
//! Letters first (a ă â b c d đ e ê … o ô ơ … u ư …), then tones (none, huyền, hỏi, ngã, sắc,
//! nặng), then case, lower before upper. A key compares as bytes, so that a database which knows
//! nothing of Vietnamese sorts by a stored column; a test compares it with ICU's collator.

use std::cmp::Ordering;

use super::letter::{Letter, letters};

/// Blanks, signs and digits in the order of the collation; letters follow.
const BEFORE_LETTERS: &str =
    "\t\n\u{b}\u{c}\r\u{85}\u{2028}\u{2029} \u{a0}_-‐–—,;:!?.…'‘’\"“”«»()[]{}@*/\\&#%`^+<=>|~$0123456789";

/// Latin letters in Vietnamese order; f, j, w, z stand where Latin has them.
const LETTERS: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

const LEVEL_END: u8 = 1;
const COMMON: u8 = 2;

/// The bytes to store and to sort by. Equal letters, tones and case give equal keys, whatever the
/// normal form; every key is longer than nothing, and no key contains the byte 0.
pub fn sort_key(text: &str) -> Vec<u8> {
    let letters = letters(text);
    let mut key = Vec::with_capacity(letters.len() * 3 + 8);
    for letter in &letters {
        push_primary(&mut key, *letter);
    }
    key.push(LEVEL_END);
    push_level(&mut key, &letters, |letter| (COMMON, letter.tone.mark().map(|_| COMMON + letter.tone as u8)));
    key.push(LEVEL_END);
    push_level(&mut key, &letters, |letter| (COMMON + u8::from(letter.upper), letter.tone.mark().map(|_| COMMON)));
    key
}

/// Compares two texts in Vietnamese order.
pub fn compare(left: &str, right: &str) -> Ordering {
    sort_key(left).cmp(&sort_key(right))
}

/// One weight a letter and one a tone mark.
fn push_level(key: &mut Vec<u8>, letters: &[Letter], weights: impl Fn(&Letter) -> (u8, Option<u8>)) {
    for letter in letters {
        let (own, mark) = weights(letter);
        key.push(own);
        key.extend(mark);
    }
}

/// One byte for what Vietnamese writes, four for anything else, which sorts after.
fn push_primary(key: &mut Vec<u8>, letter: Letter) {
    if let Some(place) = BEFORE_LETTERS.chars().position(|c| c == letter.plain) {
        key.push(COMMON + place as u8);
    } else if let Some(place) = LETTERS.chars().position(|c| c == letter.plain) {
        key.push(128 + place as u8);
    } else {
        let code = letter.plain as u32;
        // Each of three groups of seven bits is raised above the byte that ends a level.
        key.push(0xfe);
        key.extend([14, 7, 0].map(|shift| 0x80 | ((code >> shift) & 0x7f) as u8));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn icu() -> icu_collator::CollatorBorrowed<'static> {
        let mut options = icu_collator::options::CollatorOptions::default();
        options.strength = Some(icu_collator::options::Strength::Tertiary);
        let vietnamese = icu_locale_core::locale!("vi");
        icu_collator::Collator::try_new(vietnamese.into(), options).unwrap()
    }

    #[test]
    fn letters_tones_and_case_stand_in_their_order() {
        let order = [
            "a", "A", "à", "À", "ả", "ã", "á", "ạ", "ac", "ă", "ằ", "â", "b", "d", "đ", "e", "ê", "o", "ô", "ơ", "u",
            "ư", "y",
        ];
        for pair in order.windows(2) {
            assert_eq!(compare(pair[0], pair[1]), Ordering::Less, "{pair:?}");
        }
    }

    /// Every pair of neighbours in ICU's order of all shipped names is in the order of the keys.
    #[test]
    fn all_shipped_names_sort_as_icu_sorts_them() {
        let book = crate::AreaBook::shipped();
        let icu = icu();
        let mut names: Vec<&str> = book.all().iter().map(|area| &*area.name).collect();
        names.sort_by(|left, right| icu.compare(left, right));
        names.dedup();
        assert!(names.len() > 9_000);
        for pair in names.windows(2) {
            assert_eq!(compare(pair[0], pair[1]), icu.compare(pair[0], pair[1]), "{pair:?}");
        }
    }

    proptest! {
        #[test]
        fn keys_compare_as_icu_does(
            left in "[aăâáàảãạấđdDĐeêếghinoôơởpstuưữvxyAĂÂÁĐÊÔƠƯỮ0-9 .,'()/-]{0,8}",
            right in "[aăâáàảãạấđdDĐeêếghinoôơởpstuưữvxyAĂÂÁĐÊÔƠƯỮ0-9 .,'()/-]{0,8}",
        ) {
            prop_assert_eq!(compare(&left, &right), icu().compare(&left, &right));
        }

        #[test]
        fn keys_hold_no_zero_and_agree_with_equality(text in any::<String>()) {
            use unicode_normalization::UnicodeNormalization;
            prop_assert!(!sort_key(&text).contains(&0));
            prop_assert_eq!(sort_key(&text), sort_key(&text.nfc().collect::<String>()));
        }
    }
}
