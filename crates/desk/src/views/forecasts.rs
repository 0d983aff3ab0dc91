//! What is expected of the coming weeks, beside what was counted, the naive forecast, and how good the forecasts of past
//! weeks were.

use forecast::score::wis;
use forecast::{Quantiles, naive_of_place};
use jiff::ToSpan;
use jiff::civil::Date;
use place::ProvinceId;
use store::Connection;

use crate::actor::Actor;
use crate::counts::Signal;
use crate::counts::place::{PlaceKey, own_area};
use crate::failure::{Failure, Outcome};
use crate::forecasts::{Doubt, ForecastMade, PlaceAhead, WeekBegun, as_of_today, vintages, with_sum};
use crate::office::Office;
use crate::record::{self, Kept};
use crate::rights::Capability;
use crate::views::counts::{Known, Place, known};

/// Past weeks whose forecasts are held against what came.
const LOOKED_BACK: i64 = 26;
/// Weeks ahead.
const AHEAD: usize = 4;

/// The forecasts of a signal.
#[derive(Debug, Clone)]
pub struct Forecasts {
    /// Of what.
    pub signal: Signal,
    /// Today, by the domain clock.
    pub today: Date,
    /// The newest forecast, and when it was made; none before the first.
    pub newest: Option<Kept<ForecastMade>>,
    /// Other signals of which there is a forecast.
    pub others: Vec<Signal>,
    /// The places with counts, the highest forecast first.
    pub lines: Vec<Line>,
    /// The place that was asked for; otherwise the province.
    pub chosen: Option<Chosen>,
    /// Whether any count that it rests on is invented.
    pub simulated: bool,
}

/// A place in the list.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which.
    pub place: Place,
    /// Its last known week and count.
    pub last: Option<(Date, u32)>,
    /// What is expected; empty where nothing can be.
    pub ahead: Vec<(Date, Quantiles)>,
    /// Why that is wide.
    pub doubts: Vec<Doubt>,
}

/// A place with all that is shown of it.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Which.
    pub place: Place,
    /// Counts by week as they are known now, in order of time.
    pub counted: Vec<(Date, f64)>,
    /// What is expected.
    pub ahead: Vec<(Date, Quantiles)>,
    /// The naive forecast of the same weeks.
    pub naive: Vec<(Date, Quantiles)>,
    /// Medians that were forecast of past weeks one week before.
    pub earlier: Vec<(Date, f64)>,
    /// How much of the range rests on what the province went through itself, per cent; none without a forecast.
    pub own_percent: Option<u8>,
    /// The last day of which the count was used, and what of the first week is over; none where whole weeks were used.
    pub days: Option<(Date, Option<WeekBegun>)>,
    /// The signal that leads this one and was followed.
    pub led_by: Option<Signal>,
    /// Places and last days of weeks whose situations were most like this one.
    pub alike: Vec<(String, Date)>,
    /// How good the forecasts were, for each week ahead.
    pub record: Vec<PastRecord>,
    /// Why it is wide.
    pub doubts: Vec<Doubt>,
}

/// How good forecasts of so many weeks ahead were.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastRecord {
    /// How many weeks ahead.
    pub weeks: usize,
    /// Forecasts whose week has come.
    pub forecasts: usize,
    /// Mean weighted interval score.
    pub score: f64,
    /// The same of the naive forecast made on the same days.
    pub naive: f64,
    /// Share of truths within the 50 % range.
    pub within50: f64,
    /// Share of truths within the 90 % range.
    pub within90: f64,
}

/// What is expected; `place` is the key of the one to be shown.
pub fn forecasts(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    signal: Signal,
    place: &str,
) -> Outcome<Forecasts> {
    if !actor.may(Capability::SeeOxygen) {
        return Err(Failure::Forbidden(Capability::SeeOxygen));
    }
    let today = office.now(connection)?.date();
    let registry = office.registry(connection, actor.province)?;
    let mut known = as_of_today(known(office, connection, actor, signal)?, &registry);
    // A sum of what one happens to see is not the province.
    if actor.sees_whole(&registry) {
        known = with_sum(known, &registry);
    }
    let newest = newest(connection, actor.province, signal, today)?;
    let frame = vintages(&known).known_on(today);
    let counted = |number: usize| -> Vec<(Date, f64)> {
        let weeks = (0..frame.weeks()).map(|week| (frame.day(week), frame.count(week, number)));
        weeks.filter(|(_, count)| count.is_finite()).collect()
    };
    let mut lines = Vec::with_capacity(known.places.len());
    for (number, place) in known.places.iter().enumerate() {
        let ahead = newest.as_ref().and_then(|newest| newest.content.place(place.key));
        lines.push(Line {
            place: place.clone(),
            last: counted(number).last().map(|(day, count)| (*day, *count as u32)),
            ahead: ahead.map(weeks_of).unwrap_or_default(),
            doubts: ahead.map(|ahead| ahead.doubts.clone()).unwrap_or_default(),
        });
    }
    let own = own_area(&registry).map(|own| PlaceKey::Area(own.key()));
    let asked = known.places.iter().position(|known| known.key.to_string() == place);
    let number = asked.or_else(|| known.places.iter().position(|known| Some(known.key) == own)).unwrap_or(0);
    let chosen = match lines.get(number) {
        Some(line) => {
            let mut chosen = chosen(connection, actor, (signal, today), &known, (number, line), counted(number))?;
            if let Some(ahead) = newest.as_ref().and_then(|newest| newest.content.place(chosen.place.key)) {
                chosen.own_percent = Some(ahead.own_percent);
                chosen.led_by = ahead.led_by;
                chosen.days = ahead.days_until.map(|last| (last, ahead.weeks.first().and_then(|week| week.begun)));
                // Places that one does not see are not named.
                let seen = |key: PlaceKey| known.places.iter().find(|place| place.key == key);
                let alike = ahead.alike.iter().filter_map(|(key, ends)| Some((seen(*key)?.name.clone(), *ends)));
                chosen.alike = alike.collect();
            }
            Some(chosen)
        }
        None => None,
    };
    let highest = |line: &Line| line.ahead.last().map_or(-1.0, |(_, quantiles)| quantiles.median());
    lines.sort_by(|one, other| highest(other).total_cmp(&highest(one)));
    let mut others = Vec::new();
    for other in Signal::ALL.iter().copied().filter(|other| *other != signal) {
        if self::newest(connection, actor.province, other, today)?.is_some() {
            others.push(other);
        }
    }
    Ok(Forecasts { signal, today, newest, others, lines, chosen, simulated: known.simulated })
}

