//! GET /viec/{id}: one task: the order with its sentence, who answers, until when, what shows it, what to do now.

use axum::http::header;
use axum::response::IntoResponse;
use desk::letters::life::judged::{Judged, Urgency};
use desk::letters::life::{Deed, Entry, Proof};
use desk::letters::task::{Stage, TaskId};
use desk::operations::rules::note_opened::NoteOpened;
use desk::views::tasks::one::Neighbour;
use desk::views::tasks::{OneTask, one_task, proof};
use quantity::Moment;
use quantity::time::show_date;

use super::one_forms::forms;
use super::{LIST, due_cell, letter_cell, opens_letters, origin_code, stage_words, tone};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::filled::{Placed, Wanted};
use crate::pages::plain::{answer, plain};
use crate::pages::rules::{at_task, receipts};
use crate::pages::typed::Typed;
use crate::pages::words::{duration, marked};
use crate::respond::Answer;
use crate::view::{Cell, Column, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /viec/{id}.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<TaskId>) -> Answer {
    show(&app, &member, id, Typed::after(member.caller.say, &fields)).await
}

/// The page of a task, with what was typed where it was refused.
pub(super) async fn show(app: &App, member: &Member, id: TaskId, typed: Typed) -> Answer {
    let t = member.caller.say;
    let look_up = || look(app, member, move |office, connection, actor| one_task(office, connection, actor, id));
    let (mut around, mut found) = look_up().await?;
    // Whoever opens his body's task for the first time has received it; a look into the past is none.
    if found.is_first_look && around.past.is_none() && member.caller.reads {
        // The page is shown although this could not be written down: the next opening writes it.
        if app.office.perform(member.visitor.actor.clone(), NoteOpened { task: found.kept.id }).await.is_ok() {
            (around, found) = look_up().await?;
        }
    }
    let task = &found.kept.content;
    let mut page = plain(app, member, &around, "tasks", sentence(t, &found));
    page.title = t.say("task-title");
    page.trail = vec![Link { text: t.say("tasks"), href: LIST.to_owned() }];
    page.about = marked(t, task.simulated, task.text.clone());
    page.sections.push(facts(t, &found, opens_letters(member)));
    if let Some(section) = parts(t, &found) {
        page.sections.push(section);
    }
    page.sections.push(evidence(t, &found));
    page.sections.extend(at_task::sections(app, t, &found, opens_letters(member)));
    page.sections.extend(forms(app, t, &found));
    page.sections.push(obstacles(t, &found));
    page.sections.extend(neighbours(t, &found));
    page.sections.push(history(t, &found));
    Ok(answer(&typed.into_forms_of(page)))
}

/// How it stands, and what is to be done now.
fn sentence(t: Say, found: &OneTask) -> String {
    let task = &found.kept.content;
    let who = task.body_name.as_str();
    match (task.stage, found.judged) {
        (Stage::Submitted, _) => t.one("task-says-submitted", "body", who),
        (Stage::Done, Judged::Late(late)) => t.two("task-says-done-late", "body", who, "span", duration(t, late)),
        (Stage::Done, _) => t.one("task-says-done", "body", who),
        (Stage::Dropped, _) => t.say("task-says-dropped"),
        (_, Judged::Undone(late)) => t.two("task-says-overdue", "body", who, "span", duration(t, late)),
        (Stage::Returned, _) => t.one("task-says-returned", "body", who),
        (Stage::Assigned, _) => t.one("task-says-new", "body", who),
        (_, Judged::OpenWithoutDay) => t.one("task-says-no-day", "body", who),
        _ => {
            let left = task.due.as_ref().map_or_else(String::new, |due| duration(t, due.until - found.now));
            t.two("task-says-open", "body", who, "span", left)
        }
    }
}

