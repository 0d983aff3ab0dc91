//! Reports of a chapter, told as they would have come about: one signed, one that waits for the leader, one late.

use desk::operations::papers::draft_report::DraftReport;
use desk::operations::papers::sign_report::{SignReport, SignsAs};
use desk::operations::papers::submit_report::SubmitReport;
use desk::papers::layout::ReportKind;
use desk::papers::report::{DeadlineWord, OfficialReport, due_moment};
use desk::record::RecordId;
use desk::views::papers::{compose, own_due};
use desk::{Actor, Office, Outcome};
use jiff::civil::Date;
use place::ProvinceId;
use quantity::{Moment, Span};

/// Who drafts and who signs, by the names of their accounts.
const DRAFTER: &str = "Trần Thị Sao";
const SIGNER: &str = "Phạm Văn Đước";

/// Tells the reports of the days before the opening.
pub async fn tell(office: &Office, province: ProvinceId, opening: Moment) -> Outcome<()> {
    let yesterday = opening.date().yesterday().unwrap_or(opening.date());
    let before = yesterday.yesterday().unwrap_or(yesterday);
    // The report of the day before yesterday was signed in time.
    let at = Moment::start_of(before) + Span::hours(16);
    let due = own_due(ReportKind::Daily, before);
    let signed = draft(office, province, at, ReportKind::Daily, before, due).await?;
    submit(office, province, at + Span::minutes(20), signed).await?;
    let sign = SignReport { key: None, report: signed, signs_as: SignsAs::Head, name: Some(SIGNER.to_owned()) };
    office.perform_at(province, at + Span::minutes(45), sign).await?;
    // Yesterday's still lies with whoever writes it, and is late.
    let at = Moment::start_of(yesterday) + Span::hours(18);
    let due = own_due(ReportKind::Daily, yesterday);
    draft(office, province, at, ReportKind::Daily, yesterday, due).await?;
    // The one to the ministry waits for the leader.
    let at = Moment::start_of(yesterday) + Span::hours(21);
    let last = opening.date().checked_add(jiff::Span::new().days(3)).unwrap_or(yesterday);
    let due = Some(due_moment(DeadlineWord::Before, last));
    let waiting = draft(office, province, at, ReportKind::Ministry, yesterday, due).await?;
    submit(office, province, at + Span::minutes(30), waiting).await
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
