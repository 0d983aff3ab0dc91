//! What is done with a file for a register: template, list, preview, writing, rows given back.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use document::columns::Columns;
use document::sheet::{RegisterContent, ReturnForm, ReturnedRow, Value, write_register, write_returned};
use document::table::{Limits, Table, TableSource, read_table};
use locale::Locale;
use quantity::Moment;

use super::change::{Change, Mode};
use super::file::{Counts, FileState, KeptReason, Preview, PreviewRow, RegisterFile, Verdict};
use super::plan::Plan;
use super::refused::Refused;
use super::row::{Cells, shown};
use super::{ALL, Entry, Look, called};
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::operation::IdempotencyKey;
use crate::operations::files::begin_writing::BeginWriting;
use crate::operations::files::finish_writing::FinishWriting;
use crate::operations::files::keep_file::KeepFile;
use crate::record::{self, Kept, RecordId};
use crate::rights::Capability;

/// Rows are tried and written by so many at once: the writer takes what waits into one transaction.
const AT_ONCE: usize = 32;

/// A register on the list of registers.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Which.
    pub entry: &'static Entry,
    /// Its title.
    pub title: String,
    /// Rows that it holds in the actor's scope.
    pub rows: usize,
}

/// The registers that an actor may write, with what they hold.
pub fn list(office: &Office, connection: &mut store::Connection, actor: &Actor) -> Outcome<Vec<Listed>> {
    let mut look = Look::new(office, connection, actor)?;
    let mut listed = Vec::new();
    for entry in ALL.iter().filter(|entry| actor.may(entry.needs)) {
        let title = entry.layout().map_err(Failure::refused)?.title;
        listed.push(Listed { entry, title, rows: (entry.count)(&mut look)? });
    }
    Ok(listed)
}

/// The empty sheet of a register.
///
/// # Errors
/// The right is missing, or the sheet cannot be written.
pub fn template(entry: &Entry, actor: &Actor, now: Moment, about: Vec<String>) -> Outcome<Vec<u8>> {
    may_write(entry, actor)?;
    let layout = entry.layout().map_err(Failure::refused)?;
    write_register(&layout, &RegisterContent { about, ..RegisterContent::default() }, now).map_err(Failure::refused)
}

fn may_write(entry: &Entry, actor: &Actor) -> Outcome<()> {
    if actor.may(entry.needs) { Ok(()) } else { Err(Failure::Forbidden(entry.needs)) }
}

/// What a register holds in the actor's scope, to be written outside the database's thread.
#[derive(Debug, Clone)]
pub struct TakenOut {
    entry: &'static Entry,
    content: RegisterContent,
    now: Moment,
}

impl TakenOut {
    /// The bytes of the `.xlsx`.
    ///
    /// # Errors
    /// What [`write_register`] refuses.
    pub fn write(&self) -> Outcome<Vec<u8>> {
        let layout = self.entry.layout().map_err(Failure::refused)?;
        write_register(&layout, &self.content, self.now).map_err(Failure::refused)
    }
}

/// Takes a register out. `about` are the lines under the title.
pub fn take_out(
    office: &Office,
    connection: &mut store::Connection,
    actor: &Actor,
    entry: &'static Entry,
    about: Vec<String>,
) -> Outcome<TakenOut> {
    if !actor.may(Capability::ExportFigures) {
        return Err(Failure::Forbidden(Capability::ExportFigures));
    }
    let mut look = Look::new(office, connection, actor)?;
    let layout = entry.layout().map_err(Failure::refused)?;
    // A sheet says words, the program keeps codes.
    let worded = |cells: Cells| -> Cells {
        let choices = |key: &str| layout.column(key).is_some_and(|column| !column.choices.is_empty());
        let word = |key: &String, value: Value| match value {
            Value::Text(_) if choices(key) => Value::Text(shown(&layout, key, Some(&value))),
            other => other,
        };
        cells.into_iter().map(|(key, value)| (key.clone(), word(&key, value))).collect()
    };
    let rows = (entry.cells)(&mut look)?.into_iter().map(worded).collect();
    let simulated = look.registry.facilities().iter().any(|facility| facility.simulated);
    Ok(TakenOut { entry, content: RegisterContent { about, rows, simulated }, now: look.now })
}

fn table_of(bytes: &[u8], name: &str) -> Outcome<Table> {
    read_table(bytes, name, &Limits::UPLOAD, &|| false).map_err(Failure::refused)
}

/// Holds a file against its register; nothing is tried yet.
fn planned(office: &Office, actor: &Actor, entry: &Entry, bytes: &[u8], name: &str) -> Outcome<Plan> {
    let layout = entry.layout().map_err(Failure::refused)?;
    let table = table_of(bytes, name)?;
    office.look_blocking(|office, connection| {
        let mut look = Look::new(office, connection, actor)?;
        entry.plan(&mut look, &layout, &table)
    })
}

