//! Coherent totals held against the direct forecasts of the same totals and places.
//!
//! usage: cargo run --release -p bontaicho --example forecast_totals [PROVINCES]
//!        cargo run --release -p bontaicho --example forecast_totals FOLDER TOTAL
//!
//! Either synthetic provinces with their districts of five to ten places and their sum, known late and in batches, on a
//! drawn Monday; or a set of published forecasts (`docs/formats/forecast-set.md`, packed) in which one location is the sum
//! of the others. The score is that of the sums, and of the places as they are moved towards them, over that of the
//! direct forecasts: below 1 is better. Fails where sums score 15 %, or places 3 % worse than direct forecasts, or where the 90 % range
//! holds the truth in fewer than 80 or more than 97 % of cases.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs::{File, read_dir};
use std::io::Write;

use flate2::read::GzDecoder;
use forecast::need::Draws;
use forecast::score::{wis, wis_of_logarithm};
use forecast::set::{Days, Limits, Reading, Set};
use forecast::tree::{Node, coherent};
use forecast::{Ahead, Forecaster, Quantiles, Told, Vintages};
use jiff::ToSpan;
use simulate::epidemic::{Epidemic, Signal};

/// Far from the seeds of the prior.
const FIRST_SEED: u64 = 3_000_000;
/// Weeks known at least before a forecast is made, and weeks ahead.
const WEEKS: (usize, usize) = (8, 4);

/// What stands in a place of a tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Place,
    District,
    Total,
}

/// Sums of scores and of ranges that held.
#[derive(Default)]
struct Tally {
    targets: f64,
    coherent: [f64; 4],
    direct: [f64; 4],
}

impl Tally {
    fn add(&mut self, coherent: &Quantiles, direct: &Quantiles, truth: f64) {
        let inside = |quantiles: &Quantiles, share: f64| {
            let (low, high) = quantiles.interval(share);
            f64::from(u8::from((low.round()..=high.round()).contains(&truth)))
        };
        let figures =
            |said: &Quantiles| [wis(said, truth), wis_of_logarithm(said, truth), inside(said, 0.9), inside(said, 0.5)];
        self.targets += 1.0;
        for (sums, said) in [(&mut self.coherent, coherent), (&mut self.direct, direct)] {
            sums.iter_mut().zip(figures(said)).for_each(|(sum, figure)| *sum += figure);
        }
    }

    fn shares(&self, of: usize) -> (f64, f64) {
        (self.coherent[of] / self.targets, self.direct[of] / self.targets)
    }
}

/// A tree of places with what came true of each, by place and week.
struct Case {
    ranks: Vec<Rank>,
    parents: Vec<Option<usize>>,
    truth: HashMap<(usize, usize), f64>,
}

impl Case {
    fn hold(&self, ahead: &[Ahead], tallies: &mut BTreeMap<Rank, Tally>) {
        let mut nodes: Vec<Node> =
            self.parents.iter().map(|parent| Node { parent: *parent, weeks: Vec::new(), told_below: 1.0 }).collect();
        ahead.iter().for_each(|ahead| nodes[ahead.place].weeks.push(ahead.quantiles));
        let told = coherent(&nodes, &Draws::default());
        for (place, node) in nodes.iter().enumerate() {
            for (week, direct) in node.weeks.iter().enumerate() {
                let (Some(truth), Some(said)) = (self.truth.get(&(place, week)), told.quantiles(place, week)) else {
                    continue;
                };
                tallies.entry(self.ranks[place]).or_default().add(&said, direct, *truth);
            }
        }
    }
}

