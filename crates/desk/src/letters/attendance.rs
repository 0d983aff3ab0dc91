//! Attendance lists as they come (DT09): a workbook, a text of columns, pasted lines. Read into names with units; what each
//! name means is for `spread` and the register of posts, and nobody is guessed. Pure.

use document::DocumentProblem;
use document::table::{Limits, RowView, Table, read_table};
use place::text::ascii_fold;
use place::{BodyId, PersonId};
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use super::directive::DirectiveId;
use super::spread::{Dissemination, How, Noted, key};
use crate::failure::Failure;
use crate::office_rules::RulesRefused;
use crate::record::{Record, RecordId};
use crate::supply::Who;

/// Names of a list at most.
pub const MOST: usize = 5_000;
/// Rows in which the heads of the columns are looked for.
const HEAD_ROWS: usize = 30;
/// What a list may cost: it is read while its sender waits.
const LIMITS: Limits = Limits { file_bytes: 12_000_000, rows: 20_000, cells: 400_000, ..Limits::UPLOAD };

const NAMES: [&str; 8] =
    ["ho va ten", "ho ten", "ho, ten", "ho va ten can bo", "ten can bo", "nguoi du hop", "nguoi tham du", "ho & ten"];
const UNITS: [&str; 8] =
    ["don vi", "don vi cong tac", "khoa", "khoa phong", "khoa, phong", "phong", "bo phan", "co quan"];
const PRESENCE: [&str; 6] = ["co mat", "du hop", "ky ten", "ky nhan", "diem danh", "chu ky"];
/// What stands in the column of presence of somebody who did not come.
const ABSENT: [&str; 7] = ["vang", "v", "k", "khong", "0", "vang mat", "vang co phep"];
/// What stands before a name and is none of it.
const TITLES: [&str; 17] = [
    "bs.", "bs", "bscki", "bsckii", "bscki.", "bsckii.", "ths.", "ths", "ts.", "ts", "ds.", "ds", "ong", "ba", "d/c",
    "cn.", "dd.",
];

/// A row of heads, folded.
fn folded(text: &str) -> String {
    ascii_fold(text).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name without its titles: «BS. Lê Thị Mận» is «Lê Thị Mận».
pub fn bare(name: &str) -> String {
    let mut rest: Vec<&str> = name.split_whitespace().collect();
    // A name keeps two words at least: «Bà» may be a name's own beginning.
    while rest.len() > 2 && TITLES.contains(&folded(rest[0]).as_str()) {
        rest.remove(0);
    }
    rest.join(" ")
}

/// Whether a file is a picture or a PDF: evidence, whose names somebody must type.
pub fn is_scan(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', b'P', b'D', b'F', ..] | [0xff, 0xd8, 0xff, ..] | [0x89, b'P', b'N', b'G', ..])
}

/// The names of a file with their units.
///
/// # Errors
/// What `document` refuses; [`RulesRefused::NoColumn`], [`RulesRefused::NoNames`].
pub fn read_file(bytes: &[u8], name: &str) -> Result<Vec<(String, String)>, Failure> {
    let table =
        read_table(bytes, name, &LIMITS, &|| false).map_err(|problem: DocumentProblem| Failure::refused(problem))?;
    let people = of_table(&table).ok_or_else(|| Failure::refused(RulesRefused::NoColumn))?;
    if people.is_empty() { Err(Failure::refused(RulesRefused::NoNames)) } else { Ok(people) }
}

/// Where the columns stand.
struct Heads {
    row: u32,
    name: u16,
    unit: Option<u16>,
    presence: Option<u16>,
}

fn heads(row: RowView<'_>) -> Option<Heads> {
    let column = |known: &[&str]| {
        let found = row.cells().find(|cell| known.contains(&folded(cell.text).as_str()));
        found.map(|cell| cell.place.column)
    };
    Some(Heads { row: row.number(), name: column(&NAMES)?, unit: column(&UNITS), presence: column(&PRESENCE) })
}

/// The people of a table; none where no column of names is found. One without any head is a list of names where it has
/// one column only.
fn of_table(table: &Table) -> Option<Vec<(String, String)>> {
    let Some(heads) = table.rows().take(HEAD_ROWS).find_map(heads) else {
        let one_column = table.rows().all(|row| row.cells().filter(|cell| !cell.is_empty()).count() <= 1);
        return one_column.then(|| {
            let cells = table.rows().filter_map(|row| row.cells().find(|cell| !cell.is_empty()));
            once(cells.map(|cell| (bare(cell.text), String::new())))
        });
    };
    let below = || table.rows().filter(|row| row.number() > heads.row);
    // A list where nobody signed says nothing of who came; then its names are who was there.
    let presence = heads.presence.filter(|column| below().any(|row| !row.cell(*column).is_empty()));
    let came = |row: &RowView<'_>| {
        presence.is_none_or(|column| {
            let said = folded(row.cell(column).text);
            !said.is_empty() && !ABSENT.contains(&said.as_str())
        })
    };
    let unit = |row: RowView<'_>| heads.unit.map_or_else(String::new, |column| row.cell(column).text.trim().to_owned());
    Some(once(below().filter(came).map(|row| (bare(row.cell(heads.name).text), unit(row)))))
}

