//! A hand drawn on a screen: strokes in a box of a thousand by four hundred, kept as text, never as a picture of bytes
//! that nobody can look into.
//!
//! `12,300 14,290 20,281;400,100 410,120`: points within a stroke by blanks, strokes by semicolons.

/// The kind under which a drawing is kept.
pub const MEDIA_TYPE: &str = "text/x-strokes";
/// Right end of the box.
pub const WIDTH: u16 = 1_000;
/// Lower end of the box.
pub const HEIGHT: u16 = 400;
/// Fewer points are a slip of the finger.
const LEAST: usize = 6;
/// More points no hand draws.
const MOST: usize = 6_000;
/// The longest text that is looked at.
const LONGEST: usize = 64 << 10;

/// Strokes of points, to the right and down.
pub type Strokes = Vec<Vec<(u16, u16)>>;

/// Reads a drawing; none where it is no drawing, leaves the box, or is too little or too much to be a hand.
pub fn read(text: &str) -> Option<Strokes> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    let point = |word: &str| {
        let (x, y) = word.split_once(',')?;
        let (x, y) = (x.parse::<u16>().ok()?, y.parse::<u16>().ok()?);
        (x <= WIDTH && y <= HEIGHT).then_some((x, y))
    };
    let stroke = |words: &str| words.split_whitespace().map(point).collect::<Option<Vec<_>>>();
    let strokes = text.split(';').map(stroke).collect::<Option<Strokes>>()?;
    let strokes: Strokes = strokes.into_iter().filter(|stroke| !stroke.is_empty()).collect();
    let points: usize = strokes.iter().map(Vec::len).sum();
    (LEAST..=MOST).contains(&points).then_some(strokes)
}

/// Writes a drawing as [`read`] reads it.
pub fn write(strokes: &Strokes) -> String {
    let point = |(x, y): &(u16, u16)| format!("{x},{y}");
    let stroke = |stroke: &Vec<(u16, u16)>| stroke.iter().map(point).collect::<Vec<_>>().join(" ");
    strokes.iter().map(stroke).collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_drawn_is_read_back(strokes in prop::collection::vec(
            prop::collection::vec((0_u16..=WIDTH, 0_u16..=HEIGHT), 3..40), 2..8)) {
            prop_assert_eq!(read(&write(&strokes)), Some(strokes));
        }

        #[test]
        fn no_text_is_too_odd_to_be_looked_at(text in "\\PC{0,200}") {
            if let Some(strokes) = read(&text) {
                prop_assert!(strokes.iter().flatten().all(|(x, y)| *x <= WIDTH && *y <= HEIGHT));
            }
        }
    }

    #[test]
    fn a_slip_a_flood_and_a_hand_outside_the_box_are_no_signature() {
        assert_eq!(read(""), None);
        assert_eq!(read("10,10 11,11"), None);
        assert_eq!(read("10,10 11,11 12,12 13,13 14,14 1001,15"), None);
        assert_eq!(read(&"1,1 ".repeat(MOST + 1)), None);
        assert_eq!(read("1,1 2,2 3,3 4,4 5,5 <svg>,6"), None);
    }
}
