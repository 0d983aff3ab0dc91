//! What a task is.

use serde::{Deserialize, Serialize};

use crate::deadline::Deadline;
use crate::duty::{Officer, Part};
use crate::text::Found;

/// One task as the letter gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Who is to do it, as the text names it; `None` where it does not say.
    pub owner: Option<Found<String>>,
    /// The owner gets a task and is not addressed: somebody must tell him.
    pub owner_is_unaddressed: bool,
    /// What the owner does in it.
    pub part: Part,
    /// The order, word for word, with its place.
    pub text: Found<String>,
    /// Inline (1) (2) (3).
    pub subtasks: Vec<Found<String>>,
    /// Whom the owner must direct.
    pub executors: Vec<Found<String>>,
    /// With whom.
    pub partners: Vec<Found<String>>,
    /// The head who answers for it.
    pub accountable: Vec<Found<String>>,
    /// Officers named by field.
    pub officers: Vec<Found<Officer>>,
    /// Until when, as printed.
    pub deadlines: Vec<Found<Deadline>>,
    /// Words of haste: a leader may set a day, nothing is overdue before.
    pub haste: Vec<Found<String>>,
    /// To whom it is reported.
    pub report_to: Option<Found<String>>,
    /// To whom something is submitted: «trình Ủy ban nhân dân tỉnh».
    #[serde(default)]
    pub submit_to: Option<Found<String>>,
}

/// Orders: tasks, and what stands above them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// In the order of the text.
    pub tasks: Vec<Task>,
    /// Orders that open a letter with numbered headings: goals, not tasks.
    pub goals: Vec<Found<String>>,
}
