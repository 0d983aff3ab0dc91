//! A report as a program sends it and as it gets it back: the same fields under the same names.

use desk::operations::file_report::{CLOCK_SKEW, Confirmed, Cylinders, Filed, Level, Told};
use desk::views::reports::KeyedReport;
use oxygen::{Census, ReportId, Source, StoreId};
use quantity::{Moment, ReferenceTemperature, Unit};
use serde::{Deserialize, Serialize};
use store_line::{Lines, lines_of};
use utoipa::ToSchema;

use super::schema;
use super::sent::{NotTaken, moment, moment_if, written};
use crate::respond::Problem;
use crate::visitor::Member;

/// What a facility says at once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Report)]
pub(super) struct ReportBody {
    /// When it was so, RFC 3339 with its offset, by the clock of the device; null is now.
    #[schema(example = "2026-11-22T02:14:00+07:00")]
    pub happened_at: Option<String>,
    /// What the clock of the device shows while it sends. Given beside `happened_at`, the report is
    /// dated by its age and the server's clock, so that a wrong clock does no harm.
    #[schema(example = "2026-11-22T02:15:30+07:00")]
    pub device_now: Option<String>,
    /// What gauges show.
    #[serde(default)]
    pub levels: Vec<LevelBody>,
    /// Cylinders counted.
    #[serde(default)]
    pub cylinders: Vec<CylindersBody>,
    /// Patients on oxygen by device; null when nobody counted them.
    pub patients: Option<PatientsBody>,
    /// People who need a bed or oxygen and wait; null when nobody asked. Needs `patients`.
    pub waiting: Option<u32>,
    /// How the figures came; a form unless said otherwise.
    #[serde(default = "form")]
    #[schema(schema_with = schema::source)]
    pub source: Source,
    /// Who said it, when a desk reports for a facility. A program that says nobody is named itself.
    pub told_by: Option<String>,
    /// Free words.
    pub note: Option<String>,
    /// The figures were looked at a second time and stand, although they surprise (OXY-018).
    #[serde(default)]
    pub confirmed: bool,
}

const fn form() -> Source {
    Source::Form
}

/// What one gauge shows, as typed.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Level)]
pub(super) struct LevelBody {
    /// Which store.
    #[schema(value_type = String, format = "uuid")]
    pub store: StoreId,
    /// As typed, decimal comma: `41,5`, `1.245,0`, `310 kg`.
    #[schema(example = "41,5")]
    pub value: String,
    /// The unit of the figure, when its words name none.
    #[schema(schema_with = schema::unit_sent)]
    pub unit: Option<Unit>,
    /// Temperature of a volume of gas, at 1 atm. Not given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = schema::reference_sent)]
    pub reference: Option<ReferenceTemperature>,
    /// How many units run, for concentrators; 1 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running: Option<u32>,
}

/// Cylinders of one store, counted.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Cylinders)]
pub(super) struct CylindersBody {
    /// Which store.
    #[schema(value_type = String, format = "uuid")]
    pub store: StoreId,
    /// Full.
    pub full: u32,
    /// Begun.
    pub part: u32,
    /// Empty shells.
    pub empty: u32,
    /// Not to be filled.
    pub damaged: u32,
}

/// Patients on oxygen by device, persons.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Patients)]
pub(super) struct PatientsBody {
    /// Nasal cannula or mask.
    pub mask: u32,
    /// High-flow nasal cannula.
    pub hfnc: u32,
    /// Non-invasive ventilation, CPAP.
    pub niv: u32,
    /// Invasive ventilation.
    pub invasive: u32,
    /// Extracorporeal membrane oxygenation.
    pub ecmo: u32,
}

impl From<[u32; 5]> for PatientsBody {
    fn from([mask, hfnc, niv, invasive, ecmo]: [u32; 5]) -> Self {
        Self { mask, hfnc, niv, invasive, ecmo }
    }
}

