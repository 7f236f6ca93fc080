//! A chart as a file of its own: with its heading, its colours and a size.
//!
//! On a page the look comes from the page. A file that somebody puts into a report or a slide has
//! to bring it along, in the light colours of [`crate::look::TOKENS`] and in rules that any reader
//! of SVG knows: no custom properties.

use std::fmt::Write as _;

use crate::backend::{WIDTH, escape};
use crate::chart::Chart;
use crate::font::wrap;
use crate::look::TOKENS;

const MARGIN: f64 = 20.0;
const TITLE: f64 = 17.0;
const TITLE_LINE: f64 = 22.0;
const MEASURE: f64 = 12.0;
const MEASURE_LINE: f64 = 16.0;

/// Returns the chart as an SVG document; `measure` says under the heading what is measured, of
/// whom, on which scale.
#[must_use]
pub fn standalone(chart: &Chart, measure: &str) -> String {
    let mut heading = String::new();
    let mut top = MARGIN;
    for line in wrap(&chart.title, TITLE, WIDTH) {
        let _ = write!(
            heading,
            "<text class=\"t\" x=\"{MARGIN}\" y=\"{}\" font-size=\"{TITLE}\">{}</text>",
            top + TITLE,
            escape(&line)
        );
        top += TITLE_LINE;
    }
    for line in wrap(measure, MEASURE, WIDTH) {
        let _ = write!(
            heading,
            "<text class=\"m\" x=\"{MARGIN}\" y=\"{}\" font-size=\"{MEASURE}\">{}</text>",
            top + MEASURE,
            escape(&line)
        );
        top += MEASURE_LINE;
    }
    top += MARGIN / 2.0;
    let height = height_of(&chart.svg);
    let (whole_width, whole_height) = (WIDTH + 2.0 * MARGIN, top + height + MARGIN);
    let inside = chart.svg.replacen(
        "<svg ",
        &format!(
            "<svg x=\"{MARGIN}\" y=\"{top}\" width=\"{WIDTH}\" height=\"{height}\" \
             overflow=\"visible\" "
        ),
        1,
    );
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole_width}\" \
         height=\"{whole_height}\" viewBox=\"0 0 {whole_width} {whole_height}\">\
         <style>{}</style><rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\
         {heading}{inside}</svg>\n",
        rules(),
        token("paper"),
    )
}

/// A chart for paper: with its colours and a size, and without its heading, which stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// An SVG document of its own.
    pub svg: String,
    /// Its height in parts of its width.
    pub ratio: f64,
}

/// Returns the chart as it goes on paper.
#[must_use]
pub fn printed(chart: &Chart) -> Printed {
    let height = height_of(&chart.svg);
    let sized = format!("<svg width=\"{WIDTH}\" height=\"{height}\" ");
    let svg = chart.svg.replacen("<svg ", &sized, 1);
    let inside = svg.find('>').map_or(0, |at| at + 1);
    let (head, rest) = svg.split_at(inside);
    Printed {
        svg: format!("{head}<style>{}</style>{rest}\n", rules()),
        ratio: height / WIDTH,
    }
}

/// Returns the height that a chart's view box names.
fn height_of(svg: &str) -> f64 {
    let after = svg.split_once("viewBox=\"").map_or("", |(_, after)| after);
    let numbers = after.split('"').next().unwrap_or_default();
    let height = numbers.split(' ').nth(3).and_then(|it| it.parse().ok());
    height.unwrap_or(WIDTH)
}

/// Returns a colour of the light look.
fn token(name: &str) -> &'static str {
    let start = format!("--{name}:");
    let after = TOKENS.split_once(&start).map_or("", |(_, after)| after);
    after.split(';').next().unwrap_or_default().trim()
}

fn rules() -> String {
    let (ink, quiet, line, paper) = (token("ink"), token("quiet"), token("line"), token("paper"));
    let mut rules = format!(
        "text{{font-family:'Atkinson Hyperlegible Next',sans-serif}}\
         .t{{fill:{ink}}}.m{{fill:{quiet}}}\
         .axis{{fill:none;stroke:{line};stroke-width:1}}"
    );
    for step in 0..5 {
        let (color, shade) = (token(&format!("c{step}")), token(&format!("h{step}")));
        let on = token(&format!("on{step}"));
        let _ = write!(
            rules,
            ".s{step}{{fill:{color}}}.i{step}{{fill:{on}}}.heat .s{step}{{fill:{shade}}}\
             .s{step}.l{{fill:none;stroke:{color};stroke-width:2;stroke-linejoin:round}}"
        );
    }
    let _ = write!(
        rules,
        ".heat .i0,.heat .i1,.heat .i2{{fill:{ink}}}.f{{fill-opacity:.18}}\
         .dumbbell text,.radar text,.quadrants text{{paint-order:stroke;stroke:{paper};stroke-width:4px;\
         stroke-linejoin:round}}"
    );
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::ChartTable;

    #[test]
    fn a_chart_for_paper_brings_its_colours_its_size_and_no_heading() {
        let chart = Chart {
            svg: "<svg class=\"chart\" viewBox=\"0 0 360 180\"><title>A</title></svg>".to_owned(),
            title: "A".to_owned(),
            desc: String::new(),
            table: ChartTable::default(),
        };
        let Printed { svg, ratio } = printed(&chart);
        assert!((ratio - 0.5).abs() < 1e-9, "{ratio}");
        assert!(
            svg.starts_with("<svg width=\"360\" height=\"180\""),
            "{svg}"
        );
        assert!(svg.contains("><style>") && !svg.contains("var("), "{svg}");
    }

    #[test]
    fn a_file_brings_its_colours_and_its_size() {
        let chart = Chart {
            svg: "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart heat\" viewBox=\"0 0 360 100.5\"></svg>"
                .to_owned(),
            title: "A & B".to_owned(),
            desc: String::new(),
            table: ChartTable::default(),
        };
        let svg = standalone(&chart, "Steps 1 to 4");
        assert!(
            svg.contains("A &amp; B") && svg.contains("Steps 1 to 4"),
            "{svg}"
        );
        assert!(svg.contains("height=\"100.5\""), "{svg}");
        assert!(svg.contains(".t{fill:#1c2326}"), "{svg}");
        assert!(!svg.contains("var("), "{svg}");
    }
}
