//! The driver's page: his stops in their order, whom to call, what he tells at each.

use axum::response::Response;
use desk::registry::Registry;
use desk::supply::{TripStage, WhyFailed};
use desk::views::supply::trips::{StopLine, TripLine};
use place::body::{BodyKind, PostKind};
use quantity::{Moment, Unit};

use super::super::in_kg;
use super::super::trips::card::{about_of, amount_of, title_of};
use super::super::trips::{end_tone, end_words, hour, why_words};
use super::{Carrier, Stands};
use crate::pages::plain::said_done;
use crate::pages::words::{fill, phone};
use crate::respond::{form_urlencoded, page_of};
use crate::view::{DriverPage, DriverStop, Phone, Refusal, Say, Tone};
use crate::visitor::Caller;

/// Words that the script puts in, with the places of their facts.
const WORDS: &[(&str, &[&str])] = &[
    ("waiting", &["count"]),
    ("kept", &["what", "time"]),
    ("sent", &["what", "time"]),
    ("not-sent", &["what", "time"]),
    ("mend", &[]),
    ("no-line", &[]),
];

/// Whom a driver calls at the desk.
pub(super) fn desk_phone(registry: &Registry, now: Moment) -> Option<(String, String)> {
    let desks = [BodyKind::OxygenCoordinationUnit, BodyKind::HealthDepartment];
    desks.into_iter().filter_map(|kind| registry.body_of_kind(kind)).find_map(|body| {
        let standin = registry.roster().whom(body.id, PostKind::DutyOfficer, now)?;
        let post = standin.post();
        post.phone.clone().map(|number| (post.name.clone(), number))
    })
}

/// A telephone of a name and a number.
pub(super) fn phone_of(found: &Option<(String, String)>) -> Option<Phone> {
    found.as_ref().map(|(who, number)| phone(who, number))
}

/// The page.
pub(super) fn page(
    caller: &Caller,
    carrier: &Carrier,
    line: &TripLine,
    (refusal, done): (Option<Refusal>, &str),
    stands: Stands,
) -> Response {
    let t = caller.say;
    let Stands { desk, simulated, now, speed, key } = stands;
    let trip = &line.trip;
    let on_the_road = matches!(trip.stage, TripStage::Loaded | TripStage::UnderWay);
    let mut steps = Vec::new();
    if trip.driver_word.is_none() && trip.stage.is_open_to_change() {
        steps.push(("accept".to_owned(), t.say("driver-accept")));
    } else if trip.stage.is_open_to_change() {
        steps.push(("load".to_owned(), t.say("driver-loaded")));
    }
    if trip.stage == TripStage::Loaded {
        steps.push(("start".to_owned(), t.say("driver-start")));
    }
    let words = WORDS.iter().map(|(name, facts)| {
        let places: Vec<String> = facts.iter().map(|fact| format!("{{{fact}}}")).collect();
        let facts: Vec<(&str, locale::Fact)> =
            facts.iter().copied().zip(places.iter().map(|place| place.as_str().into())).collect();
        (*name, fill(t, &format!("driver-word-{name}"), &facts))
    });
    page_of(&DriverPage {
        t,
        theme: caller.theme,
        path: format!("/giao/{}", carrier.id),
        now: now.micros() / 1_000,
        speed,
        csrf: carrier.csrf.clone(),
        key,
        simulated: if simulated { t.say("simulated") } else { String::new() },
        sentence: sentence(t, line, now),
        about: format!("{} · {}", title_of(t, line), about_of(t, line, now)),
        done: said_done(t, done),
        refusal,
        driver: trip.driver.clone(),
        source: phone_of(&line.source_phone),
        desk: phone_of(&desk),
        steps,
        stops: line.stops.iter().map(|stop| stop_of(t, stop, on_the_road, now)).collect(),
        may_close: on_the_road && trip.next_stop().is_none(),
        on_board: t.one("trip-should-be-left", "amount", in_kg(t, trip.on_board())),
        reasons: WhyFailed::ALL.map(|why| (why.code().to_owned(), why_words(t, why))).to_vec(),
        words: words.collect(),
    })
}

fn sentence(t: Say, line: &TripLine, now: Moment) -> String {
    let trip = &line.trip;
    let next = trip.next_stop().and_then(|stop| line.stops.iter().find(|one| one.stop.number == stop.number));
    let facts = [
        ("at", hour(trip.starts_at, now).into()),
        ("source", line.source.clone().into()),
        ("next", next.map(|stop| stop.facility.clone()).unwrap_or_default().into()),
        ("eta", next.map(|stop| hour(stop.stop.eta, now)).unwrap_or_default().into()),
    ];
    let key = match (trip.stage, next) {
        (TripStage::Planned | TripStage::Told, _) if trip.driver_word.is_none() => "driver-sentence-asked",
        (TripStage::Planned | TripStage::Told, _) => "driver-sentence-load",
        (TripStage::Loaded | TripStage::UnderWay, Some(_)) => "driver-sentence-next",
        (TripStage::Loaded | TripStage::UnderWay, None) => "driver-sentence-back",
        (TripStage::Closed, _) => "driver-sentence-closed",
        (TripStage::CalledOff, _) => "driver-sentence-off",
    };
    fill(t, key, &facts)
}

fn stop_of(t: Say, line: &StopLine, on_the_road: bool, now: Moment) -> DriverStop {
    let stop = &line.stop;
    let tone = stop.end.as_ref().map_or(Tone::Plain, end_tone);
    let arrived = stop.arrived_at.map(|at| t.one("trip-stop-arrived", "at", hour(at, now)));
    let place = [line.facility.as_str(), line.address.as_str()].into_iter().filter(|part| !part.is_empty());
    let place = place.collect::<Vec<_>>().join(", ");
    DriverStop {
        number: stop.number,
        name: line.facility.clone(),
        address: line.address.clone(),
        // The telephone's own map, whichever it is.
        map_href: format!("geo:0,0?q={}", form_urlencoded(&place)),
        phone: phone_of(&line.phone),
        amount: format!("{} → {}", amount_of(t, line), line.store),
        when: t.one("trip-stop-planned", "at", hour(stop.eta, now)),
        note: stop.note.clone(),
        end: stop.end.as_ref().map(|end| end_words(t, end, now)).or(arrived).unwrap_or_default(),
        tone,
        arrived: stop.arrived_at.is_some(),
        open: on_the_road && stop.end.is_none(),
        cylinders: stop.cylinders.is_some(),
        planned: match stop.cylinders {
            Some(count) => count.to_string(),
            None => quantity::show_number(stop.grams.as_kg(), 0),
        },
        unit: if stop.cylinders.is_some() { Unit::Cylinder.code() } else { Unit::Kilogram.code() },
        empties: stop.empties,
    }
}
