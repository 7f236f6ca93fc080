//! Real widths of text from the metrics of the font that pages use.
//!
//! `fonts/` holds Atkinson Hyperlegible Next (SIL Open Font License, see `fonts/OFL.txt`): two
//! faces for pages and, for this module, a copy without outlines.

use std::sync::OnceLock;

use ttf_parser::Face;

const METRICS: &[u8] = include_bytes!("../fonts/atkinson-hyperlegible-next-400-metrics.ttf");

fn face() -> &'static Face<'static> {
    static FACE: OnceLock<Face<'static>> = OnceLock::new();
    FACE.get_or_init(|| {
        Face::parse(METRICS, 0).expect("the embedded font is a whole TrueType file")
    })
}

/// Returns the width of a line of text at a size, in the unit of the size.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    let face = face();
    let units: u32 = text
        .chars()
        .map(|c| {
            face.glyph_index(c)
                .and_then(|glyph| face.glyph_hor_advance(glyph))
                .map_or(u32::from(face.units_per_em()) * 6 / 10, u32::from)
        })
        .sum();
    f64::from(units) / f64::from(face.units_per_em()) * size
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
