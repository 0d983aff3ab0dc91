//! /cung-ung/doi-chieu: what was received in a month beside what was invoiced (OX14).

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::Failure;
use desk::operations::supply::Refused as Reason;
use desk::operations::supply::record_invoice::RecordInvoice;
use desk::operations::supply::settle_invoice::SettleInvoice;
use desk::rights::Capability;
use desk::supply::Settlement;
use desk::views::supply::reconcile::{Month, SupplierMonth, month};
use oxygen::supply::{Finding, dong_for};

use super::{
    Refused, choices, dong, dong_of, facility_choices, field, finish, in_kg, month_choices, month_field, month_of,
    month_words, named, supplier_choices,
};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent, server_key};
use crate::pages::plain::done;
use crate::pages::words::fill;
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Field, Form, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

/// GET /cung-ung/doi-chieu?co-so=…&thang=2026-11.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, &fields, None, fields.text("xong")).await
}

async fn show(
    app: &App,
    member: &Member,
    asked: &Fields,
    refused: Option<Refused>,
    done: &str,
) -> Result<Response, Problem> {
    let facility = asked.some("co-so").and_then(|text| text.parse().ok());
    let asked_month = asked.some("thang").and_then(month_of);
    let (around, found) =
        look(app, member, move |office, connection, actor| month(office, connection, actor, facility, asked_month))
            .await?;
    let t = member.caller.say;
    let mut page = super::titled(app, member, &around, "supply-reconcile", sentence(t, &found));
    page.trail = vec![Link { text: t.say("supply"), href: "/cung-ung".to_owned() }];
    page.about = t.say("supply-reconcile-about");
    page.links = other_months(t, &found, "/cung-ung/doi-chieu");
    if member.visitor.actor.may(Capability::ExportFigures) {
        let query = format!("?co-so={}&thang={}", found.facility, month_field(found.month));
        page.links.push(Link { text: t.say("supply-export"), href: format!("/xuat/cung-ung/doi-chieu{query}") });
    }
    page.sections.push(Section {
        table: Some(sums(t, &found)),
        empty: t.say("supply-reconcile-empty"),
        ..Section::new("tong", "")
    });
    let enters = member.visitor.actor.may(Capability::AskSupply);
    let new_key = || server_key(app.office.real_now());
    for (place, one) in found.suppliers.iter().enumerate() {
        page.sections.push(details(t, place, one, (enters.then(new_key), member.visitor.actor.user)));
    }
    if enters {
        page.sections.push(Section {
            forms: vec![form_of(t, &found, &new_key())],
            folded: true,
            ..Section::new("hoa-don", t.say("supply-add-invoice"))
        });
    }
    page.sections.push(choose(t, &found, "/cung-ung/doi-chieu"));
    Ok(finish(t, page, refused, done))
}

/// The month before and after, of the same facility.
pub(super) fn other_months(t: Say, found: &Month, path: &str) -> Vec<Link> {
    links_around(t, path, &found.facility.to_string(), found.month)
}

/// Links to the month before and after.
pub(super) fn links_around(t: Say, path: &str, facility: &str, month: jiff::civil::Date) -> Vec<Link> {
    let before = month.yesterday().ok().map(|day| day.first_of_month());
    let after = month.last_of_month().tomorrow().ok();
    let link = |month| Link {
        text: month_words(t, month),
        href: format!("{path}?co-so={facility}&thang={}", month_field(month)),
    };
    before.into_iter().chain(after).map(link).collect()
}

/// Other facilities, each a link; a page of one facility shows none.
fn choose(t: Say, found: &Month, path: &str) -> Section {
    choose_facility(t, &facility_choices(&found.book), path, found.month)
}

/// The facilities as links of a folded table.
pub(super) fn choose_facility(
    t: Say,
    facilities: &[(String, String)],
    path: &str,
    month: jiff::civil::Date,
) -> Section {
    let rows = facilities
        .iter()
        .map(|(id, name)| vec![Cell::link(name.clone(), format!("{path}?co-so={id}&thang={}", month_field(month)))]);
    Section {
        table: Some(Table { columns: vec![Column::words(t.say("column-facility"))], rows: rows.collect() }),
        folded: true,
        ..Section::new("co-so-khac", t.say("supply-other-facility"))
    }
}

