//! Who is running out of oxygen, and how long one facility's lasts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Extension;
use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use desk::Scope;
use desk::views::facility::{FacilityView, StoreView, facility};
use desk::views::running_out::{Flow, Line, Past, RunningOut, running_out as list_of};
use oxygen::{CensusAt, Outlook, RateRange, StoreId};
use place::{FacilityId, ProvinceId};
use protocol::VersionId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::document::ReadRefusals;
use super::schema;
use super::sent::{Asked, id_in, moment_if, written};
use super::told::PatientsBody;
use super::{json, json_text};
use crate::app::App;
use crate::respond::{Answer, Problem};
use crate::visitor::Caller;

/// Which past is looked at.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct When {
    /// Only what had happened by then, RFC 3339; left out: by now.
    #[param(example = "2026-11-22T02:14:00+07:00")]
    at: Option<String>,
    /// Only what had been recorded by then, RFC 3339 (the machine's own clock); left out: all that
    /// is known.
    #[param(example = "2026-11-22T02:14:00+07:00")]
    known: Option<String>,
}

impl When {
    fn past(&self, caller: &Caller) -> Result<Past, Problem> {
        Ok(Past {
            at: moment_if("at", self.at.as_ref(), caller)?,
            known: moment_if("known", self.known.as_ref(), caller)?,
        })
    }
}

/// The list, worst first.
#[derive(Serialize, ToSchema)]
#[schema(as = RunningOut)]
pub(super) struct ListAnswer<'a> {
    /// The moment of the list, by the clock of the province.
    #[schema(format = DateTime)]
    at: String,
    /// Rises when anything changes; 0 for a list of the past.
    seq: i64,
    /// Name of the province.
    province: &'a str,
    /// State of the province.
    #[schema(schema_with = schema::readiness)]
    state: &'static str,
    /// Versions of the norms that the figures rest on.
    norms: Vec<&'a str>,
    /// One line a facility, worst first.
    facilities: Vec<LineAnswer<'a>>,
}

/// One facility of the list.
#[derive(Serialize, ToSchema)]
#[schema(as = Line)]
struct LineAnswer<'a> {
    /// Key of the facility.
    #[schema(value_type = String, format = "uuid")]
    id: FacilityId,
    /// Its name.
    name: &'a str,
    /// The smallest area it lies in.
    area: &'a str,
    /// Invented for a demonstration or a drill.
    simulated: bool,
    /// How long its oxygen lasts.
    #[serde(flatten)]
    figures: Figures,
    /// Flow needed and deliverable; null where either is not known.
    flow: Option<FlowAnswer>,
}

/// How long the oxygen of a facility lasts. A missing figure is null: «chưa rõ», never zero.
#[derive(Serialize, ToSchema)]
struct Figures {
    /// Class on the list, worst first.
    #[schema(schema_with = schema::standing)]
    standing: &'static str,
    /// Hours from now until nothing usable is left.
    hours: Option<HoursAnswer>,
    /// Oxygen that can reach a patient, at the reading, kg.
    usable_kg: f64,
    /// Rate of use, kg an hour.
    kg_per_hour: Option<RangeAnswer>,
    /// Age of the reading of the store that holds most, minutes.
    age_minutes: Option<i64>,
    /// How that reading came.
    #[schema(schema_with = schema::source_or_null)]
    source: Option<&'static str>,
    /// How far the hours can be trusted.
    #[schema(schema_with = schema::confidence)]
    confidence: &'static str,
    /// Against its cadence of reports.
    #[schema(schema_with = schema::heard)]
    heard: &'static str,
    /// When its next figures are due.
    #[schema(format = DateTime)]
    due_at: Option<String>,
    /// Patients on oxygen by device, as last told.
    patients: Option<PatientsBody>,
    /// People who need a bed or oxygen and wait; null when nobody asked.
    waiting: Option<u32>,
}

/// Hours left, the pessimistic end first.
#[derive(Serialize, ToSchema)]
#[schema(as = Hours)]
struct HoursAnswer {
    /// Pessimistic end.
    low: f64,
    /// Best estimate; null when by it nothing is used.
    mid: Option<f64>,
    /// Optimistic end; null when by it nothing is used.
    high: Option<f64>,
}

/// A range, lower end first.
#[derive(Serialize, ToSchema)]
#[schema(as = Range)]
struct RangeAnswer {
    /// Lower end.
    low: f64,
    /// Best estimate.
    mid: f64,
    /// Upper end.
    high: f64,
}

/// Flow of gas at 21 °C, litres a minute.
#[derive(Serialize, ToSchema)]
#[schema(as = Flow)]
struct FlowAnswer {
    /// What the patients take, at the upper end of the norms.
    needed_l_per_min: f64,
    /// What the sources gave when tested, or promise on their plates.
    deliverable_l_per_min: f64,
}

