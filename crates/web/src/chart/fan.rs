//! Counts by week and what is expected of the coming weeks: median, 50 % and 90 % bands, the naive forecast dashed, and
//! what was forecast of past weeks a week before.

use jiff::civil::Date;

use super::canvas::{Canvas, Width, escape, grouped};

/// A count of a week.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Counted {
    /// Its last day.
    pub ends: Date,
    /// How many.
    pub count: f64,
}

/// What is expected of a week: the 5, 25, 50, 75 and 95 % quantiles.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Fan {
    /// Its last day.
    pub ends: Date,
    /// The quantiles, the lowest first.
    pub quantiles: [f64; 5],
}

/// The words of the drawing, in the reader's language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FanWords {
    /// Title.
    pub title: String,
    /// What it says in a sentence.
    pub description: String,
    /// Unit of the value axis: «ca».
    pub axis: String,
    /// «đã ghi nhận».
    pub counted: String,
    /// «dự báo (trung vị)».
    pub median: String,
    /// «khoảng 50 %».
    pub band50: String,
    /// «khoảng 90 %».
    pub band90: String,
    /// «nếu giữ như tuần qua».
    pub naive: String,
    /// «đã dự báo trước 1 tuần».
    pub earlier: String,
}

/// Everything on the drawing.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FanChart {
    /// Makes the ids unique on the page; letters, digits, hyphens.
    pub id: String,
    /// The words.
    pub words: FanWords,
    /// Counted weeks, in order of time; a week that is not known is left out.
    pub counted: Vec<Counted>,
    /// Weeks to come, in order of time.
    pub expected: Vec<Fan>,
    /// The naive forecast of the same weeks.
    pub naive: Vec<Counted>,
    /// Medians that were forecast of past weeks a week before.
    pub earlier: Vec<Counted>,
}

/// Draws the counts and what is expected.
pub fn fan(chart: &FanChart, width: Width) -> String {
    let words = &chart.words;
    let height = if width == Width::Wide { 300.0 } else { 280.0 };
    let mut canvas = Canvas::new(width, height, &chart.id, &words.title, &words.description);
    canvas.legend(&legend(chart));
    let Some(weeks) = Weeks::of(chart, &canvas) else { return canvas.finish() };
    let highest = highest(chart);
    let now = chart.counted.last().map_or(canvas.left, |last| weeks.x(last.ends));
    canvas.rectangle("future", (now, canvas.top), ((canvas.right - now).max(0.0), canvas.bottom - canvas.top));
    canvas.value_axis(highest, if width == Width::Wide { 5 } else { 4 }, &words.axis);
    weeks.draw(&mut canvas, if width == Width::Wide { 11 } else { 5 });

    // The bands open at the last known count.
    let start = chart.counted.last().map(|last| Fan { ends: last.ends, quantiles: [last.count; 5] });
    let fans: Vec<Fan> = start.into_iter().chain(chart.expected.iter().copied()).collect();
    let level = |canvas: &Canvas, level: usize| -> Vec<(f64, f64)> {
        fans.iter().map(|fan| (weeks.x(fan.ends), canvas.y(fan.quantiles[level], highest))).collect()
    };
    for (class, low, high) in [("band90", 0, 4), ("band50", 1, 3)] {
        let (low, high) = (level(&canvas, low), level(&canvas, high));
        canvas.band(class, &low, &high);
    }
    let points = |canvas: &Canvas, counted: &[Counted]| -> Vec<(f64, f64)> {
        counted.iter().map(|one| (weeks.x(one.ends), canvas.y(one.count, highest))).collect()
    };
    let from_last = |counted: &[Counted]| chart.counted.last().into_iter().chain(counted).copied().collect::<Vec<_>>();
    let naive = points(&canvas, &from_last(&chart.naive));
    if !chart.naive.is_empty() {
        canvas.path("naive", &naive);
    }
    let median = level(&canvas, 2);
    canvas.path("median", &median);
    for (x, y) in points(&canvas, &chart.earlier) {
        canvas.raw(&format!(r#"<circle class="earlier" cx="{x:.1}" cy="{y:.1}" r="3"/>"#));
    }
    let counted = points(&canvas, &chart.counted);
    canvas.path("measured", &counted);
    if let (Some((x, y)), Some(last)) = (counted.last(), chart.counted.last()) {
        let told = escape(&grouped(last.count));
        canvas.raw(&format!(r#"<circle class="last" cx="{x:.1}" cy="{y:.1}" r="4.5"><title>{told}</title></circle>"#));
    }
    canvas.finish()
}

fn legend(chart: &FanChart) -> Vec<(&'static str, &str)> {
    let words = &chart.words;
    let mut entries = vec![("legend-measured", words.counted.as_str())];
    if !chart.expected.is_empty() {
        entries.push(("legend-median", &words.median));
        entries.push(("legend-band50", &words.band50));
        entries.push(("legend-band90", &words.band90));
    }
    if !chart.naive.is_empty() {
        entries.push(("legend-naive", &words.naive));
    }
    if !chart.earlier.is_empty() {
        entries.push(("legend-earlier", &words.earlier));
    }
    entries
}

fn highest(chart: &FanChart) -> f64 {
    let counted = chart.counted.iter().chain(&chart.naive).chain(&chart.earlier).map(|one| one.count);
    let expected = chart.expected.iter().map(|fan| fan.quantiles[4]);
    counted.chain(expected).fold(1.0, f64::max) * 1.08
}

/// Weeks to places.
struct Weeks {
    first: Date,
    weeks: f64,
    left: f64,
    right: f64,
}

impl Weeks {
    fn of(chart: &FanChart, canvas: &Canvas) -> Option<Self> {
        let days = || chart.counted.iter().map(|one| one.ends).chain(chart.expected.iter().map(|fan| fan.ends));
        let (first, last) = (days().min()?, days().max()?);
        Some(Self { first, weeks: weeks_between(first, last).max(1.0), left: canvas.left, right: canvas.right })
    }

    fn x(&self, day: Date) -> f64 {
        let share = weeks_between(self.first, day) / self.weeks;
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// So many days at most below the drawing.
    fn draw(&self, canvas: &mut Canvas, most: usize) {
        let every = (self.weeks / most as f64).ceil().max(1.0);
        let mut week = 0.0;
        while week <= self.weeks {
            let day = self.first.saturating_add(jiff::Span::new().days((7.0 * week) as i64));
            let x = self.x(day);
            canvas.line("tick", (x, canvas.bottom), (x, canvas.bottom + 4.0));
            let anchor = if x > canvas.right - 18.0 { "end" } else { "middle" };
            canvas.text(
                "words number",
                anchor,
                (x, canvas.bottom + 19.0),
                &format!("{:02}/{:02}", day.day(), day.month()),
            );
            week += every;
        }
        canvas.line("base", (canvas.left, canvas.bottom), (canvas.right, canvas.bottom));
    }
}

fn weeks_between(first: Date, other: Date) -> f64 {
    first.until(other).map_or(0.0, |span| f64::from(span.get_days())) / 7.0
}
