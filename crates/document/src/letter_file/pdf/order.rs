//! Lines to paragraphs in the order in which a person reads: columns of letterhead and signature one
//! after the other, no page numbers, lines of one paragraph joined.

use super::lines::{Line, PageLines, is_of_layout};

/// Least width of the gutter between two columns, in points.
const GUTTER: f64 = 3.0;

/// Width of a blank in sizes of the letters.
const BLANK: f64 = 0.2;

/// A higher gap than this ends a zone of two columns, in points: more than the room for a signature.
const ROOM: f64 = 140.0;

/// A line of text with its place, or the end of a column.
enum Item {
    Line { text: String, left: f64, right: f64, y: f64, size: f64, page: usize, row: bool, first_word: f64 },
    Break,
}

/// Paragraphs, and whether the caption of a digital signature was left out.
pub(super) fn paragraphs(pages: Vec<PageLines>) -> (Vec<String>, bool) {
    let margins = Margins::of(&pages);
    let mut items = Vec::new();
    let mut captioned = false;
    for (number, page) in pages.into_iter().enumerate() {
        let high = page.high;
        let mut lines: Vec<Line> = page.lines.into_iter().filter(|line| !is_page_number(line, high)).collect();
        captioned |= without_captions(&mut lines);
        ordered(lines, number, &mut items);
    }
    (joined(&items, &margins), captioned)
}

/// A number alone at the upper or lower edge.
fn is_page_number(line: &Line, high: f64) -> bool {
    let edge = line.y < high * 0.12 || line.y > high * 0.9;
    let text = line.text().to_lowercase();
    let bare: String = text.replace("trang", "").chars().filter(|sign| !" -–/|".contains(*sign)).collect();
    edge && (1..=6).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit())
}

/// Lines that signing programs put over the page.
fn without_captions(lines: &mut Vec<Line>) -> bool {
    const BEGINS: [&str; 9] = [
        "ký bởi",
        "người ký:",
        "email:",
        "thời gian ký",
        "ngày ký:",
        "ký ngày:",
        "signature valid",
        "signature not",
        "signed by",
    ];
    let before = lines.len();
    for line in lines.iter_mut() {
        line.pieces.retain(|piece| {
            let low = piece.text.to_lowercase();
            !BEGINS.iter().any(|words| low.starts_with(words))
        });
    }
    lines.retain(|line| !line.pieces.is_empty());
    lines.len() != before
}

/// The lines of a page in reading order.
fn ordered(lines: Vec<Line>, page: usize, items: &mut Vec<Item>) {
    let mut at = 0;
    while at < lines.len() {
        let Some(zone) = next_zone(&lines, at) else { break };
        for line in lines.get(at..zone.from).unwrap_or_default() {
            items.push(whole(line, page));
        }
        let inside = lines.get(zone.from..zone.to).unwrap_or_default();
        let middle = (zone.gutter.0 + zone.gutter.1) / 2.0;
        for is_left in [true, false] {
            for line in inside {
                let pieces = line.pieces.iter().filter(|piece| (piece.right <= middle) == is_left).cloned().collect();
                let side = Line { y: line.y, pieces };
                if !side.pieces.is_empty() {
                    items.push(whole(&side, page));
                }
            }
            items.push(Item::Break);
        }
        at = zone.to;
    }
    for line in lines.get(at..).unwrap_or_default() {
        items.push(whole(line, page));
    }
}

fn whole(line: &Line, page: usize) -> Item {
    Item::Line {
        text: line.text(),
        left: line.left(),
        right: line.right(),
        y: line.y,
        size: line.size(),
        page,
        row: line.pieces.len() > 1,
        first_word: line.first_word(),
    }
}

/// Consecutive lines with a gutter that none of them crosses.
struct Zone {
    from: usize,
    to: usize,
    gutter: (f64, f64),
}

/// The gutter narrowed by one more line; `None` where the line crosses it, and at the addressees,
/// which stand below both columns wherever they begin.
fn narrowed(gutter: (f64, f64), line: &Line) -> Option<(f64, f64)> {
    let mut now = gutter;
    if line.text().to_lowercase().starts_with("kính gửi") {
        return None;
    }
    for piece in &line.pieces {
        let middle = (now.0 + now.1) / 2.0;
        if piece.right <= middle || piece.right < now.1 && piece.left < now.0 {
            now.0 = now.0.max(piece.right);
        } else if piece.left >= middle || piece.left > now.0 {
            now.1 = now.1.min(piece.left);
        } else {
            return None;
        }
    }
    (now.1 - now.0 >= GUTTER).then_some(now)
}