fn facts(t: Say, found: &OneTask, opens: bool) -> Section {
    let task = &found.kept.content;
    let line = |key: &str, cell: Cell| vec![Cell::text(t.say(key)), cell];
    let mut rows = Vec::new();
    match &found.letter {
        Some(letter) => {
            let date = letter.date.map(|date| t.one("task-of-day", "day", show_date(date))).unwrap_or_default();
            let told: Vec<String> =
                [letter.issuer.clone(), date].into_iter().filter(|words| !words.is_empty()).collect();
            let cell = letter_cell(&letter.called, letter.id, opens).told(told.join(" · "));
            rows.push(line("task-column-letter", cell));
            if let Some(sentence) = &letter.sentence {
                rows.push(line("task-sentence", Cell::text(format!("«{sentence}»"))));
            }
        }
        None => rows.push(line(
            "task-column-letter",
            Cell::text(t.say(&format!("task-origin-{}", origin_code(task.origin.kind)))),
        )),
    }
    let body = if found.ordered { String::new() } else { t.say("task-asked-only") };
    rows.push(line("task-column-body", Cell::text(task.body_name.clone()).told(body)));
    let head = task.head.as_ref().map(|head| head.name.clone());
    rows.push(line("task-head", Cell::known(head, "")));
    let tells = found.tells.as_ref().map(|to| match to.instead_of.is_empty() {
        true => t.one("task-tells", "name", to.name.clone()),
        false => t.two("task-tells-instead", "name", to.name.clone(), "absent", to.instead_of.clone()),
    });
    let holder = match &task.holder {
        Some(holder) => Cell::text(holder.name.clone()),
        None => Cell::text(t.say("task-no-holder")),
    };
    rows.push(line("task-holder", holder.told(tells.unwrap_or_default())));
    rows.push(line("receipts-column-way", receipts::way_cell(t, found.way, task.life.received.last(), false)));
    if !found.in_charge.is_empty() {
        let names = found.in_charge.iter().map(|one| format!("{} ({})", one.field.name, one.field.field));
        rows.push(line("fields-in-charge", Cell::text(names.collect::<Vec<_>>().join("; "))));
    }
    let mut due = due_cell(t, task, found.now);
    if found.urgency == Urgency::Overdue {
        due = due.toned(Tone::Danger);
    }
    rows.push(line("task-column-due", due));
    if let Some(every) = task.life.every {
        let key = format!("task-every-{:?}", every.every).to_lowercase();
        let (in_time, all) = (
            task.life.past.iter().filter(|time| time.submitted_at <= time.due).count(),
            task.life.past.iter().map(|time| 1 + time.missed as usize).sum::<usize>(),
        );
        let told = if all == 0 { String::new() } else { t.two("task-times", "done", in_time, "all", all) };
        rows.push(line("task-recurs", Cell::text(t.say(&key)).told(told)));
    }
    rows.push(line("task-stage", Cell::text(stage_words(t, task.stage)).toned(tone(found.urgency))));
    let progress = match task.life.last_told() {
        Some((entry, percent, words)) => {
            let when = t.two("task-told-by", "who", entry.by.name.clone(), "at", entry.at.to_string());
            match percent {
                Some(percent) => Cell::figure(percent.to_string(), "%").told(joined(words, &when)),
                None => Cell::text(words.to_owned()).told(when),
            }
        }
        None => Cell::unknown(),
    };
    rows.push(line("task-column-progress", progress));
    if let Some(reason) = task.life.why_returned().filter(|_| task.stage == Stage::Returned) {
        rows.push(line("task-returned-why", Cell::text(reason.to_owned()).toned(Tone::Attention)));
    }
    for (key, words) in
        [("task-partners", task.partners.join(", ")), ("task-report-to", task.report_to.clone().unwrap_or_default())]
    {
        if !words.is_empty() {
            rows.push(line(key, Cell::text(words)));
        }
    }
    let columns = vec![Column::words(t.say("task-column-what")), Column::words(t.say("task-column-value"))];
    Section { table: Some(Table { columns, rows }), ..Section::new("viec", String::new()) }
}

fn joined(words: &str, when: &str) -> String {
    if words.is_empty() { when.to_owned() } else { format!("{words} · {when}") }
}

