//! Parts of a packed file, unpacked one by one against one budget. What is not asked for is never
//! unpacked: a bomb among the pictures costs nothing.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{LetterFileProblem, Limits};

pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    left: u64,
    limit: u64,
}

fn damaged(error: &ZipError) -> LetterFileProblem {
    match error {
        ZipError::UnsupportedArchive(cause) if cause.to_ascii_lowercase().contains("password") => {
            LetterFileProblem::Protected
        }
        error => LetterFileProblem::Damaged { cause: format!("zip: {error}") },
    }
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, LetterFileProblem> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let limit = limits.unpacked_bytes;
        if zip.len() > limits.entries {
            return Err(LetterFileProblem::UnpacksTooLarge { limit });
        }
        let names = zip.file_names().flatten().map(|name| name.into_owned()).collect();
        Ok(Self { zip, names, left: limit, limit })
    }

    /// The entry of this name, whatever its case and a slash before it.
    fn entry(&self, name: &str) -> Option<&str> {
        let name = name.trim_start_matches('/');
        let same = |entry: &&String| entry.trim_start_matches('/').eq_ignore_ascii_case(name);
        self.names.iter().find(same).map(String::as_str)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// Whether an entry's name ends so.
    pub(super) fn has_ending(&self, end: &str) -> bool {
        self.names.iter().any(|name| name.to_ascii_lowercase().ends_with(end))
    }

    /// A part as text; `None` where there is none of this name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, LetterFileProblem> {
        let Some(entry) = self.entry(name).map(str::to_owned) else { return Ok(None) };
        let file = self.zip.by_name(&entry).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        // One byte more than is left tells the limit from the end.
        let read = file.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        let read = read.map_err(|error| LetterFileProblem::Damaged { cause: format!("zip: {error}") })?;
        let left = self.left.checked_sub(read as u64);
        self.left = left.ok_or(LetterFileProblem::UnpacksTooLarge { limit: self.limit })?;
        let text = String::from_utf8(bytes);
        let text = text.map_err(|_| LetterFileProblem::Damaged { cause: "a part is no UTF-8".to_owned() })?;
        Ok(Some(text))
    }
}
