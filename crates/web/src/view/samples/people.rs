//! The door, the problems, the audit, the people.

use web::view::*;

use super::{LONG_NAME, bare_shell, phone, shell};

/// Signing in to the demo.
pub fn sign_in(t: Say) -> SignInPage {
    let role =
        |role: &str, name: &str, does: &str| DemoRole { role: role.into(), name: name.into(), does: does.into() };
    let demo = shell(t, "/dang-nhap").demo;
    SignInPage {
        t,
        shell: Shell { demo, ..bare_shell(t, "/dang-nhap") },
        username: String::new(),
        next: "/oxy".into(),
        roles: vec![
            role("duty", "trực điều hành", "xem nơi sắp hết oxy, gọi, nhập thay"),
            role("focal", "cán bộ đầu mối", "báo cáo ca cho một bệnh viện, bằng điện thoại"),
            role("leader", "lãnh đạo", "xem tình hình, ai đã quyết việc gì"),
        ],
        refusal: None,
    }
}

/// Signing in with a wrong password, no demo.
pub fn sign_in_refused(t: Say) -> SignInPage {
    SignInPage {
        shell: bare_shell(t, "/dang-nhap"),
        username: "sao.tran".into(),
        roles: Vec::new(),
        refusal: Some(Refusal {
            sentence: "Tên hoặc mật khẩu chưa đúng.".into(),
            next: "Thử lại, hoặc nhờ người quản trị đặt lại.".into(),
            code: "WEB-401".into(),
            field: Some("password".into()),
            suggestions: Vec::new(),
        }),
        ..sign_in(t)
    }
}

/// The first administrator.
pub fn setup(t: Say) -> SetupPage {
    SetupPage {
        t,
        shell: bare_shell(t, "/thiet-lap"),
        key: "019a0000-0000-7000-8000-000000000002".into(),
        asks_code: true,
        name: String::new(),
        username: String::new(),
        provinces: vec![Choice { value: "1".into(), text: "An Giang".into(), chosen: true }],
        refusal: None,
    }
}

/// A page that says no and names who may.
pub fn problem(t: Say, status: u16) -> ProblemPage {
    ProblemPage {
        t,
        shell: shell(t, "/nguoi-dung"),
        status,
        sentence: String::new(),
        next: String::new(),
        code: format!("WEB-{status}"),
        holders: if status == 403 {
            vec![Holder {
                name: "Tổ điều phối oxy tỉnh".into(), phone: Some(phone("tổ điều phối", "0297 3 555 000"))
            }]
        } else {
            Vec::new()
        },
        links: vec![Link { text: "Về danh sách".into(), href: "/oxy".into() }],
    }
}

/// What was done.
pub fn audit(t: Say) -> AuditPage {
    let row = |at: &str, who: &str, what: &str, object: &str, tone| AuditRow {
        at: at.into(),
        who: who.into(),
        what: what.into(),
        object: object.into(),
        href: Some("/co-so/f0".into()),
        from: "biểu mẫu".into(),
        tone,
    };
    AuditPage {
        t,
        shell: shell(t, "/nhat-ky"),
        query: String::new(),
        sealed: "Đã niêm phong đến dòng 12.480 lúc 02:13.".into(),
        rows: vec![
            row("22/11/2026 02:14", "Lê Thị Mận · cán bộ đầu mối", "ghi báo cáo", "BV Hải Âu · 7K2", Tone::Plain),
            row(
                "22/11/2026 02:09",
                "Phan Văn Đủ · cán bộ đầu mối",
                "bị từ chối: xem người dùng",
                "BV Cửa Sông",
                Tone::Attention,
            ),
            row(
                "21/11/2026 18:40",
                "Trần Thị Sao · trực điều hành",
                "đính chính báo cáo",
                "BV Hải Âu · 8M4",
                Tone::Plain,
            ),
        ],
        older_href: Some("/nhat-ky?truoc=12470".into()),
    }
}

/// Who may do what, right after adding somebody.
pub fn users(t: Say) -> UsersPage {
    let person = |name: &str, username: &str, role: &str, scope: &str, tone| UserRow {
        name: name.into(),
        username: username.into(),
        role: role.into(),
        scope: scope.into(),
        tone,
    };
    let choice = |value: &str, text: &str| Choice { value: value.into(), text: text.into(), chosen: false };
    UsersPage {
        t,
        shell: shell(t, "/nguoi-dung"),
        key: "019a0000-0000-7000-8000-000000000003".into(),
        rows: vec![
            person("Phan Văn Đủ", "du.phan", "cán bộ đầu mối", "BV Cửa Sông", Tone::Plain),
            person("Lê Thị Mận", "man.le", "cán bộ đầu mối", "BV Hải Âu", Tone::Plain),
            person("Ngô Văn Nghỉ", "nghi.ngo", "cán bộ đầu mối (đã đóng)", LONG_NAME, Tone::Old),
            person("Trần Thị Sao", "sao.tran", "trực điều hành", "An Giang", Tone::Plain),
        ],
        roles: vec![choice("focal_officer", "cán bộ đầu mối"), choice("duty_officer", "trực điều hành")],
        scopes: vec![choice("f0", "BV Hải Âu"), choice("province", "cả tỉnh")],
        name: String::new(),
        username: String::new(),
        created: Some(CreatedUser {
            name: "Đỗ Thị Mai".into(),
            username: "mai.do".into(),
            password: "bến-đò-lúa-mới-47".into(),
        }),
        refusal: None,
    }
}
