//! /viec/linh-vuc: who is in charge of which field, from when to when, and the open tasks of each (DT07).

use axum::extract::{Query, State};
use desk::letters::field::{Officer, OfficerField, OfficerFieldId};
use desk::operations::rules::appoint_in_field::AppointInField;
use desk::operations::rules::end_in_field::EndInField;
use desk::rights::Capability;
use desk::views::rules::fields::{FieldInFull, Fields as Found, field, fields};
use place::{BodyId, PersonId};
use quantity::Span;
use quantity::time::show_date;

use super::columns;
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, day_of};
use crate::pages::filled::{Sending, Wanted};
use crate::pages::plain::{answer, plain};
use crate::pages::tasks::{LIST, due_cell, short, stage_words};
use crate::pages::typed::{Typed, form};
use crate::pages::words::marked;
use crate::respond::Answer;
use crate::view::{Cell, Choice, Field, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/viec/linh-vuc";

/// GET /viec/linh-vuc.
pub(in crate::pages) async fn page(State(app): State<App>, Query(asked): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &asked)).await
}

async fn show(app: &App, member: &Member, typed: Typed) -> Answer {
    let t = member.caller.say;
    let (around, found) = look(app, member, fields).await?;
    let away = found.lines.iter().filter(|line| line.officer.away || !line.officer.in_post).count();
    let sentence = match found.lines.len() {
        0 => t.say("fields-none"),
        all if away > 0 => t.two("fields-sentence-away", "count", all, "away", away),
        all => t.one("fields-sentence", "count", all),
    };
    let mut page = plain(app, member, &around, "officer-fields", sentence);
    page.trail = vec![Link { text: t.say("tasks"), href: LIST.to_owned() }];
    page.about = t.say("fields-about");
    page.sections.push(in_force(t, &found));
    if !found.candidates.is_empty() && around.past.is_none() {
        page.sections.push(appoint_form(app, t, &found));
    }
    page.sections.push(others(t, &found));
    Ok(answer(&typed.into_forms_of(page)))
}

fn charge(t: Say, field: &OfficerField) -> String {
    let from = show_date(field.from.date());
    match field.to {
        Some(to) => t.two("fields-from-to", "from", from, "to", show_date((to - Span::micros(1)).date())),
        None => t.one("fields-since", "from", from),
    }
}

/// Him, with whether he is there and who stands in.
fn officer_cell(t: Say, officer: &Officer) -> Cell {
    let cell = Cell::text(officer.field.name.clone());
    let instead = officer.stand_in.as_ref().map(|(_, name)| name.clone());
    let key = match (officer.in_post, officer.away) {
        (true, false) => return cell.told(officer.field.post.clone()),
        (false, _) => "fields-left",
        (true, true) => "fields-away",
    };
    let told = match instead {
        Some(name) => format!("{}; {}", t.say(key), t.one("fields-stand-in", "name", name)),
        None => format!("{}; {}", t.say(key), t.say("fields-nobody-stands-in")),
    };
    cell.told(told).toned(Tone::Attention)
}

fn in_force(t: Say, found: &Found) -> Section {
    let rows = found.lines.iter().map(|line| {
        let field = &line.officer.field;
        let tasks = Cell::link(t.one("fields-tasks", "count", line.tasks), format!("{PATH}/{}", line.officer.id));
        let tasks = match line.overdue {
            0 => tasks,
            late => tasks.told(t.one("fields-overdue", "count", late)).toned(Tone::Danger),
        };
        vec![
            Cell::text(line.body.clone()),
            officer_cell(t, &line.officer),
            Cell::text(marked(t, field.simulated, field.field.clone())),
            Cell::text(charge(t, field)).told(field.paper.clone()),
            tasks,
        ]
    });
    let keys = [
        "task-column-body",
        "fields-column-officer",
        "fields-column-field",
        "fields-column-time",
        "fields-column-tasks",
    ];
    Section {
        empty: t.say("fields-empty"),
        table: Some(Table { columns: columns(t, &keys), rows: rows.collect() }),
        ..Section::new("phu-trach", t.say("fields-in-force"))
    }
}

fn others(t: Say, found: &Found) -> Section {
    let rows = found.others.iter().map(|(kept, body)| {
        let field = &kept.content;
        vec![
            Cell::text(body.clone()),
            Cell::text(field.name.clone()).told(field.post.clone()),
            Cell::text(field.field.clone()),
            Cell::text(charge(t, field)).told(field.paper.clone()),
        ]
    });
    let keys = ["task-column-body", "fields-column-officer", "fields-column-field", "fields-column-time"];
    Section {
        empty: t.say("fields-others-none"),
        table: Some(Table { columns: columns(t, &keys), rows: rows.collect() }),
        folded: true,
        ..Section::new("khac", t.say("fields-others"))
    }
}

