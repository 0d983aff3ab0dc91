//! The table of Decree 30/2020/NĐ-CP, appendix I, measured on paper: the `.pdf` as it is and the `.docx` as
//! LibreOffice prints it. Places within 3 mm, sizes within 1 pt.
//!
//! `pdftotext` gives the box of every word in points from the upper left corner, `pdftohtml` the size of every
//! line, `pdftoppm` the page as pixels, in which the rules are found.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;

/// Points in a millimetre.
const MILLIMETRE: f64 = 72.0 / 25.4;
/// Pixels in an inch of the pictures.
const DENSITY: f64 = 200.0;

struct Word {
    page: usize,
    text: String,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

/// A line of one look; poppler gives sizes of a page three times as large, whole, so to a third of a point.
struct Look {
    text: String,
    size: f64,
    bold: bool,
    italic: bool,
}

struct Printed {
    folder: PathBuf,
    name: &'static str,
    words: Vec<Word>,
    looks: Vec<Look>,
    pages: Vec<(f64, f64)>,
}

fn run(command: &mut Command) -> Option<Vec<u8>> {
    let output = command.output().ok()?;
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}

fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    let start = tag.find(&format!("{name}=\"")).unwrap_or_else(|| panic!("{name} in {tag}")) + name.len() + 2;
    tag[start..].split('"').next().unwrap()
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).parse().unwrap()
}

fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#160;", " ");
    // The hyphen that does not break looks the same and is looked for as the usual one.
    text.replace("&amp;", "&").replace(['\u{2011}', '\u{2010}'], "-").nfc().collect()
}

use unicode_normalization::UnicodeNormalization;

impl Printed {
    /// Measures a `.pdf`; nothing where poppler is not installed.
    fn of(folder: &Path, name: &'static str) -> Option<Self> {
        let file = folder.join(name);
        let boxes = run(Command::new("pdftotext").arg("-bbox").arg(&file).arg("-"))?;
        let boxes = String::from_utf8(boxes).unwrap();
        let (mut words, mut pages) = (Vec::new(), Vec::new());
        for line in boxes.lines().map(str::trim) {
            if line.starts_with("<page") {
                pages.push((number(line, "width"), number(line, "height")));
            } else if line.starts_with("<word") {
                let text = line.split('>').nth(1).unwrap().split("</word").next().unwrap();
                words.push(Word {
                    page: pages.len(),
                    text: plain(text),
                    left: number(line, "xMin"),
                    top: number(line, "yMin"),
                    right: number(line, "xMax"),
                    bottom: number(line, "yMax"),
                });
            }
        }
        let html = run(Command::new("pdftohtml").args(["-xml", "-i", "-stdout", "-zoom", "3"]).arg(&file))?;
        let looks = looks(&String::from_utf8(html).unwrap());
        Some(Self { folder: folder.to_owned(), name, words, looks, pages })
    }

    /// The words of a line of the first page it stands on, found by its first words.
    fn line(&self, words: &str) -> Vec<&Word> {
        let wanted: Vec<&str> = words.split(' ').collect();
        let all = |at: &usize| {
            let found = self.words[*at..].iter().map(|word| word.text.as_str());
            self.words.len() >= at + wanted.len() && found.zip(&wanted).all(|(found, wanted)| found == *wanted)
        };
        let at = (0..self.words.len()).find(all).unwrap_or_else(|| panic!("«{words}» is not on {}", self.name));
        self.words[at..at + wanted.len()].iter().collect()
    }

    /// Left, top, right, bottom of some words in millimetres.
    fn place(&self, words: &str) -> (f64, f64, f64, f64) {
        let line = self.line(words);
        let edge = |value: fn(&Word) -> f64, pick: fn(f64, f64) -> f64| {
            line.iter().map(|word| value(word)).reduce(pick).unwrap() / MILLIMETRE
        };
        let (left, right) = (edge(|word| word.left, f64::min), edge(|word| word.right, f64::max));
        (left, edge(|word| word.top, f64::min), right, edge(|word| word.bottom, f64::max))
    }

