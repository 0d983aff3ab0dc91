//! Báo cáo kết quả thực hiện một văn bản: every task with its state and its evidence by name, what stands in the way,
//! what is proposed. What nobody has said is «chưa rõ» and counted apart.

use document::official::{Block, Column, OfficialDocument, Table};
use jiff::civil::Date;
use quantity::time::show_date;
use serde::{Deserialize, Serialize};

use super::facts::bare;
use super::wording::Paper;
use super::{Cited, NotComposed, TaskLine, TaskState, Writer};

/// What a report on a letter's implementation is made from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Implementation {
    /// Who writes.
    pub writer: Writer,
    /// The letter that was carried out.
    pub letter: Cited,
    /// The day on which the states are so; none counts no days.
    pub today: Option<Date>,
    /// Its tasks.
    pub tasks: Vec<TaskLine>,
    /// Obstacles that belong to no task.
    pub obstacles: Vec<String>,
    /// Proposals that belong to no task.
    pub proposals: Vec<String>,
    /// What comes next; may be empty.
    pub next: Vec<String>,
    /// Who gets it; empty is the issuer of the letter.
    pub recipients: Vec<String>,
}

/// How far the tasks have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All tasks.
    pub all: usize,
    /// Done.
    pub done: usize,
    /// Done, and nothing named that proves it.
    pub unproven: usize,
    /// Begun.
    pub in_progress: usize,
    /// Not begun.
    pub not_done: usize,
    /// Nobody has said.
    pub unknown: usize,
    /// Not done, and past the deadline.
    pub overdue: usize,
}

impl Counts {
    /// Counts tasks as they stand on a day.
    pub fn of(tasks: &[TaskLine], today: Option<Date>) -> Self {
        let mut counts = Self { all: tasks.len(), ..Self::default() };
        for task in tasks {
            match task.state {
                TaskState::Done => counts.done += 1,
                TaskState::InProgress => counts.in_progress += 1,
                TaskState::NotDone => counts.not_done += 1,
                TaskState::Unknown => counts.unknown += 1,
            }
            let undone = task.state != TaskState::Done;
            counts.unproven += usize::from(!undone && task.evidence.is_empty());
            counts.overdue += usize::from(undone && days_late(task, today) > 0);
        }
        counts
    }

    /// «58,3%» of the tasks are done; none where there are no tasks.
    pub fn share(&self) -> Option<String> {
        let hundredths = self.done as f64 * 100.0 / self.all.max(1) as f64;
        let digits = usize::from(hundredths.fract() != 0.0);
        (self.all > 0).then(|| format!("{}%", quantity::show_number(hundredths, digits)))
    }
}

fn days_late(task: &TaskLine, today: Option<Date>) -> i32 {
    today.zip(task.due).map_or(0, |(today, due)| due.days_late(today))
}

/// Writes the report.
///
/// # Errors
/// [`NotComposed::Nothing`] without a task.
pub fn compose(facts: &Implementation) -> Result<OfficialDocument, NotComposed> {
    if facts.tasks.is_empty() {
        return Err(NotComposed::Nothing { paper: Paper::Implementation.code(), part: "tasks" });
    }
    let wording = Paper::Implementation.wording();
    let (short, words) = (facts.letter.short(), facts.letter.words());
    let at = facts.today.map(|day| format!(", tính đến ngày {}", show_date(day))).unwrap_or_default();
    let to = facts.recipients.first().cloned().unwrap_or_else(|| facts.letter.issuer.clone());
    let base = [
        ("letter", words.as_str()),
        ("short", &short),
        ("issuer", &facts.writer.issuer),
        ("at", &at),
        ("to", &to),
        ("place", &facts.writer.place),
    ];
    let mut document = wording.paper(&facts.writer, &base);
    document.year = facts.today.map(|day| day.year());
    document.recipients = if facts.recipients.is_empty() {
        Some(facts.letter.issuer.clone()).filter(|issuer| !issuer.trim().is_empty()).into_iter().collect()
    } else {
        facts.recipients.clone()
    };
    let heading =
        |number: &str, name: &str| Block::Heading { number: number.to_owned(), text: wording.say(name, &base) };
    let body = &mut document.body;
    body.push(Block::Paragraph(wording.say("opening", &base)));
    body.push(heading("1.", "general"));
    body.push(Block::Paragraph(told(&Counts::of(&facts.tasks, facts.today))));
    body.push(heading("2.", "each"));
    body.push(Block::Table(table(facts)));
    let none = || vec![Block::Paragraph(wording.say("none", &base))];
    let gathered = |own: fn(&TaskLine) -> &str, general: &[String]| -> Vec<Block> {
        let of_tasks = facts.tasks.iter().filter(|task| !bare(own(task)).is_empty());
        let lines = of_tasks.map(|task| match bare(&task.owner) {
            "" => format!("{};", bare(own(task))),
            owner => format!("{owner}: {};", bare(own(task))),
        });
        let lines =
            lines.chain(general.iter().filter(|line| !bare(line).is_empty()).map(|line| format!("{};", bare(line))));
        let lines: Vec<Block> = lines.map(Block::Bullet).collect();
        if lines.is_empty() { none() } else { lines }
    };
    body.push(heading("3.", "obstacles"));
    body.extend(gathered(|task| &task.obstacle, &facts.obstacles));
    body.push(heading("4.", "proposals"));
    body.extend(gathered(|task| &task.proposal, &facts.proposals));
    if facts.next.iter().any(|line| !bare(line).is_empty()) {
        body.push(heading("5.", "next"));
        body.extend(facts.next.iter().map(|line| Block::Bullet(format!("{};", bare(line)))));
    }
    body.push(Block::Paragraph(wording.say("closing", &base)));
    Ok(document)
}

