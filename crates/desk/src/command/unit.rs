//! The oxygen coordination unit of a province (OX02) and the notice about it to the ministry (OX03).

use jiff::civil::Date;
use protocol::{Checklist, WorkingDays};
use quantity::time::show_date;
use quantity::{Id, Moment};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// The post that the letters prescribe.
pub const HEAD: &str = "head";

/// A paper with its number and, once attached, its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// `123/QĐ-UBND`; empty while the stamp has not come.
    pub number: String,
    /// Its day.
    pub issued_on: Date,
    /// Who issued it.
    pub issuer: String,
    /// The file as it was attached: its digest in hexadecimal.
    #[serde(default)]
    pub file: Option<String>,
}

/// Somebody of the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Key within the unit.
    pub id: Id,
    /// Key of the post in the list `oxygen-unit.toml`, or any other word for a plain member.
    pub seat: String,
    /// Name.
    pub name: String,
    /// What else he is: «Phó Chủ tịch UBND tỉnh».
    pub post: String,
    /// Telephone.
    pub phone: String,
    /// What he looks after.
    pub field: String,
    /// First day.
    pub from: Date,
    /// First day on which he no longer sits.
    pub to: Option<Date>,
    /// Of the head: whether he is a vice-chair of the people's committee.
    #[serde(default)]
    pub vice_chair: bool,
    /// Of a head who is none: why he was seated all the same.
    #[serde(default)]
    pub exception: Option<String>,
}

impl Member {
    /// Whether he sits on a day.
    pub fn sits_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|end| day < end)
    }
}

/// The unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoordinationUnit {
    /// The paper that founds it.
    pub founding: Paper,
    /// Everybody who sits or sat in it.
    pub members: Vec<Member>,
}

impl Record for CoordinationUnit {
    const KIND: &'static str = "oxygen_unit";

    fn code(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }
}

impl CoordinationUnit {
    /// Who sits on a day, in the order of the posts and then of seating.
    pub fn sitting<'a>(&'a self, posts: &Checklist, day: Date) -> Vec<&'a Member> {
        let place =
            |member: &&Member| posts.items.iter().position(|item| item.key == member.seat).unwrap_or(usize::MAX);
        let mut sitting: Vec<&Member> = self.members.iter().filter(|member| member.sits_on(day)).collect();
        sitting.sort_by_key(place);
        sitting
    }

    /// Its head on a day.
    pub fn head(&self, day: Date) -> Option<&Member> {
        self.members.iter().find(|member| member.seat == HEAD && member.sits_on(day))
    }
}

/// What is wrong with a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// There is none.
    NotFounded,
    /// The founding paper has no number.
    NoNumber,
    /// The founding paper has no file.
    NoFile,
    /// A post without holder: its title.
    EmptyPost(String),
    /// Somebody without telephone.
    NoPhone(String),
    /// The head is no vice-chair; the reason that was given.
    HeadByException(String),
}

/// What is wrong with a unit on a day, the gravest first.
pub fn gaps(unit: Option<&CoordinationUnit>, posts: &Checklist, day: Date) -> Vec<Gap> {
    let Some(unit) = unit else { return vec![Gap::NotFounded] };
    let sitting = unit.sitting(posts, day);
    let empty = posts.items.iter().filter(|item| !sitting.iter().any(|member| member.seat == item.key));
    let mut found: Vec<Gap> = empty.map(|item| Gap::EmptyPost(item.title.clone())).collect();
    if unit.founding.number.is_empty() {
        found.push(Gap::NoNumber);
    }
    if unit.founding.file.is_none() {
        found.push(Gap::NoFile);
    }
    let head = unit.head(day).filter(|head| !head.vice_chair);
    found.extend(head.map(|head| Gap::HeadByException(head.exception.clone().unwrap_or_default())));
    found.extend(sitting.iter().filter(|one| one.phone.is_empty()).map(|one| Gap::NoPhone(one.name.clone())));
    found
}