impl ReportBody {
    /// The report as the desk takes it. `now` is the domain clock.
    pub(super) fn told(self, member: &Member, now: Moment, foreign: bool) -> Result<Told, Problem> {
        let happened_at = self.happened_at(member, now)?;
        let waiting = self.waiting;
        if waiting.is_some() && self.patients.is_none() {
            return Err(NotTaken::WaitingAlone.of(&member.caller));
        }
        // Nobody speaks through a supplier's telemetry but the program that sends it.
        let itself = foreign && !member.visitor.is_browser;
        let told_by = self.told_by.or_else(|| itself.then(|| member.visitor.actor.display_name.clone()));
        Ok(Told {
            happened_at,
            source: self.source,
            told_by,
            note: self.note,
            photo: None,
            levels: self.levels.into_iter().map(level).collect(),
            cylinders: self.cylinders.iter().map(counted).collect(),
            patients: self.patients.map(|on| Census {
                mask: on.mask,
                hfnc: on.hfnc,
                niv: on.niv,
                invasive: on.invasive,
                ecmo: on.ecmo,
                waiting,
            }),
            confirmed: if self.confirmed { Confirmed::Everything } else { Confirmed::Nothing },
        })
    }

    fn happened_at(&self, member: &Member, now: Moment) -> Result<Option<Moment>, Problem> {
        let caller = &member.caller;
        let told = moment_if("happened_at", self.happened_at.as_ref(), caller)?;
        let Some(device_now) = &self.device_now else { return Ok(told) };
        let device_now = moment("device_now", device_now, caller)?;
        Ok(told.map(|told| corrected(told, device_now, now)))
    }
}

/// When it was by the server's clock: as long before now as by the device's own clock; now, where
/// the device has dated it a little ahead of itself. Always a moment, so that the same report sent
/// again later is told apart from one that says «now».
fn corrected(told: Moment, device_now: Moment, now: Moment) -> Moment {
    let age = device_now - told;
    let present = age.as_micros() <= 0 && age.abs() <= CLOCK_SKEW;
    if present { now } else { now - age }
}

fn level(body: LevelBody) -> Level {
    Level { store: body.store, text: body.value, unit: body.unit, reference: body.reference, running: body.running }
}

fn counted(body: &CylindersBody) -> Cylinders {
    Cylinders { store: body.store, full: body.full, part: body.part, empty: body.empty, damaged: body.damaged }
}

/// The receipt of a report.
#[derive(Serialize, ToSchema)]
#[schema(as = Receipt)]
pub(super) struct ReceiptAnswer {
    /// Key of the report.
    #[schema(value_type = String, format = "uuid")]
    report: ReportId,
    /// Three signs to be said on the telephone.
    #[schema(example = "7KM")]
    code: String,
    /// When it was recorded, by the clock of the province.
    #[schema(format = DateTime)]
    recorded_at: String,
    /// Another report of the facility within five minutes of this one; both are kept.
    #[schema(value_type = Option<String>, format = "uuid")]
    conflicts_with: Option<ReportId>,
    /// The same key came before; nothing was changed this time.
    replayed: bool,
}

impl ReceiptAnswer {
    pub(super) fn of(filed: Filed, replayed: bool) -> Self {
        Self {
            report: filed.report,
            code: filed.code,
            recorded_at: written(filed.recorded_at),
            conflicts_with: filed.conflicts_with,
            replayed,
        }
    }
}

/// A report that was kept.
#[derive(Serialize, ToSchema)]
#[schema(as = KeptReport)]
pub(super) struct KeptAnswer {
    /// Key of the report.
    #[schema(value_type = String, format = "uuid")]
    id: ReportId,
    /// The idempotency key it was sent under; null when another account sent it, or after 90 days.
    key: Option<String>,
    /// Three signs to be said on the telephone.
    code: String,
    /// When it was so, by the server's clock.
    #[schema(format = DateTime)]
    happened_at: String,
    /// When it was recorded, by the clock of the province.
    #[schema(format = DateTime)]
    recorded_at: String,
    /// How the figures came.
    #[schema(schema_with = schema::source)]
    source: String,
    /// Who said it, when somebody else sent it.
    told_by: Option<String>,
    /// Free words.
    note: Option<String>,
    /// What gauges showed, as sent.
    levels: Vec<LevelBody>,
    /// Cylinders counted, as sent.
    cylinders: Vec<CylindersBody>,
    /// Patients on oxygen by device; null when nobody counted them.
    patients: Option<PatientsBody>,
    /// People who need a bed or oxygen and wait; null when nobody asked.
    waiting: Option<u32>,
    /// What the figures weigh.
    contents: Vec<ContentAnswer>,
    /// Taken back; null while it counts.
    reversed: Option<ReversedAnswer>,
}

