//! `merge-province`: command posts of provinces that are no more go on in the one of the new province. Without `--yes`
//! it only tells what would go on and what would stay.

use clap::ArgMatches;
use desk::merger::{FromPost, Plan, plan};
use desk::operations::bodies::merge_command_post::MergeCommandPost;
use desk::operations::found_command_post::FoundCommandPost;
use desk::{Actor, Office};
use jiff::civil::Date;
use locale::{Fact, Locale};
use place::{AreaCode, ProvinceId};
use protocol::Readiness;
use store::register::{self, CommandPost};

use crate::exit::{Ended, Ending, print, say};
use crate::{cli, house};

/// What was asked for.
struct Asked {
    into: AreaCode,
    from: Vec<ProvinceId>,
    places: Vec<(String, AreaCode)>,
}

impl Asked {
    fn read(matches: &ArgMatches) -> Result<Self, Ending> {
        let code =
            |text: &str| text.parse::<AreaCode>().map_err(|_| Ending::Argument("cli-unknown-area", text.to_owned()));
        let place = |text: &String| {
            let (facility, commune) =
                text.split_once('=').ok_or_else(|| Ending::Argument("cli-bad-place", text.clone()))?;
            Ok((facility.trim().to_owned(), code(commune.trim())?))
        };
        Ok(Self {
            into: code(cli::text(matches, "into").unwrap_or_default())?,
            from: matches.get_many::<i64>("from").into_iter().flatten().copied().map(ProvinceId::new).collect(),
            places: matches
                .get_many::<String>("place")
                .into_iter()
                .flatten()
                .map(place)
                .collect::<Result<_, Ending>>()?,
        })
    }
}

pub fn run(matches: &ArgMatches, locale: Locale) -> Ended {
    let office = house::office(matches)?;
    let asked = Asked::read(matches)?;
    let today = office.look_blocking(|office, connection| office.now(connection))?.date();
    let there = open_post(&office, asked.into, today)?;
    let into = match &there {
        Some(post) => post.clone(),
        None => to_be_opened(&office, asked.into, today)?,
    };
    let (from, places) = (asked.from.clone(), asked.places.clone());
    let looked = into.clone();
    let found = office
        .look_blocking(move |office, connection| plan(connection, &office.areas(), &looked, &from, &places, today))?;
    tell(&found, locale);
    found.check().map_err(desk::Failure::refused)?;
    if !matches.get_flag("yes") {
        say(&locale::say(locale, "cli-merge-only-told", &[]));
        return Ok(());
    }
    let province = match there {
        Some(post) => post.province,
        None => found_post(&office, &into)?,
    };
    let operation = MergeCommandPost { from: asked.from, places: asked.places };
    let merged = office.perform_blocking(Actor::program(province), operation)?.done;
    let facts = [
        ("name", Fact::from(into.name)),
        ("number", Fact::from(province.number().to_string())),
        ("facilities", Fact::from(merged.facilities)),
        ("stores", Fact::from(merged.stores)),
        ("readings", Fact::from(merged.ledgers.readings.to_string())),
        ("accounts", Fact::from(merged.accounts)),
    ];
    print(&locale::say(locale, "cli-merged", &facts));
    Ok(())
}

/// The open post of the new province, if there is one.
fn open_post(office: &Office, area: AreaCode, today: Date) -> Result<Option<CommandPost>, Ending> {
    let posts = office.look_blocking(|_, connection| Ok(register::command_posts(connection)?))?;
    let areas = office.areas();
    let key = areas.on(area, today).map(|area| area.key());
    Ok(posts.into_iter().find(|post| {
        let known = post.area_code.parse().ok().and_then(|code| areas.on(code, post.opened_on)).map(|area| area.key());
        post.closed_on.is_none() && known.is_some() && known == key
    }))
}

/// The new post as it would be opened; a code that is no province any more is refused with what it has become.
fn to_be_opened(office: &Office, area: AreaCode, today: Date) -> Result<CommandPost, Ending> {
    let areas = office.areas();
    let name = areas.on(area, today).map(|area| area.short_name().to_owned());
    let name = name.ok_or_else(|| desk::merger::not_a_province(&areas, area, today))?;
    Ok(CommandPost {
        // Numbers are never reused: no post has this one.
        province: ProvinceId::new(i64::MAX),
        name,
        area_code: area.to_string(),
        state: Readiness::Routine.code().to_owned(),
        opened_on: today,
        closed_on: None,
    })
}

fn found_post(office: &Office, into: &CommandPost) -> Result<ProvinceId, Ending> {
    let area = into.area_code.parse().map_err(|_| Ending::Argument("cli-unknown-area", into.area_code.clone()))?;
    let operation =
        FoundCommandPost { area, opened_on: into.opened_on, state: Readiness::Routine, administrator: None };
    Ok(office.perform_blocking(Actor::program(ProvinceId::NATION), operation)?.done)
}

/// What goes on and what stays, post by post.
fn tell(plan: &Plan, locale: Locale) {
    for from in &plan.from {
        tell_post(from, &plan.into.name, locale);
    }
}

fn tell_post(from: &FromPost, into: &str, locale: Locale) {
    let line = |key: &str, facts: &[(&str, Fact)]| print(&locale::say(locale, key, facts));
    let rows = &from.ledgers;
    line(
        "cli-merge-post",
        &[
            ("number", Fact::from(from.post.province.number().to_string())),
            ("name", Fact::from(from.post.name.clone())),
            ("opened", Fact::from(quantity::time::show_date(from.post.opened_on))),
            ("into", Fact::from(into.to_owned())),
        ],
    );
    line("cli-merge-facilities", &[("count", from.at_work().into()), ("stores", from.stores.len().into())]);
    line(
        "cli-merge-ledgers",
        &[
            ("reports", Fact::from(rows.reports.to_string())),
            ("readings", Fact::from(rows.readings.to_string())),
            ("movements", Fact::from(rows.movements.to_string())),
            ("censuses", Fact::from(rows.censuses.to_string())),
        ],
    );
    line("cli-merge-records", &[("count", from.passed.rows.len().into())]);
    line("cli-merge-accounts", &[("count", from.accounts.len().into()), ("machines", from.machines.into())]);
    let pairs = |pairs: &[(String, String)]| {
        pairs.iter().map(|(old, new)| format!("{old} → {new}")).collect::<Vec<_>>().join(", ")
    };
    let listed = [
        ("cli-merge-recoded", pairs(&from.recoded)),
        ("cli-merge-renamed", pairs(&from.renamed)),
        ("cli-merge-accounts-left", from.accounts_left.join(", ")),
        (
            "cli-merge-numbers",
            from.passed.added.iter().map(|(kind, added)| format!("{kind} +{added}")).collect::<Vec<_>>().join(", "),
        ),
        (
            "cli-merge-same-code",
            from.passed.same_code.iter().map(|(kind, code)| format!("{kind} {code}")).collect::<Vec<_>>().join(", "),
        ),
        (
            "cli-merge-records-left",
            from.records_left.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(", "),
        ),
    ];
    for (key, list) in listed.into_iter().filter(|(_, list)| !list.is_empty()) {
        line(key, &[("list", list.into())]);
    }
    if from.norms_left + from.bodies_ended > 0 {
        line("cli-merge-left", &[("norms", from.norms_left.into()), ("bodies", from.bodies_ended.into())]);
    }
}
