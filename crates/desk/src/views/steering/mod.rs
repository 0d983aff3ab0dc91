//! What is seen of meetings, inspections, corrective actions, plans, bulletins and cases. Each view asks for a right;
//! all of it is the whole province's.

pub mod bulletin;
pub mod cases;
pub mod corrections;
pub mod inspections;
pub mod meetings;
pub mod plans;

use std::collections::HashMap;
use std::sync::Arc;

use place::BodyId;
use quantity::{Id, Moment};
use store::Connection;

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::Task;
use crate::letters::task::{Stage, TaskId};
use crate::letters_out::Writer;
use crate::office::Office;
use crate::papers::letter_out::short;
use crate::papers::report::OfficialReport;
use crate::record::{self, RecordId};
use crate::registry::Registry;
use crate::rights::Capability;
use crate::steering::Line;

/// More records of one kind than a page goes through.
const MOST: i64 = 5_000;

/// That an actor has a right and sees the whole province.
fn must(actor: &Actor, needed: Capability) -> Outcome<()> {
    if !actor.may(needed) {
        return Err(Failure::Forbidden(needed));
    }
    if actor.sees_all() { Ok(()) } else { Err(Failure::NotFound) }
}

/// The moment and the register, for whoever has a right and sees the whole province.
fn begin(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    needed: Capability,
) -> Outcome<(Moment, Arc<Registry>)> {
    must(actor, needed)?;
    Ok((office.now(connection)?, office.registry(connection, actor.province)?))
}

/// Who writes the papers of a meeting or plan: the health department.
fn writer(registry: &Registry, simulated: bool) -> Writer {
    let province = registry.post().map_or_else(String::new, |post| post.name.clone());
    let place = province.strip_prefix("Tỉnh ").or_else(|| province.strip_prefix("Thành phố ")).unwrap_or(&province);
    Writer {
        parent: Some(crate::papers::whose::above(registry)),
        issuer: short(&super::daily_report::issuer(registry), place).to_owned(),
        issuer_code: "SYT".to_owned(),
        unit: String::new(),
        place: place.to_owned(),
        simulated,
    }
}

/// A paper that was drafted from a record: its key and what it is called.
pub type Drafted = (RecordId<OfficialReport>, String);

/// The papers that were drafted about a record, newest first, for whoever sees papers.
fn papers_about(connection: &mut Connection, actor: &Actor, about: Id) -> Outcome<Vec<Drafted>> {
    if !actor.may(Capability::ExportFigures) {
        return Ok(Vec::new());
    }
    let papers = record::newest::<OfficialReport>(connection, actor.province, 400)?;
    let ours = papers.into_iter().filter_map(|kept| {
        let letter = kept.content.letter.filter(|letter| letter.about == Some(about))?;
        Some((kept.id, letter.title))
    });
    Ok(ours.collect())
}

/// A task of a line, as far as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskSeen {
    /// Which.
    pub id: TaskId,
    /// Whose.
    pub body: String,
    /// How far.
    pub stage: Stage,
    /// Whether it is overdue.
    pub overdue: bool,
}

/// A line with the names of its bodies and its tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineSeen {
    /// The line.
    pub line: Line,
    /// The bodies that its owner means, by name.
    pub bodies: Vec<String>,
    /// Its tasks.
    pub tasks: Vec<TaskSeen>,
}

impl LineSeen {
    /// Whether it was given out and all its tasks are done.
    pub fn is_done(&self) -> bool {
        !self.tasks.is_empty() && self.tasks.iter().all(|task| task.stage == Stage::Done)
    }

    /// Whether one of its tasks is overdue.
    pub fn is_overdue(&self) -> bool {
        self.tasks.iter().any(|task| task.overdue)
    }
}

/// What lines are looked at with.
struct Looking<'l> {
    names: HashMap<BodyId, &'l str>,
    now: Moment,
}

impl<'l> Looking<'l> {
    fn new(registry: &'l Registry, now: Moment) -> Self {
        Self { names: registry.bodies().iter().map(|body| (body.id, body.name.as_str())).collect(), now }
    }

    fn line(&self, connection: &mut Connection, actor: &Actor, line: &Line) -> Outcome<LineSeen> {
        let name = |id: &BodyId| self.names.get(id).map(|name| (*name).to_owned());
        let mut tasks = Vec::with_capacity(line.tasks.len());
        for id in &line.tasks {
            // A task that was recorded after the moment that is looked back to is not there yet.
            let Some(kept) = record::one::<Task>(connection, actor.province, *id)? else { continue };
            let task = kept.content;
            let overdue = task.is_overdue(self.now);
            tasks.push(TaskSeen { id: *id, body: task.body_name, stage: task.stage, overdue });
        }
        Ok(LineSeen { line: line.clone(), bodies: line.owner.bodies.iter().filter_map(name).collect(), tasks })
    }

    fn lines<'a>(
        &self,
        connection: &mut Connection,
        actor: &Actor,
        lines: impl IntoIterator<Item = &'a Line>,
    ) -> Outcome<Vec<LineSeen>> {
        lines.into_iter().map(|line| self.line(connection, actor, line)).collect()
    }
}