/// How long one facility's oxygen lasts, with what it rests on.
#[derive(Serialize, ToSchema)]
#[schema(as = Outlook)]
pub(super) struct OutlookAnswer {
    /// Key of the facility.
    #[schema(value_type = String, format = "uuid")]
    id: FacilityId,
    /// Its name.
    name: String,
    /// The smallest area it lies in.
    area: String,
    /// The moment, by the clock of the province.
    #[schema(format = DateTime)]
    at: String,
    /// Versions of the norms that the figures rest on.
    norms: Vec<String>,
    /// How long its oxygen lasts.
    #[serde(flatten)]
    figures: Figures,
    /// Flow needed and deliverable; null where either is not known.
    flow: Option<FlowAnswer>,
    /// All oxygen at the readings, with the movements since, kg.
    stock_kg: f64,
    /// What is left of the usable oxygen now, after the use since the readings, kg.
    usable_now_kg: RangeAnswer,
    /// What plants and concentrators make: a flow, no stock, kg an hour.
    production_kg_per_hour: f64,
    /// Loaded for it and not received: never counted as stock, kg.
    in_transit_kg: f64,
    /// Its stores with what they last showed, in the order of the form.
    stores: Vec<ShownAnswer>,
}

/// What a store last showed.
#[derive(Serialize, ToSchema)]
#[schema(as = Shown)]
struct ShownAnswer {
    /// Key of the store.
    #[schema(value_type = String, format = "uuid")]
    id: StoreId,
    /// What it is.
    #[schema(schema_with = schema::store_kind)]
    kind: &'static str,
    /// What people there call it.
    label: String,
    /// Pure oxygen that it holds when full, kg; null for what makes oxygen and holds none.
    capacity_kg: Option<f64>,
    /// Pure oxygen in it when it was read, kg; null when it never was, or holds none.
    content_kg: Option<f64>,
    /// What was typed, with its unit's code.
    shown: Option<String>,
    /// When it was read.
    #[schema(format = DateTime)]
    read_at: Option<String>,
}

/// Two decimals: grams of oxygen in a tonne are noise.
fn rounded(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}

fn range(range: RateRange) -> RangeAnswer {
    let kg = |rate: quantity::GramsPerHour| rounded(rate.as_kg());
    RangeAnswer { low: kg(range.low), mid: kg(range.mid), high: kg(range.high) }
}

fn flow(flow: Flow) -> FlowAnswer {
    FlowAnswer { needed_l_per_min: rounded(flow.needed), deliverable_l_per_min: rounded(flow.deliverable) }
}

fn figures(outlook: &Outlook, census: Option<CensusAt>) -> Figures {
    let census = census.map(|taken| taken.census);
    Figures {
        standing: outlook.rank.standing.code(),
        hours: outlook.hours.map(|hours| HoursAnswer {
            low: rounded(hours.low),
            mid: hours.mid.map(rounded),
            high: hours.high.map(rounded),
        }),
        usable_kg: rounded(outlook.usable.as_kg()),
        kg_per_hour: outlook.burn.map(|burn| range(burn.range)),
        age_minutes: outlook.age.map(quantity::Span::as_minutes),
        source: outlook.source.map(oxygen::Source::code),
        confidence: outlook.confidence.code(),
        heard: outlook.silence.heard.code(),
        due_at: outlook.silence.due_at.map(written),
        patients: census.map(|on| PatientsBody::from([on.mask, on.hfnc, on.niv, on.invasive, on.ecmo])),
        waiting: census.and_then(|on| on.waiting),
    }
}

fn line(line: &Line) -> LineAnswer<'_> {
    LineAnswer {
        id: line.facility,
        name: &line.name,
        area: &line.area,
        simulated: line.simulated,
        figures: figures(&line.outlook, line.census),
        flow: line.flow.map(flow),
    }
}

fn list_answer(list: &RunningOut) -> ListAnswer<'_> {
    // Facilities of one state share one slice of versions: few slices, looked at once each.
    let mut slices: Vec<&Arc<[VersionId]>> = Vec::new();
    let mut norms: Vec<&str> = Vec::new();
    for line in &list.lines {
        let versions = &line.outlook.versions;
        if !slices.iter().any(|seen| Arc::ptr_eq(seen, versions)) {
            slices.push(versions);
            norms.extend(versions.iter().map(VersionId::as_str));
        }
    }
    norms.sort_unstable();
    norms.dedup();
    ListAnswer {
        at: written(list.at),
        seq: list.seq,
        province: &list.province,
        state: list.readiness.code(),
        norms,
        facilities: list.lines.iter().map(line).collect(),
    }
}

