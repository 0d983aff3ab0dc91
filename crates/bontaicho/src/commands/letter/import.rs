//! `letter import DIR`: a folder of letters; each waits to be confirmed by a person.

use std::path::Path;

use clap::ArgMatches;
use desk::Failure;
use desk::import::exchange::import_signed;
use desk::import::letters::{Became, files_of, import};
use locale::{Fact, Locale};

use crate::exit::{Ended, Ending, say};
use crate::progress::Bar;
use crate::{cli, house};

/// Takes the letters of a folder in and says what became of each file that did not go in.
pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let folder = cli::text(matches, "folder").unwrap_or_default();
    let files = files_of(Path::new(folder)).map_err(|error| Ending::File(folder.to_owned(), error))?;
    let office = house::office(matches)?;
    let actor = house::actor(matches, &office)?;
    let bar = Bar::rows();
    let party_word = matches.get_flag("party");
    let signed = matches.get_flag("signed");
    let mut told = |done| bar.show(folder, done);
    let report = match signed {
        true => import_signed(&office, &actor, &files, party_word, &mut told)?,
        false => import(&office, &actor, &files, party_word, &mut told)?,
    };
    bar.done();
    let facts = [
        ("taken", Fact::from(report.taken_in)),
        ("known", Fact::from(report.known)),
        ("others", Fact::from(report.others.len())),
    ];
    say(&locale::say(locale, if signed { "cli-signed-imported" } else { "cli-letters-imported" }, &facts));
    for (name, became) in &report.others {
        say(&because(name, became, locale));
    }
    if report.others.is_empty() { Ok(()) } else { Err(Ending::SomeRowsBad) }
}

/// Why a file did not go in, in one line.
fn because(name: &str, became: &Became, locale: Locale) -> String {
    let refused = |failure: &Failure| {
        let words = locale::sentence(locale, failure);
        format!("{name}: {} {} ({})", words.sentence, words.next, words.code)
    };
    match became {
        Became::Refused(failure) => refused(failure),
        Became::Unreadable(error) => {
            locale::say(locale, "cli-file", &[("name", name.into()), ("cause", error.to_string().into())])
        }
        Became::TakenIn | Became::Known => String::new(),
    }
}
