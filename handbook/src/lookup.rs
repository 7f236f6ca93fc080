//! From a directive to cells of a table: which table, which keys, in which order.

use findings::{ALL, Cell, Statistic, Table, Unit};
use surveys::definition::Place;

use crate::directive::{Directive, Kind, Parameter};
use crate::problem::{DidYouMean, Problem};
use crate::view::View;

/// Tables that a job can make (decision record 0003), without the prefixes of their population.
const TABLES: [&str; 11] = [
    "response.rate",
    "area.mean",
    "area.gap",
    "area.below",
    "area.quantile",
    "area.alpha",
    "area.trend",
    "item.distribution",
    "unit.response.rate",
    "unit.area.mean",
    "role.mean",
];

/// A problem at its place, not yet in any edition.
pub(crate) type Refusal = (Problem, Place);

/// A part of a table.
pub(crate) struct Cut<'a> {
    pub(crate) table: &'a Table,
    picks: Vec<Pick>,
}

/// What a directive says of one dimension.
#[derive(Clone, Debug, PartialEq)]
enum Pick {
    /// One key; the total where nothing is said and there is one.
    One(String),
    /// Several keys in their order.
    Many(Vec<String>),
}

/// A cell that the table does not have is withheld like any other: why stays in the audit.
static WITHHELD: Cell = Cell::Withheld;

impl<'a> Cut<'a> {
    /// Finds the table and keys a directive asks for. `open` names a dimension that shall have
    /// several keys although the table has a total over it.
    pub(crate) fn of(
        view: &View<'a>,
        directive: &Directive,
        target: &str,
        open: Option<&str>,
    ) -> Result<Cut<'a>, Refusal> {
        let table = find_table(view, directive, target)?;
        for parameter in directive.dimensions() {
            if !table.dims().contains(&parameter.name) {
                return Err(unknown_parameter(directive, table, parameter));
            }
        }
        let mut picks = Vec::new();
        for (at, dim) in table.dims().iter().enumerate() {
            let said = directive.dimensions().find(|p| p.name == *dim);
            picks.push(match said {
                Some(parameter) => pick(view, table, at, parameter)?,
                None if open != Some(dim.as_str()) && has_total(table, at) => {
                    Pick::One(ALL.to_owned())
                }
                None => Pick::Many(view.keys_of(table, at)),
            });
        }
        Ok(Cut { table, picks })
    }

    /// Dimensions with several keys, in the order of the table.
    pub(crate) fn open(&self) -> Vec<usize> {
        (0..self.picks.len())
            .filter(|at| matches!(self.picks[*at], Pick::Many(_)))
            .collect()
    }

    /// The keys of a cut that is one cell.
    pub(crate) fn only_keys(&self) -> Vec<String> {
        let one = |pick: &Pick| match pick {
            Pick::One(key) => key.clone(),
            Pick::Many(_) => ALL.to_owned(),
        };
        self.picks.iter().map(one).collect()
    }

    pub(crate) fn dimension(&self, name: &str) -> Option<usize> {
        self.table.dims().iter().position(|dim| dim == name)
    }

    pub(crate) fn keys(&self, dim: usize) -> Vec<&str> {
        match &self.picks[dim] {
            Pick::One(key) => vec![key],
            Pick::Many(keys) => keys.iter().map(String::as_str).collect(),
        }
    }

    /// Returns the cell with these keys in the open dimensions.
    pub(crate) fn cell(&self, given: &[(usize, &str)]) -> &'a Cell {
        let keys: Vec<&str> = (0..self.picks.len())
            .map(|dim| {
                let given = given.iter().find(|(at, _)| *at == dim).map(|(_, key)| *key);
                given.unwrap_or_else(|| match &self.picks[dim] {
                    Pick::One(key) => key,
                    Pick::Many(_) => ALL,
                })
            })
            .collect();
        self.table.cell(&keys).unwrap_or(&WITHHELD)
    }

    /// Adds the total as the last key of a dimension, where the table has one.
    pub(crate) fn add_total(&mut self, dim: usize) {
        if has_total(self.table, dim)
            && let Pick::Many(keys) = &mut self.picks[dim]
            && keys.len() > 1
        {
            keys.push(ALL.to_owned());
        }
    }
}

