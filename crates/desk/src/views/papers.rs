//! Reports as papers: what a new one would say, where each stands, the register of numbers, and their files.

mod compose;
pub mod letters;

use std::collections::BTreeMap;

use document::official::{write_docx, write_pdf};
use document::sheet::{SheetContent, Value, write_sheet};
use jiff::civil::Date;
use place::UserId;
use place::body::Post;
use quantity::{Moment, Span};
use store::{Connection, account, blob};

pub use compose::compose;

use super::daily_sheet::layout as sheet_layout;
use crate::actor::Actor;
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::papers::content::{Content, Row};
use crate::papers::layout::ReportKind;
use crate::papers::number::NumberGiven;
use crate::papers::report::{OfficialReport, State};
use crate::papers::signer::{MayNotSign, Signer, SignsAs, posts, signer};
use crate::record::{self, Kept, RecordId};
use crate::registry::{Facility, Registry};
use crate::rights::Capability;

/// Reports listed at most.
const MOST: i64 = 400;

/// Who may see reports: those who may take figures out, in the whole province.
fn allowed(actor: &Actor) -> Outcome<()> {
    if !actor.may(Capability::ExportFigures) {
        return Err(Failure::Forbidden(Capability::ExportFigures));
    }
    if actor.sees_all() { Ok(()) } else { Err(Failure::NotFound) }
}

/// The deadline that a kind has by itself for a day.
pub fn own_due(kind: ReportKind, day: Date) -> Option<Moment> {
    kind.layout().due_hours.map(|hours| Moment::start_of(day) + Span::hours(i64::from(hours)))
}

/// The reports of a province.
#[derive(Debug, Clone)]
pub struct Reports {
    /// Now, by the domain clock.
    pub now: Moment,
    /// Newest first.
    pub reports: Vec<Kept<OfficialReport>>,
    /// Reports of yesterday and today that are due by their own layout and that nobody has begun.
    pub not_begun: Vec<(ReportKind, Date, Moment)>,
}

/// Where every report stands.
pub fn reports(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Reports> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let reports = record::newest::<OfficialReport>(connection, actor.province, MOST)?;
    let today = now.date();
    let yesterday = today.yesterday().unwrap_or(today);
    let of =
        |kind: ReportKind| reports.iter().filter(move |one| one.content.kind == kind).map(|one| one.content.period);
    let mut not_begun = Vec::new();
    for kind in ReportKind::ALL {
        for day in [yesterday, today] {
            // A province that reports for the first time owes nothing for the day before.
            let owed = day == today || of(kind).any(|period| period < day);
            if let Some(due) = own_due(kind, day).filter(|_| owed && !of(kind).any(|period| period == day)) {
                not_begun.push((kind, day, due));
            }
        }
    }
    Ok(Reports { now, reports, not_begun })
}

/// That no facility stands in a paper that its reader may not see. One that asked to be hidden is hidden in papers that
/// were signed before it asked, too: the mask is about who reads, not about when it was written (design rule 8). The
/// paper itself is not cut: what is signed is read whole, or by somebody else.
fn readable(registry: &Registry, actor: &Actor, content: &Content) -> Outcome<()> {
    let unseen = registry.facilities().iter().filter(|facility| !actor.sees(facility, registry));
    let named = |facility: &Facility| {
        content.facilities.contains(&facility.id)
            || compose::names(&content.rows, &content.registers, &facility.body.name)
    };
    if unseen.into_iter().any(named) { Err(Failure::Forbidden(Capability::KeepCommand)) } else { Ok(()) }
}

/// One report with what it says.
#[derive(Debug, Clone)]
pub struct ReportInFull {
    /// Now, by the domain clock.
    pub now: Moment,
    /// The report.
    pub report: Kept<OfficialReport>,
    /// What it says.
    pub content: Content,
    /// Its own versions: how often something was done to it.
    pub versions: usize,
    /// As whom the reader would sign it; why not, where he would not.
    pub signer: Result<Signer, MayNotSign>,
}

