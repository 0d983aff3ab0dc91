use jiff::civil::date;
use quantity::{Coded, Id, Moment, Span};

use super::super::{Absence, BodyError, Post, PostKind, Roster, StaffingGap, Standin};
use super::{S2, id};
use crate::PersonId;

fn person(number: u8) -> PersonId {
    PersonId(Id::from_bytes([number; 16]))
}

fn post(kind: PostKind, number: u8, phone: Option<&str>) -> Post {
    Post {
        body: id(1),
        kind,
        person: person(number),
        name: format!("Người {number}"),
        phone: phone.map(Into::into),
        from: Moment::start_of(S2),
        to: None,
    }
}

/// OX11: one named officer and a deputy per facility; absence is noticed.
#[test]
fn an_absent_officer_is_stood_in_for_and_a_gap_is_told() {
    let at = Moment::start_of(date(2021, 12, 1));
    let officers = vec![post(PostKind::FocalOfficer, 1, Some("0297 3863 001")), post(PostKind::FocalDeputy, 2, None)];
    let away = Absence { person: person(1), from: at, to: Some(at + Span::days(2)) };
    let roster = Roster::new(officers.clone(), vec![away.clone()]);

    let before = at - Span::hours(1);
    assert_eq!(roster.whom(id(1), PostKind::FocalOfficer, before), Some(Standin::Holder(&officers[0])));
    assert_eq!(roster.gaps(id(1), before), []);
    assert_eq!(roster.whom(id(1), PostKind::FocalOfficer, at), Some(Standin::Deputy(&officers[1])));
    assert_eq!(roster.gaps(id(1), at), [StaffingGap::NoPhone]);
    assert_eq!(roster.gaps(id(1), at + Span::days(2)), []);

    let both = Roster::new(officers, vec![away, Absence { person: person(2), from: at, to: None }]);
    assert_eq!(both.gaps(id(1), at), [StaffingGap::NobodyPresent]);
    assert_eq!(
        both.gaps(id(2), at),
        [StaffingGap::NoFocalOfficer, StaffingGap::NoFocalDeputy, StaffingGap::NobodyPresent]
    );
}

#[test]
fn the_latest_appointed_head_answers_and_a_duty_ends_with_its_shift() {
    let start = Moment::start_of(S2);
    let mut later = post(PostKind::Head, 2, None);
    later.from = start + Span::days(10);
    let mut duty = post(PostKind::DutyOfficer, 3, Some("115"));
    duty.to = Some(start + Span::hours(8));
    let roster = Roster::new(vec![post(PostKind::Head, 1, None), later.clone(), duty], Vec::new());
    assert_eq!(roster.whom(id(1), PostKind::Head, start + Span::days(10)), Some(Standin::Holder(&later)));
    assert_eq!(roster.holders(id(1), PostKind::Head, start).len(), 1);
    assert!(roster.whom(id(1), PostKind::DutyOfficer, start + Span::hours(7)).is_some());
    assert!(roster.whom(id(1), PostKind::DutyOfficer, start + Span::hours(8)).is_none());
}

#[test]
fn a_post_is_checked_before_it_is_kept() {
    for phone in ["0297.3863.001", "+84 (297) 386-3001", "115"] {
        assert!(post(PostKind::Head, 1, Some(phone)).check().is_ok(), "{phone}");
    }
    for phone in ["", "12", "gọi anh Ba", "0297386300129738630"] {
        assert_eq!(post(PostKind::Head, 1, Some(phone)).check().unwrap_err().code(), "PLA-034", "{phone}");
    }
    let mut turned = post(PostKind::Head, 1, None);
    turned.to = Some(turned.from);
    assert_eq!(turned.check().unwrap_err(), BodyError::EndsBeforeItBegins);
}
