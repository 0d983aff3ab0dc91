//! Signs of a page with their places: what the interpreter draws, taken down instead of painted.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect, Vec2};

use crate::official::SERIF;
use crate::text::OldFont;

/// A sign on a page; points from the upper left corner.
#[derive(Debug, Clone)]
pub(super) struct Sign {
    pub(super) text: String,
    /// Left end on the baseline.
    pub(super) x: f64,
    /// The baseline.
    pub(super) y: f64,
    /// How far it moves the pen.
    pub(super) wide: f64,
    pub(super) size: f64,
    pub(super) font: Option<OldFont>,
    /// Only to be copied, not to be seen: text from recognition.
    pub(super) invisible: bool,
}

/// The signs of one page in the order in which they are drawn.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) signs: Vec<Sign>,
    /// Signs without a letter.
    pub(super) unread: usize,
    pub(super) high: f64,
    /// Words that stand across or on end: stamps and marks beside the page.
    pub(super) across: String,
}

/// Reads pages of one file.
pub(super) struct PageReader<'p> {
    pdf: &'p Pdf,
    cache: InterpreterCache<'p>,
    settings: InterpreterSettings,
    until: Instant,
}

impl<'p> PageReader<'p> {
    pub(super) fn new(pdf: &'p Pdf, until: Instant) -> Self {
        // A font that is not in the file is only needed for its letters' names: one face serves all.
        let face: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(SERIF);
        let settings = InterpreterSettings {
            font_resolver: Arc::new(move |_| Some((face.clone(), 0))),
            cmap_resolver: Arc::new(|_| None),
            warning_sink: Arc::new(|_| {}),
            render_annotations: true,
        };
        Self { pdf, cache: InterpreterCache::new(), settings, until }
    }

    pub(super) fn read(&mut self, page: &Page<'p>) -> Sheet {
        let (wide, high) = page.render_dimensions();
        let mut taker = Taker {
            sheet: Sheet { high: f64::from(high), ..Sheet::default() },
            seen: HashSet::new(),
            until: self.until,
            steps: 0,
            turned: page.initial_transform(true).to_kurbo(),
            fonts: HashMap::new(),
        };
        let all = Rect::new(0.0, 0.0, f64::from(wide), f64::from(high));
        let mut context = Context::new(Affine::IDENTITY, all, &self.cache, self.pdf.xref(), self.settings.clone());
        interpret_page(page, &mut context, &mut taker);
        taker.sheet
    }
}

/// Of marks across a page no more than this is kept, in bytes.
const LONGEST_MARK: usize = 400;

/// How often the clock is asked, in drawing steps.
const CLOCK_EVERY: u32 = 2_048;

struct Taker {
    sheet: Sheet,
    /// Signs drawn twice at one place (bold and shadow of old programs) count once.
    seen: HashSet<(String, i64, i64)>,
    until: Instant,
    steps: u32,
    turned: Affine,
    /// Old fonts by the key of the font: asking for the name costs.
    fonts: HashMap<u128, Option<OldFont>>,
}

impl Taker {
    /// The interpreter has no way to be stopped but to be unwound; the thread around it ends.
    fn step(&mut self) {
        self.steps = self.steps.wrapping_add(1);
        if self.steps.is_multiple_of(CLOCK_EVERY) && Instant::now() >= self.until {
            std::panic::resume_unwind(Box::new("time is over"));
        }
    }
}

/// The letters of a sign; bullets of symbol fonts become hyphens, what has no meaning nothing.
fn letters(found: BfString) -> String {
    let text = match found {
        BfString::Char(letter) => letter.to_string(),
        BfString::String(letters) => letters,
    };
    text.chars()
        .filter_map(|letter| match letter {
            '\u{f0b7}' | '\u{f02d}' | '\u{f0a7}' | '\u{f076}' | '\u{f0fc}' | '\u{f0d8}' => Some('-'),
            '\u{e000}'..='\u{f8ff}' => None,
            '\u{fb00}'..='\u{fb06}' => Some(letter),
            letter if letter.is_control() => Some(' '),
            letter => Some(letter),
        })
        .collect()
}

impl<'a> Device<'a> for Taker {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {
        self.step();
    }

    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.step();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step();
    }

    fn draw_glyph(
        &mut self,
        glyph: &Glyph<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        self.step();
        let placed = self.turned * transform * glyph_transform;
        let at = placed * Point::ZERO;
        // Signs are drawn a thousand units high.
        let along = placed * Point::new(1000.0, 0.0) - at;
        let up = placed * Point::new(0.0, 1000.0) - at;
        let size = Vec2::hypot(up);
        if !(at.x.is_finite() && at.y.is_finite() && size.is_finite()) || size < 0.5 {
            return;
        }
        // Text that stands on its head or on its side is a mark beside the page: no line of the letter.
        if along.x <= 0.0 || along.y.abs() > along.x.abs() * 0.2 {
            if let Some(found) = glyph.as_unicode().filter(|_| self.sheet.across.len() < LONGEST_MARK) {
                self.sheet.across.push_str(&letters(found));
            }
            return;
        }
        let Some(found) = glyph.as_unicode() else {
            self.sheet.unread += 1;
            return;
        };
        let text = letters(found);
        if text.is_empty() {
            return;
        }
        if !self.seen.insert((text.clone(), (at.x * 2.0).round() as i64, (at.y * 2.0).round() as i64)) {
            return;
        }
        let (advance, font) = match glyph {
            Glyph::Outline(outline) => {
                let font = self.fonts.entry(outline.font_cache_key()).or_insert_with(|| {
                    let name = outline.font_data().and_then(|data| data.postscript_name)?;
                    OldFont::named(&name)
                });
                (outline.advance_width(), *font)
            }
            Glyph::Type3(_) => (None, None),
        };
        let share = advance.map_or(0.5, |advance| f64::from(advance) / 1000.0).clamp(0.0, 4.0);
        let wide = along.x * share;
        let invisible = matches!(mode, GlyphDrawMode::Invisible);
        self.sheet.signs.push(Sign { text, x: at.x, y: at.y, wide, size, font, invisible });
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.step();
    }

    fn pop_clip_path(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
