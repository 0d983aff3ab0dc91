//! Weekly counts as bars: the real ones full, the simulated ones hatched.

use super::canvas::{Canvas, Width, escape, grouped};

/// One week.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Week {
    /// Its last day, short: `04/12`.
    pub ends: String,
    /// People.
    pub count: u32,
    /// Whether the count is made up by the simulation.
    pub simulated: bool,
}

/// Everything on the drawing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WeekChart {
    /// Makes the ids unique on the page.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it says in a sentence.
    pub description: String,
    /// Unit of the value axis: «ca».
    pub axis: String,
    /// «số thật».
    pub real: String,
    /// «mô phỏng».
    pub simulated: String,
    /// In order of time.
    pub weeks: Vec<Week>,
}

/// Draws the counts; the highest week carries its number.
pub fn weeks(chart: &WeekChart, width: Width) -> String {
    let mut canvas = Canvas::new(width, 220.0, &chart.id, &chart.title, &chart.description);
    let hatch = format!("{}-{}-hatch", chart.id, width.name());
    canvas.raw(&format!(
        r#"<defs><pattern id="{hatch}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>"#
    ));
    let mut legend = vec![("legend-week", chart.real.as_str())];
    if chart.weeks.iter().any(|week| week.simulated) {
        legend.push(("legend-simulated", &chart.simulated));
    }
    canvas.legend(&legend);
    let most = chart.weeks.iter().map(|week| week.count).max().unwrap_or(0);
    let highest = f64::from(most.max(1)) * 1.12;
    canvas.value_axis(highest, 4, &chart.axis);

    let room = (canvas.right - canvas.left) / chart.weeks.len().max(1) as f64;
    let every = (44.0 / room).ceil().max(1.0) as usize;
    for (place, week) in chart.weeks.iter().enumerate() {
        let x = canvas.left + room * place as f64;
        let y = canvas.y(f64::from(week.count), highest);
        let (class, fill) = if week.simulated {
            ("week simulated", format!(r#" fill="url(#{hatch})""#))
        } else {
            ("week", String::new())
        };
        canvas.raw(&format!(
            r#"<rect class="{class}"{fill} x="{:.1}" y="{y:.1}" width="{:.1}" height="{:.1}"><title>{}: {}</title></rect>"#,
            x + room * 0.12,
            room * 0.76,
            canvas.bottom - y,
            escape(&week.ends),
            grouped(f64::from(week.count))
        ));
        if week.count == most && most > 0 {
            canvas.text("words number strong", "middle", (x + room / 2.0, y - 5.0), &grouped(f64::from(week.count)));
        }
        if place % every == 0 {
            canvas.text("words number", "middle", (x + room / 2.0, canvas.bottom + 19.0), &week.ends);
        }
    }
    canvas.line("base", (canvas.left, canvas.bottom), (canvas.right, canvas.bottom));
    canvas.finish()
}
