//! Alarms that foresee the night (OX11, OX16, PR04): not "little is left" but "from now on a call
//! comes too late".
//!
//! Lives here: when the next refill can arrive ([`refill`]), what of it is an alarm ([`judge`]), the
//! list before a storm ([`storm`]). Not here: who is told, when, and how often (`desk::alarms`).

use jiff::civil::Date;
use protocol::{NormProblem, Norms};
use quantity::{Grams, Moment, Span};
use serde::{Deserialize, Serialize};

use crate::{Outlook, Standing};

pub mod refill;
pub mod storm;

pub use refill::{Blocked, Closures, DayHours, RefillCalendar, Terms};
pub use storm::{BeforeStorm, TopUp, top_up};

/// What an alarm is about. One alarm per facility and kind: it is updated, not repeated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmKind {
    /// Nothing usable is left.
    Out,
    /// Runs out before help can be there, or will unless somebody calls soon.
    BeforeHelp,
    /// Runs out in the coming night.
    BeforeMorning,
    /// Patients may need more flow than the sources give.
    Flow,
    /// No figures for longer than the threshold of silence.
    Silence,
    /// Nobody of the facility can be called.
    DutyGap,
    /// Nobody is on duty at the desk of the province.
    NobodyOnDuty,
    /// A storm comes: fill up before it.
    Storm,
}

impl AlarmKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Out,
        Self::BeforeHelp,
        Self::BeforeMorning,
        Self::Flow,
        Self::Silence,
        Self::DutyGap,
        Self::NobodyOnDuty,
        Self::Storm,
    ];

    /// Stable text for storage.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::BeforeHelp => "before_help",
            Self::BeforeMorning => "before_morning",
            Self::Flow => "flow",
            Self::Silence => "silence",
            Self::DutyGap => "duty_gap",
            Self::NobodyOnDuty => "nobody_on_duty",
            Self::Storm => "storm",
        }
    }
}

/// How grave an alarm is; the gravest sorts first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Out, or help comes too late by what is known: act now.
    Critical,
    /// Help comes in time if somebody acts before a moment.
    Urgent,
    /// Somebody must look.
    Notice,
}

impl Severity {
    /// Whether somebody is told on the duty phone, whatever the hour.
    pub const fn wakes(self) -> bool {
        matches!(self, Self::Critical | Self::Urgent)
    }
}

/// The norms of alarms.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AlarmSettings {
    /// Oxygen is to be there so long before the pessimistic end.
    pub margin: Span,
    /// The alarm comes so long before the latest call.
    pub notice: Span,
    /// An alarm that was raised rests only when there is so much more time.
    pub rest: Span,
    /// Beginning and end of the night, hours of the day.
    pub night: (Span, Span),
    /// A night is looked at so long before it begins.
    pub night_ahead: Span,
    /// The next one is told after so long without an answer.
    pub escalate_after: Span,
    /// A message that could not be sent so long is of no use any more.
    pub message_lasts: Span,
    /// The list before a storm is made so long before it.
    pub storm_ahead: Span,
    /// Lead time where nobody entered one.
    usual_lead: Span,
    /// Opening hours where nobody entered any.
    usual_station: Option<DayHours>,
}

impl AlarmSettings {
    /// Looks up the norms as of a day.
    ///
    /// # Errors
    /// [`NormProblem`] when one is missing or not in force.
    pub fn from_norms(norms: &Norms, on: Date) -> Result<Self, NormProblem> {
        let look = |key: &str| {
            let found = norms.lookup("oxygen.call", key, on)?;
            Ok::<_, NormProblem>(Span::minutes((found.figure.value.clamp(0.0, 10_000.0) * 60.0).round() as i64))
        };
        let minute = |span: Span| u16::try_from(span.as_minutes()).unwrap_or(u16::MAX);
        Ok(Self {
            margin: look("call_margin")?,
            notice: look("call_notice")?,
            rest: look("alarm_rest")?,
            night: (look("night_begins")?, look("night_ends")?),
            night_ahead: look("night_ahead")?,
            escalate_after: look("escalate_after")?,
            message_lasts: look("message_lasts")?,
            storm_ahead: look("storm_ahead")?,
            usual_lead: look("refill_lead")?,
            usual_station: DayHours::new(minute(look("refill_opens")?), minute(look("refill_closes")?)),
        })
    }

