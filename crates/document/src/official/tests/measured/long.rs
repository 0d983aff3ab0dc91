//! Papers at their limits: tables of two levels over pages, appendices, forty recipients, subjects of four lines.

use super::families::both_ways;
use super::*;

/// Units with results under groups, over three pages.
fn two_levels() -> OfficialDocument {
    let column =
        |group: &str, title: &str, width, number| Column { title: title.into(), width, number, group: group.into() };
    let rows = (1..=70).map(|row| {
        let mut cells = vec![row.to_string(), format!("Trung tâm Y tế khu vực số {row}, xã Lá Dừa Nước")];
        cells.extend((0..4).map(|cell| (row * 3 + cell).to_string()));
        cells
    });
    let table = Table {
        title: String::new(),
        columns: vec![
            column("", "TT", 6, true),
            column("", "Đơn vị", 34, false),
            column("Đã hoàn thành", "Đúng hạn", 15, true),
            column("Đã hoàn thành", "Quá hạn", 15, true),
            column("Chưa hoàn thành", "Còn hạn", 15, true),
            column("Chưa hoàn thành", "Trễ hạn", 15, true),
        ],
        rows: rows.collect(),
    };
    OfficialDocument {
        body: vec![Block::Table(table.clone()), Block::Paragraph("Sở Y tế thông báo để các đơn vị biết".into())],
        annexes: vec![
            Annex {
                title: "Danh sách đơn vị".into(),
                blocks: vec![Block::Paragraph("Danh sách kèm theo.".into())],
                landscape: false,
            },
            Annex { title: "Kết quả theo đơn vị".into(), blocks: vec![Block::Table(table)], landscape: true },
        ],
        ..report()
    }
}

/// The words that stand alone on lines of a page, as «page, words» by their place from the top.
fn on_page<'p>(printed: &'p Printed, page: usize, text: &str) -> Vec<&'p printed::Word> {
    printed.words.iter().filter(|word| word.page == page && word.text == text).collect()
}

fn heads_of_two_levels(printed: &Printed) {
    let name = printed.name;
    let last_of_text = printed.line("Nơi nhận:")[0].page;
    assert!(last_of_text >= 3, "{name}: the table goes over pages");
    for page in 1..last_of_text {
        for title in ["TT", "Trễ"] {
            assert_eq!(on_page(printed, page, title).len(), 1, "{name}: «{title}» once at the head of page {page}");
        }
        // A group stands over the middle of its columns, a column without one over both levels.
        let word = |text: &str, nth: usize| on_page(printed, page, text)[nth];
        let (in_time, late) = (word("Đúng", 0), word("Quá", 0));
        let group = word("Đã", 0);
        assert!(group.bottom <= in_time.top + 2.0, "{name}: the group above its columns on page {page}");
        let edges = (in_time.left, late.right);
        assert!(group.left > edges.0 - 20.0 && group.right < edges.1 + 40.0, "{name}: over its own columns");
        let unit = word("Đơn", 0);
        let (top, bottom) = (group.top, in_time.bottom);
        let centre = (unit.top + unit.bottom) / 2.0;
        assert!(centre > top && centre < bottom, "{name}: «Đơn vị» over both levels");
    }
    // No row is cut, none is lost: of 70 units each stands once in the text and once in the appendix.
    for unit in ["1,", "35,", "70,"] {
        let found = printed.words.iter().filter(|word| word.text == unit).count();
        assert_eq!(found, 2, "{name}: unit {unit}");
    }
}

fn appendices(printed: &Printed) {
    let name = printed.name;
    // The label is written as a word, 14 pt bold; the name in capitals; what it belongs to leans.
    for label in ["Phụ lục I", "Phụ lục II"] {
        printed.is_written(label, 13.0..=14.0, true, false);
    }
    printed.is_written("DANH SÁCH ĐƠN VỊ", 13.0..=14.0, true, false);
    printed.is_written("(Kèm theo Báo cáo", 13.0..=14.0, false, true);
    let first = printed.line("DANH SÁCH ĐƠN VỊ")[0].page;
    let line: Vec<&str> =
        printed.words.iter().filter(|word| word.page == first).map(|word| word.text.as_str()).collect();
    let said = line.join(" ");
    assert!(said.contains("số 123/BC-SYT ngày 22 tháng 11 năm 2026 của Sở Y tế)"), "{name}: {said}");
    let label = printed.place("DANH SÁCH ĐƠN VỊ");
    near(name, "the appendix's name in the middle", middle(label), 110.0..=110.0);
    let across = printed.line("KẾT QUẢ THEO ĐƠN")[0].page;
    let (wide, high) = printed.pages[across - 1];
    assert!(wide > high && printed.pages[first - 1].0 < printed.pages[first - 1].1, "{name}: only the second across");
    // Pages of an appendix count for themselves: none on its first, 2 on its second.
    let above = |page: usize| {
        let on = printed.words.iter().filter(move |word| word.page == page && word.bottom < 20.0 * MILLIMETRE);
        on.map(|word| word.text.clone()).collect::<Vec<_>>()
    };
    assert!(above(first).is_empty() && above(across).is_empty(), "{name}: a number on an appendix's first page");
    assert_eq!(above(across + 1), ["2"], "{name}: the second page of the appendix");
    let right = printed.words.iter().filter(|word| word.page >= across).map(|word| word.right).fold(0.0, f64::max);
    assert!(right / MILLIMETRE <= 297.0 - 15.0, "{name}: the wide table reaches {:.1} mm", right / MILLIMETRE);
}

