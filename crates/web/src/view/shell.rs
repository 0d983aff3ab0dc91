//! What stands around every page: the bar, the state of the province, the clock, the demo controls.

use super::{LookBack, PastBand, Say};

/// The look that a person chose; the device decides otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    Device,
    /// Warm paper.
    Light,
    /// For the night and the wall.
    Dark,
}

impl Theme {
    /// Reads the cookie `theme`.
    pub fn from_cookie(value: &str) -> Self {
        match value {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Device,
        }
    }

    /// The value of `data-theme`; empty lets the device decide.
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Device => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The state of a province: it sets cadence, approvals and thresholds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Thường xuyên.
    Routine,
    /// Tăng cường.
    Raised,
    /// Khẩn cấp.
    Emergency,
}

impl State {
    /// All of them, from calm to alarm.
    pub const ALL: [Self; 3] = [Self::Routine, Self::Raised, Self::Emergency];

    /// Value of the field `state`: the stable name of the state.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Raised => "heightened",
            Self::Emergency => "emergency",
        }
    }

    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Routine => "state-routine",
            Self::Raised => "state-raised",
            Self::Emergency => "state-emergency",
        }
    }

    /// Class in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Raised => "raised",
            Self::Emergency => "emergency",
        }
    }
}

/// The domain clock, in Vietnam's time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clock {
    /// `22/11/2026`.
    pub date: String,
    /// `02:14`.
    pub time: String,
    /// The same moment, milliseconds since 1970 UTC: the script lets it go on between two answers.
    pub milliseconds: i64,
    /// How many times faster than real time it goes; 0 stands still.
    pub speed: u32,
}

/// A room of the program. A room that is not built is not listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Room {
    /// Key of its name: `room-oxygen`, `room-command`, `room-people`, `room-means`.
    pub key: &'static str,
    /// Where it is.
    pub href: &'static str,
    /// Whether the page is in it.
    pub here: bool,
}

/// Who is signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedIn {
    /// Key of the account: what a device keeps for somebody is bound to it.
    pub id: String,
    /// `Trần Thị Sao`.
    pub name: String,
    /// `trực điều hành`.
    pub post: String,
    /// Whether /nhat-ky opens for him.
    pub sees_audit: bool,
    /// Whether /nguoi-dung opens for him.
    pub sees_users: bool,
    /// Whether the trusted phones open for him.
    pub keeps_phones: bool,
    /// Whether his own phone may be trusted.
    pub has_phone: bool,
    /// Whether he sets the state of the province.
    pub sets_state: bool,
}

/// The bar of the demo, with its clock.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DemoBar {
    /// «Diễn tập 2026: dịch hô hấp và bão».
    pub chapter: String,
    /// Whether the clock stands still.
    pub paused: bool,
    /// How many times faster than real time.
    pub speed: u32,
    /// Whether the visitor may move the clock; the others see that it is a drill.
    pub may_move: bool,
    /// The page to come back to after a control.
    pub back: String,
}

/// Everything that stands around a page.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The words.
    pub t: Say,
    /// The look.
    pub theme: Theme,
    /// Token of every form.
    pub csrf: String,
    /// The province: «An Giang»; empty before the set-up.
    pub place: String,
    /// Its state; `None` before the set-up and on the sign-in page.
    pub state: Option<State>,
    /// The domain clock.
    pub clock: Option<Clock>,
    /// Who is on duty: «tổ 3».
    pub duty: Option<String>,
    /// Who is signed in.
    pub user: Option<SignedIn>,
    /// The rooms that exist.
    pub rooms: Vec<Room>,
    /// The pages of the room one is in.
    pub pages: Vec<Room>,
    /// Open alarms that he may see.
    pub alarms: usize,
    /// Only in the demo.
    pub demo: Option<DemoBar>,
    /// Path of this page, for the language switch.
    pub path: String,
    /// When the page shows a moment of the past.
    pub past: Option<PastBand>,
    /// «Xem lại lúc…»; `None` where no past is kept.
    pub look_back: Option<LookBack>,
}

impl Shell {
    /// The states to choose from.
    pub const fn states(&self) -> [State; 3] {
        State::ALL
    }

    /// Address of an asset.
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::asset_url(name)
    }
}
