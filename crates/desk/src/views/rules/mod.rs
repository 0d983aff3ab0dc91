//! The rules of the office, the fields of its officers, receipts, attendance, and open tasks of letters that newer ones
//! change, as their readers see them.

pub mod attendance;
pub mod fields;
pub mod instructions;
pub mod office;
pub mod receipts;
