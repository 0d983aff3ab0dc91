//! /chi-dao/kiem-tra: plans of inspections against what was done, the lists, how often their lines are met (DT12, GS10).

use axum::extract::{Query, State};
use desk::Failure;
use desk::operations::steering::inspections::inspect::Inspect;
use desk::operations::steering::inspections::plan_inspections::PlanInspections;
use desk::rights::Capability;
use desk::steering::inspection::Seen;
use desk::views::steering::inspections::{Inspections, OverTime, PlanSeen, inspections};
use protocol::Checklist;
use quantity::time::show_date;

use super::super::{Typed, asked, choices, day_field, share};
use super::{asked_with, form, lines_field, marked, table};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::{Filled, Sending};
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem, form_urlencoded};
use crate::view::{Cell, Choice, Column, Field, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

pub(in crate::pages) const PATH: &str = "/chi-dao/kiem-tra";

/// GET /chi-dao/kiem-tra; `phieu` opens the form of a list, `ke-hoach`, `don-vi` and `lai` fill it.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let asked = Sheet::asked(&fields);
    show(&app, &member, asked, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/kiem-tra: a plan, or a visit.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::KeepCommand)?;
    let acted = match form.wants() {
        "plan" => form.act(plan_of(&form), PATH, "done-inspection-plan").await,
        "inspect" => {
            let operation = visit_of(&form)?;
            form.make(operation, |id| format!("{PATH}/{id}"), "done-inspection").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, Sheet::asked(&form.fields), typed)).await
}

/// The form of a visit that is asked for.
#[derive(Clone, Default)]
struct Sheet {
    list: String,
    plan: String,
    target: String,
    again: String,
}

impl Sheet {
    fn asked(fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name).to_owned();
        Self { list: text("phieu"), plan: text("ke-hoach"), target: text("don-vi"), again: text("lai") }
    }

    /// Its address.
    fn href(&self) -> String {
        let pairs = [("phieu", &self.list), ("ke-hoach", &self.plan), ("don-vi", &self.target), ("lai", &self.again)];
        let said = pairs.iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = said.map(|(name, value)| format!("{name}={}", form_urlencoded(value))).collect();
        format!("{PATH}?{}#ghi-luot", query.join("&"))
    }
}

/// The address of the form that looks at a body again.
pub(super) fn again_href(list: &str, target: &str, again: &str) -> String {
    let (list, target, again) = (list.to_owned(), target.to_owned(), again.to_owned());
    Sheet { list, target, again, ..Sheet::default() }.href()
}

fn plan_of(form: &Filled) -> Result<PlanInspections, Failure> {
    Ok(PlanInspections {
        key: form.key(),
        title: form.text("title"),
        inspector: form.text("inspector"),
        checklist: form.text("checklist"),
        from: form.day("from")?,
        to: form.day("to")?,
        targets: form.text("targets"),
        simulated: false,
    })
}

fn visit_of(form: &Filled) -> Result<Result<Inspect, Failure>, Problem> {
    let (plan, again_of) = (form.named("ke-hoach")?, form.named("lai")?);
    let sent = form.fields.0.iter();
    let ticked =
        sent.filter_map(|(name, value)| Some((name.strip_prefix("tick.")?.to_owned(), Seen::from_code(value)?)));
    let ticked = ticked.collect();
    Ok(form.day("on").map(|on| Inspect {
        key: form.key(),
        plan,
        again_of,
        checklist: form.text("phieu"),
        target: form.text("don-vi"),
        on,
        by: form.text("by"),
        ticked,
        simulated: false,
    }))
}

