//! Who is to do what: headings that name a body, bullets, numbered orders, notes, closing orders.

use jiff::civil::Date;

use crate::deadline::{Deadline, Word};
use crate::duty::{self, Part};
use crate::number::has;
use crate::outline::{Block, Marker};
use crate::owners::{self, Named};
use crate::phrases::{is_closing, is_conditional, is_statement, is_title, last_asking};
use crate::recipients::Recipients;
use crate::scan::{find_all, is_order, skip, starts};
use crate::table;
use crate::task::{Orders, Task};
use crate::text::{Bounds, Found, Text};
use crate::until::{deadlines, haste};
use crate::words::{EXPLICIT_KINDS, REPORTS};

mod later;
mod opening;

/// What stands above an item: its owner, or that nothing is ordered there.
struct Above {
    level: u8,
    owner: Option<Found<String>>,
    report: bool,
    part: Option<Part>,
    /// An owner's heading that still waits for its first order.
    waits: bool,
}

struct Reader<'a> {
    text: &'a Text,
    recipients: &'a Recipients,
    issued: Option<Date>,
    /// Only a named body is ordered something.
    explicit: bool,
    /// A report: who is named in it does something already.
    reports: bool,
    /// Below «KIẾN NGHỊ, ĐỀ XUẤT» of a report.
    requests: bool,
    /// Whose the items without an owner are.
    default: Option<Found<String>>,
    above: Vec<Above>,
    orders: Orders,
}

/// What the body is read with.
pub(crate) struct Frame<'a> {
    pub(crate) recipients: &'a Recipients,
    /// The letter's own day.
    pub(crate) issued: Option<Date>,
    pub(crate) kind: Option<&'a str>,
    /// The cells of a row.
    pub(crate) cells: &'a dyn Fn(Bounds) -> Vec<Bounds>,
}

/// Reads the body.
pub(crate) fn orders(text: &Text, body: &[Block], frame: &Frame<'_>) -> Orders {
    let explicit = frame.kind.is_some_and(|kind| EXPLICIT_KINDS.contains(&kind));
    let default = if explicit { None } else { owners::default_owner(frame.recipients) };
    let recipients = frame.recipients;
    let mut reader = Reader {
        text,
        recipients,
        issued: frame.issued,
        explicit,
        reports: frame.kind.is_some_and(|kind| kind == "Báo cáo"),
        requests: false,
        default,
        above: Vec::new(),
        orders: Orders::default(),
    };
    let headings = body.iter().any(|block| block.marker == Marker::Heading);
    let first = body.iter().position(|block| block.marker != Marker::Plain).unwrap_or(body.len());
    reader.opening(body.get(..first).unwrap_or_default(), headings, first < body.len());
    let mut columns = None;
    for (index, block) in body.iter().enumerate().skip(first) {
        let rest = body.get(index + 1..).unwrap_or_default();
        match block.marker {
            Marker::Row => {
                let cells = (frame.cells)(block.bounds);
                match table::header(text, &cells) {
                    Some(found) => columns = Some(found),
                    None => reader.row(columns, &cells),
                }
            }
            Marker::Heading | Marker::Bullet => reader.item(block, rest),
            Marker::Plain => reader.plain(block.bounds, rest),
        }
    }
    reader.orders
}

