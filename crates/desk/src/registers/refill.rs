//! How oxygen comes to each facility, and when it does not, as sheets.

use document::sheet::Value;
use oxygen::alarm::DayHours;

use super::change::Change;
use super::means::{facility_key, facility_label, of_facility, or_standing, words};
use super::row::{Cells, Read, Row, Writer, settle_hours};
use super::{Look, Register};
use crate::alarms::records::{Closure, ClosureWhy, RefillTerms};
use crate::failure::Outcome;
use crate::operations::alarm::change_closure::ChangeClosure;
use crate::operations::alarm::close_supply::CloseSupply;
use crate::operations::alarm::set_refill_terms::SetRefillTerms;
use crate::record::{self, Kept};
use crate::registry::Facility;

/// Terms of refill.
pub(super) struct Refills;

fn hours(hours: Option<DayHours>) -> String {
    hours.map(|hours| hours.to_string()).unwrap_or_default()
}

impl Register for Refills {
    type Held = (Kept<RefillTerms>, Facility);
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-refills.toml");

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        look.of_facilities()
    }

    fn cells(_: &Look<'_>, (kept, facility): &Self::Held) -> Cells {
        let terms = &kept.content;
        let bans: Vec<String> = terms.bans.iter().map(ToString::to_string).collect();
        of_facility(facility)
            .text("supplier", &terms.supplier)
            .number("lead_hours", Some(terms.lead_minutes as f64 / 60.0))
            .text("station", hours(terms.station))
            .text("bans", bans.join(", "))
            .text("ferry", hours(terms.ferry))
            .0
    }

    fn settle(look: &Look<'_>, told: &mut Cells) {
        look.settle_facility(told);
        settle_hours(told, &["station", "bans", "ferry"]);
    }

    fn key(cells: &Cells) -> String {
        facility_key(cells)
    }

    fn label(cells: &Cells) -> String {
        facility_label(cells)
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, _: Option<&Self::Held>) -> Read<Change> {
        let facility = look.facility(row)?.id;
        let lead_hours = row.need(row.number("lead_hours"), "lead_hours")?;
        let [supplier, station, bans, ferry] = ["supplier", "station", "bans", "ferry"].map(|key| row.text(key));
        Ok(Change::of(move |key| SetRefillTerms {
            key,
            facility,
            supplier: supplier.clone(),
            lead_hours,
            station: station.clone(),
            bans: bans.clone(),
            ferry: ferry.clone(),
        }))
    }
}

/// Times during which nothing is loaded or nothing comes in.
pub(super) struct ClosuresRegister;

impl Register for ClosuresRegister {
    type Held = (Kept<Closure>, String);
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-closures.toml");
    const SHOWN_ONLY: &'static [&'static str] = &[];

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        let all = record::open::<Closure>(look.connection, look.actor.province)?;
        let seen = |kept: Kept<Closure>| match (kept.content.facility, kept.content.area) {
            (Some(id), _) => {
                let facility = look.registry.facility(id).filter(|one| look.actor.sees(one, &look.registry))?;
                let code = facility.code.clone();
                Some((kept, code))
            }
            (None, Some(area)) => look.actor.sees_area(&Some(area), &look.registry).then(|| (kept, String::new())),
            (None, None) => look.actor.sees_all().then(|| (kept, String::new())),
        };
        let mut held: Vec<Self::Held> = all.into_iter().filter_map(seen).collect();
        held.sort_by_key(|(kept, _)| kept.content.from);
        Ok(held)
    }

    fn cells(_: &Look<'_>, (kept, facility): &Self::Held) -> Cells {
        let closure = &kept.content;
        Writer::default()
            .moment("from", Some(closure.from))
            .moment("to", Some(closure.to))
            .text("why", closure.why.code())
            .text("facility", facility)
            .text("area", closure.area.map(|area| area.to_string()).unwrap_or_default())
            .text("note", &closure.note)
            .0
    }

    fn settle(look: &Look<'_>, told: &mut Cells) {
        if let Some(found) = look.facility_called(words(told, "facility")) {
            let code = found.code.clone();
            told.insert("facility".to_owned(), Value::Text(code));
        }
    }

    fn key(cells: &Cells) -> String {
        let at = |key: &str| match cells.get(key) {
            Some(Value::Moment(at)) => at.to_string(),
            _ => String::new(),
        };
        let facility = words(cells, "facility").to_lowercase();
        format!("{}|{}|{facility}|{}", at("from"), at("to"), words(cells, "area"))
    }

    fn label(cells: &Cells) -> String {
        let from = match cells.get("from") {
            Some(Value::Moment(at)) => at.to_string(),
            _ => String::new(),
        };
        format!("{from} · {}", words(cells, "note"))
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change> {
        let old = before.map(|(kept, _)| &kept.content);
        let from = or_standing(row.need(row.moment("from"), "from")?, old.map(|old| old.from));
        let to = or_standing(row.need(row.moment("to"), "to")?, old.map(|old| old.to));
        let facility = match row.some("facility") {
            Some(_) => Some(look.facility(row)?.id),
            None => None,
        };
        let area = match row.some("area") {
            Some(text) => Some(text.parse().map_err(|_| row.unreadable("area"))?),
            None => None,
        };
        let why = row.one_of("why", &ClosureWhy::ALL, ClosureWhy::code)?;
        let note = row.text("note");
        let make = move |key| CloseSupply { key, facility, area, from, to, why, note: note.clone() };
        Ok(match before.map(|(kept, _)| kept.id) {
            None => Change::of(make),
            Some(closure) => Change::of(move |key| ChangeClosure { closure, becomes: make(key) }),
        })
    }
}
