//! What a person does to the tasks that were read, before he confirms them: split, join, add, and give to
//! somebody else. Pure: a draft in, a draft out.

use letter::Place;

use super::directive::DraftTask;

/// The parts of a task that a split makes: its (1) (2) (3), else its sentences, else its clauses between semicolons.
fn parts(task: &DraftTask) -> Vec<String> {
    if task.subtasks.len() > 1 {
        return task.subtasks.clone();
    }
    for ends in [&['.', '!'][..], &[';'][..]] {
        let mut found = vec![String::new()];
        let mut letters = task.text.chars().peekable();
        while let Some(sign) = letters.next() {
            if let Some(last) = found.last_mut() {
                last.push(sign);
            }
            // A point inside a number or an abbreviation is followed by no blank.
            if ends.contains(&sign) && letters.peek().is_some_and(|next| next.is_whitespace()) {
                found.push(String::new());
            }
        }
        let found: Vec<String> = found
            .iter()
            .map(|part| part.trim().trim_end_matches(';').to_owned())
            .filter(|part| !part.is_empty())
            .collect();
        if found.len() > 1 {
            return found;
        }
    }
    Vec::new()
}

/// Splits a task; one without parts stays as it is. Each part keeps the owner, and the place of its own words
/// where they stand in the letter as they are.
pub fn split(draft: &mut Vec<DraftTask>, place: usize, text: &str) {
    let Some(task) = draft.get(place).cloned() else { return };
    let parts = parts(&task);
    if parts.len() < 2 {
        return;
    }
    let mut pieces = Vec::with_capacity(parts.len());
    for part in parts {
        let within = task.place.and_then(|whole| {
            let start = whole.start + text.get(whole.start..whole.end)?.find(&part)?;
            Some(Place { start, end: start + part.len() })
        });
        // A deadline stays with the part that holds its words.
        let printed = task.printed.iter().filter(|printed| part.contains(printed.words.trim())).cloned().collect();
        let haste = task.haste.iter().filter(|word| part.to_lowercase().contains(&word.to_lowercase()));
        pieces.push(DraftTask {
            place: within.or(task.place),
            printed,
            haste: haste.cloned().collect(),
            subtasks: Vec::new(),
            text: part,
            ..task.clone()
        });
    }
    // Words that no part holds belong to all of it: the last part, which closes the order.
    if let Some(last) = pieces.iter().rposition(|_| true)
        && pieces.iter().all(|piece| piece.printed.is_empty())
    {
        pieces[last].printed.clone_from(&task.printed);
    }
    draft.splice(place..=place, pieces);
}

/// Joins a task to the one before it, whose owner it gets.
pub fn join(draft: &mut Vec<DraftTask>, place: usize) {
    if place == 0 || place >= draft.len() {
        return;
    }
    let task = draft.remove(place);
    let Some(before) = draft.get_mut(place - 1) else { return };
    before.text = format!("{} {}", before.text.trim_end(), task.text.trim_start());
    before.place = match (before.place, task.place) {
        (Some(a), Some(b)) => Some(Place { start: a.start.min(b.start), end: a.end.max(b.end) }),
        (one, other) => one.or(other),
    };
    before.left_out &= task.left_out;
    before.report_to = before.report_to.take().or(task.report_to);
    before.last_day = before.last_day.or(task.last_day);
    before.subtasks.extend(task.subtasks);
    for (mine, others) in
        [(&mut before.partners, task.partners), (&mut before.heads, task.heads), (&mut before.haste, task.haste)]
    {
        for other in others {
            if !mine.contains(&other) {
                mine.push(other);
            }
        }
    }
    before.printed.extend(task.printed);
}

/// Adds a task that the program did not see.
pub fn add(draft: &mut Vec<DraftTask>, text: &str) {
    draft.push(DraftTask::of(text.trim()));
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use letter::{Deadline, Word};

    use super::super::directive::Printed;
    use super::*;

    fn task(text: &str, letter: &str) -> DraftTask {
        let mut draft = Vec::new();
        add(&mut draft, text);
        let mut task = draft.remove(0);
        task.place = letter.find(text).map(|start| Place { start, end: start + text.len() });
        task.owner.name = "Sở Y tế".into();
        task
    }

    /// DT03: a bullet may hold several orders; each goes its own way and keeps its words in the letter.
    #[test]
    fn a_bullet_of_two_orders_is_split_and_joined_again() {
        let letter = "Kính gửi X. Rà soát bồn 3.000 lít. Báo cáo trước ngày 15/9/2021. Hết.";
        let whole = "Rà soát bồn 3.000 lít. Báo cáo trước ngày 15/9/2021.";
        let mut first = task(whole, letter);
        let deadline = Deadline::Absolute { word: Word::Before, day: date(2021, 9, 15), clock: None };
        let words = "trước ngày 15/9/2021";
        first.printed = vec![Printed { deadline, words: words.into(), place: Place { start: 0, end: 1 } }];
        let mut draft = vec![first.clone()];
        split(&mut draft, 0, letter);
        let texts: Vec<&str> = draft.iter().map(|task| task.text.as_str()).collect();
        assert_eq!(texts, ["Rà soát bồn 3.000 lít.", "Báo cáo trước ngày 15/9/2021."]);
        assert!(draft[0].printed.is_empty() && draft[1].printed.len() == 1);
        for task in &draft {
            let place = task.place.unwrap();
            assert_eq!(&letter[place.start..place.end], task.text);
            assert_eq!(task.owner.name, "Sở Y tế");
        }
        join(&mut draft, 1);
        assert_eq!(draft, [first]);
    }

    #[test]
    fn what_has_no_parts_stays_and_nothing_is_joined_to_nothing() {
        let mut draft = vec![task("Trực 24/24.", "Trực 24/24.")];
        let before = draft.clone();
        split(&mut draft, 0, "Trực 24/24.");
        split(&mut draft, 7, "");
        join(&mut draft, 0);
        join(&mut draft, 7);
        assert_eq!(draft, before);
    }

    /// DT03: inline (1) (2) (3) become tasks of their own.
    #[test]
    fn numbered_parts_come_first() {
        let mut one = task("Tập trung: (1) ôxy; (2) giường.", "");
        one.subtasks = vec!["ôxy".into(), "giường".into()];
        let mut draft = vec![one];
        split(&mut draft, 0, "");
        assert_eq!(draft.iter().map(|task| task.text.as_str()).collect::<Vec<_>>(), ["ôxy", "giường"]);
    }

    proptest::proptest! {
        /// Splitting loses no word but those that open a numbered list.
        #[test]
        fn no_word_is_lost(words in "[a-zđ ]{0,12}[.;] [a-zđ ]{1,12}[.;] ?[a-z]{0,5}") {
            let mut draft = vec![task(&words, &words)];
            split(&mut draft, 0, &words);
            let kept: String = draft.iter().map(|task| task.text.clone()).collect();
            let plain = |text: &str| text.chars().filter(|sign| sign.is_alphabetic()).collect::<String>();
            proptest::prop_assert_eq!(plain(&kept), plain(&words));
        }
    }
}
