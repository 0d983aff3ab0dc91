//! Places by term: written with a record's version, and asked with several terms at once.

use std::collections::{BTreeMap, BTreeSet};

use place::ProvinceId;
use quantity::{Id, Moment};

use super::members::{Members, PLACES, split};
use crate::statement::statements;
use crate::{Asked, Connection, Row, StoreError, params};

statements! {
    LAST = "SELECT place FROM found WHERE province = ?1 AND kind = ?2 AND place < ?3 ORDER BY place DESC LIMIT 1";
    STAND = "INSERT INTO found (province, kind, place, record, recorded_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    PLACE_OF = "SELECT kind, place FROM found WHERE province = ?1 AND record = ?2";
    AT = "SELECT record, recorded_at, place FROM found WHERE province = ?1 AND kind = ?2 AND place = ?3";
    OF_BLOCK = "SELECT members FROM found_term WHERE province = ?1 AND kind = ?2 AND term = ?3 AND block = ?4";
    SAVE = "INSERT INTO found_term (province, kind, term, block, size, members) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (province, kind, term, block) DO UPDATE SET size = excluded.size, members = excluded.members";
    DROP = "DELETE FROM found_term WHERE province = ?1 AND kind = ?2 AND term = ?3 AND block = ?4";
    OF_TERM = "SELECT block, members FROM found_term WHERE province = ?1 AND kind = ?2 AND term = ?3 ORDER BY block DESC";
    OF_BEGINNING = "SELECT block, members FROM found_term WHERE province = ?1 AND kind = ?2 AND term >= ?3 AND term < ?4";
    COUNTS = "SELECT term, CAST(SUM(size) AS BIGINT) FROM found_term
        WHERE province = ?1 AND kind = ?2 AND term >= ?3 AND term < ?4 GROUP BY term ORDER BY term DESC";
    CLEAR = "DELETE FROM found";
    CLEAR_TERMS = "DELETE FROM found_term";
}

/// So many are counted one by one where a reading looks back.
const COUNTED_THEN: u64 = 2_000;
/// Places that a month may have: as many letters as anybody writes in one.
const OF_A_MONTH: i64 = 1 << 20;

/// Gives a record its place: the next one of its month.
pub(super) fn stand(
    connection: &mut Connection,
    (province, kind): (ProvinceId, &str),
    month: i64,
) -> Result<i64, StoreError> {
    let first = month * OF_A_MONTH;
    let last = connection.query_one(LAST, params![province, kind, first + OF_A_MONTH])?;
    let last: Option<i64> = last.map(|row| row.get(0)).transpose()?;
    Ok(last.map_or(first, |last| first.max(last + 1)))
}

/// Writes down where a record stands.
pub(super) fn save_place(
    connection: &mut Connection,
    (province, kind): (ProvinceId, &str),
    (place, record, recorded_at): (i64, Id, Moment),
) -> Result<(), StoreError> {
    connection.write(STAND, params![province, kind, place, record, recorded_at])
}

/// Where a record stands, if it is in an index.
pub(super) fn place_of(
    connection: &mut Connection,
    province: ProvinceId,
    record: Id,
) -> Result<Option<(String, i64)>, StoreError> {
    let row = connection.query_one(PLACE_OF, params![province, record])?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// Gives terms to a place, or takes them away.
pub(super) fn change<'t>(
    connection: &mut Connection,
    (province, kind): (ProvinceId, &str),
    place: i64,
    terms: impl Iterator<Item = (&'t str, bool)>,
) -> Result<(), StoreError> {
    let (block, at) = split(place);
    let mut asked: Vec<(&str, bool, Asked)> = Vec::new();
    for (term, added) in terms {
        asked.push((term, added, connection.ask(OF_BLOCK, params![province, kind, term, block])?));
    }
    let mut changed = Vec::with_capacity(asked.len());
    for (term, added, asked) in asked {
        let mut members = match connection.answer(asked)?.first() {
            Some(row) => Members::from_bytes(&row.get::<Vec<u8>>(0)?)?,
            None => Members::default(),
        };
        if added {
            members.put(at)
        } else {
            members.take(at)
        }
        changed.push((term, members));
    }
    for (term, members) in changed {
        match members.count() {
            0 => connection.write(DROP, params![province, kind, term, block])?,
            size => {
                connection.write(SAVE, params![province, kind, term, block, i64::from(size), members.to_bytes()])?
            }
        }
    }
    Ok(())
}

/// Empties both tables.
pub(super) fn clear(connection: &mut Connection) -> Result<(), StoreError> {
    connection.write(CLEAR, params![])?;
    connection.write(CLEAR_TERMS, params![])
}

/// What is looked for: records that have a term of each group and none of those ruled out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of each group one term at least.
    pub groups: Vec<Vec<String>>,
    /// Of each of these a term that begins so, with at least two letters of it.
    pub begins: Vec<String>,
    /// None of these.
    pub without: Vec<String>,
    /// Only places before this one: where the last page ended.
    pub before: Option<i64>,
    /// How many at most.
    pub limit: usize,
}

/// A record that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub record: Id,
    /// Its place; the next page begins before the last one's.
    pub place: i64,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// Newest month first, in it the last entered first.
    pub hits: Vec<Hit>,
    /// How many there are in all; none where the reading looks back over many, of which no sum is kept.
    pub all: Option<u64>,
    /// Whether more follow.
    pub more: bool,
}

