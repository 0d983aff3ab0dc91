//! The forms of a request, from need to receipt.

use desk::operations::supply::receive_oxygen::Delivery;
use desk::supply::{Priority, Receipt};
use desk::views::supply::Book;
use desk::views::supply::requests::RequestView;
use quantity::Span;

use super::{
    choices, choices_or_none, contract_choices, count_of, field, in_kg, named, store_choices, supplier_choices,
    unit_choices, unit_of,
};
use crate::pages::fields::{Fields, field_of, local_moment};
use crate::view::{Field, Form, Input, Say};

/// The fields of an amount with its unit.
fn amount_fields(t: Say, form: Form) -> Form {
    form.field(field(t, "amount").input(Input::Number(String::new()))).field(field(t, "unit").input(unit_choices(t)))
}

/// A need.
pub(super) fn ask_form(t: Say, book: &Book, key: &str) -> Form {
    let priorities = Priority::ALL
        .into_iter()
        .rev()
        .map(|one| (one.code().to_owned(), t.say(&format!("supply-priority-{}", one.code()))));
    let form = named(Form::new("/cung-ung", t.say("supply-send-ask"), key), "ask")
        .field(field(t, "store").input(store_choices(book)).required());
    let mut form = amount_fields(t, form)
        .field(field(t, "needed_by").input(Input::Moment).value(field_of(book.at + Span::hours(12))).required())
        .field(field(t, "priority").input(choices(priorities)))
        .field(field(t, "contract").input(choices_or_none(t, "supply-no-contract", contract_choices(book))))
        .field(field(t, "supplier").input(choices_or_none(t, "supply-any-supplier", supplier_choices(book))))
        .field(field(t, "reason").required())
        .field(field(t, "told_by").hint(t.say("supply-told-by-hint")));
    form.means = t.say("supply-ask-means");
    form
}

/// What was weighed and counted of a delivery, filled with what a receipt says of it.
pub(super) fn figure_fields(t: Say, form: Form, known: Option<&Receipt>) -> Form {
    let weight = |name: &str| field(t, name).input(Input::Number("kg".to_owned()));
    let (gross, tare) = known.and_then(|one| one.scale).map_or_else(Default::default, |(gross, tare)| {
        (quantity::show_number(gross.as_kg(), 0), quantity::show_number(tare.as_kg(), 0))
    });
    let typed = known.filter(|one| one.scale.is_none()).map(|one| &one.typed);
    let amount = typed.map_or_else(String::new, |typed| typed.text.clone());
    let unit = typed.map_or("", |typed| typed.unit.code());
    let empties = known.and_then(|one| one.cylinders).map_or_else(String::new, |(_, empty)| empty.to_string());
    let ticket = known.and_then(|one| one.ticket.clone()).unwrap_or_default();
    form.field(field(t, "note").value(known.map_or("", |one| &one.note)).required())
        .field(weight("gross").value(gross).hint(t.say("supply-scale-hint")))
        .field(weight("tare").value(tare))
        .field(field(t, "amount").input(Input::Number(String::new())).value(amount))
        .field(field(t, "unit").input(unit_choices(t)).value(unit))
        .field(field(t, "ticket").value(ticket))
        .field(field(t, "empties").input(Input::Number(t.say("supply-shell-unit"))).value(empties))
}

/// The papers of a delivery, behind what comes before them.
fn paper_fields(t: Say, form: Form, plate: &str, driver: &str) -> Form {
    figure_fields(t, form, None)
        .field(field(t, "plate").value(plate).hint(t.say("supply-gate-hint")))
        .field(field(t, "deliverer").value(driver).required())
        .field(field(t, "code").hint(t.say("supply-code-hint")))
        .field(field(t, "receiver").required())
        .field(field(t, "received_at").input(Input::Moment).hint(t.say("supply-now-hint")))
}

/// A delivery that nobody ordered.
pub(super) fn unordered_form(t: Say, book: &Book, key: &str) -> Form {
    let form = named(Form::new("/cung-ung/nhan-khong-lenh", t.say("supply-send-received"), key), "unordered")
        .field(field(t, "store").input(store_choices(book)).required())
        .field(field(t, "reason").hint(t.say("supply-unordered-hint")).required())
        .field(field(t, "supplier").input(choices_or_none(t, "supply-any-supplier", supplier_choices(book))));
    paper_fields(t, form, "", "")
}

