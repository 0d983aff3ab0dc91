//! /phuong-tien: the vehicles that carry oxygen, with plate, driver and what they carry now (OX15).

use axum::extract::{Query, State};
use axum::response::Response;
use desk::Failure;
use desk::operations::supply::keep_vehicle::KeepVehicle;
use desk::rights::Capability;
use desk::supply::{Vehicle, VehicleKind};
use desk::views::supply::registers::{VehicleLine, Vehicles, vehicles};
use quantity::time::show_date;

use super::keep::kept;
use super::{Refused, choices, count_of, field, finish, in_kg, key_of, mass_of, named, said_yes, yes_no, yes_words};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent, day_of, server_key};
use crate::pages::plain::{done, plain};
use crate::pages::words::{fill, phone};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /phuong-tien; `sua` is the vehicle whose form is filled.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, fields.text("sua"), None, fields.text("xong")).await
}

async fn show(
    app: &App,
    member: &Member,
    change: &str,
    refused: Option<Refused>,
    done: &str,
) -> Result<Response, Problem> {
    let (around, found) = look(app, member, vehicles).await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, "vehicles", sentence(t, &found));
    page.about = t.say("vehicles-about");
    if member.visitor.actor.may(Capability::ExportFigures) {
        page.links = vec![Link { text: t.say("supply-export"), href: "/xuat/cung-ung/phuong-tien".to_owned() }];
    }
    let keeps = member.visitor.actor.may(Capability::KeepSupply);
    let keys = [
        "supply-field-plate",
        "supply-field-kind",
        "supply-field-capacity",
        "supply-field-owner",
        "supply-field-roads",
        "supply-field-inspected-until",
        "supply-column-carries",
        "vehicles-column-position",
        "supply-column-call",
    ];
    let columns = keys.into_iter().map(|key| Column::words(t.say(key))).collect();
    let rows = found.lines.iter().map(|line| row_of(t, line, keeps)).collect();
    page.sections.push(Section {
        table: Some(Table { columns, rows }),
        empty: t.say("vehicles-empty"),
        ..Section::new("danh-sach", "")
    });
    if keeps {
        let known = found.lines.iter().find(|line| line.kept.id.to_string() == change);
        let title = if known.is_some() { "supply-change" } else { "vehicles-add" };
        page.sections.push(Section {
            forms: vec![form_of(t, known, &server_key(app.office.real_now()))],
            folded: known.is_none(),
            ..Section::new("sua", t.say(title))
        });
    }
    Ok(finish(t, page, refused, done))
}

fn sentence(t: Say, found: &Vehicles) -> String {
    let busy = found.lines.iter().filter(|line| line.busy).count();
    let old = found.lines.iter().filter(|line| line.uninspected).count();
    let facts = [("count", found.lines.len().into()), ("busy", busy.into()), ("old", old.into())];
    fill(t, if old > 0 { "vehicles-sentence-old" } else { "vehicles-sentence" }, &facts)
}

fn kind_words(t: Say, kind: VehicleKind) -> String {
    t.say(&format!("vehicle-{}", kind.code().replace('_', "-")))
}

fn row_of(t: Say, line: &VehicleLine, keeps: bool) -> Vec<Cell> {
    let vehicle = &line.kept.content;
    let known = |words: &str| if words.is_empty() { Cell::unknown() } else { Cell::text(words) };
    let cylinders: Vec<String> = vehicle
        .cylinders
        .iter()
        .map(|(ml, count)| t.two("supply-shells-of", "litres", (ml / 1_000).to_string(), "count", count.to_string()))
        .collect();
    let inspected = match vehicle.inspected_until {
        Some(until) if line.uninspected => {
            Cell::text(show_date(until)).toned(Tone::Attention).told(t.say("vehicles-old"))
        }
        Some(until) => Cell::text(show_date(until)),
        None => Cell::unknown(),
    };
    let carries: Vec<String> =
        line.carries.iter().map(|(facility, grams)| format!("{facility}: {}", in_kg(t, *grams))).collect();
    let carries = if carries.is_empty() && line.busy {
        Cell::text(t.say("vehicles-busy")).toned(Tone::Confirmed)
    } else if carries.is_empty() {
        Cell::text(t.say("vehicles-free"))
    } else {
        Cell::text(carries.join(", ")).toned(Tone::Confirmed)
    };
    let mut call = Cell::default();
    if vehicle.phone.is_empty() {
        call = Cell::unknown();
    } else {
        call.phone = Some(phone(&vehicle.driver, &vehicle.phone));
    }
    let plate = if keeps {
        Cell::link(vehicle.plate.clone(), format!("/phuong-tien?sua={}#sua", line.kept.id))
    } else {
        Cell::text(vehicle.plate.clone())
    };
    vec![
        plate.more(crate::pages::history::link(t, line.kept.id)),
        Cell::text(kind_words(t, vehicle.kind)),
        Cell::text(in_kg(t, vehicle.capacity)).told(cylinders.join(", ")),
        known(&vehicle.owner),
        known(&vehicle.roads).told(t.one("vehicles-ferry", "answer", yes_words(t, vehicle.ferry))),
        inspected,
        carries,
        line.position
            .as_ref()
            .map_or_else(Cell::unknown, |position| super::position_cell(t, position, &line.distances)),
        call,
    ]
}

