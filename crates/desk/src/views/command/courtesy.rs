//! Who reports by courtesy, what was said for groups of them, who is hidden (design rule 8).

use place::{FacilityId, WhyAsk};
use quantity::Moment;
use store::Connection;

use super::{may_keep, seen};
use crate::actor::Actor;
use crate::command::courtesy::{GroupFigure, Mask, by_courtesy};
use crate::failure::Outcome;
use crate::office::Office;
use crate::record::{self, Kept};
use crate::views::running_out::{Past, running_out};

/// One facility that is asked.
#[derive(Debug, Clone)]
pub struct Courteous {
    /// Which.
    pub id: FacilityId,
    /// Its name.
    pub name: String,
    /// Why it can only be asked.
    pub why: WhyAsk,
    /// When it was last heard.
    pub heard_at: Option<Moment>,
    /// Whom to call.
    pub call: Option<(String, String)>,
    /// Whether it is hidden, and on whose wish.
    pub hidden: Option<String>,
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct CourtesyView {
    /// Now, by the domain clock.
    pub now: Moment,
    /// The facilities, in Vietnamese order.
    pub facilities: Vec<Courteous>,
    /// What was said for groups.
    pub groups: Vec<Kept<GroupFigure>>,
}

/// For whoever keeps the command room.
pub fn courtesy(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<CourtesyView> {
    may_keep(actor)?;
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let list = running_out(office, connection, actor, Past::default())?;
    let masks = record::open::<Mask>(connection, actor.province)?;
    let facilities = seen(&registry, actor, now.date())
        .into_iter()
        .filter_map(|facility| {
            let line = list.lines.iter().find(|line| line.facility == facility.id);
            let mask = masks.iter().find(|mask| mask.content.facility == facility.id);
            Some(Courteous {
                id: facility.id,
                name: facility.body.name.clone(),
                why: by_courtesy(&facility.body)?,
                heard_at: line.and_then(|line| line.outlook.silence.heard_at),
                call: line.and_then(|line| line.call.clone()),
                hidden: mask.map(|mask| mask.content.reason.clone()),
            })
        })
        .collect();
    Ok(CourtesyView { now, facilities, groups: groups(connection, actor)? })
}

/// What was said for groups, for whoever sees the whole province.
pub fn groups(connection: &mut Connection, actor: &Actor) -> Outcome<Vec<Kept<GroupFigure>>> {
    if !actor.sees_all() {
        return Ok(Vec::new());
    }
    record::open::<GroupFigure>(connection, actor.province)
}
