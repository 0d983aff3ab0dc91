//! /co-so/{id}/bang-do: the charts of a facility's gauges, drawn, with every version and its day (OX04).

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::Failure;
use desk::operations::chain::chart_gauge::ChartGauge;
use desk::registry::StoreEntry;
use desk::rights::Capability;
use desk::views::chain::{Charts, charts};
use oxygen::chart_table::read_chart;
use oxygen::{Gauge, StoreId};
use place::FacilityId;
use quantity::Unit;
use quantity::time::show_date;

use super::around::{Around, look};
use super::chain_facility::facility_of;
use super::fields::{Fields, Sent, server_key};
use super::means_fields::{Read, choice_field, day_field, missing, needed_day, refusal, refused, whole, words_field};
use super::plain::{answer, done, plain, said_done};
use super::words::{fill, mass, number};
use crate::app::App;
use crate::chart::{self, GaugeSketch};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Link, Refusal, Say, Section, Table};
use crate::visitor::Member;

/// Units of a gauge that needs a chart.
const SHOWN: [Unit; 3] = [Unit::MillimetreOfWater, Unit::Percent, Unit::Bar];
/// Units of what stands in a tank.
const HELD: [Unit; 4] = [Unit::Kilogram, Unit::Tonne, Unit::LitreOfLiquid, Unit::CubicMetreOfLiquid];
/// Steps of the table of a gauge.
const STEPS: u32 = 10;

async fn look_up(app: &App, member: &Member, id: FacilityId) -> Result<(Around, Charts), Problem> {
    look(app, member, move |office, connection, actor| charts(office, connection, actor, id)).await
}

/// GET /co-so/{id}/bang-do.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    let (around, found) = look_up(&app, &member, facility_of(&id, &member)?).await?;
    let said = said_done(member.caller.say, fields.text("xong"));
    Ok(page_of(&app, &member, &around, &found, (&Fields::default(), None), said))
}

/// POST /co-so/{id}/bang-do: another chart from a day on.
pub(super) async fn chart(State(app): State<App>, Path(id): Path<String>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let id = facility_of(&id, &member)?;
    let (around, found) = look_up(&app, &member, id).await?;
    member.must(Capability::KeepInstallations)?;
    match perform(&app, &member, id, &fields).await {
        Ok(()) => Ok(done(&format!("/co-so/{id}/bang-do"), "done-gauge-chart")),
        Err(unread) => {
            let refused = refusal(unread, &member.caller)?;
            Ok(page_of(&app, &member, &around, &found, (&fields, Some(refused)), String::new()))
        }
    }
}

async fn perform(app: &App, member: &Member, facility: FacilityId, fields: &Fields) -> Read<()> {
    let unit = |name: &str| Unit::from_code(fields.text(name)).ok_or_else(|| missing(name));
    let store: StoreId = fields.text("store").parse().map_err(|_| missing("store"))?;
    let table = read_chart(fields.text("table"), unit("shown")?, unit("held")?)
        .map_err(|problem| refused("table", Failure::refused(problem)))?;
    let change = ChartGauge {
        key: desk::IdempotencyKey::new(fields.text("key")),
        facility,
        store,
        valid_from: needed_day(fields, "valid_from")?,
        chart: table,
        source: fields.text("source").to_owned(),
    };
    app.office.perform(member.visitor.actor.clone(), change).await.map(drop).map_err(whole)
}

/// The entries of tanks and dewars; a store that was charted anew has several.
fn charted(found: &Charts) -> Vec<&StoreEntry> {
    let vessel = |entry: &&StoreEntry| matches!(entry.store.kind, oxygen::StoreKind::Tank | oxygen::StoreKind::Dewar);
    found.facility.stores.iter().filter(vessel).collect()
}

fn page_of(
    app: &App,
    member: &Member,
    around: &Around,
    found: &Charts,
    (typed, refused): (&Fields, Option<Refusal>),
    said: String,
) -> Response {
    let t = member.caller.say;
    let id = found.facility.id;
    let entries = charted(found);
    let current = |entry: &&&StoreEntry| entry.valid_to.is_none_or(|end| found.at.date() < end);
    let with = entries.iter().filter(current).filter(|entry| matches!(entry.store.gauge, Gauge::Chart(_))).count();
    let all = entries.iter().filter(current).count();
    let mut page = plain(app, member, around, "chain-list", t.two("gauge-charts", "with", with, "all", all));
    page.about = t.one("gauge-chart-about", "name", &found.facility.body.name);
    page.title = format!("{} · {}", t.say("gauge-chart"), found.facility.body.name);
    page.done = said;
    page.trail = vec![
        Link { text: found.facility.body.name.clone(), href: format!("/co-so/{id}") },
        Link { text: t.say("chain-facility"), href: format!("/co-so/{id}/chuoi") },
    ];
    // The chart in force first; those before it folded below.
    let (now, before): (Vec<&StoreEntry>, Vec<&StoreEntry>) =
        entries.iter().partition(|entry| entry.valid_to.is_none_or(|end| found.at.date() < end));
    page.sections.extend(now.iter().enumerate().map(|(place, entry)| section(t, found, entry, place, false)));
    if found.may_write && all > 0 {
        page.sections.push(form(t, app, found, typed, refused));
    }
    let places = before.iter().enumerate();
    page.sections.extend(places.map(|(place, entry)| section(t, found, entry, place + now.len(), true)));
    answer(&page)
}

