//! What a form says, read into a report; and which reading of a doubtful figure its sender meant.
//!
//! A block that no hand has touched claims no new count and is left out: yesterday's figures, sent again,
//! would look fresh. Without a script nobody can tell what was touched, so every field counts.

use std::collections::BTreeSet;

use desk::operations::file_report::{Confirmed, Cylinders, Level, Photo, Told};
use desk::views::facility::{FacilityView, StoreView};
use desk::{Actor, Failure};
use oxygen::{Census, Device, Source, StoreId, StoreKind};
use quantity::{Coded, Convention, NumberProblem, Unit, read_number};

use super::fields::{Fields, local_moment};
use super::report_form::{has_gauge, is_machine, size_key};
use super::shift::Shift;
use super::words::device_key;
use crate::view::Say;

/// What the value of `meant` begins with when the figure stands as typed.
pub(super) const CONFIRMED: &str = "confirmed=";
/// Stands before the fields that were looked at in the tries before.
pub(super) const LOOKED: &str = ";looked=";
/// Where they are kept while a form is answered.
pub(crate) const LOOKED_FIELD: &str = "looked";

/// The value of `meant` when the patients' fields that were left blank stand for nobody.
pub(super) const NOBODY_ELSE: &str = "zero=patients";

/// A field was left blank beside others that were filled in. It is asked about: read as zero, somebody
/// on a ventilator would vanish from the sums.
#[derive(Debug, thiserror::Error)]
#[error("WEB-010: {label} was left blank")]
pub(crate) struct LeftBlank {
    /// The words beside the field.
    label: String,
    /// Whether it counts patients.
    pub(super) of_patients: bool,
}

impl Coded for LeftBlank {
    fn code(&self) -> &'static str {
        "WEB-010"
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("label", self.label.clone())]
    }
}

fn left_blank(field: String, label: String, of_patients: bool) -> Unread {
    Unread { field, failure: Failure::refused(LeftBlank { label, of_patients }) }
}

/// A field that cannot be read, with its name.
pub(crate) struct Unread {
    pub field: String,
    pub failure: Failure,
}

/// Puts the reading that was chosen into its field, as words: «310» becomes «310 m³ khí». Says which
/// doubtful figures have been looked at by now, those of the tries before included.
pub(crate) fn apply_meant(fields: &mut Fields) -> Confirmed {
    let pressed = fields.text("meant").to_owned();
    let (meant, before) = pressed.split_once(LOOKED).unwrap_or((&pressed, ""));
    let mut looked: Vec<&str> = before.split_whitespace().collect();
    looked.extend(meant.strip_prefix(CONFIRMED));
    looked.extend(put_meant(fields, meant));
    looked.sort_unstable();
    looked.dedup();
    let stores: Vec<StoreId> = looked.iter().filter_map(|field| field.strip_prefix("tank.")?.parse().ok()).collect();
    fields.0.insert(LOOKED_FIELD.to_owned(), looked.join(" "));
    if stores.is_empty() { Confirmed::Nothing } else { Confirmed::Stores(stores) }
}

/// The field into which a chosen reading was put.
fn put_meant<'m>(fields: &mut Fields, meant: &'m str) -> Option<&'m str> {
    if meant == NOBODY_ELSE {
        for field in Device::ALL.map(patients_field) {
            if fields.some(&field).is_none() {
                fields.0.insert(field, "0".to_owned());
            }
        }
        return None;
    }
    let (field, rest) = meant.split_once('=').filter(|(field, _)| field.starts_with("tank."))?;
    let (amount, unit) = rest.rsplit_once(':')?;
    fields.0.insert(field.to_owned(), format!("{amount} {}", Unit::from_code(unit)?.label()));
    Some(field)
}

/// Name of the field of a device.
fn patients_field(device: Device) -> String {
    format!("patients.{}", device.code())
}

