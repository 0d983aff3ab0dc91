//! When the next refill can arrive, and when one must call at the latest for it to arrive in time.
//!
//! A truck is loaded while the refill station is open, drives for the lead time, and comes in while
//! the roads are open to it: no truck ban, the ferry sails and takes dangerous goods, no storm. Both
//! questions look through the same calendar, one forwards and one backwards, so they agree:
//! a call at the latest moment arrives in time, a later one does not.

use quantity::{Moment, Span};
use serde::{Deserialize, Serialize};

const DAY_MINUTES: u16 = 24 * 60;

/// A part of every day, in minutes since midnight by Vietnam's clocks; one that ends before it begins
/// goes over midnight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct DayHours {
    /// First minute.
    pub from: u16,
    /// Last minute.
    pub to: u16,
}

impl DayHours {
    /// From one minute of the day to another; `None` beyond a day, or when nothing lies between them.
    pub const fn new(from: u16, to: u16) -> Option<Self> {
        let fits = from < DAY_MINUTES && to <= DAY_MINUTES && from != to;
        if fits { Some(Self { from, to }) } else { None }
    }

    /// Reads `07:00-16:30`, `7h – 16h30`, `22-6`.
    pub fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(['-', '–', '—'])?;
        Self::new(minute_of(from)?, minute_of(to)?)
    }

    /// Reads several, between commas or semicolons; an empty text is none.
    pub fn read_all(text: &str) -> Option<Vec<Self>> {
        text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).map(Self::read).collect()
    }

    /// The part that begins on the day whose midnight this is.
    fn on(self, midnight: Moment) -> Blocked {
        let end = if self.to > self.from { self.to } else { self.to + DAY_MINUTES };
        let at = |minute: u16| midnight + Span::minutes(i64::from(minute));
        Blocked { from: at(self.from), to: at(end) }
    }

    /// The rest of the day; `None` when it lasts the whole day.
    pub(super) fn others(self) -> Option<Self> {
        Self::new(self.to % DAY_MINUTES, self.from)
    }
}

impl std::fmt::Display for DayHours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(f, "{:02}:{:02}–{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

fn minute_of(text: &str) -> Option<u16> {
    let text = text.trim().trim_end_matches("giờ").trim();
    let (hour, minute) = text.split_once([':', 'h', 'g']).unwrap_or((text, ""));
    let digits = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let (hour, minute) = (hour.trim(), minute.trim());
    if hour.is_empty() || !digits(hour) || !digits(minute) {
        return None;
    }
    let minute: u16 = if minute.is_empty() { 0 } else { minute.parse().ok()? };
    let all = hour.parse::<u16>().ok()? * 60 + minute;
    (minute < 60 && all <= DAY_MINUTES).then_some(all)
}

/// How oxygen comes to a facility.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    /// From the loading to the arrival, unloading included.
    pub lead: Span,
    /// When the refill station loads; `None` day and night.
    pub station: Option<DayHours>,
    /// When trucks may not drive in.
    pub bans: Vec<DayHours>,
    /// When a ferry that takes dangerous goods sails; `None` where no ferry is needed.
    pub ferry: Option<DayHours>,
}

/// A time during which something does not happen; its ends are free.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Blocked {
    /// From here.
    pub from: Moment,
    /// To here.
    pub to: Moment,
}

/// Closures that concern one facility.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Closures {
    /// The refill station does not load: Tết, repairs.
    pub loading: Vec<Blocked>,
    /// No truck comes in: storm, road, ferry.
    pub arriving: Vec<Blocked>,
}

/// What is open and what is not, around a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefillCalendar {
    lead: Span,
    closed: Vec<Blocked>,
    barred: Vec<Blocked>,
    begins: Moment,
    ends: Moment,
}

impl RefillCalendar {
    /// Days before and after its moment that a calendar knows.
    pub const KNOWN: Span = Span::days(16);

    /// The calendar around a moment.
    pub fn around(now: Moment, terms: &Terms, closures: &Closures) -> Self {
        let closed_hours: Vec<DayHours> = terms.station.and_then(DayHours::others).into_iter().collect();
        let no_ferry = terms.ferry.and_then(DayHours::others);
        let barred_hours: Vec<DayHours> = terms.bans.iter().copied().chain(no_ferry).collect();
        let (begins, ends) = (now - Self::KNOWN, now + Self::KNOWN);
        Self {
            lead: Span::micros(terms.lead.as_micros().max(0)),
            closed: blocked(now, &closed_hours, &closures.loading),
            barred: blocked(now, &barred_hours, &closures.arriving),
            begins,
            ends,
        }
    }

    /// When the oxygen of a call arrives; `None` when not within the days that are known.
    pub fn arrives(&self, called: Moment) -> Option<Moment> {
        let loaded = next_free(&self.closed, called);
        let arrives = next_free(&self.barred, loaded + self.lead);
        (arrives < self.ends).then_some(arrives)
    }

    /// The latest call whose oxygen is there by a moment; `None` when none of the days known was early
    /// enough.
    pub fn latest_call(&self, needed_by: Moment) -> Option<Moment> {
        let arrives = last_free(&self.barred, needed_by.min(self.ends - Span::micros(1)));
        let call = last_free(&self.closed, arrives - self.lead);
        (call > self.begins).then_some(call)
    }
}

/// The blocked times around a moment, in order and joined.
fn blocked(now: Moment, hours: &[DayHours], closures: &[Blocked]) -> Vec<Blocked> {
    let midnight = Moment::start_of(now.date());
    let days = RefillCalendar::KNOWN.as_micros() / Span::days(1).as_micros() + 2;
    let daily = hours.iter().flat_map(|hours| (-days..=days).map(|day| hours.on(midnight + Span::days(day))));
    let mut all: Vec<Blocked> = daily.chain(closures.iter().copied().filter(|each| each.from < each.to)).collect();
    all.sort_unstable();
    let mut joined: Vec<Blocked> = Vec::with_capacity(all.len());
    for next in all {
        match joined.last_mut() {
            Some(last) if next.from <= last.to => last.to = last.to.max(next.to),
            _ => joined.push(next),
        }
    }
    joined
}

fn within(blocked: &[Blocked], at: Moment) -> Option<&Blocked> {
    let after = blocked.partition_point(|each| each.from < at);
    blocked.get(after.checked_sub(1)?).filter(|each| at < each.to)
}

fn next_free(blocked: &[Blocked], at: Moment) -> Moment {
    within(blocked, at).map_or(at, |each| each.to)
}

fn last_free(blocked: &[Blocked], at: Moment) -> Moment {
    within(blocked, at).map_or(at, |each| each.from)
}
