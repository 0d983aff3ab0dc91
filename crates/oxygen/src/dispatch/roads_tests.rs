use super::*;

fn place(at: Option<(f64, f64)>, land: u16) -> Place {
    Place { name: String::new(), at, land }
}

/// Two towns and a pier on the mainland, a pier and a town on an island.
fn coast() -> (Vec<Place>, Roads) {
    let places = vec![
        place(Some((10.0, 105.0)), 0),
        place(Some((10.2, 105.0)), 0),
        place(Some((10.0, 104.8)), 0),
        place(Some((10.0, 104.2)), 1),
        place(Some((10.0, 104.1)), 1),
        place(None, 0),
    ];
    let hour = Minutes::hours;
    let ferry = Ferry {
        name: "phà".into(),
        one: PlaceNo(2),
        other: PlaceNo(3),
        sails: vec![Window::new(hour(7), hour(8)), Window::new(hour(13), hour(14))],
        takes: hour(2),
    };
    (places, Roads { ferries: vec![ferry], ..Roads::default() })
}

#[test]
fn a_road_is_longer_than_the_crow_flies() {
    let (places, roads) = coast();
    let travel = Travel::of(&places, &roads);
    let leg = travel.leg(PlaceNo(0), PlaceNo(1)).expect("a road");
    assert_eq!((leg.metres / 100, leg.drive), (289, Minutes(44)), "22.2 km × 1.3 at 40 km/h");
    assert_eq!(travel.arrives(PlaceNo(0), PlaceNo(1), Minutes(10), false), Some(Minutes(54)));
}

#[test]
fn an_island_is_reached_when_the_ferry_sails() {
    let (places, roads) = coast();
    let travel = Travel::of(&places, &roads);
    let arrives = |ready| travel.arrives(PlaceNo(0), PlaceNo(4), ready, true);
    let leg = travel.leg(PlaceNo(0), PlaceNo(4)).expect("a way");
    let (_, after) = leg.ferry.expect("a ferry");
    assert_eq!(arrives(Minutes::ZERO), Some(Minutes::hours(9) + after), "it waits for seven o'clock");
    assert_eq!(arrives(Minutes::hours(8)), Some(Minutes::hours(15) + after), "the first is missed");
    assert_eq!(arrives(Minutes::hours(14)), None, "none sails any more");
    assert_eq!(travel.arrives(PlaceNo(0), PlaceNo(4), Minutes::ZERO, false), None, "it may not board");
}

#[test]
fn a_closed_road_is_waited_for_and_a_flooded_place_is_cut_off() {
    let (places, mut roads) = coast();
    let closed = vec![Window::new(Minutes(30), Minutes(120))];
    roads.closures.push(Closure { from: PlaceNo(1), to: Some(PlaceNo(0)), closed });
    let travel = Travel::of(&places, &roads);
    assert_eq!(travel.arrives(PlaceNo(0), PlaceNo(1), Minutes(0), true), Some(Minutes(164)), "44 minutes do not fit");
    let whole = vec![Window::new(Minutes::ZERO, Minutes::NEVER)];
    roads.closures.push(Closure { from: PlaceNo(1), to: None, closed: whole });
    let travel = Travel::of(&places, &roads);
    assert_eq!(travel.arrives(PlaceNo(2), PlaceNo(1), Minutes(0), true), None);
    assert!(travel.arrives(PlaceNo(0), PlaceNo(2), Minutes(0), true).is_some());
}

#[test]
fn no_ferry_is_boarded_while_the_way_behind_it_is_closed() {
    let (places, mut roads) = coast();
    let hour = Minutes::hours;
    let closed = vec![Window::new(hour(5), hour(6)), Window::new(hour(8), hour(9))];
    roads.closures.push(Closure { from: PlaceNo(0), to: Some(PlaceNo(4)), closed });
    let travel = Travel::of(&places, &roads);
    let (_, after) = travel.leg(PlaceNo(0), PlaceNo(4)).expect("a way").ferry.expect("a ferry");
    let arrives = |ready| travel.arrives(PlaceNo(0), PlaceNo(4), ready, true);
    assert_eq!(arrives(Minutes::ZERO), Some(hour(15) + after), "on the pier in time, but the crossing meets the storm");
    assert_eq!(arrives(hour(5)), Some(hour(15) + after));
}

#[test]
fn a_place_without_coordinates_is_reached_by_the_table_alone() {
    let (places, mut roads) = coast();
    assert_eq!(Travel::of(&places, &roads).leg(PlaceNo(0), PlaceNo(5)), None);
    roads.measured.push(Measured { from: PlaceNo(5), to: PlaceNo(0), minutes: Minutes(25), metres: 12_000 });
    let travel = Travel::of(&places, &roads);
    assert_eq!(travel.arrives(PlaceNo(0), PlaceNo(5), Minutes::ZERO, false), Some(Minutes(25)), "both ways");
}

#[test]
fn the_same_ways_at_other_times_are_what_they_would_be_made_anew() {
    let (places, mut roads) = coast();
    let travel = Travel::of(&places, &roads);
    roads.ferries[0].sails.remove(0);
    let closed = vec![Window::new(Minutes(30), Minutes(120))];
    roads.closures.push(Closure { from: PlaceNo(1), to: None, closed });
    assert_eq!(travel.with(&roads), Travel::of(&places, &roads));
    roads.closures.clear();
    assert_eq!(travel.with(&roads), Travel::of(&places, &roads));
}