    /// The terms that are taken where nobody has entered a facility's own.
    pub const fn usual_terms(&self) -> Terms {
        Terms { lead: self.usual_lead, station: self.usual_station, bans: Vec::new(), ferry: None }
    }

    /// The end of the night that a moment lies in, or that begins within the time one looks ahead.
    fn night_near(&self, now: Moment) -> Option<(Moment, Moment)> {
        let (begins, ends) = self.night;
        let midnight = Moment::start_of(now.date());
        let length = if ends > begins { Span::ZERO } else { Span::days(1) };
        [Span::days(-1), Span::ZERO, Span::days(1)]
            .into_iter()
            .map(|day| (midnight + day + begins, midnight + day + ends + length))
            .find(|(from, to)| now < *to && *from - now <= self.night_ahead)
    }
}

/// What is known of a facility when alarms are judged.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// How long its oxygen lasts.
    pub outlook: &'a Outlook,
    /// When a refill can arrive.
    pub calendar: &'a RefillCalendar,
    /// Whether the terms of its refill were entered; otherwise the usual ones are taken and said so.
    pub terms_known: bool,
    /// Flow needed and flow deliverable, litres a minute; only where both are known.
    pub flow: Option<(f64, f64)>,
    /// Whether its silence is to be followed up: who reports by courtesy is never late.
    pub must_report: bool,
    /// Whether somebody there can be called.
    pub has_contact: bool,
}

/// The numbers of an alarm, from which its sentence is made.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct AlarmFacts {
    /// When nothing usable is left, at the pessimistic end.
    #[serde(default)]
    pub runs_out_at: Option<Moment>,
    /// When oxygen that is called for now arrives.
    #[serde(default)]
    pub refill_at: Option<Moment>,
    /// Usable stock at the reading.
    #[serde(default)]
    pub usable: Option<Grams>,
    /// When it was read.
    #[serde(default)]
    pub read_at: Option<Moment>,
    /// The newest word of any kind.
    #[serde(default)]
    pub heard_at: Option<Moment>,
    /// Whether the usual terms of refill were taken because nobody entered the facility's own.
    #[serde(default)]
    pub usual_terms: bool,
    /// Flow needed, litres a minute.
    #[serde(default)]
    pub flow_needed: Option<u32>,
    /// Flow deliverable, litres a minute.
    #[serde(default)]
    pub flow_deliverable: Option<u32>,
    /// Facilities that an alarm of the province counts.
    #[serde(default)]
    pub facilities: Option<u32>,
    /// When a storm begins.
    #[serde(default)]
    pub begins_at: Option<Moment>,
    /// The plate of a vehicle that is loaded for the facility, and when it is to arrive. An alarm stands
    /// until the oxygen is in the store; but who reads it must know what is under way.
    #[serde(default)]
    pub truck: Option<(String, Moment)>,
}

/// An alarm as the figures of one moment give it.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// What it is about.
    pub kind: AlarmKind,
    /// How grave.
    pub severity: Severity,
    /// The latest moment to act; in the past when it is too late already.
    pub act_by: Option<Moment>,
    /// Its numbers.
    pub facts: AlarmFacts,
}

/// The alarms of a facility at a moment. Of running out only the gravest kind is said. `open` are the
/// kinds raised before: they rest only when clearly out of danger, so that nothing flaps. Pure.
pub fn judge(now: Moment, about: &Situation<'_>, settings: &AlarmSettings, open: &[AlarmKind]) -> Vec<Finding> {
    let supply = supply(now, about, settings, open);
    let others = [flow(about, open), silence(about), duty(about)];
    supply.into_iter().chain(others.into_iter().flatten()).collect()
}

