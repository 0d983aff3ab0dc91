//! GET /chuyen/{id}/phieu: the delivery notes of a trip, a sheet a stop, to be printed on A4 and signed by two.

use axum::extract::{Path, State};
use desk::record::{Kept, kept_text};
use desk::supply::{Receipt, Signature, Signed, drawing};
use desk::views::supply::trips::{StopLine, TripView, trip};
use store::Connection;

use super::super::in_kg;
use super::super::paper::signed;
use super::card::{amount_of, title_of};
use crate::app::App;
use crate::chart::hand;
use crate::pages::around::look;
use crate::pages::words::fill;
use crate::respond::{Answer, Problem, page_of};
use crate::view::{DeliveryNotePage, Link, NoteSheet, NoteSigner, Say};
use crate::visitor::Member;

/// The two hands of a receipt, where they were drawn.
type Hands = [String; 2];

fn hands_of(connection: &mut Connection, actor: &desk::Actor, receipt: &Receipt) -> desk::Outcome<Hands> {
    let mut drawn = |signature: &Signature| match &signature.how {
        Signed::Drawn(digest) => {
            let text = kept_text(connection, actor.province, digest)?;
            Ok::<String, desk::Failure>(
                drawing::read(&text).map_or_else(String::new, |strokes| hand(&strokes, &signature.name)),
            )
        }
        _ => Ok(String::new()),
    };
    Ok([drawn(&receipt.deliverer)?, drawn(&receipt.receiver)?])
}

/// GET /chuyen/{id}/phieu.
pub(in crate::pages) async fn page(State(app): State<App>, Path(id): Path<String>, member: Member) -> Answer {
    let key = id.parse().map_err(|_| Problem::no_page(&member.caller))?;
    let (around, (view, issuer, hands)) = look(&app, &member, move |office, connection, actor| {
        let view = trip(office, connection, actor, key)?;
        let registry = office.registry(connection, actor.province)?;
        let issuer = registry.body_of_kind(place::body::BodyKind::HealthDepartment);
        let issuer = issuer.map_or_else(String::new, |body| body.name.clone());
        let mut hands = Vec::new();
        for (stop, kept) in &view.receipts {
            hands.push((*stop, hands_of(connection, actor, &kept.content)?));
        }
        Ok((view, issuer, hands))
    })
    .await?;
    let t = member.caller.say;
    let sheets = view.line.stops.iter().map(|stop| {
        let receipt = view.receipts.iter().find(|(number, _)| *number == stop.stop.number).map(|(_, kept)| kept);
        let drawn = hands.iter().find(|(number, _)| *number == stop.stop.number).map(|(_, hands)| hands.clone());
        sheet(t, &view, stop, &issuer, receipt, drawn.unwrap_or_default())
    });
    Ok(page_of(&DeliveryNotePage {
        t,
        trail: vec![
            Link { text: t.say("trips"), href: "/chuyen".to_owned() },
            Link { text: title_of(t, &view.line), href: format!("/chuyen/{id}") },
        ],
        sheets: sheets.collect(),
        shell: around.shell(&app, &member, "trips"),
    }))
}

fn sheet(
    t: Say,
    view: &TripView,
    stop: &StopLine,
    issuer: &str,
    receipt: Option<&Kept<Receipt>>,
    [deliverer, receiver]: Hands,
) -> NoteSheet {
    let trip = &view.line.trip;
    let receipt = receipt.map(|kept| &kept.content);
    let of = |read: fn(&Receipt) -> String| receipt.map(read).unwrap_or_default();
    let weight = |read: fn(&Receipt) -> Option<quantity::Grams>| {
        receipt.and_then(read).map_or_else(String::new, |mass| in_kg(t, mass))
    };
    let terms = stop.terms.as_ref();
    let row = |key: &str, value: String| (t.say(key), value);
    let lines = vec![
        row("trip-note-number", of(|receipt| receipt.note.clone())),
        row("trip-note-source", view.line.source.clone()),
        row("trip-note-to", format!("{} – {}", stop.facility, stop.store)),
        row("trip-note-vehicle", format!("{} · {}", trip.plate, trip.driver)),
        row("trip-note-planned", amount_of(t, stop)),
        row("trip-note-gross", weight(|receipt| receipt.scale.map(|(gross, _)| gross))),
        row("trip-note-tare", weight(|receipt| receipt.scale.map(|(_, tare)| tare))),
        row("trip-note-ticket", of(|receipt| receipt.ticket.clone().unwrap_or_default())),
        row("trip-note-received", weight(|receipt| Some(receipt.grams))),
        row(
            "trip-note-empties",
            receipt.and_then(|one| one.cylinders).map_or_else(String::new, |(_, e)| e.to_string()),
        ),
        row("trip-note-at", of(|receipt| receipt.received_at.to_string())),
        row("trip-note-basis", terms.map(|terms| terms.basis.clone()).unwrap_or_default()),
        row("trip-note-payer", terms.map(|terms| terms.payer.clone()).unwrap_or_default()),
    ];
    let signer = |role: &str, signature: Option<&Signature>, drawing: String| NoteSigner {
        role: t.say(role),
        drawing,
        how: signature.map(|signature| signed(t, signature)).unwrap_or_default(),
        name: signature.map(|signature| signature.name.clone()).unwrap_or_default(),
    };
    let facts = [
        ("number", trip.number.to_string().into()),
        ("order", stop.order.to_string().into()),
        ("day", quantity::time::show_date(trip.starts_at.date()).into()),
    ];
    NoteSheet {
        issuer: issuer.to_owned(),
        title: t.say("trip-note-title"),
        under: fill(t, "trip-note-under", &facts),
        lines,
        signers: vec![
            signer("trip-note-deliverer", receipt.map(|one| &one.deliverer), deliverer),
            signer("trip-note-receiver", receipt.map(|one| &one.receiver), receiver),
        ],
        simulated: if view.simulated { t.say("simulated") } else { String::new() },
    }
}
