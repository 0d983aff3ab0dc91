//! Finding records: by words and other terms, by who names whom, by what is to be done.
//!
//! The desk works out what a version of a record is found by ([`Facets`]); the ledger `finding` keeps what each
//! version changed of it, and from that ledger alone the tables `found`, `found_term`, `found_link`, `work`,
//! `work_count`, `work_day` and `work_sum` are made. Here a term is a text that is equal or not; what words are is for the desk.
//!
//! Terms are kept as sets of places, 512 to a block, so that many terms together are found by comparing
//! bits, on both engines by the same statements (decision 0023).

mod fold;
mod links;
mod members;
mod queue;
mod sums;
mod terms;
mod work;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use place::ProvinceId;
use quantity::Id;
use serde::{Deserialize, Serialize};

use crate::encode::{Content, digest};
use crate::ledger::Stamp;
use crate::schema::{Table, table};
use crate::statement::statements;
use crate::{Connection, Row, StoreError, Transaction, params};

pub(crate) use fold::Expected;
pub use links::{of_record, of_target};
pub use queue::{Among, Slice, before as works_before, counts_among, page as page_of_works};
pub use sums::{Sum, Summed, of_period as sums_of_period};
pub use terms::{Hit, Hits, Wanted, counts as counts_of_terms, find};
pub use work::{
    After, Count, Whose, Work, counts as counts_of_work, is_open, list, one as work_of, overdue as overdue_work,
};

statements! {
    VERSION = "INSERT INTO finding (province, record, version, operation, recorded_at, place, content, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    OF_RECORD = "SELECT place, content FROM finding WHERE province = ?1 AND record = ?2 ORDER BY version";
}

/// All statements of this module.
pub(crate) fn all_statements() -> Vec<(&'static str, &'static str)> {
    [STATEMENTS, terms::STATEMENTS, links::STATEMENTS, work::STATEMENTS, queue::STATEMENTS, sums::STATEMENTS].concat()
}

/// The term that a record has while works that came out of it are open; the store keeps it by itself.
pub const WITH_OPEN_WORK: &str = "work:open";

/// What a record is found by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// The index it stands in, and the month: years since 0 times twelve and months. Both stay as the first
    /// version says.
    pub index: Option<(&'static str, i64)>,
    /// Its terms.
    pub terms: BTreeSet<String>,
    /// Numbers that it has or names, and as what.
    pub links: BTreeSet<(String, String)>,
    /// What is to be done.
    pub work: Option<Work>,
}

/// What a version changed; a field that is not there was not changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    index: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    add: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    drop: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    link: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unlink: Vec<(String, String)>,
    /// The outer level says whether it changed, the inner whether there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    work: Option<Vec<Work>>,
}

/// What a record is found by after some of its versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct State {
    index: Option<(String, i64)>,
    terms: BTreeSet<String>,
    links: BTreeSet<(String, String)>,
    work: Option<Work>,
}

impl State {
    fn fold(&mut self, place: Option<i64>, content: &str) -> Result<(), StoreError> {
        let unreadable = |error: serde_json::Error| StoreError::Unreadable(format!("finding: {error}"));
        let change: Change = serde_json::from_str(content).map_err(unreadable)?;
        if let (Some(index), Some(place)) = (change.index, place) {
            self.index = Some((index, place));
        }
        change.drop.iter().for_each(|term| _ = self.terms.remove(term));
        self.terms.extend(change.add);
        change.unlink.iter().for_each(|link| _ = self.links.remove(link));
        self.links.extend(change.link);
        if let Some(work) = change.work {
            self.work = work.into_iter().next();
        }
        Ok(())
    }

    fn of(rows: &[Row]) -> Result<Self, StoreError> {
        let mut state = Self::default();
        for row in rows {
            state.fold(row.get(0)?, &row.get::<String>(1)?)?;
        }
        Ok(state)
    }
}

