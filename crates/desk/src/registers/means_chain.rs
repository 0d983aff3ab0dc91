//! Vessels with their inspections, and the links of the chain to the bed, as sheets (OX04, OX10).

use oxygen::StoreId;
use oxygen::chain::{Grid, Ice, Outlets, Part, Pipe, Power, Rated, Tested, Vaporiser};

use super::change::Change;
use super::means::{facility_key, facility_label, of_facility, words};
use super::row::{Cells, Read, Row, settle_typed};
use super::{Look, Register};
use crate::failure::Outcome;
use crate::means::{Link, Vessel, VesselKind};
use crate::operations::chain::record_link::RecordLink;
use crate::operations::chain::record_vessel::RecordVessel;
use crate::record::Kept;
use crate::registry::Facility;
use crate::supply::name_key;

/// The label of a store of a facility.
pub(super) fn label_of(facility: &Facility, store: Option<StoreId>) -> Option<&str> {
    let found = facility.each_store().find(|entry| Some(entry.store.id) == store)?;
    Some(found.store.label.as_str())
}

/// The store that a row names; what stands where the cell has not changed.
pub(super) fn store_of(facility: &Facility, row: &Row<'_>, before: Option<StoreId>) -> Read<Option<StoreId>> {
    let Some(typed) = row.some("store") else { return Ok(None) };
    if !row.changes("store") && before.is_some() {
        return Ok(before);
    }
    let same = |label: &str| name_key(label) == name_key(&typed);
    let found = facility.each_store().find(|entry| same(&entry.store.label)).map(|entry| entry.store.id);
    found.map(Some).ok_or_else(|| row.unreadable("store"))
}

/// Vessels and machines.
pub(super) struct Vessels;

impl Register for Vessels {
    type Held = (Kept<Vessel>, Facility);
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-vessels.toml");

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        look.of_facilities()
    }

    fn cells(_: &Look<'_>, (kept, facility): &Self::Held) -> Cells {
        let vessel = &kept.content;
        of_facility(facility)
            .text("kind", vessel.kind.code())
            .text("serial", &vessel.serial)
            .some("store", label_of(facility, vessel.store))
            .number("volume", vessel.volume_litres)
            .number("pressure", vessel.pressure_bar)
            .some("owner", vessel.owner.as_deref())
            .yes("others", vessel.others_may_fill)
            .day("inspected_on", vessel.inspected_on)
            .day("next_inspection", vessel.next_inspection)
            .number("purity", vessel.purity_percent)
            .day("purity_on", vessel.purity_on)
            .number("hours", vessel.running_hours)
            .some("gone", vessel.gone.as_deref())
            .0
    }

    fn key(cells: &Cells) -> String {
        format!("{}/{}", words(cells, "kind"), words(cells, "serial").to_uppercase())
    }

    fn label(cells: &Cells) -> String {
        format!("{} · {}", words(cells, "serial"), facility_label(cells))
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change> {
        let facility = look.facility(row)?;
        let old = before.map(|(kept, _)| &kept.content);
        let content = Vessel {
            facility: facility.id,
            store: store_of(facility, row, old.and_then(|old| old.store))?,
            kind: row.one_of("kind", &VesselKind::ALL, VesselKind::code)?,
            serial: row.words("serial")?,
            volume_litres: row.number("volume"),
            pressure_bar: row.number("pressure"),
            owner: row.some("owner"),
            others_may_fill: row.yes("others"),
            inspected_on: row.day("inspected_on"),
            next_inspection: row.day("next_inspection"),
            purity_percent: row.number("purity"),
            purity_on: row.day("purity_on"),
            running_hours: row.number("hours"),
            gone: row.some("gone"),
        };
        let vessel = before.map(|(kept, _)| kept.id);
        Ok(Change::of(move |key| RecordVessel { key, vessel, content: content.clone() }))
    }
}

/// Links of the chain to the bed.
pub(super) struct Links;

fn rated(part: &Part) -> Option<&Rated> {
    match part {
        Part::Power(_) => None,
        Part::Manifold(rated) => Some(rated),
        Part::Vaporiser(vaporiser) => Some(&vaporiser.each),
        Part::Pipe(pipe) => Some(&pipe.flow),
        Part::Outlets(outlets) => Some(&outlets.flow),
    }
}

/// The columns that belong to each kind of part.
fn columns_of(part: &str) -> &'static [&'static str] {
    match part {
        "power" => &["grid", "generator", "diesel", "hourly", "carries", "checked_on"],
        "vaporiser" => &["count", "ice", "nameplate", "tested", "tested_on"],
        "pipe" => &["diameter", "nameplate", "tested", "tested_on"],
        "outlets" => &["installed", "working", "nameplate", "tested", "tested_on"],
        _ => &["nameplate", "tested", "tested_on"],
    }
}

