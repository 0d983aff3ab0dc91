//! Registers as sheets (OX01, OX04, OX05, OX06, OX10, OX12, OX14, OX15, OX17, TR01, TR03, TR05): what is taken out,
//! changed in a spreadsheet and brought back changes only what was changed.

pub mod furnished;

use desk::registers::file::{Counts, FileState};
use desk::registers::{ALL, work};
use desk::rights::Role;
use document::sheet::Value;
use quantity::{Coded, Span};

use crate::common::{Person, World, code_of, on_both_engines};
use furnished::{Row, codes, edits, entry, furnish, opened, preview, rows_of, sends, sheet, taken_out, text, writes};

#[test]
fn every_register_has_its_columns_and_nothing_can_be_a_formula() {
    for one in &ALL {
        let layout = one.layout().unwrap_or_else(|problem| panic!("{}: {problem}", one.name));
        assert!(layout.columns.len() > 5, "{}", one.name);
    }
    let layout = entry("suppliers").layout().unwrap();
    let row = Row::from([("name".to_owned(), text("=HYPERLINK(\"http://x\")"))]);
    let back = rows_of(&sheet(&layout, vec![row]), &layout);
    assert_eq!(back[0]["name"], text("=HYPERLINK(\"http://x\")"), "words, not what a formula makes of them");
}

/// Taken out and brought back untouched, no register changes: nothing is written, nothing is refused.
#[test]
fn what_is_taken_out_and_brought_back_changes_nothing() {
    on_both_engines(|world| {
        furnish(world);
        let desk = world.desk();
        for one in &ALL {
            let bytes = taken_out(&desk, one).unwrap();
            let rows = rows_of(&bytes, &one.layout().unwrap()).len();
            assert!(rows > 0, "{} is empty", one.name);
            let id = sends(&desk, one, "so.xlsx", bytes).unwrap();
            let preview = preview(&desk, id);
            let counts = Counts { same: rows, ..Counts::default() };
            assert_eq!(preview.counts(), counts, "{}: {:?}", one.name, preview.rows);
            assert_eq!(code_of(writes(&desk, id)), "IMP-023");
        }
        world.assert_well();
    });
}

/// One cell changed in a spreadsheet is one cell changed in the register; the same file again says nothing new.
#[test]
fn one_cell_changed_is_one_cell_changed() {
    on_both_engines(|world| {
        furnish(world);
        let desk = world.desk();
        for (name, cells) in edits() {
            let layout = entry(name).layout().unwrap();
            for (key, value) in cells {
                world.pass(Span::minutes(2));
                let before = rows_of(&taken_out(&desk, entry(name)).unwrap(), &layout);
                let at = before.iter().position(|row| row[key] != Value::Empty).unwrap_or(0);
                let mut changed = before.clone();
                changed[at].insert(key.to_owned(), value.clone());
                if name == "contracts" && key == "ceiling_dong" {
                    changed[at].insert("ceiling_kg".to_owned(), text("xóa"));
                }
                let file = sheet(&layout, changed);
                let id = sends(&desk, entry(name), "so.xlsx", file.clone()).unwrap();
                let seen = preview(&desk, id);
                assert_eq!(seen.counts().changed, 1, "{name} {key}: {:?}", seen.rows);
                assert_eq!(seen.counts().same, before.len() - 1, "{name} {key}");
                assert_eq!(writes(&desk, id).unwrap().changed, 1, "{name} {key}: {:?}", preview(&desk, id).rows);
                let after = rows_of(&taken_out(&desk, entry(name)).unwrap(), &layout);
                let told: Vec<&String> = before[at].keys().filter(|one| before[at][*one] != after[at][*one]).collect();
                let own = |key: &String| name == "contracts" && key.starts_with("ceiling");
                let others = |row: usize| after[row] == before[row];
                assert!(told.iter().all(|one| *one == key || own(one)) && !told.is_empty(), "{name} {key}: {told:?}");
                assert!((0..before.len()).filter(|row| *row != at).all(others), "{name} {key}");
                let again = sends(&desk, entry(name), "so.xlsx", file).unwrap();
                let counts = preview(&desk, again).counts();
                assert_eq!(
                    (counts.written(), counts.refused),
                    (0, 0),
                    "{name} {key}: {:?}",
                    preview(&desk, again).rows
                );
            }
        }
        world.assert_well();
    });
}

