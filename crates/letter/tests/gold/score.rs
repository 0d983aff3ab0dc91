//! Precision and recall per field.
//!
//! How each field is compared: numbers, dates, deadlines, figures, kinds and roles exactly; names and phrases
//! after NFC in small letters, blanks and tone placement folded, «UBND» written out, commas, quotes and closing stops
//! dropped. A task is found where the owner is the same and the piece of its order that the clerk wrote stands in the
//! text that was read. What is said about a task counts as missed where the task was not found, and as invented
//! where the task is none.

use std::collections::BTreeMap;

use letter::{Deadline, Every, Family, Letter, Missing, On, Qualifier, Role, Urgency, Word};

use crate::clerk::{Clerk, Pair, Task};

/// Counts of one field.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pub right: usize,
    pub invented: usize,
    pub missed: usize,
}

impl Score {
    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.invented)
    }

    pub fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// All fields, and what differs in words.
#[derive(Default)]
pub struct Scores {
    pub fields: BTreeMap<&'static str, Score>,
    pub differences: Vec<String>,
}

/// A phrase to compare.
pub fn fold(text: &str) -> String {
    let normal = letter::Text::new(text).normal().to_lowercase();
    let mut folded =
        normal.replace("ubnd", "ủy ban nhân dân").replace("uỷ", "ủy").replace("oà", "òa").replace("oá", "óa");
    folded.retain(|letter| !",\"“”«»".contains(letter));
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ").trim_matches(|letter| ".;:-".contains(letter) || letter == ' ').to_owned()
}

impl Scores {
    /// Compares two multisets.
    fn sets(&mut self, letter: &str, field: &'static str, mut read: Vec<String>, wanted: Vec<String>) {
        let score = self.fields.entry(field).or_default();
        let mut missed = Vec::new();
        for one in wanted {
            match read.iter().position(|other| *other == one) {
                Some(at) => {
                    read.remove(at);
                    score.right += 1;
                }
                None => missed.push(one),
            }
        }
        score.invented += read.len();
        score.missed += missed.len();
        if !read.is_empty() || !missed.is_empty() {
            self.differences.push(format!("{letter} {field}: read too much {read:?}, missed {missed:?}"));
        }
    }

    fn one(&mut self, letter: &str, field: &'static str, read: Option<String>, wanted: Option<String>) {
        self.sets(letter, field, read.into_iter().collect(), wanted.into_iter().collect());
    }

    /// Reads a letter and compares every field.
    pub fn add(&mut self, pair: &Pair) {
        let read = letter::read(&pair.text).expect("no secret paper");
        let (name, clerk) = (pair.name.as_str(), &pair.clerk);
        self.head(name, &read, clerk);
        self.tasks(name, &read, clerk, &pair.text);
        self.tail(name, &read, clerk);
    }

