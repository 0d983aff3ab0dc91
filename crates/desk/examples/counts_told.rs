//! What a look at the counts costs (F010): so many communes tell their cases one after the other, day by day over so many
//! weeks. Before, every look read every telling, each with all figures of its day; now a telling holds what it changed, and an
//! office that has looked once reads what came since. `cargo run -p desk --example counts_told [COMMUNES [WEEKS]]`; the
//! result stands in `docs/benchmarks.md`.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use desk::counts::place::PlaceKey;
use desk::counts::telling::Telling;
use desk::counts::{CountsKey, DayCounts, Signal};
use desk::operations::counts::report_counts::{ReportCounts, Told, ToldFigure};
use desk::operations::found_command_post::FoundCommandPost;
use desk::record;
use desk::views::counts::{Known, known};
use desk::{Actor, Failure, Office, Outcome};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use place::{Level, ProvinceId};
use protocol::Readiness;
use quantity::Moment;
use store::{Database, Store, params};

const TODAY: Date = date(2026, 11, 22);
/// Days that are told at the same time: what waits goes into one transaction.
const AT_ONCE: usize = 32;
/// How often a look is timed; the median counts.
const LOOKS: usize = 9;

fn office(path: &Path) -> Outcome<Office> {
    let now = Moment::from_local(TODAY.at(8, 0, 0, 0));
    Office::open(Store::open(&Database::Sqlite(path.to_path_buf()), 2)?, Arc::new(move || now))
}

fn look(office: &Office, province: ProvinceId) -> Outcome<(Duration, Known)> {
    let begun = Instant::now();
    let actor = Actor::program(province);
    let seen = office.look_blocking(|office, connection| known(office, connection, &actor, Signal::Cases))?;
    Ok((begun.elapsed(), seen))
}

fn median(mut look: impl FnMut() -> Outcome<Duration>) -> Outcome<Duration> {
    let mut times = (0..LOOKS).map(|_| look()).collect::<Outcome<Vec<Duration>>>()?;
    times.sort_unstable();
    Ok(times.get(LOOKS / 2).copied().unwrap_or_default())
}

fn telling(day: Date, place: PlaceKey, count: i64) -> ReportCounts {
    let of = CountsKey::of_day(Signal::Cases, day);
    let figures = vec![ToldFigure { place, told: Told::Count(count), reported_on: Some(day) }];
    ReportCounts { key: None, of, figures, sure: true, simulated: true, source: None }
}

/// Every commune tells every day, one after the other.
fn fill(office: &Office, province: ProvinceId, places: &[PlaceKey], days: &[Date]) -> Outcome<()> {
    let parts: Vec<Vec<Date>> =
        (0..AT_ONCE).map(|part| days.iter().skip(part).step_by(AT_ONCE).copied().collect()).collect();
    let tell = |days: &Vec<Date>| -> Outcome<()> {
        for (number, day) in days.iter().enumerate() {
            for (place, key) in places.iter().enumerate() {
                let count = ((number * 7 + place * 3) % 40) as i64;
                office.perform_blocking(Actor::program(province), telling(*day, *key, count))?;
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = parts.iter().map(|days| scope.spawn(move || tell(days))).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or(Err(Failure::NotFound)))
    })
}

/// What all tellings come to, in bytes.
fn kept(office: &Office) -> Outcome<f64> {
    let sql = "SELECT CAST(SUM(LENGTH(content)) AS BIGINT) FROM record WHERE kind = 'day_counts'";
    office.look_blocking(|_, connection| {
        let row = connection.query_one(sql, params![])?;
        Ok(row.map_or(Ok(0_i64), |row| row.get(0))? as f64)
    })
}

