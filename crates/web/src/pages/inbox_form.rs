//! The report that comes of a message: its fields filled from the text and from what was known before, and
//! read back.

use desk::Failure;
use desk::operations::file_report::{Confirmed, Cylinders, Level, Told};
use desk::operations::inbox::InboxMessage;
use desk::views::facility::{FacilityView, StoreView};
use oxygen::message::{Condition, Reading, Said};
use oxygen::{Census, Device, StoreId, StoreKind};
use quantity::{Coded, Unit};
use store::ledger::Counts;

use super::fields::{Fields, field_of, local_moment};
use super::inbox_words::note;
use super::oxygen_row::since;
use super::told::counts_words;
use super::words::{count, device_key, mass, source_of};
use crate::view::{Choice, ConfirmField, ConfirmForm, ConfirmRow, Say};

/// Units that a level may be told in.
const UNITS: [Unit; 7] = [
    Unit::Percent,
    Unit::MillimetreOfWater,
    Unit::Kilogram,
    Unit::Tonne,
    Unit::CubicMetreOfLiquid,
    Unit::CubicMetre,
    Unit::Bar,
];
const CONDITIONS: [(Condition, &str, &str); 4] = [
    (Condition::Full, "full", "inbox-full"),
    (Condition::Part, "part", "inbox-part"),
    (Condition::Empty, "empty", "inbox-empty"),
    (Condition::Damaged, "damaged", "inbox-damaged"),
];

/// Why the fields are no report. Each variant has its sentence and next step in `locales/`.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unread {
    /// Nobody has said which facility.
    #[error("INB-040: which facility?")]
    WhichFacility,
    /// Not a whole number.
    #[error("INB-041: {label}: {text:?} is no count")]
    NotACount { label: String, text: String },
    /// Some of the conditions or devices are empty.
    #[error("INB-042: {label} is empty")]
    Missing { label: String },
    /// Not a day and an hour.
    #[error("INB-043: no hour")]
    NoHour,
}

impl Coded for Unread {
    fn code(&self) -> &'static str {
        match self {
            Self::WhichFacility => "INB-040",
            Self::NotACount { .. } => "INB-041",
            Self::Missing { .. } => "INB-042",
            Self::NoHour => "INB-043",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::WhichFacility | Self::NoHour => Vec::new(),
            Self::NotACount { label, text } => {
                vec![("label", label.clone()), ("text", text.chars().take(20).collect())]
            }
            Self::Missing { label } => vec![("label", label.clone())],
        }
    }
}

/// The form, filled from the proposal, or from what was typed before a refusal.
pub(super) fn confirm_form(
    t: Say,
    content: &InboxMessage,
    view: &FacilityView,
    typed: Option<&Fields>,
    looked: Option<StoreId>,
    key: String,
) -> ConfirmForm {
    let day = content.received_at.date();
    let on_day = |store: &&StoreView| view.facility.stores_on(day).any(|known| known.id == store.store.id);
    let mut rows: Vec<ConfirmRow> =
        view.stores.iter().filter(on_day).filter_map(|store| store_row(t, content, view, store)).collect();
    rows.extend(people_rows(t, &content.proposal, view));
    if let Some(typed) = typed {
        for field in rows.iter_mut().flat_map(|row| &mut row.fields) {
            typed.text(&field.name).clone_into(&mut field.value);
            let unit = typed.text(&field.unit_name);
            field.units.iter_mut().for_each(|choice| choice.chosen = choice.value == unit);
        }
    }
    let was = |name: &str, proposed: String| typed.map_or(proposed, |typed| typed.text(name).to_owned());
    let told_by = content.proposal.told_by.as_ref().map(|found| found.value.clone());
    let unnamed = || t.say(&format!("inbox-unnamed-{}", content.channel.code()));
    let at = content.proposal.at.as_ref().map(|found| found.value);
    let label = |store: &StoreView| store.store.label.clone();
    let doubtful = looked.and_then(|id| view.stores.iter().find(|store| store.store.id == id));
    ConfirmForm {
        key,
        facility: view.facility.id.to_string(),
        name: view.facility.body.name.clone(),
        rows,
        told_by: was("told_by", told_by.or_else(|| content.sender.clone()).unwrap_or_else(unnamed)),
        happened: was("happened", field_of(at.unwrap_or(content.received_at))),
        happened_means: t.say(if at.is_some() { "inbox-hour-said" } else { "inbox-hour-received" }),
        note: was("note", note(content)),
        looked: doubtful
            .map(|store| Choice {
                value: store.store.id.to_string(),
                text: t.one("inbox-looked", "label", label(store)),
                chosen: false,
            })
            .into_iter()
            .collect(),
    }
}

