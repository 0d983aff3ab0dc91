//! Contracts as a sheet (OX14).

use document::sheet::Value;
use oxygen::supply::{Ceiling, Price, Terms};
use place::FacilityId;
use quantity::{Grams, VesselSpec};

use super::change::Change;
use super::means::words;
use super::refused::Refused;
use super::row::{Cells, Read, Row, Writer, boxed};
use super::{Look, Register};
use crate::failure::Outcome;
use crate::operations::supply::keep_contract::KeepContract;
use crate::record::{self, Kept};
use crate::supply::{Contract, Supplier, name_key};

/// Contracts.
pub(super) struct Contracts;

/// Codes of facilities in the order of the register.
fn buyers_of(look: &Look<'_>, contract: &Contract) -> String {
    let code = |id: &FacilityId| look.registry.facility(*id).map(|facility| facility.code.clone());
    let mut codes: Vec<String> = contract.buyers.iter().filter_map(code).collect();
    codes.sort();
    codes.join("; ")
}

fn ceiling(row: &Row<'_>) -> Read<Ceiling> {
    let (mass, money) = (row.number("ceiling_kg"), row.whole("ceiling_dong"));
    match (mass, money) {
        (Some(_), Some(_)) if row.changes("ceiling_kg") == row.changes("ceiling_dong") => {
            Err(row.one_of_two("ceiling_kg", "ceiling_dong"))
        }
        // What has been told takes the place of what stood.
        (Some(_), Some(dong)) if row.changes("ceiling_dong") => Ok(Ceiling::Money(dong)),
        (Some(kg), _) => Ok(Ceiling::Mass(Grams::from_kg_f64(kg))),
        (None, Some(dong)) => Ok(Ceiling::Money(dong)),
        (None, None) => row.need(None, "ceiling_kg"),
    }
}

fn price(row: &Row<'_>) -> Read<Price> {
    let of_cylinder = |dong: i64| -> Read<Price> {
        let litres = row.need(row.number("price_litres"), "price_litres")?;
        Ok(Price::PerCylinder { dong, size: VesselSpec::of_litres(litres).map_err(boxed)? })
    };
    match (row.whole("price_kg"), row.whole("price_cylinder")) {
        (Some(_), Some(_)) if row.changes("price_kg") == row.changes("price_cylinder") => {
            Err(row.one_of_two("price_kg", "price_cylinder"))
        }
        (Some(_), Some(dong)) if row.changes("price_cylinder") => of_cylinder(dong),
        (Some(dong), _) => Ok(Price::PerKg { dong }),
        (None, Some(dong)) => of_cylinder(dong),
        (None, None) => row.need(None, "price_kg"),
    }
}

