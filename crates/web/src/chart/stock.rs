//! The series of a facility's stock: what was measured, what is expected, what it can hold, what arrived.

use quantity::{Moment, Span};

use super::canvas::{Canvas, Width};

/// A stock at a moment.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Point {
    /// When.
    pub at: Moment,
    /// Usable oxygen, kg.
    pub kilograms: f64,
}

/// What is expected at a moment, kg: the 5, 25, 50, 75 and 95 % quantiles.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Expected {
    /// When.
    pub at: Moment,
    /// 5 %.
    pub low90: f64,
    /// 25 %.
    pub low50: f64,
    /// Median.
    pub median: f64,
    /// 75 %.
    pub high50: f64,
    /// 95 %.
    pub high90: f64,
}

/// A horizontal line with its name: capacity, order point.
#[derive(Clone, PartialEq, Debug)]
pub struct Level {
    /// «sức chứa 3.000 kg».
    pub name: String,
    /// Where it lies, kg.
    pub kilograms: f64,
}

/// A delivery.
#[derive(Clone, PartialEq, Debug)]
pub struct Delivery {
    /// When it arrived or is expected.
    pub at: Moment,
    /// «2,4 t».
    pub words: String,
    /// Received with two signatures; otherwise only expected, drawn hollow.
    pub received: bool,
}

/// The words of the drawing, in the reader's language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StockWords {
    /// Title.
    pub title: String,
    /// What it says in a sentence.
    pub description: String,
    /// Unit of the value axis: «kg».
    pub axis: String,
    /// «đã đo».
    pub measured: String,
    /// «dự báo (trung vị)».
    pub median: String,
    /// «khoảng 50 %».
    pub band50: String,
    /// «khoảng 90 %».
    pub band90: String,
    /// «nếu cứ như hôm qua».
    pub naive: String,
    /// «xe đến».
    pub delivery: String,
    /// «bây giờ».
    pub now: String,
}

/// Everything on the drawing.
#[derive(Clone, PartialEq, Debug)]
pub struct StockChart {
    /// Makes the ids unique on the page; letters, digits, hyphens.
    pub id: String,
    /// The words.
    pub words: StockWords,
    /// Left end.
    pub from: Moment,
    /// Right end.
    pub to: Moment,
    /// Between them; what follows is paler.
    pub now: Moment,
    /// Measured, in order of time.
    pub measured: Vec<Point>,
    /// Expected, in order of time; empty without a forecast.
    pub expected: Vec<Expected>,
    /// The naive forecast; empty without one.
    pub naive: Vec<Point>,
    /// Capacity and the like.
    pub levels: Vec<Level>,
    /// Deliveries.
    pub deliveries: Vec<Delivery>,
}

