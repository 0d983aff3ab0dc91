//! The papers of an order as text: the order itself and the delivery note, for printing and for Zalo.

use desk::supply::{Receipt, Signature, Signed};
use desk::views::supply::requests::RequestView;

use super::in_kg;
use crate::pages::words::{fill, marked};
use crate::view::Say;

/// The dispatch order: who asks whom, for what, on what it rests, who pays and signs. The driver's code stands on it for
/// the desk only, which sends it to the driver.
pub(super) fn order_text(t: Say, view: &RequestView, with_code: bool) -> String {
    let request = &view.line.request;
    let [to_facility, to_supplier] = view.verbs;
    let unknown = || t.say("unknown");
    let supplier = view.line.supplier.clone().unwrap_or_else(unknown);
    let terms = view.contract.as_ref().map(|(kept, _)| &kept.content);
    let basis = terms
        .map(|contract| t.two("supply-order-contract", "number", &contract.number, "basis", &contract.legal_basis));
    let urgent = request.approved.as_ref().and_then(|approved| approved.legal_basis.clone());
    let payer = terms.map_or_else(|| view.line.facility.clone(), |contract| contract.payer.clone());
    let by = request.approved.as_ref().and_then(|approved| approved.by.as_ref()).map(|who| who.name.clone());
    let signer = by.or_else(|| terms.map(|contract| contract.signer.clone())).unwrap_or_else(unknown);
    let verb = |verb: &str| t.say(if verb == "yêu cầu" { "supply-verb-orders" } else { "supply-verb-asks" });
    let facts = [
        ("number", request.number.to_string().into()),
        ("issuer", view.issuer.clone().into()),
        ("supplier", supplier.into()),
        ("facility", view.line.facility.clone().into()),
        ("store", view.line.store.clone().into()),
        ("amount", in_kg(t, request.grams).into()),
        ("typed", super::as_typed(&request.typed).into()),
        ("needed", request.needed_by.to_string().into()),
        ("priority", t.say(&format!("supply-priority-{}", request.priority.code())).into()),
        ("tofacility", verb(to_facility).into()),
        ("tosupplier", verb(to_supplier).into()),
        ("basis", basis.or(urgent).unwrap_or_else(unknown).into()),
        ("payer", payer.into()),
        ("signer", signer.into()),
    ];
    let mut lines: Vec<String> = ["head", "supplier", "facility", "when", "basis", "payer"]
        .into_iter()
        .map(|part| fill(t, &format!("supply-order-{part}"), &facts))
        .collect();
    if let Some(load) = &request.load {
        let facts = [
            ("plate", load.plate.clone().into()),
            ("driver", load.driver.clone().into()),
            ("phone", load.phone.clone().into()),
            ("amount", in_kg(t, load.grams).into()),
            ("eta", load.eta.to_string().into()),
        ];
        lines.push(fill(t, "supply-order-load", &facts));
        if with_code {
            lines.push(t.one("supply-order-code", "code", &load.code));
        }
    }
    marked(t, view.book.simulated, lines.join("\n"))
}

/// The delivery note with its two signatures.
pub(super) fn receipt_text(t: Say, view: &RequestView, receipt: &Receipt) -> String {
    let request = &view.line.request;
    let facts = [
        ("note", receipt.note.clone().into()),
        ("number", request.number.to_string().into()),
        ("facility", view.line.facility.clone().into()),
        ("store", view.line.store.clone().into()),
        ("supplier", view.line.supplier.clone().unwrap_or_else(|| t.say("unknown")).into()),
        ("amount", in_kg(t, receipt.grams).into()),
        ("at", receipt.received_at.to_string().into()),
        ("plate", receipt.plate.clone().into()),
        ("deliverer", signed(t, &receipt.deliverer).into()),
        ("receiver", signed(t, &receipt.receiver).into()),
    ];
    let mut lines = vec![fill(t, "supply-note-head", &facts), fill(t, "supply-note-amount", &facts)];
    if let Some((gross, tare)) = receipt.scale {
        let ticket = receipt.ticket.clone().unwrap_or_else(|| t.say("unknown"));
        let facts = [("ticket", ticket.into()), ("gross", in_kg(t, gross).into()), ("tare", in_kg(t, tare).into())];
        lines.push(fill(t, "supply-note-scale", &facts));
    }
    if let Some((full, empty)) = receipt.cylinders {
        lines.push(t.two("supply-note-cylinders", "full", full.to_string(), "empty", empty.to_string()));
    }
    lines.push(fill(t, "supply-note-signed", &facts));
    marked(t, view.book.simulated, lines.join("\n"))
}

/// Who signed, how and when.
pub(super) fn signed(t: Say, signature: &Signature) -> String {
    let how = match &signature.how {
        Signed::Code => "supply-signed-code",
        Signed::Account(_) => "supply-signed-account",
        Signed::Paper => "supply-signed-paper",
        Signed::GateCode => "supply-signed-gate-code",
        Signed::Drawn(_) => "supply-signed-drawn",
    };
    format!("{} ({}, {})", signature.name, t.say(how), signature.at)
}
