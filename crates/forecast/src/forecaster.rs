//! The forecast of all places: what their situations were followed by before, here and elsewhere.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::ahead::Ahead;
use crate::grounds::{Doubt, Grounds};
use crate::late::{Corrected, corrected};
use crate::leading::{Leading, Learning, Led, Shift, UNLED};
use crate::pool::{Pool, WEEKS_AHEAD};
use crate::prior::Prior;
use crate::quantiles::{LEVELS, MEDIAN, Quantiles};
use crate::ridge::{Columns, Line, noise};
use crate::root::count;
use crate::situation::{NOISE, SURPRISE, Situation, Situations};
use crate::spread::Spread;
use crate::{Frame, Vintages};

/// The prior counts as much as so many own situations.
const PRIOR_WEIGHT: f64 = 10_000.0;
/// Situations that stand for all where likeness is weighed.
const LIKENED: usize = 4_000;
/// Situations that are named as most alike.
const ALIKE: usize = 3;
/// From so many weeks on the season is looked at: two of each.
const SEASON_WEEKS: usize = 104;
/// With fewer weeks known a forecast says so.
const FEW_WEEKS: usize = 6;
/// By how much the noise of a place counts as larger for a figure that is not known.
const WIDER_WHEN_UNKNOWN: f64 = 1.5;
/// By how much, squared, it is wider for each week since the last count.
const WIDER_A_WEEK: f64 = 0.5;

/// Forecasts counts of a week, for all places together.
#[derive(Debug, Clone, Default)]
pub struct Forecaster {
    prior: Option<Prior>,
    leading: Option<Leading>,
    recent: Option<Leading>,
}

impl Forecaster {
    /// With what was learnt elsewhere, or without.
    pub fn new(prior: Option<Prior>) -> Self {
        Self { prior, leading: None, recent: None }
    }

    /// With what the program ships with.
    pub fn shipped() -> Self {
        Self { leading: Leading::shipped().ok(), recent: Leading::recent().ok(), ..Self::new(Prior::shipped().ok()) }
    }

    /// With what was learnt elsewhere of leading signals.
    #[must_use]
    pub fn led_by(self, leading: Option<Leading>) -> Self {
        Self { leading, ..self }
    }

    /// Learns from frames how much a leading signal tells of what this forecast misses. Each comes with the frame of what
    /// leads it: the same weeks and places, and one more place that stands for all.
    pub fn learn_leading(&self, source: &str, frames: impl IntoIterator<Item = (Frame, Frame)>) -> Leading {
        let learnt = frames.into_iter().filter_map(|(frame, lead)| {
            let learnt = Learnt::from(&frame, self.prior.as_ref())?;
            Some(Leading::learn(&learnt.learning(&Situations::of(&lead, false))))
        });
        Leading::together(source, learnt)
    }

    /// What was learnt elsewhere.
    pub fn prior(&self) -> Option<&Prior> {
        self.prior.as_ref()
    }

    /// The coming weeks of every place, from what was known at the end of a day; the first of them ends on
    /// `first_target`. A place of which nothing was ever known has none.
    pub fn ahead(&self, vintages: &Vintages, on: Date, first_target: Date) -> Vec<Ahead> {
        self.forecast(vintages, on, first_target).ahead
    }

    /// The same with the grounds on which it rests.
    pub fn forecast(&self, vintages: &Vintages, on: Date, first_target: Date) -> Forecast {
        let last = first_target.saturating_sub(7.days());
        self.expect(&corrected(vintages, on, last), None, None, first_target).forecast
    }

    /// What comes after counts of which late reports are made up for, and after the leading counts beside them; where
    /// nothing leads, after the last days of each window, which lead it too.
    pub(crate) fn expect(
        &self,
        known: &Corrected,
        lead: Option<&Frame>,
        recent: Option<&Frame>,
        first_target: Date,
    ) -> Expected {
        let Some(learnt) = Learnt::from(&known.frame, self.prior.as_ref()) else { return Expected::default() };
        let led = |lead: Option<&Frame>, prior: Option<&Leading>| {
            let lead = Situations::of(lead?, false);
            Some(Led::of(prior, &learnt.learning(&lead)))
        };
        let led = [led(lead, self.leading.as_ref()), led(recent, self.recent.as_ref())];
        learnt.forecast(&known.frame, &known.unsure, &led, first_target)
    }
}

/// What is expected of all places, and why.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forecast {
    /// Place by place, week by week.
    pub ahead: Vec<Ahead>,
    /// For each place that has a forecast.
    pub grounds: Vec<Grounds>,
}

/// A forecast, and of which places a leading signal was followed.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    pub forecast: Forecast,
    pub led: Vec<usize>,
}

/// All that was learnt on a day.
struct Learnt {
    situations: Situations,
    own: Pool,
    columns: Columns,
    lines: [Option<Line>; WEEKS_AHEAD],
    spread: Spread,
}

impl Learnt {
    fn from(frame: &Frame, prior: Option<&Prior>) -> Option<Self> {
        frame.weeks().checked_sub(1)?;
        let seasonal = frame.weeks() >= SEASON_WEEKS;
        let situations = Situations::of(frame, seasonal);
        let own = Pool::of(&situations, frame.places());
        let count = own.len() as f64;
        let mut pool = own.weighing(count);
        let own = pool.clone();
        if let Some(prior) = prior {
            pool.pasts.extend(prior.pool().clone().weighing(PRIOR_WEIGHT).pasts);
        }
        if pool.is_empty() {
            return None;
        }
        let columns = Columns::of(&pool, seasonal);
        let rows: Vec<_> = pool.pasts.iter().map(|past| columns.row(&past.situation)).collect();
        let lines: [Option<Line>; WEEKS_AHEAD] = std::array::from_fn(|ahead| Line::learn(&pool, &rows, ahead));
        let sample = pool.sample(LIKENED);
        let rows: Vec<_> = sample.pasts.iter().map(|past| columns.row(&past.situation)).collect();
        let spread = Spread::of(&sample, &rows, &lines);
        Some(Self { situations, own, columns, lines, spread })
    }

