//! Append many readings of a file at once (OX07). The file has been read and matched before
//! (`crate::import::readings`); a chunk goes in whole or not at all, and once, whatever is repeated.

use std::collections::{HashMap, HashSet};

use oxygen::{ReadingId, ReportId, Source, StoreId};
use place::FacilityId;
use quantity::{Grams, Moment, Span, Typed};
use serde::Serialize;
use store::ledger::{Counts, ReadingRow, ReportRow};
use store::projection::States;
use store::series;

use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::rights::Capability;

/// A chunk of a file.
#[derive(Debug, Serialize)]
pub struct ImportReadings {
    /// Made of the file's content and the chunk's number.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The good rows of the chunk.
    pub rows: Vec<ImportedReading>,
}

/// A row of a file, matched and weighed.
#[derive(Debug, Clone, Serialize)]
pub struct ImportedReading {
    /// Whose.
    pub facility: FacilityId,
    /// Which store.
    pub store: StoreId,
    /// When it was so.
    pub happened_at: Moment,
    /// Pure oxygen in it.
    pub grams: Grams,
    /// Pure oxygen made in an hour.
    pub made_per_hour: Option<Grams>,
    /// As typed.
    pub typed: Option<Typed>,
    /// Vessels: full, begun, empty, damaged.
    pub counts: Option<[u32; 4]>,
    /// Where it came from.
    pub source: Source,
    /// Who said it; then the row is a report of its own.
    pub told_by: Option<String>,
}

impl Operation for ImportReadings {
    type Done = usize;
    const NAME: &'static str = "import_readings";
    const NEEDS: Capability = Capability::ImportReadings;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<usize> {
        let province = desk.actor().province;
        let mut states = States::of_province(desk.transaction(), province)?;
        check_scope(desk, &self.rows)?;
        let mut there = there_already(desk, &self.rows)?;
        let mut rows = Vec::with_capacity(self.rows.len());
        for imported in self.rows {
            // The same file again, mended or matched with more facilities: what is there stays once.
            if !there.insert(said(&imported)) {
                continue;
            }
            let report = report_of(desk, &imported)?;
            let row = ReadingRow {
                id: ReadingId(desk.new_id()),
                report,
                store: imported.store,
                happened_at: imported.happened_at,
                grams: imported.grams,
                made_per_hour: imported.made_per_hour,
                typed: imported.typed,
                counts: imported.counts.map(|[full, part, empty, damaged]| Counts { full, part, empty, damaged }),
                source: imported.source.code(),
            };
            states.observe(imported.facility, &row);
            rows.push(row);
        }
        desk.append_readings(&rows)?;
        states.save(desk.transaction(), province)?;
        desk.mention("rows", rows.len());
        Ok(rows.len())
    }
}

/// Store, moment and mass: the same three in two files are the same reading.
type Said = (StoreId, Moment, Grams);

const fn said(row: &ImportedReading) -> Said {
    (row.store, row.happened_at, row.grams)
}

/// Every store belongs to the facility named with it, and every facility lies in the actor's scope.
fn check_scope(desk: &Desk<'_, '_>, rows: &[ImportedReading]) -> Outcome<()> {
    let registry = desk.registry();
    let pairs: HashSet<(FacilityId, StoreId)> = rows.iter().map(|row| (row.facility, row.store)).collect();
    for (facility, store) in pairs {
        desk.facility(facility)?;
        registry.owner(store).filter(|owner| owner.id == facility).ok_or(Failure::NotFound)?;
    }
    Ok(())
}

/// What the ledger says already at these moments, or said before it was taken back: a corrected
/// figure must not come back with its file. A store whose newest reading is older than the
/// chunk has nothing to compare with, so a file in the order of time costs no look at the ledger.
fn there_already(desk: &mut Desk<'_, '_>, rows: &[ImportedReading]) -> Outcome<HashSet<Said>> {
    let province = desk.actor().province;
    let mut spans: HashMap<StoreId, (Moment, Moment)> = HashMap::new();
    for row in rows {
        let span = spans.entry(row.store).or_insert((row.happened_at, row.happened_at));
        *span = (span.0.min(row.happened_at), span.1.max(row.happened_at));
    }
    // Asked together: one exchange with the database, however many stores the file is about.
    let mut newest = Vec::with_capacity(spans.len());
    for store in spans.keys() {
        newest.push((*store, series::ask_newest_ever(desk.transaction(), province, *store)?));
    }
    for (store, asked) in newest {
        let newest = series::newest_ever(desk.transaction(), asked)?;
        if spans.get(&store).is_some_and(|(first, _)| newest.is_none_or(|newest| newest < *first)) {
            spans.remove(&store);
        }
    }
    let mut there = HashSet::new();
    for (store, (mut from, last)) in spans {
        let end = last + Span::micros(1);
        loop {
            let page = series::readings_ever(desk.transaction(), province, store, from, end)?;
            there.extend(page.iter().map(|sample| (store, sample.at, sample.grams)));
            // A page that does not lead on is the last.
            match page.last() {
                Some(sample) if sample.at > from => from = sample.at,
                _ => break,
            }
        }
    }
    Ok(there)
}

/// A row that names its speaker is a report, so that it can be corrected as one.
fn report_of(desk: &mut Desk<'_, '_>, imported: &ImportedReading) -> Outcome<Option<ReportId>> {
    let Some(told_by) = imported.told_by.clone() else { return Ok(None) };
    let row = ReportRow {
        id: ReportId(desk.new_id()),
        facility: imported.facility,
        happened_at: imported.happened_at,
        source: imported.source.code(),
        told_by: Some(told_by),
        note: None,
        photo: None,
    };
    desk.append_report(&row).map(Some)
}
