//! What lies in the inbox when a chapter opens: invented messages, each told at its moment.

use desk::operations::inbox::Channel;
use desk::operations::inbox::receive_message::ReceiveMessage;
use desk::operations::inbox::reject_message::RejectMessage;
use desk::{Office, Outcome};
use oxygen::StoreKind;
use place::ProvinceId;
use quantity::Span;
use simulate::Chapter;

/// A facility as its people write of it.
struct Writer {
    name: String,
    code: String,
    /// Kilograms that stand at a third of its tank.
    third: Option<i64>,
    cylinders: bool,
}

/// Puts the chapter's messages into the inbox.
pub async fn messages(office: &Office, chapter: Chapter) -> Outcome<()> {
    let province = ProvinceId::new(1);
    let writers = office
        .look(move |office, connection| {
            let registry = office.registry(connection, province)?;
            let writer = |facility: &desk::registry::Facility| {
                let stores = || facility.stores_on(chapter.opening_day());
                Writer {
                    name: facility.body.name.clone(),
                    code: facility.code.clone(),
                    third: stores().find(|store| store.kind == StoreKind::Tank).map(|tank| tank.capacity.0 / 3_000),
                    cylinders: stores().any(|store| store.kind == StoreKind::Cylinders),
                }
            };
            Ok(registry.facilities().iter().map(writer).collect::<Vec<_>>())
        })
        .await?;
    let with_tank: Vec<&Writer> = writers.iter().filter(|writer| writer.third.is_some()).collect();
    let [first, .., last] = with_tank[..] else { return Ok(()) };
    let kilograms = |writer: &Writer| writer.third.unwrap_or_default() / 10 * 10;
    let opening = chapter.opening();
    let hour = (opening - Span::minutes(35)).show_time();
    let clear = format!("{} báo phòng trực: bồn còn {} kg lúc {hour}. ĐD Trần Thị Lựu", last.name, kilograms(last));
    let mut told = vec![
        (95, Channel::Zalo, "Cho em hỏi số điện thoại nhà xe với ạ".to_owned(), None),
        (30, Channel::Zalo, clear, None),
    ];
    if chapter == Chapter::Drill2026 {
        told.push((22, Channel::Zalo, format!("{} còn 45, dùng 400 chai/ngày", last.name), None));
        let both = format!("{} còn {} kg, {} còn 30%", first.name, kilograms(first), last.name);
        told.push((15, Channel::Zalo, both, Some("nhóm Zalo oxy tỉnh".to_owned())));
        if let Some(bottles) = writers.iter().find(|writer| writer.cylinders && writer.third.is_none()) {
            let called = format!("{}: 18 chai đầy, 40 vỏ, không có ai chờ giường", bottles.name);
            told.push((9, Channel::Phone, called, Some("BS Ngô Văn Ổi".to_owned())));
        }
        let short = format!("OXY {} {}kg", first.code, kilograms(first));
        told.push((4, Channel::Sms, short, Some("0900 000 123".to_owned())));
    }
    for (minutes, channel, text, sender) in told {
        let idle = text.starts_with("Cho em");
        let message = ReceiveMessage { key: None, channel, text, attachment: None, sender, facility: None };
        let moment = opening - Span::minutes(minutes);
        let received = office.perform_at(province, moment, message).await?;
        if idle {
            let reason = "tin hỏi việc khác, đã trả lời".to_owned();
            let reject = RejectMessage { key: None, message: received.message, reason };
            office.perform_at(province, moment + Span::minutes(3), reject).await?;
        }
    }
    Ok(())
}
