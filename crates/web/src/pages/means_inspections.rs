//! /phuong-tien/kiem-dinh: vessels and machines by their inspections, the worst first (OX10).

use axum::extract::{Query, State};
use axum::response::Response;
use desk::means::{Vessel, VesselKind};
use desk::operations::chain::record_vessel::RecordVessel;
use desk::record::Kept;
use desk::rights::Capability;
use desk::views::means::{Inspection, Listed, inspections};
use oxygen::chain::ChainNorms;
use quantity::Moment;
use quantity::time::show_date;

use super::around::{Around, look};
use super::fields::{Fields, Sent, server_key};
use super::means_fields::{
    Read, choice_field, day, day_field, day_value, facility, missing, name_cell, number, number_field, number_value,
    place_cell, refusal, shown_fields, whole, words, words_field, yes_no, yes_no_field,
};
use super::plain::{answer, done, plain, said_done};
use super::words::{duration, fill, number as shown};
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Refusal, Say, Section, Table, Tone};
use crate::visitor::Member;

type Found = (Listed<Vessel>, ChainNorms);

async fn look_up(app: &App, member: &Member) -> Result<(Around, Found), Problem> {
    look(app, member, inspections).await
}

/// GET /phuong-tien/kiem-dinh; `sua` is a vessel to be filled into the form.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let (around, found) = look_up(&app, &member).await?;
    let asked = fields.text("sua");
    let edited = found.0.rows.iter().find(|(kept, _)| kept.id.to_string() == asked);
    let typed = edited.map(|(kept, _)| values_of(kept)).unwrap_or_default();
    let said = said_done(member.caller.say, fields.text("xong"));
    Ok(page_of(&app, &member, &around, &found, (&typed, None), said))
}

/// POST /phuong-tien/kiem-dinh.
pub(super) async fn record(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let (around, found) = look_up(&app, &member).await?;
    member.must(Capability::KeepInstallations)?;
    match perform(&app, &member, &fields).await {
        Ok(()) => Ok(done("/phuong-tien/kiem-dinh", "done-means-vessel")),
        Err(unread) => {
            let refused = refusal(unread, &member.caller)?;
            Ok(page_of(&app, &member, &around, &found, (&fields, Some(refused)), String::new()))
        }
    }
}

async fn perform(app: &App, member: &Member, fields: &Fields) -> Read<()> {
    let content = Vessel {
        facility: facility(fields)?,
        store: fields.text("store").parse().ok(),
        kind: VesselKind::from_code(fields.text("kind")).ok_or_else(|| missing("kind"))?,
        serial: words(fields, "serial").ok_or_else(|| missing("serial"))?,
        volume_litres: number(fields, "volume")?,
        pressure_bar: number(fields, "pressure")?,
        owner: words(fields, "owner"),
        others_may_fill: yes_no(fields, "others"),
        inspected_on: day(fields, "inspected_on")?,
        next_inspection: day(fields, "next_inspection")?,
        purity_percent: number(fields, "purity")?,
        purity_on: day(fields, "purity_on")?,
        running_hours: number(fields, "hours")?,
        gone: words(fields, "gone"),
    };
    let vessel = fields.some("vessel").map(|id| id.parse().map_err(|_| missing("vessel"))).transpose()?;
    let record = RecordVessel { key: desk::IdempotencyKey::new(fields.text("key")), vessel, content };
    app.office.perform(member.visitor.actor.clone(), record).await.map(drop).map_err(whole)
}

