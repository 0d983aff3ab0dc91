//! Thông báo tình hình thực hiện nhiệm vụ: the figures of a quarter by unit with how they were counted, as a paper that is
//! signed and numbered like all others (PR06).

use document::official::{Annex, Block, Column, OfficialDocument, Table};
use jiff::civil::Date;
use quantity::show_number;
use quantity::time::show_date;
use serde::{Deserialize, Serialize};

use super::wording::{Paper, Wording};
use super::{NotComposed, Writer};

/// Units above which the table stands in an appendix, across the page.
const MOST_IN_TEXT: usize = 15;

/// What the notice is made from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Quarter {
    /// Who writes.
    pub writer: Writer,
    /// «quý IV năm 2026».
    pub period: String,
    /// Its first day.
    pub first: Option<Date>,
    /// Its last day.
    pub last: Option<Date>,
    /// Until which day its figures go.
    pub at: Option<Date>,
    /// By unit, in the order in which they are told.
    pub bodies: Vec<Counts>,
    /// Units with tasks that recur.
    pub recurring: Vec<Times>,
}

/// The tasks of one unit.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Whose.
    pub body: String,
    /// Done in time.
    pub in_time: usize,
    /// Done late.
    pub late: usize,
    /// Not done, and there is time.
    pub open: usize,
    /// Not done, and overdue.
    pub undone: usize,
    /// Given back at least once.
    pub returned: usize,
    /// The mean delay of the late and the overdue in days; none where there is none.
    pub delay_days: Option<f64>,
}

/// The times of a unit's recurring tasks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Times {
    /// Whose.
    pub body: String,
    /// Handed in in time.
    pub in_time: usize,
    /// Handed in late.
    pub late: usize,
    /// Not handed in.
    pub missed: usize,
}

impl Counts {
    /// All of them.
    pub const fn all(&self) -> usize {
        self.in_time + self.late + self.open + self.undone
    }

    /// «83,3%» in time of all that are done or overdue; none where nothing is.
    pub fn share(&self) -> Option<String> {
        let judged = self.in_time + self.late + self.undone;
        let share = self.in_time as f64 * 100.0 / judged.max(1) as f64;
        (judged > 0).then(|| format!("{}%", show_number(share, usize::from(share.fract() != 0.0))))
    }
}

/// All units together. Delays of several units have no mean that says anything without their numbers: none.
fn sum(bodies: &[Counts]) -> Counts {
    let mut sum = Counts { body: "Cộng".to_owned(), ..Counts::default() };
    for one in bodies {
        sum.in_time += one.in_time;
        sum.late += one.late;
        sum.open += one.open;
        sum.undone += one.undone;
        sum.returned += one.returned;
    }
    let late = |one: &Counts| (one.late + one.undone) as f64;
    let days: f64 = bodies.iter().filter_map(|one| Some(one.delay_days? * late(one))).sum();
    sum.delay_days = (late(&sum) > 0.0).then(|| days / late(&sum));
    sum
}

/// Writes the notice.
///
/// # Errors
/// [`NotComposed::Nothing`] without a task in the period.
pub fn compose(facts: &Quarter) -> Result<OfficialDocument, NotComposed> {
    let sum = sum(&facts.bodies);
    if sum.all() == 0 && facts.recurring.is_empty() {
        return Err(NotComposed::Nothing { paper: Paper::TaskQuarter.code(), part: "tasks" });
    }
    let wording = Paper::TaskQuarter.wording();
    let day = |day: Option<Date>| day.map_or_else(|| "chưa rõ".to_owned(), show_date);
    let (first, last, at) = (day(facts.first), day(facts.last), day(facts.at));
    let base = [
        ("issuer", facts.writer.issuer.as_str()),
        ("place", &facts.writer.place),
        ("period", &facts.period),
        ("first", &first),
        ("last", &last),
        ("at", &at),
    ];
    let mut document = wording.paper(&facts.writer, &base);
    document.year = facts.at.map(|day| day.year());
    let mut parts = Parts { wording, base: &base, number: 0 };
    let body = &mut document.body;
    body.push(Block::Paragraph(parts.say("opening")));
    if facts.at.zip(facts.last).is_some_and(|(at, last)| at < last) {
        body.push(Block::Paragraph(parts.say("not_over")));
    }
    body.push(parts.heading("general"));
    body.push(Block::Paragraph(told(&sum, facts.bodies.len())));
    body.push(parts.heading("each"));
    let each = table(facts, &sum);
    if facts.bodies.len() > MOST_IN_TEXT {
        body.push(Block::Paragraph(parts.say("each_annexed")));
        let annex = Annex { title: parts.say("annex"), blocks: vec![Block::Table(each)], landscape: true };
        document.annexes.push(annex);
    } else {
        body.push(Block::Table(each));
    }
    if !facts.recurring.is_empty() {
        body.push(parts.heading("recurring"));
        body.push(Block::Table(recurring(&facts.recurring)));
    }
    body.push(parts.heading("how"));
    body.extend(["how_1", "how_2", "how_3", "how_4"].map(|name| Block::Bullet(parts.say(name))));
    body.push(Block::Paragraph(parts.say("closing")));
    Ok(document)
}

/// The parts of the notice, counted as they come.
struct Parts<'p> {
    wording: &'p Wording,
    base: &'p [(&'p str, &'p str)],
    number: usize,
}

impl Parts<'_> {
    fn say(&self, name: &str) -> String {
        self.wording.say(name, self.base)
    }

    fn heading(&mut self, name: &str) -> Block {
        self.number += 1;
        Block::Heading { number: format!("{}.", self.number), text: self.say(name) }
    }
}

