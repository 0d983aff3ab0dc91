//! Lists of words that the readers know: data, no rules.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::scan::is_edge;

/// Phrases found by their first word.
pub(crate) struct Lexicon(HashMap<&'static str, Vec<&'static str>>);

impl Lexicon {
    fn of(lists: &[&'static [&'static str]]) -> Self {
        let mut by_first: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
        for phrase in lists.iter().copied().flatten() {
            by_first.entry(first_word(phrase)).or_default().push(phrase);
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        }
        Self(by_first)
    }

    /// The longest phrase that small letters begin with, in whole words.
    pub(crate) fn at(&self, low: &str) -> Option<&'static str> {
        let phrases = self.0.get(first_word(low))?;
        phrases.iter().find(|phrase| low.starts_with(**phrase) && is_edge(low, phrase.len())).copied()
    }
}

fn first_word(low: &str) -> &str {
    low.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("")
}

/// Verbs of orders.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "tiếp tục", "tăng cường", "thực hiện", "triển khai", "phối hợp", "chủ trì", "chỉ đạo", "rà soát", "báo cáo",
    "xây dựng", "tổ chức", "chuẩn bị", "đẩy nhanh", "đẩy mạnh", "nâng cao", "hướng dẫn", "kiểm tra", "giám sát",
    "theo dõi", "tham mưu", "đề xuất", "quản lý", "thông báo", "thông tin", "cập nhật", "khẩn trương", "chủ động",
    "huy động", "bố trí", "phân công", "bảo đảm", "đảm bảo", "duy trì", "thành lập", "ban hành", "lập", "gửi",
    "nghiên cứu", "lãnh đạo", "chịu trách nhiệm", "cử", "hoàn thành", "tập trung", "quan tâm", "thường xuyên",
    "thực hành", "cung cấp", "tiếp nhận", "trình", "kịp thời", "quán triệt", "phổ biến", "tuyên truyền",
    "củng cố", "xử lý", "nghiêm túc", "tuyệt đối", "sẵn sàng", "mua sắm", "đánh giá", "tổng hợp", "thống kê",
    "kiện toàn", "giao", "bổ sung", "hỗ trợ", "vận động", "chăm lo", "kiên quyết", "hoàn thiện", "siết chặt",
    "có trách nhiệm", "có nhiệm vụ", "có văn bản", "có phương án", "có kế hoạch", "có biện pháp", "phải", "cần",
    "không để", "không được", "thẩm định", "giới thiệu", "ưu tiên", "tập huấn", "ký kết", "ký", "tạo điều kiện",
    "tháo gỡ", "xem xét", "phê duyệt", "cho", "tăng", "giảm", "tự bảo đảm", "gọi điện", "phun", "lấy mẫu",
    "đối chiếu", "giải trình", "công khai", "công bố", "khoanh vùng", "điều tra", "đôn đốc", "nắm", "nắm chắc",
    "trực tiếp", "trực", "cân nhắc", "cân đối", "thống nhất", "đề nghị", "yêu cầu", "phân bổ", "sơ kết", "tổng kết",
    "thanh tra", "phản ánh", "kiểm kê", "kiểm soát chặt", "mời", "cấp bổ sung", "cấp phát", "mua", "lắp đặt", "vận hành",
    "làm đầu mối", "làm việc", "là cơ quan", "là đơn vị", "là đầu mối", "rút kinh nghiệm", "khắc phục", "chấn chỉnh",
    "đăng ký", "niêm yết", "sắp xếp", "điều động", "luân phiên", "chia sẻ", "hội chẩn", "kê cao", "dự trữ",
    "thiết lập", "ghi", "lựa chọn", "chấp hành", "phát động", "truyền thông", "định hướng", "định kỳ", "thay thế",
    "căn cứ", "tự", "tuần tra", "vệ sinh", "di chuyển", "sơ tán", "tư vấn", "quyết định", "đưa", "khẩn cấp",
    "nạp", "cấp", "thu gom", "thu hồi", "sàng lọc", "phân loại", "phân luồng", "tạm dừng", "dừng", "kéo dài", "rút ngắn",
    "bảo trì", "bảo dưỡng", "sửa chữa", "kiểm định", "hiệu chuẩn", "nâng cấp", "cải tạo", "mở rộng", "mở", "kết nối", "nhập",
    "xác minh", "xác định", "lồng ghép", "phát hiện", "ngăn chặn", "khống chế", "xử phạt", "tiếp thu", "giải quyết",
    "trả lời", "ra quân", "tham gia", "tham dự", "cam kết", "cho phép", "hoàn trả", "bàn giao", "điều chuyển", "điều tiết",
    "điều chỉnh", "gia hạn", "thanh toán", "quyết toán", "giải ngân", "tạm ứng", "ứng", "trưng dụng", "huấn luyện", "diễn tập",
    "ghi nhận", "hạn chế", "khuyến cáo", "khuyến khích", "nhắc nhở", "cảnh báo", "dự báo", "phân tích", "tính toán",
    "tích hợp", "số hóa", "nộp", "giao nhận", "chuyển", "phát huy", "duyệt", "thẩm tra", "rút", "tháo dỡ", "treo", "in",
    "cung ứng đủ", "sản xuất đủ", "tránh", "tôn trọng", "bám sát", "làm tốt", "làm rõ", "đầu tư", "góp ý", "tham khảo",
    "lưu ý", "đảm nhận", "đảm nhiệm", "phụ trách", "tiếp cận", "xét duyệt", "lên phương án", "xin ý kiến", "ủng hộ",
    "khôi phục", "dự trù", "liên hệ", "dự phòng đủ", "tìm kiếm", "trích", "bù", "thí điểm", "cải thiện", "ổn định", "nhân rộng",
    "phát triển", "đổi mới", "ngừng", "tạm ngừng", "hủy", "thu thập", "biên soạn", "in ấn", "soạn thảo", "đăng tải", "đưa tin",
    "truy vết", "cách ly", "khử khuẩn", "phân tuyến", "cập nhập", "điều hành", "tiêu hủy", "kích hoạt", "mở đợt",
];