/// Good rows go in, the others come back with row, reason, code and next step; mended there, the file is sent again.
#[test]
fn rows_that_cannot_go_in_come_back_and_the_others_go_in() {
    on_both_engines(|world| {
        let desk = world.desk();
        let text = "Biển số;Loại xe;Chở được (kg);Chủ xe;Đăng kiểm đến hết\n\
            68C-100.01;xe bồn;5000;Sao Mai;31/12/2026\n\
            không biển;xe bồn;5000;Sao Mai;\n\
            68C-100.02;xe bay;5000;Sao Mai;\n\
            68C-100.03;xe bồn;5000;;\n\
            68c 10001;xe bồn;6000;Sao Mai;31/12/2026\n\
            68C-100.04;xe tải;0;Sao Mai;\n";
        let id = sends(&desk, entry("vehicles"), "xe.csv", text.as_bytes().to_vec()).unwrap();
        let seen = preview(&desk, id);
        let told: Vec<(u32, String)> = codes(&seen);
        let told: Vec<(u32, &str)> = told.iter().map(|(row, code)| (*row, code.as_str())).collect();
        assert_eq!(told, [(3, "SUP-001"), (4, "DOC-040"), (5, "IMP-003"), (6, "IMP-004"), (7, "SUP-015")]);
        assert_eq!((world.operations(), seen.counts().new), (world.operations(), 1));
        let held = |person: &Person<'_>| {
            rows_of(&taken_out(person, entry("vehicles")).unwrap(), &entry("vehicles").layout().unwrap())
        };
        assert_eq!(writes(&desk, id).unwrap(), Counts { new: 1, refused: 5, ..Counts::default() });
        assert_eq!(held(&desk).len(), 1);
        assert!(matches!(opened(&desk, id).kept.content.state, FileState::Written(_)));
        assert_eq!(code_of(writes(&desk, id)), "IMP-021", "pressed twice");

        // The rows given back carry their reasons; mended in place, the file goes in.
        let back = work::given_back(&world.office, &desk.actor, id, locale::Locale::Vietnamese).unwrap();
        let back = String::from_utf8(back.bytes).unwrap();
        assert!(
            back.contains("Lý do") && back.contains("Dòng 5") && back.contains("IMP-003") && back.contains("Chủ xe"),
            "{back}"
        );
        let mended =
            back.replace("không biển", "68C-100.09").replace("xe bay", "xe tải").replace("68c 10001", "68C-100.08");
        let id = sends(&desk, entry("vehicles"), "xe.csv", mended.into_bytes()).unwrap();
        assert_eq!(preview(&desk, id).counts(), Counts { new: 3, refused: 2, ..Counts::default() });
        world.assert_well();
    });
}

/// OX07: a sheet as a province keeps it, titles above, columns in another order, without tones, some unknown.
#[test]
fn a_sheet_without_tones_under_titles_is_read() {
    on_both_engines(|world| {
        let desk = world.desk();
        let text = "SO Y TE TINH AN GIANG\nDANH SACH NHA CUNG CAP OXY\nThang 11/2026\n\
            STT;DIA CHI;TEN NHA CUNG UNG;LOAI;SDT;GHI CHU\n\
            1;Rạch Giá;Khí Sao Mai;tram chiet nap;0297 386 0000;tin cậy\n";
        let id = sends(&desk, entry("suppliers"), "ncc.csv", text.as_bytes().to_vec()).unwrap();
        let seen = preview(&desk, id);
        assert_eq!(seen.counts(), Counts { new: 1, ..Counts::default() }, "{:?}", seen.rows);
        let unknown: Vec<(&str, &str)> = seen.unknown.iter().map(|(at, title)| (at.as_str(), title.as_str())).collect();
        assert_eq!(unknown, [("A", "STT"), ("F", "GHI CHU")]);
        let fields: Vec<(&str, &str)> =
            seen.rows[0].fields.iter().map(|field| (field.title.as_str(), field.after.as_str())).collect();
        assert!(
            fields.contains(&("Loại", "trạm chiết nạp")) && fields.contains(&("Điện thoại", "0297 386 0000")),
            "{fields:?}"
        );
        writes(&desk, id).unwrap();
    });
}

