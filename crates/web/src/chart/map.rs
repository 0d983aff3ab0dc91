//! The map of a province: its outline if there is one, facilities as numbered circles, routes to islands dotted.
//! Places are given in degrees; they are drawn with the parallels as long as they are in the middle of the sheet,
//! which for one province is as good as any projection.

use std::fmt::Write as _;

use super::canvas::{Canvas, Width, escape};

/// Degrees east, then north.
pub type Degrees = [f64; 2];

/// A facility.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Where.
    pub at: Degrees,
    /// Class of its tone: `danger`, `attention`, `old`, `plain`.
    pub tone: &'static str,
    /// What stands in its circle: its number in the list beside, «?» where nothing is known.
    pub sign: String,
    /// Its name beside the circle; empty for those that the list names well enough.
    pub label: String,
    /// Everything of it in one line, for who points at it or cannot see it.
    pub words: String,
}

/// What a map shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapChart {
    /// Unique on the page.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it shows, for somebody who cannot see it.
    pub description: String,
    /// Closed rings, the parts of an area together so that its holes are holes.
    pub outlines: Vec<Vec<Vec<Degrees>>>,
    /// The last stands on top.
    pub spots: Vec<Spot>,
    /// Vehicles, as squares; those beyond the sheet are left out, so that one far away shrinks nothing.
    pub vehicles: Vec<Spot>,
    /// Ways over water with their names.
    pub routes: Vec<(Degrees, Degrees, String)>,
    /// Class and words.
    pub legend: Vec<(&'static str, String)>,
}

/// Radius of a circle.
const RADIUS: f64 = 10.0;
/// Room around what is drawn, for circles and names.
const MARGIN: f64 = 26.0;
/// A sheet is at most so many times as high as it is wide.
const HIGHEST: f64 = 1.25;
/// And at least so high.
const LOWEST: f64 = 0.45;
/// A stretch of degrees below which the sheet shows this much all the same: one facility is no whole map.
const NEAREST: f64 = 0.12;

/// From degrees to the sheet.
struct Scale {
    west: f64,
    north: f64,
    per_east: f64,
    per_north: f64,
    left: f64,
    top: f64,
}

impl Scale {
    fn at(&self, [east, north]: Degrees) -> (f64, f64) {
        (self.left + (east - self.west) * self.per_east, self.top + (self.north - north) * self.per_north)
    }
}

/// The map as SVG. Without any place at all it is empty.
pub fn map(chart: &MapChart, width: Width) -> String {
    let Some([west, south, east, north]) = bounds(chart) else { return String::new() };
    let shrink = ((south + north) / 2.0).to_radians().cos().max(0.1);
    let (wide, high) = ((east - west) * shrink, north - south);
    let units = width.units();
    let room = units - 2.0 * MARGIN;
    let height = (room * high / wide).clamp(units * LOWEST, units * HIGHEST);
    let legend: Vec<(&str, &str)> = chart.legend.iter().map(|(class, words)| (*class, words.as_str())).collect();
    let lines = legend_lines(&legend, units);
    let head = 24.0 + 20.0 * lines as f64;
    let sheet = height + 2.0 * MARGIN + head;
    let mut canvas = Canvas::new(width, sheet, &chart.id, &chart.title, &chart.description);
    canvas.left = 12.0;
    canvas.legend(&legend);
    let per = (room / wide).min(height / high);
    let scale = Scale {
        west,
        north,
        per_east: per * shrink,
        per_north: per,
        left: (units - wide * per) / 2.0,
        top: head + MARGIN + (height - high * per) / 2.0,
    };
    for area in &chart.outlines {
        outline(&mut canvas, &scale, area);
    }
    for (from, to, name) in &chart.routes {
        let ((x1, y1), (x2, y2)) = (scale.at(*from), scale.at(*to));
        canvas.raw(&format!(
            r#"<line class="sea-route" x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}"><title>{}</title></line>"#,
            escape(name)
        ));
    }
    let places = apart(chart.spots.iter().map(|spot| scale.at(spot.at)).collect());
    for (spot, place) in chart.spots.iter().zip(places) {
        circle(&mut canvas, spot, place, units);
    }
    for vehicle in &chart.vehicles {
        let [east_of, north_of] = vehicle.at;
        if (west..=east).contains(&east_of) && (south..=north).contains(&north_of) {
            square(&mut canvas, vehicle, scale.at(vehicle.at));
        }
    }
    canvas.finish()
}

