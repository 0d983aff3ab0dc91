//! Filing a report (OX04, OX07), and the bad input of the issue (NUM): each with its code.

use desk::Failure;
use desk::operations::file_report::{Confirmed, Cylinders, FileReport, Level, Photo, Told};
use desk::views;
use oxygen::{Census, ReadingProblem, Source};
use quantity::{Grams, ReferenceTemperature, Span, Unit};

use crate::common::{Person, Place, World, code_of, nothing, on_both_engines, says};

fn seaside(world: &World) -> Place<'_> {
    world
        .facility("BV Hải Âu")
        .with_tank(3_000)
        .with_cylinders(40.0, 20)
        .with_plant(30.0)
        .with_tank_in_percent(10_000)
        .register()
}

fn cylinders(place: &Place<'_>, full: u32, part: u32, empty: u32, damaged: u32) -> Cylinders {
    Cylinders { store: place.store(1), full, part, empty, damaged }
}

/// The refusal, and that nothing of the report was kept.
#[track_caller]
fn refused(person: &Person<'_>, place: &Place<'_>, told: Told) -> &'static str {
    let before = (place.reports().len(), person.world.operations());
    let code = code_of(person.files(place, told));
    assert_eq!((place.reports().len(), person.world.operations()), before, "{code} left a trace");
    code
}

#[test]
fn a_whole_report_is_kept_and_moves_the_list() {
    on_both_engines(|world| {
        let place = seaside(world);
        let other = world.facility("BV Sao Biển").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        world.officer_of(&other).files(&other, says(other.store(0), "5 kg", None)).unwrap();
        assert_eq!(world.desk().names()[0], "BV Sao Biển", "nothing usable stands above nobody heard");

        let photo =
            Photo { media_type: "image/jpeg".into(), digest: store::sha256(b"gauge"), bytes: b"gauge".to_vec() };
        let level = |store: usize, text: &str, unit| Level {
            store: place.store(store),
            text: text.into(),
            unit: Some(unit),
            reference: None,
            running: None,
        };
        let plant = level(2, "20", Unit::NormalCubicMetrePerHour);
        let told = Told {
            note: Some("  ca đêm ".into()),
            photo: Some(photo),
            levels: vec![level(0, "310", Unit::Kilogram), plant, level(3, "41,5", Unit::Percent)],
            cylinders: vec![cylinders(&place, 6, 2, 10, 1)],
            patients: Some(Census { mask: 80, hfnc: 3, waiting: Some(2), ..Census::default() }),
            ..nothing()
        };
        let filed = officer.files(&place, told).unwrap();
        assert_eq!(filed.recorded_at, world.now());
        assert_eq!((filed.code.len(), filed.conflicts_with), (3, None));

        assert_eq!(place.latest(0), Some(Grams::from_kg(310)));
        assert_eq!(place.latest(3), Some(Grams::from_kg(4_150)), "41,5 % of ten tonnes");
        let reports = place.reports();
        let [report] = reports.as_slice() else { panic!("{reports:?}") };
        assert_eq!(report.id, filed.report);
        assert_eq!(report.note.as_deref(), Some("ca đêm"));
        assert_eq!(report.census, Some(([80, 3, 0, 0, 0], Some(2))));
        let typed: Vec<_> = report.readings.iter().map(|line| (line.store, line.typed_text.clone())).collect();
        assert_eq!(typed[0], (place.store(0), Some("310".into())), "in the order of the form, as typed");
        assert_eq!(report.readings.len(), 4);
        let counts = report.readings[1].counts.unwrap();
        assert_eq!([counts.full, counts.part, counts.empty, counts.damaged], [6, 2, 10, 1]);

        let line = world.desk().line(&place);
        assert!(line.outlook.hours.is_some(), "patients tell a rate: {:?}", line.outlook);
        assert_eq!(line.census.unwrap().census.hfnc, 3);
        let (kind, bytes) = world
            .office
            .look_blocking(|office, connection| {
                views::facility::photo(office, connection, &officer.actor, filed.report)
            })
            .unwrap();
        assert_eq!((kind.as_str(), bytes.as_slice()), ("image/jpeg", b"gauge".as_slice()));

        world.pass(Span::minutes(30));
        let emptied = says(place.store(0), "0", Some(Unit::Kilogram));
        let gone = Level { text: "0".into(), ..level(3, "0", Unit::Percent) };
        let emptied = Told { levels: [emptied.levels, vec![gone]].concat(), ..emptied };
        let emptied =
            Told { cylinders: vec![cylinders(&place, 0, 0, 18, 1)], confirmed: Confirmed::Everything, ..emptied };
        officer.files(&place, emptied).unwrap();
        assert_eq!(world.desk().line(&place).outlook.rank.standing, oxygen::outlook::Standing::Empty);
        world.assert_well();
    });
}

