//! The routes of counts by place and day: what each asker gets.

use crate::routes_table::{ADMINISTRATOR, FOCAL, OBSERVER, Row, members};

pub fn rows() -> Vec<Row> {
    vec![
        members("GET", "/so-ca", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/so-ca", Some(OBSERVER), None, FOCAL, 422),
        // Nobody has told anything yet.
        members("GET", "/so-ca/lich-su", Some(ADMINISTRATOR), None, FOCAL, 404),
    ]
}
