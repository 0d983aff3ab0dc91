//! Who is to do what: headings that name a body, bullets, numbered orders, notes, closing orders.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::deadline::{Deadline, deadlines, haste};
use crate::duty::{self, Officer, Part};
use crate::layout::{Block, Marker};
use crate::number::has;
use crate::recipients::Recipients;
use crate::scan::{body_name, find_all, is_body, is_order, sentences, skip, starts};
use crate::text::{Bounds, Found, Text};

/// One task as the letter gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Who is to do it, as the text names it; `None` where it does not say.
    pub owner: Option<Found<String>>,
    /// The owner gets a task and is not addressed: somebody must tell him.
    pub owner_is_unaddressed: bool,
    /// What the owner does in it.
    pub part: Part,
    /// The order, word for word, with its place.
    pub text: Found<String>,
    /// Inline (1) (2) (3).
    pub subtasks: Vec<Found<String>>,
    /// Whom the owner must direct.
    pub executors: Vec<Found<String>>,
    /// With whom.
    pub partners: Vec<Found<String>>,
    /// The head who answers for it.
    pub accountable: Vec<Found<String>>,
    /// Officers named by field.
    pub officers: Vec<Found<Officer>>,
    /// Until when, as printed.
    pub deadlines: Vec<Found<Deadline>>,
    /// Words of haste: a leader may set a day, nothing is overdue before.
    pub haste: Vec<Found<String>>,
    /// To whom it is reported.
    pub report_to: Option<Found<String>>,
}

/// Orders: tasks, and what stands above them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// In the order of the text.
    pub tasks: Vec<Task>,
    /// Orders that open a letter with numbered headings: goals, not tasks.
    pub goals: Vec<Found<String>>,
}

/// Longest heading that only names a body, in letters.
const LONGEST_HEADING: usize = 140;

/// Headings under which nothing is ordered.
const REPORTS: &[&str] = &[
    "về tình hình",
    "tình hình",
    "quan điểm",
    "đánh giá",
    "kết quả",
    "thực trạng",
    "mục tiêu",
    "mục đích",
    "nguyên nhân",
    "tồn tại",
    "hạn chế",
    "ưu điểm",
];

struct Reader<'a> {
    text: &'a Text,
    recipients: &'a Recipients,
    issued: Option<Date>,
    orders: Orders,
}

/// Reads the body.
pub(crate) fn orders(text: &Text, body: &[Block], recipients: &Recipients, issued: Option<Date>) -> Orders {
    let mut reader = Reader { text, recipients, issued, orders: Orders::default() };
    let headings = body.iter().any(|block| block.marker == Marker::Heading);
    let first = body.iter().position(|block| block.marker != Marker::Plain).unwrap_or(body.len());
    reader.opening(body.get(..first).unwrap_or_default(), headings, first < body.len());
    reader.rest(body.get(first..).unwrap_or_default());
    reader.orders
}

