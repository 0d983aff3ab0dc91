//! The routes of the forecast, rules, fields, receipts, attendance and old tasks: what each asker gets.

use crate::routes_table::{ADMINISTRATOR, CLERK, DUTY, ELSEWHERE, FOCAL, LEADER, OBSERVER, Row, members};

/// Rules that would count from a day that has passed.
const PASSED: &[(&str, &str)] =
    &[("do", "shipped"), ("from", "2026-11-20"), ("version", "x"), ("decision", "1/QĐ-SYT")];

pub fn rows() -> Vec<Row> {
    vec![
        members("GET", "/du-bao", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("GET", "/du-bao/tep", Some(FOCAL), None, OBSERVER, 404),
        members("GET", "/du-bao/oxy", Some(FOCAL), None, OBSERVER, 200),
        members("GET", "/du-bao/oxy/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("GET", "/van-ban/quy-dinh", Some(ADMINISTRATOR), None, OBSERVER, 200),
        Row { fields: PASSED, ..members("POST", "/van-ban/quy-dinh", Some(CLERK), None, LEADER, 422) },
        members("GET", "/van-ban/{id}/viec-cu", Some(ADMINISTRATOR), None, OBSERVER, 200),
        Row {
            fields: &[("do", "choose"), ("becomes", "keep")],
            ..members("POST", "/van-ban/{id}/viec-cu", Some(CLERK), None, LEADER, 422)
        },
        members("GET", "/viec/linh-vuc", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/viec/linh-vuc", Some(CLERK), None, DUTY, 400),
        members("GET", "/viec/linh-vuc/{id}", Some(ADMINISTRATOR), None, FOCAL, 404),
        members("POST", "/viec/linh-vuc/{id}", Some(CLERK), None, DUTY, 400),
        members("GET", "/viec/da-nhan", Some(ADMINISTRATOR), None, FOCAL, 200),
        Row {
            fields: &[("do", "note"), ("by", "call")],
            ..members("POST", "/viec/da-nhan", Some(OBSERVER), None, CLERK, 422)
        },
        members("GET", "/viec/{id}/da-nhan/{place}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 404),
        members("GET", "/viec/pho-bien/{id}/danh-sach/{place}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 404),
        members("GET", "/chi-dao/cuoc-hop/{id}/co-mat", Some(FOCAL), None, OBSERVER, 200),
        members("POST", "/chi-dao/cuoc-hop/{id}/co-mat", Some(OBSERVER), None, DUTY, 422),
        members("GET", "/chi-dao/cuoc-hop/{id}/co-mat/{place}", Some(FOCAL), None, OBSERVER, 404),
    ]
}
