//! Inspections, works, the set-up plan, beds.

use desk::means::{SiteState, SiteStep, Vessel};
use desk::operations::chain::count_beds::CountBeds;
use desk::operations::chain::move_site::MoveSite;
use desk::operations::chain::plan_work::PlanWork;
use desk::operations::chain::record_vessel::RecordVessel;
use desk::views::means::{BedSource, Inspection, beds, facility_beds, inspections, plan_by_tier, sites, works};
use jiff::civil::date;
use quantity::Span;

use super::rights::{count, site, vessel, work};
use crate::common::{code_of, on_both_engines};

/// OX10: the inspection that is overdue stands first, one that nobody knows before one that is far.
#[test]
fn inspections_worst_first() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let write = |content: Vessel| officer.does(RecordVessel { key: None, vessel: None, content });
        let with = |serial: &str, next| Vessel { next_inspection: next, ..vessel(&place, serial) };
        write(with("xa", Some(date(2028, 1, 1)))).unwrap();
        write(with("gần", Some(date(2026, 12, 10)))).unwrap();
        write(with("chưa rõ", None)).unwrap();
        let overdue = write(with("quá hạn", Some(date(2026, 10, 1)))).unwrap();
        let listed = world.office.look_blocking(|office, c| inspections(office, c, &world.desk().actor)).unwrap();
        let (found, norms) = listed;
        let told: Vec<_> = found.rows.iter().map(|(kept, _)| kept.content.serial.as_str()).collect();
        assert_eq!(told, ["quá hạn", "chưa rõ", "gần", "xa"]);
        let state = |place: usize| Inspection::of(&found.rows[place].0.content, found.at.date(), norms.inspection_near);
        assert_eq!([state(0), state(2), state(3)], [Inspection::Overdue, Inspection::Near, Inspection::Fine]);
        assert_eq!(code_of(write(with("XA", None))), "CHN-016", "the number is that of another tank");
        let reversed = Vessel { inspected_on: Some(date(2026, 11, 1)), ..with("mới", Some(date(2026, 10, 1))) };
        assert_eq!(code_of(write(reversed)), "CHN-017");
        let inspected =
            Vessel { inspected_on: Some(date(2026, 11, 20)), ..with("quá hạn", Some(date(2029, 11, 20))) };
        officer.does(RecordVessel { key: None, vessel: Some(overdue), content: inspected }).unwrap();
        let (found, _) = world.office.look_blocking(|office, c| inspections(office, c, &world.desk().actor)).unwrap();
        assert_eq!(found.rows[0].0.content.serial, "chưa rõ");
        world.assert_well();
    });
}

/// OX05: a work with its cost, day and how much of it is done; done ones go to the end.
#[test]
fn works_by_their_day() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let first = officer.does(PlanWork { key: None, work: None, content: work(&place, 40) }).unwrap();
        let soon =
            desk::means::Work { item: "Lắp giàn hóa hơi".into(), due: date(2026, 11, 30), ..work(&place, 10) };
        officer.does(PlanWork { key: None, work: None, content: soon }).unwrap();
        let listed = || world.office.look_blocking(|office, c| works(office, c, &world.desk().actor)).unwrap();
        let items = || listed().rows.iter().map(|(kept, _)| kept.content.item.clone()).collect::<Vec<_>>();
        assert_eq!(items(), ["Lắp giàn hóa hơi", "Thay ống đồng trục chính"]);
        officer.does(PlanWork { key: None, work: Some(first), content: work(&place, 100) }).unwrap();
        assert_eq!(listed().rows[1].0.version, 2);
        let wrong = |content| code_of(officer.does(PlanWork { key: None, work: None, content }));
        assert_eq!(wrong(work(&place, 101)), "CHN-014");
        assert_eq!(wrong(desk::means::Work { cost: Some(-5), ..work(&place, 1) }), "CHN-015");
        assert_eq!(wrong(desk::means::Work { item: String::new(), ..work(&place, 1) }), "CHN-010");
        assert_eq!(wrong(desk::means::Work { percent_on: date(2026, 12, 1), ..work(&place, 1) }), "CHN-012");
        world.assert_well();
    });
}

