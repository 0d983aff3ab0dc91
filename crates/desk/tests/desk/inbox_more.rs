//! More of the inbox and the desk's calls: a hospital's own sheet, who waits, what is shown once, closures of an area
//! (OX07, OX13, OX16, TR01).

use desk::IdempotencyKey;
use desk::alarms::records::ClosureWhy;
use desk::import::inbox_sheet::{SheetSays, Unread, read_sheet};
use desk::operations::alarm::close_supply::{CloseSupply, WithdrawClosure};
use desk::operations::alarm::set_display::SetDisplay;
use desk::operations::inbox::Channel;
use desk::operations::inbox::count_waiting::CountWaiting;
use desk::operations::inbox::issue_token::IssueToken;
use desk::operations::inbox::receive_message::{NewAttachment, ReceiveMessage, send};
use desk::operations::phone::trust_phone::TrustPhone;
use desk::rights::Role;
use desk::views::inbox::message;
use desk::views::waiting::waiting;
use document::table::{Limits, read_table};
use oxygen::Census;
use oxygen::message::{Condition, Question, Said};
use quantity::{Span, Unit};

use crate::common::{Person, code_of, nothing, on_both_engines, wait_for};

const SHEET: &str = "BV Hải Âu báo cáo oxy ngày 22/11/2026\n\
    Bồn số,Mức bồn,ĐVT,Chai đầy,Số vỏ chai,Ghi chú thêm\n\
    Bồn số 1,900,kg,,,van mới thay\n\
    Chai 40 lít,,,12,30,\n\
    Bồn số 9,1,kg,,,không có bồn này\n";

fn read(person: &Person<'_>, csv: &str, meant: Option<place::FacilityId>) -> Option<SheetSays> {
    let table = read_table(csv.as_bytes(), "bv.csv", &Limits::UPLOAD, &|| false).unwrap();
    let says = person.world.office.look_blocking(|office, connection| {
        let registry = office.registry(connection, person.world.province)?;
        read_sheet(&registry, &person.actor, &table, office.now(connection)?, meant)
    });
    says.unwrap()
}

/// OX07: each row becomes a proposal of its store; unknown columns and rows are told, and nothing is recorded.
#[test]
fn a_hospitals_sheet_is_read_by_its_headers() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).with_cylinders(40.0, 60).register();
        let other = world.facility("BV Cửa Sông").with_tank(3_000).register();
        let duty = world.desk();
        let says = read(&duty, SHEET, None).expect("has a header");
        assert_eq!(says.proposal.facility.as_ref().map(|found| found.value), Some(place.id), "named above the table");
        let figures: Vec<_> =
            says.proposal.figures.iter().map(|figure| (&figure.said, &says.text[figure.place.clone()])).collect();
        let [(Said::Level { store, unit, .. }, words), full, empty] = &figures[..] else { panic!("{figures:?}") };
        assert_eq!((*store, *unit, *words), (Some(place.store(0)), Unit::Kilogram, "900 kg"));
        let cylinders = |condition, count| Said::Cylinders { store: Some(place.store(1)), condition, count };
        assert_eq!(*full, (&cylinders(Condition::Full, 12), "12 đầy"));
        assert_eq!(*empty, (&cylinders(Condition::Empty, 30), "30 vỏ"));
        assert_eq!(says.unread, [Unread::Column("Ghi chú thêm".into()), Unread::Row(5)]);
        assert!(read(&duty, "a,b\n1,2\n", None).is_none(), "no header that is known");
        let two = "Cơ sở,Trị số,Đơn vị\nBV Hải Âu,900,kg\nBV Cửa Sông,800,kg\n";
        let both = read(&duty, two, None).unwrap();
        assert!(
            matches!(both.proposal.questions[..], [Question::SeveralFacilities { .. }])
                && both.proposal.figures.is_empty()
        );
        let chosen = read(&duty, two, Some(other.id)).unwrap();
        assert_eq!((chosen.proposal.figures.len(), &chosen.unread[..]), (1, &[Unread::Row(2)][..]));
        let too_much = read(&duty, "Cơ sở,Trị số,Đơn vị\nBV Hải Âu – x,9,kg\n", Some(other.id)).unwrap();
        assert_eq!(too_much.proposal.figures.len(), 1, "a name of nobody leaves the row to who was chosen");

        let bytes = two.as_bytes().to_vec();
        let file = NewAttachment {
            media_type: "text/csv".into(),
            name: "hai-bv.csv".into(),
            digest: store::sha256(&bytes),
            bytes,
        };
        let sent = ReceiveMessage {
            key: IdempotencyKey::new("mot-bang-tinh"),
            channel: Channel::File,
            text: both.text.clone(),
            attachment: Some(file),
            sender: None,
            facility: None,
        };
        let office = &world.office;
        let first = wait_for(send(office, duty.actor.clone(), sent.clone(), Some(both.clone()))).unwrap();
        let second = wait_for(send(office, duty.actor.clone(), sent, Some(both))).unwrap();
        assert!(!first.replayed && second.replayed, "sent twice, kept once");
        let id = first.done.message;
        let again =
            office.look_blocking(|office, connection| message(office, connection, &duty.actor, id, Some(other.id)));
        let content = again.unwrap().message.content;
        assert!(
            matches!(&content.proposal.figures[..], [one] if matches!(one.said, Said::Level { store, .. } if store == Some(other.store(0))))
        );
        assert_eq!(content.attachment.unwrap().unread, [Unread::Row(2)]);
        world.assert_well();
    });
}

