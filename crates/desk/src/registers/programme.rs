//! Milestones of programme 4308 as a sheet (OX01): every line that the province and each facility are asked, so
//! that what is missing is seen while it is filled in.

use place::FacilityId;
use protocol::{Asks, Checklist};

use super::change::Change;
use super::means::words;
use super::row::{Cells, Read, Row, Writer, boxed};
use super::{Look, Register};
use crate::command::programme::{Milestone, code_of};
use crate::failure::{Failure, Outcome};
use crate::operations::command::set_milestone::SetMilestone;
use crate::supply::name_key;

/// Milestones.
pub(super) struct Milestones;

/// A line of somebody's plan, and what was entered of it.
pub(super) struct Line {
    facility: Option<(FacilityId, String, String)>,
    key: String,
    title: String,
    milestone: Option<Milestone>,
}

impl Register for Milestones {
    type Held = Line;
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-milestones.toml");

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Line>> {
        let list = Checklist::programme_4308().map_err(Failure::refused)?;
        let known = look.records::<Milestone>()?;
        let mut held = Vec::new();
        let mut asked = |facility: Option<(FacilityId, String, String)>, level| {
            for item in list.asking(level) {
                let code = code_of(&item.key, facility.as_ref().map(|(id, ..)| *id));
                let entered = known.iter().find(|kept| code_of(&kept.content.key, kept.content.facility) == code);
                held.push(Line {
                    facility: facility.clone(),
                    key: item.key.clone(),
                    title: item.title.clone(),
                    milestone: entered.map(|kept| kept.content.clone()),
                });
            }
        };
        if look.actor.sees_all() {
            asked(None, Asks::Province);
        }
        let today = look.now.date();
        let seen = look.registry.facilities().iter().filter(|one| look.actor.sees(one, &look.registry));
        for facility in seen.filter(|facility| facility.body.valid_on(today)) {
            asked(Some((facility.id, facility.code.clone(), facility.body.name.clone())), Asks::Facility);
        }
        Ok(held)
    }

    fn cells(_: &Look<'_>, line: &Line) -> Cells {
        let said = line.milestone.as_ref();
        let (code, name) =
            line.facility.as_ref().map(|(_, code, name)| (code.as_str(), name.as_str())).unwrap_or_default();
        Writer::default()
            .text("facility", code)
            .text("facility_name", name)
            .text("line", &line.title)
            .day("planned_on", said.and_then(|said| said.planned_on))
            .day("reached_on", said.and_then(|said| said.reached_on))
            .some("evidence", said.map(|said| said.evidence.as_str()))
            .some("holder", said.map(|said| said.holder.as_str()))
            .0
    }

    fn settle(look: &Look<'_>, told: &mut Cells) {
        // A row without a code is the province's, whatever name stands beside it.
        if !words(told, "facility").is_empty() {
            look.settle_facility(told);
        }
    }

    fn key(cells: &Cells) -> String {
        format!("{}|{}", words(cells, "facility").to_lowercase(), name_key(words(cells, "line")))
    }

    fn label(cells: &Cells) -> String {
        let name = words(cells, "facility_name");
        if name.is_empty() { words(cells, "line").to_owned() } else { format!("{name} · {}", words(cells, "line")) }
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Line>) -> Read<Change> {
        let Some(line) = before else {
            // Neither a line of the list nor a facility in scope.
            if row.some("facility").is_some() {
                look.facility(row)?;
            }
            return Err(row.unreadable("line"));
        };
        // A day that was planned is moved, never taken away.
        if row.changes("planned_on") && row.day("planned_on").is_none() {
            return Err(boxed(super::Refused::Missing { title: "Ngày theo kế hoạch".to_owned() }));
        }
        let (planned_on, reached_on) = (row.day("planned_on"), row.day("reached_on"));
        let (key, facility) = (line.key.clone(), line.facility.as_ref().map(|(id, ..)| *id));
        let (evidence, holder) = (row.text("evidence"), row.text("holder"));
        Ok(Change::of(move |device| SetMilestone {
            key: device,
            line: key.clone(),
            facility,
            planned_on,
            reached_on,
            evidence: evidence.clone(),
            holder: holder.clone(),
        }))
    }
}
