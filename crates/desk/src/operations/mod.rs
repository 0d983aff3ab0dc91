//! What somebody does: one operation, one file, named after what happens.

pub mod add_account;
pub mod alarm;
pub mod appoint;
pub mod chain;
pub mod close_account;
pub mod close_day;
pub mod command;
pub mod bring_store;
pub mod close_account;
pub mod close_day;
pub mod close_store;
pub mod correct_report;
pub mod file_report;
pub mod found_command_post;
pub mod import_areas;
pub mod import_readings;
pub mod inbox;
pub mod merge_facility;
pub mod move_clock;
pub mod override_norm;
pub mod phone;
pub mod papers;
pub mod record_cases;
pub mod record_movement;
pub mod register_body;
pub mod set_clock;
pub mod set_password;
pub mod set_state;

pub mod supply;
pub mod succession;
