//! /phuong-tien/may-muon: machines that were given or lent, and when they are due back (OX17).

use axum::extract::{Query, State};
use axum::response::Response;
use desk::operations::supply::keep_asset::KeepAsset;
use desk::record::Kept;
use desk::rights::Capability;
use desk::supply::{Asset, Condition, Given};
use desk::views::supply::Book;
use desk::views::supply::assets::{Assets, assets};
use desk::{Failure, IdempotencyKey};
use jiff::civil::Date;
use quantity::Unit;
use quantity::time::show_date;

use super::keep::kept;
use super::{Refused, choices, facility_choices, field, finish, key_of, named};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent, day_of, server_key};
use crate::pages::filled::id_of;
use crate::pages::plain::{done, plain};
use crate::pages::words::fill;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Input, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /phuong-tien/may-muon.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, None, fields.text("xong")).await
}

async fn show(app: &App, member: &Member, refused: Option<Refused>, done: &str) -> Result<Response, Problem> {
    let (around, found) = look(app, member, assets).await?;
    let t = member.caller.say;
    let today = found.book.at.date();
    let soon = found.lines.iter().filter(|kept| is_due_soon(kept.content.due, today)).count();
    let facts = [("count", found.lines.len().into()), ("soon", soon.into())];
    let key = if found.lines.is_empty() { "machines-none" } else { "machines-sentence" };
    let mut page = plain(app, member, &around, "machines", fill(t, key, &facts));
    page.about = t.say("machines-about");
    page.sections.push(Section {
        table: Some(table(t, &found)),
        empty: t.say("machines-none"),
        ..Section::new("danh-sach", "")
    });
    if member.visitor.actor.may(Capability::KeepSupply) {
        page.sections.push(Section {
            forms: vec![form_of(t, &found.book, None, &server_key(app.office.real_now()))],
            folded: true,
            ..Section::new("them", t.say("machines-add"))
        });
    }
    Ok(finish(t, page, refused, done))
}

/// Within thirty days, or overdue.
fn is_due_soon(due: Option<Date>, today: Date) -> bool {
    due.is_some_and(|due| today.until(due).is_ok_and(|span| span.get_days() <= 30))
}

/// What is told of its condition.
pub(super) fn condition_words(t: Say, condition: Condition) -> String {
    t.say(&format!("machine-{}", condition.code()))
}

/// When it is due back, in the colour of how soon that is.
pub(super) fn due_cell(t: Say, asset: &Asset, today: Date) -> Cell {
    match asset.due {
        Some(due) if is_due_soon(Some(due), today) => Cell::text(show_date(due)).toned(Tone::Attention),
        Some(due) => Cell::text(show_date(due)),
        None if asset.given == Given::Donated => Cell::text(t.say("machine-for-ever")),
        None => Cell::unknown(),
    }
}

fn table(t: Say, found: &Assets) -> Table {
    let keys = [
        "machines-column-name",
        "column-facility",
        "supply-field-giver",
        "supply-field-condition",
        "supply-field-flow",
        "supply-field-due",
        "supply-field-decider",
        "machines-column-decision",
    ];
    let rows = found.lines.iter().map(|kept| {
        let asset = &kept.content;
        let given = if asset.given == Given::Donated { "machine-donated" } else { "machine-lent" };
        let decision = asset.decisions.last().map_or_else(
            || Cell::text(t.say("machines-undecided")),
            |last| {
                Cell::text(t.say(&format!("verdict-{}", last.verdict.code().replace('_', "-"))))
                    .told(last.decider.clone())
            },
        );
        vec![
            Cell::link(asset.name.clone(), format!("/phuong-tien/may-muon/{}", kept.id)).told(asset.serial.clone()),
            Cell::text(found.book.facility_name(asset.facility)),
            Cell::text(asset.giver.clone()).told(t.say(given)),
            Cell::text(condition_words(t, asset.condition)),
            asset.flow.as_ref().map_or_else(Cell::unknown, |flow| Cell::text(super::as_typed(flow))),
            due_cell(t, asset, found.book.at.date()),
            Cell::text(asset.decider.clone()),
            decision,
        ]
    });
    Table { rows: rows.collect(), columns: keys.into_iter().map(|key| Column::words(t.say(key))).collect() }
}

