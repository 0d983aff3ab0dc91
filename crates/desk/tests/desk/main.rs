//! The desk on both engines: what somebody does and sees, from outside. One binary, because one link
//! is quicker than ten.

#![cfg(test)]

mod clock;
mod common;
mod correct_report;
mod daily_report;
mod door;
mod file_report;
mod founding;
mod import_areas;
mod import_facilities;
mod import_readings;
mod jobs;
mod movements;
mod norms;
mod papers;
mod people;
mod rights;
mod running_out;
