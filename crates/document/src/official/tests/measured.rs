//! The table of Decree 30/2020/NĐ-CP, appendix I, measured on paper: the `.pdf` as it is and the `.docx` as
//! LibreOffice prints it. Places within 3 mm, sizes within 1 pt.
//!
//! [`printed`] holds the instruments, [`families`] what letters and papers of the Party add to the table, [`long`] what
//! goes over pages.

mod families;
mod long;
mod printed;

use std::process::Command;

use super::*;
use printed::{MILLIMETRE, Printed, by_libreoffice, folder, middle, near, run};

/// Every row of the table.
fn follows_the_decree(printed: &Printed) {
    let name = printed.name;
    let (width, height) = printed.pages[0];
    near(name, "width of the page", width / MILLIMETRE, 210.0..=210.0);
    near(name, "height of the page", height / MILLIMETRE, 297.0..=297.0);
    // Margins: nothing of the text lies outside them, and some of it reaches them.
    let text = || printed.words.iter().filter(|word| word.page <= 2 && word.top > 15.0 * MILLIMETRE);
    let left = text().map(|word| word.left).fold(f64::MAX, f64::min) / MILLIMETRE;
    let right = 210.0 - text().map(|word| word.right).fold(0.0, f64::max) / MILLIMETRE;
    let top = text().map(|word| word.top).fold(f64::MAX, f64::min) / MILLIMETRE;
    let bottom = 297.0 - text().map(|word| word.bottom).fold(0.0, f64::max) / MILLIMETRE;
    near(name, "left margin", left, 30.0..=35.0);
    near(name, "right margin", right, 15.0..=20.0);
    near(name, "top margin", top, 20.0..=25.0);
    assert!(bottom >= 17.0, "{name}: bottom margin {bottom:.1} mm");

    let nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
    let motto = "Độc lập - Tự do - Hạnh phúc";
    printed.is_written(nation, 12.0..=13.0, true, false);
    printed.is_written(motto, 13.0..=14.0, true, false);
    let (nation_place, motto_place) = (printed.place(nation), printed.place(motto));
    near(name, "the motto's centre under the nation's", (motto_place.0 + motto_place.2) / 2.0, {
        let centre = (nation_place.0 + nation_place.2) / 2.0;
        centre..=centre
    });
    assert!(nation_place.0 > 95.0 && nation_place.2 <= 193.0, "{name}: the nation stands to the right");
    let under = printed.rule((90.0, motto_place.3 - 1.0), (200.0, motto_place.3 + 4.0));
    near(name, "the rule's beginning", under.0, motto_place.0..=motto_place.0);
    near(name, "the rule's end", under.1, motto_place.2..=motto_place.2);

    printed.is_written("UBND TỈNH AN GIANG", 12.0..=13.0, false, false);
    printed.is_written("SỞ Y TẾ", 12.0..=13.0, true, false);
    let issuer = printed.place("SỞ Y TẾ");
    let long = issuer.2 - issuer.0;
    let under = printed.rule((30.0, issuer.3 - 1.0), (95.0, issuer.3 + 4.0));
    let share = (under.1 - under.0) / long;
    assert!((0.30..=0.53).contains(&share), "{name}: the issuer's rule is {share:.2} of its name");
    near(name, "the issuer's rule's centre", (under.0 + under.1) / 2.0, {
        let centre = (issuer.0 + issuer.2) / 2.0;
        centre..=centre
    });
    near(
        name,
        "the two heads begin on one line",
        printed.place("UBND TỈNH AN GIANG").1,
        nation_place.1..=nation_place.1,
    );

    printed.is_written("Số: 123/BC-SYT", 13.0..=13.0, false, false);
    printed.is_written("An Giang, ngày 22 tháng 11 năm 2026", 13.0..=14.0, false, true);
    let date = printed.place("An Giang, ngày 22 tháng");
    near(name, "number and date on one line", printed.place("Số: 123/BC-SYT").1, date.1..=date.1);
    printed.is_written("BÁO CÁO", 13.0..=14.0, true, false);
    printed.is_written("Tình hình bảo đảm oxy", 13.0..=14.0, true, false);
    let kind = printed.place("BÁO CÁO");
    near(name, "the kind's centre", (kind.0 + kind.2) / 2.0, 110.0..=110.0);
    printed.is_written("Kính gửi", 13.0..=14.0, false, false);

    printed.is_written("Thực hiện Quyết định", 13.0..=14.0, false, false);
    let first = printed.place("Thực hiện Quyết định");
    near(name, "the first line's indent", first.0, 40.0..=42.7);
    assert!((39.9..=43.5).contains(&first.0), "{name}: first line at {:.2} mm", first.0);
    body_is_justified(printed);
    lines_and_paragraphs_are_apart(printed);

    printed.is_written("KT. GIÁM ĐỐC", 13.0..=14.0, true, false);
    printed.is_written("PHÓ GIÁM ĐỐC", 13.0..=14.0, true, false);
    printed.is_written("Phạm Văn Đước", 13.0..=14.0, true, false);
    let (copies, authority) = (printed.place("Nơi nhận:"), printed.place("KT. GIÁM ĐỐC"));
    near(name, "the signature in the right half", middle(authority), 150.0..=150.0);
    near(name, "«Nơi nhận» beside the signature", copies.1, authority.1..=authority.1);
    near(name, "«Nơi nhận» at the left", copies.0, 30.0..=35.0);
    near(name, "the signer's name under his post", middle(printed.place("Phạm Văn Đước")), {
        let centre = middle(printed.place("PHÓ GIÁM ĐỐC"));
        centre..=centre
    });
    printed.is_written("Nơi nhận:", 12.0..=12.0, true, true);
    printed.is_written("- Như trên;", 11.0..=11.0, false, false);
    printed.is_written("- Lưu: VT, NVY.", 11.0..=11.0, false, false);
    let last_words = printed.line("xem xét, chỉ đạo./.");
    assert_eq!(last_words[0].page, printed.line("KT. GIÁM ĐỐC")[0].page, "{name}: an orphaned signature");
    assert_eq!(printed.line("KT. GIÁM ĐỐC")[0].page, printed.line("Phạm Văn Đước")[0].page, "{name}");

    page_numbers(printed);
    // A table that goes on repeats its head; a wide one lies across the page.
    let heads = printed.words.windows(2).filter(|two| two[0].text == "Cơ" && two[1].text == "sở" && two[0].page <= 2);
    assert!(heads.filter(|two| two[0].page == 2).count() >= 1, "{name}: the head is not repeated");
    let (last_width, last_height) = *printed.pages.last().unwrap();
    assert!(last_width > last_height, "{name}: the wide table lies across");
}

