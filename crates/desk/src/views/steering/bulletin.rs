//! The public bulletin (CM02): what the ledger gives for it, the bulletins of the province, and what anybody may read.

use document::official::{Block, Kind, OfficialDocument, Signature, write_docx};
use quantity::number::show_number;
use quantity::time::show_date;
use quantity::{Grams, Moment, Span};
use store::{Connection, register};

use super::{MOST, must};
use crate::actor::Actor;
use crate::counts::Signal;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::record::{self, Kept};
use crate::rights::Capability;
use crate::steering::bulletin::{Bulletin, BulletinId, Standing};
use crate::views::counts::province_weeks;
use crate::views::daily_report::issuer;
use crate::views::running_out::{Line, Past, running_out};

/// What the ledger says for a bulletin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// When it was asked, by the domain clock.
    pub at: Moment,
    /// Key, value where it is known, and the moment or period that it speaks of.
    pub values: Vec<(String, Option<String>, String)>,
    /// The body that issues the bulletin.
    pub issuer: String,
    /// Some of it is invented.
    pub simulated: bool,
}

impl Default for Given {
    fn default() -> Self {
        Self { at: Moment::from_micros(0), values: Vec::new(), issuer: String::new(), simulated: false }
    }
}

/// Hours of cover are told in these steps: until fewer than so many hours.
const STEPS: [(f64, &str); 3] =
    [(24.0, "dưới 1 ngày"), (72.0, "từ 1 đến dưới 3 ngày"), (168.0, "từ 3 đến dưới 7 ngày")];

