//! What a new paper of a kind would say now: the figures of the ledger and the rows of the registers, by the kind's layout.

use std::collections::BTreeMap;

use document::sheet::Value;
use jiff::civil::Date;
use protocol::Checklist;
use quantity::Moment;
use quantity::time::show_date;
use store::Connection;

use super::allowed;
use crate::actor::Actor;
use crate::command::unit::{CoordinationUnit, Gap, gaps};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::papers::content::{Content, Facts, Kept as Cell, Register, Registers, Row, paper};
use crate::papers::layout::ReportKind;
use crate::papers::letter_out::short;
use crate::papers::scenario::{Supposed, scenarios};
use crate::papers::whose;
use crate::record::{self, Record};
use crate::registry::{Facility, Registry};
use crate::views::daily_report::{self, daily_report};
use crate::views::daily_sheet::layout as sheet_layout;
use crate::views::provision::Provision;

/// What a kind gives its paper.
struct Given {
    issuer: String,
    province: String,
    at: Moment,
    rows: Vec<Row>,
    registers: Registers,
    words: Vec<(&'static str, String)>,
    simulated: bool,
}

/// What a paper of a kind would say now about a day.
pub fn compose(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    kind: ReportKind,
    day: Date,
) -> Outcome<Content> {
    allowed(actor)?;
    let registry = office.registry(connection, actor.province)?;
    let given = match kind {
        ReportKind::Daily | ReportKind::Ministry => figures(office, connection, actor, &registry, kind, day)?,
        ReportKind::UnitNotice => unit_notice(office, connection, &registry)?,
        // A letter is written or composed from records, never out of a day's figures.
        ReportKind::Letter => return Err(Failure::NotFound),
    };
    let sheet = sheet_layout().map_err(Failure::refused)?;
    let province = bare(&given.province);
    let parent = whose::above(&registry);
    let facts = Facts {
        issuer: short(&given.issuer, &province),
        parent: Some(&parent),
        province: &province,
        day,
        at: given.at,
        rows: &given.rows,
        registers: &given.registers,
        words: &given.words,
        simulated: given.simulated,
    };
    let layout = kind.layout();
    let document = paper(layout, sheet, &facts);
    let rows = given.rows;
    let named = registry.facilities().iter().filter(|facility| names(&rows, &given.registers, &facility.body.name));
    Ok(Content {
        document,
        layout: layout.key.clone(),
        layout_version: layout.version.clone(),
        sheet_version: sheet.version.clone(),
        day,
        at: given.at,
        province: actor.province.number(),
        province_name: given.province,
        heard: rows.iter().filter(|row| row.get("days_of_cover").is_some_and(|cell| !cell.is_unknown())).count(),
        facilities: named.map(|facility| facility.id).collect(),
        registers: given.registers,
        rows,
    })
}

/// Whether a facility is named in a row: of its own, or among the buyers of a contract.
pub(super) fn names(rows: &[Row], registers: &Registers, name: &str) -> bool {
    let in_row = |row: &Row| {
        let text = |key: &str| match row.get(key) {
            Some(Cell::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        text("facility") == Some(name) || text("buyers").is_some_and(|buyers| buyers.split(", ").any(|one| one == name))
    };
    rows.iter().chain(registers.values().flat_map(|register| &register.rows)).any(in_row)
}

/// The figures of the facilities of a day, and for the ministry the registers behind them.
fn figures(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    registry: &Registry,
    kind: ReportKind,
    day: Date,
) -> Outcome<Given> {
    let report = daily_report(office, connection, actor, day)?;
    let cells = |row: &BTreeMap<String, Value>| -> Row {
        row.iter().map(|(key, value)| (key.clone(), Cell::from(value))).collect()
    };
    let rows: Vec<Row> = report.rows.iter().map(cells).collect();
    let mut registers = Registers::new();
    if kind == ReportKind::Ministry {
        let provision = Provision::open(connection, registry, report.at)?;
        let seen: Vec<&Facility> = registry
            .facilities()
            .iter()
            .filter(|one| one.body.valid_on(report.at.date()) && actor.sees(one, registry))
            .collect();
        registers.insert("suppliers".to_owned(), provision.suppliers(registry, &seen));
        registers.insert("contracts".to_owned(), provision.contracts(connection, registry, actor)?);
        registers.insert("works".to_owned(), provision.works(registry, actor));
        let flow = |key| registry.norms().lookup("oxygen.flow", key, report.at.date()).map_err(Failure::refused);
        let (bed, icu) = (flow("mask")?, flow("hfnc")?);
        let (growth, growth_norm) = provision.growth();
        let supposed = Supposed {
            growth,
            growth_norm,
            bed_flow: bed.figure.value,
            icu_flow: icu.figure.value,
            flow_norm: bed.version.as_str(),
        };
        registers.insert("scenarios".to_owned(), scenarios(&rows, &supposed));
    }
    Ok(Given {
        issuer: report.issuer,
        province: report.province,
        at: report.at,
        rows,
        registers,
        words: Vec::new(),
        simulated: report.simulated,
    })
}

/// The coordination unit as it sits now (OX03).
fn unit_notice(office: &Office, connection: &mut Connection, registry: &Registry) -> Outcome<Given> {
    let at = office.now(connection)?;
    let unit = record::of_code::<CoordinationUnit>(connection, registry.province(), CoordinationUnit::KIND)?
        .ok_or_else(|| Failure::refused(crate::command::Refused::NotFounded))?
        .content;
    let posts = Checklist::oxygen_unit().map_err(Failure::refused)?;
    let known = |text: &str| if text.is_empty() { Cell::Unknown(None) } else { Cell::Text(text.to_owned()) };
    let sitting = unit.sitting(&posts, at.date());
    let rows = (1..).zip(&sitting).map(|(place, member)| -> Row {
        let seat = posts.item(&member.seat).map_or("Thành viên", |item| item.title.as_str());
        BTreeMap::from([
            ("place".to_owned(), Cell::Integer(place)),
            ("seat".to_owned(), Cell::Text(seat.to_owned())),
            ("name".to_owned(), Cell::Text(member.name.clone())),
            ("post".to_owned(), Cell::Text(member.post.clone())),
            ("phone".to_owned(), known(&member.phone)),
            ("field".to_owned(), Cell::Text(member.field.clone())),
        ])
    });
    let empty: Vec<String> = gaps(Some(&unit), &posts, at.date())
        .into_iter()
        .filter_map(|gap| if let Gap::EmptyPost(title) = gap { Some(title) } else { None })
        .collect();
    let missing = (!empty.is_empty()).then(|| format!("Vị trí chưa có người: {}.", empty.join("; ")));
    let register = Register { rows: rows.collect(), notes: missing.into_iter().collect() };
    let paper = &unit.founding;
    let number = if paper.number.is_empty() { "(chưa có số)" } else { &paper.number };
    Ok(Given {
        issuer: daily_report::issuer(registry),
        province: registry.post().map_or_else(String::new, |post| post.name.clone()),
        at,
        rows: Vec::new(),
        registers: Registers::from([("unit_members".to_owned(), register)]),
        words: vec![
            ("founding_number", number.to_owned()),
            ("founding_day", show_date(paper.issued_on)),
            ("founding_issuer", paper.issuer.clone()),
        ],
        simulated: registry.facilities().iter().any(|facility| facility.simulated),
    })
}

/// «An Giang» of «Tỉnh An Giang».
pub(super) fn bare(province: &str) -> String {
    let name = province.trim();
    name.strip_prefix("Tỉnh ").or_else(|| name.strip_prefix("Thành phố ")).unwrap_or(name).to_owned()
}
