//! /chi-dao/kiem-ke/{id}: somebody counts what a facility has; the count may go into the ledger as an ordinary
//! report (DT12).

use desk::operations::command::link_recount::LinkRecount;
use desk::operations::command::recount_stock::RecountStock;
use desk::operations::file_report::{Confirmed, Cylinders, FileReport, Level, Told};
use desk::rights::Capability;
use desk::views::command::recounts::{ToRecount, to_recount, unit_of};
use desk::{Failure, IdempotencyKey};
use oxygen::Source;
use place::FacilityId;

use super::recounts::PATH;
use super::{Typed, asked, form, share};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, field_of, local_moment};
use crate::pages::filled::{Filled, Sending, Wanted};
use crate::pages::plain::{answer, done, plain};
use crate::pages::words::{duration, mass};
use crate::respond::{Answer, refusal_of};
use crate::view::{Cell, Column, Field, Input, Link, Say, Section, Table};
use crate::visitor::Member;

/// GET /chi-dao/kiem-ke/{id}.
pub(crate) async fn page(Wanted { app, member, id, fields }: Wanted<FacilityId>) -> Answer {
    show(&app, &member, id, Typed::after(member.caller.say, &fields)).await
}

/// POST /chi-dao/kiem-ke/{id}: a recount, and where it is ticked the report that carries it into the ledger.
pub(crate) async fn count(sending: Sending) -> Answer {
    let form = sending.open()?;
    let facility: FacilityId = form.id()?;
    let (_, found) =
        look(&form.app, &form.member, move |office, connection, actor| to_recount(office, connection, actor, facility))
            .await?;
    let outcome = match told_of(&found, &form.fields) {
        Ok(told) => enter(&form, &found, told).await,
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(word) => Ok(done(&format!("{PATH}/{facility}"), word)),
        Err(failure) => {
            let typed = form.again(refusal_of(failure, &form.member.caller)?);
            show(&form.app, &form.member, facility, typed).await
        }
    }
}

/// The recount first: it must be held against the ledger as it was. Then the report, through the same operation
/// that every report goes through.
async fn enter(form: &Filled, found: &ToRecount, told: Told) -> Result<&'static str, Failure> {
    let (office, actor) = (&form.app.office, &form.member.visitor.actor);
    let (key, by, note) = (form.key(), form.text("by"), form.text("note"));
    let short: Option<String> = key.as_ref().map(|key| key.as_str().chars().take(76).collect());
    let recount = RecountStock { key, facility: found.id, told: told.clone(), by: by.clone(), note };
    let recount = office.perform(actor.clone(), recount).await?.done;
    if form.fields.text("report") != "1" {
        return Ok("done-command-recount");
    }
    let told = Told { told_by: Some(by), ..told };
    let key = short.and_then(|short| IdempotencyKey::new(&format!("{short}-so")));
    let report = FileReport { key, facility: found.id, told };
    let report = office.perform(actor.clone(), report).await?.done.report;
    office.perform(actor.clone(), LinkRecount { recount, report }).await?;
    Ok("done-command-recount-reported")
}

/// What was counted. A field left empty was not counted; it is not zero.
fn told_of(found: &ToRecount, fields: &Fields) -> Result<Told, Failure> {
    let mut told = Told {
        happened_at: fields.some("at").and_then(local_moment),
        source: Source::Form,
        told_by: None,
        note: None,
        photo: None,
        levels: Vec::new(),
        cylinders: Vec::new(),
        patients: None,
        confirmed: Confirmed::Everything,
    };
    for store in &found.stores {
        match unit_of(store) {
            Some(unit) => told.levels.extend(fields.some(&format!("level.{}", store.id)).map(|text| Level {
                store: store.id,
                text: text.to_owned(),
                unit: Some(unit),
                reference: None,
                running: None,
            })),
            None => {
                let field = |name: &str| fields.some(&format!("{name}.{}", store.id));
                if field("full").is_none() && field("part").is_none() && field("empty").is_none() {
                    continue;
                }
                let number = |name: &str| match field(name).unwrap_or("0").parse::<u32>() {
                    Ok(number) if number <= 100_000 => Ok(number),
                    _ => Err(Failure::refused(desk::command::Refused::NoMass {
                        text: field(name).unwrap_or_default().to_owned(),
                    })),
                };
                told.cylinders.push(Cylinders {
                    store: store.id,
                    full: number("full")?,
                    part: number("part")?,
                    empty: number("empty")?,
                    damaged: 0,
                });
            }
        }
    }
    Ok(told)
}

