//! The rules of the office, the fields of its officers, who has received what, attendance lists, and open tasks of letters
//! that newer ones change: one module a page.

pub(super) mod at_task;
pub(super) mod attendance;
pub(super) mod fields;
pub(super) mod office;
mod office_form;
pub(super) mod old_tasks;
pub(super) mod receipts;

use crate::view::{Column, Say};

fn columns(t: Say, keys: &[&str]) -> Vec<Column> {
    let column = |key: &&str| match *key {
        "task-column-order" | "fields-column-officer" | "spread-name" => Column::words(t.say(key)).lead(),
        _ => Column::words(t.say(key)),
    };
    keys.iter().map(column).collect()
}