    fn head(&mut self, name: &str, read: &Letter, clerk: &Clerk) {
        let phrase = |found: &Option<letter::Found<String>>| found.as_ref().map(|found| fold(&found.value));
        let wanted = |text: &Option<String>| text.as_deref().map(fold);
        let family = read.family.as_ref().map(|family| match family.value {
            Family::Government => "government".to_owned(),
            Family::Party => "party".to_owned(),
        });
        self.one(name, "family", family, clerk.family.clone());
        self.one(name, "issuer", phrase(&read.issuer), wanted(&clerk.issuer));
        self.one(name, "parent_body", phrase(&read.parent_body), wanted(&clerk.parent_body));
        self.one(name, "number", read.number.as_ref().map(|one| one.value.written.clone()), clerk.number.clone());
        self.one(name, "date", read.date.as_ref().map(|date| day(date.value)), clerk.date.clone());
        self.one(name, "place", phrase(&read.place), wanted(&clerk.place));
        self.one(name, "kind", phrase(&read.kind), wanted(&clerk.kind));
        self.one(name, "subject", phrase(&read.subject), wanted(&clerk.subject));
        let urgency = read.urgency.as_ref().map(|found| match found.value {
            Urgency::Urgent => "khan".to_owned(),
            Urgency::VeryUrgent => "thuong_khan".to_owned(),
            Urgency::Immediate => "hoa_toc".to_owned(),
        });
        self.one(name, "urgency", urgency, clerk.urgency.clone());
        let to = read.recipients.to.iter().map(|one| fold(&one.value)).collect();
        self.sets(name, "recipients", to, clerk.recipients.iter().map(|one| fold(one)).collect());
        self.one(name, "alias", phrase(&read.recipients.alias), wanted(&clerk.alias));
        let dated = |number: &str, date: &str| format!("{number} {date}").trim_end().to_owned();
        let references: Vec<(String, Role)> = read
            .references
            .iter()
            .map(|found| {
                (dated(&found.value.number.written, &found.value.date.map_or(String::new(), day)), found.value.role)
            })
            .collect();
        let known: Vec<String> = clerk.references.iter().map(|(number, date, _)| dated(number, date)).collect();
        self.sets(name, "references", references.iter().map(|one| one.0.clone()).collect(), known.clone());
        let roles = references.into_iter().filter(|one| known.contains(&one.0));
        let roles = roles.map(|(number, as_what)| format!("{number} {}", role(as_what))).collect();
        let wanted_roles =
            clerk.references.iter().map(|(number, date, role)| format!("{} {role}", dated(number, date)));
        self.sets(name, "role of references", roles, wanted_roles.collect());
    }

    fn tasks(&mut self, name: &str, read: &Letter, clerk: &Clerk, pair_text: &str) {
        let owner = |task: &letter::Task| task.owner.as_ref().map_or(String::new(), |owner| fold(&owner.value));
        let text = |task: &letter::Task| fold(&task.text.value);
        let mut left: Vec<&letter::Task> = read.tasks.iter().collect();
        let mut matched: Vec<(&Task, Option<&letter::Task>)> = Vec::new();
        for wanted in &clerk.tasks {
            let at = left
                .iter()
                .position(|task| owner(task) == fold(&wanted.owner) && text(task).contains(&fold(&wanted.text)));
            matched.push((wanted, at.map(|at| left.remove(at))));
        }
        let score = self.fields.entry("tasks").or_default();
        score.right += matched.iter().filter(|(_, task)| task.is_some()).count();
        score.missed += matched.iter().filter(|(_, task)| task.is_none()).count();
        score.invented += left.len();
        for (wanted, _) in matched.iter().filter(|(_, task)| task.is_none()) {
            self.differences.push(format!("{name} tasks: missed {} | {}", wanted.owner, wanted.text));
        }
        for task in &left {
            self.differences.push(format!("{name} tasks: invented {} | {}", owner(task), task.text.value));
        }
        let left = left.into_iter().map(|task| (None, Some(task)));
        for (wanted, task) in matched.into_iter().map(|(wanted, task)| (Some(wanted), task)).chain(left) {
            let read = |what: &dyn Fn(&letter::Task) -> Vec<String>| task.map(what).unwrap_or_default();
            let gold = |what: &dyn Fn(&Task) -> Vec<String>| wanted.map(what).unwrap_or_default();
            let folded = |found: &[letter::Found<String>]| found.iter().map(|one| fold(&one.value)).collect();
            if let (Some(wanted), Some(task)) = (wanted, task) {
                self.one(name, "part of the owner", Some(part(task.part)), Some(wanted.part.clone()));
            }
            let printed = |place: letter::Place| pair_text.get(place.start..place.end).unwrap_or_default();
            let until =
                |task: &letter::Task| task.deadlines.iter().map(|one| until(one.value, printed(one.place))).collect();
            self.sets(name, "deadlines", read(&until), gold(&|task| task.deadlines.clone()));
            let count = |count: usize| if count == 0 { Vec::new() } else { vec![count.to_string()] };
            self.sets(name, "subtasks", read(&|task| count(task.subtasks.len())), gold(&|task| count(task.subtasks)));
            let heads = gold(&|task| task.accountable.iter().map(|one| fold(one)).collect());
            self.sets(name, "accountable", read(&|task| folded(&task.accountable)), heads);
            if let Some(partners) = wanted.and_then(|task| task.partners.as_ref()) {
                let partners = partners.iter().map(|one| fold(one)).collect();
                self.sets(name, "partners", read(&|task| folded(&task.partners)), partners);
            }
        }
        let executors = read.tasks.iter().flat_map(|task| &task.executors).map(|one| fold(&one.value)).collect();
        self.sets(name, "executors", executors, clerk.executors.iter().map(|one| fold(one)).collect());
        let officers = read.tasks.iter().flat_map(|task| &task.officers);
        let officers = officers.map(|one| format!("{}: {}", fold(&one.value.name), fold(&one.value.field))).collect();
        let wanted = clerk.officers.iter().map(|(name, field)| format!("{}: {}", fold(name), fold(field))).collect();
        self.sets(name, "officers", officers, wanted);
        let mut unaddressed: Vec<String> =
            read.tasks.iter().filter(|task| task.owner_is_unaddressed).map(owner).collect();
        unaddressed.sort();
        unaddressed.dedup();
        self.sets(name, "unaddressed", unaddressed, clerk.unaddressed.iter().map(|one| fold(one)).collect());
        let report_to = read.report_to.as_ref().map(|found| fold(&found.value));
        self.one(name, "report_to", report_to, clerk.report_to.as_deref().map(fold));
    }