async fn show(app: &App, member: &Member, sheet: Sheet, mut typed: Typed) -> Answer {
    let (around, found) = look(app, member, inspections).await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, "steering-inspections", sentence(t, &found));
    page.about = t.say("inspections-about");
    page.links =
        vec![Link { text: t.one("inspections-recounts", "count", found.recounts), href: "/chi-dao/kiem-ke".into() }];
    if let Some(list) = found.lists.iter().find(|list| list.id == sheet.list) {
        page.sections.push(visit_form(t, app, &found, list, &sheet, &mut typed));
    }
    for plan in &found.plans {
        page.sections.push(matrix(t, plan, &found));
    }
    page.sections.push(over_time(t, &found));
    page.sections.push(lists(t, &found));
    page.sections.push(plan_form(t, app, &found, &mut typed));
    Ok(answer(&typed.onto(page)))
}

fn sentence(t: Say, found: &Inspections) -> String {
    let current: Vec<&PlanSeen> = found.plans.iter().filter(|plan| plan.plan.content.to >= found.today).collect();
    let planned: usize = current.iter().map(|plan| plan.targets.len()).sum();
    let done: usize = current.iter().map(|plan| plan.done()).sum();
    let open: usize = found.over_time.iter().map(|row| row.open).sum();
    if found.plans.is_empty() && found.over_time.is_empty() {
        return t.say("inspections-none");
    }
    crate::pages::words::fill(
        t,
        "inspections-sentence",
        &[("done", done.into()), ("planned", planned.into()), ("open", open.into())],
    )
}

/// Plan against done.
fn matrix(t: Say, seen: &PlanSeen, found: &Inspections) -> Section {
    let plan = &seen.plan.content;
    let list = found.lists.iter().find(|list| list.id == plan.checklist);
    let mut section = Section::new(format!("ke-hoach-{}", seen.plan.id), marked(t, plan.simulated, &plan.title));
    let facts = [
        ("from", show_date(plan.from).into()),
        ("to", show_date(plan.to).into()),
        ("inspector", plan.inspector.clone().into()),
        ("list", list.map_or_else(|| plan.checklist.clone(), |list| list.title.clone()).into()),
    ];
    section.about = crate::pages::words::fill(t, "inspections-plan-about", &facts);
    let rows = seen.targets.iter().map(|target| {
        let sheet = Sheet {
            list: plan.checklist.clone(),
            plan: seen.plan.id.to_string(),
            target: target.name.clone(),
            again: String::new(),
        };
        let (state, met) = match &target.visit {
            Some((id, on, met)) => {
                let state = Cell::link(show_date(*on), format!("{PATH}/{id}")).toned(Tone::Confirmed);
                (state, met.map_or_else(Cell::unknown, |met| share(t, met)))
            }
            None if plan.to < found.today => {
                (Cell::text(t.say("inspections-missed")).toned(Tone::Attention), Cell::default())
            }
            None => (Cell::link(t.say("inspections-enter"), sheet.href()), Cell::default()),
        };
        let open = match target.open {
            0 => Cell::default(),
            open => Cell::text(open.to_string()).toned(Tone::Attention),
        };
        vec![Cell::text(&target.name), state, met, open]
    });
    let columns = [
        ("inspection-target", false),
        ("inspections-visit", false),
        ("inspections-met", true),
        ("inspections-open", true),
    ];
    section.table = Some(table(t, &columns, rows.collect()));
    section
}

fn over_time(t: Say, found: &Inspections) -> Section {
    let mut section = Section::new("theo-thoi-gian", t.say("inspections-over-time"));
    section.about = t.say("inspections-over-time-about");
    section.empty = t.say("inspections-over-time-empty");
    let row = |row: &OverTime| {
        let newest = row.visits.first();
        let met = newest.and_then(|(_, _, met)| *met).map_or_else(Cell::unknown, |met| share(t, met));
        let before: Vec<String> = row
            .visits
            .iter()
            .skip(1)
            .take(5)
            .map(|(_, on, met)| {
                let met =
                    met.map_or_else(|| t.say("unknown"), |met| format!("{} %", crate::pages::words::percent(t, met)));
                format!("{met} ({})", show_date(*on))
            })
            .collect();
        vec![
            match newest {
                Some((id, ..)) => Cell::link(&row.name, format!("{PATH}/{id}")),
                None => Cell::text(&row.name),
            },
            Cell::text(&row.checklist),
            met,
            Cell::text(before.join(" ← ")),
            Cell::text(row.open.to_string()),
        ]
    };
    let columns = [
        ("inspection-target", false),
        ("inspections-list", false),
        ("inspections-met", true),
        ("inspections-before", false),
        ("inspections-open", true),
    ];
    section.table = Some(table(t, &columns, found.over_time.iter().map(row).collect()));
    section
}

