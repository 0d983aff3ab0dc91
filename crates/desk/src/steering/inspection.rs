//! Inspections (DT12, GS10): who looks at which bodies in a period, what was ticked on the list, what was found, what
//! must be mended. A share of lines that were met is no mark for people: it says where help is needed.

use jiff::civil::Date;
use place::BodyId;
use quantity::Moment;
use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::record::{Record, RecordId};

/// A body that is to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Its name.
    pub name: String,
    /// Which, where it stands in the register: an enterprise or a house of worship does not.
    pub body: Option<BodyId>,
}

/// A plan of inspections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionPlan {
    /// What it is called.
    pub title: String,
    /// Who inspects, «Ban Chỉ đạo phòng, chống dịch xã …».
    pub inspector: String,
    /// By which list: its stable name and version.
    pub checklist: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Whom.
    pub targets: Vec<Target>,
    /// Who planned it.
    pub written_by: String,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for InspectionPlan {
    const KIND: &'static str = "inspection_plan";

    fn due_at(&self) -> Option<Moment> {
        self.to.tomorrow().ok().map(Moment::start_of)
    }
}

/// The key of a plan of inspections.
pub type InspectionPlanId = RecordId<InspectionPlan>;

/// What was seen of a line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// Does not apply here.
    NotHere,
}

impl Seen {
    /// All of them.
    pub const ALL: &[Self] = &[Self::Met, Self::NotMet, Self::NotHere];

    /// Its stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::NotHere => "not_here",
        }
    }

    /// The one of a stable name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

/// A line of the list as it was ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticked {
    /// The line's stable name.
    pub key: String,
    /// What was seen.
    pub seen: Seen,
}

/// Something that was found, with what mends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What.
    pub what: String,
    /// A picture: SHA-256 in hexadecimal, under which it is kept.
    pub photo: Option<String>,
    /// What mends it, who, until when.
    pub remedy: Line,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// The plan it belongs to; none for one that nobody planned.
    pub plan: Option<InspectionPlanId>,
    /// The visit it looks at again.
    pub again_of: Option<InspectionId>,
    /// By which list: its stable name and version.
    pub checklist: String,
    /// Whom.
    pub target: Target,
    /// The day.
    pub on: Date,
    /// Who looked.
    pub by: String,
    /// What was ticked; a line that nobody ticked is unknown.
    pub ticked: Vec<Ticked>,
    /// What was found.
    pub found: Vec<Found>,
    /// Who wrote it down.
    pub written_by: String,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for Inspection {
    const KIND: &'static str = "inspection";

    // It happened; what must follow from it are tasks.
    fn is_open(&self) -> bool {
        self.found.iter().any(|found| found.remedy.waits())
    }
}

/// The key of a visit.
pub type InspectionId = RecordId<Inspection>;

impl Inspection {
    /// The share of lines that were met among those that were looked at and apply; none where none was.
    pub fn share(&self) -> Option<f64> {
        let count = |seen| self.ticked.iter().filter(|ticked| ticked.seen == seen).count();
        let (met, not_met) = (count(Seen::Met), count(Seen::NotMet));
        (met + not_met > 0).then(|| met as f64 / (met + not_met) as f64)
    }

    /// What was seen of a line; none where nobody ticked it.
    pub fn seen(&self, key: &str) -> Option<Seen> {
        self.ticked.iter().find(|ticked| ticked.key == key).map(|ticked| ticked.seen)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// GS10: what nobody looked at and what does not apply takes no part in the share.
    #[test]
    fn a_share_counts_what_was_looked_at() {
        let ticked = |marks: &[Seen]| {
            let line = |(place, seen): (usize, &Seen)| Ticked { key: place.to_string(), seen: *seen };
            Inspection {
                plan: None,
                again_of: None,
                checklist: "a/1".into(),
                target: Target { name: "Trạm".into(), body: None },
                on: date(2026, 11, 20),
                by: "Đoàn".into(),
                ticked: marks.iter().enumerate().map(line).collect(),
                found: Vec::new(),
                written_by: String::new(),
                simulated: false,
            }
        };
        assert_eq!(ticked(&[Seen::Met, Seen::NotMet, Seen::NotHere, Seen::Met, Seen::Met]).share(), Some(0.75));
        assert_eq!(ticked(&[Seen::NotHere]).share(), None, "unknown is not nothing");
        assert_eq!(ticked(&[]).seen("0"), None);
    }
}