/// Words that begin an order only where they stand first.
#[rustfmt::skip]
const FIRST_ONLY: &[&str] = &["có", "không", "tiêm", "xét nghiệm", "điều phối", "thu dung", "bảo vệ", "chăm sóc", "sử dụng", "chuyển", "phát", "thu hồi", "giữ"];

/// Words that end the name of a body and are no verbs.
#[rustfmt::skip]
const AFTER_NAME: &[&str] = &[
    "để", "trong việc", "trong quá trình", "trong thời", "trong tháng", "trong quý", "trong ngày", "trong vòng",
    "trong các", "theo", "chậm nhất", "muộn nhất", "về việc", "về", "trước", "khi", "sau", "tại kỳ", "tại hội",
    "như sau", "hằng ngày", "hàng ngày", "hằng tuần", "hàng tuần", "hằng tháng", "hàng tháng", "hằng quý", "hàng quý",
    "định kỳ", "nhu cầu", "kết quả", "danh sách", "số liệu", "tình hình", "việc", "qua", "nếu", "là", "làm", "đã", "sẽ",
    "ngay", "bằng", "vào", "từ ngày", "đến ngày", "kể từ", "nhằm", "đo", "biết", "chưa", "hiện", "với", "và báo cáo", "những vấn đề", "những nội dung", "những khó khăn", "các vấn đề", "các nội dung",
];

/// Words of names that begin like a verb.
#[rustfmt::skip]
const IN_NAMES: &[&str] = &[
    "trực thuộc", "trực tuyến", "giao thông", "tự quản", "ký túc", "thông tin đại chúng", "quản lý nhà nước",
    "quản lý nội trú", "cho thuê", "nhập khẩu", "tìm kiếm cứu nạn", "mở cửa", "ứng dụng", "ứng cứu", "phát triển nông", "dự phòng", "mua bán", "trình dược", "hỗ trợ người", "điều tra hình sự", "chuyển tuyến", "cấp huyện", "cấp xã", "cấp tỉnh", "cấp cứu", "cấp cơ sở", "cấp trên", "cấp dưới", "cấp thành", "cấp phòng", "cấp ủy", "cấp chính", "cấp có", "in ấn", "chuyển giao công", "mở cửa", "cấp nước", "cấp điện", "ghi danh",
];

