//! `doctor`: everything against everything, and what an administrator should look at.

use std::fs::File;

use clap::ArgMatches;
use locale::{Fact, Locale};
use store::integrity::{self, Findings};
use store::snapshot::{self, Difference};
use store::{Database, Store, StoreError, job, projection};

use super::backup::rows_fact;
use super::public_address;
use crate::exit::{Ended, Ending, print};
use crate::{cli, house};

/// Findings of one kind shown at most: the first tell where to look.
const SHOWN: usize = 20;

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let database = house::database(matches)?;
    let mut findings = integrity::check(&database)?;
    if matches.get_flag("rebuild") && !findings.stale.is_empty() {
        findings = rebuilt(&database, &findings, locale)?;
    }
    for (table, rows) in &findings.rows {
        tell(locale, "cli-doctor-rows", &[("table", (*table).into()), ("rows", rows_fact(*rows))]);
    }
    tell_findings(&findings, locale);
    tell_jobs(&database, locale)?;
    tell_address(&database, locale)?;
    let mut well = findings.is_well();
    if let Some(name) = cli::text(matches, "snapshot") {
        well &= against_snapshot(&database, name, locale)?;
    }
    if well {
        tell(locale, "cli-doctor-well", &[]);
        Ok(())
    } else {
        Err(Ending::NotWell)
    }
}

/// Writes the balances anew from the ledgers, and checks again. What was altered in a ledger stays to be told.
fn rebuilt(database: &Database, findings: &Findings, locale: Locale) -> Result<Findings, Ending> {
    tell_each(locale, "cli-doctor-stale", &findings.stale);
    tell(locale, "cli-doctor-rebuild", &[("places", findings.stale.len().into())]);
    let store = Store::open(database, 1)?;
    store.write_blocking::<_, StoreError, _>(projection::rebuild_all)?;
    Ok(integrity::check(database)?)
}

fn tell(locale: Locale, key: &str, facts: &[(&str, Fact)]) {
    print(&locale::say(locale, key, facts));
}

fn tell_each(locale: Locale, key: &str, places: &[String]) {
    for place in places.iter().take(SHOWN) {
        tell(locale, key, &[("place", place.as_str().into())]);
    }
    if places.len() > SHOWN {
        tell(locale, "cli-doctor-more", &[("more", (places.len() - SHOWN).into())]);
    }
}

fn tell_findings(findings: &Findings, locale: Locale) {
    tell_each(locale, "cli-doctor-altered", &findings.altered);
    tell_each(locale, "cli-doctor-unaccounted", &findings.unaccounted);
    let breaks: Vec<String> =
        findings.breaks.iter().map(|found| format!("{} / {}", found.province, found.seq)).collect();
    tell_each(locale, "cli-doctor-break", &breaks);
    tell_each(locale, "cli-doctor-stale", &findings.stale);
}

/// A phone opens nothing without a network unless the page came over HTTPS. Said, and no fault of the data.
fn tell_address(database: &Database, locale: Locale) -> Ended {
    let mut connection = database.connect()?;
    if let Some(address) = store::register::setting(&mut connection, public_address::SETTING)?
        && !public_address::works_offline(&address)
    {
        tell(locale, "cli-doctor-no-https", &[("address", address.into())]);
    }
    Ok(())
}

fn tell_jobs(database: &Database, locale: Locale) -> Ended {
    let mut connection = database.connect()?;
    // An attempt without an error was cut off with its process, and is simply made again.
    for line in job::list(&mut connection)? {
        let Some(cause) = line.last_error else { continue };
        let facts =
            [("kind", Fact::from(line.kind)), ("attempts", Fact::Count(line.attempts)), ("cause", Fact::from(cause))];
        tell(locale, "cli-doctor-job", &facts);
    }
    Ok(())
}

/// Compares with a snapshot. Rows written since are told, and are no fault.
fn against_snapshot(database: &Database, name: &str, locale: Locale) -> Result<bool, Ending> {
    let file = File::open(name).map_err(|error| Ending::File(name.to_owned(), error))?;
    let differences = snapshot::compare(database, file)?;
    let of = |wanted: fn(&Difference) -> Option<&String>| -> Vec<String> {
        differences.iter().filter_map(wanted).cloned().collect()
    };
    let missing = of(|found| if let Difference::Missing(place) = found { Some(place) } else { None });
    let changed = of(|found| if let Difference::Changed(place) = found { Some(place) } else { None });
    let extra = of(|found| if let Difference::Extra(place) = found { Some(place) } else { None });
    tell_each(locale, "cli-doctor-missing", &missing);
    tell_each(locale, "cli-doctor-changed", &changed);
    if !extra.is_empty() {
        tell(locale, "cli-doctor-extra", &[("rows", extra.len().into()), ("place", extra[0].as_str().into())]);
    }
    Ok(missing.is_empty() && changed.is_empty())
}
