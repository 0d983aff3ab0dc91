//! Facilities with their oxygen installation as a sheet: one row a store (OX04, OX10, OX11). A new facility goes
//! in whole, as the import of the command line takes it; to a known one a file brings stores, officer and
//! deputy. What else is known of it is changed on its pages.

use document::columns::{Fields, folded};
use document::sheet::Value;
use jiff::civil::Date;
use oxygen::{Gauge, Store, StoreKind};
use place::body::{Post, PostKind};
use place::{BodyId, PersonId};
use quantity::{Typed, Unit};

use super::change::Change;
use super::means::words;
use super::row::{Cells, Read, Row, Writer, same};
use super::{Look, Register};
use crate::failure::{Outcome, Reason};
use crate::import::facilities::{described_by, store_of_row};
use crate::operations::appoint::Appoint;
use crate::operations::bring_store::BringStore;
use crate::random;
use crate::registry::{Facility, code_of};

/// Facilities, a row for each store.
pub(super) struct Facilities;

/// A facility, with one of its stores.
pub(super) struct Line {
    facility: Facility,
    store: Option<Store>,
    officer: Option<Post>,
    deputy: Option<Post>,
    /// Whether the row stands in the sheet; a facility with stores is known without them too.
    listed: bool,
}

/// What is said of the facility, not of its store.
const OF_FACILITY: &[&str] = &[
    "code",
    "name",
    "kind",
    "level",
    "commune_code",
    "ownership",
    "tier",
    "beds_planned",
    "beds_open",
    "oxygen_beds",
    "icu_beds",
    "officer_name",
    "officer_phone",
    "deputy_name",
];
/// What a file may change of a known facility.
const BY_FILE: &[&str] = &["officer_name", "officer_phone", "deputy_name"];

fn of_facility(line: &Line) -> Writer {
    let (facility, beds) = (&line.facility, &line.facility.beds);
    let post = |post: &Option<Post>| post.as_ref().map(|post| post.name.clone()).unwrap_or_default();
    Writer::default()
        .text("code", &facility.code)
        .text("name", &facility.body.name)
        .text("kind", code_of(&facility.body.kind))
        .text("level", code_of(&facility.body.level))
        .text("commune_code", facility.area_code.map(|code| code.to_string()).unwrap_or_default())
        .text("ownership", code_of(&facility.body.ownership))
        .whole("tier", facility.tier)
        .whole("beds_planned", beds.planned)
        .whole("beds_open", beds.open)
        .whole("oxygen_beds", beds.oxygen)
        .whole("icu_beds", beds.icu)
        .text("officer_name", post(&line.officer))
        .some("officer_phone", line.officer.as_ref().and_then(|post| post.phone.as_deref()))
        .text("deputy_name", post(&line.deputy))
}

fn with_store(cells: Writer, store: &Store) -> Writer {
    let cells = cells.text("store_kind", store.kind.code()).text("store_label", &store.label);
    let cells = cells.some("store_owner", store.owner.as_deref());
    let cells = match (&store.rated, store.kind) {
        (_, StoreKind::Tank | StoreKind::Dewar) => {
            cells.number("capacity", Some(store.capacity.as_kg())).text("capacity_unit", Unit::Kilogram.code())
        }
        (Some(rated), StoreKind::Plant | StoreKind::Concentrators) => {
            let cells = cells.number("capacity", Some(rated.flow.value)).text("capacity_unit", rated.flow.unit.code());
            cells.number("purity", Some(f64::from(store.purity.ppm()) / 10_000.0))
        }
        _ => cells,
    };
    let cells = match &store.gauge {
        Gauge::Chart(chart) => {
            cells.text("gauge_unit", chart.unit().code()).number("gauge_full", Some(chart.full_scale()))
        }
        Gauge::Direct(unit) => cells.text("gauge_unit", unit.code()),
        Gauge::Counted | Gauge::Flow => cells,
    };
    match store.vessels {
        Some(vessels) => cells
            .number("vessel_litres", Some(f64::from(vessels.spec.water_volume_ml) / 1_000.0))
            .number("vessel_bar", Some(f64::from(vessels.spec.pressure_bar)))
            .whole("vessel_count", Some(vessels.owned)),
        None => cells,
    }
}

