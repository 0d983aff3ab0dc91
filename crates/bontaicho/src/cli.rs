//! The command line: its shape here, its words in `locales/` under `cli-…`, in the user's language.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use locale::Locale;
use simulate::Chapter;

/// The language of the terminal: Vietnamese unless its locale says English.
pub fn language() -> Locale {
    let said = ["BONTAICHO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default();
    if said.starts_with("en") { Locale::English } else { Locale::Vietnamese }
}

struct Words(Locale);

impl Words {
    fn say(&self, key: &str) -> String {
        locale::say(self.0, key, &[])
    }

    fn command(&self, name: &'static str) -> Command {
        self.framed(Command::new(name).about(self.say(&format!("cli-{name}"))))
    }

    /// The headings of a command's help and its own option for it, in the user's language.
    fn framed(&self, command: Command) -> Command {
        let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(self.say("cli-option-help"));
        let usage = self.say("cli-heading-usage");
        command
            .disable_help_flag(true)
            .arg(help.help_heading(self.say("cli-heading-options")))
            .subcommand_help_heading(self.say("cli-heading-commands"))
            .help_template(format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}"))
    }

    fn option(&self, name: &'static str, value: &'static str) -> Arg {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .help(self.say(&format!("cli-option-{name}")))
            .help_heading(self.say("cli-heading-options"))
    }

    fn place(&self, name: &'static str) -> Arg {
        Arg::new(name)
            .value_name(name.to_uppercase())
            .help(self.say(&format!("cli-argument-{name}")))
            .help_heading(self.say("cli-heading-arguments"))
    }

    fn database(&self) -> Arg {
        self.option("database", "URL").required(true).env_hint()
    }

    /// The same for a command that needs no database where another option stands. A default does not count as said.
    fn database_unless(&self, other: &'static str) -> Arg {
        let told = self.option("database", "URL");
        if std::env::var("BONTAICHO_DATABASE").is_ok() { told.env_hint() } else { told.required_unless_present(other) }
    }

    fn province(&self) -> Arg {
        self.option("province", "N").value_parser(value_parser!(i64))
    }
}

/// Reads the database's address from the environment too: a password does not belong in a list of
/// processes.
trait EnvironmentHint {
    fn env_hint(self) -> Self;
}

impl EnvironmentHint for Arg {
    fn env_hint(self) -> Self {
        match std::env::var("BONTAICHO_DATABASE") {
            Ok(address) => self.default_value(address).hide_default_value(true).required(false),
            Err(_) => self,
        }
    }
}

/// What a command takes by name: its own kinds, and the registers that are sheets.
fn kinds(own: &[&'static str]) -> PossibleValuesParser {
    let registers = desk::registers::ALL.iter().map(|entry| entry.name).filter(|name| !own.contains(name));
    PossibleValuesParser::new(own.iter().copied().chain(registers).collect::<Vec<&'static str>>())
}

/// The whole command line.
pub fn command(locale: Locale) -> Command {
    let words = Words(locale);
    let chapters: Vec<&'static str> = Chapter::ALL.iter().map(|chapter| chapter.code()).collect();
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let version = version.help(words.say("cli-option-version")).help_heading(words.say("cli-heading-options"));
    words
        .framed(Command::new("bontaicho").about(words.say("cli-about")))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(version)
        .after_help(words.say("cli-exit-codes"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(
            words
                .command("demo")
                .arg(words.option("chapter", "NAME").value_parser(PossibleValuesParser::new(chapters)))
                .arg(words.option("listen", "ADDR").default_value("127.0.0.1:8080"))
                .arg(words.option("data", "DIR"))
                .arg(words.option("speed", "N").value_parser(value_parser!(f64)).default_value("1")),
        )
        .subcommand(
            words
                .command("serve")
                .arg(words.database())
                .arg(words.option("listen", "ADDR").default_value("127.0.0.1:8080"))
                .arg(words.option("behind-proxy", "").action(ArgAction::SetTrue).num_args(0))
                .arg(words.option("tls-cert", "FILE").requires("tls-key"))
                .arg(words.option("tls-key", "FILE").requires("tls-cert"))
                .arg(words.option("public-url", "URL"))
                .arg(words.option("readers", "N").value_parser(value_parser!(usize)).default_value("4")),
        )
        .subcommand(words.command("work").arg(words.database()))
        .subcommand(words.command("migrate").arg(words.database()))
        .subcommand(
            words
                .command("import")
                .arg(words.place("kind").required_unless_present("list").value_parser(kinds(&[
                    "areas",
                    "facilities",
                    "readings",
                    "boundaries",
                ])))
                .arg(words.place("file").required_unless_present("list"))
                .arg(words.option("list", "").action(ArgAction::SetTrue).num_args(0))
                .arg(words.option("preview", "").action(ArgAction::SetTrue).num_args(0))
                .arg(words.database_unless("list"))
                .arg(words.province())
                .arg(words.option("bad", "FILE"))
                .arg(words.option("listed-on", "D"))
                .arg(words.option("north-first", "").action(ArgAction::SetTrue).num_args(0)),
        )
        .subcommand(
            words
                .command("export")
                .arg(words.place("kind").required(true).value_parser(kinds(&[
                    "areas",
                    "facilities",
                    "readings",
                    "journal",
                ])))
                .arg(words.database())
                .arg(words.province())
                .arg(words.option("output", "FILE").short('o')),
        )
        .subcommand(
            words
                .command("report")
                .arg(words.place("kind").required(true).value_parser(["oxygen", "daily", "ministry", "national"]))
                .arg(words.option("file", "FILE").action(ArgAction::Append))
                .arg(words.database())
                .arg(words.province())
                .arg(words.option("date", "D"))
                .arg(
                    words
                        .option("format", "FORMAT")
                        .value_parser(["xlsx", "json", "docx", "pdf"])
                        .default_value("xlsx"),
                )
                .arg(words.option("output", "FILE").short('o')),
        )
        .subcommand(
            words.command("backup").arg(words.database()).arg(words.option("output", "FILE").short('o').required(true)),
        )
        .subcommand(words.command("restore").arg(words.place("file").required(true)).arg(words.database()))
        .subcommand(letter(&words))
        .subcommand(forecast(&words))
        .subcommand(simulate(&words))
        .subcommand(plan(&words))
        .subcommand(merge_province(&words))
        .subcommand(user(&words))
        .subcommand(
            words
                .command("doctor")
                .arg(words.database())
                .arg(words.option("snapshot", "FILE"))
                .arg(words.option("rebuild", "").action(ArgAction::SetTrue).num_args(0)),
        )
        .subcommand(words.command("openapi"))
}

fn letter(words: &Words) -> Command {
    words
        .command("letter")
        .subcommand_required(true)
        .subcommand(
            words
                .command("letter-read")
                .name("read")
                .arg(words.place("letters").value_name("FILE").required(true).num_args(1..).id("file"))
                .arg(words.option("format", "FORMAT").value_parser(["text", "json"]).default_value("text")),
        )
        .subcommand(
            words
                .command("letter-write")
                .name("write")
                .arg(words.place("record").required(true))
                .arg(words.option("output", "FILE").short('o').required(true)),
        )
        .subcommand(
            words
                .command("letter-import")
                .name("import")
                .arg(words.option("signed", "").action(ArgAction::SetTrue).num_args(0))
                .arg(words.place("folder").required(true))
                .arg(words.database())
                .arg(words.province())
                .arg(words.option("party", "").action(ArgAction::SetTrue).num_args(0)),
        )
}

fn forecast(words: &Words) -> Command {
    let day = |name, key| words.option(name, "D").help(words.say(key));
    words
        .command("forecast")
        .subcommand_required(true)
        .subcommand(
            words
                .command("forecast-evaluate")
                .name("evaluate")
                .arg(words.place("set").value_name("DIR").required(true).id("folder"))
                .arg(day("from", "cli-option-first-day"))
                .arg(day("to", "cli-option-last-day"))
                .arg(words.option("write", "FILE"))
                .arg(words.option("no-priors", "").action(ArgAction::SetTrue).num_args(0))
                .arg(words.option("format", "FORMAT").value_parser(["text", "json"]).default_value("text")),
        )
        .subcommand(words.command("forecast-run").name("run").arg(words.database()).arg(words.province()))
}

fn simulate(words: &Words) -> Command {
    let option = |name: &'static str, value: &'static str| {
        words.option(name, value).help(words.say(&format!("cli-simulate-{name}")))
    };
    let number =
        |name, default: &'static str| option(name, "N").value_parser(value_parser!(u64)).default_value(default);
    words.command("simulate").subcommand_required(true).subcommand(
        words
            .command("simulate-provinces")
            .name("provinces")
            .arg(number("count", "30"))
            .arg(number("paths", "20"))
            .arg(option("policy", "NAMES").default_value("plan,cover,priority"))
            .arg(number("seed", "1"))
            .arg(number("days", "14"))
            .arg(option("search", "SECONDS").value_parser(value_parser!(f64)).default_value("0.2"))
            .arg(option("iterations", "N").value_parser(value_parser!(u64)))
            .arg(number("frozen", "12"))
            .arg(number("threads", "2"))
            .arg(option("csv", "FILE")),
    )
}

fn plan(words: &Words) -> Command {
    let check = words
        .command("plan-check")
        .name("check")
        .arg(words.place("problem").required(true))
        .arg(words.place("plan").required(true))
        .arg(words.option("format", "FORMAT").value_parser(["text", "json"]).default_value("text"));
    let solve = words
        .command("plan-solve")
        .name("solve")
        .arg(words.place("problem").required(true))
        .arg(words.option("seconds", "S").value_parser(value_parser!(f64)).default_value("30"))
        .arg(words.option("seed", "N").value_parser(value_parser!(u64)).default_value("1"))
        .arg(words.option("iterations", "I").value_parser(value_parser!(u64)))
        .arg(words.option("output", "FILE").short('o'));
    words.command("plan").subcommand_required(true).subcommand(check).subcommand(solve).subcommand(
        words
            .command("plan-irp")
            .name("irp")
            .arg(words.place("file").required(true))
            .arg(words.option("seconds", "S").value_parser(value_parser!(f64)).default_value("60"))
            .arg(words.option("seed", "N").value_parser(value_parser!(u64)).default_value("1"))
            .arg(words.option("iterations", "I").value_parser(value_parser!(u64)))
            .arg(words.option("threads", "N").value_parser(value_parser!(usize)).default_value("1"))
            .arg(words.option("output", "FILE").short('o')),
    )
}

fn merge_province(words: &Words) -> Command {
    words
        .command("merge-province")
        .arg(words.database())
        .arg(words.option("into", "CODE").required(true))
        .arg(words.option("from", "N").value_parser(value_parser!(i64)).action(ArgAction::Append).required(true))
        .arg(words.option("place", "FACILITY=CODE").action(ArgAction::Append))
        .arg(words.option("yes", "").action(ArgAction::SetTrue).num_args(0))
}

fn user(words: &Words) -> Command {
    let login = || words.place("login").required(true);
    words
        .command("user")
        .subcommand_required(true)
        .subcommand(
            words
                .command("user-add")
                .name("add")
                .arg(login())
                .arg(words.database())
                .arg(words.province())
                .arg(words.option("name", "NAME"))
                .arg(words.option("role", "ROLE").action(ArgAction::Append).required_unless_present("area"))
                .arg(words.option("facility", "CODE"))
                .arg(words.option("area", "CODE"))
                .arg(words.option("opened-on", "D").requires("area")),
        )
        .subcommand(words.command("user-list").name("list").arg(words.database()).arg(words.province()))
        .subcommand(
            words.command("user-password").name("password").arg(login()).arg(words.database()).arg(words.province()),
        )
        .subcommand(words.command("user-close").name("close").arg(login()).arg(words.database()).arg(words.province()))
        .subcommand(words.command("user-token").name("token").arg(login()).arg(words.database()).arg(words.province()))
}

/// A text argument that is there or has a default.
pub fn text<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m str> {
    matches.get_one::<String>(name).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command, argument and option is explained in both languages, and no key is shown for its words.
    #[test]
    fn every_command_explains_itself() {
        fn explained(command: &Command) {
            let worded =
                |words: Option<String>| words.is_some_and(|words| !words.is_empty() && !words.contains("cli-"));
            let about = command.get_about().map(ToString::to_string);
            assert!(worded(about), "{}", command.get_name());
            for argument in command.get_arguments() {
                let help = argument.get_help().map(ToString::to_string);
                assert!(worded(help), "{} {}", command.get_name(), argument.get_id());
            }
            command.get_subcommands().for_each(explained);
        }
        for locale in [Locale::Vietnamese, Locale::English] {
            explained(&command(locale));
            command(locale).debug_assert();
        }
    }
}