/// Pure oxygen that a store held.
#[derive(Serialize, ToSchema)]
#[schema(as = Content)]
struct ContentAnswer {
    /// Which store.
    #[schema(value_type = String, format = "uuid")]
    store: StoreId,
    /// Pure oxygen in it, kg.
    kg: f64,
}

/// Why a report no longer counts.
#[derive(Serialize, ToSchema)]
#[schema(as = Reversed)]
struct ReversedAnswer {
    /// Why.
    reason: String,
    /// The report in its place; null when there is none.
    replacement: Option<String>,
}

impl From<KeyedReport> for KeptAnswer {
    fn from(KeyedReport { line, key }: KeyedReport) -> Self {
        let Lines { levels, cylinders, contents } = lines_of(&line.readings);
        let (patients, waiting) = line.census.map_or((None, None), |(by_device, waiting)| (Some(by_device), waiting));
        let replacement = line.replacement.map(|id| id.to_string());
        Self {
            code: desk::operations::file_report::spoken_code(line.id),
            id: line.id,
            key,
            happened_at: written(line.happened_at),
            recorded_at: written(line.recorded_at),
            source: line.source,
            told_by: line.told_by,
            note: line.note,
            levels,
            cylinders,
            patients: patients.map(PatientsBody::from),
            waiting,
            contents,
            reversed: line.reversed.map(|reason| ReversedAnswer { reason, replacement }),
        }
    }
}

/// Readings as they are stored, told apart by what was sent.
mod store_line {
    use desk::views::reports::ReadingLine;
    use quantity::Unit;

    use super::{ContentAnswer, CylindersBody, LevelBody};

    pub(super) struct Lines {
        pub levels: Vec<LevelBody>,
        pub cylinders: Vec<CylindersBody>,
        pub contents: Vec<ContentAnswer>,
    }

    pub(super) fn lines_of(readings: &[ReadingLine]) -> Lines {
        let mut lines = Lines { levels: Vec::new(), cylinders: Vec::new(), contents: Vec::new() };
        for reading in readings {
            let store = reading.store;
            lines.contents.push(ContentAnswer { store, kg: reading.grams.as_kg() });
            match (&reading.typed_text, reading.counts) {
                (Some(text), counts) => lines.levels.push(LevelBody {
                    store,
                    value: text.clone(),
                    unit: reading.unit.as_deref().and_then(Unit::from_code),
                    reference: None,
                    running: counts.map(|counts| counts.full),
                }),
                (None, Some(counts)) => lines.cylinders.push(CylindersBody {
                    store,
                    full: counts.full,
                    part: counts.part,
                    empty: counts.empty,
                    damaged: counts.damaged,
                }),
                (None, None) => {}
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quantity::Span;

    /// A phone whose clock says 2021: its report is three minutes old all the same.
    #[test]
    fn a_wrong_clock_is_corrected_by_the_age_of_the_report() {
        let now = Moment::from_micros(1_795_000_000_000_000);
        let device_now = Moment::from_micros(1_600_000_000_000_000);
        assert_eq!(corrected(device_now - Span::minutes(3), device_now, now), now - Span::minutes(3));
        assert_eq!(corrected(device_now, device_now, now), now);
        assert_eq!(corrected(device_now + Span::minutes(9), device_now, now), now);
        assert_eq!(corrected(device_now + Span::hours(5), device_now, now), now + Span::hours(5));
    }
}
