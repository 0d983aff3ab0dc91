//! Meetings, inspections, corrective actions, forward plans, bulletins, cases: one module a page. What they share: how a
//! line with its owner, deadline and tasks is shown, corrected and read from a form.

pub(in crate::pages) mod bulletin;
pub(in crate::pages) mod bulletins;
pub(in crate::pages) mod case;
pub(in crate::pages) mod cases;
pub(in crate::pages) mod corrections;
pub(in crate::pages) mod inspection;
pub(in crate::pages) mod inspections;
pub(in crate::pages) mod meeting;
pub(in crate::pages) mod meetings;
pub(in crate::pages) mod plan;
pub(in crate::pages) mod plans;
pub(in crate::pages) mod public;

use desk::Failure;
use desk::letters::task::Stage;
use desk::letters_out::OfficialDocument;
use desk::operations::papers::draft_letter::DraftLetter;
use desk::operations::steering::LineWords;
use desk::rights::Capability;
use desk::views::steering::{Drafted, LineSeen};
use jiff::civil::Date;
use quantity::time::show_date;

use super::{Acted, asked, day_field, form};
use crate::app::App;
use crate::pages::fields::{Fields, day_of};
use crate::pages::filled::Filled;
use crate::respond::Problem;
use crate::view::{Cell, Column, Field, Form, Input, Link, Say, Table, Tone};

/// More bodies of one line than this are told as counts.
const FEW: usize = 3;

/// A field of several lines.
fn lines_field(name: &str, label: String) -> Field {
    Field::words(name, label).input(Input::Lines)
}

/// A table of columns by their keys, numbers to the right where it is said.
fn table(t: Say, columns: &[(&str, bool)], rows: Vec<Vec<Cell>>) -> Table {
    let column = |(key, number): &(&str, bool)| match number {
        true => Column::number(t.say(key)),
        false => Column::words(t.say(key)),
    };
    Table { columns: columns.iter().map(column).collect(), rows }
}

/// A day that may be left empty; one that cannot be read is refused.
fn day_or_none(fields: &Fields, name: &'static str) -> Result<Option<Date>, Failure> {
    match fields.some(name) {
        None => Ok(None),
        Some(text) => {
            day_of(text).map(Some).ok_or_else(|| Failure::refused(desk::command::Refused::Empty { field: name }))
        }
    }
}

/// Drafts a paper about a record out of what the register says of it now, and leads to its page.
async fn draft(
    form: &Filled,
    about: quantity::Id,
    compose: impl FnOnce(&desk::Office, &mut store::Connection, &desk::Actor) -> desk::Outcome<OfficialDocument>
    + Send
    + 'static,
) -> Result<Acted, Problem> {
    form.member.must(Capability::DraftReport)?;
    let actor = form.member.visitor.actor.clone();
    let document = form.app.office.look(move |office, connection| compose(office, connection, &actor)).await;
    let key = form.key();
    let operation =
        document.map(|document| DraftLetter { key, document, about: Some(about), due: None, drafter: None });
    form.make(operation, paper_path, "done-steering-drafted").await
}

/// Where a drafted paper stands.
fn paper_path<T>(id: desk::record::RecordId<T>) -> String {
    format!("/chi-dao/bao-cao/{id}")
}

/// The papers that were drafted from a record; none where there are none.
fn drafted_table(t: Say, drafted: &[Drafted]) -> Option<Table> {
    let rows: Vec<Vec<Cell>> = drafted.iter().map(|(id, title)| vec![Cell::link(title, paper_path(*id))]).collect();
    (!rows.is_empty()).then(|| table(t, &[("steering-drafted", false)], rows))
}

/// The words of a line, and whether it was left out.
fn text_cell(t: Say, line: &LineSeen) -> Cell {
    let cell = Cell::text(begun(&line.line.text));
    if line.line.left_out { cell.told(t.say("steering-left-out")) } else { cell }
}

