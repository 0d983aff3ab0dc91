//! The desk on both engines: what somebody does and sees, from outside. One binary, because one link
//! is quicker than ten.

#![cfg(test)]

mod alarms;
mod bodies;
mod chain;
mod clock;
mod command;
mod command_rights;
mod command_sums;
mod common;
mod correct_report;
mod counts;
mod daily_report;
mod door;
mod exchange;
mod file_report;
mod forecasts;
mod forecasts_daily;
mod founding;
mod import_areas;
mod import_facilities;
mod import_readings;
mod inbox;
mod inbox_more;
mod jobs;
mod letters;
mod letters_out;
mod letters_register;
mod lists;
mod merger;
mod merger_example;
mod messages;
mod movements;
mod norms;
mod papers;
mod papers_filled;
mod past;
mod people;
mod phones;
mod registers;
mod returns;
mod rights;
mod rights_of_folders;
mod rules;
mod rules_more;
mod running_out;
mod steering;
mod steering_closed;
mod succession;
mod supply;
mod supply_books;
mod supply_mended;
mod tasks;
mod tasks_listed;
mod tasks_told;
