//! The program as a person meets it: Chromium through WebDriver, a phone's width, the downloaded
//! sheet opened by LibreOffice.
//!
//! [`Server`] runs the real binary on a free port with data of its own; [`Browser`] is one person
//! with a fresh profile; [`sheet`] reads what was downloaded the way an office does. Tests live in
//! `tests/`, one file per path a person walks.

pub mod browser;
pub mod driver;
pub mod line;
pub mod server;
pub mod sheet;

pub use browser::{Browser, Screen};
pub use line::Line;
pub use server::Server;

use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a page may take to show something. Generous: a debug build on two shared cores.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Why a person could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// A program this needs is absent.
    #[error("{0} is not installed; ./test installs it")]
    Missing(&'static str),
    /// A program this needs did not start or did not finish.
    #[error("{program}: {cause}")]
    Program {
        /// Which.
        program: &'static str,
        /// Why.
        cause: String,
    },
    /// The browser refused to begin.
    #[error("no browser session: {0}")]
    Session(#[from] fantoccini::error::NewSessionError),
    /// The page is not as expected.
    #[error("{doing}: {cause}\nthe page at {address} says:\n{page}")]
    Page {
        /// What was attempted.
        doing: String,
        /// What WebDriver answered.
        cause: String,
        /// Where.
        address: String,
        /// The text that a person sees there.
        page: String,
    },
    /// The server under test.
    #[error(transparent)]
    Server(#[from] bench::process::ProcessError),
    /// A file could not be read or written.
    #[error("{}: {cause}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: String,
    },
}

impl Trouble {
    fn file(path: &Path, cause: impl std::fmt::Display) -> Self {
        Self::File { path: path.to_owned(), cause: cause.to_string() }
    }

    fn program(program: &'static str, cause: impl std::fmt::Display) -> Self {
        Self::Program { program, cause: cause.to_string() }
    }
}

/// The first of these that the search path holds.
fn installed(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}