fn call(facility: Option<place::FacilityId>, for_bed: Option<u32>, for_oxygen: Option<u32>) -> CountWaiting {
    CountWaiting { key: None, facility, for_bed, for_oxygen, said_by: "ĐD trưởng".into() }
}

/// OX07, TR01: who waits is noted from a call without a reading; «chưa hỏi» stays apart from 0; the newer word counts.
#[test]
fn who_waits_is_noted_from_calls() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let asked = world.facility("BV Cửa Sông").with_tank(3_000).register();
        let never = world.facility("BV Núi Sam").with_tank(3_000).register();
        let duty = world.desk();
        let now = |person: &Person<'_>| {
            world.office.look_blocking(|office, connection| waiting(office, connection, &person.actor)).unwrap()
        };
        assert_eq!((now(&duty).people(), now(&duty).asked()), (0, 0));
        let census = Census { mask: 4, waiting: Some(7), ..Census::default() };
        world
            .officer_of(&place)
            .files(&place, desk::operations::file_report::Told { patients: Some(census), ..nothing() })
            .unwrap();
        world.pass(Span::hours(1));
        assert_eq!(code_of(duty.does(call(Some(place.id), None, None))), "INB-050");
        assert_eq!(code_of(duty.does(CountWaiting { said_by: " ".into(), ..call(None, Some(1), None) })), "INB-051");
        duty.does(call(Some(place.id), Some(2), Some(3))).unwrap();
        duty.does(call(Some(asked.id), Some(0), None)).unwrap();
        duty.does(call(None, None, Some(4))).unwrap();
        let found = now(&duty);
        assert_eq!((found.people(), found.asked()), (9, 2), "five by the newer call, none, four at the desk");
        let line = |id| found.lines.iter().find(|line| line.facility == id).unwrap().told.clone();
        assert_eq!(
            line(asked.id).map(|told| (told.people, told.for_oxygen)),
            Some((0, None)),
            "0 was said, oxygen not asked"
        );
        assert!(line(never.id).is_none());
        let officer = world.officer_of(&place);
        assert_eq!((now(&officer).people(), now(&officer).lines.len()), (5, 1), "his own, not the desk's");
        assert!(officer.does(call(Some(place.id), Some(1), None)).is_err(), "he reports it with his patients");
        world.assert_well();
    });
}

/// What is shown once is made once: a second press changes nothing and says so.
#[test]
fn a_secret_is_made_once() {
    on_both_engines(|world| {
        let key = || IdempotencyKey::new("bam-hai-lan-01");
        let administrator = world.a(Role::Administrator);
        let issue = || IssueToken { key: key(), name: "Cổng SMS".into(), role: Role::Gateway, facility: None };
        let twice = |person: &Person<'_>| {
            let press = || world.office.perform_blocking(person.actor.clone(), issue()).unwrap();
            (press(), press())
        };
        let (first, second) = twice(&administrator);
        assert!(!first.replayed && second.replayed && first.done == second.done);
        let display = |digest: &str| SetDisplay { key: key(), label: "Phòng trực".into(), digest: digest.into() };
        let duty = world.desk();
        let one = world.office.perform_blocking(duty.actor.clone(), display("aa")).unwrap();
        let two = world.office.perform_blocking(duty.actor.clone(), display("bb")).unwrap();
        assert!(two.replayed && one.done == two.done, "another secret is no other wish");
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let trust = |digest: &str| TrustPhone {
            key: key(),
            label: "Android".into(),
            secret_digest: digest.into(),
            pin_hash: "x".into(),
            instead_of: None,
        };
        let one = world.office.perform_blocking(officer.actor.clone(), trust("cc")).unwrap();
        let two = world.office.perform_blocking(officer.actor.clone(), trust("dd")).unwrap();
        assert!(two.replayed && one.done == two.done);
    });
}

/// OX16: the desk of an area closes its own area and takes it back, and nobody else's.
#[test]
fn a_desk_of_an_area_keeps_its_own_closures() {
    on_both_engines(|world| {
        let (own, far) = (world.commune("91", 0), world.commune("91", 1));
        world.facility("BV Hải Âu").with_tank(3_000).register();
        let local = world.a_local(Role::DutyOfficer, own);
        let close = |area| CloseSupply {
            key: None,
            facility: None,
            area,
            from: world.now(),
            to: world.now() + Span::hours(6),
            why: ClosureWhy::Road,
            note: "ngập".into(),
        };
        assert!(local.does(close(Some(far))).is_err() && local.does(close(None)).is_err());
        let kept = local.does(close(Some(own))).unwrap();
        let whole = world.desk().does(close(None)).unwrap();
        let page = |person: &Person<'_>| {
            let look = |office: &desk::Office, connection: &mut store::Connection| {
                desk::views::refills::refills(office, connection, &person.actor)
            };
            world.office.look_blocking(look)
        };
        let areas = page(&world.desk()).unwrap().areas;
        assert_eq!(areas.iter().map(|(code, _)| *code).collect::<Vec<_>>(), [own], "where facilities lie");
        let withdraw = |closure| WithdrawClosure { key: None, closure };
        assert!(local.does(withdraw(whole)).is_err(), "the province's is not his");
        local.does(withdraw(kept)).unwrap();
        world.assert_well();
    });
}