fn has_total(table: &Table, dim: usize) -> bool {
    table.rows().iter().any(|row| row.keys[dim] == ALL)
}

fn find_table<'a>(
    view: &View<'a>,
    directive: &Directive,
    target: &str,
) -> Result<&'a Table, Refusal> {
    if let Some(table) = view.findings().table(target) {
        return Ok(table);
    }
    let bare = ["city.", "network."]
        .iter()
        .find_map(|prefix| target.strip_prefix(prefix))
        .unwrap_or(target);
    let table = target.to_owned();
    let problem = if TABLES.contains(&bare) {
        Problem::MissingFinding { table }
    } else {
        let known = view.findings().tables.iter().map(Table::id);
        let near = DidYouMean::among(target, TABLES.into_iter().chain(known));
        Problem::UnknownTable { table, near }
    };
    Err((problem, directive.place.clone()))
}

fn unknown_parameter(directive: &Directive, table: &Table, parameter: &Parameter) -> Refusal {
    let own = directive.own_names().iter().copied();
    let known: Vec<&str> = own.chain(table.dims().iter().map(String::as_str)).collect();
    let problem = Problem::UnknownParameter {
        name: parameter.name.clone(),
        near: DidYouMean::among(&parameter.name, known.iter().copied()),
        known: known.join(", "),
    };
    (problem, parameter.place.clone())
}

fn pick(view: &View<'_>, table: &Table, dim: usize, said: &Parameter) -> Result<Pick, Refusal> {
    let name = &table.dims()[dim];
    let mut keys = Vec::new();
    let mut is_many = false;
    for key in said.value.split('+') {
        if let Some(prefix) = key.strip_suffix('*') {
            is_many = true;
            let prefix = as_column(prefix);
            let matching = view.keys_of(table, dim);
            keys.extend(
                matching
                    .into_iter()
                    .filter(|key| as_column(key).starts_with(&prefix)),
            );
        } else if let Some(known) = known_as(view, name, key) {
            keys.push(known);
        } else {
            let problem = Problem::UnknownKey {
                dim: name.clone(),
                key: key.to_owned(),
                near: DidYouMean::among(key, view.known_keys(name)),
            };
            return Err((problem, said.place.clone()));
        }
    }
    if keys.is_empty() {
        let problem = Problem::UnknownKey {
            dim: name.clone(),
            key: said.value.clone(),
            near: DidYouMean::default(),
        };
        return Err((problem, said.place.clone()));
    }
    Ok(if keys.len() == 1 && !is_many {
        Pick::One(keys.remove(0))
    } else {
        Pick::Many(keys)
    })
}

/// An item's id is `dc-1-1`, its column and its key in findings `dc_1_1`; writers may use either.
fn as_column(key: &str) -> String {
    key.replace('-', "_")
}

fn known_as(view: &View<'_>, dim: &str, key: &str) -> Option<String> {
    [key.to_owned(), as_column(key)]
        .into_iter()
        .find(|key| view.is_known_key(dim, key))
}

/// A value in a sentence: what people read, and the number behind it if one is shown.
pub(crate) struct Worded {
    pub(crate) text: String,
    pub(crate) number: Option<f64>,
}

/// Finds and writes a value.
pub(crate) fn value(view: &View<'_>, directive: &Directive) -> Result<Worded, Refusal> {
    let plain = |text: Option<String>, name: &str, word: &str, known: &[&str]| {
        text.map(|text| Worded { text, number: None })
            .ok_or_else(|| {
                let problem = Problem::UnknownWord {
                    name: name.to_owned(),
                    word: word.to_owned(),
                    known: known.join(", "),
                    near: DidYouMean::among(word, known.iter().copied()),
                };
                (problem, directive.place.clone())
            })
    };
    if let Some(form) = directive.target.strip_prefix("city.")
        && !form.contains('.')
    {
        let forms = ["nom", "gen", "in", "from", "to"];
        return plain(view.city_form(form), "city", form, &forms);
    }
    if let Some(fact) = directive.target.strip_prefix("edition.") {
        return plain(view.fact(fact), "edition", fact, &FACTS);
    }
    let cut = Cut::of(view, directive, &directive.target, None)?;
    if let Some(dim) = cut.open().first() {
        let dim = cut.table.dims()[*dim].clone();
        return Err((Problem::MissingParameter { dim }, directive.place.clone()));
    }
    let fmt = directive.own("fmt").map(|p| p.value.as_str());
    Ok(worded(view, cut.table, cut.cell(&[]), fmt))
}

