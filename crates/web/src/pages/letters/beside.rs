//! What stands beside a letter: the files that came with it (DT18), and where its copies went (DT08).

use desk::letters::enclosure::Way;
use desk::views::letters::graph::Graph;

use super::{LIST, columns};
use crate::pages::words::fill;
use crate::view::{Cell, Choice, Field, Form, Input, Refusal, Say, Section, Table, Tone};

pub(super) fn enclosures(t: Say, found: &Graph) -> Section {
    let lacking = found.lacking.iter().map(|title| {
        vec![Cell::text(title.clone()), Cell::text(t.say("letter-enclosure-lacking")).toned(Tone::Attention)]
    });
    let there = found.enclosures.iter().map(|kept| {
        let one = &kept.content;
        let by = fill(t, "letter-enclosure-by", &[("who", one.by.clone().into()), ("at", one.at.to_string().into())]);
        vec![Cell::text(one.title.clone()), Cell::link(one.file.clone(), format!("{LIST}/kem/{}", kept.id)).told(by)]
    });
    Section {
        empty: t.say("letter-enclosures-none"),
        table: Some(Table {
            columns: columns(t, &["letter-column-enclosure", "letter-column-file"]),
            rows: lacking.chain(there).collect(),
        }),
        ..Section::new("kem-theo", t.say("letter-enclosures"))
    }
}

pub(super) fn attach_form(t: Say, found: &Graph, own: &str, key: String, refusal: Option<Refusal>) -> Section {
    let titles = found.lacking.iter().map(|title| Choice { value: title.clone(), text: title.clone(), chosen: false });
    let other = Choice { value: String::new(), text: t.say("letter-enclosure-other"), chosen: false };
    let mut form = Form::new(format!("{own}/kem/tep"), t.say("letter-attach"), key)
        .field(
            Field::words("title", t.say("letter-column-enclosure"))
                .input(Input::Choices(titles.chain(std::iter::once(other)).collect())),
        )
        .field(
            Field::words("file", t.say("letter-column-file"))
                .input(Input::File(".pdf,.docx,.xlsx,.jpg,.png".into()))
                .required(),
        );
    form.multipart = true;
    form.refusal = refusal;
    Section { forms: vec![form], folded: true, ..Section::new("them-kem", t.say("letter-attach")) }
}

pub(super) fn copies(t: Say, found: &Graph) -> Section {
    let letter = &found.letter.content;
    let noted = |to: &str| found.deliveries.iter().find(|one| one.content.to == to);
    let mut names: Vec<(String, Option<letter::Purpose>)> = letter.copies.clone();
    let others = found.deliveries.iter().filter(|one| names.iter().all(|(to, _)| *to != one.content.to));
    let others: Vec<_> = others.map(|one| (one.content.to.clone(), None)).collect();
    names.extend(others);
    let row = |(to, purpose): &(String, Option<letter::Purpose>)| {
        let purpose = purpose.map_or_else(Cell::unknown, |purpose| Cell::text(t.say(purpose_key(purpose))));
        let state = match noted(to).map(|one| &one.content) {
            None => Cell::text(t.say("letter-copy-unsent")),
            Some(one) => {
                let facts = [
                    ("way", t.say(&format!("letter-way-{}", one.way.code())).into()),
                    ("at", one.sent_at.to_string().into()),
                ];
                let sent = fill(t, "letter-copy-sent", &facts);
                match one.acknowledged_at {
                    Some(at) => Cell::text(t.one("letter-copy-received", "at", at.to_string()))
                        .told(format!("{sent} {}", one.note))
                        .toned(Tone::Confirmed),
                    None => Cell::text(sent).told(one.note.clone()),
                }
            }
        };
        vec![Cell::text(to.clone()), purpose, state]
    };
    Section {
        empty: t.say("letter-copies-none"),
        table: Some(Table {
            columns: columns(t, &["letter-column-to", "letter-column-purpose", "letter-column-delivery"]),
            rows: names.iter().map(row).collect(),
        }),
        ..Section::new("noi-nhan", t.say("letter-copies"))
    }
}

const fn purpose_key(purpose: letter::Purpose) -> &'static str {
    match purpose {
        letter::Purpose::Carry => "letter-purpose-carry",
        letter::Purpose::Report => "letter-purpose-report",
        letter::Purpose::Cooperate => "letter-purpose-cooperate",
        letter::Purpose::Know => "letter-purpose-know",
        letter::Purpose::Direct => "letter-purpose-direct",
    }
}

pub(super) fn copy_form(t: Say, found: &Graph, own: &str, key: String, refusal: Option<Refusal>) -> Section {
    let to = found.letter.content.copies.iter().map(|(to, _)| to.clone());
    let to = to.chain(std::iter::once(t.say("letter-way-portal")));
    let to = to.map(|to| Choice { value: to.clone(), text: to, chosen: false }).collect();
    let way = |way: Way| Choice {
        value: way.code().to_owned(),
        text: t.say(&format!("letter-way-{}", way.code())),
        chosen: false,
    };
    let mut form = Form::new(format!("{own}/ban-gui"), t.say("letter-copy-note"), key)
        .field(Field::words("to", t.say("letter-column-to")).input(Input::Choices(to)).required())
        .field(Field::words("way", t.say("letter-way")).input(Input::Choices(Way::ALL.map(way).to_vec())).required())
        .field(Field::words("sent", t.say("letter-sent-at")).input(Input::Moment).hint(t.say("letter-sent-now")))
        .field(Field::words("received", t.say("letter-received-at")).input(Input::Moment))
        .field(Field::words("note", t.say("letter-receipt")));
    form.refusal = refusal;
    Section { forms: vec![form], folded: true, ..Section::new("ghi-gui", t.say("letter-copy-note")) }
}