fn sentence(t: Say, found: &Month) -> String {
    let gaps = found.suppliers.iter().filter(|one| one.has_gap).count();
    let open = found.suppliers.iter().filter(|one| one.invoiced.is_none() && !one.deliveries.is_empty()).count();
    let facts = [
        ("facility", found.name.clone().into()),
        ("month", month_words(t, found.month).into()),
        ("gaps", gaps.into()),
        ("open", open.into()),
    ];
    let key = match (found.suppliers.is_empty(), gaps, open) {
        (true, ..) => "supply-reconcile-nothing",
        (_, 0, 0) => "supply-reconcile-fits",
        (_, 0, _) => "supply-reconcile-waits",
        _ => "supply-reconcile-gaps",
    };
    fill(t, key, &facts)
}

fn name_of(t: Say, one: &SupplierMonth) -> String {
    if one.name.is_empty() { t.say("supply-unknown-supplier") } else { one.name.clone() }
}

fn sums(t: Say, found: &Month) -> Table {
    let rows = found.suppliers.iter().map(|one| {
        let gap = match one.gap() {
            None => Cell::text(t.say("supply-no-invoice")),
            Some(gap) if one.has_gap => Cell::text(in_kg(t, gap)).toned(Tone::Attention).told(t.say("supply-has-gap")),
            Some(gap) => Cell::text(in_kg(t, gap)).toned(Tone::Confirmed).told(t.say("supply-fits")),
        };
        let billed: i64 = one.invoices.iter().map(|kept| kept.content.dong).sum();
        let expected = one.contract_price.map(|price| dong_for(one.received, price));
        let told = expected.map_or_else(String::new, |amount| t.one("supply-by-contract", "amount", dong(t, amount)));
        vec![
            Cell::text(name_of(t, one)),
            Cell::text(in_kg(t, one.received)).told(t.one("supply-deliveries", "count", one.deliveries.len())),
            Cell::known(one.invoiced.map(|mass| in_kg(t, mass)), ""),
            gap,
            if one.invoices.is_empty() { Cell::unknown() } else { Cell::text(dong(t, billed)).told(told) },
        ]
    });
    Table {
        rows: rows.collect(),
        columns: vec![
            Column::words(t.say("supply-column-supplier")),
            Column::number(t.say("supply-received")),
            Column::number(t.say("supply-column-invoiced")),
            Column::number(t.say("supply-column-gap")),
            Column::number(t.say("supply-column-money")),
        ],
    }
}

/// One supplier's month: delivery by delivery, and its invoices with their state.
fn details(t: Say, place: usize, one: &SupplierMonth, (key, user): (Option<String>, Option<place::UserId>)) -> Section {
    let columns = vec![
        Column::words(t.say("supply-field-note")),
        Column::number(t.say("supply-received")),
        Column::number(t.say("supply-column-invoiced")),
        Column::number(t.say("supply-column-gap")),
        Column::words(t.say("supply-column-finding")),
    ];
    let cell = |mass: Option<quantity::Grams>| mass.map_or_else(Cell::default, |mass| Cell::text(in_kg(t, mass)));
    let mut rows: Vec<Vec<Cell>> = one
        .lines
        .iter()
        .map(|line| {
            let (key, tone) = match line.finding {
                Finding::Agrees => ("supply-fits", Tone::Confirmed),
                Finding::Differs => ("supply-has-gap", Tone::Attention),
                Finding::NotInvoiced => ("supply-not-invoiced", Tone::Attention),
                Finding::NotReceived => ("supply-not-received", Tone::Attention),
            };
            vec![
                Cell::text(line.note.clone()),
                cell(line.received),
                cell(line.invoiced),
                Cell::text(in_kg(t, line.gap())),
                Cell::text(t.say(key)).toned(tone),
            ]
        })
        .collect();
    if one.lines.is_empty() {
        rows = one
            .deliveries
            .iter()
            .map(|line| {
                let note = line.note.clone().unwrap_or_else(|| t.say("supply-no-note"));
                let empty = Cell::default;
                vec![Cell::text(note).told(line.at.to_string()), cell(Some(line.grams)), empty(), empty(), empty()]
            })
            .collect();
    }
    let mut told = Vec::new();
    let mut forms = Vec::new();
    for kept in &one.invoices {
        let invoice = &kept.content;
        let facts = [
            ("number", invoice.number.clone().into()),
            ("amount", in_kg(t, invoice.grams).into()),
            ("money", dong(t, invoice.dong).into()),
            ("state", t.say(&format!("supply-settlement-{}", invoice.settlement.code())).into()),
            ("remark", invoice.remark.clone().into()),
        ];
        told.push(fill(t, "supply-invoice-line", &facts));
        if let Some(key) = key.as_ref().filter(|_| invoice.settlement != Settlement::Agreed) {
            let mut states = vec![("1", "supply-settlement-agreed"), ("0", "supply-settlement-disputed")];
            // Who entered it agrees to nothing: that is for a second person.
            states.retain(|(value, _)| *value == "0" || invoice.by.user != user);
            let mut form = Form::new(format!("/cung-ung/hoa-don/{}", kept.id), t.say("supply-settle"), key.clone())
                .field(
                    Field::words("agreed", t.one("supply-invoice-of", "number", &invoice.number))
                        .input(choices(states.iter().map(|(value, key)| ((*value).to_owned(), t.say(key))))),
                )
                .field(field(t, "remark"));
            if invoice.by.user == user {
                form.means = t.say("supply-settle-second");
            }
            forms.push(form);
        }
    }
    Section {
        about: told.join(" "),
        table: Some(Table { columns, rows }),
        empty: t.say("supply-reconcile-empty"),
        forms,
        ..Section::new(format!("ncc-{place}"), name_of(t, one))
    }
}

