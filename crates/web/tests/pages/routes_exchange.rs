//! The routes of what goes to others and comes back from them, and of figures open to the public: what each asker gets.

use crate::routes_table::{CLERK, DUTY, FOCAL, LEADER, OBSERVER, Row, members, open};

pub fn rows() -> Vec<Row> {
    vec![
        members("GET", "/van-ban/trao-doi", Some(FOCAL), None, OBSERVER, 200),
        members("POST", "/van-ban/trao-doi/tep", Some(LEADER), None, CLERK, 422),
        members("GET", "/van-ban/trao-doi/tep/{id}", Some(FOCAL), None, OBSERVER, 404),
        members("POST", "/van-ban/trao-doi/ban-ky/{id}", Some(LEADER), None, CLERK, 400),
        members("POST", "/van-ban/trao-doi/ban-ky/{id}/bo", Some(LEADER), None, CLERK, 404),
        members("POST", "/van-ban/trao-doi/di/{id}", Some(LEADER), None, DUTY, 404),
        members("POST", "/chi-dao/bao-cao/{id}/xuat-ky", Some(LEADER), None, DUTY, 303),
        open("GET", "/cong-bo", 200),
        open("GET", "/cong-bo/{id}", 404),
        open("GET", "/cong-bo/{id}/docx", 404),
    ]
}
