//! The files that people take results along in: tables, workbooks, pictures, a summary.
//!
//! Findings and a working result hold the same kinds of tables, one protected, one exact. Here
//! both are an [`Outcome`], so that every format is written once. What a file shows is what its
//! JSON holds: nothing is computed here, and nothing that was withheld can reach a file.

mod csv;
mod parquet;
mod pictures;
mod summary;
mod words;
mod workbook;

pub(super) use csv::quoted;

use std::collections::BTreeMap;

use findings::{
    ALL, Band, Cell, Estimate, Findings, Population, RawTable, Table, Undefined, Unit, Working, dim,
};
use surveys::dataset::Origin;
use surveys::{Labels, Lang};

use super::folder::Files;
use crate::AnalysisError;
use crate::job::{Form, Forms};
use words::Words;

/// Findings or a working result, as every format takes them.
pub(super) struct Outcome<'r> {
    /// The name of its files.
    pub(super) name: String,
    whom: Whom,
    wave: &'r str,
    origin: Origin,
    /// Whether people answered over an open link.
    over_open_link: bool,
    confidence: f64,
    labels: &'r BTreeMap<String, BTreeMap<String, Labels>>,
    tables: Vec<OutTable<'r>>,
}

/// Whom an outcome is about, and who may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Whom {
    Network,
    City(String),
    /// Exact and unprotected: for the researcher alone.
    Researcher,
}

/// A table of findings or of a working result.
struct OutTable<'r> {
    id: &'r str,
    unit: Unit,
    scale: Option<[f64; 2]>,
    dims: &'r [String],
    rows: Vec<OutRow<'r>>,
}

struct OutRow<'r> {
    keys: &'r [String],
    figure: OutFigure<'r>,
}

/// A figure, or what stands in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
enum OutFigure<'r> {
    Shown(&'r Estimate),
    Undefined(Undefined),
    Band(Band),
    Withheld,
}

impl<'r> Outcome<'r> {
    /// Takes one population's findings.
    pub(super) fn of_findings(findings: &'r Findings, confidence: f64) -> Self {
        let (name, whom) = match &findings.population {
            Population::Network => ("network".to_owned(), Whom::Network),
            Population::City { code, slug } => (slug.clone(), Whom::City(code.clone())),
        };
        Outcome {
            name,
            whom,
            wave: &findings.wave,
            origin: findings.origin,
            over_open_link: findings.over_open_link() > 0,
            confidence,
            labels: &findings.labels,
            tables: findings.tables.iter().map(protected).collect(),
        }
    }

    /// Takes a working result.
    pub(super) fn of_working(working: &'r Working, confidence: f64) -> Self {
        Outcome {
            name: "working".to_owned(),
            whom: Whom::Researcher,
            wave: &working.wave,
            origin: working.origin,
            over_open_link: !working.produced.open_link.is_empty(),
            confidence,
            labels: &working.labels,
            tables: working.tables.iter().map(exact).collect(),
        }
    }

    /// Makes every file that a job asks for.
    pub(super) fn files(&self, forms: &Forms) -> Result<Files, AnalysisError> {
        let mut files = Files::new();
        let name = &self.name;
        let asked = |form| forms.forms.contains(&form);
        if asked(Form::Csv) {
            files.insert(format!("{name}.csv"), csv::text(&self.tables).into_bytes());
        }
        if asked(Form::Parquet) {
            files.insert(format!("{name}.parquet"), parquet::bytes(&self.tables)?);
        }
        for lang in &forms.languages {
            let words = Words::of(*lang);
            let tag = lang.tag();
            if asked(Form::Xlsx) {
                let bytes = workbook::bytes(self, &words)?;
                files.insert(format!("{name}-{tag}.xlsx"), bytes);
            }
            if asked(Form::Summary) {
                let text = summary::text(self, &words);
                files.insert(format!("{name}-{tag}.md"), text.into_bytes());
            }
            if asked(Form::Svg) || asked(Form::Png) {
                for (picture, svg) in pictures::all(self, &words) {
                    let path = format!("charts/{name}-{picture}-{tag}");
                    if asked(Form::Png) {
                        files.insert(format!("{path}.png"), pictures::png(&svg)?);
                    }
                    if asked(Form::Svg) {
                        files.insert(format!("{path}.svg"), svg.into_bytes());
                    }
                }
            }
        }
        Ok(files)
    }

