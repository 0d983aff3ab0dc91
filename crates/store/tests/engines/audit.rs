//! The audit's chain: numbers without gaps, and no change that goes unnoticed (DT04).

use place::ProvinceId;
use quantity::{Moment, Span};
use store::audit::{self, Break};
use store::schema::{Table, table};
use store::{Row, Store, StoreError, Value, integrity};

use crate::common::build::{PROVINCE, append_audit, fresh_id, perform, seal_all};
use crate::common::{MORNING, World, on_both_engines, raw};

fn operate(store: &Store, province: ProvinceId, recorded_at: Moment) {
    perform(store, province, recorded_at, |_, _, _| Ok(())).expect("an operation");
}

fn audit_table() -> &'static Table {
    table("audit").expect("the audit")
}

fn column(name: &str) -> usize {
    audit_table().columns.iter().position(|(known, _)| *known == name).expect("a column")
}

/// Rows by their sealed number.
fn sealed(world: &World, province: ProvinceId) -> Vec<Row> {
    let mut rows = raw::rows(&mut world.ground.connect(), audit_table());
    rows.retain(|row| row.0[0] == Value::Int(province.number()));
    rows.sort_by_key(|row| row.get::<Option<i64>>(column("seq")).expect("a number"));
    rows
}

fn numbers(world: &World, province: ProvinceId) -> Vec<Option<i64>> {
    sealed(world, province).iter().map(|row| row.get(column("seq")).expect("a number")).collect()
}

fn breaks(world: &World) -> Vec<Break> {
    integrity::check(world.database()).expect("a check").breaks
}

fn broken_at(seq: i64) -> Vec<Break> {
    vec![Break { province: PROVINCE, seq }]
}

fn seven_sealed(world: &World) {
    for minute in 0..7 {
        operate(&world.store, PROVINCE, MORNING + Span::minutes(minute));
    }
    seal_all(&world.store, PROVINCE);
    assert_eq!(breaks(world), []);
}

#[test]
fn each_province_has_its_own_chain_without_gaps() {
    on_both_engines(|world| {
        let other = ProvinceId::new(2);
        for _ in 0..3 {
            operate(&world.store, PROVINCE, MORNING);
            operate(&world.store, other, MORNING);
            seal_all(&world.store, PROVINCE);
        }
        assert_eq!(world.read(audit::provinces_to_seal), [other]);
        seal_all(&world.store, other);
        assert_eq!(world.read(audit::provinces_to_seal), []);
        assert_eq!(numbers(world, PROVINCE), [Some(1), Some(2), Some(3)]);
        assert_eq!(numbers(world, other), [Some(1), Some(2), Some(3)]);
        assert_eq!(breaks(world), []);
    });
}

#[test]
fn more_rows_than_one_call_seals_are_sealed_by_the_next() {
    on_both_engines(|world| {
        let written: Result<(), StoreError> = world.store.write_blocking(|transaction| {
            for _ in 0..2_100 {
                let stamp = store::ledger::Stamp {
                    province: PROVINCE,
                    operation: store::OperationId(fresh_id()),
                    recorded_at: MORNING,
                };
                append_audit(transaction, &stamp, store::Content::default())?;
            }
            Ok(())
        });
        written.unwrap();
        let seal = || world.store.write_blocking::<_, StoreError, _>(|transaction| audit::seal(transaction, PROVINCE));
        assert_eq!([seal().unwrap(), seal().unwrap(), seal().unwrap()], [2_000, 100, 0]);
        assert_eq!(breaks(world), []);
        assert_eq!(world.read(|connection| audit::known_at(connection, PROVINCE, MORNING)), 2_100);
    });
}

#[test]
fn a_change_in_any_column_breaks_the_chain_where_it_is() {
    on_both_engines(|world| {
        seven_sealed(world);
        let row = sealed(world, PROVINCE)[2].clone();
        let mut connection = world.ground.connect();
        for (index, (name, kind)) in audit_table().columns.iter().enumerate() {
            // Another number may be taken; one far off is as wrong.
            let value = if *name == "seq" { Value::Int(1_000) } else { raw::flipped(*kind, &row.0[index]) };
            raw::set(&mut connection, audit_table(), &row, index, value.clone());
            let found = breaks(world);
            let expected = match *name {
                // The row has left: its successor stands where it should be.
                "province" => vec![Break { province: ProvinceId::new(0), seq: 3 }, broken_at(4).remove(0)],
                "seq" => broken_at(4),
                _ => broken_at(3),
            };
            assert_eq!(found, expected, "{name} on {:?}", world.ground.engine);
            let mut changed = row.clone();
            changed.0[index] = value;
            raw::set(&mut connection, audit_table(), &changed, index, row.0[index].clone());
            assert_eq!(breaks(world), [], "{name} is as it was");
        }
    });
}

#[test]
fn a_row_taken_out_is_missed() {
    on_both_engines(|world| {
        seven_sealed(world);
        let rows = sealed(world, PROVINCE);
        raw::delete(&mut world.ground.connect(), audit_table(), &rows[4]);
        assert_eq!(breaks(world), broken_at(6));
    });
}

