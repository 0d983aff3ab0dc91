//! The registers of a synthetic province: real areas, invented names, somebody to call.

use std::collections::HashSet;

use oxygen::{Gauge, StoreKind};
use place::{AreaBook, Authority, CommandPost, Directory, Level, Ownership, Roster};
use simulate::{Chapter, Province};

use crate::common;

fn provinces() -> Vec<(Chapter, Province)> {
    Chapter::ALL.into_iter().map(|chapter| (chapter, common::scenario(chapter, 1).province().clone())).collect()
}

/// AC, OX11: every facility lies in an area that the day of the opening knows, inside the province.
#[test]
fn areas_are_real_on_the_day() {
    let book = AreaBook::shipped();
    for (chapter, province) in provinces() {
        let day = chapter.opening_day();
        let area = province.area.unwrap();
        assert_eq!(book.on(area, day).unwrap().short_name(), province.name);
        assert!(province.facilities.len() >= 20, "{chapter:?}");
        for known in &province.facilities {
            let lies_in = known.facility.body.area.unwrap();
            assert!(book.inside(lies_in, area, day), "{chapter:?}: {} in {lies_in}", known.facility.body.name);
        }
    }
    let (_, replay) = &provinces()[1];
    let districts: HashSet<_> = replay
        .facilities
        .iter()
        .filter_map(|known| known.facility.body.area)
        .filter(|code| code.level() == Level::District)
        .collect();
    assert_eq!(districts.len(), 15, "every district of the Kiên Giang of 2021 has a facility");
    let (_, drill) = &provinces()[0];
    assert!(drill.facilities.iter().all(|known| known.facility.body.area.unwrap().level() == Level::Commune));
}

/// Names are invented, unique and fit the screen; one has exactly the longest length that must fit.
#[test]
fn names_are_unique_and_fit() {
    for (chapter, province) in provinces() {
        let names: HashSet<&str> = province.bodies.iter().map(|body| body.name.as_str()).collect();
        assert_eq!(names.len(), province.bodies.len(), "{chapter:?}");
        let lengths: Vec<usize> = names.iter().map(|name| name.chars().count()).collect();
        assert_eq!(lengths.iter().max(), Some(&60), "{chapter:?}");
        let people: HashSet<&str> = province.posts.iter().map(|post| post.name.as_str()).collect();
        assert_eq!(people.len(), province.posts.len());
        let labels = province.facilities.iter().flat_map(|known| known.stores.iter().map(|store| store.id));
        assert_eq!(labels.clone().collect::<HashSet<_>>().len(), labels.count());
    }
}

/// DT04, OX11: the department orders its own and asks the others; everybody has somebody to call, on a
/// phone that does not exist.
#[test]
fn everybody_can_be_called() {
    let book = AreaBook::shipped();
    for (chapter, province) in provinces() {
        let (day, opening) = (chapter.opening_day(), chapter.opening());
        let command = CommandPost { id: province.id, area: province.area, valid_from: day, valid_to: None };
        let directory = Directory::new(&book, vec![command], province.bodies.clone());
        let roster = Roster::new(province.posts.clone(), province.absences.clone());
        for post in &province.posts {
            assert!(post.clone().check().is_ok());
            assert!(post.phone.as_ref().unwrap().starts_with("0297 000 0"));
        }
        let mut kinds = HashSet::new();
        for known in &province.facilities {
            let body = &known.facility.body;
            kinds.insert((body.ownership, body.level));
            assert!(known.facility.beds.check().is_ok(), "{}", body.name);
            assert_eq!(roster.gaps(body.id, opening), [], "{}", body.name);
            let authority = directory.authority(province.health_department, body.id, day).unwrap();
            assert_eq!(authority == Authority::Orders, body.ownership == Ownership::Public, "{}", body.name);
            assert!(province.suppliers.contains(&known.supplier));
        }
        assert!(kinds.iter().any(|(ownership, _)| *ownership == Ownership::Military), "{chapter:?}");
        assert!(kinds.len() >= 5, "{chapter:?}: {kinds:?}");
        assert!(province.facilities.iter().any(|known| known.island));
        assert!(province.suppliers.len() >= 4);
    }
}

/// OX04: every kind of store and gauge occurs; a charted gauge is read both ways to its end.
#[test]
fn installations_are_of_every_kind() {
    for (chapter, province) in provinces() {
        let stores: Vec<_> = province.facilities.iter().flat_map(|known| &known.stores).collect();
        for kind in StoreKind::ALL {
            assert!(stores.iter().any(|store| store.kind == kind), "{chapter:?} {kind:?}");
        }
        let units: HashSet<_> =
            stores.iter().filter(|store| store.kind == StoreKind::Tank).map(|store| store.usual_unit()).collect();
        assert_eq!(units.len(), 3, "mmH2O, % and kg");
        for store in stores {
            if let Gauge::Chart(chart) = &store.gauge {
                assert_eq!(chart.grams(chart.full_scale()), store.capacity);
            }
        }
    }
}
