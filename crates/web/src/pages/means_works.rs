//! /phuong-tien/cong-trinh: the works of the upgrade plan with cost, last day, how much is done, and what
//! they change (OX05).

use axum::extract::{Query, State};
use axum::response::Response;
use desk::means::Work;
use desk::operations::chain::plan_work::PlanWork;
use desk::record::{Kept, Record};
use desk::rights::Capability;
use desk::views::means::{Listed, works};
use quantity::time::show_date;
use quantity::{Convention, Moment, Typed, read_number, show_number};

use super::around::{Around, look};
use super::chain_words::typed_words;
use super::fields::{Fields, Sent, server_key};
use super::means_fields::{
    Read, choice_field, day_field, facility, flow, flow_fields, missing, name_cell, needed_day, number_field,
    number_value, place_cell, refusal, refused, shown_fields, whole, words, words_field,
};
use super::means_inspections::facilities;
use super::plain::{answer, done, plain, said_done};
use super::report_told::read_count;
use super::words::{duration, fill, number};
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

async fn look_up(app: &App, member: &Member) -> Result<(Around, Listed<Work>), Problem> {
    look(app, member, works).await
}

/// GET /phuong-tien/cong-trinh; `sua` is a work to be filled into the form.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look_up(&app, &member).await?;
    let asked = fields.text("sua");
    let edited = found.rows.iter().find(|(kept, _)| kept.id.to_string() == asked);
    let typed = edited.map(|(kept, _)| values_of(kept)).unwrap_or_default();
    let said = said_done(member.caller.say, fields.text("xong"));
    Ok(page_of(&app, &member, &around, &found, (&typed, None), said))
}

/// POST /phuong-tien/cong-trinh.
pub(super) async fn record(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let (around, found) = look_up(&app, &member).await?;
    member.must(Capability::KeepInstallations)?;
    match perform(&app, &member, &found, &fields).await {
        Ok(()) => Ok(done("/phuong-tien/cong-trinh", "done-means-work")),
        Err(unread) => {
            let refused = refusal(unread, &member.caller)?;
            Ok(page_of(&app, &member, &around, &found, (&fields, Some(refused)), String::new()))
        }
    }
}

/// Whole đồng: `850.000.000`.
fn dong(fields: &Fields) -> Read<Option<i64>> {
    let Some(text) = fields.some("cost") else { return Ok(None) };
    let read = read_number(text.trim_end_matches(['đ', '₫', ' ']), Some(Convention::DecimalComma));
    let value = read.map_err(|problem| refused("cost", desk::Failure::refused(problem)))?;
    Ok(Some(value.round().clamp(-1e18, 1e18) as i64))
}

async fn perform(app: &App, member: &Member, found: &Listed<Work>, fields: &Fields) -> Read<()> {
    let content = Work {
        facility: facility(fields)?,
        item: words(fields, "item").ok_or_else(|| missing("item"))?,
        cost: dong(fields)?,
        funding: words(fields, "funding"),
        due: needed_day(fields, "due")?,
        percent: read_count(fields, "percent")?.unwrap_or(0),
        percent_on: found.at.date(),
        before: flow(fields, "before")?,
        after: flow(fields, "after")?,
        dropped: words(fields, "dropped"),
    };
    let work = fields.some("work").map(|id| id.parse().map_err(|_| missing("work"))).transpose()?;
    let plan = PlanWork { key: desk::IdempotencyKey::new(fields.text("key")), work, content };
    app.office.perform(member.visitor.actor.clone(), plan).await.map(drop).map_err(whole)
}

fn page_of(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Listed<Work>,
    (typed, refused): (&Fields, Option<Refusal>),
    said: String,
) -> Response {
    let t = member.caller.say;
    let today = found.at.date();
    let open = || found.rows.iter().map(|(kept, _)| &kept.content).filter(|work| work.is_open());
    let cost: i64 = open().filter_map(|work| work.cost).sum();
    let unknown = open().filter(|work| work.cost.is_none()).count();
    let facts = [
        ("open", open().count().into()),
        ("late", open().filter(|work| work.due < today).count().into()),
        ("cost", money(t, cost).into()),
        ("unknown", unknown.into()),
    ];
    let mut page = plain(app, member, around, "means-works", fill(t, "means-works-says", &facts));
    page.about = if unknown > 0 { fill(t, "means-works-unknown", &facts) } else { String::new() };
    page.done = said;
    let mut section = Section::new("danh-sach", "");
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("means-column-work")),
            Column::words(t.say("means-column-facility")),
            Column::words(t.say("means-column-due")),
            Column::number(t.say("means-column-percent")),
            Column::words(t.say("means-column-change")),
            Column::number(t.say("means-column-cost")),
            Column::words(t.say("means-column-funding")),
        ],
        rows: found.rows.iter().map(|(kept, at)| row(t, found, kept, at.as_ref())).collect(),
    });
    section.empty = t.say("means-works-empty");
    page.sections.push(section);
    if found.may_write {
        page.sections.push(form(t, app, found, typed, refused));
    }
    answer(&page)
}

