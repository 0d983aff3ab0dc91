//! The facilities in scope with their stores: what a program needs to know before it reports.

use axum::http::StatusCode;
use desk::views::facilities::{Listed, facilities};
use oxygen::Gauge;
use place::FacilityId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::document::ReadRefusals;
use super::json;
use super::schema;
use super::sent::Asked;
use crate::app::App;
use crate::respond::{Answer, Problem};

/// No parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// A facility and its stores in use today.
#[derive(Serialize, ToSchema)]
#[schema(as = Facility)]
pub(super) struct FacilityAnswer {
    /// Key.
    #[schema(value_type = String, format = "uuid")]
    id: FacilityId,
    /// Full name.
    name: String,
    /// Short code, unique in the province; what files call it.
    code: String,
    /// The smallest area it lies in, such as «Phú Quốc»; empty when nobody gave it.
    area: String,
    /// Invented for a demonstration or a drill.
    simulated: bool,
    /// Its stores in use today, in the order of the form.
    stores: Vec<StoreAnswer>,
}

/// A tank, a dewar, cylinders of one size, a plant, concentrators.
#[derive(Serialize, ToSchema)]
#[schema(as = Store)]
struct StoreAnswer {
    /// Key.
    #[schema(value_type = String, format = "uuid")]
    id: oxygen::StoreId,
    /// What it is.
    #[schema(schema_with = schema::store_kind)]
    kind: &'static str,
    /// What people there call it.
    label: String,
    /// The unit its gauge is read in; null where vessels are counted or a flow is told.
    #[schema(schema_with = schema::unit_or_null)]
    unit: Option<&'static str>,
    /// Pure oxygen that it holds when full, kg; null for what makes oxygen and holds none.
    capacity_kg: Option<f64>,
}

fn store_answer(store: &oxygen::Store) -> StoreAnswer {
    let unit = match &store.gauge {
        Gauge::Chart(chart) => Some(chart.unit().code()),
        Gauge::Direct(unit) => Some(unit.code()),
        Gauge::Counted | Gauge::Flow => None,
    };
    StoreAnswer {
        id: store.id,
        kind: store.kind.code(),
        label: store.label.clone(),
        unit,
        capacity_kg: store.kind.holds_stock().then(|| store.capacity.as_kg()),
    }
}

impl From<Listed> for FacilityAnswer {
    fn from(listed: Listed) -> Self {
        Self {
            id: listed.id,
            name: listed.name,
            code: listed.code,
            area: listed.area,
            simulated: listed.simulated,
            stores: listed.stores.iter().map(store_answer).collect(),
        }
    }
}

/// The facilities in your scope with their stores of oxygen, in Vietnamese order.
#[utoipa::path(get, path = "/facilities", tag = "facilities", operation_id = "list_facilities",
    responses((status = 200, description = "Facilities in scope", body = Vec<FacilityAnswer>), ReadRefusals))]
pub(super) async fn list(
    axum::extract::State(app): axum::extract::State<App>,
    Asked { member, .. }: Asked<Nothing>,
) -> Answer {
    let actor = member.visitor.actor;
    let found = app.office.look(move |office, connection| facilities(office, connection, &actor)).await;
    let found = found.map_err(|failure| Problem::of(failure, &member.caller))?;
    json(StatusCode::OK, &found.into_iter().map(FacilityAnswer::from).collect::<Vec<_>>())
}
