//! Counts, money and quantities with their unit and the word that limits them: «tối thiểu 02 bình», «không quá 15 tỷ
//! đồng». Percentages are in `figures`.

use serde::{Deserialize, Serialize};

use crate::figures::{Qualifier, qualifier_before};
use crate::scan::{after, before, is_edge, skip, starts};
use crate::text::{Bounds, Found, Text};

/// A quantity in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// As printed, one blank between number and unit: «12,5 tấn».
    pub written: String,
    /// The number as printed: «12,5», «50 đến 100».
    pub number: String,
    /// The unit as printed.
    pub unit: String,
    /// How it is meant.
    pub qualifier: Qualifier,
}

/// Units; of two that fit the longer.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "tấn/ngày", "tấn", "tạ", "kg", "m3/giờ", "m³/giờ", "m3", "m³", "lít/phút", "lít", "ml", "km", "m2", "m",
    "nghìn tỷ đồng", "tỷ đồng", "triệu đồng", "nghìn đồng", "đồng/người/ngày", "đồng/người", "đồng/tháng", "đồng",
    "usd", "chai", "bình", "bồn", "giường bệnh", "giường", "ca", "trường hợp", "người bệnh", "người nhà", "người",
    "bệnh nhân", "công nhân", "học sinh", "trẻ", "hộ dân", "hộ", "liều", "máy thở", "máy", "xe bồn", "xe", "trạm", "cơ sở",
    "bệnh viện", "đội", "ê kíp", "tổ", "hệ thống", "báo giá", "nhà cung ứng", "nhà thầu", "cán bộ", "lãnh đạo khoa",
    "bác sĩ", "điều dưỡng", "nhân viên", "tình nguyện viên", "ổ dịch", "trụ cột", "lần/ngày", "lần/tuần", "lần/tháng",
    "lần/năm", "lần", "ngày/lần", "ngày", "giờ", "phút", "lượt", "mẫu", "túi", "bộ", "chiếc", "cái", "khu", "điểm",
    "xã", "thôn", "tổ chức", "doanh nghiệp", "mũi", "suất", "viên", "ống", "hộp", "thùng", "container", "kwh", "kva",
    "mw", "bar", "cm", "mm", "chốt", "phường", "ấp", "khu phố", "tàu", "đoàn", "phòng", "buồng", "khoa", "chuyến", "tuyến",
];

/// Words that begin like a unit: «06 đồng hồ», «3 bộ phận».
const NO_UNITS: &[(&str, &str)] = &[
    ("đồng", "hồ"),
    ("đồng", "chí"),
    ("bộ", "phận"),
    ("ca", "trực"),
    ("tổ", "chức"),
    ("khoa", "học"),
    ("m", "ũi"),
    ("phòng", "chống"),
];

/// What a unit of time is told by that is a deadline or a period of one, no amount.
const TERMS: &[&str] =
    &["trong vòng", "trong thời hạn", "trong thời gian", "trước", "sau", "chậm nhất", "lúc", "vào", "từ", "và trước"];

/// Units that are left out where they tell a clock or a term.
const TIMES: &[&str] = &["ngày", "giờ", "phút"];

/// A number as printed: digits with points and commas between; where it ends.
fn number_at(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let run = rest.find(|letter: char| !letter.is_ascii_digit() && !".,".contains(letter)).unwrap_or(rest.len());
    let run = rest.get(..run)?.trim_end_matches(['.', ',']);
    run.starts_with(|letter: char| letter.is_ascii_digit()).then_some(at + run.len())
}

fn unit_at(text: &Text, at: usize, end: usize) -> Option<&'static str> {
    let low = text.lower.get(at..end)?;
    let fits = |unit: &&&str| {
        let rest = low.get(unit.len()..).unwrap_or("");
        starts(low, unit)
            && !rest.starts_with('/')
            && !NO_UNITS.iter().any(|(word, next)| word == *unit && starts(rest.trim_start(), next))
    };
    UNITS.iter().filter(fits).max_by_key(|unit| unit.len()).copied()
}

