//! What an operation is, and what happens around every one of them: right, key, change, audit, in
//! one transaction.

use std::sync::Arc;

use oxygen::{CensusId, MovementId, ReadingId, ReportId};
use place::{FacilityId, UserId};
use quantity::{Id, Moment};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::ledger::{CensusRow, MovementRow, ReadingRow, ReportRow, ReversalRow, Stamp};
use store::{Content, OperationId, Transaction, audit, ledger};

use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::registry::{Facility, Registry};
use crate::rights::Capability;

/// A key made on the device: the same key changes nothing twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// Eight to eighty letters, digits and hyphens.
    pub fn new(text: &str) -> Option<Self> {
        let fits =
            (8..=80).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        fits.then(|| Self(text.to_owned()))
    }

    /// The key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Something that somebody does. One operation, one file.
pub trait Operation: Serialize + Send + 'static {
    /// What the actor gets back; kept with the key, so that a repeated request gets the same.
    type Done: Serialize + DeserializeOwned + Send + 'static;
    /// The operation's stable name in the audit.
    const NAME: &'static str;
    /// What the actor must be allowed to do.
    const NEEDS: Capability;

    /// The key made on the device. Part of the serialised form it must not be.
    fn key(&self) -> Option<&IdempotencyKey> {
        None
    }

    /// Checks and changes. Runs inside the transaction, so it must be quick.
    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<Self::Done>;
}

/// What an operation sees of the world while it runs.
pub struct Desk<'d, 't> {
    transaction: &'d mut Transaction<'t>,
    actor: &'d Actor,
    registry: Arc<Registry>,
    stamp: Stamp,
    real_now: Moment,
    content: Content,
    subject: Option<Id>,
    detail: serde_json::Map<String, serde_json::Value>,
    registers_changed: bool,
}

/// What is settled before an operation's turn in the batch comes.
pub(crate) struct Setting {
    pub actor: Actor,
    pub registry: Arc<Registry>,
    pub domain_now: Moment,
    pub real_now: Moment,
}

/// What an operation leaves for the office once it is durable.
pub(crate) struct Performed<T> {
    pub done: T,
    pub registers_changed: bool,
}

/// Why an operation leaves nothing behind.
pub(crate) enum Undone {
    /// It failed or was refused.
    Failed(Failure),
    /// The same key came before: this is the answer it got.
    Replayed(String),
    /// It was only tried, and would have been done.
    Rehearsed,
}