#[test]
fn a_table_of_two_levels_goes_over_pages_both_ways() {
    both_ways("hai-tang", &two_levels(), |printed| {
        heads_of_two_levels(printed);
        appendices(printed);
    });
}

const LONG: &str = "tăng cường công tác bảo đảm oxy y tế, rà soát hệ thống khí y tế, bồn chứa oxy lỏng, máy tạo oxy và hợp \
                    đồng cung ứng tại các cơ sở khám bệnh, chữa bệnh, cơ sở thu dung, điều trị trên địa bàn các xã đảo và \
                    vùng sâu, vùng xa trong mùa mưa bão năm 2026";

/// Forty recipients, each with a copy for another purpose, under a subject of nine lines.
fn crowded() -> OfficialDocument {
    let unit = |number: usize| format!("Ủy ban nhân dân xã Lá Dừa Nước {} (qua Phòng Văn hóa - Xã hội)", number + 300);
    OfficialDocument {
        number: Some("124/SYT-NVY".into()),
        kind: Kind::Letter { subject: LONG.into() },
        recipients: (1..=40).map(unit).collect(),
        copies: (1..=40).map(|number| CopyTo { whom: unit(number), purpose: "để biết".into() }).collect(),
        body: (0..30).map(|_| Block::Paragraph(format!("Sở Y tế yêu cầu {LONG}"))).collect(),
        annexes: Vec::new(),
        ..report()
    }
}

#[test]
fn forty_recipients_and_a_subject_of_many_lines_lose_nothing_both_ways() {
    both_ways("dong", &crowded(), |printed| {
        let name = printed.name;
        let about = printed.place("V/v tăng cường");
        assert!(about.0 >= 29.0 && about.2 <= 100.0, "{name}: «V/v» stays in the left column");
        printed.is_written("V/v tăng cường", 12.0..=13.0, false, false);
        // The column is not crossed by any line of it, and «Kính gửi» begins below the last one.
        let to = printed.line("Kính gửi:")[0];
        let left = |word: &&printed::Word| word.page == 1 && word.text == "2026" && word.right < 100.0 * MILLIMETRE;
        let last = printed.words.iter().find(left).unwrap().bottom;
        assert!(last <= to.top + 1.0, "{name}: «Kính gửi» below the subject");
        for number in 1..=40 {
            let mark = (number + 300).to_string();
            // A number of a page ends above the margin; the box of a first line may begin a tenth of a millimetre above it.
            let in_text = |word: &&printed::Word| word.text == mark && word.bottom > 20.0 * MILLIMETRE;
            let found = printed.words.iter().filter(in_text).count();
            assert_eq!(found, 2, "{name}: recipient {mark} stands above and in «Nơi nhận»");
        }
        let right = printed.words.iter().map(|word| word.right).fold(0.0, f64::max) / MILLIMETRE;
        assert!(right <= 192.0, "{name}: nothing beyond the right margin, {right:.1} mm");
        printed.is_written("- Lưu: VT, NVY.", 11.0..=11.0, false, false);
        let signed = printed.line("KT. GIÁM ĐỐC")[0].page;
        let lines = printed.words.iter().filter(|word| word.page == signed && word.text == "yêu");
        assert!(lines.count() > 0, "{name}: an orphaned signature");
    });
}

/// A named kind with a subject of several lines: in the middle, its rule under the last, nothing torn.
#[test]
fn a_long_subject_of_a_named_kind_stays_in_the_middle_both_ways() {
    let document = OfficialDocument {
        kind: Kind::Named { name: "Báo cáo".into(), subject: format!("Kết quả {LONG}") },
        annexes: Vec::new(),
        ..report()
    };
    both_ways("trich-yeu", &document, |printed| {
        let name = printed.name;
        let first = printed.line("Kết quả tăng cường")[0];
        let kind = printed.place("BÁO CÁO");
        let body = printed.line("Thực hiện Quyết định")[0];
        let between =
            printed.words.iter().filter(|word| word.page == 1 && word.top >= first.top - 1.0 && word.bottom < body.top);
        let mut tops: Vec<f64> = between.clone().map(|word| word.top).collect();
        tops.dedup_by(|one, other| (*one - *other).abs() < 3.0);
        assert!(tops.len() >= 4, "{name}: the subject takes several lines");
        let (left, right) =
            between.fold((f64::MAX, 0.0_f64), |(left, right), word| (left.min(word.left), right.max(word.right)));
        let centre = (left + right) / 2.0 / MILLIMETRE;
        near(name, "the subject's centre", centre, 110.0..=110.0);
        near(name, "the kind's centre", middle(kind), 110.0..=110.0);
        printed.is_written("Kết quả tăng cường", 13.0..=14.0, true, false);
    });
}