fn parts(t: Say, found: &OneTask) -> Option<Section> {
    let task = &found.kept.content;
    if task.subtasks.is_empty() {
        return None;
    }
    let ticked = task.life.ticked();
    let rows = (0..).zip(&task.subtasks).map(|(place, words)| {
        let state = if ticked.contains(&place) {
            Cell::text(t.say("task-part-done")).toned(Tone::Confirmed)
        } else {
            Cell::text(t.say("task-part-open"))
        };
        vec![Cell::text(format!("({}) {words}", place + 1)), state]
    });
    let columns = vec![Column::words(t.say("task-parts")), Column::words(t.say("task-stage"))];
    let about = t.two("task-parts-done", "done", ticked.len(), "all", task.subtasks.len());
    Some(Section {
        about,
        table: Some(Table { columns, rows: rows.collect() }),
        ..Section::new("phan-viec", t.say("task-parts"))
    })
}

fn evidence(t: Say, found: &OneTask) -> Section {
    let id = found.kept.id;
    let rows = found.kept.content.life.proofs().enumerate().map(|(place, (entry, proof))| {
        let file = format!("{LIST}/{id}/tep/{place}");
        let shown = match proof {
            Proof::Photo { name, .. } => Cell { picture: file.clone(), ..Cell::link(name.clone(), file) },
            Proof::File { name, .. } => Cell::link(name.clone(), file),
            Proof::Text { words } => Cell::text(words.clone()),
            Proof::Link { href, .. } => Cell::link(proof.called().to_owned(), href.clone()),
        };
        vec![shown, Cell::text(entry.by.name.clone()).told(entry.at.to_string())]
    });
    let columns = vec![Column::words(t.say("task-evidence")), Column::words(t.say("task-who"))];
    Section {
        table: Some(Table { columns, rows: rows.collect() }),
        empty: t.say("task-evidence-none"),
        ..Section::new("minh-chung", t.say("task-evidence"))
    }
}

fn obstacles(t: Say, found: &OneTask) -> Section {
    let rows = found.obstacles.iter().map(|kept| {
        let obstacle = &kept.content;
        let answer = match &obstacle.answer {
            Some(answer) => Cell::text(answer.words.clone())
                .told(t.two("task-told-by", "who", answer.by.name.clone(), "at", answer.at.to_string()))
                .toned(Tone::Confirmed),
            None => {
                let late = obstacle.is_late(found.now);
                let key = if late { "task-answer-late" } else { "task-answer-by" };
                let tone = if late { Tone::Danger } else { Tone::Attention };
                Cell::text(t.one("task-lies-with", "name", obstacle.with_name.clone()))
                    .told(t.one(key, "day", obstacle.answer_by.show_date()))
                    .toned(tone)
            }
        };
        vec![
            Cell::text(obstacle.words.clone()).told(t.say(&format!("task-{}", obstacle.kind.code()))),
            Cell::text(obstacle.raised_by.name.clone()).told(obstacle.raised_at.to_string()),
            answer,
        ]
    });
    let keys = ["task-obstacle", "task-who", "task-answer"];
    Section {
        table: Some(Table { columns: keys.map(|key| Column::words(t.say(key))).to_vec(), rows: rows.collect() }),
        empty: t.say("task-obstacles-none"),
        ..Section::new("vuong-mac", t.say("task-obstacles"))
    }
}

fn neighbours(t: Say, found: &OneTask) -> Option<Section> {
    let row = |one: &Neighbour, key: &str| {
        let words = if one.open {
            Cell::link(one.task.text.clone(), format!("{LIST}/{}", one.id))
        } else {
            Cell::text(one.task.text.clone())
        };
        let standing = stage_words(t, one.task.stage);
        let overdue = one.task.is_overdue(found.now);
        let tone = if overdue { Tone::Danger } else { Tone::Plain };
        vec![
            words.told(t.say(key)),
            Cell::text(one.body.clone()),
            Cell::text(standing).toned(tone),
            due_cell(t, &one.task, found.now),
        ]
    };
    let rows: Vec<Vec<Cell>> = found
        .above
        .iter()
        .map(|one| row(one, "task-above"))
        .chain(found.below.iter().map(|one| row(one, "task-below")))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let keys = ["task-column-order", "task-column-body", "task-stage", "task-column-due"];
    let columns = keys.map(|key| Column::words(t.say(key))).to_vec();
    Some(Section { table: Some(Table { columns, rows }), ..Section::new("tren-duoi", t.say("task-neighbours")) })
}