/// The notice that the unit exists, sent to the ministry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitNotice {
    /// When it was sent.
    pub sent_on: Date,
    /// How, and under which number.
    pub way: String,
    /// What it said: frozen with the sending.
    pub text: Vec<String>,
    /// When the ministry said that it has it.
    pub answered_on: Option<Date>,
    /// Who said so.
    pub answered_by: Option<String>,
    /// Until when an answer is expected.
    pub answer_due: Date,
    /// The number of the signed letter that went with it; none where it went without one.
    #[serde(default)]
    pub number: Option<String>,
}

impl Record for UnitNotice {
    const KIND: &'static str = "unit_notice";

    fn due_at(&self) -> Option<Moment> {
        Some(Moment::start_of(self.answer_due.tomorrow().unwrap_or(self.answer_due)))
    }

    fn is_open(&self) -> bool {
        self.answered_on.is_none()
    }
}

/// How the notice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeStanding {
    /// No unit to tell of.
    NothingToSend,
    /// Not sent; due on a day.
    Due(Date),
    /// Not sent in time.
    Late(Date),
    /// Sent; an answer is expected until a day.
    Sent(Date),
    /// Sent; the answer is overdue.
    Unanswered(Date),
    /// Answered.
    Answered(Date),
    /// Answered, and the unit has changed since: somebody should send it again.
    Outdated(Date),
}

/// How the newest notice about a unit stands on a day. `current` is what a notice would say today.
pub fn standing(
    unit: Option<&CoordinationUnit>,
    newest: Option<&UnitNotice>,
    current: &[String],
    calendar: &WorkingDays,
    days_to_send: u32,
    today: Date,
) -> NoticeStanding {
    let Some(unit) = unit else { return NoticeStanding::NothingToSend };
    match newest {
        None => {
            let due = calendar.plus(unit.founding.issued_on, days_to_send);
            if today > due { NoticeStanding::Late(due) } else { NoticeStanding::Due(due) }
        }
        Some(notice) => match notice.answered_on {
            Some(day) if notice.text == current => NoticeStanding::Answered(day),
            Some(day) => NoticeStanding::Outdated(day),
            None if today > notice.answer_due => NoticeStanding::Unanswered(notice.answer_due),
            None => NoticeStanding::Sent(notice.answer_due),
        },
    }
}