fn form_of(t: Say, found: &Month, key: &str) -> Form {
    named(Form::new("/cung-ung/doi-chieu", t.say("supply-save"), key), "invoice")
        .field(
            field(t, "facility")
                .input(choices(facility_choices(&found.book)))
                .value(found.facility.to_string())
                .required(),
        )
        .field(field(t, "month").input(month_choices(t, found.book.at)).value(month_field(found.month)))
        .field(field(t, "supplier").input(choices(supplier_choices(&found.book))).required())
        .field(field(t, "number").required())
        .field(field(t, "amount").input(Input::Number("kg".to_owned())).required())
        .field(field(t, "money").input(Input::Number("đồng".to_owned())).required())
        .field(field(t, "lines").input(Input::Lines).hint(t.say("supply-lines-hint")))
}

/// POST /cung-ung/doi-chieu.
pub(in crate::pages) async fn record(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::AskSupply)?;
    let key = fields.key(&member.caller)?;
    let text = |name: &str| fields.text(name).to_owned();
    let missing = |what| Failure::refused(Reason::Missing { what });
    let read = || -> Result<RecordInvoice, Failure> {
        Ok(RecordInvoice {
            key: Some(key),
            facility: super::chosen_facility(&fields, "facility")?,
            supplier: super::key_of(&fields, "supplier")?.ok_or_else(|| missing("supplier"))?,
            month: month_of(fields.text("month")).ok_or_else(|| missing("month"))?,
            number: text("number"),
            amount: text("amount"),
            dong: dong_of(fields.text("money")),
            lines: text("lines"),
        })
    };
    let outcome = match read() {
        Ok(operation) => app.office.perform(member.visitor.actor.clone(), operation).await.map(drop),
        Err(failure) => Err(failure),
    };
    let mut asked = Fields::default();
    for (name, from) in [("co-so", "facility"), ("thang", "month")] {
        asked.0.insert(name.to_owned(), fields.text(from).to_owned());
    }
    match outcome {
        Ok(()) => {
            let path = format!("/cung-ung/doi-chieu?co-so={}&thang={}", asked.text("co-so"), asked.text("thang"));
            Ok(done(&path, "done-supply-invoice"))
        }
        Err(failure) => {
            let refused = Refused::of("invoice", fields, failure, &member.caller)?;
            show(&app, &member, &asked, Some(refused), "").await
        }
    }
}

/// POST /cung-ung/hoa-don/{id}: agreed or disputed.
pub(in crate::pages) async fn settle(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let operation = SettleInvoice {
        key: Some(fields.key(&member.caller)?),
        invoice: id.parse().map_err(|_| Problem::no_page(&member.caller))?,
        agreed: fields.text("agreed") == "1",
        remark: fields.text("remark").to_owned(),
    };
    match app.office.perform(member.visitor.actor.clone(), operation).await {
        Ok(_) => Ok(done("/cung-ung/doi-chieu", "done-supply-settled")),
        Err(failure) => {
            let refused = Refused::of("settle", fields, failure, &member.caller)?;
            show(&app, &member, &Fields::default(), Some(refused), "").await
        }
    }
}
