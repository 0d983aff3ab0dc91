//! Suppliers, vehicles and machines given or lent, as sheets (OX12, OX15, OX17).

use oxygen::alarm::DayHours;
use oxygen::supply::plate_key;
use quantity::{Grams, Typed, Unit, VesselSpec};

use super::change::Change;
use super::means::{facility_key, facility_label, of_facility, words};
use super::means_chain::{label_of, store_of};
use super::row::{Cells, Read, Row, Writer, settle_hours, settle_typed};
use super::{Look, Register};
use crate::failure::Outcome;
use crate::operations::supply::keep_asset::KeepAsset;
use crate::operations::supply::keep_supplier::KeepSupplier;
use crate::operations::supply::keep_vehicle::KeepVehicle;
use crate::record::Kept;
use crate::registry::Facility;
use crate::supply::{
    Asset, Condition, Contact, Given, Output, Plant, Product, Shells, Supplier, Vehicle, VehicleKind, name_key,
};

/// Producers and refill stations.
pub(super) struct Suppliers;

/// Sizes of shells that have a column, by water volume in millilitres.
const SHELLS: [(&str, u32); 3] = [("shells40", 40_000), ("shells10", 10_000), ("shells8", 8_000)];
const OUTPUTS: [(&str, Product); 2] = [("liquid", Product::Liquid), ("cylinders", Product::Cylinders)];

fn outputs(row: &Row<'_>, old: &[Output]) -> Vec<Output> {
    let mut outputs = Vec::new();
    for (key, product) in OUTPUTS {
        match (row.changes(key), row.number(key)) {
            (true, Some(kg)) => {
                let typed = Typed::measured(kg, Unit::Kilogram);
                outputs.push(Output { product, typed, grams: Grams::from_kg_f64(kg) });
            }
            (true, None) => {}
            (false, _) => outputs.extend(old.iter().filter(|output| output.product == product).cloned()),
        }
    }
    outputs
}

fn shells(row: &Row<'_>, old: &[Shells]) -> Vec<Shells> {
    let in_a_column =
        |shells: &Shells| SHELLS.iter().any(|(key, ml)| *ml == shells.water_volume_ml && row.changes(key));
    let mut kept: Vec<Shells> = old.iter().filter(|shells| !in_a_column(shells)).copied().collect();
    for (key, water_volume_ml) in SHELLS {
        if let Some(count) = row.count(key).filter(|_| row.changes(key)) {
            kept.push(Shells { water_volume_ml, count });
        }
    }
    kept
}

impl Register for Suppliers {
    type Held = Kept<Supplier>;
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-suppliers.toml");
    const SHOWN_ONLY: &'static [&'static str] = &[];

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        look.records()
    }

    fn cells(_: &Look<'_>, kept: &Self::Held) -> Cells {
        let one = &kept.content;
        let contact = one.contacts.first();
        let open = one
            .open
            .map(|(from, to)| format!("{:02}:{:02}–{:02}:{:02}", from.hour(), from.minute(), to.hour(), to.minute()));
        let mut cells = Writer::default()
            .text("name", &one.name)
            .text("plant", one.plant.code())
            .text("place", &one.place)
            .some("open", open.as_deref())
            .yes("release", one.medical_release)
            .day("commitment_on", one.commitment.as_ref().map(|(on, _)| *on))
            .some("commitment", one.commitment.as_ref().map(|(_, text)| text.as_str()))
            .some("contact", contact.map(|contact| contact.name.as_str()))
            .some("contact_post", contact.map(|contact| contact.post.as_str()))
            .some("phone", contact.map(|contact| contact.phone.as_str()))
            .yes("closed", Some(one.closed));
        for (key, product) in OUTPUTS {
            let of = one.outputs.iter().filter(|output| output.product == product);
            let sum: Option<Grams> = of.map(|output| output.grams).reduce(|one, other| one + other);
            cells = cells.number(key, sum.map(Grams::as_kg));
        }
        for (key, ml) in SHELLS {
            let of = one.shells.iter().filter(|shells| shells.water_volume_ml == ml).map(|shells| shells.count);
            cells = cells.whole(key, of.reduce(|one, other| one + other));
        }
        cells.0
    }

    fn settle(_: &Look<'_>, told: &mut Cells) {
        settle_hours(told, &["open"]);
    }

    fn key(cells: &Cells) -> String {
        name_key(words(cells, "name"))
    }

    fn label(cells: &Cells) -> String {
        words(cells, "name").to_owned()
    }

    fn change(_: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change> {
        let old = before.map(|kept| &kept.content);
        let open = match row.some("open") {
            Some(text) => Some(open_hours(&text).ok_or_else(|| row.unreadable("open"))?),
            None => None,
        };
        let commitment = match (row.day("commitment_on"), row.some("commitment")) {
            (None, None) => None,
            (on, text) => Some((row.need(on, "commitment_on")?, text.unwrap_or_default())),
        };
        let mut contacts = old.map(|old| old.contacts.clone()).unwrap_or_default();
        let said = ["contact", "contact_post", "phone"].map(|key| row.text(key));
        if said.iter().any(|text| !text.is_empty()) {
            let [name, post, phone] = said;
            let first = Contact { name, post, phone };
            match contacts.first_mut() {
                Some(contact) => *contact = first,
                None => contacts.push(first),
            }
        } else if !contacts.is_empty() {
            contacts.remove(0);
        }
        let supplier = Supplier {
            name: row.words("name")?,
            plant: row.one_of("plant", &Plant::ALL, Plant::code)?,
            place: row.text("place"),
            outputs: outputs(row, old.map_or(&[], |old| &old.outputs)),
            open,
            medical_release: row.yes("release"),
            commitment,
            shells: shells(row, old.map_or(&[], |old| &old.shells)),
            contacts,
            closed: row.yes("closed") == Some(true),
        };
        let id = before.map(|kept| kept.id);
        Ok(Change::of(move |key| KeepSupplier { key, id, body: None, supplier: supplier.clone() }))
    }
}

