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
    keys.iter().map(|key| Column::words(t.say(key))).collect()
}
