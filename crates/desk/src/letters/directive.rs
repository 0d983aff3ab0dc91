//! A letter as it is kept: its fields as they were read and then confirmed, and its tasks while nobody
//! has confirmed them.

use document::letter_file::FileDoubt;
use jiff::civil::Date;
use letter::{Deadline, Family, Missing, Part, Place, Role, Urgency};
use place::BodyId;
use place::text::ascii_fold;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};
use store::finding::Facets;

use super::finding;
use super::listed::Listed;
use super::task::{Named, Task};
use crate::record::{Record, RecordId};

/// Where a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Read by the program; a person must look before anything goes out.
    Read,
    /// «Đã vào sổ»: a person confirmed it, its tasks are on their way.
    Confirmed,
    /// «Gỡ khỏi sổ»: taken in by mistake; kept with its reason.
    Withdrawn,
}

/// Which way it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// «Văn bản đến».
    #[default]
    Incoming,
    /// «Văn bản đi»: issued by the command post or a body of it.
    Outgoing,
}

/// The file a letter came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes: SHA-256 in hexadecimal, under which they are kept.
    pub digest: String,
}

/// A document that a letter names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Its number as written, «285/TB-VPCP»; empty where the letter gives none.
    pub number: String,
    /// Its day, where the letter says it.
    pub date: Option<Date>,
    /// Its kind as written, «Thông báo».
    pub kind: Option<String>,
    /// Who issued it, as written.
    pub issuer: Option<String>,
    /// What the letter does with it.
    pub role: Role,
    /// Where the letter says so: bytes of its text.
    pub place: Option<Place>,
}

/// Whoever a task is for, as the letter names him, and the bodies that this means.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Owner {
    /// As written: «Các Bệnh viện tuyến tỉnh»; empty where the letter does not say.
    pub name: String,
    /// The bodies of the register on the letter's day.
    pub bodies: Vec<BodyId>,
    /// What should be known about the list: a stable code of `letters-owner-…`.
    pub note: Option<String>,
}

/// A deadline as the letter prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// What it means.
    pub deadline: Deadline,
    /// Its own words.
    pub words: String,
    /// Where they stand.
    pub place: Place,
}

/// A task that was read and that nobody has confirmed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftTask {
    /// The order, word for word or as a person corrected it.
    pub text: String,
    /// The sentence it comes from: bytes of the letter's text; none for one that a person added.
    pub place: Option<Place>,
    /// Who is to do it.
    pub owner: Owner,
    /// The owner is given a task and not addressed: somebody must tell him.
    pub unaddressed: bool,
    /// What the owner does in it.
    pub part: Part,
    /// (1) (2) (3).
    pub subtasks: Vec<String>,
    /// With whom.
    pub partners: Vec<String>,
    /// The head who answers for it, as the letter says; with officers by field.
    pub heads: Vec<String>,
    /// Deadlines as printed.
    pub printed: Vec<Printed>,
    /// Words of haste; they propose a day and set none.
    pub haste: Vec<String>,
    /// To whom it is reported.
    pub report_to: Option<String>,
    /// Left out by a person: it stays in the draft and becomes no task.
    #[serde(default)]
    pub left_out: bool,
    /// The last day, where a leader sets one; none leaves the letter's own.
    #[serde(default)]
    pub last_day: Option<Date>,
    /// Who works on it, where it is for one body.
    #[serde(default)]
    pub holder: Option<Named>,
}

impl DraftTask {
    /// An order of which nothing else is known yet.
    pub fn of(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            place: None,
            owner: Owner::default(),
            unaddressed: false,
            part: Part::Carry,
            subtasks: Vec::new(),
            partners: Vec::new(),
            heads: Vec::new(),
            printed: Vec::new(),
            haste: Vec::new(),
            report_to: None,
            left_out: false,
            last_day: None,
            holder: None,
        }
    }
}

