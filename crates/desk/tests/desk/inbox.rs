//! The inbox (OX07, OX13, TR01): messages that become reports, SMS, tokens, vehicles, on both engines.

use desk::operations::close_account::CloseAccount;
use desk::operations::command::mask_facility::MaskFacility;
use desk::operations::file_report::{Cylinders, Level, Told};
use desk::operations::inbox::confirm_message::ConfirmMessage;
use desk::operations::inbox::file_sms::FileSms;
use desk::operations::inbox::issue_token::IssueToken;
use desk::operations::inbox::receive_message::{LONGEST_TEXT, ReceiveMessage, Received};
use desk::operations::inbox::receive_sms::{ReceiveSms, SmsNext, SmsReceived};
use desk::operations::inbox::reject_message::RejectMessage;
use desk::operations::inbox::tell_position::TellPosition;
use desk::operations::inbox::{Channel, InboxMessage, MessageState};
use desk::record::{self, Kept, RecordId};
use desk::rights::{Capability, Role};
use desk::views::inbox::{inbox, message, positions, tokens};
use desk::{Actor, Failure, Outcome, door};
use oxygen::message::{Question, Said};
use oxygen::{Census, Source};
use place::body::{Ownership, PostKind};
use quantity::{Grams, Span, Unit};

use crate::common::{Person, Place, World, code_of, nothing, on_both_engines, says, wait_for};

fn zalo(text: &str) -> ReceiveMessage {
    ReceiveMessage {
        key: None,
        channel: Channel::Zalo,
        text: text.to_owned(),
        attachment: None,
        sender: None,
        facility: None,
    }
}

fn kept(world: &World, id: RecordId<InboxMessage>) -> Kept<InboxMessage> {
    let province = world.province;
    world.office.look_blocking(|_, connection| record::one(connection, province, id)).unwrap().unwrap()
}

fn confirm(person: &Person<'_>, place: &Place<'_>, received: Received, told: Told) -> Outcome<oxygen::ReportId> {
    let told = Told { told_by: Some("BS Lan".into()), ..told };
    let confirming = ConfirmMessage { key: None, message: received.message, facility: place.id, told };
    person.does(confirming).map(|filed| filed.report)
}

fn hai_au(world: &World) -> Place<'_> {
    let place = world.facility("BV Hải Âu").with_tank_in_percent(3_000).with_cylinders(40.0, 200);
    place.with_post(PostKind::FocalOfficer, "DS. Mận", "0913 000 111").register()
}

#[test]
fn a_pasted_text_becomes_a_report_and_each_remembers_the_other() {
    on_both_engines(|world| {
        let (place, desk) = (hai_au(world), world.desk());
        let received = desk.does(zalo("BV Hải Âu còn 45%, 120 chai đầy 30 vỏ. BS Lan")).unwrap();
        let waiting = kept(world, received.message);
        assert_eq!(waiting.content.facility, Some(place.id));
        assert_eq!(waiting.content.proposal.questions, []);
        let level = waiting.content.proposal.figures.iter().find_map(|figure| match &figure.said {
            Said::Level { store, amount, unit } => Some((*store, amount.text.clone(), *unit)),
            _ => None,
        });
        assert_eq!(level, Some((Some(place.store(0)), "45".to_owned(), Unit::Percent)));
        assert!(place.reports().is_empty(), "a proposal is no report");

        let told = Told {
            cylinders: vec![Cylinders { store: place.store(1), full: 120, part: 0, empty: 30, damaged: 0 }],
            ..says(place.store(0), "45", Some(Unit::Percent))
        };
        let report = confirm(&desk, &place, received, told).unwrap();
        assert_eq!(place.latest(0), Some(Grams::from_kg(1_350)));
        let line = place.reports().remove(0);
        assert_eq!((line.id, line.told_by.as_deref()), (report, Some("BS Lan")));
        assert_eq!(line.source, Source::PastedMessage.code());
        let settled = kept(world, received.message);
        assert_eq!((settled.content.state, settled.content.report), (MessageState::Confirmed, Some(report)));
        let of_report = |connection: &mut store::Connection| {
            record::of_code::<InboxMessage>(connection, world.province, &report.to_string())
        };
        let found = world.office.look_blocking(|_, connection| of_report(connection)).unwrap();
        assert_eq!(found.map(|found| found.id), Some(received.message), "the report finds its message");
        // Twice is once.
        assert_eq!(
            code_of(confirm(&desk, &place, received, says(place.store(0), "50", Some(Unit::Percent)))),
            "INB-004"
        );
        assert_eq!(place.reports().len(), 1);
        world.assert_well();
    });
}

