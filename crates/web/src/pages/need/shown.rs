//! What both pages of the oxygen need show alike: the drawing of a course, its days, words.

use desk::forecasts::Quantiles;
use desk::views::oxygen_need::{Course, Doubted, Grounds};
use jiff::ToSpan;
use jiff::civil::Date;
use quantity::time::show_date;

use super::super::forecast::{DRAWN, doubt_words, whole};
use super::super::words::{fill, number};
use crate::chart::{Counted, Fan, FanChart, FanWords, Width, fan};
use crate::view::{Cell, Column, Say, Section, Table};

/// Days of the table: tomorrow's week and the ends of the weeks.
const SHOWN: [usize; 5] = [0, 6, 13, 20, 27];
/// From so many grams a day on a course is told in tonnes.
const TONNES: f64 = 2e6;

/// In which unit a course is told: tonnes for a province, kilograms for a small hospital.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Kilograms,
    Tonnes,
}

impl Unit {
    pub(super) fn of(course: &Course) -> Self {
        let highest = course.grams.iter().map(Quantiles::median).fold(0.0, f64::max);
        if highest >= TONNES { Self::Tonnes } else { Self::Kilograms }
    }

    pub(super) fn word(self, t: Say) -> String {
        t.say(if self == Self::Tonnes { "need-unit-tonnes" } else { "need-unit-kg" })
    }

    /// Without the unit.
    pub(super) fn show(self, t: Say, grams: f64) -> String {
        match self {
            Self::Kilograms => number(t, grams / 1e3, 0),
            Self::Tonnes => number(t, grams / 1e6, 1),
        }
    }

    pub(super) fn range(self, t: Say, quantiles: &Quantiles) -> String {
        let (low, high) = quantiles.interval(0.9);
        ends(self.show(t, low), self.show(t, high))
    }

    fn scaled(self, grams: f64) -> f64 {
        grams / if self == Self::Tonnes { 1e6 } else { 1e3 }
    }
}

/// «3 – 5», or the one figure that both ends are.
fn ends(low: String, high: String) -> String {
    if low == high { low } else { format!("{low} – {high}") }
}

pub(super) fn range_of_people(t: Say, quantiles: &Quantiles) -> String {
    let (low, high) = quantiles.interval(0.9);
    ends(whole(t, low), whole(t, high))
}

pub(super) fn day(first: Date, after: usize) -> Date {
    first.saturating_add((after as i64).days())
}

/// The course of the need beside what is used now, in grams a day.
pub(super) fn drawn(t: Say, first: Date, course: &Course, used: Option<f64>) -> String {
    let unit = Unit::of(course);
    let now: Vec<Counted> = used
        .map(|used| Counted { ends: first.saturating_sub(1.days()), count: unit.scaled(used) })
        .into_iter()
        .collect();
    let expected = course.grams.iter().enumerate().map(|(after, grams)| Fan {
        ends: day(first, after),
        quantiles: DRAWN.map(|level| unit.scaled(grams.figures()[level])),
    });
    let as_now = |after| used.map(|used| Counted { ends: day(first, after), count: unit.scaled(used) });
    let chart = FanChart {
        id: "nhu-cau".to_owned(),
        words: FanWords {
            title: t.say("oxygen-need"),
            description: t.say("need-drawing-about"),
            axis: unit.word(t),
            counted: t.say("need-used"),
            median: t.say("forecast-median"),
            band50: t.say("forecast-band50"),
            band90: t.say("forecast-band90"),
            naive: t.say("need-naive"),
            ..FanWords::default()
        },
        expected: expected.collect(),
        naive: (0..course.grams.len()).filter_map(as_now).collect(),
        counted: now,
        ..FanChart::default()
    };
    format!("{}{}", fan(&chart, Width::Wide), fan(&chart, Width::Narrow))
}

/// What is left in store at the end of each day, beside what it is if nothing comes.
pub(super) fn stock_drawn(t: Say, first: Date, left: &[Quantiles], without: Option<&[Quantiles]>, now: f64) -> String {
    let highest = left.iter().map(Quantiles::median).fold(now, f64::max);
    let unit = if highest >= TONNES { Unit::Tonnes } else { Unit::Kilograms };
    let days = || 0..left.len().min(14);
    let expected = days().map(|after| Fan {
        ends: day(first, after),
        quantiles: DRAWN.map(|level| unit.scaled(left[after].figures()[level])),
    });
    let bare = |after: usize| without?.get(after).map(Quantiles::median);
    let chart = FanChart {
        id: "kho".to_owned(),
        words: FanWords {
            title: t.say("need-stock"),
            description: t.say("need-stock-about"),
            axis: unit.word(t),
            counted: t.say("need-stock-now"),
            median: t.say("forecast-median"),
            band50: t.say("forecast-band50"),
            band90: t.say("forecast-band90"),
            naive: t.say("need-stock-without"),
            ..FanWords::default()
        },
        counted: vec![Counted { ends: first.saturating_sub(1.days()), count: unit.scaled(now) }],
        expected: expected.collect(),
        naive: days()
            .filter_map(|after| Some(Counted { ends: day(first, after), count: unit.scaled(bare(after)?) }))
            .collect(),
        ..FanChart::default()
    };
    format!("{}{}", fan(&chart, Width::Wide), fan(&chart, Width::Narrow))
}

/// The ends of the weeks, with what is asked for.
pub(super) fn days(t: Say, first: Date, course: &Course) -> Section {
    let mut section = Section::new("ngay", t.say("need-days"));
    let unit = Unit::of(course);
    let row = |after: usize| {
        let grams = course.grams.get(after)?;
        let other = unit.show(t, course.other.get(after).copied().unwrap_or_default());
        Some(vec![
            Cell::text(show_date(day(first, after))),
            Cell::text(unit.show(t, grams.median())).told(unit.range(t, grams)),
            Cell::text(other),
            Cell::text(whole(t, course.on_oxygen.get(after)?.median()))
                .told(range_of_people(t, &course.on_oxygen[after])),
            Cell::text(whole(t, course.peak.get(after)?.median())).told(range_of_people(t, &course.peak[after])),
        ])
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("need-column-day")),
            Column::number(t.one("need-column-oxygen", "unit", unit.word(t))),
            Column::number(t.say("need-column-other")),
            Column::number(t.say("need-column-patients")),
            Column::number(t.say("need-column-peak")),
        ],
        rows: SHOWN.into_iter().filter_map(row).collect(),
    });
    section
}

/// «số nhập viện của chính cơ sở».
pub(super) fn grounds_words(t: Say, grounds: Grounds) -> String {
    match grounds {
        Grounds::Own => t.say("need-grounds-own"),
        Grounds::Part(signal) => {
            let counts = t.say(&format!("counts-signal-{}", signal.code())).to_lowercase();
            t.one("need-grounds-part", "counts", counts)
        }
        Grounds::Nobody => t.say("need-grounds-nobody"),
    }
}

/// Why the range is wide, in a sentence.
pub(super) fn doubted_words(t: Say, doubted: Doubted) -> String {
    let days = |key: &str, days: u32| fill(t, key, &[("days", i64::from(days).into())]);
    match doubted {
        Doubted::NoCounts => t.say("need-doubt-counts"),
        Doubted::NoPatients => t.say("need-doubt-patients"),
        Doubted::OldPatients(old) => days("need-doubt-old", old),
        Doubted::FewDays(few) => days("need-doubt-few", few),
        Doubted::Counts(doubt) => doubt_words(t, doubt),
    }
}
