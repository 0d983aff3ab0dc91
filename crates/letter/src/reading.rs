//! A reading as data that other programs take: one flat object, its shape in
//! docs/formats/letter-reading.md. Keys and shapes do not change; new keys may come.
//!
//! Dates are `2021-09-11`, or `2021-11` where the day was left blank. What was not found is `null` or
//! absent and never made up; `evidence` says where each value stands in the text that was handed in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::deadline::{Clock, Deadline, Every, On, Word};
use crate::text::{Found, Place};
use crate::{DateIs, Doubt, Family, Letter, Missing, Part, Purpose, Qualifier, Role, Urgency, Written};

/// Where a value stands, and how sure the reading is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// First byte in the text that was handed in.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// 0 to 1; an estimate by the kind of evidence, not a measured rate.
    pub confidence: f64,
}

/// The signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// In whose place is signed, levels joined by « / ».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// His post.
    pub post: Option<String>,
    /// His name as printed.
    pub name: Option<String>,
}

/// A deadline with its own word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The words of the letter.
    pub written: String,
    /// «trước» or «chậm nhất».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<Word>,
    /// The printed day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// The printed hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// «trong vòng N ngày».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_days: Option<u16>,
    /// Whether these are working days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_days: Option<bool>,
    /// Within how many hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_hours: Option<u16>,
    /// How often it comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<Every>,
    /// On which day of the period, where it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<On>,
    /// From when it is overdue, local time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue_from: Option<String>,
}

/// An officer named for a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// His name.
    pub name: String,
    /// Posts as printed.
    pub post: Option<String>,
    /// His field.
    pub field: String,
}

/// A task as the letter gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadTask {
    /// Who is to do it, as the text names it.
    pub owner: Option<String>,
    /// What the owner does in it.
    pub role: Part,
    /// The order, word for word, blanks single, without its marker.
    pub text: String,
    /// The same as it stands in the text that was handed in.
    pub sentence: String,
    /// The first printed day until when; `null` where there is none.
    pub deadline: Option<String>,
    /// Inline (1) (2) (3).
    pub subtasks: Vec<String>,
    /// Every deadline with its word, periodic and relative ones too.
    pub due: Vec<Due>,
    /// The owner is not addressed by the letter.
    pub unaddressed: bool,
    /// Whom the owner must direct.
    pub executors: Vec<String>,
    /// With whom.
    pub partners: Vec<String>,
    /// The heads who answer for it.
    pub accountable: Vec<String>,
    /// Officers named by field.
    pub officers: Vec<Named>,
    /// Words of haste.
    pub haste: Vec<String>,
    /// To whom it is reported.
    pub report_to: Option<String>,
}

/// A copy and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyTo {
    /// Who gets it.
    pub to: String,
    /// What for.
    pub purpose: Option<Purpose>,
}

/// Another document that the letter names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its number.
    pub number: String,
    /// The word for its kind.
    pub kind: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What the letter does with it.
    pub role: Role,
}

/// What was read, as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// `government` or `party`.
    pub family: Option<Family>,
    /// Who issued it, written out.
    pub issuer: Option<String>,
    /// The body above the issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_body: Option<String>,
    /// Its number as printed.
    pub number: Option<String>,
    /// Its date, or that of the meeting it concludes.
    pub date: Option<String>,
    /// `meeting` where `date` is that of the meeting; else absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_is: Option<DateIs>,
    /// Where it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// «Công văn», «Thông báo».
    pub kind: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// The stamp of urgency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// To whom.
    pub recipients: Vec<String>,
    /// Short name → those it stands for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub alias: BTreeMap<String, Vec<String>>,
    /// Number and date of each document named.
    pub references: Vec<(String, Option<String>)>,
    /// The same with kind, issuer and role.
    pub documents: Vec<Document>,
    /// Owners in the order of the text, and how many tasks each has.
    pub tasks_by_owner: Vec<(String, usize)>,
    /// Owners that the letter does not address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unaddressed_owners: Vec<String>,
    /// Whom owners must direct, and in how many tasks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub executors: Vec<(String, usize)>,
    /// Owner, which of his tasks (from 1), how many parts it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inline_subtasks: Vec<(String, usize, usize)>,
    /// Name and field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub officers: Vec<(String, String)>,
    /// Percentages and the word that limits them, `=` where none does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<(String, String)>,
    /// Printed days until when.
    pub deadlines: Vec<String>,
    /// To whom is reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_to: Option<String>,
    /// What comes with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<String>,
    /// How many copies go out, the archive's not counted.
    pub copies: usize,
    /// Each of them.
    pub copies_to: Vec<CopyTo>,
    /// Who keeps it.
    pub archive: Option<String>,
    /// Who signed.
    pub signer: Option<Signer>,
    /// Of number, date and day, what the stamp has not filled in yet.
    pub missing: Vec<Missing>,
    /// Other parts that are not in the text.
    pub not_found: Vec<Missing>,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
    /// Orders without a task of their own.
    pub goals: Vec<String>,
    /// The tasks.
    pub tasks: Vec<ReadTask>,
    /// Key path (`issuer`, `tasks[0].owner`) → its place.
    pub evidence: BTreeMap<String, Evidence>,
}

