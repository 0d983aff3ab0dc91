//! The plan of the coming period (DT20): what stands in the way, who clears it until when, and what became of it.

use jiff::civil::Date;
use quantity::Moment;
use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::record::{Record, RecordId};

/// Where a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Being written.
    Draft,
    /// Its items are given out.
    InForce,
    /// Its period was settled, or its undone items were carried on.
    Settled,
}

/// What became of an item, as a person said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Became {
    /// Whether it was done.
    pub done: bool,
    /// What shows it, or why not.
    pub words: String,
    /// When it was said.
    pub on: Date,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Item {
    /// What is done, by whom, until when.
    pub line: Line,
    /// The plan and item, from 0, that it goes on from; the tasks of that item go on too.
    pub carried_from: Option<(PlanId, u32)>,
    /// What became of it.
    pub became: Option<Became>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForwardPlan {
    /// Where it stands.
    pub standing: Standing,
    /// What it is called, «Kế hoạch xử lý vướng mắc tuần 48».
    pub title: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Its items.
    pub items: Vec<Item>,
    /// Who put it in force, and when.
    pub confirmed: Option<(String, Moment)>,
    /// Who wrote it.
    pub written_by: String,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for ForwardPlan {
    const KIND: &'static str = "forward_plan";

    fn due_at(&self) -> Option<Moment> {
        self.to.tomorrow().ok().map(Moment::start_of)
    }

    fn is_open(&self) -> bool {
        self.standing != Standing::Settled
    }
}

/// The key of a plan.
pub type PlanId = RecordId<ForwardPlan>;
