//! /oxy/bao: a storm is entered, and who is to be filled up before it: islands first.

use axum::extract::{Query, State};
use axum::response::Response;
use desk::alarms::records::ClosureWhy;
use desk::alarms::words as alarm_words;
use desk::rights::Capability;
use desk::views::refills::{StormLine, StormList, areas_of, storms};
use quantity::{Grams, Moment};

use super::around::look;
use super::fields::{Fields, Sent};
use super::plain::{answer, done, plain, said_done};
use super::refills::{close, closure_form, wheres};
use super::words::{duration, fill, marked, mass, number, phone};
use crate::app::App;
use crate::respond::{Answer, Problem, refusal_of};
use crate::view::{Cell, Column, Link, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

/// Key of the page in its room.
const HERE: &str = "storm-page";

/// GET /oxy/bao.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    whole(&app, &member, &Fields::default(), fields.text("xong"), None).await
}

async fn whole(app: &App, member: &Member, typed: &Fields, said: &str, refused: Option<Refusal>) -> Answer {
    let (around, ((now, lists), areas)) = look(app, member, |office, connection, actor| {
        let found = storms(office, connection, actor)?;
        let registry = office.registry(connection, actor.province)?;
        let areas = areas_of(&registry, actor, found.0);
        Ok((found, areas))
    })
    .await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, HERE, sentence(t, &lists, now));
    page.about = t.say("storm-about");
    page.done = said_done(t, said);
    page.links = vec![
        Link { text: t.say("alarms"), href: "/oxy/canh-bao".to_owned() },
        Link { text: t.say("refill-page"), href: "/oxy/nap".to_owned() },
    ];
    page.sections = lists.iter().enumerate().map(|(place, list)| section(t, place, list, now)).collect();
    if member.visitor.actor.may(Capability::AnswerAlarms) {
        let mut add = Section::new("add", t.say("storm-add"));
        let places = wheres(t, member.visitor.actor.sees_all(), &areas, &[]);
        let mut form = closure_form(app, t, "/oxy/bao", &[ClosureWhy::Storm], now, &places, typed);
        form.refusal = refused;
        add.forms = vec![form];
        add.folded = !lists.is_empty();
        page.sections.push(add);
    }
    Ok::<Response, Problem>(answer(&page))
}

fn sentence(t: Say, lists: &[StormList], now: Moment) -> String {
    let Some(list) = lists.first() else { return t.say("storm-sentence-none") };
    let storm = &list.storm.content;
    let begins = alarm_words::clock(storm.from, now);
    if storm.from <= now {
        return t.one("storm-sentence-now", "ends", alarm_words::clock(storm.to, now));
    }
    if !list.is_near {
        return t.two("storm-sentence-far", "begins", begins, "hours", number(t, list.ahead.as_hours(), 0));
    }
    let total: Grams = list.lines.iter().filter_map(|line| line.top_up.to_bring).sum();
    let facts = [("begins", begins.into()), ("count", list.lines.len().into()), ("mass", mass(t, total).into())];
    fill(t, "storm-sentence", &facts)
}

fn section(t: Say, place: usize, list: &StormList, now: Moment) -> Section {
    let storm = &list.storm.content;
    let name = if storm.note.is_empty() { t.say("storm-unnamed") } else { storm.note.clone() };
    let facts = [("name", name.into()), ("from", storm.from.to_string().into()), ("to", storm.to.to_string().into())];
    let mut section = Section::new(format!("storm-{place}"), fill(t, "storm-list", &facts));
    let full = (list.full > 0).then(|| t.one("storm-full", "count", list.full));
    section.about = full.into_iter().chain([t.say("storm-fuel")]).collect::<Vec<_>>().join(" ");
    let columns = [
        Column::words(t.say("alarm-column-where")),
        Column::words(t.say("storm-column-kind")),
        Column::number(t.say("storm-column-bring")),
        Column::words(t.say("storm-column-call-by")),
        Column::words(t.say("refill-column-supplier")),
        Column::words(t.say("column-next")),
    ];
    let rows = list.lines.iter().map(|line| row(t, line, now)).collect();
    section.table = Some(Table { columns: columns.to_vec(), rows });
    section.empty = t.one("storm-full", "count", list.full);
    section.copy = copied(t, list, now);
    section
}

fn row(t: Say, line: &StormLine, now: Moment) -> Vec<Cell> {
    let top_up = &line.top_up;
    let kinds = [(top_up.island, "storm-island"), (top_up.cylinders_only, "storm-cylinders")];
    let kinds: Vec<String> = kinds.into_iter().filter(|(is, _)| *is).map(|(_, key)| t.say(key)).collect();
    let bring = match top_up.to_bring {
        Some(grams) => Cell::text(mass(t, grams)).told(line.age.map(|age| duration(t, age)).unwrap_or_default()),
        None => Cell::unknown(),
    };
    let call_by = match top_up.call_by {
        Some(by) => Cell::text(alarm_words::clock(by, now)),
        None => Cell::text(t.say("storm-too-late")).toned(Tone::Danger),
    };
    let call = Cell { phone: line.call.as_ref().map(|(who, number)| phone(who, number)), ..Cell::default() };
    vec![
        Cell::link(line.name.clone(), format!("/co-so/{}", top_up.key)).told(line.area.clone()),
        Cell::text(kinds.join(", ")),
        bring,
        call_by,
        Cell::text(line.supplier.clone()),
        call,
    ]
}

fn copied(t: Say, list: &StormList, now: Moment) -> String {
    let head = t.one("storm-copy-head", "begins", list.storm.content.from.to_string());
    let lines = list.lines.iter().enumerate().map(|(place, line)| {
        let by = line.top_up.call_by.map_or_else(|| t.say("storm-too-late"), |by| alarm_words::clock(by, now));
        let facts = [
            ("place", (place + 1).to_string().into()),
            ("name", line.name.clone().into()),
            ("mass", line.top_up.to_bring.map_or_else(|| t.say("unknown"), |grams| mass(t, grams)).into()),
            ("by", by.into()),
        ];
        fill(t, "storm-copy-line", &facts)
    });
    marked(t, list.simulated, [head].into_iter().chain(lines).collect::<Vec<_>>().join("\n"))
}

/// POST /oxy/bao.
pub(super) async fn add(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    match close(&app, &member, &fields).await? {
        Ok(()) => Ok(done("/oxy/bao", "done-closure-set")),
        Err(failure) => {
            let refusal = refusal_of(failure, &member.caller)?;
            whole(&app, &member, &fields, "", Some(refusal)).await
        }
    }
}
