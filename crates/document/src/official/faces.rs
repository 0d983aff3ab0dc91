//! The four faces of Liberation Serif, of the same widths as Times New Roman, and how wide words are in them.
//!
//! The `.pdf` carries what it needs of them; the `.docx` names Times New Roman, which every office has, and
//! needs the widths for its rules alone.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontInstance, FontVariations};

/// What a `.docx` asks for.
pub(super) const NAMED: &str = "Times New Roman";

const FILES: [&[u8]; 4] = [
    include_bytes!("../../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../fonts/LiberationSerif-BoldItalic.ttf"),
];

/// The upright face, for whoever needs letters by their names.
pub(crate) const SERIF: &[u8] = FILES[0];

/// Regular, bold, italic, bold italic; read once.
pub(super) fn faces() -> &'static [Font] {
    static FACES: LazyLock<Vec<Font>> =
        LazyLock::new(|| FILES.into_iter().filter_map(|file| Font::new(Bytes::new(file), 0)).collect());
    &FACES
}

/// The upright faces as they are measured: plain, bold.
fn measured() -> &'static [FontInstance] {
    static MEASURED: LazyLock<Vec<FontInstance>> = LazyLock::new(|| {
        let upright = faces().iter().take(2);
        let of = |face: &Font| face.clone().instantiate(face.info().variant, Abs::pt(12.0), &FontVariations::default());
        upright.map(of).collect()
    });
    &MEASURED
}

/// Width of words in points, bold or plain, at a size in points; letters that the face lacks count as half their size.
pub(super) fn width(text: &str, bold: bool, points: f64) -> f64 {
    let Some(face) = measured().get(usize::from(bold)) else { return 0.0 };
    let letter = |sign: char| {
        let glyph = face.ttf().glyph_index(sign);
        glyph.and_then(|glyph| face.x_advance(glyph.0)).map_or(0.5, |advance| advance.get())
    };
    text.chars().map(letter).sum::<f64>() * points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_vietnamese_is_in_every_face() {
        assert_eq!(faces().len(), 4);
        let vowels = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";
        for face in faces() {
            for letter in vowels.chars().chain(vowels.to_uppercase().chars()).chain("–«»³₂…•".chars()) {
                let covered = face.info().coverage.contains(u32::from(letter));
                assert!(covered, "{letter} is missing in {:?}", face.info().variant);
            }
        }
    }

    #[test]
    fn the_motto_is_as_wide_as_in_times_new_roman() {
        // Widths of Times New Roman Bold in thousandths: A 722, space 250.
        assert!((width("A A", true, 10.0) - 16.94).abs() < 0.01, "{}", width("A A", true, 10.0));
    }
}
