//! The store on both engines. SQLite runs in temporary files; PostgreSQL runs where
//! `BONTAICHO_TEST_POSTGRES` names a server, in databases of each test's own.

mod account;
mod audit;
mod common;
mod finding;
mod integrity;
mod job;
mod ledger;
mod migrate;
mod outage;
mod past;
mod record;
mod scale;
mod snapshot;
mod snapshot_damage;
mod statement;
mod works;
mod writer;