/// Names that say something, each with its unit once.
fn once(people: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (name, unit) in people {
        let known = |one: &(String, String)| key(&one.0) == key(&name) && key(&one.1) == key(&unit);
        let is_name = name.chars().any(char::is_alphabetic) && name.chars().count() <= 120;
        if is_name && found.len() < MOST && !found.iter().any(known) {
            found.push((name, unit));
        }
    }
    found
}

/// An attendance list as it was kept with a letter that is made known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptList {
    /// Its bytes: SHA-256 in hexadecimal, under which they are kept.
    pub digest: String,
    /// Its name.
    pub name: String,
    /// When it was noted.
    pub at: Moment,
    /// Who noted it.
    pub by: Who,
}

/// Somebody of a list, as far as the registers know him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// As it was written, without titles.
    pub name: String,
    /// His unit, as it was written; may be empty.
    pub unit: String,
    /// The person of the register of posts, where the name is one person's only.
    pub person: Option<PersonId>,
    /// The body, where his unit is a body's name, or else the name itself.
    pub body: Option<BodyId>,
}

/// What a list did for a letter that is made known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForLetter {
    /// Which letter.
    pub letter: DirectiveId,
    /// What it is called.
    pub called: String,
    /// Whom it noted, whom no list has, whose name several have.
    pub noted: Noted,
}

/// The attendance list of a meeting (DT09, DT19). It belongs to the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendanceList {
    /// Which meeting.
    pub meeting: Id,
    /// Who came.
    pub people: Vec<Listed>,
    /// The list as it came: digest and name; none where it was typed.
    pub file: Option<(String, String)>,
    /// The letters that were made known there.
    pub letters: Vec<ForLetter>,
    /// When it was noted.
    pub at: Moment,
    /// Who noted it.
    pub by: Who,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
}

impl Record for AttendanceList {
    const KIND: &'static str = "attendance_list";

    fn owner(&self) -> Option<Id> {
        Some(self.meeting)
    }

    fn is_open(&self) -> bool {
        false
    }
}

/// The key of an attendance list.
pub type AttendanceListId = RecordId<AttendanceList>;