    fn table(&self, id: &str) -> Option<&OutTable<'r>> {
        self.tables.iter().find(|table| table.id == id)
    }

    /// Returns the words of a key; without words it stands for itself.
    fn label<'l>(&'l self, dim: &str, key: &'l str, lang: Lang) -> &'l str {
        let labels = self.labels.get(dim).and_then(|labels| labels.get(key));
        labels.and_then(|labels| labels.get(lang)).unwrap_or(key)
    }

    /// Returns the words of an answer to an item.
    fn level_label<'l>(&'l self, item: &str, level: &'l str, lang: Lang) -> &'l str {
        let of_item = format!("{item}:{level}");
        let labels = self.labels.get(dim::LEVEL);
        let found = labels.and_then(|labels| labels.get(&of_item).or_else(|| labels.get(level)));
        found.and_then(|labels| labels.get(lang)).unwrap_or(level)
    }
}

impl<'r> OutTable<'r> {
    fn place(&self, dim: &str) -> Option<usize> {
        self.dims.iter().position(|name| name == dim)
    }

    /// Returns the keys of a dimension in the order of the rows.
    fn keys(&self, place: usize) -> Vec<&'r str> {
        let mut keys: Vec<&str> = Vec::new();
        for row in &self.rows {
            if !keys.contains(&row.keys[place].as_str()) {
                keys.push(&row.keys[place]);
            }
        }
        keys
    }

    /// Returns the key that stands for everybody in a dimension; waves have no total, there it is
    /// the last one.
    fn everybody(&self, place: usize) -> Option<&'r str> {
        let keys = self.keys(place);
        let total = keys.iter().find(|key| **key == ALL).or(keys.last());
        total.copied()
    }

    /// Returns the rows where these dimensions have any key and all others everybody's.
    fn rows_by(&self, open: &[usize]) -> Vec<&OutRow<'r>> {
        let fixed: Vec<(usize, Option<&str>)> = (0..self.dims.len())
            .filter(|place| !open.contains(place))
            .map(|place| (place, self.everybody(place)))
            .collect();
        let rows = self.rows.iter();
        rows.filter(|row| {
            let mut fixed = fixed.iter();
            fixed.all(|(place, key)| *key == Some(row.keys[*place].as_str()))
        })
        .collect()
    }

    /// Returns the figures of each key of one dimension, everybody taken together.
    fn by(&self, dim: &str) -> Vec<(&'r str, OutFigure<'r>)> {
        let Some(place) = self.place(dim) else {
            return Vec::new();
        };
        let rows = self.rows_by(&[place]).into_iter();
        rows.map(|row| (row.keys[place].as_str(), row.figure))
            .collect()
    }

    /// Returns the dimensions that make groups of people.
    fn group_dims(&self) -> Vec<usize> {
        let no_group = [dim::AREA, dim::ITEM, dim::LEVEL, dim::WAVE, "term", "with"];
        let dims = self.dims.iter().enumerate();
        dims.filter(|(_, name)| !no_group.contains(&name.as_str()))
            .map(|(place, _)| place)
            .collect()
    }
}

impl<'r> OutFigure<'r> {
    fn shown(self) -> Option<&'r Estimate> {
        match self {
            OutFigure::Shown(estimate) => Some(estimate),
            _ => None,
        }
    }

    /// Returns what a table says in place of a figure.
    fn note(self) -> &'static str {
        match self {
            OutFigure::Shown(_) => "",
            OutFigure::Undefined(reason) => reason.text(),
            OutFigure::Band(Band::Below) => "below",
            OutFigure::Band(Band::Near) => "near",
            OutFigure::Band(Band::Above) => "above",
            OutFigure::Withheld => "withheld",
        }
    }
}

fn protected(table: &Table) -> OutTable<'_> {
    let rows = table.rows().iter().map(|row| OutRow {
        keys: &row.keys,
        figure: match &row.cell {
            Cell::Shown(estimate) => OutFigure::Shown(estimate),
            Cell::Band(band) => OutFigure::Band(*band),
            Cell::Withheld => OutFigure::Withheld,
        },
    });
    OutTable {
        id: table.id(),
        unit: table.unit(),
        scale: table.scale(),
        dims: table.dims(),
        rows: rows.collect(),
    }
}

fn exact(table: &RawTable) -> OutTable<'_> {
    let rows = table.rows.iter().map(|row| OutRow {
        keys: &row.keys,
        figure: match &row.figure {
            Ok(estimate) => OutFigure::Shown(estimate),
            Err(reason) => OutFigure::Undefined(*reason),
        },
    });
    OutTable {
        id: &table.id,
        unit: table.unit,
        scale: table.scale,
        dims: &table.dims,
        rows: rows.collect(),
    }
}

fn failed(what: &str, error: impl std::fmt::Display) -> AnalysisError {
    AnalysisError::Form {
        problem: format!("{what} cannot be written: {error}"),
    }
}
