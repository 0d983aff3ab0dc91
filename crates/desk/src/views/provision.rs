//! What the registers of supply and works say about each facility for the report to the ministry (OX18): supplier,
//! contract, lead time, distance, upgrade, demand in the what-if; and the registers themselves as rows of a paper.
//!
//! Everything as it stood at the report's moment. What no register says is unknown, and a figure that is supposed and
//! not measured says by what it was made.

use std::collections::{BTreeMap, HashMap};

use document::sheet::Value;
use jiff::civil::Date;
use oxygen::chain::Part;
use oxygen::supply::Drawn;
use place::text::ascii_fold;
use place::{Area, FacilityId, Level, kilometres};
use protocol::Found;
use quantity::{Grams, Moment};
use store::Connection;

use crate::actor::Actor;
use crate::alarms::records::RefillTerms;
use crate::failure::{Failure, Outcome};
use crate::means::Work;
use crate::papers::content::{Kept as Cell, Register, Row};
use crate::record::{self, Kept, RecordId};
use crate::registry::{Facility, Registry};
use crate::supply::{Contract, Plant, Product, Receipt, Request, Supplier, name_key};

/// Degrees north and east.
type Point = (f64, f64);

/// Points closer than this are the point of one commune.
const SAME_PLACE_KM: f64 = 0.5;

/// The registers of a province at a moment.
pub(crate) struct Provision {
    at: Moment,
    suppliers: Vec<Kept<Supplier>>,
    points: HashMap<RecordId<Supplier>, Point>,
    contracts: Vec<Kept<Contract>>,
    works: Vec<Kept<Work>>,
    terms: HashMap<FacilityId, RefillTerms>,
    road: Found,
    growth: Found,
}

impl Provision {
    /// As the registers stood at a moment.
    pub fn open(connection: &mut Connection, registry: &Registry, at: Moment) -> Outcome<Self> {
        let (province, day) = (registry.province(), at.date());
        let norm = |table, key| registry.norms().lookup(table, key, day).map_err(Failure::refused);
        let mut suppliers = record::at::<Supplier>(connection, province, at)?;
        suppliers.retain(|kept| !kept.content.closed);
        suppliers.sort_by_cached_key(|kept| place::text::sort_key(&kept.content.name));
        let towns = towns(registry, day);
        let point = |kept: &Kept<Supplier>| Some((kept.id, point_of(registry, &towns, kept, day)?));
        let mut contracts = record::at::<Contract>(connection, province, at)?;
        contracts.retain(|kept| !kept.content.ended && kept.content.terms.to >= day);
        contracts.sort_by_key(|kept| kept.content.terms.to);
        let mut works = record::at::<Work>(connection, province, at)?;
        works.retain(|kept| kept.content.dropped.is_none());
        works.sort_by_key(|kept| kept.content.due);
        let terms = record::at::<RefillTerms>(connection, province, at)?;
        Ok(Self {
            at,
            points: suppliers.iter().filter_map(point).collect(),
            suppliers,
            contracts,
            works,
            terms: terms.into_iter().map(|kept| (kept.content.facility, kept.content)).collect(),
            road: norm("report.distance", "road_longer")?,
            growth: norm("report.scenario", "increase")?,
        })
    }

    /// By how much present use is multiplied in the what-if, and the norm that says so.
    pub fn growth(&self) -> (f64, &str) {
        (1.0 + self.growth.figure.value, self.growth.version.as_str())
    }

