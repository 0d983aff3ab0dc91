//! The file of a letter to its text: what arrives is a Word file, a PDF, a sheet or plain text.
//!
//! Lives here: telling the kinds apart by their bytes, the order in which a page is read, limits on
//! everything that a hostile or careless file can swell. Not here: what the letter says (`letter`).
//!
//! Nothing in a file is executed, followed or fetched: macros, scripts, links, attached templates
//! and embedded objects stay where they are. What was left out is said in [`LetterText::doubts`].
//!
//! ```
//! use document::letter_file::{FileKind, Limits, read_letter};
//! let read = read_letter("Kính gửi: Sở Y tế.".as_bytes(), "a.txt", &Limits::LETTER, &|| false)?;
//! assert_eq!((read.kind, read.text.as_str()), (FileKind::Text, "Kính gửi: Sở Y tế."));
//! # Ok::<(), document::letter_file::LetterFileProblem>(())
//! ```

mod archive;
mod docx;
mod pdf;
mod problem;
pub(crate) mod xml;

use std::time::Duration;

pub use problem::LetterFileProblem;

use crate::table;
use crate::text::{self, Encoding, Repair};
use archive::Archive;

/// What a file of a letter may cost before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file in bytes.
    pub file_bytes: u64,
    /// Size of the parts that are read of a packed file together, unpacked, in bytes.
    pub unpacked_bytes: u64,
    /// Number of entries of a packed file.
    pub entries: usize,
    /// The text that comes out, in bytes.
    pub text_bytes: usize,
    /// Pages of a PDF.
    pub pages: usize,
    /// How long a PDF may be read.
    pub time: Duration,
}

impl Limits {
    /// For a file that a person waits for: 40 MB, 1,000 pages, 8 MB of text (a decision of 200
    /// pages has about 0.7 MB), 20 seconds.
    pub const LETTER: Self = Self {
        file_bytes: 40_000_000,
        unpacked_bytes: 80_000_000,
        entries: 5_000,
        text_bytes: 8_000_000,
        pages: 1_000,
        time: Duration::from_secs(20),
    };
}

/// What the file was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Plain text in some encoding.
    Text,
    /// A `.docx`, or a `.docm` whose macros were left alone.
    Docx,
    /// A `.xlsx`: its first visible sheet.
    Xlsx,
    /// A `.pdf` with a text layer.
    Pdf,
}

/// What a person should know about how the text was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileDoubt {
    /// The file carries macros or scripts; they were not looked at and not run.
    MacrosIgnored,
    /// The file holds changes that were not accepted yet: inserted text was read, deleted text not.
    TrackedChanges,
    /// Hidden text was left out.
    HiddenText,
    /// Pages without text, perhaps pictures of pages: what stands on them was not read.
    PagesWithoutText,
    /// The text layer lies invisibly over pictures of pages, so it comes from recognition and may
    /// hold misread letters.
    RecognisedText,
    /// Some signs of the PDF have no letter assigned and are missing.
    SignsWithoutLetter,
    /// The caption of a digital signature was left out.
    SignatureCaption,
    /// Other sheets of the workbook were not read.
    OtherSheets,
}

impl FileDoubt {
    /// The key of its sentence in `locales/`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::MacrosIgnored => "letter-file-macros",
            Self::TrackedChanges => "letter-file-tracked-changes",
            Self::HiddenText => "letter-file-hidden-text",
            Self::PagesWithoutText => "letter-file-pages-without-text",
            Self::RecognisedText => "letter-file-recognised-text",
            Self::SignsWithoutLetter => "letter-file-signs-without-letter",
            Self::SignatureCaption => "letter-file-signature-caption",
            Self::OtherSheets => "letter-file-other-sheets",
        }
    }
}

/// The text of a letter and how it was come by.
#[derive(Debug, Clone, PartialEq)]
pub struct LetterText {
    /// The text, composed (NFC). Paragraphs are lines; a blank line stands between paragraphs where
    /// the file says where they end.
    pub text: String,
    /// What the file was.
    pub kind: FileKind,
    /// The encoding of a plain text; UTF-8 for other kinds.
    pub encoding: Encoding,
    /// How sure the encoding is, in percent.
    pub percent: u8,
    /// Pages of a PDF.
    pub pages: Option<usize>,
    /// What was repaired; numbers of lines.
    pub repairs: Vec<Repair>,
    /// What a person should know.
    pub doubts: Vec<FileDoubt>,
}

