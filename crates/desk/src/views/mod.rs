//! What somebody sees: reads that ask first whether he may, and show only what lies in his scope.

pub mod cases;
pub mod daily_report;
pub mod daily_sheet;
pub mod facilities;
pub mod facility;
pub mod health;
pub mod journal;
pub mod national;
pub mod norms;
pub mod papers;
pub mod reports;
pub mod running_out;