    /// The cells of a facility; `daily` is what it uses a day now, in kilograms.
    pub fn cells(&self, registry: &Registry, facility: &Facility, daily: Option<f64>) -> Vec<(&'static str, Value)> {
        let day = self.at.date();
        let serving: Vec<&Contract> = self
            .contracts
            .iter()
            .map(|kept| &kept.content)
            .filter(|contract| contract.serves(facility.id) && contract.terms.from <= day)
            .collect();
        let terms = self.terms.get(&facility.id);
        let serving = self.usual(serving, terms);
        let names = serving.iter().filter_map(|contract| self.supplier(contract.supplier));
        let mut names: Vec<String> = names.map(|supplier| supplier.content.name.clone()).collect();
        names.extend(terms.map(|terms| terms.supplier.clone()).filter(|name| names.is_empty() && !name.is_empty()));
        names.dedup();
        let numbers: Vec<String> = serving.iter().map(|contract| contract.number.clone()).collect();
        let without = if self.contracts.is_empty() { Value::Unknown } else { Value::Text("chưa có".to_owned()) };
        // The time that the desk reckons with; else the longest that a contract grants.
        let lead = terms.map(|terms| terms.lead_minutes as f64 / 60.0);
        let lead = lead.or_else(|| serving.iter().map(|contract| f64::from(contract.lead_hours)).reduce(f64::max));
        let here = facility_point(registry, facility, day);
        let near = serving.iter().filter_map(|contract| self.away(here?, contract.supplier)).reduce(f64::min);
        let mut cells = vec![
            ("supplier", if names.is_empty() { Value::Unknown } else { Value::Text(names.join("; ")) }),
            ("contract_number", if numbers.is_empty() { without } else { Value::Text(numbers.join("; ")) }),
            ("lead_time_hours", number(lead)),
            ("distance_km", number(near)),
            ("scenario_demand", number(daily.map(|daily| daily * self.growth().0))),
            ("outlets", outlets(registry, facility.id)),
        ];
        cells.extend(self.upgrade(facility.id));
        cells
    }

