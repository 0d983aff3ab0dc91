//! Tables of facilities (OX04, OX10, OX11): a facility goes in whole or not at all.

use desk::import::{Imported, facilities};
use desk::rights::Role;
use desk::{Failure, Outcome};
use jiff::civil::date;
use oxygen::StoreKind;
use quantity::Grams;

use crate::common::{Person, World, code_of, on_both_engines};

const HEAD: &str = "Mã cơ sở;Tên cơ sở;Loại;Tuyến;Mã xã;Loại nguồn oxy;Tên bồn hoặc kho;Dung tích;Đơn vị dung tích;\
    Đơn vị thang đo;Số chỉ khi đầy;Dung tích chai (lít nước);Số vỏ chai;Cán bộ đầu mối;Điện thoại đầu mối;Cán bộ dự phòng\n";

fn import(person: &Person<'_>, text: &str) -> Outcome<Imported> {
    facilities::import(&person.world.office, &person.actor, text.as_bytes(), "danh-muc.csv", date(2026, 1, 1))
}

fn codes(imported: &Imported) -> Vec<(u32, &'static str)> {
    imported.bad.iter().map(|bad| (bad.row.number, bad.reason.as_coded().code())).collect()
}

fn table(world: &World, rows: &[&str]) -> String {
    let commune = world.commune("91", 0).to_string();
    format!("{HEAD}{}\n", rows.join("\n").replace("XA", &commune))
}

#[test]
fn what_was_imported_stands_on_the_list_and_can_be_told() {
    on_both_engines(|world| {
        let administrator = world.a(Role::Administrator);
        let text = table(
            world,
            &[
                "HA;BV Hải Âu;BVĐK;Tỉnh;XA;bồn;Bồn số 1;20;tấn;mmH2O;1200;;;DS. Mận;0913 000 111;ĐD. Bưởi",
                "SB;BV Sao Biển;TTYT;Huyện;XA;PSA;Máy;30;Nm³/giờ;;;;;;;",
                "HA;BV Hải Âu;BVĐK;Tỉnh;XA;chai;Chai lớn;;;;;40;60;;;",
            ],
        );
        let imported = import(&administrator, &text).unwrap();
        assert_eq!((imported.good, codes(&imported)), (3, Vec::new()));
        assert_eq!(world.desk().list().lines.len(), 2);
        let registry =
            world.office.look_blocking(|office, connection| office.registry(connection, world.province)).unwrap();
        let facility = registry.facility_called("HA").unwrap();
        let kinds: Vec<StoreKind> = facility.stores.iter().map(|entry| entry.store.kind).collect();
        assert_eq!(kinds, [StoreKind::Tank, StoreKind::Cylinders], "rows apart belong together");
        assert_eq!(facility.stores[0].store.capacity, Grams::from_kg(20_000));
        let call = world.desk().list().lines.iter().find_map(|line| line.call.clone());
        assert_eq!(call, Some(("DS. Mận".into(), "0913 000 111".into())));

        // The gauge has its chart: 600 mmH2O are half a tank.
        let place = world.facility("BV Khác").register();
        let known = crate::common::Place { id: facility.id, ..place };
        let told = crate::common::says(facility.stores[0].store.id, "600 mmH2O", None);
        world.officer_of(&known).files(&known, told).unwrap();
        assert_eq!(world.desk().line(&known).outlook.stock, Grams::from_kg(10_000));
    });
}

#[test]
fn a_bad_row_brings_back_its_whole_facility() {
    on_both_engines(|world| {
        let administrator = world.a(Role::Administrator);
        let text = table(
            world,
            &[
                "HA;BV Hải Âu;BVĐK;Tỉnh;XA;bồn;Bồn số 1;20;tấn;;;;;;;",
                "HA;BV Hải Âu;BVĐK;Tỉnh;XA;chai;Chai lạ;;;;;3;60;;;",
                "SB;BV Sao Biển;TTYT;Huyện;XA;bồn;Bồn;;;;;;;;;",
                ";BV Vô Danh;TTYT;Huyện;XA;;;;;;;;;;;",
                "CC;BV Cồn Cát;TTYT;Huyện;99999;;;;;;;;;;;",
                "BD;BV Bến Đò;Quán cà phê;Huyện;XA;;;;;;;;;;;",
                "DT;BV Điện Thoại;TTYT;Huyện;XA;;;;;;;;;Ai đó;không có;",
                "TT;BV Tốt;TTYT;Huyện;XA;bồn;Bồn;3000;kg;;;;;;;",
            ],
        );
        let imported = import(&administrator, &text).unwrap();
        assert_eq!(imported.good, 1);
        let mut told = codes(&imported);
        told.sort_unstable();
        assert_eq!(
            told[..6],
            [(2, "OXY-063"), (3, "QTY-020"), (4, "OXY-062"), (5, "OXY-060"), (6, "OXY-061"), (7, "DOC-040"),]
        );
        assert_eq!(told[6], (8, "PLA-034"), "a telephone number nobody can call");
        assert_eq!(world.desk().names(), ["BV Tốt"]);
        let again = import(&administrator, &text).unwrap();
        assert_eq!((again.good, again.repeated), (1, 1), "a facility that is there says nothing new: {again:?}");
        assert!(codes(&again).iter().all(|(row, _)| *row != 9), "{:?}", codes(&again));
        assert_eq!(world.desk().names(), ["BV Tốt"]);
    });
}