/// Notes the people of a list in all bodies where a letter is made known: a name that one member of staff of all of them
/// has, with its unit or body where the list gives one. Which of `spreads` changed stands beside what was noted.
pub fn across(
    spreads: &mut [Dissemination],
    people: &[(String, String)],
    how: &How,
    at: Moment,
    by: &Who,
) -> (Noted, Vec<usize>) {
    let (mut done, mut changed) = (Noted::default(), Vec::new());
    for (name, unit) in people {
        let mut places = Vec::new();
        for (of, spread) in spreads.iter().enumerate() {
            let of_body = unit.is_empty() || key(&spread.body_name) == key(unit);
            let fits = |member: &super::spread::Member| {
                key(&member.name) == key(name) && (of_body || key(&member.unit) == key(unit))
            };
            places.extend(spread.staff.iter().enumerate().filter(|(_, one)| fits(one)).map(|(place, _)| (of, place)));
        }
        match places[..] {
            [] => done.unknown.push(name.clone()),
            [(of, place)] => {
                let member = &mut spreads[of].staff[place];
                if member.knows.is_none() {
                    member.knows = Some((at, how.clone()));
                    member.noted_by = Some(by.clone());
                    done.noted += 1;
                    changed.push(of);
                }
            }
            _ => done.several.push(name.clone()),
        }
    }
    changed.sort_unstable();
    changed.dedup();
    (done, changed)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use quantity::Coded;

    use super::*;
    use crate::letters::spread::{Member, read_list};

    fn names(text: &str) -> Result<Vec<(String, String)>, &'static str> {
        read_file(text.as_bytes(), "danh-sach.csv").map_err(|failure| failure.code())
    }

    fn pair(name: &str, unit: &str) -> (String, String) {
        (name.to_owned(), unit.to_owned())
    }

    /// DT09: titles and heads above the list do not disturb it; who is marked absent did not come.
    #[test]
    fn a_list_is_read_by_its_heads() {
        let list = "SỞ Y TẾ AN GIANG;;;\nDANH SÁCH DỰ HỌP;;;\nTT;Họ và tên;Đơn vị;Ký tên\n1;BS. Lê Thị Mận;Khoa Nội;x\n\
            2;Trần Văn Ổi;Khoa Nhi;vắng\n3;Bà Rịa Thị Sen;;đã ký\n4;;Khoa Nội;x\n5;Lê Thị Mận;Khoa Nội;x\n";
        assert_eq!(names(list).unwrap(), [pair("Lê Thị Mận", "Khoa Nội"), pair("Rịa Thị Sen", "")]);
        let unsigned = "Họ tên,Khoa phòng,Ký tên\nLê Thị Mận,Khoa Nội,\nTrần Văn Ổi,Khoa Nhi,\n";
        assert_eq!(names(unsigned).unwrap().len(), 2, "where nobody signed, the list says who was there");
        assert_eq!(names("Lê Thị Mận\nThS. Trần Văn Ổi\n").unwrap(), [pair("Lê Thị Mận", ""), pair("Trần Văn Ổi", "")]);
    }

    /// DT09: nothing is taken for a name that no head says is one.
    #[test]
    fn a_list_without_names_is_refused() {
        assert_eq!(names("Mã;Số\n1;2\n3;4\n"), Err("RUL-013"));
        assert_eq!(names("Họ và tên;Đơn vị\n;\n"), Err("RUL-012"));
        assert!(is_scan(b"%PDF-1.7") && !is_scan(b"PK"));
        assert!(read_file(b"%PDF-1.7", "a.pdf").is_err());
    }

    fn spread(number: u8, body: &str, list: &str) -> Dissemination {
        let member = |(name, unit)| Member { name, unit, knows: None, noted_by: None };
        Dissemination {
            letter: DirectiveId::new(Id::from_bytes([1; 16])),
            called: "12/SYT-NVY".to_owned(),
            body: BodyId(Id::from_bytes([number; 16])),
            body_name: body.to_owned(),
            staff: read_list(list).into_iter().map(member).collect(),
            lists: Vec::new(),
            begun_at: Moment::start_of(date(2026, 11, 22)),
            begun_by: Who { user: None, name: String::new() },
            simulated: false,
        }
    }

    /// DT09: one list of a meeting of several bodies: a name that two bodies have is nobody's until its unit says whose.
    #[test]
    fn a_meeting_of_several_bodies_guesses_nobody() {
        let mut spreads =
            [spread(1, "TTYT Bãi Bồi", "Lê Thị Mận; Khoa Nội"), spread(2, "BV Hải Âu", "Lê Thị Mận\nVõ Me")];
        let how = How::Meeting { name: "Họp".into() };
        let who = Who { user: None, name: String::new() };
        let at = spreads[0].begun_at;
        let people = [pair("le thi man", ""), pair("Võ Me", "BV Hải Âu"), pair("Người Lạ", "")];
        let (noted, changed) = across(&mut spreads, &people, &how, at, &who);
        assert_eq!((noted.noted, changed), (1, vec![1]));
        assert_eq!((noted.unknown, noted.several), (vec!["Người Lạ".to_owned()], vec!["le thi man".to_owned()]));
        let (noted, changed) = across(&mut spreads, &[pair("Lê Thị Mận", "TTYT Bãi Bồi")], &how, at, &who);
        assert_eq!((noted.noted, changed), (1, vec![0]));
    }

    proptest! {
        /// No text makes the reading panic, and each name of what was read says something.
        #[test]
        fn any_text_is_read_or_refused(text in "[\\PC\n;,\t]{0,300}") {
            if let Ok(people) = names(&text) {
                prop_assert!(people.iter().all(|(name, _)| name.chars().any(char::is_alphabetic)));
            }
        }
    }
}
