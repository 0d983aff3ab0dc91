//! Secrecy and urgency marks. A secret paper is not read at all.

use serde::{Deserialize, Serialize};

use crate::layout::is_capitals;
use crate::text::{Bounds, Found, Text};

/// Grades of secrecy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secrecy {
    /// MẬT
    Secret,
    /// TỐI MẬT
    Top,
    /// TUYỆT MẬT
    Absolute,
}

/// Grades of urgency, stamped on the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// KHẨN
    Urgent,
    /// THƯỢNG KHẨN
    VeryUrgent,
    /// HỎA TỐC
    Immediate,
}

/// A mark on the head: alone on its line, or in capitals beside another column.
fn mark(text: &Text, line: Bounds, words: &str) -> Option<Bounds> {
    let low = text.low(line);
    let alone = text.trim(line, &['(', ')', '[', ']', '.', ':', '*', '"', '-', '!', '|']);
    if text.low(alone) == words || low.replace(' ', "") == words.replace(' ', "") && is_capitals(text.slice(line)) {
        return Some(alone);
    }
    let hit = crate::scan::find_all(text, line, &[words]).into_iter().find(|hit| is_capitals(text.slice(*hit)))?;
    let before = text.low(Bounds::new(line.start, hit.start)).trim_end();
    let part_of_name = ["bí", "bảo", "cơ", "gan", "thân", "độ", "ong"].iter().any(|word| before.ends_with(word));
    (!part_of_name).then_some(hit)
}

/// The grade of secrecy on the head.
pub(crate) fn secrecy(text: &Text, head: &[Bounds]) -> Option<Secrecy> {
    let grades = [("tuyệt mật", Secrecy::Absolute), ("tối mật", Secrecy::Top), ("mật", Secrecy::Secret)];
    for (words, grade) in grades {
        let labelled = format!("độ mật: {words}");
        let stamped = head.iter().any(|line| mark(text, *line, words).is_some() || text.low(*line).contains(&labelled));
        if stamped {
            return Some(grade);
        }
    }
    None
}

/// The grade of urgency on the head.
pub(crate) fn urgency(text: &Text, head: &[Bounds]) -> Option<Found<Urgency>> {
    let grades = [
        ("hỏa tốc", Urgency::Immediate),
        ("hõa tốc", Urgency::Immediate),
        ("thượng khẩn", Urgency::VeryUrgent),
        ("khẩn", Urgency::Urgent),
    ];
    grades.into_iter().find_map(|(words, grade)| {
        let bounds = head.iter().find_map(|line| mark(text, *line, words))?;
        Some(text.found(grade, bounds, 95))
    })
}