/// The next letterhead or signature at or after a line.
fn next_zone(lines: &[Line], at: usize) -> Option<Zone> {
    for (seed, line) in lines.iter().enumerate().skip(at) {
        let [left, right] = line.pieces.as_slice() else { continue };
        let mut gutter = (left.right, right.left);
        let near = |one: usize, other: usize| {
            let (a, b) = (lines.get(one), lines.get(other));
            a.zip(b).is_some_and(|(a, b)| (a.y - b.y).abs() < ROOM)
        };
        let (mut from, mut to) = (seed, seed + 1);
        while let Some(next) = lines.get(to).filter(|_| near(to - 1, to)).and_then(|line| narrowed(gutter, line)) {
            gutter = next;
            to += 1;
        }
        while from > at {
            let above = lines.get(from - 1).filter(|_| near(from - 1, from));
            let Some(next) = above.and_then(|line| narrowed(gutter, line)) else { break };
            gutter = next;
            from -= 1;
        }
        let inside = lines.get(from..to).unwrap_or_default();
        if inside.iter().flat_map(|line| &line.pieces).any(|piece| is_of_layout(&piece.text)) {
            return Some(Zone { from, to, gutter });
        }
    }
    None
}

/// Where running text begins and ends, page by page.
struct Margins {
    pages: Vec<(f64, f64)>,
    /// Usual distance of two lines of a paragraph.
    pitch: f64,
    /// Whether items after a dash begin to the right of the margin.
    items_indented: bool,
    /// Whether full lines end exactly at the margin: then the last line of a paragraph does not.
    justified: bool,
}

/// How near the margin a justified line ends, in points.
const EXACT: f64 = 3.0;

/// Letters of a line that counts as running text.
const RUNNING: usize = 40;

/// Running lines that a page needs for margins of its own.
const ENOUGH: usize = 8;

fn part_of(mut values: Vec<f64>, share: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let at = ((values.len().saturating_sub(1)) as f64 * share).round() as usize;
    values.get(at).copied()
}

impl Margins {
    fn of(pages: &[PageLines]) -> Self {
        let running = |page: &PageLines| -> Vec<(f64, f64, f64)> {
            let long =
                page.lines.iter().filter(|line| line.pieces.len() == 1 && line.text().chars().count() >= RUNNING);
            long.map(|line| (line.left(), line.right(), line.y)).collect()
        };
        let edges = |lines: &[(f64, f64, f64)]| {
            let left = part_of(lines.iter().map(|line| line.0).collect(), 0.05);
            let right = part_of(lines.iter().map(|line| line.1).collect(), 0.95);
            left.zip(right)
        };
        let all: Vec<_> = pages.iter().flat_map(running).collect();
        let usual = edges(&all).unwrap_or((0.0, f64::INFINITY));
        let each = pages.iter().map(|page| {
            let lines = running(page);
            if lines.len() >= ENOUGH { edges(&lines).unwrap_or(usual) } else { usual }
        });
        let mut steps = Vec::new();
        for page in pages {
            for pair in page.lines.windows(2) {
                if let [one, other] = pair
                    && one.text().chars().count() >= RUNNING
                    && other.left() < one.left() + 1.0
                {
                    steps.push(other.y - one.y);
                }
            }
        }
        let exact = all.iter().filter(|line| (line.1 - usual.1).abs() <= EXACT).count();
        // Items of running text, not those under «Nơi nhận».
        let marked = |line: &&Line| {
            let text = line.text();
            line.pieces.len() == 1 && begins_item(&text) && text.chars().count() >= RUNNING
        };
        let items: Vec<&Line> = pages.iter().flat_map(|page| &page.lines).filter(marked).collect();
        let indented = items.iter().filter(|line| line.left() > usual.0 + 0.6 * line.size()).count();
        Self {
            pages: each.collect(),
            pitch: part_of(steps, 0.3).unwrap_or(20.0),
            justified: exact * 2 > all.len(),
            items_indented: !items.is_empty() && indented * 3 > items.len() * 2,
        }
    }

