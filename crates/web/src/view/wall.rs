//! The screen on the wall.

use askama::Template;

use super::{Board, Left, Say, Tone};

/// One alarm, as large as can be read from five metres.
#[derive(Debug, Clone)]
pub struct WallAlarm {
    /// The facility.
    pub place: String,
    /// What it is about.
    pub kind: String,
    /// Until when to act; empty where there is no hurry.
    pub act_by: String,
    /// Who took it up.
    pub taken: Option<String>,
    /// Its colour.
    pub tone: Tone,
}

/// What changes on the screen.
#[derive(Template)]
#[template(path = "wall_body.html")]
pub struct WallBody {
    /// The words.
    pub t: Say,
    /// The province.
    pub place: String,
    /// `22/11/2026`.
    pub date: String,
    /// `02:14`.
    pub time: String,
    /// Whether anything on it is invented.
    pub simulated: bool,
    /// The sentence, the five numbers, the worst facilities.
    pub board: Board,
    /// The gravest alarms.
    pub alarms: Vec<WallAlarm>,
    /// How many more are open.
    pub more: usize,
    /// Keys of all open alarms: a new one rings.
    pub keys: String,
}

impl WallBody {
    /// Address of an asset: the screen loads itself anew when the program was updated.
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::asset_url(name)
    }
}

/// The screen.
#[derive(Template)]
#[template(path = "wall.html")]
pub struct WallPage {
    /// The words.
    pub t: Say,
    /// What is on it.
    pub body: WallBody,
}

impl WallPage {
    /// Address of an asset.
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::asset_url(name)
    }
}