/// The form of a machine, filled with what is known of it.
pub(super) fn form_of(t: Say, book: &Book, kept: Option<&Kept<Asset>>, key: &str) -> Form {
    let known = kept.map(|kept| &kept.content);
    let text = |read: fn(&Asset) -> String| known.map(read).unwrap_or_default();
    let given = [("lent", "machine-lent"), ("donated", "machine-donated")];
    let conditions = Condition::ALL.map(|one| (one.code().to_owned(), condition_words(t, one)));
    let units = [Unit::NormalCubicMetrePerHour, Unit::LitrePerMinute];
    let is_given = known.is_some_and(|one| one.given == Given::Donated);
    let flow = known.and_then(|one| one.flow.as_ref());
    named(Form::new("/phuong-tien/may-muon", t.say("supply-save"), key), "machine")
        .hidden("id", kept.map_or_else(String::new, |kept| kept.id.to_string()))
        .field(field(t, "name").value(text(|one| one.name.clone())).required())
        .field(field(t, "serial").value(text(|one| one.serial.clone())))
        .field(
            field(t, "facility")
                .input(choices(facility_choices(book)))
                .value(text(|one| one.facility.to_string()))
                .required(),
        )
        .field(
            field(t, "given")
                .input(choices(given.map(|(value, key)| (value.to_owned(), t.say(key)))))
                .value(if is_given { "donated" } else { "lent" }),
        )
        .field(field(t, "giver").value(text(|one| one.giver.clone())).required())
        .field(field(t, "condition").input(choices(conditions)).value(known.map_or("", |one| one.condition.code())))
        .field(field(t, "flow").input(Input::Number(String::new())).value(flow.map_or("", |flow| &flow.text)))
        .field(
            field(t, "unit")
                .input(choices(units.map(|unit| (unit.code().to_owned(), unit.label().to_owned()))))
                .value(flow.map_or("", |flow| flow.unit.code())),
        )
        .field(
            field(t, "due")
                .input(Input::Day)
                .value(text(|one| one.due.map_or_else(String::new, |day| day.to_string()))),
        )
        .field(
            field(t, "decider").value(text(|one| one.decider.clone())).hint(t.say("machines-decider-hint")).required(),
        )
}

/// POST /phuong-tien/may-muon.
pub(in crate::pages) async fn keep(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    match kept(&app, &member, sent, "machine", read).await? {
        Ok(id) => Ok(done(&format!("/phuong-tien/may-muon/{id}"), "done-supply-kept")),
        Err(refused) if !refused.record().is_empty() => {
            let id = id_of(refused.record(), &member.caller)?;
            super::asset::show(&app, &member, id, Some(*refused), "").await
        }
        Err(refused) => show(&app, &member, Some(*refused), "").await,
    }
}

fn read(fields: &Fields, key: IdempotencyKey) -> Result<KeepAsset, Failure> {
    let text = |name: &str| fields.text(name).to_owned();
    let condition = Condition::ALL.into_iter().find(|one| one.code() == fields.text("condition"));
    Ok(KeepAsset {
        key: Some(key),
        id: key_of(fields, "id")?,
        asset: Asset {
            name: text("name"),
            serial: text("serial"),
            facility: super::chosen_facility(fields, "facility")?,
            store: None,
            given: if fields.text("given") == "donated" { Given::Donated } else { Given::Lent },
            giver: text("giver"),
            condition: condition.unwrap_or(Condition::Works),
            flow: None,
            makes: None,
            due: day_of(fields.text("due")),
            decider: text("decider"),
            letters: Vec::new(),
            decisions: Vec::new(),
            gone: false,
        },
        flow: text("flow"),
        unit: super::unit_of(fields, "unit"),
    })
}
