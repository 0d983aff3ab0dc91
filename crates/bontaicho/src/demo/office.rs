//! What an office keeps beside its letters: rules of its own with their decision and a paper signed for on quiet days, the
//! list that went round at a meeting of the drill. All of it invented.

use desk::letters::attendance::read_file;
use desk::letters::receipt::{By, Way};
use desk::letters::spread::Dissemination;
use desk::operations::command::Attached;
use desk::operations::rules::note_receipt::NoteReceipt;
use desk::operations::rules::take_attendance::TakeAttendance;
use desk::rights::Role;
use desk::steering::meeting::Meeting;
use desk::views::rules::receipts::receipts;
use desk::{Actor, Office, Outcome, record};
use place::ProvinceId;
use quantity::{Moment, Span};
use store::account;

/// Who came to the meeting, as the list went round: one is on no list of staff, one sent word that he could not come.
const CAME: &str = "TT;Họ và tên;Đơn vị;Ký tên\n1;BS. Phan Hồng Mận;BV Hải Âu;x\n2;Bùi Hồng Thắm;Khoa Nội;x\n\
    3;Ngô Minh Ghe;Phòng Điều dưỡng;x\n4;Trịnh Văn Mái Chèo;Công ty vận tải Sông Tiền Xanh;x\n5;Đặng Văn Rẫy;Khoa Nội;vắng\n";

async fn somebody(office: &Office, province: ProvinceId, role: Role) -> Outcome<Option<Actor>> {
    let accounts = office.look(move |_, connection| Ok(account::list(connection, province)?)).await?;
    Ok(accounts.iter().find(|account| account.login == role.code()).map(Actor::of_account))
}

/// Quiet days: the rules that the office took over, and a body that signed for its tasks on paper.
pub async fn quiet(office: &Office, province: ProvinceId, opening: Moment) -> Outcome<()> {
    if let Some(leader) = somebody(office, province, Role::Leader).await? {
        super::rules::adopted(office, &leader, (opening - Span::days(30), opening)).await?;
    }
    let Some(clerk) = somebody(office, province, Role::Clerk).await? else { return Ok(()) };
    let reader = clerk.clone();
    let found = office.look(move |office, connection| receipts(office, connection, &reader, None)).await?;
    let Some(line) = found.lines.into_iter().find(|line| line.way < Way::Reached) else { return Ok(()) };
    let note = NoteReceipt {
        key: None,
        tasks: line.tasks,
        who: "văn thư đơn vị".to_owned(),
        by: By::Paper,
        at: None,
        note: "sổ giao nhận số 14 (mô phỏng)".to_owned(),
        file: Some(("phieu-giao-nhan.pdf".to_owned(), Attached::new(super::letter::pdf("Phieu giao nhan van ban")))),
    };
    office.perform_as_at(clerk, opening - Span::hours(20), note).await.map(drop)
}

/// The drill: the list of a meeting at which a letter was made known, as it was sent in.
pub async fn attendance(office: &Office, province: ProvinceId, opening: Moment) -> Outcome<()> {
    let Some(clerk) = somebody(office, province, Role::Clerk).await? else { return Ok(()) };
    let (meetings, spreads) = office
        .look(move |_, connection| {
            let meetings = record::newest::<Meeting>(connection, province, 10)?;
            Ok((meetings, record::newest::<Dissemination>(connection, province, 10)?))
        })
        .await?;
    // The first of them, a week ago: the one of last night waits for its conclusions.
    let Some(meeting) = meetings.into_iter().min_by_key(|kept| kept.content.held_at) else { return Ok(()) };
    let bytes = CAME.as_bytes().to_vec();
    let take = TakeAttendance {
        key: None,
        meeting: meeting.id,
        people: read_file(&bytes, "danh-sach-co-mat.csv")?,
        list: Some(("danh-sach-co-mat.csv".to_owned(), Attached::new(bytes))),
        letters: spreads.first().map(|kept| kept.content.letter).into_iter().collect(),
    };
    office.perform_as_at(clerk, opening - Span::days(6), take).await.map(drop)
}
