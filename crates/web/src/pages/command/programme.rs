//! /chi-dao/de-an-4308: the decision, who has no complete plan, each milestone (OX01).

use axum::extract::{Query, State};
use desk::command::programme::Progress;
use desk::operations::command::approve_programme::ApproveProgramme;
use desk::operations::command::set_milestone::SetMilestone;
use desk::rights::Capability;
use desk::views::command::programme::{LineView, PlanView, ProgrammeView, programme};
use place::FacilityId;
use quantity::time::show_date;

use super::{Typed, asked, attention, choices, day_field, facility_choices, facility_of, form};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, day_of};
use crate::pages::filled::Sending;
use crate::pages::plain::{answer, plain};
use crate::pages::words::fill;
use crate::respond::Answer;
use crate::view::{Cell, Column, Field, Form, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

const PATH: &str = "/chi-dao/de-an-4308";

/// GET /chi-dao/de-an-4308.
pub(crate) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let asked = fields.some("don-vi").map(str::to_owned);
    show(&app, &member, Typed::after(member.caller.say, &fields), asked).await
}

/// POST /chi-dao/de-an-4308: the decision, or a milestone.
pub(crate) async fn change(sending: Sending) -> Answer {
    let mut form = sending.open()?;
    let key = form.key();
    let upload = form.upload.take();
    let text = |name: &str| form.text(name);
    let facility = facility_of(&form.fields, &form.member.caller)?;
    let asked = facility.map(|id| id.to_string());
    let acted = match form.wants() {
        "approve" => {
            let operation = form.day("issued_on").map(|issued_on| ApproveProgramme {
                key,
                number: text("number"),
                issued_on,
                issuer: text("issuer"),
                file: upload.map(super::Upload::attached),
            });
            form.act(operation, PATH, "done-command-programme").await
        }
        "milestone" => {
            let operation = SetMilestone {
                key,
                line: text("line"),
                facility,
                planned_on: day_of(form.fields.text("planned_on")),
                reached_on: day_of(form.fields.text("reached_on")),
                evidence: text("evidence"),
                holder: text("holder"),
            };
            let back = asked.as_ref().map_or_else(|| PATH.to_owned(), |id| format!("{PATH}?don-vi={id}"));
            form.act(Ok(operation), &back, "done-command-milestone").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, typed, asked)).await
}

async fn show(app: &App, member: &Member, mut typed: Typed, asked: Option<String>) -> Answer {
    let (around, found) = look(app, member, programme).await?;
    let t = member.caller.say;
    let keeps = member.visitor.actor.may(Capability::KeepCommand);
    let mut page = plain(app, member, &around, "command-programme", sentence(t, &found));
    page.about = decision(t, &found);
    let file = found.programme.as_ref().and_then(|programme| programme.decision.file.clone());
    page.links.extend(file.map(|file| Link { text: t.say("programme-paper"), href: format!("/chi-dao/tep/{file}") }));
    let one = asked.and_then(|id| id.parse::<FacilityId>().ok());
    if let Some(plan) = one.and_then(|id| found.plans.iter().find(|plan| plan.facility == Some(id))) {
        page.trail.push(Link { text: t.say("command-programme"), href: PATH.to_owned() });
        page.sentence = t.two("command-plan-one", "name", &plan.name, "count", plan.unplanned());
        page.sections.push(plan_of(t, app, plan, keeps, &mut typed));
        return Ok(answer(&typed.onto(page)));
    }
    page.sections.push(incomplete(t, &found));
    if let Some(plan) = found.plans.iter().find(|plan| plan.facility.is_none()) {
        page.sections.push(plan_of(t, app, plan, keeps, &mut typed));
    }
    if keeps && member.visitor.actor.sees_all() {
        page.sections.push(approve(t, app, &found, &mut typed));
        page.sections.push(for_facility(t, app, &found, &mut typed));
    }
    Ok(answer(&typed.onto(page)))
}

fn sentence(t: Say, found: &ProgrammeView) -> String {
    let open = found.plans.iter().filter(|plan| plan.facility.is_some() && !plan.complete).count();
    let all = found.plans.iter().filter(|plan| plan.facility.is_some()).count();
    let facts = [("open", open.into()), ("all", all.into())];
    if open == 0 { t.one("programme-complete", "all", all) } else { fill(t, "programme-open", &facts) }
}

fn decision(t: Say, found: &ProgrammeView) -> String {
    let source = t.one(
        if found.list.unconfirmed { "programme-source-unconfirmed" } else { "programme-source" },
        "source",
        &found.list.source,
    );
    let Some(programme) = &found.programme else { return format!("{} {source}", t.say("programme-none")) };
    let paper = &programme.decision;
    let number = if paper.number.is_empty() { t.say("command-paper-no-number") } else { paper.number.clone() };
    let facts = [
        ("number", number.into()),
        ("day", show_date(paper.issued_on).into()),
        ("issuer", paper.issuer.clone().into()),
    ];
    format!("{} {source}", fill(t, "programme-decided", &facts))
}