fn appoint_form(app: &App, t: Say, found: &Found) -> Section {
    let choice = |value: String, text: String| Choice { value, text, chosen: false };
    let people = found
        .candidates
        .iter()
        .map(|one| choice(format!("{}|{}", one.body, one.person), format!("{} · {}", one.name, one.body_name)));
    let own = choice(String::new(), t.say("fields-own"));
    let known = found.known.fields.iter().map(|field| choice(field.code.clone(), field.name.clone()));
    let form = form(app, PATH, "appoint", t.say("fields-appoint"))
        .field(
            Field::words("person", t.say("fields-column-officer")).input(Input::Choices(people.collect())).required(),
        )
        .field(Field::words("post", t.say("fields-post")).hint(t.say("fields-post-hint")))
        .field(Field::words("code", t.say("fields-column-field")).input(Input::Choices(known.chain([own]).collect())))
        .field(Field::words("field", t.say("fields-own-name")).hint(t.say("fields-own-hint")))
        .field(Field::words("words", t.say("fields-words")).input(Input::Lines).hint(t.say("fields-words-hint")))
        .field(
            Field::words("from", t.say("fields-from")).input(Input::Day).value(found.now.date().to_string()).required(),
        )
        .field(Field::words("paper", t.say("fields-paper")));
    let confirmed = t.say(if found.known.unconfirmed { "unconfirmed" } else { "has-source" });
    Section {
        about: format!("{} ({confirmed})", found.known.source),
        forms: vec![form],
        folded: !found.lines.is_empty(),
        ..Section::new("giao", t.say("fields-new"))
    }
}

/// POST /viec/linh-vuc: somebody is put in charge.
pub(in crate::pages) async fn appoint(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::KeepCommand)?;
    let unreadable = || form.unreadable();
    let (body, person) = form.fields.text("person").split_once('|').ok_or_else(unreadable)?;
    let operation = AppointInField {
        key: form.key(),
        body: BodyId(body.parse().map_err(|_| unreadable())?),
        person: PersonId(person.parse().map_err(|_| unreadable())?),
        code: form.text("code"),
        field: form.text("field"),
        words: form.text("words"),
        post: form.text("post"),
        from: day_of(form.fields.text("from")).ok_or_else(unreadable)?,
        paper: form.text("paper"),
        simulated: form.app.demo.is_some(),
    };
    let acted = form.act(Ok(operation), PATH, "done-field-appointed").await?;
    acted.or(|typed| show(&form.app, &form.member, typed)).await
}

/// GET /viec/linh-vuc/{id}: one officer's field with its open tasks.
pub(in crate::pages) async fn one(Wanted { app, member, id, fields }: Wanted<OfficerFieldId>) -> Answer {
    show_one(&app, &member, id, Typed::after(member.caller.say, &fields)).await
}

async fn show_one(app: &App, member: &Member, id: OfficerFieldId, typed: Typed) -> Answer {
    let t = member.caller.say;
    let (around, found) =
        look(app, member, move |office, connection, actor| field(office, connection, actor, id)).await?;
    let kept = &found.kept.content;
    let late = found.tasks.iter().filter(|task| task.content.is_overdue(found.now)).count();
    let facts = [("name", kept.name.clone().into()), ("count", found.tasks.len().into()), ("late", late.into())];
    let mut page = plain(app, member, &around, "officer-fields", crate::pages::words::fill(t, "fields-one", &facts));
    page.title = kept.field.clone();
    page.trail = vec![
        Link { text: t.say("tasks"), href: LIST.to_owned() },
        Link { text: t.say("officer-fields"), href: PATH.to_owned() },
    ];
    let about = [found.body.clone(), kept.post.clone(), kept.field.clone(), charge(t, kept), kept.paper.clone()];
    page.about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    page.sections.push(tasks(t, &found));
    if let Some(officer) = found.officer.as_ref().filter(|officer| officer.away || !officer.in_post) {
        page.sections.insert(
            0,
            Section { about: officer_cell(t, officer).told, ..Section::new("thay", t.say("fields-instead")) },
        );
    }
    if found.may_end && around.past.is_none() {
        let end = form(app, &format!("{PATH}/{id}"), "end", t.say("fields-end")).field(
            Field::words("on", t.say("fields-last-day"))
                .input(Input::Day)
                .value(found.now.date().to_string())
                .required(),
        );
        page.sections.push(Section {
            forms: vec![end],
            folded: true,
            ..Section::new("thoi", t.say("fields-end-title"))
        });
    }
    Ok(answer(&typed.into_forms_of(page)))
}

fn tasks(t: Say, found: &FieldInFull) -> Section {
    let rows = found.tasks.iter().map(|kept| {
        let task = &kept.content;
        let holder = task.holder.as_ref().map(|holder| holder.name.clone()).unwrap_or_default();
        let tone = if task.is_overdue(found.now) { Tone::Danger } else { Tone::Plain };
        vec![
            Cell::link(short(&task.text), format!("{LIST}/{}", kept.id)),
            Cell::text(stage_words(t, task.stage)).told(holder).toned(tone),
            due_cell(t, task, found.now),
        ]
    });
    let keys = ["task-column-order", "task-stage", "task-column-due"];
    Section {
        empty: t.say("fields-no-tasks"),
        table: Some(Table { columns: columns(t, &keys), rows: rows.collect() }),
        ..Section::new("viec", t.say("fields-column-tasks"))
    }
}

/// POST /viec/linh-vuc/{id}: the end of a charge.
pub(in crate::pages) async fn end(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::KeepCommand)?;
    let field: OfficerFieldId = form.id()?;
    let on = day_of(form.fields.text("on")).ok_or_else(|| form.unreadable())?;
    let operation = EndInField { key: form.key(), field, on };
    let acted = form.act(Ok(operation), &format!("{PATH}/{field}"), "done-field-ended").await?;
    acted.or(|typed| show_one(&form.app, &form.member, field, typed)).await
}
