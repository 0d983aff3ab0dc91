//! N connections that only read, each lent to one caller at a time.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use crate::StoreError;
use crate::engine::{Connection, Database};

#[derive(Clone)]
pub(crate) struct Readers {
    shared: Arc<Shared>,
}

struct Shared {
    database: Database,
    idle: Mutex<Pool>,
    returned: Condvar,
}

struct Pool {
    connections: Vec<Connection>,
    may_open: usize,
}

impl Readers {
    pub(crate) fn new(database: Database, connections: usize) -> Self {
        let pool = Pool { connections: Vec::new(), may_open: connections.max(1) };
        Self { shared: Arc::new(Shared { database, idle: Mutex::new(pool), returned: Condvar::new() }) }
    }

    /// Runs a read that sees one state throughout. Blocks while all connections are lent.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&mut Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut lent = Lent { shared: &self.shared, connection: Some(self.shared.borrow()?) };
        let Some(connection) = lent.connection.as_mut() else {
            return Err(StoreError::Stopped.into());
        };
        // Whoever had it before may have looked back.
        connection.look_through(None);
        let outcome = connection.begin_read().map_err(E::from).and_then(|()| read(connection));
        let ended = connection.commit();
        if ended.is_err() {
            // The connection is in no state to be lent again.
            lent.connection = None;
        }
        let value = outcome?;
        ended?;
        Ok(value)
    }
}

impl Shared {
    fn borrow(&self) -> Result<Connection, StoreError> {
        let mut pool = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(mut connection) = pool.connections.pop() {
                drop(pool);
                if connection.is_there() {
                    return Ok(connection);
                }
                return self.database.connect().inspect_err(|_| self.give_back(None));
            }
            if pool.may_open > 0 {
                pool.may_open -= 1;
                drop(pool);
                return self.database.connect().inspect_err(|_| self.give_back(None));
            }
            pool = self.returned.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn give_back(&self, connection: Option<Connection>) {
        let mut pool = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        match connection {
            Some(connection) => pool.connections.push(connection),
            None => pool.may_open += 1,
        }
        self.returned.notify_one();
    }
}

/// Gives the connection back even when the read panics; then a fresh one is opened instead.
struct Lent<'s> {
    shared: &'s Shared,
    connection: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let connection = self.connection.take().filter(|_| !std::thread::panicking());
        self.shared.give_back(connection);
    }
}
