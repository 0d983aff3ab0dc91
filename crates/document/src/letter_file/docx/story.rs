//! One part of a file (body, head, foot, notes): elements to paragraphs.

use quick_xml::events::BytesStart;

use super::super::xml::{Step, Steps, attribute};
use super::super::{LetterFileProblem, Limits};
use super::Known;
use super::grid::Grid;
use super::styles::{ListPlace, Look};
use crate::text::OldFont;

/// How often the caller's stop function is asked, in elements.
const STOP_EVERY: u32 = 4_096;

/// Tables, boxes and paragraphs inside each other.
const DEEPEST: usize = 64;

/// Head and foot that the first section names.
#[derive(Debug, Default)]
pub(super) struct FirstPage {
    header: [Option<String>; 2],
    footer: [Option<String>; 2],
    differs: bool,
    done: bool,
}

impl FirstPage {
    fn pick(&self, parts: &[Option<String>; 2]) -> Option<String> {
        let [first, usual] = parts;
        if self.differs { first.clone() } else { usual.clone() }
    }

    /// The relation of the first page's head.
    pub(super) fn header(&self) -> Option<String> {
        self.pick(&self.header)
    }

    /// The relation of the first page's foot.
    pub(super) fn footer(&self) -> Option<String> {
        self.pick(&self.footer)
    }

    fn take(&mut self, start: &BytesStart<'_>) {
        let side = match start.local_name().as_ref() {
            "headerReference" => &mut self.header,
            "footerReference" => &mut self.footer,
            "titlePg" => {
                self.differs = super::super::xml::is_on(start);
                return;
            }
            _ => return,
        };
        let [first, usual] = side;
        match attribute(start, "type").as_deref() {
            Some("first") => *first = attribute(start, "id"),
            Some("even") => {}
            _ => *usual = attribute(start, "id"),
        }
    }
}

/// Words of one look.
#[derive(Debug)]
struct Piece {
    font: Option<OldFont>,
    capitals: bool,
    words: String,
}

#[derive(Debug, Default)]
struct Paragraph {
    style: Option<String>,
    place: ListPlace,
    /// What the style gives; found when the properties are over.
    base: Option<Look>,
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Frame {
    /// A body, a cell, a box, a note.
    Place(Vec<String>),
    Paragraph(Paragraph),
    Table(Grid),
}

/// Fields whose result is no text of the letter.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    shows: bool,
}

impl Field {
    fn is_page(&self) -> bool {
        self.instruction.split_whitespace().next().is_some_and(|word| matches!(word, "PAGE" | "NUMPAGES"))
    }
}

/// A part, read.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) paragraphs: Vec<String>,
    pub(super) first_page: FirstPage,
}

/// Footnotes or endnotes.
pub(super) type Notes = Story;

struct Teller<'k> {
    known: &'k mut Known,
    /// Paragraphs of the part itself.
    told: Vec<String>,
    /// What is open inside each other.
    frames: Vec<Frame>,
    fields: Vec<Field>,
    look: Look,
    run_style: Option<String>,
    in_run_properties: bool,
    in_words: bool,
    in_instruction: bool,
    first_page: FirstPage,
    length: usize,
}

impl Story {
    pub(super) fn read(
        xml: &str,
        known: &mut Known,
        limits: &Limits,
        stop: &dyn Fn() -> bool,
    ) -> Result<Self, LetterFileProblem> {
        let mut teller = Teller {
            known,
            told: Vec::new(),
            frames: Vec::new(),
            fields: Vec::new(),
            look: Look::default(),
            run_style: None,
            in_run_properties: false,
            in_words: false,
            in_instruction: false,
            first_page: FirstPage::default(),
            length: 0,
        };
        let mut steps = Steps::of(xml);
        let mut seen = 0_u32;
        loop {
            seen = seen.wrapping_add(1);
            if seen.is_multiple_of(STOP_EVERY) && stop() {
                return Err(LetterFileProblem::Stopped);
            }
            match steps.next()? {
                Step::Open(start) => {
                    if teller.passes(&start) {
                        steps.skip(&start)?;
                    } else {
                        teller.open(&start)?;
                    }
                }
                Step::Alone(start) => {
                    // An empty element opens and closes.
                    if !teller.passes(&start) {
                        teller.open(&start)?;
                        teller.close(start.local_name().as_ref());
                    }
                }
                Step::Close(name) => teller.close(&name),
                Step::Words(words) if teller.in_instruction => {
                    if let Some(field) = teller.fields.last_mut() {
                        field.instruction.push_str(&words);
                    }
                }
                Step::Words(words) if teller.in_words => teller.say(&words),
                Step::Words(_) => {}
                Step::End => break,
            }
            if teller.length > limits.text_bytes {
                return Err(LetterFileProblem::TooMuchText { limit: limits.text_bytes as u64 });
            }
        }
        while !teller.frames.is_empty() {
            teller.end_frame();
        }
        Ok(Self { paragraphs: teller.told, first_page: teller.first_page })
    }
}