impl From<Failure> for Undone {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<store::StoreError> for Undone {
    fn from(error: store::StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// Runs one operation inside its part of a batch.
///
/// Whether its key came before is asked first and looked at last, so that the question travels
/// with the operation's own; a repeated one has then been tried again for nothing, and is undone.
pub(crate) fn perform<O: Operation>(
    operation: O,
    setting: &Setting,
    transaction: &mut Transaction<'_>,
) -> Result<Performed<O::Done>, Undone> {
    let actor = &setting.actor;
    if !actor.may(O::NEEDS) {
        return Err(Failure::Forbidden(O::NEEDS).into());
    }
    let Some(key) = operation.key().cloned() else {
        let mut desk = Desk::new(transaction, setting);
        let done = operation.run(&mut desk)?;
        return Ok(Performed { done, registers_changed: desk.close(O::NAME)? });
    };
    // The program's own writes are remembered under an account that nobody has.
    let user = actor.user.unwrap_or(UserId(Id::from_bytes([0; 16])));
    let request = request_digest(&operation)?;
    let asked = audit::ask_remembered(transaction, actor.province, user, key.as_str())?;
    let mut desk = Desk::new(transaction, setting);
    let outcome = operation.run(&mut desk);
    if let Some((before, answer)) = audit::remembered(desk.transaction, asked)? {
        let same = before == request;
        return Err(if same { Undone::Replayed(answer) } else { Failure::KeyReused.into() });
    }
    let done = outcome?;
    let registers_changed = desk.close(O::NAME)?;
    let answer = serde_json::to_string(&done).map_err(unreadable)?;
    audit::remember(transaction, actor.province, user, key.as_str(), request, &answer, setting.real_now)?;
    Ok(Performed { done, registers_changed })
}

fn unreadable(error: serde_json::Error) -> Failure {
    Failure::Store(store::StoreError::Unreadable(error.to_string()))
}

/// The answer that a key got when it came first.
pub(crate) fn first_answer<T: DeserializeOwned>(answer: &str) -> Outcome<T> {
    serde_json::from_str(answer).map_err(unreadable)
}

fn request_digest<O: Operation>(operation: &O) -> Outcome<[u8; 32]> {
    let mut content = O::NAME.as_bytes().to_vec();
    serde_json::to_writer(&mut content, operation).map_err(unreadable)?;
    Ok(store::sha256(&content))
}

impl<'d, 't> Desk<'d, 't> {
    fn new(transaction: &'d mut Transaction<'t>, setting: &'d Setting) -> Self {
        let operation = OperationId(crate::random::id(setting.real_now));
        Self {
            transaction,
            actor: &setting.actor,
            registry: Arc::clone(&setting.registry),
            stamp: Stamp { province: setting.actor.province, operation, recorded_at: setting.domain_now },
            real_now: setting.real_now,
            content: Content::default(),
            subject: None,
            detail: serde_json::Map::new(),
            registers_changed: false,
        }
    }

    /// Writes the audit row; says whether registers changed.
    fn close(self, action: &'static str) -> Outcome<bool> {
        if self.registers_changed {
            self.transaction.touch_registers(self.actor.province);
        } else {
            self.transaction.touch(self.actor.province);
        }
        audit::append(
            self.transaction,
            audit::AuditRow {
                province: self.actor.province,
                id: self.stamp.operation,
                recorded_at: self.real_now,
                domain_at: self.stamp.recorded_at,
                actor: self.actor.user,
                action,
                subject: self.subject,
                detail: serde_json::Value::Object(self.detail).to_string(),
                content: self.content,
            },
        )?;
        Ok(self.registers_changed)
    }

    /// Now, by the domain clock.
    pub const fn now(&self) -> Moment {
        self.stamp.recorded_at
    }

    /// Now, by the real clock: for what ends by itself.
    pub const fn real_now(&self) -> Moment {
        self.real_now
    }

    /// Who asks.
    pub const fn actor(&self) -> &Actor {
        self.actor
    }

    /// The operation and when it was recorded.
    pub const fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// Bodies, facilities and stores as they stood when the operation began.
    pub fn registry(&self) -> Arc<Registry> {
        Arc::clone(&self.registry)
    }

    /// A facility in the actor's scope; outside it there is none.
    pub fn facility(&self, id: FacilityId) -> Outcome<Facility> {
        let found = self.registry.facility(id).filter(|facility| self.actor.sees(facility, &self.registry));
        found.cloned().ok_or(Failure::NotFound)
    }

    /// That the actor sees the whole province: what concerns all of it (its state, its norms, its
    /// accounts) is outside the scope of whoever sees a part only.
    pub fn whole_province(&self) -> Outcome<()> {
        if self.actor.sees_all() { Ok(()) } else { Err(Failure::NotFound) }
    }

    /// A new key.
    pub fn new_id(&self) -> Id {
        crate::random::id(self.real_now)
    }

    /// Names the record that the audit says it was done to.
    pub const fn about(&mut self, subject: Id) {
        self.subject = Some(subject);
    }

    /// Adds a word for the journal. No personal data.
    pub fn mention(&mut self, name: &str, value: impl Into<serde_json::Value>) {
        self.detail.insert(name.to_owned(), value.into());
    }

    /// Says that bodies, facilities or stores have changed.
    pub const fn registers_changed(&mut self) {
        self.registers_changed = true;
    }

    /// The transaction, for registers that have no ledger.
    pub const fn transaction(&mut self) -> &mut Transaction<'t> {
        self.transaction
    }

    /// Appends a report.
    pub fn append_report(&mut self, row: &ReportRow) -> Outcome<ReportId> {
        ledger::append_report(self.transaction, &mut self.content, &self.stamp, row)?;
        Ok(row.id)
    }

    /// Appends a reading.
    pub fn append_reading(&mut self, row: &ReadingRow) -> Outcome<ReadingId> {
        ledger::append_reading(self.transaction, &mut self.content, &self.stamp, row)?;
        Ok(row.id)
    }

    /// Appends many readings at once.
    pub fn append_readings(&mut self, rows: &[ReadingRow]) -> Outcome<()> {
        Ok(ledger::append_readings(self.transaction, &mut self.content, &self.stamp, rows)?)
    }

    /// Appends a movement.
    pub fn append_movement(&mut self, row: &MovementRow) -> Outcome<MovementId> {
        ledger::append_movement(self.transaction, &mut self.content, &self.stamp, row)?;
        Ok(row.id)
    }

    /// Appends a count of people on oxygen.
    pub fn append_census(&mut self, row: &CensusRow) -> Outcome<CensusId> {
        ledger::append_census(self.transaction, &mut self.content, &self.stamp, row)?;
        Ok(row.id)
    }

    /// Appends a reversal.
    pub fn append_reversal(&mut self, row: &ReversalRow) -> Outcome<()> {
        Ok(ledger::append_reversal(self.transaction, &mut self.content, &self.stamp, row)?)
    }

    /// Appends a version of a record.
    pub(crate) fn append_record(&mut self, row: &store::record::RecordRow) -> Outcome<()> {
        Ok(store::record::append(self.transaction, &mut self.content, &self.stamp, row)?)
    }

    /// Writes down what a version of a record is found by.
    pub(crate) fn append_finding(&mut self, of: (Id, i64), facets: &store::finding::Facets) -> Outcome<()> {
        Ok(store::finding::append(self.transaction, &mut self.content, &self.stamp, of, facets)?)
    }

    /// Appends the ledgers of a command post that goes on in the actor's.
    pub(crate) fn bring_ledgers(&mut self, from: place::ProvinceId) -> Outcome<store::transfer::LedgerRows> {
        Ok(store::transfer::ledgers(self.transaction, &mut self.content, &self.stamp, from)?)
    }

    /// Appends a version of a record of a command post that goes on in the actor's, as written down there and then.
    pub(crate) fn bring_record(&mut self, row: &store::record::RecordRow) -> Outcome<()> {
        let stamp = Stamp { recorded_at: row.recorded_at, ..self.stamp };
        Ok(store::record::append(self.transaction, &mut self.content, &stamp, row)?)
    }
}