#[test]
fn the_file_of_another_register_is_named() {
    on_both_engines(|world| {
        furnish(world);
        let desk = world.desk();
        for (sent, to) in [
            ("vessels", "beds"),
            ("facilities", "beds"),
            ("beds", "vessels"),
            ("roster", "suppliers"),
            ("works", "refills"),
        ] {
            let bytes = taken_out(&desk, entry(sent)).unwrap();
            let failure = sends(&desk, entry(to), "so.xlsx", bytes).unwrap_err();
            let title = entry(sent).layout().unwrap().title;
            let facts = failure.facts();
            assert_eq!(failure.code(), "IMP-001", "{sent} to {to}: {failure}");
            assert!(facts.contains(&("other", title)), "{sent} to {to}: {facts:?}");
        }
        assert_eq!(code_of(sends(&desk, entry("beds"), "so.csv", b"Ma co so\nHA\n".to_vec())), "IMP-002");
        assert_eq!(code_of(sends(&desk, entry("beds"), "so.csv", Vec::new())), "IMP-024");
        assert_eq!(code_of(sends(&desk, entry("beds"), "so.csv", b"%PDF-1.7 abc".to_vec())), "DOC-009");
    });
}

/// What was previewed is what is written: a register that has changed meanwhile is shown anew first.
#[test]
fn a_preview_that_is_no_longer_so_is_told() {
    on_both_engines(|world| {
        furnish(world);
        let desk = world.desk();
        let layout = entry("vehicles").layout().unwrap();
        let mut rows = rows_of(&taken_out(&desk, entry("vehicles")).unwrap(), &layout);
        rows[0].insert("driver".to_owned(), text("Trần Văn Sông"));
        let file = sheet(&layout, rows.clone());
        let id = sends(&desk, entry("vehicles"), "xe.xlsx", file.clone()).unwrap();
        rows[0].insert("driver".to_owned(), text("Người Khác"));
        let other = sends(&desk, entry("vehicles"), "xe-2.xlsx", sheet(&layout, rows)).unwrap();
        writes(&desk, other).unwrap();
        assert_eq!(code_of(writes(&desk, id)), "IMP-022");
        let seen = preview(&desk, id);
        assert_eq!(seen.rows[0].fields[0].before, "Người Khác", "made anew");
        assert_eq!(writes(&desk, id).unwrap().changed, 1);
        // Sent by another, the same file is another's.
        let leader = world.a(Role::Observer);
        assert_eq!(code_of(sends(&leader, entry("vehicles"), "xe.xlsx", file)), "DSK-002");
        let stranger = world.desk();
        let seen = world.office.look_blocking(|_, connection| work::open(connection, &stranger.actor, id));
        assert_eq!(code_of(seen), "DSK-001", "its rows may name people");
    });
}

/// Who works for one facility brings in and takes out no other's, and learns nothing of it.
#[test]
fn rows_outside_of_the_scope_are_unknown() {
    on_both_engines(|world| {
        let place = furnish(world);
        let other = world.facility("BV Cửa Sông").register();
        let officer = world.officer_of(&place);
        let text = format!(
            "Mã cơ sở;Đếm lúc;Giường đang mở\n{};22/11/2026 07:59;100\n{};22/11/2026 07:59;50\n",
            place.code, other.code
        );
        let id = sends(&officer, entry("beds"), "giuong.csv", text.into_bytes()).unwrap();
        let seen = preview(&officer, id);
        assert_eq!(codes(&seen), [(3, "IMP-005".to_owned())]);
        assert_eq!(seen.counts().changed, 1, "{:?}", seen.rows);
        assert_eq!(code_of(sends(&officer, entry("suppliers"), "a.csv", b"x".to_vec())), "DSK-002");
        assert_eq!(code_of(taken_out(&officer, entry("beds"))), "DSK-002", "who may not take figures out");
        let listed = world.office.look_blocking(|office, connection| work::list(office, connection, &officer.actor));
        let beds = listed.unwrap().into_iter().find(|one| one.entry.name == "beds").unwrap();
        assert_eq!(beds.rows, 1);
    });
}