/// Gives every telling all figures of its day, as an earlier build kept them.
fn as_before(office: &Office, province: ProvinceId) -> Outcome<()> {
    let begins = Signal::Cases.begins();
    let tellings =
        office.look_blocking(|_, connection| record::all_versions::<Telling>(connection, province, &begins))?;
    office.store().write_blocking::<_, Failure, _>(move |transaction| {
        for of_day in tellings.chunk_by(|one, other| one.id == other.id) {
            let Some(first) = of_day.first() else { continue };
            let mut day = DayCounts::empty(first.content.key());
            for kept in of_day {
                day.take(&kept.content);
                let whole = Telling { changes: false, counts: day.counts.clone(), ..kept.content.clone() };
                let text = serde_json::to_string(&whole).unwrap_or_default();
                let sql = "UPDATE record SET content = ?1 WHERE province = ?2 AND record = ?3 AND version = ?4";
                transaction.write(sql, params![text.clone(), province, kept.id.0, kept.version])?;
                let sql =
                    "UPDATE record_state SET content = ?1 WHERE province = ?2 AND record = ?3 AND kind = 'day_counts'";
                transaction.write(sql, params![text, province, kept.id.0])?;
            }
        }
        Ok(())
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut asked = std::env::args().skip(1).map(|text| text.parse::<usize>());
    let communes = asked.next().transpose()?.unwrap_or(100);
    let weeks = asked.next().transpose()?.unwrap_or(52);
    let mut out = std::io::stdout();
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("counts.db");
    let now = Moment::from_local(TODAY.at(8, 0, 0, 0));
    store::migrate::migrate(&Database::Sqlite(path.clone()), now)?;
    let first = office(&path)?;
    let founding =
        FoundCommandPost { area: "91".parse()?, opened_on: TODAY, state: Readiness::Heightened, administrator: None };
    let province = first.perform_blocking(Actor::program(ProvinceId::NATION), founding)?.done;
    let areas = first.areas();
    let places: Vec<PlaceKey> = areas
        .within("91".parse()?, Level::Commune, TODAY)
        .into_iter()
        .take(communes)
        .map(|area| PlaceKey::Area(area.key()))
        .collect();
    let days: Vec<Date> = (1..=weeks as i64 * 7).rev().filter_map(|back| TODAY.checked_sub(back.days()).ok()).collect();
    let begun = Instant::now();
    fill(&first, province, &places, &days)?;
    let told = places.len() * days.len();
    writeln!(
        out,
        "{} communes, {} days: {told} tellings in {:.0} s",
        places.len(),
        days.len(),
        begun.elapsed().as_secs_f64()
    )?;

    let cold = median(|| look(&office(&path)?, province).map(|(time, _)| time))?;
    let (_, seen) = look(&first, province)?;
    let warm = median(|| look(&first, province).map(|(time, _)| time))?;
    let mut count = 100;
    let after_one = median(|| {
        count += 1;
        let last = days.last().copied().unwrap_or(TODAY);
        first.perform_blocking(Actor::program(province), telling(last, places[0], count))?;
        look(&first, province).map(|(time, _)| time)
    })?;
    let small = kept(&first)?;

    as_before(&first, province)?;
    let every = (0..3).map(|_| look(&office(&path)?, province)).collect::<Outcome<Vec<_>>>()?;
    let before = every.iter().map(|(time, _)| *time).min().unwrap_or_default();
    let same = every.iter().all(|(_, then)| then.places == seen.places && then.told.len() == seen.told.len());
    writeln!(out, "every look before                {:>9.1} ms", before.as_secs_f64() * 1e3)?;
    for (name, time) in
        [("the first look of a process", cold), ("a look", warm), ("a look after one more telling", after_one)]
    {
        let ratio = before.as_secs_f64() / time.as_secs_f64();
        writeln!(out, "{name:<32} {:>9.1} ms   {ratio:.0} times faster", time.as_secs_f64() * 1e3)?;
    }
    let large = kept(&first)?;
    writeln!(out, "both read the same: {same}; tellings of {:.1} MB, before {:.1} MB", small / 1e6, large / 1e6)?;
    Ok(())
}
