//! /cung-ung/yeu-cau/{id}: one request, what was done about it and what comes next.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::record::Kept;
use desk::rights::Capability;
use desk::supply::{Request, Stage};
use desk::views::supply::registers::vehicles;
use desk::views::supply::requests::{Approval, RequestView, request};

use super::forms::{accept_form, approve_form, end_form, load_form, receive_form, refuse_form, start_form};
use super::paper::{order_text, receipt_text};
use super::{Refused, finish, in_kg, stage_words};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, server_key};
use crate::pages::plain::plain;
use crate::pages::words::{duration, fill, phone};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /cung-ung/yeu-cau/{id}.
pub(in crate::pages) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    show(&app, &member, &id, None, fields.text("xong")).await
}

pub(super) async fn show(
    app: &App,
    member: &Member,
    id: &str,
    refused: Option<Refused>,
    done: &str,
) -> Result<Response, Problem> {
    let id = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (around, (view, plates)) = look(app, member, move |office, connection, actor| {
        let view = request(office, connection, actor, id)?;
        let fleet = vehicles(office, connection, actor)?.lines;
        let plates = fleet.into_iter().map(|line| {
            let vehicle = line.kept.content;
            (vehicle.plate.clone(), format!("{} – {}", vehicle.plate, vehicle.owner))
        });
        Ok((view, plates.collect::<Vec<_>>()))
    })
    .await?;
    let t = member.caller.say;
    let mut page = plain(app, member, &around, "supply", sentence(t, &view));
    page.trail = vec![Link { text: t.say("supply"), href: "/cung-ung".to_owned() }];
    page.about = about(t, &view);
    page.sections.push(facts(t, &view, member.visitor.actor.may(Capability::ReportOxygen)));
    next_steps(t, app, member, &view, &plates, &mut page.sections);
    if view.line.request.stage != Stage::Asked && view.line.request.stage != Stage::Refused {
        page.sections.push(Section {
            copy: order_text(t, &view, member.visitor.actor.may(Capability::KeepSupply)),
            ..Section::new("lenh", t.say("supply-order"))
        });
    }
    for kept in &view.receipts {
        page.sections.push(Section {
            copy: receipt_text(t, &view, &kept.content),
            ..Section::new(format!("phieu-{}", kept.id), t.one("supply-note-of", "note", &kept.content.note))
        });
    }
    page.sections.extend(super::receipt::wrong(t, &view));
    page.sections.extend(super::receipt::section(t, app, member, &view));
    page.sections.extend(no_longer_drives(t, &view).filter(|_| member.visitor.actor.may(Capability::KeepSupply)));
    page.sections.push(history(t, &view));
    Ok(finish(t, page, refused, done))
}

fn sentence(t: Say, view: &RequestView) -> String {
    let request = &view.line.request;
    let facts = [
        ("number", request.number.to_string().into()),
        ("facility", view.line.facility.clone().into()),
        ("amount", in_kg(t, request.grams).into()),
        ("stage", stage_words(t, request.stage).into()),
    ];
    fill(t, "supply-request-sentence", &facts)
}

/// What is odd about it, said at once: late, short, over, without an order.
fn about(t: Say, view: &RequestView) -> String {
    let request = &view.line.request;
    let mut told = Vec::new();
    if let Some(reason) = &request.unordered {
        told.push(t.one("supply-unordered-because", "reason", reason));
    }
    if let Some(late) = view.line.late {
        told.push(t.one("supply-is-late", "span", duration(t, late)));
    }
    if !request.parts.is_empty() && request.unordered.is_none() {
        let (got, asked) = (request.received(), request.grams);
        if got > asked {
            told.push(t.one("supply-over-delivered", "amount", in_kg(t, got - asked)));
        } else if got < asked {
            told.push(t.one("supply-short-delivered", "amount", in_kg(t, asked - got)));
        }
    }
    if let Some(ended) = &request.ended {
        told.push(t.two("supply-ended-because", "reason", &ended.reason, "who", &ended.by.name));
    }
    told.join(" ")
}