/// Who has no complete plan stands first.
fn incomplete(t: Say, found: &ProgrammeView) -> Section {
    let mut section = Section::new("chua-du", t.say("programme-who"));
    section.about = t.say("programme-who-about");
    section.empty = t.say("programme-nobody");
    let row = |plan: &PlanView| {
        let href = plan.facility.map_or_else(|| PATH.to_owned(), |id| format!("{PATH}?don-vi={id}"));
        let state = if plan.complete {
            Cell::text(t.say("command-plan-complete")).toned(Tone::Confirmed)
        } else {
            attention(t.one("command-plan-lacks", "count", plan.unplanned()))
        };
        let late = if plan.late() > 0 { attention(plan.late().to_string()) } else { Cell::text("0") };
        let reached = Cell::text(format!("{}/{}", plan.reached(), plan.lines.len()));
        vec![Cell::link(&plan.name, href), state, late, reached]
    };
    let rows = found.plans.iter().filter(|plan| plan.facility.is_some()).map(row).collect();
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("column-facility")),
            Column::words(t.say("command-column-plan")),
            Column::number(t.say("command-column-late-lines")),
            Column::number(t.say("command-column-reached")),
        ],
        rows,
    });
    section
}

fn progress_cell(t: Say, line: &LineView) -> Cell {
    match line.progress {
        Progress::Unplanned => attention(t.say("command-progress-unplanned")),
        Progress::Late(day) => attention(t.one("command-progress-late", "day", show_date(day))),
        Progress::Planned(day) => Cell::text(t.one("command-progress-planned", "day", show_date(day))),
        Progress::Reached(day) => {
            Cell::text(t.one("command-progress-reached", "day", show_date(day))).toned(Tone::Confirmed)
        }
    }
}

fn plan_of(t: Say, app: &App, plan: &PlanView, keeps: bool, typed: &mut Typed) -> Section {
    let id = plan.facility.map_or_else(|| "tinh".to_owned(), |id| format!("ke-hoach-{id}"));
    let mut section = Section::new(id, plan.name.clone());
    let row = |line: &LineView| {
        let told = if line.unconfirmed { t.say("unconfirmed") } else { String::new() };
        let milestone = line.milestone.as_ref();
        vec![
            Cell::text(&line.title).told(told),
            progress_cell(t, line),
            Cell::text(milestone.map_or("", |known| &known.evidence)),
            Cell::text(milestone.map_or("", |known| &known.holder)),
        ]
    };
    let heads =
        ["command-column-milestone", "command-column-progress", "command-column-evidence", "command-column-holder"];
    section.table = Some(Table {
        columns: heads.map(|key| Column::words(t.say(key))).into(),
        rows: plan.lines.iter().map(row).collect(),
    });
    if keeps {
        let lines = plan.lines.iter().map(|line| (line.key.clone(), line.title.clone()));
        section.forms.push(typed.form(milestone_form(t, app, lines, plan.facility)));
    }
    section
}

fn milestone_form(
    t: Say,
    app: &App,
    lines: impl Iterator<Item = (String, String)>,
    facility: Option<FacilityId>,
) -> Form {
    let id = facility.map_or_else(String::new, |id| id.to_string());
    form(app, PATH, "milestone", t.say("command-milestone-set"))
        .hidden("facility", id)
        .field(choices("line", t.say("command-column-milestone"), lines))
        .field(day_field("planned_on", t.say("command-field-planned-on"), None))
        .field(
            day_field("reached_on", t.say("command-field-reached-on"), None).hint(t.say("command-field-reached-hint")),
        )
        .field(Field::words("evidence", t.say("command-column-evidence")))
        .field(Field::words("holder", t.say("command-column-holder")))
}

/// One form for any facility, so that the desk need not open each page.
fn for_facility(t: Say, app: &App, found: &ProgrammeView, typed: &mut Typed) -> Section {
    let mut section = Section::new("cap-nhat", t.say("command-milestone-of-facility"));
    section.folded = true;
    let named: Vec<_> = found.plans.iter().filter_map(|plan| Some((plan.facility?, plan.name.clone()))).collect();
    let lines = found.plans.iter().find(|plan| plan.facility.is_some()).map(|plan| plan.lines.clone());
    let Some(lines) = lines else { return section };
    let lines = lines.into_iter().map(|line| (line.key, line.title));
    let mut filled = milestone_form(t, app, lines, None);
    filled.hidden.retain(|(name, _)| name != "facility");
    filled.fields.insert(0, facility_choices(t.say("column-facility"), None, &named));
    section.forms.push(typed.form(filled));
    section
}

fn approve(t: Say, app: &App, found: &ProgrammeView, typed: &mut Typed) -> Section {
    let mut section = Section::new("quyet-dinh", t.say("programme-decision"));
    let known = found.programme.as_ref().map(|programme| &programme.decision);
    section.folded = known.is_some();
    let value = |text: fn(&desk::command::unit::Paper) -> String| known.map(text).unwrap_or_default();
    let filled = form(app, PATH, "approve", t.say("programme-approve"))
        .field(Field::words("number", t.say("command-field-number")).value(value(|paper| paper.number.clone())))
        .field(day_field("issued_on", t.say("command-field-issued-on"), known.map(|paper| paper.issued_on)).required())
        .field(asked("issuer", t.say("command-field-issuer")).value(value(|paper| paper.issuer.clone())))
        .field(
            Field::words("file", t.say("command-field-file"))
                .input(Input::File("application/pdf,image/jpeg,image/png".into())),
        );
    section.forms.push(typed.form(Form { multipart: true, ..filled }));
    section
}