async fn show(app: &App, member: &Member, facility: FacilityId, mut typed: Typed) -> Answer {
    let (around, found) =
        look(app, member, move |office, connection, actor| to_recount(office, connection, actor, facility)).await?;
    let t = member.caller.say;
    let accuracy = found.recounts.iter().find_map(|kept| kept.content.accuracy());
    let sentence = match accuracy {
        Some(accuracy) => {
            t.two("recount-sentence", "name", &found.name, "share", crate::pages::words::number(t, accuracy * 100.0, 0))
        }
        None => t.one("recount-first", "name", &found.name),
    };
    let mut page = plain(app, member, &around, "command-recounts", sentence);
    page.trail.push(Link { text: t.say("command-recounts"), href: PATH.to_owned() });
    page.about = t.say("recount-about");
    page.sections.push(entry(t, app, member, &found, &mut typed));
    page.sections.push(history(t, &found));
    Ok(answer(&typed.onto(page)))
}

fn entry(t: Say, app: &App, member: &Member, found: &ToRecount, typed: &mut Typed) -> Section {
    let mut section = Section::new("dem", t.say("recount-enter"));
    let mut filled = form(app, &format!("{PATH}/{}", found.id), "recount", t.say("recount-send"))
        .field(Field::words("at", t.say("recount-at")).input(Input::Moment).value(field_of(found.now)).required())
        .field(asked("by", t.say("recount-by")));
    for store in &found.stores {
        let named = |name: &str| format!("{name}.{}", store.id);
        filled = match unit_of(store) {
            Some(unit) => filled
                .field(Field::words(named("level"), store.label.clone()).input(Input::Number(unit.label().to_owned()))),
            None => ["full", "part", "empty"].into_iter().fold(filled, |filled, name| {
                let label =
                    t.two("recount-cylinders", "store", &store.label, "which", t.say(&format!("recount-{name}")));
                filled.field(Field::words(named(name), label).input(Input::Number(t.say("recount-pieces"))))
            }),
        };
    }
    filled = filled.field(Field::words("note", t.say("recount-note")));
    let actor = &member.visitor.actor;
    if actor.may(Capability::ReportOxygen) && actor.may(Capability::ReportOnBehalf) {
        filled = filled.field(
            Field::words("report", t.say("recount-into-ledger")).input(Input::Check).hint(t.say("recount-into-hint")),
        );
    }
    section.forms.push(typed.form(filled));
    section
}

fn history(t: Say, found: &ToRecount) -> Section {
    let mut section = Section::new("lan-dem", t.say("recount-history"));
    section.empty = t.say("recounts-empty");
    let mut rows = Vec::new();
    for kept in &found.recounts {
        let recount = &kept.content;
        for (place, line) in recount.lines.iter().enumerate() {
            let head = if place == 0 { Cell::text(recount.at.to_string()).told(&recount.by) } else { Cell::default() };
            let age = line.read_at.map(|read| t.one("recount-read", "age", duration(t, recount.at - read)));
            let ledger = Cell::known(line.ledger.map(|grams| mass(t, grams)), "").told(age.unwrap_or_default());
            let difference = line.ledger.map(|ledger| mass(t, line.counted - ledger));
            let accuracy = recount.accuracy().filter(|_| place == 0);
            let report = recount.report.filter(|_| place == 0);
            rows.push(vec![
                head,
                Cell::text(&line.label),
                Cell::text(mass(t, line.counted)).told(&line.typed),
                ledger,
                Cell::known(difference, ""),
                accuracy.map_or_else(Cell::default, |accuracy| share(t, accuracy)),
                report.map_or_else(Cell::default, |report| {
                    Cell::link(t.say("recount-report"), format!("/bien-nhan/{report}"))
                }),
            ]);
        }
    }
    let heads = [
        ("command-column-when", false),
        ("command-column-store", false),
        ("command-column-counted", true),
        ("command-column-ledger", true),
        ("command-column-difference", true),
        ("command-column-accuracy", true),
        ("command-column-report", false),
    ];
    section.table = Some(Table {
        columns: heads
            .map(|(key, number)| if number { Column::number(t.say(key)) } else { Column::words(t.say(key)) })
            .into(),
        rows,
    });
    section
}
