//! Counts of cases and admissions: facilities their own, the desk those of the whole province, who works for an area
//! those of the area.

pub mod carry_weekly_cases;
pub mod keep_forecast;
pub mod report_counts;
