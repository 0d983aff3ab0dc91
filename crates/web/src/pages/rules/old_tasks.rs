//! /van-ban/{id}/viec-cu: open tasks of older letters that a letter amends, replaces or asks to weigh: keep, change or end
//! each, as somebody decided (DT14). Nothing is locked.

use axum::extract::{Path, Query, State};
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
use crate::pages::fields::{Fields, Sent, day_of};
use crate::pages::letters::called;
use crate::pages::plain::{answer, done, plain, said_done};
use crate::pages::tasks::{LIST, Typed, due_cell, form, short, stage_words};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Choice, Field, Form, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /van-ban/{id}/viec-cu.
pub(in crate::pages) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(asked): Query<Fields>,
    member: Member,
) -> Answer {
    show(&app, &member, &id, Typed::default(), asked.text("xong")).await
}

async fn show(app: &App, member: &Member, id: &str, typed: Typed, said: &str) -> Answer {
    let t = member.caller.say;
    let key: DirectiveId = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (around, found) =
        look(app, member, move |office, connection, actor| old_tasks(office, connection, actor, key)).await?;
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
    page.done = said_done(t, said);
    for (number, older) in (1..).zip(&found.older) {
        page.sections.push(section(t, &found, older, number));
    }
    if found.decides && found.undecided > 0 && around.past.is_none() {
        page.sections.push(choose(app, t, &found, id));
    }
    typed.onto(&mut page);
    Ok(answer(&page))
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
    let role = t.say(&format!("letter-role-{}", desk::letters::finding::role_code(older.role).replace('_', "-")));
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

fn choose(app: &App, t: Say, found: &OldTasks, id: &str) -> Section {
    let mut form = form(app, &format!("/van-ban/{id}/viec-cu"), "choose", t.say("at-task-choose"));
    let open = found.older.iter().flat_map(|older| &older.tasks);
    for (kept, _) in open.filter(|(kept, chosen)| chosen.is_none() && kept.content.stage.is_open()) {
        let label = format!("{} – {}", kept.content.body_name, short(&kept.content.text));
        form = form.field(Field::words(format!("task-{}", kept.id), label).input(Input::Check).value("1"));
    }
    Section { forms: vec![choice_fields(t, form)], ..Section::new("chon", t.say("old-tasks-choose")) }
}

/// POST /van-ban/{id}/viec-cu: what becomes of the tasks that are ticked.
pub(in crate::pages) async fn choose_for(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::JudgeTasks)?;
    let ticked = fields.0.iter().filter(|(_, value)| *value == "1");
    let mut tasks: Vec<TaskId> = ticked.filter_map(|(name, _)| name.strip_prefix("task-")?.parse().ok()).collect();
    // A repeated request must be the same one.
    tasks.sort();
    let operation = ChooseInstruction {
        key: Some(fields.key(&member.caller)?),
        later: id.parse().map_err(|_| Problem::no_page(&member.caller))?,
        tasks,
        becomes: Becomes::from_code(fields.text("becomes")).ok_or_else(|| Problem::unreadable(&member.caller))?,
        last_day: day_of(fields.text("day")),
        decider: fields.text("decider").to_owned(),
        words: fields.text("words").to_owned(),
    };
    let back = fields.some("back").and_then(|id| id.parse::<TaskId>().ok());
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(_) => {
            let path = back.map_or_else(|| format!("/van-ban/{id}/viec-cu"), |task| format!("{LIST}/{task}"));
            Ok(done(&path, "done-instruction-chosen"))
        }
        Err(failure) => {
            let typed = Typed::refused(fields, failure, &member.caller)?;
            show(&app, &member, &id, typed, "").await
        }
    }
}
