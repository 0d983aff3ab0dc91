//! /chi-dao/ke-hoach/{id}: one forward plan: its items, whose they are, what became of them (DT20).

use desk::operations::steering::plans::add_items::AddItems;
use desk::operations::steering::plans::confirm_plan::ConfirmPlan;
use desk::operations::steering::plans::correct_item::CorrectItem;
use desk::operations::steering::plans::settle_item::SettleItem;
use desk::rights::Capability;
use desk::steering::plan::{PlanId, Standing};
use desk::views::steering::plans::{PlanSeen, paper, plan};
use quantity::time::show_date;

use super::super::{Typed, asked, choices};
use super::plans::{PATH, standing_key};
use super::{
    draft, drafted_table, due_cell, form, give_out_form, line_form, line_of, line_words, lines_field, marked,
    owner_cell, state_cell, table, text_cell, version_of,
};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::filled::{Sending, Wanted};
use crate::pages::plain::{answer, plain};
use crate::respond::Answer;
use crate::view::{Cell, Link, Say, Section, Tone};
use crate::visitor::Member;

/// GET /chi-dao/ke-hoach/{id}.
pub(in crate::pages) async fn page(Wanted { app, member, id, fields }: Wanted<PlanId>) -> Answer {
    show(&app, &member, id, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/ke-hoach/{id}: items, the word that puts it in force, what became of an item.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::KeepCommand)?;
    let (key, id): (_, PlanId) = (form.key(), form.id()?);
    let path = format!("{PATH}/{id}");
    let acted = match (form.wants(), line_of(form.wants())) {
        (_, Some(line)) => {
            let operation = line_words(&form.fields).map(|words| CorrectItem { key, plan: id, line, words });
            form.act(operation, &path, "done-steering-line").await
        }
        ("items", None) => {
            let operation = AddItems { key, plan: id, text: form.text("text") };
            form.act(Ok(operation), &path, "done-steering-lines").await
        }
        ("confirm", None) => {
            let operation = ConfirmPlan { key, plan: id, version: version_of(&form)? };
            form.act(Ok(operation), &path, "done-steering-given").await
        }
        ("settle", None) => {
            let line = form.fields.text("line").parse().map_err(|_| form.unreadable())?;
            let done = form.fields.text("became") == "done";
            let operation = SettleItem { key, plan: id, line, done, words: form.text("words") };
            form.act(Ok(operation), &path, "done-plan-settled").await
        }
        ("paper", None) => {
            draft(&form, id.0, move |office, connection, actor| paper(office, connection, actor, id)).await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, id, typed)).await
}

async fn show(app: &App, member: &Member, id: PlanId, mut typed: Typed) -> Answer {
    let (around, (seen, drafted)) =
        look(app, member, move |office, connection, actor| plan(office, connection, actor, id)).await?;
    let t = member.caller.say;
    let told = &seen.plan.content;
    let facts = [
        ("name", marked(t, told.simulated, &told.title).into()),
        ("done", seen.done().into()),
        ("planned", seen.planned().into()),
    ];
    let key = if told.standing == Standing::Draft { "plan-sentence-draft" } else { "plan-sentence" };
    let mut page = plain(app, member, &around, "steering-plans", crate::pages::words::fill(t, key, &facts));
    page.title = told.title.clone();
    page.trail = vec![Link { text: t.say("steering-plans"), href: PATH.to_owned() }];
    let period = format!("{} – {}", show_date(told.from), show_date(told.to));
    page.about = format!("{period} · {}", t.say(standing_key(told.standing)));
    let may = member.visitor.actor.may(Capability::KeepCommand);
    let path = format!("{PATH}/{id}");
    page.sections.push(items(t, app, &path, &seen, may, &mut typed));
    if may && told.standing == Standing::Draft {
        let waits = seen.items.iter().enumerate().filter(|(_, line)| line.tasks.is_empty());
        let forms: Vec<_> = waits.map(|(place, line)| typed.form(line_form(t, app, &path, place, line))).collect();
        if !forms.is_empty() {
            let mut section = Section::new("sua", t.say("plan-correct"));
            section.folded = true;
            section.forms = forms;
            page.sections.push(section);
        }
    }
    if may && told.standing == Standing::InForce {
        page.sections.push(settle(t, app, &path, &seen, &mut typed));
    }
    if !drafted.is_empty() || (may && !seen.items.is_empty()) {
        let mut section = Section::new("van-ban", t.say("plan-paper"));
        section.table = drafted_table(t, &drafted);
        if drafted.is_empty() {
            section.about = t.say("plan-paper-none");
        }
        if member.visitor.actor.may(Capability::DraftReport) {
            section.forms.push(typed.form(form(app, &path, "paper", t.say("plan-draft-paper"))));
        }
        page.sections.push(section);
    }
    Ok(answer(&typed.onto(page)))
}

fn items(t: Say, app: &App, path: &str, seen: &PlanSeen, may: bool, typed: &mut Typed) -> Section {
    let told = &seen.plan.content;
    let mut section = Section::new("noi-dung", t.say("plan-items"));
    section.empty = t.say("plan-items-empty");
    if let Some((by, at)) = &told.confirmed {
        section.about = t.two("steering-confirmed", "by", by.clone(), "at", at.to_string());
    }
    let rows = told.items.iter().zip(&seen.items).enumerate().map(|(place, (item, line))| {
        let text = text_cell(t, line);
        let text = if item.carried_from.is_some() { text.told(t.say("plan-item-carried")) } else { text };
        let became = match &item.became {
            Some(became) if became.done => {
                Cell::text(t.say("plan-item-done")).told(&became.words).toned(Tone::Confirmed)
            }
            Some(became) => Cell::text(t.say("plan-item-undone")).told(&became.words).toned(Tone::Attention),
            None => state_cell(t, line),
        };
        vec![Cell::text((place + 1).to_string()), text, owner_cell(t, line), due_cell(t, line), became]
    });
    let columns = [
        ("steering-column-number", true),
        ("plan-item", false),
        ("steering-owner", false),
        ("steering-last-day", false),
        ("steering-state", false),
    ];
    section.table = Some(table(t, &columns, rows.collect()));
    if may && told.standing == Standing::Draft {
        if !seen.items.is_empty() {
            section.forms.push(typed.form(give_out_form(t, app, path, seen.plan.version, "plan-confirm")));
        }
        let form = form(app, path, "items", t.say("plan-add-items"))
            .field(lines_field("text", t.say("plan-paste")).hint(t.say("steering-paste-hint")).required());
        section.forms.push(typed.form(form));
    }
    section
}

fn settle(t: Say, app: &App, path: &str, seen: &PlanSeen, typed: &mut Typed) -> Section {
    let mut section = Section::new("ket-qua", t.say("plan-settle"));
    section.folded = true;
    let lines = seen.items.iter().enumerate().filter(|(_, line)| !line.line.left_out);
    let lines = lines.map(|(place, line)| {
        let short: String = line.line.text.chars().take(80).collect();
        (place.to_string(), format!("{}. {short}", place + 1))
    });
    let became = [("done", "plan-item-done"), ("undone", "plan-item-undone")];
    let became = became.map(|(value, key)| (value.to_owned(), t.say(key)));
    let form = form(app, path, "settle", t.say("plan-settle-save"))
        .field(choices("line", t.say("plan-item"), lines))
        .field(choices("became", t.say("steering-state"), became))
        .field(asked("words", t.say("plan-became-words")));
    section.forms.push(typed.form(form));
    section
}