    fn of_page(&self, page: usize) -> (f64, f64) {
        self.pages.get(page).copied().unwrap_or((0.0, f64::INFINITY))
    }
}

/// «- », «+ », «• »
fn begins_item(text: &str) -> bool {
    let mut signs = text.chars();
    matches!(signs.next(), Some('-' | '+' | '•' | '–' | '*')) && signs.next() == Some(' ')
}

/// «1.», «1,», «2.3.», «a)», «IV.»
fn begins_heading(text: &str) -> bool {
    let Some(first) = text.split(' ').next().filter(|first| text.len() > first.len()) else { return false };
    let bare = first.trim_end_matches(['.', ',', ')', '/', ':']);
    let marked = bare.len() < first.len() && first.len() <= 8;
    let counted = bare.split('.').all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let roman = (1..=4).contains(&bare.len()) && bare.chars().all(|sign| "IVX".contains(sign));
    let letter = bare.chars().count() == 1 && bare.chars().all(char::is_lowercase);
    marked && (counted || roman || letter)
}

/// The paragraph that is being put together.
struct Open {
    text: String,
    /// Left edge of its first line, and whether it began with a dash or a number.
    first_left: f64,
    marked: bool,
    right: f64,
    y: f64,
    page: usize,
    row: bool,
}

/// Words with which a closing paragraph begins.
fn opens(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "nhận được",
        "trên đây",
        "căn cứ",
        "đề nghị",
        "yêu cầu",
        "ghi chú",
        "về việc này",
        "trong quá trình",
        "để ",
        "sở y tế",
        "bộ y tế",
        "ủy ban nhân dân",
    ];
    let low = text.to_lowercase().replace("uỷ", "ủy");
    WORDS.iter().any(|words| low.starts_with(words))
}

/// A word cut at its own hyphen: «COVID-» «19», «4308/QĐ-» «BYT».
fn is_cut(before: &str, after: &str) -> bool {
    before.ends_with('-')
        && before.chars().rev().nth(1).is_some_and(char::is_alphanumeric)
        && after.starts_with(char::is_alphanumeric)
}

fn joined(items: &[Item], margins: &Margins) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut open: Option<Open> = None;
    for item in items {
        let Item::Line { text, left, right, y, size, page, row, first_word } = item else {
            paragraphs.extend(open.take().map(|open| open.text));
            if paragraphs.last().is_some_and(|last| !last.is_empty()) {
                paragraphs.push(String::new());
            }
            continue;
        };
        let marked = begins_item(text) || begins_heading(text);
        let goes_on = open.as_ref().is_some_and(|open| {
            let (start, end) = margins.of_page(open.page);
            let full = open.right + first_word + BLANK * size > end;
            let (here, _) = margins.of_page(*page);
            let at_margin = *left <= here + 0.6 * size;
            let hanging = open.marked && *left > open.first_left + 0.3 * size && *left < start + 8.0 * size;
            let next_item = marked && !(at_margin && margins.items_indented && begins_item(text));
            let step = y - open.y;
            let ended = open.text.ends_with(['.', ';', ':', '!', '?']);
            // A full line that ends a sentence may end its paragraph: justified text shows it by its
            // last line, ragged text by nothing but the words that follow.
            let last = ended && if margins.justified { open.right < end - EXACT } else { opens(text) };
            let far = open.page == *page && step > margins.pitch * if ended { 1.25 } else { 2.5 };
            let cut = is_cut(&open.text, text) && open.page == *page && step < 2.0 * size;
            cut || !row && !open.row && full && (at_margin || hanging) && !next_item && !far && !last
        });
        match open.as_mut().filter(|_| goes_on) {
            Some(open) => {
                if !is_cut(&open.text, text) {
                    open.text.push(' ');
                }
                open.text.push_str(text);
                (open.right, open.y, open.page) = (*right, *y, *page);
            }
            None => {
                paragraphs.extend(open.take().map(|open| open.text));
                open = Some(Open {
                    text: text.clone(),
                    first_left: *left,
                    marked,
                    right: *right,
                    y: *y,
                    page: *page,
                    row: *row,
                });
            }
        }
    }
    paragraphs.extend(open.map(|open| open.text));
    paragraphs
}