fn store_row(t: Say, content: &InboxMessage, view: &FacilityView, store: &StoreView) -> Option<ConfirmRow> {
    let fields = match store.store.kind {
        StoreKind::Tank | StoreKind::Dewar => vec![level_field(&content.proposal, store)],
        StoreKind::Cylinders => count_fields(t, &content.proposal, store),
        StoreKind::Plant | StoreKind::Concentrators => return None,
    };
    Some(ConfirmRow { label: store.store.label.clone(), fields, last: last_of(t, view, store) })
}

fn last_of(t: Say, view: &FacilityView, store: &StoreView) -> String {
    let Some(latest) = &store.latest else { return t.say("inbox-never-told") };
    let figure = match (&latest.counts, &latest.typed_text) {
        (Some(counts), _) => counts_words(t, counts),
        (None, Some(text)) => {
            let unit = latest.unit.as_deref().and_then(Unit::from_code).map_or("", Unit::label);
            let named = text.contains(|sign: char| sign.is_alphabetic() || sign == '%');
            let typed = if named { text.clone() } else { format!("{text} {unit}") };
            format!("{typed} = {}", mass(t, latest.grams))
        }
        (None, None) => mass(t, latest.grams),
    };
    let source = source_of(t, &latest.source);
    format!("{} {figure} · {} · {source}", t.say("inbox-before"), since(latest.happened_at, view.at))
}

fn level_field(reading: &Reading, store: &StoreView) -> ConfirmField {
    let id = store.store.id;
    let said = reading.figures.iter().find_map(|figure| match &figure.said {
        Said::Level { store: Some(of), amount, unit } if *of == id => Some((amount.text.clone(), *unit)),
        _ => None,
    });
    let unit = said.as_ref().map_or(store.store.usual_unit(), |(_, unit)| *unit);
    let choice =
        |each: &Unit| Choice { value: each.code().to_owned(), text: each.label().to_owned(), chosen: *each == unit };
    ConfirmField {
        name: format!("level.{id}"),
        label: String::new(),
        unit: String::new(),
        units: UNITS.iter().map(choice).collect(),
        unit_name: format!("unit.{id}"),
        proposed: said.is_some(),
        value: said.map_or_else(String::new, |(text, _)| text),
    }
}

fn count_fields(t: Say, reading: &Reading, store: &StoreView) -> Vec<ConfirmField> {
    let id = store.store.id;
    let said = |condition: Condition| {
        reading.figures.iter().find_map(|figure| match &figure.said {
            Said::Cylinders { store: Some(of), condition: is, count } if *of == id && *is == condition => Some(*count),
            _ => None,
        })
    };
    let any = CONDITIONS.iter().any(|(condition, ..)| said(*condition).is_some());
    let before = store.latest.as_ref().and_then(|latest| latest.counts);
    let field = |(condition, name, key): &(Condition, &str, &str)| {
        let told = said(*condition);
        // What the message leaves out stands as it was; a person looks at it before he confirms.
        let carried = any.then(|| before.map_or(0, |counts| of_condition(&counts, *condition)));
        ConfirmField {
            name: format!("{name}.{id}"),
            label: t.say(key),
            value: told.or(carried).map_or_else(String::new, |number| number.to_string()),
            unit: t.say("inbox-unit-cylinders"),
            units: Vec::new(),
            unit_name: String::new(),
            proposed: told.is_some(),
        }
    };
    CONDITIONS.iter().map(field).collect()
}

const fn of_condition(counts: &Counts, condition: Condition) -> u32 {
    match condition {
        Condition::Full => counts.full,
        Condition::Part => counts.part,
        Condition::Empty => counts.empty,
        Condition::Damaged => counts.damaged,
    }
}