/// What a reader of one kind gives: raw text, mended afterwards like every other.
struct Raw {
    text: String,
    pages: Option<usize>,
    repairs: text::Repairs,
    doubts: Vec<FileDoubt>,
}

/// Reads the text of a letter from a file's bytes. What it is follows from the bytes; the name
/// serves where they do not tell, and for advice. `stop` is asked now and then: true ends the
/// reading.
///
/// # Errors
/// [`LetterFileProblem`], each with a code, a sentence and a next step.
pub fn read_letter(
    bytes: &[u8],
    file_name: &str,
    limits: &Limits,
    stop: &dyn Fn() -> bool,
) -> Result<LetterText, LetterFileProblem> {
    let size = bytes.len() as u64;
    if size > limits.file_bytes {
        return Err(LetterFileProblem::TooLarge { bytes: size, limit: limits.file_bytes });
    }
    let extension = table::extension_of(file_name);
    match Looks::of(bytes) {
        Looks::Empty => Err(LetterFileProblem::Empty),
        Looks::Zip => zipped(bytes, file_name, extension, limits, stop),
        Looks::Pdf => finished(pdf::read(bytes, limits)?, FileKind::Pdf, limits),
        Looks::OldOffice if table::is_encrypted(bytes) => Err(LetterFileProblem::Protected),
        Looks::OldOffice => Err(LetterFileProblem::OldWord { extension }),
        Looks::Picture => Err(LetterFileProblem::Picture { pages: 1 }),
        Looks::Markup => Err(LetterFileProblem::OtherFormat { extension }),
        Looks::Packed => Err(LetterFileProblem::NotALetter { extension }),
        Looks::Text if matches!(extension.as_str(), "docx" | "docm" | "xlsx" | "xlsm" | "pdf" | "odt" | "zip") => {
            Err(LetterFileProblem::Damaged { cause: format!("the bytes are no .{extension}") })
        }
        Looks::Text => plain(bytes, limits),
    }
}

/// What a file is by its first bytes.
enum Looks {
    Empty,
    Zip,
    Pdf,
    OldOffice,
    Picture,
    Markup,
    Packed,
    Text,
}

impl Looks {
    fn of(bytes: &[u8]) -> Self {
        let head = bytes.get(..1024).unwrap_or(bytes);
        let trimmed = head.trim_ascii_start();
        let begins = |sign: &[u8]| trimmed.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign));
        match head {
            [] => Self::Empty,
            [b'P', b'K', 3 | 5 | 7, 4 | 6 | 8, ..] => Self::Zip,
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Self::OldOffice,
            [0x89, b'P', b'N', b'G', ..]
            | [0xff, 0xd8, 0xff, ..]
            | [b'G', b'I', b'F', b'8', ..]
            | [b'I', b'I', b'*', 0, ..]
            | [b'M', b'M', 0, b'*', ..]
            | [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e', b'i', ..] => Self::Picture,
            [0x1f, 0x8b, ..] | [b'R', b'a', b'r', b'!', ..] | [b'7', b'z', 0xbc, 0xaf, ..] => Self::Packed,
            // A few programs write something before the mark of a PDF; the standard allows it.
            _ if head.windows(5).any(|window| window == b"%PDF-") => Self::Pdf,
            _ if begins(b"{\\rtf") || begins(b"<!doctype") || begins(b"<html") || begins(b"<?xml") => Self::Markup,
            _ => Self::Text,
        }
    }
}