#[test]
fn the_same_words_are_one_message_while_it_waits_and_a_doubt_afterwards() {
    on_both_engines(|world| {
        let (_place, desk) = (hai_au(world), world.desk());
        let first = desk.does(zalo("BV Hải Âu còn 45%")).unwrap();
        world.pass(Span::minutes(3));
        let second = desk.does(zalo(" BV Hải Âu\ncòn  45% ")).unwrap();
        assert_eq!(second, Received { message: first.message, again: true });
        assert_eq!(kept(world, first.message).content.again, [world.now()]);
        desk.does(RejectMessage { key: None, message: first.message, reason: "tin cũ".into() }).unwrap();
        let third = desk.does(zalo("BV Hải Âu còn 45%")).unwrap();
        assert!(!third.again && third.message != first.message, "nothing is lost");
        assert_eq!(kept(world, third.message).content.same_as, Some(first.message));
        // Days later the same words are simply true again.
        desk.does(RejectMessage { key: None, message: third.message, reason: "tin cũ".into() }).unwrap();
        world.pass(Span::days(3));
        let later = desk.does(zalo("BV Hải Âu còn 45%")).unwrap();
        assert_eq!(kept(world, later.message).content.same_as, None);
        world.assert_well();
    });
}

/// «Còn 40%» of two hospitals is no repetition: neither may vanish in the other.
#[test]
fn the_same_words_of_another_sender_or_facility_are_another_message() {
    on_both_engines(|world| {
        let (place, desk, gateway) = (hai_au(world), world.desk(), world.a(Role::Gateway));
        let other = world.facility("BV Sao Biển").with_tank(3_000).register();
        let first = sms(&gateway, "0913000111", "còn 40%");
        assert_eq!(kept(world, first.message).content.facility, Some(place.id), "his own number, his own facility");
        let second = sms(&gateway, "0917555222", "còn 40%");
        assert!(!second.again && second.message != first.message);
        assert!(kept(world, second.message).content.sender.unwrap().contains("0917555222"));
        assert!(sms(&gateway, "0917555222", "còn 40%").again, "sent twice by one is one");

        let of = |place: &Place<'_>| ReceiveMessage { facility: Some(place.id), ..zalo("bồn còn 900 kg") };
        let here = desk.does(of(&place)).unwrap();
        let there = desk.does(of(&other)).unwrap();
        assert!(!there.again && there.message != here.message);
        assert!(desk.does(of(&other)).unwrap().again);
        world.assert_well();
    });
}

/// An earlier message of the same words is shown to whoever may see it, not to the desk of another area.
#[test]
fn an_earlier_message_of_another_area_is_not_shown() {
    on_both_engines(|world| {
        let place = hai_au(world);
        let other = world.facility("BV Sao Biển").with_tank(3_000).lying_in(world.commune("91", 5)).register();
        let desk = world.desk();
        let first = desk.does(zalo("BV Hải Âu còn 900 kg")).unwrap();
        let told = Told { told_by: Some("BS Lan".into()), ..says(other.store(0), "900", Some(Unit::Kilogram)) };
        let confirming = ConfirmMessage { key: None, message: first.message, facility: other.id, told };
        desk.does(confirming).unwrap();
        let second = desk.does(zalo("BV Hải Âu còn 900 kg")).unwrap();
        assert_eq!(kept(world, second.message).content.same_as, Some(first.message));
        let near = world.a_local(Role::DutyOfficer, world.commune("91", 0));
        let seen = |person: &Person<'_>| {
            let look = |office: &desk::Office, connection: &mut store::Connection| {
                message(office, connection, &person.actor, second.message, None)
            };
            world.office.look_blocking(look).unwrap().same_as.is_some()
        };
        assert_eq!(kept(world, second.message).content.facility, Some(place.id));
        assert_eq!((seen(&desk), seen(&near)), (true, false));
    });
}

