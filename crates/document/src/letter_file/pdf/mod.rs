//! The text layer of a PDF in reading order. hayro interprets the pages (docs/decisions/0022); we
//! take the signs with their places ([`signs`]), make lines of them ([`lines`]) and paragraphs
//! ([`order`]).
//!
//! Runs in a thread of its own, with a time limit: a panic of the library and a page that never
//! ends are refusals, not the end of the program.

mod forms;
mod lines;
mod order;
mod signs;

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Instant;

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};

use super::{FileDoubt, LetterFileProblem, Limits, Raw, joined};
use crate::text::Repairs;

/// Stack of the reading thread in bytes: structures in hostile files are nested deeply.
const STACK: usize = 64 * 1024 * 1024;

/// Fewer letters than this on all pages together are no text layer, but a stamp or a page number.
const LEAST_LETTERS: usize = 40;

/// Share of signs without a letter, in percent, above which nothing can be trusted.
const MOST_UNREAD: usize = 10;

/// Reads the text layer.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Raw, LetterFileProblem> {
    let (answer, asked) = channel();
    let (bytes, limits) = (bytes.to_vec(), *limits);
    let until = Instant::now() + limits.time;
    let thread = std::thread::Builder::new().name("pdf".to_owned()).stack_size(STACK);
    let started = thread.spawn(move || {
        // Nobody may listen any more when the time is over.
        let _ = answer.send(pages(bytes, &limits, until));
    });
    started.map_err(|error| LetterFileProblem::Damaged { cause: format!("no thread: {error}") })?;
    match asked.recv_timeout(limits.time) {
        Ok(read) => read,
        Err(RecvTimeoutError::Timeout) => Err(LetterFileProblem::Stopped),
        // The thread is gone without an answer: the library gave up, or the time was over.
        Err(RecvTimeoutError::Disconnected) if Instant::now() >= until => Err(LetterFileProblem::Stopped),
        Err(RecvTimeoutError::Disconnected) => {
            Err(LetterFileProblem::Damaged { cause: "pdf: the reader gave up".to_owned() })
        }
    }
}

fn pages(bytes: Vec<u8>, limits: &Limits, until: Instant) -> Result<Raw, LetterFileProblem> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => LetterFileProblem::Protected,
        LoadPdfError::Invalid => LetterFileProblem::Damaged { cause: "pdf: no pages found".to_owned() },
    })?;
    let count = pdf.pages().len();
    if count > limits.pages {
        return Err(LetterFileProblem::TooManyPages { pages: count, limit: limits.pages });
    }
    let mut reader = signs::PageReader::new(&pdf, until);
    let mut sheets = Vec::with_capacity(count);
    let (mut letters, mut unread, mut unseen, mut empty, mut length) = (0, 0, 0, 0, 0);
    for page in pdf.pages().iter() {
        if Instant::now() >= until {
            return Err(LetterFileProblem::Stopped);
        }
        if !forms::are_few(page) {
            return Err(LetterFileProblem::Damaged { cause: "pdf: forms without end".to_owned() });
        }
        let sheet = reader.read(page);
        let found = sheet.signs.iter().filter(|sign| sign.text.chars().any(char::is_alphabetic)).count();
        letters += found;
        unread += sheet.unread;
        unseen += sheet.signs.iter().filter(|sign| sign.invisible).count();
        length += sheet.signs.len();
        empty += usize::from(found == 0);
        if length > limits.text_bytes {
            return Err(LetterFileProblem::TooMuchText { limit: limits.text_bytes as u64 });
        }
        sheets.push(sheet);
    }
    if unread * 100 > (letters + unread) * MOST_UNREAD && letters + unread >= LEAST_LETTERS {
        return Err(LetterFileProblem::SignsUnreadable { unread, signs: letters + unread });
    }
    if letters < LEAST_LETTERS {
        return Err(LetterFileProblem::Picture { pages: count });
    }
    let mut repairs = Repairs::default();
    let marks: Vec<String> = sheets.iter().filter_map(|sheet| super::secrecy_mark(&sheet.across)).collect();
    let page_lines: Vec<_> = sheets.into_iter().map(|sheet| lines::lines(sheet, &mut repairs)).collect();
    let (mut paragraphs, captioned) = order::paragraphs(page_lines);
    paragraphs.splice(0..0, marks);
    let doubts = [
        (empty > 0, FileDoubt::PagesWithoutText),
        (unseen * 2 > letters, FileDoubt::RecognisedText),
        (unread > 0, FileDoubt::SignsWithoutLetter),
        (captioned, FileDoubt::SignatureCaption),
    ];
    Ok(Raw {
        text: joined(&paragraphs),
        pages: Some(count),
        repairs,
        doubts: doubts.into_iter().filter(|(is, _)| *is).map(|(_, doubt)| doubt).collect(),
    })
}
