//! The readiness check «bốn tại chỗ», the drills, what they found (PR01).

use jiff::civil::Date;
use place::FacilityId;
use protocol::{Asks, Checklist};
use quantity::Id;
use store::Connection;

use super::{MOST, Named, may_look, seen};
use crate::actor::Actor;
use crate::command::finding::{Drill, Finding};
use crate::command::readiness::{Answer, Met, Tally, is_fresh, tally};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept, RecordId};

/// A line that somebody found wanting, or that nobody has looked at within the year.
#[derive(Debug, Clone)]
pub struct Wanting {
    /// Key of the line.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Which of the four.
    pub group: String,
    /// The facility; none for the province.
    pub facility: Option<FacilityId>,
    /// Whose.
    pub name: String,
    /// The answer, however old.
    pub answer: Option<Answer>,
    /// The record of the answer.
    pub record: Option<RecordId<Answer>>,
    /// Whether the answer is older than a year.
    pub stale: bool,
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ReadinessView {
    /// Today, by the domain clock.
    pub today: Date,
    /// The list and its source.
    pub list: Checklist,
    /// Each of the four with its tally.
    pub tallies: Vec<(String, Tally)>,
    /// What is wanting: no, partly, then what nobody has looked at.
    pub wanting: Vec<Wanting>,
    /// Drills, newest first.
    pub drills: Vec<Kept<Drill>>,
    /// What drills found: open ones first.
    pub findings: Vec<Kept<Finding>>,
    /// Facilities in scope.
    pub facilities: Vec<Named>,
    /// Whether the actor sees the whole province.
    pub whole: bool,
}

/// The check as an actor may see it.
pub fn readiness(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<ReadinessView> {
    may_look(actor)?;
    let today = office.now(connection)?.date();
    let registry = office.registry(connection, actor.province)?;
    let list = Checklist::four_on_the_spot().map_err(Failure::refused)?;
    let answers = record::newest::<Answer>(connection, actor.province, MOST)?;
    let facilities: Vec<Named> =
        seen(&registry, actor, today).iter().map(|one| (one.id, one.body.name.clone())).collect();
    let ids: Vec<FacilityId> = facilities.iter().map(|(id, _)| *id).collect();
    let kept = |key: &str, facility: Option<FacilityId>| {
        answers.iter().find(|kept| kept.content.facility == facility && kept.content.key == key)
    };
    let find = |key: &str, facility: Option<FacilityId>| kept(key, facility).map(|kept| &kept.content);
    let tallies =
        list.groups().into_iter().map(|group| (group.to_owned(), tally(&list, group, &ids, find, today))).collect();
    let province = registry.post().map_or_else(String::new, |post| post.name.clone());
    let mut wanting = Vec::new();
    for item in &list.items {
        let subjects: Vec<(Option<FacilityId>, String)> = match item.level {
            Asks::Province if actor.sees_all() => vec![(None, province.clone())],
            Asks::Province => Vec::new(),
            Asks::Facility => facilities.iter().map(|(id, name)| (Some(*id), name.clone())).collect(),
        };
        for (facility, name) in subjects {
            let answer = find(&item.key, facility);
            let fresh = answer.filter(|answer| is_fresh(answer, today));
            if fresh.is_some_and(|answer| answer.met == Met::Yes) {
                continue;
            }
            wanting.push(Wanting {
                key: item.key.clone(),
                title: item.title.clone(),
                group: item.group.clone(),
                facility,
                name,
                stale: answer.is_some() && fresh.is_none(),
                answer: answer.cloned(),
                record: kept(&item.key, facility).map(|kept| kept.id),
            });
        }
    }
    wanting.sort_by_key(|line| match line.answer.as_ref().filter(|_| !line.stale).map(|answer| answer.met) {
        Some(Met::No) => 0,
        Some(Met::Partly) => 1,
        _ => 2,
    });
    let drills = record::newest::<Drill>(connection, actor.province, 20)?;
    let of_drills: Vec<Id> = drills.iter().map(|kept| kept.id.0).collect();
    let mut findings: Vec<Kept<Finding>> = record::newest::<Finding>(connection, actor.province, 500)?
        .into_iter()
        .filter(|kept| of_drills.contains(&kept.content.of))
        // What was found at a facility is for those who see it, what concerns the province for those who see all of it:
        // blame stays away from data entry.
        .filter(|kept| kept.content.facility.map_or(actor.sees_all(), |at| ids.contains(&at)))
        .collect();
    findings.sort_by_key(|kept| (kept.content.mended_on.is_some(), kept.content.due_on));
    let whole = actor.sees_all();
    Ok(ReadinessView { today, list, tallies, wanting, drills, findings, facilities, whole })
}
