//! What somebody does: one operation, one file, named after what happens.

pub mod add_account;
pub mod close_account;
pub mod correct_report;
pub mod file_report;
pub mod found_command_post;
pub mod move_clock;
pub mod set_password;
pub mod set_state;
