//! The digest of a morning: what a leader reads before the first meeting.

use quantity::{Moment, Span};
use store::Connection;

use super::obstacles::{ObstacleLine, obstacles};
use super::{Asked, Line, Tasks, tasks};
use crate::actor::Actor;
use crate::failure::Outcome;
use crate::letters::life::judged::Urgency;
use crate::office::Office;

/// What a leader reads in the morning.
#[derive(Debug, Clone)]
pub struct Digest {
    /// Now, by the domain clock.
    pub now: Moment,
    /// Given out since the morning before.
    pub new: Vec<Line>,
    /// Due within the days of the first reminder.
    pub soon: Vec<Line>,
    /// Overdue, by body: the most first.
    pub overdue: Vec<(String, Vec<Line>)>,
    /// Handed in: somebody must look.
    pub waiting: Vec<Line>,
    /// Unanswered obstacles and proposals.
    pub obstacles: Vec<ObstacleLine>,
    /// Days within which a task is due soon.
    pub soon_days: i64,
    /// Whether there are more than were read.
    pub cut: bool,
}

impl Digest {
    /// How many are overdue.
    pub fn overdue_count(&self) -> usize {
        self.overdue.iter().map(|(_, lines)| lines.len()).sum()
    }

    fn of(found: Tasks, obstacles: Vec<ObstacleLine>) -> Self {
        let since = found.now - Span::days(1);
        let of = |wanted: Urgency| -> Vec<Line> {
            found.lines.iter().filter(|line| line.urgency == wanted).cloned().collect()
        };
        let mut overdue: Vec<(String, Vec<Line>)> = Vec::new();
        for line in of(Urgency::Overdue) {
            let name = line.kept.content.body_name.clone();
            match overdue.iter_mut().find(|(known, _)| *known == name) {
                Some((_, lines)) => lines.push(line),
                None => overdue.push((name, vec![line])),
            }
        }
        overdue.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.len()));
        Self {
            now: found.now,
            new: found.lines.iter().filter(|line| line.kept.content.assigned_at > since).cloned().collect(),
            soon: of(Urgency::Soon),
            waiting: of(Urgency::Waiting),
            overdue,
            obstacles,
            soon_days: found.soon_days,
            cut: found.cut,
        }
    }
}

/// The digest of now, of the tasks in the actor's scope.
pub fn digest(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Digest> {
    let found = tasks(office, connection, actor, Asked::default())?;
    let obstacles = obstacles(office, connection, actor)?.open;
    Ok(Digest::of(found, obstacles))
}
