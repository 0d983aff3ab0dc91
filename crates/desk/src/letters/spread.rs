//! A letter made known to all staff of a body: who has read it, and who has not (DT09).

use place::BodyId;
use place::text::ascii_fold;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::attendance::KeptList;
use super::directive::DirectiveId;
use crate::record::{Record, RecordId};
use crate::supply::Who;

/// How it is known that somebody knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum How {
    /// He said or signed that he has read it.
    Read,
    /// He stands on the attendance list of a meeting.
    Meeting {
        /// Which meeting.
        name: String,
    },
}

/// One member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// His name, as it was listed.
    pub name: String,
    /// His unit within the body; may be empty.
    pub unit: String,
    /// When he acknowledged it, and how; none while he has not.
    #[serde(default)]
    pub knows: Option<(Moment, How)>,
    /// Who wrote that down.
    #[serde(default)]
    pub noted_by: Option<Who>,
}

/// A letter made known in a body. It belongs to the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dissemination {
    /// Which letter.
    pub letter: DirectiveId,
    /// What the letter is called.
    pub called: String,
    /// In which body.
    pub body: BodyId,
    /// The body's name.
    pub body_name: String,
    /// Its staff, as listed.
    pub staff: Vec<Member>,
    /// Attendance lists that were noted, as they came.
    #[serde(default)]
    pub lists: Vec<KeptList>,
    /// When it was begun.
    pub begun_at: Moment,
    /// Who began it.
    pub begun_by: Who,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for Dissemination {
    const KIND: &'static str = "dissemination";

    fn owner(&self) -> Option<Id> {
        Some(self.body.0)
    }

    /// One body makes one letter known once.
    fn code(&self) -> Option<String> {
        Some(format!("{}|{}", self.letter, self.body))
    }

    fn is_open(&self) -> bool {
        self.staff.iter().any(|one| one.knows.is_none())
    }
}

/// The key of a dissemination.
pub type DisseminationId = RecordId<Dissemination>;

/// How names are compared: without accents, capitals and titles' dots, words in their order.
pub(super) fn key(name: &str) -> String {
    ascii_fold(name).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A list of people as it is pasted: a name a line, with its unit after `;`, `|` or a tab; numbers before it and empty
/// lines do not count. A name twice in one unit stands once.
pub fn read_list(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let mut parts = line.splitn(2, [';', '|', '\t']);
        let name = parts.next().unwrap_or_default().trim();
        let name = name.trim_start_matches(|sign: char| sign.is_ascii_digit() || ".)- ".contains(sign)).trim();
        let unit = parts.next().unwrap_or_default().trim();
        let known = |one: &(String, String)| key(&one.0) == key(name) && key(&one.1) == key(unit);
        if name.chars().any(char::is_alphabetic) && !found.iter().any(known) {
            found.push((name.to_owned(), unit.to_owned()));
        }
    }
    found
}

/// What an attendance list did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Noted {
    /// How many are noted anew.
    pub noted: usize,
    /// Names that stand on no list of the body, as they were written.
    pub unknown: Vec<String>,
    /// Names that several people of the body have: nobody is guessed.
    pub several: Vec<String>,
}

impl Dissemination {
    /// How many know, of how many.
    pub fn count(&self) -> (usize, usize) {
        (self.staff.iter().filter(|one| one.knows.is_some()).count(), self.staff.len())
    }

    /// Unit, how many know, of how many; in the order of the list.
    pub fn by_unit(&self) -> Vec<(String, usize, usize)> {
        let mut units: Vec<(String, usize, usize)> = Vec::new();
        for one in &self.staff {
            let knows = usize::from(one.knows.is_some());
            match units.iter_mut().find(|(unit, ..)| *unit == one.unit) {
                Some((_, known, all)) => (*known, *all) = (*known + knows, *all + 1),
                None => units.push((one.unit.clone(), knows, 1)),
            }
        }
        units
    }

    /// Notes the people of a list: a name with its unit, or a name that one person only has. Who is noted already stays
    /// as he was.
    pub fn note(&mut self, people: &[(String, String)], how: &How, at: Moment, by: &Who) -> Noted {
        let mut done = Noted::default();
        for (name, unit) in people {
            let fits = |one: &Member| key(&one.name) == key(name) && (unit.is_empty() || key(&one.unit) == key(unit));
            let places: Vec<usize> =
                self.staff.iter().enumerate().filter(|(_, one)| fits(one)).map(|(place, _)| place).collect();
            match places[..] {
                [] => done.unknown.push(name.clone()),
                [place] => {
                    let one = &mut self.staff[place];
                    if one.knows.is_none() {
                        one.knows = Some((at, how.clone()));
                        one.noted_by = Some(by.clone());
                        done.noted += 1;
                    }
                }
                _ => done.several.push(name.clone()),
            }
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn of(list: &str) -> Dissemination {
        let staff = read_list(list)
            .into_iter()
            .map(|(name, unit)| Member { name, unit, knows: None, noted_by: None })
            .collect();
        Dissemination {
            letter: DirectiveId::new(Id::from_bytes([1; 16])),
            called: "12/SYT-NVY".to_owned(),
            body: BodyId(Id::from_bytes([2; 16])),
            body_name: "TTYT".to_owned(),
            staff,
            lists: Vec::new(),
            begun_at: Moment::start_of(date(2026, 11, 22)),
            begun_by: who(),
            simulated: false,
        }
    }

    fn who() -> Who {
        Who { user: None, name: "văn phòng".to_owned() }
    }

    /// DT09: an attendance list notes whom it names, says whom it does not know, and guesses nobody.
    #[test]
    fn an_attendance_list_is_matched_by_name() {
        let mut spread = of("1. Lê Thị Mận; Khoa Nội\n2) Trần Văn Ổi; Khoa Nội\n- Lê Thị Mận; Khoa Nhi\n\n3.\n");
        assert_eq!(spread.count(), (0, 3));
        let meeting = How::Meeting { name: "Giao ban 22/11".to_owned() };
        let list = read_list("TRẦN VĂN ỔI\nLe Thi Man\nLê Thị Mận | khoa nhi\nNgười Lạ");
        let noted = spread.note(&list, &meeting, spread.begun_at, &who());
        assert_eq!(
            (noted.noted, noted.unknown, noted.several),
            (2, vec!["Người Lạ".to_owned()], vec!["Le Thi Man".to_owned()])
        );
        assert_eq!(spread.by_unit(), [("Khoa Nội".to_owned(), 1, 2), ("Khoa Nhi".to_owned(), 1, 1)]);
        assert_eq!(spread.note(&list, &How::Read, spread.begun_at, &who()).noted, 0, "noted once");
    }

    proptest! {
        /// No text makes a list panic, and nobody stands on it twice.
        #[test]
        fn any_text_is_a_list(text in "[\\PC\n;|\t]{0,300}") {
            let list = read_list(&text);
            for (place, one) in list.iter().enumerate() {
                prop_assert!(!list[..place].contains(one));
            }
        }
    }
}