/// Words that begin the name of a body, «các» apart.
#[rustfmt::skip]
const BODIES: &[&str] = &[
    "sở", "bộ", "ủy ban", "ubnd", "hđnd", "hội đồng", "trung tâm", "ttyt", "bệnh viện", "bv", "ban", "văn phòng",
    "công an", "phòng", "trạm", "tyt", "cục", "vụ", "tổng cục", "chi cục", "viện", "trường", "bảo hiểm", "bhxh",
    "mặt trận", "mttq", "liên đoàn", "hội", "đoàn", "tỉnh ủy", "thành ủy", "huyện ủy", "đảng ủy", "thị ủy", "quân khu",
    "kho bạc", "đài", "báo", "công ty", "tập đoàn", "ngân hàng", "thanh tra", "bcđ", "tổ", "cơ sở", "đơn vị", "cơ quan",
    "địa phương", "huyện", "tỉnh", "thành phố", "xã", "quận", "phường", "nhà máy", "doanh nghiệp", "khoa", "bộ phận",
    "thủ trưởng", "giám đốc", "chủ tịch", "thủ tướng", "chính phủ", "bộ trưởng", "quốc hội", "nhà cung cấp",
    "nhà cung ứng", "nhà sản xuất", "nhà phân phối", "cấp ủy", "thường trực", "ban cán sự", "chi bộ", "đội", "chốt",
    "cục trưởng", "trưởng", "hiệu trưởng", "phó chủ tịch", "phó giám đốc", "bộ chỉ huy", "bộ tư lệnh", "đồn", "ubmttq",
    "kbnn", "tòa án", "viện kiểm sát", "hợp tác xã", "nhà thuốc", "phòng khám", "cdc", "tiểu ban", "tổng công ty", "lực lượng",
    "cảng vụ", "điện lực", "xí nghiệp", "hiệp hội", "hải quan", "chi nhánh", "bưu điện", "ủy viên", "quận ủy", "nhà thầu",
];

/// Words that begin like a body and are none.
#[rustfmt::skip]
const NO_BODIES: &[&str] = &[
    "ban hành", "tổ chức", "hội nghị", "hội họp", "hội chẩn", "phòng chống", "phòng, chống", "phòng dịch",
    "phòng ngừa", "cơ sở vật chất", "cơ sở dữ liệu", "đoàn kết", "tỉnh táo", "bộ máy", "tổ hợp", "báo cáo", "báo giá",
    "báo ngay", "trường hợp", "bảo hiểm y tế", "viện phí", "vụ việc", "xã hội", "trạm khí", "khoa học", "đài thọ",
    "bộ phận giả", "báo động", "trưởng thành", "đoàn viên", "hội thảo", "hội viên", "thanh tra, kiểm tra", "thanh tra kiểm tra", "thanh tra việc", "trung tâm thành phố",
];

/// Words that begin an order at the head of a paragraph.
pub(crate) static FIRST: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&[VERBS, FIRST_ONLY]));
/// Words inside the name of a body.
pub(crate) static INSIDE: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&[IN_NAMES]));
/// Words after the name of a body.
pub(crate) static AFTER: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&[VERBS, AFTER_NAME]));
/// Words that begin the name of a body.
pub(crate) static NAMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&[BODIES]));
/// Words that begin like one.
pub(crate) static NO_NAMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(&[NO_BODIES]));

/// Nouns whose next word belongs to the name even where it is a verb: «Tổ hỗ trợ», «Ban chỉ đạo».
pub(crate) const NAMED_BY_A_VERB: &[&str] = &[
    "tổ",
    "ban",
    "bộ phận",
    "đội",
    "trung tâm",
    "chốt",
    "hội đồng",
    "tiểu ban",
    "phòng",
    "cơ sở",
    "đoàn",
    "bộ chỉ huy",
];