/// OX06, TR03: planned against open by tier, each step with its day, and closed sites in neither sum.
#[test]
fn a_site_is_planned_ready_open_and_closed() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let desk = world.desk();
        let planned = desk.does(site(Some(&place))).unwrap();
        let open = desk.does(site(None)).unwrap();
        let step = |state, day, reason: Option<&str>| SiteStep {
            state,
            on: date(2026, 11, day),
            reason: reason.map(Into::into),
        };
        let moves = |step| desk.does(MoveSite { key: None, site: open, step });
        world.pass(Span::days(2));
        moves(step(SiteState::Ready, 22, None)).unwrap();
        moves(step(SiteState::Open, 23, Some("QĐ 12"))).unwrap();
        assert_eq!(code_of(moves(step(SiteState::Planned, 24, None))), "CHN-018");
        assert_eq!(code_of(moves(step(SiteState::Closed, 22, Some("hết dịch")))), "CHN-022");
        assert_eq!(code_of(moves(step(SiteState::Closed, 24, None))), "CHN-019");
        let listed = || world.office.look_blocking(|office, c| sites(office, c, &desk.actor)).unwrap();
        let sum = plan_by_tier(&listed())[&1];
        assert_eq!(
            (sum.sites, sum.open, sum.beds, sum.open_beds, sum.oxygen_beds, sum.icu_beds),
            (2, 1, 240, 120, Some(120), Some(8))
        );
        assert_eq!(listed().rows[0].0.id, planned, "what waits stands first");
        moves(step(SiteState::Closed, 24, Some("hết dịch"))).unwrap();
        assert_eq!(plan_by_tier(&listed())[&1].sites, 1);
        let closed = listed().rows.pop().unwrap().0.content;
        let told: Vec<_> = closed.steps.iter().map(|step| (step.state.code(), step.on.day())).collect();
        assert_eq!(told, [("planned", 22), ("ready", 22), ("open", 23), ("closed", 24)]);
        let officer = world.officer_of(&place);
        let seen = world.office.look_blocking(|office, c| sites(office, c, &officer.actor)).unwrap();
        assert_eq!((seen.rows.len(), seen.whole), (1, false), "his own only");
        let wrong = desk::operations::chain::plan_site::PlanSite { beds: (10, Some(12), None), ..site(None) };
        assert_eq!(code_of(desk.does(wrong)), "PLA-032");
        world.assert_well();
    });
}

/// TR01, TR05: a count is newer than the register, which stays; every count is kept.
#[test]
fn beds_are_counted() {
    on_both_engines(|world| {
        let mut described = world.facility("BV Hải Âu").with_tank(3_000);
        described.beds = place::body::Beds { planned: Some(80), open: Some(54), oxygen: Some(41), icu: None };
        let place = described.register();
        let officer = world.officer_of(&place);
        let line = || {
            let by_tier = world.office.look_blocking(|office, c| beds(office, c, &officer.actor)).unwrap();
            by_tier.tiers[&2][0].clone()
        };
        assert_eq!(line().beds(|beds| beds.open), Some((54, BedSource::Register)));
        officer.does(CountBeds { key: None, content: count(&place, 60) }).unwrap();
        assert_eq!(line().beds(|beds| beds.open), Some((60, BedSource::Counted)));
        assert_eq!(line().beds(|beds| beds.planned), Some((80, BedSource::Register)));
        assert_eq!(line().count.unwrap().intensive.nurses, None, "nobody counted them");
        world.pass(Span::hours(8));
        officer.does(CountBeds { key: None, content: count(&place, 62) }).unwrap();
        let (_, _, counts, may_write) =
            world.office.look_blocking(|office, c| facility_beds(office, c, &officer.actor, place.id)).unwrap();
        let open: Vec<_> = counts.iter().map(|kept| kept.content.beds.open).collect();
        assert_eq!((open, may_write), (vec![Some(62), Some(60)], true));
        let wrong = |content| code_of(officer.does(CountBeds { key: None, content }));
        let older = desk::means::BedCount { counted_at: world.now() - Span::days(1), ..count(&place, 1) };
        assert_eq!(
            wrong(desk::means::BedCount { beds: place::body::Beds { open: Some(60), ..older.beds }, ..older }),
            "CHN-022"
        );
        assert_eq!(wrong(desk::means::BedCount { occupied_icu: Some(50), ..count(&place, 60) }), "CHN-014");
        assert_eq!(
            wrong(desk::means::BedCount { counted_at: world.now() + Span::days(2), ..count(&place, 60) }),
            "OXY-016"
        );
        let nothing = desk::means::BedCount {
            beds: place::body::Beds::default(),
            occupied: None,
            occupied_icu: None,
            intensive: desk::means::Intensive::default(),
            ..count(&place, 1)
        };
        assert_eq!(wrong(nothing), "CHN-010");
        world.assert_well();
    });
}
