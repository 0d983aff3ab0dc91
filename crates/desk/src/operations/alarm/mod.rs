//! What is done about alarms, duty and refills.

pub mod acknowledge;
pub mod change_closure;
pub mod change_duty;
pub mod close_supply;
pub mod hand_over;
pub mod keep_alarms;
pub mod log_call;
pub mod look_in;
pub mod refused;
pub mod set_display;
pub mod set_duty;
pub mod set_refill_terms;
pub mod settle_message;
