//! The officer's form as it is shown: last figures in grey, or what was typed before a refusal.

use desk::operations::file_report::spoken_code;
use desk::views::facility::{FacilityView, StoreView};
use desk::{Actor, registry::Facility};
use oxygen::guard::{Weighs, units_mixed_up};
use oxygen::{Device, Gauge, Source, Store, StoreKind};
use quantity::{Grams, Moment, ReferenceTemperature, Span, Unit};

use super::fields::{Fields, field_of, server_key};
use super::oxygen_row::since;
use super::shift::Shift;
use super::told::may_correct;
use super::words::{device_key, fill, number};
use crate::view::{
    AlreadySent, CylinderField, Happened, MachineField, PatientField, Refusal, ReportForm, Say, Shell, TankField,
    Waiting,
};

/// A report this young makes a second one look like a slip.
const JUST_SENT: Span = Span::hours(2);

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
            target: view.facility.id.to_string(),
            already: self.already(&shift),
            facility: view.facility.body.name.clone(),
            shift: name,
            last_told: told.unwrap_or_default(),
            happened: self.happened(&shift),
            tanks: view.stores.iter().filter(|each| has_gauge(&each.store)).map(|each| self.tank(each)).collect(),
            cylinders: self.cylinders(),
            machines: view
                .stores
                .iter()
                .filter(|each| is_machine(&each.store))
                .map(|each| self.machine(each))
                .collect(),
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

    /// What this shift has told within [`JUST_SENT`], while nothing has been typed.
    fn already(&self, shift: &Shift) -> Option<AlreadySent> {
        let (view, now) = (self.view, self.view.at);
        let recent = |at: Moment| at >= shift.begins && now - at <= JUST_SENT;
        let by_hand = |source: &str| [Source::Form.code(), Source::Phone.code()].contains(&source);
        let mut reports = view.reports.iter().filter(|line| line.reversed.is_none() && by_hand(&line.source));
        let line = reports.find(|line| recent(line.recorded_at)).filter(|_| self.typed.is_none())?;
        let correct = may_correct(self.actor, &view.facility);
        Some(AlreadySent {
            time: line.recorded_at.show_time(),
            code: spoken_code(line.id),
            see_href: format!("/bien-nhan/{}", line.id),
            correct_href: correct.then(|| format!("/bao-cao/{}/dinh-chinh", line.id)),
        })
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
        let last = each.latest.as_ref().and_then(|latest| shown_at(store, latest.grams));
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
            guard: self.guard(each),
            last,
            value: self.typed.map_or_else(String::new, |fields| fields.text(&field).to_owned()),
        }
    }

    /// What the store held, how fast it was used, and what one of each unit weighs: kilograms, hours, milliseconds.
    fn guard(&self, each: &StoreView) -> String {
        let units = units_mixed_up(&each.store);
        let (Some(latest), [own, ..]) = (&each.latest, &units[..]) else { return String::new() };
        let unit = |one: &Weighs| serde_json::json!({ "label": one.unit.label(), "kg": one.grams.as_kg() });
        // The script puts the figures where their names stand.
        let facts = ["value", "unit", "perhaps", "held"].map(|name| (name, format!("{{{name}}}").into()));
        let label = ("label", each.store.label.clone().into());
        let words = fill(self.t, "offline-doubt", &facts.into_iter().chain([label]).collect::<Vec<_>>());
        let guard = serde_json::json!({
            "words": words,
            "held": latest.grams.as_kg(),
            "at": latest.happened_at.micros() / 1_000,
            "perHour": each.rate.map_or(0.0, |rate| rate.0 / 1_000.0),
            "capacity": each.store.capacity.as_kg(),
            "own": unit(own),
            "others": units.iter().skip(1).map(unit).collect::<Vec<_>>(),
        });
        guard.to_string()
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
                let [full, part, empty, damaged] =
                    ["full", "part", "empty", "damaged"].map(|name| format!("{name}.{size}"));
                let seldom = [&part, &damaged].into_iter().any(|name| self.is_touched(name));
                let untouched = !seldom && [&full, &empty].into_iter().all(|name| !self.is_touched(name));
                CylinderField {
                    untouched,
                    more_open: seldom || last.is_some_and(|counts| counts.part > 0),
                    full: shown(full, last.map(|counts| counts.full)),
                    part: shown(part, Some(last.map_or(0, |counts| counts.part))),
                    empty: shown(empty, last.map(|counts| counts.empty)),
                    damaged: shown(damaged, Some(last.map_or(0, |counts| counts.damaged))),
                    name: each.store.label.clone(),
                    size,
                }
            })
            .collect()
    }

    /// What machines made when last told, else what one of them makes by its plate.
    fn machine(&self, each: &StoreView) -> MachineField {
        let store = &each.store;
        let (running, flow) = (format!("running.{}", store.id), format!("tank.{}", store.id));
        let unit = store.rated.as_ref().map_or_else(|| store.usual_unit(), |rated| rated.flow.unit);
        let told = each.latest.as_ref().and_then(|latest| Some((latest.counts?.full, latest.made_per_hour?)));
        let rated = store.rated.as_ref().map(|rated| rated.flow.value);
        let one = match told {
            Some((units @ 1.., made)) => each_makes(store, made, units).or(rated),
            _ => rated,
        };
        let (typed_running, typed_flow) = match self.typed {
            Some(fields) => (fields.text(&running).to_owned(), fields.text(&flow).to_owned()),
            None => (
                told.map_or_else(String::new, |(units, _)| units.to_string()),
                one.map_or_else(String::new, |one| number(Say::default(), one, places_of(one))),
            ),
        };
        MachineField {
            untouched: !self.is_touched(&running) && !self.is_touched(&flow),
            store: store.id.to_string(),
            name: store.label.clone(),
            unit: unit.label().to_owned(),
            unit_code: unit.code().to_owned(),
            running: typed_running,
            flow: typed_flow,
        }
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

/// Whether a store has one figure to read: how full it is.
pub(crate) fn has_gauge(store: &Store) -> bool {
    matches!(store.kind, StoreKind::Tank | StoreKind::Dewar)
}

/// Whether a store makes oxygen and keeps none: told as so many units, each at so much.
pub(crate) fn is_machine(store: &Store) -> bool {
    matches!(store.kind, StoreKind::Plant | StoreKind::Concentrators)
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
    let full = match &store.gauge {
        Gauge::Chart(chart) => Some(chart.full_scale()),
        Gauge::Direct(unit) => in_unit(store.capacity, *unit),
        Gauge::Flow | Gauge::Counted => None,
    };
    full.filter(|full| *full > 0.0).unwrap_or(100.0)
}

/// What the gauge showed for a content.
fn shown_at(store: &Store, grams: Grams) -> Option<f64> {
    match &store.gauge {
        Gauge::Chart(chart) => Some(chart.shown_at(grams)),
        Gauge::Direct(unit) => in_unit(grams, *unit),
        Gauge::Flow | Gauge::Counted => None,
    }
}

/// What one of so many machines makes, in the unit of their plate: their oxygen is kept by its mass.
fn each_makes(store: &Store, made: Grams, units: u32) -> Option<f64> {
    let rated = store.rated.as_ref()?;
    let whole = rated.flow.rate(None).or_else(|_| rated.flow.rate(Some(ReferenceTemperature::Celsius21))).ok()?.0;
    let pure = whole * f64::from(rated.flow.purity.unwrap_or(store.purity).ppm()) / 1e6;
    (pure > 0.0).then(|| made.as_f64() / f64::from(units) / pure * rated.flow.value)
}

/// Tenths where there are any.
fn places_of(value: f64) -> usize {
    usize::from((value - value.round()).abs() >= 0.05)
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