/// What is known of it; the receiver's code for those who `speak` for the facility.
fn facts(t: Say, view: &RequestView, speaks: bool) -> Section {
    let request = &view.line.request;
    let row = |key: &str, cell: Cell| vec![Cell::text(t.say(key)), cell];
    let typed = if request.unordered.is_some() { String::new() } else { super::as_typed(&request.typed) };
    let mut rows = vec![
        row("supply-field-store", Cell::text(format!("{} – {}", view.line.facility, view.line.store))),
        row("supply-column-amount", Cell::text(in_kg(t, request.grams)).told(typed)),
        row("supply-column-needed", Cell::text(request.needed_by.to_string())),
        row("supply-field-priority", Cell::text(t.say(&format!("supply-priority-{}", request.priority.code())))),
        row("supply-field-reason", Cell::text(request.reason.clone())),
        row("supply-asked-by", Cell::text(request.asked_by.name.clone()).told(asked_told(t, request))),
    ];
    if let Some(kept) = &view.supplier {
        let mut cell = Cell::link(kept.content.name.clone(), format!("/cung-ung/nha-cung-ung/{}", kept.id));
        cell.phone = kept.content.contacts.first().map(|contact| phone(&contact.name, &contact.phone));
        rows.push(row("supply-column-supplier", cell));
    }
    if let Some((kept, drawn)) = &view.contract {
        let left = in_kg(t, kept.content.terms.left(*drawn));
        let cell = Cell::link(kept.content.number.clone(), format!("/cung-ung/hop-dong/{}", kept.id));
        rows.push(row("supply-field-contract", cell.told(t.one("supply-contract-left", "left", left))));
    }
    if let Some(approved) = &request.approved {
        let who = approved.by.as_ref().map_or_else(|| t.say("supply-by-itself-long"), |who| who.name.clone());
        let basis = [&approved.legal_basis, &approved.reason].into_iter().flatten().cloned();
        let told: Vec<String> = std::iter::once(approved.at.to_string()).chain(basis).collect();
        let key = if request.stage == Stage::Refused { "supply-refused-by" } else { "supply-approved-by" };
        rows.push(row(key, Cell::text(who).told(told.join(" · "))));
    }
    if let Some(accepted) = &request.accepted {
        let told = t.two("supply-noted-by", "who", &accepted.by.name, "at", accepted.at.to_string());
        rows.push(row("supply-accepted-by", Cell::text(accepted.said_by.clone()).told(told)));
    }
    if let Some(load) = &request.load {
        let told =
            format!("{} · {} · {}", load.driver, in_kg(t, load.grams), t.one("supply-eta", "at", load.eta.to_string()));
        let mut cell = Cell::text(load.plate.clone()).told(told);
        cell.phone = (!load.phone.is_empty()).then(|| phone(&load.driver, &load.phone));
        rows.push(row("supply-column-vehicle", cell));
    }
    if let Some(trip) = request.trip {
        rows.push(row("trips", Cell::link(t.say("trip-of-order"), format!("/chuyen/{trip}"))));
    }
    if let Some(load) = request.load.as_ref().filter(|load| speaks && !load.gate_code.is_empty()) {
        let cell = Cell::text(load.gate_code.clone()).told(t.say("trip-gate-code-about"));
        rows.extend(request.stage.is_loaded().then(|| row("supply-field-gate-code", cell)));
    }
    if let Some(terms) = &request.terms {
        let key = format!("trip-authority-{}", terms.authority.code());
        rows.push(row("supplier-basis", Cell::text(t.two(&key, "basis", &terms.basis, "payer", &terms.payer))));
    }
    if let Some((position, km)) = &view.position {
        let to: Vec<(String, f64)> = km.iter().map(|km| (view.line.facility.clone(), *km)).collect();
        rows.push(row("vehicles-column-position", super::position_cell(t, position, &to)));
    }
    for part in &request.parts {
        let told = format!("{} · {}", t.one("supply-note-of", "note", &part.note), part.at);
        rows.push(row("supply-received", Cell::text(in_kg(t, part.grams)).told(told).toned(Tone::Confirmed)));
    }
    let columns = vec![Column::words(t.say("supply-what")), Column::words(t.say("supply-content"))];
    Section { table: Some(Table { columns, rows }), ..Section::new("noi-dung", "") }
}

fn asked_told(t: Say, request: &Request) -> String {
    let at = request.asked_at.to_string();
    match &request.told_by {
        Some(who) => t.two("supply-told-by", "who", who, "at", at),
        None => at,
    }
}

