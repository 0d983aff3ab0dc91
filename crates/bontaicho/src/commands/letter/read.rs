//! `letter read FILE…`: what a letter says, as text for people or as JSON for programs
//! (docs/formats/letter-reading.md). Each file has its own result or its own refusal. Nothing is
//! stored; of a secret paper nothing is printed.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use clap::ArgMatches;
use desk::letters::doubt::doubt_key;
use document::letter_file::{FileDoubt, FileKind, LetterText, Limits, read_letter};
use letter::reading::{ReadTask, Signer};
use letter::{Missing, Reading, Urgency};
use locale::{Fact, Locale, Sentence};
use quantity::Coded;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::cli;
use crate::exit::{Ended, Ending, print, say};

/// How the text was come by.
#[derive(Serialize)]
struct About {
    kind: FileKind,
    encoding: document::text::Encoding,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<usize>,
    doubts: Vec<FileDoubt>,
}

/// One file, read.
#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    reading: Reading,
    file: About,
    /// The text that `evidence` points into, where it is not the file itself byte by byte.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// Why one file was not read.
enum NotRead {
    /// The file itself.
    File(std::io::Error),
    /// What is in it: sentence, next step, code.
    Refused(Sentence),
}

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let names: Vec<&String> = matches.get_many::<String>("file").into_iter().flatten().collect();
    let json = cli::text(matches, "format") == Some("json");
    let mut all = Map::new();
    let (mut refused, mut unread) = (0, None);
    for name in &names {
        let result = read(name, locale);
        let key = short(name, &names);
        match result {
            Ok(found) if json => {
                let value =
                    serde_json::to_value(&found).map_err(|error| Ending::File((*name).clone(), error.into()))?;
                all.insert(key, value);
            }
            Ok(found) => print(&told(&key, &found, names.len() > 1, locale)),
            Err(NotRead::Refused(words)) => {
                refused += 1;
                let facts = [
                    ("name", Fact::from(name.as_str())),
                    ("sentence", Fact::from(words.sentence.as_str())),
                    ("code", Fact::from(words.code)),
                ];
                say(&locale::say(locale, "letter-read-refused", &facts));
                say(&words.next);
                all.insert(key, error(words.code, &words.sentence, &words.next));
            }
            Err(NotRead::File(cause)) => {
                let facts = [("name", Fact::from(name.as_str())), ("cause", Fact::from(cause.to_string()))];
                let sentence = locale::say(locale, "cli-file", &facts);
                all.insert(key, error("FILE", &sentence, ""));
                match unread {
                    None => unread = Some(Ending::File((*name).clone(), cause)),
                    Some(_) => say(&sentence),
                }
            }
        }
    }
    if json {
        let text = serde_json::to_string_pretty(&Value::Object(all));
        print(&text.map_err(|error| Ending::File("json".to_owned(), error.into()))?);
    }
    match unread {
        Some(ending) => Err(ending),
        None if refused == 0 => Ok(()),
        None if refused == names.len() => Err(Ending::Refused),
        None => Err(Ending::SomeRowsBad),
    }
}

fn error(code: &str, sentence: &str, next: &str) -> Value {
    serde_json::json!({ "error": { "code": code, "sentence": sentence, "next": next } })
}

/// The name of a file without its folder, unless two have the same.
fn short(name: &str, names: &[&String]) -> String {
    let bare = |name: &str| Path::new(name).file_name().map_or(name.to_owned(), |bare| bare.to_string_lossy().into());
    let own = bare(name);
    if names.iter().filter(|other| bare(other) == own).count() > 1 { name.to_owned() } else { own }
}

fn read(name: &str, locale: Locale) -> Result<Found, NotRead> {
    let limits = Limits::LETTER;
    let refuse = |problem: &dyn Coded| NotRead::Refused(locale::sentence(locale, problem));
    let bytes = bytes(name, limits.file_bytes).map_err(NotRead::File)?;
    let text = read_letter(&bytes, name, &limits, &|| false).map_err(|problem| refuse(&problem))?;
    let letter = letter::read(&text.text).map_err(|refusal| refuse(&refusal))?;
    let reading = Reading::of(&letter, &text.text);
    let LetterText { text, kind, encoding, pages, doubts, .. } = text;
    let file = About { kind, encoding, pages, doubts };
    Ok(Found { reading, file, text: (text.as_bytes() != bytes).then_some(text) })
}

