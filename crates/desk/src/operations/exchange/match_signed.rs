//! Say which paper a signed PDF is. A paper that was waiting is signed by it: number, day and signer are those that the
//! document system put on it, and the register follows without holes or doubles. Digital signatures are not checked here;
//! it is the word of whoever presses.

use document::official::{Kind, Signature};
use jiff::civil::Date;
use quantity::{Moment, Span};
use serde::Serialize;

use super::came_back;
use crate::exchange::kept::{Found, SentOut, SignedPdf};
use crate::exchange::refused::Refused;
use crate::exchange::sending::name_of;
use crate::failure::{Failure, Outcome};
use crate::letters::directive::plain_number;
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::operations::papers::{content, keep};
use crate::papers::letter_out::Series;
use crate::papers::number::Asked;
use crate::papers::number_elsewhere::parted;
use crate::papers::report::{OfficialReport, Signing, State};
use crate::record::{Kept, RecordId};
use crate::rights::Capability;

/// What a person confirms with one press.
#[derive(Debug, Serialize)]
pub struct MatchSigned {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// The PDF.
    pub signed: RecordId<SignedPdf>,
    /// The paper that it is.
    pub paper: RecordId<OfficialReport>,
    /// The number on it.
    pub number: String,
    /// The day on it.
    pub day: Option<Date>,
    /// Who signed.
    pub signer: String,
    /// As what.
    pub post: String,
    /// The clerk's word that the register may take a number which is not its next one.
    pub word: bool,
}

impl Operation for MatchSigned {
    type Done = RecordId<OfficialReport>;
    const NAME: &'static str = "match_signed";
    const NEEDS: Capability = Capability::HandleLetters;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<RecordId<OfficialReport>> {
        desk.whole_province()?;
        let signed = desk.record(self.signed)?;
        if signed.content.found != Found::Waiting {
            return Err(Failure::refused(Refused::Decided));
        }
        let paper = desk.record(self.paper)?;
        desk.about(self.paper.0);
        let now = desk.now();
        let text =
            |typed: &str| typed.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect::<String>();
        let stands =
            On { number: plain(&self.number), day: self.day, signer: text(&self.signer), post: text(&self.post) };
        let scan = signed.content.digest.clone();
        match paper.content.state {
            State::Drafted => return Err(Failure::refused(Refused::NotYet)),
            State::Submitted => sign(desk, &paper, stands, scan, self.word)?,
            State::Signed => lay_beside(desk, &paper, &stands, scan, self.word)?,
        }
        let by = desk.actor().display_name.clone();
        let found = Found::Beside { paper: self.paper.0, issue: paper.content.issue, at: now, by };
        desk.revise(&signed, &SignedPdf { found, ..signed.content.clone() })?;
        came_back(desk, self.paper.0, now)?;
        desk.mention("sha256", signed.content.digest.clone());
        desk.mention("number", self.number);
        Ok(self.paper)
    }
}

/// What stands on the PDF.
struct On {
    number: String,
    day: Option<Date>,
    signer: String,
    post: String,
}

fn plain(number: &str) -> String {
    number.chars().filter(|sign| !sign.is_whitespace()).take(60).collect()
}

/// The series that a number belongs to; of another body or kind it is no number of this paper.
fn series_of(paper: &OfficialReport, document: &document::official::OfficialDocument, number: &str) -> Outcome<Series> {
    let bad = || Failure::refused(Refused::BadNumber { number: number.to_owned() });
    let (_, mark) = parted(number).ok_or_else(bad)?;
    let on_paper = document::official::OfficialDocument {
        family: document.family,
        kind: document.kind.clone(),
        symbol: mark,
        ..document::official::OfficialDocument::default()
    };
    let own = paper.series();
    let there = Series::of(&on_paper).ok_or_else(bad)?;
    let same = there.issuer_code == own.issuer_code && there.symbol == own.symbol;
    if same { Ok(there) } else { Err(bad()) }
}

