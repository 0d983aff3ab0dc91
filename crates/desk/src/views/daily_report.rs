//! The provincial oxygen report of a day: one row a facility, in the field order of the letter
//! behind 4308/QĐ-BYT (OX18, OX19). The layout is data; this gives its figures.

use std::collections::BTreeMap;

use document::sheet::Value;
use jiff::civil::Date;
use oxygen::StoreKind;
use place::BodyId;
use place::body::{BodyKind, PostKind};
use quantity::{Coded, Moment, Span};
use serde::Serialize;
use store::Connection;

use super::provision::Provision;
use super::running_out::{Line, Past, running_out};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::registry::{Facility, Registry};
use crate::rights::Capability;

/// The report of a day.
#[derive(Debug, Clone)]
pub struct DailyReport {
    /// Which day.
    pub day: Date,
    /// Figures until this moment.
    pub at: Moment,
    /// Who reports: «Sở Y tế …».
    pub issuer: String,
    /// The province.
    pub province: String,
    /// One row a facility, by the keys of the layout, in Vietnamese order.
    pub rows: Vec<BTreeMap<String, Value>>,
    /// Some of it is invented.
    pub simulated: bool,
}

/// The report of a day as known now: figures until its end, or until now for today.
pub fn daily_report(office: &Office, connection: &mut Connection, actor: &Actor, day: Date) -> Outcome<DailyReport> {
    if !actor.may(Capability::ExportFigures) {
        return Err(Failure::Forbidden(Capability::ExportFigures));
    }
    let now = office.now(connection)?;
    if day > now.date() {
        return Err(Failure::refused(NotYet { day }));
    }
    let end = Moment::start_of(day.tomorrow().unwrap_or(day)) - Span::micros(1);
    let at = end.min(now);
    let list = running_out(office, connection, actor, Past { at: Some(at), known: None })?;
    let registry = office.registry(connection, actor.province)?;
    let mut lines: Vec<&Line> = list.lines.iter().collect();
    let position = |line: &&Line| registry.facilities().iter().position(|facility| facility.id == line.facility);
    lines.sort_by_key(position);
    let provision = Provision::open(connection, &registry, at)?;
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(facility) = registry.facility(line.facility) {
            let mut row = row(connection, &registry, facility, line, at)?;
            let daily = line.outlook.burn.map(|burn| burn.range.mid.as_kg() * 24.0);
            let more = provision.cells(&registry, facility, daily).into_iter();
            row.extend(more.map(|(key, value)| (key.to_owned(), value)));
            rows.push(row);
        }
    }
    Ok(DailyReport {
        day,
        at,
        issuer: issuer(&registry),
        province: list.province.clone(),
        simulated: list.lines.iter().any(|line| line.simulated),
        rows,
    })
}

/// A day that has not come has no figures: those of today must not stand under its name.
#[derive(Debug, thiserror::Error)]
#[error("OXY-045: {day} has not come yet")]
pub struct NotYet {
    /// As asked.
    day: Date,
}

impl Coded for NotYet {
    fn code(&self) -> &'static str {
        "OXY-045"
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        vec![("day", quantity::time::show_date(self.day))]
    }
}

pub(crate) fn issuer(registry: &Registry) -> String {
    registry.body_of_kind(BodyKind::HealthDepartment).map_or_else(|| "Sở Y tế".to_owned(), |body| body.name.clone())
}

fn count(number: Option<u32>) -> Value {
    number.map_or(Value::Unknown, |number| Value::Integer(i64::from(number)))
}

fn text(words: Option<String>) -> Value {
    words.map_or(Value::Unknown, Value::Text)
}

fn row(
    connection: &mut Connection,
    registry: &Registry,
    facility: &Facility,
    line: &Line,
    at: Moment,
) -> Outcome<BTreeMap<String, Value>> {
    let mut row = BTreeMap::new();
    let mut put = |key: &str, value: Value| {
        row.insert(key.to_owned(), value);
    };
    put("facility", Value::Text(facility.body.name.clone()));
    put("tier", text(facility.tier.map(|tier| tier.to_string())));
    put("beds_planned", count(facility.beds.planned));
    put("beds_open", count(facility.beds.open));
    put("oxygen_beds", count(facility.beds.oxygen));
    put("icu_beds", count(facility.beds.icu));
    for (key, value) in installation(connection, registry, facility, at)? {
        put(key, value);
    }
    let daily = line.outlook.burn.map(|burn| Value::Decimal(burn.range.mid.as_kg() * 24.0));
    put("use_per_day", daily.unwrap_or(Value::Unknown));
    let census = line.census.map(|taken| taken.census);
    put("patients_mask", count(census.map(|census| census.mask)));
    put("patients_hfnc", count(census.map(|census| census.hfnc)));
    put("patients_non_invasive", count(census.map(|census| census.niv)));
    put("patients_invasive", count(census.map(|census| census.invasive)));
    put("patients_ecmo", count(census.map(|census| census.ecmo)));
    let cover = line.outlook.hours.map(|hours| Value::Decimal(hours.low / 24.0));
    put("days_of_cover", cover.unwrap_or(Value::Unknown));
    let officer = registry.roster().whom(BodyId::from(facility.id), PostKind::FocalOfficer, at);
    put("officer_name", text(officer.map(|officer| officer.post().name.clone())));
    put("officer_phone", text(officer.and_then(|officer| officer.post().phone.clone())));
    Ok(row)
}

