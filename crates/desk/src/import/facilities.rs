//! Facilities and their stores from a table: one row a store, a facility's rows one after another
//! or apart (OX04, OX10, OX11). A facility goes in whole or not at all.

use document::columns::{Columns, Fields, Layout};
use document::sheet::{ReturnForm, ReturnedRow};
use document::table::{Limits, TableSource, read_table};
use jiff::civil::Date;
use oxygen::{Gauge, GaugeChart, OwnedVessels, RatedFlow, Store, StoreId, StoreKind};
use place::body::{Beds, Body, BodyKind, BodyLevel, Ownership, Post, PostKind};
use place::{BodyId, PersonId};
use protocol::Readiness;
use quantity::{Coded, Grams, Moment, Purity, Typed, Unit, VesselSpec};

use super::old_codes::{self, SaidPlace};
use super::{BadRow, Imported};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome, Reason};
use crate::office::Office;
use crate::operations::register_body::{NewFacility, RegisterBody};
use crate::random;
use crate::registers::file::Verdict;
use crate::registry::{Registry, from_code};
use crate::rights::Capability;

const LAYOUT: &str = include_str!("../../../../protocols/import-facilities.toml");

/// Why a row's facility or store is not taken.
#[derive(Debug, thiserror::Error)]
pub enum RowRefused {
    /// A facility cannot be registered without its code.
    #[error("OXY-060: the facility has no code")]
    NoCode,
    /// The code is no commune on that day.
    #[error("OXY-061: {typed} is no area today")]
    UnknownArea {
        /// As typed.
        typed: String,
    },
    /// The store lacks what its kind needs.
    #[error("OXY-062: the store needs {what}")]
    StoreIncomplete {
        /// The column that is missing, as it is titled.
        what: &'static str,
    },
    /// Another row of the same facility was refused.
    #[error("OXY-063: another row of this facility was refused")]
    FacilityRefused,
}

impl Coded for RowRefused {
    fn code(&self) -> &'static str {
        match self {
            Self::NoCode => "OXY-060",
            Self::UnknownArea { .. } => "OXY-061",
            Self::StoreIncomplete { .. } => "OXY-062",
            Self::FacilityRefused => "OXY-063",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::UnknownArea { typed } => vec![("typed", typed.clone())],
            Self::StoreIncomplete { what } => vec![("what", (*what).to_owned())],
            Self::NoCode | Self::FacilityRefused => Vec::new(),
        }
    }
}

/// Imports a table of facilities as they stand on a day. They count as existing since their commune
/// has been what it is on that day: readings of the past can be imported after them.
pub fn import(office: &Office, actor: &Actor, bytes: &[u8], file_name: &str, today: Date) -> Outcome<Imported> {
    import_listed(office, actor, bytes, file_name, today, None)
}

/// The same of a list that was drawn up on a day: its commune codes and names are those of that day. A row that names a
/// district was drawn up before districts ended, whatever is said of the list.
pub fn import_listed(
    office: &Office,
    actor: &Actor,
    bytes: &[u8],
    file_name: &str,
    today: Date,
    listed_on: Option<Date>,
) -> Outcome<Imported> {
    if !actor.may(Capability::KeepRegisters) {
        return Err(Failure::Forbidden(Capability::KeepRegisters));
    }
    let layout = Layout::from_toml(LAYOUT).map_err(Failure::refused)?;
    let table = read_table(bytes, file_name, &Limits::UPLOAD, &|| false).map_err(Failure::refused)?;
    let columns = Columns::find(&table, &layout).map_err(Failure::refused)?;
    let registry = office.look_blocking(|office, connection| office.registry(connection, actor.province))?;
    old_codes::check_post(&registry, today)?;
    let mut groups: Vec<(String, Vec<Fields<'_>>)> = Vec::new();
    for fields in columns.rows(&table).filter(|fields| !fields.row().is_blank()) {
        let key = text(&fields, "code").or_else(|| text(&fields, "name")).unwrap_or_default();
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, rows)) => rows.push(fields),
            None => groups.push((key, vec![fields])),
        }
    }
    let mut imported = Imported {
        good: 0,
        repeated: 0,
        bad: Vec::new(),
        unknown: columns.unknown_titles(),
        headers: columns.headers().to_vec(),
        form: match table.source() {
            TableSource::Csv { delimiter, .. } => ReturnForm::Csv { delimiter: *delimiter },
            TableSource::Xlsx { .. } => ReturnForm::Xlsx,
        },
    };
    let known = |key: &str| registry.facility_called(key).is_some_and(|facility| actor.sees(facility, &registry));
    let (known, new): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(key, _)| known(key));
    for (_, rows) in new {
        match described_by(&registry, office.real_now(), &rows, (today, listed_on)) {
            Ok(operation) => match office.perform_blocking(actor.clone(), operation) {
                Ok(_) => imported.good += rows.len(),
                Err(Failure::Refused(reason)) => give_back(&mut imported, &rows, 0, reason),
                Err(other) => return Err(other),
            },
            Err((at_fault, reason)) => give_back(&mut imported, &rows, at_fault, reason),
        }
    }
    let rows: Vec<Fields<'_>> = known.into_iter().flat_map(|(_, rows)| rows).collect();
    bring_up_to_date(office, actor, &layout, &rows, &mut imported)?;
    Ok(imported)
}

