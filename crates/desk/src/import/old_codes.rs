//! A list that still carries the codes of before a merger: 91 was Kiên Giang and is An Giang, and most
//! commune codes of today named another place before. The key is (code, first day): a code that has ended
//! is answered with what it has become, and one that today lies in another province is not taken in silence.

use jiff::civil::Date;
use place::{Area, AreaCode};
use quantity::Coded;

use crate::registry::Registry;

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
pub(super) fn refused(registry: &Registry, code: AreaCode, today: Date) -> Option<OldCode> {
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