fn preview_of(plan: &Plan) -> Preview {
    let row = |row: &super::plan::PlannedRow| PreviewRow {
        number: row.number,
        label: row.label.clone(),
        verdict: row.verdict,
        fields: row.fields.clone(),
        reason: row.reason.as_ref().map(|reason| KeptReason::of(reason.as_coded())),
    };
    Preview { unknown: plan.unknown.clone(), shape: plan.shape, rows: plan.planned.rows.iter().map(row).collect() }
}

/// Runs changes side by side; what came of each, in their order. A database that fails ends it.
fn run_all(
    office: &Office,
    actor: &Actor,
    changes: &[(Vec<usize>, Change)],
    key: Option<&str>,
) -> Outcome<Vec<Option<KeptReason>>> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(vec![None; changes.len()]);
    let failed = Mutex::new(None);
    let work = || {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some((rows, change)) = changes.get(place) else { return };
            let row = rows.first().copied().unwrap_or_default();
            let written = key.map(|key| format!("{key}-{row}"));
            let mode = written.as_deref().map_or(Mode::Rehearse, Mode::Write);
            match change.run(office, actor, mode) {
                Ok(()) => {}
                Err(Failure::Store(error)) => {
                    next.store(changes.len(), Ordering::Relaxed);
                    *failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(error);
                }
                Err(other) => {
                    let mut outcomes = outcomes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    if let Some(outcome) = outcomes.get_mut(place) {
                        *outcome = Some(KeptReason::of_failure(&other));
                    }
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(changes.len()) {
            scope.spawn(work);
        }
    });
    match failed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        Some(error) => Err(Failure::Store(error)),
        None => Ok(outcomes.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)),
    }
}

/// Marks the rows of changes that did not go.
fn note(preview: &mut Preview, changes: &[(Vec<usize>, Change)], outcomes: Vec<Option<KeptReason>>) {
    for ((rows, _), outcome) in changes.iter().zip(outcomes) {
        let Some(reason) = outcome else { continue };
        for place in rows {
            if let Some(row) = preview.rows.get_mut(*place) {
                (row.verdict, row.reason) = (Verdict::Refused, Some(reason.clone()));
            }
        }
    }
}

/// Holds a file against its register and tries every row, leaving nothing behind.
fn previewed(office: &Office, actor: &Actor, entry: &Entry, bytes: &[u8], name: &str) -> Outcome<Preview> {
    let plan = planned(office, actor, entry, bytes, name)?;
    let mut preview = preview_of(&plan);
    let outcomes = run_all(office, actor, &plan.planned.changes, None)?;
    note(&mut preview, &plan.planned.changes, outcomes);
    Ok(preview)
}

/// Takes a file in: reads it, tries it, keeps it with its preview. Nothing of the register changes.
pub fn send(
    office: &Office,
    actor: &Actor,
    key: Option<IdempotencyKey>,
    entry: &Entry,
    name: &str,
    bytes: Vec<u8>,
) -> Outcome<RecordId<RegisterFile>> {
    may_write(entry, actor)?;
    if bytes.is_empty() {
        return Err(Failure::refused(Refused::NoFile));
    }
    let preview = previewed(office, actor, entry, &bytes, name)?;
    let keep = KeepFile {
        key,
        register: entry.name.to_owned(),
        name: name.chars().filter(|sign| !sign.is_control()).take(120).collect(),
        digest: store::sha256(&bytes),
        bytes,
        preview,
    };
    Ok(office.perform_blocking(actor.clone(), keep)?.done)
}

/// A file with its preview or outcome.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The file.
    pub kept: Kept<RegisterFile>,
    /// Its register.
    pub entry: &'static Entry,
    /// Title of the register.
    pub title: String,
    /// What it would change, or has changed.
    pub preview: Preview,
}

/// A file that the actor sent.
pub fn open(connection: &mut store::Connection, actor: &Actor, id: RecordId<RegisterFile>) -> Outcome<Opened> {
    let kept = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    if !kept.content.is_seen_by(actor) {
        return Err(Failure::NotFound);
    }
    let entry = called(&kept.content.register).ok_or(Failure::NotFound)?;
    may_write(entry, actor)?;
    let bytes = bytes_of(connection, actor, &kept.content.preview)?;
    let preview = serde_json::from_slice(&bytes)
        .map_err(|error| Failure::Store(store::StoreError::Unreadable(format!("preview: {error}"))))?;
    let title = entry.layout().map_err(Failure::refused)?.title;
    Ok(Opened { kept, entry, title, preview })
}

fn bytes_of(connection: &mut store::Connection, actor: &Actor, digest: &str) -> Outcome<Vec<u8>> {
    let (_, bytes) = record::kept_file(connection, actor.province, digest)?;
    Ok(bytes)
}

