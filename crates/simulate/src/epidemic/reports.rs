//! How counts become known: reports come days late and not on closed days, weeks in one batch, places fall
//! silent, tell too many and take it back, and find old cases in bulk.
//!
//! The day of the event and the day of the report stand apart. Everything counted is told in the end.

use jiff::ToSpan;
use jiff::civil::Date;

use super::fate::Fate;
use super::grid::Grid;
use super::parameters::{Backfill, Counting, Parameters, Signal};
use super::{LONGEST_REPORT, RUN_IN};
use crate::dice::Dice;

/// How long a place is silent, days.
const SILENT: (usize, usize) = (3, 20);
/// What is told too much, as a share of a day, and how many days later it is taken back.
const TOO_MANY: (f64, f64) = (0.05, 0.4);
const TAKEN_BACK: (usize, usize) = (3, 30);
/// Share of a week that comes in a batch.
const BATCH: (f64, f64) = (0.2, 0.9);
/// How long after the last counted day everything has been told: the longest report, a silence and what is
/// taken back after it.
const TAIL: usize = LONGEST_REPORT + SILENT.1 + TAKEN_BACK.1 + 14;

/// Something told: so many more of a day are known, or fewer.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Told {
    /// Which place, counted from 0.
    pub place: usize,
    /// The day on which they fell ill or were admitted.
    pub happened_on: Date,
    /// The day on which it was told, the same or a later one.
    pub told_on: Date,
    /// How many; below zero when too many had been told.
    pub count: f64,
}

/// A part of a count.
#[derive(Clone, Copy, Debug)]
struct Part {
    place: u32,
    happened: u32,
    count: f64,
}

/// Everything told of one signal.
#[derive(Clone, Debug)]
pub struct Reports {
    first: Date,
    days: usize,
    places: usize,
    /// By day of telling, the days after the last counted one included.
    told: Vec<Vec<Part>>,
    /// By place and day: does it report on it?
    open: Vec<Vec<bool>>,
}

impl Reports {
    /// The reports of final counts.
    pub(crate) fn of(parameters: &Parameters, signal: Signal, counts: &Grid, fate: &Fate) -> Self {
        let law = parameters.counting(signal);
        let days = counts.columns();
        let mut reports = Self {
            first: parameters.first_day,
            days,
            places: counts.places(),
            told: vec![Vec::new(); days + TAIL],
            open: Vec::new(),
        };
        for (index, (place, row)) in parameters.places.iter().zip(counts.rows()).enumerate() {
            let open = open_days(law, signal, index, days, fate);
            let backfills = law.faults.backfills.iter().filter(|backfill| backfill.place == index);
            let teller = Teller {
                law,
                shares: place.habits(signal).delay.shares(),
                next: next_open(&open),
                backfills: backfills.collect(),
            };
            for (week, counts) in row.chunks(7).enumerate() {
                let mut dice = fate.dice(&[signal.code(), " told"].concat(), index, RUN_IN / 7 + week);
                teller.tell_week(week, counts, &mut dice, &mut |told, happened, count| {
                    let part = Part { place: index as u32, happened: happened as u32, count };
                    reports.told[told].push(part);
                });
            }
            reports.open.push(open);
        }
        reports
    }

    /// Everything told, in the order of its telling.
    pub fn told(&self) -> impl Iterator<Item = Told> {
        (0..).zip(&self.told).flat_map(move |(day, parts)| {
            parts.iter().map(move |part| Told {
                place: part.place as usize,
                happened_on: self.date(i64::from(part.happened)),
                told_on: self.date(day),
                count: part.count,
            })
        })
    }

    /// The day from which everything is known: all has been told, and every place has reported since the last
    /// counted day.
    pub fn complete_on(&self) -> Date {
        let told = self.told.iter().rposition(|parts| !parts.is_empty());
        let end = self.days.saturating_sub(1);
        let heard = self.open.iter().filter_map(|open| open[end..].iter().position(|open| *open));
        let last = heard.max().map(|after| end + after).max(told).unwrap_or(end);
        self.date(last as i64)
    }

    /// Counts by the day on which they were told, as a bulletin gives them and nobody revises them: with batches and old
    /// cases in bulk, nothing on closed days, below zero where more was taken back than came. Only the counted days: what
    /// is told after them stands nowhere.
    pub fn announced(&self) -> Grid {
        let mut announced = Grid::of_days(self.first, self.places, self.days, 0.0);
        for (day, parts) in self.told.iter().enumerate().take(self.days) {
            for part in parts {
                announced.row_mut(part.place as usize)[day] += part.count;
            }
        }
        announced
    }

    /// What was known at the end of a day, by the day of the event. NaN: the place had not reported since.
    pub fn known_on(&self, day: Date) -> Grid {
        let mut reader = self.reader();
        reader.read_until(day);
        reader.known
    }

    /// Reads what becomes known day after day; for many days much faster than [`Reports::known_on`].
    pub fn reader(&self) -> Reader<'_> {
        let known = Grid::of_days(self.first, self.places, self.days, f64::NAN);
        Reader { reports: self, next: 0, heard: vec![0; self.places], known }
    }

    fn date(&self, day: i64) -> Date {
        self.first.saturating_add(day.days())
    }
}

