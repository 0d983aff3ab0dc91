//! A treatment site of the set-up plan: planned, ready, open, closed, each with its day (OX06, TR03).

use jiff::civil::Date;
use place::FacilityId;
use place::body::Beds;
use quantity::{Id, Moment, Span};
use serde::{Deserialize, Serialize};

use super::Refused;
use super::refused::{needed, optional};
use crate::failure::{Failure, Outcome};
use crate::record::Record;

/// How far a site has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteState {
    /// Decided.
    Planned,
    /// Set up, not yet in use.
    Ready,
    /// Takes patients.
    Open,
    /// Closed.
    Closed,
}

impl SiteState {
    /// All.
    pub const ALL: [Self; 4] = [Self::Planned, Self::Ready, Self::Open, Self::Closed];

    /// Stable text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Ready => "ready",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    /// Reads [`code`](Self::code) back.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether a site goes from this state to another. What has been set up is never only planned
    /// again; a closed site may be readied or opened once more.
    pub const fn leads_to(self, to: Self) -> bool {
        matches!(
            (self, to),
            (Self::Planned, Self::Ready | Self::Open | Self::Closed)
                | (Self::Ready, Self::Open | Self::Closed)
                | (Self::Open, Self::Ready | Self::Closed)
                | (Self::Closed, Self::Ready | Self::Open)
        )
    }
}

/// A step of a site, with its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteStep {
    /// From then on.
    pub state: SiteState,
    /// Since when.
    pub on: Date,
    /// By which decision, or why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A site of the set-up plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Its name; a facility's own where it is one.
    pub name: String,
    /// The facility that it is, or that runs it.
    #[serde(default)]
    pub facility: Option<FacilityId>,
    /// Tier of treatment.
    #[serde(default)]
    pub tier: Option<u32>,
    /// Beds as planned: all, with oxygen, intensive care.
    pub beds: u32,
    /// With oxygen at the bed.
    #[serde(default)]
    pub oxygen_beds: Option<u32>,
    /// Intensive care.
    #[serde(default)]
    pub icu_beds: Option<u32>,
    /// The decision that the plan rests on.
    #[serde(default)]
    pub basis: Option<String>,
    /// The day on which it is to open.
    pub planned_on: Date,
    /// Its steps, oldest first; never empty.
    pub steps: Vec<SiteStep>,
}

impl Record for Site {
    const KIND: &'static str = "treatment_site";

    fn owner(&self) -> Option<Id> {
        self.facility.map(|facility| facility.0)
    }

    /// The end of the day on which it is to open, while it is not.
    fn due_at(&self) -> Option<Moment> {
        let waits = matches!(self.state(), SiteState::Planned | SiteState::Ready);
        waits.then(|| Moment::start_of(self.planned_on) + Span::days(1))
    }
}

impl Site {
    /// How far it has come.
    pub fn state(&self) -> SiteState {
        self.steps.last().map_or(SiteState::Planned, |step| step.state)
    }

    /// Since when.
    pub fn since(&self) -> Option<Date> {
        self.steps.last().map(|step| step.on)
    }

    /// The day on which it first took patients.
    pub fn opened_on(&self) -> Option<Date> {
        self.steps.iter().find(|step| step.state == SiteState::Open).map(|step| step.on)
    }

    /// Beds as [`Beds`]; what is open is not known from a plan.
    pub const fn planned_beds(&self) -> Beds {
        Beds { planned: Some(self.beds), open: None, oxygen: self.oxygen_beds, icu: self.icu_beds }
    }

    /// The same, tidied, when it can be true.
    pub(crate) fn check(self) -> Outcome<Self> {
        let all = Beds { open: Some(self.beds), ..self.planned_beds() };
        all.check().map_err(Failure::refused)?;
        super::refused::within(Some(self.beds), Some(20_000))?;
        Ok(Self { name: needed(&self.name)?, basis: optional(self.basis), ..self })
    }

    /// The same after a step.
    pub(crate) fn stepping(mut self, step: SiteStep, today: Date) -> Outcome<Self> {
        super::refused::has_come(step.on, today)?;
        let from = self.state();
        if !from.leads_to(step.state) {
            return Err(Refused::NoSuchStep { from: from.code(), to: step.state.code() }.failure());
        }
        if let Some(since) = self.since().filter(|since| step.on < *since) {
            return Err(Refused::BeforeTheLast { on: step.on, since }.failure());
        }
        let step = SiteStep { reason: optional(step.reason), ..step };
        if step.state == SiteState::Closed && step.reason.is_none() {
            return Err(Refused::NoReason.failure());
        }
        self.steps.push(step);
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_site_never_goes_back_to_being_planned() {
        for from in SiteState::ALL {
            assert!(!from.leads_to(from) && !from.leads_to(SiteState::Planned), "{from:?}");
            assert_eq!(SiteState::from_code(from.code()), Some(from));
        }
        assert!(SiteState::Closed.leads_to(SiteState::Open), "the next wave");
    }

    #[test]
    fn what_waits_is_due_and_what_is_open_is_not() {
        let step = |state, day| SiteStep { state, on: date(2026, 11, day), reason: None };
        let site = Site {
            name: "Điểm".into(),
            facility: None,
            tier: Some(1),
            beds: 60,
            oxygen_beds: Some(30),
            icu_beds: None,
            basis: None,
            planned_on: date(2026, 11, 25),
            steps: vec![step(SiteState::Planned, 1)],
        };
        assert!(site.due_at().is_some());
        let open = site.clone().stepping(step(SiteState::Open, 20), date(2026, 11, 22)).unwrap();
        assert_eq!((open.due_at(), open.opened_on()), (None, Some(date(2026, 11, 20))));
        assert!(site.stepping(step(SiteState::Open, 23), date(2026, 11, 22)).is_err(), "that day has not come");
        assert!(open.stepping(step(SiteState::Closed, 21), date(2026, 11, 22)).is_err(), "why?");
    }
}
