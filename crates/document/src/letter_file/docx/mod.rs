//! WordprocessingML to text: paragraphs, tables row by row, text boxes, footnotes, numbers of lists,
//! head and foot of the first page. Fonts of old encodings are decoded run by run, by their name.
//!
//! [`styles`] knows looks and numbers that stand elsewhere, [`story`] reads one part of the file,
//! [`grid`] puts a table into lines.

mod grid;
mod numbers;
mod story;
mod styles;

use super::archive::Archive;
use super::xml::{Step, Steps, attribute};
use super::{FileDoubt, LetterFileProblem, Limits, Raw, joined};
use crate::text::Repairs;
use numbers::Numbers;
use story::{Notes, Story};
use styles::Styles;

/// What is known while the parts of one file are read.
struct Known {
    styles: Styles,
    numbers: Numbers,
    repairs: Repairs,
    tracked: bool,
    hidden: bool,
}

/// Targets of relations by id, of one part.
fn relations(xml: &str, wanted: impl Fn(&str, &str) -> bool) -> Result<Option<String>, LetterFileProblem> {
    let mut steps = Steps::of(xml);
    loop {
        match steps.next()? {
            Step::Open(start) | Step::Alone(start) if start.local_name().as_ref() == "Relationship" => {
                let of = |name: &str| attribute(&start, name).unwrap_or_default();
                // What lies outside the file is never followed.
                if !of("TargetMode").eq_ignore_ascii_case("external") && wanted(&of("Id"), &of("Type")) {
                    return Ok(Some(of("Target")));
                }
            }
            Step::End => return Ok(None),
            _ => {}
        }
    }
}

/// The folder of a part: `word/document.xml` → `word/`.
fn folder(part: &str) -> &str {
    part.rfind('/').map_or("", |at| &part[..=at])
}

/// A target seen from a part's folder.
fn target(folder: &str, target: &str) -> String {
    target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned)
}

pub(super) fn read(
    archive: &mut Archive<'_>,
    extension: &str,
    limits: &Limits,
    stop: &dyn Fn() -> bool,
) -> Result<Raw, LetterFileProblem> {
    let main = match archive.part("_rels/.rels")? {
        Some(xml) => relations(&xml, |_, kind| kind.ends_with("/officeDocument"))?.map(|name| target("", &name)),
        None => None,
    };
    let main = main.filter(|name| archive.has(name)).unwrap_or_else(|| "word/document.xml".to_owned());
    let Some(xml) = archive.part(&main)? else {
        return Err(LetterFileProblem::NotALetter { extension: extension.to_owned() });
    };
    let folder = folder(&main).to_owned();
    let beside = |name: &str| format!("{folder}{name}");
    let mut part = |name: &str| archive.part(&beside(name)).map(Option::unwrap_or_default);
    let mut known = Known {
        styles: Styles::read(&part("styles.xml")?)?,
        numbers: Numbers::read(&part("numbering.xml")?)?,
        repairs: Repairs::default(),
        tracked: false,
        hidden: false,
    };
    let notes = part("footnotes.xml")?;
    let ends = part("endnotes.xml")?;
    let relations_name = main.rsplit('/').next().unwrap_or("document.xml");
    let links = part(&format!("_rels/{relations_name}.rels"))?;

    let body = Story::read(&xml, &mut known, limits, stop)?;
    let mut edge = |id: &Option<String>, known: &mut Known| -> Result<Vec<String>, LetterFileProblem> {
        let Some(id) = id else { return Ok(Vec::new()) };
        let Some(name) = relations(&links, |this, _| this == id)? else { return Ok(Vec::new()) };
        let xml = archive.part(&target(&folder, &name))?.unwrap_or_default();
        Ok(Story::read(&xml, known, limits, stop)?.paragraphs)
    };
    let head = edge(&body.first_page.header(), &mut known)?;
    let foot = edge(&body.first_page.footer(), &mut known)?;
    let mut paragraphs = said(head);
    paragraphs.extend(body.paragraphs);
    for notes in [Notes::read(&notes, &mut known, limits, stop)?, Notes::read(&ends, &mut known, limits, stop)?] {
        let lines = said(notes.paragraphs);
        if !lines.is_empty() {
            paragraphs.push(String::new());
            paragraphs.extend(lines);
        }
    }
    let foot = said(foot);
    if !foot.is_empty() {
        paragraphs.push(String::new());
        paragraphs.extend(foot);
    }
    let macros = archive.has_ending("vbaproject.bin") || archive.has_ending("vbadata.xml") || extension == "docm";
    let doubts = [
        (macros, FileDoubt::MacrosIgnored),
        (known.tracked, FileDoubt::TrackedChanges),
        (known.hidden, FileDoubt::HiddenText),
    ];
    Ok(Raw {
        text: joined(&paragraphs),
        pages: None,
        repairs: known.repairs,
        doubts: doubts.into_iter().filter(|(is, _)| *is).map(|(_, doubt)| doubt).collect(),
    })
}

/// Lines with words; a page number alone says nothing.
fn said(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().filter(|line| line.chars().any(char::is_alphabetic)).collect()
}
