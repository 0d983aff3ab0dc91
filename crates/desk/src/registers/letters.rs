//! The registers of letters as sheets: what a document system exports of what came and what went out (DT01, DT02,
//! DT04). A row whose letter is not known makes one without a text; a known letter keeps its fields, and what the
//! list says of it stands beside them.

use std::collections::HashMap;

use document::columns::Fields;
use document::sheet::Value;
use jiff::civil::Date;
use letter::{CellDoubt, NumberCell, Urgency};
use store::finding::counts_of_terms;

use super::change::Change;
use super::means::words;
use super::row::{Cells, Read, Row, Writer, boxed};
use super::{Look, Register};
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Direction, Directive, Standing};
use crate::letters::finding::{LETTERS, number_key};
use crate::letters::listed::{ListRow, Refused, is_secret, may_be_one};
use crate::operations::letters::list_letter::ListLetter;
use crate::record::Kept;

/// What came.
pub(super) struct Incoming;
/// What went out.
pub(super) struct Outgoing;

/// The issuers of known letters, by number and day.
#[derive(Debug, Default)]
pub(crate) struct Known(HashMap<(String, Date), Vec<String>>);

impl Known {
    fn of(letters: &[Kept<Directive>]) -> Self {
        let mut known: HashMap<_, Vec<String>> = HashMap::with_capacity(letters.len());
        for kept in letters {
            let row = row_of(&kept.content);
            if let (Some(number), Some(day)) = (row.number_cell().number(), row.date) {
                known.entry((number_key(&number.written), day)).or_default().push(row.issuer);
            }
        }
        Self(known)
    }

    /// The issuer as it is known, where a number of a day has exactly one that may be the same.
    fn issuer(&self, number: &str, day: Date, typed: &str) -> Option<&str> {
        let there = self.0.get(&(number_key(number), day))?;
        let mut like = there.iter().filter(|issuer| may_be_one(issuer, typed));
        like.next().filter(|_| like.next().is_none()).map(String::as_str)
    }
}

/// What is known of a letter, in the columns of the list.
fn row_of(letter: &Directive) -> ListRow {
    if let Some(listed) = &letter.listed {
        return listed.row.clone();
    }
    let some = |text: &Option<String>| text.clone().unwrap_or_default();
    let urgency = match letter.urgency {
        Some(Urgency::Immediate) => "Hỏa tốc",
        Some(Urgency::VeryUrgent) => "Thượng khẩn",
        Some(Urgency::Urgent) => "Khẩn",
        None => "",
    };
    ListRow {
        number: NumberCell::read(&some(&letter.number)).written().to_owned(),
        issuer: some(&letter.issuer),
        date: letter.date,
        kind: some(&letter.kind),
        subject: some(&letter.subject),
        arrival: letter.arrival_number.map(|number| number.to_string()).unwrap_or_default(),
        arrived_on: Some(letter.arrived_at.date()),
        urgency: urgency.to_owned(),
        signer: some(&letter.signer_name),
        recipients: letter.recipients.join("; "),
        ..ListRow::default()
    }
}

fn cells_of(row: &ListRow, direction: Direction) -> Cells {
    let both = Writer::default()
        .text("number", &row.number)
        .text("number_typed", &row.number_typed)
        .text("issuer", &row.issuer)
        .day("date", row.date)
        .text("kind", &row.kind)
        .text("subject", &row.subject)
        .text("urgency", &row.urgency)
        .text("handler", &row.handler)
        .text("state", &row.state)
        .text("note", &row.note)
        .yes("party_word", row.party_word.then_some(true));
    match direction {
        Direction::Incoming => {
            both.text("arrival", &row.arrival).day("arrived_on", row.arrived_on).day("deadline", row.deadline).0
        }
        Direction::Outgoing => both.text("signer", &row.signer).text("recipients", &row.recipients).0,
    }
}

fn told_of(cells: &Cells) -> ListRow {
    let text = |key: &str| words(cells, key).to_owned();
    let day = |key: &str| match cells.get(key) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    };
    ListRow {
        number: text("number"),
        number_typed: text("number_typed"),
        issuer: text("issuer"),
        date: day("date"),
        kind: text("kind"),
        subject: text("subject"),
        arrival: text("arrival"),
        arrived_on: day("arrived_on"),
        urgency: text("urgency"),
        handler: text("handler"),
        deadline: day("deadline"),
        state: text("state"),
        signer: text("signer"),
        recipients: text("recipients"),
        party_word: words(cells, "party_word") == "yes",
        note: text("note"),
    }
}