fn list_text(list: &RunningOut) -> Result<Bytes, serde_json::Error> {
    serde_json::to_vec(&list_answer(list)).map(Bytes::from)
}

/// The text of each province's newest list. A whole desk asks for the same list again and again; it
/// is written once, and kept with the list itself so that another one cannot be taken for it.
#[derive(Clone, Default)]
pub(super) struct KeptLists(Arc<Mutex<HashMap<ProvinceId, Kept>>>);

struct Kept {
    list: Arc<RunningOut>,
    text: Bytes,
}

impl KeptLists {
    fn text(&self, province: ProvinceId, list: Arc<RunningOut>) -> Result<Bytes, serde_json::Error> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = kept.get(&province).filter(|kept| Arc::ptr_eq(&kept.list, &list)) {
            return Ok(same.text.clone());
        }
        let text = list_text(&list)?;
        kept.insert(province, Kept { list, text: text.clone() });
        Ok(text)
    }
}

/// Gives the handlers their kept lists.
pub(super) fn kept_lists() -> Extension<KeptLists> {
    Extension(KeptLists::default())
}

/// Who is running out of oxygen, worst first, in your scope.
#[utoipa::path(get, path = "/oxygen/running-out", tag = "oxygen", operation_id = "running_out",
    params(When),
    responses((status = 200, description = "The list", body = ListAnswer<'_>), ReadRefusals))]
pub(super) async fn running_out(
    State(app): State<App>,
    Extension(kept): Extension<KeptLists>,
    Asked { member, query }: Asked<When>,
) -> Answer {
    let caller = &member.caller;
    let past = query.past(caller)?;
    let actor = member.visitor.actor;
    let province = actor.province;
    let is_shared = past == Past::default() && actor.scope == Scope::Province;
    let list = app.office.look(move |office, connection| list_of(office, connection, &actor, past)).await;
    let list = list.map_err(|failure| Problem::of(failure, caller))?;
    let text = if is_shared { kept.text(province, list) } else { list_text(&list) };
    Ok(text.map_or_else(
        |error| {
            tracing::error!(%error, "a list was not written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        },
        json_text,
    ))
}

fn shown(view: StoreView) -> ShownAnswer {
    let holds = view.store.kind.holds_stock();
    let latest = view.latest;
    let typed = latest.as_ref().and_then(|latest| Some((latest.typed_text.clone()?, latest.unit.clone()?)));
    ShownAnswer {
        id: view.store.id,
        kind: view.store.kind.code(),
        capacity_kg: holds.then(|| view.store.capacity.as_kg()),
        content_kg: latest.as_ref().filter(|_| holds).map(|latest| latest.grams.as_kg()),
        shown: typed.map(|(text, unit)| if text.ends_with(&unit) { text } else { format!("{text} {unit}") }),
        read_at: latest.map(|latest| written(latest.happened_at)),
        label: view.store.label,
    }
}

fn outlook_answer(view: FacilityView) -> OutlookAnswer {
    let outlook = view.outlook;
    let left = outlook.usable_now;
    let kg = |grams: quantity::Grams| rounded(grams.as_kg());
    OutlookAnswer {
        id: view.facility.id,
        name: view.facility.body.name,
        area: view.area,
        at: written(view.at),
        norms: outlook.versions.iter().map(ToString::to_string).collect(),
        figures: figures(&outlook, view.census),
        flow: view.flow.map(flow),
        stock_kg: kg(outlook.stock),
        usable_now_kg: RangeAnswer { low: kg(left.low), mid: kg(left.mid), high: kg(left.high) },
        production_kg_per_hour: rounded(outlook.production.as_kg()),
        in_transit_kg: kg(outlook.in_transit),
        stores: view.stores.into_iter().map(shown).collect(),
    }
}

/// How long the oxygen of one facility lasts, with what it rests on.
#[utoipa::path(get, path = "/facilities/{id}/outlook", tag = "oxygen", operation_id = "facility_outlook",
    params(("id" = String, Path, description = "Facility", format = "uuid"), When),
    responses((status = 200, description = "The outlook", body = OutlookAnswer), ReadRefusals))]
pub(super) async fn of_facility(
    State(app): State<App>,
    path: Result<Path<String>, PathRejection>,
    Asked { member, query }: Asked<When>,
) -> Answer {
    let caller = &member.caller;
    let id: FacilityId = id_in(path, caller)?;
    let past = query.past(caller)?;
    let actor = member.visitor.actor;
    let view = app.office.look(move |office, connection| facility(office, connection, &actor, id, past, None, 0)).await;
    json(StatusCode::OK, &outlook_answer(view.map_err(|failure| Problem::of(failure, caller))?))
}
