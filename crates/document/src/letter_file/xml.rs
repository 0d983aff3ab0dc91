//! Steps through XML that came from outside: no document type, no entities but the five, no names
//! of other files.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::LetterFileProblem;

pub(crate) fn damaged(error: &dyn std::fmt::Display) -> LetterFileProblem {
    LetterFileProblem::Damaged { cause: format!("xml: {error}") }
}

/// A step that matters to a reader of documents.
pub(crate) enum Step<'x> {
    Open(BytesStart<'x>),
    /// An element without content.
    Alone(BytesStart<'x>),
    /// The local name of the element that ends.
    Close(String),
    Words(String),
    End,
}

pub(crate) struct Steps<'x> {
    reader: Reader<&'x [u8]>,
}

impl<'x> Steps<'x> {
    pub(crate) fn of(text: &'x str) -> Self {
        Self { reader: Reader::from_str(text.trim_start_matches('\u{feff}')) }
    }

    pub(crate) fn next(&mut self) -> Result<Step<'x>, LetterFileProblem> {
        loop {
            let step = match self.reader.read_event().map_err(|error| damaged(&error))? {
                Event::Start(start) => Step::Open(start),
                Event::Empty(start) => Step::Alone(start),
                Event::End(end) => Step::Close(end.local_name().as_ref().to_owned()),
                Event::Text(text) => Step::Words(text.xml10_content().into_owned()),
                Event::CData(text) => Step::Words(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => Step::Words(sign(&reference)?),
                Event::DocType(_) => return Err(LetterFileProblem::DeclaresType),
                Event::Eof => Step::End,
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
            };
            return Ok(step);
        }
    }

    /// Past the content of an element that was just opened.
    pub(crate) fn skip(&mut self, start: &BytesStart<'_>) -> Result<(), LetterFileProblem> {
        self.reader.read_to_end(start.name()).map(|_| ()).map_err(|error| damaged(&error))
    }
}

/// What `&amp;` or `&#273;` stands for. Other names are nobody's to resolve.
fn sign(reference: &BytesRef<'_>) -> Result<String, LetterFileProblem> {
    if let Some(letter) = reference.resolve_char_ref().map_err(|error| damaged(&error))? {
        return Ok(letter.to_string());
    }
    let known = quick_xml::escape::resolve_predefined_entity(reference);
    known.map(str::to_owned).ok_or(LetterFileProblem::DeclaresType)
}

/// The value of an attribute by its local name.
pub(crate) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// Whether `<w:b/>`, `<w:b w:val="1"/>` and so on say yes.
pub(crate) fn is_on(start: &BytesStart<'_>) -> bool {
    attribute(start, "val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
}
