//! A backup is what comes back: into the same engine or the other, row for row (OP03).

use std::sync::atomic::{AtomicBool, Ordering};

use place::{ProvinceId, UserId};
use quantity::Span;
use store::register::{AreaRow, CommandPost};
use store::schema::{Role, Table, tables};
use store::snapshot::{self, Counts, Difference};
use store::{Database, StoreError, Value, account, audit, blob, integrity, migrate, projection, register};

use crate::common::build::{PROVINCE, Tank, fill_every_ledger, fresh_id, perform, seal_all};
use crate::common::{Engine, Ground, MORNING, World, on_both_engines, raw};

/// A snapshot in memory.
pub fn taken(database: &Database) -> (Vec<u8>, Counts) {
    let mut bytes = Vec::new();
    let counts = snapshot::take(database, &mut bytes, MORNING, &mut |_, _| {}).expect("a snapshot");
    (bytes, counts)
}

/// An empty database that waits for a snapshot.
pub fn an_empty_one(engine: Engine) -> Ground {
    let ground = Ground::new(engine);
    migrate::migrate(&ground.database, MORNING).expect("a migration");
    ground
}

fn restore(ground: &Ground, bytes: &[u8]) -> Result<Counts, StoreError> {
    snapshot::restore(&ground.database, bytes, &mut |_, _| {})
}

/// Something in every table that travels: empty values, bytes, fractions, Vietnamese.
pub fn furnish(world: &World) {
    fill_every_ledger(&world.store, PROVINCE);
    seal_all(&world.store, PROVINCE);
    fill_every_ledger(&world.store, ProvinceId::new(2));
    let done: Result<(), StoreError> = world.store.write_blocking(|transaction| {
        let post = CommandPost {
            province: PROVINCE,
            name: "Sở chỉ huy An Giang".to_owned(),
            area_code: "91".to_owned(),
            state: "quiet".to_owned(),
            opened_on: jiff::civil::date(2021, 11, 22),
            closed_on: None,
        };
        register::open_command_post(transaction, &post)?;
        register::set_setting(transaction, "clock", "{\"speed\":1}")?;
        let area = AreaRow {
            code: "30730".to_owned(),
            valid_from: jiff::civil::date(2021, 11, 1),
            valid_to: None,
            name: "Phường Vĩnh Thanh Vân".to_owned(),
            level: "commune".to_owned(),
            parent: Some("899".to_owned()),
            successors: String::new(),
            latitude: Some(10.012_345_678_9),
            longitude: None,
        };
        let older = AreaRow { code: "899".to_owned(), latitude: Some(-0.0), ..area.clone() };
        register::replace_areas(transaction, &[area, older])?;
        let lan = account::Account {
            province: PROVINCE,
            id: UserId(fresh_id()),
            login: "lan".to_owned(),
            display_name: "Nguyễn Thị Lan".to_owned(),
            password_hash: "$argon2id$…".to_owned(),
            roles: "duty_officer".to_owned(),
            area_code: None,
            bodies: String::new(),
        };
        account::add(transaction, &lan, MORNING)?;
        audit::remember(transaction, PROVINCE, lan.id, "phone-0001", [7; 32], "{}", MORNING)?;
        register::add_override(transaction, PROVINCE, fresh_id(), "[x]", store::OperationId(fresh_id()), MORNING)?;
        blob::keep(transaction, PROVINCE, "image/jpeg", (0..=255).cycle().take(70_000).collect(), MORNING)?;
        furnish_bodies(transaction)
    });
    done.expect("furniture");
}

fn furnish_bodies(transaction: &mut store::Transaction<'_>) -> Result<(), StoreError> {
    let (body, person) = (place::BodyId(fresh_id()), place::PersonId(fresh_id()));
    let row = register::BodyRow {
        province: PROVINCE,
        id: body,
        code: "BVHA".to_owned(),
        name: "BV Hải Âu".to_owned(),
        sort_key: vec![0, 200, 255],
        search_key: "bv hai au".to_owned(),
        kind: "hospital".to_owned(),
        level: "province".to_owned(),
        ownership: "public".to_owned(),
        parent: None,
        area_code: Some("30730".to_owned()),
        valid_from: jiff::civil::date(2020, 1, 1),
        valid_to: None,
        successors: String::new(),
        simulated: true,
    };
    register::add_body(transaction, &row)?;
    let facility = register::FacilityRow {
        id: place::FacilityId(body.0),
        tier: Some(3),
        state: "quiet".to_owned(),
        beds_planned: Some(300),
        beds_open: None,
        oxygen_beds: Some(80),
        icu_beds: Some(20),
    };
    register::add_facility(transaction, PROVINCE, &facility)?;
    let held = register::AppointmentRow {
        id: fresh_id(),
        body,
        person,
        person_name: "Trần Văn Bình".to_owned(),
        post: "focal_officer".to_owned(),
        phone: Some("0900 000 000".to_owned()),
        from: MORNING,
        to: None,
    };
    register::add_appointment(transaction, PROVINCE, &held)?;
    let away = register::AbsenceRow { id: fresh_id(), person, from: MORNING, to: Some(MORNING + Span::days(2)) };
    register::add_absence(transaction, PROVINCE, &away)
}

fn travelling() -> impl Iterator<Item = &'static Table> {
    tables().iter().filter(|table| !matches!(table.role, Role::Projection | Role::Volatile))
}