fn people_rows(t: Say, reading: &Reading, view: &FacilityView) -> Vec<ConfirmRow> {
    let said = |device: Device| {
        reading.figures.iter().find_map(|figure| match figure.said {
            Said::Patients { device: of, count } if of == device => Some(count),
            _ => None,
        })
    };
    let waiting = reading.figures.iter().find_map(|figure| match figure.said {
        Said::Waiting { count } => Some(count),
        _ => None,
    });
    let any = waiting.is_some() || Device::ALL.into_iter().any(|device| said(device).is_some());
    let before = view.census;
    let device_field = |device: Device| {
        let told = said(device);
        let carried = before.filter(|_| any).map(|taken| taken.census.on(device));
        ConfirmField {
            name: format!("patients.{}", device.code()),
            label: t.say(device_key(device)),
            value: told.or(carried).map_or_else(String::new, |number| number.to_string()),
            unit: t.say("unit-people"),
            units: Vec::new(),
            unit_name: String::new(),
            proposed: told.is_some(),
        }
    };
    let last = before.map_or_else(
        || t.say("inbox-never-told"),
        |taken| {
            let all = t.one("people-count", "count", count(t, taken.census.patients()));
            format!("{} {all} · {}", t.say("inbox-before"), since(taken.at, view.at))
        },
    );
    let waits = ConfirmField {
        name: "waiting".to_owned(),
        label: String::new(),
        value: waiting.map_or_else(String::new, |number| number.to_string()),
        unit: t.say("unit-people"),
        units: Vec::new(),
        unit_name: String::new(),
        proposed: waiting.is_some(),
    };
    vec![
        ConfirmRow {
            label: t.say("inbox-patients"),
            fields: Device::ALL.into_iter().map(device_field).collect(),
            last,
        },
        ConfirmRow { label: t.say("told-waiting"), fields: vec![waits], last: t.say("inbox-waiting-hint") },
    ]
}

/// What stands in the fields, as the desk takes it. Empty vessels and patients say nothing.
pub(super) fn read_told(fields: &Fields, view: &FacilityView, content: &InboxMessage) -> Result<Told, Failure> {
    let (mut levels, mut cylinders, mut looked) = (Vec::new(), Vec::new(), Vec::new());
    for store in &view.stores {
        let id = store.store.id;
        if let Some(text) = fields.some(&format!("level.{id}")) {
            let unit = Unit::from_code(fields.text(&format!("unit.{id}")));
            levels.push(Level { store: id, text: text.to_owned(), unit, reference: None, running: None });
        }
        let names = CONDITIONS.map(|(_, name, _)| format!("{name}.{id}"));
        if let Some([full, part, empty, damaged]) = counts(fields, &names, &store.store.label)? {
            cylinders.push(Cylinders { store: id, full, part, empty, damaged });
        }
        if fields.text(&format!("looked.{id}")) == "1" {
            looked.push(id);
        }
    }
    let happened_at = local_moment(fields.text("happened")).ok_or_else(|| Failure::refused(Unread::NoHour))?;
    // The field has minutes; a message of this minute must not lie ahead of its own receipt.
    let same_minute = field_of(happened_at) == field_of(content.received_at);
    Ok(Told {
        happened_at: Some(if same_minute { content.received_at } else { happened_at }),
        source: content.channel.source(),
        told_by: fields.some("told_by").map(str::to_owned),
        note: fields.some("note").map(str::to_owned),
        photo: None,
        levels,
        cylinders,
        patients: people(fields)?,
        confirmed: if looked.is_empty() { Confirmed::Nothing } else { Confirmed::Stores(looked) },
    })
}

fn people(fields: &Fields) -> Result<Option<Census>, Failure> {
    let names = Device::ALL.map(|device| format!("patients.{}", device.code()));
    let label = "HFNC, thở máy…";
    let waiting = match fields.some("waiting") {
        Some(text) => Some(whole("người chờ", text)?),
        None => None,
    };
    match counts(fields, &names, label)? {
        Some([mask, hfnc, niv, invasive, ecmo]) => Ok(Some(Census { mask, hfnc, niv, invasive, ecmo, waiting })),
        None if waiting.is_some() => Err(Failure::refused(Unread::Missing { label: label.to_owned() })),
        None => Ok(None),
    }
}

/// The counts of a group of fields: none when all are empty, refused when only some are.
fn counts<const N: usize>(fields: &Fields, names: &[String; N], label: &str) -> Result<Option<[u32; N]>, Failure> {
    if names.iter().all(|name| fields.some(name).is_none()) {
        return Ok(None);
    }
    let mut read = [0; N];
    for (place, name) in read.iter_mut().zip(names) {
        let missing = || Failure::refused(Unread::Missing { label: label.to_owned() });
        *place = whole(label, fields.some(name).ok_or_else(missing)?)?;
    }
    Ok(Some(read))
}

fn whole(label: &str, text: &str) -> Result<u32, Failure> {
    let digits = text.replace('.', "");
    let not_a_count = || Failure::refused(Unread::NotACount { label: label.to_owned(), text: text.to_owned() });
    digits.parse().map_err(|_| not_a_count())
}
