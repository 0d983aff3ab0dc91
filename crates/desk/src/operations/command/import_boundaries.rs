//! Put outlines of the province, or of its communes, in the place of those before, for the maps.

use place::boundary::{Parsed, Shape, simplify};
use place::{AreaCode, Level};
use serde::Serialize;
use store::blob;

use crate::command::Refused;
use crate::command::boundaries::{Boundaries, MEDIA_TYPE, MOST_POINTS};
use crate::command::said;
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// What a file gave. The parsing is done before the operation is queued; simplifying too.
#[derive(Debug, Clone, Serialize)]
pub struct ImportBoundaries {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The shapes of the province, already small enough.
    pub shapes: Vec<Shape>,
    /// What is said of them.
    pub about: Boundaries,
}

/// Chooses the outlines of a province out of a file, and makes them small enough. Pure, and slow for a large
/// file: not for the writer's thread.
///
/// # Errors
/// [`Refused::NoAreaOfOurs`] where none of them is the province or one of its communes.
pub fn choose(
    registry: &crate::registry::Registry,
    day: jiff::civil::Date,
    parsed: Parsed,
    file_name: &str,
    source: &str,
) -> Outcome<(Vec<Shape>, Boundaries)> {
    let own: Option<AreaCode> = registry.post().and_then(|post| post.area_code.parse().ok());
    let count = parsed.shapes.len();
    let refused = || Failure::refused(Refused::NoAreaOfOurs { count });
    let own = own.ok_or_else(refused)?;
    let areas = registry.areas();
    let level = |shape: &Shape| {
        let by_code = shape.code.as_deref().and_then(|code| code.parse::<AreaCode>().ok());
        match by_code {
            Some(code) if code == own => Some(Level::Province),
            Some(code) => areas.inside(code, own, day).then(|| code.level()),
            None => named(areas.on(own, day).map(|area| &*area.name), shape),
        }
    };
    let mut provinces = Vec::new();
    let mut communes = Vec::new();
    for shape in parsed.shapes {
        match level(&shape) {
            Some(Level::Province) => provinces.push(shape),
            Some(_) => communes.push(shape),
            None => {}
        }
    }
    let (layer, ours) = if communes.is_empty() { ("province", provinces) } else { ("commune", communes) };
    if ours.is_empty() {
        return Err(refused());
    }
    let simple = simplify(ours, MOST_POINTS);
    let about = Boundaries {
        layer: layer.to_owned(),
        file_name: said(file_name).unwrap_or_default(),
        imported_on: day,
        shapes: String::new(),
        areas: simple.shapes.len(),
        left_out: count - simple.shapes.len(),
        points_before: simple.before,
        points: simple.after,
        tolerance: simple.tolerance,
        closed: parsed.closed,
        source: said(source).unwrap_or_default(),
    };
    Ok((simple.shapes, about))
}

/// A file without codes: the province by its name alone.
fn named(province: Option<&str>, shape: &Shape) -> Option<Level> {
    let name = place::text::ascii_fold(shape.name.as_deref()?).to_lowercase();
    let own = place::text::ascii_fold(province?).to_lowercase();
    let bare = own.split_once(' ').map_or("", |(_, rest)| rest);
    (name == own || own.ends_with(&format!(" {name}")) || name == bare).then_some(Level::Province)
}

impl Operation for ImportBoundaries {
    type Done = usize;
    const NAME: &'static str = "import_boundaries";
    const NEEDS: Capability = Capability::KeepRegisters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<usize> {
        desk.whole_province()?;
        let (province, now) = (desk.actor().province, desk.now());
        let bytes = serde_json::to_vec(&self.shapes)
            .map_err(|error| Failure::Store(store::StoreError::Unreadable(error.to_string())))?;
        let name = blob::keep(desk.transaction(), province, MEDIA_TYPE, bytes, now)?;
        let content = Boundaries { shapes: store::hex(&name), ..self.about };
        desk.mention("layer", content.layer.as_str());
        desk.mention("areas", content.areas);
        let before = desk.record_of_code::<Boundaries>(&content.layer)?;
        let id = desk.keep_record(before.as_ref(), &content)?;
        desk.about(id.0);
        Ok(content.areas)
    }
}
