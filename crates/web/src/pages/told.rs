//! A report as it was told: the words as typed, and what they mean.

use desk::Actor;
use desk::operations::file_report::spoken_code;
use desk::registry::Facility;
use desk::rights::Capability;
use desk::views::facility::label_of;
use oxygen::{Device, ReportId, Source};
use quantity::Unit;
use store::ledger::Counts;
use store::series::{ReadingLine, ReportLine};

use super::words::{count, device_key, mass, number, source_of};
use crate::view::{ReportSummary, ReportedLine, Say};

/// Whether an account may correct the reports of a facility.
pub(crate) fn may_correct(actor: &Actor, facility: &Facility) -> bool {
    actor.may(Capability::CorrectReport)
        && (actor.own_facility() == Some(facility.id) || actor.may(Capability::ReportOnBehalf))
}

/// A report on a page.
pub(crate) fn summary_of(t: Say, actor: &Actor, facility: &Facility, report: &ReportLine) -> ReportSummary {
    let recorder = report.recorded_by.clone().unwrap_or_else(|| t.say("by-program"));
    let source = source_of(t, &report.source);
    // Somebody else's words: his name stands first, who typed them beside the source.
    let (who, source) = match &report.told_by {
        Some(teller) => (teller.clone(), t.two("report-by", "source", source, "who", recorder)),
        None => (recorder, source),
    };
    ReportSummary {
        code: spoken_code(report.id),
        happened: report.happened_at.to_string(),
        recorded: report.recorded_at.show_time(),
        who,
        source,
        lines: lines_of(t, facility, report),
        correct_href: (report.reversed.is_none() && may_correct(actor, facility))
            .then(|| format!("/bao-cao/{}/dinh-chinh", report.id)),
        reversed: report.reversed.as_ref().map(|reason| reversal(t, report, reason)),
        photo_href: report.photo.as_ref().map(|_| format!("/anh/{}", report.id)),
        simulated: facility.simulated || report.source == Source::Simulation.code(),
    }
}

fn reversal(t: Say, report: &ReportLine, reason: &str) -> String {
    match report.replacement {
        Some(id) => t.two("reversed-by", "code", spoken_code(ReportId(id)), "reason", reason),
        None => t.one("withdrawn", "reason", reason),
    }
}

fn lines_of(t: Say, facility: &Facility, report: &ReportLine) -> Vec<ReportedLine> {
    let mut lines: Vec<ReportedLine> = report
        .readings
        .iter()
        .map(|reading| {
            let means = if says_its_mass(reading) { String::new() } else { mass(t, reading.grams) };
            ReportedLine { label: label_of(facility, reading.store), typed: typed_of(t, reading), means }
        })
        .collect();
    let people = |key: &str, number: u32| ReportedLine {
        label: t.say(key),
        typed: t.one("people-count", "count", count(t, number)),
        means: String::new(),
    };
    if let Some((by_device, waiting)) = &report.census {
        let devices = Device::ALL.into_iter().zip(by_device);
        lines.extend(devices.map(|(device, number)| people(device_key(device), *number)));
        lines.extend(waiting.map(|number| people("told-waiting", number)));
    }
    if let Some(note) = &report.note {
        lines.push(ReportedLine { label: t.say("told-note"), typed: note.clone(), means: String::new() });
    }
    lines
}

/// A mass needs no translation, and what a plant makes in a minute is no stock.
fn says_its_mass(reading: &ReadingLine) -> bool {
    match reading.unit.as_deref().and_then(Unit::from_code) {
        Some(unit) => unit.is_flow() || matches!(unit, Unit::Kilogram | Unit::Tonne),
        None => reading.counts.is_none(),
    }
}

/// «385 mmH2O» as typed; a figure typed without its unit gets the unit that stood beside the field.
fn typed_of(t: Say, reading: &ReadingLine) -> String {
    let running = match (&reading.counts, &reading.typed_text) {
        (Some(counts), None) => return counts_words(t, counts),
        (Some(counts), Some(_)) => t.one("told-running", "count", count(t, counts.full)),
        (None, _) => String::new(),
    };
    let unit = reading.unit.as_deref().and_then(Unit::from_code).map_or("", Unit::label);
    let names_a_unit = |text: &str| text.contains(|sign: char| sign.is_alphabetic() || sign == '%');
    let told = match (&reading.typed_text, reading.typed_value) {
        (Some(text), _) if names_a_unit(text) => text.clone(),
        (Some(text), _) => format!("{text} {unit}"),
        (None, Some(value)) => format!("{} {unit}", number(t, value, 0)),
        (None, None) => mass(t, reading.grams),
    };
    format!("{running}{told}")
}

/// «12 đầy, 48 vỏ»; begun and damaged ones where there are any.
pub(crate) fn counts_words(t: Say, counts: &Counts) -> String {
    let parts = [
        ("told-full", counts.full, true),
        ("told-part", counts.part, counts.part > 0),
        ("told-empty", counts.empty, true),
        ("told-damaged", counts.damaged, counts.damaged > 0),
    ];
    let said = parts.into_iter().filter(|(.., said)| *said);
    said.map(|(key, number, _)| t.one(key, "count", count(t, number))).collect::<Vec<_>>().join(", ")
}