/// A paper that was waiting is signed by its PDF.
fn sign(desk: &mut Desk<'_, '_>, paper: &Kept<OfficialReport>, on: On, scan: String, word: bool) -> Outcome<()> {
    let told = &paper.content;
    let sent = desk.record_of_code::<SentOut>(&name_of(paper.id.0, told.issue, &told.content))?;
    let sent = match sent {
        Some(sent) if sent.content.ended.is_none() => sent,
        // Another text went out than stands here now, or none.
        _ => {
            let province = desk.actor().province;
            let out = crate::record::open_of_owner::<SentOut>(desk.transaction(), province, paper.id.0, 1)?;
            return Err(Failure::refused(if out.is_empty() { Refused::NotOut } else { Refused::Changed }));
        }
    };
    let day = on.day.filter(|_| !on.number.is_empty() && !on.signer.is_empty());
    let day = day.ok_or_else(|| Failure::refused(Refused::Incomplete))?;
    let now = desk.now();
    if day > now.date() || day < sent.content.at.date() {
        return Err(Failure::refused(Refused::BadDay));
    }
    let mut content = content(desk, &told.content)?;
    let series = series_of(told, &content.document, &on.number)?;
    let (Kind::Named { subject, .. } | Kind::Letter { subject }) = &content.document.kind;
    let subject = subject.clone();
    let asked = Asked {
        issuer_code: &series.issuer_code,
        symbol: &series.symbol,
        mark: &series.mark,
        family: content.document.family,
        subject: &subject,
        signer: &on.signer,
        paper: paper.id.0,
        issue: told.issue,
    };
    desk.take_number_over(&asked, &on.number, day, word)?;
    let draft = &content.document.signature;
    let signature = match on.post.is_empty() {
        true => Signature { name: on.signer.clone(), ..draft.clone() },
        false => Signature { post: on.post.clone(), name: on.signer.clone(), ..Signature::default() },
    };
    content.document.signature = signature;
    content.document.number = Some(on.number.clone());
    content.document.date = Some(day);
    content.document.draft = false;
    // Of the hour nothing is known. The paper has the benefit of the doubt: it counts from when it can first have been
    // signed on that day, so that nobody is late whom only the program does not know.
    let at = sent.content.at.max(Moment::start_of(day)).min(Moment::start_of(day) + Span::days(1) - Span::micros(1));
    let with = OfficialReport {
        state: State::Signed,
        content: keep(desk, &content)?,
        signed: Some(Signing { number: on.number, name: on.signer, post: on.post, at }),
        scan: Some(scan),
        ..told.clone()
    };
    desk.revise(paper, &with)
}

/// A paper that was signed here gets its PDF. What was frozen stays frozen: another number on the PDF is kept for this
/// paper in the register, so that no other paper gets it.
fn lay_beside(desk: &mut Desk<'_, '_>, paper: &Kept<OfficialReport>, on: &On, scan: String, word: bool) -> Outcome<()> {
    let told = &paper.content;
    let own = told.signed.as_ref().map(|signed| signed.number.clone()).unwrap_or_default();
    let bare = |number: &str| plain_number(number).trim_start_matches('0').to_owned();
    if !on.number.is_empty() && bare(&own) != bare(&on.number) {
        if !word {
            let (number, next) = (on.number.clone(), own);
            return Err(Failure::refused(Refused::NeedsWord { number, next }));
        }
        let day = on.day.ok_or_else(|| Failure::refused(Refused::Incomplete))?;
        let content = content(desk, &told.content)?;
        let series = series_of(told, &content.document, &on.number)?;
        let (Kind::Named { subject, .. } | Kind::Letter { subject }) = &content.document.kind;
        let asked = Asked {
            issuer_code: &series.issuer_code,
            symbol: &series.symbol,
            mark: &series.mark,
            family: content.document.family,
            subject,
            signer: &on.signer,
            paper: paper.id.0,
            issue: told.issue,
        };
        desk.take_number_over(&asked, &on.number, day, word)?;
    }
    desk.revise(paper, &OfficialReport { scan: Some(scan), ..told.clone() })
}
