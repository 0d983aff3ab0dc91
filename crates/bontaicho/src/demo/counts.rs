//! Counts of cases and admissions of a chapter, told day by day as they came in, late ones too, and on by the domain clock.
//! The published weeks of Kiên Giang are told as such; how they fall on districts and days is invented and marked.

use std::collections::BTreeMap;

use desk::counts::place::PlaceKey;
use desk::counts::{CountsKey, Signal, Span as Of};
use desk::operations::counts::report_counts::{ReportCounts, Told, ToldFigure};
use desk::{Failure, Office, Outcome};
use jiff::ToSpan;
use jiff::civil::Date;
use oxygen::Source;
use place::{Level, ProvinceId};
use quantity::{Moment, Span};
use simulate::{Chapter, Counted, Scenario, ToldCount, told_between};

/// Invented shares of the districts of Kiên Giang, by their codes.
const DISTRICTS: [(&str, f64); 15] = [
    ("899", 19.0),
    ("900", 4.0),
    ("902", 6.0),
    ("903", 9.0),
    ("904", 8.5),
    ("905", 10.5),
    ("906", 9.0),
    ("907", 6.5),
    ("908", 6.0),
    ("909", 5.0),
    ("910", 4.0),
    ("911", 7.0),
    ("912", 1.5),
    ("913", 3.0),
    ("914", 1.0),
];
/// A ward counts for so many communes.
const WARD: f64 = 2.4;
/// Cases of earlier days that came in at once, and how many days before the opening.
const BACK_FILL: (i64, i64) = (186, 9);

/// A day before the first of which any chapter tells.
const LONG_AGO: i64 = 400;
/// Weeks before the opening of which forecasts are made.
const FORECAST_WEEKS: i64 = 8;
/// When in a day figures come in.
const AT: Span = Span::hours(17);

/// Tells everything until the opening.
pub async fn tell(office: &Office, chapter: Chapter, scenario: &Scenario, seed: u64) -> Outcome<()> {
    let opening = chapter.opening();
    let long_ago = opening - Span::days(LONG_AGO);
    tell_between(office, scenario, seed, (long_ago, opening)).await?;
    let Some(teller) = Teller::of(office, scenario) else { return Ok(()) };
    if chapter == Chapter::Quiet2026 {
        return Ok(());
    }
    let (cases, days) = BACK_FILL;
    let day = opening.date().checked_sub(days.days()).unwrap_or(opening.date());
    let of = CountsKey { back_fill: true, ..CountsKey::of_day(Signal::Cases, day) };
    teller.tell(of, Moment::start_of(day) + AT, &[(teller.own, cases)], Source::Simulation).await
}

/// Makes the forecasts of the weeks before the opening, from what was told by then: their record stands on the page from the
/// first day.
pub fn forecast_past(office: &Office, chapter: Chapter, scenario: &Scenario) -> Outcome<()> {
    let opening = chapter.opening_day();
    let sunday = opening.saturating_sub(i64::from(opening.weekday().to_sunday_zero_offset()).days());
    for back in (1..=FORECAST_WEEKS).rev() {
        desk::forecasts::watch::run_on(office, scenario.province().id, sunday.saturating_sub((7 * back).days()))?;
    }
    Ok(())
}

