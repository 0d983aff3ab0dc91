//! How a link, its flow and its evidence are worded.

use jiff::civil::Date;
use oxygen::chain::{Assessment, BedDay, BedDayVerdict, Evidence, Flows, LinkKind, Verdict};
use quantity::time::show_date;
use quantity::{Moment, Typed, Unit};

use super::words::{duration, fill, number};
use crate::view::{Cell, Say, Tone};

/// « · mô phỏng» behind an invented facility's name.
pub(super) fn simulated_words(t: Say, simulated: bool) -> String {
    if simulated { format!(" · {}", t.say("simulated")) } else { String::new() }
}

/// Key of a link's name.
pub(super) fn link_key(kind: LinkKind) -> String {
    format!("chain-link-{}", kind.code())
}

/// «3.000 L/phút», «800 – 1.000 L/phút», «chưa rõ».
pub(super) fn flow_words(t: Say, low: f64, high: Option<f64>) -> String {
    match high {
        None => t.say("unknown"),
        Some(high) if (high - low).abs() < 0.5 => format!("{} {}", number(t, low, 0), t.say("unit-l-per-min")),
        Some(high) => format!("{} – {} {}", number(t, low, 0), number(t, high, 0), t.say("unit-l-per-min")),
    }
}

/// A flow as it was typed, with its unit.
pub(super) fn typed_words(t: Say, flow: &Typed) -> String {
    let unit = match flow.unit {
        Unit::LitrePerMinute => t.say("unit-l-per-min"),
        unit => unit.label().to_owned(),
    };
    format!("{} {unit}", number(t, flow.value, usize::from(flow.value.fract() != 0.0)))
}

/// What reaches the beds: a range, or the most it can be while links are unknown.
pub(super) fn deliverable_words(t: Say, flows: &Flows) -> String {
    match flows.high {
        Some(high) if !flows.unknown.is_empty() => t.one("chain-at-most", "flow", flow_words(t, high, Some(high))),
        high => flow_words(t, flows.low, high),
    }
}

/// The same as a cell.
pub(super) fn deliverable_cell(t: Say, flows: &Flows) -> Cell {
    if flows.high.is_none() { Cell::unknown() } else { Cell::text(deliverable_words(t, flows)) }
}

/// «đo 01/09/2026 · 82 ngày», «theo nhãn máy», «chưa rõ».
pub(super) fn evidence_words(t: Say, evidence: Evidence, on: Option<Date>, now: Moment) -> String {
    let key = format!("chain-evidence-{}", evidence.code());
    match on {
        Some(on) => {
            let age = duration(t, now - Moment::start_of(on));
            fill(t, &key, &[("on", show_date(on).into()), ("age", age.into())])
        }
        None => fill(t, &key, &[("on", String::new().into()), ("age", String::new().into())]),
    }
}

/// A name inside a sentence: «Đường ống» → «đường ống».
fn inside(name: &str) -> String {
    let mut signs = name.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

/// Names of links, in their order: «đường ống, ổ khí».
pub(super) fn link_names(t: Say, kinds: &[LinkKind]) -> String {
    kinds.iter().map(|kind| inside(&t.say(&link_key(*kind)))).collect::<Vec<_>>().join(", ")
}

/// Tone of a verdict: red where the peak is more than what can be counted on.
pub(super) const fn tone_of(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Short => Tone::Danger,
        Verdict::Tight => Tone::Attention,
        Verdict::Unknown => Tone::Old,
        Verdict::Enough => Tone::Confirmed,
    }
}

/// The one line that answers whether the chain carries its patients.
pub(super) fn sentence(t: Say, chain: &Assessment) -> String {
    let unknown = link_names(t, &chain.deliverable.unknown);
    let Some(need) = chain.need else { return t.say("chain-says-no-patients") };
    let weakest = chain.deliverable.weakest.map_or_else(|| t.say("unknown"), |kind| inside(&t.say(&link_key(kind))));
    let facts = [
        ("need", flow_words(t, need.high, Some(need.high)).into()),
        ("flow", deliverable_words(t, &chain.deliverable).into()),
        ("weakest", weakest.into()),
        ("unknown", unknown.into()),
    ];
    let key = match chain.verdict {
        Verdict::Short => "chain-says-short",
        Verdict::Tight => "chain-says-tight",
        Verdict::Unknown => "chain-says-unknown",
        Verdict::Enough => "chain-says-enough",
    };
    fill(t, key, &facts)
}

/// «14,4 m³ (19,1 kg) mỗi giường-ngày; thường từ 4,3 đến 14,4», with its tone.
pub(super) fn bed_day_cell(t: Say, told: Option<BedDay>) -> Cell {
    let Some(told) = told else { return Cell::unknown() };
    let (tone, key) = match told.verdict {
        BedDayVerdict::Low => (Tone::Attention, "bed-day-low"),
        BedDayVerdict::Within => (Tone::Plain, "bed-day-within"),
        BedDayVerdict::High => (Tone::Attention, "bed-day-high"),
    };
    let facts = [
        ("kg", number(t, told.kg, 1).into()),
        ("low", number(t, told.norm_low_m3, 1).into()),
        ("high", number(t, told.norm_high_m3, 1).into()),
    ];
    Cell::figure(number(t, told.m3, 1), t.say("unit-bed-day")).told(fill(t, key, &facts)).toned(tone)
}
