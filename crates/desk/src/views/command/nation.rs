//! The ministry's page (OX19): for each province whether its unit is founded, its plan complete, its reports
//! received, and how long its oxygen lasts. Sums only; no facility is named.
//!
//! A province's line is kept until its pulse moves, ten seconds at most: 34 provinces must not be summed anew
//! for every request.

use std::sync::Arc;

use jiff::civil::Date;
use oxygen::Standing;
use place::{Level, ProvinceId};
use protocol::{Asks, Checklist, Readiness};
use quantity::{Grams, Moment, Span};
use store::Connection;
use store::register::{self, CommandPost};

use super::MOST;
use crate::actor::Actor;
use crate::command::programme::{Milestone, Progress, is_complete, progress};
use crate::command::unit::{CoordinationUnit, HEAD};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Record};
use crate::rights::Capability;
use crate::views::running_out::{Past, running_out};

/// Without any report hours still pass: a sum is made anew after this.
const STANDS: Span = Span::seconds(10);

/// Hours of cover of a province's facilities, by the pessimistic end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cover {
    /// Of the facility that runs out first; zero where one has nothing left.
    pub worst: f64,
    /// Of the facility in the middle.
    pub median: f64,
}

/// What a command post adds up to.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// Its state.
    pub readiness: Readiness,
    /// The day its coordination unit was founded.
    pub unit_founded: Option<Date>,
    /// Whether the unit has a head today.
    pub has_head: bool,
    /// The province's own milestones that have a day, of how many.
    pub plan: (usize, usize),
    /// Whether the province's plan is complete.
    pub plan_complete: bool,
    /// Facilities whose plan is complete.
    pub facilities_complete: usize,
    /// Facilities.
    pub facilities: usize,
    /// Facilities heard from today.
    pub heard_today: usize,
    /// Hours of cover where anything is known.
    pub cover: Option<Cover>,
    /// Facilities whose hours nobody knows.
    pub unknown: usize,
    /// Oxygen in all stores that were ever read.
    pub stock: Option<Grams>,
    /// Facilities that have never been read.
    pub never_read: usize,
    /// Patients on oxygen, as last told.
    pub patients: Option<u32>,
    /// Facilities whose patients nobody has ever told.
    pub never_told: usize,
    /// Whether any of it is invented.
    pub simulated: bool,
}

/// One province of the country.
#[derive(Debug, Clone, PartialEq)]
pub struct NationLine {
    /// Its name.
    pub name: String,
    /// What its command post adds up to; none where there is no command post.
    pub sum: Option<Sum>,
}

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub struct Nation {
    /// Now, by the domain clock.
    pub now: Moment,
    /// Every province of today, in the register's order; those that run out first stand first.
    pub lines: Vec<NationLine>,
}

/// A province's sum as it was made.
#[derive(Debug)]
pub(crate) struct CachedSum {
    made_at: Moment,
    seq: i64,
    day: Date,
    sum: Sum,
}

