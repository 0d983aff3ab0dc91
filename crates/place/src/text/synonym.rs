//! Abbreviations and spellings that mean one thing: TTYT, ô xy, vaccine, COVID-19.

use super::letter::{Letter, letters};

/// Words as typed, folded to ASCII, and what they stand for. Longer patterns stand first.
const SAME: &[(&[&str], &str)] = &[
    (&["o", "xi"], "oxy"),
    (&["oxi"], "oxy"),
    (&["oxygen"], "oxy"),
    (&["vac", "xin"], "vắc xin"),
    (&["vacxin"], "vắc xin"),
    (&["vaccine"], "vắc xin"),
    (&["vaccin"], "vắc xin"),
    (&["covid", "19"], "covid"),
    (&["covid19"], "covid"),
    (&["bvdk"], "bệnh viện đa khoa"),
    (&["bv"], "bệnh viện"),
    (&["ttyt"], "trung tâm y tế"),
    (&["tyt"], "trạm y tế"),
    (&["ubnd"], "ủy ban nhân dân"),
    (&["bcd"], "ban chỉ đạo"),
    (&["pcd"], "phòng chống dịch"),
    (&["kcn"], "khu công nghiệp"),
    (&["syt"], "sở y tế"),
    (&["byt"], "bộ y tế"),
    (&["tp"], "thành phố"),
    (&["tx"], "thị xã"),
];

/// Letters and digits between blanks and signs.
pub(crate) type Word = Vec<Letter>;

/// Words of a text: runs of letters and digits, with y folded to i and abbreviations spelt out.
pub(crate) fn words(text: &str) -> Vec<Word> {
    spell_out(split(text))
}

fn split(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut word = Word::new();
    for letter in letters(text) {
        if letter.plain.is_alphanumeric() {
            word.push(letter);
        } else if !word.is_empty() {
            found.push(fold_final_y(std::mem::take(&mut word)));
        }
    }
    if !word.is_empty() {
        found.push(fold_final_y(word));
    }
    found
}

/// «kỹ» and «kĩ», «Quy» and «Qui» are one: y as the only vowel of a syllable (or after qu) is i.
/// «thủy» and «thủi», «tay» and «tai» stay two.
fn fold_final_y(mut word: Word) -> Word {
    let Some((last, before)) = word.split_last_mut() else { return word };
    let after_qu = matches!(before, [q, u] if q.plain == 'q' && u.plain == 'u');
    let only_vowel =
        !before.is_empty() && before.iter().all(|letter| letter.plain.is_alphabetic() && !letter.is_vowel());
    if last.plain == 'y' && (after_qu || only_vowel) {
        last.plain = 'i';
    }
    word
}

fn spell_out(typed: Vec<Word>) -> Vec<Word> {
    let mut found = Vec::with_capacity(typed.len());
    let mut rest = typed.as_slice();
    while let Some(first) = rest.first() {
        match SAME.iter().find(|(pattern, _)| begins_with(rest, pattern)) {
            Some((pattern, meaning)) => {
                found.extend(split(meaning));
                rest = &rest[pattern.len()..];
            }
            None => {
                found.push(first.clone());
                rest = &rest[1..];
            }
        }
    }
    found
}

fn begins_with(words: &[Word], pattern: &[&str]) -> bool {
    words.len() >= pattern.len()
        && words
            .iter()
            .zip(pattern)
            .all(|(word, expected)| word.iter().map(|letter| letter.ascii()).eq(expected.chars()))
}
