//! The office: what stays between operations. The database, the clocks, and what is remembered of
//! registers and norms so that not every report reads them anew.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use place::{AreaBook, ProvinceId};
use quantity::{Moment, Span};
use store::{Connection, Lens, Store, register};

use crate::actor::Actor;
use crate::alarms::gateway::Gateways;
use crate::clock::{DomainClock, SETTING};
use crate::counts::Signal;
use crate::failure::{Failure, Outcome};
use crate::operation::{Operation, Performed, Setting, Undone, first_answer, perform};
use crate::registry::Registry;
use crate::views::command::nation::CachedSum;
use crate::views::counts::Remembered as RememberedCounts;
use crate::views::oxygen_need::Remembered as RememberedNeed;
use crate::views::running_out::{Cached, Working};

/// The real clock, passed in so that tests may hold it still.
pub type RealClock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// How old what is remembered may be before another process's changes must show.
const REMEMBERED: Span = Span::seconds(1);

/// One office serves all provinces of a database. Cheap to clone.
#[derive(Clone)]
pub struct Office {
    inner: Arc<Inner>,
}

/// What one renews while others wait for it.
type Shared<T> = Arc<Mutex<T>>;

struct Inner {
    store: Store,
    real: RealClock,
    areas: RwLock<Arc<AreaBook>>,
    clock: Mutex<Option<(Moment, DomainClock)>>,
    registries: Mutex<HashMap<ProvinceId, Remembered>>,
    pasts: Mutex<HashMap<ProvinceId, Then>>,
    lists: Mutex<HashMap<ProvinceId, Arc<Cached>>>,
    sums: Mutex<HashMap<ProvinceId, Arc<CachedSum>>>,
    needs: Mutex<HashMap<ProvinceId, Vec<RememberedNeed>>>,
    gateways: std::sync::OnceLock<Gateways>,
    working: Mutex<HashMap<ProvinceId, Shared<Working>>>,
    counts: Mutex<HashMap<(ProvinceId, Signal), Shared<RememberedCounts>>>,
}

/// A registry, when it was last asked whether it is still so, and which version it is.
#[derive(Clone)]
struct Remembered {
    asked_at: Moment,
    version: i64,
    registry: Arc<Registry>,
}

/// A registry of the past: seen through what, made of which version of the registers.
#[derive(Clone)]
struct Then {
    lens: Lens,
    version: i64,
    registry: Arc<Registry>,
}

/// The outcome of an operation, and whether it had been done before under the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt<T> {
    /// What the actor gets.
    pub done: T,
    /// The same key came before; nothing was changed this time.
    pub replayed: bool,
}

/// The machine's own clock.
pub fn machine_clock() -> RealClock {
    Arc::new(|| Moment::from_micros(jiff::Timestamp::now().as_microsecond()))
}