#[test]
fn two_rows_exchanged_are_noticed() {
    on_both_engines(|world| {
        seven_sealed(world);
        let rows = sealed(world, PROVINCE);
        let mut connection = world.ground.connect();
        // What two operations did is exchanged; keys, numbers and links stay.
        let detail = column("detail");
        raw::set(&mut connection, audit_table(), &rows[2], detail, Value::Text("{}".to_owned()));
        assert_eq!(breaks(world), broken_at(3));
        raw::set(&mut connection, audit_table(), &rows[2], detail, rows[2].0[detail].clone());
        // Then their places in the chain.
        let place = ["seq", "high", "chain"].map(column);
        raw::set(&mut connection, audit_table(), &rows[2], place[0], Value::Int(1_000));
        for (row, other) in [(&rows[5], &rows[2]), (&rows[2], &rows[5])] {
            for column in place {
                raw::set(&mut connection, audit_table(), row, column, other.0[column].clone());
            }
        }
        assert_eq!(numbers(world, PROVINCE), (1..=7).map(Some).collect::<Vec<_>>());
        assert_eq!(breaks(world), broken_at(3));
    });
}

/// Two sealers should not be; if they are, the chain must stay one.
#[test]
fn sealers_at_once_make_one_chain() {
    on_both_engines(|world| {
        let others: Vec<Store> = (0..3).map(|_| Store::open(world.database(), 1).unwrap()).collect();
        std::thread::scope(|scope| {
            for store in &others {
                scope.spawn(|| {
                    for _ in 0..30 {
                        let sealed: Result<usize, StoreError> =
                            store.write_blocking(|transaction| audit::seal(transaction, PROVINCE));
                        // Undone if the numbers were taken: the next try finds its place.
                        let _ = sealed;
                        std::thread::yield_now();
                    }
                });
            }
            for minute in 0..60 {
                operate(&world.store, PROVINCE, MORNING + Span::minutes(minute));
            }
        });
        seal_all(&world.store, PROVINCE);
        assert_eq!(numbers(world, PROVINCE), (1..=60).map(Some).collect::<Vec<_>>());
        assert_eq!(breaks(world), []);
    });
}

#[test]
fn a_row_that_comes_late_does_not_change_what_was_known() {
    on_both_engines(|world| {
        let minute = |number: i64| MORNING + Span::minutes(number);
        let known_at = |number: i64| world.read(|connection| audit::known_at(connection, PROVINCE, minute(number)));
        assert_eq!(known_at(99), 0, "nothing is sealed");
        operate(&world.store, PROVINCE, minute(10));
        operate(&world.store, PROVINCE, minute(20));
        assert_eq!(known_at(99), 0, "not sealed yet");
        seal_all(&world.store, PROVINCE);
        let before = [9, 10, 15, 19, 20].map(known_at);
        assert_eq!(before, [0, 1, 1, 1, 2]);
        // Recorded before the second, committed after it was sealed.
        operate(&world.store, PROVINCE, minute(15));
        operate(&world.store, PROVINCE, minute(12));
        seal_all(&world.store, PROVINCE);
        assert_eq!([9, 10, 15, 19, 20].map(known_at), before);
        assert_eq!(known_at(21), 4);
        operate(&world.store, PROVINCE, minute(30));
        seal_all(&world.store, PROVINCE);
        assert_eq!([20, 21, 29, 30].map(known_at), [2, 4, 4, 5]);
        assert_eq!(breaks(world), []);
    });
}

#[test]
fn keys_are_remembered_for_a_season() {
    on_both_engines(|world| {
        let user = place::UserId(fresh_id());
        let remember = |key: &'static str, at: Moment| {
            world.store.write_blocking::<_, StoreError, _>(move |transaction| {
                let request = store::sha256(key.as_bytes());
                audit::remember(transaction, PROVINCE, user, key, request, r#"{"id":1}"#, at)
            })
        };
        remember("phone-0001", MORNING).unwrap();
        remember("phone-0002", MORNING + Span::days(1)).unwrap();
        assert!(remember("phone-0001", MORNING).is_err(), "a key has one answer");
        let recall = |key: &'static str| {
            world.store.write_blocking::<_, StoreError, _>(move |transaction| {
                let asked = audit::ask_remembered(transaction, PROVINCE, user, key)?;
                audit::remembered(transaction, asked)
            })
        };
        let expected = (store::sha256(b"phone-0001").to_vec(), r#"{"id":1}"#.to_owned());
        assert_eq!(recall("phone-0001").unwrap(), Some(expected));
        let since = world.read(|connection| store::series::keys_since(connection, PROVINCE, user, MORNING));
        assert_eq!(since.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["phone-0001", "phone-0002"]);
        let end = MORNING + audit::KEYS_KEPT + Span::micros(1);
        let forgotten: Result<(), StoreError> =
            world.store.write_blocking(move |transaction| audit::forget_keys(transaction, PROVINCE, end));
        forgotten.unwrap();
        assert_eq!(recall("phone-0001").unwrap(), None);
        assert!(recall("phone-0002").unwrap().is_some());
    });
}