#[test]
fn bad_messages_get_a_clear_answer() {
    on_both_engines(|world| {
        let (place, desk) = (hai_au(world), world.desk());
        let other = world.facility("TTYT Sông Đốc").with_tank(3_000).register();
        assert_eq!(code_of(desk.does(zalo("  \n "))), "INB-001");
        assert_eq!(code_of(desk.does(zalo(&"a".repeat(LONGEST_TEXT + 1)))), "INB-002");
        let asked = |text: &str| kept(world, desk.does(zalo(text)).unwrap().message).content.proposal;
        let both = asked("BV Hải Âu còn 45%, TTYT Sông Đốc còn 900 kg");
        assert!(matches!(&both.questions[..], [Question::SeveralFacilities { facilities }] if facilities.len() == 2));
        assert_eq!(both.facility, None);
        let bare = asked("BV Hải Âu còn 45");
        assert!(matches!(bare.questions[..], [Question::NoUnit { .. }]) && bare.figures.is_empty());
        // Typed on a keyboard that composes letters of two characters.
        let apart = asked("TTYT So\u{302}ng \u{110}o\u{302}\u{301}c co\u{300}n 900 kg");
        assert_eq!(apart.facility.map(|found| found.value), Some(other.id));
        // Chosen for one of the two, it is read for that one.
        let id = desk.does(zalo("BV Hải Âu còn 45%, TTYT Sông Đốc còn 900 kg")).unwrap().message;
        let read = world
            .office
            .look_blocking(|office, connection| message(office, connection, &desk.actor, id, Some(place.id)))
            .unwrap();
        assert_eq!(read.message.content.facility, Some(place.id));
        // Nothing to record, or nobody who said it, is refused like any report.
        let received = Received { message: id, again: false };
        assert_eq!(code_of(confirm(&desk, &place, received, nothing())), "OXY-034");
        let unsaid = ConfirmMessage {
            key: None,
            message: id,
            facility: place.id,
            told: says(place.store(0), "45", Some(Unit::Percent)),
        };
        assert_eq!(code_of(desk.does(unsaid)), "OXY-030");
        assert_eq!(code_of(desk.does(RejectMessage { key: None, message: id, reason: " ".into() })), "INB-005");
        assert_eq!(kept(world, id).content.state, MessageState::New, "it still waits");
        world.assert_well();
    });
}

fn sms(person: &Person<'_>, from: &str, text: &str) -> SmsReceived {
    person.does(ReceiveSms { key: None, from: from.to_owned(), text: text.to_owned() }).unwrap()
}

#[test]
fn the_short_form_of_the_facilitys_own_officer_is_filed_and_nobody_elses() {
    on_both_engines(|world| {
        let place = hai_au(world);
        let gateway = world.a(Role::Gateway);
        let text = format!("OXY {} 45% 120/30 17", place.code);
        let from = "+84 913 000 111";
        let known = sms(&gateway, from, &text);
        assert_eq!(known.next, SmsNext::File);
        let filing = FileSms { key: None, message: known.message, from: from.into() };
        let filed = gateway.does(filing.clone()).unwrap();
        let line = place.reports().remove(0);
        assert_eq!((line.id, line.told_by.as_deref()), (filed.report, Some("DS. Mận")));
        assert_eq!(line.census, Some(([17, 0, 0, 0, 0], None)), "who waits was not asked");
        assert_eq!(place.latest(0), Some(Grams::from_kg(1_350)));
        assert_eq!(code_of(gateway.does(filing)), "INB-004");

        let stranger = sms(&gateway, "0999999999", &format!("OXY {} 40% 100/50 17", place.code));
        assert_eq!(stranger.next, SmsNext::UnknownNumber);
        let forged = FileSms { key: None, message: stranger.message, from: "0999999999".into() };
        assert_eq!(code_of(gateway.does(forged)), "INB-010");
        assert_eq!(sms(&gateway, from, "OXY ZZ99 45%").next, SmsNext::UnknownCode { code: "ZZ99".into() });
        assert_eq!(
            sms(&gateway, from, &format!("OXY {} 45x", place.code)).next,
            SmsNext::Piece { piece: "45x".into() }
        );
        assert_eq!(sms(&gateway, from, "bv hai au con 45%").next, SmsNext::Read);
        assert_eq!(place.reports().len(), 1);
        world.assert_well();
    });
}

