//! What earlier builds kept of weekly cases, in a ledger of its own, goes on in the register of counts.
//!
//! The ledger is closed: nothing writes it any more, its rows stay as they are, because the audit proves them. They are told to
//! the register once, when the program first meets them: after `migrate`, after `restore`, at the start of `serve` and
//! `work`.

use place::ProvinceId;
use store::{Connection, register, series};

use crate::actor::Actor;
use crate::failure::Outcome;
use crate::office::Office;
use crate::operations::counts::carry_weekly_cases::{CarriedWeeks, CarryWeeklyCases};

/// The setting that says how many rows of a command post have been carried over.
pub(crate) fn setting_of(province: ProvinceId) -> String {
    format!("weekly_cases_carried_{}", province.number())
}

/// Carries over what has not been, of every command post; says what came of it.
///
/// # Errors
/// Where the database fails; what was carried over by then stays so, and the rest goes next time.
pub fn carry_all(office: &Office) -> Outcome<CarriedWeeks> {
    let waiting = office.look_blocking(|_, connection| {
        let posts = register::command_posts(connection)?;
        let mut waiting = Vec::new();
        for post in posts {
            if is_waiting(connection, post.province)? {
                waiting.push(post.province);
            }
        }
        Ok(waiting)
    })?;
    let mut all = CarriedWeeks::default();
    for province in waiting {
        let carried = office.perform_blocking(Actor::program(province), CarryWeeklyCases)?.done;
        if carried.left > 0 {
            tracing::warn!(
                province = province.number(),
                left = carried.left,
                "weekly cases that no area takes stay behind"
            );
        }
        all.told += carried.told;
        all.known += carried.known;
        all.left += carried.left;
    }
    Ok(all)
}

fn is_waiting(connection: &mut Connection, province: ProvinceId) -> Outcome<bool> {
    let kept = series::weekly_cases_kept(connection, province)?;
    if kept == 0 {
        return Ok(false);
    }
    let carried = register::setting(connection, &setting_of(province))?;
    Ok(carried.and_then(|text| text.parse().ok()) != Some(kept))
}
