//! Reads a letter: who asks what of whom, until when, and where the text says so.
//!
//! Lives here: from plain text to fields, pure. Not here: bytes and encodings to text (`document`),
//! which bodies a group of addressees means on a date (`place`), who confirms a reading (`desk`).
//!
//! # The concepts, in order
//!
//! 1. [`Text`] normalises and keeps the way back: every field is [`Found`] at a [`Place`] of the
//!    text that was handed in, with a confidence.
//! 2. [`read`] gives a [`Letter`], or refuses a secret paper ([`Refusal`]).
//!    Inside: columns are told apart (`columns`), the text is cut into head, addressees, body, copies and signature
//!    (`layout`), the body into an outline (`outline`), the outline into tasks (`tasks`) with owners (`owners`), deadlines
//!    (`until`) and roles (`duty`). What is known of words stands in `words` as lists.
//! 3. [`Reading`] is the same as flat data for other programs: the one shape of JSON.
//! 4. Nothing is invented: what is not in the text is `None` and listed in [`Letter::missing`].
//!    A person confirms before anything goes out.
//!
//! ```
//! let letter = letter::read("Số: 12/SYT-NVY\nV/v báo cáo oxy\n\nKiên Giang, ngày 05 tháng 9 năm 2021\n\n\
//!     Kính gửi: Trung tâm Y tế thành phố Phú Quốc.\n\n\
//!     Sở Y tế yêu cầu đơn vị gửi báo cáo về Sở Y tế trước ngày 15/9/2021./.")?;
//! assert_eq!(letter.number.unwrap().value.written, "12/SYT-NVY");
//! let deadline = letter.tasks[0].deadlines[0].value;
//! assert_eq!(deadline.overdue_from().unwrap().to_string(), "2021-09-15T00:00:00");
//! # Ok::<(), letter::Refusal>(())
//! ```

mod amounts;
mod columns;
mod contacts;
mod copies;
mod date;
mod deadline;
mod doubts;
mod duty;
mod figures;
mod head;
mod issuer;
mod laws;
mod layout;
mod number;
mod number_cell;
mod outline;
mod owners;
mod phrases;
pub mod reading;
mod recipients;
mod references;
mod repair;
mod scan;
mod secrecy;
mod signature;
mod table;
mod task;
mod tasks;
mod text;
mod until;
mod words;

use quantity::Coded;
use serde::{Deserialize, Serialize};

pub use amounts::Amount;
pub use contacts::Contact;
pub use copies::{Copies, Copy, Purpose};
pub use date::{DateIs, Written};
pub use deadline::{Clock, Deadline, Every, On, Word};
pub use doubts::Doubt;
pub use duty::{Officer, Part};
pub use figures::{Figure, Qualifier};
pub use head::Family;
pub use laws::Law;
pub use number::{Number, Shape};
pub use number_cell::{CellDoubt, NumberCell, named_in};
pub use reading::Reading;
pub use recipients::Recipients;
pub use references::{Reference, Role};
pub use secrecy::{Secrecy, Urgency};
pub use signature::Signature;
pub use task::{Orders, Task};
pub use text::{Found, Place, Text};

/// Why a text is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A secret paper: nothing of it may be kept.
    #[error("the paper is marked as secret")]
    Secret(Secrecy),
    /// No letter stands in it.
    #[error("the text is empty")]
    Empty,
}

