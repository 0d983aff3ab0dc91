//! What the exported register of a document system says of a letter (DT01, DT04): the row as it was told, what its
//! number leaves open, and what becomes of a letter that is known from a list alone. Pure.
//!
//! Such a letter is past: no task is given out, nothing is overdue, nobody is reminded. Only one whose row says that
//! it is still open, with a day, is offered as a task for a person to confirm.

use jiff::civil::Date;
use letter::{CellDoubt, Deadline, Missing, NumberCell, Place, Shape, Urgency, Word};
use place::text::SearchKeys;
use quantity::time::show_date;
use quantity::{Coded, Moment};
use serde::{Deserialize, Serialize};

use super::directive::{Basis, Direction, Directive, DraftTask, Owner, Printed, Standing};
use super::finding::{self, number_key};

/// What a row says, word for word; empty where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListRow {
    /// Number and symbol, in the usual spelling where it could be read.
    pub number: String,
    /// As it was typed, where that was another spelling.
    pub number_typed: String,
    /// Who issued it.
    pub issuer: String,
    /// Its day.
    pub date: Option<Date>,
    /// Its kind.
    pub kind: String,
    /// «Trích yếu».
    pub subject: String,
    /// Number of arrival, as the document system gave it.
    pub arrival: String,
    /// Day of arrival.
    pub arrived_on: Option<Date>,
    /// How urgent.
    pub urgency: String,
    /// Who handles it; of what went out, who wrote it. Several stand apart by semicolons.
    pub handler: String,
    /// The last day on which it is handled in time.
    pub deadline: Option<Date>,
    /// How far it is.
    pub state: String,
    /// Who signed.
    pub signer: String,
    /// To whom it went.
    pub recipients: String,
    /// The clerk's word that a paper of the Party may be here.
    pub party_word: bool,
    /// Remarks.
    pub note: String,
}

/// How far a letter is, where its row says so clearly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListState {
    /// Somebody still has to do something.
    Open,
    /// It is finished.
    Done,
}

/// What a letter has from a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The row as it was told last.
    pub row: ListRow,
    /// What its number leaves open.
    #[serde(default)]
    pub doubts: Vec<CellDoubt>,
    /// «Chưa có toàn văn»: nothing but the row is known.
    pub without_text: bool,
    /// Who sent the list.
    pub by: String,
    /// When, by the domain clock.
    pub at: Moment,
}

/// Why a row or a list is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A row is marked MẬT or above: nothing of the file is kept.
    #[error("LST-001: row {row} is secret")]
    Secret {
        /// Which row of the file.
        row: u32,
    },
    /// A Party paper, and no clerk has said that it may be here.
    #[error("LST-002: {number} is a paper of the Party")]
    PartyWord {
        /// Its number.
        number: String,
    },
    /// The number was given to a paper by this command post: it stands in the register.
    #[error("LST-003: {number} was given here")]
    GivenHere {
        /// The number.
        number: String,
    },
}

impl Coded for Refused {
    fn code(&self) -> &'static str {
        match self {
            Self::Secret { .. } => "LST-001",
            Self::PartyWord { .. } => "LST-002",
            Self::GivenHere { .. } => "LST-003",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Secret { row } => vec![("row", row.to_string())],
            Self::PartyWord { number } | Self::GivenHere { number } => vec![("number", number.clone())],
        }
    }
}

fn folded(words: &str) -> String {
    SearchKeys::of(words).ascii
}

/// Words in small letters without accents, one blank before and behind each.
fn plain(words: &str) -> String {
    finding::folded(words)
}

/// Whether a cell «Độ mật» says MẬT, TỐI MẬT or TUYỆT MẬT.
pub fn is_secret(grade: &str) -> bool {
    let words = plain(grade);
    let said = |word: &str| words.split(' ').any(|one| one == word);
    said("mat") && !said("khong") && !said("thuong") || ["a", "b", "c"].contains(&words.trim())
}

impl ListRow {
    /// Its number, read.
    pub fn number_cell(&self) -> NumberCell {
        NumberCell::read(&self.number)
    }

    /// What its number leaves open, as it was typed.
    pub fn doubts(&self) -> Vec<CellDoubt> {
        NumberCell::read(if self.number_typed.is_empty() { &self.number } else { &self.number_typed }).doubts
    }

    /// Whether it is a paper of the Party by its number.
    pub fn is_of_the_party(&self) -> bool {
        self.number_cell().numbers.iter().any(|number| number.shape == Shape::Party)
    }

