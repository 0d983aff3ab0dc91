//! GET and POST /viec/vuong-mac: what stands in the way of tasks, and who must answer until when (DT10).

use axum::extract::{Query, State};
use desk::letters::obstacle::ObstacleId;
use desk::operations::tasks::answer_obstacle::AnswerObstacle;
use desk::operations::tasks::pass_obstacle::PassObstacle;
use desk::views::tasks::{ObstacleLine, Obstacles, obstacles};

use super::{LIST, counted, form, under};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::{Sending, id_of};
use crate::pages::plain::{answer, plain};
use crate::pages::typed::Typed;
use crate::respond::Answer;
use crate::view::{Cell, Column, Field, Input, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/viec/vuong-mac";

/// GET /viec/vuong-mac.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

async fn show(app: &App, member: &Member, typed: Typed) -> Answer {
    let t = member.caller.say;
    let (around, found) = look(app, member, obstacles).await?;
    let mut page = under(t, plain(app, member, &around, "tasks", sentence(t, &found)), "task-obstacles");
    page.about = t.say("task-obstacles-about");
    let rows: Vec<_> = found.open.iter().map(|line| open_row(t, line)).collect();
    page.sections.push(Section {
        table: Some(Table { columns: columns(t, "task-lies"), rows }),
        empty: t.say("task-obstacles-empty"),
        ..Section::new("chua-tra-loi", t.say("task-unanswered"))
    });
    for line in found.open.iter().filter(|line| line.answers) {
        page.sections.push(to_answer(app, t, line));
    }
    let rows: Vec<_> = found.answered.iter().map(|line| answered_row(t, line)).collect();
    page.sections.push(Section {
        table: Some(Table { columns: columns(t, "task-answer"), rows }),
        empty: t.say("task-answered-empty"),
        ..Section::new("da-tra-loi", t.say("task-answered"))
    });
    Ok(answer(&typed.into_forms_of(page)))
}

fn sentence(t: Say, found: &Obstacles) -> String {
    let late = found.open.iter().filter(|line| line.late).count();
    match (found.open.len(), late) {
        (0, _) => t.say("task-obstacles-calm"),
        (open, 0) => counted(t, "task-obstacles-open", open),
        (open, late) => t.two("task-obstacles-late", "count", open, "late", late),
    }
}

fn columns(t: Say, last: &str) -> Vec<Column> {
    ["task-obstacle", "task-column-order", "task-who", last].map(|key| Column::words(t.say(key))).to_vec()
}

fn first_cells(t: Say, line: &ObstacleLine) -> Vec<Cell> {
    let obstacle = &line.kept.content;
    let steps: Vec<String> = obstacle.passed.iter().map(|step| format!("{} → {}", step.from, step.to)).collect();
    vec![
        Cell::text(obstacle.words.clone()).told(t.say(&format!("task-{}", obstacle.kind.code()))),
        Cell::link(obstacle.about.clone(), format!("{LIST}/{}", obstacle.task)).told(steps.join(" · ")),
        Cell::text(obstacle.body_name.clone()).told(t.two(
            "task-told-by",
            "who",
            obstacle.raised_by.name.clone(),
            "at",
            obstacle.raised_at.to_string(),
        )),
    ]
}

fn open_row(t: Say, line: &ObstacleLine) -> Vec<Cell> {
    let obstacle = &line.kept.content;
    let key = if line.late { "task-answer-late" } else { "task-answer-by" };
    let mut cells = first_cells(t, line);
    cells.push(
        Cell::text(obstacle.with_name.clone())
            .told(t.one(key, "day", obstacle.answer_by.show_date()))
            .toned(if line.late { Tone::Danger } else { Tone::Attention }),
    );
    cells
}

fn answered_row(t: Say, line: &ObstacleLine) -> Vec<Cell> {
    let mut cells = first_cells(t, line);
    cells.push(line.kept.content.answer.as_ref().map_or_else(Cell::unknown, |answer| {
        Cell::text(answer.words.clone())
            .told(t.two("task-told-by", "who", answer.by.name.clone(), "at", answer.at.to_string()))
            .toned(Tone::Confirmed)
    }));
    cells
}

fn to_answer(app: &App, t: Say, line: &ObstacleLine) -> Section {
    let (id, obstacle) = (line.kept.id.to_string(), &line.kept.content);
    let mut section =
        Section::new(format!("tra-loi-{id}"), t.one("task-answer-to", "body", obstacle.body_name.clone()));
    section.about = obstacle.words.clone();
    section.forms.push(
        form(app, PATH, "answer", t.say("task-answer-send"))
            .hidden("about", &id)
            .field(Field::words("words", t.say("task-answer")).input(Input::Lines).required()),
    );
    if obstacle.with.is_some() {
        section.forms.push(
            form(app, PATH, "pass", t.say("task-pass"))
                .hidden("about", &id)
                .field(Field::words("words", t.say("task-reason"))),
        );
    }
    section.folded = true;
    section
}

/// POST /viec/vuong-mac.
pub(in crate::pages) async fn act(sending: Sending) -> Answer {
    let form = sending.open()?;
    let obstacle: ObstacleId = id_of(form.fields.text("about"), &form.member.caller)?;
    let (key, words) = (form.key(), form.text("words"));
    let acted = match form.wants() {
        "answer" => form.act(Ok(AnswerObstacle { key, obstacle, words }), PATH, "done-task-answer").await,
        "pass" => form.act(Ok(PassObstacle { key, obstacle, words }), PATH, "done-task-pass").await,
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, typed)).await
}