/// Facilities that are registered already: a row that says nothing new is counted, one that brings a store or names
/// another officer is written, all as the page of the register does it.
fn bring_up_to_date(
    office: &Office,
    actor: &Actor,
    layout: &Layout,
    rows: &[Fields<'_>],
    imported: &mut Imported,
) -> Outcome<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let brought = crate::registers::known::bring_up_to_date(office, actor, "facilities", layout, rows)?;
    for (fields, (verdict, reason)) in rows.iter().zip(brought) {
        if let Some(reason) = reason {
            imported.bad.push(BadRow { row: ReturnedRow::of(fields.row()), reason });
            continue;
        }
        imported.good += 1;
        imported.repeated += usize::from(verdict == Verdict::Same);
    }
    Ok(())
}

/// All rows of a facility come back: the one at fault with its reason, the others saying so.
fn give_back(imported: &mut Imported, rows: &[Fields<'_>], at_fault: usize, reason: Box<dyn Reason>) {
    let mut reason = Some(reason);
    for (index, fields) in rows.iter().enumerate() {
        let reason = match reason.take_if(|_| index == at_fault) {
            Some(reason) => reason,
            None => Box::new(RowRefused::FacilityRefused),
        };
        imported.bad.push(BadRow { row: ReturnedRow::of(fields.row()), reason });
    }
}

fn boxed(reason: impl Reason + 'static) -> Box<dyn Reason> {
    Box::new(reason)
}

/// The text of a column; a cell that cannot be read counts as empty here and is refused below.
fn text(fields: &Fields<'_>, key: &str) -> Option<String> {
    let cell = fields.cell(column(fields, key)?)?;
    Some(cell.text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn column(fields: &Fields<'_>, key: &str) -> Option<document::columns::ColumnId> {
    fields.columns().column(key).ok()
}

type Read<T> = Result<T, Box<dyn Reason>>;

fn words(fields: &Fields<'_>, key: &str) -> Read<Option<String>> {
    let Some(column) = column(fields, key) else { return Ok(None) };
    Ok(fields.text(column).map_err(boxed)?.map(|text| text.trim().to_owned()))
}

fn number(fields: &Fields<'_>, key: &str) -> Read<Option<f64>> {
    let Some(column) = column(fields, key) else { return Ok(None) };
    fields.decimal(column).map_err(boxed)
}

fn count(fields: &Fields<'_>, key: &str) -> Read<Option<u32>> {
    let Some(column) = column(fields, key) else { return Ok(None) };
    let number = fields.integer(column).map_err(boxed)?;
    Ok(number.and_then(|number| u32::try_from(number).ok()))
}

fn choice(fields: &Fields<'_>, key: &str) -> Read<Option<String>> {
    let Some(column) = column(fields, key) else { return Ok(None) };
    Ok(fields.choice(column).map_err(boxed)?.map(|choice| choice.key.clone()))
}

fn kind_of<T: serde::de::DeserializeOwned>(fields: &Fields<'_>, key: &str, otherwise: T) -> Read<T> {
    match choice(fields, key)? {
        Some(code) => from_code(&code).map_err(|_| boxed(RowRefused::StoreIncomplete { what: "Loại" })),
        None => Ok(otherwise),
    }
}

/// One facility of its rows; the index of the row at fault with its reason otherwise.
pub(crate) fn described_by(
    registry: &Registry,
    now: Moment,
    rows: &[Fields<'_>],
    days: (Date, Option<Date>),
) -> Result<RegisterBody, (usize, Box<dyn Reason>)> {
    let Some(first) = rows.first() else { return Err((0, boxed(RowRefused::NoCode))) };
    let mut stores = Vec::new();
    for (index, fields) in rows.iter().enumerate() {
        fields.check().map_err(|problem| (index, boxed(problem)))?;
        stores.extend(store_of_row(fields, now).map_err(|reason| (index, reason))?);
    }
    described(registry, now, first, days, stores).map_err(|reason| (0, reason))
}

fn described(
    registry: &Registry,
    now: Moment,
    fields: &Fields<'_>,
    (today, listed_on): (Date, Option<Date>),
    stores: Vec<Store>,
) -> Read<RegisterBody> {
    let code = words(fields, "code")?.ok_or_else(|| boxed(RowRefused::NoCode))?;
    let said = SaidPlace {
        code: words(fields, "commune_code")?,
        name: words(fields, "commune")?,
        district: words(fields, "district")?,
        now: words(fields, "commune_now")?,
    };
    let found = old_codes::find(registry, &said, today, listed_on)?;
    let (area, valid_from) = (found.code, found.valid_from);
    let body = Body {
        id: BodyId(random::id(now)),
        province: registry.province(),
        name: words(fields, "name")?.unwrap_or_default(),
        kind: kind_of(fields, "kind", BodyKind::MedicalCentre)?,
        level: kind_of(fields, "level", BodyLevel::District)?,
        parent: None,
        area: Some(area),
        valid_from,
        valid_to: None,
        ownership: kind_of(fields, "ownership", Ownership::Public)?,
        successors: Vec::new(),
    };
    let beds = Beds {
        planned: count(fields, "beds_planned")?,
        open: count(fields, "beds_open")?,
        oxygen: count(fields, "oxygen_beds")?,
        icu: count(fields, "icu_beds")?,
    };
    Ok(RegisterBody {
        posts: posts(fields, body.id, now, valid_from)?,
        code,
        facility: Some(NewFacility {
            tier: count(fields, "tier")?,
            readiness: Readiness::default(),
            beds,
            stores,
            stores_from: valid_from,
        }),
        absences: Vec::new(),
        simulated: false,
        body,
    })
}

fn posts(fields: &Fields<'_>, body: BodyId, now: Moment, valid_from: Date) -> Read<Vec<Post>> {
    let post = |kind, name: String, phone| Post {
        body,
        kind,
        person: PersonId(random::id(now)),
        name,
        phone,
        from: Moment::start_of(valid_from),
        to: None,
    };
    let officer = words(fields, "officer_name")?;
    let phone = words(fields, "officer_phone")?;
    let deputy = words(fields, "deputy_name")?;
    let officer = officer.map(|name| post(PostKind::FocalOfficer, name, phone));
    let deputy = deputy.map(|name| post(PostKind::FocalDeputy, name, None));
    Ok(officer.into_iter().chain(deputy).collect())
}

/// The store that a row describes; none where it names no kind.
pub(crate) fn store_of_row(fields: &Fields<'_>, now: Moment) -> Read<Option<Store>> {
    let Some(kind) = choice(fields, "store_kind")?.and_then(|code| StoreKind::from_code(&code)) else {
        return Ok(None);
    };
    let id = StoreId(random::id(now));
    let label = words(fields, "store_label")?.unwrap_or_else(|| kind.label().to_owned());
    let mut store = match kind {
        StoreKind::Tank => Store::tank(id, &label, capacity(fields)?),
        StoreKind::Dewar => Store::dewar(id, &label, capacity(fields)?),
        StoreKind::Cylinders => Store::cylinders(id, &label, vessels(fields)?),
        StoreKind::Plant => Store::plant(id, &label, rated(fields)?),
        StoreKind::Concentrators => Store::concentrators(id, &label, rated(fields)?),
    };
    if matches!(kind, StoreKind::Tank | StoreKind::Dewar) {
        store = store.with_gauge(gauge(fields, &label, capacity(fields)?)?);
    }
    store.owner = words(fields, "store_owner")?;
    if let Some(percent) = number(fields, "purity")? {
        store.purity = Purity::from_percent(percent).map_err(boxed)?;
    }
    Ok(Some(store))
}

fn need<T>(value: Option<T>, what: &'static str) -> Read<T> {
    value.ok_or_else(|| boxed(RowRefused::StoreIncomplete { what }))
}

fn unit(fields: &Fields<'_>, key: &str) -> Read<Option<Unit>> {
    Ok(choice(fields, key)?.and_then(|code| Unit::from_code(&code)))
}

fn capacity(fields: &Fields<'_>) -> Read<Grams> {
    let value = need(number(fields, "capacity")?, "Dung tích")?;
    let unit = need(unit(fields, "capacity_unit")?, "Đơn vị dung tích")?;
    Typed::measured(value, unit).grams(None).map_err(boxed)
}

fn vessels(fields: &Fields<'_>) -> Read<OwnedVessels> {
    let litres = need(number(fields, "vessel_litres")?, "Dung tích chai (lít nước)")?;
    let bar = number(fields, "vessel_bar")?;
    let spec = match bar {
        Some(bar) => VesselSpec { water_volume_ml: (litres * 1_000.0) as u32, pressure_bar: bar as u16 },
        None => VesselSpec::of_litres(litres).map_err(boxed)?,
    };
    Ok(OwnedVessels { spec, owned: need(count(fields, "vessel_count")?, "Số vỏ chai")? })
}

fn rated(fields: &Fields<'_>) -> Read<RatedFlow> {
    let value = need(number(fields, "capacity")?, "Dung tích")?;
    let unit = need(unit(fields, "capacity_unit")?, "Đơn vị dung tích")?;
    Ok(RatedFlow { flow: Typed::measured(value, unit), tested_on: None })
}

fn gauge(fields: &Fields<'_>, label: &str, capacity: Grams) -> Read<Gauge> {
    let Some(unit) = unit(fields, "gauge_unit")? else { return Ok(Gauge::Direct(Unit::Kilogram)) };
    if !unit.needs_chart() {
        return Ok(Gauge::Direct(unit));
    }
    let full = number(fields, "gauge_full")?.or((unit == Unit::Percent).then_some(100.0));
    let full = need(full, "Số chỉ khi đầy")?;
    GaugeChart::proportional(unit, full, capacity).map(Gauge::Chart).map_err(|problem| {
        tracing::debug!(label, %problem, "a gauge chart was refused");
        boxed(problem)
    })
}
