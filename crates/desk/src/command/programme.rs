//! Programme 4308 (OX01): its decision, and how far the province and each facility have come.

use jiff::civil::Date;
use place::FacilityId;
use protocol::{Asks, Checklist};
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::unit::Paper;
use crate::record::Record;

/// The province's decision that approves its plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// The paper.
    pub decision: Paper,
}

impl Record for Programme {
    const KIND: &'static str = "oxygen_programme";

    fn code(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }
}

/// Where one milestone of the province or of a facility stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Key of its line in `programme-4308.toml`.
    pub key: String,
    /// The facility; none for the province.
    pub facility: Option<FacilityId>,
    /// Planned for.
    pub planned_on: Option<Date>,
    /// Reached on.
    pub reached_on: Option<Date>,
    /// What shows it: a paper's number, a photo, a visit.
    pub evidence: String,
    /// Whose it is.
    pub holder: String,
}

/// The code of a line for the province or a facility.
pub fn code_of(key: &str, facility: Option<FacilityId>) -> String {
    facility.map_or_else(|| key.to_owned(), |facility| format!("{key}/{facility}"))
}

impl Record for Milestone {
    const KIND: &'static str = "programme_milestone";

    fn owner(&self) -> Option<Id> {
        self.facility.map(|facility| facility.0)
    }

    fn code(&self) -> Option<String> {
        Some(code_of(&self.key, self.facility))
    }

    fn due_at(&self) -> Option<Moment> {
        self.planned_on.and_then(|day| day.tomorrow().ok()).map(Moment::start_of)
    }

    fn is_open(&self) -> bool {
        self.reached_on.is_none()
    }
}

/// How far one line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// Nobody has said when.
    Unplanned,
    /// Planned, and the day has passed.
    Late(Date),
    /// Planned.
    Planned(Date),
    /// Reached.
    Reached(Date),
}

/// How far a line is on a day.
pub fn progress(milestone: Option<&Milestone>, today: Date) -> Progress {
    match milestone.map(|known| (known.reached_on, known.planned_on)) {
        Some((Some(day), _)) => Progress::Reached(day),
        Some((None, Some(day))) if day < today => Progress::Late(day),
        Some((None, Some(day))) => Progress::Planned(day),
        Some((None, None)) | None => Progress::Unplanned,
    }
}

/// Whether a plan is complete: every line of its level has a day, past or to come.
pub fn is_complete<'m>(
    list: &Checklist,
    level: Asks,
    known: impl Fn(&str) -> Option<&'m Milestone>,
    today: Date,
) -> bool {
    list.asking(level).all(|item| progress(known(&item.key), today) != Progress::Unplanned)
}