/// A facility that asked to be hidden is hidden from the gateway's account too: its officer's SMS is kept for the desk
/// and answered, not refused for ever.
#[test]
fn an_sms_of_a_hidden_facility_waits_for_the_desk() {
    on_both_engines(|world| {
        let mut place = world.facility("BV Quân dân y").with_tank_in_percent(3_000);
        place.body.ownership = Ownership::Military;
        let place = place.with_post(PostKind::FocalOfficer, "DS. Mận", "0913 000 111").register();
        let hide =
            MaskFacility { key: None, facility: place.id, hidden: true, reason: "đơn vị đề nghị".into() };
        world.desk().does(hide).unwrap();
        let received = sms(&world.a(Role::Gateway), "0913000111", &format!("OXY {} 45%", place.code));
        assert_eq!(received.next, SmsNext::Read);
        let seen = world.office.look_blocking(|office, connection| inbox(office, connection, &world.desk().actor));
        assert_eq!(seen.unwrap().waiting.len(), 1);
        world.assert_well();
    });
}

#[test]
fn a_device_that_had_patients_is_not_assumed_empty() {
    on_both_engines(|world| {
        let place = hai_au(world);
        let gateway = world.a(Role::Gateway);
        let census = Census { mask: 10, hfnc: 4, ..Census::default() };
        world.officer_of(&place).files(&place, Told { patients: Some(census), ..nothing() }).unwrap();
        let from = "0913000111";
        let left_out = sms(&gateway, from, &format!("OXY {} 45% 17", place.code));
        let filing = FileSms { key: None, message: left_out.message, from: from.into() };
        assert_eq!(code_of(gateway.does(filing)), "INB-012");
        assert_eq!(kept(world, left_out.message).content.state, MessageState::New, "the desk looks at it");
        world.pass(Span::minutes(5));
        let complete = sms(&gateway, from, &format!("OXY {} 45% 17 H0 C2", place.code));
        gateway.does(FileSms { key: None, message: complete.message, from: from.into() }).unwrap();
        assert_eq!(place.reports()[0].census, Some(([17, 0, 0, 0, 0], Some(2))));
        world.assert_well();
    });
}

#[test]
fn who_may_handle_messages() {
    on_both_engines(|world| {
        let place = hai_au(world);
        let desk = world.desk();
        let id = desk.does(zalo("BV Hải Âu còn 45%")).unwrap().message;
        let reject = || RejectMessage { key: None, message: id, reason: "thử".into() };
        for role in [Role::Observer, Role::Leader, Role::Administrator, Role::Gateway] {
            let outcome = world.a(role).does(reject());
            assert!(matches!(outcome, Err(Failure::Forbidden(Capability::ReportOnBehalf))), "{role:?}");
        }
        let officer = world.officer_of(&place);
        assert!(matches!(officer.does(zalo("x")), Err(Failure::Forbidden(Capability::ReceiveMessages))));
        // Another area's desk does not see it.
        let far = world.a_local(Role::DutyOfficer, world.commune("91", 5));
        assert!(matches!(far.does(reject()), Err(Failure::NotFound)));
        let seen = |actor: &Actor| {
            world
                .office
                .look_blocking(|office, connection| inbox(office, connection, actor))
                .map(|inbox| inbox.waiting.len())
        };
        assert_eq!(seen(&far.actor).unwrap(), 0);
        assert_eq!(seen(&desk.actor).unwrap(), 1);
        assert!(matches!(seen(&officer.actor), Err(Failure::Forbidden(_))));
        let near = world.a_local(Role::DutyOfficer, world.commune("91", 0));
        near.does(reject()).unwrap();
    });
}

