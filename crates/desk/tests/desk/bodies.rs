//! Stores that do not work (OX04), the rest of a day's balance (OX07), officers who leave (OX11), and what a merged
//! facility leaves (OX16).

use desk::means::{Link, Working};
use desk::operations::add_account::AddAccount;
use desk::operations::alarm::set_refill_terms::SetRefillTerms;
use desk::operations::appoint::{Appoint, NoteAbsence};
use desk::operations::bodies::end_absence::EndAbsence;
use desk::operations::bodies::end_post::EndPost;
use desk::operations::bodies::set_condition::SetCondition;
use desk::operations::chain::record_link::RecordLink;
use desk::operations::close_day::CloseDay;
use desk::operations::merge_facility::MergeFacility;
use desk::rights::Role;
use desk::supply::Contract;
use desk::views::bodies::{Days, Merging, Staff, Stores, days, merging, staff, stores};
use desk::views::running_out::Past;
use desk::{Actor, Failure, record};
use oxygen::chain::{Part, Pipe};
use oxygen::{MovementKind, Source};
use place::body::{Absence, Post, PostKind, StaffingGap};
use place::{BodyId, PersonId};
use quantity::{Coded, Grams, Moment, Span, Unit};

use crate::common::{Person, Place, World, code_of, on_both_engines, says};
use crate::supply::{contract_of, keep, supplier_called};

fn stores_of(person: &Person<'_>, place: &Place<'_>) -> Stores {
    let looked =
        person.world.office.look_blocking(|office, connection| stores(office, connection, &person.actor, place.id));
    looked.expect("sees the stores")
}

fn staff_of(person: &Person<'_>, place: &Place<'_>) -> Staff {
    let looked =
        person.world.office.look_blocking(|office, connection| staff(office, connection, &person.actor, place.id));
    looked.expect("sees the people")
}

fn days_of(person: &Person<'_>, place: &Place<'_>) -> Days {
    let looked =
        person.world.office.look_blocking(|office, connection| days(office, connection, &person.actor, place.id, None));
    looked.expect("sees the days")
}

fn condition(place: &Place<'_>, working: Working, since: Option<Moment>, reason: &str) -> SetCondition {
    SetCondition { key: None, store: place.store(0), working, since, reason: reason.into(), told_by: None }
}

/// OX04: what stands in a broken tank cannot be drawn; it is shown, and the past stays.
#[test]
fn a_store_out_of_order_is_no_stock_until_it_works_again() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).with_cylinders(40.0, 20).register();
        let (officer, desk) = (world.officer_of(&place), world.desk());
        officer.files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        world.pass(Span::hours(1));
        assert_eq!(desk.line(&place).outlook.stock, Grams::from_kg(2_000));
        let before = world.now();
        world.pass(Span::minutes(5));

        assert_eq!(code_of(officer.does(condition(&place, Working::OutOfOrder, None, " "))), "STA-003");
        assert!(matches!(
            world.a(Role::Leader).does(condition(&place, Working::OutOfOrder, None, "van hỏng")),
            Err(Failure::Forbidden(_))
        ));
        let elsewhere = world.facility("BV Cửa Sông").with_tank(3_000).register();
        let stranger = world.officer_of(&elsewhere);
        assert!(matches!(
            stranger.does(condition(&place, Working::OutOfOrder, None, "van hỏng")),
            Err(Failure::NotFound)
        ));
        officer.does(condition(&place, Working::OutOfOrder, None, "van an toàn hỏng")).unwrap();
        world.pass(Span::seconds(2));
        assert_eq!(desk.line(&place).outlook.stock, Grams::ZERO);
        let line = stores_of(&officer, &place).lines[0].clone();
        assert_eq!(line.condition.unwrap().reason, "van an toàn hỏng");
        assert_eq!(line.latest.unwrap().grams, Grams::from_kg(2_000), "what it holds is still said");
        assert_eq!(
            code_of(officer.does(condition(&place, Working::InService, Some(before), ""))),
            "STA-004",
            "something newer was told"
        );
        let then = desk.list_of(Past { at: Some(before), known: None }).unwrap();
        let then = then.lines.iter().find(|line| line.facility == place.id).unwrap();
        assert_eq!(then.outlook.stock, Grams::from_kg(2_000), "the past stays");

        world.pass(Span::hours(2));
        officer.does(condition(&place, Working::InService, None, "")).unwrap();
        world.pass(Span::seconds(2));
        assert_eq!(desk.line(&place).outlook.stock, Grams::from_kg(2_000));
        world.assert_well();
    });
}

