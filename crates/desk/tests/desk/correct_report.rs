//! Taking a report back (OX07): nothing is overwritten, everything follows.

use desk::operations::correct_report::CorrectReport;
use desk::operations::file_report::{Confirmed, Filed, Told};
use desk::rights::Role;
use desk::views::running_out::Past;
use desk::{IdempotencyKey, Outcome};
use oxygen::{Census, ReportId};
use quantity::{Coded, Grams, Span};

use crate::common::{Person, code_of, nothing, on_both_engines, says};

fn corrects(person: &Person<'_>, report: ReportId, reason: &str, instead: Option<Told>) -> Outcome<Option<Filed>> {
    person.does(CorrectReport { key: None, report, reason: reason.into(), instead })
}

#[test]
fn another_stands_in_its_place_and_the_old_one_is_marked() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        world.pass(Span::hours(4));
        let told =
            Told { patients: Some(Census { mask: 50, ..Census::default() }), ..says(place.store(0), "0 kg", None) };
        let wrong = officer.files(&place, Told { confirmed: Confirmed::Everything, ..told }).unwrap();
        assert_eq!(world.desk().line(&place).outlook.rank.standing, oxygen::outlook::Standing::Empty);
        world.pass(Span::minutes(10));

        let told =
            Told { patients: Some(Census { mask: 5, ..Census::default() }), ..says(place.store(0), "1.950 kg", None) };
        let right = corrects(&officer, wrong.report, " bấm nhầm số 0 ", Some(told)).unwrap().expect("a new report");
        assert_eq!(place.latest(0), Some(Grams::from_kg(1_950)));
        let line = world.desk().line(&place);
        assert_ne!(line.outlook.rank.standing, oxygen::outlook::Standing::Empty);
        assert_eq!(line.census.unwrap().census.mask, 5);
        assert_eq!(right.conflicts_with, None, "the report taken back is no conflict");

        let reports = place.reports();
        assert_eq!(reports.len(), 3, "the old one is kept");
        let old = reports.iter().find(|report| report.id == wrong.report).unwrap();
        assert_eq!(old.reversed.as_deref(), Some("bấm nhầm số 0"));
        assert_eq!(old.replacement, Some(right.report.0));
        assert_eq!(old.readings[0].grams, Grams::ZERO, "what it said still stands in it");
        let new = reports.iter().find(|report| report.id == right.report).unwrap();
        assert_eq!(new.happened_at, old.happened_at, "the time of the old one, unless another is told");
        world.assert_well();
    });
}

#[test]
fn without_another_the_figures_before_it_count_again() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let told =
            Told { patients: Some(Census { mask: 7, ..Census::default() }), ..says(place.store(0), "2.000 kg", None) };
        let first = officer.files(&place, told).unwrap();
        world.pass(Span::hours(4));
        let told =
            Told { patients: Some(Census { mask: 70, ..Census::default() }), ..says(place.store(0), "1.900 kg", None) };
        let second = officer.files(&place, told).unwrap();
        assert_eq!(corrects(&officer, second.report, "của cơ sở khác", None).unwrap(), None);
        assert_eq!(place.latest(0), Some(Grams::from_kg(2_000)));
        assert_eq!(world.desk().line(&place).census.unwrap().census.mask, 7);
        assert_eq!(corrects(&officer, first.report, "của cơ sở khác", None).unwrap(), None);
        assert_eq!(place.latest(0), None);
        let line = world.desk().line(&place);
        assert_eq!((line.census, line.outlook.hours), (None, None), "unknown again, not zero");
        world.assert_well();
    });
}

#[test]
fn a_correction_needs_a_reason_and_happens_once() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let filed = officer.files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        assert_eq!(code_of(corrects(&officer, filed.report, " . ", None)), "OXY-040");
        corrects(&officer, filed.report, "gõ nhầm đơn vị", None).unwrap();
        let again = corrects(&officer, filed.report, "lần nữa", None).unwrap_err();
        assert_eq!(again.code(), "OXY-041");
        assert_eq!(again.facts(), [("reason", "gõ nhầm đơn vị".to_owned())], "the first one's reason");
        let unknown = corrects(&officer, ReportId(world.id()), "gõ nhầm", None);
        assert_eq!(code_of(unknown), "DSK-001");
    });
}

#[test]
fn two_who_correct_at_once_do_it_once() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let filed = officer.files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        let tries: Vec<Outcome<Option<Filed>>> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        corrects(&officer, filed.report, "gõ nhầm", Some(says(place.store(0), "1.900 kg", None)))
                    })
                })
                .collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(tries.iter().filter(|one| one.is_ok()).count(), 1);
        assert_eq!(place.reports().len(), 2);
        world.assert_well();
    });
}

#[test]
fn a_bad_replacement_leaves_the_old_report_standing() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let filed = officer.files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        let bad = Some(says(place.store(0), "3.600 kg", None));
        assert_eq!(code_of(corrects(&officer, filed.report, "gõ nhầm", bad)), "OXY-014");
        assert_eq!(code_of(corrects(&officer, filed.report, "gõ nhầm", Some(nothing()))), "OXY-034");
        assert_eq!(place.reports()[0].reversed, None);
        assert_eq!(place.latest(0), Some(Grams::from_kg(2_000)));
        world.assert_well();
    });
}

#[test]
fn a_correction_pressed_twice_is_one_correction() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let filed = officer.files(&place, says(place.store(0), "2.000 kg", None)).unwrap();
        let correction = || CorrectReport {
            key: IdempotencyKey::new("phone-0007"),
            report: filed.report,
            reason: "gõ nhầm".into(),
            instead: Some(says(place.store(0), "1.900 kg", None)),
        };
        let first = officer.does(correction()).unwrap();
        assert_eq!(officer.does(correction()).unwrap(), first);
        assert_eq!(place.reports().len(), 2);
    });
}

/// «Như đã biết lúc …»: what was known before the correction does not change with it.
#[test]
fn what_was_known_before_stays_as_it_was_known() {
    on_both_engines(|world| {
        let place = world.facility("BV Hải Âu").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        let wrong = officer.files(&place, says(place.store(0), "200 kg", None)).unwrap();
        world.seal();
        let known = world.now();
        world.pass(Span::hours(1));
        corrects(&officer, wrong.report, "thiếu một số 0", Some(says(place.store(0), "2.000 kg", None))).unwrap();
        world.seal();
        let at = Some(world.now());
        let stock = |known| {
            let list = world.a(Role::Leader).list_of(Past { at, known }).unwrap();
            list.lines[0].outlook.stock
        };
        assert_eq!(stock(Some(known)), Grams::from_kg(200));
        assert_eq!(stock(None), Grams::from_kg(2_000));
        assert_eq!(stock(at), Grams::from_kg(2_000));
    });
}