/// Reads the form of a facility.
pub(crate) fn read_form(
    t: Say,
    actor: &Actor,
    view: &FacilityView,
    fields: &Fields,
    photo: Option<Photo>,
    confirmed: Confirmed,
) -> Result<Told, Unread> {
    let form = Form { t, view, fields, touched: touched(fields) };
    let own = actor.own_facility() == Some(view.facility.id);
    Ok(Told {
        happened_at: happened_at(view, fields)?,
        source: if own { Source::Form } else { Source::Phone },
        told_by: fields.some("told_by").filter(|_| !own).map(str::to_owned),
        note: fields.some("note").map(str::to_owned),
        photo,
        levels: form.levels()?,
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
    t: Say,
    view: &'a FacilityView,
    fields: &'a Fields,
    /// `None` without a script: every field counts.
    touched: Option<BTreeSet<String>>,
}

impl Form<'_> {
    fn counts(&self, block: &[String]) -> bool {
        self.touched.as_ref().is_none_or(|touched| block.iter().any(|field| touched.contains(field)))
    }

    /// A tank's field is empty until somebody types: what stands in it was read. What machines make
    /// is shown as told before, so their block counts when a hand has touched it.
    fn levels(&self) -> Result<Vec<Level>, Unread> {
        let gauges = self.view.stores.iter().filter(|each| has_gauge(&each.store));
        let mut levels: Vec<Level> = gauges.filter_map(|each| read_level(self.fields, each.store.id)).collect();
        for each in self.view.stores.iter().filter(|each| is_machine(&each.store)) {
            levels.extend(self.machines(each)?);
        }
        Ok(levels)
    }

    /// So many units, each at so much; what stands still needs no flow.
    fn machines(&self, each: &StoreView) -> Result<Option<Level>, Unread> {
        let (running, flow) = (format!("running.{}", each.store.id), format!("tank.{}", each.store.id));
        if !self.counts(&[running.clone(), flow.clone()]) {
            return Ok(None);
        }
        let units = read_count(self.fields, &running)?;
        let level = read_level(self.fields, each.store.id);
        let label = |key: &str| self.t.one(key, "name", &each.store.label);
        match (units, level) {
            (None, None) => Ok(None),
            (None, Some(_)) => Err(left_blank(running, label("correct-running"), false)),
            (Some(1..), None) => Err(left_blank(flow, label("correct-flow"), false)),
            (Some(_), None) => {
                let unit = Unit::from_code(self.fields.text(&format!("{flow}.unit")));
                let text = "0".to_owned();
                Ok(Some(Level { store: each.store.id, text, unit, reference: None, running: Some(0) }))
            }
            (Some(units), Some(level)) => Ok(Some(Level { running: Some(units), ..level })),
        }
    }

    fn cylinders(&self) -> Result<Vec<Cylinders>, Unread> {
        let counted = self.view.stores.iter().filter(|each| each.store.kind == StoreKind::Cylinders);
        counted.filter_map(|each| self.cylinders_of(each).transpose()).collect()
    }

    fn cylinders_of(&self, each: &StoreView) -> Result<Option<Cylinders>, Unread> {
        let size = size_key(&self.view.facility, self.view.at, &each.store);
        let names = ["full", "part", "empty", "damaged"].map(|part| format!("{part}.{size}"));
        if !self.counts(&names) {
            return Ok(None);
        }
        let mut told = [None; 4];
        for (place, name) in told.iter_mut().zip(&names) {
            *place = read_count(self.fields, name)?;
        }
        let [full, part, empty, damaged] = told;
        if [full, empty] == [None, None] && !self.is_touched(&names[1]) && !self.is_touched(&names[3]) {
            return Ok(None);
        }
        let blank =
            |field: &String, key: &str| left_blank(field.clone(), self.t.one(key, "name", &each.store.label), false);
        let full = full.ok_or_else(|| blank(&names[0], "correct-full"))?;
        let empty = empty.ok_or_else(|| blank(&names[2], "correct-empty"))?;
        // Begun and damaged ones stay as they were until somebody says otherwise, where they still have room.
        let last = each.latest.as_ref().and_then(|latest| latest.counts).unwrap_or_default();
        let owned = each.store.vessels.map_or(0, |vessels| vessels.owned);
        let mut room = owned.saturating_sub(full.saturating_add(empty));
        let mut stays = |name: &String, said: Option<u32>, last: u32, key: &str| {
            if said.is_none() && self.is_touched(name) {
                return Err(blank(name, key));
            }
            let stands = match said {
                Some(said) if self.is_touched(name) || said != last => said,
                _ => last.min(room),
            };
            room = room.saturating_sub(stands);
            Ok(stands)
        };
        let part = stays(&names[1], part, last.part, "correct-part")?;
        let damaged = stays(&names[3], damaged, last.damaged, "correct-damaged")?;
        Ok(Some(Cylinders { store: each.store.id, full, part, empty, damaged }))
    }

    /// Whether a script saw a hand in this field.
    fn is_touched(&self, field: &str) -> bool {
        self.touched.as_ref().is_some_and(|touched| touched.contains(field))
    }

    fn patients(&self) -> Result<Option<Census>, Unread> {
        let names = Device::ALL.map(patients_field);
        let block: Vec<String> =
            names.iter().cloned().chain(["waiting".to_owned(), "waiting_unasked".to_owned()]).collect();
        if self.counts(&block) { read_census(self.t, self.fields) } else { Ok(None) }
    }
}

/// People on oxygen and waiting; nothing where no field says anything. Where some do, a blank one is
/// asked about and not read as zero.
pub(crate) fn read_census(t: Say, fields: &Fields) -> Result<Option<Census>, Unread> {
    let mut told = [None; 5];
    for (place, device) in told.iter_mut().zip(Device::ALL) {
        *place = read_count(fields, &patients_field(device))?;
    }
    let unasked = fields.some("waiting_unasked").is_some();
    let waiting = if unasked { None } else { read_count(fields, "waiting")? };
    if told.iter().all(Option::is_none) && waiting.is_none() {
        return Ok(None);
    }
    if let Some((_, device)) = told.iter().zip(Device::ALL).find(|(number, _)| number.is_none()) {
        return Err(left_blank(patients_field(device), t.say(device_key(device)), true));
    }
    let [mask, hfnc, niv, invasive, ecmo] = told.map(Option::unwrap_or_default);
    Ok(Some(Census { mask, hfnc, niv, invasive, ecmo, waiting }))
}

#[cfg(test)]
mod tests {
    use super::super::report_meant::{suggest, suggestions};
    use super::*;
    use oxygen::ReadingProblem;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn store(number: u8) -> StoreId {
        StoreId(quantity::Id::from_bytes([number; 16]))
    }

    /// OX07: «Ý tôi là 310 m³ khí» is kept in the words that were meant.
    #[test]
    fn the_reading_that_was_chosen_stands_in_its_field() {
        let (first, second) = (store(1), store(2));
        let field = format!("tank.{first}");
        let mut chosen = fields(&[(&field, "310 kg"), ("meant", &format!("{field}=310:m3"))]);
        assert_eq!(apply_meant(&mut chosen), Confirmed::Stores(vec![first]));
        assert_eq!(chosen.text(&field), "310 m³ khí");
        // The next doubt is asked about by itself, and the first is not forgotten.
        let next = format!("confirmed=tank.{second};looked={}", chosen.text(LOOKED_FIELD));
        assert_eq!(apply_meant(&mut fields(&[("meant", &next)])), Confirmed::Stores(vec![first, second]));
        let mut foreign = fields(&[("csrf", "token"), ("meant", "csrf=310:m3")]);
        assert_eq!(apply_meant(&mut foreign), Confirmed::Nothing);
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
        assert_eq!(read_census(Say::default(), &fields(&[])).ok().flatten(), None);
    }

    /// OX07: a ventilator that nobody counted is not a ventilator without a patient.
    #[test]
    fn a_blank_beside_counted_patients_is_asked_about_until_somebody_says_zero() {
        let mut typed = fields(&[("patients.mask", "4"), ("patients.invasive", "2"), ("waiting", "0")]);
        let refused = read_census(Say::default(), &typed).err().unwrap();
        assert_eq!(refused.field, "patients.hfnc");
        let (_, offered) = suggest(Say::default(), &refused.failure, "", |_| String::new());
        assert_eq!(offered.len(), 1);

        typed.0.insert("meant".to_owned(), offered[0].value.clone());
        assert_eq!(apply_meant(&mut typed), Confirmed::Nothing, "no doubtful figure was looked at");
        let census = read_census(Say::default(), &typed).ok().flatten().unwrap();
        assert_eq!((census.mask, census.hfnc, census.invasive, census.waiting), (4, 0, 2, Some(0)));
        let alone = read_census(Say::default(), &fields(&[("waiting", "3")])).err().unwrap();
        assert_eq!(alone.field, "patients.mask", "somebody waits, but nobody says how many breathe oxygen");
    }
}
