//! DT01: the five letters in more than two hundred other shapes (spelling, lines, page numbers, old
//! encodings, Word, PDF, parts removed), each read through the file reader and held against what
//! people read. The rates are printed (`--no-capture`).

#[path = "../five/compare.rs"]
mod compare;
#[path = "../five/expected.rs"]
mod expected;
mod old;
mod papers;
mod removed;
mod texts;
mod word;

use std::collections::BTreeMap;

use compare::{Field, fields};
use document::letter_file::{Limits, read_letter};
use expected::{Expected, ha_noi, kien_giang, lai_chau, ministry, party};
use letter::Reading;
use old::Capitals;

fn five() -> [(&'static str, (&'static str, Expected)); 5] {
    [
        ("ministry", ministry()),
        ("kien giang", kien_giang()),
        ("lai chau", lai_chau()),
        ("ha noi", ha_noi()),
        ("party", party()),
    ]
}

/// Bytes of a file to fields compared.
fn read(bytes: &[u8], name: &str, expected: &Expected) -> Result<Vec<Field>, String> {
    let text = read_letter(bytes, name, &Limits::LETTER, &|| false).map_err(|problem| problem.to_string())?;
    let letter = letter::read(&text.text).map_err(|refusal| refusal.to_string())?;
    Ok(fields(&Reading::of(&letter, &text.text), expected))
}

/// What was counted under one name.
#[derive(Default)]
struct Rate {
    variants: usize,
    fields: usize,
    right: usize,
    invented: usize,
    wrong: Vec<String>,
}

impl Rate {
    fn add(&mut self, what: &str, compared: Result<Vec<Field>, String>) {
        self.variants += 1;
        let fields = match compared {
            Ok(fields) => fields,
            Err(refusal) => {
                self.fields += 1;
                self.wrong.push(format!("{what}: {refusal}"));
                return;
            }
        };
        for field in fields {
            self.fields += 1;
            // Something was read where nothing stands.
            self.invented += usize::from(field.expected.is_empty() && !field.read.is_empty());
            if field.is_right() {
                self.right += 1;
            } else {
                self.wrong.push(format!("{what}, {}: {:?}, not {:?}", field.name, field.read, field.expected));
            }
        }
    }

    fn percent(&self) -> f64 {
        self.right as f64 * 100.0 / self.fields.max(1) as f64
    }
}