/// A letter in the register (DT01).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Directive {
    /// Where it stands.
    pub standing: Standing,
    /// Which way it went.
    #[serde(default)]
    pub direction: Direction,
    /// Government or Party, where it shows.
    pub family: Option<Family>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// The body above the issuer.
    pub parent_body: Option<String>,
    /// Its number as written; «/SYT-NVY» where the stamp came later.
    pub number: Option<String>,
    /// Its day.
    pub date: Option<Date>,
    /// Its date as written, where the day is missing («tháng 11 năm 2021»).
    pub date_words: Option<String>,
    /// Where it was issued.
    pub place: Option<String>,
    /// Its kind, «Công văn».
    pub kind: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// How urgent.
    pub urgency: Option<Urgency>,
    /// «Kính gửi», as written.
    pub recipients: Vec<String>,
    /// Documents it names.
    pub references: Vec<Basis>,
    /// What comes with it, as it says.
    pub attachments: Vec<String>,
    /// «Nơi nhận»: to whom and what for, as a stable name of [`letter::Purpose`].
    pub copies: Vec<(String, Option<letter::Purpose>)>,
    /// «Lưu».
    pub archive: Option<String>,
    /// The signer's post and name.
    pub signer_post: Option<String>,
    /// The signer's name.
    pub signer_name: Option<String>,
    /// To whom it wants a report.
    pub report_to: Option<String>,
    /// What was not in the text.
    pub missing: Vec<Missing>,
    /// What a person should look at.
    pub doubts: Vec<letter::Doubt>,
    /// What should be known of the file it came in: macros left alone, pages without text.
    #[serde(default)]
    pub file_doubts: Vec<FileDoubt>,
    /// Its tasks before they are confirmed.
    pub draft: Vec<DraftTask>,
    /// Orders that are goals of the whole letter.
    pub goals: Vec<String>,
    /// Its tasks once confirmed, in the order of the letter.
    pub tasks: Vec<RecordId<Task>>,
    /// Its text: SHA-256 in hexadecimal, under which it is kept.
    pub text: String,
    /// The same for its letters and figures alone: pasted and as a file a letter is one letter. None in versions of
    /// before it was written down.
    #[serde(default)]
    pub same_text: Option<String>,
    /// The whole reading with its places: likewise.
    pub reading: String,
    /// The file it came in; none where the text was pasted.
    pub original: Option<Original>,
    /// When it came, by the domain clock.
    pub arrived_at: Moment,
    /// Number in the register of incoming letters, per year; none before it is confirmed.
    #[serde(default)]
    pub arrival_number: Option<i64>,
    /// Who took it in.
    pub taken_by: String,
    /// Who confirmed it, and when.
    #[serde(default)]
    pub confirmed: Option<(String, Moment)>,
    /// Why it was withdrawn.
    #[serde(default)]
    pub withdrawn: Option<String>,
    /// Part of a demonstration or drill.
    #[serde(default)]
    pub simulated: bool,
    /// What the list of a document system says of it.
    #[serde(default)]
    pub listed: Option<Listed>,
}

impl Record for Directive {
    const KIND: &'static str = "directive";

    fn code(&self) -> Option<String> {
        // What was withdrawn may be taken in again.
        (self.standing != Standing::Withdrawn).then(|| key_of(self))
    }

    fn is_open(&self) -> bool {
        self.standing == Standing::Read
    }

    fn facets(&self, text: &mut dyn FnMut(&str) -> crate::Outcome<String>) -> crate::Outcome<Option<Facets>> {
        Ok(Some(finding::of_directive(self, &text(&self.text)?)))
    }
}

/// Numbers restart each January: issuer, number and year make a letter; where one of them is missing,
/// its text does; where there is none yet, what a list says of it.
fn key_of(directive: &Directive) -> String {
    let blank = directive.missing.contains(&Missing::Number);
    match (&directive.issuer, &directive.number, directive.date) {
        (Some(issuer), Some(number), Some(date)) if !blank => {
            format!("{}|{}|{}", ascii_fold(issuer), plain_number(number), date.year())
        }
        _ if directive.lacks_text() => {
            let key = directive.listed.as_ref().map(|listed| listed.row.key()).unwrap_or_default();
            format!("listed|{}", store::hex(&store::sha256(key.as_bytes())))
        }
        _ => format!("text|{}", directive.same_text.as_ref().unwrap_or(&directive.text)),
    }
}

/// A number without its blanks, in capitals: how two spellings of one number are compared.
pub fn plain_number(number: &str) -> String {
    number.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_uppercase).collect()
}

impl Directive {
    /// What the letter is called in a list: «3183/SYT-KHTC», «chưa có số».
    pub fn called(&self) -> Option<&str> {
        self.number.as_deref().filter(|_| !self.missing.contains(&Missing::Number))
    }

    /// Its number as it may be told, otherwise what it is about; empty where neither is known.
    pub fn name(&self) -> String {
        self.called().map(str::to_owned).or_else(|| self.subject.clone()).unwrap_or_default()
    }

    /// The bodies that its tasks are for.
    pub fn owners(&self) -> impl Iterator<Item = BodyId> + '_ {
        self.draft.iter().flat_map(|task| task.owner.bodies.iter().copied())
    }
}

/// The key of a directive.
pub type DirectiveId = RecordId<Directive>;

/// A directive's key from bytes.
pub const fn directive_id(id: Id) -> DirectiveId {
    RecordId::new(id)
}
