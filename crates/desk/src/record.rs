//! Records as types: suppliers, contracts, requests, duties, alarms and other registers that are small
//! and whose past must be kept. `store::record` keeps their versions; here they get their meaning.
//!
//! A type says with [`Record`] what it is called and how it is found. Operations write it with
//! [`Desk::open_record`], [`Desk::revise`] and [`Desk::keep_record`]; views read it with [`open`], [`of_owner`], [`due`], [`newest`], [`at`].

use std::marker::PhantomData;

use place::ProvinceId;
use quantity::{Id, Moment};
use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize, Serializer};
use store::finding::Facets;
use store::record::{self, RecordRow};
use store::{Connection, StoreError};

use crate::failure::{Failure, Outcome};
use crate::operation::Desk;

/// Something that is kept as a record.
pub trait Record: Serialize + DeserializeOwned {
    /// Stable name of the kind, no other type's. Fields added later need `#[serde(default)]`: old
    /// versions are read for ever.
    const KIND: &'static str;

    /// The body, facility or record it belongs to.
    fn owner(&self) -> Option<Id> {
        None
    }

    /// A name or number that no other of its kind has in the province.
    fn code(&self) -> Option<String> {
        None
    }

    /// When somebody must act on it.
    fn due_at(&self) -> Option<Moment> {
        None
    }

    /// Whether it is still in force or under way.
    fn is_open(&self) -> bool {
        true
    }

    /// What it is found by beyond its key, its code and its owner; `text` gives a text that is kept under a digest in
    /// hexadecimal. None for a kind that is found by nothing more.
    ///
    /// # Errors
    /// Those of `text`.
    fn facets(&self, text: &mut dyn FnMut(&str) -> Outcome<String>) -> Outcome<Option<Facets>> {
        let _ = text;
        Ok(None)
    }
}

/// The key of a record of a type.
pub struct RecordId<T>(pub Id, PhantomData<fn() -> T>);

impl<T> RecordId<T> {
    /// The typed key of some bytes.
    pub const fn new(id: Id) -> Self {
        Self(id, PhantomData)
    }
}

impl<T> Clone for RecordId<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for RecordId<T> {}
impl<T> PartialEq for RecordId<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for RecordId<T> {}
impl<T> PartialOrd for RecordId<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for RecordId<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> std::hash::Hash for RecordId<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> std::fmt::Debug for RecordId<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&self.0, f)
    }
}
impl<T> std::fmt::Display for RecordId<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0, f)
    }
}
impl<T> std::str::FromStr for RecordId<T> {
    type Err = quantity::NotAnId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::new)
    }
}
impl<T> Serialize for RecordId<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl<'de, T> Deserialize<'de> for RecordId<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Id::deserialize(deserializer).map(Self::new)
    }
}

/// A version of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<T> {
    /// Which record.
    pub id: RecordId<T>,
    /// Which version: 1, 2, 3 and so on.
    pub version: i64,
    /// When it was written down, by the domain clock.
    pub recorded_at: Moment,
    /// What it says.
    pub content: T,
}

fn unreadable(kind: &str, error: &serde_json::Error) -> Failure {
    Failure::Store(StoreError::Unreadable(format!("record {kind}: {error}")))
}

fn kept<T: Record>(row: RecordRow) -> Outcome<Kept<T>> {
    let content = serde_json::from_str(&row.content).map_err(|error| unreadable(T::KIND, &error))?;
    Ok(Kept { id: RecordId::new(row.id), version: row.version, recorded_at: row.recorded_at, content })
}

fn all_kept<T: Record>(rows: Vec<RecordRow>) -> Outcome<Vec<Kept<T>>> {
    rows.into_iter().map(kept).collect()
}

/// One record as it stands.
pub fn one<T: Record>(connection: &mut Connection, province: ProvinceId, id: RecordId<T>) -> Outcome<Option<Kept<T>>> {
    record::one(connection, province, T::KIND, id.0)?.map(kept).transpose()
}

/// Several records as they stand, in the order of their keys as given; what is not there is left out.
pub fn many<T: Record>(
    connection: &mut Connection,
    province: ProvinceId,
    ids: &[RecordId<T>],
) -> Outcome<Vec<Kept<T>>> {
    let ids: Vec<Id> = ids.iter().map(|id| id.0).collect();
    all_kept(record::many(connection, province, T::KIND, &ids)?)
}

