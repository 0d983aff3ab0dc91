//! Fonts, style and script, carried inside the program and served under the hash of their content.
//!
//! Lives here: what is carried, its address, its bytes. Not here: the route and its headers; answer with
//! [`CACHE_CONTROL`], because an address with a hash never changes its content.

use std::sync::LazyLock;

/// The `Cache-Control` of every asset: the address changes with the content.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// The policy that every page is written for: nothing inline, nothing from elsewhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'";

/// One file, ready to be sent.
#[derive(Debug)]
pub struct Asset {
    name: &'static str,
    mime: &'static str,
    bytes: Vec<u8>,
    hash: String,
    url: String,
}

const WOFF2: &str = "font/woff2";

/// Fonts first: the style sheet names their addresses.
const FILES: &[(&str, &str, &[u8])] = &[
    ("be-vietnam-pro-latin-400-normal.woff2", WOFF2, include_bytes!("../assets/be-vietnam-pro-latin-400-normal.woff2")),
    ("be-vietnam-pro-latin-600-normal.woff2", WOFF2, include_bytes!("../assets/be-vietnam-pro-latin-600-normal.woff2")),
    ("be-vietnam-pro-latin-700-normal.woff2", WOFF2, include_bytes!("../assets/be-vietnam-pro-latin-700-normal.woff2")),
    (
        "be-vietnam-pro-vietnamese-400-normal.woff2",
        WOFF2,
        include_bytes!("../assets/be-vietnam-pro-vietnamese-400-normal.woff2"),
    ),
    (
        "be-vietnam-pro-vietnamese-600-normal.woff2",
        WOFF2,
        include_bytes!("../assets/be-vietnam-pro-vietnamese-600-normal.woff2"),
    ),
    (
        "be-vietnam-pro-vietnamese-700-normal.woff2",
        WOFF2,
        include_bytes!("../assets/be-vietnam-pro-vietnamese-700-normal.woff2"),
    ),
    ("inter-latin-400-normal.woff2", WOFF2, include_bytes!("../assets/inter-latin-400-normal.woff2")),
    ("inter-latin-600-normal.woff2", WOFF2, include_bytes!("../assets/inter-latin-600-normal.woff2")),
    ("inter-latin-700-normal.woff2", WOFF2, include_bytes!("../assets/inter-latin-700-normal.woff2")),
    ("htmx.min.js", "text/javascript; charset=utf-8", include_bytes!("../assets/htmx.min.js")),
    ("app.js", "text/javascript; charset=utf-8", include_bytes!("../assets/app.js")),
    ("wall.js", "text/javascript; charset=utf-8", include_bytes!("../assets/wall.js")),
    ("offline-store.js", "text/javascript; charset=utf-8", include_bytes!("../assets/offline-store.js")),
    ("offline-queue.js", "text/javascript; charset=utf-8", include_bytes!("../assets/offline-queue.js")),
    ("offline-form.js", "text/javascript; charset=utf-8", include_bytes!("../assets/offline-form.js")),
    ("trip-queue.js", "text/javascript; charset=utf-8", include_bytes!("../assets/trip-queue.js")),
    ("trip-sign.js", "text/javascript; charset=utf-8", include_bytes!("../assets/trip-sign.js")),
    ("trip-driver.js", "text/javascript; charset=utf-8", include_bytes!("../assets/trip-driver.js")),
    ("offline-app.js", "text/javascript; charset=utf-8", include_bytes!("../assets/offline-app.js")),
    ("icon-192.png", "image/png", include_bytes!("../assets/icon-192.png")),
    ("icon-512.png", "image/png", include_bytes!("../assets/icon-512.png")),
    ("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("../assets/style.css")),
];

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let mut assets: Vec<Asset> = Vec::with_capacity(FILES.len());
    for &(name, mime, bytes) in FILES {
        let bytes = if name.ends_with(".css") { with_hashed_fonts(bytes, &assets) } else { bytes.to_vec() };
        let hash = short_hash(&bytes);
        let url = format!("/assets/{hash}/{name}");
        assets.push(Asset { name, mime, bytes, hash, url });
    }
    assets
});

/// Every asset as (address, media type, bytes): for `serve` and for a gallery on disk.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static [u8])> {
    ASSETS.iter().map(|asset| (asset.url.as_str(), asset.mime, asset.bytes.as_slice()))
}

