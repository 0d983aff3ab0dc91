//! What a form says, read into a report; and which reading of a doubtful figure its sender meant.
//!
//! A block that no hand has touched claims no new count and is left out: yesterday's figures, sent again,
//! would look fresh. Without a script nobody can tell what was touched, so every field counts.

use std::collections::BTreeSet;

use desk::operations::file_report::{Cylinders, Level, Photo, Refused, Told};
use desk::views::facility::FacilityView;
use desk::{Actor, Failure};
use oxygen::{Census, Device, ReadingProblem, Source, StoreId, StoreKind};
use quantity::{Convention, NumberProblem, Typed, Unit, read_number, show_number};

use super::fields::{Fields, local_moment};
use super::report_form::{has_gauge, size_key};
use super::shift::Shift;
use super::words::fill;
use crate::view::{Say, Suggestion};

/// What the value of `meant` begins with when the figure stands as typed.
const CONFIRMED: &str = "confirmed=";

/// A field that cannot be read, with its name.
pub(crate) struct Unread {
    pub field: String,
    pub failure: Failure,
}

/// Puts the reading that was chosen into its field, as words: «310» becomes «310 m³ khí». Says whether
/// doubtful figures were looked at.
pub(crate) fn apply_meant(fields: &mut Fields) -> bool {
    let meant = fields.text("meant").to_owned();
    if meant.starts_with(CONFIRMED) {
        return true;
    }
    let chosen = meant.split_once('=').and_then(|(field, rest)| {
        let (amount, unit) = rest.rsplit_once(':')?;
        Some((field.to_owned(), format!("{amount} {}", Unit::from_code(unit)?.label())))
    });
    let Some((field, words)) = chosen.filter(|(field, _)| field.starts_with("tank.")) else { return false };
    fields.0.insert(field, words);
    true
}

/// Reads the form of a facility.
pub(crate) fn read_form(
    actor: &Actor,
    view: &FacilityView,
    fields: &Fields,
    photo: Option<Photo>,
    confirmed: bool,
) -> Result<Told, Unread> {
    let form = Form { view, fields, touched: touched(fields) };
    let own = actor.own_facility() == Some(view.facility.id);
    Ok(Told {
        happened_at: happened_at(view, fields)?,
        source: if own { Source::Form } else { Source::Phone },
        told_by: fields.some("told_by").filter(|_| !own).map(str::to_owned),
        note: fields.some("note").map(str::to_owned),
        photo,
        levels: form.levels(),
        cylinders: form.cylinders()?,
        patients: form.patients()?,
        confirmed,
    })
}

fn touched(fields: &Fields) -> Option<BTreeSet<String>> {
    let names = || fields.text("touched").split_whitespace().map(str::to_owned).collect();
    fields.is_scripted().then(names)
}

/// Now, the beginning of the shift, or a moment that was typed.
fn happened_at(view: &FacilityView, fields: &Fields) -> Result<Option<quantity::Moment>, Unread> {
    match fields.text("happened") {
        "shift" => Ok(Some(Shift::at(view.at).begins)),
        "other" => {
            let text = fields.text("happened_other");
            local_moment(text).map(Some).ok_or_else(|| unread("happened_other", text))
        }
        _ => Ok(None),
    }
}

fn unread(field: &str, text: &str) -> Unread {
    Unread { field: field.to_owned(), failure: Failure::refused(NumberProblem::NotANumber { text: text.to_owned() }) }
}

/// A count: digits, with or without marks between thousands. Nothing typed is nothing said.
pub(crate) fn read_count(fields: &Fields, field: &str) -> Result<Option<u32>, Unread> {
    let Some(text) = fields.some(field) else { return Ok(None) };
    let number = read_number(text, Some(Convention::DecimalComma))
        .map_err(|problem| Unread { field: field.to_owned(), failure: Failure::refused(problem) })?;
    let whole = number.fract() == 0.0 && (0.0..=1e6).contains(&number);
    if whole { Ok(Some(number as u32)) } else { Err(unread(field, text)) }
}

