//! /cung-ung/hop-dong: what is left of each contract, when bidding must begin, what a kilogram costs (OX14).

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::Failure;
use desk::operations::supply::Refused as Reason;
use desk::operations::supply::keep_contract::KeepContract;
use desk::rights::Capability;
use desk::supply::Contract;
use desk::views::supply::registers::{ContractLine, Contracts, contract, contracts};
use oxygen::supply::{Ceiling, Price, Standing, Terms};
use quantity::VesselSpec;
use quantity::time::show_date;

use super::{
    Refused, choices, choices_or_none, count_of, dong, dong_of, facility_choices, field, finish, in_kg, mass_of, named,
    supplier_choices,
};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent, day_of, server_key};
use crate::pages::plain::{answer, done};
use crate::pages::words::{fill, number};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Input, Link, Say, Section, Table, Tone};
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
        table: Some(contracts_table(t, &found)),
        empty: t.say("supply-contracts-empty"),
        ..Section::new("danh-sach", "")
    });
    page.sections.push(calendar(t, &found));
    page.sections.push(prices(t, &found));
    if member.visitor.actor.may(Capability::KeepSupply) {
        page.sections.push(Section {
            forms: vec![form_of(t, &found, &server_key(app.office.real_now()))],
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

fn standing_cell(t: Say, line: &ContractLine) -> Cell {
    let (key, tone) = match line.standing {
        Standing::NotYet => ("supply-standing-not-yet", Tone::Plain),
        Standing::InForce => ("supply-standing-in-force", Tone::Confirmed),
        Standing::Low => ("supply-standing-low", Tone::Attention),
        Standing::Exhausted => ("supply-standing-exhausted", Tone::Danger),
        Standing::Expired => ("supply-standing-expired", Tone::Old),
    };
    Cell::text(t.say(key)).toned(tone)
}

fn buyers(t: Say, line: &ContractLine) -> String {
    let joint = line.kept.content.joint_buyer.clone();
    if line.buyers.is_empty() {
        joint.unwrap_or_else(|| t.say("supply-all-facilities"))
    } else {
        line.buyers.join(", ")
    }
}

fn contracts_table(t: Say, found: &Contracts) -> Table {
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
    let rows = found.lines.iter().map(|line| {
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

fn form_of(t: Say, found: &Contracts, key: &str) -> Form {
    let number_of = |unit: &str| Input::Number(unit.to_owned());
    let each = [("mass", "supply-ceiling-mass"), ("money", "supply-ceiling-money")];
    let ceilings = each.map(|(value, key)| (value.to_owned(), t.say(key)));
    let per = [("kg", "supply-per-kg"), ("40", "supply-per-40"), ("10", "supply-per-10")];
    let prices = per.map(|(value, key)| (value.to_owned(), t.say(key)));
    named(Form::new("/cung-ung/hop-dong", t.say("supply-save"), key), "contract")
        .field(field(t, "number").required())
        .field(field(t, "supplier").input(choices(supplier_choices(&found.book))).required())
        .field(field(t, "buyers").input(choices_or_none(t, "supply-all-facilities", facility_choices(&found.book))))
        .field(field(t, "joint_buyer"))
        .field(field(t, "legal_basis").required())
        .field(field(t, "payer").required())
        .field(field(t, "signer").required())
        .field(field(t, "signed_on").input(Input::Day))
        .field(field(t, "from").input(Input::Day).required())
        .field(field(t, "to").input(Input::Day).required())
        .field(field(t, "ceiling").input(number_of("")).required())
        .field(field(t, "ceiling_kind").input(choices(ceilings)))
        .field(field(t, "price").input(number_of("đồng")).required())
        .field(field(t, "price_per").input(choices(prices)))
        .field(field(t, "lead_hours").input(number_of(&t.say("norm-unit-hours"))))
}

/// GET /cung-ung/hop-dong/{id}.
pub(in crate::pages) async fn one(State(app): State<App>, Path(id): Path<String>, member: Member) -> Answer {
    let id = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (around, view) =
        look(&app, &member, move |office, connection, actor| contract(office, connection, actor, id)).await?;
    let t = member.caller.say;
    let (line, kept) = (&view.line, &view.line.kept.content);
    let facts = [
        ("number", kept.number.clone().into()),
        ("left", in_kg(t, kept.terms.left(line.drawn)).into()),
        ("to", show_date(kept.terms.to).into()),
    ];
    let mut page =
        super::titled(&app, &member, &around, "supply-contracts", fill(t, "supply-contract-sentence", &facts));
    page.trail = vec![
        Link { text: t.say("supply"), href: "/cung-ung".to_owned() },
        Link { text: t.say("supply-contracts"), href: "/cung-ung/hop-dong".to_owned() },
    ];
    page.about = t.say("supply-drawn-means");
    page.links.push(crate::pages::history::link(t, id));
    let row = |key: &str, cell: Cell| vec![Cell::text(t.say(key)), cell];
    let price = Cell::text(dong(t, kept.terms.price.per_kg()));
    let price = if kept.terms.price.is_computed() { price.told(t.say("supply-price-computed")) } else { price };
    let rows = vec![
        row(
            "supply-column-supplier",
            Cell::link(line.supplier.clone(), format!("/cung-ung/nha-cung-ung/{}", kept.supplier)),
        ),
        row("supply-field-buyers", Cell::text(buyers(t, line))),
        row("supply-field-legal-basis", Cell::text(kept.legal_basis.clone())),
        row("supply-field-payer", Cell::text(kept.payer.clone())),
        row("supply-field-signer", Cell::text(kept.signer.clone())),
        row("supply-field-from", Cell::text(format!("{} – {}", show_date(kept.terms.from), show_date(kept.terms.to)))),
        row("supply-column-ceiling", Cell::text(in_kg(t, kept.terms.ceiling()))),
        row("supply-column-price", price),
        row("supply-received", Cell::text(in_kg(t, line.drawn.received))),
        row("supply-promised", Cell::text(in_kg(t, line.drawn.promised))),
        row("supply-column-stage", standing_cell(t, line)),
    ];
    let columns = vec![Column::words(t.say("supply-what")), Column::words(t.say("supply-content"))];
    page.sections.push(Section { table: Some(Table { columns, rows }), ..Section::new("noi-dung", "") });
    let rows = view.receipts.iter().map(|receipt| {
        let one = &receipt.content;
        vec![
            Cell::text(one.received_at.to_string()),
            Cell::link(one.note.clone(), format!("/cung-ung/yeu-cau/{}", one.request)),
            Cell::text(view.book.facility_name(one.facility)),
            Cell::text(in_kg(t, one.grams)),
        ]
    });
    page.sections.push(Section {
        table: Some(Table {
            columns: vec![
                Column::words(t.say("column-when")),
                Column::words(t.say("supply-field-note")),
                Column::words(t.say("column-facility")),
                Column::number(t.say("supply-received")),
            ],
            rows: rows.collect(),
        }),
        empty: t.say("supply-no-receipt"),
        ..Section::new("da-nhan", t.say("supply-received"))
    });
    Ok(answer(&page))
}

/// POST /cung-ung/hop-dong.
pub(in crate::pages) async fn keep(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    super::require(&member, Capability::KeepSupply)?;
    let key = fields.key(&member.caller)?;
    let actor = member.visitor.actor.clone();
    let outcome = match read(&fields, key) {
        Ok(operation) => app.office.perform(actor, operation).await.map(drop),
        Err(failure) => Err(failure),
    };
    match outcome {
        Ok(()) => Ok(done("/cung-ung/hop-dong", "done-supply-kept")),
        Err(failure) => {
            let refused = Refused::of("contract", fields, failure, &member.caller)?;
            show(&app, &member, Some(refused), "").await
        }
    }
}

fn read(fields: &Fields, key: desk::IdempotencyKey) -> Result<KeepContract, Failure> {
    let text = |name: &str| fields.text(name).to_owned();
    let missing = |what| Failure::refused(Reason::Missing { what });
    let day = |name: &'static str| day_of(fields.text(name)).ok_or_else(|| missing(name));
    let price = dong_of(fields.text("price"));
    let price = match fields.text("price_per") {
        "40" => Price::PerCylinder { dong: price, size: VesselSpec::LITRES_40 },
        "10" => Price::PerCylinder { dong: price, size: VesselSpec::LITRES_10 },
        _ => Price::PerKg { dong: price },
    };
    let ceiling = match fields.text("ceiling_kind") {
        "money" => Ceiling::Money(dong_of(fields.text("ceiling"))),
        _ => Ceiling::Mass(mass_of(fields.text("ceiling"))?),
    };
    let supplier = super::key_of(fields, "supplier")?.ok_or_else(|| missing("supplier"))?;
    let buyer = fields.some("buyers").map(|text| text.parse().map_err(|_| Failure::NotFound)).transpose()?;
    Ok(KeepContract {
        key: Some(key),
        id: None,
        contract: Contract {
            number: text("number"),
            supplier,
            buyers: buyer.into_iter().collect(),
            joint_buyer: fields.some("joint_buyer").map(str::to_owned),
            legal_basis: text("legal_basis"),
            payer: text("payer"),
            signer: text("signer"),
            signed_on: day_of(fields.text("signed_on")),
            terms: Terms { from: day("from")?, to: day("to")?, ceiling, price },
            lead_hours: count_of(fields.text("lead_hours")),
            ended: false,
        },
    })
}
