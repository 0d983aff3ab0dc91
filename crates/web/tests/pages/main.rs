//! The pages in process: no socket, a database of its own for each test, the clocks held still.

#[cfg(test)]
mod alarms;
#[cfg(test)]
mod board;
#[cfg(test)]
mod bodies;
#[cfg(test)]
mod chain;
#[cfg(test)]
mod command;
mod counts;
mod counts_weeks;
#[cfg(test)]
mod door;
#[cfg(test)]
mod exchange;
mod forecast;
#[cfg(test)]
mod inbox;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod letters_out;
#[cfg(test)]
mod letters_register;
mod lists;
mod need;
#[cfg(test)]
mod offline;
mod outgoing;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod past;
#[cfg(test)]
mod past_registers;
#[cfg(test)]
mod people;
#[cfg(test)]
mod phone;
#[cfg(test)]
mod register;
#[cfg(test)]
mod register_files;
#[cfg(test)]
mod report;
#[cfg(test)]
mod report_blocks;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod routes_counts;
mod routes_exchange;
mod routes_rules;
mod routes_table;
mod routes_trips;
mod rules;
#[cfg(test)]
mod sheet;
#[cfg(test)]
mod state;
#[cfg(test)]
mod steering;
#[cfg(test)]
mod supply;
#[cfg(test)]
mod supply_mended;
#[cfg(test)]
mod tasks;
#[cfg(test)]
mod trips;
#[cfg(test)]
mod world;
