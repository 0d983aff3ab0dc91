//! Fewer points for the same picture: Douglas and Peucker's way, ring by ring.

use super::{Part, Point, Shape, size};

/// The first tolerance tried, in degrees: about fifty metres, less than a pixel of a province's map.
const FINEST: f64 = 0.000_5;
/// Coarser than this (about five kilometres) an outline is no longer one.
const COARSEST: f64 = 0.05;

/// Shapes with fewer points, and what was taken away.
#[derive(Debug, Clone, PartialEq)]
pub struct Simplified {
    /// The shapes.
    pub shapes: Vec<Shape>,
    /// Points before.
    pub before: usize,
    /// Points after.
    pub after: usize,
    /// No point of the old outline lies further from the new one than this, degrees; zero where nothing
    /// was changed.
    pub tolerance: f64,
}

/// Takes points away until at most `most` are left, if that can be; shapes small enough stay as they are.
pub fn simplify(shapes: Vec<Shape>, most: usize) -> Simplified {
    let before = size(&shapes);
    if before <= most {
        return Simplified { shapes, before, after: before, tolerance: 0.0 };
    }
    let mut tolerance = FINEST;
    loop {
        let coarser: Vec<Shape> = shapes.iter().map(|shape| at(shape, tolerance)).collect();
        let after = size(&coarser);
        if after <= most || tolerance * 2.0 > COARSEST {
            return Simplified { shapes: coarser, before, after, tolerance };
        }
        tolerance *= 2.0;
    }
}

fn at(shape: &Shape, tolerance: f64) -> Shape {
    let part = |part: &Part| Part { rings: part.rings.iter().map(|ring| simplify_ring(ring, tolerance)).collect() };
    Shape { code: shape.code.clone(), name: shape.name.clone(), parts: shape.parts.iter().map(part).collect() }
}

/// A closed ring with fewer points: still closed, still at least a triangle, each of its points one of the
/// old ones in the old order, and none of the old ones further from it than the tolerance.
pub fn simplify_ring(ring: &[Point], tolerance: f64) -> Vec<Point> {
    let last = ring.len().saturating_sub(1);
    if last < 4 {
        return ring.to_vec();
    }
    // A ring has no ends: it is cut at its first point and at the one furthest from it.
    let far = (1..last)
        .max_by(|a, b| distance_to(ring[*a], ring[0]).total_cmp(&distance_to(ring[*b], ring[0])))
        .unwrap_or(last / 2);
    let mut kept = vec![false; ring.len()];
    (kept[0], kept[far], kept[last]) = (true, true, true);
    mark(ring, (0, far), tolerance, &mut kept);
    mark(ring, (far, last), tolerance, &mut kept);
    if kept.iter().filter(|kept| **kept).count() < 4 {
        // Two points and back: the point furthest from their line makes it a triangle.
        let third = (1..last)
            .filter(|place| *place != far)
            .max_by(|a, b| off(ring[*a], ring[0], ring[far]).total_cmp(&off(ring[*b], ring[0], ring[far])));
        if let Some(third) = third {
            kept[third] = true;
        }
    }
    ring.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// Looks at each point that an ordinary coast costs: about the logarithm of a million points, twice over.
const LOOKS: usize = 40;
/// What is left when these are spent is cut into stretches of so many points.
const STRETCH: usize = 128;

fn mark(ring: &[Point], whole: (usize, usize), tolerance: f64, kept: &mut [bool]) {
    // Not by recursion: a coast of a million points must not exhaust the stack.
    let mut open = vec![whole];
    // A ring drawn to do harm splits off one point at a time and costs the square of its points. Its stretches are cut
    // where they lie instead: some points more are kept, none is further off, and no stretch costs more than its square.
    let mut looks = (whole.1 - whole.0).saturating_mul(LOOKS);
    while let Some((from, to)) = open.pop() {
        if looks == 0 && to - from > STRETCH {
            for cut in (from..to).step_by(STRETCH) {
                kept[cut] = true;
                open.push((cut, (cut + STRETCH).min(to)));
            }
            continue;
        }
        looks = looks.saturating_sub(to - from);
        let furthest = (from + 1..to)
            .map(|place| (place, off(ring[place], ring[from], ring[to])))
            .max_by(|left, right| left.1.total_cmp(&right.1));
        if let Some((place, _)) = furthest.filter(|(_, distance)| *distance > tolerance) {
            kept[place] = true;
            open.push((from, place));
            open.push((place, to));
        }
    }
}

fn distance_to([x, y]: Point, [a, b]: Point) -> f64 {
    (x - a).hypot(y - b)
}

/// Distance of a point from the stretch between two others.
fn off([x, y]: Point, [ax, ay]: Point, [bx, by]: Point) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (((x - ax) * dx + (y - ay) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (x - ax - along * dx).hypot(y - ay - along * dy)
}