/// The lines of the first paragraph reach both margins, but for the last.
fn body_is_justified(printed: &Printed) {
    let begins = printed.line("Thực hiện Quyết định")[0];
    let on_line = |top: f64| {
        let same = printed.words.iter().filter(move |word| word.page == 1 && (word.top - top).abs() < 3.0);
        same.map(|word| word.right).fold(0.0, f64::max) / MILLIMETRE
    };
    let right = on_line(begins.top);
    assert!((188.5..=191.5).contains(&right), "{}: the first line ends at {right:.1} mm", printed.name);
}

/// One to one and a half lines apart, paragraphs 6 pt more.
fn lines_and_paragraphs_are_apart(printed: &Printed) {
    let begins = printed.line("Thực hiện Quyết định")[0].top;
    let heading = printed.line("1. Tình hình dự trữ")[0].top;
    let mut tops: Vec<f64> = printed.words.iter().filter(|word| word.page == 1).map(|word| word.top).collect();
    tops.retain(|top| *top >= begins - 1.0 && *top <= heading + 1.0);
    tops.sort_by(f64::total_cmp);
    tops.dedup_by(|one, other| (*one - *other).abs() < 3.0);
    let pitches: Vec<f64> = tops.windows(2).map(|two| two[1] - two[0]).collect();
    let [inner @ .., last] = pitches.as_slice() else { panic!("{}: one line", printed.name) };
    for pitch in inner {
        // A line of Times New Roman is 1.15 times its size.
        assert!((14.0..=14.0 * 1.15 * 1.5 + 1.0).contains(pitch), "{}: lines {pitch:.1} pt apart", printed.name);
        assert!(*last >= pitch + 5.0, "{}: a paragraph {last:.1} pt below lines of {pitch:.1}", printed.name);
    }
    assert!(!inner.is_empty());
}

/// None on the first page; then centred in the top margin, 13–14 pt.
fn page_numbers(printed: &Printed) {
    let above = |page: usize| {
        let on = printed.words.iter().filter(move |word| word.page == page && word.bottom < 20.0 * MILLIMETRE);
        on.collect::<Vec<_>>()
    };
    assert!(above(1).is_empty(), "{}: a number on the first page", printed.name);
    let [number] = above(2)[..] else { panic!("{}: no number on page 2", printed.name) };
    assert_eq!(number.text, "2");
    near(printed.name, "the page number's centre", (number.left + number.right) / 2.0 / MILLIMETRE, 105.0..=110.0);
    let at = (number.top + number.bottom) / 2.0 / MILLIMETRE;
    near(printed.name, "the page number in the top margin", at, 10.0..=12.0);
    let look = printed.looks.iter().find(|look| look.text.trim() == "2").unwrap();
    assert!((12.0..=15.0).contains(&look.size), "{}: {} pt", printed.name, look.size);
}

#[test]
fn the_pdf_follows_the_decree() {
    let folder = folder("pdf");
    std::fs::write(folder.join("bao-cao.pdf"), write_pdf(&report()).unwrap()).unwrap();
    let Some(printed) = Printed::of(&folder, "bao-cao.pdf") else {
        println!("skipped: poppler is not installed");
        return;
    };
    follows_the_decree(&printed);
    let fonts = run(Command::new("pdffonts").arg(folder.join("bao-cao.pdf"))).unwrap();
    let fonts = String::from_utf8(fonts).unwrap();
    let faces: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!faces.is_empty() && faces.iter().all(|face| face.contains("LiberationSerif") && face.contains("yes yes")));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_docx_as_libreoffice_prints_it_follows_the_decree() {
    let folder = folder("docx");
    std::fs::write(folder.join("bao-cao.docx"), write_docx(&report()).unwrap()).unwrap();
    if by_libreoffice(&folder, "bao-cao.docx").is_none() {
        println!("skipped: LibreOffice is not installed");
        return;
    }
    let Some(printed) = Printed::of(&folder, "bao-cao.pdf") else {
        println!("skipped: poppler is not installed");
        return;
    };
    follows_the_decree(&printed);
    std::fs::remove_dir_all(&folder).unwrap();
}