fn open_hours(text: &str) -> Option<(jiff::civil::Time, jiff::civil::Time)> {
    let hours = DayHours::read(text)?;
    let time = |minute: u16| jiff::civil::Time::new((minute / 60 % 24) as i8, (minute % 60) as i8, 0, 0).ok();
    Some((time(hours.from)?, time(hours.to)?))
}

/// Vehicles.
pub(super) struct Vehicles;

impl Register for Vehicles {
    type Held = Kept<Vehicle>;
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-vehicles.toml");
    const SHOWN_ONLY: &'static [&'static str] = &[];

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        look.records()
    }

    fn cells(_: &Look<'_>, kept: &Self::Held) -> Cells {
        let one = &kept.content;
        let forty = one.cylinders.iter().find(|(ml, _)| *ml == 40_000).map(|(_, count)| *count);
        Writer::default()
            .text("plate", &one.plate)
            .text("kind", one.kind.code())
            .number("capacity", Some(one.capacity.as_kg()))
            .whole("cylinders40", forty)
            .text("owner", &one.owner)
            .text("roads", &one.roads)
            .yes("ferry", one.ferry)
            .text("driver", &one.driver)
            .text("phone", &one.phone)
            .day("inspected_until", one.inspected_until)
            .yes("retired", Some(one.retired))
            .0
    }

    fn settle(_: &Look<'_>, _: &mut Cells) {}

    fn key(cells: &Cells) -> String {
        let plate = words(cells, "plate");
        plate_key(plate).unwrap_or_else(|_| plate.to_owned())
    }

    fn label(cells: &Cells) -> String {
        words(cells, "plate").to_owned()
    }

    fn change(_: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change> {
        let mut cylinders = before.map(|kept| kept.content.cylinders.clone()).unwrap_or_default();
        cylinders.retain(|(ml, _)| *ml != 40_000);
        let forty = row.count("cylinders40").filter(|count| *count > 0);
        cylinders.extend(forty.map(|count| (40_000, count)));
        // A truck that is told by its cylinders carries what they hold.
        let held = forty.map(|count| (VesselSpec::LITRES_40.full() * i64::from(count)).as_kg());
        let capacity = row.need(row.number("capacity").or(held), "capacity")?;
        let vehicle = Vehicle {
            plate: row.words("plate")?,
            kind: row.one_of("kind", &VehicleKind::ALL, VehicleKind::code)?,
            capacity: Grams::from_kg_f64(capacity),
            cylinders,
            owner: row.words("owner")?,
            roads: row.text("roads"),
            ferry: row.yes("ferry"),
            driver: row.text("driver"),
            phone: row.text("phone"),
            inspected_until: row.day("inspected_until"),
            retired: row.yes("retired") == Some(true),
        };
        let id = before.map(|kept| kept.id);
        Ok(Change::of(move |key| KeepVehicle { key, id, vehicle: vehicle.clone() }))
    }
}

/// Machines that were given or lent.
pub(super) struct Machines;

impl Register for Machines {
    type Held = (Kept<Asset>, Facility);
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-machines.toml");

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        look.of_facilities()
    }

    fn cells(_: &Look<'_>, (kept, facility): &Self::Held) -> Cells {
        let one = &kept.content;
        of_facility(facility)
            .text("name", &one.name)
            .text("serial", &one.serial)
            .some("store", label_of(facility, one.store))
            .text("given", if one.given == Given::Lent { "lent" } else { "donated" })
            .text("giver", &one.giver)
            .text("condition", one.condition.code())
            .typed("flow", one.flow.as_ref())
            .day("due", one.due)
            .text("decider", &one.decider)
            .yes("gone", Some(one.gone))
            .0
    }

    fn settle(look: &Look<'_>, told: &mut Cells) {
        look.settle_facility(told);
        settle_typed(told, &["flow"]);
    }

    /// By its number; one without a number by what it is and where it stands.
    fn key(cells: &Cells) -> String {
        match words(cells, "serial") {
            "" => format!("{}|{}", facility_key(cells), name_key(words(cells, "name"))),
            serial => format!("#{}|{}", serial.to_uppercase(), name_key(words(cells, "name"))),
        }
    }

    fn label(cells: &Cells) -> String {
        format!("{} {} · {}", words(cells, "name"), words(cells, "serial"), facility_label(cells))
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change> {
        let facility = look.facility(row)?;
        let old = before.map(|(kept, _)| &kept.content);
        let flow = row.typed("flow", old.and_then(|old| old.flow.as_ref()))?;
        let given = row.one_of("given", &[Given::Donated, Given::Lent], |given| match given {
            Given::Donated => "donated",
            Given::Lent => "lent",
        })?;
        let asset = Asset {
            name: row.words("name")?,
            serial: row.text("serial"),
            facility: facility.id,
            store: store_of(facility, row, old.and_then(|old| old.store))?,
            given,
            giver: row.words("giver")?,
            condition: row.one_of("condition", &Condition::ALL, Condition::code)?,
            flow: None,
            makes: None,
            due: row.day("due"),
            decider: row.words("decider")?,
            letters: Vec::new(),
            decisions: Vec::new(),
            gone: row.yes("gone") == Some(true),
        };
        let id = before.map(|(kept, _)| kept.id);
        let (text, unit) =
            flow.map_or_else(Default::default, |flow| (quantity::show_number(flow.value, 3), Some(flow.unit)));
        Ok(Change::of(move |key| KeepAsset { key, id, asset: asset.clone(), flow: text.clone(), unit }))
    }
}
