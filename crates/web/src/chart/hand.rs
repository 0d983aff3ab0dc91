//! A signature: a hand that was drawn on a screen.

use std::fmt::Write as _;

use desk::supply::drawing::{HEIGHT, Strokes, WIDTH};

use super::canvas::escape;

/// The hand as SVG; `title` says whose it is.
pub fn hand(strokes: &Strokes, title: &str) -> String {
    let mut svg = format!(
        r#"<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" xmlns="http://www.w3.org/2000/svg"><title>{}</title>"#,
        escape(title)
    );
    for stroke in strokes {
        svg.push_str(r#"<polyline class="hand" points=""#);
        for (x, y) in stroke {
            let _ = write!(svg, "{x},{y} ");
        }
        svg.push_str(r#""/>"#);
    }
    svg.push_str("</svg>");
    svg
}
