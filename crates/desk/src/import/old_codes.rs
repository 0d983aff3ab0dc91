//! A list that still carries the codes of before a merger: 91 was Kiên Giang and is An Giang, and most
//! commune codes of today named another place before. The key is (code, first day): a code that has ended
//! is answered with what it has become, and one that today lies in another province is not taken in silence.
//!
//! A list of before the merger says so itself, by naming districts, or its day is told: then its codes and names are
//! those of that day, and each place is followed to what it is now. A commune that was split has no one heir: its row
//! comes back with the candidates, and the code of today is written beside it. Nothing is guessed.

use jiff::civil::Date;
use place::text::ascii_fold;
use place::{Area, AreaBook, AreaCode, Level};
use quantity::Coded;
use quantity::time::show_date;

use super::facilities::RowRefused;
use crate::failure::{Failure, Outcome, Reason};
use crate::merger::{Refused, named};
use crate::registry::Registry;

/// What a row says of where a facility lies.
#[derive(Debug, Default)]
pub(super) struct SaidPlace {
    /// The code of its commune.
    pub code: Option<String>,
    /// The name of its commune.
    pub name: Option<String>,
    /// The name of its district.
    pub district: Option<String>,
    /// The code of today, where the old commune was split.
    pub now: Option<String>,
}

type Found<'a> = Result<&'a Area, Box<dyn Reason>>;

fn boxed(reason: impl Reason + 'static) -> Box<dyn Reason> {
    Box::new(reason)
}

/// That the province of the command post is still one: nobody imports into a province that has become part of another,
/// whose code may by now be another's.
pub(super) fn check_post(registry: &Registry, today: Date) -> Outcome<()> {
    let areas = registry.areas();
    let Some(post) = registry.post() else { return Ok(()) };
    let own = post.area_code.parse::<AreaCode>().ok().and_then(|code| areas.on(code, post.opened_on));
    let Some((own, end)) = own.and_then(|own| Some((own, own.valid_to.filter(|end| *end <= today)?))) else {
        return Ok(());
    };
    Err(Failure::refused(Refused::ProvinceEnded {
        code: own.code.to_string(),
        old: own.name.to_string(),
        ended: show_date(end),
        now: named(areas.heirs(own.key(), today)),
    }))
}

/// The commune of today that a row means.
pub(super) fn find<'a>(registry: &'a Registry, said: &SaidPlace, today: Date, listed_on: Option<Date>) -> Found<'a> {
    let areas = registry.areas();
    // The last day on which there were districts; a list that names one is not younger.
    let last_day = areas.districts_end().filter(|end| *end <= today).and_then(|end| end.yesterday().ok());
    let listed = match (listed_on, last_day) {
        (Some(day), Some(last)) if day <= last => Some(day),
        (_, Some(last)) if said.district.is_some() => Some(last),
        _ => None,
    };
    match listed {
        Some(listed) => of_old_list(registry, said, (listed, today)),
        None => of_today(registry, areas, said, today),
    }
}

fn of_today<'a>(registry: &Registry, areas: &'a AreaBook, said: &SaidPlace, today: Date) -> Found<'a> {
    let typed = said.now.clone().or_else(|| said.code.clone()).unwrap_or_default();
    let code: Option<AreaCode> = typed.parse().ok();
    if let Some(reason) = code.and_then(|code| refused(registry, code, today)) {
        return Err(boxed(reason));
    }
    let Some(found) = code.and_then(|code| areas.on(code, today)) else {
        let typed = if typed.is_empty() { said.name.clone().unwrap_or_default() } else { typed };
        return Err(boxed(RowRefused::UnknownArea { typed }));
    };
    check_name(found, said.name.as_ref().filter(|_| said.now.is_none()), today)?;
    Ok(found)
}

fn of_old_list<'a>(registry: &'a Registry, said: &SaidPlace, (listed, today): (Date, Date)) -> Found<'a> {
    let areas = registry.areas();
    let old = old_place(areas, said, listed)?;
    let label = areas.label(old.code, listed);
    let heirs = areas.heirs(old.key(), today);
    let province = registry.post();
    let found = match (&said.now, &heirs[..]) {
        (Some(now), _) => {
            let code: Option<AreaCode> = now.parse().ok();
            let found = code.and_then(|code| areas.on(code, today));
            let one_of = |area: &&Area| heirs.is_empty() || heirs.iter().any(|heir| heir.key() == area.key());
            found.filter(one_of).ok_or_else(|| {
                boxed(Refused::NotACandidate { code: now.clone(), candidates: named(heirs.iter().copied()) })
            })?
        }
        (None, [one]) => one,
        (None, several) => {
            let candidates = named(several.iter().copied());
            return Err(boxed(Refused::CommuneSplit { old: label, candidates }));
        }
    };
    let own = province.and_then(|post| post.area_code.parse::<AreaCode>().ok());
    if own.is_some_and(|own| !areas.inside(found.code, own, today)) {
        let province = province.map_or_else(String::new, |post| post.name.clone());
        return Err(boxed(Refused::Elsewhere { old: label, now: areas.label(found.code, today), province }));
    }
    Ok(found)
}

