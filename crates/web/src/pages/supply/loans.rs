//! /cung-ung/muon-tra: oxygen lent between hospitals, and who owes whom.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use desk::Failure;
use desk::operations::supply::Refused as Reason;
use desk::operations::supply::lend_oxygen::LendOxygen;
use desk::operations::supply::return_oxygen::ReturnOxygen;
use desk::record::Kept;
use desk::rights::Capability;
use desk::supply::Loan;
use desk::views::supply::loans::{Loans, loans};
use quantity::time::show_date;

use super::{Refused, chosen_store, finish, in_kg, named, store_choices, unit_choices, unit_of};
use crate::app::App;
use crate::pages::around::look;
use crate::pages::fields::{Fields, Sent, day_of, local_moment, server_key};
use crate::pages::plain::done;
use crate::pages::words::{fill, marked};
use crate::respond::{Answer, Problem};
use crate::view::{Cell, Column, Form, Input, Link, Say, Section, Table, Tone};
use crate::visitor::Member;

use super::field;

/// GET /cung-ung/muon-tra.
pub(in crate::pages) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    show(&app, &member, None, fields.text("xong")).await
}

async fn show(app: &App, member: &Member, refused: Option<Refused>, done: &str) -> Result<Response, Problem> {
    let (around, found) = look(app, member, loans).await?;
    let t = member.caller.say;
    let owed = found.open.iter().map(|kept| kept.content.outstanding()).sum();
    let facts = [("count", found.open.len().into()), ("amount", in_kg(t, owed).into())];
    let key = if found.open.is_empty() { "supply-loans-none" } else { "supply-loans-sentence" };
    let mut page = super::titled(app, member, &around, "supply-loans", fill(t, key, &facts));
    page.trail = vec![Link { text: t.say("supply"), href: "/cung-ung".to_owned() }];
    page.about = t.say("supply-loans-about");
    page.sections.push(Section {
        table: Some(table(t, &found, &found.open)),
        empty: t.say("supply-loans-empty"),
        ..Section::new("chua-tra", t.say("supply-loans-open"))
    });
    let new_key = || server_key(app.office.real_now());
    if member.visitor.actor.may(Capability::KeepSupply) {
        for kept in &found.open {
            let title = t.one("supply-return-of", "number", kept.content.number.to_string());
            page.sections.push(Section {
                copy: handover_text(t, &found, &kept.content),
                forms: vec![return_form(t, kept, &new_key())],
                folded: true,
                ..Section::new(format!("tra-{}", kept.content.number), title)
            });
        }
        page.sections.push(Section {
            forms: vec![lend_form(t, &found, &new_key())],
            folded: true,
            ..Section::new("cho-muon", t.say("supply-lend"))
        });
    }
    page.sections.push(Section {
        table: Some(table(t, &found, &found.settled)),
        empty: t.say("supply-loans-empty"),
        folded: true,
        ..Section::new("da-tra", t.say("supply-loans-settled"))
    });
    Ok(finish(t, page, refused, done))
}

fn table(t: Say, found: &Loans, lines: &[Kept<Loan>]) -> Table {
    let keys = ["supply-column-record", "supply-field-lender", "supply-field-borrower"];
    let mut columns: Vec<Column> = keys.into_iter().map(|key| Column::words(t.say(key))).collect();
    columns.extend([Column::number(t.say("supply-column-amount")), Column::number(t.say("supply-column-owed"))]);
    columns.push(Column::words(t.say("supply-field-due")));
    let today = found.book.at.date();
    let rows = lines.iter().map(|kept| {
        let loan = &kept.content;
        let due = Cell::text(show_date(loan.due));
        let late = loan.due < today && loan.outstanding().0 > 0;
        vec![
            Cell::text(t.one("supply-number", "number", loan.number.to_string())).told(loan.at.to_string()),
            Cell::text(found.book.facility_name(loan.lender)).told(loan.signed[0].clone()),
            Cell::text(found.book.facility_name(loan.borrower)).told(loan.signed[1].clone()),
            Cell::text(in_kg(t, loan.grams)),
            Cell::text(in_kg(t, loan.outstanding())),
            if late { due.toned(Tone::Attention).told(t.say("supply-overdue")) } else { due },
        ]
    });
    Table { rows: rows.collect(), columns }
}