/// Writes what was previewed, and only that. Where the register has changed since, nothing is written: the
/// preview is made anew and [`Refused::Stale`] says so.
pub fn write(office: &Office, actor: &Actor, id: RecordId<RegisterFile>) -> Outcome<Counts> {
    let (opened, bytes) = office.look_blocking(|_, connection| {
        let opened = open(connection, actor, id)?;
        let bytes = bytes_of(connection, actor, &opened.kept.content.file)?;
        Ok((opened, bytes))
    })?;
    if opened.preview.counts().written() == 0 {
        return Err(Failure::refused(Refused::NothingToWrite));
    }
    office.perform_blocking(actor.clone(), BeginWriting { file: id })?;
    let outcome = write_rows(office, actor, &opened, &bytes);
    if let Err(failure) = &outcome {
        // It may be tried again at once; what was written already says nothing new then.
        tracing::warn!(%failure, "a file of a register was not written");
        let back = FinishWriting { file: id, state: FileState::Previewed, preview: opened.preview.clone() };
        office.perform_blocking(actor.clone(), back)?;
    }
    let (state, preview) = outcome?;
    let counts = preview.counts();
    let stale = state == FileState::Previewed;
    office.perform_blocking(actor.clone(), FinishWriting { file: id, state, preview })?;
    if stale { Err(Failure::refused(Refused::Stale)) } else { Ok(counts) }
}

fn write_rows(office: &Office, actor: &Actor, opened: &Opened, bytes: &[u8]) -> Outcome<(FileState, Preview)> {
    let content = &opened.kept.content;
    let mut plan = planned(office, actor, opened.entry, bytes, &content.name)?;
    if !still_so(&plan, &opened.preview) {
        return Ok((FileState::Previewed, previewed(office, actor, opened.entry, bytes, &content.name)?));
    }
    let refused = |place: &usize| opened.preview.rows.get(*place).is_none_or(|row| row.verdict == Verdict::Refused);
    plan.planned.changes.retain(|(rows, _)| !rows.iter().any(refused));
    let mut preview = opened.preview.clone();
    let digest = content.preview.get(..8).unwrap_or_default();
    let key = format!("file-{}-{digest}", opened.kept.id);
    let outcomes = run_all(office, actor, &plan.planned.changes, Some(&key))?;
    note(&mut preview, &plan.planned.changes, outcomes);
    Ok((FileState::Written(office.real_now()), preview))
}

/// Whether the rows that are not given back would do what the preview said.
fn still_so(plan: &Plan, preview: &Preview) -> bool {
    plan.planned.rows.len() == preview.rows.len()
        && plan.planned.rows.iter().zip(&preview.rows).all(|(now, then)| {
            then.verdict == Verdict::Refused || (now.verdict == then.verdict && now.fields == then.fields)
        })
}

/// The rows that were given back, as a file with their reasons, in the form in which they came.
#[derive(Debug)]
pub struct GivenBack {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// In which form.
    pub form: ReturnForm,
}

/// The rows of a file that were given back.
pub fn given_back(office: &Office, actor: &Actor, id: RecordId<RegisterFile>, locale: Locale) -> Outcome<GivenBack> {
    let (opened, bytes) = office.look_blocking(|_, connection| {
        let opened = open(connection, actor, id)?;
        let bytes = bytes_of(connection, actor, &opened.kept.content.file)?;
        Ok((opened, bytes))
    })?;
    let layout = opened.entry.layout().map_err(Failure::refused)?;
    let mut table = table_of(&bytes, &opened.kept.content.name)?;
    if opened.preview.shape.is_some() {
        // A row for each figure: so each is given back with its own reason.
        let long = office.look_blocking(|office, connection| {
            let look = Look::new(office, connection, actor)?;
            Ok((opened.entry.unfold)(&look, &layout, &table))
        })?;
        table = long.map_or(table, |unfolded| unfolded.table);
    }
    let columns = Columns::find(&table, &layout).map_err(Failure::refused)?;
    let mut rows = Vec::new();
    // The preview has a line for each row that is filled, in their order.
    let filled = columns.rows(&table).filter(|fields| !fields.row().is_blank());
    for (fields, row) in filled.zip(&opened.preview.rows) {
        if let Some(reason) = &row.reason {
            let (sentence, next) = reason.words(locale);
            rows.push(ReturnedRow::of(fields.row()).because(sentence, &reason.code, next));
        }
    }
    let form = match table.source() {
        TableSource::Csv { delimiter, .. } => ReturnForm::Csv { delimiter: *delimiter },
        TableSource::Xlsx { .. } => ReturnForm::Xlsx,
    };
    let bytes = write_returned(columns.headers(), &rows, form, office.real_now()).map_err(Failure::refused)?;
    Ok(GivenBack { bytes, form })
}