fn value<T: Clone>(found: &Option<Found<T>>) -> Option<T> {
    found.as_ref().map(|found| found.value.clone())
}

fn values(found: &[Found<String>]) -> Vec<String> {
    found.iter().map(|found| found.value.clone()).collect()
}

/// A date as far as it is written.
fn date(written: Written) -> Option<String> {
    match (written.year, written.month, written.day) {
        (Some(year), Some(month), Some(day)) => Some(format!("{year:04}-{month:02}-{day:02}")),
        (Some(year), Some(month), None) => Some(format!("{year:04}-{month:02}")),
        (Some(year), None, _) => Some(format!("{year:04}")),
        (None, ..) => None,
    }
}

/// Names and how often each comes, in the order of the text; case does not tell them apart.
fn counted<'n>(names: impl Iterator<Item = &'n String>) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for name in names {
        match counts.iter_mut().find(|(known, _)| known.to_lowercase() == name.to_lowercase()) {
            Some((_, count)) => *count += 1,
            None => counts.push((name.clone(), 1)),
        }
    }
    counts
}

/// The word of a qualifier as the letters write it.
fn limit(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Exactly => "=",
        Qualifier::Nearly => "gần",
        Qualifier::Above => "trên",
        Qualifier::About => "khoảng",
        Qualifier::AtLeast => "ít nhất",
        Qualifier::Below => "dưới",
        Qualifier::AtMost => "không quá",
    }
}

fn hour(clock: Clock) -> String {
    format!("{:02}:{:02}", clock.hour, clock.minute)
}

impl Due {
    fn of(deadline: Deadline, written: String) -> Self {
        let overdue_from = deadline.overdue_from().map(|moment| moment.to_string());
        let plain = Self {
            written,
            word: None,
            day: None,
            time: None,
            within_days: None,
            working_days: None,
            within_hours: None,
            every: None,
            on: None,
            overdue_from,
        };
        match deadline {
            Deadline::Absolute { word, day, clock } => {
                Self { word: Some(word), day: Some(day.to_string()), time: clock.map(hour), ..plain }
            }
            Deadline::Relative { days, working } => {
                Self { within_days: Some(days), working_days: Some(working), ..plain }
            }
            Deadline::Hours { hours } => Self { within_hours: Some(hours), ..plain },
            Deadline::Periodic { every, on, clock } => {
                Self { every: Some(every), on, time: clock.map(hour), ..plain }
            }
        }
    }
}

/// Places by key path.
#[derive(Default)]
struct Places(BTreeMap<String, Evidence>);

impl Places {
    fn put(&mut self, path: impl Into<String>, place: Place, percent: u8) {
        let evidence = Evidence { start: place.start, end: place.end, confidence: f64::from(percent) / 100.0 };
        self.0.insert(path.into(), evidence);
    }

    fn one<T>(&mut self, path: impl Into<String>, found: &Option<Found<T>>) {
        if let Some(found) = found {
            self.put(path, found.place, found.percent);
        }
    }

    fn list<T>(&mut self, path: &str, found: &[Found<T>]) {
        for (index, found) in found.iter().enumerate() {
            self.put(format!("{path}[{index}]"), found.place, found.percent);
        }
    }
}

fn evidence(letter: &Letter) -> BTreeMap<String, Evidence> {
    let mut places = Places::default();
    places.one("family", &letter.family);
    places.one("issuer", &letter.issuer);
    places.one("parent_body", &letter.parent_body);
    places.one("number", &letter.number);
    places.one("date", &letter.date);
    places.one("place", &letter.place);
    places.one("kind", &letter.kind);
    places.one("subject", &letter.subject);
    places.one("urgency", &letter.urgency);
    places.list("recipients", &letter.recipients.to);
    places.one("alias", &letter.recipients.alias);
    places.list("references", &letter.references);
    places.list("goals", &letter.goals);
    places.list("figures", &letter.figures);
    places.one("report_to", &letter.report_to);
    places.list("attachments", &letter.attachments);
    places.list("copies_to", &letter.copies.items);
    places.one("archive", &letter.copies.archive);
    if let Some(signature) = &letter.signature {
        if let (Some(first), Some(last)) = (signature.authority.first(), signature.authority.last()) {
            let (start, end) = (first.place.start.min(last.place.start), last.place.end.max(first.place.end));
            places.put("signer.authority", Place { start, end }, first.percent.min(last.percent));
        }
        places.one("signer.post", &signature.post);
        places.one("signer.name", &signature.name);
    }
    let mut officers = 0;
    for (index, task) in letter.tasks.iter().enumerate() {
        let path = |key: &str| format!("tasks[{index}]{key}");
        places.put(path(""), task.text.place, task.text.percent);
        places.one(path(".owner"), &task.owner);
        places.one(path(".report_to"), &task.report_to);
        places.list(&path(".subtasks"), &task.subtasks);
        places.list(&path(".due"), &task.deadlines);
        places.list(&path(".executors"), &task.executors);
        places.list(&path(".partners"), &task.partners);
        places.list(&path(".accountable"), &task.accountable);
        places.list(&path(".haste"), &task.haste);
        for officer in &task.officers {
            places.put(format!("officers[{officers}]"), officer.place, officer.percent);
            officers += 1;
        }
    }
    places.0
}