/// Half the side of a vehicle's square.
const HALF: f64 = 6.0;

fn square(canvas: &mut Canvas, vehicle: &Spot, (x, y): (f64, f64)) {
    let (left, top, side) = (x - HALF, y - HALF, 2.0 * HALF);
    canvas.raw(&format!(r#"<g class="vehicle {}"><title>{}</title>"#, vehicle.tone, escape(&vehicle.words)));
    canvas.raw(&format!(r#"<rect x="{left:.1}" y="{top:.1}" width="{side:.1}" height="{side:.1}" rx="2"/>"#));
    if !vehicle.label.is_empty() {
        canvas.text("words spot-name", "middle", (x, y + HALF + 12.0), &vehicle.label);
    }
    canvas.raw("</g>");
}

fn legend_lines(legend: &[(&str, &str)], units: f64) -> usize {
    let (mut lines, mut x) = (1, 12.0);
    for (_, words) in legend {
        let wide = 40.0 + 6.9 * words.chars().count() as f64;
        if x + wide > units - 12.0 && x > 12.0 {
            (lines, x) = (lines + 1, 12.0);
        }
        x += wide;
    }
    lines
}

fn bounds(chart: &MapChart) -> Option<[f64; 4]> {
    let routes = chart.routes.iter().flat_map(|(from, to, _)| [*from, *to]);
    let rings = chart.outlines.iter().flatten().flatten().copied();
    let all = chart.spots.iter().map(|spot| spot.at).chain(routes).chain(rings);
    let all = all.filter(|place| place.iter().all(|degrees| degrees.is_finite()));
    let found = all.fold(None, |around: Option<[f64; 4]>, [x, y]| {
        let [west, south, east, north] = around.unwrap_or([x, y, x, y]);
        Some([west.min(x), south.min(y), east.max(x), north.max(y)])
    });
    found.map(|[west, south, east, north]| {
        let more = |span: f64| ((NEAREST - span) / 2.0).max(0.0);
        let (x, y) = (more(east - west), more(north - south));
        [west - x, south - y, east + x, north + y]
    })
}

fn outline(canvas: &mut Canvas, scale: &Scale, area: &[Vec<Degrees>]) {
    let mut path = String::new();
    for ring in area {
        for (place, point) in ring.iter().enumerate() {
            let (x, y) = scale.at(*point);
            let _ = write!(path, "{}{x:.1} {y:.1}", if place == 0 { "M" } else { "L" });
        }
        path.push('Z');
    }
    if !path.is_empty() {
        canvas.raw(&format!(r#"<path class="outline" fill-rule="evenodd" d="{path}"/>"#));
    }
}

/// Moves circles that would hide each other onto a ring around their place, the same way each time.
fn apart(places: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let near = |(a, b): (f64, f64), (x, y): (f64, f64)| (a - x).hypot(b - y) < 1.8 * RADIUS;
    let mut groups: Vec<((f64, f64), Vec<usize>)> = Vec::new();
    for (index, place) in places.iter().enumerate() {
        match groups.iter_mut().find(|(centre, _)| near(*centre, *place)) {
            Some((_, members)) => members.push(index),
            None => groups.push((*place, vec![index])),
        }
    }
    let mut moved = places;
    for ((x, y), members) in groups.iter().filter(|(_, members)| members.len() > 1) {
        let count = members.len() as f64;
        // Wide enough for the circles to touch and not to cover each other.
        let ring = (RADIUS * 1.05 / (std::f64::consts::PI / count).sin()).max(RADIUS);
        for (step, index) in members.iter().enumerate() {
            let turn = std::f64::consts::TAU * step as f64 / count - std::f64::consts::FRAC_PI_2;
            moved[*index] = (x + ring * turn.cos(), y + ring * turn.sin());
        }
    }
    moved
}

fn circle(canvas: &mut Canvas, spot: &Spot, (x, y): (f64, f64), units: f64) {
    canvas.raw(&format!(r#"<g class="spot {}"><title>{}</title>"#, spot.tone, escape(&spot.words)));
    canvas.raw(&format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="{RADIUS}"/>"#));
    canvas.text("spot-sign", "middle", (x, y + 4.0), &spot.sign);
    if !spot.label.is_empty() {
        let right = x < units / 2.0;
        let beside = if right { x + RADIUS + 4.0 } else { x - RADIUS - 4.0 };
        canvas.text("words strong spot-name", if right { "start" } else { "end" }, (beside, y + 4.5), &spot.label);
    }
    canvas.raw("</g>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spot(at: Degrees, sign: &str) -> Spot {
        Spot { at, tone: "danger", sign: sign.into(), label: "BV <Hải Âu>".into(), words: "còn 2 giờ".into() }
    }

    #[test]
    fn a_map_without_outlines_still_shows_where_things_lie() {
        let spots = vec![spot([105.1, 10.0], "1"), spot([104.0, 10.2], "2"), spot([105.1, 10.0], "3")];
        let routes = vec![([105.1, 10.0], [104.0, 10.2], "Rạch Giá – Phú Quốc".to_owned())];
        let chart = MapChart { id: "map".into(), spots, routes, ..MapChart::default() };
        let svg = map(&chart, Width::Narrow);
        assert_eq!(svg.matches("<circle").count(), 3);
        assert!(svg.contains("sea-route") && svg.contains("Rạch Giá – Phú Quốc"));
        assert!(svg.contains("BV &lt;Hải Âu&gt;") && !svg.contains("BV <Hải"), "names are text");
        let places: Vec<&str> = svg.split("<circle").skip(1).map(|rest| rest.split("r=").next().unwrap()).collect();
        assert_ne!(places[0], places[2], "two facilities of one commune do not hide each other");
        assert_eq!(map(&MapChart::default(), Width::Wide), "", "nothing to show");
    }

    #[test]
    fn an_outline_keeps_its_holes() {
        let outer = vec![[105.0, 10.0], [106.0, 10.0], [106.0, 11.0], [105.0, 10.0]];
        let hole = vec![[105.4, 10.2], [105.6, 10.2], [105.6, 10.4], [105.4, 10.2]];
        let chart = MapChart { outlines: vec![vec![outer, hole]], ..MapChart::default() };
        let svg = map(&chart, Width::Wide);
        assert!(svg.contains("fill-rule=\"evenodd\"") && svg.matches('Z').count() == 2, "{svg}");
    }

    #[test]
    fn a_vehicle_far_away_shrinks_nothing() {
        let spots = vec![spot([105.1, 10.0], "1"), spot([104.0, 10.2], "2")];
        let near = Spot { label: "68C-123.45".into(), tone: "old", ..spot([104.5, 10.1], "") };
        let vehicles = vec![near, spot([108.2, 16.0], "")];
        let with = map(&MapChart { spots: spots.clone(), vehicles, ..MapChart::default() }, Width::Wide);
        let without = map(&MapChart { spots, ..MapChart::default() }, Width::Wide);
        assert_eq!(with.matches("<rect x=").count(), without.matches("<rect x=").count() + 1);
        assert!(with.contains("68C-123.45") && with.contains("vehicle old"));
        let circles = |svg: &str| svg.split("<circle").skip(1).map(|one| one[..30].to_owned()).collect::<Vec<_>>();
        assert_eq!(circles(&with), circles(&without));
    }

    proptest! {
        /// Wherever facilities lie, every circle stands on the sheet and no number is broken.
        #[test]
        fn every_circle_stands_on_the_sheet(places in prop::collection::vec((102.0_f64..110.0, 8.0_f64..23.5), 1..12)) {
            let spots = places.into_iter().map(|(x, y)| spot([x, y], "1")).collect();
            let svg = map(&MapChart { spots, ..MapChart::default() }, Width::Narrow);
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
            for rest in svg.split("cx=\"").skip(1) {
                let x: f64 = rest.split('"').next().unwrap().parse().unwrap();
                prop_assert!((0.0..=358.0).contains(&x), "{x}");
            }
        }
    }
}
