//! /viec: the life of tasks: what somebody has to do, what shows it, what stands in the way, what became of it.
//!
//! Here what its pages share: how a deadline and a standing are worded.

pub(super) mod act;
pub(super) mod digest;
pub(super) mod incidents;
pub(super) mod list;
pub(super) mod obstacles;
pub(super) mod one;
mod one_forms;
pub(super) mod public;
pub(super) mod publish;
pub(super) mod spread;
pub(super) mod statistics;

use desk::letters::life::judged::{Judged, Urgency};
use desk::letters::task::Stage;
use desk::letters::{OriginKind, Task};
use desk::rights::Capability;
use desk::views::tasks::Line;
use locale::Fact;
use quantity::Moment;

use super::typed::form;
use super::words::{duration, fill};
use crate::view::{Cell, Link, PlainPage, Say, Tone};
use crate::visitor::Member;

/// Where the list stands.
pub(super) const LIST: &str = "/viec";

/// A page below the list of tasks, under its own title.
pub(super) fn under(t: Say, mut page: PlainPage, title: &str) -> PlainPage {
    page.title = t.say(title);
    page.trail = vec![Link { text: t.say("tasks"), href: LIST.to_owned() }];
    page
}

/// The key of a standing's name.
fn urgency_key(urgency: Urgency) -> String {
    format!("task-urgency-{}", urgency.code())
}

/// The colour of a standing.
const fn tone(urgency: Urgency) -> Tone {
    match urgency {
        Urgency::Overdue => Tone::Danger,
        Urgency::Returned | Urgency::Soon | Urgency::Waiting => Tone::Attention,
        Urgency::Closed => Tone::Confirmed,
        Urgency::New | Urgency::UnderWay => Tone::Plain,
    }
}

/// The name of a stage.
pub(super) fn stage_words(t: Say, stage: Stage) -> String {
    t.say(&format!("task-stage-{}", stage.code().replace('_', "-")))
}

/// The deadline: its day, in the letter's words where it has some, and how far away it is.
pub(super) fn due_cell(t: Say, task: &Task, now: Moment) -> Cell {
    let Some(due) = &task.due else {
        let told = task.haste.as_ref().map(|word| t.one("task-haste", "word", word.clone()));
        return Cell::text(t.say("task-no-day")).told(told.unwrap_or_default());
    };
    let shown = if due.until.show_time() == "23:59" { due.until.show_date() } else { due.until.to_string() };
    let far = match task.judged(now) {
        _ if !task.stage.is_open() => String::new(),
        Judged::Undone(late) => t.one("task-late-by", "span", duration(t, late)),
        _ if due.until > now => t.one("task-left", "span", duration(t, due.until - now)),
        _ => String::new(),
    };
    // What the order itself says is not said again beside it.
    let words = if task.text.contains(&due.words) { String::new() } else { due.words.clone() };
    let told: Vec<String> = [far, words].into_iter().filter(|words| !words.is_empty()).collect();
    Cell::text(shown).told(told.join(" · "))
}

/// Whether somebody may open letters: others read what a letter is called.
pub(super) fn opens_letters(member: &Member) -> bool {
    member.visitor.actor.may(Capability::SeeLetters)
}

/// What a letter is called, leading to it for whoever may open it.
fn letter_cell(called: &str, id: impl std::fmt::Display, opens: bool) -> Cell {
    if opens { Cell::link(called, format!("/van-ban/{id}")) } else { Cell::text(called) }
}

/// The rows of a list of tasks, one a line.
fn rows(t: Say, lines: &[Line], now: Moment, opens: bool) -> Vec<Vec<Cell>> {
    lines.iter().map(|line| row(t, line, now, opens)).collect()
}

fn row(t: Say, line: &Line, now: Moment, opens: bool) -> Vec<Cell> {
    let task = &line.kept.content;
    let letter = match &line.letter {
        Some((id, called)) => letter_cell(called, id, opens),
        None => Cell::text(t.say(&format!("task-origin-{}", origin_code(task.origin.kind)))),
    };
    let progress = match task.life.last_told() {
        Some((_, Some(percent), words)) => Cell::figure(percent.to_string(), "%").told(words.to_owned()),
        Some((_, None, words)) => Cell::text(words.to_owned()),
        None if !task.stage.is_open() => Cell::default(),
        None => Cell::unknown(),
    };
    let holder = task.holder.as_ref().or(task.head.as_ref()).map(|named| named.name.clone()).unwrap_or_default();
    vec![
        Cell::text(t.say(&urgency_key(line.urgency))).told(stage_told(t, line)).toned(tone(line.urgency)),
        Cell::link(short(&task.text), format!("{LIST}/{}", line.kept.id)),
        Cell::text(task.body_name.clone()).told(holder),
        due_cell(t, task, now),
        progress,
        letter,
    ]
}

/// The beginning of an order: a list shows many.
pub(super) fn short(text: &str) -> String {
    const LETTERS: usize = 150;
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LETTERS).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
}

/// The stage, where the standing does not say it already.
fn stage_told(t: Say, line: &Line) -> String {
    match line.urgency {
        Urgency::Overdue | Urgency::Soon | Urgency::Closed => stage_words(t, line.kept.content.stage),
        _ => String::new(),
    }
}

/// The stable name of what a task came out of.
pub(super) const fn origin_code(kind: OriginKind) -> &'static str {
    use OriginKind as O;
    match kind {
        O::Directive => "directive",
        O::Meeting => "meeting",
        O::Inspection => "inspection",
        O::Correction => "correction",
        O::Plan => "plan",
        O::Task => "task",
    }
}

/// The heads of a list of tasks.
fn columns(t: Say) -> Vec<crate::view::Column> {
    let keys = [
        "task-column-standing",
        "task-column-order",
        "task-column-body",
        "task-column-due",
        "task-column-progress",
        "task-column-letter",
    ];
    let column = |key: &str| {
        let column = crate::view::Column::words(t.say(key));
        match key {
            "task-column-order" => column.lead(),
            "task-column-progress" | "task-column-letter" => column.aside(),
            _ => column,
        }
    };
    keys.into_iter().map(column).collect()
}

/// A sentence with a count.
fn counted(t: Say, key: &str, count: usize) -> String {
    fill(t, key, &[("count", Fact::from(count))])
}
