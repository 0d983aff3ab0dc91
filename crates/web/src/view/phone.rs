//! A trusted phone: setting its PIN, opening with it, the sheet with a facility's code.

use askama::Template;

use super::{Refusal, Say, Shell};

/// GET and refused POST /dien-thoai: `csrf key pin pin_again`.
#[derive(Template, Clone, Debug)]
#[template(path = "phone.html")]
pub struct PhonePage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// Since when this phone opens with a PIN.
    pub trusted_since: Option<String>,
    /// The key of the form for a browser without script.
    pub key: String,
    /// Why it was refused.
    pub refusal: Option<Refusal>,
}

/// GET and refused POST /ma-pin: `csrf next pin`.
#[derive(Template, Clone, Debug)]
#[template(path = "pin.html")]
pub struct PinPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// Whether the phone still opens with its PIN.
    pub opens: bool,
    /// Where to go afterwards.
    pub next: String,
    /// The door with a password.
    pub password_href: String,
    /// Why it was refused, or does not open at all.
    pub refusal: Option<Refusal>,
}

/// GET /co-so/{id}/ma-qr.
#[derive(Template, Clone, Debug)]
#[template(path = "qr.html")]
pub struct QrPage {
    /// The words.
    pub t: Say,
    /// What stands around.
    pub shell: Shell,
    /// «BV Hải Âu».
    pub facility: String,
    /// What the code says.
    pub address: String,
    /// The code as SVG; empty where the address is too long for one.
    pub drawing: String,
}