fn supply(now: Moment, about: &Situation<'_>, settings: &AlarmSettings, open: &[AlarmKind]) -> Option<Finding> {
    let outlook = about.outlook;
    let facts = AlarmFacts {
        usable: outlook.read_at.map(|_| outlook.usable),
        read_at: outlook.read_at,
        refill_at: about.calendar.arrives(now),
        usual_terms: !about.terms_known,
        ..AlarmFacts::default()
    };
    if outlook.rank.standing == Standing::Empty {
        return Some(Finding { kind: AlarmKind::Out, severity: Severity::Critical, act_by: Some(now), facts });
    }
    let runs_out = now + Span::micros((outlook.hours?.low.clamp(0.0, 10_000.0) * 3_600e6) as i64);
    if runs_out - now > Span::days(15) {
        return None;
    }
    let facts = AlarmFacts { runs_out_at: Some(runs_out), ..facts };
    let latest = about.calendar.latest_call(runs_out - settings.margin);
    let rest = |kind| if open.contains(&kind) { settings.rest } else { Span::ZERO };
    let too_late = latest.is_none_or(|latest| latest < now);
    let soon = latest.is_none_or(|latest| latest - now <= settings.notice + rest(AlarmKind::BeforeHelp));
    if soon {
        let severity = if too_late { Severity::Critical } else { Severity::Urgent };
        return Some(Finding { kind: AlarmKind::BeforeHelp, severity, act_by: latest.or(Some(now)), facts });
    }
    let (_, morning) = settings.night_near(now)?;
    let begins = morning - night_length(settings);
    let in_the_night = runs_out >= begins && runs_out <= morning + rest(AlarmKind::BeforeMorning);
    let finding = Finding { kind: AlarmKind::BeforeMorning, severity: Severity::Notice, act_by: latest, facts };
    in_the_night.then_some(finding)
}

fn night_length(settings: &AlarmSettings) -> Span {
    let (begins, ends) = settings.night;
    let hours = ends.as_micros() - begins.as_micros();
    Span::micros(if hours > 0 { hours } else { hours + Span::days(1).as_micros() })
}

/// Raised above what is deliverable; rests when a twentieth below it.
fn flow(about: &Situation<'_>, open: &[AlarmKind]) -> Option<Finding> {
    let (needed, deliverable) = about.flow?;
    let bound = if open.contains(&AlarmKind::Flow) { deliverable * 0.95 } else { deliverable };
    let whole = |litres: f64| Some(litres.clamp(0.0, 1e9).round() as u32);
    let facts =
        AlarmFacts { flow_needed: whole(needed), flow_deliverable: whole(deliverable), ..AlarmFacts::default() };
    (needed > bound).then_some(Finding { kind: AlarmKind::Flow, severity: Severity::Urgent, act_by: None, facts })
}

fn silence(about: &Situation<'_>) -> Option<Finding> {
    let silence = about.outlook.silence;
    let facts = AlarmFacts {
        heard_at: silence.heard_at,
        usable: about.outlook.read_at.map(|_| about.outlook.usable),
        read_at: about.outlook.read_at,
        ..AlarmFacts::default()
    };
    let finding = Finding { kind: AlarmKind::Silence, severity: Severity::Notice, act_by: silence.due_at, facts };
    (about.must_report && silence.heard.is_silent()).then_some(finding)
}

fn duty(about: &Situation<'_>) -> Option<Finding> {
    let finding =
        Finding { kind: AlarmKind::DutyGap, severity: Severity::Notice, act_by: None, facts: AlarmFacts::default() };
    (!about.has_contact).then_some(finding)
}

#[cfg(test)]
#[path = "alarm/tests.rs"]
mod tests;
