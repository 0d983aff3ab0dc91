//! `import REGISTER` and `export REGISTER`: registers as sheets, as the page /nhap-so-lieu has them.

use clap::ArgMatches;
use desk::registers::file::Counts;
use desk::registers::work::{given_back, open, send, take_out, write};
use desk::registers::{ALL, ERASE, Entry, called};
use desk::{Failure, Office};
use document::sheet::ReturnForm;
use locale::{Fact, Locale};

use super::given_back::give_back;
use crate::exit::{Ended, Ending, say};
use crate::{cli, house};

/// The registers by name, with their titles.
pub fn list(locale: Locale) -> Ended {
    for entry in &ALL {
        let title = entry.layout().map_err(Failure::refused)?.title;
        say(&locale::say(locale, "cli-register", &[("name", entry.name.into()), ("title", title.into())]));
    }
    Ok(())
}

fn counted(locale: Locale, key: &str, counts: Counts) {
    let facts = [
        ("new", Fact::from(counts.new)),
        ("changed", Fact::from(counts.changed)),
        ("same", Fact::from(counts.same)),
        ("refused", Fact::from(counts.refused)),
    ];
    say(&locale::say(locale, key, &facts));
}

/// Looks at a file, says what it would change, and writes that unless only a look was asked for.
pub fn import(office: &Office, kind: &str, name: &str, matches: &ArgMatches, locale: Locale) -> Ended {
    let entry = called(kind).ok_or(Ending::Failed(Failure::NotFound))?;
    let actor = house::actor(matches, office)?;
    let bytes = std::fs::read(name).map_err(|error| Ending::File(name.to_owned(), error))?;
    let id = send(office, &actor, None, entry, name, bytes)?;
    let opened = office.look_blocking(|_, connection| open(connection, &actor, id))?;
    if let Some(shape) = &opened.preview.shape {
        let facts = [
            ("days", Fact::from(shape.days)),
            ("from", Fact::from(quantity::time::show_date(shape.first))),
            ("to", Fact::from(quantity::time::show_date(shape.last))),
            ("rows", Fact::from(shape.rows)),
        ];
        say(&locale::say(locale, "register-file-wide", &facts));
        if shape.assumed_year {
            say(&locale::say(locale, "register-file-wide-year", &[]));
        }
    }
    let mut counts = opened.preview.counts();
    counted(locale, "cli-register-preview", counts);
    if !matches.get_flag("preview") && counts.written() > 0 {
        counts = write(office, &actor, id)?;
        counted(locale, "cli-register-written", counts);
    }
    if counts.refused == 0 {
        return Ok(());
    }
    let back = given_back(office, &actor, id, locale)?;
    let extension = if back.form == ReturnForm::Xlsx { "xlsx" } else { "csv" };
    give_back(matches, name, extension, &back.bytes, ("cli-bad-rows", locale))
}

/// Writes what a register holds as `.xlsx`.
pub fn export(office: &Office, entry: &'static Entry, matches: &ArgMatches, locale: Locale) -> Ended {
    let actor = house::actor(matches, office)?;
    let about = vec![locale::say(locale, "register-sheet-how", &[("erase", ERASE.into())])];
    let content = office.look_blocking(|office, connection| take_out(office, connection, &actor, entry, about))?;
    let bytes = content.write()?;
    let own = format!("{}.xlsx", entry.name);
    let name = cli::text(matches, "output").unwrap_or(&own);
    std::fs::write(name, bytes).map_err(|error| Ending::File(name.to_owned(), error))?;
    say(&locale::say(locale, "cli-written", &[("name", name.into())]));
    Ok(())
}