fn history(t: Say, found: &OneTask) -> Section {
    let task = &found.kept.content;
    let mut rows: Vec<(Moment, Vec<Cell>)> = task.life.log.iter().map(|entry| (entry.at, told(t, entry))).collect();
    rows.extend(task.life.reminded.iter().map(|one| {
        let words = match one.to.is_empty() {
            true => t.say("task-reminded-nobody"),
            false if one.instead_of.is_empty() => t.one("task-reminded", "name", one.to.clone()),
            false => t.two("task-reminded-instead", "name", one.to.clone(), "absent", one.instead_of.clone()),
        };
        (one.at, vec![Cell::text(one.at.to_string()), Cell::text(t.say("task-program")), Cell::text(words)])
    }));
    let given = vec![
        Cell::text(task.assigned_at.to_string()),
        Cell::text(task.assigned_by.clone()),
        Cell::text(t.say("task-did-assign")),
    ];
    rows.push((task.assigned_at, given));
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let keys = ["column-when", "task-who", "task-did"];
    Section {
        table: Some(Table {
            columns: keys.map(|key| Column::words(t.say(key))).to_vec(),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        }),
        ..Section::new("qua-trinh", t.say("task-history"))
    }
}

/// What an entry of the history says.
fn told(t: Say, entry: &Entry) -> Vec<Cell> {
    let did = t.say(&format!("task-did-{}", entry.deed.code()));
    let day = |at: &Option<Moment>| at.map_or_else(|| t.say("task-no-day"), Moment::show_date);
    let words = match &entry.deed {
        Deed::Accept => String::new(),
        Deed::Tell { percent, words, .. } => {
            joined(&percent.map(|percent| format!("{percent} %")).unwrap_or_default(), words)
        }
        Deed::Prove { proof } => proof.called().to_owned(),
        Deed::Submit { words } | Deed::Approve { words } => words.clone(),
        Deed::Return { reason, .. } | Deed::Drop { reason } => reason.clone(),
        Deed::SetDue { until, before, reason } => {
            joined(&format!("{} → {}", day(before), day(until)), reason).trim_end_matches(" · ").to_owned()
        }
        Deed::Hand { to, from, reason } => {
            let from = from.as_ref().map(|from| from.name.clone()).unwrap_or_default();
            let both = if from.is_empty() { to.name.clone() } else { format!("{from} → {}", to.name) };
            joined(&both, reason).trim_end_matches(" · ").to_owned()
        }
        Deed::HandDown { to, .. } => to.join(", "),
    };
    vec![
        Cell::text(entry.at.to_string()),
        Cell::text(entry.by.name.clone()),
        Cell::text(did).told(words.trim_start_matches(" · ").to_owned()),
    ]
}

/// GET /viec/{id}/tep/{place}: a file that shows a task.
pub(in crate::pages) async fn file(
    Wanted { app, member, id: Placed { id, place }, .. }: Wanted<Placed<TaskId>>,
) -> Answer {
    let (_, (media, bytes, _)) =
        look(&app, &member, move |office, connection, actor| proof(office, connection, actor, id, place)).await?;
    // A picture is shown, all else stays a file: what a stranger wrote is not opened inside our page.
    let way = if media.starts_with("image/") { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CONTENT_DISPOSITION, format!("{way}; filename=\"minh-chung-{}\"", place + 1)),
        (header::CACHE_CONTROL, "private, max-age=3600".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
