//! The door: the first administrator, and signing in.

use askama::Template;

use super::{Choice, Refusal, Say, Shell};

/// GET /thiet-lap: the first administrator; there is no default password.
#[derive(Template, Clone, Debug)]
#[template(path = "setup.html")]
pub struct SetupPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// Idempotency key for a browser without script.
    pub key: String,
    /// Whether the code printed at start must be typed.
    pub asks_code: bool,
    /// As typed before.
    pub name: String,
    /// As typed before.
    pub username: String,
    /// The provinces to choose from; empty hides the field.
    pub provinces: Vec<Choice>,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
}

/// GET /dang-nhap.
#[derive(Template, Clone, Debug)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// As typed before.
    pub username: String,
    /// The page that was asked for.
    pub next: String,
    /// Only in the demo.
    pub roles: Vec<DemoRole>,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
}

/// A role that the demo lets anybody play.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DemoRole {
    /// Value of the field `role`.
    pub role: String,
    /// «trực điều hành».
    pub name: String,
    /// «xem cơ sở sắp hết oxy, gọi, nhập thay».
    pub does: String,
}
