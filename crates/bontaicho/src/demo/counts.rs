//! Counts of cases and admissions of a chapter, told day by day as they came in, late ones too. The published weeks of
//! Kiên Giang are told as such; how they fall on districts and days is invented and marked.

use std::collections::BTreeMap;

use desk::counts::place::PlaceKey;
use desk::counts::{CountsKey, Signal, Span as Of};
use desk::operations::counts::report_counts::{ReportCounts, Told, ToldFigure};
use desk::{Office, Outcome};
use jiff::ToSpan;
use jiff::civil::Date;
use place::{Level, ProvinceId};
use quantity::{Moment, Span};
use simulate::{Chapter, Counted, Scenario, ToldCount, told_counts};

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

/// Tells everything until the opening.
pub async fn tell(office: &Office, chapter: Chapter, scenario: &Scenario, seed: u64) -> Outcome<()> {
    if chapter == Chapter::Quiet2026 {
        return Ok(());
    }
    let (province, opening) = (scenario.province(), chapter.opening());
    let today = opening.date();
    let areas = office.areas();
    let Some(own) = province.area.and_then(|code| areas.on(code, today)).map(place::Area::key) else { return Ok(()) };
    let places: Vec<(PlaceKey, f64)> = match chapter {
        Chapter::Delta2021 => DISTRICTS
            .iter()
            .filter_map(|(code, share)| Some((PlaceKey::Area(areas.on(code.parse().ok()?, today)?.key()), *share)))
            .collect(),
        _ => areas
            .within(own.code, Level::Commune, today)
            .into_iter()
            .map(|area| (PlaceKey::Area(area.key()), if area.unit_type() == "Phường" { WARD } else { 1.0 }))
            .collect(),
    };
    let teller = Teller { office, province: province.id, opening };
    teller.all(chapter, seed, (Counted::Cases, Signal::Cases), &places).await?;
    let hospitals: Vec<(PlaceKey, f64)> = province
        .facilities
        .iter()
        .filter_map(|one| Some((PlaceKey::Facility(one.facility.id), f64::from(one.facility.beds.open?))))
        .collect();
    teller.all(chapter, seed, (Counted::Admissions, Signal::Admissions), &hospitals).await?;
    let own = PlaceKey::Area(own);
    for week in chapter.weeks_until(today).into_iter().filter(|week| week.week_ending < today && !week.simulated) {
        let of = CountsKey { span: Of::Week, ..CountsKey::of_day(Signal::Cases, week.week_ending) };
        let figure = (own, i64::from(week.cases));
        let told_on = week.week_ending.tomorrow().unwrap_or(week.week_ending);
        teller.tell(of, told_on, &[figure], false).await?;
    }
    let (cases, days) = BACK_FILL;
    let day = today.checked_sub(days.days()).unwrap_or(today);
    let of = CountsKey { back_fill: true, ..CountsKey::of_day(Signal::Cases, day) };
    teller.tell(of, day, &[(own, cases)], true).await
}

struct Teller<'a> {
    office: &'a Office,
    province: ProvinceId,
    opening: Moment,
}

impl Teller<'_> {
    /// Everything of a signal, in the order in which it came.
    async fn all(
        &self,
        chapter: Chapter,
        seed: u64,
        (counted, signal): (Counted, Signal),
        places: &[(PlaceKey, f64)],
    ) -> Outcome<()> {
        let weights: Vec<f64> = places.iter().map(|(_, weight)| *weight).collect();
        let told = told_counts(chapter, seed, counted, &weights, self.opening.date());
        let mut batches: BTreeMap<(Date, Date), Vec<(PlaceKey, i64)>> = BTreeMap::new();
        for ToldCount { told_on, day, place, count } in told {
            if let Some((place, _)) = places.get(place) {
                batches.entry((told_on, day)).or_default().push((*place, i64::from(count)));
            }
        }
        for ((told_on, day), figures) in batches {
            self.tell(CountsKey::of_day(signal, day), told_on, &figures, true).await?;
        }
        Ok(())
    }

    /// Figures as they come in at five in the afternoon; what would come after the opening is left out.
    async fn tell(&self, of: CountsKey, on: Date, figures: &[(PlaceKey, i64)], simulated: bool) -> Outcome<()> {
        let at = Moment::start_of(on) + Span::hours(17);
        if at > self.opening {
            return Ok(());
        }
        let figure = |(place, count): &(PlaceKey, i64)| ToldFigure {
            place: *place,
            told: Told::Count(*count),
            reported_on: None,
        };
        let figures = figures.iter().map(figure).collect();
        let reporting = ReportCounts { key: None, of, figures, sure: true, simulated };
        self.office.perform_at(self.province, at, reporting).await.map(drop)
    }
}
