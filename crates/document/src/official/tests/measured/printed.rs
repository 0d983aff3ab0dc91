//! What reads a printed page: `pdftotext` gives the box of every word in points from the upper left corner, `pdftohtml`
//! the size of every line, `pdftoppm` the page as pixels, in which the rules are found.

use std::path::{Path, PathBuf};
use std::process::Command;

use unicode_normalization::UnicodeNormalization;

/// Points in a millimetre.
pub(super) const MILLIMETRE: f64 = 72.0 / 25.4;
/// Pixels in an inch of the pictures.
const DENSITY: f64 = 200.0;

pub(super) struct Word {
    pub page: usize,
    pub text: String,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// A line of one look; poppler gives sizes of a page three times as large, whole, so to a third of a point.
pub(super) struct Look {
    pub text: String,
    pub size: f64,
    pub bold: bool,
    pub italic: bool,
}

pub(super) struct Printed {
    pub folder: PathBuf,
    pub name: &'static str,
    pub words: Vec<Word>,
    pub looks: Vec<Look>,
    pub pages: Vec<(f64, f64)>,
}

pub(super) fn run(command: &mut Command) -> Option<Vec<u8>> {
    let output = command.output().ok()?;
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}

fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    let start = tag.find(&format!("{name}=\"")).unwrap_or_else(|| panic!("{name} in {tag}")) + name.len() + 2;
    tag[start..].split('"').next().expect("a value ends")
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).parse().expect("a number")
}

fn plain(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#160;", " ");
    // The hyphen that does not break looks the same and is looked for as the usual one.
    let text = text.replace("&amp;", "&").replace(['\u{2011}', '\u{2010}'], "-").replace('\u{a0}', " ");
    text.nfc().collect()
}

impl Printed {
    /// Measures a `.pdf`; nothing where poppler is not installed.
    pub fn of(folder: &Path, name: &'static str) -> Option<Self> {
        let file = folder.join(name);
        let boxes = run(Command::new("pdftotext").arg("-bbox").arg(&file).arg("-"))?;
        let boxes = String::from_utf8(boxes).expect("poppler writes UTF-8");
        let (mut words, mut pages) = (Vec::new(), Vec::new());
        for line in boxes.lines().map(str::trim) {
            if line.starts_with("<page") {
                pages.push((number(line, "width"), number(line, "height")));
            } else if line.starts_with("<word") {
                let text = plain(line.split('>').nth(1).expect("a tag ends").split("</word").next().expect("a word"));
                let (left, right) = (number(line, "xMin"), number(line, "xMax"));
                // Words around a blank that does not break share a box: each gets its part by its letters.
                let letters = text.chars().count().max(1) as f64;
                let mut before = 0.0;
                for word in text.split(' ') {
                    let long = word.chars().count() as f64;
                    let at = |letter: f64| left + (right - left) * letter / letters;
                    let (top, bottom) = (number(line, "yMin"), number(line, "yMax"));
                    let (left, right) = (at(before), at(before + long));
                    before += long + 1.0;
                    words.push(Word { page: pages.len(), text: word.to_owned(), left, top, right, bottom });
                }
            }
        }
        let html = run(Command::new("pdftohtml").args(["-xml", "-i", "-stdout", "-zoom", "3"]).arg(&file))?;
        let looks = looks(&String::from_utf8(html).expect("poppler writes UTF-8"));
        Some(Self { folder: folder.to_owned(), name, words, looks, pages })
    }

    /// The words of a line of the first page it stands on, found by its first words.
    pub fn line(&self, words: &str) -> Vec<&Word> {
        let wanted: Vec<&str> = words.split(' ').collect();
        let all = |at: &usize| {
            let found = self.words[*at..].iter().map(|word| word.text.as_str());
            self.words.len() >= at + wanted.len() && found.zip(&wanted).all(|(found, wanted)| found == *wanted)
        };
        let at = (0..self.words.len()).find(all).unwrap_or_else(|| panic!("«{words}» is not on {}", self.name));
        self.words[at..at + wanted.len()].iter().collect()
    }

    /// Left, top, right, bottom of some words in millimetres.
    pub fn place(&self, words: &str) -> (f64, f64, f64, f64) {
        let line = self.line(words);
        let edge = |value: fn(&Word) -> f64, pick: fn(f64, f64) -> f64| {
            line.iter().map(|word| value(word)).reduce(pick).expect("a word") / MILLIMETRE
        };
        let (left, right) = (edge(|word| word.left, f64::min), edge(|word| word.right, f64::max));
        (left, edge(|word| word.top, f64::min), right, edge(|word| word.bottom, f64::max))
    }

    pub fn look(&self, words: &str) -> &Look {
        let found = self.looks.iter().find(|look| look.text.contains(words));
        found.unwrap_or_else(|| panic!("«{words}» has no look on {}", self.name))
    }

    /// Size from the table, weight and slant.
    pub fn is_written(&self, words: &str, sizes: std::ops::RangeInclusive<f64>, bold: bool, italic: bool) {
        let look = self.look(words);
        let (least, most) = (sizes.start() - 1.0, sizes.end() + 1.0);
        assert!((least..=most).contains(&look.size), "{}: «{words}» is {} pt", self.name, look.size);
        assert_eq!((look.bold, look.italic), (bold, italic), "{}: «{words}»", self.name);
    }

    /// The longest dark run that begins within a box of the first page given in millimetres: left and right edge.
    pub fn rule(&self, from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
        let mut command = Command::new("pdftoppm");
        command.args(["-gray", "-r", &DENSITY.to_string(), "-f", "1", "-l", "1"]).arg(self.folder.join(self.name));
        let picture = run(&mut command).expect("pdftoppm is installed with pdftotext");
        let head: Vec<usize> = String::from_utf8_lossy(&picture[..30])
            .split_ascii_whitespace()
            .skip(1)
            .take(3)
            .map(|number| number.parse().expect("a number"))
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
            let (tag, inner) = line.split_once('>').expect("a tag ends");
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

pub(super) fn near(name: &str, what: &str, found: f64, norm: std::ops::RangeInclusive<f64>) {
    let (least, most) = (norm.start() - 3.0, norm.end() + 3.0);
    assert!((least..=most).contains(&found), "{name}: {what} at {found:.1} mm, not {norm:?}");
}

pub(super) fn middle(place: (f64, f64, f64, f64)) -> f64 {
    (place.0 + place.2) / 2.0
}

/// A folder of its own for every test.
pub(super) fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("official-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder of its own");
    folder
}

/// Has LibreOffice print a `.docx`; nothing where it is not installed.
pub(super) fn by_libreoffice(folder: &Path, file: &str) -> Option<()> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut command = Command::new("soffice");
    command.args([profile.as_str(), "--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir"]);
    run(command.arg(folder).arg(folder.join(file)))?;
    Some(())
}
