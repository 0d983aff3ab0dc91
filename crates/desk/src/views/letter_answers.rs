//! What is written because of a letter: the report on how it was carried out, the reminder to whoever is overdue, the
//! letter that hands its tasks down. Facts come from the tasks as they stand; the words are `letters_out`'s.

use document::official::OfficialDocument;
use jiff::civil::Date;
use place::BodyId;
use place::body::BodyKind;
use quantity::{Moment, Span};
use store::Connection;

use super::papers::letters::writer;
use super::tasks::implementation::report_line;
use super::tasks::{Implementation as Carried, ReportLine, implementation};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::{Directive, DirectiveId};
use crate::letters::task::{Stage, Task};
use crate::letters_out::child::{Addressee, ChildLetter};
use crate::letters_out::implementation::Implementation;
use crate::letters_out::reminder::{BodyTasks, Reminder};
use crate::letters_out::{Cited, Due, TaskLine, TaskState, Tone, child, implementation as report, reminder};
use crate::office::Office;
use crate::papers::report::DeadlineWord;
use crate::record::{self, Kept};
use crate::registry::Registry;

/// What is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Báo cáo kết quả thực hiện: up, to whoever issued the letter.
    Implementation,
    /// Công văn đôn đốc: to the bodies that are overdue.
    Reminder,
    /// Công văn triển khai: down, to the bodies that the tasks are for.
    Child,
}

impl Answer {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Implementation, Self::Reminder, Self::Child];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Implementation => "implementation",
            Self::Reminder => "reminder",
            Self::Child => "child",
        }
    }

    /// The one of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Composes the paper; nothing is kept of it.
pub fn answer(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    letter: DirectiveId,
    kind: Answer,
) -> Outcome<OfficialDocument> {
    let carried = implementation(office, connection, actor, letter)?;
    let writer = writer(office, connection, actor)?;
    let registry = office.registry(connection, actor.province)?;
    let lines = match kind {
        // What was called off was never carried out and is not owed.
        Answer::Implementation => {
            carried.lines.iter().filter(|line| line.stage != Stage::Dropped).cloned().collect()
        }
        Answer::Reminder => carried.lines.iter().filter(|line| line.overdue).cloned().collect(),
        Answer::Child => handed_down(connection, actor, &registry, &carried)?,
    };
    let tasks = Tasks::of(connection, actor, lines)?;
    let cited = cited(&carried.letter.content);
    let today = Some(carried.now.date());
    let bodies = tasks.by_body(&registry, carried.now.date());
    let composed = match kind {
        Answer::Implementation => {
            let tasks = tasks.lines();
            report::compose(&Implementation { writer, letter: cited, today, tasks, ..Implementation::default() })
        }
        Answer::Reminder => {
            let bodies = bodies.into_iter().map(|(body, tone, tasks)| BodyTasks { body, tone, tasks }).collect();
            reminder::compose(&Reminder { writer, letter: cited, today, bodies, ..Reminder::default() })
        }
        Answer::Child => {
            let addressed = |(body, tone, tasks)| Addressee { body, tone, tasks, ..Addressee::default() };
            let bodies = bodies.into_iter().map(addressed).collect();
            child::compose(&ChildLetter { writer, above: cited, today, bodies, ..ChildLetter::default() })
        }
    };
    composed.map_err(Failure::refused)
}

/// What goes down: the open tasks of others, and below the department's own what it handed down to its units.
fn handed_down(
    connection: &mut Connection,
    actor: &Actor,
    registry: &Registry,
    carried: &Carried,
) -> Outcome<Vec<ReportLine>> {
    let own = department(registry);
    let mut lines = Vec::new();
    for line in carried.lines.iter().filter(|line| line.stage.is_open()) {
        let task = record::one(connection, actor.province, line.task)?.ok_or(Failure::NotFound)?;
        if task.content.body.is_none() || task.content.body != own {
            lines.push(line.clone());
            continue;
        }
        for below in task.content.life.below() {
            let below = record::one(connection, actor.province, below)?.filter(|task| task.content.stage.is_open());
            lines.extend(below.map(|task| report_line(&task, &[], carried.now)));
        }
    }
    Ok(lines)
}

