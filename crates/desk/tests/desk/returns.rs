//! The returns of the provinces at the ministry (OX19): taken in once, replaced with a reason, late and missing told.

use desk::operations::papers::take_return::{TakeReturn, Taken};
use desk::papers::returned::Return;
use desk::rights::Role;
use desk::views::daily_sheet::layout;
use desk::views::national::{Received, read, received, sum_file};
use desk::views::papers::Format;
use desk::{IdempotencyKey, Outcome};
use jiff::civil::{Date, date};
use place::ProvinceId;
use quantity::Span;

use crate::common::{Person, World, code_of, on_both_engines};

const YESTERDAY: Date = date(2026, 11, 21);

fn told(province: &str, day: Date, beds: i64) -> Return {
    let layout = layout().unwrap();
    let text = format!(
        r#"{{"layout":"{}","layout_version":"{}","province_name":"{province}","day":"{day}",
        "rows":[{{"facility":"BV A","oxygen_beds":{beds}}},{{"facility":"BV B","oxygen_beds":null}}]}}"#,
        layout.key, layout.version
    );
    read("tinh.json", text.as_bytes()).unwrap()
}

fn take(told: Return, reason: &str) -> TakeReturn {
    TakeReturn { key: None, file_name: "tinh.json".into(), told, reason: reason.into() }
}

fn ministry(world: &World) -> Person<'_> {
    world.a_stranger(Role::MinistryObserver, ProvinceId::NATION)
}

fn page(who: &Person<'_>, day: Date) -> Outcome<Received> {
    let actor = who.actor.clone();
    who.world.office.look_blocking(|office, connection| received(office, connection, &actor, Some(day)))
}

#[test]
fn a_return_is_taken_once_and_replaced_with_a_reason() {
    on_both_engines(|world| {
        let ministry = ministry(world);
        let first = ministry.does(take(told("An Giang", YESTERDAY, 40), "")).unwrap();
        let name = first.province.clone();
        assert_eq!((name.as_str(), first.issue, first.known), ("Tỉnh An Giang", 1, false));
        let again = ministry.does(take(told("Tỉnh An Giang", YESTERDAY, 40), ""));
        assert_eq!(code_of(again), "PAP-015", "it names the province otherwise: another text");
        let again = ministry.does(take(told("An Giang", YESTERDAY, 40), "")).unwrap();
        assert_eq!(again, Taken { province: name.clone(), issue: 1, known: true }, "the same twice changes nothing");
        assert_eq!(code_of(ministry.does(take(told("An Giang", YESTERDAY, 55), " "))), "PAP-015");
        let second = ministry.does(take(told("An Giang", YESTERDAY, 55), "sót một cơ sở")).unwrap();
        assert_eq!(second.issue, 2);
        let found = page(&ministry, YESTERDAY).unwrap();
        assert_eq!((found.sum.expected, found.sum.provinces.len(), found.sum.missing.len()), (34, 1, 33));
        assert_eq!(found.sum.totals["oxygen_beds"].sum, 55.0);
        assert_eq!((found.sum.totals["oxygen_beds"].known, found.sum.totals["oxygen_beds"].unknown), (1, 1));
        let kept = found.provinces.iter().find_map(|(_, kept)| kept.as_ref()).unwrap();
        assert_eq!((kept.version, kept.content.earlier.len()), (2, 1));
        assert_eq!(kept.content.taken.reason.as_deref(), Some("sót một cơ sở"));
        assert!(!kept.content.is_late() && found.sum.after_due.is_empty());
        for (format, begins) in
            [(Format::Xlsx, &b"PK"[..]), (Format::Docx, b"PK"), (Format::Pdf, b"%PDF"), (Format::Json, b"{")]
        {
            assert!(sum_file(&found.sum, format, found.now).unwrap().starts_with(begins));
        }
        world.assert_well();
    });
}

/// 63 provinces before 1/7/2025, 34 since; a return of another day is another day's.
#[test]
fn the_provinces_are_those_of_the_day_and_who_comes_late_is_told() {
    on_both_engines(|world| {
        let ministry = ministry(world);
        let old = date(2021, 12, 4);
        ministry.does(take(told("Kiên Giang", old, 10), "")).unwrap();
        assert_eq!(code_of(ministry.does(take(told("Kiên Giang", YESTERDAY, 10), ""))), "PAP-012", "it is no more");
        assert_eq!(code_of(ministry.does(take(told("An Giang", date(2026, 11, 23), 10), ""))), "PAP-016");
        let found = page(&ministry, old).unwrap();
        assert_eq!((found.sum.expected, found.sum.provinces.len()), (63, 1));
        assert_eq!(found.sum.after_due, ["Tỉnh Kiên Giang"], "five years after it was due");
        assert_eq!(page(&ministry, YESTERDAY).unwrap().sum.provinces.len(), 0);
        world.pass(Span::days(1));
        let late = ministry.does(take(told("Cà Mau", date(2026, 11, 21), 3), "")).unwrap();
        assert!(!late.known);
        assert_eq!(page(&ministry, YESTERDAY).unwrap().sum.after_due, ["Tỉnh Cà Mau"]);
    });
}

#[test]
fn only_the_ministry_takes_returns_in() {
    on_both_engines(|world| {
        for role in [Role::Leader, Role::DutyOfficer, Role::Administrator] {
            let someone = world.a(role);
            assert_eq!(code_of(someone.does(take(told("An Giang", YESTERDAY, 1), ""))), "DSK-002");
            assert_eq!(code_of(page(&someone, YESTERDAY)), "DSK-002");
        }
        let program = world.program().does(take(told("An Giang", YESTERDAY, 1), ""));
        assert_eq!(code_of(program), "DSK-001", "the right alone is not enough: a province is not the nation");
        let key = IdempotencyKey::new("nhan-an-giang").unwrap();
        let once = || TakeReturn { key: Some(key.clone()), ..take(told("An Giang", YESTERDAY, 1), "") };
        let ministry = ministry(world);
        let first = ministry.does(once()).unwrap();
        assert_eq!(ministry.does(once()).unwrap(), first, "pressed twice");
    });
}
