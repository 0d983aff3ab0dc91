//! From a letter to its data.

use super::places::evidence;
use super::{CopyTo, Document, Due, Named, ReadTask, Reading, Signer};
use crate::deadline::{Clock, Deadline};
use crate::text::{Found, Place};
use crate::{DateIs, Letter, Missing, Qualifier, Written};

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
            within_hours: None,
            working_days: None,
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
            Deadline::Periodic { every, on, clock } => Self { every: Some(every), on, time: clock.map(hour), ..plain },
        }
    }
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