/// The nation, for its own observers.
pub fn nation(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Nation> {
    if !actor.may(Capability::SeeNation) {
        return Err(Failure::Forbidden(Capability::SeeNation));
    }
    // The right alone is not enough: an account of one province sees that province.
    if !actor.province.is_nation() || !actor.sees_all() {
        return Err(Failure::NotFound);
    }
    let now = office.now(connection)?;
    let today = now.date();
    let open = |post: &CommandPost| post.opened_on <= today && post.closed_on.is_none_or(|end| today < end);
    let posts: Vec<CommandPost> = register::command_posts(connection)?.into_iter().filter(open).collect();
    let areas = office.areas();
    let list = Checklist::programme_4308().map_err(Failure::refused)?;
    let mut lines = Vec::new();
    for area in areas.level_on(Level::Province, today) {
        let code = area.code.to_string();
        let post = posts.iter().find(|post| post.area_code == code);
        let sum = post.map(|post| sum_of(office, connection, post.province, today, &list)).transpose()?;
        lines.push(NationLine { name: area.name.to_string(), sum: sum.map(|sum| sum.sum.clone()) });
    }
    let urgency = |line: &NationLine| match &line.sum {
        Some(sum) => (0, sum.cover.map_or(f64::MAX, |cover| cover.worst)),
        None => (1, 0.0),
    };
    lines.sort_by(|left, right| {
        let (left, right) = (urgency(left), urgency(right));
        left.0.cmp(&right.0).then(left.1.total_cmp(&right.1))
    });
    Ok(Nation { now, lines })
}

fn sum_of(
    office: &Office,
    connection: &mut Connection,
    province: ProvinceId,
    today: Date,
    list: &Checklist,
) -> Outcome<Arc<CachedSum>> {
    let seq = register::pulse(connection, province)?.seq;
    let real = office.real_now();
    if connection.lens().is_some() {
        let sum = add_up(office, connection, province, today, list)?;
        return Ok(Arc::new(CachedSum { made_at: real, seq, day: today, sum }));
    }
    if let Some(cached) = office.cached_sum(province) {
        let age = real - cached.made_at;
        if cached.seq == seq && cached.day == today && (Span::ZERO..STANDS).contains(&age) {
            return Ok(cached);
        }
    }
    let sum = add_up(office, connection, province, today, list)?;
    let cached = Arc::new(CachedSum { made_at: real, seq, day: today, sum });
    office.cache_sum(province, Arc::clone(&cached));
    Ok(cached)
}

fn add_up(
    office: &Office,
    connection: &mut Connection,
    province: ProvinceId,
    today: Date,
    checklist: &Checklist,
) -> Outcome<Sum> {
    let board = running_out(office, connection, &Actor::program(province), Past::default())?;
    let unit = record::of_code::<CoordinationUnit>(connection, province, CoordinationUnit::KIND)?;
    let milestones: Vec<Milestone> =
        record::newest::<Milestone>(connection, province, MOST)?.into_iter().map(|kept| kept.content).collect();
    let of = |facility, key: &str| {
        milestones.iter().find(|milestone| milestone.facility == facility && milestone.key == key)
    };
    let own: Vec<Progress> =
        checklist.asking(Asks::Province).map(|item| progress(of(None, &item.key), today)).collect();
    let mut hours: Vec<f64> = board
        .lines
        .iter()
        .filter_map(|line| match line.outlook.rank.standing {
            Standing::Empty => Some(0.0),
            _ => line.outlook.hours.map(|hours| hours.low),
        })
        .collect();
    hours.sort_by(f64::total_cmp);
    let idle = board.lines.iter().filter(|line| line.outlook.rank.standing == Standing::Idle).count();
    let read = || board.lines.iter().filter(|line| line.outlook.read_at.is_some());
    let told = || board.lines.iter().filter_map(|line| line.census.as_ref());
    let complete = |line: &&crate::views::running_out::Line| {
        is_complete(checklist, Asks::Facility, |key| of(Some(line.facility), key), today)
    };
    Ok(Sum {
        readiness: board.readiness,
        has_head: unit
            .as_ref()
            .is_some_and(|kept| kept.content.members.iter().any(|member| member.seat == HEAD && member.sits_on(today))),
        unit_founded: unit.map(|kept| kept.content.founding.issued_on),
        plan: (own.iter().filter(|one| **one != Progress::Unplanned).count(), own.len()),
        plan_complete: own.iter().all(|one| *one != Progress::Unplanned),
        facilities_complete: board.lines.iter().filter(complete).count(),
        facilities: board.lines.len(),
        heard_today: board
            .lines
            .iter()
            .filter(|line| line.outlook.silence.heard_at.is_some_and(|at| at.date() == today))
            .count(),
        cover: hours.first().map(|worst| Cover { worst: *worst, median: hours[hours.len() / 2] }),
        unknown: board.lines.len() - hours.len() - idle,
        stock: (read().count() > 0).then(|| read().map(|line| line.outlook.stock).sum()),
        never_read: board.lines.len() - read().count(),
        patients: (told().count() > 0).then(|| told().map(|taken| taken.census.patients()).sum()),
        never_told: board.lines.len() - told().count(),
        simulated: board.lines.iter().any(|line| line.simulated),
    })
}
