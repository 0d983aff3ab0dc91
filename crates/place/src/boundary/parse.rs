//! GeoJSON (RFC 7946) to shapes. Nothing is guessed in silence: axes the wrong way round are asked about,
//! what is no area is counted and left out.

use quantity::Coded;
use serde_json::Value;

use super::{Part, Point, Shape};

/// More points than any file of a province needs; beyond it somebody sent a country in survey quality.
const MOST_POINTS: usize = 3_000_000;
/// Collections inside collections.
const DEEPEST: usize = 8;
/// Viet Nam with its islands, degrees east and north, with room to spare.
const EAST: std::ops::RangeInclusive<f64> = 101.0..=119.0;
const NORTH: std::ops::RangeInclusive<f64> = 5.0..=24.5;
/// What files call the code and the name of an area.
const CODES: [&str; 8] = ["code", "ma", "ma_xa", "ma_tinh", "maxa", "matinh", "id", "gso_id"];
const NAMES: [&str; 7] = ["name", "ten", "ten_xa", "ten_tinh", "tenxa", "tentinh", "full_name"];

/// Which of two numbers stands first in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Axes {
    /// Degrees east first, as GeoJSON prescribes.
    EastFirst,
    /// Degrees north first, as many programs write by mistake.
    NorthFirst,
}

/// Why a file gives no outlines.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BoundaryProblem {
    /// Not JSON, or JSON of another kind.
    #[error("CMD-040: not GeoJSON: {cause}")]
    NotGeoJson {
        /// What was found.
        cause: String,
    },
    /// No polygon in it.
    #[error("CMD-041: no polygon in the file")]
    NoPolygon,
    /// Read the other way round the points would lie in Viet Nam.
    #[error("CMD-042: degrees north stand first")]
    Reversed,
    /// More than a map of a province can use.
    #[error("CMD-043: more than {most} points")]
    TooLarge {
        /// How many are read.
        most: usize,
    },
    /// The points lie elsewhere: another country, or metres of a projection.
    #[error("CMD-044: {x}, {y} lies outside Viet Nam")]
    Elsewhere {
        /// The first number of such a point.
        x: f64,
        /// The second one.
        y: f64,
    },
}

impl Coded for BoundaryProblem {
    fn code(&self) -> &'static str {
        match self {
            Self::NotGeoJson { .. } => "CMD-040",
            Self::NoPolygon => "CMD-041",
            Self::Reversed => "CMD-042",
            Self::TooLarge { .. } => "CMD-043",
            Self::Elsewhere { .. } => "CMD-044",
        }
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotGeoJson { cause } => vec![("cause", cause.clone())],
            Self::TooLarge { most } => vec![("most", most.to_string())],
            Self::Elsewhere { x, y } => vec![("x", format!("{x}")), ("y", format!("{y}"))],
            Self::NoPolygon | Self::Reversed => Vec::new(),
        }
    }
}

/// What a file gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// Areas with at least one part.
    pub shapes: Vec<Shape>,
    /// Features that are no areas: points, lines, empty ones.
    pub skipped: usize,
    /// Rings whose last point was not their first: closed.
    pub closed: usize,
    /// Rings of fewer than three different points: left out.
    pub dropped: usize,
}

/// Reads the outlines of a file. Without `axes` the order of GeoJSON is taken, and one that fits only the
/// other way round is refused with a question.
///
/// # Errors
/// [`BoundaryProblem`].
pub fn parse(text: &str, axes: Option<Axes>) -> Result<Parsed, BoundaryProblem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root: Value =
        serde_json::from_str(text).map_err(|error| BoundaryProblem::NotGeoJson { cause: error.to_string() })?;
    let mut reader = Reader { parsed: Parsed::default(), points: 0 };
    reader.object(&root, 0)?;
    let mut parsed = reader.parsed;
    if parsed.shapes.is_empty() {
        return Err(BoundaryProblem::NoPolygon);
    }
    if axes == Some(Axes::NorthFirst) {
        turn(&mut parsed.shapes);
    }
    let outside = |shapes: &[Shape]| shapes.iter().flat_map(Shape::points).find(|point| !lies_within(point)).copied();
    if let Some([x, y]) = outside(&parsed.shapes) {
        let mut turned = parsed.shapes;
        turn(&mut turned);
        if axes.is_none() && outside(&turned).is_none() {
            return Err(BoundaryProblem::Reversed);
        }
        return Err(BoundaryProblem::Elsewhere { x, y });
    }
    Ok(parsed)
}

fn lies_within([east, north]: &Point) -> bool {
    EAST.contains(east) && NORTH.contains(north)
}

