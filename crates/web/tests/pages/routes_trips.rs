//! The routes of trips and of the links of suppliers and drivers: what each asker gets.

use crate::routes_table::{ADMINISTRATOR, DUTY, ELSEWHERE, FOCAL, Row, members, open};

pub fn rows() -> Vec<Row> {
    vec![
        members("POST", "/cung-ung/nha-cung-ung/{id}/lien-ket", Some(FOCAL), None, DUTY, 200),
        members("GET", "/chuyen", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/chuyen", Some(FOCAL), None, DUTY, 422),
        members("POST", "/chuyen/kha-nang", Some(FOCAL), None, DUTY, 422),
        members("GET", "/chuyen/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("POST", "/chuyen/{id}", Some(FOCAL), None, DUTY, 200),
        members("GET", "/chuyen/{id}/phieu", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        open("GET", "/giao/{id}", 410),
        open("POST", "/giao/{id}", 410),
        open("POST", "/giao/{id}/viec", 410),
    ]
}