/// Posts whose holder stands for his body.
#[rustfmt::skip]
pub(crate) const HEADS: &[&str] = &[
    "đồng chí", "thủ trưởng", "giám đốc", "chủ tịch", "bộ trưởng", "cục trưởng", "hiệu trưởng", "người đứng đầu",
    "lãnh đạo", "tổng giám đốc",
];

/// Headings under which nothing is ordered.
#[rustfmt::skip]
pub(crate) const REPORTS: &[&str] = &[
    "về tình hình", "tình hình", "quan điểm", "đánh giá", "kết quả", "thực trạng", "mục tiêu", "mục đích", "yêu cầu",
    "nguyên nhân", "tồn tại", "hạn chế", "ưu điểm", "sự cần thiết", "đối tượng", "quy mô", "phạm vi", "khó khăn",
    "bối cảnh", "nội dung phương án", "cơ sở pháp lý", "căn cứ", "thời gian", "địa điểm", "thành phần", "nguồn kinh phí",
    "kinh phí thực hiện", "mức hỗ trợ", "nội dung họp", "hiệu lực", "đặc điểm", "chỉ tiêu",
];

/// Kinds of papers in which only a named body is ordered something.
pub(crate) const EXPLICIT_KINDS: &[&str] = &[
    "Báo cáo",
    "Tờ trình",
    "Quyết định",
    "Nghị quyết",
    "Giấy mời",
    "Kế hoạch",
    "Đề án",
    "Phương án",
    "Chương trình",
    "Dự án",
    "Biên bản",
    "Quy chế",
    "Quy định",
];

/// What closes a paper and orders nothing that could be handed in.
#[rustfmt::skip]
pub(crate) const CLOSING: &[&str] = &[
    "nghiêm túc", "khẩn trương", "tổ chức", "triển khai", "thực hiện", "nội dung nêu trên", "các nội dung trên", "nghiêm",
    "nội dung trên", "theo quy định", "nghiên cứu", "quan tâm", "phối hợp", "chỉ đạo", "xem xét", "phê duyệt",
    "quyết định", "để", "biết", "đúng", "kế hoạch này", "chỉ thị này", "thông báo này", "công điện này", "kết luận này",
    "công văn này", "hướng dẫn này", "nghị quyết này", "và", "các", "đơn vị liên quan", "nội dung nội dung nêu trên",
    "với", "kịp thời", "hiệu quả", "có hiệu quả", "đầy đủ", "căn cứ", "chức năng", "nhiệm vụ", "được giao",
];

/// Provinces and cities of 2019–2026.
#[rustfmt::skip]
pub(crate) const PROVINCES: &[&str] = &[
    "an giang", "bà rịa - vũng tàu", "bạc liêu", "bắc giang", "bắc kạn", "bắc ninh", "bến tre", "bình dương",
    "bình định", "bình phước", "bình thuận", "cà mau", "cao bằng", "cần thơ", "đà nẵng", "đắk lắk", "đắk nông",
    "điện biên", "đồng nai", "đồng tháp", "gia lai", "hà giang", "hà nam", "hà nội", "hà tĩnh", "hải dương",
    "hải phòng", "hậu giang", "hòa bình", "hồ chí minh", "huế", "hưng yên", "khánh hòa", "kiên giang", "kon tum",
    "lai châu", "lạng sơn", "lào cai", "lâm đồng", "long an", "nam định", "nghệ an", "ninh bình", "ninh thuận",
    "phú thọ", "phú yên", "quảng bình", "quảng nam", "quảng ngãi", "quảng ninh", "quảng trị", "sóc trăng", "sơn la",
    "tây ninh", "thái bình", "thái nguyên", "thanh hóa", "thừa thiên huế", "tiền giang", "trà vinh", "tuyên quang",
    "vĩnh long", "vĩnh phúc", "yên bái",
];

