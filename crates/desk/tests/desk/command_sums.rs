//! The ministry's page and the outlines of the map (OX19) on both engines.

use desk::Failure;
use desk::operations::command::import_boundaries::{ImportBoundaries, choose};
use desk::rights::Role;
use desk::views::command as seen;
use desk::views::running_out::Past;
use jiff::civil::date;
use place::ProvinceId;
use quantity::Span;

use crate::command::{TODAY, founding, head, look};
use crate::common::{Scratch, World, code_of, on_both_engines, says};

/// OX19: the ministry sees sums of all posts, of nobody else anything, and nobody else sees them.
#[test]
fn the_ministry_sees_sums_and_only_the_ministry() {
    on_both_engines(|world| {
        let place = world.facility("BV An").with_tank(3_000).register();
        world.officer_of(&place).files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        let elsewhere = world.found("92");
        world.facility_in(elsewhere, "92", "BV Bình").with_tank(3_000).register();
        world.desk().does(founding()).unwrap();
        world.desk().does(head(true, "")).unwrap();
        let ministry = world.a_stranger(Role::MinistryObserver, ProvinceId::NATION);
        world.pass(Span::seconds(1));
        let nation = look(&ministry, seen::nation::nation).unwrap();
        assert_eq!(nation.lines.len(), 34);
        assert_eq!(nation.lines.iter().filter(|line| line.sum.is_some()).count(), 2);
        let of = |name: &str| nation.lines.iter().find(|line| line.name.contains(name)).unwrap().sum.clone().unwrap();
        let own = of("An Giang");
        assert_eq!((own.unit_founded, own.has_head), (Some(date(2026, 11, 9)), true));
        assert_eq!((own.heard_today, own.facilities, own.never_told), (1, 1, 1));
        assert_eq!(own.stock, Some(quantity::Grams::from_kg(2_000)));
        assert_eq!((own.patients, own.plan_complete), (None, false), "unknown is not zero");
        let other = of("Cần Thơ");
        assert_eq!((other.stock, other.cover, other.never_read), (None, None, 1));

        world.officer_of(&place).files(&place, says(place.store(0), "1.900 kg", None)).unwrap();
        let again = look(&ministry, seen::nation::nation).unwrap();
        let stock = |nation: &seen::nation::Nation| {
            nation.lines.iter().find_map(|line| line.sum.as_ref().and_then(|sum| sum.stock))
        };
        assert!(stock(&again).is_some());
        assert!(look(&ministry, |o, c, a| desk::views::running_out::running_out(o, c, a, Past::default())).is_err());
        let provincial = world.a(Role::MinistryObserver);
        assert!(matches!(look(&provincial, seen::nation::nation), Err(Failure::NotFound)), "of one province only");
        assert!(matches!(look(&world.a(Role::Leader), seen::nation::nation), Err(Failure::Forbidden(_))));
    });
}

/// Outlines: those of other provinces are left out and counted; without any of ours the file is refused.
#[test]
fn outlines_of_the_province_are_kept_and_drawn() {
    on_both_engines(|world| {
        let desk = world.desk();
        let square = "[[[105.0,10.0],[105.2,10.0],[105.2,10.2],[105.0,10.0]]]";
        let feature = |code: &str| {
            format!(
                r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon","coordinates":{square}}}}}"#
            )
        };
        let file = |codes: &[&str]| {
            let features: Vec<String> = codes.iter().map(|code| feature(code)).collect();
            let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
            place::boundary::parse(&text, None).unwrap()
        };
        let registry = look(&desk, |office, connection, actor| office.registry(connection, actor.province)).unwrap();
        let chosen = |codes: &[&str]| choose(&registry, TODAY, file(codes), "tinh.geojson", "");
        assert_eq!(code_of(chosen(&["01", "92"])), "CMD-045");
        let (shapes, about) = chosen(&["91", "92", "01"]).unwrap();
        assert_eq!((about.layer.as_str(), about.areas, about.left_out), ("province", 1, 2));
        assert!(look(&desk, seen::map::map).unwrap().shapes.is_empty(), "a map without outlines is a map");
        desk.does(ImportBoundaries { key: None, shapes: shapes.clone(), about }).unwrap();
        let place = world.facility("BV An").with_tank(3_000).register();
        let map = look(&desk, seen::map::map).unwrap();
        assert_eq!(map.shapes, shapes);
        assert_eq!(map.routes.len(), 4, "An Giang has its islands");
        assert!(map.placed[0].at.is_some() && map.placed[0].facility == place.id);
        world.assert_well();
    });
}

/// OX19: 34 provinces of 45 facilities each. The page is asked again and again: what has not changed is not
/// summed anew. The bound is that of a debug build.
#[test]
fn the_nation_is_not_summed_anew_for_every_request() {
    let scratch = Scratch::of_each_engine().swap_remove(0);
    let world = World::bare(scratch);
    let areas = world.office.areas();
    let codes: Vec<String> = areas.level_on(place::Level::Province, TODAY).map(|area| area.code.to_string()).collect();
    for code in &codes {
        let province = world.found(code);
        for number in 0..45 {
            world.facility_in(province, code, &format!("Cơ sở {number}")).with_tank(3_000).register();
        }
    }
    let ministry = world.a_stranger(Role::MinistryObserver, ProvinceId::NATION);
    let ask = || {
        let began = std::time::Instant::now();
        let nation = look(&ministry, seen::nation::nation).unwrap();
        let facilities: usize =
            nation.lines.iter().filter_map(|line| line.sum.as_ref()).map(|sum| sum.facilities).sum();
        assert_eq!(facilities, 34 * 45);
        began.elapsed()
    };
    let first = ask();
    let kept = ask();
    world.pass(Span::seconds(11));
    let anew = ask();
    println!("first {first:?} with registers, kept {kept:?}, summed anew {anew:?}");
    assert!(kept < std::time::Duration::from_millis(100), "{kept:?}");
}