fn money(t: Say, dong: i64) -> String {
    format!("{} đ", number(t, dong as f64, 0))
}

fn row(t: Say, found: &Listed<Work>, kept: &Kept<Work>, at: Option<&desk::registry::Facility>) -> Vec<Cell> {
    let work = &kept.content;
    let change = found.may_write.then(|| format!("/phuong-tien/cong-trinh?sua={}#ghi", kept.id));
    let first = name_cell(&work.item, change).more(super::history::link(t, kept.id));
    let dropped = work.dropped.as_ref().map(|reason| t.one("means-dropped", "reason", reason));
    let away = duration(t, Moment::start_of(work.due) - Moment::start_of(found.at.date()));
    let due = Cell::text(show_date(work.due));
    let due = match (work.is_open(), work.due < found.at.date()) {
        (true, true) => due.told(t.one("means-overdue", "age", away)).toned(Tone::Attention),
        (true, false) => due.told(t.one("means-due-in", "age", away)),
        (false, _) => due,
    };
    let done = if work.percent >= 100 { Tone::Confirmed } else { Tone::Plain };
    let flow = |flow: &Option<Typed>| flow.as_ref().map_or_else(|| t.say("unknown"), |flow| typed_words(t, flow));
    let change = match (&work.before, &work.after) {
        (None, None) => Cell::unknown(),
        _ => Cell::text(t.two("means-before-after", "before", flow(&work.before), "after", flow(&work.after))),
    };
    vec![
        first.told(dropped.unwrap_or_default()),
        place_cell(t, work.facility, at),
        due,
        Cell::figure(work.percent.to_string(), "%").told(show_date(work.percent_on)).toned(done),
        change,
        work.cost.map_or_else(Cell::unknown, |cost| Cell::text(money(t, cost))),
        work.funding.as_ref().map_or_else(Cell::unknown, Cell::text),
    ]
}

fn form(t: Say, app: &App, found: &Listed<Work>, typed: &Fields, refused: Option<Refusal>) -> Section {
    let edited = typed.some("work");
    let title = if edited.is_some() { "means-work-change" } else { "means-work-add" };
    let mut section = Section::new("ghi", t.say(title));
    section.folded = refused.is_none() && edited.is_none();
    let mut form = Form::new("/phuong-tien/cong-trinh", t.say("chain-save"), server_key(app.office.real_now()))
        .field(choice_field(t, typed, "facility", "means-column-facility", facilities(t, found)).required())
        .field(words_field(t, typed, "item", "means-field-item").required())
        .field(number_field(t, typed, "cost", "means-column-cost", "đ"))
        .field(words_field(t, typed, "funding", "means-column-funding"))
        .field(day_field(t, typed, "due", "means-column-due").required())
        .field(number_field(t, typed, "percent", "means-column-percent", "%"));
    form.fields.extend(flow_fields(t, typed, "before", "means-field-before"));
    form.fields.extend(flow_fields(t, typed, "after", "means-field-after"));
    if let Some(work) = edited {
        form = form.hidden("work", work).field(words_field(t, typed, "dropped", "means-field-dropped"));
    }
    form.refusal = refused;
    section.forms.push(form);
    section
}

fn values_of(kept: &Kept<Work>) -> Fields {
    let work = &kept.content;
    let figure = |flow: &Option<Typed>| number_value(flow.as_ref().map(|flow| flow.value));
    let unit = |flow: &Option<Typed>| flow.as_ref().map_or("", |flow| flow.unit.code()).to_owned();
    let pairs = [
        ("work", kept.id.to_string()),
        ("facility", work.facility.to_string()),
        ("item", work.item.clone()),
        ("cost", work.cost.map_or_else(String::new, |cost| show_number(cost as f64, 0))),
        ("funding", work.funding.clone().unwrap_or_default()),
        ("due", work.due.to_string()),
        ("percent", work.percent.to_string()),
        ("before", figure(&work.before)),
        ("before_unit", unit(&work.before)),
        ("after", figure(&work.after)),
        ("after_unit", unit(&work.after)),
    ];
    shown_fields(pairs)
}