/// The text of the notice, paragraph by paragraph, out of the register: who, since when, reached how. What is
/// missing is said as missing.
pub fn notice(unit: &CoordinationUnit, posts: &Checklist, province: &str, day: Date) -> Vec<String> {
    let paper = &unit.founding;
    let number = if paper.number.is_empty() { "(chưa có số)" } else { &paper.number };
    let mut text = vec![
        "Kính gửi: Bộ Y tế".to_owned(),
        format!(
            "Thực hiện chỉ đạo của Bộ Y tế về bảo đảm oxy y tế, {province} đã thành lập bộ phận điều phối oxy theo văn bản số {number} ngày {} của {}. Thông tin liên hệ như sau:",
            show_date(paper.issued_on),
            paper.issuer
        ),
    ];
    for (place, member) in (1..).zip(unit.sitting(posts, day)) {
        let seat = posts.item(&member.seat).map_or("Thành viên", |item| item.title.as_str());
        let phone = if member.phone.is_empty() { "chưa rõ" } else { &member.phone };
        let field = if member.field.is_empty() { String::new() } else { format!("; phụ trách: {}", member.field) };
        text.push(format!("{place}. {seat}: {}, {}; điện thoại: {phone}{field}.", member.name, member.post));
    }
    let empty: Vec<String> = gaps(Some(unit), posts, day)
        .into_iter()
        .filter_map(|gap| if let Gap::EmptyPost(title) = gap { Some(title) } else { None })
        .collect();
    if !empty.is_empty() {
        text.push(format!("Vị trí chưa có người: {}.", empty.join("; ")));
    }
    text.push("Kính gửi Bộ Y tế để phối hợp chỉ đạo.".to_owned());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn member(seat: &str, name: &str) -> Member {
        Member {
            id: Id::from_bytes([name.len() as u8; 16]),
            seat: seat.into(),
            name: name.into(),
            post: "Phó Chủ tịch UBND tỉnh".into(),
            phone: "0297 3 000 001".into(),
            field: String::new(),
            from: date(2026, 11, 3),
            to: None,
            vice_chair: true,
            exception: None,
        }
    }

    fn unit(members: Vec<Member>) -> CoordinationUnit {
        let founding = Paper {
            number: "15/QĐ-UBND".into(),
            issued_on: date(2026, 11, 2),
            issuer: "Chủ tịch UBND tỉnh An Giang".into(),
            file: Some("00".into()),
        };
        CoordinationUnit { founding, members }
    }

    /// OX02: an empty post, a missing paper and a head by exception are said.
    #[test]
    fn gaps_are_told_gravest_first() {
        let posts = Checklist::oxygen_unit().unwrap();
        let day = date(2026, 11, 22);
        assert_eq!(gaps(None, &posts, day), [Gap::NotFounded]);
        let mut full = unit(posts.items.iter().map(|item| member(&item.key, &item.title)).collect());
        assert_eq!(gaps(Some(&full), &posts, day), []);
        full.founding.file = None;
        full.members[0] =
            Member {
                vice_chair: false, exception: Some("khuyết Phó Chủ tịch".into()), ..full.members[0].clone()
            };
        full.members[4].to = Some(day);
        full.members[3].phone.clear();
        let names = |gap: &Gap| format!("{gap:?}").split(['(', ' ']).next().unwrap_or_default().to_owned();
        let found: Vec<String> = gaps(Some(&full), &posts, day).iter().map(names).collect();
        assert_eq!(found, ["EmptyPost", "NoFile", "HeadByException", "NoPhone"]);
        assert_eq!(gaps(Some(&full), &posts, date(2026, 11, 21)).len(), 3, "the day before he still sat");
    }

    /// OX03: the text comes from the register, and the terms count working days.
    #[test]
    fn the_notice_is_due_late_sent_answered_outdated() {
        let (posts, calendar) = (Checklist::oxygen_unit().unwrap(), WorkingDays::shipped().unwrap());
        let unit = unit(vec![member(HEAD, "Nguyễn Văn Bưởi")]);
        let text = notice(&unit, &posts, "Tỉnh An Giang", date(2026, 11, 22));
        assert!(text[1].contains("15/QĐ-UBND ngày 02/11/2026"), "{text:?}");
        assert!(text[2].starts_with("1. Trưởng bộ phận: Nguyễn Văn Bưởi"), "{text:?}");
        assert!(text[3].starts_with("Vị trí chưa có người:") && text[3].contains("Kỹ thuật"), "{text:?}");
        let stands = |notice: Option<&UnitNotice>, today| standing(Some(&unit), notice, &text, &calendar, 3, today);
        // Founded on a Monday: three working days later is Thursday.
        assert_eq!(stands(None, date(2026, 11, 5)), NoticeStanding::Due(date(2026, 11, 5)));
        assert_eq!(stands(None, date(2026, 11, 6)), NoticeStanding::Late(date(2026, 11, 5)));
        let mut sent = UnitNotice {
            sent_on: date(2026, 11, 5),
            way: "trục liên thông".into(),
            text: text.clone(),
            answered_on: None,
            answered_by: None,
            answer_due: date(2026, 11, 16),
            number: None,
        };
        assert_eq!(stands(Some(&sent), date(2026, 11, 16)), NoticeStanding::Sent(date(2026, 11, 16)));
        assert_eq!(stands(Some(&sent), date(2026, 11, 17)), NoticeStanding::Unanswered(date(2026, 11, 16)));
        sent.answered_on = Some(date(2026, 11, 18));
        assert_eq!(stands(Some(&sent), date(2026, 11, 22)), NoticeStanding::Answered(date(2026, 11, 18)));
        sent.text.pop();
        assert_eq!(stands(Some(&sent), date(2026, 11, 22)), NoticeStanding::Outdated(date(2026, 11, 18)));
        assert_eq!(standing(None, None, &text, &calendar, 3, date(2026, 11, 22)), NoticeStanding::NothingToSend);
    }
}
