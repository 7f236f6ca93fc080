//! Drawing in units of the view box, through plotters' elements and never through its mesh.

use std::cell::RefCell;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::backend::{Canvas, TENTHS, WIDTH, escape, fixed};
use crate::chart::Frame;
use surveys::Lang;

/// Size of text in units.
pub(crate) const TEXT: f64 = 14.0;
/// Size of numbers beside marks.
pub(crate) const SMALL: f64 = 13.0;
/// The smallest size of any text.
pub(crate) const SMALLEST: f64 = 12.0;
/// Height of a line of [`TEXT`].
pub(crate) const LINE: f64 = 18.0;

/// What a mark is, in place of a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// One of five shades or colours, by the chart's form.
    Shade(u8),
    /// Thin lines.
    Axis,
    /// Text.
    Text,
    /// Quieter text.
    Muted,
    /// Text upon one of the shades.
    On(u8),
}

impl Ink {
    fn color(self) -> RGBColor {
        RGBColor(
            match self {
                Ink::Shade(step) => step.min(4),
                Ink::Axis => 5,
                Ink::Text => 6,
                Ink::Muted => 7,
                Ink::On(step) => 8 + step.min(4),
            },
            0,
            0,
        )
    }
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A place in units of the view box.
pub(crate) type Place = (f64, f64);

/// Puts marks and texts on the canvas.
pub(crate) struct Pen {
    area: DrawingArea<Canvas, Shift>,
}

impl Pen {
    /// Fills a rectangle.
    pub(crate) fn rect(&self, ink: Ink, (left, top): Place, (right, bottom): Place) {
        let corners = [at((left, top)), at((right, bottom))];
        self.put(&Rectangle::new(corners, ink.color().filled()));
    }

    /// Draws lines through places.
    pub(crate) fn line(&self, ink: Ink, places: &[Place]) {
        let places: Vec<_> = places.iter().copied().map(at).collect();
        self.put(&PathElement::new(places, ink.color()));
    }

    /// Fills a polygon so faintly that what lies beneath shows through.
    pub(crate) fn faint(&self, ink: Ink, places: &[Place]) {
        let places: Vec<_> = places.iter().copied().map(at).collect();
        self.put(&Polygon::new(places, ink.color().mix(0.2)));
    }

    /// Draws a dot.
    pub(crate) fn dot(&self, ink: Ink, place: Place, radius: f64) {
        let radius = tenths(radius).unsigned_abs();
        self.put(&Circle::new(at(place), radius, ink.color().filled()));
    }

    /// Draws the outline of a diamond, the mark of a target.
    pub(crate) fn diamond(&self, ink: Ink, (x, y): Place, radius: f64) {
        let corners = [
            (x, y - radius),
            (x + radius, y),
            (x, y + radius),
            (x - radius, y),
            (x, y - radius),
        ];
        self.line(ink, &corners);
    }

    /// Writes a line of text whose middle is at the height of the place.
    pub(crate) fn text(&self, ink: Ink, size: f64, anchor: Anchor, place: Place, text: &str) {
        let side = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let color = ink.color();
        let style = TextStyle::from((FontFamily::SansSerif, size * TENTHS).into_font())
            .color(&color)
            .pos(Pos::new(side, VPos::Center));
        self.put(&Text::new(text, at(place), style));
    }

    fn put<'a, E>(&self, element: &'a E)
    where
        E: plotters::element::Drawable<Canvas>,
        &'a E: plotters::element::PointCollection<'a, (i32, i32)>,
    {
        self.area
            .draw(element)
            .expect("no operation of the SVG canvas fails");
    }
}

fn tenths(units: f64) -> i32 {
    (units * TENTHS).round() as i32
}

fn at((x, y): Place) -> (i32, i32) {
    (tenths(x), tenths(y))
}

/// Draws a chart; `draw` puts down every mark and text.
pub(crate) fn picture(
    form: &str,
    frame: &Frame,
    desc: &str,
    height: f64,
    lang: Lang,
    draw: impl FnOnce(&Pen),
) -> String {
    let canvas = Rc::new(RefCell::new(Canvas::new(tenths(height).unsigned_abs())));
    draw(&Pen {
        area: DrawingArea::from(&canvas),
    });
    let marks = canvas.replace(Canvas::new(0)).finish();
    let id = escape(&frame.id);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart {form}\" \
         viewBox=\"0 0 {WIDTH} {}\" role=\"img\" lang=\"{}\" \
         aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{}</title>\
         <desc id=\"{id}-d\">{}</desc><g aria-hidden=\"true\">{marks}</g></svg>",
        fixed(tenths(height)),
        lang.tag(),
        escape(&frame.title),
        escape(desc),
    )
}
