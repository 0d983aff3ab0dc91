//! Small steps through a text: whole words, digits, the words that begin the name of a body.

use crate::text::{Bounds, Text};

/// The letter before a place.
pub(crate) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|head| head.chars().next_back())
}

/// The letter at a place.
pub(crate) fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// Whether a word may begin or end here.
pub(crate) fn is_edge(text: &str, at: usize) -> bool {
    let word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    !(word(before(text, at)) && word(after(text, at)))
}

/// Whether this place begins with whole words.
pub(crate) fn starts(text: &str, words: &str) -> bool {
    text.starts_with(words) && is_edge(text, words.len())
}

/// The first whole words in a place of the text, small letters asked for.
pub(crate) fn find(text: &Text, bounds: Bounds, words: &str) -> Option<Bounds> {
    let mut from = bounds.start;
    while let Some(at) = text.low(Bounds::new(from, bounds.end)).find(words).map(|at| at + from) {
        let end = at + words.len();
        if is_edge(&text.lower, at) && is_edge(&text.lower, end) {
            return Some(Bounds::new(at, end));
        }
        from = end;
    }
    None
}

/// All whole words of a list in a place, in the order of the text; of two that overlap the longer.
pub(crate) fn find_all(text: &Text, bounds: Bounds, list: &[&str]) -> Vec<Bounds> {
    let mut found = Vec::new();
    for words in list {
        let mut from = bounds.start;
        while let Some(hit) = find(text, Bounds::new(from, bounds.end), words) {
            found.push(hit);
            from = hit.end;
        }
    }
    found.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let mut kept: Vec<Bounds> = Vec::new();
    for hit in found {
        if kept.last().is_none_or(|last| hit.start >= last.end) {
            kept.push(hit);
        }
    }
    kept
}

/// Digits at a place, at most so many: their value and where they end.
pub(crate) fn digits(text: &str, at: usize, most: usize) -> Option<(u32, usize)> {
    let count = text.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
    if count == 0 || count > most {
        return None;
    }
    let value = text.get(at..at + count)?.parse().ok()?;
    Some((value, at + count))
}

/// Past blanks.
pub(crate) fn skip(text: &str, at: usize, letters: &[char]) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + (rest.len() - rest.trim_start_matches(letters).len())
}

/// The sentences of a place: to «. » or «;» before a capital, or its end.
pub(crate) fn sentences(text: &Text, bounds: Bounds) -> Vec<Bounds> {
    let mut found = Vec::new();
    let mut start = bounds.start;
    let slice = text.slice(bounds);
    let mut letters = slice.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|(_, next)| *next);
        if matches!(letter, '.' | '!' | '?') && after.is_none_or(char::is_whitespace) {
            let end = bounds.start + at + letter.len_utf8();
            let rest = text.slice(Bounds::new(end, bounds.end)).trim_start();
            if rest.chars().next().is_none_or(|next| !next.is_lowercase()) {
                found.push(text.trim(Bounds::new(start, end), &[]));
                start = end;
            }
        }
    }
    let rest = text.trim(Bounds::new(start, bounds.end), &[]);
    if rest.start < rest.end {
        found.push(rest);
    }
    found
}

/// Words that begin an order.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "tiếp tục", "tăng cường", "thực hiện", "triển khai", "phối hợp", "chủ trì", "chỉ đạo", "rà soát", "báo cáo",
    "xây dựng", "tổ chức", "chuẩn bị", "đẩy nhanh", "đẩy mạnh", "nâng cao", "hướng dẫn", "kiểm tra", "giám sát",
    "theo dõi", "tham mưu", "đề xuất", "quản lý", "thông báo", "thông tin", "cập nhật", "khẩn trương", "chủ động",
    "huy động", "bố trí", "phân công", "bảo đảm", "đảm bảo", "duy trì", "thành lập", "ban hành", "lập", "gửi",
    "nghiên cứu", "lãnh đạo", "chịu trách nhiệm", "có", "cử", "hoàn thành", "tập trung", "quan tâm", "thường xuyên",
    "xét nghiệm", "thực hành", "cung cấp", "tiếp nhận", "trình", "kịp thời", "quán triệt", "phổ biến", "tuyên truyền",
    "củng cố", "xử lý", "nghiêm túc", "tuyệt đối", "sẵn sàng", "mua sắm", "tiêm", "đánh giá", "tổng hợp", "thống kê",
    "kiện toàn", "giao", "bổ sung", "hỗ trợ", "điều phối", "vận động", "chăm lo", "kiên quyết", "không",
];

