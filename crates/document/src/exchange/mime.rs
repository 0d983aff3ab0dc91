//! A MIME message around a package: the XML is its first part, files are the others. Bounded; parts within parts are
//! left as they are.

use super::{ExchangeProblem, PackageLimits, base64_of};

/// A part.
pub(super) struct Part {
    /// «Content-ID» without its brackets; may be empty.
    pub id: String,
    /// Name of the file; may be empty.
    pub name: String,
    /// Its media type; may be empty.
    pub media_type: String,
    /// Its bytes, decoded.
    pub bytes: Vec<u8>,
}

/// Whether bytes begin as a MIME message does.
pub(super) fn is_mime(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2_000)]).to_ascii_lowercase();
    let head = head.trim_start();
    let of_head = head.starts_with("mime-version:") || head.starts_with("content-type:");
    (of_head && head.contains("multipart/")) || (head.starts_with("--") && head.contains("content-type:"))
}

/// Its parts in their order.
pub(super) fn parts(bytes: &[u8], limits: &PackageLimits) -> Result<Vec<Part>, ExchangeProblem> {
    let damaged = |cause: &str| ExchangeProblem::Damaged { cause: format!("mime: {cause}") };
    let boundary = boundary(bytes).ok_or_else(|| damaged("no boundary"))?;
    let lines = marks(bytes, boundary.as_bytes());
    let mut parts = Vec::new();
    let mut left = limits.unpacked_bytes;
    for pair in lines.windows(2) {
        if parts.len() > limits.attachments {
            return Err(ExchangeProblem::TooMany { limit: limits.attachments });
        }
        let body = bytes.get(pair[0].1..pair[1].0).unwrap_or_default();
        let place = parts.len();
        let part =
            part(body).ok_or(if place == 0 { damaged("no first part") } else { ExchangeProblem::BadFile { place } })?;
        left = left
            .checked_sub(part.bytes.len() as u64)
            .ok_or(ExchangeProblem::TooLarge { limit: limits.unpacked_bytes })?;
        parts.push(part);
    }
    if parts.is_empty() { Err(damaged("no parts")) } else { Ok(parts) }
}

/// The boundary that the head names, else the first line that begins with two hyphens.
fn boundary(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4_000)]).into_owned();
    if let Some(at) = head.to_ascii_lowercase().find("boundary=") {
        let rest = &head[at + "boundary=".len()..];
        let named = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => rest.split([';', '\r', '\n', ' ']).next(),
        };
        return named.filter(|name| !name.is_empty() && name.len() <= 200).map(|name| format!("--{name}"));
    }
    let line = head.lines().find(|line| line.starts_with("--"))?.trim_end();
    (line.len() > 2 && line.len() <= 200).then(|| line.to_owned())
}

/// Where lines that are the boundary begin and where what follows them begins.
fn marks(bytes: &[u8], boundary: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |place| at + place + 1);
        if bytes[at..end].starts_with(boundary) {
            found.push((at, end));
        }
        at = end;
    }
    found
}

/// A part from its own head and body.
fn part(bytes: &[u8]) -> Option<Part> {
    let near = &bytes[..bytes.len().min(64 << 10)];
    let blank =
        |mark: &[u8]| near.windows(mark.len()).position(|window| window == mark).map(|at| (at, at + mark.len()));
    let (head_end, body_start) = match (blank(b"\r\n\r\n"), blank(b"\n\n")) {
        (Some(one), Some(other)) => {
            if one.0 < other.0 {
                one
            } else {
                other
            }
        }
        (one, other) => one.or(other)?,
    };
    let head =
        String::from_utf8_lossy(bytes.get(..head_end)?).replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ");
    let field = |wanted: &str| {
        head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.trim().eq_ignore_ascii_case(wanted).then(|| value.trim().to_owned())
        })
    };
    let parameter = |value: &str, wanted: &str| {
        let at = value.to_ascii_lowercase().find(&format!("{wanted}="))?;
        let rest = &value[at + wanted.len() + 1..];
        let named = rest.strip_prefix('"').map_or_else(|| rest.split(';').next(), |quoted| quoted.split('"').next());
        named.map(|name| name.trim().to_owned())
    };
    let kind = field("content-type").unwrap_or_default();
    let disposition = field("content-disposition").unwrap_or_default();
    let mut body = bytes.get(body_start..)?;
    body = body.strip_suffix(b"\n").unwrap_or(body);
    body = body.strip_suffix(b"\r").unwrap_or(body);
    let decoded = match field("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
        "base64" => base64_of(&String::from_utf8_lossy(body))?,
        "" | "7bit" | "8bit" | "binary" => body.to_vec(),
        _ => return None,
    };
    Some(Part {
        id: field("content-id").unwrap_or_default().trim_matches(['<', '>', ' ']).to_owned(),
        name: parameter(&disposition, "filename").or_else(|| parameter(&kind, "name")).unwrap_or_default(),
        media_type: kind.split(';').next().unwrap_or_default().trim().to_owned(),
        bytes: decoded,
    })
}
