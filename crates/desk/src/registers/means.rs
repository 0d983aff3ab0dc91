//! Beds, works of the upgrade plan, sites of the set-up plan, as sheets (OX05, OX06, TR01, TR03, TR05).

use document::sheet::Value;
use place::FacilityId;
use place::body::Beds;

use super::change::Change;
use super::row::{Cells, Read, Row, Writer, settle_typed, to_the_minute};
use super::{Look, Register};
use crate::failure::Outcome;
use crate::means::{BedCount, Intensive, Site, SiteState, SiteStep, Work};
use crate::operations::chain::count_beds::CountBeds;
use crate::operations::chain::plan_site::PlanSite;
use crate::operations::chain::plan_work::PlanWork;
use crate::operations::chain::revise_site::ReviseSite;
use crate::record::Kept;
use crate::registry::Facility;
use crate::supply::name_key;

/// The words of a cell.
pub(super) fn words<'c>(cells: &'c Cells, key: &str) -> &'c str {
    match cells.get(key) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

/// The facility of a row, by its code.
pub(super) fn facility_key(cells: &Cells) -> String {
    let code = words(cells, "facility");
    let text = if code.is_empty() { words(cells, "facility_name") } else { code };
    text.to_lowercase()
}

/// What a row about a facility begins with.
pub(super) fn of_facility(facility: &Facility) -> Writer {
    Writer::default().text("facility", &facility.code).text("facility_name", &facility.body.name)
}

/// The name of a row's facility for people.
pub(super) fn facility_label(cells: &Cells) -> String {
    let name = words(cells, "facility_name");
    if name.is_empty() { words(cells, "facility").to_owned() } else { name.to_owned() }
}

/// Counts of beds.
pub(super) struct BedCounts;

impl Register for BedCounts {
    type Held = (Kept<BedCount>, Facility);
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-beds.toml");

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        look.of_facilities()
    }

    fn cells(_: &Look<'_>, (kept, facility): &Self::Held) -> Cells {
        let count = &kept.content;
        of_facility(facility)
            .moment("counted_at", Some(count.counted_at))
            .some("told_by", count.told_by.as_deref())
            .whole("planned", count.beds.planned)
            .whole("open", count.beds.open)
            .whole("oxygen", count.beds.oxygen)
            .whole("icu", count.beds.icu)
            .whole("occupied", count.occupied)
            .whole("occupied_icu", count.occupied_icu)
            .whole("ventilators", count.intensive.ventilators)
            .whole("hfnc", count.intensive.hfnc)
            .whole("ecmo", count.intensive.ecmo)
            .whole("doctors", count.intensive.doctors)
            .whole("nurses", count.intensive.nurses)
            .0
    }

    fn key(cells: &Cells) -> String {
        facility_key(cells)
    }

    fn label(cells: &Cells) -> String {
        facility_label(cells)
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change> {
        let facility = look.facility(row)?.id;
        let counted_at = match before {
            Some((kept, _)) if !row.changes("counted_at") => kept.content.counted_at,
            _ => row.need(row.moment("counted_at"), "counted_at")?,
        };
        let content = BedCount {
            facility,
            counted_at,
            told_by: row.some("told_by"),
            beds: Beds {
                planned: row.count("planned"),
                open: row.count("open"),
                oxygen: row.count("oxygen"),
                icu: row.count("icu"),
            },
            occupied: row.count("occupied"),
            occupied_icu: row.count("occupied_icu"),
            intensive: Intensive {
                ventilators: row.count("ventilators"),
                hfnc: row.count("hfnc"),
                ecmo: row.count("ecmo"),
                doctors: row.count("doctors"),
                nurses: row.count("nurses"),
            },
        };
        Ok(Change::of(move |key| CountBeds { key, content: content.clone() }))
    }
}

/// Works of the upgrade plan.
pub(super) struct Works;

impl Register for Works {
    type Held = (Kept<Work>, Facility);
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-works.toml");

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        look.of_facilities()
    }

    fn cells(_: &Look<'_>, (kept, facility): &Self::Held) -> Cells {
        let work = &kept.content;
        of_facility(facility)
            .text("item", &work.item)
            .whole("cost", work.cost)
            .some("funding", work.funding.as_deref())
            .day("due", Some(work.due))
            .whole("percent", Some(work.percent))
            .day("percent_on", Some(work.percent_on))
            .typed("before", work.before.as_ref())
            .typed("after", work.after.as_ref())
            .some("dropped", work.dropped.as_deref())
            .0
    }

    fn settle(look: &Look<'_>, told: &mut Cells) {
        look.settle_facility(told);
        settle_typed(told, &["before", "after"]);
    }

    fn key(cells: &Cells) -> String {
        format!("{}|{}", facility_key(cells), name_key(words(cells, "item")))
    }

    fn label(cells: &Cells) -> String {
        format!("{} · {}", words(cells, "item"), facility_label(cells))
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change> {
        let facility = look.facility(row)?.id;
        let old = before.map(|(kept, _)| &kept.content);
        let content = Work {
            facility,
            item: row.words("item")?,
            cost: row.whole("cost"),
            funding: row.some("funding"),
            due: row.need(row.day("due"), "due")?,
            percent: row.count("percent").unwrap_or(0),
            // A work of which nobody said how far it has come stands at its beginning today.
            percent_on: row.day("percent_on").unwrap_or_else(|| look.now.date()),
            before: row.typed("before", old.and_then(|old| old.before.as_ref()))?,
            after: row.typed("after", old.and_then(|old| old.after.as_ref()))?,
            dropped: row.some("dropped"),
        };
        let work = before.map(|(kept, _)| kept.id);
        Ok(Change::of(move |key| PlanWork { key, work, content: content.clone() }))
    }
}

