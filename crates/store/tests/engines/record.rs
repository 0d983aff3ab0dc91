//! Records: versions are kept, the last one is found by key, code, owner and due time, and what
//! stood at a moment is found again.

use quantity::{Id, Moment, Span};
use store::record::{self, RecordRow};
use store::{Store, StoreError, integrity};

use crate::common::build::{PROVINCE, fresh_id, perform};
use crate::common::{MORNING, on_both_engines};

fn contract(id: Id, version: i64, code: &str, content: &str) -> RecordRow {
    RecordRow {
        id,
        kind: "contract".to_owned(),
        owner: None,
        code: Some(code.to_owned()),
        due_at: None,
        open: true,
        version,
        recorded_at: MORNING,
        content: content.to_owned(),
    }
}

fn write(store: &Store, at: Moment, row: RecordRow) -> Result<(), StoreError> {
    perform(store, PROVINCE, at, move |transaction, content, stamp| record::append(transaction, content, stamp, &row))
}

#[test]
fn the_last_version_stands_and_the_first_is_found_at_its_moment() {
    on_both_engines(|world| {
        let store = &world.store;
        let id = fresh_id();
        write(store, MORNING, contract(id, 1, "HD-01", r#"{"ceiling":1}"#)).unwrap();
        let later = RecordRow { open: false, ..contract(id, 2, "HD-01", r#"{"ceiling":2}"#) };
        write(store, MORNING + Span::hours(2), later).unwrap();
        let mut connection = world.ground.connect();
        let last = record::of_code(&mut connection, PROVINCE, "contract", "HD-01").unwrap().unwrap();
        assert_eq!((last.version, last.open, last.content.as_str()), (2, false, r#"{"ceiling":2}"#));
        assert_eq!(record::one(&mut connection, PROVINCE, "contract", id).unwrap(), Some(last));
        assert!(record::open(&mut connection, PROVINCE, "contract").unwrap().is_empty());
        assert_eq!(record::newest(&mut connection, PROVINCE, "contract", 5).unwrap().len(), 1);
        let then = record::at(&mut connection, PROVINCE, "contract", MORNING + Span::hours(1)).unwrap();
        assert_eq!(then.iter().map(|row| (row.version, row.open)).collect::<Vec<_>>(), [(1, true)]);
        let all = record::versions(&mut connection, PROVINCE, id).unwrap();
        assert_eq!(all.iter().map(|row| row.version).collect::<Vec<_>>(), [1, 2]);
        assert!(integrity::check(world.database()).unwrap().is_well());
    });
}

#[test]
fn a_version_written_twice_and_a_code_of_two_records_are_refused() {
    on_both_engines(|world| {
        let store = &world.store;
        let id = fresh_id();
        write(store, MORNING, contract(id, 1, "HD-02", "{}")).unwrap();
        write(store, MORNING, contract(id, 1, "HD-02", "{}")).unwrap_err();
        write(store, MORNING, contract(fresh_id(), 1, "HD-02", "{}")).unwrap_err();
        assert_eq!(record::open(&mut world.ground.connect(), PROVINCE, "contract").unwrap().len(), 1);
    });
}

#[test]
fn what_is_due_comes_first_and_an_owner_sees_his_own() {
    on_both_engines(|world| {
        let store = &world.store;
        let (owner, other) = (fresh_id(), fresh_id());
        for (number, whose) in [(3, owner), (1, other), (2, owner)] {
            let due = MORNING + Span::hours(number);
            let row = RecordRow {
                owner: Some(whose),
                due_at: Some(due),
                code: None,
                ..contract(fresh_id(), 1, "", &number.to_string())
            };
            write(store, MORNING, row).unwrap();
        }
        let mut connection = world.ground.connect();
        let due = record::due(&mut connection, PROVINCE, "contract", MORNING + Span::hours(2)).unwrap();
        assert_eq!(due.iter().map(|row| row.content.as_str()).collect::<Vec<_>>(), ["1", "2"]);
        let own = record::of_owner(&mut connection, PROVINCE, "contract", owner, 10).unwrap();
        assert_eq!(own.iter().map(|row| row.content.as_str()).collect::<Vec<_>>(), ["2", "3"]);
    });
}