/// One report, in one of its issues; without one, the last.
pub fn report(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: RecordId<OfficialReport>,
    issue: Option<u32>,
) -> Outcome<ReportInFull> {
    allowed(actor)?;
    let report = record::one(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    let hash = match issue.filter(|issue| *issue != report.content.issue) {
        None => report.content.content.clone(),
        Some(issue) => {
            let earlier = report.content.earlier.iter().find(|earlier| earlier.number == issue);
            earlier.ok_or(Failure::NotFound)?.content.clone()
        }
    };
    let (_, bytes) = record::kept_file(connection, actor.province, &hash)?;
    let unreadable = |error: serde_json::Error| Failure::Store(store::StoreError::Unreadable(error.to_string()));
    let content: Content = serde_json::from_slice(&bytes).map_err(unreadable)?;
    let registry = office.registry(connection, actor.province)?;
    readable(&registry, actor, &content)?;
    let versions = record::versions(connection, actor.province, id)?.len();
    let now = office.now(connection)?;
    let signer = signer(&registry, actor.user, &actor.display_name, now);
    Ok(ReportInFull { now, report, content, versions, signer })
}

/// The paper as it came back signed, of one of its issues; without one, of the last.
pub fn scan(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: RecordId<OfficialReport>,
    issue: Option<u32>,
) -> Outcome<Vec<u8>> {
    // It shows what the report shows.
    let told = report(office, connection, actor, id, issue)?.report.content;
    let earlier = told.earlier.iter().find(|earlier| Some(earlier.number) == issue);
    let hash = earlier.map_or(told.scan.clone(), |earlier| earlier.scan.clone());
    let name = hash.as_deref().and_then(store::bytes_of_hex).ok_or(Failure::NotFound)?;
    Ok(blob::find(connection, actor.province, &name)?.ok_or(Failure::NotFound)?.1)
}

/// Who may sign the papers of the health department.
#[derive(Debug, Clone)]
pub struct Signers {
    /// The head, then the deputies: name, as what, since when, whether he is noted as away.
    pub posts: Vec<(String, SignsAs, Moment, bool)>,
    /// Accounts that have the right to sign, with their names; only for who keeps the registers.
    pub accounts: Vec<(UserId, String)>,
}

/// Who may sign.
pub fn signers(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Signers> {
    let keeps = actor.may(Capability::KeepRegisters);
    if !keeps && !actor.may(Capability::ExportFigures) {
        return Err(Failure::Forbidden(Capability::ExportFigures));
    }
    if !actor.sees_all() {
        return Err(Failure::NotFound);
    }
    let now = office.now(connection)?;
    let registry = office.registry(connection, actor.province)?;
    let line = |(signs_as, post): (SignsAs, &Post)| {
        (post.name.clone(), signs_as, post.from, registry.roster().is_absent(post.person, now))
    };
    let mut accounts = if keeps { account::list(connection, actor.province)? } else { Vec::new() };
    accounts.retain(|account| Actor::of_account(account).may(Capability::SignReport));
    Ok(Signers {
        posts: posts(&registry, now).into_iter().map(line).collect(),
        accounts: accounts.into_iter().map(|account| (account.id, account.display_name)).collect(),
    })
}

/// The register of numbers, newest first.
pub fn numbers(connection: &mut Connection, actor: &Actor) -> Outcome<Vec<NumberGiven>> {
    allowed(actor)?;
    let given = record::newest::<NumberGiven>(connection, actor.province, MOST)?;
    let mut given: Vec<NumberGiven> = given.into_iter().map(|kept| kept.content).collect();
    // Keys of one millisecond stand in no order; numbers do.
    given.sort_by(|one, other| {
        (&other.given_at, &other.series, other.number).cmp(&(&one.given_at, &one.series, one.number))
    });
    Ok(given)
}

/// What a report can be taken out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The paper, to be written on.
    Docx,
    /// The paper, to be printed.
    Pdf,
    /// The figures as a sheet.
    Xlsx,
    /// Paper and figures, for programs.
    Json,
}

impl Format {
    /// By the ending of its name.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "docx" => Self::Docx,
            "pdf" => Self::Pdf,
            "xlsx" => Self::Xlsx,
            "json" => Self::Json,
            _ => return None,
        })
    }

    /// Ending and media type.
    pub const fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Docx => ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            Self::Pdf => ("pdf", "application/pdf"),
            Self::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Self::Json => ("json", "application/json"),
        }
    }
}

/// A report as a file. Takes a moment: not for the thread that serves pages.
pub fn file(content: &Content, format: Format) -> Outcome<Vec<u8>> {
    match format {
        Format::Docx => write_docx(&content.document).map_err(Failure::refused),
        Format::Pdf => write_pdf(&content.document).map_err(Failure::refused),
        Format::Json => serde_json::to_vec_pretty(content)
            .map_err(|error| Failure::Store(store::StoreError::Unreadable(error.to_string()))),
        // A letter has no figures; an empty sheet would look like a report in which nobody told anything.
        Format::Xlsx
            if content.rows.is_empty()
                && (!content.registers.is_empty() || content.layout == ReportKind::Letter.code()) =>
        {
            Err(Failure::refused(crate::operations::papers::Refused::NoFigures))
        }
        Format::Xlsx => figures(content).map_err(Failure::refused),
    }
}

fn figures(content: &Content) -> Result<Vec<u8>, document::DocumentProblem> {
    let layout = sheet_layout()?;
    let facts = BTreeMap::from([
        ("issuer".to_owned(), content.document.issuer.clone()),
        ("province".to_owned(), content.province_name.to_uppercase()),
        ("date".to_owned(), quantity::time::show_date(content.day)),
        ("known_at".to_owned(), content.at.to_string()),
        ("layout_version".to_owned(), content.sheet_version.clone()),
    ]);
    let known = |key: &String| layout.columns.iter().any(|column| column.key == *key);
    let cells = |row: &Row| {
        let kept = row.iter().filter(|(key, _)| known(key));
        kept.map(|(key, cell)| (key.clone(), Value::from(cell))).collect()
    };
    let rows = content.rows.iter().map(cells).collect();
    write_sheet(layout, &SheetContent { facts, rows, simulated: content.document.simulated }, content.at)
}

/// How many wait for a signature.
pub fn waiting(reports: &[Kept<OfficialReport>]) -> usize {
    reports.iter().filter(|one| one.content.state == State::Submitted).count()
}
