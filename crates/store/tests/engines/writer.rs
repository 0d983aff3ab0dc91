//! One writer for all: operations that fail are undone alone, and everybody is answered.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use store::register::{self, Pulse};
use store::{Store, StoreError, Transaction};

use crate::common::build::{PROVINCE, fresh_id};
use crate::common::{World, on_both_engines};

type Outcome = Result<(), StoreError>;

/// Holds the writer, so that what is submitted meanwhile makes one batch.
fn hold(world: &World) -> (SyncSender<()>, JoinHandle<Outcome>) {
    let (go, wait): (SyncSender<()>, Receiver<()>) = sync_channel(0);
    let (begun, beginning) = sync_channel(1);
    let store = world.store.clone();
    let held = std::thread::spawn(move || {
        store.write_blocking(move |_| {
            begun.send(()).ok();
            wait.recv().ok();
            Ok(())
        })
    });
    beginning.recv().expect("the writer's turn");
    (go, held)
}

fn submit(store: &Store, work: impl FnOnce(&mut Transaction<'_>) -> Outcome + Send + 'static) -> JoinHandle<Outcome> {
    let store = store.clone();
    std::thread::spawn(move || store.write_blocking(work))
}

fn note(name: &'static str) -> impl FnOnce(&mut Transaction<'_>) -> Outcome + Send + 'static {
    move |transaction| {
        transaction.touch(PROVINCE);
        register::set_setting(transaction, name, "kept")
    }
}

fn kept(world: &World, name: &'static str) -> bool {
    world.read(|connection| register::setting(connection, name)).is_some()
}

fn add_key_twice(transaction: &mut Transaction<'_>) -> Outcome {
    const INSERT: &str = "INSERT INTO setting (name, value) VALUES (?1, 'once')";
    transaction.touch(PROVINCE);
    transaction.write(INSERT, store::params!["twice"])?;
    transaction.write(INSERT, store::params!["twice"])
}

/// OX07: a bad report among good ones costs nobody else theirs.
#[test]
fn one_batch_undoes_only_what_failed() {
    on_both_engines(|world| {
        let (go, held) = hold(world);
        let first = submit(&world.store, note("first"));
        let refused = submit(&world.store, |transaction| {
            note("refused")(transaction)?;
            Err(StoreError::Unreadable("refused".to_owned()))
        });
        let unique = submit(&world.store, add_key_twice);
        let unknown = submit(&world.store, |transaction| {
            note("unknown")(transaction)?;
            transaction.query("SELECT nothing FROM nowhere", Vec::new()).map(|_| ())
        });
        let panicked = submit(&world.store, |transaction| {
            note("panicked")(transaction)?;
            panic!("a slip of the programmer");
        });
        let last = submit(&world.store, note("last"));
        // All six wait in the queue of the writer that is held.
        std::thread::sleep(std::time::Duration::from_millis(200));
        go.send(()).unwrap();

        assert!(held.join().unwrap().is_ok());
        assert!(first.join().unwrap().is_ok());
        assert!(matches!(refused.join().unwrap(), Err(StoreError::Unreadable(_))));
        assert!(matches!(unique.join().unwrap(), Err(StoreError::Sqlite(_) | StoreError::Postgres(_))));
        assert!(matches!(unknown.join().unwrap(), Err(StoreError::Sqlite(_) | StoreError::Postgres(_))));
        let panicked = panicked.join().unwrap();
        assert!(matches!(&panicked, Err(StoreError::Panicked(why)) if why == "a slip of the programmer"));
        assert!(last.join().unwrap().is_ok());

        assert!(kept(world, "first") && kept(world, "last"));
        for undone in ["refused", "unknown", "panicked", "twice"] {
            assert!(!kept(world, undone), "{undone} on {:?}", world.ground.engine);
        }
        let pulse = world.read(|connection| register::pulse(connection, PROVINCE));
        assert_eq!(pulse, Pulse { seq: 1, registers: 0 }, "raised once a batch");
    });
}