impl Office {
    /// Opens the office over a database that has been migrated.
    pub fn open(store: Store, real: RealClock) -> Outcome<Self> {
        let rows = store.read_blocking(register::areas)?;
        let areas = if rows.is_empty() { AreaBook::shipped() } else { crate::areas::book(rows) };
        Ok(Self {
            inner: Arc::new(Inner {
                store,
                real,
                areas: RwLock::new(Arc::new(areas)),
                clock: Mutex::new(None),
                registries: Mutex::default(),
                pasts: Mutex::default(),
                lists: Mutex::default(),
                sums: Mutex::default(),
                needs: Mutex::default(),
                gateways: std::sync::OnceLock::new(),
                working: Mutex::default(),
                counts: Mutex::default(),
            }),
        })
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The gateways for messages; none unless configured.
    pub fn gateways(&self) -> Gateways {
        self.inner.gateways.get().cloned().unwrap_or_default()
    }

    /// Says once, at the start, by which gateways messages go; later words change nothing.
    pub fn use_gateways(&self, gateways: Gateways) {
        let _ = self.inner.gateways.set(gateways);
    }

    /// Now, by the real clock.
    pub fn real_now(&self) -> Moment {
        (self.inner.real)()
    }

    /// The administrative areas.
    pub fn areas(&self) -> Arc<AreaBook> {
        Arc::clone(&self.inner.areas.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Another edition of the areas is in force.
    pub(crate) fn replace_areas(&self, areas: AreaBook) {
        *self.inner.areas.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(areas);
        self.forget_registers();
    }

    /// The domain clock as stored, looked up at most once a second.
    pub fn clock(&self, connection: &mut Connection) -> Outcome<DomainClock> {
        let now = self.real_now();
        if let Some(clock) = self.remembered_clock(now) {
            return Ok(clock);
        }
        let stored = register::setting(connection, SETTING)?;
        let clock = stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(DomainClock::REAL);
        *lock(&self.inner.clock) = Some((now, clock));
        Ok(clock)
    }

    fn remembered_clock(&self, now: Moment) -> Option<DomainClock> {
        lock(&self.inner.clock).filter(|(at, _)| is_fresh(now, *at)).map(|(_, clock)| clock)
    }

    /// Now, by the domain clock; the moment looked at where the reading looks back.
    pub fn now(&self, connection: &mut Connection) -> Outcome<Moment> {
        if let Some(lens) = connection.lens() {
            return Ok(lens.at);
        }
        Ok(self.clock(connection)?.at(self.real_now()))
    }

    /// Bodies, facilities and stores of a province. Whether another process has changed them is
    /// asked at most once a second.
    pub fn registry(&self, connection: &mut Connection, province: ProvinceId) -> Outcome<Arc<Registry>> {
        if let Some(lens) = connection.lens() {
            return self.registry_then(connection, province, lens);
        }
        let now = self.real_now();
        let remembered = lock(&self.inner.registries).get(&province).cloned();
        if let Some(known) = remembered.as_ref().filter(|known| is_fresh(now, known.asked_at)) {
            return Ok(Arc::clone(&known.registry));
        }
        let version = register::pulse(connection, province)?.registers;
        let registry = match remembered.filter(|known| known.version == version) {
            Some(known) => known.registry,
            None => Arc::new(Registry::load(connection, province, self.areas())?),
        };
        let known = Remembered { asked_at: now, version, registry: Arc::clone(&registry) };
        lock(&self.inner.registries).insert(province, known);
        Ok(registry)
    }

    /// The registry of then; of each province the last that was looked at is remembered.
    fn registry_then(&self, connection: &mut Connection, province: ProvinceId, lens: Lens) -> Outcome<Arc<Registry>> {
        let version = register::pulse(connection, province)?.registers;
        let remembered = lock(&self.inner.pasts).get(&province).cloned();
        if let Some(then) = remembered.filter(|then| (then.lens, then.version) == (lens, version)) {
            return Ok(then.registry);
        }
        let registry = Arc::new(crate::past::registry_then(self, connection, province, lens.at)?);
        lock(&self.inner.pasts).insert(province, Then { lens, version, registry: Arc::clone(&registry) });
        Ok(registry)
    }

    /// Forgets what is remembered, after an operation has changed it.
    pub(crate) fn forget_registers(&self) {
        lock(&self.inner.registries).clear();
        lock(&self.inner.pasts).clear();
        lock(&self.inner.lists).clear();
        lock(&self.inner.sums).clear();
        lock(&self.inner.needs).clear();
        lock(&self.inner.working).clear();
        *lock(&self.inner.clock) = None;
    }

    pub(crate) fn cached_list(&self, province: ProvinceId) -> Option<Arc<Cached>> {
        lock(&self.inner.lists).get(&province).cloned()
    }

    /// What the list of a province is made of; whoever holds it renews the list.
    pub(crate) fn working_list(&self, province: ProvinceId) -> Arc<Mutex<Working>> {
        Arc::clone(lock(&self.inner.working).entry(province).or_default())
    }

    /// What was told of a signal; whoever holds it reads what came since.
    pub(crate) fn remembered_counts(&self, province: ProvinceId, signal: Signal) -> Shared<RememberedCounts> {
        Arc::clone(lock(&self.inner.counts).entry((province, signal)).or_default())
    }

    pub(crate) fn cache_list(&self, province: ProvinceId, list: Arc<Cached>) {
        lock(&self.inner.lists).insert(province, list);
    }

    /// Needs of oxygen as they were made last, for the view that makes them.
    pub(crate) fn remembered_needs(&self, province: ProvinceId) -> Vec<RememberedNeed> {
        lock(&self.inner.needs).get(&province).cloned().unwrap_or_default()
    }

    pub(crate) fn remember_needs(&self, province: ProvinceId, needs: Vec<RememberedNeed>) {
        lock(&self.inner.needs).insert(province, needs);
    }

    pub(crate) fn cached_sum(&self, province: ProvinceId) -> Option<Arc<CachedSum>> {
        lock(&self.inner.sums).get(&province).cloned()
    }

    pub(crate) fn cache_sum(&self, province: ProvinceId, sum: Arc<CachedSum>) {
        lock(&self.inner.sums).insert(province, sum);
    }

    /// Does something, in the writer's next batch; answers once it is durable.
    pub async fn perform<O: Operation>(&self, actor: Actor, operation: O) -> Outcome<Receipt<O::Done>> {
        let office = self.clone();
        let performed = self
            .inner
            .store
            .write(move |transaction| {
                let setting = office.setting(transaction, actor)?;
                perform(operation, &setting, transaction)
            })
            .await;
        self.settled::<O>(performed)
    }

    /// The same from a thread that may wait: the command line, jobs.
    pub fn perform_blocking<O: Operation>(&self, actor: Actor, operation: O) -> Outcome<Receipt<O::Done>> {
        let office = self.clone();
        let performed = self.inner.store.write_blocking(move |transaction| {
            let setting = office.setting(transaction, actor)?;
            perform(operation, &setting, transaction)
        });
        self.settled::<O>(performed)
    }

    /// Tries something and leaves nothing behind: what it would refuse, it refuses. From a thread that may wait.
    pub(crate) fn rehearse_blocking<O: Operation>(&self, actor: Actor, operation: O) -> Outcome<()> {
        let office = self.clone();
        let tried: Result<(), Undone> = self.inner.store.write_blocking(move |transaction| {
            let setting = office.setting(transaction, actor)?;
            perform(operation, &setting, transaction)?;
            // What it has queued must be taken by the database before it counts as possible.
            transaction.flush()?;
            Err(Undone::Rehearsed)
        });
        match tried {
            Ok(()) | Err(Undone::Rehearsed | Undone::Replayed(_)) => Ok(()),
            Err(Undone::Failed(failure)) => {
                if matches!(failure, Failure::Store(_)) {
                    self.forget_registers();
                }
                Err(failure)
            }
        }
    }

    /// Does something as if the domain clock showed another moment: how the past of a demonstration
    /// is told. Only the program itself may.
    pub async fn perform_at<O: Operation>(
        &self,
        province: ProvinceId,
        moment: Moment,
        operation: O,
    ) -> Outcome<O::Done> {
        self.perform_as_at(Actor::program(province), moment, operation).await
    }

    /// The same as somebody: a demonstration tells who asked and who approved, each at his moment.
    pub async fn perform_as_at<O: Operation>(&self, actor: Actor, moment: Moment, operation: O) -> Outcome<O::Done> {
        let office = self.clone();
        let performed = self
            .inner
            .store
            .write(move |transaction| {
                let setting = office.setting(transaction, actor)?;
                perform(operation, &Setting { domain_now: moment, ..setting }, transaction)
            })
            .await;
        Ok(self.settled::<O>(performed)?.done)
    }

    /// What is remembered must follow the database. A batch that was not written may have been read
    /// by the operations behind it while it stood open, so after a failure nothing is remembered.
    fn settled<O: Operation>(&self, performed: Result<Performed<O::Done>, Undone>) -> Outcome<Receipt<O::Done>> {
        match performed {
            Ok(Performed { done, registers_changed }) => {
                if registers_changed {
                    self.forget_registers();
                }
                Ok(Receipt { done, replayed: false })
            }
            Err(Undone::Replayed(answer)) => Ok(Receipt { done: first_answer(&answer)?, replayed: true }),
            // Only a rehearsal ends so.
            Err(Undone::Rehearsed) => Err(Failure::Store(store::StoreError::Stopped)),
            Err(Undone::Failed(failure)) => {
                if matches!(failure, Failure::Store(_)) {
                    self.forget_registers();
                }
                Err(failure)
            }
        }
    }

    fn setting(&self, connection: &mut Connection, actor: Actor) -> Outcome<Setting> {
        let registry = self.registry(connection, actor.province)?;
        Ok(Setting { domain_now: self.now(connection)?, real_now: self.real_now(), actor, registry })
    }

    /// Looks something up, off the threads that serve requests.
    pub async fn look<T, F>(&self, look: F) -> Outcome<T>
    where
        T: Send + 'static,
        F: FnOnce(&Office, &mut Connection) -> Outcome<T> + Send + 'static,
    {
        let office = self.clone();
        self.inner.store.read::<T, Failure, _>(move |connection| look(&office, connection)).await
    }

    /// The same from a thread that may wait.
    pub fn look_blocking<T>(&self, look: impl FnOnce(&Office, &mut Connection) -> Outcome<T>) -> Outcome<T> {
        self.inner.store.read_blocking(|connection| look(self, connection))
    }
}

/// Not older than what may be remembered; a clock that was set back makes nothing fresh.
fn is_fresh(now: Moment, at: Moment) -> bool {
    (Span::ZERO..REMEMBERED).contains(&(now - at))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
