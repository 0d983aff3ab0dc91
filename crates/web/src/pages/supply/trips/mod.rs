//! /chuyen: the trips, worst first, and how one is made from orders; /chuyen/{id}: one trip with its steps; the delivery
//! notes on paper (OX13, OX15).

mod board;
pub(super) mod card;
mod note;
mod steps;
mod trip;

pub(in crate::pages) use board::{give_supplier_link, make, offer, page};
pub(super) use board::{made_from, make_form, offer_of};
pub(in crate::pages) use note::page as notes;
pub(in crate::pages) use steps::step;
pub(super) use steps::{of_stops, stop_of, why_of};
pub(in crate::pages) use trip::page as trip;

use desk::supply::{StopEnd, TripStage, WhyFailed};
use desk::views::supply::trips::Warning;
use quantity::Moment;

use super::in_kg;
use crate::pages::words::fill;
use crate::view::{Say, Tone};

/// The name of a trip's step.
pub(super) fn stage_words(t: Say, stage: TripStage) -> String {
    t.say(&format!("trip-stage-{}", stage.code().replace('_', "-")))
}

/// The words of a reason.
pub(super) fn why_words(t: Say, why: WhyFailed) -> String {
    t.say(&format!("trip-why-{}", why.code().replace('_', "-")))
}

/// The hour, with the day where it is not today's.
pub(super) fn hour(at: Moment, now: Moment) -> String {
    if at.date() == now.date() { at.show_time() } else { at.to_string() }
}

/// What became of a stop, in words.
pub(super) fn end_words(t: Say, end: &StopEnd, now: Moment) -> String {
    match end {
        StopEnd::Delivered { grams, at, whole, .. } => {
            let key = if *whole { "trip-stop-delivered" } else { "trip-stop-part" };
            fill(t, key, &[("amount", in_kg(t, *grams).into()), ("at", hour(*at, now).into())])
        }
        StopEnd::Failed { why, words, at, .. } => {
            let why = why_words(t, *why);
            let why = if words.is_empty() { why } else { format!("{why} ({words})") };
            fill(t, "trip-stop-failed", &[("why", why.into()), ("at", hour(*at, now).into())])
        }
    }
}

/// What its colour means.
pub(super) const fn end_tone(end: &StopEnd) -> Tone {
    match end {
        StopEnd::Delivered { whole: true, .. } => Tone::Confirmed,
        StopEnd::Delivered { .. } | StopEnd::Failed { .. } => Tone::Attention,
    }
}

/// A warning in words.
pub(super) fn warning_words(t: Say, warning: &Warning, now: Moment) -> String {
    match warning {
        Warning::ReleaseUnknown => t.say("trip-warn-release"),
        Warning::Uninspected(day) => t.one("trip-warn-inspected", "day", quantity::time::show_date(*day)),
        Warning::GivesLess { gives, planned } => {
            t.two("trip-warn-less", "gives", in_kg(t, *gives), "planned", in_kg(t, *planned))
        }
        Warning::ReadyLater(at) => t.one("trip-warn-ready", "at", hour(*at, now)),
        Warning::TooLate(facility) => t.one("trip-warn-late", "facility", facility),
    }
}