fn lists(t: Say, found: &Inspections) -> Section {
    let mut section = Section::new("phieu", t.say("inspections-lists"));
    let rows = found.lists.iter().map(|list| {
        let sheet = Sheet { list: list.id.clone(), ..Sheet::default() };
        let source = Cell::text(&list.source);
        let source = if list.unconfirmed { source.told(t.say("inspections-unconfirmed")) } else { source };
        vec![Cell::link(&list.title, sheet.href()), Cell::text(list.items.len().to_string()), source]
    });
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("inspections-list")),
            Column::number(t.say("inspections-lines")),
            Column::words(t.say("inspections-source")),
        ],
        rows: rows.collect(),
    });
    section
}

fn plan_form(t: Say, app: &App, found: &Inspections, typed: &mut Typed) -> Section {
    let mut section = Section::new("lap-ke-hoach", t.say("inspections-plan"));
    section.folded = true;
    let lists = found.lists.iter().map(|list| (list.id.clone(), list.title.clone()));
    let form = form(app, PATH, "plan", t.say("inspections-plan-save"))
        .field(asked("title", t.say("inspections-plan-title")))
        .field(asked_with(t, "inspector", "inspections-inspector", "inspections-inspector-hint"))
        .field(choices("checklist", t.say("inspections-list"), lists))
        .field(day_field("from", t.say("inspections-from"), Some(found.today)).required())
        .field(day_field("to", t.say("inspections-to"), None).required())
        .field(lines_field("targets", t.say("inspections-targets")).hint(t.say("inspections-targets-hint")).required());
    section.forms.push(typed.form(form));
    section
}

fn visit_form(t: Say, app: &App, found: &Inspections, list: &Checklist, sheet: &Sheet, typed: &mut Typed) -> Section {
    let mut section = Section::new("ghi-luot", t.one("inspections-visit-form", "list", list.title.clone()));
    section.about = if list.unconfirmed {
        t.one("inspections-list-unconfirmed", "source", list.source.clone())
    } else {
        t.one("inspections-list-source", "source", list.source.clone())
    };
    let mut form = form(app, PATH, "inspect", t.say("inspections-visit-save"))
        .hidden("phieu", &list.id)
        .hidden("ke-hoach", &sheet.plan)
        .hidden("lai", &sheet.again)
        .field(asked("don-vi", t.say("inspection-target")).value(&sheet.target))
        .field(day_field("on", t.say("inspections-on"), Some(found.today)).required())
        .field(asked("by", t.say("inspections-by")).hint(t.say("inspections-by-hint")));
    for item in &list.items {
        let unseen = std::iter::once((String::new(), t.say("inspection-not-seen")));
        let seen = Seen::ALL.iter().map(|seen| (seen.code().to_owned(), t.say(&seen_key(*seen))));
        let choices = unseen.chain(seen).map(|(value, text)| Choice { value, text, chosen: false });
        form.fields.push(
            Field::words(format!("tick.{}", item.key), item.title.clone()).input(Input::Choices(choices.collect())),
        );
    }
    form.means = t.say("inspections-visit-means");
    section.forms.push(typed.form(form));
    section
}

/// The key of what was seen.
pub(super) fn seen_key(seen: Seen) -> String {
    format!("inspection-{}", seen.code().replace('_', "-"))
}
