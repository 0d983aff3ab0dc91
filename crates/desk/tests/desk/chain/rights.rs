//! Who writes what: the officer of a facility his own, the desk all; others nothing.

use desk::means::{BedCount, Intensive, Site, SiteState, SiteStep, Vessel, VesselKind, Work};
use desk::operations::chain::chart_gauge::ChartGauge;
use desk::operations::chain::count_beds::CountBeds;
use desk::operations::chain::move_site::MoveSite;
use desk::operations::chain::plan_site::PlanSite;
use desk::operations::chain::plan_work::PlanWork;
use desk::operations::chain::record_vessel::RecordVessel;
use desk::operations::chain::retire_link::RetireLink;
use desk::record::RecordId;
use desk::rights::{Capability, Role};
use desk::views::chain::chain;
use desk::views::means;
use desk::{Failure, Outcome};
use jiff::civil::date;
use oxygen::GaugeChart;
use oxygen::chain::Rated;
use place::body::Beds;
use quantity::{Grams, Unit};

use super::{link, pipe};
use crate::common::{Person, Place, on_both_engines};

pub(super) fn vessel(place: &Place<'_>, serial: &str) -> Vessel {
    Vessel {
        facility: place.id,
        store: None,
        kind: VesselKind::Tank,
        serial: serial.into(),
        volume_litres: Some(9_000.0),
        pressure_bar: Some(16.0),
        owner: None,
        others_may_fill: None,
        inspected_on: Some(date(2025, 3, 1)),
        next_inspection: Some(date(2028, 3, 1)),
        purity_percent: None,
        purity_on: None,
        running_hours: None,
        gone: None,
    }
}

pub(super) fn work(place: &Place<'_>, percent: u32) -> Work {
    Work {
        facility: place.id,
        item: "Thay ống đồng trục chính".into(),
        cost: Some(850_000_000),
        funding: Some("ngân sách tỉnh".into()),
        due: date(2026, 12, 20),
        percent,
        percent_on: date(2026, 11, 20),
        before: None,
        after: None,
        dropped: None,
    }
}

pub(super) fn site(place: Option<&Place<'_>>) -> PlanSite {
    PlanSite {
        key: None,
        name: "Điểm thu dung số 2".into(),
        facility: place.map(|place| place.id),
        tier: Some(1),
        beds: (120, Some(60), Some(4)),
        basis: None,
        planned_on: date(2026, 11, 25),
    }
}

pub(super) fn count(place: &Place<'_>, open: u32) -> BedCount {
    BedCount {
        facility: place.id,
        counted_at: place.world.now(),
        told_by: None,
        beds: Beds { planned: None, open: Some(open), oxygen: Some(30), icu: Some(8) },
        occupied: Some(44),
        occupied_icu: Some(7),
        intensive: Intensive { ventilators: Some(6), hfnc: Some(5), ecmo: Some(0), doctors: Some(4), nurses: None },
    }
}

fn tries(
    person: &Person<'_>,
    place: &Place<'_>,
    at: &RecordId<Site>,
    gone: RecordId<desk::means::Link>,
) -> Vec<Outcome<()>> {
    let chart = GaugeChart::proportional(Unit::Percent, 100.0, Grams::from_kg(3_000)).unwrap();
    let gauge = ChartGauge {
        key: None,
        facility: place.id,
        store: place.store(0),
        valid_from: date(2026, 11, 20),
        chart,
        source: "bảng của hãng".into(),
    };
    let step = SiteStep { state: SiteState::Ready, on: date(2026, 11, 22), reason: None };
    vec![
        person.does(link(place, "Ống", pipe(Rated::default()))).map(drop),
        person.does(RetireLink { key: None, link: gone, reason: "hỏng".into() }),
        person.does(gauge).map(drop),
        person
            .does(RecordVessel { key: None, vessel: None, content: vessel(place, &place.world.id().to_string()) })
            .map(drop),
        person.does(PlanWork { key: None, work: None, content: work(place, 10) }).map(drop),
        person.does(site(Some(place))).map(drop),
        person.does(MoveSite { key: None, site: *at, step }),
        person.does(CountBeds { key: None, content: count(place, 60) }).map(drop),
    ]
}

#[test]
fn the_officer_writes_his_own_and_the_desk_all() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let other = world.facility("BV Sao Biển").with_tank(3_000).register();
        let elsewhere = world.found("92");
        let prepared = || {
            let at = world.desk().does(site(Some(&place))).unwrap();
            (at, world.desk().does(link(&place, "Ống cũ", pipe(Rated::default()))).unwrap())
        };
        for person in [world.officer_of(&place), world.desk()] {
            let (at, gone) = prepared();
            assert!(tries(&person, &place, &at, gone).iter().all(Result::is_ok), "{}", person.actor.display_name);
        }
        let (at, gone) = prepared();
        for role in [Role::Observer, Role::Leader, Role::Administrator] {
            let person = world.a(role);
            let before = world.operations();
            for outcome in tries(&person, &place, &at, gone) {
                let forbidden = matches!(outcome, Err(Failure::Forbidden(Capability::KeepInstallations)));
                assert!(forbidden, "{}: {outcome:?}", role.code());
            }
            assert_eq!(world.operations(), before);
        }
        for person in [world.officer_of(&other), world.a_stranger(Role::DutyOfficer, elsewhere)] {
            for outcome in tries(&person, &place, &at, gone) {
                assert!(matches!(outcome, Err(Failure::NotFound)), "{}: {outcome:?}", person.actor.display_name);
            }
            let seen = world.office.look_blocking(|office, c| chain(office, c, &person.actor, place.id));
            assert!(matches!(seen.map(drop), Err(Failure::NotFound)));
            let listed = |person: &Person<'_>| {
                world
                    .office
                    .look_blocking(|office, c| {
                        let inspected = means::inspections(office, c, &person.actor)?.0.rows.len();
                        let works = means::works(office, c, &person.actor)?.rows.len();
                        Ok((inspected, works, means::sites(office, c, &person.actor)?.rows.len()))
                    })
                    .unwrap()
            };
            assert_eq!(listed(&person), (0, 0, 0));
        }
        // A site that is no facility's belongs to the whole province.
        assert!(matches!(world.officer_of(&place).does(site(None)), Err(Failure::NotFound)));
        world.desk().does(site(None)).unwrap();
        world.assert_well();
    });
}
