//! Files of readings (OX07, NUM): good rows go in, bad rows come back with their code, a file goes in
//! once whatever is repeated.

use std::io::Cursor;

use desk::import::{Imported, readings};
use desk::operations::correct_report::CorrectReport;
use desk::rights::Role;
use desk::{Failure, Outcome};
use document::sheet::{ReturnForm, write_returned};
use proptest::prelude::*;
use quantity::{Coded, Grams};
use rust_xlsxwriter::Workbook;

use crate::common::{Person, Place, Scratch, World, code_of, on_both_engines};

const HEAD: &str = "Mã cơ sở;Bồn hoặc kho;Thời điểm;Trị số;Đơn vị;Chai đầy;Chai vơi;Vỏ chai;Chai hỏng;Ai báo\n";

fn places(world: &World) -> [Place<'_>; 2] {
    let one = world.facility("BV Hải Âu").with_tank(3_000).with_cylinders(40.0, 20).register();
    let other = world.facility("BV Sao Biển").with_tank(5_000).register();
    [one, other]
}

fn import(person: &Person<'_>, bytes: &[u8], name: &str) -> Outcome<Imported> {
    readings::import(&person.world.office, &person.actor, &mut Cursor::new(bytes), name, &mut |_| {})
}

fn codes(imported: &Imported) -> Vec<(u32, &'static str)> {
    imported.bad.iter().map(|bad| (bad.row.number, bad.reason.as_coded().code())).collect()
}

/// How many readings the ledger holds.
fn kept(world: &World) -> u64 {
    let rows = store::integrity::check(&world.scratch.database).unwrap().rows;
    rows.into_iter().find(|(table, _)| *table == "reading").map_or(0, |(_, rows)| rows)
}

#[test]
fn good_rows_go_in_and_each_bad_row_comes_back_with_its_code() {
    on_both_engines(|world| {
        let [one, other] = places(world);
        let rows = [
            "BV-Hai-Au;Bồn số 1;22/11/2026 02:14;1.310,5;kg;;;;;",
            "bv-hai-au;bồn SỐ 1;21/11/2026 02:14;2.150,5;kg;;;;;DS. Mận",
            "BV-Sao-Bien;;22/11/2026 03:00;4,5;tấn;;;;;",
            "BV-Hai-Au;Chai 40 lít;22/11/2026 02:14;;;6;2;10;1;",
            "BV-Hai-Au;Bồn số 1;22/11/2026 04:00;9.000,0;kg;;;;;",
            "BV-Hai-Au;Bồn số 1;25/11/2026 04:00;310,0;kg;;;;;",
            "BV-Hai-Au;Bồn số 1;22/11/2026 05:00;41.5;kg;;;;;",
            "BV-Hai-Au;Bồn số 1;22/11/2026 05:00;310,0;;;;;;",
            "BV-Nao-Do;Bồn số 1;22/11/2026 05:00;310,0;kg;;;;;",
            "BV-Hai-Au;Bồn số 9;22/11/2026 05:00;310,0;kg;;;;;",
            "BV-Hai-Au;;22/11/2026 05:00;310,0;kg;;;;;",
            "BV-Hai-Au;Chai 40 lít;22/11/2026 05:00;;;30;0;0;0;",
            "BV-Hai-Au;Chai 40 lít;22/11/2026 05:00;;;-3;0;0;0;",
            "BV-Hai-Au;Bồn số 1;31/02/2026 05:00;310,0;kg;;;;;",
            "BV-Hai-Au;Bồn số 1;22/11/2026;310,0;kg;;;;;",
            "BV-Hai-Au;Bồn số 1;22/11/2026 05:00;310,0;gàu;;;;;",
            "BV-Hai-Au;Bồn số 1;22/11/2026 05:00;60%;;;;;;",
            "BV-Hai-Au;Bồn số 1;;310,0;kg;;;;;",
        ];
        let text = format!("{HEAD}{}\n", rows.join("\n"));
        let imported = import(&world.desk(), text.as_bytes(), "so-do.csv").unwrap();
        assert_eq!((imported.good, imported.repeated), (4, 0));
        let expected = [
            (6, "OXY-014"),
            (7, "OXY-016"),
            (8, "DOC-034"),
            (9, "DOC-031"),
            (10, "OXY-050"),
            (11, "OXY-051"),
            (12, "OXY-052"),
            (13, "OXY-012"),
            (14, "DOC-037"),
            (15, "DOC-038"),
            (16, "DOC-039"),
            (17, "DOC-032"),
            (18, "OXY-015"),
            (19, "DOC-030"),
        ];
        assert_eq!(codes(&imported), expected);
        assert_eq!(one.latest(0), Some(Grams(1_310_500)));
        assert_eq!(other.latest(0), Some(Grams::from_kg(4_500)));
        assert_eq!(kept(world), 4);
        let told = one.reports();
        assert_eq!((told.len(), told[0].told_by.as_deref()), (1, Some("DS. Mận")), "a speaker makes a report");
        world.assert_well();
    });
}