/// What is known, as the days go on.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    reports: &'a Reports,
    /// The first day not yet read.
    next: usize,
    /// Up to which day, not included, each place has reported.
    heard: Vec<usize>,
    known: Grid,
}

impl Reader<'_> {
    /// Reads on to the end of a day and gives what is known then, as [`Reports::known_on`] does. A day
    /// already read changes nothing.
    pub fn read_until(&mut self, day: Date) -> &Grid {
        let reports = self.reports;
        let until = usize::try_from(i64::from((day - reports.first).get_days()) + 1).unwrap_or(0);
        for today in self.next..until.min(reports.told.len()) {
            for place in (0..reports.places).filter(|place| reports.open[*place][today]) {
                let upto = (today + 1).min(reports.days);
                // Who reports says nothing happened where he names no one.
                self.known.row_mut(place)[self.heard[place].min(upto)..upto].fill(0.0);
                self.heard[place] = upto;
            }
            for part in &reports.told[today] {
                self.known.row_mut(part.place as usize)[part.happened as usize] += part.count;
            }
        }
        self.next = self.next.max(until);
        &self.known
    }
}

/// The days on which a place reports. After the last counted day nobody falls silent any more.
fn open_days(law: &Counting, signal: Signal, place: usize, days: usize, fate: &Fate) -> Vec<bool> {
    let all_closed = law.faults.closed.iter().all(|closed| *closed);
    let mut open: Vec<bool> = (0..days + TAIL).map(|day| all_closed || !law.faults.closed[day % 7]).collect();
    for week in 0..days.div_ceil(7) {
        let mut dice = fate.dice(&[signal.code(), " silence"].concat(), place, RUN_IN / 7 + week);
        if dice.chance(law.faults.silences) {
            let (from, long) = (week * 7 + dice.below(7), dice.whole(SILENT.0, SILENT.1));
            open[from..from + long].fill(false);
        }
    }
    // Whatever comes later than this is told on the last day of all.
    if let Some(last) = open.last_mut() {
        *last = true;
    }
    open
}

/// By day, the first open one from it on; at the latest the last of all.
fn next_open(open: &[bool]) -> Vec<usize> {
    let mut next: Vec<usize> = (0..open.len()).collect();
    for day in (0..open.len().saturating_sub(1)).rev() {
        if !open[day] {
            next[day] = next[day + 1];
        }
    }
    next
}

/// How one place tells what it has counted.
struct Teller<'a> {
    law: &'a Counting,
    shares: &'a [f64],
    next: Vec<usize>,
    backfills: Vec<&'a Backfill>,
}

impl Teller<'_> {
    /// Says `told, happened, count` of every part of a week's counts.
    fn tell_week(&self, week: usize, counts: &[f64], dice: &mut Dice, say: &mut impl FnMut(usize, usize, f64)) {
        let faults = &self.law.faults;
        let batch = dice.chance(faults.batches).then(|| {
            let day = (week + 1) * 7 + dice.below(7);
            (self.next[day], dice.between(BATCH.0, BATCH.1))
        });
        let wrong = dice.chance(faults.corrections).then(|| dice.below(7));
        for (weekday, counted) in counts.iter().enumerate().filter(|(_, counted)| **counted > 0.0) {
            let happened = week * 7 + weekday;
            let mut left = *counted;
            if wrong == Some(weekday) {
                let many = (counted * dice.between(TOO_MANY.0, TOO_MANY.1)).round().max(1.0);
                let told = self.next[happened];
                say(told, happened, many);
                say(self.next[told + dice.whole(TAKEN_BACK.0, TAKEN_BACK.1)], happened, -many);
            }
            for backfill in &self.backfills {
                if (backfill.told.saturating_sub(backfill.days)..backfill.told).contains(&happened) {
                    let found = dice.binomial(left, backfill.share);
                    let day = backfill.told + happened % backfill.parts.max(1);
                    left -= self.say(day, happened, found, say);
                }
            }
            if let Some((day, share)) = batch {
                let late = dice.binomial(left, share);
                left -= self.say(day, happened, late, say);
            }
            self.tell_day(happened, left, dice, say);
        }
    }

    /// Case by case with the delays of the place.
    fn tell_day(&self, happened: usize, count: f64, dice: &mut Dice, say: &mut impl FnMut(usize, usize, f64)) {
        let (mut left, mut share_left) = (count, 1.0);
        let (mut told, mut gathered) = (self.next[happened], 0.0);
        for (days, share) in self.shares.iter().enumerate() {
            if left <= 0.0 {
                break;
            }
            let last = days + 1 == self.shares.len();
            let now = if last { left } else { dice.binomial(left, share / share_left) };
            let day = self.day(happened + days);
            if day != told {
                self.say(told, happened, gathered, say);
                (told, gathered) = (day, 0.0);
            }
            gathered += now;
            left -= now;
            share_left -= share;
        }
        self.say(told, happened, gathered, say);
    }

    /// The day on which something due is told.
    fn day(&self, due: usize) -> usize {
        self.next[due.min(self.next.len() - 1)]
    }

    fn say(&self, due: usize, happened: usize, count: f64, say: &mut impl FnMut(usize, usize, f64)) -> f64 {
        if count > 0.0 {
            say(self.day(due), happened, count);
        }
        count
    }
}
