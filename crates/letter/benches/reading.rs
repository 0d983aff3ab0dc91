//! How many letters a second are read on one core: those of the tests, round after round, beside what two simple passes
//! over the same texts cost. `cargo bench -p letter --bench reading`; the result stands in `docs/benchmarks.md`.

use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use unicode_normalization::UnicodeNormalization;

/// How long each measurement runs, after a warm-up of a tenth of it.
const TIME: Duration = Duration::from_secs(5);

/// The letters of some folders of the tests.
fn letters(folders: &[&str]) -> std::io::Result<Vec<String>> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut found = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(tests.join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                found.push(std::fs::read_to_string(path)?);
            }
        }
    }
    Ok(found)
}

/// The time this thread has been on a core, so that a busy machine does not count; the clock where the system does not say.
fn on_core(start: Instant) -> Duration {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = said.and_then(|said| said.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Letters a second of a piece of work.
fn measure(letters: &[String], time: Duration, work: &dyn Fn(&str)) -> f64 {
    let start = Instant::now();
    let before = on_core(start);
    let mut done = 0_u32;
    while start.elapsed() < time {
        letters.iter().for_each(|text| work(text));
        done += u32::try_from(letters.len()).unwrap_or(u32::MAX);
    }
    f64::from(done) / on_core(start).saturating_sub(before).as_secs_f64()
}

/// Measures a piece of work and says so.
fn report(name: &str, letters: &[String], work: &dyn Fn(&str)) -> std::io::Result<f64> {
    measure(letters, TIME / 10, work);
    let rate = measure(letters, TIME, work);
    writeln!(std::io::stdout(), "{name:<44} {rate:>9.0} letters/s")?;
    Ok(rate)
}

fn main() -> std::io::Result<()> {
    for (name, folders) in [("all", &["letters", "gold/letters", "gold/later"][..]), ("the five", &["letters"][..])] {
        let letters = letters(folders)?;
        let bytes: usize = letters.iter().map(String::len).sum();
        let each = bytes / letters.len().max(1);
        writeln!(std::io::stdout(), "{name}: {} letters, {each} bytes each on average, one core", letters.len())?;
        let read = report("letter::read, every field", &letters, &|text| {
            black_box(letter::read(black_box(text)).is_ok());
        })?;
        report("letter::Text::new, normalising only", &letters, &|text| {
            black_box(letter::Text::new(black_box(text)).normal().len());
        })?;
        let plain = report("reference: NFC, then small letters", &letters, &|text| {
            black_box(black_box(text).nfc().collect::<String>().to_lowercase().len());
        })?;
        writeln!(std::io::stdout(), "reading costs {:.1} times the reference\n", plain / read)?;
    }
    Ok(())
}
