//! What a facility is, and which beds it can have.

use super::*;

#[test]
fn a_facility_is_a_body_that_treats_patients() {
    with_country(|directory, named| {
        let hospital = directory.body(named("Bệnh viện Đa khoa tỉnh Kiên Giang")).unwrap().clone();
        let facility = Facility::new(hospital.clone()).unwrap();
        assert_eq!(facility.id, FacilityId::of_body(hospital.id));
        assert_eq!(facility.beds.open, None);
        let office = directory.body(named("Sở Y tế tỉnh Kiên Giang")).unwrap().clone();
        assert_eq!(Facility::new(office).unwrap_err().code(), "PLA-031");
    });
}

#[test]
fn beds_must_fit_each_other() {
    let beds = Beds { planned: Some(100), open: Some(120), oxygen: Some(60), icu: Some(10) };
    assert_eq!(beds.check(), Ok(beds));
    assert_eq!(Beds { oxygen: Some(121), ..beds }.check(), Err(BodyError::BedsDoNotFit { part: 121, open: 120 }));
    assert_eq!(Beds { icu: Some(121), ..beds }.check().unwrap_err().code(), "PLA-032");
    let unknown = Beds { open: None, ..beds };
    assert_eq!(unknown.check(), Ok(unknown));
}