/// The commune as it stood on the day of the list: by its code, its names agreeing; without a code by its names.
fn old_place<'a>(areas: &'a AreaBook, said: &SaidPlace, listed: Date) -> Found<'a> {
    let on = show_date(listed);
    let in_district = |area: &&Area| {
        let district = area.parent.and_then(|parent| areas.on(parent, listed));
        said.district.as_ref().is_none_or(|typed| district.is_some_and(|district| same(district, typed)))
    };
    if let Some(typed) = &said.code {
        let found = typed.parse::<AreaCode>().ok().and_then(|code| areas.on(code, listed));
        let found = found.ok_or_else(|| boxed(Refused::NoSuchPlace { typed: typed.clone(), on: on.clone() }))?;
        check_name(found, said.name.as_ref(), listed)?;
        if !in_district(&found) {
            let known = areas.label(found.code, listed);
            let typed_name = said.district.clone().unwrap_or_default();
            return Err(boxed(Refused::NameDiffers { code: typed.clone(), typed: typed_name, known, on }));
        }
        return Ok(found);
    }
    let typed = [&said.name, &said.district].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let name = said.name.clone().unwrap_or_default();
    let found: Vec<&Area> =
        areas.level_on(Level::Commune, listed).filter(|area| same(area, &name)).filter(in_district).collect();
    match found[..] {
        [] => Err(boxed(Refused::NoSuchPlace { typed, on })),
        [one] => Ok(one),
        _ => {
            let labels: Vec<String> =
                found.iter().map(|area| format!("{} ({})", areas.label(area.code, listed), area.code)).collect();
            Err(boxed(Refused::NameOfSeveral { typed, candidates: labels.join("; ") }))
        }
    }
}

/// Whether a name as typed is an area's, with its type or without, whatever the place of its tones.
fn same(area: &Area, typed: &str) -> bool {
    let plain = |text: &str| ascii_fold(text).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let typed = plain(typed);
    typed == plain(&area.name) || typed == plain(area.short_name())
}

fn check_name(area: &Area, typed: Option<&String>, on: Date) -> Result<(), Box<dyn Reason>> {
    match typed.filter(|typed| !same(area, typed)) {
        None => Ok(()),
        Some(typed) => Err(boxed(Refused::NameDiffers {
            code: area.code.to_string(),
            typed: typed.clone(),
            known: area.name.to_string(),
            on: show_date(on),
        })),
    }
}

/// Why a code is not the place that was meant.
#[derive(Debug, thiserror::Error)]
pub(super) enum OldCode {
    /// The code means nothing today.
    #[error("WEK-010: {typed} was {old} until {ended}")]
    Ended {
        /// As typed.
        typed: String,
        /// What it was.
        old: String,
        /// First day on which it was no more.
        ended: String,
        /// What it has become, with codes.
        now: String,
    },
    /// The code means a place of another province today.
    #[error("WEK-011: {typed} is {now} today")]
    Elsewhere {
        /// As typed.
        typed: String,
        /// What it means today.
        now: String,
        /// What it meant before.
        old: String,
        /// The province of the command post.
        province: String,
    },
}

impl Coded for OldCode {
    fn code(&self) -> &'static str {
        match self {
            Self::Ended { .. } => "WEK-010",
            Self::Elsewhere { .. } => "WEK-011",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Ended { typed, old, ended, now } => {
                vec![("typed", typed.clone()), ("old", old.clone()), ("ended", ended.clone()), ("now", now.clone())]
            }
            Self::Elsewhere { typed, now, old, province } => vec![
                ("typed", typed.clone()),
                ("now", now.clone()),
                ("old", old.clone()),
                ("province", province.clone()),
            ],
        }
    }
}

/// Why a code may not be taken for a place of the province on a day; `None` when it may, or never meant anything.
fn refused(registry: &Registry, code: AreaCode, today: Date) -> Option<OldCode> {
    let areas = registry.areas();
    let last_day = |area: &Area| area.valid_to.and_then(|end| end.yesterday().ok());
    let named = |area: &Area| areas.label(area.code, last_day(area).unwrap_or(today));
    let before = areas.lives(code).iter().rev().find(|area| area.valid_to.is_some_and(|end| end <= today));
    let Some(area) = areas.on(code, today) else {
        let before = before?;
        let heirs = areas.heirs(before.key(), today);
        let now = if heirs.is_empty() {
            "chưa rõ".to_owned()
        } else {
            heirs.iter().map(|heir| format!("{} ({})", heir.name, heir.code)).collect::<Vec<_>>().join(", ")
        };
        let ended = before.valid_to.map_or_else(String::new, |end| end.strftime("%d/%m/%Y").to_string());
        return Some(OldCode::Ended { typed: code.to_string(), old: named(before), ended, now });
    };
    let post = registry.post()?;
    let own: AreaCode = post.area_code.parse().ok()?;
    if areas.inside(area.code, own, today) {
        return None;
    }
    Some(OldCode::Elsewhere {
        typed: code.to_string(),
        now: areas.label(code, today),
        old: before.map_or_else(|| "chưa rõ".to_owned(), named),
        province: post.name.clone(),
    })
}
