//! Where each value of a reading stands, by its key path.

use std::collections::BTreeMap;

use super::Evidence;
use crate::Letter;
use crate::text::{Found, Place};

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

/// Every place of a letter.
pub(super) fn evidence(letter: &Letter) -> BTreeMap<String, Evidence> {
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
