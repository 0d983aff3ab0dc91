//! Lines of comma-separated text, fields quoted or not (RFC 4180).
//!
//! Not `document`'s reader: floors of the same height do not import each other, and this one must
//! give back each row with its line untouched.

/// One record: the line it begins on (the first is 1), its text as it stood, and its fields.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    pub line: usize,
    pub raw: &'a str,
    /// `None` when a quotation mark is not closed or stands inside a plain field.
    pub fields: Option<Vec<String>>,
}

/// Splits a text into records; blank lines are passed over. A quoted field may hold line breaks,
/// but an unclosed quotation mark spoils its own line only, not the rest of the file.
pub(super) fn records(text: &str) -> Vec<Record<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut found = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while !rest.is_empty() {
        let (fields, length) = match quoted_record(rest) {
            Some((fields, length)) => (Some(fields), length),
            None => (None, rest.find('\n').map_or(rest.len(), |end| end + 1)),
        };
        let raw = rest[..length].trim_end_matches(['\n', '\r']);
        if !raw.trim().is_empty() {
            found.push(Record { line, raw, fields });
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

/// Fields of the first record and the bytes it takes, its line break included.
fn quoted_record(text: &str) -> Option<(Vec<String>, usize)> {
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let (field, length) = field(&text[at..])?;
        fields.push(field);
        at += length;
        match text[at..].chars().next() {
            Some(',') => at += 1,
            Some('\n') => return Some((fields, at + 1)),
            Some('\r') => at += if text[at..].starts_with("\r\n") { 2 } else { 1 },
            None => return Some((fields, at)),
            Some(_) => return None,
        }
        if text[..at].ends_with(['\n', '\r']) {
            return Some((fields, at));
        }
    }
}

/// One field and the bytes it takes.
fn field(text: &str) -> Option<(String, usize)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', '\n', '\r']).unwrap_or(text.len());
        let plain = &text[..end];
        return (!plain.contains('"')).then(|| (plain.to_owned(), end));
    };
    let mut value = String::new();
    let mut rest = quoted;
    loop {
        let (before, after) = rest.split_once('"')?;
        value.push_str(before);
        match after.strip_prefix('"') {
            Some(more) => {
                value.push('"');
                rest = more;
            }
            None => return Some((value, text.len() - after.len())),
        }
    }
}
