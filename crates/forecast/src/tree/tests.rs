use jiff::civil::date;
use proptest::prelude::*;
use protocol::{Figure, Norms, Readiness};

use super::*;
use crate::LEVEL;
use crate::need::{Coefficient, Known, Line, Need, NeedNorms, Scenario, Weeks, need};

/// Weeks whose figures are log-normal about a size, wider from week to week.
fn weeks(size: f64, deviation: f64) -> Vec<Quantiles> {
    let of = |week: usize, level: f64| size * (deviation * (1.0 + 0.3 * week as f64) * normal_at(level)).exp();
    (0..4).map(|week| Quantiles::rising(LEVEL.map(|level| of(week, level)))).collect()
}

fn node(parent: Option<usize>, weeks: Vec<Quantiles>) -> Node {
    Node { parent, weeks, told_below: 1.0 }
}

/// A province of so many equal places that is as wide as it is told to be.
fn province(places: usize, deviation: f64) -> Vec<Node> {
    let mut nodes = vec![node(None, weeks(100.0 * places as f64, deviation))];
    nodes.extend((0..places).map(|_| node(Some(0), weeks(100.0, 0.5))));
    nodes
}

fn draws(paths: usize) -> Draws {
    Draws { paths, ..Draws::default() }
}

fn sorted(told: &Coherent, place: usize, week: usize) -> Vec<f64> {
    let mut counts: Vec<f64> = (0..told.paths()).map(|path| told.count(place, path, week)).collect();
    counts.sort_by(f64::total_cmp);
    counts
}

/// How wide the middle 90 % are for their size.
fn width(quantiles: &Quantiles) -> f64 {
    let (low, high) = quantiles.interval(0.9);
    (high - low) / quantiles.median()
}

/// TT09: the total is as wide as its own forecast, whatever the places below it have in common.
#[test]
fn a_sum_is_as_wide_as_its_direct_forecast() {
    for deviation in [0.15, 0.25, 0.4] {
        let nodes = province(30, deviation);
        let told = coherent(&nodes, &draws(1_000));
        for week in 0..4 {
            let ratio = width(&told.quantiles(0, week).unwrap()) / width(&nodes[0].weeks[week]);
            assert!((0.87..1.15).contains(&ratio), "{deviation}, week {week}: {ratio}");
        }
        let share = told.share(0, 0).unwrap();
        assert!(share > 0.0 && share < 0.9, "{deviation}: {share}");
    }
    let narrow = coherent(&province(30, 0.01), &draws(200));
    assert_eq!(narrow.share(0, 0), Some(0.0), "narrower than places that have nothing in common");
    let wide = coherent(&province(30, 1.0), &draws(200));
    assert_eq!(wide.share(0, 0), Some(1.0), "wider than places that have all in common");
}

#[test]
fn leaves_keep_their_quantiles_times_what_lies_above_asks_for() {
    let mut nodes = province(12, 0.3);
    nodes[0].weeks = weeks(800.0, 0.3);
    let told = coherent(&nodes, &draws(200));
    let readings = Readings::new(200);
    for week in 0..4 {
        let lifted = told.lifted(0, week).unwrap();
        assert!(lifted > 0.6 && lifted < 0.9, "1,200 and more are pulled three quarters of the way to 800: {lifted}");
        for (place, node) in nodes.iter().enumerate().skip(1) {
            let own: Vec<f64> = readings.read(&node.weeks[week]).iter().map(|figure| lifted * figure).collect();
            assert_eq!(sorted(&told, place, week), own);
        }
    }
    assert_eq!((told.lifted(1, 0), told.share(1, 0), told.share(0, 4)), (None, None, None));
    // A total without a forecast of its own asks for nothing.
    nodes[0].weeks.clear();
    let told = coherent(&nodes, &Draws { place_to_place: 0.3, ..draws(200) });
    assert_eq!((told.lifted(0, 3), told.share(0, 3)), (Some(1.0), Some(0.3)));
    assert!((told.quantiles(0, 0).unwrap().median() / 1_200.0 - 1.1).abs() < 0.1);
}