/// A synthetic province: places, districts, total.
fn province(forecaster: &Forecaster, seed: u64, tallies: &mut BTreeMap<Rank, Tally>) {
    let epidemic = Epidemic::draw(seed, None);
    let truth = epidemic.reported(Signal::Cases).weeks();
    let weeks = truth.columns() - WEEKS.0 - WEEKS.1;
    let week = WEEKS.0 + (seed.wrapping_mul(7_919) % weeks as u64) as usize;
    let (places, size) = (truth.places(), 5 + (seed % 6) as usize);
    let total = places + places.div_ceil(size);
    let (mut ranks, mut parents) = (vec![Rank::Place; places], Vec::new());
    let mut members: Vec<Vec<usize>> = (0..places).map(|place| vec![place]).collect();
    parents.extend((0..places).map(|place| Some(places + place / size)));
    for district in 0..total - places {
        ranks.push(Rank::District);
        parents.push(Some(total));
        members.push((district * size..places.min((district + 1) * size)).collect());
    }
    ranks.push(Rank::Total);
    parents.push(None);
    members.push((0..places).collect());

    let reports = epidemic.reports(Signal::Cases);
    let mut reader = reports.reader();
    let (mut told, mut before) = (Vec::new(), HashMap::new());
    for monday in (0..=week).map(|week| truth.date(week).saturating_add(2.days())) {
        let known = reader.read_until(monday).weeks();
        for (place, members) in members.iter().enumerate() {
            for column in 0..truth.columns() {
                let count: f64 = members.iter().map(|member| known.row(*member)[column]).sum();
                if count.is_finite() && before.insert((place, column), count) != Some(count) {
                    told.push(Told { on: monday, place, week: truth.date(column), count });
                }
            }
        }
    }
    let came = |place: &usize, column: usize| truth.row(*place)[column];
    let sum = |members: &[usize], column: usize| members.iter().map(|place| came(place, column)).sum::<f64>();
    let truths = (0..=total).flat_map(|place| (0..WEEKS.1).map(move |ahead| (place, ahead)));
    let case = Case {
        ranks,
        parents,
        truth: truths.map(|(place, ahead)| ((place, ahead), sum(&members[place], week + 1 + ahead))).collect(),
    };
    let monday = truth.date(week).saturating_add(2.days());
    let vintages = Vintages::new(total + 1, told);
    case.hold(&forecaster.ahead(&vintages, monday, truth.date(week + 1)), tallies);
}

fn read(folder: &str) -> Result<Set, Box<dyn Error>> {
    let open = |name: &str| File::open(format!("{folder}/{name}")).map(GzDecoder::new);
    let names = read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let baseline =
        names.into_iter().find(|name| name.ends_with("-baseline.csv.gz")).ok_or("no packed baseline in the folder")?;
    let mut reading = Reading::baseline(&baseline, &baseline, open(&baseline)?, Days::default(), Limits::SET)?;
    let vintages = reading.vintages("vintages", open("vintages.csv.gz")?)?;
    let truth = reading.truth("truth", open("truth.csv.gz")?)?;
    Ok(reading.done(vintages, truth, Vec::new())?.0)
}

/// A set in which one location is the sum of the others.
fn folder(forecaster: &Forecaster, set: &Set, total: &str, tallies: &mut BTreeMap<Rank, Tally>) -> Result<(), String> {
    let top = set.places().iter().position(|place| place == total).ok_or(format!("no location {total}"))?;
    let (cases, _) = set.cases();
    for (on, first) in set.days() {
        let of_day = cases.iter().filter(|case| case.on == on);
        let case = Case {
            ranks: (0..set.places().len()).map(|place| if place == top { Rank::Total } else { Rank::Place }).collect(),
            parents: (0..set.places().len()).map(|place| (place != top).then_some(top)).collect(),
            truth: of_day.map(|case| ((case.place, case.weeks - 1), case.truth)).collect(),
        };
        case.hold(&forecaster.ahead(&set.known_on(on), on, first), tallies);
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let forecaster = Forecaster::shipped();
    let mut tallies = BTreeMap::new();
    match given.as_slice() {
        [path, total] => folder(&forecaster, &read(path)?, total, &mut tallies)?,
        _ => {
            let provinces: u64 = given.first().map_or(Ok(60), |number| number.parse())?;
            (FIRST_SEED..FIRST_SEED + provinces).for_each(|seed| province(&forecaster, seed, &mut tallies));
        }
    }
    let mut out = std::io::stdout().lock();
    let mut wrong = Vec::new();
    for (rank, tally) in &tallies {
        let (name, most) = match rank {
            Rank::Place => ("places", 1.03),
            Rank::District => ("districts", 1.15),
            Rank::Total => ("totals", 1.15),
        };
        let score = tally.coherent[0] / tally.direct[0];
        let logarithm = tally.coherent[1] / tally.direct[1];
        let ((nine, nine_direct), (half, half_direct)) = (tally.shares(2), tally.shares(3));
        writeln!(
            out,
            "{name:<10}{:>7} targets   score {score:.3}   on the logarithm {logarithm:.3}   90 %: {nine:.3} ({nine_direct:.3} \
             direct)   50 %: {half:.3} ({half_direct:.3})",
            tally.targets
        )?;
        if score > most || !(0.80..=0.97).contains(&nine) {
            wrong.push(name);
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("outside of the bounds: {}", wrong.join(", ")).into()) }
}
