//! The sheet that a drawing is made on: its size, its scales, its axes and its legend.

use std::fmt::Write as _;

/// The two widths of a drawing: words do not shrink with the screen, so each has its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    /// The desk and paper: 960 units.
    Wide,
    /// A phone of 390 px: 358 units.
    Narrow,
}

impl Width {
    pub(super) const fn units(self) -> f64 {
        match self {
            Self::Wide => 960.0,
            Self::Narrow => 358.0,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// Mean width of a letter of 13 px, for setting legends without measuring them.
const LETTER: f64 = 6.9;
/// Height of a legend's line.
const LEGEND_LINE: f64 = 20.0;

/// A drawing in the making.
pub(super) struct Canvas {
    svg: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Canvas {
    /// A sheet of `height` units with a title and a description for somebody who cannot see it.
    pub(super) fn new(width: Width, height: f64, id: &str, title: &str, description: &str) -> Self {
        let mut svg = String::new();
        let (units, name) = (width.units(), width.name());
        let _ = write!(
            svg,
            r#"<svg class="chart chart-{name}" viewBox="0 0 {units} {height}" width="{units}" height="{height}" role="img" aria-labelledby="{id}-{name}-title {id}-{name}-desc" xmlns="http://www.w3.org/2000/svg"><title id="{id}-{name}-title">{}</title><desc id="{id}-{name}-desc">{}</desc>"#,
            escape(title),
            escape(description)
        );
        Self { svg, left: 52.0, right: units - 12.0, top: 28.0, bottom: height - 30.0 }
    }

    /// A piece of SVG as it is.
    pub(super) fn raw(&mut self, piece: &str) {
        self.svg.push_str(piece);
    }

    /// A straight line.
    pub(super) fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let _ = write!(self.svg, r#"<line class="{class}" x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}"/>"#);
    }

    /// Words at a place; `anchor` is `start`, `middle` or `end`.
    pub(super) fn text(&mut self, class: &str, anchor: &str, (x, y): (f64, f64), words: &str) {
        let _ = write!(
            self.svg,
            r#"<text class="{class}" x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{}</text>"#,
            escape(words)
        );
    }

    /// A line through points; nothing for fewer than two.
    pub(super) fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        if points.len() > 1 {
            let _ = write!(self.svg, r#"<path class="{class}" d="{}"/>"#, through(points));
        }
    }

    /// The area between two lines of the same length.
    pub(super) fn band(&mut self, class: &str, low: &[(f64, f64)], high: &[(f64, f64)]) {
        if low.len() > 1 {
            let back: Vec<_> = high.iter().rev().copied().collect();
            let _ = write!(self.svg, r#"<path class="{class}" d="{} L{}Z"/>"#, through(low), &through(&back)[1..]);
        }
    }

    /// A rectangle.
    pub(super) fn rectangle(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let _ = write!(
            self.svg,
            r#"<rect class="{class}" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}"/>"#
        );
    }

    /// A legend above the drawing: a swatch and its words, wrapped; moves the top down by what it takes.
    pub(super) fn legend(&mut self, entries: &[(&str, &str)]) {
        let (mut x, mut y) = (self.left, 14.0);
        for (class, words) in entries {
            let wide = 26.0 + LETTER * words.chars().count() as f64;
            if x + wide > self.right && x > self.left {
                x = self.left;
                y += LEGEND_LINE;
            }
            let _ = write!(self.svg, r#"<g class="legend {class}">"#);
            self.rectangle("swatch", (x, y - 9.0), (18.0, 9.0));
            self.line("swatch-line", (x, y - 4.5), (x + 18.0, y - 4.5));
            self.raw("</g>");
            self.text("words", "start", (x + 24.0, y), words);
            x += wide + 14.0;
        }
        self.top = y + 24.0;
    }

    /// Horizontal lines at round values, from zero.
    pub(super) fn value_axis(&mut self, highest: f64, lines: usize, words: &str) {
        let step = round_step(highest / lines as f64);
        let mut value = 0.0;
        while value <= highest {
            let y = self.y(value, highest);
            self.line("grid", (self.left, y), (self.right, y));
            self.text("words number", "end", (self.left - 6.0, y + 4.5), &grouped(value));
            value += step;
        }
        self.text("words axis", "end", (self.left - 6.0, self.top - 8.0), words);
    }

    /// Height of a value on a scale from zero to `highest`.
    pub(super) fn y(&self, value: f64, highest: f64) -> f64 {
        self.bottom - (value / highest).clamp(0.0, 1.05) * (self.bottom - self.top)
    }

    /// The finished drawing.
    pub(super) fn finish(mut self) -> String {
        self.svg.push_str("</svg>");
        self.svg
    }
}

fn through(points: &[(f64, f64)]) -> String {
    points.iter().enumerate().fold(String::new(), |mut path, (place, (x, y))| {
        let _ = write!(path, "{}{x:.1} {y:.1}", if place == 0 { "M" } else { " L" });
        path
    })
}

/// The next of 1, 2, 5 × 10ⁿ.
pub(super) fn round_step(rough: f64) -> f64 {
    if rough <= 0.0 || !rough.is_finite() {
        return 1.0;
    }
    let magnitude = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|step| step * magnitude >= rough).unwrap_or(10.0);
    (step * magnitude).max(1.0)
}

/// `1.234`, as Vietnamese writes a whole number.
pub(super) fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push('.');
        }
        shown.push(digit);
    }
    shown
}

/// Text as data, never as markup.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