/// Some fields of several records, where many are looked through and few are shown; otherwise as [`many`].
pub fn many_in_part<T: Record, P: DeserializeOwned>(
    connection: &mut Connection,
    province: ProvinceId,
    ids: &[RecordId<T>],
) -> Outcome<Vec<(RecordId<T>, P)>> {
    let ids: Vec<Id> = ids.iter().map(|id| id.0).collect();
    let part = |row: RecordRow| {
        let part = serde_json::from_str(&row.content).map_err(|error| unreadable(T::KIND, &error))?;
        Ok((RecordId::new(row.id), part))
    };
    record::many(connection, province, T::KIND, &ids)?.into_iter().map(part).collect()
}

/// The records of several owners, those of the first owner first, of each owner newest first and so many at most.
pub fn of_owners<T: Record>(
    connection: &mut Connection,
    province: ProvinceId,
    owners: &[Id],
    limit: i64,
) -> Outcome<Vec<Kept<T>>> {
    all_kept(record::of_owners(connection, province, T::KIND, owners, limit)?)
}

/// The record of a code.
pub fn of_code<T: Record>(connection: &mut Connection, province: ProvinceId, code: &str) -> Outcome<Option<Kept<T>>> {
    record::of_code(connection, province, T::KIND, code)?.map(kept).transpose()
}

/// The records of an owner, newest first.
pub fn of_owner<T: Record>(
    connection: &mut Connection,
    province: ProvinceId,
    owner: Id,
    limit: i64,
) -> Outcome<Vec<Kept<T>>> {
    all_kept(record::of_owner(connection, province, T::KIND, owner, limit)?)
}

/// The records in force, in the order in which they were begun.
pub fn open<T: Record>(connection: &mut Connection, province: ProvinceId) -> Outcome<Vec<Kept<T>>> {
    all_kept(record::open(connection, province, T::KIND)?)
}

/// The records in force that somebody must act on by a moment, the most urgent first.
pub fn due<T: Record>(connection: &mut Connection, province: ProvinceId, until: Moment) -> Outcome<Vec<Kept<T>>> {
    all_kept(record::due(connection, province, T::KIND, until)?)
}

/// The records in force that somebody must act on after one moment and not after another, the most urgent first.
pub fn due_between<T: Record>(
    connection: &mut Connection,
    province: ProvinceId,
    between: (Moment, Moment),
    limit: i64,
) -> Outcome<Vec<Kept<T>>> {
    all_kept(record::due_between(connection, province, T::KIND, between, limit)?)
}

/// The records in force of an owner, newest first.
pub fn open_of_owner<T: Record>(
    connection: &mut Connection,
    province: ProvinceId,
    owner: Id,
    limit: i64,
) -> Outcome<Vec<Kept<T>>> {
    all_kept(record::open_of_owner(connection, province, T::KIND, owner, limit)?)
}

/// Some records in force, newest first.
pub fn open_few<T: Record>(connection: &mut Connection, province: ProvinceId, limit: i64) -> Outcome<Vec<Kept<T>>> {
    all_kept(record::open_few(connection, province, T::KIND, limit)?)
}

/// The records of a kind, closed ones too, newest first.
pub fn newest<T: Record>(connection: &mut Connection, province: ProvinceId, limit: i64) -> Outcome<Vec<Kept<T>>> {
    all_kept(record::newest(connection, province, T::KIND, limit)?)
}

/// Every version of a record, oldest first.
pub fn versions<T: Record>(
    connection: &mut Connection,
    province: ProvinceId,
    id: RecordId<T>,
) -> Outcome<Vec<Kept<T>>> {
    let rows = record::versions(connection, province, id.0)?;
    all_kept(rows.into_iter().filter(|row| row.kind == T::KIND).collect())
}

/// Every version of every record of a kind whose code begins so, each record's oldest first and side by side.
pub fn all_versions<T: Record>(
    connection: &mut Connection,
    province: ProvinceId,
    begins: &str,
) -> Outcome<Vec<Kept<T>>> {
    all_kept(record::all_versions(connection, province, T::KIND, begins)?)
}

/// Which version is the last of each record of a kind whose code begins so, and when it was written down. Always of the
/// present.
pub fn newest_versions<T: Record>(
    connection: &mut Connection,
    province: ProvinceId,
    begins: &str,
) -> Outcome<Vec<(RecordId<T>, i64, Moment)>> {
    let found = record::newest_versions(connection, province, T::KIND, begins)?;
    Ok(found.into_iter().map(|(id, version, at)| (RecordId::new(id), version, at)).collect())
}

/// The versions of a record from one on, oldest first. Always of the present.
pub fn versions_from<T: Record>(
    connection: &mut Connection,
    province: ProvinceId,
    id: RecordId<T>,
    from: i64,
) -> Outcome<Vec<Kept<T>>> {
    let rows = record::versions_from(connection, province, id.0, from)?;
    all_kept(rows.into_iter().filter(|row| row.kind == T::KIND).collect())
}

