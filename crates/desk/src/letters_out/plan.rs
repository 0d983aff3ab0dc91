//! Kế hoạch: aims, a table of tasks with their bodies, accountable heads, deadlines and products, how it is carried out;
//! and the forward plan that turns what stood in the way into work for the next period (DT20).

use document::official::{Annex, Block, Column, OfficialDocument, Table};
use serde::{Deserialize, Serialize};

use super::facts::{bare, lower};
use super::wording::Paper;
use super::{Cited, Due, NotComposed, TaskLine, Writer};

/// What a plan is made from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// Who writes.
    pub writer: Writer,
    /// What it is for: «bảo đảm oxy y tế quý I năm 2027».
    pub subject: String,
    /// The papers that it carries out; may be empty.
    pub above: Vec<Cited>,
    /// Mục đích, yêu cầu.
    pub aims: Vec<String>,
    /// What stood in the way until now. With any, it is a forward plan.
    pub obstacles: Vec<Obstacle>,
    /// The work.
    pub tasks: Vec<TaskLine>,
    /// Tổ chức thực hiện; may be empty.
    pub carried_out: Vec<String>,
    /// The table stands in an appendix, across the page.
    pub as_annex: bool,
    /// The year of a blank date.
    pub year: Option<i16>,
}

/// What stood in the way, and what is done about it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Obstacle {
    /// What it is.
    pub text: String,
    /// Whose.
    pub body: String,
    /// What is done about it; empty is «chưa có hướng xử lý».
    pub remedy: String,
    /// Who answers for that.
    pub accountable: String,
    /// Until when.
    pub due: Option<Due>,
}

/// Writes the plan; a forward plan where there are obstacles.
///
/// # Errors
/// [`NotComposed::Nothing`] without a task and without an obstacle.
pub fn compose(facts: &Plan) -> Result<OfficialDocument, NotComposed> {
    let forward = !facts.obstacles.is_empty();
    let paper = if forward { Paper::ForwardPlan } else { Paper::Plan };
    if facts.tasks.is_empty() && !forward {
        return Err(NotComposed::Nothing { paper: paper.code(), part: "tasks" });
    }
    let wording = paper.wording();
    let above = facts.above.iter().map(Cited::words).collect::<Vec<_>>().join("; ");
    let subject = lower(bare(&facts.subject));
    let base = [
        ("issuer", facts.writer.issuer.as_str()),
        ("place", &facts.writer.place),
        ("subject", &subject),
        ("above", &above),
    ];
    let mut document = wording.paper(&facts.writer, &base);
    document.year = facts.year;
    let opening = if above.is_empty() { "opening_own" } else { "opening" };
    document.body.push(Block::Paragraph(wording.say(opening, &base)));
    let mut part = Parts::default();
    if !facts.aims.is_empty() {
        document.body.push(part.heading(wording.say("aims", &base)));
        document.body.extend(facts.aims.iter().map(|aim| Block::Paragraph(format!("{}.", bare(aim)))));
    }
    if forward {
        document.body.push(part.heading(wording.say("obstacles", &base)));
        document.body.push(Block::Table(obstacles(facts)));
    }
    if !facts.tasks.is_empty() {
        document.body.push(part.heading(wording.say("tasks", &base)));
        if facts.as_annex {
            document.body.push(Block::Paragraph(wording.say("tasks_annexed", &base)));
            let blocks = vec![Block::Table(tasks(facts))];
            document.annexes.push(Annex { title: wording.say("annex", &base), blocks, landscape: true });
        } else {
            document.body.push(Block::Table(tasks(facts)));
        }
    }
    document.body.push(part.heading(wording.say("carried_out", &base)));
    document.body.extend(facts.carried_out.iter().map(|line| Block::Bullet(format!("{}.", bare(line)))));
    document.body.push(Block::Paragraph(wording.say("closing", &base)));
    Ok(document)
}

/// Counts the parts as the Romans did.
#[derive(Default)]
struct Parts(usize);