/// Cities that stand directly under the centre.
pub(crate) const CITIES: &[&str] = &["hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế"];

/// Issuers that a symbol names, and whether their province is named beside them.
#[rustfmt::skip]
pub(crate) const SYMBOLS: &[(&str, &str, bool)] = &[
    ("BYT", "Bộ Y tế", false), ("BTC", "Bộ Tài chính", false), ("BNV", "Bộ Nội vụ", false),
    ("BCT", "Bộ Công Thương", false), ("BGTVT", "Bộ Giao thông vận tải", false), ("BQP", "Bộ Quốc phòng", false),
    ("BCA", "Bộ Công an", false), ("BGDĐT", "Bộ Giáo dục và Đào tạo", false), ("BKHĐT", "Bộ Kế hoạch và Đầu tư", false),
    ("BTTTT", "Bộ Thông tin và Truyền thông", false), ("BXD", "Bộ Xây dựng", false), ("BTP", "Bộ Tư pháp", false),
    ("BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội", false), ("BKHCN", "Bộ Khoa học và Công nghệ", false),
    ("BNNPTNT", "Bộ Nông nghiệp và Phát triển nông thôn", false), ("BTNMT", "Bộ Tài nguyên và Môi trường", false),
    ("VPCP", "Văn phòng Chính phủ", false), ("CP", "Chính phủ", false), ("TTg", "Thủ tướng Chính phủ", false),
    ("KCB", "Cục Quản lý Khám, chữa bệnh", false), ("QLD", "Cục Quản lý Dược", false),
    ("BHXH", "Bảo hiểm xã hội", true),
    ("SYT", "Sở Y tế", true), ("STC", "Sở Tài chính", true), ("SCT", "Sở Công Thương", true),
    ("SNV", "Sở Nội vụ", true), ("SXD", "Sở Xây dựng", true), ("STP", "Sở Tư pháp", true),
    ("SGTVT", "Sở Giao thông vận tải", true), ("SGDĐT", "Sở Giáo dục và Đào tạo", true),
    ("STTTT", "Sở Thông tin và Truyền thông", true), ("SKHĐT", "Sở Kế hoạch và Đầu tư", true),
    ("SKHCN", "Sở Khoa học và Công nghệ", true), ("STNMT", "Sở Tài nguyên và Môi trường", true),
    ("SLĐTBXH", "Sở Lao động - Thương binh và Xã hội", true), ("SNNPTNT", "Sở Nông nghiệp và Phát triển nông thôn", true),
    ("KSBT", "Trung tâm Kiểm soát bệnh tật", true), ("CDC", "Trung tâm Kiểm soát bệnh tật", true),
    ("HĐND", "Hội đồng nhân dân", true), ("UBND", "Ủy ban nhân dân", true),
    ("TU", "Tỉnh ủy", false), ("VPTU", "Văn phòng Tỉnh ủy", false),
];

/// Words that begin the name of a body in a letterhead.
#[rustfmt::skip]
pub(crate) const LETTERHEADS: &[&str] = &[
    "sở", "bộ", "ủy ban", "ubnd", "trung tâm", "bệnh viện", "ban", "văn phòng", "cục", "tổng cục", "chi cục", "vụ",
    "bảo hiểm", "hội đồng", "tỉnh ủy", "thành ủy", "huyện ủy", "thị ủy", "quận ủy", "đảng ủy", "đảng bộ", "liên ngành",
    "viện", "trường", "phòng", "công ty", "thủ tướng", "chính phủ", "thường trực", "trạm", "công an", "liên đoàn", "hội",
    "đoàn", "mặt trận", "kho bạc", "thanh tra", "quốc hội", "tổ", "chi bộ", "ban chấp hành", "hđnd", "thành đoàn",
    "chủ tịch", "tổng công ty", "tập đoàn", "xí nghiệp", "nhà máy", "ngân hàng", "đài", "tòa án", "học viện", "đại học",
    "quân khu", "cảng vụ", "hiệp hội", "khu quản lý",
];
