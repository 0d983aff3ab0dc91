//! The outlines that a province's maps are drawn with: a record that names a file of shapes.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// Media type of the shapes as they are kept: `place::boundary::Shape` in JSON.
pub const MEDIA_TYPE: &str = "application/json";
/// More points than a map of a province can show; beyond it shapes are simplified on import.
pub const MOST_POINTS: usize = 20_000;

/// One layer of outlines: the province itself, or its communes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Boundaries {
    /// `province` or `commune`.
    pub layer: String,
    /// The file that was imported.
    pub file_name: String,
    /// The day.
    pub imported_on: Date,
    /// Digest of the kept shapes, in hexadecimal.
    pub shapes: String,
    /// Areas of ours in it.
    pub areas: usize,
    /// Outlines of the file that belong to others, left out.
    pub left_out: usize,
    /// Points in the file.
    pub points_before: usize,
    /// Points kept.
    pub points: usize,
    /// How far an old point may lie from the new outline, degrees; zero where none was taken away.
    pub tolerance: f64,
    /// Rings that were not closed in the file.
    pub closed: usize,
    /// Where the file comes from, as its importer says.
    #[serde(default)]
    pub source: String,
}

impl Record for Boundaries {
    const KIND: &'static str = "boundaries";

    fn code(&self) -> Option<String> {
        Some(self.layer.clone())
    }
}