    fn learning<'a>(&'a self, lead: &'a Situations) -> Learning<'a> {
        let Self { situations, own, columns, lines, .. } = self;
        Learning { situations, pool: own, columns, lines, lead }
    }

    fn forecast(&self, frame: &Frame, unsure: &[f64], led: &[Option<Led>; 2], first_target: Date) -> Expected {
        let (mut all, mut followed) = (Forecast::default(), Vec::new());
        for (place, unsure) in unsure.iter().enumerate() {
            let Some(now) = Standing::of(&self.situations, frame, place) else { continue };
            let likeness = self.spread.likeness(&now.situation);
            let row = self.columns.row(&now.situation);
            // Of cases of this place, its own last days and cases of all, the first that is known: in this order they help.
            let [lead, recent] =
                led.each_ref().map(|led| led.as_ref().filter(|_| now.week + 1 == self.situations.weeks()));
            let here = |led: Option<&Led>| led?.here(now.week, place, &now.situation);
            let shifts = match (here(lead), here(recent)) {
                (Some(shifts), _) => Some((shifts, true)),
                (None, Some(shifts)) => Some((shifts, false)),
                (None, None) => {
                    lead.and_then(|lead| lead.everywhere(now.week, place, &now.situation)).map(|shifts| (shifts, true))
                }
            };
            let (shifts, is_led) = shifts.unwrap_or(([UNLED; WEEKS_AHEAD], false));
            if is_led {
                followed.push(place);
            }
            for (ahead, Shift { middle: shift, narrower }) in shifts.into_iter().enumerate() {
                let Some(line) = &self.lines[ahead] else { continue };
                let Some(misses) = self.spread.misses(&likeness, ahead) else { continue };
                let middle = if now.grows { line.middle(&row) } else { 0.0 };
                let moved = misses.map(|miss| middle + shift + now.noise * miss * narrower);
                let moved = now.wider(moved, *unsure);
                all.ahead.push(Ahead {
                    place,
                    weeks: ahead + 1,
                    day: first_target.saturating_add((7 * ahead as i64).days()),
                    quantiles: Quantiles::rising(moved.map(|moved| count(now.root + now.scale * moved).round())),
                });
            }
            let (own, alike) = self.spread.alike(&likeness, ALIKE);
            let alike = alike.into_iter().map(|(place, week)| (place, frame.day(week))).collect();
            all.grounds.push(Grounds { place, doubts: now.doubts, own, alike });
        }
        Expected { forecast: all, led: followed }
    }
}

/// Where a place stands when a forecast is made.
struct Standing {
    situation: Situation,
    /// The week of its last count.
    week: usize,
    /// The root of its last count.
    root: f64,
    scale: f64,
    /// How uncertain what follows is.
    noise: f64,
    /// Whether two counts are known, so that a growth can be seen; without it the middle is no change.
    grows: bool,
    doubts: Vec<Doubt>,
}

impl Standing {
    /// None where nothing was ever known.
    fn of(situations: &Situations, frame: &Frame, place: usize) -> Option<Self> {
        let last = situations.weeks() - 1;
        let week = (0..=last).rev().find(|week| situations.standing(*week, place).is_some())?;
        let silent = (0..=last).rev().take_while(|week| frame.count(*week, place).is_nan()).count();
        let known = (0..=last).filter(|week| frame.count(*week, place).is_finite()).count();
        let (root, scale) = situations.standing(week, place)?;
        let mut situation = *situations.of_place(week, place);
        let mut noise_wider = (1.0 + WIDER_A_WEEK * silent as f64).sqrt();
        let incomplete = situation.iter().any(|figure| figure.is_nan());
        if situation[SURPRISE].is_nan() {
            // Nothing surprised yet because nothing was expected: counting alone is not all that can go wrong.
            situation[SURPRISE] = situation[NOISE].max(0.1);
            noise_wider *= WIDER_WHEN_UNKNOWN;
        }
        let mut doubts = Vec::new();
        if silent > 0 {
            doubts.push(Doubt::Silent { weeks: silent });
        }
        if incomplete || known < FEW_WEEKS {
            doubts.push(Doubt::FewWeeks { weeks: known });
        }
        let grows = known > 1;
        Some(Self { week, root, scale, noise: noise(&situation) * noise_wider, situation, grows, doubts })
    }

    /// Wider by how uncertain the last count itself is, of which the figures are moved away. `unsure` is one deviation of
    /// its logarithm; on the scale of roots a quarter of that.
    fn wider(&self, moved: [f64; LEVELS], unsure: f64) -> [f64; LEVELS] {
        let own = 0.25 * self.root / self.scale * unsure;
        let spread = ((moved[16] - moved[6]) / 1.35).max(1e-4);
        let factor = (1.0 + (own / spread).min(2.0).powi(2)).sqrt();
        let middle = moved[MEDIAN];
        moved.map(|moved| middle + (moved - middle) * factor)
    }
}
