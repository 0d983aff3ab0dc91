//! GET /viec/diem-tin: what a leader reads in the morning.

use axum::extract::State;
use desk::views::tasks::digest::{Digest, digest};

use super::{LIST, columns, counted, opens_letters, rows, short, under};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::plain::{answer, plain};
use crate::pages::words::fill;
use crate::respond::Answer;
use crate::view::{Cell, Column, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /viec/diem-tin.
pub(in crate::pages) async fn page(State(app): State<App>, member: Member) -> Answer {
    let t = member.caller.say;
    let (around, found) = look(&app, &member, digest).await?;
    let mut page = under(t, plain(&app, &member, &around, "tasks", sentence(t, &found)), "task-digest");
    page.about = if found.cut { t.say("task-digest-cut") } else { t.say("task-digest-about") };
    let opens = opens_letters(&member);
    for (body, lines) in &found.overdue {
        let title = t.two("task-digest-overdue-of", "body", body.clone(), "count", lines.len());
        page.sections.push(Section {
            table: Some(Table { columns: columns(t), rows: rows(t, lines, found.now, opens) }),
            ..Section::new(format!("qua-han-{}", page.sections.len()), title)
        });
    }
    let soon = counted(t, "task-digest-soon", usize::try_from(found.soon_days).unwrap_or(0));
    let parts = [
        ("den-han", soon, &found.soon),
        ("cho-nghiem-thu", t.say("task-digest-waiting"), &found.waiting),
        ("moi", t.say("task-digest-new"), &found.new),
    ];
    for (id, title, lines) in parts {
        page.sections.push(Section {
            table: Some(Table { columns: columns(t), rows: rows(t, lines, found.now, opens) }),
            empty: t.say("task-digest-none"),
            ..Section::new(id, title)
        });
    }
    page.sections.push(obstacles(t, &found));
    page.sections.push(Section { copy: text(t, &found), ..Section::new("chep", t.say("task-digest-copy")) });
    Ok(answer(&page))
}

fn facts(found: &Digest) -> [(&'static str, locale::Fact); 5] {
    [
        ("overdue", found.overdue_count().into()),
        ("soon", found.soon_count.into()),
        ("waiting", found.waiting_count.into()),
        ("new", found.new.len().into()),
        ("obstacles", found.obstacles.len().into()),
    ]
}

fn sentence(t: Say, found: &Digest) -> String {
    let key = if found.more_new { "task-digest-sentence-more" } else { "task-digest-sentence" };
    fill(t, key, &facts(found))
}

/// The digest as one text, to be pasted.
fn text(t: Say, found: &Digest) -> String {
    let mut lines = vec![t.one("task-digest-head", "at", found.now.to_string()), sentence(t, found)];
    for (body, of_body) in &found.overdue {
        lines.push(t.two("task-digest-overdue-of", "body", body.clone(), "count", of_body.len()));
        lines.extend(of_body.iter().map(|line| format!("- {}", short(&line.kept.content.text))));
    }
    lines.join("\n")
}

fn obstacles(t: Say, found: &Digest) -> Section {
    let rows = found.obstacles.iter().map(|line| {
        let obstacle = &line.kept.content;
        let key = if line.late { "task-answer-late" } else { "task-answer-by" };
        vec![
            Cell::link(obstacle.words.clone(), format!("{LIST}/vuong-mac")),
            Cell::text(obstacle.body_name.clone()),
            Cell::text(obstacle.with_name.clone())
                .told(t.one(key, "day", obstacle.answer_by.show_date()))
                .toned(if line.late { Tone::Danger } else { Tone::Attention }),
        ]
    });
    let keys = ["task-obstacle", "task-column-body", "task-lies"];
    Section {
        table: Some(Table { columns: keys.map(|key| Column::words(t.say(key))).to_vec(), rows: rows.collect() }),
        empty: t.say("task-obstacles-empty"),
        ..Section::new("vuong-mac", t.say("task-unanswered"))
    }
}
