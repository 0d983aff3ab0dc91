//! Report the counts of a day or a week: new figures, corrections, what turned out to be unknown (F010).

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use oxygen::Source;
use serde::Serialize;

use crate::counts::place::PlaceKey;
use crate::counts::telling::{Telling, standing};
use crate::counts::{CountsKey, DayCounts, Figure, Refused, Span};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::record::RecordId;
use crate::registry::Registry;
use crate::rights::Capability;

/// What is told of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// So many people.
    Count(i64),
    /// So many more, or fewer, than was told before.
    Correction(i64),
    /// What was told before is not known after all.
    Unknown,
}

/// The figure of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ToldFigure {
    /// The place.
    pub place: PlaceKey,
    /// What is told of it.
    pub told: Told,
    /// The day on which it was told, where that was earlier than today.
    pub reported_on: Option<Date>,
}

/// Counts of one signal on one day.
#[derive(Debug, Clone, Serialize)]
pub struct ReportCounts {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Of what, and of which day.
    pub of: CountsKey,
    /// The figures; places that are not named keep theirs.
    pub figures: Vec<ToldFigure>,
    /// Whether somebody looked twice at figures that stand out.
    pub sure: bool,
    /// Invented for a demonstration or a drill.
    pub simulated: bool,
    /// How they came, where that is known; what is invented comes from the simulation.
    pub source: Option<Source>,
}

/// A figure below this never stands out.
const SMALL: i64 = 100;
/// A figure this many times the most of the days before stands out.
const TIMES: i64 = 5;
/// The days before.
const DAYS_BEFORE: i64 = 14;

impl Operation for ReportCounts {
    type Done = RecordId<Telling>;
    const NAME: &'static str = "report_counts";
    const NEEDS: Capability = Capability::ReportCounts;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<Telling>> {
        let registry = desk.registry();
        check_day(self.of, desk.now().date())?;
        let figures = each_once(&registry, &self.figures)?;
        if figures.is_empty() {
            return Err(Refused::Nothing.failure());
        }
        if figures.keys().any(|place| !place.is_seen_by(&registry, desk.actor())) {
            return Err(Failure::NotFound);
        }
        let province = desk.actor().province;
        let known = standing(desk.transaction(), province, self.of)?;
        let (known, before) = match known {
            Some((kept, before)) => (Some(kept), before),
            None => (None, DayCounts::empty(self.of)),
        };
        let mut after = before.clone();
        for (place, figure) in &figures {
            let today = desk.now().date();
            let settled = settle(&registry, &before, *place, figure, today)?;
            match settled {
                None => drop(after.counts.remove(place)),
                // Told again as it stands, it keeps the day on which it became known.
                Some((count, _)) if before.counts.get(place).is_some_and(|old| old.count == count) => {}
                Some((count, reported_on)) => {
                    let source = if self.simulated { Some(Source::Simulation) } else { self.source };
                    after.counts.insert(*place, Figure { count, reported_on, simulated: self.simulated, source });
                }
            }
        }
        if !self.sure {
            check_usual(desk, self.of, &before, &after)?;
        }
        desk.mention("counts", self.of.code());
        desk.mention("places", figures.len());
        let id = match &known {
            Some(kept) if after == before => kept.id,
            None if after.counts.is_empty() => return Err(Refused::Nothing.failure()),
            _ => desk.keep_record(known.as_ref(), &Telling::between(&before, &after))?,
        };
        desk.about(id.0);
        Ok(id)
    }
}

/// That the day has come, and ends a week where it must.
fn check_day(of: CountsKey, today: Date) -> Outcome<()> {
    if of.day > today {
        return Err(Refused::StillToCome { day: of.day }.failure());
    }
    if of.is_odd_week() {
        return Err(Refused::NotASaturday { day: of.day }.failure());
    }
    Ok(())
}

/// The figures by place; one that stands twice must say the same twice.
fn each_once<'f>(registry: &Registry, told: &'f [ToldFigure]) -> Outcome<BTreeMap<PlaceKey, &'f ToldFigure>> {
    let mut figures: BTreeMap<PlaceKey, &ToldFigure> = BTreeMap::new();
    for figure in told {
        if figures.insert(figure.place, figure).is_some_and(|before| before != figure) {
            return Err(Refused::Twice { place: figure.place.name(registry) }.failure());
        }
    }
    Ok(figures)
}