/// Every figure of the list of what may be public, as the ledger gives it now. No facility is named.
pub fn figures(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Given> {
    must(actor, Capability::DraftReport)?;
    let registry = office.registry(connection, actor.province)?;
    let list = running_out(office, connection, actor, Past::default())?;
    // The list may be a moment old: its own time is what the figures speak of.
    let at = list.at;
    let lines = &list.lines;
    let heard = lines.iter().filter(|line| is_heard(line, at)).count();
    let counted: Vec<u32> =
        lines.iter().filter_map(|line| line.census).map(|census| census.census.patients()).collect();
    let patients: u64 = counted.iter().map(|count| u64::from(*count)).sum();
    let stored: Grams =
        lines.iter().filter(|line| line.outlook.read_at.is_some()).map(|line| line.outlook.usable_now.mid).sum();
    let read = lines.iter().filter(|line| line.outlook.read_at.is_some()).count();
    let weeks = province_weeks(office, connection, actor, Signal::Cases)?;
    let week = weeks.last();
    let now = format!("lúc {} ngày {}", at.show_time(), at.show_date());
    let of = |count: usize| format!("{now}, theo số liệu của {count}/{} cơ sở", lines.len());
    let values = vec![
        ("facilities_reporting", Some(format!("{heard}/{}", lines.len())), now.clone()),
        ("patients_on_oxygen", (!counted.is_empty()).then(|| show_number(patients as f64, 0)), of(counted.len())),
        ("oxygen_in_store", (read > 0).then(|| show_number(stored.as_f64() / 1e6, 1)), of(read)),
        ("cover", Some(cover(lines)), now.clone()),
        (
            "cases_of_week",
            week.map(|week| show_number(f64::from(week.count), 0)),
            week.map_or_else(
                || now.clone(),
                |week| format!("tuần kết thúc ngày {}, công bố đến {now}", show_date(week.ends)),
            ),
        ),
        ("state", Some(registry.readiness().label().to_owned()), now.clone()),
    ];
    Ok(Given {
        at,
        values: values.into_iter().map(|(key, value, of)| (key.to_owned(), value, of)).collect(),
        issuer: issuer(&registry),
        simulated: lines.iter().any(|line| line.simulated) || week.is_some_and(|week| week.simulated),
    })
}

/// Whether a facility said something in the last day.
fn is_heard(line: &Line, at: Moment) -> bool {
    let told = line.outlook.read_at.into_iter().chain(line.census.map(|census| census.at)).max();
    told.is_some_and(|told| at - told <= Span::days(1))
}

/// «dưới 1 ngày: 3; …; chưa rõ: 4», by the pessimistic end.
fn cover(lines: &[Line]) -> String {
    let hours: Vec<Option<f64>> = lines.iter().map(|line| line.outlook.hours.map(|hours| hours.low)).collect();
    let mut lower = 0.0;
    let mut parts = Vec::new();
    for (upper, words) in STEPS {
        let count = hours.iter().flatten().filter(|hours| (lower..upper).contains(*hours)).count();
        parts.push(format!("{words}: {count}"));
        lower = upper;
    }
    parts.push(format!("từ 7 ngày: {}", hours.iter().flatten().filter(|hours| **hours >= lower).count()));
    parts.push(format!("chưa rõ: {}", hours.iter().filter(|hours| hours.is_none()).count()));
    parts.join("; ")
}

/// The bulletins of the province, newest first.
#[derive(Debug, Clone)]
pub struct Bulletins {
    /// Now, by the domain clock.
    pub now: Moment,
    /// All of them.
    pub all: Vec<Kept<Bulletin>>,
}

/// The bulletins of the province.
pub fn bulletins(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Bulletins> {
    must(actor, Capability::SeeLetters)?;
    let all = record::newest::<Bulletin>(connection, actor.province, MOST)?;
    Ok(Bulletins { now: office.now(connection)?, all })
}

/// One bulletin.
pub fn bulletin(connection: &mut Connection, actor: &Actor, id: BulletinId) -> Outcome<Kept<Bulletin>> {
    must(actor, Capability::SeeLetters)?;
    record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)
}

/// What anybody may read of all command posts here: the newest approval first. Nobody asks: it needs no account.
pub fn public(connection: &mut Connection) -> Outcome<Vec<Kept<Bulletin>>> {
    let mut public = Vec::new();
    for post in register::command_posts(connection)? {
        let open = record::open::<Bulletin>(connection, post.province)?;
        public.extend(open.into_iter().filter(|kept| kept.content.is_public()));
    }
    public.sort_by_key(|kept| std::cmp::Reverse(kept.content.approved.as_ref().map(|hand| hand.at)));
    Ok(public)
}

/// One bulletin that is public, or was: of one that was taken back or replaced only that and why may be said.
pub fn public_one(connection: &mut Connection, id: BulletinId) -> Outcome<Kept<Bulletin>> {
    for post in register::command_posts(connection)? {
        let Some(kept) = record::one::<Bulletin>(connection, post.province, id)? else { continue };
        let was_public = kept.content.approved.is_some();
        let shown = match kept.content.standing {
            Standing::Approved => true,
            Standing::Replaced | Standing::Withdrawn => was_public,
            Standing::Draft | Standing::Checked => false,
        };
        if shown {
            return Ok(kept);
        }
    }
    Err(Failure::NotFound)
}

/// A bulletin as a file in the form of official documents; one that nobody has approved is marked as a draft.
pub fn docx(bulletin: &Bulletin) -> Outcome<Vec<u8>> {
    write_docx(&document_of(bulletin)).map_err(Failure::refused)
}

fn document_of(bulletin: &Bulletin) -> OfficialDocument {
    let mut body = Vec::new();
    let heading = |number: usize, text: &str| Block::Heading { number: format!("{number}."), text: text.to_owned() };
    let mut number = 1;
    if !bulletin.figures.is_empty() {
        body.push(heading(number, "Số liệu"));
        number += 1;
        for figure in &bulletin.figures {
            let value = figure.value.clone().unwrap_or_else(|| "chưa rõ".to_owned());
            let value = format!("{value} {}", figure.unit);
            body.push(Block::Bullet(format!(
                "{}: {} ({}). {}",
                figure.title,
                value.trim(),
                figure.of,
                figure.definition
            )));
        }
    }
    for (title, words) in
        [("Công tác chuẩn bị", &bulletin.preparedness), ("Mô hình, cách làm hiệu quả", &bulletin.models)]
    {
        if !words.is_empty() {
            body.push(heading(number, title));
            number += 1;
            body.extend(
                words.lines().filter(|line| !line.trim().is_empty()).map(|line| Block::Paragraph(line.to_owned())),
            );
        }
    }
    let approved = bulletin.approved.as_ref();
    OfficialDocument {
        issuer: bulletin.issuer.clone(),
        number: bulletin.number.map(|(number, _)| number.to_string()),
        date: approved.map(|hand| hand.at.date()),
        year: Some(bulletin.drafted.at.date().year()),
        kind: Kind::Named { name: "Bản tin".to_owned(), subject: bulletin.title.clone() },
        body,
        signature: Signature {
            post: "Người phê duyệt".to_owned(),
            name: approved.map(|hand| hand.name.clone()).unwrap_or_default(),
            ..Signature::default()
        },
        draft: !bulletin.is_public(),
        simulated: bulletin.simulated,
        ..OfficialDocument::default()
    }
}
