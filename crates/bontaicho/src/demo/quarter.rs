//! The task figures of the quarter as a chapter tells them: drafted out of its own tasks, signed, opened to the public. The
//! quarter is not over, and the notice says so.

use desk::operations::papers::draft_quarter::DraftQuarter;
use desk::operations::papers::publish_quarter::PublishQuarter;
use desk::operations::papers::sign_report::SignReport;
use desk::operations::papers::submit_report::SubmitReport;
use desk::views::papers::report;
use desk::views::tasks::Period;
use desk::views::tasks::publication::{compose, of_period};
use desk::{Actor, Failure, Office, Outcome};
use place::ProvinceId;
use quantity::{Moment, Span};

use super::papers::{DRAFTER, SIGNER};

/// Tells the publication of the evening before the opening.
pub async fn tell(office: &Office, province: ProvinceId, opening: Moment) -> Outcome<()> {
    let period = Period::quarter_of(opening.date());
    let actor = Actor::program(province);
    let document = office.look(move |office, connection| compose(office, connection, &actor, period)).await?;
    let at = |minutes: i64| opening - Span::minutes(minutes);
    let draft = DraftQuarter { drafter: Some(DRAFTER.to_owned()), ..DraftQuarter::new(None, period, document) };
    let paper = office.perform_at(province, at(150), draft).await?;
    office.perform_at(province, at(140), SubmitReport { key: None, report: paper }).await?;
    let reader = Actor::program(province);
    let seen = office.look(move |office, connection| report(office, connection, &reader, paper, None)).await?;
    let seen = seen.report.content.content;
    let sign = SignReport { key: None, report: paper, seen, name: Some(SIGNER.to_owned()) };
    office.perform_at(province, at(120), sign).await?;
    let reader = Actor::program(province);
    let found = office.look(move |_, connection| of_period(connection, &reader, period)).await?;
    let (publication, paper) = found.ok_or(Failure::NotFound)?;
    let name = Some(SIGNER.to_owned());
    let seen = paper.content.content;
    let publish = PublishQuarter { key: None, publication: publication.id, seen, name };
    office.perform_at(province, at(110), publish).await?;
    Ok(())
}
