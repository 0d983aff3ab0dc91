//! What somebody sees: reads that ask first whether he may, and show only what lies in his scope.

pub mod daily_report;
pub mod facility;
pub mod journal;
pub mod running_out;
