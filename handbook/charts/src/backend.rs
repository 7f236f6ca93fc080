//! Our `DrawingBackend`: plotters draws in whole tenths of a unit, this writes the SVG.
//!
//! Colours carry a class number in their red part and never reach the file; marks of one class in
//! a row become one path, texts of one style one group, so that a chart stays under 6 kB.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    text_anchor::{HPos, VPos},
};

use crate::font::text_width;

/// Canvas tenths in one unit of the view box.
pub(crate) const TENTHS: f64 = 10.0;

/// The width of every chart in units.
pub(crate) const WIDTH: f64 = 360.0;

/// Class names by the number in a colour's red part.
const CLASSES: [&str; 13] = [
    "s0", "s1", "s2", "s3", "s4", "axis", "t", "m", "i0", "i1", "i2", "i3", "i4",
];

/// What is written last and may still grow.
enum Open {
    Nothing,
    Path(String),
    Texts(String),
}

/// The canvas: the SVG's inside as text.
pub(crate) struct Canvas {
    out: String,
    open: Open,
    height: u32,
}

impl Canvas {
    /// Returns an empty canvas with a height in tenths.
    pub(crate) fn new(height: u32) -> Canvas {
        Canvas {
            out: String::with_capacity(4096),
            open: Open::Nothing,
            height,
        }
    }

    /// Returns the marks and texts drawn so far.
    pub(crate) fn finish(mut self) -> String {
        self.close();
        self.out
    }

    fn close(&mut self) {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => {}
            Open::Path(_) => self.out.push_str("\"/>"),
            Open::Texts(_) => self.out.push_str("</g>"),
        }
    }

    fn path(&mut self, color: BackendColor, stroke: bool) -> &mut String {
        let mut class = class_of(color).to_owned();
        if stroke && class != "axis" {
            class.push_str(" l");
        } else if color.alpha < 1.0 {
            class.push_str(" f");
        }
        if !matches!(&self.open, Open::Path(open) if *open == class) {
            self.close();
            let _ = write!(self.out, "<path class=\"{class}\" d=\"");
            self.open = Open::Path(class);
        }
        &mut self.out
    }
}

fn class_of(color: BackendColor) -> &'static str {
    CLASSES
        .get(usize::from(color.rgb.0))
        .copied()
        .unwrap_or("axis")
}

/// A whole number of tenths as text, with at most one decimal.
pub(crate) fn fixed(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    if rest == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest}")
    }
}

/// Text made safe for XML; control characters, which XML forbids, are left out.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        ((WIDTH * TENTHS) as u32, self.height)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        let (x, y) = (fixed(x), fixed(y));
        let _ = write!(self.path(color, false), "M{x} {y}h.1v.1h-.1z");
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (x, y, w, h) = (
            fixed(left),
            fixed(top),
            fixed(right - left),
            fixed(bottom - top),
        );
        let back = fixed(left - right);
        let _ = write!(self.path(style.color(), !fill), "M{x} {y}h{w}v{h}h{back}z");
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        points(self.path(style.color(), true), path);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let r = i32::try_from(radius).unwrap_or(0);
        let (left, y, d) = (fixed(x - r), fixed(y), fixed(2 * r));
        let r = fixed(r);
        let _ = write!(
            self.path(style.color(), !fill),
            "M{left} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0z"
        );
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        let out = self.path(style.color(), false);
        points(out, vert);
        out.push('z');
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        (x, y): BackendCoord,
    ) -> Drawn {
        let size = style.size() / TENTHS;
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        // The baseline, from the font's cap height and descent in parts of its size.
        let below = match style.anchor().v_pos {
            VPos::Top => 0.76,
            VPos::Center => 0.34,
            VPos::Bottom => -0.2,
        } * style.size();
        let group = format!(
            "<g class=\"{}\" text-anchor=\"{anchor}\" font-size=\"{size}\">",
            class_of(style.color())
        );
        if !matches!(&self.open, Open::Texts(open) if *open == group) {
            self.close();
            self.out.push_str(&group);
            self.open = Open::Texts(group);
        }
        let (x, y) = (fixed(x), fixed(y + below.round() as i32));
        let _ = write!(
            self.out,
            "<text x=\"{x}\" y=\"{y}\">{}</text>",
            escape(text)
        );
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let width = text_width(text, style.size()).ceil();
        Ok((width as u32, style.size().ceil() as u32))
    }

    fn blit_bitmap(&mut self, _: BackendCoord, _: (u32, u32), _: &[u8]) -> Drawn {
        // Pictures in pixels have no place in an accessible chart.
        Ok(())
    }
}

fn points(out: &mut String, path: impl IntoIterator<Item = BackendCoord>) {
    let mut last = None;
    for (x, y) in path {
        let _ = match last {
            None => write!(out, "M{} {}", fixed(x), fixed(y)),
            Some((_, before)) if before == y => write!(out, "H{}", fixed(x)),
            Some((before, _)) if before == x => write!(out, "V{}", fixed(y)),
            Some(_) => write!(out, "L{} {}", fixed(x), fixed(y)),
        };
        last = Some((x, y));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_at_most_one_decimal() {
        assert_eq!(fixed(120), "12");
        assert_eq!(fixed(-5), "-0.5");
        assert_eq!(fixed(1234), "123.4");
    }

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escape("<a & \"b\">\u{0}"), "&lt;a &amp; &quot;b&quot;&gt;");
    }
}