type Blocks = BTreeMap<i64, Members>;

fn blocks(rows: &[Row]) -> Result<Blocks, StoreError> {
    rows.iter().map(|row| Ok((row.get(0)?, Members::from_bytes(&row.get::<Vec<u8>>(1)?)?))).collect()
}

/// Finds records by terms. Reads of each term the blocks that it stands in, 64 bytes for 512 records.
pub fn find(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    wanted: &Wanted,
) -> Result<Hits, StoreError> {
    let mut asked = Vec::new();
    for group in &wanted.groups {
        let mut of_group = Vec::new();
        for term in group {
            of_group.push(connection.ask(OF_TERM, params![province, kind, term.clone()])?);
        }
        asked.push(of_group);
    }
    for begins in &wanted.begins {
        asked.push(vec![connection.ask(OF_BEGINNING, params![province, kind, begins.clone(), end_of(begins)])?]);
    }
    let mut ruled_out = Vec::new();
    for term in &wanted.without {
        ruled_out.push(connection.ask(OF_TERM, params![province, kind, term.clone()])?);
    }
    let mut left: Option<Blocks> = None;
    for of_group in asked {
        let mut either = Blocks::new();
        for asked in of_group {
            for row in connection.answer(asked)? {
                let there = either.entry(row.get(0)?).or_default();
                *there = there.or(&Members::from_bytes(&row.get::<Vec<u8>>(1)?)?);
            }
        }
        left = Some(match left {
            None => either,
            Some(left) => left
                .into_iter()
                .filter_map(|(block, members)| either.get(&block).map(|other| (block, members.and(other))))
                .collect(),
        });
    }
    let mut left = left.unwrap_or_default();
    for asked in ruled_out {
        for (block, members) in blocks(&connection.answer(asked)?)? {
            if let Some(there) = left.get_mut(&block) {
                *there = there.without(&members);
            }
        }
    }
    let all = left.values().map(|members| u64::from(members.count())).sum();
    let before = wanted.before.unwrap_or(i64::MAX);
    let mut places = left.iter().rev().flat_map(|(block, members)| {
        let first = block * PLACES;
        members.highest_first().filter_map(move |at| i64::try_from(at).ok().map(|at| first + at))
    });
    let mut places = places.by_ref().filter(|place| *place < before);
    let lens = connection.lens();
    let mut found = Hits { all: lens.is_none().then_some(all), ..Hits::default() };
    // One more than is shown tells whether another page follows.
    loop {
        let next: Vec<i64> = places.by_ref().take(wanted.limit + 1 - found.hits.len()).collect();
        if next.is_empty() {
            break;
        }
        for (hit, recorded_at) in standing(connection, (province, kind), next)? {
            if lens.is_none_or(|lens| recorded_at <= lens.at) {
                found.hits.push(hit);
            }
        }
        if found.hits.len() > wanted.limit {
            break;
        }
    }
    if let Some(lens) = lens.filter(|_| all <= COUNTED_THEN) {
        let whole = left.iter().flat_map(|(block, members)| {
            let first = block * PLACES;
            members.highest_first().filter_map(move |at| i64::try_from(at).ok().map(|at| first + at))
        });
        let there = standing(connection, (province, kind), whole.collect())?;
        let then = there.iter().filter(|(_, recorded_at)| *recorded_at <= lens.at).count();
        found.all = u64::try_from(then).ok();
    }
    found.more = found.hits.len() > wanted.limit;
    found.hits.truncate(wanted.limit);
    Ok(found)
}

/// The records of places, with when they were first written down.
fn standing(
    connection: &mut Connection,
    (province, kind): (ProvinceId, &str),
    places: Vec<i64>,
) -> Result<Vec<(Hit, Moment)>, StoreError> {
    let mut asked = Vec::with_capacity(places.len());
    for place in places {
        asked.push(connection.ask(AT, params![province, kind, place])?);
    }
    let mut found = Vec::with_capacity(asked.len());
    for asked in asked {
        for row in connection.answer(asked)? {
            found.push((Hit { record: row.get(0)?, place: row.get(2)? }, row.get(1)?));
        }
    }
    Ok(found)
}

/// Above every term that begins so.
fn end_of(begins: &str) -> String {
    // Above every letter that a term is made of.
    format!("{begins}\u{10ffff}")
}

/// The terms that begin with a text, with how many records have each; the last in order first.
pub fn counts(
    connection: &mut Connection,
    province: ProvinceId,
    kind: &str,
    begins: &str,
) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = connection.query(COUNTS, params![province, kind, begins, end_of(begins)])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// What both tables must hold, from what the versions say.
#[derive(Default)]
pub(super) struct Expected {
    pub(super) places: BTreeMap<(ProvinceId, String, i64), (Id, Moment)>,
    pub(super) terms: BTreeMap<(ProvinceId, String, String, i64), Members>,
}

impl Expected {
    pub(super) fn add(
        &mut self,
        (province, kind, place): (ProvinceId, &str, i64),
        record: (Id, Moment),
        terms: &BTreeSet<String>,
    ) {
        self.places.insert((province, kind.to_owned(), place), record);
        terms.iter().for_each(|term| self.give((province, kind, place), term));
    }

    pub(super) fn give(&mut self, (province, kind, place): (ProvinceId, &str, i64), term: &str) {
        let (block, at) = split(place);
        self.terms.entry((province, kind.to_owned(), term.to_owned(), block)).or_default().put(at);
    }
}
