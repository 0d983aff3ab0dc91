//! The routes: what each asker gets. `routes` asks all of them.

use crate::routes::Cast;
use crate::world::Browser;

/// What each asker gets. `None` where there is no such asker: a page of the door has no wrong role.
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    pub fields: &'static [(&'static str, &'static str)],
    pub nobody: Seen,
    pub wrong_role: Option<fn(&Cast) -> &Browser>,
    pub outside: Option<fn(&Cast) -> &Browser>,
    pub right: fn(&Cast) -> &Browser,
    pub gets: u16,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Seen {
    /// Led to the door, back to where he wanted to go.
    Door,
    /// This status.
    Status(u16),
}

const NOBODY: fn(&Cast) -> &Browser = |_| {
    static NOBODY: std::sync::LazyLock<Browser> = std::sync::LazyLock::new(Browser::default);
    &NOBODY
};
pub const DUTY: fn(&Cast) -> &Browser = |cast| &cast.duty;
pub const FOCAL: fn(&Cast) -> &Browser = |cast| &cast.focal;
pub const ELSEWHERE: fn(&Cast) -> &Browser = |cast| &cast.focal_elsewhere;
pub const OBSERVER: fn(&Cast) -> &Browser = |cast| &cast.observer;
pub const LEADER: fn(&Cast) -> &Browser = |cast| &cast.leader;
const LEAVER: fn(&Cast) -> &Browser = |cast| &cast.leaver;
const MINISTRY: fn(&Cast) -> &Browser = |cast| &cast.ministry;
pub const CLERK: fn(&Cast) -> &Browser = |cast| &cast.clerk;
pub const ADMINISTRATOR: fn(&Cast) -> &Browser = |cast| &cast.administrator;

/// What a letter needs to be kept.
const LETTER: &[(&str, &str)] = &[
    ("kind", "letter"),
    ("unit", "NVY"),
    ("subject", "bảo đảm oxy"),
    ("recipients", "Bộ Y tế"),
    ("body", "Sở Y tế báo cáo."),
];

const EMPTY_QUARTER: &[(&str, &str)] = &[("do", "draft"), ("ky", "2001-Q1")];

/// A page of the door: nobody is turned away for who he is.
pub const fn open(method: &'static str, path: &'static str, gets: u16) -> Row {
    let nobody = Seen::Status(gets);
    Row { method, path, fields: &[], nobody, wrong_role: None, outside: None, right: NOBODY, gets }
}

/// A page of members.
pub const fn members(
    method: &'static str,
    path: &'static str,
    wrong_role: Option<fn(&Cast) -> &Browser>,
    outside: Option<fn(&Cast) -> &Browser>,
    right: fn(&Cast) -> &Browser,
    gets: u16,
) -> Row {
    Row { method, path, fields: &[], nobody: Seen::Door, wrong_role, outside, right, gets }
}

/// A key that nothing has.
const NOBODYS: &str = "00000000-0000-0000-0000-000000000000";

