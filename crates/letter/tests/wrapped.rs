//! A letter says the same however wide it was set (DT01).

use std::path::Path;

use proptest::prelude::*;

/// A text with its paragraphs wrapped at a width; lines that were short stay as they are.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        // Columns, tables and the words of a form keep their lines.
        if line.contains(['\t', '|']) || line.contains("   ") || line.chars().count() <= width {
            lines.push(line.to_owned());
            continue;
        }
        let mut row = String::new();
        for word in line.split(' ') {
            if !row.is_empty() && row.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut row));
            }
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
        lines.push(row);
    }
    lines.join("\n")
}

/// Letters of the tests that no file cut before.
fn letters() -> Vec<(String, String)> {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let mut found = Vec::new();
    for folder in ["letters", "later", "rebuilt", "fresh"] {
        for entry in std::fs::read_dir(gold.join(folder)).expect("the folder is there") {
            let path = entry.expect("it can be listed").path();
            let text = path.extension().is_some_and(|extension| extension == "txt");
            if text {
                let name = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(path).expect("it is UTF-8")));
            }
        }
    }
    found.sort();
    found
}

/// What a reading says, without its places.
fn said(text: &str) -> Vec<String> {
    let letter = letter::read(text).expect("no secret paper");
    let mut said = vec![
        format!("number {:?}", letter.number.map(|one| one.value.written)),
        format!("date {:?}", letter.date.map(|one| one.value)),
        format!("issuer {:?}", letter.issuer.map(|one| one.value)),
        format!("copies {}", letter.copies.items.len()),
        format!("signer {:?}", letter.signature.and_then(|one| one.name).map(|one| one.value)),
    ];
    said.extend(letter.references.iter().map(|one| format!("reference {}", one.value.number.written)));
    said.extend(letter.tasks.iter().map(|task| {
        let deadlines: Vec<_> = task.deadlines.iter().map(|one| one.value).collect();
        format!("task {:?} {} {deadlines:?}", task.owner.as_ref().map(|owner| &owner.value), task.text.value)
    }));
    said
}

/// How many of what is said are of the form of a letter: number, date, issuer, copies, signer.
const FORM: usize = 5;

/// The share of what is said that must stay when long paragraphs are wrapped.
const LEAST: f64 = 0.98;

#[test]
fn wrapping_changes_almost_nothing() {
    let (mut same, mut all, mut changed) = (0, 0, Vec::new());
    for (name, text) in letters() {
        let before = said(&text);
        for width in [64, 76, 92] {
            let after = said(&wrapped(&text, width));
            all += before.len();
            for one in &before {
                if after.contains(one) {
                    same += 1;
                } else {
                    changed.push(format!("{name} at {width}: {one}"));
                }
            }
        }
    }
    let share = f64::from(same) / all as f64;
    assert!(share >= LEAST, "{share}\n{}", changed.join("\n"));
}

proptest! {
    /// Number, date, issuer, copies and signer do not change at whatever width a text was set.
    #[test]
    fn head_and_foot_are_the_same_at_any_width(which in any::<prop::sample::Index>(), width in 60_usize..110) {
        let letters = letters();
        let (name, text) = which.get(&letters);
        let (wide, narrow) = (said(text), said(&wrapped(text, width)));
        prop_assert_eq!(wide.get(..FORM), narrow.get(..FORM), "{} at {}", name, width);
    }
}