/// A column that no layout knows is named, whatever the form of the file: nothing is dropped in silence.
#[test]
fn a_column_that_is_not_known_is_told() {
    on_both_engines(|world| {
        let [one, _] = places(world);
        let text = format!("{};Nhiệt độ phòng\n{};Bồn;22/11/2026 06:00;1200;kg;;;;;;31\n", HEAD.trim_end(), one.code,);
        let imported = import(&world.desk(), text.as_bytes(), "so.csv").unwrap();
        assert_eq!(imported.unknown, [("K".to_owned(), "Nhiệt độ phòng".to_owned())]);
    });
}

#[test]
fn the_same_file_again_changes_nothing() {
    on_both_engines(|world| {
        let [one, _] = places(world);
        let text = format!(
            "{HEAD}BV-Hai-Au;Bồn số 1;22/11/2026 02:14;310;kg;;;;;DS. Mận\nBV-Moi;;22/11/2026 02:14;50;kg;;;;;\n"
        );
        let duty = world.desk();
        let first = import(&duty, text.as_bytes(), "a.csv").unwrap();
        assert_eq!((first.good, first.repeated, codes(&first)), (1, 0, vec![(3, "OXY-050")]));
        let (operations, rows) = (world.operations(), kept(world));
        let again = import(&duty, text.as_bytes(), "b.csv").unwrap();
        assert_eq!((again.good, again.repeated), (1, 1));
        assert_eq!((world.operations(), kept(world), one.reports().len()), (operations, rows, 1));

        // The missing facility has been registered since: only its row is new.
        let new = world.facility("BV Mới").with_tank(900).register();
        let third = import(&duty, text.replace("BV-Moi", &new.code).as_bytes(), "a.csv").unwrap();
        assert_eq!((third.good, third.repeated, third.bad.len()), (2, 1, 0));
        assert_eq!((kept(world), one.reports().len()), (rows + 1, 1));
        // And the very same bytes, of which one more row is known by now; by a colleague, too.
        let mended =
            format!("{HEAD}BV-Hai-Au;Bồn số 1;22/11/2026 02:14;310;kg;;;;;\nBV-Xa;;22/11/2026 02:14;50;kg;;;;;\n");
        import(&duty, mended.as_bytes(), "c.csv").unwrap();
        let rows = kept(world);
        let mut far = world.facility("BV Xa").with_tank(900);
        far.code = "BV-Xa".into();
        far.register();
        let told = import(&duty, mended.as_bytes(), "c.csv").unwrap();
        assert_eq!((told.good, told.repeated, kept(world)), (2, 1, rows + 1));
        let told = import(&world.desk(), mended.as_bytes(), "c.csv").unwrap();
        assert_eq!((told.good, told.repeated, kept(world)), (2, 2, rows + 1));
        world.assert_well();
    });
}