/// The amounts of a part of the text, in its order.
pub(crate) fn amounts(text: &Text, bounds: Bounds) -> Vec<Found<Amount>> {
    let mut found = Vec::new();
    let mut at = bounds.start;
    while let Some(step) = text.slice(Bounds::new(at, bounds.end)).find(|letter: char| letter.is_ascii_digit()) {
        let start = at + step;
        let Some(mut end) = number_at(&text.normal, start).filter(|end| *end <= bounds.end) else { break };
        at = end;
        let free =
            before(&text.normal, start).is_none_or(|letter| !letter.is_alphanumeric() && !"/.,-(".contains(letter));
        if !free {
            continue;
        }
        // «từ 50 đến 100 người»
        let range = ["đến", "-"].iter().find_map(|word| {
            let from = skip(&text.lower, end, &[' ']);
            let rest = text.lower.get(from..)?.strip_prefix(word)?;
            let from = skip(&text.lower, text.lower.len() - rest.len(), &[' ']);
            number_at(&text.normal, from)
        });
        end = range.filter(|end| *end <= bounds.end).unwrap_or(end);
        let from = skip(&text.lower, end, &[' ']);
        let Some(unit) = unit_at(text, from, bounds.end).filter(|_| from <= end + 1) else { continue };
        let stop = from + unit.len();
        let number = text.words(Bounds::new(start, end));
        let (mut qualifier, mut first) = qualifier_before(text, bounds, start);
        let told = text.low(Bounds::new(bounds.start, first)).trim_end();
        if TIMES.contains(&unit) {
            let term = TERMS.iter().any(|word| told.ends_with(word) && is_edge(told, told.len() - word.len()));
            let minutes = unit == "phút" && (told.ends_with("giờ") || told.ends_with(" h"));
            let clock = minutes || unit == "giờ" && from == end + 1 && is_clock(text, stop);
            let working = starts(text.lower.get(stop..).unwrap_or("").trim_start(), "làm việc");
            let dated = unit == "ngày"
                && after(&text.normal, skip(&text.lower, stop, &[' '])).is_some_and(|next| next.is_ascii_digit());
            // «trong 24 giờ» is a term, «từ 01 đến 02 ngày» a quantity.
            let term = term && !(range.is_some() && told.ends_with("từ")) || unit == "giờ" && told.ends_with("trong");
            if term || clock || working || dated || from == end {
                continue;
            }
        }
        at = stop;
        // «số 3 xã», «tầng 2», «mũi 3»: an ordinal, no amount.
        let ordinal = [
            "số", "tầng", "mũi", "điều", "khoản", "bậc", "cấp", "đợt", "nhóm", "thứ", "ngày", "tháng", "năm", "mục",
            "quý", "độ", "tuần",
        ];
        let each = told.ends_with("mỗi đợt") || told.ends_with("mỗi ngày") || told.ends_with("mỗi tháng");
        if !each
            && ordinal.iter().any(|word| told.ends_with(word) && is_edge(told, told.len() - word.len()))
            && qualifier == Qualifier::Exactly
        {
            continue;
        }
        // «từ 5 m3 trở lên», «từ 02 ổ dịch trở lên»
        let upwards = text.lower.get(stop..bounds.end).unwrap_or("").trim_start().starts_with("trở lên");
        if upwards && qualifier == Qualifier::Exactly {
            qualifier = Qualifier::AtLeast;
            first = first.min(start);
        }
        let printed = text.words(Bounds::new(from, stop));
        let amount = Amount { written: format!("{number} {printed}"), number, unit: printed, qualifier };
        found.push(text.found(amount, Bounds::new(first, stop), 85));
    }
    found
}

/// «16 giờ 30», «14 giờ ngày …», «10 giờ hằng ngày»: an hour of the day.
fn is_clock(text: &Text, at: usize) -> bool {
    let rest = text.lower.get(at..).unwrap_or("").trim_start();
    rest.starts_with(|letter: char| letter.is_ascii_digit())
        || ["ngày", "hằng", "hàng", "thứ", "sáng", "chiều", "cùng"].iter().any(|word| starts(rest, word))
}
