//! Precision and recall of the reading, per field, over letters that were written down before the rules were made
//! (DT01, DT03, DT05–DT08, NUM): the 36 of `letters/` and the five of the mission.

mod clerk;
mod invented;
mod score;

use std::io::Write;

use clerk::{Pair, closed, five, fresh, held_out, later, ours, rebuilt};
use score::{Score, Scores};

/// What every field must reach, precision and recall.
const LEAST: f64 = 0.95;

fn scored<'a>(pairs: impl IntoIterator<Item = &'a Pair>) -> Scores {
    let mut scores = Scores::default();
    for pair in pairs {
        scores.add(pair);
    }
    scores
}

fn table(name: &str, scores: &Scores) -> String {
    let mut lines = vec![format!("{name:<22} right  invented  missed  precision  recall")];
    let mut all = Score::default();
    for (field, score) in &scores.fields {
        all.right += score.right;
        all.invented += score.invented;
        all.missed += score.missed;
        lines.push(row(field, *score));
    }
    lines.push(row("all", all));
    lines.join("\n")
}

fn row(field: &str, score: Score) -> String {
    format!(
        "{field:<22} {:>5}  {:>8}  {:>6}  {:>9.3}  {:>6.3}",
        score.right,
        score.invented,
        score.missed,
        score.precision(),
        score.recall()
    )
}

/// For whoever runs the test: `cargo nextest run -p letter --test gold --success-output final`.
fn say(lines: &str) {
    writeln!(std::io::stdout(), "{lines}\n").expect("somebody reads it");
}

/// Prints the table of a set and holds every field against [`LEAST`].
fn check(name: &str, scores: &Scores) {
    say(&table(name, scores));
    let low: Vec<String> = scores
        .fields
        .iter()
        .filter(|(_, score)| score.precision() < LEAST || score.recall() < LEAST)
        .map(|(field, score)| row(field, *score))
        .collect();
    assert!(low.is_empty(), "{name}\n{}", low.join("\n"));
}

#[test]
fn the_letters_that_the_rules_were_made_with() {
    let (ours, five) = (ours(), five());
    let scores = scored(ours.iter().filter(|pair| !held_out(&pair.name)).chain(&five));
    say(&scores.differences.join("\n"));
    check("open letters", &scores);
}

#[test]
fn the_letters_that_were_held_out() {
    let ours = ours();
    let scores = scored(ours.iter().filter(|pair| held_out(&pair.name)));
    say(&scores.differences.join("\n"));
    check("held out", &scores);
}

#[test]
fn the_letters_that_were_written_later() {
    let scores = scored(&later());
    say(&scores.differences.join("\n"));
    check("later letters", &scores);
}

#[test]
fn the_rebuilt_letters_that_the_rules_were_mended_with() {
    let rebuilt = rebuilt();
    let scores = scored(rebuilt.iter().filter(|pair| !closed(&pair.name)));
    say(&scores.differences.join("\n"));
    check("rebuilt, open", &scores);
}

#[test]
fn the_rebuilt_letters_that_were_opened_at_the_end() {
    let rebuilt = rebuilt();
    let scores = scored(rebuilt.iter().filter(|pair| closed(&pair.name)));
    say(&scores.differences.join("\n"));
    check("rebuilt, closed", &scores);
}

#[test]
fn the_letters_that_were_written_last() {
    let scores = scored(&fresh());
    say(&scores.differences.join("\n"));
    check("written last", &scores);
}

#[test]
fn all_letters_together() {
    let (ours, five) = (ours(), five());
    assert_eq!((ours.len(), five.len()), (36, 5));
    check("all letters", &scored(ours.iter().chain(&five)));
}
