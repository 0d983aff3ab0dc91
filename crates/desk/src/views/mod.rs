//! What somebody sees: reads that ask first whether he may, and show only what lies in his scope.

pub mod alarms;
pub mod bodies;
pub mod cases;
pub mod chain;
pub mod command;
pub mod daily_report;
pub mod daily_sheet;
pub mod duty;
pub mod facilities;
pub mod facility;
pub mod health;
pub mod history;
pub mod inbox;
pub mod journal;
pub mod means;
pub mod national;
pub mod norms;
pub mod papers;
pub mod phones;
mod provision;
pub mod refills;
pub mod reports;
pub mod running_out;
pub(crate) mod said;
pub mod steering;
pub mod supply;
pub mod waiting;
