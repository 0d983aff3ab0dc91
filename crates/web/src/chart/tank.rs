//! Two small drawings: the tank of the form, which follows the finger, and the strip of a table row.

use std::fmt::Write as _;

use super::canvas::{escape, grouped};

/// Where the inside of the tank begins, from the top, and how high it is; the script reads both from the drawing.
const TOP: f64 = 16.0;
const INSIDE: f64 = 168.0;

/// A tank whose level follows the finger. `last` is the share of the last reading (0 to 1), drawn dashed;
/// `full` the highest mark of its gauge, `id` unique on the page. Without script it is a picture beside its field.
pub fn tank(id: &str, last: Option<f64>, full: f64, label: &str) -> String {
    let mut svg = String::new();
    let level = last.unwrap_or(0.0).clamp(0.0, 1.0);
    let (y, height) = (TOP + INSIDE * (1.0 - level), INSIDE * level);
    let _ = write!(
        svg,
        r#"<svg class="tank" viewBox="0 0 132 200" width="132" height="200" role="img" aria-label="{}" data-top="{TOP}" data-inside="{INSIDE}" xmlns="http://www.w3.org/2000/svg"><path class="tank-feet" d="M16 184 v12 M66 184 v12"/><clipPath id="{id}"><rect x="2" y="{TOP}" width="78" height="{INSIDE}" rx="26"/></clipPath><g clip-path="url(#{id})"><rect class="tank-room" x="2" y="{TOP}" width="78" height="{INSIDE}"/><rect class="tank-liquid" x="2" y="{y:.1}" width="78" height="{height:.1}"/></g><rect class="tank-wall" x="2" y="{TOP}" width="78" height="{INSIDE}" rx="26"/>"#,
        escape(label)
    );
    for quarter in 0..=4 {
        let share = f64::from(quarter) / 4.0;
        let at = TOP + INSIDE * (1.0 - share);
        let words = grouped(full * share);
        let _ = write!(
            svg,
            r#"<line class="tank-mark" x1="83" y1="{at:.1}" x2="89" y2="{at:.1}"/><text class="words number" x="93" y="{:.1}">{}</text>"#,
            at + 4.5,
            escape(&words)
        );
    }
    if last.is_some() {
        let _ = write!(svg, r#"<line class="tank-last" x1="2" y1="{y:.1}" x2="89" y2="{y:.1}"/>"#);
    }
    svg.push_str("</svg>");
    svg
}

/// The next 24 hours in one line of a table: what is sure full, what is possible pale, the truck a mark.
/// Hours from now; `class` is the tone. Hidden from readers: the words stand beside it.
pub fn strip(low_hours: f64, high_hours: f64, arrival_hours: Option<f64>, class: &str) -> String {
    const WIDE: f64 = 120.0;
    let place = |hours: f64| (hours / 24.0).clamp(0.0, 1.0) * WIDE;
    let (low, high) = (place(low_hours), place(high_hours));
    let mut svg = format!(
        r#"<svg class="strip {class}" viewBox="0 0 124 14" width="124" height="14" aria-hidden="true" xmlns="http://www.w3.org/2000/svg"><path class="strip-grid" d="M0 11 v-8 M30 11 v-4 M60 11 v-4 M90 11 v-4 M120 11 v-4"/><line class="strip-base" x1="0" y1="11" x2="{WIDE}" y2="11"/><rect class="strip-sure" x="0" y="4" width="{:.1}" height="5"/>"#,
        low.max(1.5)
    );
    if high > low {
        let _ = write!(svg, r#"<rect class="strip-maybe" x="{low:.1}" y="4" width="{:.1}" height="5"/>"#, high - low);
    }
    if let Some(x) = arrival_hours.filter(|hours| (0.0..=24.0).contains(hours)).map(place) {
        let _ = write!(svg, r#"<path class="strip-truck" d="M{x:.1} 0 l4 6.5 l-4 6.5 l-4 -6.5 Z"/>"#);
    }
    svg.push_str("</svg>");
    svg
}
