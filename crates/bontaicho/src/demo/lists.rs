//! The past of the register: what the province's document system exported before the command post was opened, told row
//! by row as an import would. Invented; the numbers are typed as clerks type them.

use desk::letters::directive::Direction;
use desk::letters::listed::ListRow;
use desk::operations::letters::list_letter::ListLetter;
use desk::{Actor, Office, Outcome};
use jiff::ToSpan;
use jiff::civil::Date;
use letter::NumberCell;
use place::ProvinceId;
use quantity::{Moment, Span};
use store::account;

use super::letters::CLERK;

/// Days before the opening, number as typed, issuer, kind, subject, who handles it, state.
type Row = (i32, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// What came, the oldest first.
#[rustfmt::skip]
const CAME: [Row; 14] = [
    (86, "4308/QĐ-BYT", "Bộ Y tế", "Quyết định", "Phê duyệt Đề án bảo đảm oxy y tế", "Phòng Nghiệp vụ Y", "Đã xử lý"),
    (84, "812/UBND-KGVX", "UBND tỉnh", "Công văn", "Triển khai thực hiện Quyết định số 4308/QĐ-BYT của Bộ Y tế", "Sở Y tế", "Đã xử lý"),
    (77, "56 /STC-HCSN", "Sở Tài chính", "Công văn", "Bố trí kinh phí sửa chữa hệ thống khí y tế", "Phòng Kế hoạch - Tài chính", "Đã xử lý"),
    (71, "123QĐ-UBND", "UBND tỉnh", "Quyết định", "Kiện toàn Ban Chỉ đạo phòng, chống dịch", "Văn phòng Sở", "Lưu hồ sơ"),
    (66, "03-TB/TU", "Tỉnh ủy", "Thông báo", "Kết luận về công tác chuẩn bị ứng phó mùa mưa bão", "Ban Giám đốc Sở", "Đã xử lý"),
    (60, "17/2026/NQ-HĐND", "HĐND tỉnh", "Nghị quyết", "Quy định mức chi phòng, chống dịch trên địa bàn", "Phòng Kế hoạch - Tài chính", "Đã xử lý"),
    (52, "412/SCT-QLCN", "Sở Công Thương", "Công văn", "Trả lời Công văn số 812/UBND-KGVX về năng lực sản xuất oxy của doanh nghiệp", "Phòng Nghiệp vụ Y", "Đã xử lý"),
    (45, "", "UBND tỉnh", "Giấy mời", "Họp giao ban công tác y tế quý", "Văn phòng Sở", ""),
    (38, "98/bv-khth", "Bệnh viện Đa khoa tỉnh", "Báo cáo", "Tình hình sử dụng oxy y tế tháng trước", "Phòng Nghiệp vụ Y", "Đã xử lý"),
    (31, "201/SGTVT-VT; 202/SGTVT-VT", "Sở Giao thông vận tải", "Công văn", "Giờ cấm tải và luồng ưu tiên cho xe chở oxy", "Phòng Nghiệp vụ Y", "Đã xử lý"),
    (24, "845/UBND-KGVX", "UBND tỉnh", "Công văn", "Đôn đốc thực hiện Công văn số 812/UBND-KGVX", "Sở Y tế", "Đã xử lý"),
    (17, "5/3", "Công ty khí công nghiệp", "Công văn", "Báo giá oxy lỏng và lịch giao hàng", "Phòng Kế hoạch - Tài chính", "Lưu hồ sơ"),
    (10, "119/SYT-NVY", "Sở Y tế tỉnh bạn", "Công văn", "Đề nghị chia sẻ kinh nghiệm điều phối oxy", "Phòng Nghiệp vụ Y", "Quá hạn"),
    (4, "861/UBND-KGVX", "UBND tỉnh", "Công văn", "Rà soát phương án dự phòng oxy trước mùa bão", "Sở Y tế", "Đang xử lý"),
];

/// What went out.
#[rustfmt::skip]
const WENT: [Row; 4] = [
    (80, "640/SYT-NVY", "Sở Y tế", "Công văn", "Hướng dẫn thực hiện Công văn số 812/UBND-KGVX", "Phòng Nghiệp vụ Y", "Đã phát hành"),
    (49, "44/KH-SYT", "Sở Y tế", "Kế hoạch", "Kiểm tra an toàn hệ thống oxy tại các bệnh viện", "Phòng Nghiệp vụ Y", "Đã phát hành"),
    (22, "702/SYT-NVY", "Sở Y tế", "Công văn", "Báo cáo kết quả thực hiện Công văn số 845/UBND-KGVX", "Phòng Nghiệp vụ Y", "Đã phát hành"),
    (9, "718/SYT-KHTC", "Sở Y tế", "Công văn", "Trả lời Công văn số 56/STC-HCSN", "Phòng Kế hoạch - Tài chính", "Đã phát hành"),
];

/// The first number of arrival in the list.
const FIRST_ARRIVAL: usize = 311;

/// Brings both registers in, as the clerk would two days before the opening.
pub async fn tell(office: &Office, province: ProvinceId, opening: Moment) -> Outcome<()> {
    let accounts = office.look(move |_, connection| Ok(account::list(connection, province)?)).await?;
    let Some(clerk) = accounts.iter().find(|account| account.display_name == CLERK).map(Actor::of_account) else {
        return Ok(());
    };
    let at = opening - Span::days(2);
    let came = CAME.iter().enumerate().map(|(place, row)| (Direction::Incoming, Some(FIRST_ARRIVAL + place), row));
    let went = WENT.iter().map(|row| (Direction::Outgoing, None, row));
    for (direction, arrival, row) in came.chain(went) {
        let row = list_row(row, arrival, opening.date());
        office
            .perform_as_at(clerk.clone(), at, ListLetter { key: None, direction, row, known: None, simulated: true })
            .await?;
    }
    Ok(())
}

fn before(day: Date, days: i32) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

fn list_row(row: &Row, arrival: Option<usize>, opening: Date) -> ListRow {
    let (days, typed, issuer, kind, subject, handler, state) = *row;
    let cell = NumberCell::read(typed);
    let number = cell.written().to_owned();
    ListRow {
        number_typed: if number == typed { String::new() } else { typed.to_owned() },
        number,
        issuer: issuer.to_owned(),
        date: Some(before(opening, days + 1)),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        arrival: arrival.map(|number| number.to_string()).unwrap_or_default(),
        arrived_on: arrival.map(|_| before(opening, days)),
        handler: handler.to_owned(),
        // Only what is still open has a day that matters: eight days after the opening.
        deadline: arrival.filter(|_| days < 9).map(|_| before(opening, -8)),
        state: state.to_owned(),
        party_word: true,
        ..ListRow::default()
    }
}
