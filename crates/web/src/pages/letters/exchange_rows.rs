//! The tables of the exchange with the document system.

use desk::exchange::kept::{PackageIn, SignedPdf, StateTold};
use desk::papers::number_elsewhere::NumbersElsewhere;
use desk::record::Kept;
use desk::views::exchange::{Unmatched, Waiting};
use document::exchange::Key;

use super::exchange::{PATH, day_words, stands};
use super::{LIST, columns};
use crate::view::{Cell, Link, Say, Section, Table, Tone};

fn file(t: Say, id: impl std::fmt::Display) -> Link {
    Link { text: t.say("exchange-download"), href: format!("{PATH}/tep/{id}") }
}

/// Papers that wait for their signed PDF.
pub(super) fn waiting(t: Say, waiting: &[Waiting], reads_papers: bool) -> Table {
    let rows = waiting.iter().map(|one| {
        let sent = &one.sent.content;
        let title = match reads_papers {
            true => {
                Cell::link(sent.title.clone(), format!("/chi-dao/bao-cao/{}", sent.paper)).more(file(t, one.sent.id))
            }
            false => Cell::text(sent.title.clone()),
        };
        let (words, tone) = match one.changed {
            true => (t.say("exchange-state-changed"), Tone::Danger),
            false => (t.say("exchange-state-out"), Tone::Attention),
        };
        let there = one
            .state
            .as_ref()
            .map_or_else(Cell::unknown, |state| Cell::text(title_of(t, state)).told(state.when.clone()));
        vec![
            title.told(sent.package.clone()),
            Cell::text(sent.at.to_string()).told(sent.by.clone()),
            Cell::text(words).toned(tone),
            there,
        ]
    });
    let names = ["exchange-column-paper", "exchange-column-sent", "exchange-column-state", "exchange-column-there"];
    Table { columns: columns(t, &names), rows: rows.collect() }
}

/// A state as people read it; one that the layout does not know by its code.
fn title_of(t: Say, state: &StateTold) -> String {
    if state.title.is_empty() { t.one("exchange-state-code", "code", state.state.clone()) } else { state.title.clone() }
}

/// Who has one of our papers, as its system told: «Bộ Y tế: Đã tiếp nhận, 22/11/2026».
pub(super) fn receipt_words(t: Say, told: &StateTold) -> String {
    let from = if told.from.is_empty() { t.say("unknown") } else { told.from.clone() };
    let when = if told.when.is_empty() { told.at.to_string() } else { told.when.clone() };
    format!("{from}: {}, {when}", title_of(t, told))
}