/// The first operation that a new connection sees is the one that fails: nothing of it has been
/// prepared yet, not even the way back.
#[test]
fn the_very_first_operation_may_fail_in_any_way() {
    let failures: [fn(&mut Transaction<'_>) -> Outcome; 4] = [
        add_key_twice,
        |transaction| transaction.query("SELECT nothing FROM nowhere", Vec::new()).map(|_| ()),
        |transaction| transaction.write("INSERT INTO nowhere VALUES (1)", Vec::new()),
        |transaction| {
            add_key_twice(transaction)?;
            transaction.query("SELECT COUNT(*) FROM setting", Vec::new()).map(|_| ())
        },
    ];
    for fail in failures {
        on_both_engines(|world| {
            let (go, held) = hold(world);
            let failing = submit(&world.store, fail);
            std::thread::sleep(std::time::Duration::from_millis(50));
            let good = submit(&world.store, note("good"));
            std::thread::sleep(std::time::Duration::from_millis(50));
            go.send(()).unwrap();
            assert!(held.join().unwrap().is_ok());
            let failed = failing.join().unwrap();
            assert!(matches!(failed, Err(StoreError::Sqlite(_) | StoreError::Postgres(_))), "{failed:?}");
            assert!(good.join().unwrap().is_ok(), "on {:?}", world.ground.engine);
            assert!(kept(world, "good"));
        });
    }
}

/// A refusal or a replay may rest on what another operation of its batch had written: where the batch is lost,
/// nobody gets an answer that rests on it, and nothing of it is there.
#[test]
fn a_batch_that_fails_answers_a_replay_with_an_error() {
    on_both_engines(|world| {
        let (go, held) = hold(world);
        // What every batch ends with, the pulse of its provinces, cannot be written.
        let breaks = submit(&world.store, |transaction| {
            note("lost")(transaction)?;
            transaction.write("ALTER TABLE pulse RENAME TO pulse_gone", Vec::new())
        });
        std::thread::sleep(std::time::Duration::from_millis(50));
        let replayed = submit(&world.store, |transaction| {
            let written = register::setting(transaction, "lost")?.is_some();
            Err(StoreError::Unreadable(format!("answered before: {written}")))
        });
        std::thread::sleep(std::time::Duration::from_millis(50));
        go.send(()).unwrap();
        assert!(held.join().unwrap().is_ok(), "a batch of its own");
        assert!(breaks.join().unwrap().is_err());
        let told = replayed.join().unwrap();
        assert!(matches!(told, Err(StoreError::Io(_))), "the lost batch, not the answer: {told:?}");
        assert!(!kept(world, "lost"));
        assert!(world.store.write_blocking(note("next")).is_ok() && kept(world, "next"));
    });
}

/// A deferred write that fails is the error of its own operation, not of the next.
#[test]
fn a_write_kept_back_fails_in_its_own_operation() {
    on_both_engines(|world| {
        let failed = world.store.write_blocking(|transaction| {
            transaction.write("INSERT INTO setting (name, value) VALUES (?1, ?2)", store::params!["a", "first"])?;
            transaction.write("INSERT INTO setting (name, value) VALUES (?1, ?2)", store::params!["a", "second"])
        });
        match failed {
            Err(StoreError::Postgres(error)) => assert_eq!(error.code().map(|code| code.code()), Some("23505")),
            Err(StoreError::Sqlite(error)) => assert!(error.to_string().contains("UNIQUE"), "{error}"),
            other => panic!("{other:?}"),
        }
        assert!(world.store.write_blocking(note("next")).is_ok());
    });
}

#[test]
fn many_callers_share_few_batches_and_lose_nothing() {
    on_both_engines(|world| {
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let name = fresh_id().to_string();
                        let written: Outcome = world.store.write_blocking(move |transaction| {
                            transaction.touch_registers(PROVINCE);
                            register::set_setting(transaction, &name, "kept")
                        });
                        written.unwrap();
                    }
                });
            }
        });
        let rows = world.read(|connection| connection.query_one("SELECT COUNT(*) FROM setting", Vec::new()));
        assert_eq!(rows.unwrap().get::<i64>(0).unwrap(), 160);
        let pulse = world.read(|connection| register::pulse(connection, PROVINCE));
        assert_eq!(pulse.seq, pulse.registers);
        assert!((1..=160).contains(&pulse.seq), "{pulse:?}");
    });
}

/// Two processes on one database: what one reads, changes and writes back the other must not have
/// changed meanwhile.
#[test]
fn two_writers_do_not_lose_each_others_updates() {
    on_both_engines(|world| {
        let other = Store::open(world.database(), 1).unwrap();
        let add = |store: &Store| {
            for _ in 0..50 {
                let added: Outcome = store.write_blocking(|transaction| {
                    let sum: i64 =
                        register::setting(transaction, "sum")?.map_or(0, |text| text.parse().expect("a number"));
                    register::set_setting(transaction, "sum", &(sum + 1).to_string())
                });
                added.unwrap();
            }
        };
        std::thread::scope(|scope| {
            scope.spawn(|| add(&other));
            add(&world.store);
        });
        assert_eq!(world.read(|connection| register::setting(connection, "sum")), Some("100".to_owned()));
    });
}

#[test]
fn a_read_sees_one_state_throughout_and_may_panic() {
    on_both_engines(|world| {
        let before = world.read(|connection| {
            let before = register::pulse(connection, PROVINCE)?;
            world.store.write_blocking(note("meanwhile"))?;
            assert_eq!(register::pulse(connection, PROVINCE)?, before);
            Ok(before)
        });
        assert_eq!(world.read(|connection| register::pulse(connection, PROVINCE)).seq, before.seq + 1);
        for _ in 0..6 {
            let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                world.store.read_blocking::<(), StoreError>(|_| panic!("in a read"))
            }));
            assert!(panicked.is_err());
        }
        // More panics than there are connections: each has been replaced.
        assert!(kept(world, "meanwhile"));
    });
}

#[test]
fn callers_in_an_asynchronous_program_are_served_and_may_drop_the_store() {
    on_both_engines(|world| {
        let store = Store::open(world.database(), 2).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            store.write(note("awaited")).await.unwrap();
            let panicked: Outcome = store.read(|_| panic!("in a read")).await;
            assert!(matches!(panicked, Err(StoreError::Panicked(_))));
            let read = store.read(|connection| register::setting(connection, "awaited")).await;
            assert_eq!(read.unwrap(), Some("kept".to_owned()));
            // A connection of its own is idle now, and is dropped inside the runtime.
            drop(store);
        });
    });
}
