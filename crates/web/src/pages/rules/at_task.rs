//! What touches a task on its page: letters to be read together with decider and decision, and what becomes of the task
//! because of a newer letter (DT14).

use desk::letters::instruction::Becomes;
use desk::views::letters::graph::{Brief, Together};
use desk::views::tasks::OneTask;
use quantity::time::show_date;

use super::columns;
use super::old_tasks::choice_fields;
use crate::app::App;
use crate::pages::letters::{called, role_words};
use crate::pages::typed::form;
use crate::pages::words::fill;
use crate::view::{Cell, Say, Section, Table, Tone};

fn letter_cell(t: Say, brief: &Brief, opens: bool) -> Cell {
    let told = [brief.date.map(show_date), brief.subject.clone().filter(|_| brief.number.is_some())];
    let told = told.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let cell = match opens && brief.paper.is_none() {
        true => Cell::link(called(t, brief), format!("/van-ban/{}/lien-quan", brief.id)),
        false => Cell::text(called(t, brief)),
    };
    cell.told(told)
}

/// The sections of a task.
pub(in crate::pages) fn sections(app: &App, t: Say, found: &OneTask, opens: bool) -> Vec<Section> {
    let mut sections = Vec::new();
    let at_task = &found.together;
    for (number, (later, role)) in (1..).zip(&at_task.undecided) {
        let number: usize = number;
        let facts = [("later", called(t, later).into()), ("role", role_words(t, *role).into())];
        let mut section = Section::new(format!("van-ban-moi-{number}"), t.say("at-task-newer"));
        section.about = fill(t, "at-task-newer-about", &facts);
        section.table = Some(Table {
            columns: columns(t, &["letter-together-later", "at-task-does"]),
            rows: vec![vec![letter_cell(t, later, opens), Cell::text(role_words(t, *role)).toned(Tone::Attention)]],
        });
        if found.judges && opens {
            let action = format!("/van-ban/{}/viec-cu", later.id);
            let form = form(app, &action, "choose", t.say("at-task-choose"))
                .hidden(format!("task-{}", found.kept.id), "1")
                .hidden("back", found.kept.id.to_string());
            section.forms.push(choice_fields(t, form));
        }
        sections.push(section);
    }
    if !at_task.chosen.is_empty() {
        let rows = at_task.chosen.iter().map(|kept| {
            let one = &kept.content;
            let tone = if one.becomes == Becomes::Keep { Tone::Plain } else { Tone::Attention };
            let day = one.last_day.map(|day| t.one("at-task-new-day", "day", show_date(day))).unwrap_or_default();
            vec![
                Cell::text(one.later_number.clone()),
                Cell::text(t.say(&format!("at-task-becomes-{}", one.becomes.code()))).told(day).toned(tone),
                Cell::text(one.decider.clone()).told(format!("«{}» · {}", one.words, one.at)),
            ]
        });
        let keys = ["letter-together-later", "at-task-becomes", "letter-decision"];
        sections.push(Section {
            table: Some(Table { columns: columns(t, &keys), rows: rows.collect() }),
            ..Section::new("da-chon", t.say("at-task-chosen"))
        });
    }
    if !at_task.pairs.is_empty() {
        let rows = at_task.pairs.iter().map(|pair| pair_row(t, pair, opens));
        let keys = ["letter-together-later", "letter-together-earlier", "at-task-decider", "letter-decision"];
        sections.push(Section {
            about: t.say("at-task-together-about"),
            table: Some(Table { columns: columns(t, &keys), rows: rows.collect() }),
            ..Section::new("doc-cung", t.say("letter-together"))
        });
    }
    sections
}

fn pair_row(t: Say, pair: &Together, opens: bool) -> Vec<Cell> {
    let later = letter_cell(t, &pair.later, opens);
    let later = Cell { told: role_words(t, pair.role), ..later };
    let earlier = match &pair.earlier {
        Some(earlier) => letter_cell(t, earlier, opens),
        None => Cell::text(pair.earlier_number.clone()).told(t.say("letter-not-in-register")).toned(Tone::Attention),
    };
    let deciders = match pair.deciders.is_empty() {
        true => Cell::unknown(),
        false => Cell::text(pair.deciders.join("; ")),
    };
    let decision = match pair.decisions.first() {
        Some(kept) => {
            let decision = &kept.content;
            let by = [("who", decision.decider.clone().into()), ("at", decision.at.to_string().into())];
            Cell::text(t.say(&format!("letter-followed-{}", decision.followed.code())))
                .told(format!("{}: «{}»", fill(t, "letter-decided-by", &by), decision.words))
                .toned(Tone::Confirmed)
        }
        None => Cell::text(t.say("letter-undecided")).toned(Tone::Attention),
    };
    vec![later, earlier, deciders, decision]
}
