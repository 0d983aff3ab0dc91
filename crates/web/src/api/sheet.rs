//! The provincial oxygen report of a day as data: one schema for the national roll-up (OX19).

use axum::extract::State;
use axum::http::StatusCode;
use desk::Failure;
use desk::views::daily_report::{DailyReport, Plain, daily_report};
use desk::views::daily_sheet::layout;
use document::sheet::{SheetColumn, SheetKind, SheetLayout};
use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::{IntoParams, ToSchema};

use super::document::ReadRefusals;
use super::json;
use super::sent::{Asked, NotTaken, written};
use crate::app::App;
use crate::respond::{Answer, Problem};

/// Which day.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct WhichDay {
    /// Day in Vietnam.
    #[param(format = Date, example = "2026-11-22")]
    day: String,
}

/// The provincial oxygen report of a day.
#[derive(Serialize, ToSchema)]
#[schema(as = OxygenReport)]
pub(super) struct SheetAnswer {
    /// Name of the layout.
    #[schema(example = "report-oxygen")]
    layout: &'static str,
    /// Version of the layout: compare it before adding sheets of several provinces.
    layout_version: &'static str,
    /// Nobody in authority has confirmed the layout yet.
    layout_unconfirmed: bool,
    /// Number of the command post.
    province: i64,
    /// Name of the province.
    province_name: String,
    /// Who reports: «Sở Y tế …».
    issuer: String,
    /// Which day.
    #[schema(format = Date)]
    day: String,
    /// Figures until this moment.
    #[schema(format = DateTime)]
    at: String,
    /// Some of it is invented.
    simulated: bool,
    /// The fields of a row, in the order of the sheet.
    columns: Vec<ColumnAnswer>,
    /// One row a facility, in Vietnamese order; fields in the order of `columns`.
    #[schema(schema_with = rows_schema)]
    rows: Vec<Row>,
}

/// A field of a row.
#[derive(Serialize, ToSchema)]
#[schema(as = Column)]
struct ColumnAnswer {
    /// Its name in a row.
    key: &'static str,
    /// Vietnamese title, its unit included.
    title: &'static str,
    /// Title over neighbouring columns; empty for none.
    group: &'static str,
    /// Unit of its numbers; empty where there is none.
    unit: &'static str,
}

/// Fields in the order of the layout. `null` is «not known», or does not apply.
struct Row(Vec<(&'static str, Plain)>);

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// The report as the text of an answer: what `report oxygen --format json` writes, so that a file
/// and the API never differ.
pub fn report_as_json(report: DailyReport, province: i64) -> Result<String, Failure> {
    let layout = layout().map_err(Failure::refused)?;
    serde_json::to_string_pretty(&answer(report, province, layout))
        .map_err(|error| Failure::Store(store::StoreError::Unreadable(error.to_string())))
}

/// The rows in the document: one property a column of the layout.
fn rows_schema() -> utoipa::openapi::schema::Array {
    let columns = layout().map(|layout| layout.columns.as_slice()).unwrap_or_default();
    let row = columns.iter().fold(ObjectBuilder::new(), |row, column| {
        let kind = match column.kind {
            SheetKind::Integer => Type::Integer,
            SheetKind::Decimal => Type::Number,
            SheetKind::Text | SheetKind::Date | SheetKind::Datetime => Type::String,
        };
        let field = ObjectBuilder::new().schema_type(SchemaType::from_iter([kind, Type::Null]));
        row.property(&column.key, field.description(Some(&column.title))).required(&column.key)
    });
    utoipa::openapi::schema::Array::new(row)
}

fn answer(report: DailyReport, province: i64, layout: &'static SheetLayout) -> SheetAnswer {
    let columns = |column: &'static SheetColumn| ColumnAnswer {
        key: &column.key,
        title: &column.title,
        group: &column.group,
        unit: &column.unit,
    };
    let row = |values: &std::collections::BTreeMap<String, document::sheet::Value>| {
        let plain = |key: &str| values.get(key).map_or(Plain::Nothing(None), Plain::from);
        Row(layout.columns.iter().map(|column| (column.key.as_str(), plain(&column.key))).collect())
    };
    SheetAnswer {
        layout: &layout.key,
        layout_version: &layout.version,
        layout_unconfirmed: layout.unconfirmed,
        province,
        day: report.day.to_string(),
        at: written(report.at),
        simulated: report.simulated,
        columns: layout.columns.iter().map(columns).collect(),
        rows: report.rows.iter().map(row).collect(),
        issuer: report.issuer,
        province_name: report.province,
    }
}

/// The provincial oxygen report of a day, in the field order of the sheet.
#[utoipa::path(get, path = "/reports/oxygen", tag = "oxygen", operation_id = "oxygen_report",
    params(WhichDay),
    responses((status = 200, description = "The report", body = SheetAnswer), ReadRefusals))]
pub(super) async fn of_day(State(app): State<App>, Asked { member, query }: Asked<WhichDay>) -> Answer {
    let caller = &member.caller;
    let unreadable = || NotTaken::Parameter { detail: format!("day = {}", query.day) }.of(caller);
    let day: Date = query.day.parse().map_err(|_| unreadable())?;
    let actor = member.visitor.actor.clone();
    let province = actor.province.number();
    let report = app.office.look(move |office, connection| daily_report(office, connection, &actor, day)).await;
    let fail = |failure| Problem::of(failure, caller);
    json(
        StatusCode::OK,
        &answer(report.map_err(fail)?, province, layout().map_err(|problem| fail(Failure::refused(problem)))?),
    )
}
