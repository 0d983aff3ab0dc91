//! The pages in process: no socket, a database of its own for each test, the clocks held still.

#[cfg(test)]
mod alarms;
#[cfg(test)]
mod board;
mod bodies;
#[cfg(test)]
mod chain;
#[cfg(test)]
mod command;
#[cfg(test)]
mod door;
#[cfg(test)]
mod inbox;
#[cfg(test)]
mod letters;
mod letters_out;
mod letters_register;
#[cfg(test)]
mod offline;
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
mod register_files;
#[cfg(test)]
mod report;
#[cfg(test)]
mod report_blocks;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod routes_table;
#[cfg(test)]
mod sheet;
#[cfg(test)]
mod state;
#[cfg(test)]
mod steering;
mod supply;
mod supply_mended;
#[cfg(test)]
mod tasks;
#[cfg(test)]
mod world;
