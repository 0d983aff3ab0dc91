//! /phuong-tien/may-muon: machines that were given or lent, and when they are due back (OX17).

use axum::extract::{Query, State};
use axum::response::Response;
use desk::Failure;
use desk::operations::supply::keep_asset::KeepAsset;
use desk::rights::Capability;
use desk::supply::{Asset, Condition, Given};
use desk::views::supply::assets::{Assets, assets};
use jiff::civil::Date;
use quantity::Unit;
use quantity::time::show_date;

use super::{Refused, choices, facility_choices, field, finish, named};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent, day_of, server_key};
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
            forms: vec![form_of(t, &found, &server_key(app.office.real_now()))],
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

fn form_of(t: Say, found: &Assets, key: &str) -> Form {
    let given = [("lent", "machine-lent"), ("donated", "machine-donated")];
    let conditions = Condition::ALL.map(|one| (one.code().to_owned(), condition_words(t, one)));
    let units = [Unit::NormalCubicMetrePerHour, Unit::LitrePerMinute];
    named(Form::new("/phuong-tien/may-muon", t.say("supply-save"), key), "machine")
        .field(field(t, "name").required())
        .field(field(t, "serial"))
        .field(field(t, "facility").input(choices(facility_choices(&found.book))).required())
        .field(field(t, "given").input(choices(given.map(|(value, key)| (value.to_owned(), t.say(key))))))
        .field(field(t, "giver").required())
        .field(field(t, "condition").input(choices(conditions)))
        .field(field(t, "flow").input(Input::Number(String::new())))
        .field(field(t, "unit").input(choices(units.map(|unit| (unit.code().to_owned(), unit.label().to_owned())))))
        .field(field(t, "due").input(Input::Day))
        .field(field(t, "decider").hint(t.say("machines-decider-hint")).required())
}

/// POST /phuong-tien/may-muon.
pub(in crate::pages) async fn keep(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    super::require(&member, Capability::KeepSupply)?;
    let key = fields.key(&member.caller)?;
    let text = |name: &str| fields.text(name).to_owned();
    let read = || -> Result<KeepAsset, Failure> {
        Ok(KeepAsset {
            key: Some(key),
            id: None,
            asset: Asset {
                name: text("name"),
                serial: text("serial"),
                facility: super::chosen_facility(&fields, "facility")?,
                store: None,
                given: if fields.text("given") == "donated" { Given::Donated } else { Given::Lent },
                giver: text("giver"),
                condition: Condition::ALL
                    .into_iter()
                    .find(|one| one.code() == fields.text("condition"))
                    .unwrap_or(Condition::Works),
                flow: None,
                makes: None,
                due: day_of(fields.text("due")),
                decider: text("decider"),
                letters: Vec::new(),
                decisions: Vec::new(),
                gone: false,
            },
            flow: text("flow"),
            unit: super::unit_of(&fields, "unit"),
        })
    };
    let outcome = match read() {
        Ok(operation) => app.office.perform(member.visitor.actor.clone(), operation).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(receipt) => Ok(done(&format!("/phuong-tien/may-muon/{}", receipt.done), "done-supply-kept")),
        Err(failure) => {
            let refused = Refused::of("machine", fields, failure, &member.caller)?;
            show(&app, &member, Some(refused), "").await
        }
    }
}
