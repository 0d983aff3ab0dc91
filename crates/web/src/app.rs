//! What every handler shares: the office, and what kind of installation this is.

use std::sync::Arc;

use desk::Office;
use place::{FacilityId, ProvinceId, UserId};

use crate::limit::Limiter;

/// Shared by all handlers. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Operations and views.
    pub office: Office,
    /// Only in the demonstration.
    pub demo: Option<Arc<Demo>>,
    /// Cookies travel only over HTTPS.
    pub secure_cookies: bool,
    /// Where people find this installation, `https://oxy.example.vn`, when the administrator has said so.
    pub public_address: Option<Arc<str>>,
    /// Whether the address of the caller is told by a proxy that the administrator runs.
    pub behind_proxy: bool,
    /// Must be typed by whoever sets the installation up; printed at start.
    pub setup_code: Option<Arc<str>>,
    /// What first passwords are made from, with the key of their form: pressed twice, a form shows the same one. It lives
    /// as long as the program does, and is written nowhere.
    pub(crate) first_passwords: Arc<[u8; 32]>,
    /// Holds back who tries too often to sign in.
    pub(crate) sign_in_limit: Arc<Limiter>,
    /// Holds back many addresses that try one name.
    pub(crate) name_limit: Arc<Limiter>,
    /// Holds back a person who writes too often.
    pub(crate) write_limit: Arc<Limiter>,
    /// Holds back a program that writes too often.
    pub(crate) program_limit: Arc<Limiter>,
    /// Holds back whoever tries or uses a link too often.
    pub(crate) link_limit: Arc<Limiter>,
    /// Holds back an address that asks for public pages too often.
    pub(crate) public_limit: Arc<Limiter>,
}

/// What the demonstration adds: roles that anybody may play.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Key of the chapter's name in the locale.
    pub chapter: &'static str,
    /// Its command post.
    pub province: ProvinceId,
    /// Role code, account, the facility it works for.
    pub roles: Vec<(&'static str, UserId, Option<FacilityId>)>,
}

impl App {
    /// An installation of its own, not a demonstration.
    pub fn new(office: Office) -> Self {
        Self {
            office,
            demo: None,
            secure_cookies: false,
            public_address: None,
            behind_proxy: false,
            setup_code: None,
            first_passwords: Arc::new(desk::random::bytes()),
            // Ten tries, then one every twenty seconds, for an address and for a name.
            sign_in_limit: Arc::new(Limiter::new(10.0, 1.0 / 20.0)),
            // Three hundred tries, then one every two seconds, for a name from anywhere.
            name_limit: Arc::new(Limiter::new(300.0, 0.5)),
            // A person: a busy shift at once, then one every two seconds.
            write_limit: Arc::new(Limiter::new(120.0, 0.5)),
            // A program: the telemetry of a whole province after a line was down.
            program_limit: Arc::new(Limiter::new(20_000.0, 5_000.0)),
            // A driver's queue after a night without a line at once, then one every two seconds.
            link_limit: Arc::new(Limiter::new(80.0, 0.5)),
            // A reader, or an office behind one address: sixty pages at once, then one a second.
            public_limit: Arc::new(Limiter::new(60.0, 1.0)),
        }
    }
}