/// Says whether a figure that a text wants is withheld.
pub(crate) fn is_withheld(view: &View<'_>, directive: &Directive) -> bool {
    if directive.kind != Kind::Value {
        return false;
    }
    let cut = Cut::of(view, directive, &directive.target, None);
    cut.is_ok_and(|cut| cut.open().is_empty() && matches!(cut.cell(&[]), Cell::Withheld))
}

const FACTS: [&str; 8] = [
    "wave",
    "release",
    "name",
    "id",
    "date",
    "min-unit",
    "min-group",
    "min-cities",
];

fn worded(view: &View<'_>, table: &Table, cell: &Cell, fmt: Option<&str>) -> Worded {
    use charts::number;
    let lang = view.lang;
    let estimate = match cell {
        Cell::Shown(estimate) => estimate,
        Cell::Band(band) => {
            let text = view.words.get(match band {
                findings::Band::Below => "band-below",
                findings::Band::Near => "band-near",
                findings::Band::Above => "band-above",
            });
            return Worded { text, number: None };
        }
        Cell::Withheld => {
            let text = view.words.get("withheld");
            return Worded { text, number: None };
        }
    };
    let write = |value: f64| match fmt.unwrap_or(usual_format(table)) {
        "pct0" => number::percent(value, lang),
        "dec2" => number::decimal(value, 2, lang),
        "signed" => number::signed(value, 1, lang),
        "interval" if table.unit() == Unit::Proportion => number::percent(value, lang),
        "interval" if table.unit() == Unit::Number => number::decimal(value, 2, lang),
        _ => number::decimal(value, 1, lang),
    };
    match fmt {
        Some("n") => Worded {
            text: number::count(estimate.n, lang),
            number: None,
        },
        Some("interval") => Worded {
            text: estimate.low.zip(estimate.high).map_or_else(
                || view.words.get("withheld"),
                |(low, high)| number::range(&write(low), &write(high), lang),
            ),
            number: None,
        },
        _ => Worded {
            text: write(estimate.value),
            number: Some(estimate.value),
        },
    }
}

/// Writes the response rate of everybody, where there is one.
pub(crate) fn response_rate(view: &View<'_>) -> Option<String> {
    let table = view.findings().table("response.rate")?;
    let cell = table.cell(&vec![ALL; table.dims().len()])?;
    Some(cell_text(view, table, cell))
}

/// Says what numbers of answers are worth where people answered over an open link.
pub(crate) fn open_link(view: &View<'_>) -> Option<String> {
    let is_open = view.findings().over_open_link() > 0;
    is_open.then(|| view.words.get("fact-open-link"))
}

/// The format that is usual for what a table measures.
pub(crate) fn usual_format(table: &Table) -> &'static str {
    match (table.unit(), table.statistic()) {
        (Unit::Proportion, _) => "pct0",
        (_, Statistic::Alpha) | (Unit::Number, _) => "dec2",
        (Unit::Scale, _) => "dec1",
    }
}

/// Writes a figure as is usual for its table.
pub(crate) fn written(view: &View<'_>, table: &Table, value: f64) -> String {
    match usual_format(table) {
        "pct0" => charts::number::percent(value, view.lang),
        "dec2" => charts::number::decimal(value, 2, view.lang),
        _ => charts::number::decimal(value, 1, view.lang),
    }
}

/// Writes a cell as tables show it.
pub(crate) fn cell_text(view: &View<'_>, table: &Table, cell: &Cell) -> String {
    worded(view, table, cell, None).text
}

/// Writes a cell's interval, if it has one.
pub(crate) fn interval_text(view: &View<'_>, table: &Table, cell: &Cell) -> String {
    match cell {
        Cell::Shown(estimate) if estimate.low.is_some() && estimate.high.is_some() => {
            worded(view, table, cell, Some("interval")).text
        }
        _ => String::new(),
    }
}