fn zipped(
    bytes: &[u8],
    file_name: &str,
    extension: String,
    limits: &Limits,
    stop: &dyn Fn() -> bool,
) -> Result<LetterText, LetterFileProblem> {
    let mut archive = table::guarded(|| Ok(Archive::open(bytes, limits)))??;
    if archive.has("mimetype") || archive.has("Index/Document.iwa") {
        return Err(LetterFileProblem::OtherFormat { extension });
    }
    if archive.has("EncryptedPackage") {
        return Err(LetterFileProblem::Protected);
    }
    if archive.has("xl/workbook.xml") {
        let upload = table::Limits { file_bytes: limits.file_bytes, ..table::Limits::UPLOAD };
        let read = table::read_table(bytes, file_name, &upload, stop)?;
        return sheet(&read, limits);
    }
    if !archive.has("word/document.xml") && !archive.has("_rels/.rels") {
        return Err(LetterFileProblem::NotALetter { extension });
    }
    let raw = table::guarded(|| Ok(docx::read(&mut archive, &extension, limits, stop)))??;
    finished(raw, FileKind::Docx, limits)
}

/// The rows of a sheet as lines, cells apart by tabs.
fn sheet(read: &table::Table, limits: &Limits) -> Result<LetterText, LetterFileProblem> {
    let rows = read.rows().map(|row| {
        let cells: Vec<&str> = row.cells().map(|cell| cell.text).filter(|text| !text.is_empty()).collect();
        cells.join("\t")
    });
    let text = rows.collect::<Vec<String>>().join("\n");
    let others = matches!(read.source(), table::TableSource::Xlsx { others, .. } if !others.is_empty());
    let doubts = if others { vec![FileDoubt::OtherSheets] } else { Vec::new() };
    within(&text, limits)?;
    Ok(LetterText {
        text,
        kind: FileKind::Xlsx,
        encoding: Encoding::Utf8,
        percent: 100,
        pages: None,
        repairs: read.repairs().to_vec(),
        doubts,
    })
}

fn plain(bytes: &[u8], limits: &Limits) -> Result<LetterText, LetterFileProblem> {
    let decoded = text::decode(bytes, None)?;
    within(&decoded.text, limits)?;
    if !decoded.text.chars().any(char::is_alphanumeric) {
        return Err(LetterFileProblem::Empty);
    }
    Ok(LetterText {
        text: decoded.text,
        kind: FileKind::Text,
        encoding: decoded.encoding,
        percent: decoded.percent,
        pages: None,
        repairs: decoded.repairs,
        doubts: Vec::new(),
    })
}

/// Mends what a reader gave and refuses what has lost its letters.
fn finished(raw: Raw, kind: FileKind, limits: &Limits) -> Result<LetterText, LetterFileProblem> {
    within(&raw.text, limits)?;
    let mut repairs = raw.repairs;
    let text = text::mended(&raw.text, &mut repairs)?;
    if !text.chars().any(char::is_alphanumeric) {
        return Err(LetterFileProblem::NothingInside);
    }
    let mut doubts = raw.doubts;
    doubts.dedup();
    Ok(LetterText {
        text,
        kind,
        encoding: Encoding::Utf8,
        percent: 100,
        pages: raw.pages,
        repairs: repairs.list(),
        doubts,
    })
}

fn within(text: &str, limits: &Limits) -> Result<(), LetterFileProblem> {
    if text.len() > limits.text_bytes {
        return Err(LetterFileProblem::TooMuchText { limit: limits.text_bytes as u64 });
    }
    Ok(())
}

/// The words of a stamp or a watermark where they speak of secrecy: they are read as a line of the
/// letter, so that whoever reads it can refuse it. Other marks across a page are none of its text.
fn secrecy_mark(words: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
    words.to_uppercase().contains("MẬT").then_some(words)
}

/// Paragraphs to text: a blank line where one of two neighbours is running text, so that nobody
/// takes two paragraphs for one; short lines of head and lists stay together.
fn joined(paragraphs: &[String]) -> String {
    const RUNNING: usize = 60;
    let mut text = String::new();
    let mut before = 0;
    for paragraph in paragraphs {
        let length = paragraph.trim().chars().count();
        if !text.is_empty() {
            text.push_str(if before >= RUNNING || length >= RUNNING { "\n\n" } else { "\n" });
        }
        text.push_str(paragraph.trim());
        before = length;
    }
    text
}

#[cfg(test)]
mod tests;