/// OX04, OX11: a file about facilities that are there brings stores and officers, as the page of the register does.
#[test]
fn a_known_facility_is_brought_up_to_date() {
    on_both_engines(|world| {
        let administrator = world.a(Role::Administrator);
        let first = "HA;BV Hải Âu;BVĐK;Tỉnh;XA;bồn;Bồn số 1;20;tấn;mmH2O;1200;;;DS. Mận;0913 000 111;ĐD. Bưởi";
        assert_eq!(import(&administrator, &table(world, &[first])).unwrap().good, 1);
        let other = first.replace("DS. Mận;0913 000 111", "DS. Ổi;0913 000 222");
        let store = "HA;BV Hải Âu;BVĐK;Tỉnh;XA;chai;Chai lớn;;;;;40;60;;;";
        let imported = import(&administrator, &table(world, &[&other, store])).unwrap();
        assert_eq!((imported.good, imported.repeated, codes(&imported)), (2, 0, Vec::new()));
        let registry =
            world.office.look_blocking(|office, connection| office.registry(connection, world.province)).unwrap();
        assert_eq!(registry.facility_called("HA").unwrap().stores.len(), 2);
        let call = world.desk().list().lines.iter().find_map(|line| line.call.clone());
        assert_eq!(call, Some(("DS. Ổi".into(), "0913 000 222".into())));
        let again = import(&administrator, &table(world, &[&other, store])).unwrap();
        assert_eq!((again.good, again.repeated, codes(&again)), (2, 2, Vec::new()), "nothing new");
        // What a file may not change comes back; the rest of the file goes in.
        let renamed = import(&administrator, &table(world, &[&other.replace("BV Hải Âu", "BV Khác Hẳn")])).unwrap();
        assert_eq!((renamed.good, renamed.bad.len()), (0, 1));
    });
}

#[test]
fn registers_are_kept_by_those_who_may() {
    on_both_engines(|world| {
        let text = table(world, &["SB;BV Sao Biển;TTYT;Huyện;99999;;;;;;;;;;;"]);
        let told = import(&world.a(Role::Leader), &text);
        assert!(matches!(told, Err(Failure::Forbidden(_))), "{told:?}");
        let administrator = world.a(Role::Administrator);
        assert_eq!(code_of(import(&administrator, "Tên;Gì đó\na;b\n")), "DOC-016");
    });
}

/// A list from before the merger: what a code has become is said, and nothing is taken for another place.
#[test]
fn a_list_under_the_old_codes_gets_a_clear_answer() {
    on_both_engines(|world| {
        let administrator = world.a(Role::Administrator);
        let areas = world.office.areas();
        let (before, today) = (date(2025, 6, 30), date(2026, 1, 1));
        let (kien_giang, an_giang) = ("91".parse().unwrap(), "91".parse().unwrap());
        assert_eq!(
            (&*areas.on(kien_giang, before).unwrap().name, &*areas.on(an_giang, today).unwrap().name),
            ("Tỉnh Kiên Giang", "Tỉnh An Giang")
        );
        // A commune of the old Kiên Giang whose code is no more, and a code of today's other province.
        let gone = areas
            .within(kien_giang, place::Level::Commune, before)
            .into_iter()
            .find(|area| areas.on(area.code, today).is_none());
        let gone = gone.expect("codes that ended").code;
        let elsewhere = world.commune("01", 0);
        let text = format!(
            "{HEAD}A;BV Cũ;BVĐK;Tỉnh;{gone};chai;Kho;;;;;40;6;;;\nB;BV Nhầm;BVĐK;Tỉnh;{elsewhere};chai;Kho;;;;;40;6;;;\n"
        );
        let imported = import(&administrator, &text).unwrap();
        assert_eq!((imported.good, codes(&imported)), (0, vec![(2, "WEK-010"), (3, "WEK-011")]));
        let facts: Vec<_> = imported.bad[0].reason.as_coded().facts();
        let fact = |name: &str| facts.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone()).unwrap();
        assert!(fact("old").contains("Kiên Giang") && fact("ended").starts_with("01/"), "{facts:?}");
        assert!(fact("now").contains('('), "the heir with its code: {facts:?}");
    });
}
