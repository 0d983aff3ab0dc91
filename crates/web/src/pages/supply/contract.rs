//! /cung-ung/hop-dong/{id}: one contract: what is left, what was received under it, what was changed and why; its terms
//! are changed and it is ended here (OX14).

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::Failure;
use desk::operations::supply::Refused as Reason;
use desk::operations::supply::change_contract::ChangeContract;
use desk::operations::supply::end_contract::EndContract;
use desk::record::RecordId;
use desk::rights::Capability;
use desk::supply::Contract;
use desk::views::supply::Book;
use desk::views::supply::registers::{ContractView, contract};
use oxygen::supply::{Ceiling, Price, Terms};
use place::FacilityId;
use quantity::VesselSpec;
use quantity::time::show_date;

use super::contracts::{buyers, standing_cell};
use super::{
    Refused, choices, count_of, dong, dong_of, facility_choices, field, finish, in_kg, mass_of, named, supplier_choices,
};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent, day_of, server_key};
use crate::pages::plain::done;
use crate::pages::words::fill;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Link, Say, Section, Table};
use crate::visitor::Member;

/// Begins the name of the box of a facility that buys under the contract.
const BUYER: &str = "buyer-";
/// The price of a size of cylinder that the form does not offer, kept as it is.
const SAME_SIZE: &str = "same";

/// GET /cung-ung/hop-dong/{id}.
pub(in crate::pages) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    member: Member,
) -> Answer {
    show(&app, &member, &id, None, fields.text("xong")).await
}

async fn show(app: &App, member: &Member, id: &str, refused: Option<Refused>, done: &str) -> Result<Response, Problem> {
    let id = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (around, view) =
        look(app, member, move |office, connection, actor| contract(office, connection, actor, id)).await?;
    let t = member.caller.say;
    let (line, kept) = (&view.line, &view.line.kept.content);
    let facts = [
        ("number", kept.number.clone().into()),
        ("left", in_kg(t, kept.terms.left(line.drawn)).into()),
        ("to", show_date(kept.terms.to).into()),
    ];
    let key = if kept.ended { "supply-contract-ended-sentence" } else { "supply-contract-sentence" };
    let mut page = super::titled(app, member, &around, "supply-contracts", fill(t, key, &facts));
    page.trail = vec![
        Link { text: t.say("supply"), href: "/cung-ung".to_owned() },
        Link { text: t.say("supply-contracts"), href: "/cung-ung/hop-dong".to_owned() },
    ];
    page.about = t.say(if kept.ended { "supply-contract-ended-means" } else { "supply-drawn-means" });
    page.links.push(crate::pages::history::link(t, id));
    page.sections = vec![terms(t, &view), receipts(t, &view), history(t, &view)];
    if member.visitor.actor.may(Capability::KeepSupply) && !kept.ended {
        let key = || server_key(app.office.real_now());
        let path = format!("/cung-ung/hop-dong/{}", line.kept.id);
        let mut change = form_of(t, &view.book, Some(kept), &path, &key());
        change = named(change, "change").field(field(t, "change_reason").required());
        change.hidden.retain(|(name, value)| name != "form" || value == "change");
        page.sections.push(Section {
            about: t.say("supply-contract-change-about"),
            forms: vec![change],
            folded: true,
            ..Section::new("sua", t.say("supply-change"))
        });
        let mut end = named(Form::new(path, t.say("supply-contract-end"), key()), "end");
        end = end.field(field(t, "reason").required());
        end.means = t.say("supply-contract-end-means");
        page.sections.push(Section {
            forms: vec![end],
            folded: true,
            ..Section::new("cham-dut", t.say("supply-contract-end"))
        });
    }
    Ok(finish(t, page, refused, done))
}

fn terms(t: Say, view: &ContractView) -> Section {
    let (line, kept) = (&view.line, &view.line.kept.content);
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
    Section { table: Some(Table { columns, rows }), ..Section::new("noi-dung", "") }
}

fn receipts(t: Say, view: &ContractView) -> Section {
    let counts = view.receipts.iter().filter(|receipt| receipt.content.corrected.is_none());
    let rows = counts.map(|receipt| {
        let one = &receipt.content;
        let told = if one.corrects.is_some() { t.say("supply-receipt-mended") } else { String::new() };
        vec![
            Cell::text(one.received_at.to_string()),
            Cell::link(one.note.clone(), format!("/cung-ung/yeu-cau/{}", one.request)),
            Cell::text(view.book.facility_name(one.facility)),
            Cell::text(in_kg(t, one.grams)).told(told),
        ]
    });
    Section {
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
    }
}

