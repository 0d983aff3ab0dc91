//! The sentence of an alarm, the same on screen, in a message and on paper.

use locale::{Fact, Locale, say};
use oxygen::alarm::{AlarmFacts, AlarmKind, Severity};
use quantity::Moment;

use super::records::Alarm;
use crate::registry::Facility;

/// Messages longer than this are cut by many gateways.
const MESSAGE: usize = 300;

/// `02:14`, with the day where it is another.
pub fn clock(at: Moment, now: Moment) -> String {
    if at.date() == now.date() {
        at.show_time()
    } else {
        let local = at.local();
        format!("{} {:02}/{:02}", at.show_time(), local.day(), local.month())
    }
}

/// One sentence with the numbers of an alarm and their age.
pub fn reason(locale: Locale, alarm: &Alarm, now: Moment) -> String {
    let facts = &alarm.facts;
    let key = match (alarm.kind, alarm.severity) {
        (AlarmKind::Out, _) => "alarm-why-out",
        (AlarmKind::BeforeHelp, Severity::Critical) if facts.refill_at.is_none() => "alarm-why-no-help",
        (AlarmKind::BeforeHelp, Severity::Critical) => "alarm-why-too-late",
        (AlarmKind::BeforeHelp, _) => "alarm-why-before-help",
        (AlarmKind::BeforeMorning, _) => "alarm-why-before-morning",
        (AlarmKind::Flow, _) => "alarm-why-flow",
        (AlarmKind::Silence, _) if facts.heard_at.is_none() => "alarm-why-never",
        (AlarmKind::Silence, _) => "alarm-why-silence",
        (AlarmKind::DutyGap, _) => "alarm-why-duty-gap",
        (AlarmKind::NobodyOnDuty, _) => "alarm-why-nobody",
        (AlarmKind::Storm, _) => "alarm-why-storm",
    };
    let sentence = say(locale, key, &facts_of(locale, alarm, now));
    match told_of(locale, facts, now) {
        Some(told) => format!("{sentence} {told}"),
        None => sentence,
    }
}

fn facts_of(locale: Locale, alarm: &Alarm, now: Moment) -> Vec<(&'static str, Fact)> {
    let facts = &alarm.facts;
    let unknown = || say(locale, "unknown", &[]);
    let at = |moment: Option<Moment>| Fact::Text(moment.map_or_else(unknown, |moment| clock(moment, now)));
    let number = |figure: Option<u32>| Fact::Text(figure.map_or_else(unknown, |figure| grouped(locale, figure)));
    vec![
        ("runs_out", at(facts.runs_out_at)),
        ("refill", at(facts.refill_at)),
        ("act_by", at(alarm.act_by)),
        ("heard", at(facts.heard_at)),
        ("begins", at(facts.begins_at)),
        ("needed", number(facts.flow_needed)),
        ("deliverable", number(facts.flow_deliverable)),
        ("count", Fact::Count(facts.facilities.map_or(0, i64::from))),
    ]
}

/// «(310 kg dùng được, đọc 12 phút trước; lấy giờ nạp chung)».
fn told_of(locale: Locale, facts: &AlarmFacts, now: Moment) -> Option<String> {
    let stock = facts.usable.zip(facts.read_at).map(|(usable, read_at)| {
        let age = now - read_at;
        let age = if age.as_minutes() < 1 { say(locale, "span-now", &[]) } else { age_words(locale, age.as_minutes()) };
        say(locale, "alarm-told-stock", &[("usable", Fact::Text(usable.to_string())), ("age", Fact::Text(age))])
    });
    let truck = facts.truck.as_ref().map(|(plate, eta)| {
        let key = if *eta < now { "alarm-told-truck-late" } else { "alarm-told-truck" };
        say(locale, key, &[("plate", Fact::Text(plate.clone())), ("at", Fact::Text(clock(*eta, now)))])
    });
    let usual = facts.usual_terms.then(|| say(locale, "alarm-told-usual", &[]));
    let parts: Vec<String> = [stock, truck, usual].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("({})", parts.join("; ")))
}

/// `2.173`, in English `2,173`.
fn grouped(locale: Locale, figure: u32) -> String {
    let shown = quantity::show_number(f64::from(figure), 0);
    if locale == Locale::Vietnamese { shown } else { shown.replace('.', ",") }
}

fn age_words(locale: Locale, minutes: i64) -> String {
    let text = |number: i64| Fact::Text(number.to_string());
    match minutes {
        ..60 => say(locale, "span-minutes", &[("minutes", text(minutes))]),
        60..2880 => say(locale, "span-hours", &[("hours", text(minutes / 60))]),
        _ => say(locale, "span-days", &[("days", Fact::Count(minutes / 1_440))]),
    }
}

/// The name of a kind.
pub fn kind(locale: Locale, kind: AlarmKind) -> String {
    say(locale, &format!("alarm-kind-{}", kind.code().replace('_', "-")), &[])
}

/// What is sent on the duty phone: no name but that of the facility.
pub fn message(locale: Locale, alarm: &Alarm, facility: Option<&Facility>, now: Moment, passed_on: bool) -> String {
    let place = facility.map_or_else(|| say(locale, "alarm-province", &[]), |facility| facility.body.name.clone());
    let head = if passed_on { "alarm-message-passed-on" } else { "alarm-message" };
    let words = [
        ("place", Fact::Text(place)),
        ("kind", Fact::Text(kind(locale, alarm.kind))),
        ("reason", Fact::Text(reason(locale, alarm, now))),
    ];
    let text = say(locale, head, &words);
    let marked = facility.is_some_and(|facility| facility.simulated);
    let text = if marked { format!("[{}] {text}", say(locale, "simulated", &[])) } else { text };
    text.chars().take(MESSAGE).collect()
}