/// Whether small letters begin with an order.
pub(crate) fn is_order(low: &str) -> bool {
    let low = low.strip_prefix("đặc biệt, ").unwrap_or(low);
    VERBS.iter().any(|verb| starts(low, verb))
}

/// Words that begin the name of a body, «các» apart.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "sở", "bộ", "ủy ban", "ubnd", "hđnd", "hội đồng", "trung tâm", "ttyt", "bệnh viện", "bv", "ban", "văn phòng",
    "công an", "phòng", "trạm", "tyt", "cục", "vụ", "tổng cục", "chi cục", "viện", "trường", "bảo hiểm", "bhxh",
    "mặt trận", "mttq", "liên đoàn", "hội", "đoàn", "tỉnh ủy", "thành ủy", "huyện ủy", "quân khu", "kho bạc", "đài",
    "công ty", "tập đoàn", "ngân hàng", "thanh tra", "bcđ", "tổ", "cơ sở", "đơn vị", "cơ quan", "địa phương",
    "huyện", "tỉnh", "thành phố", "xã", "quận", "phường", "nhà máy", "doanh nghiệp", "khoa", "bộ phận", "trạm y tế",
    "thủ trưởng", "giám đốc", "chủ tịch", "thủ tướng", "chính phủ", "bộ trưởng", "quốc hội", "sở, ban, ngành", "nhà cung cấp", "nhà cung ứng",
];

/// Words that begin like a body and are none.
const NO_BODIES: &[&str] = &[
    "ban hành",
    "tổ chức",
    "hội nghị",
    "hội họp",
    "phòng chống",
    "phòng, chống",
    "phòng dịch",
    "cơ sở vật chất",
    "đoàn kết",
    "tỉnh táo",
    "bộ máy",
    "tổ hợp",
];

/// Whether small letters begin with the name of a body.
pub(crate) fn is_body(low: &str) -> bool {
    let low = ["các ", "những ", "toàn bộ các "].iter().find_map(|many| low.strip_prefix(many)).unwrap_or(low);
    !NO_BODIES.iter().any(|words| starts(low, words)) && BODIES.iter().any(|words| starts(low, words))
}

/// Verbs that end a name in the middle of a sentence; written with a capital they belong to it.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    "chủ trì", "phối hợp", "chịu trách nhiệm", "có trách nhiệm", "cần", "phải", "khẩn trương", "tiếp tục",
    "tăng cường", "thực hiện", "triển khai", "rà soát", "theo dõi", "báo cáo", "xây dựng", "tổ chức", "chuẩn bị",
    "hướng dẫn", "tham mưu", "lập", "cử", "bố trí", "ban hành", "nghiêm túc", "chủ động", "căn cứ", "nghiên cứu",
    "hoàn thành", "đẩy mạnh", "đẩy nhanh", "giám sát", "kiểm tra", "quán triệt", "gửi", "đề xuất", "tập trung",
    "thường xuyên", "cân nhắc", "duy trì", "cập nhật", "trước ngày", "để", "trong việc", "theo", "chậm nhất", "về việc",
    "siết chặt", "hoàn thiện", "và báo cáo", "quan tâm", "thống nhất", "trước", "khi", "tuyệt đối", "đảm bảo", "bảo đảm",
];

/// The name of a body that begins at a place: to the verb, bracket or stop that ends it. And
/// whether a verb ended it.
pub(crate) fn body_name(text: &Text, from: Bounds) -> Option<(Bounds, bool)> {
    if !is_body(text.low(from)) {
        return None;
    }
    let stop = text.slice(from).find([':', ';', '.', '(', '\n']).map_or(from.end, |at| from.start + at);
    let whole = Bounds::new(from.start, stop);
    let verb = find_all(text, whole, ENDS)
        .into_iter()
        .find(|hit| hit.start > from.start && after(&text.normal, hit.start).is_some_and(char::is_lowercase));
    let end = verb.map_or(stop, |hit| hit.start);
    let name = text.trim(Bounds::new(from.start, end), &[',', '-']);
    (name.start < name.end).then_some((name, verb.is_some()))
}
