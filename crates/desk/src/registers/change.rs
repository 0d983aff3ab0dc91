//! What a row of a file would do: operations of its register, tried without a trace or done.

use std::sync::Arc;

use crate::actor::Actor;
use crate::failure::Outcome;
use crate::office::Office;
use crate::operation::{IdempotencyKey, Operation};

/// Whether something is tried or done; done under keys that begin so.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mode<'k> {
    /// Leaves nothing behind.
    Rehearse,
    /// Under a key.
    Write(&'k str),
}

type Run = Arc<dyn Fn(&Office, &Actor, Mode<'_>) -> Outcome<()> + Send + Sync>;

/// One or more operations, one after the other.
#[derive(Clone)]
pub(crate) struct Change {
    runs: Vec<Run>,
    /// Rows of a file that say the same of one thing do it once.
    pub once: Option<String>,
}

impl Change {
    /// An operation, made anew for each try.
    pub fn of<O: Operation>(make: impl Fn(Option<IdempotencyKey>) -> O + Send + Sync + 'static) -> Self {
        let run: Run = Arc::new(move |office, actor, mode| match mode {
            Mode::Rehearse => office.rehearse_blocking(actor.clone(), make(None)),
            Mode::Write(key) => office.perform_blocking(actor.clone(), make(IdempotencyKey::new(key))).map(drop),
        });
        Self { runs: vec![run], once: None }
    }

    /// Nothing to be done: the row says what stands.
    pub fn nothing() -> Self {
        Self { runs: Vec::new(), once: None }
    }

    /// Whether there is nothing to be done.
    pub fn is_nothing(&self) -> bool {
        self.runs.is_empty()
    }

    /// This, then another.
    pub fn and(mut self, other: Self) -> Self {
        self.runs.extend(other.runs);
        self.once = self.once.zip(other.once).map(|(one, other)| format!("{one} {other}"));
        self
    }

    /// Once in a file, however many rows say it.
    pub fn once(mut self, what: String) -> Self {
        self.once = Some(what);
        self
    }

    /// Tries or does it.
    pub fn run(&self, office: &Office, actor: &Actor, mode: Mode<'_>) -> Outcome<()> {
        for (place, run) in self.runs.iter().enumerate() {
            match mode {
                Mode::Rehearse => run(office, actor, Mode::Rehearse)?,
                Mode::Write(key) => run(office, actor, Mode::Write(&format!("{key}-{place}")))?,
            }
        }
        Ok(())
    }
}
