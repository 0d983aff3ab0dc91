//! GET /du-bao/oxy: how much oxygen the coming four weeks ask for, and what would be if (OX08, TT09, PR03).

use axum::extract::{Query, State};
use desk::forecasts::Quantiles;
use desk::views::oxygen_need::{Case, OxygenNeed, Supposed, oxygen_need};
use jiff::ToSpan;
use jiff::civil::Date;
use quantity::time::show_date;

use super::around::look;
use super::fields::Fields;
use super::forecast::{DRAWN, whole};
use super::plain::{answer, plain};
use super::words::{fill, number};
use crate::app::App;
use crate::chart::{Counted, Fan, FanChart, FanWords, Width, fan};
use crate::respond::Answer;
use crate::view::{Cell, Column, Link, Say, Section, Table};
use crate::visitor::Member;

const PATH: &str = "/du-bao/oxy";
/// Days of the table: tomorrow's week and the ends of the weeks.
const SHOWN: [usize; 5] = [0, 6, 13, 20, 27];
/// A stock is said to last to the day on which it is used up with this probability.
const UNLIKELY: f64 = 0.1;

/// GET /du-bao/oxy; `neu` is what is supposed.
pub(super) async fn page(State(app): State<App>, Query(fields): Query<Fields>, member: Member) -> Answer {
    let supposed = Supposed::from_code(fields.text("neu")).unwrap_or(Supposed::AsForecast);
    let (around, found) = look(&app, &member, oxygen_need).await?;
    let t = member.caller.say;
    let case = found.cases.iter().find(|case| case.supposed == supposed);
    let mut page = plain(&app, &member, &around, "oxygen-need", sentence(t, &found, case));
    page.about = about(t, &found);
    page.links = vec![Link { text: t.say("forecast"), href: "/du-bao".to_owned() }];
    if let Some(case) = case {
        page.sections = vec![drawn(t, &found, case), days(t, &found, case), compared(t, &found)];
    }
    Ok(answer(&page))
}

fn kilograms(grams: f64) -> f64 {
    grams / 1_000.0
}

/// «4,2 t»: two figures are enough for a need.
fn tonnes(t: Say, grams: f64) -> String {
    number(t, grams / 1e6, 1)
}

fn range(t: Say, quantiles: &Quantiles, show: fn(Say, f64) -> String) -> String {
    let (low, high) = quantiles.interval(0.9);
    format!("{} – {}", show(t, low), show(t, high))
}

fn sentence(t: Say, found: &OxygenNeed, case: Option<&Case>) -> String {
    let Some(case) = case else { return t.say("need-none") };
    let (Some(week), Some(last)) = (case.grams.get(6), case.grams.last()) else { return t.say("need-none") };
    let facts = [
        ("supposed", supposed_words(t, case.supposed).into()),
        ("used", tonnes(t, found.used.as_f64()).into()),
        ("week", range(t, week, tonnes).into()),
        ("last", range(t, last, tonnes).into()),
    ];
    fill(t, if case.supposed == Supposed::AsForecast { "need-sentence" } else { "need-sentence-if" }, &facts)
}

fn about(t: Say, found: &OxygenNeed) -> String {
    let from = found.from.map(|signal| t.say(&format!("counts-signal-{}", signal.code())).to_lowercase());
    let facts = [
        ("from", from.unwrap_or_default().into()),
        ("known", (found.known.0 as i64).into()),
        ("all", (found.known.1 as i64).into()),
        ("patients", whole(t, f64::from(found.patients.patients())).into()),
        ("coefficient", number(t, found.coefficient, 2).into()),
        ("stock", tonnes(t, found.stock.as_f64()).into()),
    ];
    fill(t, "need-about", &facts)
}

fn supposed_words(t: Say, supposed: Supposed) -> String {
    t.say(&format!("need-if-{}", supposed.code()))
}

fn day(found: &OxygenNeed, after: usize) -> Date {
    found.first.saturating_add((after as i64).days())
}

fn drawn(t: Say, found: &OxygenNeed, case: &Case) -> Section {
    let mut section = Section::new("duong", t.one("need-drawing", "supposed", supposed_words(t, case.supposed)));
    let used = kilograms(found.used.as_f64());
    let yesterday = found.first.saturating_sub(1.days());
    let expected = case.grams.iter().enumerate().map(|(after, grams)| Fan {
        ends: day(found, after),
        quantiles: DRAWN.map(|level| kilograms(grams.figures()[level])),
    });
    let chart = FanChart {
        id: "nhu-cau".to_owned(),
        words: FanWords {
            title: t.say("oxygen-need"),
            description: t.say("need-drawing-about"),
            axis: t.say("need-axis"),
            counted: t.say("need-used"),
            median: t.say("forecast-median"),
            band50: t.say("forecast-band50"),
            band90: t.say("forecast-band90"),
            naive: t.say("need-naive"),
            ..FanWords::default()
        },
        counted: vec![Counted { ends: yesterday, count: used }],
        expected: expected.collect(),
        naive: (0..case.grams.len()).map(|after| Counted { ends: day(found, after), count: used }).collect(),
        ..FanChart::default()
    };
    section.drawing = format!("{}{}", fan(&chart, Width::Wide), fan(&chart, Width::Narrow));
    section
}

fn days(t: Say, found: &OxygenNeed, case: &Case) -> Section {
    let mut section = Section::new("ngay", t.say("need-days"));
    let row = |after: usize| {
        Some(vec![
            Cell::text(show_date(day(found, after))),
            Cell::text(tonnes(t, case.grams.get(after)?.median())).told(range(t, &case.grams[after], tonnes)),
            Cell::text(whole(t, case.on_oxygen.get(after)?.median())).told(range(t, &case.on_oxygen[after], whole)),
            Cell::text(whole(t, case.peak.get(after)?.median())).told(range(t, &case.peak[after], whole)),
        ])
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("need-column-day")).lead(),
            Column::number(t.say("need-column-tonnes")),
            Column::number(t.say("need-column-patients")),
            Column::number(t.say("need-column-peak")),
        ],
        rows: SHOWN.into_iter().filter_map(row).collect(),
    });
    section
}

/// Every case beside the others, and how long the stock of now lasts in it if nothing comes.
fn compared(t: Say, found: &OxygenNeed) -> Section {
    let mut section = Section::new("neu", t.say("need-compared"));
    section.about = t.say("need-compared-about");
    let row = |case: &Case| {
        let lasts = match case.empty_by(UNLIKELY) {
            Some(after) => show_date(day(found, after)),
            None => t.say("need-lasts-beyond"),
        };
        let on = |after: usize| case.grams.get(after).map(|grams| range(t, grams, tonnes));
        vec![
            Cell::link(supposed_words(t, case.supposed), format!("{PATH}?neu={}", case.supposed.code())),
            Cell::known(on(6), ""),
            Cell::known(on(27), ""),
            Cell::text(lasts),
        ]
    };
    section.table = Some(Table {
        columns: vec![
            Column::words(t.say("need-column-if")).lead(),
            Column::number(t.say("need-column-week")),
            Column::number(t.say("need-column-last")),
            Column::number(t.say("need-column-lasts")),
        ],
        rows: found.cases.iter().map(row).collect(),
    });
    section
}