#[test]
fn everything_moves_to_either_engine_and_back() {
    on_both_engines(|world| {
        furnish(world);
        let (bytes, counts) = taken(world.database());
        assert!(counts.iter().all(|(_, count)| *count > 0), "something in every table: {counts:?}");
        for engine in Engine::all() {
            let other = an_empty_one(engine);
            assert_eq!(restore(&other, &bytes).unwrap(), counts);
            assert_eq!(snapshot::compare(&other.database, &bytes[..]).unwrap(), []);
            let found = integrity::check(&other.database).unwrap();
            assert!(found.is_well(), "{found:?}");
            let states = |database: &Database| {
                let mut connection = database.connect().unwrap();
                let stores = projection::of_province(&mut connection, PROVINCE).unwrap();
                (stores, projection::censuses(&mut connection, PROVINCE).unwrap())
            };
            assert_eq!(states(&other.database), states(world.database()));
            let (again, _) = taken(&other.database);
            assert!(again == bytes, "{:?} → {engine:?} → the same bytes", world.ground.engine);
        }
    });
}

/// Ends the load when a check fails, too.
struct StopWhenDropped<'s>(&'s AtomicBool);

impl Drop for StopWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The hospital goes on reporting while the backup runs.
#[test]
fn a_snapshot_under_load_is_whole() {
    on_both_engines(|world| {
        furnish(world);
        let tank = Tank::new(&world.store, PROVINCE);
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let _stop = StopWhenDropped(&stop);
            let load = scope.spawn(|| {
                let mut told = 0;
                while !stop.load(Ordering::Relaxed) {
                    tank.tell(&world.store, MORNING, MORNING + Span::minutes(told), told);
                    if told % 10 == 0 {
                        seal_all(&world.store, PROVINCE);
                    }
                    told += 1;
                }
                told
            });
            for engine in Engine::all() {
                std::thread::sleep(std::time::Duration::from_millis(200));
                let (bytes, counts) = taken(world.database());
                let other = an_empty_one(engine);
                assert_eq!(restore(&other, &bytes).unwrap(), counts);
                assert_eq!(snapshot::compare(&other.database, &bytes[..]).unwrap(), []);
                let found = integrity::check(&other.database).unwrap();
                assert!(found.is_well(), "{found:?}");
                let since = snapshot::compare(world.database(), &bytes[..]).unwrap();
                assert!(since.iter().all(|difference| matches!(difference, Difference::Extra(_))), "{since:?}");
            }
            stop.store(true, Ordering::Relaxed);
            assert!(load.join().unwrap() > 0);
        });
    });
}

#[test]
fn a_database_in_use_or_unprepared_takes_no_snapshot() {
    on_both_engines(|world| {
        furnish(world);
        let (bytes, _) = taken(world.database());
        let used = restore(&world.ground, &bytes);
        assert!(matches!(&used, Err(StoreError::NotEmpty { table, rows: 1 }) if table == "command_post"), "{used:?}");
        assert_eq!(snapshot::compare(world.database(), &bytes[..]).unwrap(), [], "nothing has changed");
        let bare = Ground::new(world.ground.engine);
        assert!(matches!(restore(&bare, &bytes), Err(StoreError::NotMigrated { .. })));
        let unprepared = snapshot::take(&bare.database, Vec::new(), MORNING, &mut |_, _| {});
        assert!(matches!(unprepared, Err(StoreError::NotMigrated { .. })));
    });
}

#[test]
fn a_byte_turned_in_the_database_names_its_row() {
    on_both_engines(|world| {
        furnish(world);
        let (bytes, _) = taken(world.database());
        let mut connection = world.ground.connect();
        let compare = || snapshot::compare(world.database(), &bytes[..]).unwrap();
        for table in travelling() {
            let row = raw::rows(&mut connection, table).pop().unwrap();
            let place = place_of(table, &row);
            for (index, (name, kind)) in table.columns.iter().enumerate() {
                // What the sealer may have added since is the chain's to check.
                let may_be_sealed = ["seq", "high", "chain"].contains(name) && row.0[index] == Value::Null;
                if table.key.contains(name) || may_be_sealed {
                    continue;
                }
                raw::set(&mut connection, table, &row, index, raw::flipped(*kind, &row.0[index]));
                assert_eq!(compare(), [Difference::Changed(place.clone())], "{}.{name}", table.name);
                raw::set(&mut connection, table, &row, index, row.0[index].clone());
            }
            raw::delete(&mut connection, table, &row);
            assert_eq!(compare(), [Difference::Missing(place.clone())]);
            raw::insert(&mut connection, table, &row);
        }
        assert_eq!(compare(), []);
    });
}

#[test]
fn what_came_since_is_extra_and_a_seal_is_no_difference() {
    on_both_engines(|world| {
        furnish(world);
        let (bytes, _) = taken(world.database());
        seal_all(&world.store, ProvinceId::new(2));
        assert_eq!(snapshot::compare(world.database(), &bytes[..]).unwrap(), []);
        perform(&world.store, ProvinceId::new(0), MORNING, |_, _, _| Ok(())).unwrap();
        perform(&world.store, ProvinceId::new(9), MORNING, |_, _, _| Ok(())).unwrap();
        let since = snapshot::compare(world.database(), &bytes[..]).unwrap();
        let places: Vec<&str> = since
            .iter()
            .map(|difference| match difference {
                Difference::Extra(place) => place.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(places[0].starts_with("audit 0 / ") && places[1].starts_with("audit 9 / "), "{places:?}");
        assert_eq!(places.len(), 2);
    });
}

/// `reading 1 / 018f…`.
pub fn place_of(table: &Table, row: &store::Row) -> String {
    let key = table.key.iter().map(|key| {
        let column = table.columns.iter().position(|(name, _)| name == key).expect("a key column");
        match &row.0[column] {
            Value::Int(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Blob(bytes) if bytes.len() == 16 => row.get::<quantity::Id>(column).expect("a key").to_string(),
            Value::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
            other => panic!("a key that is {other:?}"),
        }
    });
    format!("{} {}", table.name, key.collect::<Vec<_>>().join(" / "))
}