/// Number and symbol as one, in the usual spelling where they can be read; an issuer as it is known.
fn settle(look: &Look<'_>, told: &mut Cells) {
    let (count, symbol) = (words(told, "number").to_owned(), words(told, "symbol").to_owned());
    told.remove("symbol");
    let whole = if symbol.is_empty() {
        count
    } else {
        // «148» and «UBND-KGVX», or the symbol with its number in one column and the number again in another.
        let alone = NumberCell::read(&symbol);
        match alone.number() {
            Some(_) => symbol,
            None if count.is_empty() => symbol,
            None if NumberCell::read(&count).doubts.contains(&CellDoubt::NoSymbol) => {
                format!("{count}/{}", symbol.trim_start_matches(['/', ' ']))
            }
            None => count,
        }
    };
    if whole.is_empty() {
        return;
    }
    let cell = NumberCell::read(&whole);
    told.insert("number".to_owned(), Value::Text(cell.written().to_owned()));
    if cell.written() != whole {
        told.insert("number_typed".to_owned(), Value::Text(whole.clone()));
    }
    if let (Some(number), Some(Value::Date(day))) = (cell.number(), told.get("date"))
        && let Some(known) = look.letters.issuer(&number.written, *day, words(told, "issuer"))
        && !known.is_empty()
    {
        let known = known.to_owned();
        told.insert("issuer".to_owned(), Value::Text(known));
    }
}

fn held(look: &mut Look<'_>, direction: Direction) -> Outcome<Vec<Kept<Directive>>> {
    if !look.actor.sees_all() {
        return Ok(Vec::new());
    }
    let mut all = look.records::<Directive>()?;
    all.retain(|kept| kept.content.direction == direction && kept.content.standing != Standing::Withdrawn);
    look.letters = Known::of(&all);
    Ok(all)
}

/// A file with a secret row is not kept at all.
fn refuse_secret(rows: &[Fields<'_>]) -> Outcome<()> {
    for fields in rows {
        let cell = fields.columns().column("secrecy").ok().and_then(|column| fields.cell(column));
        if cell.is_some_and(|cell| is_secret(cell.text)) {
            return Err(Failure::refused(Refused::Secret { row: fields.row().number() }));
        }
    }
    Ok(())
}

fn change(look: &Look<'_>, row: &Row<'_>, before: Option<&Kept<Directive>>, direction: Direction) -> Read<Change> {
    let told = told_of(&row.cells);
    if before.is_none() && told.is_of_the_party() && !told.party_word {
        return Err(boxed(Refused::PartyWord { number: told.number }));
    }
    let known = before.map(|kept| (kept.id, kept.version));
    let simulated = look.registry.facilities().iter().any(|facility| facility.simulated);
    Ok(Change::of(move |key| ListLetter { key, direction, row: told.clone(), known, simulated }))
}

fn count(look: &mut Look<'_>, direction: Direction) -> Outcome<Option<usize>> {
    let term = match direction {
        Direction::Incoming => "d:in",
        Direction::Outgoing => "d:out",
    };
    // Of a moment that has passed no sums are kept: its letters are counted one by one.
    if look.connection.lens().is_some() || !look.actor.sees_all() {
        return Ok(None);
    }
    let counted = counts_of_terms(look.connection, look.actor.province, LETTERS, term)?;
    let letters = counted.iter().find(|(found, _)| found == term).map_or(0, |(_, letters)| *letters);
    Ok(usize::try_from(letters).ok())
}

fn label(cells: &Cells) -> String {
    let (number, subject) = (words(cells, "number"), words(cells, "subject"));
    let short: String = subject.chars().take(80).collect();
    if number.is_empty() { short } else { format!("{number} · {short}") }
}

/// Both registers differ in their columns and in the direction alone.
macro_rules! register {
    ($name:ident, $layout:literal) => {
        impl Register for $name {
            type Held = Kept<Directive>;
            const LAYOUT: &'static str = include_str!(concat!("../../../../protocols/", $layout, ".toml"));
            /// The grade of secrecy is looked at and not kept: whatever has one is refused. How a number was typed
            /// goes with the number.
            const SHOWN_ONLY: &'static [&'static str] = &["secrecy", "number_typed"];

            fn refuse_file(rows: &[Fields<'_>]) -> Outcome<()> {
                refuse_secret(rows)
            }

            fn count(look: &mut Look<'_>) -> Outcome<Option<usize>> {
                count(look, Direction::$name)
            }

            fn held(look: &mut Look<'_>) -> Outcome<Vec<Kept<Directive>>> {
                held(look, Direction::$name)
            }

            fn cells(_: &Look<'_>, held: &Kept<Directive>) -> Cells {
                cells_of(&row_of(&held.content), Direction::$name)
            }

            fn settle(look: &Look<'_>, told: &mut Cells) {
                settle(look, told);
            }

            fn key(cells: &Cells) -> String {
                told_of(cells).key()
            }

            fn label(cells: &Cells) -> String {
                label(cells)
            }

            fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Kept<Directive>>) -> Read<Change> {
                change(look, row, before, Direction::$name)
            }
        }
    };
}

register!(Incoming, "register-letters");
register!(Outgoing, "register-letters-sent");