    fn tail(&mut self, name: &str, read: &Letter, clerk: &Clerk) {
        let figures = read.figures.iter();
        let figures = figures.map(|one| format!("{} {}", qualifier(one.value.qualifier), one.value.written)).collect();
        let wanted = clerk.figures.iter().map(|(figure, word)| format!("{} {figure}", class(word))).collect();
        self.sets(name, "figures", figures, wanted);
        let amounts = read.amounts.iter();
        let amounts =
            amounts.map(|one| format!("{} {}", qualifier(one.value.qualifier), fold(&one.value.written))).collect();
        let wanted = clerk.amounts.iter().map(|(amount, word)| format!("{} {}", class(word), fold(amount))).collect();
        self.sets(name, "amounts", amounts, wanted);
        let contacts = read.contacts.iter();
        let contacts = contacts.map(|one| {
            format!("{} {}", one.value.name.as_deref().map(fold).unwrap_or_default(), one.value.phone).trim().to_owned()
        });
        let wanted = clerk.contacts.iter().map(|(name, phone)| format!("{} {phone}", fold(name)).trim().to_owned());
        self.sets(name, "contacts", contacts.collect(), wanted.collect());
        let laws = read.laws.iter();
        let laws = laws.map(|law| {
            format!("{} {} {}", fold(&law.value.title), law.value.date.map_or(String::new(), day), role(law.value.role))
        });
        let wanted = clerk.unnumbered.iter().map(|(title, date, role)| format!("{} {date} {role}", fold(title)));
        self.sets(name, "laws", laws.collect(), wanted.collect());
        let attachments = read.attachments.iter().map(|one| fold(&one.value)).collect();
        self.sets(name, "attachments", attachments, clerk.attachments.iter().map(|one| fold(one)).collect());
        let copies = |count: usize| (0..count).map(|_| "copy".to_owned()).collect();
        self.sets(name, "copies", copies(read.copies.items.len()), copies(clerk.copies));
        let archive = read.copies.archive.as_ref().map(|found| fold(&found.value));
        self.one(name, "archive", archive, clerk.archive.as_deref().map(fold));
        let signature = read.signature.as_ref();
        let authority = signature.map(|one| one.authority.iter().map(|line| fold(&line.value)).collect());
        let wanted = clerk.authority.iter().map(|line| fold(line)).collect();
        self.sets(name, "authority", authority.unwrap_or_default(), wanted);
        let post = signature.and_then(|one| one.post.as_ref()).map(|post| fold(&post.value));
        self.one(name, "post", post, clerk.post.as_deref().map(fold));
        let signer = signature.and_then(|one| one.name.as_ref()).map(|signer| fold(&signer.value));
        self.one(name, "signer", signer, clerk.name.as_deref().map(fold));
        let parts = [(Missing::Number, "number"), (Missing::Date, "date"), (Missing::Day, "day")];
        let missing = parts.iter().filter(|(part, _)| read.missing.contains(part)).map(|(_, word)| (*word).to_owned());
        self.sets(name, "missing", missing.collect(), clerk.missing.clone());
    }
}