    /// Of several contracts that serve a facility, those with the supplier that usually brings its oxygen; all of them
    /// where nobody has said who that is.
    fn usual<'c>(&self, serving: Vec<&'c Contract>, terms: Option<&RefillTerms>) -> Vec<&'c Contract> {
        let Some(usual) = terms.map(|terms| name_key(&terms.supplier)) else { return serving };
        let is_usual = |contract: &&&Contract| {
            self.supplier(contract.supplier).is_some_and(|kept| name_key(&kept.content.name) == usual)
        };
        let found: Vec<&Contract> = serving.iter().filter(is_usual).copied().collect();
        if found.is_empty() { serving } else { found }
    }

    fn supplier(&self, id: RecordId<Supplier>) -> Option<&Kept<Supplier>> {
        self.suppliers.iter().find(|kept| kept.id == id)
    }

    /// Kilometres by road as far as anybody can say: the straight line and what the norm puts on top of it. Two places
    /// of one commune share its point; that is no distance of 0, and nobody knows which it is.
    fn away(&self, here: Point, supplier: RecordId<Supplier>) -> Option<f64> {
        let straight = self.points.get(&supplier).map(|there| kilometres(here, *there))?;
        (straight > SAME_PLACE_KM).then_some(straight * (1.0 + self.road.figure.value))
    }

    fn upgrade(&self, facility: FacilityId) -> Vec<(&'static str, Value)> {
        let works: Vec<&Work> =
            self.works.iter().map(|kept| &kept.content).filter(|work| work.facility == facility).collect();
        let keys = ["upgrade_item", "upgrade_cost", "upgrade_date"];
        let Some(last) = works.iter().map(|work| work.due).max() else {
            // A register that has works elsewhere says that none is planned here; an empty one says nothing.
            let nothing = if self.works.is_empty() { Value::Unknown } else { Value::Empty };
            return keys.map(|key| (key, nothing.clone())).to_vec();
        };
        let items: Vec<String> = works.iter().map(|work| format!("{} ({} %)", work.item, work.percent)).collect();
        let cost: Option<i64> = works.iter().map(|work| work.cost).sum();
        vec![
            ("upgrade_item", Value::Text(items.join("; "))),
            ("upgrade_cost", number(cost.map(millions))),
            ("upgrade_date", Value::Date(last)),
        ]
    }

    /// Suppliers with what they deliver a day and how far they are from the facilities.
    pub fn suppliers(&self, registry: &Registry, facilities: &[&Facility]) -> Register {
        let row = |kept: &Kept<Supplier>| -> Row {
            let supplier = &kept.content;
            let products =
                Product::ALL.into_iter().filter(|one| supplier.outputs.iter().any(|out| out.product == *one));
            let products: Vec<&str> = products.map(product_words).collect();
            let output = (!supplier.outputs.is_empty()).then(|| supplier.outputs.iter().map(|out| out.grams).sum());
            let far = facilities.iter().filter_map(|one| facility_point(registry, one, self.at.date()));
            let far: Vec<f64> = far.filter_map(|here| self.away(here, kept.id)).collect();
            BTreeMap::from([
                ("supplier".to_owned(), Cell::Text(supplier.name.clone())),
                ("plant".to_owned(), Cell::Text(plant_words(supplier.plant).to_owned())),
                ("place".to_owned(), words(&supplier.place)),
                ("products".to_owned(), words(&products.join(", "))),
                ("output".to_owned(), decimal(output.map(tonnes))),
                ("nearest".to_owned(), decimal(far.iter().copied().reduce(f64::min))),
                ("farthest".to_owned(), decimal(far.iter().copied().reduce(f64::max))),
            ])
        };
        let rows: Vec<Row> = self.suppliers.iter().map(row).collect();
        let longer = quantity::show_number(self.road.figure.value * 100.0, 0);
        let note = format!(
            "Khoảng cách là ước tính: đường chim bay giữa điểm của hai xã, phường trong danh mục, cộng thêm {longer} % ({}); «chưa rõ» khi chưa biết nơi đặt hoặc cùng một xã, phường.",
            self.road.version.as_str()
        );
        Register { notes: if rows.is_empty() { Vec::new() } else { vec![note] }, rows }
    }

    /// Contracts with what is left of them. Who buys is named as far as the actor may know.
    pub fn contracts(&self, connection: &mut Connection, registry: &Registry, actor: &Actor) -> Outcome<Register> {
        let province = registry.province();
        let mut drawn: HashMap<RecordId<Contract>, Drawn> = HashMap::new();
        for kept in record::at::<Receipt>(connection, province, self.at)? {
            if let Some(contract) = kept.content.contract {
                drawn.entry(contract).or_default().received += kept.content.grams;
            }
        }
        for kept in record::at::<Request>(connection, province, self.at)? {
            if let Some(contract) = kept.content.contract {
                drawn.entry(contract).or_default().promised += kept.content.promised();
            }
        }
        let row = |kept: &Kept<Contract>| -> Row {
            let contract = &kept.content;
            let drawn = drawn.get(&kept.id).copied().unwrap_or_default();
            let supplier = self.supplier(contract.supplier).map(|one| one.content.name.clone());
            BTreeMap::from([
                ("number".to_owned(), Cell::Text(contract.number.clone())),
                ("supplier".to_owned(), words(&supplier.unwrap_or_default())),
                ("buyers".to_owned(), Cell::Text(buyers(registry, actor, contract))),
                ("ceiling".to_owned(), decimal(Some(tonnes(contract.terms.ceiling())))),
                ("drawn".to_owned(), decimal(Some(tonnes(drawn.all())))),
                ("left".to_owned(), decimal(Some(tonnes(contract.terms.left(drawn))))),
                ("ends".to_owned(), Cell::from(&Value::Date(contract.terms.to))),
            ])
        };
        Ok(Register { rows: self.contracts.iter().map(row).collect(), notes: Vec::new() })
    }

    /// Works of the upgrade plan at the facilities that the actor sees.
    pub fn works(&self, registry: &Registry, actor: &Actor) -> Register {
        let row = |work: &Work| -> Option<Row> {
            let facility = registry.facility(work.facility).filter(|facility| actor.sees(facility, registry))?;
            Some(BTreeMap::from([
                ("facility".to_owned(), Cell::Text(facility.body.name.clone())),
                ("item".to_owned(), Cell::Text(work.item.clone())),
                ("cost".to_owned(), decimal(work.cost.map(millions))),
                ("funding".to_owned(), words(work.funding.as_deref().unwrap_or_default())),
                ("percent".to_owned(), Cell::Integer(i64::from(work.percent))),
                ("percent_on".to_owned(), Cell::from(&Value::Date(work.percent_on))),
                ("due".to_owned(), Cell::from(&Value::Date(work.due))),
            ]))
        };
        let rows = self.works.iter().filter_map(|kept| row(&kept.content)).collect();
        Register { rows, notes: Vec::new() }
    }
}

