//! Every text of SQL runs on both engines, and none of them reads a growing table from end to end.

use std::collections::BTreeSet;

use store::{Bulk, Kind, StoreError, Value, all_statements};

use crate::common::{Engine, World, on_both_engines};

#[test]
fn every_statement_prepares_on_both_engines() {
    on_both_engines(|world| {
        let mut connection = world.ground.connect();
        for (name, sql) in all_statements() {
            if let Err(error) = connection.prepare(sql) {
                panic!("{name} on {:?}: {error}", world.ground.engine);
            }
        }
    });
}

#[test]
fn statements_are_named_once_and_number_their_values_without_gaps() {
    let names: BTreeSet<&str> = all_statements().iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), all_statements().len());
    for (name, sql) in all_statements() {
        let numbers: BTreeSet<u32> = sql
            .split('?')
            .skip(1)
            .map(|rest| {
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                digits.parse().unwrap_or_else(|_| panic!("{name}: a question mark without a number"))
            })
            .collect();
        let expected: BTreeSet<u32> = (1..=numbers.len() as u32).collect();
        assert_eq!(numbers, expected, "{name}: PostgreSQL cannot tell the type of a number left out");
    }
}

/// Values are given in the order in which the statement's numbers are first written, or inserts
/// would put them into each other's columns.
#[test]
fn inserts_number_their_values_as_they_list_their_columns() {
    // One that takes its rows from another table names each of them: nothing can change places.
    let given = |sql: &str| sql.trim_start().starts_with("INSERT") && !sql.contains("SELECT");
    for (name, sql) in all_statements().iter().filter(|(_, sql)| given(sql)) {
        let (_, values) = sql.split_once("VALUES (").unwrap_or_else(|| panic!("{name} has no values"));
        let (values, _) = values.split_once(')').unwrap_or_else(|| panic!("{name} does not end its values"));
        let places: Vec<&str> = values.split(',').map(str::trim).filter(|value| value.starts_with('?')).collect();
        let expected: Vec<String> = (1..=places.len()).map(|number| format!("?{number}")).collect();
        assert_eq!(places, expected, "{name}");
    }
}

/// Small tables: the same for all provinces, or a few thousand rows at most.
const READ_WHOLE: &[(&str, &str)] = &[
    ("store::audit::PROVINCES", "its index holds only what is not sealed yet"),
    ("store::register::POSTS", "some forty command posts"),
    ("store::register::NEXT_POST", "some forty command posts"),
    ("store::register::AREAS", "the imported edition of areas is read once and kept"),
    ("store::account::ANY", "stops at the first row"),
    ("store::transfer::COUNTS", "one row made of the counts of one province"),
    ("store::job::LIST", "a few jobs a province"),
    ("store::job::CLAIM", "a few jobs a province"),
];

/// A province is read whole only where all of it is shown, or where a limit ends it.
const READ_A_PROVINCE: &[(&str, &str)] = &[
    ("store::account::LIST", "the page of accounts"),
    ("store::account::FORGET_SESSIONS", "sessions that are open, a few for each account"),
    ("store::finding::work::COUNTS", "a count for each body and stage"),
    ("store::finding::work::OVERDUE", "a count for each stage and day with open works, and the past ones are summed"),
    ("store::audit::UNSEALED", "its index holds only what is not sealed yet, and it is limited"),
    ("store::audit::RECENT", "in the order of the key, and limited"),
    ("store::audit::FIRST", "stops at the first row of the key"),
    ("store::audit::RECENT_THEN", "in the order of the key, and limited"),
    ("store::projection::OF_PROVINCE", "the list of who runs out"),
    ("store::projection::CENSUSES", "the list of who runs out"),
    ("store::series::received::RECEIVED", "a period of the matrix, for every facility of the province"),
    ("store::series::received::RECEIVED_THEN", "a period of the matrix, for every facility of the province"),
    ("store::series::WEEKLY_CASES", "a closed register, read once to carry it over"),
    ("store::series::WEEKLY_CASES_KEPT", "a closed register, counted when the program starts"),
    ("store::register::OVERRIDES_THEN", "a province's norms, read once and kept"),
    ("store::register::OVERRIDES", "a province's norms, read once and kept"),
    ("store::register::body::BODIES", "the registry, read once and kept"),
    ("store::register::body::FACILITIES", "the registry, read once and kept"),
    ("store::register::person::APPOINTMENTS", "the registry, read once and kept"),
    ("store::register::person::ABSENCES", "the registry, read once and kept"),
    ("store::register::vessel::STORES", "the registry, read once and kept"),
    ("store::transfer::RECORDS", "a province that goes on in another takes all of them along, once"),
    ("store::transfer::COUNTS", "told before a province goes on in another"),
];

