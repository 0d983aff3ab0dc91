//! Close a store's page of the oxygen book for a day: what there was, what came, what was used, what
//! is left (OX07). A page that does not close is refused with the gap; nothing of it is kept.
//!
//! Lives here: reading the four figures and appending them as one report. Not here: how large a gap
//! may be (`oxygen::check_balance` and its norm), the book's page (`web`).

use oxygen::{
    BalanceProblem, Movement, MovementId, MovementKind, ReadingId, ReadingProblem, ReportId, Settings, Shown, Source,
    Store, StoreId, check_balance,
};
use quantity::{Coded, Convention, ConversionProblem, Grams, Moment, Typed, Unit};
use serde::Serialize;
use store::ledger::{MovementRow, ReadingRow, ReportRow};
use store::projection::States;
use store::series;

use super::file_report::{self, Filed, SAME_TIME, Told, check_speaker, check_time, spoken_code};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::registry::Facility;
use crate::rights::Capability;

/// A day's page of one store that holds stock and has a gauge: a tank or a dewar.
#[derive(Debug, Clone, Serialize)]
pub struct CloseDay {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which store.
    pub store: StoreId,
    /// When the closing figure was read.
    pub happened_at: Moment,
    /// What the gauge showed at the beginning, as typed.
    pub opening: String,
    /// What was delivered, as typed; a mass or a volume, never a gauge's figure.
    pub received: String,
    /// What was used, as typed; a mass or a volume, never a gauge's figure.
    pub used: String,
    /// What was vented or leaked, as typed; empty where nobody noticed any.
    pub lost: String,
    /// When the opening figure was read: what the book holds since then (receipts, loans) is counted in and not
    /// typed again. Nothing is counted in where it is missing.
    pub opened_at: Option<Moment>,
    /// Why the rest is unexplained; asked for where the page does not close.
    pub reason: Option<String>,
    /// What the gauge shows at the end, as typed.
    pub closing: String,
    /// The unit beside the two fields of the gauge.
    pub gauge_unit: Unit,
    /// The unit beside the two fields of amounts.
    pub amount_unit: Unit,
    /// Where it came from.
    pub source: Source,
    /// Who said it, when somebody else typed it.
    pub told_by: Option<String>,
}

/// Why a page is not closed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Only a store with a gauge has a page: cylinders are counted, plants hold nothing.
    #[error("OXY-046: {label} has no gauge to close a day by")]
    NoGauge {
        /// Its label.
        label: String,
    },
    /// The closing figure was read before the opening one.
    #[error("OXY-047: the page closes before it opens")]
    OpensAfterItCloses,
    /// A figure of the gauge.
    #[error(transparent)]
    Reading(#[from] ReadingProblem),
    /// A figure that is no amount.
    #[error(transparent)]
    Amount(#[from] ConversionProblem),
    /// The four do not belong together.
    #[error(transparent)]
    Balance(#[from] BalanceProblem),
}

impl Refused {
    fn inner(&self) -> Option<&dyn Coded> {
        match self {
            Self::NoGauge { .. } | Self::OpensAfterItCloses => None,
            Self::Reading(problem) => Some(problem),
            Self::Amount(problem) => Some(problem),
            Self::Balance(problem) => Some(problem),
        }
    }
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::OpensAfterItCloses => "OXY-047",
            other => other.inner().map_or("OXY-046", Coded::code),
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoGauge { label } => vec![("label", label.clone())],
            other => other.inner().map(Coded::facts).unwrap_or_default(),
        }
    }
}

/// The four figures, weighed.
struct Page {
    closing: Grams,
    shown: Typed,
    received: (Typed, Grams),
    used: (Typed, Grams),
    lost: (Typed, Grams),
    /// What nobody explains, with why it is kept all the same.
    unexplained: Option<(Grams, String)>,
}

impl Operation for CloseDay {
    type Done = Filed;
    const NAME: &'static str = "close_day";
    const NEEDS: Capability = Capability::ReportOxygen;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Filed> {
        let registry = desk.registry();
        let owner = registry.owner(self.store).map(|facility| facility.id).ok_or(Failure::NotFound)?;
        let facility = desk.facility(owner)?;
        check_speaker(desk, &facility, &self.speaker())?;
        let happened_at = check_time(desk.now(), Some(self.happened_at))?;
        let settings = registry.settings(&facility, happened_at.date())?;
        let store = facility
            .stores_on(happened_at.date())
            .find(|store| store.id == self.store)
            .ok_or_else(|| Failure::refused(file_report::Refused::UnknownStore))?;
        let province = desk.actor().province;
        let booked = match self.opened_at {
            None => Vec::new(),
            Some(opened) if opened >= happened_at => {
                return Err(Failure::refused(Refused::OpensAfterItCloses));
            }
            Some(opened) => series::movements(desk.transaction(), province, store.id, (opened, happened_at), None)?,
        };
        // A difference that was booked is no oxygen that came or went.
        let booked = booked.iter().filter(|moved| moved.kind != MovementKind::Adjustment).map(|moved| moved.grams);
        let page = self.weigh(store, &settings, booked.collect()).map_err(Failure::refused)?;
        self.keep(desk, &facility, store, happened_at, page, &settings)
    }
}

