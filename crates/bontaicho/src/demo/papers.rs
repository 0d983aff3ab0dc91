//! Reports of a chapter, told as they would have come about: one signed, one that waits for the leader, one late.

use desk::operations::papers::appoint_signer::AppointSigner;
use desk::operations::papers::draft_report::DraftReport;
use desk::operations::papers::sign_report::SignReport;
use desk::operations::papers::submit_report::SubmitReport;
use desk::papers::layout::ReportKind;
use desk::papers::report::{DeadlineWord, OfficialReport, due_moment};
use desk::papers::signer::SignsAs;
use desk::record::RecordId;
use desk::views::papers::{compose, own_due, report};
use desk::{Actor, Office, Outcome};
use jiff::civil::Date;
use place::ProvinceId;
use quantity::{Moment, Span};
use store::{Connection, account};

/// Who drafts and who signs, by the names of their accounts.
pub(super) const DRAFTER: &str = "Trần Thị Sao";
pub(super) const SIGNER: &str = "Phạm Văn Đước";

/// Tells the reports of the days before the opening.
pub async fn tell(office: &Office, province: ProvinceId, opening: Moment) -> Outcome<()> {
    let back = |days: i32| opening.date().checked_sub(jiff::Span::new().days(days)).unwrap_or(opening.date());
    let (yesterday, before, earlier) = (back(1), back(2), back(3));
    signers(office, province, Moment::start_of(back(20))).await?;
    // One still lies with whoever writes it, and is late.
    let at = Moment::start_of(before) + Span::hours(9);
    let due = own_due(ReportKind::Daily, earlier);
    draft(office, province, at, ReportKind::Daily, earlier, due).await?;
    // One was signed in time.
    let at = Moment::start_of(yesterday) + Span::hours(7);
    let due = own_due(ReportKind::Daily, before);
    let signed = draft(office, province, at, ReportKind::Daily, before, due).await?;
    submit(office, province, at + Span::minutes(10), signed).await?;
    let reader = Actor::program(province);
    let read = move |office: &Office, connection: &mut Connection| report(office, connection, &reader, signed, None);
    let seen = office.look(read).await?.report.content.content;
    let sign = SignReport { key: None, report: signed, seen, name: Some(SIGNER.to_owned()) };
    office.perform_at(province, at + Span::minutes(40), sign).await?;
    // The one to the ministry waits for the leader.
    let at = Moment::start_of(opening.date()) + Span::minutes(30);
    let due = Some(due_moment(DeadlineWord::Before, back(-3)));
    let waiting = draft(office, province, at, ReportKind::Ministry, yesterday, due).await?;
    submit(office, province, at + Span::minutes(20), waiting).await
}

/// The leader of the demonstration heads the department; he was written down before the first paper.
async fn signers(office: &Office, province: ProvinceId, at: Moment) -> Outcome<()> {
    let accounts = office.look(move |_, connection| Ok(account::list(connection, province)?)).await?;
    let Some(leader) = accounts.into_iter().find(|account| account.display_name == SIGNER) else { return Ok(()) };
    let appoint = AppointSigner { key: None, account: leader.id, signs_as: SignsAs::Head, name: None };
    office.perform_at(province, at, appoint).await
}

async fn draft(
    office: &Office,
    province: ProvinceId,
    at: Moment,
    kind: ReportKind,
    day: Date,
    due: Option<Moment>,
) -> Outcome<RecordId<OfficialReport>> {
    let mut actor = Actor::program(province);
    DRAFTER.clone_into(&mut actor.display_name);
    let content = office.look(move |office, connection| compose(office, connection, &actor, kind, day)).await?;
    let drafter = Some(DRAFTER.to_owned());
    office.perform_at(province, at, DraftReport { key: None, kind, due, content, drafter }).await
}

async fn submit(office: &Office, province: ProvinceId, at: Moment, report: RecordId<OfficialReport>) -> Outcome<()> {
    office.perform_at(province, at, SubmitReport { key: None, report }).await
}
