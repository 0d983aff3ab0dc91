//! Who waits for a bed or for oxygen: what the facilities report with their patients, and what the desk was told when it
//! called, the newer of the two; apart from those that nobody asked.

use std::collections::HashMap;

use place::FacilityId;
use quantity::{Moment, Span};
use store::Connection;

use crate::actor::Actor;
use crate::failure::Outcome;
use crate::means::WaitingCall;
use crate::office::Office;
use crate::record;
use crate::views::running_out::{Past, RunningOut, running_out};

/// What is known of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Waiting for a bed; none when that was not asked.
    pub for_bed: Option<u32>,
    /// Waiting for oxygen; none when that was not asked.
    pub for_oxygen: Option<u32>,
    /// All who wait.
    pub people: u32,
    /// Who said so on the telephone; none where it was reported with the patients.
    pub said_by: Option<String>,
    /// When it was so.
    pub at: Moment,
    /// How long ago.
    pub age: Span,
}

/// One facility.
#[derive(Debug, Clone)]
pub struct WaitingLine {
    /// Which.
    pub facility: FacilityId,
    /// Its name.
    pub name: String,
    /// Whom to call.
    pub call: Option<(String, String)>,
    /// What is known; none where nobody asked.
    pub told: Option<Told>,
}

/// Everybody who waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The moment.
    pub at: Moment,
    /// Most people first, then those that nobody asked.
    pub lines: Vec<WaitingLine>,
    /// Those who called the desk itself; none where nobody wrote it down, or for who sees a part of the province.
    pub desk: Option<Told>,
}

impl Waiting {
    /// People who wait, as far as somebody asked.
    pub fn people(&self) -> u32 {
        self.told().fold(0, |sum, told| sum.saturating_add(told.people))
    }

    /// Facilities that somebody asked.
    pub fn asked(&self) -> usize {
        self.lines.iter().filter(|line| line.told.is_some()).count()
    }

    fn told(&self) -> impl Iterator<Item = &Told> {
        self.lines.iter().filter_map(|line| line.told.as_ref()).chain(&self.desk)
    }
}

/// Who waits, as an actor may see it.
pub fn waiting(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Waiting> {
    let list = running_out(office, connection, actor, Past::default())?;
    waiting_of(connection, actor, &list)
}

/// The same for a list that has been read.
pub fn waiting_of(connection: &mut Connection, actor: &Actor, list: &RunningOut) -> Outcome<Waiting> {
    let told = |call: WaitingCall| Told {
        for_bed: call.for_bed,
        for_oxygen: call.for_oxygen,
        people: call.people(),
        said_by: Some(call.said_by),
        at: call.at,
        age: list.at - call.at,
    };
    let calls = record::open::<WaitingCall>(connection, actor.province)?;
    let mut calls: HashMap<Option<FacilityId>, Told> =
        calls.into_iter().map(|kept| (kept.content.facility, told(kept.content))).collect();
    let desk = calls.remove(&None).filter(|_| actor.sees_all());
    let mut lines: Vec<WaitingLine> = list
        .lines
        .iter()
        .map(|line| {
            let reported = line.census.and_then(|taken| {
                let people = taken.census.waiting?;
                let (at, age) = (taken.at, list.at - taken.at);
                Some(Told { for_bed: None, for_oxygen: None, people, said_by: None, at, age })
            });
            let called = calls.remove(&Some(line.facility));
            let told = [reported, called].into_iter().flatten().max_by_key(|told| told.at);
            WaitingLine { facility: line.facility, name: line.name.clone(), call: line.call.clone(), told }
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.told.as_ref().map(|told| told.people)));
    Ok(Waiting { at: list.at, lines, desk })
}