impl Register for Contracts {
    type Held = (Kept<Contract>, String);
    const LAYOUT: &'static str = include_str!("../../../../protocols/register-contracts.toml");
    const SHOWN_ONLY: &'static [&'static str] = &[];

    /// Those that the actor's facilities buy under.
    fn held(look: &mut Look<'_>) -> Outcome<Vec<Self::Held>> {
        let all = look.records::<Contract>()?;
        let mut held = Vec::with_capacity(all.len());
        for kept in all {
            let sees = |id: &FacilityId| {
                look.registry.facility(*id).is_some_and(|facility| look.actor.sees(facility, &look.registry))
            };
            if look.actor.sees_all() || kept.content.buyers.iter().any(sees) {
                let with = record::one::<Supplier>(look.connection, look.actor.province, kept.content.supplier)?;
                held.push((kept, with.map(|with| with.content.name).unwrap_or_default()));
            }
        }
        Ok(held)
    }

    fn cells(look: &Look<'_>, (kept, supplier): &Self::Held) -> Cells {
        let one = &kept.content;
        let terms = one.terms;
        let cells = Writer::default()
            .text("number", &one.number)
            .text("supplier", supplier)
            .text("buyers", buyers_of(look, one))
            .some("joint_buyer", one.joint_buyer.as_deref())
            .text("legal_basis", &one.legal_basis)
            .text("payer", &one.payer)
            .text("signer", &one.signer)
            .day("signed_on", one.signed_on)
            .day("from", Some(terms.from))
            .day("to", Some(terms.to))
            .whole("lead_hours", Some(one.lead_hours))
            .yes("ended", Some(one.ended));
        let cells = match terms.ceiling {
            Ceiling::Mass(mass) => cells.number("ceiling_kg", Some(mass.as_kg())),
            Ceiling::Money(dong) => cells.whole("ceiling_dong", Some(dong)),
        };
        match terms.price {
            Price::PerKg { dong } => cells.whole("price_kg", Some(dong)),
            Price::PerCylinder { dong, size } => cells
                .whole("price_cylinder", Some(dong))
                .number("price_litres", Some(f64::from(size.water_volume_ml) / 1_000.0)),
        }
        .0
    }

    fn settle(look: &Look<'_>, told: &mut Cells) {
        let codes = |text: &str| -> Vec<String> {
            let named = text.split(';').map(str::trim).filter(|text| !text.is_empty());
            let code =
                |typed: &str| look.facility_called(typed).map_or_else(|| typed.to_owned(), |one| one.code.clone());
            named.map(code).collect()
        };
        let mut buyers = codes(words(told, "buyers"));
        buyers.sort();
        buyers.dedup();
        if !buyers.is_empty() {
            told.insert("buyers".to_owned(), Value::Text(buyers.join("; ")));
        }
    }

    fn key(cells: &Cells) -> String {
        name_key(words(cells, "number"))
    }

    fn label(cells: &Cells) -> String {
        format!("{} · {}", words(cells, "number"), words(cells, "supplier"))
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Self::Held>) -> Read<Change> {
        let old = before.map(|(kept, _)| &kept.content);
        let typed = row.words("supplier")?;
        let supplier = match old {
            Some(old) if !row.changes("supplier") => old.supplier,
            _ => {
                let province = look.actor.province;
                let found = record::of_code::<Supplier>(look.connection, province, &name_key(&typed)).map_err(boxed)?;
                found.ok_or_else(|| boxed(Refused::UnknownSupplier { typed }))?.id
            }
        };
        let buyers = match old {
            Some(old) if !row.changes("buyers") => old.buyers.clone(),
            _ => {
                let text = row.text("buyers");
                let named = text.split(';').map(str::trim).filter(|text| !text.is_empty());
                let id = |typed: &str| {
                    let found = look.facility_called(typed).map(|facility| facility.id);
                    found.ok_or_else(|| boxed(Refused::UnknownFacility { typed: typed.to_owned() }))
                };
                named.map(id).collect::<Read<Vec<FacilityId>>>()?
            }
        };
        let size_stands = |price| match (old.map(|old| old.terms.price), price) {
            // The pressure of its size has no column.
            (Some(Price::PerCylinder { size, .. }), Price::PerCylinder { dong, size: told })
                if size.water_volume_ml == told.water_volume_ml =>
            {
                Price::PerCylinder { dong, size }
            }
            (_, price) => price,
        };
        let contract = Contract {
            number: row.words("number")?,
            supplier,
            buyers,
            joint_buyer: row.some("joint_buyer"),
            legal_basis: row.words("legal_basis")?,
            payer: row.words("payer")?,
            signer: row.words("signer")?,
            signed_on: row.day("signed_on"),
            terms: Terms {
                from: row.need(row.day("from"), "from")?,
                to: row.need(row.day("to"), "to")?,
                ceiling: ceiling(row)?,
                price: size_stands(price(row)?),
            },
            lead_hours: row.need(row.count("lead_hours"), "lead_hours")?,
            ended: row.yes("ended") == Some(true),
        };
        let id = before.map(|(kept, _)| kept.id);
        Ok(Change::of(move |key| KeepContract { key, id, contract: contract.clone() }))
    }
}
