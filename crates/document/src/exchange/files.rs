//! A `.zip` around a package, and the small one around a file, unpacked in memory against one budget. Names are
//! checked and never used as paths.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{ExchangeProblem, PackageLimits};

fn damaged(error: &ZipError) -> ExchangeProblem {
    match error {
        ZipError::UnsupportedArchive(cause) if cause.to_ascii_lowercase().contains("password") => {
            ExchangeProblem::Protected
        }
        error => ExchangeProblem::Damaged { cause: format!("zip: {error}") },
    }
}

/// Whether bytes begin as a zip does.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The names in a zip; none where it is none.
pub(super) fn names(bytes: &[u8]) -> Vec<String> {
    let Ok(zip) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    zip.file_names().flatten().map(|name| name.into_owned()).collect()
}

/// What may still be unpacked.
pub(super) struct Budget {
    left: u64,
    limit: u64,
}

impl Budget {
    pub fn of(limits: &PackageLimits) -> Self {
        Self { left: limits.unpacked_bytes, limit: limits.unpacked_bytes }
    }

    /// Takes so many bytes from it.
    pub fn spend(&mut self, bytes: usize) -> Result<(), ExchangeProblem> {
        let left = self.left.checked_sub(bytes as u64);
        self.left = left.ok_or(ExchangeProblem::TooLarge { limit: self.limit })?;
        Ok(())
    }

    fn read(&mut self, from: impl Read) -> Result<Vec<u8>, ExchangeProblem> {
        let mut bytes = Vec::new();
        // One byte more than is left tells the limit from the end.
        let read = from.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        let read = read.map_err(|error| ExchangeProblem::Damaged { cause: format!("zip: {error}") })?;
        self.spend(read)?;
        Ok(bytes)
    }
}

/// A name without folders.
///
/// # Errors
/// [`ExchangeProblem::BadName`] where it leads upwards, begins at a root or holds a sign that no name has.
pub(super) fn plain_name(name: &str) -> Result<String, ExchangeProblem> {
    let bad = name.starts_with(['/', '\\'])
        || name.chars().any(char::is_control)
        || name.split(['/', '\\']).any(|part| part == "..")
        || name.as_bytes().get(1) == Some(&b':');
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    if bad || last.is_empty() || last.len() > 300 { Err(ExchangeProblem::BadName) } else { Ok(last.to_owned()) }
}

/// Every file of a zip with its name.
pub(super) fn unpacked(
    bytes: &[u8],
    limits: &PackageLimits,
    budget: &mut Budget,
) -> Result<Vec<(String, Vec<u8>)>, ExchangeProblem> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if zip.len() > limits.attachments {
        return Err(ExchangeProblem::TooMany { limit: limits.attachments });
    }
    let mut files = Vec::new();
    for place in 0..zip.len() {
        let file = zip.by_index(place).map_err(|error| damaged(&error))?;
        let name = file.name().map_err(|error| damaged(&error))?.into_owned();
        if name.ends_with(['/', '\\']) {
            continue;
        }
        let name = plain_name(&name)?;
        files.push((name, budget.read(file)?));
    }
    Ok(files)
}

/// A file that was packed alone into a zip; anything else as it is. Word and Excel files are zips themselves.
pub(super) fn taken_out(
    name: &str,
    bytes: Vec<u8>,
    limits: &PackageLimits,
    budget: &mut Budget,
) -> Result<Vec<u8>, ExchangeProblem> {
    if !is_zip(&bytes) || name.to_ascii_lowercase().ends_with(".zip") || names(&bytes).len() != 1 {
        return Ok(bytes);
    }
    let inside = unpacked(&bytes, limits, budget)?;
    Ok(inside.into_iter().next().map_or(bytes, |(_, inside)| inside))
}

/// Files as a zip; the same files give the same bytes.
///
/// # Errors
/// [`ExchangeProblem::Damaged`] where two files have one name or they are too large for a zip.
pub fn packed(files: &[(&str, &[u8])]) -> Result<Vec<u8>, ExchangeProblem> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(*name, options).map_err(|error| damaged(&error))?;
        zip.write_all(bytes).map_err(|error| ExchangeProblem::Damaged { cause: format!("zip: {error}") })?;
    }
    Ok(zip.finish().map_err(|error| damaged(&error))?.into_inner())
}
