//! QR symbols as small SVG: one path, a module is one unit wide.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around a symbol, as its standard asks for.
const QUIET: usize = 4;

/// Returns a symbol as an `<svg>` element, hidden from screen readers: the code stands beside it.
pub(crate) fn svg(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let size = width + 2 * QUIET;
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|left, right| left == right) {
            if run[0] == Color::Dark {
                let (x, y, length) = (column + QUIET, row + QUIET, run.len());
                // Writing into a string cannot fail.
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            column += run.len();
        }
    }
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" aria-hidden=\"true\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}h-{size}z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_draws_every_dark_module_once() {
        let text = "https://icteko.example.fi/fi/answer#ABCD-EFGH-JKMN-PQRS";
        let svg = svg(text).unwrap();
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let dark = code
            .to_colors()
            .into_iter()
            .filter(|color| *color == Color::Dark)
            .count();
        let drawn: usize = svg
            .split("fill=\"#000\"")
            .nth(1)
            .unwrap()
            .split('h')
            .filter_map(|part| part.split('v').next().unwrap().parse::<usize>().ok())
            .sum();
        assert_eq!(drawn, dark);
        assert!(svg.len() < 12_000, "{}", svg.len());
    }
}