impl CloseDay {
    fn speaker(&self) -> Told {
        Told {
            happened_at: Some(self.happened_at),
            source: self.source,
            told_by: self.told_by.clone(),
            note: None,
            photo: None,
            levels: Vec::new(),
            cylinders: Vec::new(),
            patients: None,
            confirmed: file_report::Confirmed::Nothing,
        }
    }

    fn weigh(&self, store: &Store, settings: &Settings, booked: Vec<Grams>) -> Result<Page, Refused> {
        if !store.kind.holds_stock() || store.vessels.is_some() {
            return Err(Refused::NoGauge { label: store.label.clone() });
        }
        let read = |text: &str, unit| Typed::read(text, Some(Convention::DecimalComma), Some(unit));
        let amount = |text: &str| -> Result<(Typed, Grams), Refused> {
            let typed = read(text, self.amount_unit)?;
            let grams = typed.grams(settings.assumed)?;
            Ok((typed, grams))
        };
        let shown = read(&self.closing, self.gauge_unit)?;
        let opening = store.content_of(&Shown::Level(read(&self.opening, self.gauge_unit)?), settings)?;
        let closing = store.content_of(&Shown::Level(shown.clone()), settings)?;
        // An empty field of losses is none noticed; deliveries and use are always said.
        let lost = if self.lost.trim().is_empty() { "0" } else { &self.lost };
        let (received, used, lost) = (amount(&self.received)?, amount(&self.used)?, amount(lost)?);
        let typed = [(MovementKind::Received, received.1), (MovementKind::Used, used.1), (MovementKind::Lost, lost.1)];
        for (kind, amount) in typed {
            if amount < Grams::ZERO {
                return Err(BalanceProblem::NegativeAmount { kind, amount }.into());
            }
        }
        let effects: Vec<Grams> = booked.into_iter().chain([received.1, -used.1, -lost.1]).collect();
        let unexplained = match check_balance(opening, effects, closing, settings) {
            Ok(()) => None,
            Err(BalanceProblem::DoesNotClose { expected, closing, .. })
                if file_report::words_of(self.reason.clone()).is_some() =>
            {
                Some((closing - expected, file_report::words_of(self.reason.clone()).unwrap_or_default()))
            }
            Err(problem) => return Err(problem.into()),
        };
        Ok(Page { closing, shown, received, used, lost, unexplained })
    }

    fn keep(
        self,
        desk: &mut Desk<'_, '_>,
        facility: &Facility,
        store: &Store,
        happened_at: Moment,
        page: Page,
        settings: &Settings,
    ) -> Outcome<Filed> {
        let province = desk.actor().province;
        let report = ReportId(desk.new_id());
        let source = self.source.code();
        let (from, to) = (happened_at - SAME_TIME, happened_at + SAME_TIME);
        let near = series::ask_report_near(desk.transaction(), province, facility.id, from, to)?;
        let conflicts_with = series::report_near(desk.transaction(), near)?;
        let told_by = file_report::words_of(self.told_by);
        desk.append_report(&ReportRow {
            id: report,
            facility: facility.id,
            happened_at,
            source,
            told_by,
            note: page.unexplained.as_ref().map(|(_, reason)| reason.clone()),
            photo: None,
        })?;
        let mut states = States::of_facility(desk.transaction(), province, facility.id)?;
        let rest = page.unexplained.as_ref().map_or(Grams::ZERO, |(rest, _)| *rest);
        let moved = [
            (MovementKind::Received, page.received),
            (MovementKind::Used, page.used),
            (MovementKind::Lost, page.lost),
            // The book follows the gauge, and says that it does.
            (MovementKind::Adjustment, (Typed::measured(rest.as_kg(), Unit::Kilogram), rest)),
        ];
        for (kind, (typed, amount)) in moved {
            if amount == Grams::ZERO {
                continue;
            }
            let id = MovementId(desk.new_id());
            let movement = Movement { id, store: store.id, kind, amount, cylinders: None, typed, happened_at };
            movement.check(store, settings).map_err(|problem| Failure::refused(Refused::Balance(problem)))?;
            let row = MovementRow {
                id,
                report: Some(report),
                store: store.id,
                happened_at,
                kind: kind.code(),
                grams: movement.effect(),
                typed: Some(movement.typed),
                cylinders: None,
                counterpart: None,
                source,
            };
            desk.append_movement(&row)?;
            states.move_(facility.id, &row);
        }
        let row = ReadingRow {
            id: ReadingId(desk.new_id()),
            report: Some(report),
            store: store.id,
            happened_at,
            grams: page.closing,
            made_per_hour: None,
            typed: Some(page.shown),
            counts: None,
            source,
        };
        desk.append_reading(&row)?;
        states.observe(facility.id, &row);
        states.save(desk.transaction(), province)?;
        desk.about(report.0);
        desk.mention("facility", facility.code.as_str());
        if let Some((rest, _)) = page.unexplained {
            desk.mention("unexplained_kg", rest.as_kg());
        }
        Ok(Filed { report, code: spoken_code(report), recorded_at: desk.now(), conflicts_with })
    }
}
