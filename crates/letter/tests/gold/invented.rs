//! What is taken out of a letter is missing afterwards and nothing stands in its place: invented values 0 (DT01).

use letter::{Letter, Missing};

use crate::clerk::{five, fresh, later, ours, rebuilt};

fn all() -> Vec<String> {
    ours().into_iter().chain(five()).chain(later()).chain(rebuilt()).chain(fresh()).map(|pair| pair.text).collect()
}

fn read(text: &str) -> Letter {
    letter::read(text).expect("no secret paper")
}

/// The text without the lines for which something holds.
fn without(text: &str, gone: impl Fn(&str) -> bool) -> String {
    text.lines().filter(|line| !gone(line)).map(|line| format!("{line}\n")).collect()
}

#[test]
fn without_its_number_line_a_letter_has_no_number() {
    for text in all() {
        let letter = read(&text);
        let Some(place) = letter.number.map(|number| number.place) else { continue };
        // The page of a register may print it above the letter too.
        let cut = text.replace(&text[place.start..place.end], "");
        let cut = without(&cut, |line| ["Số:", "Số"].contains(&line.split('\t').next().unwrap_or(line).trim()));
        let read = read(&cut);
        assert!(read.number.is_none(), "{:?}\n{cut}", read.number);
        assert!(read.missing.contains(&Missing::Number));
    }
}

#[test]
fn without_its_date_a_letter_has_no_day() {
    for text in all() {
        let letter = read(&text);
        if letter.date_is == letter::DateIs::Meeting {
            continue;
        }
        let Some(place) = letter.date.map(|date| date.place) else { continue };
        let read = read(&format!("{}{}", &text[..place.start], &text[place.end..]));
        assert!(read.date.as_ref().is_none_or(|_| read.date_is == letter::DateIs::Meeting), "{:?}", read.date);
        assert!(read.missing.contains(&Missing::Date));
    }
}

#[test]
fn without_its_signature_a_letter_has_no_signer() {
    for text in all() {
        let letter = read(&text);
        let Some(signature) = letter.signature else { continue };
        let parts = signature.authority.iter().chain(&signature.post).chain(&signature.name);
        let mut places: Vec<letter::Place> = parts.map(|one| one.place).collect();
        places.sort_by_key(|place| std::cmp::Reverse(place.start));
        let mut cut = text.clone();
        for place in places {
            cut.replace_range(place.start..place.end, "");
        }
        if letter.cosigners.iter().all(|one| one.name.is_none()) {
            let read = read(&cut);
            assert!(read.signature.and_then(|one| one.name).is_none(), "{cut}");
        }
    }
}

/// Every value that quotes the text stands in it at its place.
#[test]
fn every_figure_and_contact_is_the_text_at_its_place() {
    for text in all() {
        let letter = read(&text);
        for amount in &letter.amounts {
            let place = letter::Text::new(&text[amount.place.start..amount.place.end]);
            let words: Vec<&str> = place.normal().split_whitespace().collect();
            assert!(words.join(" ").ends_with(&amount.value.unit), "{amount:?}");
            assert!(place.normal().contains(&amount.value.number), "{amount:?}");
        }
        for contact in &letter.contacts {
            let place = &text[contact.place.start..contact.place.end];
            let digits: String = place.chars().filter(char::is_ascii_digit).collect();
            assert!(digits.ends_with(&contact.value.phone), "{contact:?}");
        }
        for law in &letter.laws {
            assert!(
                law.value.date.is_some() && law.value.title.chars().next().is_some_and(char::is_uppercase),
                "{law:?}"
            );
        }
    }
}