fn page_of(
    app: &App,
    member: &Member,
    around: &Around,
    (found, norms): &Found,
    (typed, refused): (&Fields, Option<Refusal>),
    said: String,
) -> Response {
    let t = member.caller.say;
    let today = found.at.date();
    let of = |state: Inspection| {
        found
            .rows
            .iter()
            .filter(|(kept, _)| Inspection::of(&kept.content, today, norms.inspection_near) == state)
            .count()
    };
    let facts = [
        ("overdue", of(Inspection::Overdue).into()),
        ("near", of(Inspection::Near).into()),
        ("unknown", of(Inspection::Unknown).into()),
        ("all", found.rows.len().into()),
    ];
    let mut page = plain(app, member, around, "means-inspections", fill(t, "means-inspections-says", &facts));
    page.about = t.one("means-inspections-about", "days", shown(t, norms.inspection_near.as_hours() / 24.0, 0));
    page.done = said;
    let mut section = Section::new("danh-sach", "");
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("means-column-vessel")),
            Column::words(t.say("means-column-facility")),
            Column::words(t.say("means-column-next")),
            Column::words(t.say("means-column-last")),
            Column::words(t.say("means-column-size")),
            Column::words(t.say("means-column-owner")),
            Column::words(t.say("means-column-machine")),
        ],
        rows: found.rows.iter().map(|(kept, at)| row(t, found, norms, kept, at.as_ref())).collect(),
    });
    section.empty = t.say("means-inspections-empty");
    page.sections.push(section);
    if found.may_write {
        page.sections.push(form(t, app, found, typed, refused));
    }
    answer(&page)
}

fn row(
    t: Say,
    found: &Listed<Vessel>,
    norms: &ChainNorms,
    kept: &Kept<Vessel>,
    at: Option<&desk::registry::Facility>,
) -> Vec<Cell> {
    let vessel = &kept.content;
    let kind = t.say(&format!("means-vessel-{}", vessel.kind.code()));
    let name = format!("{kind} {}", vessel.serial);
    let change = found.may_write.then(|| format!("/phuong-tien/kiem-dinh?sua={}#ghi", kept.id));
    let first = name_cell(name, change).more(super::history::link(t, kept.id));
    let sizes = [
        vessel.volume_litres.map(|litres| format!("{} L", shown(t, litres, 0))),
        vessel.pressure_bar.map(|bar| format!("{} bar", shown(t, bar, 0))),
    ];
    let size = sizes.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    vec![
        first,
        place_cell(t, vessel.facility, at),
        next_cell(t, found, norms, vessel),
        vessel.inspected_on.map_or_else(Cell::unknown, |day| {
            Cell::text(show_date(day)).told(duration(t, found.at - Moment::start_of(day)))
        }),
        if size.is_empty() { Cell::unknown() } else { Cell::text(size) },
        owner_cell(t, vessel),
        machine_cell(t, norms, vessel),
    ]
}

fn next_cell(t: Say, found: &Listed<Vessel>, norms: &ChainNorms, vessel: &Vessel) -> Cell {
    let Some(next) = vessel.next_inspection else { return Cell::unknown().toned(Tone::Attention) };
    let away = duration(t, Moment::start_of(next) - Moment::start_of(found.at.date()));
    let cell = Cell::text(show_date(next));
    match Inspection::of(vessel, found.at.date(), norms.inspection_near) {
        Inspection::Overdue => cell.told(t.one("means-overdue", "age", away)).toned(Tone::Danger),
        Inspection::Near => cell.told(t.one("means-due-in", "age", away)).toned(Tone::Attention),
        Inspection::Fine | Inspection::Unknown => cell.told(t.one("means-due-in", "age", away)),
    }
}

/// A supplier's tank may not be filled by a rival without consent.
fn owner_cell(t: Say, vessel: &Vessel) -> Cell {
    match (&vessel.owner, vessel.others_may_fill) {
        (None, _) => Cell::text(t.say("owner-own")),
        (Some(owner), Some(true)) => Cell::text(owner).told(t.say("means-others-may")),
        (Some(owner), Some(false)) => Cell::text(owner).told(t.say("means-others-may-not")).toned(Tone::Attention),
        (Some(owner), None) => Cell::text(owner).told(t.say("means-others-unasked")).toned(Tone::Attention),
    }
}