    /// How far it is, where its words say so; none for words that could mean either («Quá hạn»).
    pub fn how_far(&self) -> Option<ListState> {
        let words = plain(&self.state);
        let says = |list: &[&str]| list.iter().any(|word| words.contains(&format!(" {word} ")));
        let open = [
            "chua xu ly",
            "dang xu ly",
            "cho xu ly",
            "chua giai quyet",
            "dang giai quyet",
            "chua hoan thanh",
            "dang thuc hien",
            "chua thuc hien",
            "chua xong",
            "chua ket thuc",
            "cho giai quyet",
            "dang theo doi",
        ];
        let done = [
            "da xu ly",
            "hoan thanh",
            "da hoan thanh",
            "ket thuc",
            "da ket thuc",
            "da giai quyet",
            "da xong",
            "luu",
            "luu ho so",
            "da thuc hien",
            "da phat hanh",
            "da tra loi",
            "xong",
        ];
        // «Chưa hoàn thành» holds «hoàn thành».
        if says(&open) {
            return Some(ListState::Open);
        }
        says(&done).then_some(ListState::Done)
    }

    /// The stamp of urgency.
    pub fn urgent(&self) -> Option<Urgency> {
        let words = plain(&self.urgency);
        match () {
            () if words.contains("hoa toc") => Some(Urgency::Immediate),
            () if words.contains("thuong khan") => Some(Urgency::VeryUrgent),
            () if words.split(' ').any(|word| word == "khan") && !words.contains("khong") => Some(Urgency::Urgent),
            () => None,
        }
    }

    /// Who handles it, the leading one first.
    pub fn handlers(&self) -> Vec<&str> {
        self.handler.split(';').map(str::trim).filter(|one| !one.is_empty()).collect()
    }

    /// What makes two rows one letter: issuer, number and year; where the number could not be read, its place in the
    /// register; where there is none, all that is said of it.
    pub fn key(&self) -> String {
        let cell = self.number_cell();
        match (cell.number(), self.date) {
            (Some(number), Some(day)) => {
                format!("{}|{}|{}", folded(&self.issuer), number_key(&number.written), day.year())
            }
            _ if !self.arrival.is_empty() => {
                let year = self.arrived_on.map_or(0, Date::year);
                format!("den|{year}|{}|{}", folded(&self.arrival), folded(&self.number))
            }
            _ => {
                let day = self.date.map(|day| day.to_string()).unwrap_or_default();
                format!("muc|{}|{}|{day}|{}", folded(&self.issuer), folded(&self.number), folded(&self.subject))
            }
        }
    }
}

/// Whether two names can be one issuer: the words of one stand in the other («Sở Y tế», «SỞ Y TẾ TỈNH KIÊN GIANG»).
/// Asked only of letters with one number of one day.
pub fn may_be_one(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    let within = |small: &str, large: &str| {
        let large: Vec<&str> = large.split(' ').collect();
        small.split(' ').all(|word| word.is_empty() || large.contains(&word))
    };
    within(&one, &other) || within(&other, &one)
}

impl Directive {
    /// Whether nothing but a row of a list is known of it: «chưa có toàn văn».
    pub fn lacks_text(&self) -> bool {
        self.listed.as_ref().is_some_and(|listed| listed.without_text)
    }

    /// Writes what a row says into the fields of a letter of which nothing else is known. `owner` finds the bodies
    /// of a name.
    pub(crate) fn fill_from_row(&mut self, owner: impl Fn(&str) -> Owner) {
        let Some(listed) = self.listed.clone().filter(|listed| listed.without_text) else { return };
        let row = &listed.row;
        let some = |words: &str| (!words.is_empty()).then(|| words.to_owned());
        let cell = row.number_cell();
        self.issuer = some(&row.issuer);
        self.number = some(&row.number);
        self.date = row.date;
        self.kind = some(&row.kind);
        self.subject = some(&row.subject);
        self.signer_name = some(&row.signer);
        self.urgency = row.urgent();
        self.recipients =
            row.recipients.split(';').map(str::trim).filter(|to| !to.is_empty()).map(str::to_owned).collect();
        self.arrival_number = row.arrival.parse().ok();
        let blank = cell.numbers.is_empty() && row.number.is_empty() || listed.doubts.contains(&CellDoubt::NoCount);
        let states = [
            (Missing::Number, blank),
            (Missing::Issuer, self.issuer.is_none()),
            (Missing::Date, self.date.is_none()),
            (Missing::Kind, self.kind.is_none()),
            (Missing::Subject, self.subject.is_none()),
        ];
        self.missing = states.into_iter().filter(|(_, missing)| *missing).map(|(part, _)| part).collect();
        self.references = named(row);
        self.settle(row, owner);
    }

    /// Offers what is still open as a task; what is past stays in the register. What a person confirmed stays so.
    fn settle(&mut self, row: &ListRow, owner: impl Fn(&str) -> Owner) {
        if self.confirmed.is_some() || self.standing == Standing::Withdrawn {
            return;
        }
        let open = row.how_far() == Some(ListState::Open) && self.direction == Direction::Incoming;
        let offered = row.deadline.filter(|_| open && !row.subject.is_empty());
        self.standing = if offered.is_some() { Standing::Read } else { Standing::Confirmed };
        self.draft = offered.map(|day| task(row, day, owner)).into_iter().collect();
    }
}

