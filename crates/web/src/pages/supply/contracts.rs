//! /cung-ung/hop-dong: what is left of each contract, when bidding must begin, what a kilogram costs (OX14).

use axum::extract::{Query, State};
use axum::response::Response;
use desk::operations::supply::keep_contract::KeepContract;
use desk::rights::Capability;
use desk::views::supply::registers::{ContractLine, Contracts, contracts};
use oxygen::supply::Standing;
use quantity::time::show_date;

use super::contract::{form_of, read};
use super::keep::kept;
use super::{Refused, dong, finish, in_kg};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent, server_key};
use crate::pages::plain::done;
use crate::pages::words::{fill, number};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /cung-ung/hop-dong.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, None, fields.text("xong")).await
}

async fn show(app: &App, member: &Member, refused: Option<Refused>, done: &str) -> Result<Response, Problem> {
    let (around, found) = look(app, member, contracts).await?;
    let t = member.caller.say;
    let mut page = super::titled(app, member, &around, "supply-contracts", sentence(t, &found));
    page.trail = vec![Link { text: t.say("supply"), href: "/cung-ung".to_owned() }];
    page.about = t.one("supply-contracts-about", "warn", number(t, found.warn * 100.0, 0));
    if member.visitor.actor.may(Capability::ExportFigures) {
        page.links = vec![Link { text: t.say("supply-export"), href: "/xuat/cung-ung/hop-dong".to_owned() }];
    }
    page.sections.push(Section {
        table: Some(contracts_table(t, &found.lines)),
        empty: t.say("supply-contracts-empty"),
        ..Section::new("danh-sach", "")
    });
    if !found.ended.is_empty() {
        page.sections.push(Section {
            table: Some(contracts_table(t, &found.ended)),
            folded: true,
            ..Section::new("da-cham-dut", t.say("supply-contracts-ended"))
        });
    }
    page.sections.push(calendar(t, &found));
    page.sections.push(prices(t, &found));
    if member.visitor.actor.may(Capability::KeepSupply) {
        page.sections.push(Section {
            forms: vec![form_of(t, &found.book, None, "/cung-ung/hop-dong", &server_key(app.office.real_now()))],
            folded: true,
            ..Section::new("them", t.say("supply-add-contract"))
        });
    }
    Ok(finish(t, page, refused, done))
}

fn sentence(t: Say, found: &Contracts) -> String {
    if found.lines.is_empty() {
        return t.say("supply-contracts-empty");
    }
    let of = |fits: fn(&ContractLine) -> bool| found.lines.iter().filter(|line| fits(line)).count();
    let low = of(|line| matches!(line.standing, Standing::Low | Standing::Exhausted));
    let ending = of(|line| line.ends_soon);
    let facts = [("count", found.lines.len().into()), ("low", low.into()), ("ending", ending.into())];
    fill(t, "supply-contracts-sentence", &facts)
}

pub(super) fn standing_cell(t: Say, line: &ContractLine) -> Cell {
    if line.kept.content.ended {
        return Cell::text(t.say("supply-standing-ended")).toned(Tone::Old);
    }
    let (key, tone) = match line.standing {
        Standing::NotYet => ("supply-standing-not-yet", Tone::Plain),
        Standing::InForce => ("supply-standing-in-force", Tone::Confirmed),
        Standing::Low => ("supply-standing-low", Tone::Attention),
        Standing::Exhausted => ("supply-standing-exhausted", Tone::Danger),
        Standing::Expired => ("supply-standing-expired", Tone::Old),
    };
    Cell::text(t.say(key)).toned(tone)
}

pub(super) fn buyers(t: Say, line: &ContractLine) -> String {
    let joint = line.kept.content.joint_buyer.clone();
    if line.buyers.is_empty() {
        joint.unwrap_or_else(|| t.say("supply-all-facilities"))
    } else {
        let mut names = line.buyers.clone();
        names.sort_unstable();
        names.join(", ")
    }
}

