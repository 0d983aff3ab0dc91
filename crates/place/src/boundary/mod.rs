//! Outlines of areas for maps, read from GeoJSON and made small enough to be drawn.
//!
//! Lives here: reading (polygons with holes, several parts, axes the wrong way round), simplifying. Pure.
//! Not here: keeping them (`desk`), drawing them (`web::chart`). None are shipped: a map without them still
//! shows where things lie, by the coordinates of [`crate::Area`].

mod parse;
mod simplify;

use serde::{Deserialize, Serialize};

pub use parse::{Axes, BoundaryProblem, Parsed, parse};
pub use simplify::{Simplified, simplify, simplify_ring};

/// Degrees east, then degrees north, WGS 84.
pub type Point = [f64; 2];

/// One closed part: its outer ring first, then its holes. The last point of a ring is its first again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Part {
    /// At least one ring, each of at least four points.
    pub rings: Vec<Vec<Point>>,
}

/// The outline of one area.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Shape {
    /// The area's code, where the file names it.
    pub code: Option<String>,
    /// Its name, where the file names it.
    pub name: Option<String>,
    /// Its parts: a province with islands has many.
    pub parts: Vec<Part>,
}

impl Shape {
    /// Every point, rings one after the other.
    pub fn points(&self) -> impl Iterator<Item = &Point> {
        self.parts.iter().flat_map(|part| part.rings.iter().flatten())
    }

    /// How many points it has.
    pub fn size(&self) -> usize {
        self.parts.iter().flat_map(|part| &part.rings).map(Vec::len).sum()
    }
}

/// How many points some shapes have.
pub fn size(shapes: &[Shape]) -> usize {
    shapes.iter().map(Shape::size).sum()
}

/// The smallest box around some shapes: west, south, east, north.
pub fn bounds(shapes: &[Shape]) -> Option<[f64; 4]> {
    shapes.iter().flat_map(Shape::points).fold(None, |around, [x, y]| {
        let [west, south, east, north] = around.unwrap_or([*x, *y, *x, *y]);
        Some([west.min(*x), south.min(*y), east.max(*x), north.max(*y)])
    })
}

#[cfg(test)]
mod tests;
