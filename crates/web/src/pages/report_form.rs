//! The officer's form as it is shown: last figures in grey, or what was typed before a refusal.

use desk::views::facility::{FacilityView, StoreView};
use desk::{Actor, registry::Facility};
use oxygen::{Device, Gauge, Store, StoreKind};
use quantity::{Grams, Moment, Unit};

use super::fields::{Fields, field_of, server_key};
use super::oxygen_row::since;
use super::shift::Shift;
use super::words::{device_key, number};
use crate::view::{CylinderField, Happened, PatientField, Refusal, ReportForm, Say, Shell, TankField, Waiting};

/// Everything that the form is filled from.
pub(crate) struct Filling<'a> {
    pub t: Say,
    pub actor: &'a Actor,
    pub view: &'a FacilityView,
    /// What was typed before; nothing on the first visit.
    pub typed: Option<&'a Fields>,
    pub refusal: Option<Refusal>,
    /// Makes the key of a first visit.
    pub real_now: Moment,
}

impl Filling<'_> {
    /// The form.
    pub fn form(self, shell: Shell) -> ReportForm {
        let (t, view) = (self.t, self.view);
        let shift = Shift::at(view.at);
        let typed = |name: &str| self.typed.map_or("", |fields| fields.text(name)).to_owned();
        let told = view.outlook.silence.heard_at.map(|at| since(at, view.at));
        let name = t.two(shift.key(), "begins", shift.begins.show_time(), "ends", shift.ends.show_time());
        ReportForm {
            key: self.typed.map_or_else(|| server_key(self.real_now), |fields| fields.text("key").to_owned()),
            action: format!("/co-so/{}/bao-cao", view.facility.id),
            facility: view.facility.body.name.clone(),
            shift: name,
            last_told: told.unwrap_or_default(),
            happened: self.happened(&shift),
            tanks: view.stores.iter().filter(|each| has_gauge(&each.store)).map(|each| self.tank(each)).collect(),
            cylinders: self.cylinders(),
            patients: Device::ALL.into_iter().map(|device| self.patients(device)).collect(),
            waiting: Waiting { value: typed("waiting"), unasked: !typed("waiting_unasked").is_empty() },
            note: typed("note"),
            told_by: (self.actor.own_facility() != Some(view.facility.id)).then(|| typed("told_by")),
            touched: typed("touched"),
            refusal: self.refusal,
            shell,
            t,
        }
    }

    fn happened(&self, shift: &Shift) -> Happened {
        let chosen = self.typed.map_or("", |fields| fields.text("happened"));
        let other = self.typed.and_then(|fields| fields.some("happened_other"));
        Happened {
            chosen: if matches!(chosen, "shift" | "other") { chosen } else { "now" }.to_owned(),
            shift_start: shift.begins.show_time(),
            other: other.map_or_else(|| field_of(self.view.at), str::to_owned),
            latest: field_of(self.view.at),
        }
    }

    fn tank(&self, each: &StoreView) -> TankField {
        let store = &each.store;
        let unit = store.usual_unit();
        let full_mark = full_mark(store);
        let step = step(full_mark);
        let last = each.latest.as_ref().and_then(|latest| shown_at(store, latest.grams, latest.made_per_hour));
        let last = last.map(|shown| (shown / step).round() * step);
        let places = if step < 1.0 { 1 } else { 0 };
        let field = format!("tank.{}", store.id);
        TankField {
            store: store.id.to_string(),
            name: store.label.clone(),
            unit: unit.label().to_owned(),
            unit_code: unit.code().to_owned(),
            full_mark,
            step,
            last_shown: last.map_or_else(String::new, |shown| number(Say::default(), shown, places)),
            last,
            value: self.typed.map_or_else(String::new, |fields| fields.text(&field).to_owned()),
        }
    }

    fn cylinders(&self) -> Vec<CylinderField> {
        let counted = self.view.stores.iter().filter(|each| each.store.kind == StoreKind::Cylinders);
        counted
            .map(|each| {
                let size = size_key(&self.view.facility, self.view.at, &each.store);
                let last = each.latest.as_ref().and_then(|latest| latest.counts);
                let shown = |name: String, last: Option<u32>| match self.typed {
                    Some(fields) => fields.text(&name).to_owned(),
                    None => last.map_or_else(String::new, |last| last.to_string()),
                };
                let (full, empty) = (format!("full.{size}"), format!("empty.{size}"));
                CylinderField {
                    untouched: !self.is_touched(&full) && !self.is_touched(&empty),
                    full: shown(full, last.map(|counts| counts.full)),
                    empty: shown(empty, last.map(|counts| counts.empty)),
                    name: each.store.label.clone(),
                    size,
                }
            })
            .collect()
    }

    fn patients(&self, device: Device) -> PatientField {
        let field = format!("patients.{}", device.code());
        let last = self.view.census.map(|taken| taken.census.on(device));
        PatientField {
            device: device.code().to_owned(),
            name: self.t.say(device_key(device)),
            value: match self.typed {
                Some(fields) => fields.text(&field).to_owned(),
                None => last.map_or_else(String::new, |last| last.to_string()),
            },
            untouched: !self.is_touched(&field),
        }
    }

    fn is_touched(&self, field: &str) -> bool {
        self.typed.is_some_and(|fields| fields.text("touched").split_whitespace().any(|name| name == field))
    }
}

