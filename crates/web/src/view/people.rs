//! The registers of the administrator: what was done (/nhat-ky), who may do what (/nguoi-dung).

use askama::Template;

use super::{Choice, Refusal, Say, Shell, Tone};

/// GET /nhat-ky.
#[derive(Template, Clone, Debug)]
#[template(path = "audit.html")]
pub struct AuditPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// What is searched for.
    pub query: String,
    /// «Đã niêm phong đến dòng 12.480 lúc 02:13.»; empty when nothing is sealed yet.
    pub sealed: String,
    /// Newest first.
    pub rows: Vec<AuditRow>,
    /// The page before.
    pub older_href: Option<String>,
}

/// One thing that somebody did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditRow {
    /// `22/11/2026 02:14`.
    pub at: String,
    /// «Trần Thị Sao · trực điều hành».
    pub who: String,
    /// «ghi báo cáo», in words.
    pub what: String,
    /// «BV Hải Âu · 7K2».
    pub object: String,
    /// Where the object is.
    pub href: Option<String>,
    /// «biểu mẫu», «dòng lệnh».
    pub from: String,
    /// `Danger` refused, `Plain` done.
    pub tone: Tone,
}

/// GET and refused POST /nguoi-dung.
#[derive(Template, Clone, Debug)]
#[template(path = "users.html")]
pub struct UsersPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// Idempotency key for a browser without script.
    pub key: String,
    /// Sorted by given name.
    pub rows: Vec<UserRow>,
    /// Roles to choose from, field `role`; empty hides the form.
    pub roles: Vec<Choice>,
    /// Where the role holds, field `scope`.
    pub scopes: Vec<Choice>,
    /// As typed before.
    pub name: String,
    /// As typed before.
    pub username: String,
    /// Shown once, right after adding.
    pub created: Option<CreatedUser>,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
}

/// One person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UserRow {
    /// Name.
    pub name: String,
    /// Sign-in name.
    pub username: String,
    /// «cán bộ đầu mối».
    pub role: String,
    /// «BV Hải Âu».
    pub scope: String,
    /// `Old` when closed.
    pub tone: Tone,
}

/// A new person and the password that is shown once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CreatedUser {
    /// Name.
    pub name: String,
    /// Sign-in name.
    pub username: String,
    /// The first password; he changes it when he signs in.
    pub password: String,
}
