//! Damage anywhere is found and named: `doctor` stands on this (DT04).

use store::integrity::{self, Findings};
use store::schema::{Role, Table, table, tables};
use store::{Row, StoreError, Value, projection};

use crate::common::build::{PROVINCE, fill_every_ledger, fresh_id, seal_all};
use crate::common::{Engine, World, on_both_engines, raw};

fn check(world: &World) -> Findings {
    integrity::check(world.database()).expect("a check")
}

fn well_filled(world: &World) {
    fill_every_ledger(&world.store, PROVINCE);
    seal_all(&world.store, PROVINCE);
    let found = check(world);
    assert!(found.is_well(), "{found:?}");
    for table in ledgers() {
        let counted = found.rows.iter().find(|(name, _)| *name == table.name).map(|(_, count)| *count);
        assert!(counted.is_some_and(|count| count > 0), "{} is empty", table.name);
    }
}

fn ledgers() -> impl Iterator<Item = &'static Table> {
    tables().iter().filter(|table| table.role == Role::Ledger)
}

fn rows(world: &World, table: &Table) -> Vec<Row> {
    raw::rows(&mut world.ground.connect(), table)
}

fn id_of(row: &Row) -> quantity::Id {
    row.get(1).expect("a key")
}

/// The row's key as findings name it: the bytes of an id as an id.
fn key_of(table: &Table, row: &Row) -> String {
    let position = |key: &&str| table.columns.iter().position(|(name, _)| name == key).expect("a key column");
    let value = |index: usize| match row.get::<i64>(index) {
        Ok(number) => number.to_string(),
        Err(_) => match row.get::<String>(index) {
            Ok(text) => text,
            Err(_) => row.get::<quantity::Id>(index).expect("a number, a text or an id").to_string(),
        },
    };
    table.key.iter().map(|key| value(position(key))).collect::<Vec<_>>().join(" / ")
}

#[test]
fn a_byte_turned_in_any_ledger_column_names_table_and_key() {
    on_both_engines(|world| {
        well_filled(world);
        let mut connection = world.ground.connect();
        for table in ledgers() {
            let row = rows(world, table).remove(0);
            for (index, (name, kind)) in table.columns.iter().enumerate() {
                let mut changed = row.clone();
                changed.0[index] = raw::flipped(*kind, &row.0[index]);
                raw::set(&mut connection, table, &row, index, changed.0[index].clone());
                let found = check(world);
                let expected = format!("{} {}", table.name, key_of(table, &changed));
                assert_eq!(found.altered, [expected], "{}.{name} on {:?}", table.name, world.ground.engine);
                raw::set(&mut connection, table, &changed, index, row.0[index].clone());
            }
        }
        assert!(check(world).is_well());
    });
}

/// A bad sector may leave bytes that are no text at all. PostgreSQL never gives such bytes out.
#[test]
fn bytes_that_are_no_text_are_named_too() {
    let world = World::new(Engine::Sqlite);
    well_filled(&world);
    let mut connection = world.ground.connect();
    for (table, column) in [("report", "note"), ("movement", "kind"), ("reading", "source"), ("census", "source")] {
        raw::run(&mut connection, format!("UPDATE {table} SET {column} = CAST(x'FF41FE' AS TEXT)"), Vec::new());
        let found = check(&world);
        assert!(found.altered.iter().any(|place| place.starts_with(table)), "{table}: {found:?}");
    }
}

#[test]
fn a_ledger_row_taken_out_leaves_its_operation_unaccounted() {
    on_both_engines(|world| {
        well_filled(world);
        let mut connection = world.ground.connect();
        for table in ledgers() {
            let row = rows(world, table).remove(0);
            raw::delete(&mut connection, table, &row);
            let column = table.columns.iter().position(|(name, _)| *name == "operation").unwrap();
            let operation: quantity::Id = row.get(column).unwrap();
            let found = check(world);
            assert_eq!(found.unaccounted, [format!("audit {operation}")], "{}", table.name);
            raw::insert(&mut connection, table, &row);
        }
        assert!(check(world).is_well());
    });
}

#[test]
fn a_ledger_row_slipped_in_is_found() {
    on_both_engines(|world| {
        well_filled(world);
        let reading = table("reading").unwrap();
        let mut copy = rows(world, reading).remove(0);
        copy.0[1] = Value::from(fresh_id());
        raw::insert(&mut world.ground.connect(), reading, &copy);
        let found = check(world);
        assert_eq!(found.altered, [format!("reading 1 / {}", id_of(&copy))]);
        assert_eq!(found.unaccounted, [format!("audit {}", copy.get::<quantity::Id>(2).unwrap())]);
    });
}

/// The last row of the chain leaves no gap behind it; what it wrote gives it away.
#[test]
fn an_operation_without_its_audit_row_is_named() {
    on_both_engines(|world| {
        well_filled(world);
        let audit = table("audit").unwrap();
        let last = rows(world, audit).pop().unwrap();
        raw::delete(&mut world.ground.connect(), audit, &last);
        let found = check(world);
        assert_eq!(found.breaks, []);
        assert_eq!(found.unaccounted, [format!("audit {} is missing", id_of(&last))]);
    });
}

#[test]
fn a_projection_changed_anywhere_is_stale_until_it_is_rebuilt() {
    on_both_engines(|world| {
        well_filled(world);
        let mut connection = world.ground.connect();
        for table in tables().iter().filter(|table| table.role == Role::Projection) {
            let row = rows(world, table).remove(0);
            for (index, (name, kind)) in table.columns.iter().enumerate() {
                raw::set(&mut connection, table, &row, index, raw::flipped(*kind, &row.0[index]));
                let found = check(world);
                assert!(!found.is_well() && !found.stale.is_empty(), "{}.{name}: {found:?}", table.name);
                assert!(found.stale.iter().all(|place| place.starts_with(table.name)), "{found:?}");
                rebuild(world);
                assert_eq!(rows(world, table), std::slice::from_ref(&row), "{}.{name} is rebuilt", table.name);
            }
            raw::delete(&mut connection, table, &row);
            // By its own key, or by what it is of.
            let named = match table.name {
                "store_state" | "facility_state" | "record_state" => format!("1 / {}", id_of(&row)),
                _ => key_of(table, &row),
            };
            assert_eq!(check(world).stale, [format!("{} {named} is missing", table.name)]);
            rebuild(world);
            assert!(check(world).is_well());
        }
    });
}

#[test]
fn a_projection_of_nothing_is_stale() {
    on_both_engines(|world| {
        well_filled(world);
        let states = table("store_state").unwrap();
        let mut ghost = rows(world, states).remove(0);
        ghost.0[1] = Value::from(fresh_id());
        let last = ghost.0.len() - 1;
        ghost.0[last] = Value::Blob(vec![9, 9, 9]);
        raw::insert(&mut world.ground.connect(), states, &ghost);
        assert_eq!(check(world).stale, [format!("store_state 1 / {}", id_of(&ghost))]);
    });
}

fn rebuild(world: &World) {
    world.store.write_blocking::<_, StoreError, _>(projection::rebuild_all).expect("a rebuild");
}
