//! From what was read in a letter to what is kept of it: fields, owners as bodies of the letter's day,
//! deadlines as moments.

use document::letter_file::{FileDoubt, FileKind, Limits, read_letter};
use jiff::civil::Date;
use letter::{Deadline, Family, Found, Letter, Refusal};
use place::ProvinceId;
use place::body::{Directory, GroupError, GroupNote};
use protocol::WorkingDays;
use quantity::{Moment, Span};

use crate::failure::{Failure, Outcome};

use super::directive::{Basis, DraftTask, Owner, Printed};
use super::refused::Refused;
use super::task::{Due, DueSource};
use super::told::Told;

/// The longest text that is read as a letter, in characters: a decision of 200 pages has about 600,000.
pub const LONGEST: usize = 1_500_000;

/// A text that was read, before it is in the register.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The text as it was handed in.
    pub text: String,
    /// What was read in it.
    pub letter: Letter,
    /// The digest of its letters and figures, whatever stands between them: what one text is known by.
    pub same_text: String,
    /// What should be known of the file that the text came out of; nothing of a pasted text.
    pub file_doubts: Vec<FileDoubt>,
    /// What was known of it before: it fills what the text leaves open.
    pub told: Told,
}

impl Incoming {
    /// Reads a text; takes its time, so it is done before the writer's turn.
    ///
    /// # Errors
    /// [`Refused::Secret`], of which nothing is kept; [`Refused::Empty`]; [`Refused::TooLong`].
    pub fn read(text: String) -> Result<Self, Refused> {
        if text.chars().nth(LONGEST).is_some() {
            return Err(Refused::TooLong { limit: LONGEST });
        }
        match letter::read(&text) {
            Ok(letter) => {
                Ok(Self { same_text: same_text(&text), text, letter, file_doubts: Vec::new(), told: Told::default() })
            }
            Err(Refusal::Secret(_)) => Err(Refused::Secret),
            Err(Refusal::Empty) => Err(Refused::Empty),
        }
    }

    /// Reads a file: Word, PDF with text, a sheet, plain text in any encoding. Nothing in it is run. With its media type.
    ///
    /// # Errors
    /// What `document` refuses, and what [`Incoming::read`] refuses.
    pub fn of_file(bytes: &[u8], name: &str) -> Outcome<(Self, &'static str)> {
        let read = read_letter(bytes, name, &Limits::LETTER, &|| false).map_err(Failure::refused)?;
        let media_type = match read.kind {
            FileKind::Text => "text/plain",
            FileKind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Pdf => "application/pdf",
        };
        let incoming = Self::read(read.text).map_err(Failure::refused)?;
        Ok((Self { file_doubts: read.doubts, ..incoming }, media_type))
    }

    /// Whether it is a paper of the Party, which the clerk must say may be here.
    pub fn is_of_the_party(&self) -> bool {
        self.letter.family.as_ref().is_some_and(|family| family.value == Family::Party)
    }
}

/// The bodies that owners are looked for among.
pub struct Bodies<'a> {
    /// All of them.
    pub directory: &'a Directory<'a>,
    /// Whose command post it is.
    pub province: ProvinceId,
    /// The day of the letter.
    pub day: Date,
    /// Today: where nothing is known of the letter's day.
    pub today: Date,
}

fn same_text(text: &str) -> String {
    let text = letter::Text::new(text);
    let letters = text.normal().chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
    store::hex(&store::sha256(letters.collect::<String>().as_bytes()))
}

fn values<T: Clone>(found: &[Found<T>]) -> Vec<T> {
    found.iter().map(|one| one.value.clone()).collect()
}

impl Bodies<'_> {
    /// Whom a name means. An alias means all addressees.
    fn owner(&self, name: &str, letter: &Letter) -> Owner {
        let alias = letter.recipients.alias.as_ref().map(|alias| alias.value.to_lowercase());
        let means_all = alias.is_some_and(|alias| alias == name.to_lowercase());
        let names = if means_all { values(&letter.recipients.to) } else { vec![name.to_owned()] };
        let mut owner = Owner { name: name.to_owned(), ..Owner::default() };
        for name in names {
            let (bodies, note) = self.expand(&name);
            for body in bodies {
                if !owner.bodies.contains(&body) {
                    owner.bodies.push(body);
                }
            }
            owner.note = owner.note.or(note);
        }
        owner
    }

    /// The bodies of a phrase, with a note where the list is not the whole truth. Nothing is guessed.
    pub fn expand(&self, phrase: &str) -> (Vec<place::BodyId>, Option<String>) {
        let known_then = self.directory.on(self.day).next().is_some();
        let day = if known_then { self.day } else { self.today };
        let found = self.directory.expand(phrase, self.province, day);
        let found = found.or_else(|error| match day == self.today {
            true => Err(error),
            false => self.directory.expand(phrase, self.province, self.today),
        });
        match found {
            Ok(expansion) => {
                let gap = expansion.notes.iter().any(|note| matches!(note, GroupNote::NoBodyFor(_)));
                let note = match (gap, known_then) {
                    (true, _) => Some("some-missing"),
                    (false, false) => Some("of-today"),
                    (false, true) => None,
                };
                (expansion.bodies, note.map(str::to_owned))
            }
            Err(GroupError::Several { .. }) => (Vec::new(), Some("several".to_owned())),
            Err(GroupError::NoDistricts { .. }) => (Vec::new(), Some("no-districts".to_owned())),
            Err(_) => (Vec::new(), Some("unknown".to_owned())),
        }
    }
}

