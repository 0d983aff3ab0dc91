//! A folder of letters taken in: each waits to be confirmed; what is known already is skipped, what is secret leaves
//! nothing behind, and each file that did not go in is named with its reason (DT01).

use std::path::{Path, PathBuf};

use document::letter_file::LetterFileProblem;

use crate::actor::Actor;
use crate::exchange::parcel::is_one;
use crate::failure::{Failure, Outcome};
use crate::letters::intake::Incoming;
use crate::letters::refused::Refused;
use crate::office::Office;
use crate::operations::letters::take_in::{File, TakeIn};

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 24 << 20;
/// Files of a folder that are read.
pub const MOST: usize = 200_000;

/// What became of one file.
#[derive(Debug)]
pub enum Became {
    /// Taken in; waits to be confirmed.
    TakenIn,
    /// In the register already.
    Known,
    /// Not taken in; nothing of it is kept.
    Refused(Failure),
    /// It could not be read from the disk.
    Unreadable(std::io::Error),
}

/// What became of a folder.
#[derive(Debug, Default)]
pub struct Report {
    /// Taken in.
    pub taken_in: usize,
    /// In the register already.
    pub known: usize,
    /// Every other file, in the order of their names.
    pub others: Vec<(String, Became)>,
}

/// The files of a folder and its folders in the order of their names. Links are not followed: one that leads out of
/// the folder, or round in a circle, is no letter.
///
/// # Errors
/// The folder cannot be read.
pub fn files_of(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let (mut found, mut waiting) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && !hidden {
                waiting.push(entry.path());
            } else if kind.is_file() && !hidden && found.len() < MOST {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Takes the files of a folder in, one after another; `party_word` is the clerk's word that papers of the Party may
/// be here. `told` hears how many were looked at.
///
/// # Errors
/// The folder cannot be read is told as the failure of the disk; a database that fails ends the import, and what
/// went in before stays: the same folder again skips it.
pub fn import(
    office: &Office,
    actor: &Actor,
    files: &[PathBuf],
    party_word: bool,
    told: &mut dyn FnMut(u64),
) -> Outcome<Report> {
    each(files, told, |bytes, name| {
        // What the document system exported is a package, a state of ours, or one of our papers signed.
        if is_one(&bytes) {
            return super::exchange::one(office, actor, bytes, &name, party_word);
        }
        let (incoming, media_type) = match Incoming::of_file(&bytes, &name) {
            Ok(read) => read,
            Err(failure) => return Ok(Became::Refused(failure)),
        };
        let file = File { name, media_type: media_type.to_owned(), bytes };
        let operation = TakeIn { key: None, incoming, file: Some(file), party_word, simulated: false };
        became(office.perform_blocking(actor.clone(), operation).map(drop))
    })
}

/// Reads one file after another and counts what became of each.
pub(super) fn each(
    files: &[PathBuf],
    told: &mut dyn FnMut(u64),
    mut take: impl FnMut(Vec<u8>, String) -> Outcome<Became>,
) -> Outcome<Report> {
    let mut report = Report::default();
    for (place, path) in files.iter().enumerate() {
        let became = match bytes_of(path) {
            Ok((bytes, name)) => take(bytes, name)?,
            Err(became) => became,
        };
        match became {
            Became::TakenIn => report.taken_in += 1,
            Became::Known => report.known += 1,
            other => report.others.push((path.to_string_lossy().into_owned(), other)),
        }
        told(place as u64 + 1);
    }
    Ok(report)
}

/// What became of a file that was handed to an operation.
pub(super) fn became(done: Outcome<()>) -> Outcome<Became> {
    match done {
        Ok(()) => Ok(Became::TakenIn),
        Err(failure) if matches!(failure.reason(), Some(Refused::Known { .. })) => Ok(Became::Known),
        // What is wrong with the house is wrong with every further file.
        Err(Failure::Store(error)) => Err(Failure::Store(error)),
        Err(failure) => Ok(Became::Refused(failure)),
    }
}

/// The bytes and the name of a file, or why it is not read.
fn bytes_of(path: &Path) -> Result<(Vec<u8>, String), Became> {
    let bytes = match std::fs::metadata(path) {
        Ok(about) if about.len() > LARGEST => {
            let problem = LetterFileProblem::TooLarge { bytes: about.len(), limit: LARGEST };
            return Err(Became::Refused(Failure::refused(problem)));
        }
        Ok(_) => std::fs::read(path),
        Err(error) => Err(error),
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    bytes.map(|bytes| (bytes, name)).map_err(Became::Unreadable)
}