fn page(place: &Place<'_>, world: &World, closing: &str, lost: &str, reason: Option<&str>) -> CloseDay {
    CloseDay {
        key: None,
        store: place.store(0),
        happened_at: world.now(),
        opening: "1.000".into(),
        received: "0".into(),
        used: "600".into(),
        lost: lost.into(),
        opened_at: Some(world.now() - Span::hours(20)),
        reason: reason.map(str::to_owned),
        closing: closing.into(),
        gauge_unit: Unit::Kilogram,
        amount_unit: Unit::Kilogram,
        source: Source::Form,
        told_by: None,
    }
}

/// OX07: opening + in − used − lost = closing, what the book has already is not typed again, and the rest is named,
/// asked about, and booked with its reason.
#[test]
fn the_rest_of_a_day_is_named_and_kept_with_its_reason() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "1.000 kg", None)).unwrap();
        world.pass(Span::hours(6));
        officer
            .does(desk::operations::record_movement::RecordMovement {
                key: None,
                store: place.store(0),
                kind: MovementKind::Received,
                happened_at: world.now(),
                typed: quantity::Typed::measured(1_500.0, Unit::Kilogram),
                cylinders: None,
                counterpart: None,
                source: Source::Form,
            })
            .unwrap();
        world.pass(Span::hours(6));
        // 1.000 + 1.500 in the book − 600 − 50 = 1.850; the gauge says 1.500.
        let refused = officer.does(page(&place, world, "1.500", "50", None)).unwrap_err();
        assert_eq!(refused.code(), "OXY-020");
        let gap = refused.facts().into_iter().find(|(name, _)| *name == "gap").unwrap().1;
        assert_eq!(gap, Grams::from_kg(350).to_string());
        assert_eq!(code_of(officer.does(page(&place, world, "1.500", "-5", None))), "OXY-021");
        let late = CloseDay { opened_at: Some(world.now()), ..page(&place, world, "1.500", "50", None) };
        assert_eq!(code_of(officer.does(late)), "OXY-047");

        officer.does(page(&place, world, "1.500", "50", Some("van xả hé, đã đóng"))).unwrap();
        assert_eq!(place.latest(0), Some(Grams::from_kg(1_500)));
        let shown = days_of(&officer, &place);
        let day = &shown.day[0];
        assert_eq!(day.sum(&[MovementKind::Lost]), Grams::from_kg(50));
        assert_eq!(day.sum(&[MovementKind::Adjustment]), Grams::from_kg(350));
        let note = place.reports()[0].note.clone();
        assert_eq!(note.as_deref(), Some("van xả hé, đã đóng"));
        world.assert_well();
    });
}

/// OX11, bad input: a deputy who left.
#[test]
fn an_officer_who_left_is_called_no_more() {
    on_both_engines(|world| {
        let described = world
            .facility("BV Hải Âu")
            .with_tank(3_000)
            .with_post(PostKind::FocalOfficer, "DS. Mận", "0913 000 111")
            .with_post(PostKind::FocalDeputy, "ĐD. Bưởi", "0913 000 222");
        let officer = described.posts[0].person;
        let place = described.register();
        let (desk, body) = (world.desk(), BodyId::from(place.id));
        let shown = staff_of(&desk, &place);
        assert_eq!(shown.answers, Some(("DS. Mận".into(), Some("0913 000 111".into()), false)));
        assert_eq!((shown.posts.len(), shown.gaps.len()), (2, 0));

        let absence = Absence { person: officer, from: world.now(), to: Some(world.now() + Span::days(3)) };
        desk.does(NoteAbsence { body, absence }).unwrap();
        world.pass(Span::hours(1));
        let shown = staff_of(&desk, &place);
        assert_eq!(
            shown.answers.as_ref().map(|(name, _, stands_in)| (name.as_str(), *stands_in)),
            Some(("ĐD. Bưởi", true))
        );
        let deputy = shown.posts.iter().find(|line| line.kind == PostKind::FocalDeputy).unwrap().row.id;
        let end = |at| EndPost { key: None, appointment: deputy, at };
        assert_eq!(code_of(desk.does(end(Some(Moment::from_micros(0))))), "STA-002");
        assert!(matches!(world.officer_of(&place).does(end(None)), Err(Failure::Forbidden(_))));
        desk.does(end(None)).unwrap();
        assert_eq!(code_of(desk.does(end(Some(world.now() + Span::days(1))))), "STA-001");
        world.pass(Span::hours(1));
        let shown = staff_of(&desk, &place);
        assert_eq!(shown.answers, None, "the officer is away and the deputy has left");
        assert!(shown.gaps.contains(&StaffingGap::NoFocalDeputy) && shown.gaps.contains(&StaffingGap::NobodyPresent));
        assert_eq!(desk.line(&place).call, None);

        // He is back before his day, and a new deputy is appointed.
        let away = EndAbsence { key: None, body, absence: shown.absences[0].id, at: None };
        desk.does(away).unwrap();
        let post = Post {
            body,
            kind: PostKind::FocalDeputy,
            person: PersonId(world.id()),
            name: "ĐD. Me".into(),
            phone: Some("0913 000 333".into()),
            from: world.now(),
            to: None,
        };
        desk.does(Appoint { post }).unwrap();
        world.pass(Span::minutes(1));
        let shown = staff_of(&desk, &place);
        assert_eq!(shown.answers.map(|(name, ..)| name).as_deref(), Some("DS. Mận"));
        assert!(shown.gaps.is_empty());
    });
}

