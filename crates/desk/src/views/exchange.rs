//! The exchange with the document system: what waits for a signature there, what came in packages, which signed PDFs
//! nobody has matched, which states were told.

use document::exchange::ExchangeLayout;
use store::Connection;

use super::papers::{Format, file, report};
use crate::actor::Actor;
use crate::exchange::kept::{PackageIn, SentOut, SignedPdf, StateTold};
use crate::exchange::matching::{Candidate, Score, proposed, scores};
use crate::exchange::refused::Refused;
use crate::exchange::sending::{name_of, zip_of};
use crate::failure::{Failure, Outcome};
use crate::office::Office;
use crate::papers::content::Content;
use crate::papers::number_elsewhere::NumbersElsewhere;
use crate::papers::report::{OfficialReport, State};
use crate::record::{self, Kept, RecordId};
use crate::rights::Capability;
use quantity::{Id, Moment};

/// Rows of a kind that are looked at.
const MOST: i64 = 200;
/// Papers proposed for one PDF at most.
const PROPOSED: usize = 3;

fn allowed(actor: &Actor) -> Outcome<()> {
    if !actor.may(Capability::SeeLetters) {
        return Err(Failure::Forbidden(Capability::SeeLetters));
    }
    if actor.sees_all() { Ok(()) } else { Err(Failure::NotFound) }
}

/// A paper that waits for its signed PDF.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// What went out.
    pub sent: Kept<SentOut>,
    /// The paper has another text now, or is being written again.
    pub changed: bool,
    /// The last state that was told of it.
    pub state: Option<StateTold>,
}

/// A paper that a PDF may be.
#[derive(Debug, Clone)]
pub struct Possible {
    /// Which.
    pub paper: RecordId<OfficialReport>,
    /// What lists call it.
    pub title: String,
    /// Its number, where it has one.
    pub number: Option<String>,
    /// What speaks for it.
    pub score: Score,
}

/// A signed PDF that waits.
#[derive(Debug, Clone)]
pub struct Unmatched {
    /// What is kept of it.
    pub signed: Kept<SignedPdf>,
    /// The papers that it may be, the likeliest first.
    pub possible: Vec<Possible>,
    /// Whether the first of them leads clearly.
    pub is_proposed: bool,
}

/// All of it.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Now, by the domain clock.
    pub now: Moment,
    /// Papers that wait for their signed PDF, the oldest first.
    pub waiting: Vec<Waiting>,
    /// Signed PDFs that nobody has matched, the oldest first.
    pub unmatched: Vec<Unmatched>,
    /// Papers that a PDF can be laid beside: those that went out, and those signed here without a PDF.
    pub papers: Vec<(RecordId<OfficialReport>, String)>,
    /// Packages that came, newest first, each with what its letter is called.
    pub packages: Vec<Kept<PackageIn>>,
    /// PDFs that were matched or set aside, newest first.
    pub decided: Vec<Kept<SignedPdf>>,
    /// States told of papers that are not known here.
    pub states: Vec<Kept<StateTold>>,
    /// Numbers that the document system gave to papers which are not in this register.
    pub elsewhere: Vec<Kept<NumbersElsewhere>>,
}

/// The page of the exchange.
pub fn exchange(office: &Office, connection: &mut Connection, actor: &Actor) -> Outcome<Exchange> {
    allowed(actor)?;
    let now = office.now(connection)?;
    let province = actor.province;
    let sent = record::open::<SentOut>(connection, province)?;
    let mut waiting = Vec::new();
    let mut candidates: Vec<(RecordId<OfficialReport>, String, Candidate)> = Vec::new();
    for sent in sent {
        let id = RecordId::<OfficialReport>::new(sent.content.paper);
        let paper = record::one(connection, province, id)?;
        let same = paper.as_ref().is_some_and(|paper| {
            paper.content.state != State::Drafted && paper.content.content == sent.content.content
        });
        let states = record::of_owner::<StateTold>(connection, province, sent.content.paper, 1)?;
        match candidates.iter_mut().find(|(known, ..)| *known == id) {
            Some((_, _, candidate)) => candidate.packages.push(sent.content.package.clone()),
            None => candidates.push((id, sent.content.title.clone(), of_sent(&sent.content))),
        }
        waiting.push(Waiting { sent, changed: !same, state: states.into_iter().next().map(|told| told.content) });
    }
    for paper in record::newest::<OfficialReport>(connection, province, MOST)? {
        let lacks = paper.content.state == State::Signed && paper.content.scan.is_none();
        if lacks && !candidates.iter().any(|(known, ..)| *known == paper.id) {
            candidates.push((paper.id, paper.content.called(), of_paper(&paper.content)));
        }
    }
    let only: Vec<Candidate> = candidates.iter().map(|(_, _, candidate)| candidate.clone()).collect();
    let unmatched = record::open::<SignedPdf>(connection, province)?.into_iter().map(|signed| {
        let found = scores(signed.content.package.as_deref(), &signed.content.read, &only);
        let is_proposed = proposed(&found).is_some();
        let possible = found.into_iter().take(PROPOSED).map(|score| {
            let (paper, title, candidate) = &candidates[score.place];
            Possible { paper: *paper, title: title.clone(), number: candidate.number.clone(), score }
        });
        Unmatched { possible: possible.collect(), signed, is_proposed }
    });
    let unmatched = unmatched.collect();
    let papers = candidates.iter().map(|(id, title, one)| {
        (*id, one.number.as_ref().map_or_else(|| title.clone(), |number| format!("{number} · {title}")))
    });
    let papers = papers.collect();
    let decided = record::newest::<SignedPdf>(connection, province, MOST)?;
    Ok(Exchange {
        now,
        waiting,
        unmatched,
        papers,
        packages: record::newest(connection, province, MOST)?,
        decided: decided.into_iter().filter(|one| !record::Record::is_open(&one.content)).collect(),
        states: record::open(connection, province)?,
        elsewhere: record::open(connection, province)?,
    })
}