/// Province, two districts, four communes each: both levels have their own width.
#[test]
fn every_level_has_its_own_share() {
    let mut nodes = vec![node(None, weeks(800.0, 0.35))];
    for district in [1, 6] {
        nodes.push(node(Some(0), weeks(400.0, 0.45)));
        nodes.extend((0..4).map(|_| node(Some(district), weeks(100.0, 0.6))));
    }
    let told = coherent(&nodes, &draws(2_000));
    for (place, node) in nodes.iter().enumerate() {
        let ratio = width(&told.quantiles(place, 0).unwrap()) / width(&node.weeks[0]);
        assert!((0.85..1.15).contains(&ratio), "{place}: {ratio}");
    }
    let near = correlation(&logarithms(&told, 2), &logarithms(&told, 3));
    let far = correlation(&logarithms(&told, 2), &logarithms(&told, 7));
    assert!(near > far + 0.1, "neighbours: {near} {far}");
}

fn logarithms(told: &Coherent, place: usize) -> Vec<f64> {
    (0..told.paths()).map(|path| told.count(place, path, 0).ln()).collect()
}

fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let mean = |figures: &[f64]| figures.iter().sum::<f64>() / figures.len() as f64;
    let product = |a: &[f64], b: &[f64]| {
        let (of_a, of_b) = (mean(a), mean(b));
        a.iter().zip(b).map(|(x, y)| (x - of_a) * (y - of_b)).sum::<f64>()
    };
    product(one, other) / (product(one, one) * product(other, other)).sqrt()
}

/// What the places below do not tell is a leaf without a name; who tells more than the total is believed.
#[test]
fn what_has_no_name_is_the_rest_of_the_total() {
    let mut nodes = province(6, 0.3);
    nodes[0].weeks = weeks(1_000.0, 0.3);
    nodes[0].told_below = 0.6;
    let told = coherent(&nodes, &draws(400));
    let rest: Vec<f64> = (0..400).map(|path| told.rest(0, path, 1)).collect();
    let mean = rest.iter().sum::<f64>() / 400.0;
    assert!((380.0..480.0).contains(&mean), "four tenths of 1,000: {mean}");
    for path in 0..400 {
        let below: f64 = (1..=6).map(|place| told.count(place, path, 1)).sum();
        assert!((told.count(0, path, 1) - below - told.rest(0, path, 1)).abs() < 1e-9);
    }
    nodes[0].told_below = 1.4;
    let told = coherent(&nodes, &draws(200));
    assert_eq!((told.lifted(0, 0), told.rest(0, 0, 0)), (Some(1.0), 0.0));
    assert!((told.quantiles(0, 0).unwrap().median() - 640.0).abs() < 60.0, "the sum of the six");
    // Nothing known below: the total is a leaf.
    nodes[1..].iter_mut().for_each(|node| node.weeks.clear());
    let told = coherent(&nodes, &draws(200));
    assert_eq!((told.share(0, 0), told.has(1), told.paths_of(1).len()), (None, false, 0));
    assert!((told.quantiles(0, 0).unwrap().median() - 1_000.0).abs() < 5.0);
}

#[test]
fn nothing_little_and_broken_trees_fail_nowhere() {
    assert_eq!(coherent(&[], &draws(200)).weeks(), 0);
    let nothing = coherent(&[node(None, Vec::new()), node(Some(0), Vec::new())], &draws(200));
    assert!(!nothing.has(0) && nothing.count(0, 0, 0).is_nan() && nothing.quantiles(1, 0).is_none());
    let one = coherent(&[node(None, weeks(10.0, 0.3))], &draws(1));
    assert!((one.count(0, 0, 0) - 10.0).abs() < 1e-9 && !one.has(1) && one.rest(7, 0, 0) == 0.0);
    let unknown = vec![Quantiles::rising([f64::NAN; LEVELS]); 4];
    let zero = vec![Quantiles::rising([0.0; LEVELS]); 4];
    // A ring, a place above that is not there, not a number, no person, too few weeks.
    let nodes = [
        node(Some(1), weeks(5.0, 0.3)),
        node(Some(0), weeks(7.0, 0.3)),
        node(Some(99), zero.clone()),
        node(Some(2), unknown),
        node(Some(2), zero),
        node(Some(2), weeks(9.0, 0.3)[..2].to_vec()),
        Node { told_below: f64::NAN, ..node(Some(6), weeks(3.0, 0.3)) },
    ];
    let told = coherent(&nodes, &Draws { place_to_place: f64::NAN, week_to_week: f64::NAN, ..draws(50) });
    assert_eq!([0, 1, 2, 3, 4, 5, 6].map(|place| told.has(place)), [true, true, true, false, true, false, true]);
    assert!((0..50).all(|path| told.count(2, path, 3) == 0.0 && told.count(6, path, 3).is_finite()));
}