/// What a delivery's form says.
pub(super) fn delivery_of(fields: &Fields) -> Delivery {
    let text = |name: &str| fields.text(name).to_owned();
    Delivery {
        received_at: local_moment(fields.text("received_at")),
        gross: text("gross"),
        tare: text("tare"),
        amount: text("amount"),
        unit: unit_of(fields, "unit"),
        ticket: text("ticket"),
        note: text("note"),
        plate: text("plate"),
        empties: count_of(fields.text("empties")),
        deliverer: text("deliverer"),
        code: text("code"),
        receiver: text("receiver"),
        gate_code: text("gate_code"),
        deliverer_drawn: text("deliverer_drawn"),
        receiver_drawn: text("receiver_drawn"),
    }
}

/// A form of one step of a request.
fn step(t: Say, view: &RequestView, name: &'static str, key: &str) -> Form {
    let path = format!("/cung-ung/yeu-cau/{}", view.line.id);
    named(Form::new(path, t.say(&format!("supply-step-{name}")), key), name)
}

/// The receipt of an order.
pub(super) fn receive_form(t: Say, view: &RequestView, key: &str) -> Form {
    let load = view.line.request.load.as_ref();
    let (plate, driver) = load.map_or(("", ""), |load| (load.plate.as_str(), load.driver.as_str()));
    let mut form = paper_fields(t, step(t, view, "receive", key), plate, driver);
    form.means = t.say("supply-receive-means");
    form
}

/// The approval.
pub(super) fn approve_form(t: Say, view: &RequestView, key: &str) -> Form {
    let request = &view.line.request;
    let chosen = |id: Option<String>| id.unwrap_or_default();
    let mine = view.book.contracts.iter().filter(|kept| kept.content.serves(request.facility));
    let contracts = mine.map(|kept| {
        let name = format!("{} – {}", kept.content.number, view.book.supplier_name(kept.content.supplier));
        (kept.id.to_string(), name)
    });
    let mut form = step(t, view, "approve", key)
        .field(
            field(t, "contract")
                .input(choices_or_none(t, "supply-no-contract", contracts))
                .value(chosen(request.contract.map(|id| id.to_string()))),
        )
        .field(
            field(t, "supplier")
                .input(choices_or_none(t, "supply-of-contract", supplier_choices(&view.book)))
                .value(chosen(request.supplier.map(|id| id.to_string()))),
        )
        .field(field(t, "legal_basis").hint(t.say("supply-legal-hint")));
    form.means = t.one("supply-approve-means", "amount", in_kg(t, request.grams));
    form
}

/// The refusal.
pub(super) fn refuse_form(t: Say, view: &RequestView, key: &str) -> Form {
    step(t, view, "refuse", key).field(field(t, "reason").required())
}

/// The supplier's word.
pub(super) fn accept_form(t: Say, view: &RequestView, key: &str) -> Form {
    step(t, view, "accept", key)
        .field(field(t, "said_by").hint(t.say("supply-said-by-hint")).required())
        .field(field(t, "promised_for").input(Input::Moment))
}

/// What was loaded.
pub(super) fn load_form(t: Say, view: &RequestView, plates: &[(String, String)], key: &str) -> Form {
    let eta = field_of(view.book.at + Span::hours(3));
    let form = step(t, view, "load", key)
        .field(field(t, "plate").input(choices(plates.to_vec())).required())
        .field(field(t, "driver").hint(t.say("supply-usual-driver")))
        .field(field(t, "phone").input(Input::Phone));
    let outstanding = in_kg(t, view.line.request.outstanding());
    amount_fields(t, form).field(field(t, "eta").input(Input::Moment).value(eta).required()).field(Field {
        hint: t.one("supply-all-outstanding", "amount", outstanding),
        ..field(t, "starts").input(Input::Check).value("1")
    })
}

/// A vehicle that sets off.
pub(super) fn start_form(t: Say, view: &RequestView, key: &str) -> Form {
    step(t, view, "start", key)
}

/// The end without a (further) receipt.
pub(super) fn end_form(t: Say, view: &RequestView, key: &str) -> Form {
    step(t, view, "end", key).field(field(t, "reason").required())
}
