//! Real widths of text from the metrics of the font that pages use.
//!
//! `fonts/` holds Atkinson Hyperlegible Next (SIL Open Font License, see `fonts/OFL.txt`): two
//! faces for pages and, for this module, a copy without outlines.

use std::sync::OnceLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, MetadataProvider as _};

const METRICS: &[u8] = include_bytes!("../fonts/atkinson-hyperlegible-next-400-metrics.ttf");

/// What a letter takes that the font lacks, in parts of the size.
const UNKNOWN: f32 = 0.6;

fn font() -> &'static FontRef<'static> {
    static FONT: OnceLock<FontRef<'static>> = OnceLock::new();
    FONT.get_or_init(|| FontRef::new(METRICS).expect("the embedded font is a whole TrueType file"))
}

/// Returns the width of a line of text at a size, in the unit of the size.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    let font = font();
    let letters = font.charmap();
    // In the font's own units, so that widths are whole numbers.
    let widths = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let em = f32::from(font.head().map_or(1000, |head| head.units_per_em()));
    let units: f32 = text
        .chars()
        .map(|c| {
            letters
                .map(c)
                .and_then(|glyph| widths.advance_width(glyph))
                .unwrap_or(em * UNKNOWN)
        })
        .sum();
    f64::from(units) / f64::from(em) * size
}

/// Breaks a text into lines that fit; a word longer than a line is cut with a hyphen.
pub(crate) fn wrap(text: &str, size: f64, widest: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if text_width(&joined, size) <= widest {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        line = cut(word, size, widest, &mut lines);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Pushes full pieces of a word that is too long and returns what is left of it.
fn cut(word: &str, size: f64, widest: f64, lines: &mut Vec<String>) -> String {
    if text_width(word, size) <= widest {
        return word.to_owned();
    }
    let mut piece = String::new();
    for letter in word.chars() {
        if !piece.is_empty() && text_width(&format!("{piece}{letter}-"), size) > widest {
            lines.push(format!("{piece}-"));
            piece.clear();
        }
        piece.push(letter);
    }
    piece
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_dots_count_once() {
        assert!((text_width("ä", 10.0) - text_width("a", 10.0)).abs() < 0.01);
        assert!((text_width("ö", 10.0) - text_width("o", 10.0)).abs() < 0.01);
        assert!((text_width("Åbo", 10.0) - text_width("Abo", 10.0)).abs() < 0.01);
        assert!(text_width("mmm", 10.0) > 2.0 * text_width("iii", 10.0));
    }

    #[test]
    fn a_letter_the_font_lacks_still_has_a_width() {
        assert!(text_width("漢", 10.0) > 3.0);
    }

    #[test]
    fn words_wrap_and_the_longest_is_cut() {
        assert_eq!(
            wrap("Turvallisuus ja hyvinvointi", 14.0, 100.0),
            ["Turvallisuus ja", "hyvinvointi"]
        );
        let lines = wrap("Varhaiskasvatuksenopettajankoulutus", 14.0, 90.0);
        assert!(lines.len() > 1 && lines[0].ends_with('-'), "{lines:?}");
        assert!(
            lines.iter().all(|l| text_width(l, 14.0) <= 90.0),
            "{lines:?}"
        );
        assert_eq!(wrap("", 14.0, 90.0), [""]);
    }
}