fn section(t: Say, found: &Charts, entry: &StoreEntry, place: usize, former: bool) -> Section {
    let from = show_date(entry.valid_from);
    let source = found
        .changes
        .iter()
        .rev()
        .find(|kept| kept.content.store == entry.store.id && kept.content.valid_from == entry.valid_from)
        .map_or_else(|| t.say("gauge-chart-first"), |kept| kept.content.source.clone());
    let title = match entry.valid_to.filter(|_| former) {
        Some(to) => t.two("gauge-chart-former", "label", &entry.store.label, "to", show_date(to)),
        None => entry.store.label.clone(),
    };
    let mut section = Section::new(format!("bang-{place}"), title);
    section.folded = former;
    let facts = [
        ("from", from.into()),
        ("source", source.into()),
        ("capacity", mass(t, entry.store.capacity).into()),
        ("owner", entry.store.owner.clone().unwrap_or_else(|| t.say("owner-own")).into()),
    ];
    section.about = fill(t, "gauge-chart-since", &facts);
    let Gauge::Chart(chart) = &entry.store.gauge else {
        section.about = t.say("gauge-chart-none");
        return section;
    };
    let sketch = GaugeSketch {
        id: format!("gauge-{place}"),
        title: entry.store.label.clone(),
        description: section.about.clone(),
        unit: chart.unit().label().to_owned(),
        points: chart.points().iter().map(|(shown, grams)| (*shown, grams.as_kg())).collect(),
    };
    section.drawing = chart::gauge(&sketch);
    let full = chart.full_scale();
    let points = chart.points().iter().map(|(shown, _)| (*shown, true));
    let steps = (1..STEPS).map(|step| (full * f64::from(step) / f64::from(STEPS), false));
    let mut shown: Vec<(f64, bool)> = points.chain(steps).collect();
    shown.sort_by(|left, right| left.0.total_cmp(&right.0).then(right.1.cmp(&left.1)));
    shown.dedup_by(|later, first| (later.0 - first.0).abs() < full * 1e-6);
    let row = |(figure, given): &(f64, bool)| {
        let between = if *given { String::new() } else { t.say("gauge-chart-between") };
        let places = usize::from(figure.fract() != 0.0);
        vec![
            Cell::figure(number(t, *figure, places), chart.unit().label()),
            Cell::figure(number(t, chart.grams(*figure).as_kg(), 0), "kg").told(between),
        ]
    };
    section.table = Some(Table {
        columns: vec![Column::number(t.say("gauge-chart-shown")), Column::number(t.say("gauge-chart-held"))],
        rows: shown.iter().map(row).collect(),
    });
    section
}

fn form(t: Say, app: &App, found: &Charts, typed: &Fields, refused: Option<Refusal>) -> Section {
    let mut section = Section::new("ghi", t.say("gauge-chart-new"));
    section.folded = refused.is_none();
    let id = found.facility.id;
    let stores = found.facility.stores_on(found.at.date());
    let stores = stores.filter(|store| matches!(store.kind, oxygen::StoreKind::Tank | oxygen::StoreKind::Dewar));
    let stores: Vec<_> = stores.map(|store| (store.id.to_string(), store.label.clone())).collect();
    let units =
        |units: &[Unit]| units.iter().map(|unit| (unit.code().to_owned(), unit.label().to_owned())).collect::<Vec<_>>();
    let table = Field::words("table", t.say("gauge-chart-table"))
        .input(Input::Lines)
        .value(typed.text("table"))
        .hint(t.say("gauge-chart-table-hint"))
        .required();
    let mut form =
        Form::new(format!("/co-so/{id}/bang-do"), t.say("gauge-chart-save"), server_key(app.office.real_now()))
            .field(choice_field(t, typed, "store", "gauge-chart-store", stores))
            .field(choice_field(t, typed, "shown", "gauge-chart-unit-shown", units(&SHOWN)))
            .field(choice_field(t, typed, "held", "gauge-chart-unit-held", units(&HELD)))
            .field(table)
            .field(day_field(t, typed, "valid_from", "gauge-chart-from").required())
            .field(words_field(t, typed, "source", "gauge-chart-source").required());
    form.means = t.say("gauge-chart-means");
    form.refusal = refused;
    section.forms.push(form);
    section
}