impl Teller<'_> {
    /// Whether an element is left out with all that is in it: deleted text, what a change replaced,
    /// the second form of the same drawing, separators of notes, names of placeholders.
    fn passes(&mut self, start: &BytesStart<'_>) -> bool {
        let name = start.local_name();
        match name.as_ref() {
            "del" | "moveFrom" => {
                self.known.tracked = true;
                true
            }
            "ins" | "moveTo" => {
                self.known.tracked = true;
                false
            }
            "rPrChange" | "pPrChange" | "sectPrChange" | "tblPrChange" | "tcPrChange" | "trPrChange"
            | "tblGridChange" | "numberingChange" | "Fallback" | "delText" | "delInstrText" | "sdtPr" | "object"
            | "oMathPara" | "ruby" => true,
            "footnote" | "endnote" => {
                matches!(attribute(start, "type").as_deref(), Some("separator" | "continuationSeparator"))
            }
            _ => false,
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), LetterFileProblem> {
        if self.frames.len() > DEEPEST {
            return Err(LetterFileProblem::Damaged { cause: "nested too deeply".to_owned() });
        }
        match start.local_name().as_ref() {
            "p" => self.frames.push(Frame::Paragraph(Paragraph::default())),
            "tbl" => self.frames.push(Frame::Table(Grid::default())),
            "tr" => {
                if let Some(Frame::Table(grid)) = self.frames.last_mut() {
                    grid.rows.push(Vec::new());
                }
            }
            "tc" | "txbxContent" | "footnote" | "endnote" => self.frames.push(Frame::Place(Vec::new())),
            "top" | "left" | "insideH" | "insideV" | "start" => self.border(start),
            "tblStyle" => {
                if let Some(Frame::Table(grid)) = self.frames.last_mut() {
                    grid.ruled |= attribute(start, "val").is_some_and(|name| name.to_lowercase().contains("grid"));
                }
            }
            "r" => {
                self.settle();
                self.look = Look::default();
                self.run_style = None;
            }
            "rPr" => self.in_run_properties = true,
            "rStyle" => self.run_style = attribute(start, "val"),
            "pStyle" => {
                if let Some(Frame::Paragraph(paragraph)) = self.frames.last_mut() {
                    paragraph.style = attribute(start, "val");
                }
            }
            "numId" | "ilvl" => {
                if let Some(Frame::Paragraph(paragraph)) = self.frames.last_mut() {
                    paragraph.place.take(start);
                }
            }
            "t" => self.in_words = true,
            "instrText" => self.in_instruction = true,
            "fldSimple" => {
                let instruction = attribute(start, "instr").unwrap_or_default();
                self.fields.push(Field { instruction, shows: true });
            }
            "fldChar" => match attribute(start, "fldCharType").as_deref() {
                Some("begin") => self.fields.push(Field::default()),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        field.shows = true;
                    }
                }
                _ => {
                    self.fields.pop();
                }
            },
            "tab" if !self.in_run_properties && self.in_run() => self.say("\t"),
            "br" | "cr" => self.say("\n"),
            "noBreakHyphen" => self.say("-"),
            // A watermark drawn as a picture of letters.
            "textpath" => {
                let mark = attribute(start, "string").and_then(|words| super::super::secrecy_mark(&words));
                self.place().extend(mark);
            }
            // Signs of Wingdings and Symbol: bullets and ticks, no letters.
            "sym" => self.say("-"),
            _ if self.in_run_properties => self.look.take(start),
            _ if !self.first_page.done => self.first_page.take(start),
            _ => {}
        }
        Ok(())
    }

    /// Tabs of a paragraph's properties are places, those of a run are signs.
    fn in_run(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Paragraph(paragraph)) if paragraph.base.is_some())
    }

    /// A table with lines inside, or a cell with lines around it, holds figures and no layout.
    fn border(&mut self, start: &BytesStart<'_>) {
        let drawn = attribute(start, "val").is_some_and(|value| !matches!(value.as_str(), "nil" | "none"));
        let inside = start.local_name().as_ref().starts_with("inside");
        match self.frames.as_mut_slice() {
            [.., Frame::Table(grid)] => grid.ruled |= drawn && inside,
            [.., Frame::Table(grid), Frame::Place(_)] => grid.ruled |= drawn,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "tbl" | "tc" | "txbxContent" | "footnote" | "endnote" => self.end_frame(),
            "pPr" => self.settle(),
            "rPr" => self.in_run_properties = false,
            "t" => self.in_words = false,
            "instrText" => self.in_instruction = false,
            "fldSimple" => {
                self.fields.pop();
            }
            "sectPr" => self.first_page.done = true,
            _ => {}
        }
    }

    /// The look of a paragraph, once its style is known.
    fn settle(&mut self) {
        if let Some(Frame::Paragraph(paragraph)) = self.frames.last_mut()
            && paragraph.base.is_none()
        {
            paragraph.base = Some(self.known.styles.of_paragraph(paragraph.style.as_deref()));
        }
    }

    fn say(&mut self, words: &str) {
        self.settle();
        if self.fields.iter().any(|field| !field.shows || field.is_page()) {
            return;
        }
        let Some(Frame::Paragraph(paragraph)) = self.frames.last_mut() else { return };
        let mut look = self.look.clone();
        if let Some(style) = &self.run_style {
            look = look.over(&self.known.styles.of_words(style));
        }
        if let Some(base) = &paragraph.base {
            look = look.over(base);
        }
        if look.hidden == Some(true) {
            self.known.hidden |= words.chars().any(char::is_alphanumeric);
            return;
        }
        self.length += words.len();
        let font = look.font.as_deref().and_then(OldFont::named);
        let capitals = look.capitals == Some(true);
        match paragraph.pieces.last_mut().filter(|last| last.font == font && last.capitals == capitals) {
            Some(last) => last.words.push_str(words),
            None => paragraph.pieces.push(Piece { font, capitals, words: words.to_owned() }),
        }
    }

    /// Ends the innermost frame and hands what it holds to the one around it.
    fn end_frame(&mut self) {
        match self.frames.pop() {
            Some(Frame::Paragraph(paragraph)) => {
                let text = self.text_of(paragraph);
                self.place().extend(text.split('\n').map(str::to_owned));
            }
            Some(Frame::Table(grid)) => {
                let paragraphs = grid.paragraphs();
                self.place().extend(paragraphs);
            }
            Some(Frame::Place(lines)) => match self.frames.last_mut() {
                Some(Frame::Table(grid)) => match grid.rows.last_mut() {
                    Some(row) => row.push(lines),
                    None => grid.rows.push(vec![lines]),
                },
                // A text box stands before the paragraph that holds it.
                _ => self.place().extend(lines),
            },
            None => {}
        }
    }

    /// The nearest place that takes paragraphs.
    fn place(&mut self) -> &mut Vec<String> {
        let inner = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Place(lines) => Some(lines),
            _ => None,
        });
        inner.unwrap_or(&mut self.told)
    }

    fn text_of(&mut self, paragraph: Paragraph) -> String {
        let mut text = String::new();
        for piece in paragraph.pieces {
            let decoded = piece
                .font
                .filter(|_| !piece.words.is_ascii())
                .and_then(|font| font.decode(&piece.words, &mut self.known.repairs));
            let words = decoded.unwrap_or(piece.words);
            text.push_str(&if piece.capitals { words.to_uppercase() } else { words });
        }
        let styled = self.known.styles.place(paragraph.style.as_deref());
        let list = paragraph.place.list.or(styled.list).filter(|list| list != "0");
        let level = paragraph.place.level.or(styled.level).unwrap_or(0);
        match list {
            Some(list) if !text.trim().is_empty() => format!("{}{text}", self.known.numbers.next(&list, level)),
            _ => text,
        }
    }
}
