//! How a command can end, and what it says then. The codes are documented in `--help`.

use std::process::ExitCode;

use desk::Failure;
use locale::Locale;
use quantity::Coded;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Ending {
    /// The desk or the database refused or failed; it has its own code.
    Failed(Failure),
    /// A file cannot be read or written.
    File(String, std::io::Error),
    /// An argument is not what it should be: the key of its sentence, and the argument.
    Argument(&'static str, String),
    /// Some rows went in, others came back.
    SomeRowsBad,
    /// Every file was refused; each has been told.
    Refused,
    /// `doctor` has found something.
    NotWell,
}

/// The exit code of a refusal.
const REFUSED: u8 = 3;

/// How a command ends.
pub type Ended = Result<(), Ending>;

impl From<Failure> for Ending {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<store::StoreError> for Ending {
    fn from(error: store::StoreError) -> Self {
        Self::Failed(Failure::Store(error))
    }
}

impl Ending {
    /// 1 the program failed, 2 the command line, 3 refused, 4 some rows bad, 5 the database, 6 not well.
    fn number(&self) -> u8 {
        match self {
            Self::Failed(Failure::Store(error)) => match error.code() {
                "STO-001" | "STO-003" | "STO-004" | "STO-005" => 5,
                "STO-006" | "STO-007" => REFUSED,
                _ => 1,
            },
            Self::Failed(_) | Self::Refused => REFUSED,
            Self::File(..) => 1,
            Self::Argument(..) => 2,
            Self::SomeRowsBad => 4,
            Self::NotWell => 6,
        }
    }

    /// Says what happened and what to do, on the error stream.
    pub fn tell(&self, locale: Locale) -> ExitCode {
        match self {
            Self::Failed(failure) => {
                let words = locale::sentence(locale, failure);
                say(&format!("{} ({})", words.sentence, words.code));
                say(&words.next);
                // A refusal has said its reason; what failed is for whoever keeps the machine.
                if let (Failure::Store(error), true) = (failure, self.number() != REFUSED) {
                    tracing::error!(%error, "the cause");
                }
            }
            // Who reads the output has seen enough, as `| head` has.
            Self::File(_, error) if error.kind() == std::io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Self::File(name, error) => {
                say(&locale::say(locale, "cli-file", &[("name", name.into()), ("cause", error.to_string().into())]));
            }
            Self::Argument(key, argument) => say(&locale::say(locale, key, &[("argument", argument.into())])),
            Self::SomeRowsBad | Self::Refused | Self::NotWell => {}
        }
        ExitCode::from(self.number())
    }
}

/// Words for a person, on the error stream: the output stream carries what was asked for.
pub fn say(words: &str) {
    use std::io::Write as _;
    if !words.is_empty() {
        // Nobody listens any more: there is nobody to tell.
        let _ = writeln!(std::io::stderr(), "{words}");
    }
}

/// What was asked for, on the output stream.
pub fn print(words: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{words}");
}