/// New facilities go in whole or not at all; a known one gets the store it did not have.
#[test]
fn facilities_go_in_whole_and_get_stores_later() {
    on_both_engines(|world| {
        let desk = world.desk();
        let commune = world.commune("91", 0);
        let head =
            "Mã cơ sở;Tên cơ sở;Loại;Mã xã;Loại nguồn oxy;Tên bồn hoặc kho;Dung tích;Đơn vị dung tích;Cán bộ đầu mối\n";
        let file = format!(
            "{head}HA;BV Hải Âu;BVĐK;{commune};bồn;Bồn số 1;20;tấn;DS. Mận\n\
             SB;BV Sao Biển;TTYT;{commune};PSA;Máy;30;Nm³/giờ;\n\
             SB;BV Sao Biển;TTYT;{commune};bồn;Bồn;;;\n"
        );
        let id = sends(&desk, entry("facilities"), "co-so.csv", file.into_bytes()).unwrap();
        assert_eq!(codes(&preview(&desk, id)), [(3, "OXY-063".to_owned()), (4, "OXY-062".to_owned())]);
        assert_eq!(writes(&desk, id).unwrap(), Counts { new: 1, refused: 2, ..Counts::default() });
        let file = format!(
            "{head}HA;BV Hải Âu;;{commune};bồn;Bồn số 1;20000;kg;\nHA;BV Hải Âu;;{commune};bồn;Bồn số 2;5;tấn;\n\
             HA;BV Hải Âu;;{commune};bồn;Bồn số 3;5;tấn;DS. Đào\n"
        );
        let id = sends(&desk, entry("facilities"), "co-so.csv", file.into_bytes()).unwrap();
        let seen = preview(&desk, id);
        assert_eq!(seen.counts(), Counts { new: 2, same: 1, ..Counts::default() }, "{:?}", seen.rows);
        writes(&desk, id).unwrap();
        let rows = rows_of(&taken_out(&desk, entry("facilities")).unwrap(), &entry("facilities").layout().unwrap());
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1]["capacity"], Value::Decimal(5_000.0));
        // A row that cannot be read keeps its facility out.
        let file = format!(
            "{head}CS;BV Cửa Sông;;{commune};bồn;Bồn số 1;20;tấn;\ncs;BV Cửa Sông;;{commune};bồn;Bồn số 2;hai;tấn;\n"
        );
        let id = sends(&desk, entry("facilities"), "co-so.csv", file.into_bytes()).unwrap();
        assert_eq!(codes(&preview(&desk, id)), [(2, "OXY-063".to_owned()), (3, "DOC-033".to_owned())]);
        assert_eq!(code_of(writes(&desk, id)), "IMP-023");
        // What is known of a facility is not changed in passing.
        let file = format!("{head}HA;BV Hải Âu Mới;;{commune};bồn;Bồn số 1;21;tấn;\n");
        let id = sends(&desk, entry("facilities"), "co-so.csv", file.into_bytes()).unwrap();
        assert_eq!(codes(&preview(&desk, id)), [(2, "IMP-006".to_owned())]);
        world.assert_well();
    });
}

/// Five thousand rows are looked at, written and looked at again.
#[test]
fn a_file_of_five_thousand_rows() {
    let world = World::on_sqlite();
    let desk = world.desk();
    let mut text = String::from("Nhà cung ứng;Loại;Oxy lỏng mỗi ngày (kg)\n");
    for number in 0..5_000 {
        text.push_str(&format!("Khí Công nghiệp số {number};cả hai;{},5\n", 1_000 + number));
    }
    let id = sends(&desk, entry("suppliers"), "ncc.csv", text.clone().into_bytes()).unwrap();
    assert_eq!(preview(&desk, id).counts(), Counts { new: 5_000, ..Counts::default() });
    assert_eq!(writes(&desk, id).unwrap().new, 5_000);
    let again = sends(&desk, entry("suppliers"), "ncc.csv", text.into_bytes()).unwrap();
    assert_eq!(preview(&desk, again).counts(), Counts { same: 5_000, ..Counts::default() });
    let mut many = String::from("Nhà cung ứng;Loại\n");
    many.extend((0..20_001).map(|number| format!("N{number};cả hai\n")));
    assert_eq!(code_of(sends(&desk, entry("suppliers"), "ncc.csv", many.into_bytes())), "IMP-008");
}