fn merge_view(person: &Person<'_>, from: &Place<'_>, into: &Place<'_>) -> Merging {
    let look = |office: &desk::Office, connection: &mut store::Connection| {
        merging(office, connection, &person.actor, from.id, Some(into.id))
    };
    person.world.office.look_blocking(look).expect("sees both")
}

/// OX16: contracts, accounts, refill terms and parts of the chain go on; the past shows them where they were.
#[test]
fn what_a_merged_facility_leaves_goes_on_and_its_past_stays() {
    on_both_engines(|world| {
        let small = world
            .facility("TTYT Cồn Én")
            .with_tank(3_000)
            .with_post(PostKind::FocalOfficer, "DS. Mận", "0913 000 111")
            .register();
        let large = world.facility("BV Hải Âu").with_tank(9_000).register();
        let desk = world.desk();
        let officer = world.officer_of(&small);
        officer.files(&small, says(small.store(0), "2.000 kg", None)).unwrap();
        let supplier = supplier_called(world, "Khí Sao Mai", 0);
        let bought = Contract { buyers: vec![small.id], joint_buyer: None, ..contract_of(supplier, "12/HĐ", 90_000) };
        let contract = desk.does(keep(bought)).unwrap();
        let terms = SetRefillTerms {
            key: None,
            facility: small.id,
            supplier: "Khí Sao Mai".into(),
            lead_hours: 5.0,
            station: String::new(),
            bans: String::new(),
            ferry: String::new(),
        };
        desk.does(terms).unwrap();
        let part = Part::Pipe(Pipe::default());
        desk.does(RecordLink { key: None, facility: small.id, name: "Ống chính".into(), part, told_by: None }).unwrap();
        desk.does(condition(&small, Working::UnderRepair, None, "thay van")).unwrap();
        world.pass(Span::hours(1));
        let before = world.now();
        world.pass(Span::minutes(1));

        let told = merge_view(&desk, &small, &large).heritage.unwrap().counted();
        let merged = desk.does(MergeFacility { key: None, facility: small.id, into: large.id }).unwrap();
        assert_eq!(merged.moved, told, "what was told is what was done");
        assert_eq!((told.contracts, told.accounts, told.terms, told.links), (1, 1, 1, 1));

        let (kept, then, links) = world
            .office
            .look_blocking(|_, connection| {
                let now = record::one(connection, world.province, contract)?.unwrap();
                let then = record::at::<Contract>(connection, world.province, before)?;
                Ok((now, then, record::of_owner::<Link>(connection, world.province, large.id.0, 9)?))
            })
            .unwrap();
        assert_eq!(kept.content.buyers, [large.id]);
        assert_eq!(then.iter().find(|kept| kept.id == contract).unwrap().content.buyers, [small.id]);
        assert_eq!(links[0].content.name, "Ống chính (TTYT Cồn Én)");
        // His account works for the successor now; his post has ended with the body.
        let login = officer.actor.display_name.split(' ').nth(1).unwrap().to_owned();
        let known = world.office.look_blocking(|_, connection| Ok(store::account::by_login(connection, &login)?));
        assert_eq!(Actor::of_account(&known.unwrap()[0]).own_facility(), Some(large.id));
        assert!(staff_of(&desk, &small).answers.is_none());
        // The tank under repair is under repair there too.
        assert_eq!(desk.line(&large).outlook.stock, Grams::ZERO);
        let again = AddAccount {
            login: "khac".into(),
            display_name: "Khác".into(),
            password_hash: "none".into(),
            roles: vec![Role::FocalOfficer],
            facility: Some(large.id),
            area: None,
        };
        world.a(Role::Administrator).does(again).unwrap();
        world.assert_well();
    });
}
