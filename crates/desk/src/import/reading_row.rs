//! One row of a file of readings: matched with what is registered, weighed by its store.

use std::collections::HashMap;

use document::columns::{Columns, Fields};
use document::{CellReason, DocumentProblem};
use jiff::civil::Date;
use oxygen::{ReadingProblem, Settings, Shown, Source, Store};
use place::FacilityId;
use protocol::Readiness;
use quantity::{Coded, Grams, Moment, ReferenceTemperature, Typed, Unit};

use crate::actor::Actor;
use crate::failure::Reason;
use crate::operations::file_report::CLOCK_SKEW;
use crate::operations::import_readings::ImportedReading;
use crate::registry::{Facility, Registry};

/// Why a row's facility, store or figure is not taken.
#[derive(Debug, thiserror::Error)]
pub enum RowRefused {
    /// Neither a code nor a name of this province.
    #[error("OXY-050: no facility is called that")]
    UnknownFacility {
        /// As typed.
        typed: String,
    },
    /// No store of the facility is called that.
    #[error("OXY-051: the facility has no such store")]
    UnknownStore {
        /// As typed.
        typed: String,
        /// The facility's name.
        facility: String,
    },
    /// The facility has several stores and the row names none.
    #[error("OXY-052: which store?")]
    WhichStore {
        /// The facility's name.
        facility: String,
    },
    /// Later than now.
    #[error("OXY-016: {ahead} ahead of the server's clock")]
    InTheFuture {
        /// By how much.
        ahead: quantity::Span,
    },
    /// The figure cannot be true of its store.
    #[error(transparent)]
    Reading(#[from] ReadingProblem),
}

impl Coded for RowRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownFacility { .. } => "OXY-050",
            Self::UnknownStore { .. } => "OXY-051",
            Self::WhichStore { .. } => "OXY-052",
            Self::InTheFuture { .. } => "OXY-016",
            Self::Reading(problem) => problem.code(),
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnknownFacility { typed } => vec![("typed", typed.clone())],
            Self::UnknownStore { typed, facility } => vec![("typed", typed.clone()), ("facility", facility.clone())],
            Self::WhichStore { facility } => vec![("facility", facility.clone())],
            Self::InTheFuture { ahead } => vec![("ahead", ahead.to_string())],
            Self::Reading(problem) => problem.facts(),
        }
    }
}

/// The columns of the file, looked up once.
pub(super) struct Ids {
    pub(super) facility_code: document::columns::ColumnId,
    pub(super) facility_name: document::columns::ColumnId,
    pub(super) store: document::columns::ColumnId,
    pub(super) happened_at: document::columns::ColumnId,
    pub(super) shown: document::columns::ColumnId,
    pub(super) unit: document::columns::ColumnId,
    pub(super) reference: document::columns::ColumnId,
    pub(super) counts: [document::columns::ColumnId; 4],
    pub(super) source: document::columns::ColumnId,
    pub(super) told_by: document::columns::ColumnId,
}

impl Ids {
    pub(super) fn of(columns: &Columns) -> Result<Self, DocumentProblem> {
        Ok(Self {
            facility_code: columns.column("facility_code")?,
            facility_name: columns.column("facility_name")?,
            store: columns.column("store")?,
            happened_at: columns.column("happened_at")?,
            shown: columns.column("shown")?,
            unit: columns.column("unit")?,
            reference: columns.column("reference")?,
            counts: [
                columns.column("full")?,
                columns.column("part")?,
                columns.column("empty")?,
                columns.column("damaged")?,
            ],
            source: columns.column("source")?,
            told_by: columns.column("told_by")?,
        })
    }
}

/// Matches rows with what is registered, remembering what it has looked up.
pub(super) struct Matcher<'r> {
    registry: &'r Registry,
    actor: &'r Actor,
    now: Moment,
    facilities: HashMap<String, Option<FacilityId>>,
    settings: HashMap<(Readiness, Date), Settings>,
}

impl<'r> Matcher<'r> {
    pub(super) fn new(registry: &'r Registry, actor: &'r Actor, now: Moment) -> Self {
        Self { registry, actor, now, facilities: HashMap::new(), settings: HashMap::new() }
    }