fn day(date: letter::Written) -> String {
    let two = |number: Option<i8>| number.map(|number| format!("-{number:02}")).unwrap_or_default();
    format!("{}{}{}", date.year.map(|year| year.to_string()).unwrap_or_default(), two(date.month), two(date.day))
}

fn role(role: Role) -> &'static str {
    match role {
        Role::LegalBasis => "legal_basis",
        Role::Implements => "implements",
        Role::Amends => "amends",
        Role::Replaces => "replaces",
        Role::Reconsiders => "reconsiders",
        Role::Mentions => "mentions",
        Role::Continues => "continues",
        Role::Answers => "answers",
    }
}

fn part(part: letter::Part) -> String {
    format!("{part:?}").to_lowercase()
}

/// A deadline as `README.md` writes it.
fn until(deadline: Deadline, text: &str) -> String {
    let hour = |clock: Option<letter::Clock>| {
        clock.map(|clock| format!(" {:02}:{:02}", clock.hour, clock.minute)).unwrap_or_default()
    };
    match deadline {
        Deadline::Absolute { word: Word::Before, day, clock } => format!("trước {day}{}", hour(clock)),
        Deadline::Absolute { word: Word::Latest, day, clock } => format!("chậm nhất {day}{}", hour(clock)),
        Deadline::Absolute { word: Word::Within, day, .. } => {
            let (year, month) = (day.year(), day.month());
            // A quarter and its last month end on the same day; the letters of the test name no such month.
            if [3, 6, 9, 12].contains(&month) && !text.to_lowercase().contains("tháng") {
                format!("trong quý {year}-Q{}", month / 3)
            } else {
                format!("trong tháng {year}-{month:02}")
            }
        }
        Deadline::Relative { days, working } => format!("trong {days} ngày{}", if working { " làm việc" } else { "" }),
        Deadline::Hours { hours } => format!("trong {hours} giờ"),
        Deadline::Periodic { every, on, clock } => {
            let every = match every {
                Every::Day => "ngày",
                Every::Week => "tuần",
                Every::Month => "tháng",
                Every::Quarter => "quý",
                Every::Year => "năm",
            };
            let on = match on {
                Some(On::Weekday(day)) => format!(" thứ {day}"),
                Some(On::Day(day)) => format!(" ngày {day}"),
                Some(On::Date { month, day }) => format!(" {month:02}-{day:02}"),
                None => String::new(),
            };
            let until = format!("{on}{}", hour(clock));
            format!("hằng {every}{}{until}", if until.is_empty() { "" } else { " trước" })
        }
    }
}

fn qualifier(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Exactly => "=",
        Qualifier::Nearly => "gần",
        Qualifier::Above => "trên",
        Qualifier::About => "khoảng",
        Qualifier::AtLeast => "ít nhất",
        Qualifier::Below => "dưới",
        Qualifier::AtMost => "không quá",
    }
}

/// Words of the clerk that mean the same limit.
fn class(word: &str) -> &str {
    match word {
        "hơn" => "trên",
        "tối thiểu" | "không dưới" | "không ít hơn" | "từ … trở lên" => "ít nhất",
        "tối đa" => "không quá",
        other => other,
    }
}