impl Register for Facilities {
    type Held = Line;
    const LAYOUT: &'static str = include_str!("../../../../protocols/import-facilities.toml");
    /// Outlets stand in the register of the chain to the bed.
    const SHOWN_ONLY: &'static [&'static str] = &["outlets"];
    const SHARED: &'static [&'static str] = &[
        "kind",
        "level",
        "ownership",
        "tier",
        "beds_planned",
        "beds_open",
        "oxygen_beds",
        "icu_beds",
        "officer_name",
        "officer_phone",
        "deputy_name",
    ];

    fn held(look: &mut Look<'_>) -> Outcome<Vec<Line>> {
        let (registry, today) = (&look.registry, look.now.date());
        let seen = registry.facilities().iter().filter(|one| look.actor.sees(one, registry));
        Ok(seen.filter(|facility| facility.body.valid_on(today)).flat_map(|one| lines(look, one)).collect())
    }

    fn is_listed(held: &Line) -> bool {
        held.listed
    }

    fn cells(_: &Look<'_>, line: &Line) -> Cells {
        let cells = of_facility(line);
        match &line.store {
            Some(store) => with_store(cells, store).0,
            None => cells.0,
        }
    }

    fn settle(look: &Look<'_>, told: &mut Cells) {
        let code = words(told, "code");
        let typed = if code.is_empty() { words(told, "name") } else { code };
        if let Some(found) = look.facility_called(typed) {
            told.insert("code".to_owned(), Value::Text(found.code.clone()));
        }
        let Some(kind) = StoreKind::from_code(words(told, "store_kind")) else { return };
        if words(told, "store_label").is_empty() {
            told.insert("store_label".to_owned(), Value::Text(kind.label().to_owned()));
        }
        let unit = Unit::from_code(words(told, "capacity_unit"));
        if let (StoreKind::Tank | StoreKind::Dewar, Some(Value::Decimal(value)), Some(unit)) =
            (kind, told.get("capacity"), unit)
            && let Ok(grams) = Typed::measured(*value, unit).grams(None)
        {
            told.insert("capacity".to_owned(), Value::Decimal(grams.as_kg()));
            told.insert("capacity_unit".to_owned(), Value::Text(Unit::Kilogram.code().to_owned()));
        }
    }

    fn key(cells: &Cells) -> String {
        let code = words(cells, "code");
        let facility = if code.is_empty() { words(cells, "name") } else { code };
        format!("{}|{}", facility.to_lowercase(), folded(words(cells, "store_label")))
    }

    fn shared(cells: &Cells) -> String {
        words(cells, "code").to_lowercase()
    }

    fn label(cells: &Cells) -> String {
        let (name, store) = (words(cells, "name"), words(cells, "store_label"));
        if store.is_empty() { name.to_owned() } else { format!("{name} · {store}") }
    }

    fn change(look: &mut Look<'_>, row: &Row<'_>, before: Option<&Line>) -> Read<Change> {
        if let Some(line) = before {
            row.only(BY_FILE)?;
            return posts(look, row, line);
        }
        // A store that its facility does not have yet.
        let known =
            look.facility_called(&row.text("code")).and_then(|facility| lines(look, facility).into_iter().next());
        let line = row.need(known, "code")?;
        let standing = of_facility(&line).0;
        let differs = |key: &&str| row.cells.contains_key(*key) && !same(row.cells.get(*key), standing.get(*key));
        let others = OF_FACILITY.iter().filter(|key| !BY_FILE.contains(key)).copied().filter(differs);
        row.none_of(&others.collect::<Vec<_>>())?;
        let store = store_of_row(&row.fields, look.real_now)?;
        let store = row.need(store, "store_kind")?;
        let facility = line.facility.id;
        Ok(Change::of(move |key| BringStore { key, facility, store: store.clone() }))
    }

    fn together(look: &Look<'_>, row: &Row<'_>) -> Option<String> {
        let code = row.text("code");
        let typed = if code.is_empty() { row.text("name") } else { code };
        look.facility_called(&typed).is_none().then(|| typed.to_lowercase())
    }

    fn together_unread(fields: &Fields<'_>) -> Option<String> {
        let text = |key: &str| {
            let cell = fields.columns().column(key).ok().and_then(|column| fields.cell(column))?;
            Some(cell.text.trim().to_lowercase()).filter(|text| !text.is_empty())
        };
        text("code").or_else(|| text("name"))
    }

    fn change_together(look: &mut Look<'_>, rows: &[Row<'_>]) -> Result<Change, (usize, Box<dyn Reason>)> {
        let fields: Vec<Fields<'_>> = rows.iter().map(|row| row.fields).collect();
        let today: Date = look.now.date();
        let operation = described_by(&look.registry, look.real_now, &fields, (today, None))?;
        Ok(Change::of(move |_| operation.clone()))
    }
}

/// A facility without its stores, then with each of them.
fn lines(look: &Look<'_>, facility: &Facility) -> Vec<Line> {
    let holder = |kind| look.registry.roster().holders(facility.body.id, kind, look.now).first().copied().cloned();
    let line = |store: Option<Store>, listed| Line {
        facility: facility.clone(),
        store,
        officer: holder(PostKind::FocalOfficer),
        deputy: holder(PostKind::FocalDeputy),
        listed,
    };
    let stores: Vec<Store> = facility.stores_on(look.now.date()).cloned().collect();
    let bare = line(None, stores.is_empty());
    std::iter::once(bare).chain(stores.into_iter().map(|store| line(Some(store), true))).collect()
}

/// Appoints officer and deputy where a row names others.
fn posts(look: &Look<'_>, row: &Row<'_>, line: &Line) -> Read<Change> {
    let body = BodyId(line.facility.id.0);
    let post = |kind, name: String, phone, known: Option<&Post>| {
        let person = known.filter(|known| known.name == name).map(|known| known.person);
        let person = person.unwrap_or_else(|| PersonId(random::id(look.real_now)));
        Post { body, kind, person, name, phone, from: look.now, to: None }
    };
    let appoint = |post: Post| {
        let what = format!("{:?} {} {} {:?}", post.kind, line.facility.code, post.name, post.phone);
        Change::of(move |_| Appoint { post: post.clone() }).once(what)
    };
    let officer = (row.changes("officer_name") || row.changes("officer_phone")).then(|| {
        Ok(post(PostKind::FocalOfficer, row.words("officer_name")?, row.some("officer_phone"), line.officer.as_ref()))
    });
    let deputy = row.changes("deputy_name").then(|| {
        let phone =
            line.deputy.as_ref().filter(|known| known.name == row.text("deputy_name")).and_then(|p| p.phone.clone());
        Ok(post(PostKind::FocalDeputy, row.words("deputy_name")?, phone, line.deputy.as_ref()))
    });
    let officer: Option<Change> = officer.transpose().map_err(|reason: Box<dyn Reason>| reason)?.map(appoint);
    let deputy: Option<Change> = deputy.transpose().map_err(|reason: Box<dyn Reason>| reason)?.map(appoint);
    Ok(match (officer, deputy) {
        (Some(one), Some(other)) => one.and(other),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => Change::nothing(),
    })
}
