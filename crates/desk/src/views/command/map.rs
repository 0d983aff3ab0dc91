//! The map of the province: outlines if any were imported, facilities by hours left, routes to the islands.

use std::sync::Arc;

use place::boundary::{Point, Shape};
use place::{AreaCode, FacilityId};
use protocol::routes::{SeaRoute, sea_routes};
use store::{Connection, blob};

use crate::actor::Actor;
use crate::command::boundaries::Boundaries;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept};
use crate::registry::Registry;
use crate::rights::Capability;
use crate::views::running_out::{Past, RunningOut, running_out};
use crate::views::supply::registers::{VehicleLine, vehicles};

/// A facility on the map.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Which.
    pub facility: FacilityId,
    /// Its line on the list.
    pub line: usize,
    /// The centre of its commune; none where nobody gave its area, or the area has no coordinates.
    pub at: Option<Point>,
}

/// A way over water between two areas.
#[derive(Debug, Clone)]
pub struct Route {
    /// «Hà Tiên – Phú Quốc».
    pub name: String,
    /// From.
    pub from: Point,
    /// To.
    pub to: Point,
}

/// What the map shows.
#[derive(Debug, Clone)]
pub struct MapView {
    /// The list, worst first.
    pub list: Arc<RunningOut>,
    /// Its facilities in the same order.
    pub placed: Vec<Placed>,
    /// Outlines: the communes where they are known, else the province.
    pub shapes: Vec<Shape>,
    /// Where they come from.
    pub boundaries: Option<Boundaries>,
    /// Routes between areas of the province.
    pub routes: Vec<Route>,
    /// Vehicles that said where they are, for who sees the province, in the order of their plates.
    pub vehicles: Vec<VehicleLine>,
}

/// The map as an actor may see it.
pub fn map(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<MapView> {
    let list = running_out(office, connection, actor, Past::default())?;
    let registry = office.registry(connection, actor.province)?;
    let day = list.at.date();
    let centre = |code: AreaCode| {
        let area = registry.areas().on(code, day)?;
        Some([area.lon?, area.lat?])
    };
    let placed = list
        .lines
        .iter()
        .enumerate()
        .map(|(line, one)| Placed {
            facility: one.facility,
            line,
            at: registry.facility(one.facility).and_then(|facility| facility.area_code).and_then(centre),
        })
        .collect();
    let own: Option<AreaCode> = registry.post().and_then(|post| post.area_code.parse().ok());
    let known = sea_routes().map_err(Failure::refused)?;
    let route = |route: &SeaRoute| {
        let (from, to): (AreaCode, AreaCode) = (route.from.parse().ok()?, route.to.parse().ok()?);
        let ours = |code| own.is_some_and(|own| registry.areas().inside(code, own, day));
        (ours(from) && ours(to)).then_some(())?;
        Some(Route { name: route.name.clone(), from: centre(from)?, to: centre(to)? })
    };
    let routes = known.routes.iter().filter_map(route).collect();
    let (shapes, boundaries) = outlines(connection, &registry)?;
    let fleet = if actor.sees_all() { vehicles(office, connection, actor)?.lines } else { Vec::new() };
    let vehicles = fleet.into_iter().filter(|line| line.position.is_some()).collect();
    Ok(MapView { placed, routes, shapes, boundaries, vehicles, list })
}

/// Outlines of the communes where they were imported, else of the province.
fn outlines(connection: &mut Connection, registry: &Registry) -> Outcome<(Vec<Shape>, Option<Boundaries>)> {
    let province = registry.province();
    for layer in ["commune", "province"] {
        let Some(kept) = record::of_code::<Boundaries>(connection, province, layer)? else { continue };
        let digest = store::bytes_of_hex(&kept.content.shapes);
        let found = digest.map(|digest| blob::find(connection, province, &digest)).transpose()?.flatten();
        // A blob that is gone or unreadable must not take the map with it: it is drawn without outlines.
        let shapes = found.and_then(|(_, bytes)| serde_json::from_slice::<Vec<Shape>>(&bytes).ok());
        if let Some(shapes) = shapes {
            return Ok((shapes, Some(kept.content)));
        }
    }
    Ok((Vec::new(), None))
}

/// The layers imported so far, for whoever keeps registers.
pub fn layers(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Vec<Kept<Boundaries>>> {
    if !actor.may(Capability::KeepRegisters) {
        return Err(Failure::Forbidden(Capability::KeepRegisters));
    }
    if !actor.sees_all() {
        return Err(Failure::NotFound);
    }
    office.registry(connection, actor.province)?;
    record::open::<Boundaries>(connection, actor.province)
}