impl Coded for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Secret(_) => "LET-001",
            Self::Empty => "LET-002",
        }
    }

    /// Nothing of a secret paper, not even its grade.
    fn facts(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// A part of a letter that is not in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Its own number, or it is blank: «chưa có số, cần đối chiếu bản phát hành».
    Number,
    /// Its date.
    Date,
    /// The day of its date.
    Day,
    /// Family.
    Family,
    /// Issuer.
    Issuer,
    /// Subject.
    Subject,
    /// Kind.
    Kind,
    /// Addressees.
    Recipients,
    /// «Nơi nhận».
    Copies,
    /// Signature, or the signer's name.
    Signer,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Government or Party.
    pub family: Option<Found<Family>>,
    /// Who issued it, written out with the province.
    pub issuer: Option<Found<String>>,
    /// The body above the issuer, from the letterhead.
    pub parent_body: Option<Found<String>>,
    /// Its number; `count` is `None` where the stamp came later.
    pub number: Option<Found<Number>>,
    /// The date, or that of the meeting that it concludes.
    pub date: Option<Found<Written>>,
    /// Which of the two.
    pub date_is: DateIs,
    /// Where it was issued.
    pub place: Option<Found<String>>,
    /// Its kind: «Công văn», «Thông báo».
    pub kind: Option<Found<String>>,
    /// What it is about.
    pub subject: Option<Found<String>>,
    /// The stamp of urgency.
    pub urgency: Option<Found<Urgency>>,
    /// To whom.
    pub recipients: Recipients,
    /// Documents it names by number, legal bases among them.
    pub references: Vec<Found<Reference>>,
    /// Laws it names by title and day.
    #[serde(default)]
    pub laws: Vec<Found<Law>>,
    /// Tasks in the order of the text.
    pub tasks: Vec<Task>,
    /// Orders without a task of their own.
    pub goals: Vec<Found<String>>,
    /// Percentages.
    pub figures: Vec<Found<Figure>>,
    /// Counts, money and quantities of the body with their unit.
    #[serde(default)]
    pub amounts: Vec<Found<Amount>>,
    /// Whom to call.
    #[serde(default)]
    pub contacts: Vec<Found<Contact>>,
    /// Heads who answer for the whole of it: «Thủ trưởng các đơn vị chịu trách nhiệm …» below the tasks.
    #[serde(default)]
    pub accountable: Vec<Found<String>>,
    /// To whom is reported: of the task with a deadline, else of the first that names it; else to whom is submitted.
    pub report_to: Option<Found<String>>,
    /// What comes with it.
    pub attachments: Vec<Found<String>>,
    /// Copies and archive.
    pub copies: Copies,
    /// Signature; of several bodies that of the last.
    pub signature: Option<Signature>,
    /// Signatures of the other bodies.
    #[serde(default)]
    pub cosigners: Vec<Signature>,
    /// What is not in the text.
    pub missing: Vec<Missing>,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
    /// Where a second letter begins in the same text; nothing from there on was read.
    #[serde(default)]
    pub second_letter: Option<Place>,
}

