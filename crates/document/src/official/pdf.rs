//! The `.pdf`: typst lays the words out by a form that goes with the program; faces are embedded.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::faces::faces;
use super::wording::{COPIES, Words};
use super::{OfficialDocument, wording};
use crate::DocumentProblem;

const FORM: &str = include_str!("official.typ");
const FORM_PATH: &str = "/official.typ";
const WORDS_PATH: &str = "/words.json";

/// Writes a document as `.pdf`. The same document gives the same bytes.
///
/// # Errors
/// [`DocumentProblem::NotWritten`] where it cannot be laid out.
pub fn write_pdf(document: &OfficialDocument) -> Result<Vec<u8>, DocumentProblem> {
    let words = Words::of(document);
    let desk = Desk::new(&words)?;
    let laid = typst::compile::<PagedDocument>(&desk).output.map_err(|faults| refused(&faults))?;
    // What was remembered of this document would only grow in a program that runs for months.
    typst::comemo::evict(0);
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Bốn Tại Chỗ".to_owned())),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&laid, &options).map_err(|faults| refused(&faults))
}

fn refused(faults: &[SourceDiagnostic]) -> DocumentProblem {
    let causes: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    DocumentProblem::NotWritten { cause: causes.join("; ") }
}

/// All that the form may see: itself, the words, four faces. No file, no clock, no network.
struct Desk {
    form: Source,
    words: (FileId, Bytes),
}

impl Desk {
    fn new(words: &wording::Words) -> Result<Self, DocumentProblem> {
        let mut told = serde_json::to_value(words).map_err(not_written)?;
        told["copies_head"] = COPIES.into();
        let bytes = Bytes::new(serde_json::to_vec(&told).map_err(not_written)?);
        let id = |path: &str| {
            VirtualPath::new(path).map(|path| RootedPath::new(VirtualRoot::Project, path).intern()).map_err(not_written)
        };
        Ok(Self { form: Source::new(id(FORM_PATH)?, FORM.to_owned()), words: (id(WORDS_PATH)?, bytes) })
    }
}

fn not_written(cause: impl std::fmt::Debug) -> DocumentProblem {
    DocumentProblem::NotWritten { cause: format!("{cause:?}") }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(faces())));
        &BOOK
    }

    fn main(&self) -> FileId {
        self.form.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.form.id() { Ok(self.form.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.words.0 { Ok(self.words.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        faces().get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