/// The bytes of a file or, for `-`, of the standard input; one more than the limit at most.
fn bytes(name: &str, limit: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match name {
        "-" => std::io::stdin().lock().take(limit + 1).read_to_end(&mut bytes)?,
        name => File::open(name)?.take(limit + 1).read_to_end(&mut bytes)?,
    };
    Ok(bytes)
}

/// A reading for people.
fn told(name: &str, found: &Found, several: bool, locale: Locale) -> String {
    let read = &found.reading;
    let mut lines = Vec::new();
    if several {
        lines.push(format!("== {name}"));
    }
    let unclear = locale::say(locale, "letter-read-unclear", &[]);
    let mut line = |key: &str, value: Option<&str>, always: bool| {
        if let Some(value) = value.filter(|value| !value.is_empty()).or(always.then_some(&unclear)) {
            lines.push(locale::say(locale, key, &[("value", value.into())]));
        }
    };
    line("letter-read-issuer", read.issuer.as_deref(), true);
    line("letter-read-parent", read.parent_body.as_deref(), false);
    line("letter-read-number", read.number.as_deref(), true);
    let date = if read.date_is.is_some() { "letter-read-meeting" } else { "letter-read-date" };
    line(date, read.date.as_deref(), true);
    line("letter-read-kind", read.kind.as_deref(), true);
    line("letter-read-subject", read.subject.as_deref(), true);
    let urgency = read.urgency.map(|urgency| {
        let key = match urgency {
            Urgency::Urgent => "letter-read-urgent",
            Urgency::VeryUrgent => "letter-read-very-urgent",
            Urgency::Immediate => "letter-read-immediate",
        };
        locale::say(locale, key, &[])
    });
    line("letter-read-urgency", urgency.as_deref(), false);
    line("letter-read-recipients", Some(&read.recipients.join("; ")), false);
    let dated = |(number, day): &(String, Option<String>)| match day {
        Some(day) => format!("{number} ({day})"),
        None => number.clone(),
    };
    line("letter-read-references", Some(&read.references.iter().map(dated).collect::<Vec<_>>().join("; ")), false);
    line("letter-read-attachments", Some(&read.attachments.join("; ")), false);
    line("letter-read-report-to", read.report_to.as_deref(), false);
    line("letter-read-signer", read.signer.as_ref().map(signed).as_deref(), true);
    let facts = [("count", Fact::from(read.copies)), ("value", read.archive.as_deref().unwrap_or(&unclear).into())];
    lines.push(locale::say(locale, "letter-read-copies", &facts));
    lines.push(locale::say(locale, "letter-read-tasks", &[("count", read.tasks.len().into())]));
    for (index, one) in read.tasks.iter().enumerate() {
        task(index + 1, one, locale, &mut lines);
    }
    let blank = |part| read.missing.contains(&part);
    let number = blank(Missing::Number).then_some("letter-doubt-number");
    let day = (blank(Missing::Date) || blank(Missing::Day)).then_some("letter-doubt-day");
    let doubts = read.doubts.iter().map(|doubt| doubt_key(*doubt));
    let of_file = found.file.doubts.iter().map(|doubt| doubt.key());
    for key in number.into_iter().chain(day).chain(doubts).chain(of_file) {
        lines.push(format!("! {}", locale::say(locale, key, &[])));
    }
    if several {
        lines.push(String::new());
    }
    lines.join("\n")
}

fn signed(signer: &Signer) -> String {
    let parts = [&signer.authority, &signer.post, &signer.name];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn task(number: usize, task: &ReadTask, locale: Locale, lines: &mut Vec<String>) {
    let unclear = || locale::say(locale, "letter-read-owner-unclear", &[]);
    let mut owner = task.owner.clone().unwrap_or_else(unclear);
    if task.unaddressed {
        owner = format!("{owner} ({})", locale::say(locale, "letter-read-unaddressed", &[]));
    }
    lines.push(format!("{number}. {owner}: {}", task.text));
    for (index, part) in task.subtasks.iter().enumerate() {
        lines.push(format!("   ({}) {part}", index + 1));
    }
    for due in &task.due {
        let words = due.written.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.push(format!("   {}", locale::say(locale, "letter-read-due", &[("value", words.into())])));
    }
}
