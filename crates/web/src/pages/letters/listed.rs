//! What a letter has from the list of a document system: the row beside the letter, what its number leaves open, and
//! that its text is not there yet.

use desk::letters::directive::{Direction, Directive, Standing};
use desk::letters::listed::{ListRow, Listed};
use letter::CellDoubt;
use quantity::Moment;
use quantity::time::show_date;

use crate::pages::words::fill;
use crate::view::{Fact, Say, TextPiece};

/// Where a letter without a text stands, in words; none for one that has its text.
pub(super) fn standing(t: Say, letter: &Directive) -> Option<String> {
    letter.lacks_text().then(|| match letter.standing {
        Standing::Read => t.say("letter-no-text-open"),
        _ => t.say("letter-no-text"),
    })
}

/// Whether the hour of arrival is not known: a list tells the day alone.
pub(super) fn knows_no_hour(letter: &Directive) -> bool {
    letter.listed.is_some() && letter.arrived_at == Moment::start_of(letter.arrived_at.date())
}

/// What a letter without a text says of itself.
pub(super) fn sentence(t: Say, letter: &Directive) -> Option<String> {
    let key = match letter.standing {
        Standing::Withdrawn => return None,
        Standing::Read => "letter-no-text-sentence-open",
        Standing::Confirmed => "letter-no-text-sentence",
    };
    let number = letter.called().or(letter.subject.as_deref()).map_or_else(|| t.say("letter-no-number"), str::to_owned);
    // A letter with tasks tells of them, text or none.
    (letter.lacks_text() && letter.tasks.is_empty()).then(|| t.one(key, "number", number))
}

/// Who brought the list, and when.
pub(super) fn about(t: Say, listed: &Listed) -> String {
    let facts = [("who", listed.by.clone().into()), ("when", show_date(listed.at.date()).into())];
    fill(t, "letter-list-about", &facts)
}

/// In the place of the text.
pub(super) fn in_place_of_the_text(t: Say) -> Vec<TextPiece> {
    vec![TextPiece { text: t.say("letter-no-text-how"), ..TextPiece::default() }]
}

/// Stable name of what a number leaves open.
const fn doubt_key(doubt: CellDoubt) -> &'static str {
    match doubt {
        CellDoubt::Mended => "letter-cell-mended",
        CellDoubt::SmallLetters => "letter-cell-small_letters",
        CellDoubt::OtherWords => "letter-cell-other_words",
        CellDoubt::NoSymbol => "letter-cell-no_symbol",
        CellDoubt::NoCount => "letter-cell-no_count",
        CellDoubt::Several => "letter-cell-several",
        CellDoubt::LikeADate => "letter-cell-like_a_date",
        CellDoubt::Unread => "letter-cell-unread",
    }
}

/// What should be looked at, while the number comes from the list alone.
pub(super) fn doubts(t: Say, letter: &Directive) -> Vec<String> {
    let listed = letter.listed.iter().filter(|listed| listed.without_text);
    listed.flat_map(|listed| &listed.doubts).map(|doubt| t.say(doubt_key(*doubt))).collect()
}

/// The number and day of arrival as the document system has them.
pub(super) fn arrival(t: Say, row: &ListRow) -> Option<String> {
    match (row.arrival.is_empty(), row.arrived_on) {
        (true, _) => None,
        (false, None) => Some(t.one("letter-list-arrival", "number", row.arrival.clone())),
        (false, Some(day)) => {
            let facts = [("number", row.arrival.clone().into()), ("day", show_date(day).into())];
            Some(fill(t, "letter-list-arrival-day", &facts))
        }
    }
}

/// What only the list says, and what it says otherwise than the letter.
pub(super) fn facts(t: Say, letter: &Directive) -> Vec<Fact> {
    let Some(listed) = &letter.listed else { return Vec::new() };
    let row = &listed.row;
    let fact =
        |key: &str, value: String| (!value.is_empty()).then(|| Fact { name: t.say(key), value, anchor: String::new() });
    let handler = match letter.direction {
        Direction::Incoming => "letter-list-handler",
        Direction::Outgoing => "letter-list-handler-out",
    };
    let state = match row.how_far() {
        None if !row.state.is_empty() => t.one("letter-list-state-unclear", "state", row.state.clone()),
        _ => row.state.clone(),
    };
    let differs = |key: &str, said: &str, own: Option<&str>| {
        let other = !listed.without_text && !said.is_empty() && own != Some(said);
        fact(key, if other { format!("{said} ({})", t.say("letter-list-differs")) } else { String::new() })
    };
    let day = |day: Option<jiff::civil::Date>| day.map(show_date).unwrap_or_default();
    let typed = if row.number_typed.is_empty() { &row.number } else { &row.number_typed };
    let number = match listed.without_text {
        true => fact("letter-list-number", row.number_typed.clone()),
        false => differs("letter-list-number", typed, letter.number.as_deref()),
    };
    let found = [
        fact("letter-list-row", arrival(t, row).unwrap_or_default()),
        number,
        differs("letter-list-issuer", &row.issuer, letter.issuer.as_deref()),
        differs("letter-list-date", &day(row.date), letter.date.map(show_date).as_deref()),
        differs("letter-list-subject", &row.subject, letter.subject.as_deref()),
        fact(handler, row.handler.clone()),
        fact("letter-list-deadline", day(row.deadline)),
        fact("letter-list-state", state),
        fact("letter-list-note", row.note.clone()),
    ];
    found.into_iter().flatten().collect()
}
