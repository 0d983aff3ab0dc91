//! Inspections (DT12, GS10): planned against done, what was found, how often the lines are met over time.

use jiff::civil::Date;
use protocol::Checklist;
use store::Connection;

use super::{LineSeen, Looking, MOST, begin, must};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept};
use crate::rights::Capability;
use crate::steering::inspection::{Inspection, InspectionId, InspectionPlan};

/// One body of a plan, with the newest visit within it.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Its name.
    pub name: String,
    /// The newest visit.
    pub visit: Option<(InspectionId, Date, Option<f64>)>,
    /// What its visits within the plan found and is not mended yet.
    pub open: usize,
}

/// A plan with how far it is.
#[derive(Debug, Clone)]
pub struct PlanSeen {
    /// The plan.
    pub plan: Kept<InspectionPlan>,
    /// Its bodies.
    pub targets: Vec<Planned>,
}

impl PlanSeen {
    /// How many were looked at.
    pub fn done(&self) -> usize {
        self.targets.iter().filter(|target| target.visit.is_some()).count()
    }
}

/// One body under one list: its visits, newest first.
#[derive(Debug, Clone)]
pub struct OverTime {
    /// Its name.
    pub name: String,
    /// By which list: the title.
    pub checklist: String,
    /// Each visit with its share.
    pub visits: Vec<(InspectionId, Date, Option<f64>)>,
    /// Findings whose remedy is not done.
    pub open: usize,
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Inspections {
    /// Today, by the domain clock.
    pub today: Date,
    /// The lists.
    pub lists: Vec<Checklist>,
    /// Plans, the newest first.
    pub plans: Vec<PlanSeen>,
    /// Bodies by list, the least met first.
    pub over_time: Vec<OverTime>,
    /// Recounts of oxygen, which have a page of their own.
    pub recounts: usize,
}

/// All inspections.
pub fn inspections(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Inspections> {
    let (now, registry) = begin(office, connection, actor, Capability::KeepCommand)?;
    let looking = Looking::new(&registry, now);
    let lists = Checklist::inspections().map_err(Failure::refused)?;
    let mut visits: Vec<(Kept<Inspection>, usize)> = Vec::new();
    for kept in record::newest::<Inspection>(connection, actor.province, MOST)? {
        let lines = looking.lines(connection, actor, kept.content.found.iter().map(|found| &found.remedy))?;
        let open = lines.iter().filter(|line| !line.line.left_out && !line.is_done()).count();
        visits.push((kept, open));
    }
    visits.sort_by_key(|(kept, _)| std::cmp::Reverse((kept.content.on, kept.recorded_at)));
    let mut plans = Vec::new();
    for plan in record::newest::<InspectionPlan>(connection, actor.province, MOST)? {
        let all_of_plan = |name: &str| {
            let name = name.to_owned();
            let of_plan = move |kept: &Inspection| kept.plan == Some(plan.id) && kept.target.name == name;
            visits.iter().filter(move |(kept, _)| of_plan(&kept.content))
        };
        let targets = plan.content.targets.iter().map(|target| {
            let visit = all_of_plan(&target.name).next();
            Planned {
                name: target.name.clone(),
                visit: visit.map(|(kept, _)| (kept.id, kept.content.on, kept.content.share())),
                open: all_of_plan(&target.name).map(|(_, open)| open).sum(),
            }
        });
        plans.push(PlanSeen { targets: targets.collect(), plan });
    }
    let mut over_time: Vec<OverTime> = Vec::new();
    for (kept, open) in &visits {
        let visit = &kept.content;
        let title = lists.iter().find(|list| list.id == visit.checklist);
        let title = title.map_or_else(|| visit.checklist.clone(), |list| list.title.clone());
        let row = over_time.iter_mut().find(|row| row.name == visit.target.name && row.checklist == title);
        let seen = (kept.id, visit.on, visit.share());
        match row {
            Some(row) => {
                row.visits.push(seen);
                row.open += open;
            }
            None => over_time.push(OverTime {
                name: visit.target.name.clone(),
                checklist: title,
                visits: vec![seen],
                open: *open,
            }),
        }
    }
    let share = |row: &OverTime| row.visits.first().and_then(|(_, _, share)| *share).unwrap_or(f64::INFINITY);
    over_time.sort_by(|left, right| share(left).total_cmp(&share(right)));
    let recounts = record::newest::<crate::command::recount::Recount>(connection, actor.province, MOST)?.len();
    Ok(Inspections { today: now.date(), lists, plans, over_time, recounts })
}

/// One visit.
#[derive(Debug, Clone)]
pub struct InspectionInFull {
    /// Today, by the domain clock.
    pub today: Date,
    /// The visit.
    pub visit: Kept<Inspection>,
    /// Its list.
    pub list: Option<Checklist>,
    /// The remedies, in the order of what was found.
    pub remedies: Vec<LineSeen>,
    /// The plan's name.
    pub plan: Option<String>,
    /// Visits of the same body by the same list, this one too, oldest first.
    pub others: Vec<(InspectionId, Date, Option<f64>)>,
}

/// One visit.
pub fn inspection(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: InspectionId,
) -> Outcome<InspectionInFull> {
    let (now, registry) = begin(office, connection, actor, Capability::KeepCommand)?;
    let visit = record::one::<Inspection>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let remedies = visit.content.found.iter().map(|found| &found.remedy);
    let remedies = Looking::new(&registry, now).lines(connection, actor, remedies)?;
    let plan = match visit.content.plan {
        Some(plan) => record::one(connection, actor.province, plan)?.map(|kept| kept.content.title),
        None => None,
    };
    let all = record::newest::<Inspection>(connection, actor.province, MOST)?;
    let same = |one: &&Kept<Inspection>| {
        one.content.target == visit.content.target && one.content.checklist == visit.content.checklist
    };
    let mut others: Vec<_> = all.iter().filter(same).map(|one| (one.id, one.content.on, one.content.share())).collect();
    others.sort_by_key(|(_, on, _)| *on);
    let lists = Checklist::inspections().map_err(Failure::refused)?;
    let list = lists.into_iter().find(|list| list.id == visit.content.checklist);
    Ok(InspectionInFull { today: now.date(), list, remedies, plan, others, visit })
}

/// The picture of something that was found: its media type and bytes.
pub fn photo(connection: &mut Connection, actor: &Actor, id: InspectionId, place: usize) -> Outcome<(String, Vec<u8>)> {
    must(actor, Capability::KeepCommand)?;
    let visit = record::one::<Inspection>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let digest = visit.content.found.get(place).and_then(|found| found.photo.clone()).ok_or(Failure::NotFound)?;
    record::kept_file(connection, actor.province, &digest)
}
