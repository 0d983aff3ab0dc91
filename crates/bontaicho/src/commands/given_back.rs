//! Rows that did not go in, as a file beside the one that they came from.

use std::path::Path;

use clap::ArgMatches;
use locale::Locale;

use crate::cli;
use crate::exit::{Ended, Ending, say};

/// Where bad rows go: `--bad`, or beside the file.
fn bad_name(matches: &ArgMatches, name: &str, extension: &str) -> String {
    let beside = || {
        let path = Path::new(name);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        path.with_file_name(format!("{stem}-loi.{extension}")).to_string_lossy().into_owned()
    };
    cli::text(matches, "bad").map_or_else(beside, str::to_owned)
}

/// Writes them, and says where.
pub(super) fn give_back(
    matches: &ArgMatches,
    name: &str,
    extension: &str,
    bytes: &[u8],
    (advice, locale): (&str, Locale),
) -> Ended {
    let bad = bad_name(matches, name, extension);
    std::fs::write(&bad, bytes).map_err(|error| Ending::File(bad.clone(), error))?;
    say(&locale::say(locale, advice, &[("name", bad.into())]));
    Err(Ending::SomeRowsBad)
}