/// What was read on a PDF.
pub(super) fn read_words(t: Say, told: &SignedPdf) -> String {
    if told.unread.is_some() {
        return t.say("exchange-unread");
    }
    let read = &told.read;
    let parts =
        [read.number.clone(), Some(day_words(told)), read.kind.clone(), read.subject.clone(), read.signer.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { t.say("exchange-unread") } else { t.one("exchange-read", "parts", parts.join(" · ")) }
}

/// Whether a digital signature is there; never whether it holds.
pub(super) fn signature_words(t: Say, told: &SignedPdf) -> String {
    match (told.signatures.count, told.signatures.names.is_empty()) {
        (0, _) => t.say("exchange-signature-none"),
        (_, true) => t.say("exchange-signature"),
        (_, false) => t.one("exchange-signature-of", "names", told.signatures.names.join("; ")),
    }
}

/// The papers that a PDF may be, with why.
pub(super) fn possible(t: Say, one: &Unmatched) -> Table {
    let rows = one.possible.iter().enumerate().map(|(place, paper)| {
        let why: Vec<String> =
            paper.score.reasons.iter().map(|reason| t.say(&format!("exchange-reason-{}", reason.code()))).collect();
        let proposed = place == 0 && one.is_proposed;
        let words = match (proposed, paper.score.is_certain()) {
            (true, true) => t.say("exchange-certain"),
            (true, false) => t.say("exchange-proposed"),
            _ => t.say("exchange-possible"),
        };
        let tone = if proposed { Tone::Confirmed } else { Tone::default() };
        vec![
            Cell::text(paper.title.clone()).told(paper.number.clone().unwrap_or_default()),
            Cell::text(words).toned(tone),
            Cell::text(why.join(", ")),
        ]
    });
    let names = ["exchange-column-paper", "exchange-column-fits", "exchange-column-why"];
    Table { columns: columns(t, &names), rows: rows.collect() }
}

/// Packages that came in.
pub(super) fn packages(t: Say, packages: &[Kept<PackageIn>]) -> Section {
    let rows = packages.iter().map(|kept| {
        let told = &kept.content;
        let said = |key: Key| told.told.iter().find(|(known, _)| *known == key).map(|(_, value)| value.clone());
        let called = said(Key::Subject).or_else(|| said(Key::Notation)).unwrap_or_else(|| told.file.clone());
        let differs: Vec<String> =
            told.differs.iter().map(|one| t.say(&format!("exchange-part-{}", one.part.code()))).collect();
        let agrees = match differs.is_empty() {
            true => Cell::text(t.say("exchange-agrees")).toned(Tone::Confirmed),
            false => Cell::text(t.one("exchange-disagrees", "parts", differs.join(", "))).toned(Tone::Attention),
        };
        vec![
            Cell::link(called, format!("{LIST}/{}", told.letter)).more(file(t, kept.id)),
            said(Key::FromName).map_or_else(Cell::unknown, Cell::text),
            agrees,
            Cell::text(told.at.to_string()).told(told.by.clone()),
        ]
    });
    let names = ["exchange-column-letter", "exchange-column-from", "exchange-column-agrees", "exchange-column-came"];
    let mut section = Section::new("goi-den", t.say("exchange-packages"));
    section.empty = t.say("exchange-packages-none");
    section.table = Some(Table { columns: columns(t, &names), rows: rows.collect() });
    section
}

/// Signed PDFs that lie beside their paper or were set aside.
pub(super) fn decided(t: Say, decided: &[Kept<SignedPdf>]) -> Section {
    let rows = decided.iter().map(|kept| {
        let told = &kept.content;
        vec![
            Cell::link(told.file.clone(), format!("{PATH}/tep/{}", kept.id))
                .told(told.read.number.clone().unwrap_or_default()),
            Cell::text(stands(t, told)),
            Cell::text(signature_words(t, told)),
        ]
    });
    let names = ["exchange-column-pdf", "exchange-column-state", "exchange-column-signature"];
    let mut section = Section::new("da-khop", t.say("exchange-decided"));
    section.empty = t.say("exchange-decided-none");
    section.table = Some(Table { columns: columns(t, &names), rows: rows.collect() });
    section
}

/// States that were told.
pub(in crate::pages) fn states<'s>(
    t: Say,
    id: &str,
    title: String,
    states: impl Iterator<Item = &'s StateTold>,
) -> Section {
    let rows = states.map(|told| {
        let tone = if told.state == "refused" { Tone::Danger } else { Tone::default() };
        vec![
            Cell::text(title_of(t, told)).told(told.description.clone()).toned(tone),
            Cell::text(told.from.clone()),
            Cell::text(told.when.clone()),
            Cell::text(told.about.clone()),
        ]
    });
    let names = ["exchange-column-state", "exchange-column-from", "exchange-column-when", "exchange-column-about"];
    let table = Table { columns: columns(t, &names), rows: rows.collect() };
    Section { table: Some(table), ..Section::new(id, title) }
}

/// Numbers that the document system gave to papers which are not here.
pub(super) fn elsewhere(t: Say, elsewhere: &[Kept<NumbersElsewhere>]) -> Section {
    let rows = elsewhere.iter().flat_map(|kept| kept.content.ranges.iter().map(move |range| (&kept.content, range)));
    let rows = rows.map(|(series, range)| {
        let numbers =
            if range.from == range.to { range.from.to_string() } else { format!("{}–{}", range.from, range.to) };
        let found = series.found.iter().filter(|number| (range.from..=range.to).contains(*number));
        let found: Vec<String> = found.map(i64::to_string).collect();
        let but = if found.is_empty() { String::new() } else { t.one("exchange-but", "numbers", found.join(", ")) };
        vec![
            Cell::text(series.series.clone()),
            Cell::text(numbers).told(but),
            Cell::text(range.at.to_string()).told(range.by.clone()),
        ]
    });
    let names = ["exchange-column-series", "exchange-column-numbers", "exchange-column-word"];
    let table = Table { columns: columns(t, &names), rows: rows.collect() };
    let section = Section::new("so-ngoai", t.say("exchange-elsewhere"));
    Section { about: t.say("exchange-elsewhere-about"), table: Some(table), ..section }
}