impl Register for Links {
    type Held = (Kept<Link>, Facility);
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-links.toml");

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        let mut all: Vec<Self::Held> = look.of_facilities()?;
        all.retain(|(kept, _)| kept.content.gone.is_none());
        Ok(all)
    }

    fn cells(_: &Look<'_>, (kept, facility): &Self::Held) -> Cells {
        let link = &kept.content;
        let cells = of_facility(facility).text("part", link.part.code()).text("name", &link.name);
        let cells = cells.some("told_by", link.told_by.as_deref());
        let rated = rated(&link.part);
        let tested = rated.and_then(|rated| rated.tested.as_ref());
        let cells = cells
            .typed("nameplate", rated.and_then(|rated| rated.nameplate.as_ref()))
            .typed("tested", tested.map(|tested| &tested.flow))
            .day("tested_on", tested.map(|tested| tested.on));
        match &link.part {
            Part::Power(power) => cells
                .text(
                    "grid",
                    match power.grid {
                        Grid::On => "on",
                        Grid::Off => "off",
                        Grid::Unknown => "",
                    },
                )
                .number("generator", power.generator_kva)
                .number("diesel", power.diesel_litres)
                .number("hourly", power.litres_per_hour)
                .yes("carries", power.carries_oxygen)
                .day("checked_on", power.checked_on),
            Part::Vaporiser(vaporiser) => cells.whole("count", Some(vaporiser.count)).text(
                "ice",
                match vaporiser.ice {
                    Ice::Dry => "dry",
                    Ice::Iced => "iced",
                    Ice::Unknown => "",
                },
            ),
            Part::Pipe(pipe) => cells.number("diameter", pipe.diameter_mm),
            Part::Outlets(outlets) => {
                cells.whole("installed", Some(outlets.installed)).whole("working", outlets.working)
            }
            Part::Manifold(_) => cells,
        }
        .0
    }

    fn settle(look: &Look<'_>, told: &mut Cells) {
        look.settle_facility(told);
        settle_typed(told, &["nameplate", "tested"]);
    }

    /// Of power there is one; of the others one of each name.
    fn key(cells: &Cells) -> String {
        let part = words(cells, "part");
        let name = if part == "power" { "" } else { words(cells, "name") };
        format!("{}|{part}|{name}", facility_key(cells))
    }

    fn label(cells: &Cells) -> String {
        format!("{} · {}", words(cells, "name"), facility_label(cells))
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change> {
        let facility = look.facility(row)?.id;
        let part = row.words("part")?;
        let common = ["facility", "facility_name", "part", "name", "told_by"];
        row.only(&[&common[..], columns_of(&part)].concat())?;
        let old = before.and_then(|(kept, _)| rated(&kept.content.part));
        let flow = |row: &Row<'_>| -> Read<Rated> {
            let tested = row.typed("tested", old.and_then(|old| old.tested.as_ref()).map(|tested| &tested.flow))?;
            let tested = match tested {
                Some(flow) => Some(Tested { flow, on: row.need(row.day("tested_on"), "tested_on")? }),
                None => None,
            };
            Ok(Rated { nameplate: row.typed("nameplate", old.and_then(|old| old.nameplate.as_ref()))?, tested })
        };
        let content = match part.as_str() {
            "power" => Part::Power(Power {
                grid: match row.text("grid").as_str() {
                    "on" => Grid::On,
                    "off" => Grid::Off,
                    _ => Grid::Unknown,
                },
                generator_kva: row.number("generator"),
                diesel_litres: row.number("diesel"),
                litres_per_hour: row.number("hourly"),
                carries_oxygen: row.yes("carries"),
                checked_on: row.day("checked_on"),
            }),
            "vaporiser" => Part::Vaporiser(Vaporiser {
                count: row.need(row.count("count"), "count")?,
                each: flow(row)?,
                ice: match row.text("ice").as_str() {
                    "dry" => Ice::Dry,
                    "iced" => Ice::Iced,
                    _ => Ice::Unknown,
                },
            }),
            "pipe" => Part::Pipe(Pipe { diameter_mm: row.number("diameter"), flow: flow(row)? }),
            "outlets" => Part::Outlets(Outlets {
                installed: row.need(row.count("installed"), "installed")?,
                working: row.count("working"),
                flow: flow(row)?,
            }),
            _ => Part::Manifold(flow(row)?),
        };
        // The operation finds the part by its name as it stands, letter by letter.
        let name = match before {
            Some((kept, _)) if !row.changes("name") || part != "power" => kept.content.name.clone(),
            _ => row.words("name")?,
        };
        let told_by = row.some("told_by");
        Ok(Change::of(move |key| RecordLink {
            key,
            facility,
            name: name.clone(),
            part: content.clone(),
            told_by: told_by.clone(),
        }))
    }
}
