//! /van-ban/{id}/viec-cu: open tasks of older letters that a letter amends, replaces or asks to weigh: keep, change or end
//! each, as somebody decided (DT14). Nothing is locked.

use desk::letters::directive::DirectiveId;
use desk::letters::instruction::Becomes;
use desk::letters::task::TaskId;
use desk::operations::rules::choose_instruction::ChooseInstruction;
use desk::rights::Capability;
use desk::views::rules::instructions::{OldTasks, OlderLetter, old_tasks};
use quantity::time::show_date;

use super::columns;
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::day_of;
use crate::pages::filled::{Sending, Wanted};
use crate::pages::letters::{called, role_words};
use crate::pages::plain::{answer, plain};
use crate::pages::tasks::{LIST, due_cell, short, stage_words};
use crate::pages::typed::{Typed, form};
use crate::respond::Answer;
use crate::view::{Cell, Choice, Field, Form, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /van-ban/{id}/viec-cu.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<DirectiveId>) -> Answer {
    show(&app, &member, id, Typed::after(member.caller.say, &fields)).await
}

async fn show(app: &App, member: &Member, id: DirectiveId, typed: Typed) -> Answer {
    let t = member.caller.say;
    let (around, found) =
        look(app, member, move |office, connection, actor| old_tasks(office, connection, actor, id)).await?;
    let tasks: usize = found.older.iter().map(|older| older.tasks.len()).sum();
    let sentence = match (found.older.len(), found.undecided, tasks) {
        (0, ..) => t.say("old-tasks-none"),
        (_, 0, 0) => t.say("old-tasks-no-open"),
        (_, 0, _) => t.say("old-tasks-decided"),
        (_, open, _) => t.one("old-tasks-sentence", "count", open),
    };
    let mut page = plain(app, member, &around, "letters", sentence);
    page.title = t.say("old-tasks");
    page.trail = vec![
        Link { text: t.say("letters"), href: "/van-ban".to_owned() },
        Link { text: found.called.clone(), href: format!("/van-ban/{id}") },
    ];
    page.about = t.say("old-tasks-about");
    for (number, older) in (1..).zip(&found.older) {
        page.sections.push(section(t, &found, older, number));
    }
    if found.decides && found.undecided > 0 && around.past.is_none() {
        page.sections.push(choose(app, t, &found, id));
    }
    Ok(answer(&typed.into_forms_of(page)))
}

fn section(t: Say, found: &OldTasks, older: &OlderLetter, number: usize) -> Section {
    let rows = older.tasks.iter().map(|(kept, chosen)| {
        let task = &kept.content;
        let decided = match chosen {
            Some(kept) => {
                let one = &kept.content;
                let day = one.last_day.map(|day| format!(" · {}", t.one("at-task-new-day", "day", show_date(day))));
                Cell::text(t.say(&format!("at-task-becomes-{}", one.becomes.code())))
                    .told(format!("{}: «{}»{}", one.decider, one.words, day.unwrap_or_default()))
                    .toned(Tone::Confirmed)
            }
            None => Cell::text(t.say("letter-undecided")).toned(Tone::Attention),
        };
        vec![
            Cell::link(short(&task.text), format!("{LIST}/{}", kept.id)),
            Cell::text(task.body_name.clone()),
            Cell::text(stage_words(t, task.stage)),
            due_cell(t, task, found.now),
            decided,
        ]
    });
    let role = role_words(t, older.role);
    let keys = ["task-column-order", "task-column-body", "task-stage", "task-column-due", "letter-decision"];
    Section {
        empty: t.say("old-tasks-no-open"),
        table: Some(Table { columns: columns(t, &keys), rows: rows.collect() }),
        ..Section::new(format!("van-ban-cu-{number}"), format!("{} ({role})", called(t, &older.letter)))
    }
}

/// What is asked for each choice.
pub(super) fn choice_fields(t: Say, form: Form) -> Form {
    let becomes = Becomes::ALL.map(|one| Choice {
        value: one.code().to_owned(),
        text: t.say(&format!("at-task-becomes-{}", one.code())),
        chosen: false,
    });
    let mut form = form
        .field(Field::words("becomes", t.say("at-task-becomes")).input(Input::Choices(becomes.to_vec())).required())
        .field(Field::words("day", t.say("at-task-day")).input(Input::Day).hint(t.say("at-task-day-hint")))
        .field(Field::words("decider", t.say("letter-decider")).required())
        .field(Field::words("words", t.say("letter-decision-words")).input(Input::Lines).required());
    form.means = t.say("at-task-means");
    form
}

fn choose(app: &App, t: Say, found: &OldTasks, id: DirectiveId) -> Section {
    let mut form = form(app, &format!("/van-ban/{id}/viec-cu"), "choose", t.say("at-task-choose"));
    let open = found.older.iter().flat_map(|older| &older.tasks);
    for (kept, _) in open.filter(|(kept, chosen)| chosen.is_none() && kept.content.stage.is_open()) {
        let label = format!("{} – {}", kept.content.body_name, short(&kept.content.text));
        form = form.field(Field::words(format!("task-{}", kept.id), label).input(Input::Check).value("1"));
    }
    Section { forms: vec![choice_fields(t, form)], ..Section::new("chon", t.say("old-tasks-choose")) }
}

/// POST /van-ban/{id}/viec-cu: what becomes of the tasks that are ticked.
pub(in crate::pages) async fn choose_for(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::JudgeTasks)?;
    let later: DirectiveId = form.id()?;
    let operation = ChooseInstruction {
        key: form.key(),
        later,
        tasks: form.fields.ticked("task-"),
        becomes: Becomes::from_code(form.fields.text("becomes")).ok_or_else(|| form.unreadable())?,
        last_day: day_of(form.fields.text("day")),
        decider: form.text("decider"),
        words: form.text("words"),
    };
    let back = form.fields.some("back").and_then(|id| id.parse::<TaskId>().ok());
    let path = back.map_or_else(|| format!("/van-ban/{later}/viec-cu"), |task| format!("{LIST}/{task}"));
    let acted = form.act(Ok(operation), &path, "done-instruction-chosen").await?;
    acted.or(|typed| show(&form.app, &form.member, later, typed)).await
}
