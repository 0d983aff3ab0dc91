//! A code that a phone's camera reads: an address, nothing secret.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use super::canvas::escape;

/// Light modules around the code, as its standard asks.
const QUIET: usize = 4;

/// The code of an address, black on white in any theme; empty when the address is too long for a code. Level M is read
/// even where a seventh of it is dirty.
pub fn qr(address: &str, label: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::M) else { return String::new() };
    let (wide, colors) = (code.width(), code.to_colors());
    let side = wide + 2 * QUIET;
    let mut path = String::new();
    for (row, modules) in colors.chunks(wide).enumerate() {
        for (column, _) in modules.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            let _ = write!(path, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
        }
    }
    format!(
        r##"<svg viewBox="0 0 {side} {side}" role="img" aria-label="{}" shape-rendering="crispEdges" xmlns="http://www.w3.org/2000/svg"><rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##,
        escape(label)
    )
}

#[cfg(test)]
mod tests {
    use super::qr;

    #[test]
    fn a_code_is_square_quiet_around_and_refuses_what_does_not_fit() {
        let drawn = qr("https://oxy.example/co-so/0190-a/bao-cao", "mã <b>");
        assert!(drawn.contains("viewBox=\"0 0 37 37\"") && drawn.contains("mã &lt;b&gt;"), "{drawn}");
        // The finder pattern begins right after the quiet zone.
        assert!(drawn.contains("M4 4h1v1h-1z") && !drawn.contains("M3 "), "{drawn}");
        assert_eq!(qr(&"x".repeat(4_000), ""), "");
    }
}