/// What it said, version by version, and why it was changed.
fn history(t: Say, view: &ContractView) -> Section {
    let rows = view.versions.iter().map(|kept| {
        let step = view.steps.iter().find(|step| step.content.version == kept.version).map(|step| &step.content);
        let why = step.map_or_else(|| t.say("supply-contract-entered"), |step| step.reason.clone());
        let contract = &kept.content;
        let bound = if contract.ended { t.say("supply-standing-ended") } else { show_date(contract.terms.to) };
        vec![
            Cell::text(kept.recorded_at.to_string()),
            Cell::text(why).told(step.map_or_else(String::new, |step| step.by.name.clone())),
            Cell::text(bound),
            Cell::text(in_kg(t, contract.terms.ceiling())),
            Cell::text(dong(t, contract.terms.price.per_kg())),
        ]
    });
    Section {
        table: Some(Table {
            rows: rows.collect(),
            columns: vec![
                Column::words(t.say("column-when")),
                Column::words(t.say("supply-field-reason")),
                Column::words(t.say("supply-field-to")),
                Column::number(t.say("supply-column-ceiling")),
                Column::number(t.say("supply-column-price")),
            ],
        }),
        folded: view.versions.len() < 2,
        ..Section::new("lich-su", t.say("supply-contract-history"))
    }
}

/// The terms of a contract, filled with those of a known one.
pub(super) fn form_of(t: Say, book: &Book, known: Option<&Contract>, action: &str, key: &str) -> Form {
    let number_of = |unit: &str| Input::Number(unit.to_owned());
    let text = |read: fn(&Contract) -> String| known.map(read).unwrap_or_default();
    let each = [("mass", "supply-ceiling-mass"), ("money", "supply-ceiling-money")];
    let ceilings = each.map(|(value, key)| (value.to_owned(), t.say(key)));
    let (ceiling, ceiling_kind) = match known.map(|one| one.terms.ceiling) {
        Some(Ceiling::Mass(mass)) => (format!("{} kg", quantity::show_number(mass.as_kg(), 0)), "mass"),
        Some(Ceiling::Money(dong)) => (quantity::show_number(dong as f64, 0), "money"),
        None => (String::new(), "mass"),
    };
    let per = [("kg", "supply-per-kg"), ("40", "supply-per-40"), ("10", "supply-per-10")];
    let mut prices: Vec<_> = per.iter().map(|(value, key)| ((*value).to_owned(), t.say(key))).collect();
    let (price, price_per) = match known.map(|one| one.terms.price) {
        Some(Price::PerKg { dong }) => (dong, "kg"),
        Some(Price::PerCylinder { dong, size: VesselSpec::LITRES_40 }) => (dong, "40"),
        Some(Price::PerCylinder { dong, size: VesselSpec::LITRES_10 }) => (dong, "10"),
        Some(Price::PerCylinder { dong, size }) => {
            let litres = quantity::show_number(f64::from(size.water_volume_ml) / 1_000.0, 1);
            prices.push((SAME_SIZE.to_owned(), t.one("supply-per-same", "litres", litres)));
            (dong, SAME_SIZE)
        }
        None => (0, "kg"),
    };
    let price = if price > 0 { quantity::show_number(price as f64, 0) } else { String::new() };
    let mut form = named(Form::new(action, t.say("supply-save"), key), "contract")
        .field(field(t, "number").value(text(|one| one.number.clone())).required())
        .field(
            field(t, "supplier")
                .input(choices(supplier_choices(book)))
                .value(text(|one| one.supplier.to_string()))
                .required(),
        )
        .field(field(t, "joint_buyer").value(text(|one| one.joint_buyer.clone().unwrap_or_default())))
        .field(field(t, "legal_basis").value(text(|one| one.legal_basis.clone())).required())
        .field(field(t, "payer").value(text(|one| one.payer.clone())).required())
        .field(field(t, "signer").value(text(|one| one.signer.clone())).required())
        .field(
            field(t, "signed_on")
                .input(Input::Day)
                .value(text(|one| one.signed_on.map_or_else(String::new, |day| day.to_string()))),
        )
        .field(field(t, "from").input(Input::Day).value(text(|one| one.terms.from.to_string())).required())
        .field(field(t, "to").input(Input::Day).value(text(|one| one.terms.to.to_string())).required())
        .field(field(t, "ceiling").input(number_of("")).value(ceiling).required())
        .field(field(t, "ceiling_kind").input(choices(ceilings)).value(ceiling_kind))
        .field(field(t, "price").input(number_of("đồng")).value(price).required())
        .field(field(t, "price_per").input(choices(prices)).value(price_per))
        .field(
            field(t, "lead_hours")
                .input(number_of(&t.say("norm-unit-hours")))
                .value(text(|one| one.lead_hours.to_string())),
        );
    let mut buyers = facility_choices(book);
    // One that the desk no longer lists (merged, hidden) stays a buyer until somebody unticks it.
    for buyer in known.into_iter().flat_map(|one| &one.buyers) {
        if !buyers.iter().any(|(id, _)| *id == buyer.to_string()) {
            buyers.push((buyer.to_string(), book.facility_name(*buyer)));
        }
    }
    for (place, (id, name)) in buyers.into_iter().enumerate() {
        let buys = known.is_some_and(|one| one.buyers.iter().any(|buyer| buyer.to_string() == id));
        let hint = if place == 0 { t.say("supply-buyers-hint") } else { String::new() };
        let label = t.one("supply-buyer-of", "facility", name);
        let check = Field::words(format!("{BUYER}{id}"), label).input(Input::Check).hint(hint);
        form = form.field(check.value(if buys { "1" } else { "" }));
    }
    form
}

