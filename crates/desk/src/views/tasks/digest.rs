//! The digest of a morning: what a leader reads before the first meeting.

use quantity::{Moment, Span};
use store::Connection;

use super::obstacles::{ObstacleLine, obstacles};
use super::{Asked, Line, Tasks, list, tasks};
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::letters::life::judged::Urgency;
use crate::office::Office;

/// What a leader reads in the morning. Of each heading a page is shown, and how many there are.
#[derive(Debug, Clone)]
pub struct Digest {
    /// Now, by the domain clock.
    pub now: Moment,
    /// Given out since the morning before and still open, the last first.
    pub new: Vec<Line>,
    /// Whether there are more of them than are listed; how many is not known.
    pub more_new: bool,
    /// Due within the days of the first reminder.
    pub soon: Vec<Line>,
    /// How many are due so.
    pub soon_count: usize,
    /// Those that are overdue longest, by body: the most of them first.
    pub overdue: Vec<(String, Vec<Line>)>,
    /// How many are overdue, shown or not.
    pub overdue_all: usize,
    /// Handed in: somebody must look.
    pub waiting: Vec<Line>,
    /// How many wait so.
    pub waiting_count: usize,
    /// Unanswered obstacles and proposals.
    pub obstacles: Vec<ObstacleLine>,
    /// Days within which a task is due soon.
    pub soon_days: i64,
    /// Whether there are more than were read.
    pub cut: bool,
}

impl Digest {
    /// How many are overdue.
    pub const fn overdue_count(&self) -> usize {
        self.overdue_all
    }
}

fn by_body(lines: Vec<Line>) -> Vec<(String, Vec<Line>)> {
    let mut bodies: Vec<(String, Vec<Line>)> = Vec::new();
    for line in lines {
        let name = line.kept.content.body_name.clone();
        match bodies.iter_mut().find(|(known, _)| *known == name) {
            Some((_, lines)) => lines.push(line),
            None => bodies.push((name, vec![line])),
        }
    }
    bodies.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
    bodies
}

/// The digest of now, of the tasks in the actor's scope.
pub fn digest(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Digest> {
    let mut of = |urgency: Urgency| -> Outcome<Tasks> {
        tasks(office, connection, actor, Asked { urgency: Some(urgency), ..Asked::default() })
    };
    let (overdue, soon, waiting) = (of(Urgency::Overdue)?, of(Urgency::Soon)?, of(Urgency::Waiting)?);
    let (new, more_new) = list::given_out_since(office, connection, actor, overdue.now - Span::days(1))?;
    let obstacles = obstacles(office, connection, actor)?.open;
    let count = |found: &Tasks| found.all.unwrap_or(found.lines.len());
    Ok(Digest {
        now: overdue.now,
        soon_days: overdue.soon_days,
        soon_count: count(&soon),
        waiting_count: count(&waiting),
        overdue_all: count(&overdue),
        cut: more_new || [&overdue, &soon, &waiting].into_iter().any(|found| found.cut || found.next.is_some()),
        overdue: by_body(overdue.lines),
        soon: soon.lines,
        waiting: waiting.lines,
        new,
        more_new,
        obstacles,
    })
}