fn turn(shapes: &mut [Shape]) {
    let rings = shapes.iter_mut().flat_map(|shape| shape.parts.iter_mut().flat_map(|part| part.rings.iter_mut()));
    for point in rings.flatten() {
        point.swap(0, 1);
    }
}

struct Reader {
    parsed: Parsed,
    points: usize,
}

fn strange(cause: impl Into<String>) -> BoundaryProblem {
    BoundaryProblem::NotGeoJson { cause: cause.into() }
}

impl Reader {
    fn object(&mut self, value: &Value, depth: usize) -> Result<(), BoundaryProblem> {
        if depth > DEEPEST {
            return Err(strange("collections inside collections"));
        }
        match value.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") => {
                let features = value.get("features").and_then(Value::as_array);
                for feature in features.ok_or_else(|| strange("no features"))? {
                    self.object(feature, depth + 1)?;
                }
                Ok(())
            }
            Some("Feature") => {
                let properties = value.get("properties").unwrap_or(&Value::Null);
                let (code, name) = (named(properties, &CODES), named(properties, &NAMES));
                let mut parts = Vec::new();
                self.geometry(value.get("geometry").unwrap_or(&Value::Null), &mut parts, depth + 1)?;
                self.keep(Shape { code, name, parts });
                Ok(())
            }
            Some("Polygon" | "MultiPolygon" | "GeometryCollection") => {
                let mut parts = Vec::new();
                self.geometry(value, &mut parts, depth + 1)?;
                self.keep(Shape { code: None, name: None, parts });
                Ok(())
            }
            Some(other) => Err(strange(other)),
            None => Err(strange("no type")),
        }
    }

    fn keep(&mut self, shape: Shape) {
        if shape.parts.is_empty() {
            self.parsed.skipped += 1;
        } else {
            self.parsed.shapes.push(shape);
        }
    }

    fn geometry(&mut self, value: &Value, parts: &mut Vec<Part>, depth: usize) -> Result<(), BoundaryProblem> {
        if depth > DEEPEST {
            return Err(strange("collections inside collections"));
        }
        let coordinates = || value.get("coordinates").and_then(Value::as_array).ok_or_else(|| strange("coordinates"));
        match value.get("type").and_then(Value::as_str) {
            Some("Polygon") => self.part(coordinates()?, parts),
            Some("MultiPolygon") => {
                for part in coordinates()? {
                    self.part(part.as_array().ok_or_else(|| strange("coordinates"))?, parts)?;
                }
                Ok(())
            }
            Some("GeometryCollection") => {
                let members = value.get("geometries").and_then(Value::as_array);
                for member in members.ok_or_else(|| strange("geometries"))? {
                    self.geometry(member, parts, depth + 1)?;
                }
                Ok(())
            }
            // A point or a line is no area; a feature may also lie nowhere.
            _ => Ok(()),
        }
    }

    fn part(&mut self, rings: &[Value], parts: &mut Vec<Part>) -> Result<(), BoundaryProblem> {
        let mut kept = Vec::with_capacity(rings.len());
        for (place, ring) in rings.iter().enumerate() {
            match self.ring(ring)? {
                Some(ring) => kept.push(ring),
                // Without its outer ring a part is nothing, and its holes are holes in nothing.
                None if place == 0 => return Ok(()),
                None => {}
            }
        }
        if !kept.is_empty() {
            parts.push(Part { rings: kept });
        }
        Ok(())
    }

    fn ring(&mut self, value: &Value) -> Result<Option<Vec<Point>>, BoundaryProblem> {
        let positions = value.as_array().ok_or_else(|| strange("coordinates"))?;
        self.points += positions.len();
        if self.points > MOST_POINTS {
            return Err(BoundaryProblem::TooLarge { most: MOST_POINTS });
        }
        let mut ring: Vec<Point> = Vec::with_capacity(positions.len() + 1);
        for position in positions {
            let number = |place: usize| position.get(place).and_then(Value::as_f64);
            let (Some(x), Some(y)) = (number(0), number(1)) else { return Err(strange("coordinates")) };
            // The same point twice in a row says nothing new.
            if ring.last() != Some(&[x, y]) {
                ring.push([x, y]);
            }
        }
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        } else if ring.len() > 2 {
            self.parsed.closed += 1;
        }
        if ring.len() < 3 {
            self.parsed.dropped += 1;
            return Ok(None);
        }
        ring.push(ring[0]);
        Ok(Some(ring))
    }
}

/// The first property of some names, however they are cased; numbers are taken as they are written.
fn named(properties: &Value, names: &[&str]) -> Option<String> {
    let properties = properties.as_object()?;
    names.iter().find_map(|name| {
        let (_, value) = properties.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        match value {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    })
}
