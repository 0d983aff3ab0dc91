//! Letters that go out of a chapter: a plan that was signed, a reminder that waits for the leader, the conclusion of a
//! meeting as it is being written. All composed as the desk composes them, from invented facts.

use desk::letters_out::conclusion::{Assigned, Conclusion, Point};
use desk::letters_out::plan::Plan;
use desk::letters_out::reminder::{BodyTasks, Reminder};
use desk::letters_out::{Cited, Due, NotComposed, OfficialDocument, TaskLine, Tone, Writer};
use desk::letters_out::{conclusion, plan, reminder};
use desk::operations::papers::draft_letter::DraftLetter;
use desk::operations::papers::sign_report::SignReport;
use desk::operations::papers::submit_report::SubmitReport;
use desk::papers::report::{DeadlineWord, OfficialReport};
use desk::record::RecordId;
use desk::views::papers::{letters, report};
use desk::{Actor, Failure, Office, Outcome};
use jiff::civil::Date;
use place::ProvinceId;
use quantity::{Moment, Span};
use store::Connection;

use super::papers::{DRAFTER, SIGNER};

/// Tells the letters of the days before the opening.
pub async fn tell(office: &Office, province: ProvinceId, opening: Moment) -> Outcome<()> {
    let actor = Actor::program(province);
    let (writer, names) = office
        .look(move |office: &Office, connection: &mut Connection| {
            let writer = letters::writer(office, connection, &actor)?;
            let registry = office.registry(connection, province)?;
            let names = registry.facilities().iter().map(|one| one.body.name.clone()).take(2);
            Ok((writer, names.collect::<Vec<_>>()))
        })
        .await?;
    let [own, other] = names.as_slice() else { return Ok(()) };
    let today = opening.date();
    let day = |days: i32| today.checked_add(jiff::Span::new().days(days)).unwrap_or(today);
    let at = |days: i32, hour: i64| Moment::start_of(day(days)) + Span::hours(hour);

    let quarter = planned(&writer, own, day(20))?;
    let signed = draft(office, province, at(-4, 9), quarter).await?;
    submit(office, province, at(-4, 10), signed).await?;
    let reader = Actor::program(province);
    let read = move |office: &Office, connection: &mut Connection| report(office, connection, &reader, signed, None);
    let seen = office.look(read).await?.report.content.content;
    let sign = SignReport { key: None, report: signed, seen, name: Some(SIGNER.to_owned()) };
    office.perform_at(province, at(-3, 8), sign).await?;

    let waiting = draft(office, province, at(-1, 14), reminded(&writer, own, other, day(-1), day(-3))?).await?;
    submit(office, province, at(-1, 15), waiting).await?;
    draft(office, province, at(-1, 17), concluded(&writer, own, day(-1), day(6))?).await?;
    Ok(())
}

const fn due(word: DeadlineWord, day: Date) -> Option<Due> {
    Some(Due { word, day })
}

fn task(text: &str, due: Option<Due>) -> TaskLine {
    TaskLine { text: text.to_owned(), due, ..TaskLine::default() }
}

fn planned(writer: &Writer, own: &str, by: Date) -> Outcome<OfficialDocument> {
    let rows =
        ["Rà soát hợp đồng oxy hết hạn trong quý", "Kiểm định bồn, chai đến hạn", "Diễn tập mất điện tại phòng trực"];
    let line = |text: &str| TaskLine {
        owner: own.to_owned(),
        accountable: "Giám đốc".to_owned(),
        product: "biên bản".to_owned(),
        ..task(text, due(DeadlineWord::Before, by))
    };
    let facts = Plan {
        writer: writer.clone(),
        subject: "Bảo đảm oxy y tế quý tới".to_owned(),
        aims: vec!["Mỗi cơ sở có dự trữ ít nhất 7 ngày trước mùa dịch".to_owned()],
        tasks: rows.map(line).to_vec(),
        carried_out: vec!["Phòng Nghiệp vụ Y theo dõi, đôn đốc, báo cáo hằng tháng".to_owned()],
        ..Plan::default()
    };
    plan::compose(&facts).map_err(refused)
}

fn reminded(writer: &Writer, own: &str, other: &str, today: Date, by: Date) -> Outcome<OfficialDocument> {
    let body = |name: &str, text: &str| BodyTasks {
        body: name.to_owned(),
        tone: Tone::Orders,
        tasks: vec![task(text, due(DeadlineWord::Before, by))],
    };
    let facts = Reminder {
        writer: writer.clone(),
        letter: Cited {
            kind: "Công văn".to_owned(),
            number: "118/SYT-NVY".to_owned(),
            day: today.checked_sub(jiff::Span::new().days(12)).ok(),
            issuer: writer.issuer.clone(),
            subject: "rà soát dự trữ oxy trước bão".to_owned(),
        },
        today: Some(today),
        bodies: vec![
            body(own, "Báo cáo số chai đầy, số máy phát điện"),
            body(other, "Gửi phương án nhận xe bồn ban đêm"),
        ],
        answer_by: due(DeadlineWord::AtLatest, today.checked_add(jiff::Span::new().days(2)).unwrap_or(today)),
        contact: String::new(),
        urgency: None,
    };
    reminder::compose(&facts).map_err(refused)
}

fn concluded(writer: &Writer, own: &str, met_on: Date, by: Date) -> Outcome<OfficialDocument> {
    let facts = Conclusion {
        writer: writer.clone(),
        meeting: "cuộc họp giao ban oxy y tế trong tuần".to_owned(),
        met_on: Some(met_on),
        concluded_by: format!("Giám đốc Sở Y tế {SIGNER}"),
        heard: vec!["Bộ phận điều phối oxy".to_owned()],
        points: vec![Point {
            heading: "Đánh giá chung".to_owned(),
            paragraphs: vec!["Các cơ sở báo cáo đều; còn cơ sở chậm gọi xe khi dưới 24 giờ.".to_owned()],
        }],
        assigned: vec![Assigned {
            whom: own.to_owned(),
            tasks: vec![task("Thay giàn hóa hơi dự phòng", due(DeadlineWord::Before, by))],
        }],
        ..Conclusion::default()
    };
    conclusion::compose(&facts).map_err(refused)
}

fn refused(reason: NotComposed) -> Failure {
    Failure::refused(reason)
}

async fn draft(
    office: &Office,
    province: ProvinceId,
    at: Moment,
    document: OfficialDocument,
) -> Outcome<RecordId<OfficialReport>> {
    let drafter = Some(DRAFTER.to_owned());
    office.perform_at(province, at, DraftLetter { key: None, document, about: None, due: None, drafter }).await
}

async fn submit(office: &Office, province: ProvinceId, at: Moment, report: RecordId<OfficialReport>) -> Outcome<()> {
    office.perform_at(province, at, SubmitReport { key: None, report }).await
}
