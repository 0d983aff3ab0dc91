//! A trip as a card of the list, and as text for Zalo.

use desk::supply::TripStage;
use desk::views::supply::trips::{StopLine, TripLine};
use quantity::Moment;

use super::super::in_kg;
use super::{end_tone, end_words, hour, stage_words, warning_words};
use crate::pages::words::{duration, fill, marked, phone};
use crate::view::{Say, StopRow, Tone, TripBoard, TripCard};

/// The list at the head of the page.
pub(in super::super) fn board_of(t: Say, lines: &[TripLine], now: Moment, poll: bool) -> TripBoard {
    TripBoard {
        poll_href: if poll { "/chuyen".to_owned() } else { String::new() },
        cards: lines.iter().map(|line| card_of(t, line, now)).collect(),
        empty: t.say("trips-empty"),
    }
}

fn card_of(t: Say, line: &TripLine, now: Moment) -> TripCard {
    let trip = &line.trip;
    let late = line.late.map_or_else(String::new, |late| t.one("trip-late", "span", duration(t, late)));
    let tone = match (line.late, line.warnings.is_empty(), trip.stage) {
        (Some(_), ..) | (None, false, _) => Tone::Attention,
        (None, true, TripStage::Closed | TripStage::CalledOff) => Tone::Old,
        (None, true, TripStage::Loaded | TripStage::UnderWay) => Tone::Confirmed,
        (None, true, _) => Tone::Plain,
    };
    TripCard {
        id: line.id.to_string(),
        href: format!("/chuyen/{}", line.id),
        title: title_of(t, line),
        stage: stage_words(t, trip.stage),
        late,
        tone,
        driver: (!trip.phone.is_empty()).then(|| phone(&trip.driver, &trip.phone)),
        about: about_of(t, line, now),
        warnings: line.warnings.iter().map(|warning| warning_words(t, warning, now)).collect(),
        stops: line.stops.iter().map(|stop| row_of(t, stop, now)).collect(),
    }
}

/// «Chuyến số 3 · 68C-910.21».
pub(in super::super) fn title_of(t: Say, line: &TripLine) -> String {
    t.two("trip-title", "number", line.trip.number.to_string(), "plate", &line.trip.plate)
}

/// From where, when, how much.
pub(in super::super) fn about_of(t: Say, line: &TripLine, now: Moment) -> String {
    let trip = &line.trip;
    let key = if trip.started_at.is_some() { "trip-about-left" } else { "trip-about" };
    let facts = [
        ("source", line.source.clone().into()),
        ("at", hour(trip.started_at.unwrap_or(trip.starts_at), now).into()),
        ("amount", in_kg(t, trip.grams()).into()),
    ];
    let others = (line.hidden > 0).then(|| t.one("trip-others", "count", line.hidden));
    [fill(t, key, &facts)].into_iter().chain(others).collect::<Vec<_>>().join(" ")
}

/// «1.200 kg · 12 chai».
pub(in super::super) fn amount_of(t: Say, stop: &StopLine) -> String {
    let kilograms = in_kg(t, stop.stop.grams);
    stop.stop.cylinders.map_or(kilograms.clone(), |count| {
        format!("{} · {kilograms}", t.one("supply-cylinders", "count", count.to_string()))
    })
}

fn row_of(t: Say, stop: &StopLine, now: Moment) -> StopRow {
    let (actual, tone) = match (&stop.stop.end, stop.stop.arrived_at) {
        (Some(end), _) => (end_words(t, end, now), end_tone(end)),
        (None, Some(at)) => (t.one("trip-stop-arrived", "at", hour(at, now)), Tone::Confirmed),
        (None, None) => match stop.late {
            Some(late) => {
                let facts = [("at", hour(stop.expected, now).into()), ("span", duration(t, late).into())];
                (fill(t, "trip-stop-late", &facts), Tone::Attention)
            }
            None => (String::new(), Tone::Plain),
        },
    };
    StopRow {
        name: stop.facility.clone(),
        amount: amount_of(t, stop),
        planned: t.one("trip-stop-planned", "at", hour(stop.stop.eta, now)),
        actual,
        tone,
    }
}

/// The trip as it is sent to driver, supplier and receivers.
pub(in super::super) fn text_of(t: Say, line: &TripLine, now: Moment, simulated: bool) -> String {
    let trip = &line.trip;
    let facts = [
        ("number", trip.number.to_string().into()),
        ("plate", trip.plate.clone().into()),
        ("driver", trip.driver.clone().into()),
        ("phone", trip.phone.clone().into()),
        ("source", line.source.clone().into()),
        ("at", trip.starts_at.to_string().into()),
        ("amount", in_kg(t, trip.grams()).into()),
    ];
    let mut lines = vec![fill(t, "trip-text-head", &facts), fill(t, "trip-text-source", &facts)];
    for (place, stop) in line.stops.iter().enumerate() {
        let who = stop.phone.as_ref().map_or_else(String::new, |(name, number)| format!(" – {name} {number}"));
        let facts = [
            ("place", (place + 1).to_string().into()),
            ("facility", stop.facility.clone().into()),
            ("amount", amount_of(t, stop).into()),
            ("at", hour(stop.stop.eta, now).into()),
            ("who", who.into()),
            ("order", stop.order.to_string().into()),
        ];
        lines.push(fill(t, "trip-text-stop", &facts));
        if let Some(terms) = &stop.terms {
            let key = format!("trip-authority-{}", terms.authority.code());
            lines.push(format!("   {}", t.two(&key, "basis", &terms.basis, "payer", &terms.payer)));
        }
        if !stop.stop.note.is_empty() {
            lines.push(format!("   {}", stop.stop.note));
        }
    }
    marked(t, simulated, lines.join("\n"))
}
