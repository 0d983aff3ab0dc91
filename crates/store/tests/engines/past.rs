//! A reading that looks back: records, overrides of norms and the journal as they stood at a moment.

use proptest::prelude::*;
use quantity::{Id, Moment, Span};
use store::record::{self, RecordRow};
use store::{Lens, Store};

use crate::common::build::{PROVINCE, fresh_id, perform};
use crate::common::{MORNING, World, on_both_engines};

const KIND: &str = "contract";
const OTHER: &str = "vehicle";

/// Another version of one of a few records.
#[derive(Debug, Clone)]
struct Written {
    which: usize,
    /// Hours after the version before it.
    later: i64,
    due: Option<i64>,
    open: bool,
}

fn a_writing() -> impl Strategy<Value = Written> {
    (0..6_usize, 0..3_i64, prop::option::of(0..9_i64), any::<bool>()).prop_map(|(which, later, due, open)| Written {
        which,
        later,
        due,
        open,
    })
}

/// Which records there are: their key, kind, owner and code never change.
fn base(ids: &[Id], owners: &[Id], which: usize) -> RecordRow {
    RecordRow {
        id: ids[which],
        kind: if which == 5 { OTHER } else { KIND }.to_owned(),
        owner: Some(owners[which % 2]),
        code: Some(format!("{}-{which}", ids[0])),
        due_at: None,
        open: true,
        version: 0,
        recorded_at: MORNING,
        content: String::new(),
    }
}

fn write(store: &Store, row: RecordRow) {
    let written = perform(store, PROVINCE, row.recorded_at, move |transaction, content, stamp| {
        record::append(transaction, content, stamp, &row)
    });
    written.expect("the store answers");
}

fn stands(rows: &[RecordRow], at: Moment) -> Vec<RecordRow> {
    let mut last: Vec<RecordRow> = Vec::new();
    for row in rows.iter().filter(|row| row.recorded_at <= at) {
        last.retain(|known| known.id != row.id);
        last.push(row.clone());
    }
    last.sort_by_key(|row| row.id);
    last
}

fn knows_what_stood(world: &World, writings: &[Written]) -> Result<(), TestCaseError> {
    let (ids, owners) = ([(); 6].map(|()| fresh_id()), [(); 2].map(|()| fresh_id()));
    let mut rows: Vec<RecordRow> = Vec::new();
    let mut at = MORNING;
    for written in writings {
        at = at + Span::hours(written.later);
        let version = 1 + rows.iter().filter(|row| row.id == ids[written.which]).count() as i64;
        let row = RecordRow {
            version,
            recorded_at: at,
            due_at: written.due.map(|hours| MORNING + Span::hours(hours)),
            open: written.open,
            content: format!("{{\"version\":{version}}}"),
            ..base(&ids, &owners, written.which)
        };
        write(&world.store, row.clone());
        rows.push(row);
    }
    let mut connection = world.ground.connect();
    for hours in [-1, 0, 1, 3, 7, 40] {
        let at = MORNING + Span::hours(hours);
        connection.look_through(Some(Lens { at, known: None }));
        let then = stands(&rows, at);
        let mine = |row: &&RecordRow| row.kind == KIND;
        let of_kind: Vec<RecordRow> = then.iter().filter(mine).cloned().collect();
        let known =
            |rows: Vec<RecordRow>| -> Vec<RecordRow> { rows.into_iter().filter(|row| ids.contains(&row.id)).collect() };
        for (which, id) in ids.iter().enumerate() {
            let row = base(&ids, &owners, which);
            let expected = then.iter().find(|row| row.id == *id).cloned();
            prop_assert_eq!(
                &record::one(&mut connection, PROVINCE, &row.kind, *id).expect("the store answers"),
                &expected
            );
            let code = row.code.unwrap_or_default();
            prop_assert_eq!(
                &record::of_code(&mut connection, PROVINCE, &row.kind, &code).expect("the store answers"),
                &expected
            );
            let versions = record::versions(&mut connection, PROVINCE, *id).expect("the store answers");
            prop_assert_eq!(versions.last(), expected.as_ref());
        }
        let open = known(record::open(&mut connection, PROVINCE, KIND).expect("the store answers"));
        prop_assert_eq!(&open, &of_kind.iter().filter(|row| row.open).cloned().collect::<Vec<_>>());
        let mut newest = known(record::newest(&mut connection, PROVINCE, KIND, 1_000_000).expect("the store answers"));
        newest.reverse();
        prop_assert_eq!(&newest, &of_kind);
        for owner in owners {
            let mut own = record::of_owner(&mut connection, PROVINCE, KIND, owner, 100).expect("the store answers");
            own.reverse();
            let expected: Vec<RecordRow> = of_kind.iter().filter(|row| row.owner == Some(owner)).cloned().collect();
            prop_assert_eq!(&own, &expected);
        }
        let until = MORNING + Span::hours(4);
        let due = known(record::due(&mut connection, PROVINCE, KIND, until).expect("the store answers"));
        let mut expected: Vec<RecordRow> =
            open.iter().filter(|row| row.due_at.is_some_and(|due| due <= until)).cloned().collect();
        expected.sort_by_key(|row| row.due_at);
        prop_assert_eq!(&due, &expected);
        prop_assert_eq!(
            &known(record::at(&mut connection, PROVINCE, KIND, at + Span::days(1)).expect("the store answers")),
            &of_kind
        );
    }
    // As of a moment after all of it it says what it says without looking back.
    connection.look_through(Some(Lens { at: MORNING + Span::days(900), known: None }));
    let then = record::open(&mut connection, PROVINCE, KIND).expect("the store answers");
    connection.look_through(None);
    prop_assert_eq!(then, record::open(&mut connection, PROVINCE, KIND).expect("the store answers"));
    Ok(())
}

/// Issue 3, 9: of each record the last version written down by then, by whatever way it is found.
#[test]
fn records_stand_as_they_stood() {
    on_both_engines(|world| {
        let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
        proptest!(config, |(writings in prop::collection::vec(a_writing(), 0..24))| knows_what_stood(world, &writings)?);
    });
}

/// Who is lent the connection next looks at the present, whatever happened to the reading before.
#[test]
fn a_lent_connection_begins_in_the_present() {
    on_both_engines(|world| {
        let lens = Lens { at: MORNING, known: Some(MORNING) };
        for _ in 0..8 {
            let before = world.read(|connection| Ok(connection.look_through(Some(lens))));
            assert_eq!(before, None);
        }
        let inside = world.read(|connection| {
            connection.look_through(Some(lens));
            let inside = connection.in_the_present(|connection| connection.lens());
            Ok((inside, connection.lens()))
        });
        assert_eq!(inside, (None, Some(lens)));
    });
}