/// Purity and running hours, of machines.
fn machine_cell(t: Say, norms: &ChainNorms, vessel: &Vessel) -> Cell {
    if vessel.kind != VesselKind::Plant {
        return Cell::default();
    }
    let hours = vessel.running_hours.map(|hours| t.one("means-running-hours", "hours", shown(t, hours, 0)));
    let on = vessel.purity_on.map(|on| t.one("means-measured-on", "on", show_date(on)));
    let told = [on, hours].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    match vessel.purity_percent {
        None => Cell::unknown().told(told).toned(Tone::Attention),
        Some(purity) => {
            let low = purity < norms.purity * 100.0;
            Cell::figure(shown(t, purity, 1), "% O2").told(told).toned(if low { Tone::Danger } else { Tone::Plain })
        }
    }
}

fn form(t: Say, app: &App, found: &Listed<Vessel>, typed: &Fields, refused: Option<Refusal>) -> Section {
    let edited = typed.some("vessel");
    let title = if edited.is_some() { "means-vessel-change" } else { "means-vessel-add" };
    let mut section = Section::new("ghi", t.say(title));
    section.folded = refused.is_none() && edited.is_none();
    let kinds = VesselKind::ALL.map(|kind| (kind.code().to_owned(), t.say(&format!("means-vessel-{}", kind.code()))));
    let mut form = Form::new("/phuong-tien/kiem-dinh", t.say("chain-save"), server_key(app.office.real_now()))
        .field(choice_field(t, typed, "facility", "means-column-facility", facilities(t, found)).required())
        .field(choice_field(t, typed, "kind", "means-field-kind", kinds))
        .field(words_field(t, typed, "serial", "means-field-serial").required())
        .field(number_field(t, typed, "volume", "means-field-volume", "L"))
        .field(number_field(t, typed, "pressure", "means-field-pressure", "bar"))
        .field(words_field(t, typed, "owner", "means-field-owner").hint(t.say("means-field-owner-hint")))
        .field(yes_no_field(t, typed, "others", "means-field-others"))
        .field(day_field(t, typed, "inspected_on", "means-column-last"))
        .field(day_field(t, typed, "next_inspection", "means-column-next"))
        .field(number_field(t, typed, "purity", "means-field-purity", "%"))
        .field(day_field(t, typed, "purity_on", "means-field-purity-on"))
        .field(number_field(t, typed, "hours", "means-field-hours", &t.say("means-unit-hours")));
    if let Some(vessel) = edited {
        form = form.hidden("vessel", vessel).hidden("store", typed.text("store"));
        form = form.field(words_field(t, typed, "gone", "chain-field-gone"));
    }
    form.refusal = refused;
    section.forms.push(form);
    section
}

/// The facilities that one may choose, his own first when there is only one.
pub(super) fn facilities<T>(t: Say, found: &Listed<T>) -> Vec<(String, String)> {
    let one = |facility: &desk::registry::Facility| (facility.id.to_string(), facility.body.name.clone());
    let known = found.facilities.iter().map(one);
    if found.facilities.len() == 1 {
        return known.collect();
    }
    [(String::new(), t.say("means-choose"))].into_iter().chain(known).collect()
}

fn values_of(kept: &Kept<Vessel>) -> Fields {
    let vessel = &kept.content;
    let pairs = [
        ("vessel", kept.id.to_string()),
        ("facility", vessel.facility.to_string()),
        ("store", vessel.store.map_or_else(String::new, |store| store.to_string())),
        ("kind", vessel.kind.code().to_owned()),
        ("serial", vessel.serial.clone()),
        ("volume", number_value(vessel.volume_litres)),
        ("pressure", number_value(vessel.pressure_bar)),
        ("owner", vessel.owner.clone().unwrap_or_default()),
        ("others", vessel.others_may_fill.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned()),
        ("inspected_on", day_value(vessel.inspected_on)),
        ("next_inspection", day_value(vessel.next_inspection)),
        ("purity", number_value(vessel.purity_percent)),
        ("purity_on", day_value(vessel.purity_on)),
        ("hours", number_value(vessel.running_hours)),
    ];
    shown_fields(pairs)
}
