//! The same letter as other programs and hands write it. None of these changes what it says.

use unicode_normalization::UnicodeNormalization;

/// Lines of at most so many letters, as a mail program or a text layer cuts them.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut now = String::new();
        for word in line.split(' ') {
            if !now.is_empty() && now.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut now));
            }
            if !now.is_empty() {
                now.push(' ');
            }
            now.push_str(word);
        }
        lines.push(now);
    }
    lines.join("\n")
}

/// A page number after every so many lines, whatever stands there.
pub fn numbered(text: &str, every: usize, written: impl Fn(usize) -> String) -> String {
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if index > 0 && index % every == 0 {
            lines.push(written(index / every + 1));
        }
        lines.push(line.to_owned());
    }
    lines.join("\n")
}

/// «hòa», «ủy» as newer spelling puts the tone: «hoà», «uỷ».
pub fn newer_tones(text: &str) -> String {
    moved(text, false)
}

/// The other way round.
pub fn older_tones(text: &str) -> String {
    moved(text, true)
}

fn moved(text: &str, to_older: bool) -> String {
    const PAIRS: [(&str, &str); 24] = [
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("òe", "oè"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("ọe", "oẹ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ụy", "uỵ"),
        ("ÒA", "OÀ"),
        ("ÓA", "OÁ"),
        ("ỎA", "OẢ"),
        ("ÕA", "OÃ"),
        ("ỌA", "OẠ"),
        ("ÒE", "OÈ"),
        ("ÚY", "UÝ"),
        ("ỦY", "UỶ"),
        ("ỤY", "UỴ"),
        ("Ủy", "Uỷ"),
        ("Úy", "Uý"),
        ("Ỏa", "Oả"),
    ];
    let mut moved = String::new();
    for word in text.split_inclusive(|letter: char| !letter.is_alphabetic()) {
        let bare = word.trim_end_matches(|letter: char| !letter.is_alphabetic());
        let pair = PAIRS.iter().find(|(older, newer)| bare.ends_with(if to_older { newer } else { older }));
        // «quý» has its tone on the y in both: its u belongs to the q.
        match pair.filter(|_| !bare.to_lowercase().starts_with("qu")) {
            Some((older, newer)) => {
                let (from, to) = if to_older { (newer, older) } else { (older, newer) };
                moved.push_str(&bare[..bare.len() - from.len()]);
                moved.push_str(to);
                moved.push_str(&word[bare.len()..]);
            }
            None => moved.push_str(word),
        }
    }
    moved
}

/// Each line changed.
fn each_line(text: &str, change: impl Fn(&str) -> String) -> String {
    text.lines().map(change).collect::<Vec<_>>().join("\n")
}

fn heads(text: &str, change: fn(&str) -> String) -> String {
    let mut changed = text.to_owned();
    for words in ["Kính gửi", "Nơi nhận", "V/v"] {
        changed = changed.replace(words, &change(words));
    }
    changed
}

/// All of them by name.
pub fn all(text: &str) -> Vec<(&'static str, String)> {
    let nfd = |text: &str| text.nfd().collect::<String>();
    let wrapped_60 = wrapped(text, 60);
    vec![
        ("as it is", text.to_owned()),
        ("marks apart (NFD)", nfd(text)),
        ("Icelandic Ð", text.replace('Đ', "Ð")),
        ("Ð and small ð", text.replace('Đ', "Ð").replace('đ', "ð")),
        ("newer tones", newer_tones(text)),
        ("older tones", older_tones(text)),
        ("newer tones, marks apart", nfd(&newer_tones(text))),
        ("60 columns", wrapped_60.clone()),
        ("64 columns", wrapped(text, 64)),
        ("68 columns", wrapped(text, 68)),
        ("72 columns", wrapped(text, 72)),
        ("76 columns", wrapped(text, 76)),
        ("80 columns", wrapped(text, 80)),
        ("90 columns", wrapped(text, 90)),
        ("100 columns", wrapped(text, 100)),
        ("page numbers", numbered(text, 12, |page| page.to_string())),
        ("page numbers in dashes", numbered(text, 9, |page| format!("- {page} -"))),
        ("«Trang 2/5»", numbered(text, 15, |page| format!("Trang {page}/5"))),
        ("«2/5» among blank lines", numbered(text, 20, |page| format!("\n{page}/5\n"))),
        ("page numbers at 60 columns", numbered(&wrapped_60, 31, |page| page.to_string())),
        ("page numbers and a form feed at 60 columns", numbered(&wrapped_60, 40, |page| format!("{page}\u{c}"))),
        ("page numbers in dashes at 72 columns", numbered(&wrapped(text, 72), 29, |page| format!("- {page} -"))),
        ("CRLF", text.replace('\n', "\r\n")),
        ("CR", text.replace('\n', "\r")),
        ("hard blanks", text.replace(' ', "\u{a0}")),
        ("hard blanks after numbers", text.replace(" năm", "\u{a0}năm").replace(" tháng", "\u{a0}tháng")),
        ("byte-order mark", format!("\u{feff}{text}")),
        ("doubled blanks", text.replace(' ', "  ")),
        ("blanks at the ends of lines", each_line(text, |line| format!("{line}   "))),
        ("blanks before lines", each_line(text, |line| format!("    {line}"))),
        ("tabs", text.replace("- ", "-\t")),
        ("heads in capitals", heads(text, |words| words.to_uppercase())),
        ("heads in small letters", heads(text, |words| words.to_lowercase())),
        ("dashes as bullets", text.replace("\n- ", "\n– ")),
        ("blank lines doubled", text.replace("\n\n", "\n\n\n\n")),
        ("zero-width blanks", text.replace(", ", ",\u{200b} ")),
        (
            "marks of Markdown",
            each_line(
                text,
                |line| if line.len() < 20 && !line.is_empty() { format!("**{line}**") } else { line.to_owned() },
            ),
        ),
        ("60 columns, marks apart, CRLF", nfd(&wrapped_60).replace('\n', "\r\n")),
        ("72 columns, Ð, hard blanks", wrapped(text, 72).replace('Đ', "Ð").replace("; ", ";\u{a0}")),
        (
            "80 columns, newer tones, mark, CRLF",
            format!("\u{feff}{}", wrapped(&newer_tones(text), 80)).replace('\n', "\r\n"),
        ),
    ]
}