/// Names of the buyers; those that the actor may not see are counted and not named.
pub(crate) fn buyers(registry: &Registry, actor: &Actor, contract: &Contract) -> String {
    if contract.buyers.is_empty() {
        return contract.joint_buyer.clone().unwrap_or_else(|| "các cơ sở của tỉnh".to_owned());
    }
    let known = contract.buyers.iter().filter_map(|id| registry.facility(*id));
    let (seen, others): (Vec<&Facility>, Vec<&Facility>) = known.partition(|facility| actor.sees(facility, registry));
    let mut names: Vec<String> = seen.iter().map(|facility| facility.body.name.clone()).collect();
    if !others.is_empty() {
        names.push(format!("{} cơ sở khác", others.len()));
    }
    names.join(", ")
}

/// Outlets at the beds, as the chain to the bed has them.
fn outlets(registry: &Registry, facility: FacilityId) -> Value {
    let installed = registry.parts(facility).iter().filter_map(|(_, part)| match part {
        Part::Outlets(outlets) => Some(i64::from(outlets.installed)),
        _ => None,
    });
    installed.reduce(|sum, more| sum + more).map_or(Value::Unknown, Value::Integer)
}

/// Communes and districts of the province that have a point, by their folded names.
fn towns(registry: &Registry, day: Date) -> HashMap<String, Vec<Point>> {
    let mut towns: HashMap<String, Vec<Point>> = HashMap::new();
    let Some(code) = registry.post().and_then(|post| post.area_code.parse().ok()) else { return towns };
    for level in [Level::Commune, Level::District] {
        for area in registry.areas().within(code, level, day) {
            if let Some(point) = area.point() {
                for name in [area.short_name(), &area.name] {
                    towns.entry(key_of(name)).or_default().push(point);
                }
            }
        }
    }
    towns
}

fn key_of(name: &str) -> String {
    ascii_fold(name.trim()).to_lowercase()
}

/// Where a supplier's plant stands: the area of the body that it is, else the one commune or district that its place
/// names. A name that several have is none.
fn point_of(
    registry: &Registry,
    towns: &HashMap<String, Vec<Point>>,
    kept: &Kept<Supplier>,
    day: Date,
) -> Option<Point> {
    let body = registry.bodies().iter().find(|body| body.id.0 == kept.id.0);
    let of_body = body.and_then(|body| body.area).and_then(|code| registry.areas().on(code, day));
    let named = || {
        let pieces = kept.content.place.split([',', ';', '-']);
        let found: Vec<&Vec<Point>> = pieces.filter_map(|piece| towns.get(&key_of(piece))).collect();
        match found.as_slice() {
            [points] if points.len() == 1 => points.first().copied(),
            _ => None,
        }
    };
    of_body.and_then(narrow).or_else(named)
}

fn facility_point(registry: &Registry, facility: &Facility, day: Date) -> Option<Point> {
    facility.area_code.and_then(|code| registry.areas().on(code, day)).and_then(narrow)
}

/// The point of a commune or district; that of a whole province says nothing about a road.
fn narrow(area: &Area) -> Option<Point> {
    area.point().filter(|_| area.level != Level::Province)
}

const fn plant_words(plant: Plant) -> &'static str {
    match plant {
        Plant::Producer => "sản xuất",
        Plant::RefillStation => "chiết nạp",
        Plant::Both => "sản xuất, chiết nạp",
    }
}

const fn product_words(product: Product) -> &'static str {
    match product {
        Product::Liquid => "oxy lỏng",
        Product::Cylinders => "chai đầy",
    }
}

fn number(value: Option<f64>) -> Value {
    value.map_or(Value::Unknown, Value::Decimal)
}

fn decimal(value: Option<f64>) -> Cell {
    Cell::from(&number(value))
}

fn words(text: &str) -> Cell {
    if text.trim().is_empty() { Cell::Unknown(None) } else { Cell::Text(text.to_owned()) }
}

fn tonnes(mass: Grams) -> f64 {
    mass.as_kg() / 1_000.0
}

fn millions(dong: i64) -> f64 {
    dong as f64 / 1_000_000.0
}