/// What a figure becomes: people and the day on which they were told; none for what is not known.
fn settle(
    registry: &Registry,
    before: &DayCounts,
    place: PlaceKey,
    figure: &ToldFigure,
    today: Date,
) -> Outcome<Option<(u32, Date)>> {
    check_figure(registry, before.key(), place, figure, today)?;
    let standing = before.counts.get(&place);
    let reported_on = figure.reported_on.unwrap_or(today);
    if let Some(standing) = standing.filter(|standing| standing.reported_on > reported_on) {
        return Err(Refused::NewerIsKnown { place: place.name(registry), known: standing.reported_on }.failure());
    }
    let count = match (figure.told, standing) {
        (Told::Unknown, _) => return Ok(None),
        (Told::Count(count), _) => count,
        (Told::Correction(_), None) => {
            return Err(Refused::NothingToCorrect { place: place.name(registry) }.failure());
        }
        (Told::Correction(by), Some(standing)) => {
            let count = i64::from(standing.count).saturating_add(by);
            if count < 0 {
                let by = by.saturating_neg();
                return Err(Refused::BelowNobody { standing: standing.count, by }.failure());
            }
            count
        }
    };
    let most = place.most();
    match u32::try_from(count).ok().filter(|_| count <= most) {
        Some(count) => Ok(Some((count, reported_on))),
        None => Err(Refused::TooMany { count, most }.failure()),
    }
}

/// What can be said of a figure without looking at what stands: the same for a row of a file.
pub(crate) fn check_figure(
    registry: &Registry,
    of: CountsKey,
    place: PlaceKey,
    figure: &ToldFigure,
    today: Date,
) -> Outcome<()> {
    check_day(of, today)?;
    if !place.valid_on(registry, of.day) {
        return Err(Refused::NotOnThatDay { place: place.name(registry), day: of.day }.failure());
    }
    if let Some(reported_on) = figure.reported_on {
        if reported_on > today {
            return Err(Refused::StillToCome { day: reported_on }.failure());
        }
        if reported_on < of.day {
            return Err(Refused::ToldBefore { day: of.day, reported_on }.failure());
        }
    }
    match figure.told {
        Told::Count(count) if count < 0 => Err(Refused::Negative { count }.failure()),
        Told::Count(count) if count > place.most() => Err(Refused::TooMany { count, most: place.most() }.failure()),
        _ => Ok(()),
    }
}

/// That no new figure stands far above those of the days before: a back-fill typed as the cases of one day is the
/// fault that ruins a forecast. Where nothing was told in those days, nothing is known to compare with.
fn check_usual(desk: &mut Desk<'_, '_>, of: CountsKey, before: &DayCounts, after: &DayCounts) -> Outcome<()> {
    let grew = |place: &PlaceKey, figure: &Figure| {
        i64::from(figure.count) >= SMALL && before.counts.get(place).is_none_or(|old| old.count < figure.count)
    };
    let large: Vec<(PlaceKey, i64)> = after
        .counts
        .iter()
        .filter(|(place, figure)| grew(place, figure))
        .map(|(place, figure)| (*place, i64::from(figure.count)))
        .collect();
    if large.is_empty() || of.span == Span::Week || of.back_fill {
        return Ok(());
    }
    let mut most: BTreeMap<PlaceKey, u32> = BTreeMap::new();
    for back in 1..=DAYS_BEFORE {
        let Ok(day) = of.day.checked_sub(back.days()) else { break };
        let province = desk.actor().province;
        let Some((_, kept)) = standing(desk.transaction(), province, CountsKey { day, ..of })? else { continue };
        for (place, _) in &large {
            if let Some(figure) = kept.counts.get(place) {
                let known = most.entry(*place).or_default();
                *known = figure.count.max(*known);
            }
        }
    }
    for (place, count) in large {
        if let Some(usual) = most.get(&place).filter(|usual| count >= TIMES.saturating_mul(i64::from(**usual))) {
            return Err(Refused::Surprising { count, usual: *usual }.failure());
        }
    }
    Ok(())
}
