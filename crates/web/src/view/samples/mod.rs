//! Pages filled with invented figures, for the tests of this crate and for `examples/gallery.rs`.
//! Every facility, person, phone and number is made up.

mod board;
mod facility;
mod people;
mod register;
mod report;

use locale::Locale;
use web::view::*;

pub use board::{board, oxygen, oxygen_empty, oxygen_past};
pub use facility::facility;
pub use people::{audit, problem, setup, sign_in, sign_in_refused, users};
pub use register::{norms, plain};
pub use report::{correction, form, form_refused, receipt};

const VI: Say = Say(Locale::Vietnamese);
const LONG_NAME: &str = "Trung tâm Y tế khu vực Hòn Đất Sơn Kiên Bình Giang cơ sở hai";

/// What stands around a page, in the emergency of the drill.
pub fn shell(t: Say, path: &str) -> Shell {
    Shell {
        t,
        theme: Theme::Device,
        csrf: "c0ffee".into(),
        place: "An Giang".into(),
        state: Some(State::Emergency),
        clock: Some(Clock {
            date: "22/11/2026".into(),
            time: "02:14".into(),
            milliseconds: 1_795_288_440_000,
            speed: 60,
        }),
        duty: Some("tổ 3".into()),
        user: Some(SignedIn {
            id: "a1".into(),
            name: "Trần Thị Sao".into(),
            post: "trực điều hành".into(),
            sees_audit: true,
            sees_users: true,
            keeps_phones: true,
            has_phone: false,
            sets_state: true,
        }),
        rooms: Shell::rooms("running-out", |_| true),
        pages: Shell::pages("running-out", |_| true),
        alarms: 0,
        demo: Some(DemoBar {
            chapter: "Diễn tập 2026: dịch hô hấp và bão".into(),
            paused: false,
            speed: 60,
            may_move: true,
            back: path.into(),
        }),
        path: path.into(),
        past: None,
        look_back: Some(LookBack {
            action: path.into(),
            kept: Vec::new(),
            value: "2026-11-22T02:14".into(),
            latest: "2026-11-22T02:14".into(),
        }),
    }
}

/// Before anybody is signed in.
pub fn bare_shell(t: Say, path: &str) -> Shell {
    Shell {
        user: None,
        rooms: Vec::new(),
        state: None,
        clock: None,
        duty: None,
        demo: None,
        look_back: None,
        ..shell(t, path)
    }
}

fn phone(who: &str, shown: &str) -> Phone {
    Phone { who: who.into(), shown: shown.into(), dial: shown.replace(' ', "") }
}

fn range(low: &str, high: &str) -> Left {
    Left::Lasts(Range { low: low.into(), high: Some(high.into()) })
}