#[test]
fn a_sensor_reports_for_its_facility_only_until_it_is_revoked() {
    on_both_engines(|world| {
        let (place, administrator) = (hai_au(world), world.a(Role::Administrator));
        let other = world.facility("BV Sao Biển").with_tank(3_000).register();
        let issue = |name: &str, role: Role, facility| IssueToken { key: None, name: name.into(), role, facility };
        assert_eq!(code_of(administrator.does(issue("Cảm biến", Role::Sensor, None))), "INB-022");
        assert_eq!(code_of(administrator.does(issue(" ", Role::Gateway, None))), "INB-020");
        assert_eq!(code_of(administrator.does(issue("Lan", Role::DutyOfficer, None))), "INB-021");
        assert!(matches!(world.desk().does(issue("x", Role::Gateway, None)), Err(Failure::Forbidden(_))));
        let account = administrator.does(issue("Đồng hồ bồn", Role::Sensor, Some(place.id))).unwrap();
        let key = wait_for(door::open(&world.office, world.province, account, "token", door::TOKEN_SESSION)).unwrap();
        let visitor = wait_for(door::recognise(&world.office, key.token.clone())).unwrap().expect("comes in");
        assert!(!visitor.is_browser);
        let sensor = Person { world, actor: visitor.actor };
        let told = |place: &Place<'_>, text: &str| Told { source: Source::Sensor, ..says(place.store(0), text, None) };
        sensor.files(&place, told(&place, "45 %")).unwrap();
        assert!(matches!(sensor.files(&other, told(&other, "900 kg")), Err(Failure::NotFound)));
        for capability in Capability::ALL.iter().filter(|capability| **capability != Capability::ReportOxygen) {
            assert!(!sensor.actor.may(*capability), "{capability:?}");
        }
        let list = || world.office.look_blocking(|office, connection| tokens(office, connection, &administrator.actor));
        assert_eq!(list().unwrap().len(), 1);
        administrator.does(CloseAccount { account }).unwrap();
        assert!(wait_for(door::recognise(&world.office, key.token)).unwrap().is_none(), "revoked");
        assert!(list().unwrap().is_empty());
        world.assert_well();
    });
}

#[test]
fn a_vehicle_is_where_it_last_said() {
    on_both_engines(|world| {
        let tracker = world.a(Role::Tracker);
        let tell = |lat: f64, lon: f64, ago: i64| TellPosition {
            key: None,
            plate: "68C-123.45".into(),
            lat,
            lon,
            at: Some(world.now() - Span::minutes(ago)),
        };
        assert!(tracker.does(tell(10.0, 105.1, 10)).unwrap().newest);
        assert!(tracker.does(tell(10.1, 105.2, 2)).unwrap().newest);
        assert!(!tracker.does(tell(9.9, 105.0, 5)).unwrap().newest, "an older place comes late");
        assert_eq!(code_of(tracker.does(tell(105.2, 10.1, 1))), "INB-031");
        assert_eq!(code_of(tracker.does(tell(f64::NAN, 105.0, 1))), "INB-031");
        assert_eq!(code_of(tracker.does(TellPosition { plate: "xe 3".into(), ..tell(10.0, 105.0, 1) })), "INB-030");
        assert!(matches!(world.a(Role::Gateway).does(tell(10.0, 105.0, 1)), Err(Failure::Forbidden(_))));
        let boat = TellPosition { plate: "KG-923.45-TS".into(), ..tell(10.2, 104.0, 1) };
        assert!(tracker.does(boat).unwrap().newest, "a plate of the register is a plate here");
        let desk = world.desk();
        let known = world.office.look_blocking(|_, connection| positions(connection, &desk.actor)).unwrap();
        assert_eq!(known.len(), 2);
        assert_eq!((known[1].plate.as_str(), known[1].lat), ("68C12345", 10.1));
        world.assert_well();
    });
}

#[test]
fn a_gauge_level_confirmed_keeps_its_words() {
    on_both_engines(|world| {
        let (place, desk) = (hai_au(world), world.desk());
        let received = desk.does(zalo("BV Hải Âu bồn 45 phần trăm")).unwrap();
        let level = Level {
            store: place.store(0),
            text: "44,5".into(),
            unit: Some(Unit::Percent),
            reference: None,
            running: None,
        };
        confirm(&desk, &place, received, Told { levels: vec![level], ..nothing() }).unwrap();
        let line = place.reports().remove(0);
        assert_eq!(line.readings[0].typed_text.as_deref(), Some("44,5"), "corrected before it was confirmed");
        let kept = kept(world, received.message);
        assert!(kept.content.text.contains("45 phần trăm"), "the message stays as it came");
    });
}