/// The forms of what comes next, for whoever may do it.
fn next_steps(
    t: Say,
    app: &App,
    member: &Member,
    view: &RequestView,
    plates: &[(String, String)],
    sections: &mut Vec<Section>,
) {
    let actor = &member.visitor.actor;
    let key = || server_key(app.office.real_now());
    let stage = view.line.request.stage;
    let keeps = actor.may(Capability::KeepSupply);
    let mut add = |id: &str, title: &str, about: String, forms: Vec<crate::view::Form>, folded: bool| {
        sections.push(Section { about, forms, folded, ..Section::new(id, t.say(title)) });
    };
    match (stage, view.approval) {
        (Stage::Asked, Approval::May) => {
            add("duyet", "supply-approve", String::new(), vec![approve_form(t, view, &key())], false);
            add("khong-duyet", "supply-refuse", String::new(), vec![refuse_form(t, view, &key())], true);
        }
        (Stage::Asked, Approval::Own) => add("duyet", "supply-approve", t.say("supply-own"), Vec::new(), false),
        (Stage::Asked, Approval::OwnUnit) => {
            add("duyet", "supply-approve", t.say("supply-own-unit"), Vec::new(), false)
        }
        (Stage::Asked, Approval::NoRight) => add("duyet", "supply-approve", t.say("supply-waits"), Vec::new(), false),
        _ => {}
    }
    if stage.is_loaded() && actor.may(Capability::ReportOxygen) {
        add("nhan", "supply-receive", String::new(), vec![receive_form(t, view, &key())], false);
    }
    if keeps && stage == Stage::Loaded {
        add("xuat-phat", "supply-start", String::new(), vec![start_form(t, view, &key())], false);
    }
    if keeps && matches!(stage, Stage::Approved | Stage::Accepted) {
        add("nhan-loi", "supply-accept", String::new(), vec![accept_form(t, view, &key())], stage == Stage::Accepted);
    }
    if keeps && !stage.is_over() && stage != Stage::Asked {
        let about = if plates.is_empty() { t.say("supply-no-vehicle") } else { t.say("supply-load-about") };
        let forms = if plates.is_empty() { Vec::new() } else { vec![load_form(t, view, plates, &key())] };
        let folded = !matches!(stage, Stage::Accepted | Stage::PartlyReceived);
        add("boc", "supply-load", about, forms, folded);
    }
    let early = matches!(stage, Stage::Asked | Stage::Approved) && actor.may(Capability::AskSupply);
    if !stage.is_over() && (early || keeps) {
        add("ket-thuc", "supply-end", String::new(), vec![end_form(t, view, &key())], true);
    }
}

/// The driver who was told a code that signs no longer, with the words to send him: the delivery was given to another.
fn no_longer_drives(t: Say, view: &RequestView) -> Option<Section> {
    let now = view.line.request.load.as_ref().filter(|_| view.line.request.stage.is_loaded())?;
    let loads = view.versions.iter().rev().filter(|kept| kept.content.stage.is_loaded());
    // The last load of the same part: behind a receipt another part begins.
    let same_part = |kept: &&Kept<Request>| kept.content.parts.len() == view.line.request.parts.len();
    let before = loads.take_while(same_part).filter_map(|kept| kept.content.load.as_ref());
    let before = before.into_iter().find(|load| load.code != now.code)?;
    let facts = [
        ("number", view.line.request.number.to_string().into()),
        ("plate", before.plate.clone().into()),
        ("driver", before.driver.clone().into()),
        ("phone", before.phone.clone().into()),
    ];
    Some(Section {
        about: fill(t, "supply-voided-about", &facts),
        copy: fill(t, "supply-voided-text", &facts),
        ..Section::new("doi-xe", t.say("supply-voided"))
    })
}

fn history(t: Say, view: &RequestView) -> Section {
    let rows = view.versions.iter().map(|kept| {
        vec![
            Cell::text(kept.recorded_at.to_string()),
            Cell::text(stage_words(t, kept.content.stage)),
            Cell::text(in_kg(t, kept.content.received())),
        ]
    });
    let columns = vec![
        Column::words(t.say("column-when")),
        Column::words(t.say("supply-column-stage")),
        Column::number(t.say("supply-received")),
    ];
    let table = Some(Table { columns, rows: rows.collect() });
    Section { table, folded: true, ..Section::new("lich-su", t.say("supply-history")) }
}