/// The handover record, for printing and for Zalo.
fn handover_text(t: Say, found: &Loans, loan: &Loan) -> String {
    let facts = [
        ("number", loan.number.to_string().into()),
        ("lender", found.book.facility_name(loan.lender).into()),
        ("borrower", found.book.facility_name(loan.borrower).into()),
        ("amount", in_kg(t, loan.grams).into()),
        ("at", loan.at.to_string().into()),
        ("due", show_date(loan.due).into()),
        ("first", loan.signed[0].clone().into()),
        ("second", loan.signed[1].clone().into()),
        ("owed", in_kg(t, loan.outstanding()).into()),
    ];
    marked(t, found.book.simulated, fill(t, "supply-handover", &facts))
}

fn amounts(t: Say, form: Form) -> Form {
    form.field(field(t, "amount").input(Input::Number(String::new())).required())
        .field(field(t, "unit").input(unit_choices(t)))
        .field(field(t, "at").input(Input::Moment).hint(t.say("supply-now-hint")))
        .field(field(t, "signed_first").required())
        .field(field(t, "signed_second").required())
}

fn lend_form(t: Say, found: &Loans, key: &str) -> Form {
    let form = named(Form::new("/cung-ung/muon-tra", t.say("supply-lend"), key), "lend")
        .field(field(t, "lender").input(store_choices(&found.book)).required())
        .field(field(t, "borrower").input(store_choices(&found.book)).required())
        .field(field(t, "due").input(Input::Day).required());
    amounts(t, form)
}

fn return_form(t: Say, kept: &Kept<Loan>, key: &str) -> Form {
    amounts(t, Form::new(format!("/cung-ung/muon-tra/{}", kept.id), t.say("supply-give-back"), key))
}

fn signed(fields: &Fields) -> [String; 2] {
    ["signed_first", "signed_second"].map(|name| fields.text(name).to_owned())
}

/// POST /cung-ung/muon-tra.
pub(in crate::pages) async fn lend(State(app): State<App>, member: Member, sent: Sent) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    member.must(Capability::KeepSupply)?;
    let key = fields.key(&member.caller)?;
    let read = || -> Result<LendOxygen, Failure> {
        let (lender, from) = chosen_store(&fields, "lender")?;
        let (borrower, into) = chosen_store(&fields, "borrower")?;
        let missing = || Failure::refused(Reason::Missing { what: "due" });
        Ok(LendOxygen {
            key: Some(key),
            lender,
            from,
            borrower,
            into,
            amount: fields.text("amount").to_owned(),
            unit: unit_of(&fields, "unit"),
            at: local_moment(fields.text("at")),
            due: day_of(fields.text("due")).ok_or_else(missing)?,
            signed: signed(&fields),
        })
    };
    let outcome = match read() {
        Ok(operation) => app.office.perform(member.visitor.actor.clone(), operation).await.map(drop),
        Err(failure) => Err(failure),
    };
    after(&app, &member, fields, outcome, "done-supply-lent").await
}

/// POST /cung-ung/muon-tra/{id}.
pub(in crate::pages) async fn give_back(
    State(app): State<App>,
    Path(id): Path<String>,
    member: Member,
    sent: Sent,
) -> Answer {
    let fields = sent.vouched(&member.caller)?;
    let key = fields.key(&member.caller)?;
    let operation = ReturnOxygen {
        key: Some(key),
        loan: id.parse().map_err(|_| Problem::no_page(&member.caller))?,
        amount: fields.text("amount").to_owned(),
        unit: unit_of(&fields, "unit"),
        at: local_moment(fields.text("at")),
        signed: signed(&fields),
    };
    let outcome = app.office.perform(member.visitor.actor.clone(), operation).await.map(drop);
    after(&app, &member, fields, outcome, "done-supply-returned").await
}

async fn after(app: &App, member: &Member, fields: Fields, outcome: Result<(), Failure>, said: &str) -> Answer {
    match outcome {
        Ok(()) => Ok(done("/cung-ung/muon-tra", said)),
        Err(failure) => {
            let refused = Refused::of("lend", fields, failure, &member.caller)?;
            show(app, member, Some(refused), "").await
        }
    }
}
