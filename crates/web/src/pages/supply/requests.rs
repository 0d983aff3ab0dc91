//! /cung-ung: what was asked for, what waits for whom, what is on the road.

use axum::extract::{Query, State};
use axum::response::Response;
use desk::Failure;
use desk::operations::supply::ask_oxygen::AskOxygen;
use desk::operations::supply::receive_unordered::ReceiveUnordered;
use desk::rights::Capability;
use desk::supply::{Priority, Stage};
use desk::views::supply::requests::{RequestLine, Requests, counts, requests};

use super::forms::{ask_form, delivery_of, unordered_form};
use super::{Refused, chosen_store, finish, in_kg, key_of, stage_tone, stage_words, trips, unit_of};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent, local_moment, server_key};
use crate::pages::oxygen_row::since;
use crate::pages::plain::{done, plain};
use crate::pages::words::{duration, fill};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /cung-ung.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, None, fields.text("xong")).await
}

async fn show(app: &App, member: &Member, refused: Option<Refused>, done: &str) -> Result<Response, Problem> {
    let keeps = member.visitor.actor.may(Capability::KeepSupply);
    let (around, (found, from)) = look(app, member, move |office, connection, actor| {
        let from = if keeps { Some(trips::made_from(office, connection, actor)?) } else { None };
        Ok((requests(office, connection, actor)?, from))
    })
    .await?;
    let t = member.caller.say;
    let actor = &member.visitor.actor;
    let mut page = plain(app, member, &around, "supply", sentence(t, &found));
    page.about = t.say("supply-about");
    let mut links = vec![
        ("trips", "/chuyen"),
        ("supply-suppliers", "/cung-ung/nha-cung-ung"),
        ("supply-contracts", "/cung-ung/hop-dong"),
        ("supply-loans", "/cung-ung/muon-tra"),
        ("supply-reconcile", "/cung-ung/doi-chieu"),
        ("supply-book", "/cung-ung/so-oxy"),
        ("supply-next-year", "/cung-ung/du-toan"),
    ];
    if actor.may(Capability::ExportFigures) {
        links.push(("supply-export", "/xuat/cung-ung/de-nghi"));
    }
    page.links = links.into_iter().map(|(key, href)| Link { text: t.say(key), href: href.to_owned() }).collect();
    let key = || server_key(app.office.real_now());
    page.sections.push(Section {
        table: Some(table_of(t, &found, &found.open)),
        empty: t.say("supply-open-empty"),
        ..Section::new("dang-mo", t.say("supply-open"))
    });
    if let Some(from) = from.filter(|from| !from.orders.is_empty()) {
        page.sections.push(Section {
            about: t.one("trips-waiting", "count", from.orders.len()),
            forms: vec![trips::make_form(t, &from, &key())],
            folded: true,
            ..Section::new("lap-chuyen", t.say("trips-make"))
        });
    }
    if actor.may(Capability::AskSupply) && !found.book.facilities.is_empty() {
        page.sections.push(Section {
            forms: vec![ask_form(t, &found.book, &key())],
            folded: true,
            ..Section::new("xin-oxy", t.say("supply-ask"))
        });
    }
    if actor.may(Capability::ReportOxygen) && !found.book.facilities.is_empty() {
        page.sections.push(Section {
            about: t.say("supply-unordered-about"),
            forms: vec![unordered_form(t, &found.book, &key())],
            folded: true,
            ..Section::new("nhan-khong-lenh", t.say("supply-unordered"))
        });
    }
    page.sections.push(Section {
        table: Some(table_of(t, &found, &found.over)),
        empty: t.say("supply-over-empty"),
        folded: true,
        ..Section::new("da-xong", t.say("supply-over"))
    });
    Ok(finish(t, page, refused, done))
}

fn sentence(t: Say, found: &Requests) -> String {
    let [waiting, road, late] = counts(found);
    if found.open.is_empty() {
        return t.say("supply-sentence-none");
    }
    let facts = [("waiting", waiting.into()), ("road", road.into()), ("late", late.into())];
    fill(t, if late > 0 { "supply-sentence-late" } else { "supply-sentence" }, &facts)
}

fn table_of(t: Say, found: &Requests, lines: &[RequestLine]) -> Table {
    let words = |key: &str| Column::words(t.say(key));
    let columns = vec![
        words("supply-column-request"),
        words("column-facility"),
        Column::number(t.say("supply-column-amount")),
        words("supply-column-needed"),
        words("supply-column-stage"),
        words("supply-column-road"),
        words("supply-column-supplier"),
    ];
    Table { columns, rows: lines.iter().map(|line| row_of(t, found, line)).collect() }
}

