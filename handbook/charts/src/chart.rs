//! What goes into every chart and what comes out: figures, frame, SVG, alternative text, table.

use findings::{Band, Cell, Count};
use surveys::Lang;

use crate::{number, words};

/// A figure as charts take it: plain enough for one person's own profile, and made from a
/// [`Cell`] of findings for everybody else.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// A figure with what is known of its uncertainty.
    Shown {
        /// The figure itself.
        value: f64,
        /// Lower and upper end of the interval.
        interval: Option<(f64, f64)>,
        /// How many answers stand behind it.
        n: Option<Count>,
    },
    /// A coarse placing only.
    Band(Band),
    /// No figure; a word stands in its place.
    Withheld,
}

impl Figure {
    /// Returns a figure without uncertainty, such as a person's own score.
    #[must_use]
    pub fn value(value: f64) -> Figure {
        Figure::Shown {
            value,
            interval: None,
            n: None,
        }
    }

    /// Returns the number, if one is shown. A number that is not finite counts as withheld.
    #[must_use]
    pub fn shown(&self) -> Option<f64> {
        match self {
            Figure::Shown { value, .. } if value.is_finite() => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn interval(&self) -> Option<(f64, f64)> {
        match self {
            Figure::Shown { interval, .. } => {
                interval.filter(|(low, high)| low.is_finite() && high.is_finite())
            }
            _ => None,
        }
    }

    /// Returns the figure in words of a language, as tables show it.
    #[must_use]
    pub fn text(&self, unit: Measure, lang: Lang) -> String {
        match (self.shown(), self) {
            (Some(value), _) => unit.text(value, lang),
            (None, Figure::Band(band)) => words::band(*band, lang).to_owned(),
            _ => words::withheld(lang).to_owned(),
        }
    }

    pub(crate) fn interval_text(&self, unit: Measure, lang: Lang) -> String {
        self.interval().map_or_else(String::new, |(low, high)| {
            number::range(&unit.text(low, lang), &unit.text(high, lang), lang)
        })
    }

    pub(crate) fn count_text(&self, lang: Lang) -> String {
        match self {
            Figure::Shown { n: Some(n), .. } => number::count(*n, lang),
            _ => String::new(),
        }
    }

    fn has_count(&self) -> bool {
        matches!(self, Figure::Shown { n: Some(_), .. })
    }
}

impl From<&Cell> for Figure {
    fn from(cell: &Cell) -> Figure {
        match cell {
            Cell::Shown(estimate) => Figure::Shown {
                value: estimate.value,
                interval: estimate.low.zip(estimate.high),
                n: Some(estimate.n),
            },
            Cell::Band(band) => Figure::Band(*band),
            Cell::Withheld => Figure::Withheld,
        }
    }
}

/// How figures of a chart are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Steps of a scale, with one decimal.
    Steps,
    /// A share, in whole per cent.
    Share,
}

impl Measure {
    pub(crate) fn text(self, value: f64, lang: Lang) -> String {
        match self {
            Measure::Steps => number::decimal(value, 1, lang),
            Measure::Share => number::percent(value, lang),
        }
    }
}

/// What every chart has around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Prefix of the ids inside the SVG; unique on its page.
    pub id: String,
    /// The message in one sentence.
    pub title: String,
    /// What is measured, of whom, on which scale.
    pub measure: String,
}

/// A drawn chart with all that must stand beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Inline SVG: classes in place of colours, no style, no script.
    pub svg: String,
    /// The message, as given.
    pub title: String,
    /// Text alternative of at most 300 characters; also inside the SVG.
    pub desc: String,
    /// The figures behind the picture.
    pub table: ChartTable,
}

/// The figures behind a chart, in words of the language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartTable {
    /// Headings of the columns; the first stands over the row headings.
    pub columns: Vec<String>,
    /// Rows in the order of the chart.
    pub rows: Vec<TableRow>,
}

/// A row of the table behind a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Heading of the row.
    pub header: String,
    /// Cells in the order of the columns.
    pub cells: Vec<TableCell>,
}

/// A cell of the table behind a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableCell {
    /// The words or the number.
    pub text: String,
    /// For a heat table: the shade, 0 to 4.
    pub shade: Option<u8>,
}

impl From<String> for TableCell {
    fn from(text: String) -> TableCell {
        TableCell { text, shade: None }
    }
}

impl ChartTable {
    /// Adds the columns value, interval and n of figures, leaving out what none of them has.
    pub(crate) fn of_figures(
        row_kind: &str,
        rows: &[(&str, Vec<&Figure>)],
        names: &[&str],
        unit: Measure,
        lang: Lang,
    ) -> ChartTable {
        let with_interval = rows.iter().any(|(_, f)| f[0].interval().is_some());
        let with_count = rows.iter().any(|(_, f)| f[0].has_count());
        let mut columns = vec![row_kind.to_owned()];
        columns.extend(names.iter().map(|name| (*name).to_owned()));
        if with_interval {
            columns.insert(2, words::interval(lang).to_owned());
        }
        if with_count {
            columns.push("n".to_owned());
        }
        let rows = rows
            .iter()
            .map(|(header, figures)| {
                let mut cells: Vec<TableCell> = figures
                    .iter()
                    .map(|figure| figure.text(unit, lang).into())
                    .collect();
                if with_interval {
                    cells.insert(1, figures[0].interval_text(unit, lang).into());
                }
                if with_count {
                    cells.push(figures[0].count_text(lang).into());
                }
                TableRow {
                    header: (*header).to_owned(),
                    cells,
                }
            })
            .collect();
        ChartTable { columns, rows }
    }
}
