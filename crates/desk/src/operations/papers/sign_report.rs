//! Sign a submitted report: its number is given, its content and hash are frozen with the signer's
//! name, post and time, all in one transaction.

use document::official::{Family, Kind};
use serde::Serialize;

use super::draft_letter::LetterRefused;
use super::{Refused, content, keep, standing};
use crate::failure::{Failure, Outcome};
use crate::operation::{Desk, IdempotencyKey, Operation};
use crate::papers::letter_out;
use crate::papers::number::Asked;
use crate::papers::report::{OfficialReport, Signing, State};
use crate::papers::signer::signer;
use crate::record::RecordId;
use crate::rights::Capability;
use crate::views::daily_report::issuer as department;

/// The report.
#[derive(Debug, Serialize)]
pub struct SignReport {
    /// Made on the device.
    #[serde(skip)]
    pub key: Option<IdempotencyKey>,
    /// Which.
    pub report: RecordId<OfficialReport>,
    /// What the signer has read, by its digest.
    pub seen: String,
    /// Whose name, where the program itself tells the past of a demonstration; an account signs with its own.
    pub name: Option<String>,
}

impl Operation for SignReport {
    type Done = String;
    const NAME: &'static str = "sign_report";
    const NEEDS: Capability = Capability::SignReport;

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn run(self, desk: &mut Desk<'_, '_>) -> Outcome<String> {
        let before = standing(desk, self.report, State::Submitted)?;
        if self.seen.is_empty() {
            return Err(Failure::refused(Refused::NotRead));
        }
        // Given back, drafted anew and submitted again while it was being read: nobody signs what he has not read.
        if self.seen != before.content.content {
            return Err(Failure::refused(Refused::NotNow));
        }
        let own = desk.actor().display_name.trim().to_owned();
        let name = self.name.filter(|_| desk.actor().user.is_none()).unwrap_or(own);
        if name.is_empty() {
            return Err(Failure::refused(Refused::NoName));
        }
        let now = desk.now();
        let signer = signer(&desk.registry(), desk.actor().user, &name, now).map_err(Failure::refused)?;
        let mut content = content(desk, &before.content.content)?;
        let (Kind::Named { subject, .. } | Kind::Letter { subject }) = &content.document.kind;
        let subject = subject.clone();
        let signature = if before.content.letter.is_some() {
            let issuer = content.document.issuer.clone();
            letter_out::signature(&content.document, &department(&desk.registry()), &signer)
                .ok_or(LetterRefused::OfAnother { issuer })?
        } else {
            signer.signs_as.signature(signer.name.clone())
        };
        // The register tells the post that stands on the paper.
        let post = match content.document.family {
            Family::Government => signer.signs_as.words().to_owned(),
            Family::Party => signature.post.clone(),
        };
        let series = before.content.series();
        let asked = Asked {
            issuer_code: &series.issuer_code,
            symbol: &series.symbol,
            mark: &series.mark,
            family: content.document.family,
            subject: &subject,
            signer: &signer.name,
            paper: self.report.0,
            issue: before.content.issue,
        };
        let number = desk.give_number(&asked)?;
        content.document.signature = signature;
        content.document.number = Some(number.clone());
        content.document.date = Some(now.date());
        content.document.draft = false;
        let signed = OfficialReport {
            state: State::Signed,
            content: keep(desk, &content)?,
            signed: Some(Signing { number: number.clone(), name: signer.name, post, at: now }),
            ..before.content.clone()
        };
        desk.revise(&before, &signed)?;
        desk.mention("number", number.clone());
        Ok(number)
    }
}
