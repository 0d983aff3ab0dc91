//! /chi-dao/ke-hoach: forward plans, planned against done (DT20).

use axum::extract::{Query, State};
use desk::Failure;
use desk::operations::steering::plans::open_plan::OpenPlan;
use desk::rights::Capability;
use desk::steering::plan::Standing;
use desk::views::steering::plans::{PlanSeen, Plans, plans};
use quantity::time::show_date;

use super::super::{Typed, asked, choices, day_field, share};
use super::{form, marked, table};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::Fields;
use crate::pages::filled::{Filled, Sending};
use crate::pages::plain::{answer, plain};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Say, Section, Tone};
use crate::visitor::Member;

pub(in crate::pages) const PATH: &str = "/chi-dao/ke-hoach";

/// GET /chi-dao/ke-hoach.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/ke-hoach: the plan of a period is begun.
pub(in crate::pages) async fn change(sending: Sending) -> Answer {
    let form = sending.by_whom(Capability::KeepCommand)?;
    let acted = match form.wants() {
        "plan" => {
            let operation = plan_of(&form)?;
            form.make(operation, |id| format!("{PATH}/{id}"), "done-plan-opened").await
        }
        _ => Err(form.unreadable()),
    };
    acted?.or(|typed| show(&form.app, &form.member, typed)).await
}

fn plan_of(form: &Filled) -> Result<Result<OpenPlan, Failure>, Problem> {
    let after = form.named("after")?;
    let days = form.day("from").and_then(|from| Ok((from, form.day("to")?)));
    Ok(days.map(|(from, to)| OpenPlan {
        key: form.key(),
        title: form.text("title"),
        from,
        to,
        after,
        simulated: false,
    }))
}

async fn show(app: &App, member: &Member, mut typed: Typed) -> Answer {
    let (around, found) = look(app, member, plans).await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, "steering-plans", sentence(t, &found));
    page.about = t.say("plans-about");
    let mut section = Section::new("ke-hoach", t.say("steering-plans"));
    section.empty = t.say("plans-empty");
    let columns = [
        ("plan-period", false),
        ("plan-title", false),
        ("plan-standing", false),
        ("plan-planned", true),
        ("plan-done", true),
        ("plan-carried", true),
        ("plan-share", true),
    ];
    section.table = Some(table(t, &columns, found.all.iter().map(|seen| row(t, seen)).collect()));
    page.sections.push(section);
    if member.visitor.actor.may(Capability::KeepCommand) {
        let mut section = Section::new("lap", t.say("plans-new"));
        section.folded = !found.all.is_empty();
        let none = (String::new(), t.say("plans-after-none"));
        let in_force = found.all.iter().filter(|seen| seen.plan.content.standing == Standing::InForce);
        let in_force = in_force.map(|seen| (seen.plan.id.to_string(), seen.plan.content.title.clone()));
        let mut after = choices("after", t.say("plans-after"), std::iter::once(none).chain(in_force));
        after.required = false;
        let form = form(app, PATH, "plan", t.say("plans-begin"))
            .field(asked("title", t.say("plan-title")).hint(t.say("plan-title-hint")))
            .field(day_field("from", t.say("plan-from"), found.today.tomorrow().ok()).required())
            .field(day_field("to", t.say("plan-to"), None).required())
            .field(after.hint(t.say("plans-after-hint")));
        section.forms.push(typed.form(form));
        page.sections.push(section);
    }
    Ok(answer(&typed.onto(page)))
}

fn sentence(t: Say, found: &Plans) -> String {
    let current = found.all.iter().find(|seen| seen.plan.content.standing == Standing::InForce);
    match current {
        Some(seen) => {
            let facts = [
                ("title", seen.plan.content.title.clone().into()),
                ("done", seen.done().into()),
                ("planned", seen.planned().into()),
            ];
            crate::pages::words::fill(t, "plans-sentence", &facts)
        }
        None => t.say("plans-none"),
    }
}

/// The key of where a plan stands.
pub(super) const fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Draft => "plan-is-draft",
        Standing::InForce => "plan-is-in-force",
        Standing::Settled => "plan-is-settled",
    }
}

fn row(t: Say, seen: &PlanSeen) -> Vec<Cell> {
    let plan = &seen.plan.content;
    let (planned, done) = (seen.planned(), seen.done());
    let standing = Cell::text(t.say(standing_key(plan.standing)));
    vec![
        Cell::text(format!("{} – {}", show_date(plan.from), show_date(plan.to))),
        Cell::link(marked(t, plan.simulated, &plan.title), format!("{PATH}/{}", seen.plan.id)),
        if plan.standing == Standing::Draft { standing.toned(Tone::Attention) } else { standing },
        Cell::text(planned.to_string()),
        Cell::text(done.to_string()),
        Cell::text(seen.carried().to_string()),
        if planned > 0 { share(t, done as f64 / planned as f64) } else { Cell::unknown() },
    ]
}