    pub(super) fn row(&mut self, fields: &Fields<'_>, ids: &Ids) -> Result<ImportedReading, Box<dyn Reason>> {
        fields.check().map_err(boxed)?;
        let facility = self.facility(fields, ids)?;
        let happened_at = fields.moment(ids.happened_at).map_err(boxed)?;
        let happened_at = happened_at.ok_or_else(|| boxed(fields.absent(ids.happened_at, CellReason::Missing)))?;
        let ahead = happened_at - self.now;
        if ahead > CLOCK_SKEW {
            return Err(boxed(RowRefused::InTheFuture { ahead }));
        }
        let store = find_store(facility, fields.text(ids.store).map_err(boxed)?, happened_at.date())?;
        let shown = shown(store, fields, ids)?;
        let settings = self.settings(facility, happened_at.date())?;
        let grams = store.content_of(&shown, settings).map_err(|problem| boxed(RowRefused::from(problem)))?;
        let made = store.production_of(&shown, settings).map_err(|problem| boxed(RowRefused::from(problem)))?;
        let source = fields.choice(ids.source).map_err(boxed)?.and_then(|choice| Source::from_code(&choice.key));
        let (typed, counts) = match shown {
            Shown::Level(typed) => (Some(typed), None),
            Shown::Running { units, flow } => (Some(flow), Some([units, 0, 0, 0])),
            Shown::Cylinders { full, part, empty, damaged } => (None, Some([full, part, empty, damaged])),
        };
        Ok(ImportedReading {
            facility: facility.id,
            store: store.id,
            happened_at: happened_at.min(self.now),
            grams,
            made_per_hour: (!store.kind.holds_stock()).then(|| Grams::from_f64(made.0)),
            typed,
            counts,
            source: source.unwrap_or(Source::File),
            told_by: fields.text(ids.told_by).map_err(boxed)?.map(str::to_owned),
        })
    }

    fn facility(&mut self, fields: &Fields<'_>, ids: &Ids) -> Result<&'r Facility, Box<dyn Reason>> {
        let code = fields.text(ids.facility_code).map_err(boxed)?;
        let typed = match code {
            Some(code) => code,
            None => fields.text(ids.facility_name).map_err(boxed)?.unwrap_or_default(),
        };
        let (registry, actor) = (self.registry, self.actor);
        let known = match self.facilities.get(typed) {
            Some(known) => *known,
            None => {
                let found = registry.facility_called(typed).filter(|facility| actor.sees(facility, registry));
                let found = found.map(|facility| facility.id);
                self.facilities.insert(typed.to_owned(), found);
                found
            }
        };
        known
            .and_then(|id| registry.facility(id))
            .ok_or_else(|| boxed(RowRefused::UnknownFacility { typed: typed.to_owned() }))
    }

    fn settings(&mut self, facility: &Facility, day: Date) -> Result<&Settings, Box<dyn Reason>> {
        let state = self.registry.readiness().max(facility.readiness);
        match self.settings.entry((state, day)) {
            std::collections::hash_map::Entry::Occupied(known) => Ok(known.into_mut()),
            std::collections::hash_map::Entry::Vacant(vacant) => {
                let settings = Settings::from_norms(self.registry.norms(), day, state).map_err(boxed)?;
                Ok(vacant.insert(settings))
            }
        }
    }
}

fn boxed(reason: impl Reason + 'static) -> Box<dyn Reason> {
    Box::new(reason)
}

pub(super) fn find_store<'f>(
    facility: &'f Facility,
    typed: Option<&str>,
    day: Date,
) -> Result<&'f Store, Box<dyn Reason>> {
    let name = || facility.body.name.clone();
    let mut stores = facility.stores_on(day);
    match typed {
        Some(typed) => {
            let wanted = document::columns::folded(typed);
            stores
                .find(|store| store.id.to_string() == typed || document::columns::folded(&store.label) == wanted)
                .ok_or_else(|| boxed(RowRefused::UnknownStore { typed: typed.to_owned(), facility: name() }))
        }
        None => match (stores.next(), stores.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(boxed(RowRefused::WhichStore { facility: name() })),
        },
    }
}

/// What the row says the gauge shows or was counted.
pub(super) fn shown(store: &Store, fields: &Fields<'_>, ids: &Ids) -> Result<Shown, Box<dyn Reason>> {
    let figure = fields.figure(ids.shown).map_err(boxed)?;
    let count = |column| -> Result<Option<u32>, Box<dyn Reason>> {
        let number = fields.integer(column).map_err(boxed)?;
        Ok(number.and_then(|number| u32::try_from(number).ok()))
    };
    let Some(figure) = figure else {
        let [full, part, empty, damaged] = ids.counts;
        return Ok(Shown::Cylinders {
            full: count(full)?.unwrap_or(0),
            part: count(part)?.unwrap_or(0),
            empty: count(empty)?.unwrap_or(0),
            damaged: count(damaged)?.unwrap_or(0),
        });
    };
    let named = fields.choice(ids.unit).map_err(boxed)?.and_then(|choice| Unit::from_code(&choice.key));
    let unit = match (named, figure.percent) {
        (Some(unit), false) => unit,
        (Some(Unit::Percent) | None, true) => Unit::Percent,
        _ => return Err(boxed(fields.absent(ids.unit, CellReason::UnitMissing))),
    };
    let reference = fields.choice(ids.reference).map_err(boxed)?;
    let mut typed = Typed::new(figure.typed.trim(), figure.value, unit);
    typed.reference = reference.and_then(|choice| ReferenceTemperature::from_code(&choice.key));
    Ok(if store.kind.holds_stock() {
        Shown::Level(typed)
    } else {
        Shown::Running { units: count(ids.counts[0])?.unwrap_or(1), flow: typed }
    })
}
