//! The five letters of the mission (DT01–DT06, OX03, PR06), read and held against what stands in them.
//!
//! Texts are compared without case; a trailing stop is not compared.

mod compare;
mod expected;

use expected::{Expected, ha_noi, kien_giang, lai_chau, ministry, party};
use letter::Reading;

fn compare(text: &str, expected: &Expected) -> Vec<String> {
    let read = letter::read(text).expect("no secret paper");
    let fields = compare::fields(&Reading::of(&read, text), expected).into_iter();
    let wrong = fields.filter(|field| !field.is_right());
    wrong.map(|field| format!("{}: read {:?}, expected {:?}", field.name, field.read, field.expected)).collect()
}

#[track_caller]
fn holds((text, expected): (&str, Expected)) {
    let differences = compare(text, &expected);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_ministry_asks_every_province_for_an_oxygen_unit() {
    holds(ministry());
    let letter = letter::read(ministry().0).unwrap();
    let overdue: Vec<String> = letter
        .tasks
        .iter()
        .flat_map(|task| &task.deadlines)
        .filter_map(|deadline| deadline.value.overdue_from())
        .map(|moment| moment.to_string())
        .collect();
    assert_eq!(overdue, ["2021-09-15T00:00:00"], "«trước ngày 15/9/2021» is due at the end of the 14th");
}

#[test]
fn kien_giang_tasks_a_hospital_that_it_does_not_address() {
    holds(kien_giang());
}

#[test]
fn lai_chau_left_number_and_day_blank() {
    holds(lai_chau());
}

#[test]
fn ha_noi_gives_thirteen_tasks_to_five_owners() {
    holds(ha_noi());
}

#[test]
fn the_party_names_officers_by_field() {
    holds(party());
}

/// The same letters as other programs save them: separate marks, Icelandic Ð, CRLF, hard blanks.
#[test]
fn variants_of_the_bytes_change_nothing() {
    use unicode_normalization::UnicodeNormalization;
    for (text, expected) in [ministry(), kien_giang(), lai_chau(), ha_noi(), party()] {
        let variants = [
            text.nfd().collect::<String>(),
            text.replace('Đ', "Ð"),
            text.replace('\n', "\r\n"),
            text.replace(' ', "\u{a0}"),
            format!("\u{feff}{text}"),
        ];
        for (index, variant) in variants.iter().enumerate() {
            let differences = compare(variant, &expected);
            assert!(differences.is_empty(), "variant {index}: {}", differences.join("\n"));
        }
    }
}

#[test]
fn every_quoted_task_is_the_text_at_its_place() {
    for (text, _) in [ministry(), kien_giang(), lai_chau(), ha_noi(), party()] {
        for task in letter::read(text).unwrap().tasks {
            let place = task.text.place;
            let at_place = letter::Text::new(&text[place.start..place.end]);
            let words: Vec<&str> = at_place.normal().split_whitespace().collect();
            assert_eq!(words.join(" "), task.text.value);
        }
    }
}

/// Lines of at most so many letters, as a mail program or a text layer cuts them.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut now = String::new();
        for word in line.split(' ') {
            if !now.is_empty() && now.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut now));
            }
            if !now.is_empty() {
                now.push(' ');
            }
            now.push_str(word);
        }
        lines.push(now);
    }
    lines.join("\n")
}

#[test]
fn lines_of_sixty_columns_change_nothing() {
    for (text, expected) in [ministry(), kien_giang(), lai_chau(), ha_noi(), party()] {
        let differences = compare(&wrapped(text, 60), &expected);
        assert!(differences.is_empty(), "{}\n{}", expected.issuer, differences.join("\n"));
    }
}

/// A page number between two paragraphs, and one in the middle of a sentence.
#[test]
fn page_numbers_change_nothing() {
    for (text, expected) in [ministry(), kien_giang(), lai_chau(), ha_noi(), party()] {
        let numbered =
            text.replace("\n\n- ", "\n\n2\n\n- ").replace("hướng dẫn của Bộ", "hướng dẫn\n\n- 3 -\n\ncủa Bộ");
        let differences = compare(&numbered, &expected);
        assert!(differences.is_empty(), "{}\n{}", expected.issuer, differences.join("\n"));
    }
}