/// Tanks in both of their units, full cylinders by size, plants and concentrators.
fn installation(
    connection: &mut Connection,
    registry: &Registry,
    facility: &Facility,
    at: Moment,
) -> Outcome<Vec<(&'static str, Value)>> {
    let mut tonnes = 0.0;
    let mut has_tank = false;
    let mut plants = 0;
    let mut concentrators = Some(0);
    let mut full: BTreeMap<u32, Option<u32>> = BTreeMap::new();
    let horizon = store::series::Horizon::now(at);
    let stores: Vec<_> = facility.stores_on(at.date()).collect();
    if stores.is_empty() {
        // Nobody has registered anything there: that is not the same as having nothing.
        return Ok(Vec::from([("psa_plants", Value::Unknown), ("concentrators", Value::Unknown)]));
    }
    for store in stores {
        match (store.kind, store.vessels) {
            (StoreKind::Tank, _) => {
                has_tank = true;
                tonnes += store.capacity.as_kg() / 1_000.0;
            }
            (StoreKind::Plant, _) => plants += 1,
            (StoreKind::Concentrators, _) => {
                // How many there are is told with their flow; nobody having told is not one.
                let (latest, _) = store::series::store_at(connection, registry.province(), store.id, horizon)?;
                let told = latest.and_then(|latest| latest.counts).map(|counts| counts.full);
                concentrators = concentrators.zip(told).map(|(sum, told): (u32, u32)| sum.saturating_add(told));
            }
            (StoreKind::Cylinders, Some(vessels)) => {
                let (latest, _) = store::series::store_at(connection, registry.province(), store.id, horizon)?;
                let counted = latest.and_then(|latest| latest.counts).map(|counts| counts.full);
                add(&mut full, vessels.spec.water_volume_ml, counted);
            }
            _ => {}
        }
    }
    let liquid = quantity::convert::litres_of_liquid(quantity::Grams::from_kg_f64(tonnes * 1_000.0)) / 1_000.0;
    let mut values = vec![
        ("tank_cubic_metres", if has_tank { Value::Decimal(liquid) } else { Value::Empty }),
        ("tank_tonnes", if has_tank { Value::Decimal(tonnes) } else { Value::Empty }),
        ("psa_plants", Value::Integer(plants)),
        ("concentrators", count(concentrators)),
    ];
    values.extend(by_size(&full));
    Ok(values)
}

const SIZES: [(&str, u32); 6] = [
    ("cylinders_40l", 40_000),
    ("cylinders_14l", 14_000),
    ("cylinders_10l", 10_000),
    ("cylinders_8l", 8_000),
    ("cylinders_5l", 5_000),
    ("cylinders_2l", 2_000),
];

/// Several stores may keep cylinders of one size. One that nobody counted makes the sum unknown: a
/// part of it would read as all there is.
fn add(full: &mut BTreeMap<u32, Option<u32>>, millilitres: u32, counted: Option<u32>) {
    let sum = full.entry(millilitres).or_insert(Some(0));
    *sum = sum.zip(counted).map(|(sum, counted)| sum.saturating_add(counted));
}

fn by_size(full: &BTreeMap<u32, Option<u32>>) -> Vec<(&'static str, Value)> {
    let mut values = Vec::new();
    for (key, millilitres) in SIZES {
        values.push((key, full.get(&millilitres).map_or(Value::Empty, |counted| count(*counted))));
    }
    let others: Vec<String> = full
        .iter()
        .filter(|(size, _)| SIZES.iter().all(|(_, millilitres)| *size != millilitres))
        .map(|(millilitres, counted)| {
            let counted = counted.map_or_else(|| "chưa rõ".to_owned(), |number| number.to_string());
            format!("{} lít: {counted}", litres(*millilitres))
        })
        .collect();
    values.push(("cylinders_other", if others.is_empty() { Value::Empty } else { Value::Text(others.join("; ")) }));
    values
}

/// «6,8»: no size is rounded to another.
fn litres(millilitres: u32) -> String {
    let places = usize::from(!millilitres.is_multiple_of(1_000));
    quantity::show_number(f64::from(millilitres) / 1_000.0, places)
}

/// A row as a partner system reads it: the same keys as the layout, numbers as numbers.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Plain {
    /// Not known, or does not apply.
    Nothing(Option<()>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Decimal(f64),
    /// Words.
    Text(String),
}

impl From<&Value> for Plain {
    fn from(value: &Value) -> Self {
        match value {
            Value::Empty | Value::Unknown => Self::Nothing(None),
            Value::Integer(number) => Self::Integer(*number),
            Value::Decimal(number) => Self::Decimal(*number),
            Value::Text(words) => Self::Text(words.clone()),
            Value::Date(day) => Self::Text(day.to_string()),
            Value::Moment(at) => Self::Text(at.to_string()),
        }
    }
}