impl Parts {
    fn heading(&mut self, text: String) -> Block {
        self.0 += 1;
        let number = ["I.", "II.", "III.", "IV.", "V."].get(self.0 - 1).copied().unwrap_or_default();
        Block::Heading { number: number.to_owned(), text }
    }
}

fn column(title: &str, width: u16, number: bool) -> Column {
    Column { title: title.to_owned(), width, number, ..Column::default() }
}

/// «chưa rõ» where nobody has said.
fn known(text: &str) -> String {
    if bare(text).is_empty() { "chưa rõ".to_owned() } else { bare(text).to_owned() }
}

fn tasks(facts: &Plan) -> Table {
    let rows = facts.tasks.iter().enumerate().map(|(position, task)| {
        let accountable = match (bare(&task.owner), bare(&task.accountable)) {
            (owner, "") => known(owner),
            ("", head) => head.to_owned(),
            (owner, head) => format!("{owner} ({head})"),
        };
        vec![
            (position + 1).to_string(),
            task.said().to_owned(),
            accountable,
            bare(&task.with).to_owned(),
            task.due.map_or_else(|| "chưa rõ".to_owned(), |due| due.words()),
            bare(&task.product).to_owned(),
        ]
    });
    Table {
        title: String::new(),
        columns: vec![
            column("TT", 5, true),
            column("Nội dung công việc", 30, false),
            column("Chủ trì (người chịu trách nhiệm)", 19, false),
            column("Phối hợp", 15, false),
            column("Thời hạn", 14, false),
            column("Kết quả, sản phẩm", 17, false),
        ],
        rows: rows.collect(),
    }
}

fn obstacles(facts: &Plan) -> Table {
    let rows = facts.obstacles.iter().enumerate().map(|(position, one)| {
        let remedy = if bare(&one.remedy).is_empty() { "chưa có hướng xử lý" } else { bare(&one.remedy) };
        vec![
            (position + 1).to_string(),
            bare(&one.text).to_owned(),
            known(&one.body),
            remedy.to_owned(),
            known(&one.accountable),
            one.due.map_or_else(|| "chưa rõ".to_owned(), |due| due.words()),
        ]
    });
    Table {
        title: String::new(),
        columns: vec![
            column("TT", 5, true),
            column("Vướng mắc, tồn tại", 25, false),
            column("Đơn vị", 15, false),
            column("Hướng xử lý", 24, false),
            column("Người chịu trách nhiệm", 16, false),
            column("Thời hạn", 15, false),
        ],
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters_out::samples;
    use crate::letters_out::text::plain_text;

    #[test]
    fn a_plan_names_who_answers_and_until_when() {
        let text = plain_text(&compose(&samples::plan()).unwrap());
        assert!(text.contains("Phòng Nghiệp vụ Y (Trưởng phòng Trần Thị Sao)"), "{text}");
        assert!(text.contains("chậm nhất ngày 15/12/2026") && text.contains("III. Tổ chức thực hiện"), "{text}");
        let annexed = compose(&Plan { as_annex: true, ..samples::plan() }).unwrap();
        assert!(annexed.annexes.len() == 1 && annexed.annexes[0].landscape);
        assert!(!plain_text(&annexed).contains("chậm nhất ngày"), "the table stands in the appendix alone");
    }

    /// DT20: what stood in the way comes back as work with somebody who answers for it.
    #[test]
    fn a_forward_plan_begins_with_what_stood_in_the_way() {
        let document = compose(&samples::forward_plan()).unwrap();
        let text = plain_text(&document);
        assert!(text.contains("Thiếu xe bồn ra đảo") && text.contains("chưa có hướng xử lý"), "{text}");
        assert!(text.find("Thiếu xe bồn").unwrap() < text.find("Ký hợp đồng vận chuyển").unwrap());
        assert_eq!(document.symbol, "KH-SYT");
        assert!(compose(&Plan::default()).is_err());
    }
}