/// Design rule 9: pressing twice, retrying, replaying an offline queue changes nothing.
#[test]
fn the_same_report_twice_is_one_report() {
    on_both_engines(|world| {
        let place = seaside(world);
        let officer = world.officer_of(&place);
        let told = says(place.store(0), "310 kg", None);
        let first = officer.files_once(&place, "phone-0001", told.clone()).unwrap();
        assert!(!first.replayed);
        let before = world.operations();
        world.pass(Span::hours(5));
        let second = officer.files_once(&place, "phone-0001", told.clone()).unwrap();
        assert!(second.replayed);
        assert_eq!(first.done, second.done, "the same answer, its code and its time");
        assert_eq!((world.operations(), place.reports().len()), (before, 1));

        let other = says(place.store(0), "320 kg", None);
        let told = officer.files_once(&place, "phone-0001", other);
        assert!(matches!(told, Err(Failure::KeyReused)), "{told:?}");
        assert_eq!((world.operations(), place.reports().len()), (before, 1));
        // A key belongs to who made it: two phones may by chance make the same.
        let colleague = world.officer_of(&place);
        assert!(!colleague.files_once(&place, "phone-0001", says(place.store(0), "300 kg", None)).unwrap().replayed);
    });
}

#[test]
fn two_officers_at_once_are_both_kept_and_shown() {
    on_both_engines(|world| {
        let place = seaside(world);
        let (one, other) = (world.officer_of(&place), world.officer_of(&place));
        let told = |text| says(place.store(0), text, None);
        let report = |told| FileReport { key: None, facility: place.id, told };
        let (first, second) = std::thread::scope(|scope| {
            let first = scope.spawn(|| one.does(report(told("310 kg"))));
            let second = scope.spawn(|| other.does(report(told("290 kg"))));
            (first.join().unwrap().unwrap(), second.join().unwrap().unwrap())
        });
        assert_eq!(place.reports().len(), 2);
        let mut seen = [(first.report, first.conflicts_with), (second.report, second.conflicts_with)];
        seen.sort_by_key(|(_, conflict)| conflict.is_some());
        assert_eq!(seen[0].1, None);
        assert_eq!(seen[1].1, Some(seen[0].0), "whoever came second is told of the first");
        world.assert_well();
    });
}

#[test]
fn what_cannot_be_true_is_refused() {
    on_both_engines(|world| {
        let place = seaside(world);
        let officer = world.officer_of(&place);
        let tank = place.store(0);
        let said = |text: &str, unit| says(tank, text, unit);
        let cases = [
            ("above capacity", said("3.600 kg", None), "OXY-014"),
            ("m³ where kg belongs", said("2.240", Some(Unit::Tonne)), "OXY-017"),
            ("less than nothing", said("-5 kg", None), "OXY-010"),
            ("no unit", said("310", None), "QTY-010"),
            ("an unknown unit", said("310 gàu", None), "QTY-016"),
            ("no number", said("khoảng ba trăm", Some(Unit::Kilogram)), "QTY-001"),
            ("a point that does not fit", said("41.5", Some(Unit::Kilogram)), "QTY-003"),
            ("another gauge's unit", said("60 %", None), "OXY-015"),
            ("bar on a kg gauge", said("12 bar", None), "OXY-015"),
            ("a level of counted cylinders", says(place.store(1), "60 %", None), "OXY-015"),
            ("an amount where a flow belongs", says(place.store(2), "20 kg", None), "QTY-014"),
            ("more than its plate", says(place.store(2), "80", Some(Unit::NormalCubicMetrePerHour)), "OXY-019"),
            ("nothing told", nothing(), "OXY-034"),
        ];
        for (what, told, expected) in cases {
            assert_eq!(refused(&officer, &place, told), expected, "{what}");
        }
        let counted = |cylinders| Told { cylinders: vec![cylinders], ..nothing() };
        assert_eq!(refused(&officer, &place, counted(cylinders(&place, 15, 3, 5, 0))), "OXY-012");
        let on_tank = Cylinders { store: tank, ..cylinders(&place, 1, 0, 0, 0) };
        assert_eq!(refused(&officer, &place, counted(on_tank)), "OXY-011");
        let crowd = Told { patients: Some(Census { niv: 50_000, ..Census::default() }), ..nothing() };
        assert_eq!(refused(&officer, &place, crowd), "OXY-036");
        let photo = Photo { media_type: "image/svg+xml".into(), digest: [0; 32], bytes: vec![1] };
        assert_eq!(refused(&officer, &place, Told { photo: Some(photo), ..said("310 kg", None) }), "OXY-037");
    });
}