/// The level of a store as typed, with the unit that stood beside its field.
pub(crate) fn read_level(fields: &Fields, store: StoreId) -> Option<Level> {
    let field = format!("tank.{store}");
    let unit = Unit::from_code(fields.text(&format!("{field}.unit")));
    fields.some(&field).map(|text| Level { store, text: text.to_owned(), unit, reference: None, running: None })
}

struct Form<'a> {
    view: &'a FacilityView,
    fields: &'a Fields,
    /// `None` without a script: every field counts.
    touched: Option<BTreeSet<String>>,
}

impl Form<'_> {
    fn counts(&self, block: &[String]) -> bool {
        self.touched.as_ref().is_none_or(|touched| block.iter().any(|field| touched.contains(field)))
    }

    /// A tank's field is empty until somebody types: what stands in it was read.
    fn levels(&self) -> Vec<Level> {
        let gauges = self.view.stores.iter().filter(|each| has_gauge(&each.store));
        gauges.filter_map(|each| read_level(self.fields, each.store.id)).collect()
    }

    fn cylinders(&self) -> Result<Vec<Cylinders>, Unread> {
        let mut counted = Vec::new();
        for each in self.view.stores.iter().filter(|each| each.store.kind == StoreKind::Cylinders) {
            let size = size_key(&self.view.facility, self.view.at, &each.store);
            let (full, empty) = (format!("full.{size}"), format!("empty.{size}"));
            let told = [read_count(self.fields, &full)?, read_count(self.fields, &empty)?];
            if !self.counts(&[full, empty]) || told == [None, None] {
                continue;
            }
            let [full, empty] = told.map(Option::unwrap_or_default);
            // A damaged shell stays damaged until somebody says otherwise, where it still has room.
            let owned = each.store.vessels.map_or(0, |vessels| vessels.owned);
            let damaged = each.latest.as_ref().and_then(|latest| latest.counts).map_or(0, |counts| counts.damaged);
            let damaged = damaged.min(owned.saturating_sub(full.saturating_add(empty)));
            counted.push(Cylinders { store: each.store.id, full, part: 0, empty, damaged });
        }
        Ok(counted)
    }

    fn patients(&self) -> Result<Option<Census>, Unread> {
        let names = Device::ALL.map(|device| format!("patients.{}", device.code()));
        let block: Vec<String> =
            names.iter().cloned().chain(["waiting".to_owned(), "waiting_unasked".to_owned()]).collect();
        read_census(self.fields).map(|census| census.filter(|_| self.counts(&block)))
    }
}

/// People on oxygen and waiting; nothing where no field says anything.
pub(crate) fn read_census(fields: &Fields) -> Result<Option<Census>, Unread> {
    let mut told = [None; 5];
    for (place, device) in told.iter_mut().zip(Device::ALL) {
        *place = read_count(fields, &format!("patients.{}", device.code()))?;
    }
    let unasked = fields.some("waiting_unasked").is_some();
    let waiting = if unasked { None } else { read_count(fields, "waiting")? };
    if told.iter().all(Option::is_none) && waiting.is_none() {
        return Ok(None);
    }
    let [mask, hfnc, niv, invasive, ecmo] = told.map(Option::unwrap_or_default);
    Ok(Some(Census { mask, hfnc, niv, invasive, ecmo, waiting }))
}

/// The field that a refusal is about, and what its sender may have meant.
pub(crate) fn suggest(
    t: Say,
    failure: &Failure,
    field_of_store: impl Fn(StoreId) -> String,
) -> (Option<String>, Vec<Suggestion>) {
    match failure.reason::<Refused>() {
        Some(Refused::Reading { store, problem, .. }) => {
            let field = field_of_store(*store);
            let suggestions = suggestions(t, &field, problem);
            (Some(field), suggestions)
        }
        Some(Refused::InTheFuture { .. } | Refused::TooFarBack { .. }) => {
            (Some("happened_other".to_owned()), Vec::new())
        }
        Some(Refused::WhoSaidIt) => (Some("told_by".to_owned()), Vec::new()),
        Some(Refused::BadPhoto) => (Some("photo".to_owned()), Vec::new()),
        _ => (None, Vec::new()),
    }
}