/// Reads a letter.
///
/// # Errors
/// [`Refusal::Secret`] for MẬT and above: nothing of the text is returned. [`Refusal::Empty`].
pub fn read(original: &str) -> Result<Letter, Refusal> {
    let mut text = Text::new(original);
    if text.normal.is_empty() {
        return Err(Refusal::Empty);
    }
    let layout = layout::Layout::of(&text, original);
    for block in &layout.body {
        text.run_on(block.bounds);
    }
    let text = text;
    if let Some(grade) = secrecy::secrecy(&text, &layout.head) {
        return Err(Refusal::Secret(grade));
    }
    let number = number::own(&text, &layout.head);
    let (place, mut date) = date::place_and_date(&text, &layout.head);
    let mut missing = Vec::new();
    let mut date_is = DateIs::Issued;
    match &date {
        None => missing.push(Missing::Date),
        Some(date) if date.value.day.is_none() => missing.push(Missing::Day),
        Some(_) => {}
    }
    let issued = date.as_ref().and_then(|date| date.value.date());
    if date.is_none()
        && let Some(meeting) = meeting(&text, &layout)
    {
        date = Some(meeting);
        date_is = DateIs::Meeting;
    }
    let (issuer, parent_body) = issuer::issuer(&text, &layout.head, number.as_ref(), place.as_ref());
    let slashed = layout
        .signature
        .iter()
        .copied()
        .find(|line| ["T/M", "K/T", "T/L"].iter().any(|words| text.slice(*line).starts_with(words)));
    let family = head::family(&text, &layout.head, number.as_ref(), issuer.as_ref(), slashed);
    let recipients = recipients::recipients(&text, &layout.addressed);
    let body: Vec<text::Bounds> = layout.body.iter().map(|block| block.bounds).collect();
    let mut parts = body.clone();
    // The subject may name a document that the body does not.
    parts.extend(layout.head.iter().filter(|line| !text.low(**line).starts_with("số")));
    let references = references::references(&text, &parts, number.as_ref().map(|number| &number.value));
    let attachments = references::attachments(&text, &body, &references);
    let kind = head::kind(&text, &layout.head, number.as_ref());
    let frame = tasks::Frame {
        recipients: &recipients,
        issued,
        kind: kind.as_ref().map(|kind| kind.value.as_str()),
        cells: &|line| columns::cells(&text, original, line),
    };
    let Orders { tasks, goals } = tasks::orders(&text, &layout.body, &frame);
    let reported =
        |with: bool| tasks.iter().find(|task| task.report_to.is_some() && (!with || !task.deadlines.is_empty()));
    let report_to = reported(true).or_else(|| reported(false)).and_then(|task| task.report_to.clone());
    let report_to = report_to.or_else(|| tasks.iter().find_map(|task| task.submit_to.clone()));
    let copies = copies::copies(&text, &layout.copies);
    let mut cosigners = signature::signatures(&text, &layout.signature);
    let signature = cosigners.pop();
    let subject = head::subject(&text, &layout.head);
    let absent = [
        (number.as_ref().is_none_or(|number| number.value.count.is_none()), Missing::Number),
        (family.is_none(), Missing::Family),
        (issuer.is_none(), Missing::Issuer),
        (subject.is_none(), Missing::Subject),
        (kind.is_none(), Missing::Kind),
        (recipients.to.is_empty(), Missing::Recipients),
        (copies.items.is_empty(), Missing::Copies),
        (signature.as_ref().is_none_or(|signature| signature.name.is_none()), Missing::Signer),
    ];
    missing.extend(absent.into_iter().filter(|(absent, _)| *absent).map(|(_, part)| part));
    let seen = doubts::Seen {
        layout: &layout,
        date: date.as_ref().filter(|_| date_is == DateIs::Issued),
        issued,
        tasks: &tasks,
        signature: signature.as_ref(),
    };
    Ok(Letter {
        figures: body.iter().flat_map(|part| figures::figures(&text, *part)).collect(),
        urgency: secrecy::urgency(&text, &layout.head),
        amounts: body.iter().flat_map(|part| amounts::amounts(&text, *part)).collect(),
        contacts: contacts::contacts(&text, &body),
        laws: laws::laws(&text, &body),
        accountable: doubts::accountable(&text, &layout.body, &tasks),
        doubts: doubts::doubts(&text, &seen),
        second_letter: layout.second.map(|line| Place { start: text.place(line).start, end: original.len() }),
        family,
        issuer,
        parent_body,
        number,
        date,
        date_is,
        place,
        kind,
        subject,
        recipients,
        references,
        tasks,
        goals,
        report_to,
        attachments,
        copies,
        signature,
        cosigners,
        missing,
    })
}

/// The day of the meeting that a notice concludes: its first paragraph begins with it.
fn meeting(text: &Text, layout: &layout::Layout) -> Option<Found<Written>> {
    let first = layout.body.first()?.bounds;
    let (written, end) = text.low(first).starts_with("ngày").then(|| date::date_at(&text.lower, first.start))??;
    let met = number::has(text, first, &["hội nghị", "cuộc họp", "phiên họp", "họp"]);
    (met && written.date().is_some()).then(|| text.found(written, text::Bounds::new(first.start, end), 85))
}