/// «Tổng số 12 nhiệm vụ: đã hoàn thành 7 (58,3%), …».
fn told(counts: &Counts) -> String {
    let mut parts = vec![match counts.share() {
        Some(share) => format!("đã hoàn thành {} ({share})", counts.done),
        None => format!("đã hoàn thành {}", counts.done),
    }];
    for (count, words) in
        [(counts.in_progress, "đang thực hiện"), (counts.not_done, "chưa thực hiện"), (counts.unknown, "chưa rõ")]
    {
        if count > 0 {
            parts.push(format!("{words} {count}"));
        }
    }
    let mut told = format!("Tổng số {} nhiệm vụ: {}.", counts.all, parts.join(", "));
    if counts.overdue > 0 {
        told.push_str(&format!(" Có {} nhiệm vụ quá hạn chưa hoàn thành.", counts.overdue));
    }
    if counts.unproven > 0 {
        told.push_str(&format!(" Có {} nhiệm vụ báo hoàn thành nhưng chưa kèm tài liệu chứng minh.", counts.unproven));
    }
    told
}

fn table(facts: &Implementation) -> Table {
    let column = |title: &str, width, number| Column { title: title.to_owned(), width, number, ..Column::default() };
    let rows = facts.tasks.iter().enumerate().map(|(position, task)| {
        let owner = match (bare(&task.owner), bare(&task.accountable)) {
            ("", "") => "chưa rõ".to_owned(),
            (owner, "") => owner.to_owned(),
            ("", head) => head.to_owned(),
            (owner, head) => format!("{owner} ({head})"),
        };
        let evidence = match (task.state, task.evidence.is_empty()) {
            (TaskState::Done, true) => "chưa kèm tài liệu".to_owned(),
            (_, true) => String::new(),
            _ => task.evidence.join("; "),
        };
        let due = task.due.map_or_else(String::new, |due| due.words());
        vec![(position + 1).to_string(), task.said().to_owned(), owner, due, state(task, facts.today), evidence]
    });
    Table {
        title: String::new(),
        columns: vec![
            column("TT", 5, true),
            column("Nhiệm vụ", 30, false),
            column("Đơn vị chủ trì", 17, false),
            column("Thời hạn", 14, false),
            column("Kết quả", 17, false),
            column("Tài liệu chứng minh", 17, false),
        ],
        rows: rows.collect(),
    }
}

/// «hoàn thành ngày 12/09/2021», «đang thực hiện 40%, quá hạn 3 ngày».
fn state(task: &TaskLine, today: Option<Date>) -> String {
    if task.state == TaskState::Done {
        let on = task.done_on.map(|day| format!(" ngày {}", show_date(day))).unwrap_or_default();
        let late = task.done_on.map_or(0, |day| days_late(task, Some(day)));
        let late = if late > 0 { format!(", sau hạn {late} ngày") } else { String::new() };
        return format!("hoàn thành{on}{late}");
    }
    let mut words = match task.state {
        TaskState::InProgress => "đang thực hiện",
        TaskState::NotDone => "chưa thực hiện",
        _ => "chưa rõ",
    }
    .to_owned();
    if let Some(percent) = task.percent {
        words.push_str(&format!(" {}%", percent.min(100)));
    }
    let late = days_late(task, today);
    if late > 0 {
        words.push_str(&format!(", quá hạn {late} ngày"));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters_out::samples;
    use crate::letters_out::text::plain_text;

    #[test]
    fn every_task_is_told_with_its_state_its_evidence_and_its_days() {
        let document = compose(&samples::implementation()).unwrap();
        let text = plain_text(&document);
        assert!(text.contains("Tổng số 4 nhiệm vụ: đã hoàn thành 2 (50%), đang thực hiện 1, chưa rõ 1."), "{text}");
        assert!(text.contains("Có 1 nhiệm vụ quá hạn chưa hoàn thành."), "{text}");
        assert!(text.contains("Có 1 nhiệm vụ báo hoàn thành nhưng chưa kèm tài liệu chứng minh."), "{text}");
        assert!(text.contains("đang thực hiện 40%, quá hạn 3 ngày"), "{text}");
        assert!(text.contains("hoàn thành ngày 12/09/2021") && text.contains("Quyết định 2105/QĐ-UBND"), "{text}");
        assert!(text.contains("hoàn thành ngày 16/09/2021, sau hạn 2 ngày"), "{text}");
        assert_eq!(document.recipients, ["Bộ Y tế"]);
        assert_eq!(document.symbol, "BC-SYT");
    }

    #[test]
    fn where_nothing_stands_in_the_way_it_is_said() {
        let tasks = vec![TaskLine { text: "Báo cáo;".into(), ..TaskLine::default() }];
        let text = plain_text(&compose(&Implementation { tasks, ..Implementation::default() }).unwrap());
        assert_eq!(text.matches("Không có").count(), 2, "{text}");
        assert!(compose(&Implementation::default()).is_err());
    }

    #[test]
    fn counts_add_up() {
        let counts = Counts::of(&samples::implementation().tasks, None);
        assert_eq!(counts.all, counts.done + counts.in_progress + counts.not_done + counts.unknown);
        assert_eq!((counts.overdue, Counts::default().share()), (0, None), "without a day nothing is overdue");
    }
}
