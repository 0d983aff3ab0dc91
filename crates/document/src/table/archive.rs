//! The gate before a workbook: a zip archive is really unpacked, counting, before anything reads it.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use zip::ZipArchive;

use super::Limits;
use crate::DocumentProblem;

/// Lets an archive pass that unpacks within the limits and holds a workbook.
pub(super) fn admit(
    bytes: &[u8],
    extension: &str,
    limits: &Limits,
    stop: &dyn Fn() -> bool,
) -> Result<(), DocumentProblem> {
    guarded(|| count_entries(bytes, extension, limits, stop))
}

/// Runs a foreign reader so that its panic becomes a problem.
pub(crate) fn guarded<T>(run: impl FnOnce() -> Result<T, DocumentProblem>) -> Result<T, DocumentProblem> {
    catch_unwind(AssertUnwindSafe(run))
        .unwrap_or_else(|_| Err(DocumentProblem::Damaged { cause: "the reader gave up".to_owned() }))
}

fn count_entries(
    bytes: &[u8],
    extension: &str,
    limits: &Limits,
    stop: &dyn Fn() -> bool,
) -> Result<(), DocumentProblem> {
    let damaged = |error: &dyn std::fmt::Display| DocumentProblem::Damaged { cause: format!("zip: {error}") };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if archive.len() > limits.entries {
        return Err(DocumentProblem::UnpacksTooLarge { limit: limits.unpacked_bytes });
    }
    let mut left = limits.unpacked_bytes;
    let mut is_workbook = false;
    let mut chunk = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::UnsupportedArchive(cause))
                if cause.to_ascii_lowercase().contains("password") =>
            {
                return Err(DocumentProblem::Protected);
            }
            Err(error) => return Err(damaged(&error)),
        };
        is_workbook |=
            entry.name().is_ok_and(|name| name.trim_start_matches('/').eq_ignore_ascii_case("xl/workbook.xml"));
        loop {
            if stop() {
                return Err(DocumentProblem::Stopped);
            }
            let read = entry.read(&mut chunk).map_err(|error| damaged(&error))?;
            if read == 0 {
                break;
            }
            left = left
                .checked_sub(read as u64)
                .ok_or(DocumentProblem::UnpacksTooLarge { limit: limits.unpacked_bytes })?;
        }
    }
    if !is_workbook {
        return Err(DocumentProblem::NotATable { extension: extension.to_owned() });
    }
    Ok(())
}

/// Whether an old container holds a workbook locked by a password: the name of its stream stands
/// in UTF-16 in the directory.
pub(crate) fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}
