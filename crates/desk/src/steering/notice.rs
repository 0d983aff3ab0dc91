//! What a notice of conclusions («Thông báo kết luận») and the paper of a forward plan say, ready to be laid out by
//! whoever writes letters: plain words, no keys.

use jiff::civil::Date;
use quantity::Moment;
use quantity::time::show_date;
use serde::{Deserialize, Serialize};

use super::line::Line;
use super::meeting::Meeting;
use super::plan::ForwardPlan;

/// One order of such a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// From 1.
    pub number: usize,
    /// The order, word for word.
    pub text: String,
    /// Whoever does it, as it was said; may be empty.
    pub owner: String,
    /// The head who answers for it.
    pub head: Option<String>,
    /// The deadline as it is to be printed: its own words, or «chậm nhất ngày 30/11/2026».
    pub deadline: Option<String>,
}

/// All that a notice of conclusions needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConclusionNotice {
    /// What the meeting was about.
    pub subject: String,
    /// When it was held.
    pub held_at: Moment,
    /// Where.
    pub place: String,
    /// Who was in the chair, with his post.
    pub chair: String,
    /// Who came, as written.
    pub attendees: Vec<String>,
    /// Reports heard: who, about what.
    pub heard: Vec<(String, String)>,
    /// What was found of the situation; may be empty.
    pub assessment: String,
    /// The conclusions that were not left out.
    pub conclusions: Vec<Order>,
    /// Its figures and people are invented.
    pub simulated: bool,
}

/// All that the paper of a forward plan needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanPaper {
    /// What it is called.
    pub title: String,
    /// First and last day.
    pub period: (Date, Date),
    /// Its items that were not left out; those carried over say so in `carried`.
    pub items: Vec<Order>,
    /// Numbers of the items that come from the period before.
    pub carried: Vec<usize>,
    /// Its people are invented.
    pub simulated: bool,
}

fn orders<'l>(lines: impl Iterator<Item = &'l Line>) -> Vec<Order> {
    let order = |(number, line): (usize, &Line)| Order {
        number,
        text: line.text.clone(),
        owner: line.owner.name.clone(),
        head: line.head.clone(),
        deadline: match (line.due_words.as_str(), line.last_day) {
            ("", day) => day.map(|day| format!("chậm nhất ngày {}", show_date(day))),
            (words, _) => Some(words.to_owned()),
        },
    };
    (1..).zip(lines).map(order).collect()
}

impl ConclusionNotice {
    /// What the notice of a meeting says.
    pub fn of(meeting: &Meeting) -> Self {
        Self {
            subject: meeting.subject.clone(),
            held_at: meeting.held_at,
            place: meeting.place.clone(),
            chair: meeting.chair.clone(),
            attendees: meeting.attendees.iter().map(|one| one.name.clone()).collect(),
            heard: meeting.heard.iter().map(|heard| (heard.by.clone(), heard.about.clone())).collect(),
            assessment: meeting.assessment.clone(),
            conclusions: orders(meeting.conclusions.iter().filter(|line| !line.left_out)),
            simulated: meeting.simulated,
        }
    }
}

impl PlanPaper {
    /// What the paper of a plan says.
    pub fn of(plan: &ForwardPlan) -> Self {
        let kept: Vec<_> = plan.items.iter().filter(|item| !item.line.left_out).collect();
        let carried = (1..).zip(&kept).filter(|(_, item)| item.carried_from.is_some()).map(|(number, _)| number);
        Self {
            title: plan.title.clone(),
            period: (plan.from, plan.to),
            carried: carried.collect(),
            items: orders(kept.iter().map(|item| &item.line)),
            simulated: plan.simulated,
        }
    }
}