impl Reader<'_> {
    /// What stands before the first heading or bullet.
    fn opening(&mut self, blocks: &[Block], headings: bool, listed: bool) {
        for (index, block) in blocks.iter().enumerate() {
            let (text, bounds) = (self.text, block.bounds);
            let asks = has(text, bounds, &["yêu cầu", "đề nghị", "chỉ đạo", "giao"]);
            if !listed {
                if asks && self.is_deliverable(bounds) {
                    let owner = self.asked(bounds).or_else(|| self.default_owner());
                    self.push(owner, bounds, 75);
                } else if asks {
                    self.orders.goals.push(text.quote(bounds, 70));
                }
                continue;
            }
            // Where a letter has bullets only, the order that opens them is one task.
            let opens = index + 1 == blocks.len() && !headings;
            let ordered = sentences(text, bounds).into_iter().any(|sentence| is_order(text.low(sentence)));
            let only_names = starts(text.low(bounds), "thực hiện") && !text.slice(bounds).ends_with(':');
            if opens && ordered && !only_names {
                let owner = self.default_owner();
                self.push(owner, bounds, 80);
            } else if asks {
                self.orders.goals.push(text.quote(bounds, 70));
            }
        }
    }

    fn rest(&mut self, blocks: &[Block]) {
        let text = self.text;
        let mut owner: Option<Found<String>> = None;
        let mut report = false;
        // Whether an owner's heading still waits for its first order.
        let mut waits = false;
        for (index, block) in blocks.iter().enumerate() {
            let bounds = block.bounds;
            match block.marker {
                Marker::Heading => {
                    report = REPORTS.iter().any(|words| starts(text.low(bounds), words));
                    let named = if report { None } else { self.heading(bounds) };
                    match named {
                        Some((name, rest)) => {
                            owner = Some(text.quote(name, 93));
                            waits = rest.is_none();
                            if let Some(rest) = rest {
                                self.push(owner.clone(), rest, 88);
                            }
                        }
                        None => {
                            let listed = blocks.get(index + 1).is_some_and(|next| next.marker == Marker::Bullet);
                            let capitals = crate::layout::is_capitals(text.slice(bounds));
                            let title = text.slice(bounds).ends_with(':') || listed || capitals;
                            // a) under an owner is an order of his; a new section ends him.
                            let inside = owner.is_some()
                                && text.normal.get(..bounds.start).is_some_and(|head| head.ends_with(") "));
                            if !inside {
                                owner = None;
                            }
                            waits = false;
                            if !report
                                && is_order(text.low(bounds))
                                && !(title && text.slice(bounds).chars().count() < LONGEST_HEADING)
                            {
                                let owner = owner.clone().or_else(|| self.default_owner());
                                self.push(owner, bounds, 88);
                            }
                        }
                    }
                }
                Marker::Bullet if report => self.orders.goals.push(text.quote(bounds, 65)),
                Marker::Bullet => {
                    waits = false;
                    match self.heading(bounds).filter(|(_, rest)| rest.is_some()) {
                        Some((name, Some(rest))) if owner.is_none() => self.push(Some(text.quote(name, 85)), rest, 85),
                        _ => {
                            let owner = owner.clone().or_else(|| self.default_owner());
                            self.push(owner, bounds, 90);
                        }
                    }
                }
                Marker::Plain => {
                    if let Some((name, rest)) = self.note(bounds) {
                        self.push(Some(text.quote(name, 85)), rest, 80);
                    } else if waits && owner.is_some() && is_order(text.low(bounds)) {
                        self.push(owner.clone(), bounds, 88);
                    } else if report || owner.is_none() && blocks.get(index + 1).is_some() {
                        if has(text, bounds, &["yêu cầu", "đề nghị", "tập trung", "kiên quyết"]) {
                            self.orders.goals.push(text.quote(bounds, 65));
                        }
                    } else if self.is_deliverable(bounds) {
                        let owner = self.asked(bounds).or_else(|| self.default_owner());
                        self.push(owner, bounds, 82);
                    }
                }
            }
        }
    }

    /// A heading that names a body: its name, and the order on the same line.
    fn heading(&self, bounds: Bounds) -> Option<(Bounds, Option<Bounds>)> {
        let text = self.text;
        let mut from = bounds.start;
        for words in ["đối với", "giao", "đề nghị", "yêu cầu"] {
            if starts(text.low(Bounds::new(from, bounds.end)), words) {
                from = skip(&text.normal, from + words.len(), &[' ', '\n']);
            }
        }
        let whole = Bounds::new(from, bounds.end.max(from));
        let (name, verb) = body_name(text, whole)?;
        let rest = text.trim(Bounds::new(name.end, bounds.end), &[':', ',', '.', ';']);
        if text.slice(name).chars().count() > LONGEST_HEADING {
            return None;
        }
        let ordered = verb || is_order(text.low(rest));
        let rest = (rest.start < rest.end).then_some(rest);
        (rest.is_none() || ordered).then_some((name, rest))
    }

    /// «Riêng Bệnh viện Đa khoa tỉnh cần …».
    fn note(&self, bounds: Bounds) -> Option<(Bounds, Bounds)> {
        let text = self.text;
        let head = find_all(text, bounds, &["riêng", "giao"]).into_iter().find(|hit| {
            let before = text.low(Bounds::new(bounds.start, hit.start)).trim_end();
            before.is_empty() || before.ends_with([':', '.', ';'])
        })?;
        let from = skip(&text.normal, head.end, &[' ', '\n']);
        let from = match text.lower.get(from..).filter(|rest| starts(rest, "đối với")) {
            Some(_) => skip(&text.normal, from + "đối với".len(), &[' ', '\n']),
            None => from,
        };
        let (name, verb) = body_name(text, Bounds::new(from, bounds.end.max(from)))?;
        let rest = text.trim(Bounds::new(name.end, bounds.end), &[',', ':']);
        (verb && rest.start < rest.end).then_some((name, rest))
    }

    /// Whether a closing paragraph asks for something that can be handed in, or by a day.
    fn is_deliverable(&self, bounds: Bounds) -> bool {
        let sends = ["gửi về", "báo cáo về", "gửi báo cáo", "gửi kết quả", "báo cáo kết quả", "báo cáo bằng văn bản"];
        has(self.text, bounds, &sends) || !deadlines(self.text, bounds, self.issued).is_empty()
    }

    /// «Sở Y tế yêu cầu các đơn vị …»: whom it asks, where that is not the addressee himself.
    fn asked(&self, bounds: Bounds) -> Option<Found<String>> {
        let hit = find_all(self.text, bounds, &["yêu cầu", "đề nghị", "giao"]).into_iter().next()?;
        let from = skip(&self.text.normal, hit.end, &[' ', '\n']);
        let rest = Bounds::new(from, bounds.end.max(from));
        if starts(self.text.low(rest), "đồng chí") || !is_body(self.text.low(rest)) {
            return None;
        }
        let (name, _) = body_name(self.text, rest)?;
        let named = self.text.quote(name, 80);
        // The same body by another word is the addressee.
        let known = self.is_addressed(&named.value) && self.recipients.to.len() == 1;
        (!known).then_some(named)
    }

    /// The one addressee, the short name of several, else all of them.
    fn default_owner(&self) -> Option<Found<String>> {
        match (self.recipients.to.as_slice(), &self.recipients.alias) {
            ([only], _) => Some(only.clone()),
            ([_, ..], Some(alias)) => Some(alias.clone()),
            ([first, .., last], None) => {
                let names: Vec<&str> = self.recipients.to.iter().map(|name| name.value.as_str()).collect();
                let place = crate::text::Place { start: first.place.start, end: last.place.end.max(first.place.start) };
                Some(Found { value: names.join("; "), place, percent: 75 })
            }
            ([], _) => None,
        }
    }

    fn is_addressed(&self, name: &str) -> bool {
        let name = key(name);
        let joined = self.recipients.to.iter().map(|one| key(&one.value)).collect::<Vec<_>>().join("; ");
        let alias = self.recipients.alias.as_ref().map(|alias| key(&alias.value));
        let one = |one: &Found<String>| {
            let one = key(&one.value);
            one == name || one.starts_with(&format!("{name} ")) || name.starts_with(&format!("{one} "))
        };
        self.recipients.to.iter().any(one) || alias.is_some_and(|alias| alias == name) || joined == name
    }

    fn push(&mut self, owner: Option<Found<String>>, bounds: Bounds, sure: u8) {
        let text = self.text;
        let bounds = text.trim(bounds, &[]);
        if bounds.start == bounds.end {
            return;
        }
        let quotes = |places: Vec<Bounds>, sure: u8| places.into_iter().map(|place| text.quote(place, sure)).collect();
        let addressees = !self.recipients.to.is_empty();
        let unaddressed = owner.as_ref().is_some_and(|owner| addressees && !self.is_addressed(&owner.value));
        let general = owner.as_ref().is_some_and(|owner| ["đơn vị", "cơ sở"].contains(&key(&owner.value).as_str()));
        self.orders.tasks.push(Task {
            owner_is_unaddressed: unaddressed && !general,
            part: duty::part(text, bounds),
            text: text.quote(bounds, sure),
            subtasks: quotes(duty::subtasks(text, bounds), 92),
            executors: quotes(duty::executors(text, bounds), 85),
            partners: quotes(duty::partners(text, bounds), 80),
            accountable: quotes(duty::accountable(text, bounds), 75),
            officers: duty::officers(text, bounds),
            deadlines: deadlines(text, bounds, self.issued),
            haste: haste(text, bounds),
            report_to: duty::report_to(text, bounds).map(|place| text.quote(place, 80)),
            owner,
        });
    }
}

/// A name to compare: small, «UBND» written out, «các» and «tất cả» left out.
fn key(name: &str) -> String {
    let low = name
        .to_lowercase()
        .replace("uỷ ban", "ủy ban")
        .replace("ubnd", "ủy ban nhân dân")
        .replace("ttyt", "trung tâm y tế");
    low.trim_start_matches("tất cả ").trim_start_matches("các ").trim().to_owned()
}
