//! Progress of long work on the error stream, where a person is watching; nothing otherwise.

use indicatif::{ProgressBar, ProgressStyle};

/// A line that counts.
pub struct Bar(ProgressBar);

impl Bar {
    /// Counts rows of one thing after another.
    pub fn rows() -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {human_pos} · {elapsed}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Counts things of which there are so many, and says how long the others will take.
    pub fn of(all: u64) -> Self {
        let bar = ProgressBar::new(all);
        if let Ok(style) = ProgressStyle::with_template("{msg} {human_pos}/{human_len} · {elapsed} · {eta}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Shows where it is.
    pub fn show(&self, what: &str, rows: u64) {
        self.0.set_message(what.to_owned());
        self.0.set_position(rows);
    }

    /// Clears the line.
    pub fn done(&self) {
        self.0.finish_and_clear();
    }
}
