//! `letter write RECORD.json -o FILE.docx|pdf`: one record to one paper, without a database.

use std::io::Read as _;
use std::path::Path;

use clap::ArgMatches;
use desk::Failure;
use desk::letters_out::file;
use document::official::{write_docx, write_pdf};
use locale::Locale;

use crate::cli;
use crate::exit::{Ended, Ending, say};

/// Bytes of a record at most: a plan of a thousand tasks is a tenth of it.
const LARGEST: u64 = 4 << 20;

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let from = cli::text(matches, "record").unwrap_or_default();
    let to = cli::text(matches, "output").unwrap_or_default();
    // Refused before anything is read: a name without an ending is a slip.
    let ending = Path::new(to).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let write = match ending.as_deref() {
        Some("docx") => write_docx,
        Some("pdf") => write_pdf,
        _ => return Err(Ending::Argument("cli-letter-ending", to.to_owned())),
    };
    let document = file::read(&record(from)?).map_err(refused)?;
    let bytes = write(&document).map_err(refused)?;
    std::fs::write(to, bytes).map_err(|error| Ending::File(to.to_owned(), error))?;
    say(&locale::say(locale, "cli-written", &[("name", to.into())]));
    Ok(())
}

fn refused<R: quantity::Coded + Send + Sync + 'static>(reason: R) -> Ending {
    Ending::Failed(Failure::refused(reason))
}

/// The bytes of the record; more than [`LARGEST`] is no record.
fn record(name: &str) -> Result<Vec<u8>, Ending> {
    let failed = |error| Ending::File(name.to_owned(), error);
    let file = std::fs::File::open(name).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(refused(document::DocumentProblem::TooLarge { bytes: bytes.len() as u64, limit: LARGEST }));
    }
    Ok(bytes)
}
