//! OX07 on a map: outlines as they come, with holes, islands and mistakes.

use proptest::prelude::*;

use super::*;

const SQUARE: &str = "[[105.0,10.0],[105.2,10.0],[105.2,10.2],[105.0,10.2],[105.0,10.0]]";
const HOLE: &str = "[[105.05,10.05],[105.1,10.05],[105.1,10.1],[105.05,10.05]]";

fn feature(geometry: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"code":"91","Name":"Tỉnh An Giang"}},"geometry":{geometry}}}]}}"#
    )
}

#[test]
fn a_polygon_with_a_hole_and_islands_is_read_whole() {
    let text = feature(&format!(r#"{{"type":"MultiPolygon","coordinates":[[{SQUARE},{HOLE}],[{SQUARE}]]}}"#));
    let parsed = parse(&text, None).unwrap();
    let shape = &parsed.shapes[0];
    assert_eq!((shape.code.as_deref(), shape.name.as_deref()), (Some("91"), Some("Tỉnh An Giang")));
    assert_eq!(shape.parts.iter().map(|part| part.rings.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(shape.size(), 5 + 4 + 5);
    assert_eq!(bounds(&parsed.shapes), Some([105.0, 10.0, 105.2, 10.2]));
    assert_eq!((parsed.skipped, parsed.closed, parsed.dropped), (0, 0, 0));
}

#[test]
fn reversed_axes_are_asked_about_and_then_taken() {
    let turned = SQUARE.replace("10.", "x.").replace("105.", "10.").replace("x.", "105.");
    let text = feature(&format!(r#"{{"type":"Polygon","coordinates":[{turned}]}}"#));
    assert_eq!(parse(&text, None), Err(BoundaryProblem::Reversed));
    let parsed = parse(&text, Some(Axes::NorthFirst)).unwrap();
    assert_eq!(bounds(&parsed.shapes), Some([105.0, 10.0, 105.2, 10.2]));
    assert!(matches!(parse(&text, Some(Axes::EastFirst)), Err(BoundaryProblem::Elsewhere { .. })));
}

#[test]
fn what_is_no_map_of_viet_nam_is_refused_with_its_reason() {
    let elsewhere = feature(r#"{"type":"Polygon","coordinates":[[[2.0,48.0],[2.1,48.0],[2.1,48.1],[2.0,48.0]]]}"#);
    assert!(matches!(parse(&elsewhere, None), Err(BoundaryProblem::Elsewhere { .. })));
    let metres = feature(r#"{"type":"Polygon","coordinates":[[[558000,1106000],[559000,1106000],[559000,1107000]]]}"#);
    assert!(matches!(parse(&metres, None), Err(BoundaryProblem::Elsewhere { .. })));
    assert_eq!(
        parse(&feature(r#"{"type":"Point","coordinates":[105.0,10.0]}"#), None),
        Err(BoundaryProblem::NoPolygon)
    );
    for text in ["", "{", "[]", "{\"type\":\"Topology\"}", "{\"type\":\"FeatureCollection\"}", "ma,ten\n91,An Giang"] {
        assert!(matches!(parse(text, None), Err(BoundaryProblem::NotGeoJson { .. })), "{text}");
    }
}

#[test]
fn open_rings_are_closed_and_counted_and_slivers_left_out() {
    let open = "[[105.0,10.0],[105.2,10.0],[105.2,10.2],[105.0,10.2]]";
    let sliver = "[[105.0,10.0],[105.2,10.0],[105.0,10.0]]";
    let text = feature(&format!(r#"{{"type":"MultiPolygon","coordinates":[[{open}],[{sliver}]]}}"#));
    let parsed = parse(&text, None).unwrap();
    assert_eq!((parsed.closed, parsed.dropped), (1, 1));
    assert_eq!(parsed.shapes[0].parts[0].rings[0].len(), 5);
}

/// The outlines of the 34 provinces and of An Giang's communes, where the shared reference data is there.
#[test]
fn real_outlines_are_read_and_made_small() {
    let folder = std::env::var("BONTAICHO_SHARED").map(std::path::PathBuf::from);
    let folder = folder.unwrap_or_else(|_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let read = |name: &str| std::fs::read_to_string(folder.join("data/boundaries").join(name)).ok();
    let (Some(provinces), Some(communes)) = (read("provinces-2025.geojson"), read("an-giang-communes-2025.geojson"))
    else {
        println!("skipped: 2 files of outlines are not there");
        return;
    };
    let provinces = parse(&provinces, None).unwrap().shapes;
    assert_eq!(provinces.len(), 34);
    assert!(provinces.iter().any(|shape| shape.code.as_deref() == Some("91")));
    let communes = parse(&communes, None).unwrap().shapes;
    assert_eq!(communes.len(), 102);
    let small = simplify(communes, 2_000);
    assert!(small.after < small.before && small.tolerance > 0.0, "{} of {}", small.after, small.before);
    assert!(small.shapes.iter().all(|shape| !shape.parts.is_empty()));
}

fn rings() -> impl Strategy<Value = Vec<Point>> {
    prop::collection::vec((102.0_f64..110.0, 8.0_f64..23.0), 3..60).prop_map(|points| {
        let mut ring: Vec<Point> = points.into_iter().map(|(x, y)| [x, y]).collect();
        ring.push(ring[0]);
        ring
    })
}

fn away(point: Point, ring: &[Point]) -> f64 {
    let stretch = |pair: &[Point]| {
        let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
        let (dx, dy) = (bx - ax, by - ay);
        let along = ((point[0] - ax) * dx + (point[1] - ay) * dy) / (dx * dx + dy * dy).max(1e-300);
        let along = along.clamp(0.0, 1.0);
        (point[0] - ax - along * dx).hypot(point[1] - ay - along * dy)
    };
    ring.windows(2).map(stretch).fold(f64::INFINITY, f64::min)
}

proptest! {
    /// Whatever is thrown at it, it answers; it does not panic.
    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        let _ = parse(&text, None);
    }

    /// Nor with the words of GeoJSON in any order.
    #[test]
    fn any_nest_of_its_words_is_answered(words in prop::collection::vec(prop::sample::select(vec![
        "{\"type\":\"Polygon\",", "\"coordinates\":", "[", "]", "105.1", ",", "10.2", "}", "null",
        "{\"type\":\"GeometryCollection\",\"geometries\":[", "{\"type\":\"Feature\",\"geometry\":",
    ]), 0..30)) {
        let _ = parse(&words.concat(), Some(Axes::NorthFirst));
    }

    /// What is written as GeoJSON is read back as it was, to the last digit that a map could show.
    #[test]
    fn a_ring_is_read_as_it_was_written(ring in rings()) {
        prop_assume!(ring.windows(2).all(|pair| pair[0] != pair[1]));
        let text = serde_json::json!({ "type": "Polygon", "coordinates": [ring] }).to_string();
        let parsed = parse(&text, None).unwrap();
        let read = &parsed.shapes[0].parts[0].rings[0];
        prop_assert_eq!(read.len(), ring.len());
        prop_assert!(read.iter().zip(&ring).all(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-9));
    }

    /// A simplified ring is closed, at least a triangle, made of the old points in order, and near them all.
    #[test]
    fn a_simpler_ring_stays_near_the_old_one(ring in rings(), tolerance in 0.0_f64..2.0) {
        let simple = simplify_ring(&ring, tolerance);
        prop_assert_eq!(simple.first(), simple.last());
        prop_assert!(simple.len() >= 4 && simple.len() <= ring.len());
        let mut rest = ring.iter();
        prop_assert!(simple.iter().all(|point| rest.any(|old| old == point)));
        prop_assert!(ring.iter().all(|point| away(*point, &simple) <= tolerance + 1e-9));
    }
}

/// A ring drawn to cost the square of its points: each step of the usual way splits off one of them.
#[test]
fn a_hostile_ring_costs_no_square() {
    let points = 200_000_u32;
    // Ever wider swings: the point furthest from any stretch is always its last but one.
    let mut ring: Vec<[f64; 2]> = (0..points)
        .map(|step| {
            let along = f64::from(step) / f64::from(points);
            let side = if step % 2 == 0 { 1.0 } else { -1.0 };
            [105.0 + along, 10.0 + side * along * 2.0]
        })
        .collect();
    ring.push(ring[0]);
    let began = std::time::Instant::now();
    let simple = simplify_ring(&ring, 0.000_5);
    // Unbounded, these are forty thousand million looks: minutes even when optimised.
    assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
    assert!(simple.len() >= 4 && simple.first() == simple.last());
}