fn department(registry: &Registry) -> Option<BodyId> {
    registry.body_of_kind(BodyKind::HealthDepartment).map(|body| body.id)
}

/// A letter as other papers name it.
fn cited(letter: &Directive) -> Cited {
    Cited {
        kind: letter.kind.clone().unwrap_or_default(),
        number: letter.called().unwrap_or_default().to_owned(),
        day: letter.date,
        issuer: letter.issuer.clone().unwrap_or_default(),
        subject: letter.subject.clone().unwrap_or_default(),
    }
}

/// The lines with the tasks behind them: their deadlines in words, whose they are.
struct Tasks(Vec<(ReportLine, Kept<Task>)>);

impl Tasks {
    fn of(connection: &mut Connection, actor: &Actor, lines: Vec<ReportLine>) -> Outcome<Self> {
        let mut tasks = Vec::with_capacity(lines.len());
        for line in lines {
            let task = record::one::<Task>(connection, actor.province, line.task)?.ok_or(Failure::NotFound)?;
            tasks.push((line, task));
        }
        Ok(Self(tasks))
    }

    fn lines(&self) -> Vec<TaskLine> {
        self.0.iter().map(|(line, task)| told(line, &task.content)).collect()
    }

    /// The lines by the bodies that they are for, in the order in which the bodies come; with how each is spoken to.
    fn by_body(&self, registry: &Registry, day: Date) -> Vec<(String, Tone, Vec<TaskLine>)> {
        let mut bodies: Vec<(String, Tone, Vec<TaskLine>)> = Vec::new();
        for (line, task) in &self.0 {
            let told = told(line, &task.content);
            match bodies.iter_mut().find(|(name, ..)| *name == line.owner) {
                Some((_, _, tasks)) => tasks.push(told),
                None => bodies.push((line.owner.clone(), tone(registry, task.content.body, day), vec![told])),
            }
        }
        bodies
    }
}

/// A task as a paper tells it.
fn told(line: &ReportLine, task: &Task) -> TaskLine {
    TaskLine {
        text: line.text.clone(),
        owner: line.owner.clone(),
        accountable: line.head.clone().unwrap_or_default(),
        with: task.partners.join(", "),
        due: due(task),
        state: match line.stage {
            Stage::Done => TaskState::Done,
            // What was handed in waits for whoever must look: it is not done yet.
            Stage::UnderWay | Stage::Submitted | Stage::Returned => TaskState::InProgress,
            Stage::Accepted => TaskState::NotDone,
            Stage::Assigned | Stage::Dropped => TaskState::Unknown,
        },
        percent: line.percent,
        done_on: line.submitted_at.filter(|_| line.stage == Stage::Done).map(Moment::date),
        evidence: line.evidence.clone(),
        product: String::new(),
        obstacle: line.obstacles.iter().map(|(words, _)| words.clone()).collect::<Vec<_>>().join("; "),
        proposal: String::new(),
    }
}

/// How the department speaks to a body: orders to its own units, requests to all others and to whom nobody knows.
fn tone(registry: &Registry, body: Option<BodyId>, day: Date) -> Tone {
    let (Some(from), Some(to)) = (department(registry), body) else { return Tone::Asks };
    registry.directory().authority(from, to, day).map_or(Tone::Asks, Tone::from)
}

/// A deadline with its word: what ends with a day «trước ngày» was printed before the next one.
fn due(task: &Task) -> Option<Due> {
    let due = task.due.as_ref()?;
    let ends_a_day = due.until + Span::micros(1) == Moment::start_of((due.until + Span::micros(1)).date());
    let before = ends_a_day && due.words.to_lowercase().starts_with("trước");
    let day = due.until.date();
    Some(match before {
        true => Due { word: DeadlineWord::Before, day: day.tomorrow().unwrap_or(day) },
        false => Due { word: DeadlineWord::AtLatest, day },
    })
}