/// Tells what comes in after one moment and until another, as the domain clock goes on.
pub async fn tell_between(
    office: &Office,
    scenario: &Scenario,
    seed: u64,
    (after, until): (Moment, Moment),
) -> Outcome<()> {
    // What comes in on a day comes in at one time of it.
    let (after, until) = ((after - AT).date(), (until - AT).date());
    if until <= after {
        return Ok(());
    }
    let Some(teller) = Teller::of(office, scenario) else { return Ok(()) };
    let chapter = scenario.chapter();
    for counted in [Counted::Cases, Counted::Admissions] {
        let (signal, places) = match counted {
            Counted::Cases => (Signal::Cases, teller.areas(chapter)),
            Counted::Admissions => (Signal::Admissions, hospitals(scenario)),
        };
        let weights: Vec<f64> = places.iter().map(|(_, weight)| *weight).collect();
        let told = told_between(chapter, seed, counted, &weights, (after, until));
        let mut batches: BTreeMap<(Date, Date), Vec<(PlaceKey, i64)>> = BTreeMap::new();
        for ToldCount { told_on, day, place, count } in told {
            if let Some((place, _)) = places.get(place) {
                batches.entry((told_on, day)).or_default().push((*place, i64::from(count)));
            }
        }
        for ((told_on, day), figures) in batches {
            let of = CountsKey::of_day(signal, day);
            teller.tell(of, Moment::start_of(told_on) + AT, &figures, Source::Simulation).await?;
        }
    }
    for week in chapter.weeks_until(until) {
        // A week is published on the Sunday after it.
        let told_on = week.week_ending.tomorrow().unwrap_or(week.week_ending);
        if told_on <= after || told_on > until {
            continue;
        }
        let of = CountsKey { span: Of::Week, ..CountsKey::of_day(Signal::Cases, week.week_ending) };
        let source = if week.simulated { Source::Simulation } else { Source::File };
        let figure = (teller.own, i64::from(week.cases));
        teller.tell(of, Moment::start_of(told_on) + AT, &[figure], source).await?;
    }
    Ok(())
}

/// The hospitals with their beds.
fn hospitals(scenario: &Scenario) -> Vec<(PlaceKey, f64)> {
    let facilities = scenario.province().facilities.iter();
    facilities
        .filter_map(|one| Some((PlaceKey::Facility(one.facility.id), f64::from(one.facility.beds.open?))))
        .collect()
}

struct Teller<'a> {
    office: &'a Office,
    province: ProvinceId,
    /// The area of the province on the day of the opening.
    own: PlaceKey,
    opened_on: Date,
}

impl<'a> Teller<'a> {
    fn of(office: &'a Office, scenario: &Scenario) -> Option<Self> {
        let (province, opened_on) = (scenario.province(), scenario.chapter().opening_day());
        let own = PlaceKey::Area(office.areas().on(province.area?, opened_on)?.key());
        Some(Self { office, province: province.id, own, opened_on })
    }

    /// The districts or communes with their shares.
    fn areas(&self, chapter: Chapter) -> Vec<(PlaceKey, f64)> {
        let (areas, on) = (self.office.areas(), self.opened_on);
        match (chapter, self.own) {
            (Chapter::Delta2021, _) => DISTRICTS
                .iter()
                .filter_map(|(code, share)| Some((PlaceKey::Area(areas.on(code.parse().ok()?, on)?.key()), *share)))
                .collect(),
            (_, PlaceKey::Area(own)) => areas
                .within(own.code, Level::Commune, on)
                .into_iter()
                .map(|area| (PlaceKey::Area(area.key()), if area.unit_type() == "Phường" { WARD } else { 1.0 }))
                .collect(),
            (_, PlaceKey::Facility(_)) => Vec::new(),
        }
    }

    /// Figures as they come in. What is known already, because the program was stopped on its way, is told once.
    async fn tell(&self, of: CountsKey, at: Moment, figures: &[(PlaceKey, i64)], source: Source) -> Outcome<()> {
        let figure = |(place, count): &(PlaceKey, i64)| ToldFigure {
            place: *place,
            told: Told::Count(*count),
            reported_on: None,
        };
        let figures = figures.iter().map(figure).collect();
        let simulated = source == Source::Simulation;
        let reporting = ReportCounts { key: None, of, figures, sure: true, simulated, source: Some(source) };
        match self.office.perform_at(self.province, at, reporting).await {
            Ok(_) | Err(Failure::Refused(_)) => Ok(()),
            Err(other) => Err(other),
        }
    }
}