/// A figure that was taken back must not come back with a mended file.
#[test]
fn a_corrected_figure_does_not_come_back_with_its_file() {
    on_both_engines(|world| {
        let [one, _] = places(world);
        let text = format!("{HEAD}BV-Hai-Au;Bồn số 1;22/11/2026 02:14;310;kg;;;;;DS. Mận\n");
        let duty = world.desk();
        import(&duty, text.as_bytes(), "a.csv").unwrap();
        let wrong = one.reports()[0].id;
        let taken_back =
            CorrectReport { key: None, report: wrong, reason: "gõ nhầm cơ sở".to_owned(), instead: None };
        world.office.perform_blocking(duty.actor.clone(), taken_back).unwrap();
        assert_eq!(one.latest(0), None);

        let mended = format!("{text}BV-Sao-Bien;;22/11/2026 02:14;50;kg;;;;;\n");
        let told = import(&duty, mended.as_bytes(), "b.csv").unwrap();
        assert_eq!((told.good, told.repeated), (2, 1));
        assert_eq!(one.latest(0), None);
        world.assert_well();
    });
}

#[test]
fn the_mended_file_of_bad_rows_goes_in() {
    on_both_engines(|world| {
        let [one, _] = places(world);
        let text = format!(
            "{HEAD}BV-Hai-Au;Bồn số 1;22/11/2026 02:14;310,5;kg;;;;;\nBV-Hai-Au;Bồn số 1;22/11/2026 05:00;9.200,5;kg;;;;;\n"
        );
        let duty = world.desk();
        let imported = import(&duty, text.as_bytes(), "so-do.csv").unwrap();
        assert_eq!((imported.good, imported.bad.len()), (1, 1));
        assert_eq!(imported.form, ReturnForm::Csv { delimiter: b';' });
        let rows: Vec<_> = imported
            .bad
            .into_iter()
            .map(|bad| {
                let code = bad.reason.as_coded().code();
                bad.row.because("Quá sức chứa".into(), code, "Xem lại đơn vị".into())
            })
            .collect();
        let returned = write_returned(&imported.headers, &rows, imported.form, world.now()).unwrap();
        let again = import(&duty, &returned, "tra-lai.csv").unwrap();
        assert_eq!((again.good, again.bad.len()), (0, 1), "unmended it comes back again");
        let mended = String::from_utf8(returned).unwrap().replace("9.200,5", "920,5");
        let told = import(&duty, mended.as_bytes(), "tra-lai.csv").unwrap();
        assert_eq!((told.good, told.bad.len()), (1, 0));
        assert_eq!(one.latest(0), Some(Grams(920_500)));
    });
}