#[derive(Default)]
struct Rates(BTreeMap<&'static str, Rate>);

impl Rates {
    fn add(&mut self, group: &'static str, what: &str, compared: Result<Vec<Field>, String>) {
        self.0.entry(group).or_default().add(what, compared);
    }

    /// Prints the rates, and every field that was not read right.
    fn hold(&self, least: f64) {
        let mut low = Vec::new();
        for (group, rate) in &self.0 {
            eprintln!(
                "{group}: {} variants, {} of {} fields right ({:.2} %), {} invented",
                rate.variants,
                rate.right,
                rate.fields,
                rate.percent(),
                rate.invented
            );
            for line in &rate.wrong {
                eprintln!("    {line}");
            }
            if rate.percent() < least || rate.invented > 0 {
                low.push(*group);
            }
        }
        assert!(low.is_empty(), "less than {least} % or something invented: {low:?}");
    }

    fn variants(&self) -> usize {
        self.0.values().map(|rate| rate.variants).sum()
    }
}

#[test]
fn other_spellings_lines_and_page_numbers_change_nothing() {
    let mut rates = Rates::default();
    for (name, (text, expected)) in five() {
        for (how, variant) in texts::all(text) {
            rates.add("text", &format!("{name}, {how}"), read(variant.as_bytes(), "a.txt", &expected));
        }
        for (how, bytes) in [
            ("UTF-16 LE", old::utf16(text, true)),
            ("UTF-16 BE", old::utf16(text, false)),
            ("code page 1258", old::cp1258(text)),
        ] {
            rates.add("text", &format!("{name}, {how}"), read(&bytes, "a.txt", &expected));
        }
    }
    rates.hold(100.0);
    assert!(rates.variants() >= 200, "{}", rates.variants());
}

#[test]
fn word_files_change_nothing() {
    let mut rates = Rates::default();
    for (name, (text, expected)) in five() {
        let tcvn3 = old::mistaken(&old::tcvn3(text, Capitals::Combined));
        let files = [
            ("lines", word::lines(text)),
            ("runs cut in the middle", word::lines_in_pieces(text)),
            ("no empty paragraphs", word::without_blank_lines(text)),
            ("lines broken by hand", word::broken_by_hand(text)),
            ("letterhead and signature in tables", word::in_tables(text)),
            ("font .VnTime", word::in_font(&tcvn3, ".VnTime")),
            ("font VNI-Times", word::in_font(&old::mistaken(&old::vni(text)), "VNI-Times")),
        ];
        for (how, bytes) in files {
            rates.add("docx", &format!("{name}, {how}"), read(&bytes, "a.docx", &expected));
        }
    }
    rates.hold(100.0);
}

/// The official form, written by the program itself.
#[test]
fn papers_of_the_official_form_are_read_back() {
    let mut rates = Rates::default();
    for (name, document, expected) in papers::official() {
        let docx = document::official::write_docx(&document).expect("a Word file");
        rates.add("official docx", name, read(&docx, "a.docx", &expected));
        let pdf = document::official::write_pdf(&document).expect("a PDF");
        rates.add("official pdf", name, read(&pdf, "a.pdf", &expected));
    }
    rates.hold(100.0);
}

/// Files of LibreOffice: the Word files of the letters printed as PDF and saved again as Word, old Word,
/// and other formats. Where it is not installed this says so.
#[test]
fn files_of_libreoffice_are_read_or_refused() {
    let folder = std::env::temp_dir().join(format!("letters-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut files: Vec<(String, Expected)> = Vec::new();
    let mut put = |name: String, bytes: Vec<u8>, expected: Expected| {
        std::fs::write(folder.join(format!("{name}.docx")), bytes).expect("a file");
        files.push((name, expected));
    };
    for (name, (text, expected)) in five() {
        put(format!("{name}, lines"), word::lines(text), expected);
        put(format!("{name}, tables"), word::in_tables(text), expected);
    }
    for (name, document, expected) in papers::official() {
        let bytes = document::official::write_docx(&document).expect("a Word file");
        put(format!("{name}, official"), bytes, expected);
    }
    let saved = folder.join("saved");
    let home = format!("-env:UserInstallation=file://{}", folder.join("home").display());
    let convert = |to: &str, names: &[&str]| {
        let names = names.iter().map(|name| folder.join(format!("{name}.docx")));
        let mut office = std::process::Command::new("soffice");
        office.args([home.as_str(), "--headless", "--convert-to", to, "--outdir"]).arg(&saved).args(names).output()
    };
    let all: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    if convert("pdf", &all).is_err() {
        eprintln!("skipped: {} files, LibreOffice is not installed", 2 * files.len() + 4);
        return;
    }
    convert("docx", &all).expect("LibreOffice");
    let saved_as = |name: &str, ending: &str| std::fs::read(saved.join(format!("{name}.{ending}"))).expect("saved");
    let mut rates = Rates::default();
    for (name, expected) in &files {
        rates.add("LibreOffice pdf", name, read(&saved_as(name, "pdf"), "a.pdf", expected));
        rates.add("LibreOffice docx", name, read(&saved_as(name, "docx"), "a.docx", expected));
    }
    let one = all[0];
    for (ending, code) in [("doc", "DOC-066"), ("odt", "DOC-067"), ("rtf", "DOC-067"), ("html", "DOC-067")] {
        convert(ending, &[one]).expect("LibreOffice");
        let told = read(&saved_as(one, ending), &format!("a.{ending}"), &files[0].1);
        assert!(told.as_ref().is_err_and(|told| told.starts_with(code)), "{ending}: {told:?}");
    }
    let _ = std::fs::remove_dir_all(&folder);
    rates.hold(100.0);
}

#[test]
fn old_encodings_lose_next_to_nothing() {
    let mut rates = Rates::default();
    for (name, (text, expected)) in five() {
        let of = |text: &str| {
            let combined = old::tcvn3(text, Capitals::Combined);
            let second = old::tcvn3(text, Capitals::SecondFont);
            let vni = old::vni(text);
            [
                ("TCVN3, tones after capitals", combined.clone()),
                ("TCVN3, second font", second.clone()),
                ("TCVN3 as mojibake, tones after capitals", old::mistaken(&combined).into_bytes()),
                ("TCVN3 as mojibake, second font", old::mistaken(&second).into_bytes()),
                ("VNI", vni.clone()),
                ("VNI as mojibake", old::mistaken(&vni).into_bytes()),
            ]
        };
        for (shape, text) in
            [("", text.to_owned()), (" at 60 columns", texts::wrapped(text, 60)), (" CRLF", text.replace('\n', "\r\n"))]
        {
            for (how, bytes) in of(&text) {
                rates.add("old encodings", &format!("{name}, {how}{shape}"), read(&bytes, "a.txt", &expected));
            }
        }
    }
    rates.hold(97.0);
}

#[test]
fn what_is_removed_is_missing_and_never_made_up() {
    let mut rates = Rates::default();
    for (name, (text, expected)) in five() {
        for (how, text, expected) in removed::all(text, &expected) {
            rates.add("removed", &format!("{name}, {how}"), read(text.as_bytes(), "a.txt", &expected));
            let wrapped = texts::wrapped(&text, 60);
            rates.add("removed at 60 columns", &format!("{name}, {how}"), read(wrapped.as_bytes(), "a.txt", &expected));
        }
    }
    rates.hold(97.0);
}