/// The newest forecast of a signal that was made up to a day.
pub(crate) fn newest(
    connection: &mut Connection,
    province: ProvinceId,
    signal: Signal,
    today: Date,
) -> Outcome<Option<Kept<ForecastMade>>> {
    for back in 0..LOOKED_BACK {
        let code = ForecastMade::code_of(signal, saturday(today, back));
        if let Some(kept) = record::of_code::<ForecastMade>(connection, province, &code)? {
            return Ok(Some(kept));
        }
    }
    Ok(None)
}

/// What was said first of the weeks after a day; of a forecast kept before that was kept apart, what was said last.
pub(crate) fn said_first(
    connection: &mut Connection,
    province: ProvinceId,
    signal: Signal,
    last: Date,
) -> Outcome<Option<Kept<ForecastMade>>> {
    let first = record::of_code::<ForecastMade>(connection, province, &ForecastMade::code_of_first(signal, last))?;
    match first {
        Some(first) => Ok(Some(first)),
        None => record::of_code::<ForecastMade>(connection, province, &ForecastMade::code_of(signal, last)),
    }
}

/// The last Saturday up to a day, and so many weeks before it.
pub(crate) fn saturday(today: Date, weeks_back: i64) -> Date {
    let since = (i64::from(today.weekday().to_sunday_zero_offset()) + 1) % 7;
    today.saturating_sub((since + 7 * weeks_back).days())
}

fn weeks_of(ahead: &PlaceAhead) -> Vec<(Date, Quantiles)> {
    ahead.weeks.iter().filter_map(|week| Some((week.ends, week.quantiles()?))).collect()
}

fn chosen(
    connection: &mut Connection,
    actor: &Actor,
    (signal, today): (Signal, Date),
    known: &Known,
    (number, line): (usize, &Line),
    counted: Vec<(Date, f64)>,
) -> Outcome<Chosen> {
    let all = vintages(known);
    let mut earlier = Vec::new();
    let mut judged: [Vec<Judged>; AHEAD] = Default::default();
    for back in 1..=LOOKED_BACK {
        let Some(kept) = said_first(connection, actor.province, signal, saturday(today, back))? else { continue };
        let Some(ahead) = kept.content.place(line.place.key) else { continue };
        let first = kept.content.last.saturating_add(7.days());
        let naive = naive_of_place(&all.known_on(kept.content.on), number, first);
        for (ahead, (ends, quantiles)) in weeks_of(ahead).into_iter().enumerate().take(AHEAD) {
            if ahead == 0 {
                earlier.push((ends, quantiles.median()));
            }
            let truth = counted.iter().find(|(day, _)| *day == ends).map(|(_, truth)| *truth);
            let naive = naive.iter().find(|naive| naive.day == ends);
            if let (Some(truth), Some(naive)) = (truth, naive) {
                judged[ahead].push(Judged::of(&quantiles, &naive.quantiles, truth));
            }
        }
    }
    earlier.reverse();
    let naive = match line.ahead.first() {
        Some((first, _)) => naive_of_place(&all.known_on(today), number, *first),
        None => Vec::new(),
    };
    let record =
        judged.iter().enumerate().filter(|(_, of)| !of.is_empty()).map(|(ahead, of)| past_record(ahead + 1, of));
    Ok(Chosen {
        place: line.place.clone(),
        counted,
        ahead: line.ahead.clone(),
        naive: naive.into_iter().map(|naive| (naive.day, naive.quantiles)).collect(),
        earlier,
        own_percent: None,
        days: None,
        led_by: None,
        alike: Vec::new(),
        record: record.collect(),
        doubts: line.doubts.clone(),
    })
}

/// A forecast held against what came, beside the naive one of the same day.
struct Judged {
    score: f64,
    naive: f64,
    within50: bool,
    within90: bool,
}

impl Judged {
    fn of(quantiles: &Quantiles, naive: &Quantiles, truth: f64) -> Self {
        let within = |share: f64| {
            let (low, high) = quantiles.interval(share);
            (low..=high).contains(&truth)
        };
        Self { score: wis(quantiles, truth), naive: wis(naive, truth), within50: within(0.5), within90: within(0.9) }
    }
}

fn past_record(weeks: usize, of: &[Judged]) -> PastRecord {
    let mean = |figure: fn(&Judged) -> f64| of.iter().map(figure).sum::<f64>() / of.len() as f64;
    PastRecord {
        weeks,
        forecasts: of.len(),
        score: mean(|one| one.score),
        naive: mean(|one| one.naive),
        within50: mean(|one| f64::from(u8::from(one.within50))),
        within90: mean(|one| f64::from(u8::from(one.within90))),
    }
}