/// The tasks as they were read, with the bodies that they are for.
pub fn draft(incoming: &Incoming, bodies: &Bodies<'_>) -> Vec<DraftTask> {
    let letter = &incoming.letter;
    let words = |place: letter::Place| incoming.text.get(place.start..place.end).unwrap_or_default().to_owned();
    let tasks = letter.tasks.iter().map(|task| DraftTask {
        text: task.text.value.clone(),
        place: Some(task.text.place),
        owner: task.owner.as_ref().map(|owner| bodies.owner(&owner.value, letter)).unwrap_or_default(),
        unaddressed: task.owner_is_unaddressed,
        part: task.part,
        subtasks: values(&task.subtasks),
        partners: values(&task.partners),
        heads: task
            .accountable
            .iter()
            .map(|head| head.value.clone())
            .chain(task.officers.iter().map(|officer| officer.value.name.clone()))
            .collect(),
        printed: task
            .deadlines
            .iter()
            .map(|found| Printed { deadline: found.value, words: words(found.place), place: found.place })
            .collect(),
        haste: values(&task.haste),
        report_to: task.report_to.as_ref().map(|found| found.value.clone()),
        left_out: false,
        last_day: None,
        holder: None,
    });
    tasks.collect()
}

/// The documents that a letter names.
pub fn references(letter: &Letter) -> Vec<Basis> {
    letter
        .references
        .iter()
        .map(|found| Basis {
            number: found.value.number.written.clone(),
            date: found.value.date.and_then(letter::Written::date),
            kind: found.value.kind.clone(),
            issuer: found.value.issuer.clone(),
            role: found.value.role,
            place: Some(found.place),
        })
        .collect()
}

/// A date as far as it is written: «tháng 11 năm 2021».
pub fn date_words(written: letter::Written) -> String {
    let part = |name: &str, value: Option<i16>| value.map(|value| format!("{name} {value}"));
    let parts = [
        part("ngày", written.day.map(i16::from)),
        part("tháng", written.month.map(i16::from)),
        part("năm", written.year),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The moment of a printed deadline: absolute as its word says («trước ngày 15/9» ends with 14/9), relative
/// from the day of the letter. None for what recurs, for hours that count from each case, and where the letter's own day is not known.
pub fn due_of(printed: &Printed, letter_day: Option<Date>, calendar: &WorkingDays) -> Option<Due> {
    let until = match printed.deadline {
        Deadline::Absolute { .. } => Moment::from_local(printed.deadline.overdue_from()?) - Span::micros(1),
        Deadline::Relative { days, working } => {
            let from = letter_day?;
            let last = if working {
                calendar.plus(from, u32::from(days))
            } else {
                from.checked_add(jiff::Span::new().days(i64::from(days))).ok()?
            };
            Moment::start_of(last.tomorrow().ok()?) - Span::micros(1)
        }
        Deadline::Hours { .. } | Deadline::Periodic { .. } => return None,
    };
    Some(Due {
        until,
        words: printed.words.split_whitespace().collect::<Vec<_>>().join(" "),
        source: DueSource::Letter,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use letter::{Place, Word};

    use super::*;

    fn printed(deadline: Deadline) -> Printed {
        Printed { deadline, words: "trước\n ngày 15/9/2021".into(), place: Place { start: 0, end: 1 } }
    }

    /// DT05: «trước ngày 15/9/2021» is in time until the last moment of 14/9, and overdue from 15/9 00:00.
    #[test]
    fn a_deadline_keeps_its_word() {
        let calendar = WorkingDays::shipped().unwrap();
        let before = Deadline::Absolute { word: Word::Before, day: date(2021, 9, 15), clock: None };
        let due = due_of(&printed(before), None, &calendar).unwrap();
        assert_eq!(due.until + Span::micros(1), Moment::start_of(date(2021, 9, 15)));
        assert_eq!(due.words, "trước ngày 15/9/2021");
        let latest = Deadline::Absolute { word: Word::Latest, day: date(2021, 9, 15), clock: None };
        assert_eq!(due_of(&printed(latest), None, &calendar).unwrap().until.date(), date(2021, 9, 15));
    }

    /// DT05: working days skip Tết; without the letter's day nothing is guessed.
    #[test]
    fn a_term_counts_from_the_letter() {
        let calendar = WorkingDays::shipped().unwrap();
        let term = |working| printed(Deadline::Relative { days: 1, working });
        let friday = Some(date(2026, 2, 13));
        assert_eq!(due_of(&term(true), friday, &calendar).unwrap().until.date(), date(2026, 2, 23));
        assert_eq!(due_of(&term(false), friday, &calendar).unwrap().until.date(), date(2026, 2, 14));
        assert_eq!(due_of(&term(true), None, &calendar), None);
    }

    /// DT01: a secret paper leaves nothing behind.
    #[test]
    fn what_is_no_letter_is_refused() {
        assert_eq!(Incoming::read("  \n".into()).unwrap_err(), Refused::Empty);
        assert_eq!(Incoming::read("MẬT\nSỞ Y TẾ\nSố: 1/SYT-NVY\nKính gửi: X.\n".into()).unwrap_err(), Refused::Secret);
    }
}
