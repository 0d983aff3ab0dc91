//! Makes each chapter once and tells how long it took: `cargo run --release -p simulate --example opening`.

use std::io::Write;
use std::time::Instant;

use place::ProvinceId;
use simulate::{Chapter, Scenario};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for chapter in Chapter::ALL {
        let began = Instant::now();
        let scenario = Scenario::new(chapter, 1, ProvinceId::new(1), chapter.opening() + Scenario::USUAL_AHEAD);
        let took = began.elapsed().as_secs_f64() * 1e3;
        let events = scenario.events(chapter.history_from(), scenario.until()).len();
        let facilities = scenario.province().facilities.len();
        writeln!(out, "{}: {facilities} facilities, {events} events, {took:.1} ms", chapter.code())?;
    }
    Ok(())
}