#[test]
fn query_plans_of_sqlite_are_known() {
    let world = World::new(Engine::Sqlite);
    let mut connection = world.ground.connect();
    let mut golden = String::new();
    for (name, sql) in all_statements() {
        if sql.trim_start().starts_with("INSERT") {
            continue;
        }
        let plan = connection.explain(sql).unwrap();
        let reason = READ_WHOLE.iter().find(|(known, _)| *known == name);
        if let Some(scan) = plan.iter().find(|step| step.starts_with("SCAN")) {
            assert!(reason.is_some() || sql.starts_with("DELETE"), "{name} reads a whole table: {scan}");
        }
        let excused = READ_A_PROVINCE.iter().any(|(known, _)| *known == name);
        let by_province = ["(province=?)", "(province>?)"];
        let growing = |step: &&String| {
            let small = ["command_post", "setting", "pulse"];
            let known = small.iter().any(|table| step.starts_with(&format!("SEARCH {table} ")));
            by_province.iter().any(|key| step.contains(key)) && !known
        };
        if let Some(step) = plan.iter().find(growing) {
            assert!(excused, "{name} reads a whole province: {step}");
        }
        golden.push_str(&format!("{name}\n"));
        plan.iter().for_each(|step| golden.push_str(&format!("    {step}\n")));
    }
    for (name, _) in READ_WHOLE.iter().chain(READ_A_PROVINCE) {
        assert!(golden.contains(&format!("{name}\n")), "{name} is excused, but there is no such statement");
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "golden" }, {
        insta::assert_snapshot!("query_plans", golden);
    });
}

const ALL_KINDS: Bulk = Bulk {
    table: "area",
    columns: &[
        ("code", Kind::Text),
        ("valid_from", Kind::Text),
        ("valid_to", Kind::Text),
        ("name", Kind::Text),
        ("level", Kind::Text),
        ("successors", Kind::Text),
        ("latitude", Kind::Real),
        ("longitude", Kind::Real),
    ],
    conflict: "ON CONFLICT (code, valid_from) DO NOTHING",
};

#[test]
fn bulk_inserts_keep_empty_values_and_what_stands_there_already() {
    on_both_engines(|world| {
        let row = |code: &str, latitude: Value| {
            let text = |text: &str| Value::Text(text.to_owned());
            vec![
                text(code),
                text("2021-11-01"),
                Value::Null,
                text("Phường Vĩnh Thanh Vân"),
                text("commune"),
                text(""),
                latitude,
                Value::Real(105.08),
            ]
        };
        let rows = vec![row("30730", Value::Null), row("30733", Value::Real(10.01))];
        world
            .store
            .write_blocking::<_, StoreError, _>(move |transaction| {
                transaction.bulk(&ALL_KINDS, &rows)?;
                transaction.bulk(&ALL_KINDS, &rows)?;
                transaction.bulk(&ALL_KINDS, &[])
            })
            .unwrap();
        let areas = world.read(store::register::areas);
        let latitudes: Vec<Option<f64>> = areas.iter().map(|area| area.latitude).collect();
        assert_eq!(latitudes, [None, Some(10.01)]);
        assert_eq!(areas[0].name, "Phường Vĩnh Thanh Vân");
    });
}

/// Questions travel together and are answered in any order; one that nobody fetches is no harm,
/// and one whose operation has failed has no answer.
#[test]
fn questions_asked_early_see_what_was_written_before_them() {
    on_both_engines(|world| {
        const ASK: &str = "SELECT value FROM setting WHERE name = ?1";
        let told: Result<_, StoreError> = world.store.write_blocking(|transaction| {
            store::register::set_setting(transaction, "gauge", "first")?;
            let first = transaction.ask(ASK, store::params!["gauge"])?;
            store::register::set_setting(transaction, "gauge", "second")?;
            let second = transaction.ask(ASK, store::params!["gauge"])?;
            let _never_fetched = transaction.ask(ASK, store::params!["gauge"])?;
            let (second, first) = (transaction.answer(second)?, transaction.answer(first)?);
            Ok((first[0].get::<String>(0)?, second[0].get::<String>(0)?))
        });
        assert_eq!(told.unwrap(), ("first".to_owned(), "second".to_owned()), "on {:?}", world.ground.engine);
        let failed: Result<(), StoreError> = world.store.write_blocking(|transaction| {
            transaction.write("INSERT INTO setting (name, value) VALUES ('gauge', 'third')", Vec::new())?;
            let asked = transaction.ask(ASK, store::params!["gauge"])?;
            transaction.answer(asked).map(|_| ())
        });
        assert!(matches!(failed, Err(StoreError::Sqlite(_) | StoreError::Postgres(_))), "{failed:?}");
        let kept = world.read(|connection| store::register::setting(connection, "gauge"));
        assert_eq!(kept.as_deref(), Some("second"));
    });
}

/// PostgreSQL sends what was kept back together with the next question; its answer must count
/// every one of them, however many there are.
#[test]
fn a_question_sees_everything_written_before_it() {
    on_both_engines(|world| {
        for writes in [1_i64, 31, 500] {
            let seen = world
                .store
                .write_blocking::<_, StoreError, _>(move |transaction| {
                    for number in 0..writes {
                        store::register::set_setting(transaction, "written", &number.to_string())?;
                    }
                    store::register::setting(transaction, "written")
                })
                .unwrap();
            assert_eq!(seen, Some((writes - 1).to_string()), "on {:?}", world.ground.engine);
        }
    });
}