/// «1.200» is one thousand two hundred on a Vietnamese form; what was typed stays beside it.
#[test]
fn commas_and_points_are_read_as_in_vietnam() {
    on_both_engines(|world| {
        let place = seaside(world);
        let officer = world.officer_of(&place);
        for (text, grams) in [("1.200", 1_200_000), ("1.200,5", 1_200_500), ("41,5", 41_500), ("1 200", 1_200_000)] {
            let told = Told { confirmed: Confirmed::Everything, ..says(place.store(0), text, Some(Unit::Kilogram)) };
            officer.files(&place, told).unwrap();
            assert_eq!(place.latest(0), Some(Grams(grams)), "{text}");
            assert_eq!(place.reports()[0].readings[0].typed_text.as_deref(), Some(text));
            world.pass(Span::hours(1));
        }
        // In tonnes the same «1.200» is four hundred tanks: never silently 1,2.
        let told = officer.files(&place, says(place.store(0), "1.200", Some(Unit::Tonne)));
        assert!(["OXY-014", "OXY-017"].contains(&code_of(told)));
    });
}

#[test]
fn the_time_of_a_report_is_believable() {
    on_both_engines(|world| {
        let place = seaside(world);
        let officer = world.officer_of(&place);
        let at = |moment| Told { happened_at: Some(moment), ..says(place.store(0), "310 kg", None) };
        let now = world.now();
        assert_eq!(refused(&officer, &place, at(now + Span::minutes(11))), "OXY-016");
        assert_eq!(refused(&officer, &place, at(now + Span::days(365))), "OXY-016");
        assert_eq!(refused(&officer, &place, at(now - Span::days(367))), "OXY-031");
        // A phone a little fast is taken at the server's word, or nothing newer could replace it.
        officer.files(&place, at(now + Span::minutes(9))).unwrap();
        assert_eq!(place.reports()[0].happened_at, now);
        officer.files(&place, at(now - Span::hours(20))).unwrap();
        assert_eq!(place.reports()[1].happened_at, now - Span::hours(20));
    });
}

/// A slip that the tank could hold: asked about once, then the person's word stands.
#[test]
fn cubic_metres_where_kilograms_belong_are_asked_about_once() {
    on_both_engines(|world| {
        let place = seaside(world);
        let officer = world.officer_of(&place);
        let told = |text: &str| says(place.store(0), text, Some(Unit::Kilogram));
        officer.files(&place, told("2.000")).unwrap();
        world.pass(Span::hours(2));
        // 2.000 kg are 1.508 m³ of gas.
        let outcome = officer.files(&place, told("1.508"));
        let Err(failure) = &outcome else { panic!("{outcome:?}") };
        let reason = failure.reason::<desk::operations::file_report::Refused>().expect("a report's refusal");
        let desk::operations::file_report::Refused::Reading { store, problem, label } = reason else {
            panic!("{reason:?}")
        };
        assert_eq!((*store, label.as_str()), (place.store(0), "Bồn số 1"));
        assert!(matches!(problem, ReadingProblem::DoubtfulUnit { perhaps: Unit::CubicMetre, .. }), "{problem:?}");
        assert_eq!(place.latest(0), Some(Grams::from_kg(2_000)));

        officer.files(&place, Told { confirmed: Confirmed::Everything, ..told("1.508") }).unwrap();
        assert_eq!(place.latest(0), Some(Grams::from_kg(1_508)), "a leak is possible, and a person has looked");
        // Confirming does not make the impossible true.
        assert_eq!(refused(&officer, &place, Told { confirmed: Confirmed::Everything, ..told("22.400") }), "OXY-014");
    });
}