    fn look(&self, words: &str) -> &Look {
        let found = self.looks.iter().find(|look| look.text.contains(words));
        found.unwrap_or_else(|| panic!("«{words}» has no look on {}", self.name))
    }

    /// Size from the table, weight and slant.
    fn is_written(&self, words: &str, sizes: std::ops::RangeInclusive<f64>, bold: bool, italic: bool) {
        let look = self.look(words);
        let (least, most) = (sizes.start() - 1.0, sizes.end() + 1.0);
        assert!((least..=most).contains(&look.size), "{}: «{words}» is {} pt", self.name, look.size);
        assert_eq!((look.bold, look.italic), (bold, italic), "{}: «{words}»", self.name);
    }

    /// The longest dark run that begins within a box of the first page given in millimetres: left and right edge.
    fn rule(&self, from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
        let mut command = Command::new("pdftoppm");
        command.args(["-gray", "-r", &DENSITY.to_string(), "-f", "1", "-l", "1"]).arg(self.folder.join(self.name));
        let picture = run(&mut command).unwrap();
        let head: Vec<usize> = String::from_utf8_lossy(&picture[..30])
            .split_ascii_whitespace()
            .skip(1)
            .take(3)
            .map(|number| number.parse().unwrap())
            .collect();
        let pixels = &picture[picture.len() - head[0] * head[1]..];
        let pixel = |length: f64| (length / 25.4 * DENSITY) as usize;
        let mut longest = (0, 0);
        for row in pixel(from.1)..pixel(to.1) {
            let mut start = pixel(from.0);
            for column in pixel(from.0)..pixel(to.0) {
                if pixels[row * head[0] + column] > 160 {
                    start = column + 1;
                } else if column + 1 - start > longest.1 - longest.0 {
                    longest = (start, column + 1);
                }
            }
        }
        let length = |pixel: usize| pixel as f64 / DENSITY * 25.4;
        (length(longest.0), length(longest.1))
    }
}

fn looks(html: &str) -> Vec<Look> {
    let mut sizes = std::collections::BTreeMap::new();
    let mut looks = Vec::new();
    for line in html.lines().map(str::trim) {
        if line.starts_with("<fontspec") {
            sizes.insert(
                attribute(line, "id").to_owned(),
                (number(line, "size") / 3.0, attribute(line, "family").to_owned()),
            );
        } else if line.starts_with("<text") {
            let (tag, inner) = line.split_once('>').unwrap();
            let (size, family) = sizes[attribute(tag, "font")].clone();
            let inner = inner.trim_end_matches("</text>");
            let mut text = inner.to_owned();
            for mark in ["<b>", "</b>", "<i>", "</i>"] {
                text = text.replace(mark, "");
            }
            looks.push(Look {
                text: plain(&text),
                size,
                bold: inner.contains("<b>") || family.contains("Bold"),
                italic: inner.contains("<i>") || family.contains("Italic"),
            });
        }
    }
    looks
}

fn near(name: &str, what: &str, found: f64, norm: std::ops::RangeInclusive<f64>) {
    let (least, most) = (norm.start() - 3.0, norm.end() + 3.0);
    assert!((least..=most).contains(&found), "{name}: {what} at {found:.1} mm, not {norm:?}");
}

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

    printed.is_written("KT. GIÁM ĐỐC", 13.0..=14.0, true, false);
    printed.is_written("PHÓ GIÁM ĐỐC", 13.0..=14.0, true, false);
    printed.is_written("Phạm Văn Đước", 13.0..=14.0, true, false);
    let (copies, authority) = (printed.place("Nơi nhận:"), printed.place("KT. GIÁM ĐỐC"));
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

fn middle(place: (f64, f64, f64, f64)) -> f64 {
    (place.0 + place.2) / 2.0
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

/// A folder of its own for every test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("official-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Has LibreOffice print a `.docx`; nothing where it is not installed.
fn by_libreoffice(folder: &Path, file: &str) -> Option<()> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new("soffice");
    command.args([profile.as_str(), "--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir"]);
    run(command.arg(folder).arg(folder.join(file)))?;
    Some(())
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