pub fn rows() -> Vec<Row> {
    let mut all = vec![
        open("GET", "/", 303),
        open("GET", "/thiet-lap", 303),
        open("POST", "/thiet-lap", 422),
        open("GET", "/dang-nhap", 200),
        Row { fields: &[("username", "ai"), ("password", "đó")], ..open("POST", "/dang-nhap", 422) },
        members("POST", "/dang-xuat", None, None, LEAVER, 303),
        Row { fields: &[("locale", "en"), ("back", "/oxy")], ..open("POST", "/ngon-ngu", 303) },
        open("POST", "/demo/vao", 404),
        Row { fields: &[("command", "pause")], ..members("POST", "/demo/dong-ho", Some(FOCAL), None, DUTY, 422) },
        Row {
            fields: &[("state", "emergency"), ("back", "/oxy")],
            ..members("POST", "/trang-thai", Some(DUTY), None, LEADER, 303)
        },
        members("GET", "/oxy", Some(ADMINISTRATOR), None, OBSERVER, 200),
        members("GET", "/oxy/bang", Some(ADMINISTRATOR), None, OBSERVER, 200),
        open("GET", "/ca-mac", 308),
        members("GET", "/dinh-muc", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("GET", "/co-so/{id}/nguon", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        Row {
            fields: &[("do", "bring")],
            ..members("POST", "/co-so/{id}/nguon", Some(OBSERVER), Some(ELSEWHERE), DUTY, 422)
        },
        members("GET", "/co-so/{id}/can-bo", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        Row {
            fields: &[("do", "appoint")],
            ..members("POST", "/co-so/{id}/can-bo", Some(FOCAL), Some(ELSEWHERE), DUTY, 422)
        },
        members("GET", "/co-so/{id}/can-doi", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("POST", "/co-so/{id}/can-doi", Some(OBSERVER), Some(ELSEWHERE), FOCAL, 422),
        members("GET", "/co-so/{id}/sap-nhap", Some(FOCAL), Some(ELSEWHERE), DUTY, 200),
        members("POST", "/co-so/{id}/sap-nhap", Some(FOCAL), Some(ELSEWHERE), DUTY, 422),
        members("GET", "/dinh-muc/rieng", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/dinh-muc/rieng", Some(DUTY), None, LEADER, 422),
        members("GET", "/co-so/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("GET", "/co-so/{id}/bao-cao", Some(OBSERVER), Some(ELSEWHERE), FOCAL, 200),
        // Nothing in it: whoever may report is told so politely.
        members("POST", "/co-so/{id}/bao-cao", Some(OBSERVER), Some(ELSEWHERE), FOCAL, 422),
        members("GET", "/bien-nhan/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("GET", "/bao-cao/{id}/dinh-chinh", Some(OBSERVER), Some(ELSEWHERE), FOCAL, 200),
        members("POST", "/bao-cao/{id}/dinh-chinh", Some(OBSERVER), Some(ELSEWHERE), FOCAL, 422),
        members("GET", "/anh/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("GET", "/nhat-ky", Some(OBSERVER), None, DUTY, 200),
        members("GET", "/lich-su/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("GET", "/chi-dao", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("GET", "/chi-dao/bo-phan-oxy", Some(ADMINISTRATOR), None, FOCAL, 200),
        Row {
            fields: &[("do", "found"), ("issued_on", "2026-11-20")],
            ..members("POST", "/chi-dao/bo-phan-oxy", Some(OBSERVER), None, DUTY, 422)
        },
        members("GET", "/chi-dao/tep/{id}", Some(ADMINISTRATOR), None, OBSERVER, 404),
        members("GET", "/chi-dao/de-an-4308", Some(ADMINISTRATOR), None, FOCAL, 200),
        Row {
            fields: &[("do", "milestone"), ("line", "survey")],
            ..members("POST", "/chi-dao/de-an-4308", Some(OBSERVER), None, DUTY, 422)
        },
        members("GET", "/chi-dao/bon-tai-cho", Some(ADMINISTRATOR), None, FOCAL, 200),
        Row {
            fields: &[("do", "drill"), ("held_on", "2026-11-20")],
            ..members("POST", "/chi-dao/bon-tai-cho", Some(OBSERVER), None, DUTY, 422)
        },
        members("GET", "/chi-dao/nop-bao-cao", Some(ADMINISTRATOR), None, FOCAL, 200),
        Row {
            fields: &[("do", "explain"), ("facility", NOBODYS)],
            ..members("POST", "/chi-dao/nop-bao-cao", Some(OBSERVER), None, DUTY, 404)
        },
        members("GET", "/xuat/nop-bao-cao", Some(FOCAL), None, OBSERVER, 200),
        members("GET", "/chi-dao/kiem-ke", Some(OBSERVER), None, DUTY, 200),
        Row {
            fields: &[("do", "finding"), ("of", NOBODYS), ("due_on", "2026-11-30")],
            ..members("POST", "/chi-dao/kiem-ke", Some(OBSERVER), None, DUTY, 404)
        },
        members("GET", "/chi-dao/kiem-ke/{id}", Some(OBSERVER), Some(ELSEWHERE), DUTY, 200),
        Row {
            fields: &[("do", "recount"), ("by", "x")],
            ..members("POST", "/chi-dao/kiem-ke/{id}", Some(OBSERVER), Some(ELSEWHERE), DUTY, 422)
        },
        members("GET", "/chi-dao/phoi-hop", Some(OBSERVER), None, DUTY, 200),
        Row {
            fields: &[("do", "group"), ("group", "private")],
            ..members("POST", "/chi-dao/phoi-hop", Some(OBSERVER), None, DUTY, 422)
        },
        members("GET", "/chi-dao/ranh-gioi", Some(OBSERVER), None, ADMINISTRATOR, 200),
        Row {
            fields: &[("do", "import")],
            ..members("POST", "/chi-dao/ranh-gioi", Some(OBSERVER), None, ADMINISTRATOR, 422)
        },
        members("GET", "/oxy/ban-do", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("GET", "/quoc-gia", Some(LEADER), None, MINISTRY, 200),
        members("GET", "/nguoi-dung", Some(DUTY), None, ADMINISTRATOR, 200),
        members("POST", "/nguoi-dung", Some(DUTY), None, ADMINISTRATOR, 422),
        members("GET", "/oxy/hop-thu", Some(FOCAL), None, DUTY, 200),
        members("POST", "/oxy/hop-thu", Some(FOCAL), None, DUTY, 422),
        members("POST", "/oxy/hop-thu/tep", Some(FOCAL), None, DUTY, 422),
        members("GET", "/oxy/hop-thu/{id}", Some(FOCAL), None, DUTY, 200),
        // No facility chosen, no reason given: asked for politely.
        members("POST", "/oxy/hop-thu/{id}", Some(FOCAL), None, DUTY, 422),
        members("POST", "/oxy/hop-thu/{id}/khong-ghi", Some(FOCAL), None, DUTY, 422),
        members("GET", "/oxy/hop-thu/{id}/tep", Some(FOCAL), None, DUTY, 200),
        members("GET", "/nguoi-dung/ma", Some(DUTY), None, ADMINISTRATOR, 200),
        members("POST", "/nguoi-dung/ma", Some(DUTY), None, ADMINISTRATOR, 422),
        members("POST", "/nguoi-dung/ma/thu-hoi", Some(DUTY), None, ADMINISTRATOR, 404),
        members("GET", "/xuat/oxy", Some(FOCAL), None, OBSERVER, 200),
        members("GET", "/oxy/canh-bao", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("GET", "/oxy/canh-bao/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("POST", "/oxy/canh-bao/{id}/nhan", Some(OBSERVER), None, DUTY, 303),
        Row {
            fields: &[("callee", "BS. Bần"), ("outcome", "reached")],
            ..members("POST", "/oxy/canh-bao/{id}/goi", Some(OBSERVER), None, DUTY, 303)
        },
        members("GET", "/oxy/truc", Some(ADMINISTRATOR), Some(FOCAL), OBSERVER, 200),
        // Nothing in it: whoever keeps the roster is told so politely.
        members("POST", "/oxy/truc", Some(OBSERVER), None, DUTY, 422),
        members("POST", "/oxy/truc/{id}/rut", Some(OBSERVER), None, DUTY, 303),
        members("POST", "/oxy/truc/giao-ban", Some(OBSERVER), None, DUTY, 422),
        members("POST", "/oxy/truc/man-hinh", Some(OBSERVER), None, DUTY, 200),
        members("POST", "/oxy/truc/man-hinh/{id}/rut", Some(OBSERVER), None, DUTY, 303),
        members("GET", "/oxy/dang-cho", Some(ADMINISTRATOR), None, FOCAL, 200),
        Row { fields: &[("where", "desk")], ..members("POST", "/oxy/dang-cho", Some(OBSERVER), None, DUTY, 422) },
        members("GET", "/oxy/nap", Some(ADMINISTRATOR), Some(FOCAL), OBSERVER, 200),
        members("POST", "/oxy/nap", Some(OBSERVER), None, DUTY, 422),
        members("POST", "/oxy/nap/dung", Some(OBSERVER), None, DUTY, 422),
        members("POST", "/oxy/nap/dung/{id}/rut", Some(OBSERVER), None, DUTY, 303),
        members("GET", "/oxy/bao", Some(ADMINISTRATOR), Some(FOCAL), OBSERVER, 200),
        members("POST", "/oxy/bao", Some(OBSERVER), None, DUTY, 422),
        members("GET", "/tuong", Some(ADMINISTRATOR), None, OBSERVER, 200),
        members("GET", "/tuong/bang", Some(ADMINISTRATOR), None, OBSERVER, 200),
        open("GET", "/nhap", 200),
        open("GET", "/sw.js", 200),
        open("GET", "/manifest.webmanifest", 200),
        members("GET", "/dien-thoai", Some(OBSERVER), None, FOCAL, 200),
        members("POST", "/dien-thoai", Some(OBSERVER), None, FOCAL, 422),
        // Without a phone that is known here there is only the password.
        open("GET", "/ma-pin", 303),
        open("POST", "/ma-pin", 422),
        members("GET", "/nguoi-dung/dien-thoai", Some(OBSERVER), None, DUTY, 200),
        // No such phone: whoever may shut one is told so.
        members("POST", "/nguoi-dung/dien-thoai/{id}/mat", Some(OBSERVER), None, DUTY, 404),
        members("GET", "/co-so/{id}/ma-qr", Some(OBSERVER), Some(ELSEWHERE), DUTY, 200),
        members("GET", "/cung-ung", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/cung-ung", Some(OBSERVER), None, FOCAL, 422),
        members("POST", "/cung-ung/nhan-khong-lenh", Some(OBSERVER), None, FOCAL, 422),
        members("GET", "/cung-ung/yeu-cau/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("POST", "/cung-ung/yeu-cau/{id}", Some(OBSERVER), Some(ELSEWHERE), FOCAL, 422),
        members("GET", "/cung-ung/nha-cung-ung", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/cung-ung/nha-cung-ung", Some(FOCAL), None, DUTY, 422),
        members("GET", "/cung-ung/nha-cung-ung/{id}", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("GET", "/cung-ung/hop-dong", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/cung-ung/hop-dong", Some(FOCAL), None, DUTY, 422),
        members("GET", "/cung-ung/hop-dong/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("POST", "/cung-ung/hop-dong/{id}", Some(FOCAL), None, DUTY, 422),
        // No receipt has this key: for who may correct there is none, for the others no right.
        members("POST", "/cung-ung/phieu-nhan/{id}", Some(OBSERVER), None, DUTY, 404),
        members("GET", "/cung-ung/muon-tra", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/cung-ung/muon-tra", Some(FOCAL), None, DUTY, 422),
        members("POST", "/cung-ung/muon-tra/{id}", Some(FOCAL), None, DUTY, 422),
        members("GET", "/cung-ung/doi-chieu", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/cung-ung/doi-chieu", Some(OBSERVER), None, FOCAL, 422),
        members("POST", "/cung-ung/hoa-don/{id}", Some(OBSERVER), Some(ELSEWHERE), FOCAL, 422),
        members("GET", "/cung-ung/so-oxy", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("GET", "/cung-ung/du-toan", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("GET", "/phuong-tien", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/phuong-tien", Some(FOCAL), None, DUTY, 422),
        members("GET", "/phuong-tien/may-muon", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/phuong-tien/may-muon", Some(FOCAL), None, DUTY, 422),
        members("GET", "/phuong-tien/may-muon/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("POST", "/phuong-tien/may-muon/{id}", Some(FOCAL), None, LEADER, 422),
        members("POST", "/phuong-tien/may-muon/{id}/cong-van", Some(FOCAL), None, DUTY, 422),
        members("GET", "/phuong-tien/may-muon/{id}/cong-van/{place}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("GET", "/xuat/cung-ung/{kind}", Some(FOCAL), None, OBSERVER, 200),
        members("GET", "/phuong-tien/chuoi", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("GET", "/phuong-tien/giuong", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("GET", "/phuong-tien/cong-trinh", Some(ADMINISTRATOR), None, LEADER, 200),
        members("POST", "/phuong-tien/cong-trinh", Some(OBSERVER), None, FOCAL, 422),
        members("GET", "/phuong-tien/thiet-lap", Some(ADMINISTRATOR), None, OBSERVER, 200),
        members("POST", "/phuong-tien/thiet-lap", Some(LEADER), None, DUTY, 422),
        members("GET", "/phuong-tien/kiem-dinh", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("POST", "/phuong-tien/kiem-dinh", Some(OBSERVER), None, FOCAL, 422),
        members("GET", "/co-so/{id}/chuoi", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("POST", "/co-so/{id}/chuoi", Some(OBSERVER), Some(ELSEWHERE), FOCAL, 422),
        members("GET", "/co-so/{id}/bang-do", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("POST", "/co-so/{id}/bang-do", Some(LEADER), Some(ELSEWHERE), FOCAL, 422),
        members("GET", "/co-so/{id}/giuong", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        members("POST", "/co-so/{id}/giuong", Some(OBSERVER), Some(ELSEWHERE), FOCAL, 422),
        members("GET", "/chi-dao/bao-cao", Some(FOCAL), None, OBSERVER, 200),
        Row { fields: &[("kind", "daily")], ..members("POST", "/chi-dao/bao-cao/soan", Some(LEADER), None, DUTY, 303) },
        members("GET", "/chi-dao/bao-cao/{id}", Some(FOCAL), None, OBSERVER, 200),
        members("POST", "/chi-dao/bao-cao/{id}/trinh", Some(LEADER), None, DUTY, 303),
        // No reason said, nothing given back; nobody says what he has read, and nothing is signed or attached.
        members("POST", "/chi-dao/bao-cao/{id}/tra-lai", Some(DUTY), None, LEADER, 422),
        members("POST", "/chi-dao/bao-cao/{id}/ky", Some(DUTY), None, LEADER, 422),
        members("POST", "/chi-dao/bao-cao/{id}/ban-ky", Some(LEADER), None, DUTY, 422),
        members("POST", "/chi-dao/bao-cao/{id}/lan-sau", Some(LEADER), None, DUTY, 422),
        members("GET", "/chi-dao/bao-cao/{id}/tai/{format}", Some(FOCAL), None, OBSERVER, 200),
        members("GET", "/van-ban", Some(FOCAL), None, OBSERVER, 200),
        members("POST", "/van-ban", Some(OBSERVER), None, CLERK, 422),
        members("POST", "/van-ban/tep", Some(LEADER), None, CLERK, 422),
        members("GET", "/van-ban/{id}", Some(ADMINISTRATOR), None, OBSERVER, 200),
        // Saved as it stands; no reason said, nothing withdrawn.
        Row {
            fields: &[("do", "save"), ("version", "1")],
            ..members("POST", "/van-ban/{id}", Some(OBSERVER), None, CLERK, 303)
        },
        members("POST", "/van-ban/{id}/go", Some(LEADER), None, CLERK, 422),
        // Nothing was given out yet: nothing to write about.
        Row {
            fields: &[("kind", "implementation")],
            ..members("POST", "/van-ban/{id}/soan", Some(LEADER), None, DUTY, 422)
        },
        members("GET", "/van-ban/{id}/tep", Some(FOCAL), None, OBSERVER, 404),
        members("GET", "/chi-dao/van-ban-di", Some(FOCAL), None, DUTY, 200),
        Row { fields: LETTER, ..members("POST", "/chi-dao/van-ban-di", Some(LEADER), None, DUTY, 303) },
        Row { fields: LETTER, ..members("POST", "/chi-dao/van-ban-di/kiem", Some(LEADER), None, DUTY, 200) },
        // What the writer had before him is not said.
        members("GET", "/chi-dao/bao-cao/{id}/sua", Some(LEADER), None, DUTY, 200),
        Row { fields: LETTER, ..members("POST", "/chi-dao/bao-cao/{id}/sua", Some(LEADER), None, DUTY, 422) },
        members("GET", "/van-ban/so", Some(FOCAL), None, OBSERVER, 200),
        members("GET", "/van-ban/{id}/lien-quan", Some(ADMINISTRATOR), None, OBSERVER, 200),
        // It names no such letter; no file, nobody named; no number of arrival before it is confirmed.
        Row {
            fields: &[("followed", "later"), ("earlier", "1/SYT-VP")],
            ..members("POST", "/van-ban/{id}/quyet-dinh", Some(OBSERVER), None, CLERK, 404)
        },
        members("POST", "/van-ban/{id}/kem/tep", Some(LEADER), None, CLERK, 422),
        members("GET", "/van-ban/kem/{id}", Some(FOCAL), None, OBSERVER, 404),
        Row {
            fields: &[("way", "system")],
            ..members("POST", "/van-ban/{id}/ban-gui", Some(OBSERVER), None, CLERK, 422)
        },
        members("GET", "/van-ban/{id}/dau-den", Some(FOCAL), None, OBSERVER, 404),
        members("GET", "/chi-dao/so-van-ban", Some(FOCAL), None, OBSERVER, 200),
        members("GET", "/chi-dao/nguoi-ky", Some(FOCAL), None, ADMINISTRATOR, 200),
        Row {
            fields: &[("account", NOBODYS), ("signs_as", "head")],
            ..members("POST", "/chi-dao/nguoi-ky", Some(LEADER), None, DUTY, 404)
        },
        members("GET", "/quoc-gia/tong-hop", Some(LEADER), None, MINISTRY, 200),
        members("POST", "/quoc-gia/tong-hop", Some(LEADER), None, MINISTRY, 422),
        members("GET", "/quoc-gia/tong-hop/tai/{format}", Some(LEADER), None, MINISTRY, 200),
        members("GET", "/nhap-so-lieu", Some(OBSERVER), None, DUTY, 200),
        members("GET", "/nhap-so-lieu/{register}", Some(OBSERVER), None, DUTY, 200),
        // No file: the form comes back.
        members("POST", "/nhap-so-lieu/{register}", Some(OBSERVER), None, DUTY, 422),
        members("GET", "/nhap-so-lieu/{register}/mau", Some(OBSERVER), None, DUTY, 200),
        // A file is its sender's.
        members("GET", "/nhap-so-lieu/tep/{id}", Some(OBSERVER), Some(ELSEWHERE), DUTY, 200),
        members("POST", "/nhap-so-lieu/tep/{id}", Some(OBSERVER), Some(ELSEWHERE), DUTY, 303),
        members("GET", "/nhap-so-lieu/tep/{id}/tra-lai", Some(OBSERVER), Some(ELSEWHERE), DUTY, 200),
        members("GET", "/xuat/so/{register}", Some(FOCAL), None, OBSERVER, 200),
        members("GET", "/chi-dao/cuoc-hop", Some(FOCAL), None, OBSERVER, 200),
        Row { fields: &[("do", "meeting")], ..members("POST", "/chi-dao/cuoc-hop", Some(OBSERVER), None, DUTY, 422) },
        members("GET", "/chi-dao/cuoc-hop/{id}", Some(FOCAL), None, OBSERVER, 200),
        Row {
            fields: &[("do", "conclusions")],
            ..members("POST", "/chi-dao/cuoc-hop/{id}", Some(OBSERVER), None, DUTY, 422)
        },
        members("GET", "/chi-dao/cuoc-hop/{id}/tep/{place}", Some(FOCAL), None, OBSERVER, 200),
        members("GET", "/chi-dao/kiem-tra", Some(OBSERVER), None, LEADER, 200),
        Row { fields: &[("do", "plan")], ..members("POST", "/chi-dao/kiem-tra", Some(OBSERVER), None, DUTY, 422) },
        members("GET", "/chi-dao/kiem-tra/{id}", Some(OBSERVER), None, DUTY, 200),
        Row {
            fields: &[("do", "finding")],
            ..members("POST", "/chi-dao/kiem-tra/{id}", Some(OBSERVER), None, DUTY, 422)
        },
        members("GET", "/chi-dao/kiem-tra/{id}/anh/{place}", Some(OBSERVER), None, DUTY, 200),
        members("GET", "/chi-dao/khac-phuc", Some(FOCAL), None, OBSERVER, 200),
        Row { fields: &[("do", "list")], ..members("POST", "/chi-dao/khac-phuc", Some(OBSERVER), None, DUTY, 422) },
        members("GET", "/chi-dao/ke-hoach", Some(FOCAL), None, OBSERVER, 200),
        Row { fields: &[("do", "plan")], ..members("POST", "/chi-dao/ke-hoach", Some(OBSERVER), None, DUTY, 422) },
        members("GET", "/chi-dao/ke-hoach/{id}", Some(FOCAL), None, OBSERVER, 200),
        Row {
            fields: &[("do", "items")],
            ..members("POST", "/chi-dao/ke-hoach/{id}", Some(OBSERVER), None, LEADER, 422)
        },
        members("GET", "/chi-dao/ban-tin", Some(FOCAL), None, OBSERVER, 200),
        Row { fields: &[("do", "draft")], ..members("POST", "/chi-dao/ban-tin", Some(LEADER), None, DUTY, 422) },
        members("GET", "/chi-dao/ban-tin/{id}", Some(FOCAL), None, OBSERVER, 200),
        Row {
            fields: &[("do", "withdraw")],
            ..members("POST", "/chi-dao/ban-tin/{id}", Some(OBSERVER), None, LEADER, 422)
        },
        members("GET", "/chi-dao/ban-tin/{id}/docx", Some(FOCAL), None, OBSERVER, 200),
        // Closed cases: whoever may not keep them is told of nothing, not of who may.
        members("GET", "/chi-dao/vu-viec", None, Some(DUTY), LEADER, 200),
        Row {
            fields: &[("do", "case"), ("outcome", "fatal")],
            ..members("POST", "/chi-dao/vu-viec", None, Some(DUTY), LEADER, 422)
        },
        members("GET", "/chi-dao/vu-viec/{id}", None, Some(OBSERVER), LEADER, 200),
        Row {
            fields: &[("do", "step")],
            ..members("POST", "/chi-dao/vu-viec/{id}", None, Some(ADMINISTRATOR), LEADER, 422)
        },
        open("GET", "/ban-tin", 200),
        open("GET", "/ban-tin/{id}", 200),
        open("GET", "/ban-tin/{id}/docx", 200),
        members("GET", "/viec", Some(ADMINISTRATOR), None, FOCAL, 200),
        members("GET", "/viec/don-vi", Some(ADMINISTRATOR), None, OBSERVER, 200),
        Row { fields: EMPTY_QUARTER, ..members("POST", "/viec/don-vi", Some(LEADER), None, DUTY, 422) },
        members("GET", "/viec/diem-tin", Some(ADMINISTRATOR), None, LEADER, 200),
        members("GET", "/viec/vuong-mac", Some(ADMINISTRATOR), None, FOCAL, 200),
        Row {
            fields: &[("do", "answer"), ("about", NOBODYS)],
            ..members("POST", "/viec/vuong-mac", Some(OBSERVER), None, LEADER, 404)
        },
        members("GET", "/viec/pho-bien", Some(ADMINISTRATOR), None, FOCAL, 200),
        Row {
            fields: &[("letter", NOBODYS), ("body", NOBODYS), ("staff", "A")],
            ..members("POST", "/viec/pho-bien", Some(OBSERVER), None, FOCAL, 404)
        },
        members("GET", "/viec/pho-bien/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        // No name: asked for politely.
        members("POST", "/viec/pho-bien/{id}", Some(OBSERVER), Some(ELSEWHERE), FOCAL, 422),
        members("GET", "/viec/bao-cao-nhanh", Some(ADMINISTRATOR), None, FOCAL, 200),
        Row {
            fields: &[("do", "report"), ("body", NOBODYS)],
            ..members("POST", "/viec/bao-cao-nhanh", Some(OBSERVER), None, FOCAL, 404)
        },
        members("GET", "/viec/{id}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        // Nothing told: asked for politely.
        Row { fields: &[("do", "tell")], ..members("POST", "/viec/{id}", Some(OBSERVER), Some(ELSEWHERE), FOCAL, 422) },
        members("GET", "/viec/{id}/tep/{place}", Some(ADMINISTRATOR), Some(ELSEWHERE), FOCAL, 200),
        open("GET", "/assets/{hash}/{name}", 200),
    ];
    all.extend(crate::routes_rules::rows().into_iter().chain(crate::routes_counts::rows()));
    all.extend(crate::routes_exchange::rows().into_iter().chain(crate::routes_trips::rows()));
    all
}