fn suggestions(t: Say, field: &str, problem: &ReadingProblem) -> Vec<Suggestion> {
    let amount = |text: &str, unit: Unit| {
        Typed::read(text, Some(Convention::DecimalComma), Some(unit)).ok().map(|typed| shown(typed.value))
    };
    let meant = |text: &str, given: Unit, unit: Unit| {
        amount(text, given).map(|amount| Suggestion {
            text: words(t, "meant-unit", &amount, unit),
            value: format!("{field}={amount}:{}", unit.code()),
        })
    };
    match problem {
        ReadingProblem::PerhapsAnotherUnit { text, given, perhaps, .. } => {
            meant(text, *given, *perhaps).into_iter().collect()
        }
        ReadingProblem::DoubtfulUnit { text, given, perhaps, .. } => {
            let stands = amount(text, *given).map(|amount| Suggestion {
                text: words(t, "meant-confirm", &amount, *given),
                value: format!("{CONFIRMED}{field}"),
            });
            meant(text, *given, *perhaps).into_iter().chain(stands).collect()
        }
        _ => Vec::new(),
    }
}

fn words(t: Say, key: &str, amount: &str, unit: Unit) -> String {
    fill(t, key, &[("amount", amount.into()), ("unit", unit.label().into())])
}

/// A number with the decimals that were typed, three at most.
fn shown(value: f64) -> String {
    let places = (0..3).find(|places| (value * 10_f64.powi(*places)).fract().abs() < 1e-9).unwrap_or(3);
    show_number(value, places as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// OX07: «Ý tôi là 310 m³ khí» is kept in the words that were meant.
    #[test]
    fn the_reading_that_was_chosen_stands_in_its_field() {
        let mut chosen = fields(&[("tank.s1", "310 kg"), ("meant", "tank.s1=310:m3")]);
        assert!(apply_meant(&mut chosen));
        assert_eq!(chosen.text("tank.s1"), "310 m³ khí");
        let mut foreign = fields(&[("csrf", "token"), ("meant", "csrf=310:m3")]);
        assert!(!apply_meant(&mut foreign));
        assert_eq!(foreign.text("csrf"), "token");
    }

    #[test]
    fn a_slip_of_unit_is_offered_back() {
        let problem = ReadingProblem::DoubtfulUnit {
            text: "310".to_owned(),
            given: Unit::Kilogram,
            content: quantity::Grams::from_kg(310),
            expected: quantity::Grams::from_kg(415),
            perhaps: Unit::CubicMetre,
            meant: quantity::Grams::from_kg(411),
        };
        let offered = suggestions(Say::default(), "tank.s1", &problem);
        assert_eq!(offered[0].text, "Ý tôi là 310 m³ khí");
        assert_eq!(offered[0].value, "tank.s1=310:m3");
        assert_eq!(offered[1].text, "Đúng là 310 kg");
        assert_eq!(offered[1].value, "confirmed=tank.s1");
    }

    #[test]
    fn counts_are_whole_and_nothing_is_not_zero() {
        assert_eq!(read_count(&fields(&[("n", "1.200")]), "n").ok().flatten(), Some(1_200));
        assert_eq!(read_count(&fields(&[("n", "")]), "n").ok().flatten(), None);
        for wrong in ["-1", "1,5", "nhiều"] {
            let refused = read_count(&fields(&[("n", wrong)]), "n").err().unwrap();
            assert_eq!(refused.field, "n", "{wrong}");
        }
        assert_eq!(read_census(&fields(&[])).ok().flatten(), None);
        let asked = read_census(&fields(&[("patients.mask", "4"), ("waiting", "0")])).ok().flatten().unwrap();
        assert_eq!((asked.mask, asked.waiting), (4, Some(0)));
    }
}