fn form_of(t: Say, line: Option<&VehicleLine>, key: &str) -> Form {
    let known = line.map(|line| &line.kept.content);
    let text = |read: fn(&Vehicle) -> String| known.map(read).unwrap_or_default();
    let kinds = VehicleKind::ALL.map(|kind| (kind.code().to_owned(), kind_words(t, kind)));
    let forty = known.and_then(|one| one.cylinders.iter().find(|(ml, _)| *ml == 40_000));
    let mut form = named(Form::new("/phuong-tien", t.say("supply-save"), key), "vehicle")
        .hidden("id", line.map(|line| line.kept.id.to_string()).unwrap_or_default())
        .field(field(t, "plate").value(text(|one| one.plate.clone())).hint(t.say("vehicles-plate-hint")).required())
        .field(field(t, "kind").input(choices(kinds)).value(known.map_or("", |one| one.kind.code())))
        .field(
            field(t, "capacity")
                .input(Input::Number("kg".to_owned()))
                .value(text(|one| quantity::show_number(one.capacity.as_kg(), 0)))
                .required(),
        )
        .field(
            field(t, "cylinders40")
                .input(Input::Number(t.say("supply-cylinder-unit")))
                .value(forty.map_or_else(String::new, |(_, count)| count.to_string())),
        )
        .hidden("cylinders_other", known.map(others_of).unwrap_or_default())
        .field(field(t, "owner").value(text(|one| one.owner.clone())).required())
        .field(field(t, "roads").value(text(|one| one.roads.clone())).hint(t.say("vehicles-roads-hint")))
        .field(
            field(t, "ferry")
                .input(yes_no(t))
                .value(known.and_then(|one| one.ferry).map_or("", |yes| if yes { "1" } else { "0" })),
        )
        .field(field(t, "driver").value(text(|one| one.driver.clone())))
        .field(field(t, "phone").input(Input::Phone).value(text(|one| one.phone.clone())))
        .field(
            field(t, "inspected_until")
                .input(Input::Day)
                .value(text(|one| one.inspected_until.map_or_else(String::new, |day| day.to_string()))),
        );
    if line.is_some() {
        form = form.field(field(t, "retired").input(Input::Check));
    }
    form
}

/// The cylinders of sizes that the form does not ask for, so that a change of something else keeps them.
fn others_of(vehicle: &Vehicle) -> String {
    let others = vehicle.cylinders.iter().filter(|(ml, _)| *ml != 40_000);
    others.map(|(ml, count)| format!("{ml}:{count}")).collect::<Vec<_>>().join(" ")
}

fn others_in(fields: &Fields) -> impl Iterator<Item = (u32, u32)> + '_ {
    fields.text("cylinders_other").split_whitespace().filter_map(|one| {
        let (ml, count) = one.split_once(':')?;
        Some((ml.parse().ok()?, count.parse().ok()?))
    })
}

/// POST /phuong-tien.
pub(in crate::pages) async fn keep(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    match kept(&app, &member, sent, "vehicle", read).await? {
        Ok(_) => Ok(done("/phuong-tien", "done-supply-kept")),
        Err(refused) => {
            let change = refused.record().to_owned();
            show(&app, &member, &change, Some(*refused), "").await
        }
    }
}

fn read(fields: &Fields, key: desk::IdempotencyKey) -> Result<KeepVehicle, Failure> {
    let text = |name: &str| fields.text(name).to_owned();
    let forty = count_of(fields.text("cylinders40"));
    let told = fields.text("capacity");
    let full = quantity::VesselSpec::LITRES_40.full();
    // A truck that is told by its cylinders carries what they hold.
    let capacity = if told.is_empty() { quantity::Grams(full.0 * i64::from(forty)) } else { mass_of(told)? };
    let kind = VehicleKind::ALL.into_iter().find(|kind| kind.code() == fields.text("kind"));
    Ok(KeepVehicle {
        key: Some(key),
        id: key_of(fields, "id")?,
        vehicle: Vehicle {
            plate: text("plate"),
            kind: kind.unwrap_or(VehicleKind::CylinderTruck),
            capacity,
            cylinders: (forty > 0).then_some((40_000, forty)).into_iter().chain(others_in(fields)).collect(),
            owner: text("owner"),
            roads: text("roads"),
            ferry: said_yes(fields, "ferry"),
            driver: text("driver"),
            phone: text("phone"),
            inspected_until: day_of(fields.text("inspected_until")),
            retired: fields.text("retired") == "1",
        },
    })
}