/// A line as a sentence begins: what stood behind «BV Hải Âu: » begins with a small letter.
fn begun(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whose a line is: as it was said, with the bodies that this means.
fn owner_cell(t: Say, line: &LineSeen) -> Cell {
    let name = &line.line.owner.name;
    let head = line.line.head.as_ref().map(|head| t.one("steering-head", "name", head.clone()));
    let told = match line.bodies.as_slice() {
        [] if name.is_empty() => {
            return if line.line.left_out {
                Cell::default()
            } else {
                Cell::text(t.say("steering-no-owner")).toned(Tone::Attention)
            };
        }
        [] => Some(t.say("steering-owner-unknown")),
        named if named.join("; ") == *name => None,
        few if few.len() <= FEW => Some(few.join(", ")),
        many => Some(t.one("steering-bodies", "count", many.len())),
    };
    Cell::text(name).told(told.into_iter().chain(head).collect::<Vec<_>>().join(" · "))
}

/// Until when.
fn due_cell(t: Say, line: &LineSeen) -> Cell {
    match line.line.last_day {
        // Its own words are told where they name another day: «trước ngày 30/11» ends with 29/11.
        Some(day) if line.line.due_words.contains(&show_date(day)) => Cell::text(show_date(day)),
        Some(day) => Cell::text(show_date(day)).told(&line.line.due_words),
        None => Cell::text(t.say("steering-no-day")),
    }
}

/// The key of a stage's name.
fn stage_key(stage: Stage) -> String {
    format!("steering-stage-{}", stage.code().replace('_', "-"))
}

/// How far the tasks of a line are.
fn state_cell(t: Say, line: &LineSeen) -> Cell {
    if line.line.left_out {
        return Cell::default();
    }
    if line.tasks.is_empty() {
        return Cell::text(t.say("steering-not-given"));
    }
    let tone = if line.is_overdue() {
        Tone::Attention
    } else if line.is_done() {
        Tone::Confirmed
    } else {
        Tone::default()
    };
    let late = |overdue: bool| if overdue { format!(" · {}", t.say("steering-overdue")) } else { String::new() };
    let words = match line.tasks.as_slice() {
        [one] => format!("{}{}", t.say(&stage_key(one.stage)), late(one.overdue)),
        many => {
            let count = |stage: &Stage| many.iter().filter(|task| task.stage == *stage).count();
            let told = Stage::ALL.iter().map(|stage| (stage, count(stage))).filter(|(_, count)| *count > 0);
            let told: Vec<String> =
                told.map(|(stage, count)| format!("{count} {}", t.say(&stage_key(*stage)))).collect();
            format!("{}{}", told.join(", "), late(line.is_overdue()))
        }
    };
    match line.tasks.as_slice() {
        [one] => Cell::link(words, format!("/viec/{}", one.id)).toned(tone),
        few if few.len() <= FEW => {
            let mut cell = Cell::text(words).toned(tone);
            if let Some(worst) = few.iter().find(|task| task.overdue).or_else(|| few.first()) {
                cell = cell.more(Link { text: worst.body.clone(), href: format!("/viec/{}", worst.id) });
            }
            cell
        }
        _ => Cell::text(words).toned(tone),
    }
}

/// A form that corrects a line.
fn line_form(t: Say, app: &App, path: &str, place: usize, line: &LineSeen) -> Form {
    let mut form = form(app, path, format!("line-{place}"), t.one("steering-save-line", "line", place + 1))
        .field(lines_field("text", t.one("steering-line-text", "line", place + 1)).value(&line.line.text).required())
        .field(
            Field::words("owner", t.say("steering-owner"))
                .value(&line.line.owner.name)
                .hint(t.say("steering-owner-hint")),
        )
        .field(Field::words("head", t.say("steering-head-field")).value(line.line.head.clone().unwrap_or_default()))
        .field(day_field("last_day", t.say("steering-last-day"), line.line.last_day));
    let left_out = Field::words("left_out", t.say("steering-leave-out")).input(Input::Check);
    form.fields.push(left_out.value(if line.line.left_out { "1" } else { "" }));
    form
}

/// What such a form says.
fn line_words(fields: &Fields) -> Result<LineWords, Failure> {
    Ok(LineWords {
        text: fields.text("text").to_owned(),
        owner: fields.text("owner").to_owned(),
        head: fields.text("head").to_owned(),
        last_day: day_or_none(fields, "last_day")?,
        left_out: fields.text("left_out") == "1",
    })
}

/// Which line a form corrects.
fn line_of(act: &str) -> Option<usize> {
    act.strip_prefix("line-")?.parse().ok()
}

/// The field for a version that the person saw.
fn version_of(form: &Filled) -> Result<i64, Problem> {
    form.fields.text("version").parse().map_err(|_| form.unreadable())
}

/// The form that gives lines out, with the version that the person sees.
fn give_out_form(t: Say, app: &App, path: &str, version: i64, submit: &str) -> Form {
    let mut form = form(app, path, "confirm", t.say(submit)).hidden("version", version.to_string());
    form.means = t.say("steering-confirm-means");
    form
}

/// «mô phỏng» beside a name.
fn marked(t: Say, simulated: bool, text: impl Into<String>) -> String {
    crate::pages::words::marked(t, simulated, text.into())
}

/// A field that must be filled, with a hint.
fn asked_with(t: Say, name: &str, label: &str, hint: &str) -> Field {
    asked(name, t.say(label)).hint(t.say(hint))
}