/// The records of a kind as they stood at a moment of the domain clock, closed ones too.
pub fn at<T: Record>(connection: &mut Connection, province: ProvinceId, moment: Moment) -> Outcome<Vec<Kept<T>>> {
    all_kept(record::at(connection, province, T::KIND, moment)?)
}

/// A file that is kept under a digest: its media type and bytes.
///
/// # Errors
/// [`Failure::NotFound`] where none is kept.
pub fn kept_file(connection: &mut Connection, province: ProvinceId, digest: &str) -> Outcome<(String, Vec<u8>)> {
    let name = store::bytes_of_hex(digest).ok_or(Failure::NotFound)?;
    store::blob::find(connection, province, &name)?.ok_or(Failure::NotFound)
}

/// A text that is kept under a digest; empty where there is none.
pub fn kept_text(connection: &mut Connection, province: ProvinceId, digest: &str) -> Outcome<String> {
    let Some(name) = store::bytes_of_hex(digest) else { return Ok(String::new()) };
    let found = store::blob::find(connection, province, &name)?;
    Ok(found.map_or_else(String::new, |(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Texts that are kept under digests, in their order; empty where there is none.
pub fn kept_texts(connection: &mut Connection, province: ProvinceId, digests: &[&str]) -> Outcome<Vec<String>> {
    let names: Vec<Vec<u8>> = digests.iter().map(|digest| store::bytes_of_hex(digest).unwrap_or_default()).collect();
    let found = store::blob::many(connection, province, &names)?;
    let text = |bytes: Option<Vec<u8>>| String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    Ok(found.into_iter().map(text).collect())
}

fn row_of<T: Record>(id: RecordId<T>, version: i64, content: &T, recorded_at: Moment) -> Outcome<RecordRow> {
    Ok(RecordRow {
        id: id.0,
        kind: T::KIND.to_owned(),
        owner: content.owner(),
        code: content.code(),
        due_at: content.due_at(),
        open: content.is_open(),
        version,
        recorded_at,
        content: serde_json::to_string(content).map_err(|error| unreadable(T::KIND, &error))?,
    })
}

impl Desk<'_, '_> {
    /// Begins a record under a new key.
    pub fn open_record<T: Record>(&mut self, content: &T) -> Outcome<RecordId<T>> {
        let id = RecordId::new(self.new_id());
        self.write_version(id, 1, content)?;
        Ok(id)
    }

    /// Begins a record under a key that is known already, such as a facility's own.
    pub fn open_record_as<T: Record>(&mut self, id: RecordId<T>, content: &T) -> Outcome<()> {
        self.write_version(id, 1, content)
    }

    /// Writes the next version of a record that [`Desk::record`] gave in this operation.
    pub fn revise<T: Record>(&mut self, before: &Kept<T>, content: &T) -> Outcome<()> {
        self.write_version(before.id, before.version + 1, content)
    }

    /// Writes the next version of what stood before, or begins a record where nothing did.
    pub fn keep_record<T: Record>(&mut self, before: Option<&Kept<T>>, content: &T) -> Outcome<RecordId<T>> {
        match before {
            Some(before) => self.revise(before, content).map(|()| before.id),
            None => self.open_record(content),
        }
    }

    /// A record as it stands; there is none of another kind or province. Whether the actor may see
    /// it is for the operation to ask.
    pub fn record<T: Record>(&mut self, id: RecordId<T>) -> Outcome<Kept<T>> {
        let province = self.actor().province;
        one(self.transaction(), province, id)?.ok_or(Failure::NotFound)
    }

    /// The record of a code.
    pub fn record_of_code<T: Record>(&mut self, code: &str) -> Outcome<Option<Kept<T>>> {
        let province = self.actor().province;
        of_code(self.transaction(), province, code)
    }

    /// Writes what a ledger of an earlier build says, as written down there and then, as the next version of what stood
    /// before, or as the first one.
    pub(crate) fn keep_record_of_then<T: Record>(
        &mut self,
        before: Option<(RecordId<T>, i64)>,
        content: &T,
        recorded_at: Moment,
    ) -> Outcome<RecordId<T>> {
        let (id, version) = before.unwrap_or_else(|| (RecordId::new(self.new_id()), 0));
        let row = row_of(id, version + 1, content, recorded_at)?;
        self.bring_record(&row).map(|()| id)
    }

    fn write_version<T: Record>(&mut self, id: RecordId<T>, version: i64, content: &T) -> Outcome<()> {
        let row = row_of(id, version, content, self.now())?;
        self.append_record(&row)?;
        let province = self.actor().province;
        let facets = content.facets(&mut |digest| kept_text(self.transaction(), province, digest))?;
        facets.map_or(Ok(()), |facets| self.append_finding((id.0, version), &facets))
    }
}