#[test]
fn a_workbook_goes_in_like_a_text() {
    on_both_engines(|world| {
        let [one, _] = places(world);
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        for (column, title) in (0..).zip(["Thời điểm đo", "Tên cơ sở", "Bồn", "Mức bồn", "ĐVT"]) {
            page.write_string(1, column, title).unwrap();
        }
        for (row, at, value) in [(2, "22/11/2026 02:14", 310.5), (3, "22/11/2026 05:00", 9_000.0)] {
            page.write_string(row, 0, at).unwrap();
            page.write_string(row, 1, "bv hai au").unwrap();
            page.write_string(row, 2, "Bồn số 1").unwrap();
            page.write_number(row, 3, value).unwrap();
            page.write_string(row, 4, "kg").unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        let duty = world.desk();
        let imported = import(&duty, &bytes, "so-do.xlsx").unwrap();
        assert_eq!((imported.good, codes(&imported)), (0, vec![(3, "OXY-050"), (4, "OXY-050")]), "no tones, no match");
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        for (column, title) in (0..).zip(["Thời điểm đo", "Tên cơ sở", "Bồn", "Mức bồn", "ĐVT"]) {
            page.write_string(0, column, title).unwrap();
        }
        for (row, at, value) in [(1, "22/11/2026 02:14", 310.5), (2, "22/11/2026 05:00", 9_000.0)] {
            page.write_string(row, 0, at).unwrap();
            page.write_string(row, 1, "BV HẢI ÂU").unwrap();
            page.write_string(row, 2, "Bồn số 1").unwrap();
            page.write_number(row, 3, value).unwrap();
            page.write_string(row, 4, "kg").unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        let imported = import(&duty, &bytes, "so-do.xlsx").unwrap();
        assert_eq!((imported.good, codes(&imported)), (1, vec![(3, "OXY-014")]));
        assert_eq!(imported.form, ReturnForm::Xlsx);
        assert_eq!(one.latest(0), Some(Grams(310_500)));
    });
}

#[test]
fn old_encodings_and_separate_marks_are_read() {
    on_both_engines(|world| {
        let place = world.facility("Bệnh viện đa khoa tỉnh").with_tank(3_000).register();
        let tcvn3 = b"C\xac s\xeb;Th\xeai \xaei\xd3m;Tr\xde s\xe8;\xa7\xacn v\xde\nB\xd6nh vi\xd6n \xaea khoa t\xd8nh;22/11/2026 02:14;310;kg\n";
        let imported = import(&world.desk(), tcvn3, "bc.csv").unwrap();
        assert_eq!((imported.good, codes(&imported)), (1, Vec::new()));
        assert_eq!(place.latest(0), Some(Grams::from_kg(310)));
        let nfd = "Co\u{31b} so\u{31b}\u{309};Tho\u{31b}\u{300}i đie\u{302}\u{309}m;Tri\u{323} so\u{302}\u{301};Đo\u{31b}n vi\u{323}\n\
            Be\u{323}\u{302}nh vie\u{323}\u{302}n đa khoa ti\u{309}nh;22/11/2026 03:14;320;kg\n";
        let imported = import(&world.desk(), nfd.as_bytes(), "bc.csv").unwrap();
        assert_eq!((imported.good, codes(&imported)), (1, Vec::new()));
        assert_eq!(place.latest(0), Some(Grams::from_kg(320)));
    });
}

#[test]
fn files_that_are_not_tables_are_refused_whole() {
    on_both_engines(|world| {
        places(world);
        let duty = world.desk();
        let before = (world.operations(), kept(world));
        let renamed = HEAD.replace("Thời điểm", "Cột mới");
        let renamed = format!("{renamed}BV-Hai-Au;Bồn số 1;22/11/2026 02:14;310;kg;;;;;\n");
        assert_eq!(code_of(import(&duty, renamed.as_bytes(), "a.csv")), "DOC-016");
        assert_eq!(code_of(import(&duty, &vec![b'a'; 50_000_000], "lon.xlsx")), "DOC-002");
        assert_eq!(code_of(import(&duty, b"", "rong.csv")), "DOC-001");
        assert_eq!(code_of(import(&duty, b"PK\x03\x04 broken", "hong.xlsx")), "DOC-008");
        let lost = "Co so;Thoi diem\n????? ???? ???;???? ????\n".repeat(20);
        assert!(import(&duty, lost.as_bytes(), "mat-chu.csv").is_err());
        assert_eq!((world.operations(), kept(world)), before);
    });
}

/// A few kilobytes that unpack to more than any honest sheet: 200,000 full rows of one shared cell.
#[test]
fn a_bomb_is_stopped_by_its_limits() {
    on_both_engines(|world| {
        places(world);
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        for row in 0..100_200 {
            page.write_string(row, 0, "Mã cơ sở").unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        assert!(bytes.len() < 3_000_000, "{}", bytes.len());
        let code = code_of(import(&world.desk(), &bytes, "bom.xlsx"));
        assert!(["DOC-003", "DOC-004"].contains(&code), "{code}");
        assert_eq!(kept(world), 0);
    });
}

#[test]
fn only_the_desk_brings_files_in_and_only_for_what_it_sees() {
    on_both_engines(|world| {
        let [one, _] = places(world);
        let text = format!("{HEAD}BV-Hai-Au;Bồn số 1;22/11/2026 02:14;310;kg;;;;;\n");
        for person in [world.officer_of(&one), world.a(Role::Observer), world.a(Role::Administrator)] {
            // Not even a file of bad rows tells which facilities there are.
            let bad = text.replace("Hai-Au", "Nao-Do");
            assert!(matches!(import(&person, bad.as_bytes(), "a.csv"), Err(Failure::Forbidden(_))));
        }
        let local = world.a_local(Role::DutyOfficer, world.commune("91", 7));
        assert_eq!(codes(&import(&local, text.as_bytes(), "a.csv").unwrap()), [(2, "OXY-050")]);
        let other = world.found("92");
        let stranger = world.a_stranger(Role::DutyOfficer, other);
        assert_eq!(codes(&import(&stranger, text.as_bytes(), "a.csv").unwrap()), [(2, "OXY-050")]);
        assert_eq!(kept(world), 0);
    });
}

/// More rows than one transaction takes, in no order, twice the same: nothing lost, nothing doubled.
#[test]
fn a_long_file_goes_in_by_chunks_and_once() {
    on_both_engines(|world| {
        places(world);
        let mut text = String::from(HEAD);
        let rows = 20_500_u32;
        for number in 0..rows {
            let shuffled = (u64::from(number) * 7_919 % u64::from(rows)) as u32;
            let (day, minute) = (1 + shuffled / 1_440, shuffled % 1_440);
            let (hour, minute) = (minute / 60, minute % 60);
            let row =
                format!("BV-Hai-Au;Bồn số 1;{day:02}/10/2026 {hour:02}:{minute:02};{};kg;;;;;\n", 1_000 + number % 900);
            text.push_str(&row);
        }
        let duty = world.desk();
        let first = import(&duty, text.as_bytes(), "dai.csv").unwrap();
        assert_eq!((first.good, first.repeated, first.bad.len()), (20_500, 0, 0));
        assert_eq!(kept(world), u64::from(rows));
        // One row mended in a table program, and all of it sent again.
        let mended = format!("{text}BV-Sao-Bien;;22/11/2026 02:14;50;kg;;;;;\n");
        let again = import(&duty, mended.as_bytes(), "dai.csv").unwrap();
        assert_eq!((again.good, again.repeated), (20_501, 20_500));
        assert_eq!(kept(world), u64::from(rows) + 1);
        world.assert_well();
    });
}

/// Whatever bytes come: no panic, and nothing is half written.
#[test]
fn arbitrary_bytes_never_panic_and_never_half_write() {
    on_both_engines(|world| {
        places(world);
        let duty = world.desk();
        let cell = prop_oneof![
            Just("BV-Hai-Au".to_owned()),
            Just("Bồn số 1".to_owned()),
            Just("22/11/2026 02:14".to_owned()),
            Just("310,5".to_owned()),
            Just("kg".to_owned()),
            "\\PC{0,12}",
            "[0-9.,%-]{0,8}",
        ];
        let table = proptest::collection::vec(proptest::collection::vec(cell, 0..12), 0..6).prop_map(|rows| {
            let lines: Vec<String> = rows.into_iter().map(|cells| cells.join(";")).collect();
            format!("{HEAD}{}", lines.join("\n")).into_bytes()
        });
        let bytes = prop_oneof![
            table,
            proptest::collection::vec(any::<u8>(), 0..300),
            proptest::collection::vec(any::<u8>(), 0..200).prop_map(|tail| [HEAD.as_bytes(), tail.as_slice()].concat()),
            proptest::collection::vec(any::<u8>(), 0..200).prop_map(|tail| [b"PK\x03\x04".as_slice(), &tail].concat()),
        ];
        let config = ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        runner
            .run(&(bytes, any::<bool>()), |(bytes, book)| {
                let before = kept(world);
                let name = if book { "a.xlsx" } else { "a.csv" };
                match import(&duty, &bytes, name) {
                    Ok(told) => prop_assert_eq!(kept(world) - before, (told.good - told.repeated) as u64),
                    Err(failure) => {
                        prop_assert_ne!(failure.code(), "STO-002", "{}", failure);
                        prop_assert_eq!(kept(world), before);
                    }
                }
                Ok(())
            })
            .unwrap();
        world.assert_well();
    });
}

#[test]
fn a_province_without_a_post_has_no_facilities() {
    let world = World::bare(Scratch::of_each_engine().remove(0));
    let nobody = Person { world: &world, actor: desk::Actor::program(place::ProvinceId::new(77)) };
    let text = format!("{HEAD}BV-Hai-Au;Bồn số 1;22/11/2026 02:14;310;kg;;;;;\n");
    let told = import(&nobody, text.as_bytes(), "a.csv").unwrap();
    assert_eq!(codes(&told), [(2, "OXY-050")], "a province that does not exist has no facilities");
}