/// Draws the series.
pub fn stock(chart: &StockChart, width: Width) -> String {
    let height = if width == Width::Wide { 300.0 } else { 280.0 };
    let words = &chart.words;
    let mut canvas = Canvas::new(width, height, &chart.id, &words.title, &words.description);
    canvas.legend(&legend(chart));
    let highest = highest(chart);
    let time = TimeScale { from: chart.from, to: chart.to, left: canvas.left, right: canvas.right };

    let now = time.x(chart.now);
    canvas.rectangle("future", (now, canvas.top), ((canvas.right - now).max(0.0), canvas.bottom - canvas.top));
    canvas.value_axis(highest, if width == Width::Wide { 5 } else { 4 }, &words.axis);
    draw_ticks(&mut canvas, &time, if width == Width::Wide { 10 } else { 4 });

    let at = |canvas: &Canvas, moment: Moment, kilograms: f64| (time.x(moment), canvas.y(kilograms, highest));
    let expected = |canvas: &Canvas, quantile: fn(&Expected) -> f64| -> Vec<(f64, f64)> {
        chart.expected.iter().map(|point| at(canvas, point.at, quantile(point))).collect()
    };
    let (low, high) = (expected(&canvas, |point| point.low90), expected(&canvas, |point| point.high90));
    canvas.band("band90", &low, &high);
    let (low, high) = (expected(&canvas, |point| point.low50), expected(&canvas, |point| point.high50));
    canvas.band("band50", &low, &high);

    for level in &chart.levels {
        let y = canvas.y(level.kilograms, highest);
        canvas.line("level", (canvas.left, y), (canvas.right, y));
    }
    let naive: Vec<_> = chart.naive.iter().map(|point| at(&canvas, point.at, point.kilograms)).collect();
    canvas.path("naive", &naive);
    let median = expected(&canvas, |point| point.median);
    canvas.path("median", &median);
    let measured: Vec<_> = chart.measured.iter().map(|point| at(&canvas, point.at, point.kilograms)).collect();
    canvas.path("measured", &measured);
    if let Some((x, y)) = measured.last() {
        canvas.raw(&format!(r#"<circle class="last" cx="{x:.1}" cy="{y:.1}" r="4.5"/>"#));
    }
    for level in &chart.levels {
        let y = canvas.y(level.kilograms, highest);
        canvas.text("words level-name", "start", (canvas.left + 4.0, y - 5.0), &level.name);
    }
    draw_deliveries(&mut canvas, chart, &time);
    canvas.line("now", (now, canvas.top), (now, canvas.bottom));
    let anchor = if now > canvas.right - 60.0 { "end" } else { "start" };
    let aside = if anchor == "end" { -4.0 } else { 4.0 };
    canvas.text("words now-name", anchor, (now + aside, canvas.top + 12.0), &words.now);
    canvas.finish()
}

fn legend(chart: &StockChart) -> Vec<(&'static str, &str)> {
    let words = &chart.words;
    let mut entries = vec![("legend-measured", words.measured.as_str())];
    if !chart.expected.is_empty() {
        entries.push(("legend-median", &words.median));
        entries.push(("legend-band50", &words.band50));
        entries.push(("legend-band90", &words.band90));
    }
    if !chart.naive.is_empty() {
        entries.push(("legend-naive", &words.naive));
    }
    if !chart.deliveries.is_empty() {
        entries.push(("legend-delivery", &words.delivery));
    }
    entries
}

/// The top of the scale: a little above everything that is drawn.
fn highest(chart: &StockChart) -> f64 {
    let measured = chart.measured.iter().chain(&chart.naive).map(|point| point.kilograms);
    let expected = chart.expected.iter().map(|point| point.high90);
    let levels = chart.levels.iter().map(|level| level.kilograms);
    measured.chain(expected).chain(levels).fold(1.0, f64::max) * 1.08
}

/// A truck's mark: a triangle on the time axis, hollow while it is only expected.
fn draw_deliveries(canvas: &mut Canvas, chart: &StockChart, time: &TimeScale) {
    for delivery in &chart.deliveries {
        let (x, y) = (time.x(delivery.at), canvas.bottom);
        let class = if delivery.received { "delivery" } else { "delivery expected" };
        canvas.raw(&format!(
            r#"<path class="{class}" d="M{x:.1} {:.1} l6 10 h-12 Z"><title>{}</title></path>"#,
            y - 11.0,
            super::canvas::escape(&delivery.words)
        ));
    }
}

/// Moments to places.
struct TimeScale {
    from: Moment,
    to: Moment,
    left: f64,
    right: f64,
}

impl TimeScale {
    fn x(&self, at: Moment) -> f64 {
        let whole = (self.to - self.from).as_hours().max(1.0 / 60.0);
        self.left + ((at - self.from).as_hours() / whole).clamp(0.0, 1.0) * (self.right - self.left)
    }
}

/// Hours or days on the time axis, as many as fit, on Vietnam's midnights.
fn draw_ticks(canvas: &mut Canvas, time: &TimeScale, most: usize) {
    let hours = (time.to - time.from).as_hours();
    let steps = [1, 3, 6, 12, 24, 48, 120, 168, 336, 720];
    let step = steps.into_iter().find(|step| hours / *step as f64 <= most as f64).unwrap_or(720);
    let mut at = Moment::start_of(time.from.date());
    while at <= time.to {
        if at >= time.from {
            let x = time.x(at);
            let shown = if at == Moment::start_of(at.date()) { at.show_date()[..5].to_owned() } else { at.show_time() };
            canvas.line("tick", (x, canvas.bottom), (x, canvas.bottom + 4.0));
            let anchor = if x > canvas.right - 18.0 { "end" } else { "middle" };
            canvas.text("words number", anchor, (x, canvas.bottom + 19.0), &shown);
        }
        at = at + Span::hours(step);
    }
    canvas.line("base", (canvas.left, canvas.bottom), (canvas.right, canvas.bottom));
}