/// The address of an asset, `/assets/{hash}/{name}`. A name that is not carried gives an empty address,
/// which a test over all templates keeps from happening.
pub fn asset_url(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("", |asset| asset.url.as_str())
}

/// Media type, bytes and entity tag of an address, with or without its leading `/assets/`.
/// An old hash is not found: its page is gone too.
pub fn serve(path: &str) -> Option<(&'static str, &'static [u8], &'static str)> {
    let path = path.trim_start_matches('/');
    let path = path.strip_prefix("assets/").unwrap_or(path);
    let (hash, name) = path.split_once('/')?;
    let asset = ASSETS.iter().find(|asset| asset.name == name && asset.hash == hash)?;
    Some((asset.mime, &asset.bytes, &asset.hash))
}

/// `url(name.woff2)` becomes `url(../{hash}/name.woff2)`, relative so that a gallery on disk works too.
fn with_hashed_fonts(style: &[u8], fonts: &[Asset]) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(style).into_owned();
    for font in fonts {
        text = text.replace(&format!("url({})", font.name), &format!("url(../{}/{})", font.hash, font.name));
    }
    text.into_bytes()
}

/// The first 16 hexadecimal digits of the SHA-256.
fn short_hash(bytes: &[u8]) -> String {
    let mut hash = hex(bytes);
    hash.truncate(16);
    hash
}

fn hex(bytes: &[u8]) -> String {
    store::hex(&store::sha256(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn third_party_files_are_the_published_ones() {
        let lock = include_str!("../assets/LOCK.txt");
        let rows: Vec<Vec<&str>> =
            lock.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(' ').collect()).collect();
        assert_eq!(rows.len(), 10);
        for row in rows {
            let &[name, package, _version, hash, licence] = row.as_slice() else { panic!("{row:?}") };
            let (_, _, bytes) = FILES.iter().find(|(carried, ..)| *carried == name).unwrap();
            assert_eq!(hex(bytes), hash, "{name} of {package} was changed");
            assert!(["OFL-1.1", "0BSD"].contains(&licence), "{name}: {licence}");
        }
    }

    #[test]
    fn an_address_serves_its_bytes_and_an_old_one_does_not() {
        let (mime, bytes, tag) = serve(asset_url("style.css")).unwrap();
        assert_eq!(mime, "text/css; charset=utf-8");
        assert_eq!(short_hash(bytes), tag);
        assert!(serve("/assets/0000000000000000/style.css").is_none());
        assert!(serve("/assets/../Cargo.toml").is_none());
    }

    /// A block that is never closed swallows every rule after it, and no browser says so.
    #[test]
    fn every_block_of_the_style_sheet_is_closed() {
        let (_, style, _) = serve(asset_url("style.css")).unwrap();
        let style = String::from_utf8_lossy(style);
        let mut open = 0_i32;
        for (line, words) in style.lines().enumerate() {
            let begins = words.starts_with(|sign: char| !sign.is_whitespace() && sign != '}');
            assert!(!begins || open == 0, "line {}: the block before it is still open: {words}", line + 1);
            open += words.matches('{').count() as i32 - words.matches('}').count() as i32;
            assert!(open >= 0, "line {}: closes what is not open", line + 1);
        }
        assert_eq!(open, 0, "the last block is open");
    }

    #[test]
    fn the_style_sheet_names_every_font_by_its_hash() {
        let (_, style, _) = serve(asset_url("style.css")).unwrap();
        let style = String::from_utf8_lossy(style);
        for (url, mime, _) in all().filter(|(_, mime, _)| *mime == WOFF2) {
            assert!(style.contains(&url.replacen("/assets", "..", 1)), "{url} ({mime}) is carried and never used");
        }
        assert!(!style.contains("http"), "the style sheet reaches outside");
    }

    /// A brace that is missing puts all that follows under the rule that was not closed, and nobody sees it in the code.
    #[test]
    fn rules_of_the_style_sheet_are_closed_where_they_begin() {
        let mut open: Vec<usize> = Vec::new();
        for (place, line) in include_str!("../assets/style.css").lines().enumerate() {
            let is_media = line.trim_start().starts_with("@media");
            assert!(!is_media || open.is_empty(), "line {}: within the rule of line {:?}", place + 1, open.last());
            for sign in line.chars() {
                match sign {
                    '{' => open.push(place + 1),
                    '}' => assert!(open.pop().is_some(), "line {} closes what was not opened", place + 1),
                    _ => {}
                }
            }
        }
        assert!(open.is_empty(), "not closed: {open:?}");
    }
}
