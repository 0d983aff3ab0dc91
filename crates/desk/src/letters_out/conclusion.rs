//! Thông báo kết luận of a meeting: who chaired, what was heard, what was concluded, who does what until when. Of the
//! government and of the Party (DT13, DT19).

use document::official::{Block, CopyTo, Family, OfficialDocument, Signature};
use jiff::civil::Date;
use quantity::time::show_date;
use serde::{Deserialize, Serialize};

use super::facts::{bare, lower};
use super::wording::Paper;
use super::{NotComposed, TaskLine, Writer};

/// What a conclusion notice is made from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Conclusion {
    /// Who writes.
    pub writer: Writer,
    /// Whose form it follows.
    pub family: Family,
    /// «cuộc họp giao ban oxy y tế tuần 47».
    pub meeting: String,
    /// The day of the meeting.
    pub met_on: Option<Date>,
    /// Where it was; may be empty.
    pub met_at: String,
    /// Who concluded: «Phó Giám đốc Sở Y tế Lê Văn Đước», «Thường trực Tỉnh ủy».
    pub concluded_by: String,
    /// Who took part, in words; may be empty.
    pub attended: String,
    /// Whose reports were heard; may be empty.
    pub heard: Vec<String>,
    /// What was concluded, point by point.
    pub points: Vec<Point>,
    /// Who is to do something.
    pub assigned: Vec<Assigned>,
    /// The year of a blank date.
    pub year: Option<i16>,
    /// Who gets it.
    pub copies: Vec<CopyTo>,
    /// On whose authority it is signed.
    pub signature: Signature,
}

/// A point of a conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Point {
    /// What it is about.
    pub heading: String,
    /// What was said.
    pub paragraphs: Vec<String>,
}

/// A body or officer with what it is to do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Assigned {
    /// Its name.
    pub whom: String,
    /// What it is to do.
    pub tasks: Vec<TaskLine>,
}

/// Writes the notice.
///
/// # Errors
/// [`NotComposed::Nothing`] where nothing was concluded and nobody assigned.
pub fn compose(facts: &Conclusion) -> Result<OfficialDocument, NotComposed> {
    let paper = match facts.family {
        Family::Government => Paper::ConclusionNotice,
        Family::Party => Paper::PartyConclusion,
    };
    if facts.points.is_empty() && facts.assigned.is_empty() {
        return Err(NotComposed::Nothing { paper: paper.code(), part: "points" });
    }
    let wording = paper.wording();
    let day = facts.met_on.map_or_else(|| "(chưa rõ ngày)".to_owned(), show_date);
    let part = |before: &str, text: &str| {
        if bare(text).is_empty() { String::new() } else { format!("{before}{}", bare(text)) }
    };
    let meeting = lower(bare(&facts.meeting));
    let heard =
        facts.heard.iter().map(|whom| bare(whom)).filter(|whom| !whom.is_empty()).collect::<Vec<_>>().join(", ");
    let (at, attended) = (part(", tại ", &facts.met_at), part(". Tham dự có ", &facts.attended));
    let heard = if heard.is_empty() { String::new() } else { format!("{heard} báo cáo và ") };
    let base = [
        ("issuer", facts.writer.issuer.as_str()),
        ("place", &facts.writer.place),
        ("day", &day),
        ("meeting", &meeting),
        ("at", &at),
        ("attended", &attended),
        ("heard", &heard),
        ("by", bare(&facts.concluded_by)),
    ];
    let mut document = wording.paper(&facts.writer, &base);
    document.year = facts.year;
    document.signature = facts.signature.clone();
    document.copies.splice(0..0, facts.copies.iter().cloned());
    document.body.push(Block::Paragraph(wording.say("opening", &base)));
    let mut number = 0;
    for point in &facts.points {
        number += 1;
        document.body.push(Block::Heading { number: format!("{number}."), text: bare(&point.heading).to_owned() });
        document.body.extend(point.paragraphs.iter().cloned().map(Block::Paragraph));
    }
    if !facts.assigned.is_empty() {
        number += 1;
        document.body.push(Block::Heading { number: format!("{number}."), text: wording.say("assigned", &base) });
        for (place, one) in facts.assigned.iter().enumerate() {
            let number = format!("{number}.{}.", place + 1);
            document.body.push(Block::Heading { number, text: format!("{}:", bare(&one.whom)) });
            document.body.extend(one.tasks.iter().map(|task| Block::Bullet(assigned(task))));
        }
    }
    document.body.push(Block::Paragraph(wording.say("closing", &base)));
    Ok(document)
}

fn assigned(task: &TaskLine) -> String {
    let mut words = task.said().to_owned();
    if !bare(&task.with).is_empty() {
        words.push_str(&format!("; phối hợp: {}", bare(&task.with)));
    }
    if !bare(&task.accountable).is_empty() {
        words.push_str(&format!("; chịu trách nhiệm: {}", bare(&task.accountable)));
    }
    if let Some(due) = task.due {
        words.push_str(&format!("; hoàn thành {}", due.words()));
    }
    words.push('.');
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters_out::samples;
    use crate::letters_out::text::plain_text;

    #[test]
    fn a_meetings_conclusion_says_who_does_what_until_when() {
        let document = compose(&samples::conclusion()).unwrap();
        let text = plain_text(&document);
        assert!(text.starts_with("Ngày 20/11/2026, "), "{text}");
        assert!(text.contains("Phó Giám đốc Sở Y tế Lê Văn Đước kết luận như sau:"), "{text}");
        assert!(text.contains("3. Phân công thực hiện") && text.contains("hoàn thành trước ngày 30/11/2026"), "{text}");
        assert_eq!((document.symbol.as_str(), document.recipients.len()), ("TB-SYT", 0));
    }

    /// DT13: its own number, no «Kính gửi», ends as the fifth letter does.
    #[test]
    fn the_partys_notice_is_of_its_own_family() {
        let document = compose(&samples::party_conclusion()).unwrap();
        let text = plain_text(&document);
        assert_eq!((document.symbol.as_str(), document.family), ("TB/TU", Family::Party));
        assert!(document.recipients.is_empty() && text.contains("thống nhất kết luận như sau:"), "{text}");
        assert!(text.ends_with("thực hiện nghiêm kết luận này"), "{text}");
        assert!(compose(&Conclusion::default()).is_err());
    }
}