fn of_sent(sent: &SentOut) -> Candidate {
    Candidate {
        packages: vec![sent.package.clone()],
        number: sent.number.clone(),
        mark: sent.mark.clone(),
        kind: sent.kind.clone(),
        subject: sent.subject.clone(),
        issuer: sent.issuer.clone(),
        year: sent.at.date().year(),
    }
}

/// A paper signed here that did not go out: its number and its title are what it is known by.
fn of_paper(paper: &OfficialReport) -> Candidate {
    let title = paper.title();
    Candidate {
        packages: Vec::new(),
        number: paper.signed.as_ref().map(|signed| signed.number.clone()),
        mark: paper.series().mark,
        kind: paper.name().to_owned(),
        subject: title.split_once(": ").map_or(title, |(_, subject)| subject).to_owned(),
        issuer: String::new(),
        year: paper.signed.as_ref().map_or_else(|| paper.period.year(), |signed| signed.at.date().year()),
    }
}

/// What the exchange knows of one paper.
#[derive(Debug, Clone)]
pub struct OfPaper {
    /// Packages it went out in, newest first.
    pub sent: Vec<Kept<SentOut>>,
    /// PDFs that came back for it, newest first.
    pub signed: Vec<Kept<SignedPdf>>,
    /// States that were told, newest first.
    pub states: Vec<Kept<StateTold>>,
}

/// The exchange of one paper; who may see the paper has been asked by whoever shows it.
pub fn of_one(_: &Office, connection: &mut Connection, actor: &Actor, paper: Id) -> Outcome<OfPaper> {
    if !actor.may(Capability::ExportFigures) {
        return Err(Failure::Forbidden(Capability::ExportFigures));
    }
    let province = actor.province;
    Ok(OfPaper {
        sent: record::of_owner(connection, province, paper, MOST)?,
        signed: record::of_owner(connection, province, paper, MOST)?,
        states: record::of_owner(connection, province, paper, MOST)?,
    })
}

/// A paper as it goes out: the digest of its content, and the content. The zip is made aside, by [`zip`].
pub fn to_send(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    paper: RecordId<OfficialReport>,
) -> Outcome<(Kept<OfficialReport>, Content)> {
    let found = report(office, connection, actor, paper, None)?;
    Ok((found.report, found.content))
}

/// The zip of a paper: metadata, Word, PDF. Takes a moment: not for the thread that serves pages.
///
/// # Errors
/// Those of writing the files.
pub fn zip(paper: &Kept<OfficialReport>, content: &Content) -> Outcome<Vec<u8>> {
    let layout = ExchangeLayout::written().ok_or(Failure::NotFound)?;
    let name = name_of(paper.id.0, paper.content.issue, &paper.content.content);
    if paper.content.state == State::Drafted {
        return Err(Failure::refused(Refused::NotYet));
    }
    // What is to be signed is no draft any more; number and day are left blank where the document system gives them.
    let mut fair = content.clone();
    fair.document.draft = false;
    let (docx, pdf) = (file(&fair, Format::Docx)?, file(&fair, Format::Pdf)?);
    zip_of(&fair.document, &name, layout, docx, pdf).map_err(Failure::refused)
}

/// A package that went out, as it went: its name and its bytes.
pub fn sent_file(
    office: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: RecordId<SentOut>,
) -> Outcome<(String, Vec<u8>)> {
    let sent = record::one::<SentOut>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    // Whoever may not read the paper does not get its package.
    report(office, connection, actor, RecordId::new(sent.content.paper), Some(sent.content.issue))?;
    Ok((sent.content.package.clone(), kept(connection, actor, &sent.content.digest)?))
}

/// A signed PDF: its name and its bytes.
pub fn signed_file(
    _: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: RecordId<SignedPdf>,
) -> Outcome<(String, Vec<u8>)> {
    allowed(actor)?;
    let signed = record::one::<SignedPdf>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    Ok((signed.content.file.clone(), kept(connection, actor, &signed.content.digest)?))
}

/// A package that came in: its name and its bytes.
pub fn package_file(
    _: &Office,
    connection: &mut Connection,
    actor: &Actor,
    id: RecordId<PackageIn>,
) -> Outcome<(String, Vec<u8>)> {
    allowed(actor)?;
    let package = record::one::<PackageIn>(connection, actor.province, id)?.ok_or(Failure::NotFound)?;
    Ok((package.content.file.clone(), kept(connection, actor, &package.content.digest)?))
}

/// A file of the exchange by its record: a signed PDF, a package that came, one that went.
pub fn any_file(office: &Office, connection: &mut Connection, actor: &Actor, id: Id) -> Outcome<(String, Vec<u8>)> {
    allowed(actor)?;
    match signed_file(office, connection, actor, RecordId::new(id)) {
        Err(Failure::NotFound) => {}
        found => return found,
    }
    match package_file(office, connection, actor, RecordId::new(id)) {
        Err(Failure::NotFound) => {}
        found => return found,
    }
    let (name, bytes) = sent_file(office, connection, actor, RecordId::new(id))?;
    Ok((format!("{name}.zip"), bytes))
}

fn kept(connection: &mut Connection, actor: &Actor, digest: &str) -> Outcome<Vec<u8>> {
    Ok(record::kept_file(connection, actor.province, digest)?.1)
}