impl Reader<'_> {
    /// What stands above an item of a level.
    fn enter(&mut self, level: u8) {
        self.above.retain(|above| above.level < level);
    }

    fn owner(&self) -> Option<Found<String>> {
        self.above.iter().rev().find_map(|above| above.owner.clone())
    }

    /// A heading or a bullet.
    fn item(&mut self, block: &Block, rest: &[Block]) {
        let (text, bounds, level) = (self.text, block.bounds, block.level);
        self.enter(level);
        let opens = rest.iter().find(|next| next.marker != Marker::Plain);
        let listed = opens.is_some_and(|next| next.level > level || next.marker == Marker::Row)
            && rest.first().is_some_and(|next| next.marker != Marker::Plain || text.slice(bounds).ends_with(':'));
        let title = is_title(text, bounds) && block.marker == Marker::Heading;
        let report = self.above.iter().any(|above| above.report);
        let low = text.low(bounds);
        let reports = REPORTS
            .iter()
            .any(|words| starts(low, words) || low.strip_prefix("về ").is_some_and(|low| starts(low, words)));
        if block.marker == Marker::Heading && reports && (title || listed || !is_order(low)) {
            self.above.push(Above { level, owner: None, report: true, part: None, waits: false });
            if !title {
                self.orders.goals.push(text.quote(bounds, 60));
            }
            return;
        }
        if report {
            self.orders.goals.push(text.quote(bounds, 65));
            return;
        }
        if level == 1 {
            self.requests = has(text, bounds, &["kiến nghị", "đề xuất", "đề nghị"]);
        }
        if self.officers(bounds) {
            return;
        }
        let inside = self.owner().is_some();
        let named = owners::named(text, bounds).filter(|named| block.marker == Marker::Heading || named.rest.is_some());
        // A report tells what bodies do; it orders only where it asks.
        let named = named.filter(|named| named.asked || !self.reports || self.requests);
        let (named, later) = match named {
            Some(named) => (Some(named), false),
            None => (self.given_later(bounds), true),
        };
        match named {
            // A bullet of an owner may begin with another body: it stays his, unless it is given to that body.
            Some(named)
                if !(!later && is_statement(text, bounds)
                    || inside && !named.asked && block.marker == Marker::Bullet) =>
            {
                self.named(&named, level, listed);
            }
            _ => {
                let owner = self.owner().or_else(|| self.default.clone());
                let container = listed && (text.slice(bounds).ends_with(':') || title || !is_order(low));
                let heads = rest.first().is_some_and(|next| next.marker == Marker::Plain);
                if container
                    || title && (listed || heads && !is_order(low))
                    || crate::layout::is_capitals(text.slice(bounds))
                {
                    // «Phối hợp với các thôn giám sát:» says the role of what stands below it.
                    let part = Some(duty::part(text, bounds)).filter(|part| *part != Part::Carry && is_order(low));
                    self.above.push(Above { level, owner: None, report: false, part, waits: false });
                } else if owner.is_some() && !is_statement(text, bounds) {
                    self.push(owner, bounds, 88);
                } else {
                    self.orders.goals.push(text.quote(bounds, 60));
                }
            }
        }
    }

    /// An item that names its owner.
    fn named(&mut self, named: &Named, level: u8, listed: bool) {
        let text = self.text;
        let owner = Some(owners::quote(text, named.owner, 93));
        let leads = named
            .rest
            .is_some_and(|rest| listed && text.normal.get(rest.end..).is_some_and(|after| after.starts_with(':')));
        let Some(rest) = named.rest.filter(|_| !leads) else {
            let part = named.rest.map(|rest| duty::part(text, rest));
            let part = part.filter(|part| matches!(part, Part::Lead | Part::Direct));
            self.above.push(Above { level, owner, report: false, part, waits: !leads && !listed });
            return;
        };
        self.above.push(Above { level, owner: owner.clone(), report: false, part: None, waits: false });
        self.given(named, rest, owner);
    }

    /// The orders of «Giao X …; Y …. Giao Z …»: one for each body.
    fn given(&mut self, first: &Named, rest: Bounds, owner: Option<Found<String>>) {
        let text = self.text;
        let (mut printed, mut rest, mut owner, mut asked) = (first.printed, rest, owner, first.asked);
        loop {
            let carried = starts(text.low(rest), "chịu trách nhiệm thi hành");
            if carried || is_closing(text, rest) && !self.is_deliverable(rest) {
                return;
            }
            let Some((at, next, order)) = asked.then(|| self.next_owner(rest)).flatten() else {
                self.push_of(owner, printed, rest, 88);
                return;
            };
            self.push_of(owner, printed, text.trim(Bounds::new(rest.start, at), &[';']), 88);
            (owner, printed, rest, asked) = (Some(owners::quote(text, next.owner, 85)), next.printed, order, true);
        }
    }

    /// Where in an order the next body is given one.
    fn next_owner(&self, rest: Bounds) -> Option<(usize, Named, Bounds)> {
        let text = self.text;
        let stops = text.slice(rest).match_indices(['.', ';']).map(|(at, _)| rest.start + at + 1);
        stops.into_iter().find_map(|at| {
            let from = skip(&text.normal, at, &[' ', '\n']);
            let piece = Bounds::new(from.min(rest.end), rest.end);
            let capital = text.slice(piece).chars().next().is_some_and(char::is_uppercase);
            let after_stop = text.normal.get(..at).is_some_and(|head| head.ends_with('.'));
            let next = owners::named(text, piece).filter(|_| capital)?;
            let order = next.rest?;
            (next.asked || !after_stop).then_some((at - 1, next, order))
        })
    }

    /// A row of a table of tasks.
    fn row(&mut self, columns: Option<table::Columns>, cells: &[Bounds]) {
        let text = self.text;
        let Some(row) = columns.and_then(|columns| table::row(text, columns, cells)) else { return };
        self.push(Some(text.quote(row.owner, 90)), row.order, 88);
        let issued = self.issued;
        if let Some(task) = self.orders.tasks.last_mut() {
            task.part = Part::Lead;
            task.partners = row.partners.map(|cell| text.quote(cell, 88)).into_iter().collect();
            if let Some(until) = row.until {
                task.deadlines.extend(deadlines(text, until, issued));
                // A bare day in the column of the terms still counts.
                let bare = crate::date::date_at(&text.lower, until.start);
                let day = bare.filter(|_| task.deadlines.is_empty()).and_then(|(day, end)| Some((day.date()?, end)));
                if let Some((day, end)) = day.filter(|(_, end)| *end <= until.end) {
                    let deadline = Deadline::Absolute { word: Word::Latest, day, clock: None };
                    task.deadlines.push(text.found(deadline, Bounds::new(until.start, end), 80));
                }
            }
        }
    }

    /// A paragraph below the first item.
    fn plain(&mut self, bounds: Bounds, rest: &[Block]) {
        let text = self.text;
        let waits = self.above.last().is_some_and(|above| above.waits);
        if self.above.iter().any(|above| above.report) && rest.iter().any(|next| next.marker != Marker::Plain) {
            if has(text, bounds, &["yêu cầu", "đề nghị", "tập trung", "kiên quyết"]) {
                self.orders.goals.push(text.quote(bounds, 65));
            }
            return;
        }
        if waits && is_order(text.low(bounds)) {
            if let Some(above) = self.above.last_mut() {
                above.waits = false;
            }
            self.push(self.owner(), bounds, 88);
            return;
        }
        let note = find_all(text, bounds, &["riêng", "giao", "đề nghị"]).into_iter().find(|hit| {
            let before = text.low(Bounds::new(bounds.start, hit.start)).trim_end();
            before.is_empty() || before.ends_with(':') || before.ends_with('.') && text.low(*hit) == "giao"
        });
        let conditional = is_conditional(text, bounds);
        if let Some(hit) = note.filter(|_| !conditional) {
            let named = owners::named(text, Bounds::new(hit.start, bounds.end));
            let said = |rest: Bounds| !is_closing(text, rest) || self.is_deliverable(rest);
            if let Some((named, rest)) =
                named.and_then(|named| named.rest.filter(|rest| said(*rest)).map(|rest| (named, rest)))
            {
                let orders = text.low(hit) != "đề nghị" || self.explicit || self.is_deliverable(bounds);
                if orders {
                    let owner = Some(owners::quote(text, named.owner, 85));
                    self.given(&named, rest, owner);
                    return;
                }
            }
        }
        // «Bệnh viện X có trách nhiệm hỗ trợ …» below the list.
        let bound = owners::named(text, bounds).and_then(|named| {
            let rest = named.rest.filter(|rest| starts(text.low(*rest), "có trách nhiệm"))?;
            (!is_closing(text, rest)).then_some((named, rest))
        });
        if let Some((named, rest)) = bound.filter(|_| !self.explicit && !conditional) {
            self.push(Some(owners::quote(text, named.owner, 80)), rest, 78);
            return;
        }
        // A closing paragraph is a task where something is handed in, or by a day.
        let asks = has(text, bounds, &["yêu cầu", "đề nghị"]);
        let ends = rest.iter().all(|next| next.marker == Marker::Plain);
        if !ends || conditional || self.explicit && !asks || !self.is_deliverable(bounds) {
            return;
        }
        let own = owners::named(text, bounds).filter(|named| named.rest.is_some_and(|rest| is_order(text.low(rest))));
        let asked = owners::asked(text, last_asking(text, bounds)).map(|name| text.quote(name, 80));
        match (own, asked) {
            (Some(named), None) => {
                let owner = Some(text.quote(named.owner, 80));
                self.push(owner, named.rest.unwrap_or(bounds), 80);
            }
            (_, Some(asked)) => {
                let known = self.recipients.to.len() == 1
                    && owners::is_addressed(self.recipients, &asked.value)
                    && !owners::is_narrowed(&asked.value);
                let owner = if known { owners::default_owner(self.recipients) } else { Some(asked) };
                self.push(owner, bounds, 82);
            }
            (None, None) if asks || is_order(text.low(bounds)) || starts(text.low(bounds), "kết quả") => {
                self.push(self.default.clone(), bounds, 75)
            }
            _ => {}
        }
    }

    /// An item that names officers by field is one task, of nobody else.
    fn officers(&mut self, bounds: Bounds) -> bool {
        let text = self.text;
        let low = text.low(bounds);
        let officers = duty::officers(text, bounds);
        // «Phân công các đồng chí …:» with an item for each of them.
        let alone = officers.first().is_some_and(|officer| officer.place.start == text.place(bounds).start);
        if alone {
            self.push(None, bounds, 80);
            return true;
        }
        let opens = starts(low, "phân công") && !officers.is_empty();
        if opens {
            let first = find_all(text, bounds, &["đồng chí", "đ/c"]).first().map_or(bounds.start, |hit| hit.start);
            let from = if self.owner().is_some() { bounds.start } else { first };
            self.push(self.owner(), Bounds::new(from, bounds.end), 80);
        }
        opens
    }

    /// Whether a paragraph asks for something that can be handed in, or by a day.
    fn is_deliverable(&self, bounds: Bounds) -> bool {
        let sends = [
            "gửi về",
            "báo cáo về",
            "gửi báo cáo",
            "gửi kết quả",
            "báo cáo kết quả",
            "báo cáo bằng văn bản",
            "gửi danh sách",
        ];
        has(self.text, bounds, &sends) || !deadlines(self.text, bounds, self.issued).is_empty()
    }

    fn push_of(&mut self, owner: Option<Found<String>>, printed: Bounds, bounds: Bounds, sure: u8) {
        let before = self.orders.tasks.len();
        self.push(owner, bounds, sure);
        let headed = crate::scan::without_head(self.text, printed).start > printed.start;
        let answers = starts(self.text.low(bounds), "chịu trách nhiệm");
        if let Some(task) = self.orders.tasks.get_mut(before).filter(|_| headed && answers) {
            task.accountable.push(self.text.quote(printed, 85));
        }
    }

    fn push(&mut self, owner: Option<Found<String>>, bounds: Bounds, sure: u8) {
        let text = self.text;
        let bounds = text.trim(bounds, &[]);
        if bounds.start == bounds.end {
            return;
        }
        let quotes = |places: Vec<Bounds>, sure: u8| places.into_iter().map(|place| text.quote(place, sure)).collect();
        let addressees = !self.recipients.to.is_empty();
        let unaddressed =
            owner.as_ref().is_some_and(|owner| addressees && !owners::is_addressed(self.recipients, &owner.value));
        let inherited = self.above.iter().rev().find_map(|above| above.part);
        let mut executors = duty::executors(text, bounds);
        // «Ban cán sự đảng chỉ đạo:» / «- Sở Y tế mở rộng …»
        if let (Some(Part::Direct), Some((name, true))) = (inherited, crate::scan::body_name(text, bounds)) {
            executors.push(crate::scan::without_head(text, name));
        }
        self.orders.tasks.push(Task {
            owner_is_unaddressed: unaddressed,
            part: inherited
                .filter(|_| duty::part(text, bounds) == Part::Carry)
                .unwrap_or_else(|| duty::part(text, bounds)),
            text: text.quote(bounds, sure),
            subtasks: quotes(duty::subtasks(text, bounds), 92),
            executors: quotes(executors, 85),
            partners: quotes(duty::partners(text, bounds), 80),
            accountable: quotes(duty::accountable(text, bounds), 75),
            officers: duty::officers(text, bounds),
            deadlines: deadlines(text, bounds, self.issued),
            haste: haste(text, bounds),
            report_to: duty::report_to(text, bounds).map(|place| text.quote(place, 80)),
            submit_to: duty::submit_to(text, bounds).map(|place| text.quote(place, 75)),
            owner,
        });
    }
}