/// OX08: facilities that follow the paths of a district need together what the district needs, path by path: everybody who
/// is counted in the district comes to one of them.
#[test]
fn the_need_of_facilities_is_the_need_of_their_district_path_by_path() {
    let mut norms =
        NeedNorms::from_norms(&Norms::shipped().unwrap(), date(2021, 12, 20), Readiness::Emergency).unwrap();
    norms.oxygen_of_admissions = Figure { low: 1.0, value: 1.0, high: 1.0 };
    let told = coherent(&province(5, 0.35), &draws(100));
    let of_place = |place: usize| {
        let paths = told.paths_of(place);
        let known = Known::new(place as u64, date(2021, 12, 20), Weeks::Paths(&paths), Coefficient::unlearnt(&norms));
        need(&known, &Scenario::default(), &norms, &Draws::by_norms(1, 100, &norms)).unwrap()
    };
    let facilities: Vec<Need> = (1..=5).map(of_place).collect();
    let district = Need::sum(&facilities).unwrap();
    for path in 0..100 {
        for day in 0..28 {
            let grams: quantity::Grams = facilities.iter().map(|need| need.grams_on(Line::All, path, day)).sum();
            assert_eq!(district.grams_on(Line::All, path, day), grams);
        }
        let came: f64 = (0..28).map(|day| f64::from(district.moved(path, day).0)).sum();
        let counted: f64 = (0..4).map(|week| told.count(0, path, week)).sum();
        assert!((came - counted).abs() <= 20.0, "path {path}: {came} of {counted}, a whole person for place and week");
    }
}

fn any_weeks() -> impl Strategy<Value = Vec<Quantiles>> {
    let figures = prop_oneof![
        8 => (0.0..2_000.0_f64, 0.05..1.5_f64).prop_map(|(size, deviation)| weeks(size, deviation)),
        1 => Just(Vec::new()),
        1 => Just(vec![Quantiles::rising([f64::NAN; LEVELS]); 4]),
    ];
    figures.prop_map(|weeks| weeks.into_iter().map(|week| Quantiles::rising(week.figures().map(f64::round))).collect())
}

fn any_tree() -> impl Strategy<Value = Vec<Node>> {
    let node = (prop::option::of(0..14_usize), any_weeks(), 0.3..1.4_f64)
        .prop_map(|(parent, weeks, told_below)| Node { parent, weeks, told_below });
    prop::collection::vec(node, 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// On each path a place is the sum of those below it and of what has no name; no count is below 0 or not a number.
    #[test]
    fn every_path_is_a_whole(nodes in any_tree(), seed in 0..50_u64) {
        let draws = Draws { seed, ..draws(40) };
        let told = coherent(&nodes, &draws);
        prop_assert_eq!(&told, &coherent(&nodes, &draws));
        let shape = Shape::of(&nodes);
        for place in 0..nodes.len() {
            let below: Vec<usize> = shape.children(place).iter().copied().filter(|child| told.has(*child)).collect();
            for (path, week) in (0..told.paths()).flat_map(|path| (0..told.weeks()).map(move |week| (path, week))) {
                let count = told.count(place, path, week);
                prop_assert!(count >= 0.0 || !told.has(place));
                if !below.is_empty() {
                    let sum: f64 = below.iter().map(|child| told.count(*child, path, week)).sum();
                    let sum = sum + told.rest(place, path, week);
                    prop_assert!((count - sum).abs() <= 1e-9 * (1.0 + sum), "{place}: {count} {sum}");
                }
            }
        }
    }
}
