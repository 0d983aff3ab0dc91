//! Take a report back and put another in its place, with the reason (OX07). Nothing is
//! overwritten: the old one stays, marked as reversed, and every sum follows.

use oxygen::ReportId;
use quantity::{Coded, Moment};
use serde::Serialize;
use store::ledger::ReversalRow;
use store::projection::{self, States};
use store::series::{self, Horizon, ReportLine};

use super::file_report::{Filed, Filing, Told, append, check_speaker, words_of};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::registry::Facility;
use crate::rights::Capability;

/// A report taken back, and what stands in its place.
#[derive(Debug, Serialize)]
pub struct CorrectReport {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The report taken back.
    pub report: ReportId,
    /// Why.
    pub reason: String,
    /// What stands in its place; nothing when it should never have been filed.
    pub instead: Option<Told>,
}

/// Why a report is not corrected.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Without a reason nobody can later tell a slip from a cover-up.
    #[error("OXY-040: a correction needs its reason")]
    NoReason,
    /// Somebody was quicker.
    #[error("OXY-041: already corrected: {reason}")]
    AlreadyReversed {
        /// The reason then given.
        reason: String,
    },
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::NoReason => "OXY-040",
            Self::AlreadyReversed { .. } => "OXY-041",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoReason => Vec::new(),
            Self::AlreadyReversed { reason } => vec![("reason", reason.clone())],
        }
    }
}

impl Operation for CorrectReport {
    type Done = Option<Filed>;
    const NAME: &'static str = "correct_report";
    const NEEDS: Capability = Capability::CorrectReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Option<Filed>> {
        let province = desk.actor().province;
        let old = series::report(desk.transaction(), province, self.report)?.ok_or(Failure::NotFound)?;
        let facility = desk.facility(old.facility)?;
        let reason = words_of(Some(self.reason)).filter(|reason| reason.chars().count() >= 3);
        let reason = reason.ok_or_else(|| Failure::refused(Refused::NoReason))?;
        if let Some(reason) = old.reversed {
            return Err(Failure::refused(Refused::AlreadyReversed { reason }));
        }
        if let Some(told) = &self.instead {
            check_speaker(desk, &facility, told)?;
        }
        let instead = self.instead.map(|told| (ReportId(desk.new_id()), told));
        let reversal = ReversalRow {
            id: desk.new_id(),
            target: self.report.0,
            replacement: instead.as_ref().map(|(id, _)| id.0),
            reason,
        };
        desk.append_reversal(&reversal)?;
        // From here on the old figures no longer count: the new ones are looked at without them.
        let mut states = settle(desk, &facility, &old)?;
        let filed = instead
            .map(|(id, told)| {
                let told = Told { happened_at: told.happened_at.or(Some(old.happened_at)), ..told };
                // What was photographed stays true when only its reading was mistyped.
                let filing = Filing::begin(desk, &facility, id, &told)?.keeping(old.photo.as_deref());
                append(desk, &facility, filing, told, &mut states)
            })
            .transpose()?;
        states.save(desk.transaction(), province)?;
        desk.about(self.report.0);
        Ok(filed)
    }
}

/// What the facility's stores and patients say without the old report, read from the ledgers.
fn settle(desk: &mut Desk<'_, '_>, facility: &Facility, old: &ReportLine) -> Outcome<States> {
    let province = desk.actor().province;
    let ever = Horizon::now(Moment::from_micros(i64::MAX - 1));
    let mut states = States::of_facility(desk.transaction(), province, facility.id)?;
    for reading in &old.readings {
        let (latest, recent) = series::store_at(desk.transaction(), province, reading.store, ever)?;
        states.replace(facility.id, reading.store, latest, recent);
    }
    if old.census.is_some() {
        let newest = series::census_at(desk.transaction(), province, facility.id, ever)?;
        projection::replace_census(desk.transaction(), province, facility.id, newest.as_ref())?;
    }
    Ok(states)
}
