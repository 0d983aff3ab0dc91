//! Where a vehicle last was, in words: near what, how long ago, how far from where it goes (OX15). Never an hour of
//! arrival: that is told by the supplier.

use desk::views::supply::positions::Position;

use crate::pages::words::{duration, fill, number};
use crate::view::{Cell, Say, Tone};

/// «ở gần Phường Rạch Giá, cập nhật 12 phút trước».
pub(in crate::pages) fn words(t: Say, position: &Position) -> String {
    let near = if position.near.is_empty() { t.say("unknown") } else { position.near.clone() };
    let facts = [("near", near.into()), ("age", duration(t, position.age).into())];
    fill(t, if position.old { "vehicle-was-near" } else { "vehicle-is-near" }, &facts)
}

/// The same as a cell, with the distance to each place where it goes; an old one is pale and says so.
pub(in crate::pages) fn cell(t: Say, position: &Position, distances: &[(String, f64)]) -> Cell {
    let far = distances.iter().map(|(to, km)| {
        let facts = [("to", to.clone().into()), ("km", number(t, *km, if *km < 10.0 { 1 } else { 0 }).into())];
        fill(t, "vehicle-distance", &facts)
    });
    let told = far.collect::<Vec<_>>().join(", ");
    let cell = Cell::text(words(t, position)).told(told);
    if position.old { cell.toned(Tone::Old) } else { cell }
}