/// Whether a store has one figure to read. Concentrators need two, running units and flow: the form
/// has no field for them yet.
pub(crate) fn has_gauge(store: &Store) -> bool {
    matches!(store.kind, StoreKind::Tank | StoreKind::Dewar | StoreKind::Plant)
}

/// The key of a kind of cylinder: its litres, or the store itself where a size stands twice.
pub(crate) fn size_key(facility: &Facility, at: Moment, store: &Store) -> String {
    let litres = |store: &Store| store.vessels.map(|vessels| vessels.spec.water_volume_ml / 1_000);
    let own = litres(store);
    let same = facility.stores_on(at.date()).filter(|other| litres(other) == own).count();
    match own {
        Some(litres) if same == 1 => litres.to_string(),
        _ => store.id.to_string(),
    }
}

/// The highest mark of a gauge.
fn full_mark(store: &Store) -> f64 {
    let rated = || store.rated.as_ref().map(|rated| rated.flow.value);
    let full = match &store.gauge {
        Gauge::Chart(chart) => Some(chart.full_scale()),
        Gauge::Direct(unit) => in_unit(store.capacity, *unit),
        Gauge::Flow => rated(),
        Gauge::Counted => None,
    };
    full.filter(|full| *full > 0.0).unwrap_or(100.0)
}

/// What the gauge showed for a content.
fn shown_at(store: &Store, grams: Grams, made: Option<Grams>) -> Option<f64> {
    match &store.gauge {
        Gauge::Chart(chart) => Some(chart.shown_at(grams)),
        Gauge::Direct(unit) => in_unit(grams, *unit),
        // What a plant makes is kept by its mass, its field speaks of its own flow.
        Gauge::Flow => {
            let rated = store.rated.as_ref()?;
            let whole =
                rated.flow.rate(None).or_else(|_| rated.flow.rate(Some(quantity::ReferenceTemperature::Celsius21)));
            let whole = whole.ok()?.0 * f64::from(store.purity.ppm()) / 1e6;
            (whole > 0.0).then(|| made.map(|made| made.as_f64() / whole * rated.flow.value))?
        }
        Gauge::Counted => None,
    }
}

fn in_unit(grams: Grams, unit: Unit) -> Option<f64> {
    match unit {
        Unit::Kilogram => Some(grams.as_kg()),
        Unit::Tonne => Some(grams.as_kg() / 1_000.0),
        _ => None,
    }
}

/// A round step of about a hundredth of the scale, for a finger.
fn step(full_mark: f64) -> f64 {
    10_f64.powf((full_mark / 100.0).log10().floor()).max(0.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finger_moves_in_round_steps() {
        assert_eq!([3_000.0, 480.0, 100.0, 25.0].map(step), [10.0, 1.0, 1.0, 0.1]);
    }
}