fn contracts_table(t: Say, lines: &[ContractLine]) -> Table {
    let columns = vec![
        Column::words(t.say("supply-field-contract")),
        Column::words(t.say("supply-field-buyers")),
        Column::words(t.say("supply-field-to")),
        Column::number(t.say("supply-column-ceiling")),
        Column::number(t.say("supply-column-drawn")),
        Column::number(t.say("supply-column-left")),
        Column::words(t.say("supply-column-stage")),
        Column::number(t.say("supply-field-lead-hours")),
    ];
    let rows = lines.iter().map(|line| {
        let contract = &line.kept.content;
        let share = number(t, contract.terms.share(line.drawn) * 100.0, 0);
        let promised = if line.drawn.promised.0 > 0 {
            t.one("supply-of-it-promised", "amount", in_kg(t, line.drawn.promised))
        } else {
            String::new()
        };
        vec![
            Cell::link(contract.number.clone(), format!("/cung-ung/hop-dong/{}", line.kept.id))
                .told(line.supplier.clone()),
            Cell::text(buyers(t, line)),
            Cell::text(show_date(contract.terms.to)),
            Cell::text(in_kg(t, contract.terms.ceiling())),
            Cell::text(in_kg(t, line.drawn.all())).told(format!("{share} % {promised}").trim().to_owned()),
            Cell::text(in_kg(t, contract.terms.left(line.drawn))),
            standing_cell(t, line),
            Cell::figure(contract.lead_hours.to_string(), t.say("norm-unit-hours")),
        ]
    });
    Table { rows: rows.collect(), columns }
}

/// The bidding calendar: what ends soon, and by when the next must be begun.
fn calendar(t: Say, found: &Contracts) -> Section {
    let today = found.book.at.date();
    let rows = found.lines.iter().filter(|line| line.ends_soon).map(|line| {
        let contract = &line.kept.content;
        let begin = Cell::text(show_date(line.bidding));
        let begin =
            if line.bidding <= today { begin.toned(Tone::Attention).told(t.say("supply-bid-now")) } else { begin };
        vec![
            begin,
            Cell::text(show_date(contract.terms.to)).told(t.one(
                "supply-days-left",
                "days",
                contract.terms.days_left(today),
            )),
            Cell::link(contract.number.clone(), format!("/cung-ung/hop-dong/{}", line.kept.id)),
            Cell::text(line.supplier.clone()),
            Cell::text(buyers(t, line)),
        ]
    });
    let keys = [
        "supply-column-bid-by",
        "supply-field-to",
        "supply-field-contract",
        "supply-column-supplier",
        "supply-field-buyers",
    ];
    Section {
        about: t.two("supply-calendar-about", "days", found.calendar_days, "takes", found.bidding_days),
        table: Some(Table {
            columns: keys.into_iter().map(|key| Column::words(t.say(key))).collect(),
            rows: rows.collect(),
        }),
        empty: t.say("supply-calendar-empty"),
        ..Section::new("lich-dau-thau", t.say("supply-calendar"))
    }
}

/// Prices of a kilogram side by side with their median.
fn prices(t: Say, found: &Contracts) -> Section {
    let mut lines: Vec<&ContractLine> = found.lines.iter().collect();
    lines.retain(|line| !matches!(line.standing, Standing::Expired | Standing::NotYet));
    lines.sort_by_key(|line| line.kept.content.terms.price.per_kg());
    let middle = found.median.unwrap_or_default();
    let rows = lines.into_iter().map(|line| {
        let price = line.kept.content.terms.price;
        let per_kg = price.per_kg();
        let share = (per_kg - middle) as f64 / middle.max(1) as f64 * 100.0;
        let told = if price.is_computed() { t.say("supply-price-computed") } else { String::new() };
        let sign = if share > 0.05 { "+" } else { "" };
        vec![
            Cell::text(line.supplier.clone()).told(line.kept.content.number.clone()),
            Cell::text(buyers(t, line)),
            Cell::text(dong(t, per_kg)).told(told),
            Cell::text(format!("{sign}{} %", number(t, share, 1))),
        ]
    });
    Section {
        about: found.median.map_or_else(String::new, |middle| t.one("supply-median", "price", dong(t, middle))),
        table: Some(Table {
            columns: vec![
                Column::words(t.say("supply-column-supplier")),
                Column::words(t.say("supply-field-buyers")),
                Column::number(t.say("supply-column-price")),
                Column::number(t.say("supply-column-against-median")),
            ],
            rows: rows.collect(),
        }),
        empty: t.say("supply-contracts-empty"),
        ..Section::new("gia", t.say("supply-prices"))
    }
}

/// POST /cung-ung/hop-dong.
pub(in crate::pages) async fn keep(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    match kept(&app, &member, sent, "contract", |fields, key| {
        Ok(KeepContract { key: Some(key), id: None, contract: read(fields)? })
    })
    .await?
    {
        Ok(id) => Ok(done(&format!("/cung-ung/hop-dong/{id}"), "done-supply-kept")),
        Err(refused) => show(&app, &member, Some(*refused), "").await,
    }
}