impl Reading {
    /// The reading of a letter; `original` is the text that was read.
    pub fn of(letter: &Letter, original: &str) -> Self {
        let slice = |place: Place| original.get(place.start..place.end).unwrap_or("").to_owned();
        let tasks: Vec<ReadTask> = letter
            .tasks
            .iter()
            .map(|task| {
                let named = task.officers.iter().map(|officer| Named {
                    name: officer.value.name.clone(),
                    post: officer.value.post.clone(),
                    field: officer.value.field.clone(),
                });
                ReadTask {
                    owner: value(&task.owner),
                    role: task.part,
                    text: task.text.value.clone(),
                    sentence: slice(task.text.place),
                    deadline: task.deadlines.iter().find_map(|found| found.value.day()).map(|day| day.to_string()),
                    subtasks: values(&task.subtasks),
                    due: task.deadlines.iter().map(|found| Due::of(found.value, slice(found.place))).collect(),
                    unaddressed: task.owner_is_unaddressed,
                    executors: values(&task.executors),
                    partners: values(&task.partners),
                    accountable: values(&task.accountable),
                    officers: named.collect(),
                    haste: values(&task.haste),
                    report_to: value(&task.report_to),
                }
            })
            .collect();
        let same = |one: &ReadTask, other: &ReadTask| one.owner == other.owner;
        let inline = tasks.iter().enumerate().filter(|(_, task)| !task.subtasks.is_empty());
        let inline_subtasks = inline.filter_map(|(index, task)| {
            let nth = tasks.iter().take(index + 1).filter(|other| same(other, task)).count();
            Some((task.owner.clone()?, nth, task.subtasks.len()))
        });
        let documents: Vec<Document> = letter
            .references
            .iter()
            .map(|found| Document {
                number: found.value.number.written.clone(),
                kind: found.value.kind.clone(),
                date: found.value.date.and_then(date),
                issuer: found.value.issuer.clone(),
                role: found.value.role,
            })
            .collect();
        let stamped = [Missing::Number, Missing::Date, Missing::Day];
        let (missing, not_found) = letter.missing.iter().partition(|part| stamped.contains(part));
        let mut missing: Vec<Missing> = missing;
        missing.sort_by_key(|part| stamped.iter().position(|known| known == part));
        let unaddressed = tasks.iter().filter(|task| task.unaddressed).filter_map(|task| task.owner.as_ref());
        let alias = letter.recipients.alias.as_ref();
        let alias = alias.map(|alias| (alias.value.clone(), values(&letter.recipients.to)));
        let copies_to = letter.copies.items.iter();
        Self {
            family: value(&letter.family),
            issuer: value(&letter.issuer),
            parent_body: value(&letter.parent_body),
            number: letter.number.as_ref().map(|number| number.value.written.clone()),
            date: letter.date.as_ref().and_then(|found| date(found.value)),
            date_is: Some(letter.date_is).filter(|is| *is == DateIs::Meeting),
            place: value(&letter.place),
            kind: value(&letter.kind),
            subject: value(&letter.subject),
            urgency: value(&letter.urgency),
            recipients: values(&letter.recipients.to),
            alias: alias.into_iter().collect(),
            references: documents.iter().map(|one| (one.number.clone(), one.date.clone())).collect(),
            documents,
            tasks_by_owner: counted(tasks.iter().filter_map(|task| task.owner.as_ref())),
            unaddressed_owners: counted(unaddressed).into_iter().map(|(name, _)| name).collect(),
            executors: counted(tasks.iter().flat_map(|task| &task.executors)),
            inline_subtasks: inline_subtasks.collect(),
            officers: tasks
                .iter()
                .flat_map(|task| &task.officers)
                .map(|one| (one.name.clone(), one.field.clone()))
                .collect(),
            figures: letter
                .figures
                .iter()
                .map(|found| (found.value.written.clone(), limit(found.value.qualifier).to_owned()))
                .collect(),
            deadlines: tasks.iter().flat_map(|task| &task.due).filter_map(|due| due.day.clone()).collect(),
            report_to: value(&letter.report_to),
            attachments: values(&letter.attachments),
            copies: letter.copies.items.len(),
            copies_to: copies_to
                .map(|found| CopyTo { to: found.value.to.clone(), purpose: found.value.purpose })
                .collect(),
            archive: value(&letter.copies.archive),
            signer: letter.signature.as_ref().map(|signature| Signer {
                authority: (!signature.authority.is_empty()).then(|| values(&signature.authority).join(" / ")),
                post: value(&signature.post),
                name: value(&signature.name),
            }),
            missing,
            not_found,
            doubts: letter.doubts.clone(),
            goals: values(&letter.goals),
            tasks,
            evidence: evidence(letter),
        }
    }
}