fn row_of(t: Say, found: &Requests, line: &RequestLine) -> Vec<Cell> {
    let request = &line.request;
    let href = format!("/cung-ung/yeu-cau/{}", line.id);
    let number = t.one("supply-number", "number", request.number.to_string());
    let urgent = request.priority != Priority::Usual;
    let priority = t.say(&format!("supply-priority-{}", request.priority.code()));
    let tone = if request.unordered.is_some() { Tone::Attention } else { stage_tone(request.stage) };
    let mut stage = Cell::text(stage_words(t, request.stage)).toned(tone);
    if request.unordered.is_some() {
        stage = stage.told(t.say("supply-without-order"));
    } else if request.approved.as_ref().is_some_and(|approved| approved.by.is_none()) {
        stage = stage.told(t.say("supply-by-itself"));
    }
    let amount = Cell::text(in_kg(t, request.grams));
    let amount = match request.cylinders {
        Some(count) => amount.told(t.one("supply-cylinders", "count", count.to_string())),
        None => amount,
    };
    vec![
        Cell::link(number, href).told(if urgent { priority } else { String::new() }),
        Cell::text(line.facility.clone()).told(line.store.clone()),
        amount,
        Cell::text(since(request.needed_by, found.book.at)),
        stage,
        road_of(t, found, line),
        line.supplier
            .clone()
            .map_or_else(Cell::unknown, |name| Cell::text(name).told(line.contract.clone().unwrap_or_default())),
    ]
}

fn road_of(t: Say, found: &Requests, line: &RequestLine) -> Cell {
    let late = |cell: Cell| match line.late {
        Some(span) => cell.toned(Tone::Attention).told(t.one("supply-late-by", "span", duration(t, span))),
        None => cell,
    };
    let request = &line.request;
    match (&request.load, request.stage) {
        (Some(load), Stage::Loaded | Stage::UnderWay) => {
            late(Cell::text(format!("{} · {}", load.plate, since(load.eta, found.book.at))))
        }
        (_, stage) if stage.is_over() => {
            Cell::text(request.parts.last().map_or_else(String::new, |part| since(part.at, found.book.at)))
        }
        _ => late(Cell::text(t.say("not-loaded"))),
    }
}

/// POST /cung-ung.
pub(in crate::pages) async fn ask(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::AskSupply)?;
    let key = fields.key(&member.caller)?;
    match read_need(&fields, key) {
        Ok(operation) => match app.office.perform(member.visitor.actor.clone(), operation).await {
            Ok(receipt) => {
                let key = if receipt.done.approved { "done-supply-approved" } else { "done-supply-asked" };
                Ok(done(&format!("/cung-ung/yeu-cau/{}", receipt.done.request), key))
            }
            Err(failure) => refuse(&app, &member, "ask", fields, failure).await,
        },
        Err(failure) => refuse(&app, &member, "ask", fields, failure).await,
    }
}

fn read_need(fields: &Fields, key: desk::IdempotencyKey) -> Result<AskOxygen, Failure> {
    let (facility, store) = chosen_store(fields, "store")?;
    let missing = || Failure::refused(desk::operations::supply::Refused::Missing { what: "needed_by" });
    let priority = Priority::ALL.into_iter().find(|one| one.code() == fields.text("priority"));
    Ok(AskOxygen {
        key: Some(key),
        facility,
        store,
        amount: fields.text("amount").to_owned(),
        unit: unit_of(fields, "unit"),
        needed_by: local_moment(fields.text("needed_by")).ok_or_else(missing)?,
        priority: priority.unwrap_or(Priority::Usual),
        reason: fields.text("reason").to_owned(),
        told_by: fields.text("told_by").to_owned(),
        supplier: key_of(fields, "supplier")?,
        contract: key_of(fields, "contract")?,
    })
}

/// POST /cung-ung/nhan-khong-lenh.
pub(in crate::pages) async fn unordered(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::ReportOxygen)?;
    let key = fields.key(&member.caller)?;
    let read = || -> Result<ReceiveUnordered, Failure> {
        let (facility, store) = chosen_store(&fields, "store")?;
        Ok(ReceiveUnordered {
            key: Some(key),
            facility,
            store,
            supplier: key_of(&fields, "supplier")?,
            reason: fields.text("reason").to_owned(),
            delivery: delivery_of(&fields),
        })
    };
    let outcome = match read() {
        Ok(operation) => app.office.perform(member.visitor.actor.clone(), operation).await.map(drop),
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(()) => Ok(done("/cung-ung", "done-supply-received")),
        Err(failure) => refuse(&app, &member, "unordered", fields, failure).await,
    }
}

async fn refuse(app: &App, member: &Member, form: &'static str, fields: Fields, failure: Failure) -> Answer {
    let refused = Refused::of(form, fields, failure, &member.caller)?;
    show(app, member, Some(refused), "").await
}
