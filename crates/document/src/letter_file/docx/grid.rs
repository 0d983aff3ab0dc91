//! Tables to lines. Letterhead and signature are tables too: their columns are read one after the
//! other; a table of figures is read row by row.

/// A table as it is read: cells by row, each with its lines.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub(super) rows: Vec<Vec<Vec<String>>>,
    pub(super) ruled: bool,
}

/// Most rows of a letterhead or a signature.
const FEW_ROWS: usize = 8;

impl Grid {
    pub(super) fn paragraphs(self) -> Vec<String> {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let named = self.rows.iter().flatten().flatten().any(|line| is_of_layout(line));
        let plain = !self.ruled && width <= 2 && self.rows.len() <= FEW_ROWS;
        if width <= 3 && (named || plain) { self.columns(width) } else { self.lines() }
    }

    /// Column by column, a blank line between them.
    fn columns(self, width: usize) -> Vec<String> {
        let mut paragraphs = Vec::new();
        for column in 0..width {
            if column > 0 {
                paragraphs.push(String::new());
            }
            for cell in self.rows.iter().filter_map(|row| row.get(column)) {
                paragraphs.extend(cell.iter().cloned());
            }
        }
        paragraphs.push(String::new());
        paragraphs
    }

    /// Row by row, a tab between cells.
    fn lines(self) -> Vec<String> {
        let line = |row: Vec<Vec<String>>| {
            let cells = row.into_iter().map(|cell| {
                let words = cell.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
                words.collect::<Vec<&str>>().join(" ")
            });
            cells.collect::<Vec<String>>().join("\t")
        };
        self.rows.into_iter().map(line).collect()
    }
}

/// What only letterhead and signature hold. Compared without case and without composing.
fn is_of_layout(line: &str) -> bool {
    let low = line.trim().to_lowercase();
    let begins = ["cộng hòa", "cộng hoà", "đảng cộng sản", "nơi nhận", "độc lập", "số:", "v/v", "kt.", "tm.", "tl."];
    begins.iter().any(|words| low.starts_with(words)) || low.contains(", ngày ")
}