/// Writes down what a version of a record is found by, where that changed, and puts it into the tables.
///
/// # Errors
/// Those of the database; [`StoreError::Unreadable`] where earlier versions cannot be read.
pub fn append(
    transaction: &mut Transaction<'_>,
    content: &mut Content,
    stamp: &Stamp,
    (record, version): (Id, i64),
    facets: &Facets,
) -> Result<(), StoreError> {
    static TABLE: LazyLock<&Table> = LazyLock::new(|| table("finding").unwrap_or(&crate::schema::tables()[0]));
    let province = stamp.province;
    let before = match version {
        1 => State::default(),
        _ => State::of(&transaction.query(OF_RECORD, params![province, record])?)?,
    };
    let (index, place) = match (&before.index, facets.index) {
        (Some(_), _) | (None, None) => (None, None),
        (None, Some((kind, month))) => (Some(kind), Some(terms::stand(transaction, (province, kind), month)?)),
    };
    let change = Change {
        index: index.map(str::to_owned),
        add: facets.terms.difference(&before.terms).cloned().collect(),
        drop: before.terms.difference(&facets.terms).cloned().collect(),
        link: facets.links.difference(&before.links).cloned().collect(),
        unlink: before.links.difference(&facets.links).cloned().collect(),
        work: (facets.work != before.work).then(|| facets.work.iter().cloned().collect()),
    };
    if change == Change::default() {
        return Ok(());
    }
    let text = serde_json::to_string(&change).map_err(|error| StoreError::Unreadable(format!("finding: {error}")))?;
    let mut values = params![province, record, version, stamp.operation, stamp.recorded_at, place, text];
    let digest = digest(&TABLE, &values);
    content.add(digest);
    values.push(digest.to_vec().into());
    transaction.write(VERSION, values)?;
    if let (Some(kind), Some(place)) = (index, place) {
        terms::save_place(transaction, (province, kind), (place, record, stamp.recorded_at))?;
        // Works may have come out of it before it stood anywhere.
        if is_open(transaction, province, record)? {
            terms::change(transaction, (province, kind), place, std::iter::once((WITH_OPEN_WORK, true)))?;
        }
    }
    let stands = place.zip(index.map(str::to_owned)).or(before.index.map(|(kind, place)| (place, kind)));
    if let Some((place, kind)) = stands {
        let changed = change.add.iter().map(|term| (term.as_str(), true));
        let changed = changed.chain(change.drop.iter().map(|term| (term.as_str(), false)));
        terms::change(transaction, (province, &kind), place, changed)?;
    }
    for (links, added) in [(&change.unlink, false), (&change.link, true)] {
        for (target, role) in links {
            links::change(transaction, province, record, (target, role, added))?;
        }
    }
    if change.work.is_some() {
        replace_work(transaction, province, record, (before.work.as_ref(), facets.work.as_ref()))?;
    }
    Ok(())
}

/// Puts a work in the place of its last version; whatever it came out of is marked while any is open.
fn replace_work(
    connection: &mut Connection,
    province: ProvinceId,
    record: Id,
    (before, after): (Option<&Work>, Option<&Work>),
) -> Result<(), StoreError> {
    let origins: BTreeSet<Id> = [before, after].into_iter().flatten().filter_map(|work| work.origin).collect();
    // A version that is open itself needs no question.
    let opens = |work: Option<&Work>, origin| work.is_some_and(|work| work.open && work.origin == Some(origin));
    let mut were_open = Vec::with_capacity(origins.len());
    for origin in &origins {
        were_open.push(opens(before, *origin) || is_open(connection, province, *origin)?);
    }
    work::replace(connection, province, record, (before, after))?;
    for (origin, was_open) in origins.into_iter().zip(were_open) {
        let open = opens(after, origin) || is_open(connection, province, origin)?;
        if open != was_open
            && let Some((kind, place)) = terms::place_of(connection, province, origin)?
        {
            terms::change(connection, (province, &kind), place, std::iter::once((WITH_OPEN_WORK, open)))?;
        }
    }
    Ok(())
}