/// Sites of the set-up plan.
pub(super) struct Sites;

impl Register for Sites {
    type Held = (Kept<Site>, Option<Facility>);
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-sites.toml");
    const SHOWN_ONLY: &'static [&'static str] = &[];

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        let all = look.records::<Site>()?;
        let seen = |kept: Kept<Site>| match kept.content.facility {
            None => look.actor.sees_all().then_some((kept, None)),
            Some(id) => {
                let facility = look.registry.facility(id).filter(|one| look.actor.sees(one, &look.registry))?;
                Some((kept, Some(facility.clone())))
            }
        };
        Ok(all.into_iter().filter_map(seen).collect())
    }

    fn cells(_: &Look<'_>, (kept, facility): &Self::Held) -> Cells {
        let site = &kept.content;
        let last = site.steps.last();
        Writer::default()
            .text("name", &site.name)
            .some("facility", facility.as_ref().map(|facility| facility.code.as_str()))
            .whole("tier", site.tier)
            .whole("beds", Some(site.beds))
            .whole("oxygen_beds", site.oxygen_beds)
            .whole("icu_beds", site.icu_beds)
            .some("basis", site.basis.as_deref())
            .day("planned_on", Some(site.planned_on))
            .text("state", site.state().code())
            .day("since", site.since())
            .some("reason", last.and_then(|step| step.reason.as_deref()))
            .0
    }

    fn settle(look: &Look<'_>, told: &mut Cells) {
        if let Some(found) = look.facility_called(words(told, "facility")) {
            let code = found.code.clone();
            told.insert("facility".to_owned(), Value::Text(code));
        }
    }

    fn key(cells: &Cells) -> String {
        name_key(words(cells, "name"))
    }

    fn label(cells: &Cells) -> String {
        words(cells, "name").to_owned()
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change> {
        let facility: Option<FacilityId> = match row.some("facility") {
            Some(_) => Some(look.facility(row)?.id),
            None => None,
        };
        let name = row.words("name")?;
        let beds = row.need(row.count("beds"), "beds")?;
        let beds = (beds, row.count("oxygen_beds"), row.count("icu_beds"));
        let (tier, basis) = (row.count("tier"), row.some("basis"));
        let planned_on = row.need(row.day("planned_on"), "planned_on")?;
        let state = match row.some("state") {
            Some(_) => row.one_of("state", &SiteState::ALL, SiteState::code)?,
            None => SiteState::Planned,
        };
        let plan =
            move |key| PlanSite { key, name: name.clone(), facility, tier, beds, basis: basis.clone(), planned_on };
        let steps = ["state", "since", "reason"].iter().any(|key| row.changes(key));
        let moved = steps && before.is_none_or(|(kept, _)| kept.content.state() != state);
        let Some((kept, _)) = before else {
            // It enters the plan as planned; that it is open is its next step, with its day.
            if state != SiteState::Planned {
                row.only(&["name", "facility", "tier", "beds", "oxygen_beds", "icu_beds", "basis", "planned_on"])?;
            }
            return Ok(Change::of(plan));
        };
        if steps && !moved {
            row.only(&["name", "facility", "tier", "beds", "oxygen_beds", "icu_beds", "basis", "planned_on"])?;
        }
        let step = if moved {
            let on = if row.changes("since") { row.need(row.day("since"), "since")? } else { look.now.date() };
            let reason = row.some("reason").filter(|_| row.changes("reason"));
            Some(SiteStep { state, on, reason })
        } else {
            None
        };
        let site = kept.id;
        Ok(Change::of(move |key| ReviseSite { plan: plan(key), site, step: step.clone() }))
    }
}

/// That a moment told is the one that stands, to the minute.
pub(super) fn or_standing(told: quantity::Moment, standing: Option<quantity::Moment>) -> quantity::Moment {
    standing.filter(|standing| to_the_minute(*standing) == to_the_minute(told)).unwrap_or(told)
}