/// What the form of a contract says.
pub(super) fn read(fields: &Fields) -> Result<Contract, Failure> {
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
    let ticked = fields.0.iter().filter(|(_, value)| *value == "1").filter_map(|(name, _)| name.strip_prefix(BUYER));
    let mut buyers: Vec<FacilityId> =
        ticked.map(|id| id.parse().map_err(|_| Failure::NotFound)).collect::<Result<_, _>>()?;
    buyers.sort();
    Ok(Contract {
        number: text("number"),
        supplier: super::key_of(fields, "supplier")?.ok_or_else(|| missing("supplier"))?,
        buyers,
        joint_buyer: fields.some("joint_buyer").map(str::to_owned),
        legal_basis: text("legal_basis"),
        payer: text("payer"),
        signer: text("signer"),
        signed_on: day_of(fields.text("signed_on")),
        terms: Terms { from: day("from")?, to: day("to")?, ceiling, price },
        lead_hours: count_of(fields.text("lead_hours")),
        ended: false,
    })
}

/// POST /cung-ung/hop-dong/{id}: its terms changed, or its end.
pub(in crate::pages) async fn step(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::KeepSupply)?;
    let key = Some(fields.key(&member.caller)?);
    let contract: RecordId<Contract> = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let actor = member.visitor.actor.clone();
    let (form, said, outcome) = match fields.text("form") {
        "end" => {
            let reason = fields.text("reason").to_owned();
            let outcome = app.office.perform(actor, EndContract { key, contract, reason }).await.map(drop);
            ("end", "done-supply-contract-ended", outcome)
        }
        _ => {
            let outcome = match changed(&app, &member, &fields, contract).await {
                Ok(content) => {
                    let reason = fields.text("change_reason").to_owned();
                    let operation = ChangeContract { key, contract, content, reason };
                    app.office.perform(actor, operation).await.map(drop)
                }
                Err(failure) => Err(failure),
            };
            ("change", "done-supply-contract-changed", outcome)
        }
    };
    match outcome {
        Ok(()) => Ok(done(&format!("/cung-ung/hop-dong/{id}"), said)),
        Err(failure) => {
            let refused = Refused::of(form, fields, failure, &member.caller)?;
            show(&app, &member, &id, Some(refused), "").await
        }
    }
}

/// What the form says, with the size of cylinder that it cannot name as it stood.
async fn changed(app: &App, member: &Member, fields: &Fields, id: RecordId<Contract>) -> Result<Contract, Failure> {
    let mut content = read(fields)?;
    if fields.text("price_per") == SAME_SIZE {
        let actor = member.visitor.actor.clone();
        let known = app.office.look(move |office, connection| contract(office, connection, &actor, id)).await?;
        if let Price::PerCylinder { size, .. } = known.line.kept.content.terms.price {
            content.terms.price = Price::PerCylinder { dong: dong_of(fields.text("price")), size };
        }
    }
    Ok(content)
}