#[test]
fn gas_with_its_reference_weighs_what_it_weighs() {
    on_both_engines(|world| {
        let place = seaside(world);
        let officer = world.officer_of(&place);
        for (reference, grams) in
            [(ReferenceTemperature::Celsius0, 1_428_000), (ReferenceTemperature::Celsius21, 1_327_000)]
        {
            let mut told = says(place.store(0), "1.000 m3", None);
            told.levels[0].reference = Some(reference);
            told.confirmed = Confirmed::Everything;
            officer.files(&place, told).unwrap();
            let content = place.latest(0).unwrap().0;
            assert!((content - grams).abs() < 2_000, "{content} g for {grams} g at {reference:?}");
            world.pass(Span::hours(1));
        }
    });
}

#[test]
fn only_stores_of_the_facility_on_that_day_can_be_told() {
    on_both_engines(|world| {
        let place = seaside(world);
        let other = world.facility("BV Sao Biển").with_tank(3_000).register();
        let officer = world.officer_of(&place);
        assert_eq!(refused(&officer, &place, says(other.store(0), "310 kg", None)), "OXY-033");
        let twice = Told {
            levels: [says(place.store(0), "310 kg", None).levels, says(place.store(0), "320 kg", None).levels].concat(),
            ..nothing()
        };
        assert_eq!(refused(&officer, &place, twice), "OXY-035");
        // The stores exist from 1/1/2026 on.
        let early = Told { happened_at: Some(world.now() - Span::days(350)), ..says(place.store(0), "310 kg", None) };
        assert_eq!(refused(&officer, &place, early), "OXY-033");
    });
}

/// «Xác nhận qua điện thoại, do ai» is a step of its own, not somebody else's login.
#[test]
fn the_desk_says_whose_words_they_are() {
    on_both_engines(|world| {
        let place = seaside(world);
        let duty = world.desk();
        let told = Told { source: Source::Phone, ..says(place.store(0), "310 kg", None) };
        assert_eq!(refused(&duty, &place, told.clone()), "OXY-030");
        assert_eq!(refused(&duty, &place, Told { told_by: Some("  ".into()), ..told.clone() }), "OXY-030");
        duty.files(&place, Told { told_by: Some(" DS. Mận, gọi 02:05 ".into()), ..told }).unwrap();
        let report = place.reports().remove(0);
        assert_eq!(report.told_by.as_deref(), Some("DS. Mận, gọi 02:05"));
        assert_eq!(report.recorded_by.as_deref(), Some(duty.actor.display_name.as_str()));
        assert_eq!(report.source, "phone");
        // The facility's own officer needs no such words, and nobody else's hospital is his.
        world.pass(Span::hours(1));
        world.officer_of(&place).files(&place, says(place.store(0), "300 kg", None)).unwrap();
        let stranger = world.officer_of(&world.facility("BV Sao Biển").with_tank(100).register());
        let told = stranger.files(&place, says(place.store(0), "300 kg", None));
        assert!(matches!(told, Err(Failure::NotFound)), "{told:?}");
    });
}

#[test]
fn a_report_that_comes_late_does_not_push_out_a_newer_one() {
    on_both_engines(|world| {
        let place = seaside(world);
        let officer = world.officer_of(&place);
        officer.files(&place, says(place.store(0), "310 kg", None)).unwrap();
        let late = Told { happened_at: Some(world.now() - Span::hours(6)), ..says(place.store(0), "500 kg", None) };
        officer.files(&place, late).unwrap();
        assert_eq!(place.latest(0), Some(Grams::from_kg(310)));
        world.assert_well();
    });
}
