//! The chain from the power line to the bed: a box a link, joined by what flows through them; and the
//! chart of a tank's gauge.

use super::canvas::{Canvas, Width, grouped};

/// One link as it is drawn.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ChainBox {
    /// Class of its tone: `danger`, `attention`, `old`, or nothing.
    pub class: &'static str,
    /// «3. Giàn hóa hơi».
    pub head: String,
    /// «3.000 L/phút».
    pub figure: String,
    /// Evidence, age, names: one line each, cut to the box.
    pub lines: Vec<String>,
}

/// Everything on the drawing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChainSketch {
    /// Makes the ids unique on the page.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it says in a sentence.
    pub description: String,
    /// From the power line to the bed.
    pub boxes: Vec<ChainBox>,
}

/// Signs of 13 px that fit into a width.
fn fitting(text: &str, width: f64) -> String {
    let most = (width / 6.9) as usize;
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// Draws the chain: side by side at the desk, one below the other on a phone.
pub fn chain(sketch: &ChainSketch, width: Width) -> String {
    let count = sketch.boxes.len().max(1) as f64;
    let lines = sketch.boxes.iter().map(|each| each.lines.len()).max().unwrap_or(0) as f64;
    let high = 56.0 + lines * 18.0;
    const GAP: f64 = 22.0;
    let (wide, height) = match width {
        Width::Wide => ((width.units() - GAP * (count - 1.0) - 2.0) / count, high + 2.0),
        Width::Narrow => (width.units() - 2.0, (high + GAP) * count - GAP + 2.0),
    };
    let mut canvas = Canvas::new(width, height, &sketch.id, &sketch.title, &sketch.description);
    for (place, each) in sketch.boxes.iter().enumerate() {
        let place = place as f64;
        let (x, y) = match width {
            Width::Wide => (1.0 + place * (wide + GAP), 1.0),
            Width::Narrow => (1.0, 1.0 + place * (high + GAP)),
        };
        if place > 0.0 {
            match width {
                Width::Wide => canvas.line("chain-pipe", (x - GAP, y + high / 2.0), (x, y + high / 2.0)),
                Width::Narrow => canvas.line("chain-pipe", (width.units() / 2.0, y - GAP), (width.units() / 2.0, y)),
            }
        }
        let inner = wide - 20.0;
        canvas.rectangle(&format!("chain-box {}", each.class), (x, y), (wide, high));
        canvas.text("words", "start", (x + 10.0, y + 20.0), &fitting(&each.head, inner));
        canvas.text("words chain-figure", "start", (x + 10.0, y + 43.0), &fitting(&each.figure, inner * 0.82));
        for (line, words) in each.lines.iter().enumerate() {
            canvas.text("words", "start", (x + 10.0, y + 62.0 + 18.0 * line as f64), &fitting(words, inner));
        }
    }
    canvas.finish()
}

/// The chart of a gauge as it is drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct GaugeSketch {
    /// Makes the ids unique on the page.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it says in a sentence.
    pub description: String,
    /// Unit of the gauge.
    pub unit: String,
    /// Figure of the gauge → kilograms, rising.
    pub points: Vec<(f64, f64)>,
}

/// Draws a gauge's chart: its points and the straight lines between them.
pub fn gauge(sketch: &GaugeSketch) -> String {
    let mut canvas = Canvas::new(Width::Narrow, 200.0, &sketch.id, &sketch.title, &sketch.description);
    let (full, most) = sketch.points.last().copied().unwrap_or((1.0, 1.0));
    let (full, most) = (full.max(1e-9), most.max(1.0));
    canvas.value_axis(most * 1.05, 4, "kg");
    let (left, right) = (canvas.left, canvas.right);
    let place = |canvas: &Canvas, (shown, kg): (f64, f64)| {
        (left + shown / full * (right - left - 8.0), canvas.y(kg, most * 1.05))
    };
    let line: Vec<_> = sketch.points.iter().map(|point| place(&canvas, *point)).collect();
    canvas.path("measured", &line);
    for (x, y) in &line {
        canvas.raw(&format!(r#"<circle class="last" cx="{x:.1}" cy="{y:.1}" r="4"/>"#));
    }
    canvas.line("base", (left, canvas.bottom), (right, canvas.bottom));
    canvas.text("words number", "start", (left, canvas.bottom + 19.0), "0");
    canvas.text("words number", "end", (right, canvas.bottom + 19.0), &format!("{} {}", grouped(full), sketch.unit));
    canvas.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(name: &str) -> ChainSketch {
        let one = |class, head: &str| ChainBox {
            class,
            head: head.into(),
            figure: "3.000 L/phút".into(),
            lines: vec![name.into(), "đã đo 01/09/2026".into()],
        };
        ChainSketch {
            id: "chuoi".into(),
            title: "Chuỗi".into(),
            description: "Khâu yếu nhất là đường ống".into(),
            boxes: vec![one("", "1. Điện"), one("danger", "2. Đường ống")],
        }
    }

    #[test]
    fn a_long_name_stays_in_its_box_and_is_no_markup() {
        let drawn =
            chain(&sketch("<script>một cái tên rất dài của một giàn hóa hơi nào đó ở xa</script>"), Width::Narrow);
        assert!(drawn.contains("&lt;script&gt;") && !drawn.contains("<script>"), "{drawn}");
        assert!(drawn.contains('…') && drawn.contains("chain-box danger"));
        for width in [Width::Wide, Width::Narrow] {
            assert_eq!(chain(&sketch("Ống"), width).matches("chain-box").count(), 2);
        }
    }

    #[test]
    fn a_gauge_is_drawn_from_its_points() {
        let sketch = GaugeSketch {
            id: "bon".into(),
            title: "Bồn".into(),
            description: "480 mmH2O là 3.000 kg".into(),
            unit: "mmH2O".into(),
            points: vec![(0.0, 0.0), (240.0, 1_400.0), (480.0, 3_000.0)],
        };
        let drawn = gauge(&sketch);
        assert_eq!(drawn.matches("<circle").count(), 3);
        assert!(drawn.contains("480 mmH2O"));
    }
}
