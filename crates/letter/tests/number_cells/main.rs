//! DT01: the parser of numbers survives what registers really hold. A table of forms, and properties of any text.

use letter::{CellDoubt, NumberCell, named_in};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

const CELLS: &str = include_str!("cells.txt");

fn code(doubt: CellDoubt) -> String {
    serde_json::to_value(doubt).expect("a doubt is written").as_str().expect("as a word").to_owned()
}

fn read(cell: &str) -> (String, String) {
    let read = NumberCell::read(cell);
    let numbers: Vec<&str> = read.numbers.iter().map(|number| number.written.as_str()).collect();
    let mut doubts: Vec<String> = read.doubts.iter().map(|doubt| code(*doubt)).collect();
    doubts.sort();
    (if numbers.is_empty() { "-".to_owned() } else { numbers.join(" + ") }, doubts.join(" "))
}

fn table() -> impl Iterator<Item = (&'static str, &'static str, String)> {
    CELLS.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut parts = line.split('|').map(str::trim);
        let (cell, wanted) = (parts.next().expect("a cell"), parts.next().expect("a number"));
        let mut doubts: Vec<&str> = parts.next().expect("doubts").split_whitespace().collect();
        doubts.sort_unstable();
        (cell, wanted, doubts.join(" "))
    })
}

/// At least 150 real forms; all of them, and the same in another normal form of Unicode.
#[test]
fn real_forms_are_read() {
    let mut wrong = Vec::new();
    let mut forms = 0;
    for (cell, wanted, doubts) in table() {
        forms += 1;
        for spelling in [cell.to_owned(), cell.nfd().collect(), format!("  {cell}\u{a0}")] {
            let found = read(&spelling);
            if found != (wanted.to_owned(), doubts.clone()) {
                wrong.push(format!("«{spelling}»: {found:?}, not {:?}", (wanted, &doubts)));
            }
        }
    }
    assert!(forms >= 150, "{forms} forms");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// DT02: what a letter answers or carries out stands in its subject.
#[test]
fn a_subject_names_other_documents() {
    let named = |subject: &str| {
        let found = named_in(subject);
        found
            .iter()
            .map(|one| format!("{:?} {}", one.value.role, one.value.number.written))
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert_eq!(named("Trả lời Công văn số 12/SYT-NVY ngày 05/3/2026 của Sở Y tế"), "Answers 12/SYT-NVY");
    assert_eq!(named("V/v triển khai thực hiện Quyết định số 4308/QĐ-BYT"), "Implements 4308/QĐ-BYT");
    assert_eq!(named("Thay thế Quyết định số 261/QĐ-BYT ngày 31/01/2022"), "Replaces 261/QĐ-BYT");
    assert_eq!(named("Báo cáo tình hình cung ứng oxy y tế"), "");
}

fn well_formed() -> impl Strategy<Value = String> {
    let part = "[A-ZĐ]{2,6}";
    let state = (1..99_999_u32, part, proptest::option::of(part)).prop_map(|(count, one, two)| match two {
        Some(two) => format!("{count}/{one}-{two}"),
        None => format!("{count}/{one}"),
    });
    let law =
        (1..999_u32, 1990..2030_i16, part, part).prop_map(|(n, year, one, two)| format!("{n}/{year}/{one}-{two}"));
    let party = (1..9_999_u32, part, part).prop_map(|(count, one, two)| format!("{count}-{one}/{two}"));
    prop_oneof![state, law, party]
}

proptest! {
    /// However the signs stand apart, and in whichever normal form: one number.
    #[test]
    fn a_number_is_read_however_it_is_spaced(number in well_formed(), blanks in 0..3_usize, dash in 0..3_usize, nfd: bool) {
        let blank = " ".repeat(blanks);
        let dash = ["-", "–", "—"][dash];
        let spaced = number.replace('/', &format!("{blank}/{blank}")).replace('-', &format!("{blank}{dash}{blank}"));
        let typed: String = if nfd { spaced.nfd().collect() } else { spaced };
        let read = NumberCell::read(&format!("Số: {typed}"));
        prop_assert_eq!(read.number().map(|number| number.written.clone()), Some(number));
        prop_assert_eq!(read.doubts, []);
    }

    /// Any text: it is kept, what is not clean is said, and reading again what was written says the same number.
    #[test]
    fn any_text_is_kept(cell in "\\PC{0,60}") {
        let read = NumberCell::read(&cell);
        prop_assert_eq!(read.typed.is_empty(), read.written().is_empty());
        prop_assert!(!read.numbers.is_empty() || read.typed.is_empty() || !read.doubts.is_empty());
        let again = NumberCell::read(&read.typed);
        prop_assert_eq!(&again.typed, &read.typed);
        prop_assert_eq!(&again.numbers, &read.numbers);
    }

    /// Signs of numbers in any order: nothing breaks, and what is read stays what it is.
    #[test]
    fn signs_of_numbers_in_any_order(cell in "[0-9a-zA-ZĐđ/\\- .:;,()]{0,30}") {
        let read = NumberCell::read(&cell);
        if let Some(number) = read.number() {
            let again = NumberCell::read(&number.written);
            prop_assert_eq!(again.number().map(|number| number.written.clone()), Some(number.written.clone()), "{}", cell);
        }
    }
}
