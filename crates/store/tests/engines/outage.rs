//! PostgreSQL goes away and comes back. A file does not, so SQLite only shows that nothing breaks.

use std::time::{Duration, Instant};

use store::register;
use store::{Store, StoreError};

use crate::common::{Engine, World, on_both_engines, wait_until};

fn write(store: &Store, value: &'static str) -> Result<(), StoreError> {
    store.write_blocking(move |transaction| register::set_setting(transaction, "value", value))
}

fn read(store: &Store) -> Result<Option<String>, StoreError> {
    store.read_blocking(|connection| register::setting(connection, "value"))
}

#[test]
fn after_a_restart_at_night_nobody_notices_in_the_morning() {
    on_both_engines(|world| {
        write(&world.store, "evening").unwrap();
        assert_eq!(read(&world.store).unwrap().as_deref(), Some("evening"));
        world.ground.cut_connections();
        std::thread::sleep(Duration::from_millis(1_100));
        assert_eq!(read(&world.store).unwrap().as_deref(), Some("evening"));
        write(&world.store, "morning").unwrap();
        assert_eq!(read(&world.store).unwrap().as_deref(), Some("morning"));
    });
}

/// Connections are cut while they are in use: each may fail once, then all goes on.
#[test]
fn cut_connections_are_replaced() {
    on_both_engines(|world| {
        write(&world.store, "before").unwrap();
        read(&world.store).unwrap();
        for _ in 0..3 {
            world.ground.cut_connections();
            wait_until("a write works again", || write(&world.store, "after").is_ok());
            wait_until("a read works again", || {
                read(&world.store).is_ok_and(|value| value.as_deref() == Some("after"))
            });
        }
    });
}

#[test]
fn an_operation_cut_in_its_middle_is_undone_and_answered() {
    on_both_engines(|world| {
        let database = world.database().clone();
        let cut = world.store.write_blocking(move |transaction| {
            register::set_setting(transaction, "value", "half")?;
            transaction.flush()?;
            if database.engine() == "PostgreSQL" {
                let own = transaction.query_one("SELECT pg_backend_pid()", Vec::new())?.expect("a row");
                let pid: i64 = own.get(0)?;
                let kill = format!("SELECT pg_terminate_backend({pid})");
                let mut other = database.connect()?;
                other.write(kill.leak(), Vec::new())?;
                other.flush()?;
                std::thread::sleep(Duration::from_millis(100));
            }
            register::set_setting(transaction, "other", "half")
        });
        match world.ground.engine {
            Engine::Sqlite => cut.unwrap(),
            Engine::Postgres => {
                assert!(cut.is_err());
                assert_eq!(read(&world.store).unwrap(), None);
            }
        }
        wait_until("a write works again", || write(&world.store, "after").is_ok());
    });
}

/// A phone that waits for its answer shall hear «not now» and keep its queue, not hang.
#[test]
fn while_the_server_is_away_everybody_is_told_so() {
    for engine in Engine::all().into_iter().filter(|engine| *engine == Engine::Postgres) {
        let world = World::new(engine);
        write(&world.store, "before").unwrap();
        world.ground.admit(false);
        world.ground.cut_connections();
        let begun = Instant::now();
        for _ in 0..3 {
            assert!(write(&world.store, "lost").is_err());
        }
        assert!(read(&world.store).is_err());
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
        world.ground.admit(true);
        wait_until("a write works again", || write(&world.store, "after").is_ok());
        assert_eq!(read(&world.store).unwrap().as_deref(), Some("after"));
    }
}