/// The documents that the subject names.
fn named(row: &ListRow) -> Vec<Basis> {
    let own = number_key(&row.number);
    let found = letter::named_in(&row.subject).into_iter().map(|found| Basis {
        number: found.value.number.written.clone(),
        date: found.value.date.and_then(letter::Written::date),
        kind: found.value.kind.clone(),
        issuer: found.value.issuer.clone(),
        role: found.value.role,
        // Its words are the row's, not a text's.
        place: None,
    });
    found.filter(|basis| number_key(&basis.number) != own).collect()
}

fn task(row: &ListRow, day: Date, owner: impl Fn(&str) -> Owner) -> DraftTask {
    let handlers = row.handlers();
    DraftTask {
        owner: handlers.first().map(|name| owner(name)).unwrap_or_default(),
        partners: handlers.iter().skip(1).map(|name| (*name).to_owned()).collect(),
        printed: vec![Printed {
            deadline: Deadline::Absolute { word: Word::Latest, day, clock: None },
            words: format!("hạn xử lý {} theo sổ", show_date(day)),
            place: Place { start: 0, end: 0 },
        }],
        ..DraftTask::of(row.subject.clone())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn row(number: &str, issuer: &str) -> ListRow {
        ListRow { number: number.into(), issuer: issuer.into(), date: Some(date(2026, 3, 5)), ..ListRow::default() }
    }

    /// DT04: only clear words make a letter open or finished.
    #[test]
    fn a_state_is_what_it_says() {
        let of = |state: &str| ListRow { state: state.into(), ..ListRow::default() }.how_far();
        for open in ["Đang xử lý", "Chưa xử lý", "CHỜ XỬ LÝ", "Chưa hoàn thành", "dang xu ly", "Quá hạn - chưa xử lý"]
        {
            assert_eq!(of(open), Some(ListState::Open), "{open}");
        }
        for done in ["Đã xử lý", "Hoàn thành", "Đã hoàn thành trễ hạn", "Lưu hồ sơ", "Kết thúc", "da xu ly"]
        {
            assert_eq!(of(done), Some(ListState::Done), "{done}");
        }
        for unclear in ["", "Quá hạn", "Trong hạn", "Để biết", "1"] {
            assert_eq!(of(unclear), None, "{unclear}");
        }
    }

    #[test]
    fn secret_and_urgent_are_told_apart() {
        for secret in ["Mật", "TỐI MẬT", "Tuyệt mật", "mat"] {
            assert!(is_secret(secret), "{secret}");
        }
        for open in ["", "Thường", "Không mật", "Bình thường"] {
            assert!(!is_secret(open), "{open}");
        }
        let of = |urgency: &str| ListRow { urgency: urgency.into(), ..ListRow::default() }.urgent();
        assert_eq!(of("Hỏa tốc"), Some(Urgency::Immediate));
        assert_eq!(of("THƯỢNG KHẨN"), Some(Urgency::VeryUrgent));
        assert_eq!(of("Khẩn"), Some(Urgency::Urgent));
        assert_eq!(of("Thường"), None);
    }

    /// DT01: one letter however its issuer and number are spelt; another year, another letter.
    #[test]
    fn rows_of_one_letter_have_one_key() {
        let one = row("148/UBND-KGVX", "UBND tỉnh Kiên Giang");
        assert_eq!(one.key(), row("148 / ubnd-kgvx", "Ủy ban nhân dân tỉnh Kiên Giang").key());
        assert_ne!(one.key(), ListRow { date: Some(date(2025, 3, 5)), ..one.clone() }.key());
        assert_ne!(one.key(), row("149/UBND-KGVX", "UBND tỉnh Kiên Giang").key());
        assert!(may_be_one("Sở Y tế", "SỞ Y TẾ TỈNH KIÊN GIANG"));
        assert!(may_be_one("", "Bộ Y tế"));
        assert!(!may_be_one("Sở Y tế", "Sở Tài chính"));
    }

    proptest! {
        /// Whatever stands in a row, its key is one, and says the same again.
        #[test]
        fn a_key_stays(number in "\\PC{0,20}", issuer in "\\PC{0,20}", arrival in "[0-9]{0,4}", subject in "\\PC{0,30}") {
            let row = ListRow { number, issuer, arrival, subject, ..ListRow::default() };
            prop_assert_eq!(row.key(), row.clone().key());
            prop_assert!(!row.key().is_empty());
            let _ = (row.how_far(), row.urgent(), row.handlers());
        }
    }
}
