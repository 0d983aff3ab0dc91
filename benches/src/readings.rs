//! A long past for many facilities: what their gauges would have shown hour by hour, as the table
//! that `import readings` takes (`protocols/import-readings.toml`).
//!
//! Each tank falls at its own rate, faster by day than by night, and is filled up before it is
//! empty; no two tanks are filled at the same hour of the run, so that the file is as uneven as a
//! real one. The same numbers come out every time.

use std::io::{self, Write};

use jiff::civil::{DateTime, date};

/// The first reading: the areas of today exist since 1/7/2025.
const FIRST: DateTime = date(2025, 8, 1).at(0, 0, 0, 0);

/// Tanks of each facility; the file names them «Bồn số 1», «Bồn số 2».
pub const TANKS: u64 = 2;

/// What one gauge showed at one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Facility, from 1.
    pub facility: u64,
    /// Tank of the facility, from 1.
    pub tank: u64,
    /// Hours after the first reading.
    pub hour: u64,
    /// Tenths of a percent of the tank.
    pub level: u64,
}

impl Reading {
    /// When, in Vietnam's time.
    pub fn local(&self) -> DateTime {
        FIRST.saturating_add(jiff::Span::new().hours(i64::try_from(self.hour).unwrap_or(0)))
    }

    /// When, microseconds since 1970 UTC.
    pub fn moment(&self) -> i64 {
        let offset = jiff::tz::Offset::constant(7);
        offset.to_timestamp(self.local()).map_or(0, |moment| moment.as_microsecond())
    }

    /// As a hand types it: `41,5`.
    pub fn typed(&self) -> String {
        format!("{},{}", self.level / 10, self.level % 10)
    }
}

/// The readings in the order of time, without end.
pub fn readings(facilities: u64) -> impl Iterator<Item = Reading> {
    let tanks = facilities * TANKS;
    (0..).map(move |number| {
        let (hour, place) = (number / tanks, number % tanks);
        Reading { facility: place / TANKS + 1, tank: place % TANKS + 1, hour, level: level(place, hour) }
    })
}

/// Tenths of a percent, between 25,0 and 95,0: filled up to 95 %, then down by 0,2 to 1,0 an hour,
/// half as fast at night, until the truck comes at 25 %.
fn level(place: u64, hour: u64) -> u64 {
    let rate = 2 + place % 9;
    let used = |hours: u64| {
        let day = hours % 24;
        // From 06:00 to 22:00 the full rate, otherwise half of it; doubled to stay whole.
        rate * (hours / 24 * 40 + day.min(6) + (day.clamp(6, 22) - 6) * 2 + day.saturating_sub(22)) / 2
    };
    950 - (used(hour) + place * 37) % 700
}

/// Writes a table of readings: a header and one row a reading.
pub fn write_table(out: &mut impl Write, facilities: u64, rows: usize) -> io::Result<()> {
    writeln!(out, "Mã cơ sở;Bồn hoặc kho;Thời điểm;Trị số;Đơn vị")?;
    for reading in readings(facilities).take(rows) {
        let at = reading.local();
        writeln!(
            out,
            "CS{};Bồn số {};{:02}/{:02}/{} {:02}:{:02};{};%",
            reading.facility,
            reading.tank,
            at.day(),
            at.month(),
            at.year(),
            at.hour(),
            at.minute(),
            reading.typed()
        )?;
    }
    Ok(())
}

/// Writes a year of a province: one tank a facility, read every so many hours, the last time at a moment.
pub fn write_year(out: &mut impl Write, facilities: u64, every: u64, last: DateTime) -> io::Result<u64> {
    writeln!(out, "Mã cơ sở;Bồn hoặc kho;Thời điểm;Trị số;Đơn vị")?;
    let every = every.max(1);
    let steps = 365 * 24 / every;
    for step in 0..steps {
        let back = i64::try_from((steps - 1 - step) * every).unwrap_or(0);
        let at = last.saturating_sub(jiff::Span::new().hours(back));
        for facility in 1..=facilities {
            let level = level(facility, step * every);
            writeln!(
                out,
                "CS{facility};Bồn số 1;{:02}/{:02}/{} {:02}:{:02};{},{};%",
                at.day(),
                at.month(),
                at.year(),
                at.hour(),
                at.minute(),
                level / 10,
                level % 10
            )?;
        }
    }
    Ok(steps * facilities)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_begins_as_the_layout_asks() {
        let mut table = Vec::new();
        write_table(&mut table, 2, 5).expect("a table");
        let text = String::from_utf8(table).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "CS1;Bồn số 1;01/08/2025 00:00;95,0;%");
        assert_eq!(lines[4], "CS2;Bồn số 2;01/08/2025 00:00;83,9;%");
        assert_eq!(lines[5], "CS1;Bồn số 1;01/08/2025 01:00;94,9;%");
    }

    #[test]
    fn a_year_ends_at_its_last_moment() {
        let mut table = Vec::new();
        let rows = write_year(&mut table, 2, 4, date(2026, 11, 22).at(8, 0, 0, 0)).expect("a table");
        let text = String::from_utf8(table).expect("text");
        assert_eq!((rows, text.lines().count()), (2 * 2_190, 2 * 2_190 + 1));
        assert!(text.lines().nth(1).is_some_and(|line| line.starts_with("CS1;Bồn số 1;22/11/2025 12:00;")));
        assert!(text.lines().last().is_some_and(|line| line.starts_with("CS2;Bồn số 1;22/11/2026 08:00;")));
    }

    /// Levels are believable: within the tank, falling slowly, rising only when a truck has come.
    #[test]
    fn a_tank_falls_slowly_and_is_filled_before_it_is_empty() {
        let of_one = |place: u64| (0..3_000).map(move |hour| level(place, hour));
        for place in 0..300 {
            assert!(of_one(place).all(|level| (251..=950).contains(&level)));
            let steps = of_one(place).zip(of_one(place).skip(1));
            for (before, after) in steps {
                let fell = before.checked_sub(after);
                assert!(fell.is_some_and(|tenths| tenths <= 10) || after > 900, "{before} then {after}");
            }
        }
    }

    /// A million readings of 150 facilities end before the day they are imported on.
    #[test]
    fn a_million_readings_lie_in_the_past() {
        let last = readings(150).nth(999_999).expect("without end");
        assert_eq!(last.local(), date(2025, 12, 17).at(21, 0, 0, 0));
        assert_eq!(last.moment(), 1_765_980_000_000_000);
    }
}
