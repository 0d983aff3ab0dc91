//! Migrations: from nothing, twice, at once, and databases that are not this program's.

use std::collections::BTreeMap;

use quantity::Coded;
use store::schema::tables;
use store::{Database, Kind, Store, StoreError, migrate};

use crate::common::raw::run;
use crate::common::{Engine, Ground, MORNING, World, on_both_engines};

fn open_error(database: &Database) -> StoreError {
    match Store::open(database, 1) {
        Ok(_) => panic!("opened {database:?}"),
        Err(error) => error,
    }
}

#[test]
fn a_database_is_migrated_once() {
    for engine in Engine::all() {
        let ground = Ground::new(engine);
        assert!(matches!(open_error(&ground.database), StoreError::NotMigrated { found: 0, known: migrate::KNOWN }));
        assert_eq!(
            migrate::migrate(&ground.database, MORNING).unwrap(),
            ["house", "plans", "record", "finding", "sums"]
        );
        assert_eq!(migrate::migrate(&ground.database, MORNING).unwrap(), [""; 0]);
        assert!(Store::open(&ground.database, 1).is_ok());
    }
}

#[test]
fn processes_that_migrate_at_once_do_not_disturb_each_other() {
    // Several rounds: what goes wrong between two openings of a new file goes wrong one time in three.
    for engine in Engine::all().into_iter().flat_map(|engine| [engine; 4]) {
        let ground = Ground::new(engine);
        let applied: usize = std::thread::scope(|scope| {
            let migrate = || migrate::migrate(&ground.database, MORNING).unwrap().len();
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(migrate)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(applied, migrate::KNOWN as usize, "on {engine:?}");
    }
}

#[test]
fn a_newer_database_is_refused_and_left_as_it_is() {
    on_both_engines(|world| {
        let newer = migrate::KNOWN + 1;
        let sql = format!("INSERT INTO migration (number, name, applied_at) VALUES ({newer}, 'later', 0)");
        run(&mut world.ground.connect(), sql, Vec::new());
        let opened = open_error(world.database());
        assert!(matches!(opened, StoreError::FromTheFuture { found, .. } if found == newer), "{opened}");
        assert_eq!(opened.code(), "STO-004");
        let migrated = migrate::migrate(world.database(), MORNING);
        assert!(matches!(migrated, Err(StoreError::FromTheFuture { found, .. }) if found == newer));
    });
}

/// «Please migrate» would be the wrong advice for these.
#[test]
fn what_is_no_database_is_not_called_unmigrated() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("letter.docx");
    std::fs::write(&path, b"Kinh gui: cac benh vien ".repeat(500)).unwrap();
    assert_eq!(open_error(&Database::Sqlite(path)).code(), "STO-001");
    assert_eq!(open_error(&Database::Postgres("postgres://nobody@127.0.0.1:1/x".to_owned())).code(), "STO-001");
}

#[test]
fn addresses_name_their_engine_and_never_show_a_password() {
    let parse = |text: &str| text.parse::<Database>();
    assert_eq!(parse("/var/lib/b.sqlite").unwrap(), Database::Sqlite("/var/lib/b.sqlite".into()));
    assert_eq!(parse("sqlite:b.sqlite").unwrap(), Database::Sqlite("b.sqlite".into()));
    assert_eq!(parse("sqlite:///var/lib/b.sqlite").unwrap(), Database::Sqlite("/var/lib/b.sqlite".into()));
    let server = parse("postgres://desk:secret@db/b").unwrap();
    assert_eq!(server.engine(), "PostgreSQL");
    assert!(!format!("{server:?}").contains("secret"));
    assert!(matches!(parse("mysql://db/b"), Err(StoreError::UnknownEngine(engine)) if engine == "mysql"));
}

fn columns_of(world: &World, table: &str) -> BTreeMap<String, Kind> {
    let sql = match world.ground.engine {
        Engine::Sqlite => format!("SELECT name, type FROM pragma_table_info('{table}')"),
        Engine::Postgres => format!(
            "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name = '{table}'"
        ),
    };
    let kind = |declared: String| match declared.to_uppercase().as_str() {
        "BIGINT" | "SMALLINT" => Kind::Int,
        "DOUBLE PRECISION" => Kind::Real,
        "TEXT" => Kind::Text,
        "BLOB" | "BYTEA" => Kind::Blob,
        other => panic!("{table} has a column of type {other}"),
    };
    let rows = world.ground.connect().query(sql.leak(), Vec::new()).expect("columns");
    rows.iter().map(|row| (row.get(0).expect("a name"), kind(row.get(1).expect("a type")))).collect()
}

#[test]
fn the_schema_is_what_the_migrations_say() {
    on_both_engines(|world| {
        let mut names: Vec<String> = tables().iter().map(|table| table.name.to_owned()).collect();
        names.push("migration".to_owned());
        names.sort();
        let sql = match world.ground.engine {
            Engine::Sqlite => {
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
            }
            Engine::Postgres => "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
        };
        let rows = world.ground.connect().query(sql, Vec::new()).unwrap();
        let found: Vec<String> = rows.iter().map(|row| row.get(0).unwrap()).collect();
        assert_eq!(found, names);
        for table in tables() {
            let said: BTreeMap<String, Kind> =
                table.columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
            assert_eq!(columns_of(world, table.name), said, "{} on {:?}", table.name, world.ground.engine);
        }
    });
}

/// Sorting by the engine's own language rules would give the two engines different orders, and a
/// snapshot's rows come in the order of their keys.
#[test]
fn texts_sort_byte_by_byte() {
    on_both_engines(|world| {
        let mut connection = world.ground.connect();
        for name in ["đ", "b", "a", "B", "ă", "_", "Z"] {
            let sql = format!("INSERT INTO setting (name, value) VALUES ('{name}', '')");
            run(&mut connection, sql, Vec::new());
        }
        let rows = connection.query("SELECT name FROM setting ORDER BY name", Vec::new()).unwrap();
        let order: Vec<String> = rows.iter().map(|row| row.get(0).unwrap()).collect();
        assert_eq!(order, ["B", "Z", "_", "a", "b", "ă", "đ"]);
    });
}