/// «Tổng số 42 nhiệm vụ giao 9 đơn vị: …».
fn told(sum: &Counts, bodies: usize) -> String {
    let mut told = format!(
        "Tổng số {} nhiệm vụ giao {bodies} đơn vị: đã hoàn thành {} (đúng hạn {}, quá hạn {}); chưa hoàn thành {} (còn hạn {}, \
         quá hạn {}).",
        sum.all(),
        sum.in_time + sum.late,
        sum.in_time,
        sum.late,
        sum.open + sum.undone,
        sum.open,
        sum.undone,
    );
    if let Some(share) = sum.share() {
        told.push_str(&format!(" Tỷ lệ hoàn thành đúng hạn: {share}."));
    }
    if sum.returned > 0 {
        told.push_str(&format!(" Có {} nhiệm vụ bị trả lại ít nhất một lần.", sum.returned));
    }
    told
}

fn column(group: &str, title: &str, width: u16, number: bool) -> Column {
    Column { title: title.to_owned(), width, number, group: group.to_owned() }
}

fn table(facts: &Quarter, sum: &Counts) -> Table {
    let row = |number: String, one: &Counts| {
        vec![
            number,
            one.body.clone(),
            one.all().to_string(),
            one.in_time.to_string(),
            one.late.to_string(),
            one.open.to_string(),
            one.undone.to_string(),
            one.returned.to_string(),
            one.share().unwrap_or_else(|| "-".to_owned()),
            one.delay_days.map_or_else(|| "-".to_owned(), |days| show_number(days, 1)),
        ]
    };
    let mut rows: Vec<Vec<String>> =
        facts.bodies.iter().enumerate().map(|(place, one)| row((place + 1).to_string(), one)).collect();
    if rows.len() > 1 {
        rows.push(row(String::new(), sum));
    }
    Table {
        title: String::new(),
        columns: vec![
            column("", "TT", 6, true),
            column("", "Đơn vị", 28, false),
            column("", "Tổng số", 8, true),
            column("Đã hoàn thành", "Đúng hạn", 8, true),
            column("Đã hoàn thành", "Quá hạn", 8, true),
            column("Chưa hoàn thành", "Còn hạn", 8, true),
            column("Chưa hoàn thành", "Quá hạn", 8, true),
            column("", "Bị trả lại", 8, true),
            column("", "Tỷ lệ đúng hạn", 9, true),
            column("", "Số ngày chậm bình quân", 10, true),
        ],
        rows,
    }
}

fn recurring(times: &[Times]) -> Table {
    let rows = times.iter().enumerate().map(|(place, one)| {
        let all = one.in_time + one.late + one.missed;
        let counts = [all, one.in_time, one.late, one.missed].map(|count| count.to_string());
        [(place + 1).to_string(), one.body.clone()].into_iter().chain(counts).collect()
    });
    Table {
        title: String::new(),
        columns: vec![
            column("", "TT", 6, true),
            column("", "Đơn vị", 44, false),
            column("", "Số kỳ phải nộp", 13, true),
            column("Kết quả", "Đúng hạn", 12, true),
            column("Kết quả", "Chậm", 12, true),
            column("Kết quả", "Không nộp", 13, true),
        ],
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters_out::check::may_be_submitted;
    use crate::letters_out::samples;
    use crate::letters_out::text::plain_text;

    #[test]
    fn the_sum_says_what_the_rows_add_up_to() {
        let facts = samples::quarter();
        let document = compose(&facts).unwrap();
        assert!(may_be_submitted(&document));
        let text = plain_text(&document);
        let all: usize = facts.bodies.iter().map(Counts::all).sum();
        assert!(text.contains(&format!("Tổng số {all} nhiệm vụ giao {} đơn vị", facts.bodies.len())), "{text}");
        assert!(text.contains("Cộng\t") && text.contains("quý IV năm 2026"), "{text}");
        assert!(text.contains("tạm tính"), "the quarter is not over: {text}");
        assert_eq!(document.symbol, "TB-SYT");
        let late = |one: &Counts| (one.late + one.undone) as f64;
        let days: f64 = facts.bodies.iter().filter_map(|one| Some(one.delay_days? * late(one))).sum();
        let mean = days / facts.bodies.iter().map(late).sum::<f64>();
        assert!((sum(&facts.bodies).delay_days.unwrap() - mean).abs() < 1e-9);
    }

    #[test]
    fn many_units_stand_in_an_appendix_and_none_is_lost() {
        let one = Counts { in_time: 1, ..Counts::default() };
        let bodies: Vec<Counts> =
            (0..40).map(|place| Counts { body: format!("Đơn vị {place}"), ..one.clone() }).collect();
        let document = compose(&Quarter { bodies, ..Quarter::default() }).unwrap();
        let [Annex { blocks, landscape: true, .. }] = document.annexes.as_slice() else { panic!("one appendix") };
        let [Block::Table(table)] = blocks.as_slice() else { panic!("one table") };
        assert_eq!(table.rows.len(), 41);
    }

    #[test]
    fn nothing_is_made_of_no_tasks_and_no_share_of_none() {
        assert!(compose(&Quarter::default()).is_err());
        assert_eq!(Counts { open: 3, ..Counts::default() }.share(), None);
        assert_eq!(Counts { in_time: 5, late: 1, ..Counts::default() }.share().as_deref(), Some("83,3%"));
    }
}
