//! Programme 4308: the decision, who has no complete plan, each milestone (OX01).

use jiff::civil::Date;
use place::FacilityId;
use protocol::{Asks, Checklist};
use store::Connection;

use super::{MOST, may_look, seen};
use crate::actor::Actor;
use crate::command::programme::{Milestone, Programme, Progress, is_complete, progress};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Record};

/// One line of somebody's plan.
#[derive(Debug, Clone)]
pub struct LineView {
    /// Key of the line.
    pub key: String,
    /// Its title.
    pub title: String,
    /// How far it is.
    pub progress: Progress,
    /// What was entered.
    pub milestone: Option<Milestone>,
    /// Whether nobody has confirmed the line.
    pub unconfirmed: bool,
}

/// The plan of the province or of a facility.
#[derive(Debug, Clone)]
pub struct PlanView {
    /// The facility; none for the province.
    pub facility: Option<FacilityId>,
    /// Its name.
    pub name: String,
    /// Its lines.
    pub lines: Vec<LineView>,
    /// Whether every line has a day.
    pub complete: bool,
}

impl PlanView {
    /// How many lines nobody has given a day.
    pub fn unplanned(&self) -> usize {
        self.lines.iter().filter(|line| line.progress == Progress::Unplanned).count()
    }

    /// How many lines are past their day.
    pub fn late(&self) -> usize {
        self.lines.iter().filter(|line| matches!(line.progress, Progress::Late(_))).count()
    }

    /// How many lines are reached.
    pub fn reached(&self) -> usize {
        self.lines.iter().filter(|line| matches!(line.progress, Progress::Reached(_))).count()
    }
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ProgrammeView {
    /// Today, by the domain clock.
    pub today: Date,
    /// The list and its source.
    pub list: Checklist,
    /// The decision.
    pub programme: Option<Programme>,
    /// The province's plan first, then facilities: those without complete plan first.
    pub plans: Vec<PlanView>,
}

/// The programme as an actor may see it.
pub fn programme(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<ProgrammeView> {
    may_look(actor)?;
    let today = office.now(connection)?.date();
    let registry = office.registry(connection, actor.province)?;
    let list = Checklist::programme_4308().map_err(Failure::refused)?;
    let known = record::newest::<Milestone>(connection, actor.province, MOST)?;
    let plan = |facility: Option<FacilityId>, name: String, level: Asks| {
        let of = |key: &str| {
            let mut mine = known.iter().map(|kept| &kept.content);
            mine.find(|milestone| milestone.facility == facility && milestone.key == key)
        };
        let line = |item: &protocol::checklist::Item| LineView {
            key: item.key.clone(),
            title: item.title.clone(),
            progress: progress(of(&item.key), today),
            milestone: of(&item.key).cloned(),
            unconfirmed: list.is_unconfirmed(item),
        };
        let complete = is_complete(&list, level, of, today);
        PlanView { facility, name, lines: list.asking(level).map(line).collect(), complete }
    };
    let mut facilities: Vec<PlanView> = seen(&registry, actor, today)
        .into_iter()
        .map(|facility| plan(Some(facility.id), facility.body.name.clone(), Asks::Facility))
        .collect();
    facilities.sort_by_key(|plan| (plan.complete, std::cmp::Reverse(plan.unplanned())));
    let mut plans = Vec::with_capacity(facilities.len() + 1);
    if actor.sees_all() {
        let name = registry.post().map_or_else(String::new, |post| post.name.clone());
        plans.push(plan(None, name, Asks::Province));
    }
    plans.extend(facilities);
    let programme = record::of_code::<Programme>(connection, actor.province, Programme::KIND)?;
    Ok(ProgrammeView { today, list, programme: programme.map(|kept| kept.content), plans })
}
