//! What is said of a command line that cannot be understood, in the user's language.

use std::process::ExitCode;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use locale::{Fact, Locale};

use crate::exit::say;

/// Says why a command line was not understood and where help is; prints what `--help` and `--version` ask for.
pub fn tell(error: &Error, locale: Locale) -> ExitCode {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // Nobody listens any more: there is nobody to tell.
        let _ = error.print();
        return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
    }
    let told = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = told(ContextKind::InvalidArg);
    let (key, facts): (&str, Vec<(&str, Fact)>) = match error.kind() {
        ErrorKind::MissingRequiredArgument => ("cli-usage-missing", vec![("argument", argument.into())]),
        ErrorKind::InvalidSubcommand => {
            ("cli-usage-unknown", vec![("argument", told(ContextKind::InvalidSubcommand).into())])
        }
        ErrorKind::MissingSubcommand => {
            ("cli-usage-missing", vec![("argument", told(ContextKind::ValidSubcommand).into())])
        }
        ErrorKind::UnknownArgument => ("cli-usage-unknown", vec![("argument", argument.into())]),
        ErrorKind::InvalidValue if told(ContextKind::InvalidValue).is_empty() => {
            ("cli-usage-missing", vec![("argument", argument.into())])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = told(ContextKind::InvalidValue);
            ("cli-usage-value", vec![("value", value.into()), ("argument", argument.into())])
        }
        _ => ("cli-usage-other", Vec::new()),
    };
    say(&locale::say(locale, key, &facts));
    let valid = told(ContextKind::ValidValue);
    if !valid.is_empty() {
        say(&locale::say(locale, "cli-usage-values", &[("values", valid.into())]));
    }
    say(&locale::say(locale, "cli-usage-help", &[]));
    ExitCode::from(2)
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(", "),
        ContextValue::String(one) => one.clone(),
        other => other.to_string(),
    }
}
