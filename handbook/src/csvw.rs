//! What the columns of data files mean, as CSV on the Web has it: `csv-metadata.json` beside them.

use serde::Serialize;

use findings::{Cell, Table, Unit};

use crate::data::Drawn;
use crate::release;
use crate::view::View;

/// The name that programs look for in the folder of a file.
pub(crate) const NAME: &str = "csv-metadata.json";

/// All tables of a folder.
#[derive(Serialize)]
struct Group<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "dc:title")]
    title: Vec<Worded>,
    #[serde(rename = "dc:description")]
    description: Vec<Worded>,
    #[serde(rename = "dc:identifier")]
    identifier: String,
    #[serde(rename = "dc:issued", skip_serializing_if = "Option::is_none")]
    issued: Option<&'a str>,
    #[serde(rename = "dc:creator")]
    creator: &'a str,
    tables: &'a [Described],
}

/// A text in a language.
#[derive(Clone, Serialize)]
pub(crate) struct Worded {
    #[serde(rename = "@value")]
    value: String,
    #[serde(rename = "@language")]
    language: &'static str,
}

/// One file.
#[derive(Serialize)]
pub(crate) struct Described {
    url: String,
    #[serde(rename = "dc:title")]
    title: Vec<Worded>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dialect: Option<Dialect>,
    #[serde(rename = "tableSchema")]
    schema: Schema,
}

#[derive(Serialize)]
struct Dialect {
    delimiter: &'static str,
}

#[derive(Serialize)]
struct Schema {
    columns: Vec<Column>,
    #[serde(rename = "primaryKey", skip_serializing_if = "Vec::is_empty")]
    primary_key: Vec<String>,
}

#[derive(Default, Serialize)]
struct Column {
    name: String,
    titles: String,
    #[serde(rename = "dc:description")]
    description: Vec<Worded>,
    datatype: Datatype,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    null: Vec<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Datatype {
    Named(&'static str),
    Written {
        base: &'static str,
        format: Format,
    },
    Within {
        base: &'static str,
        minimum: f64,
        maximum: f64,
    },
    OneOf {
        base: &'static str,
        format: &'static str,
    },
}

#[derive(Serialize)]
struct Format {
    #[serde(rename = "decimalChar")]
    decimal: &'static str,
    #[serde(rename = "groupChar")]
    group: &'static str,
}

impl Default for Datatype {
    fn default() -> Self {
        Datatype::Named("string")
    }
}

/// Words in the language of each view.
fn worded(views: &[View<'_>], words: impl Fn(&View<'_>) -> String) -> Vec<Worded> {
    let one = |view: &View<'_>| Worded {
        value: words(view),
        language: view.lang.tag(),
    };
    views.iter().map(one).collect()
}

/// Returns the description of a folder; the views are the languages it speaks.
pub(crate) fn metadata(views: &[View<'_>], tables: &[Described]) -> String {
    let Some(first) = views.first() else {
        return String::new();
    };
    let group = Group {
        context: "http://www.w3.org/ns/csvw",
        kind: "TableGroup",
        title: worded(views, crate::dataset::name),
        description: worded(views, crate::dataset::about),
        identifier: crate::dataset::identifier(first),
        issued: first.request.published,
        creator: first.request.program,
        tables,
    };
    let mut text =
        serde_json::to_string_pretty(&group).expect("metadata holds nothing but text and numbers");
    text.push('\n');
    text
}

/// Describes the file of a table of findings.
pub(crate) fn table(views: &[View<'_>], url: &str, table: &Table) -> Described {
    let dims = table.dims().iter().map(|dim| Column {
        name: name(dim),
        titles: dim.clone(),
        description: worded(views, |view| view.dimension(dim)),
        required: true,
        ..Column::default()
    });
    let figures = release::COLUMNS.iter().map(|column| Column {
        name: (*column).to_owned(),
        titles: (*column).to_owned(),
        description: worded(views, |view| view.words.get(&format!("data-{column}"))),
        datatype: figure_type(column, table),
        required: *column == "status",
        ..Column::default()
    });
    Described {
        url: url.to_owned(),
        title: worded(views, |view| title(view, table)),
        dialect: None,
        schema: Schema {
            columns: dims.chain(figures).collect(),
            primary_key: table.dims().iter().map(|dim| name(dim)).collect(),
        },
    }
}

/// What the figures of a table are, by which dimensions.
pub(crate) fn title(view: &View<'_>, table: &Table) -> String {
    let dims: Vec<String> = table.dims().iter().map(|dim| view.dimension(dim)).collect();
    format!("{}: {}", view.statistic(table.statistic()), dims.join(", "))
}

fn figure_type(column: &str, table: &Table) -> Datatype {
    match column {
        "status" => Datatype::OneOf {
            base: "string",
            format: "shown|below|near|above|withheld",
        },
        "n_low" | "n_high" => Datatype::Named("nonNegativeInteger"),
        "value" if table.unit() == Unit::Proportion => Datatype::Within {
            base: "decimal",
            minimum: 0.0,
            maximum: 1.0,
        },
        _ => Datatype::Named("decimal"),
    }
}

/// Describes the file of a chart or table of a page, in the page's language.
pub(crate) fn figure(view: &View<'_>, url: &str, caption: &str, drawn: &Drawn) -> Described {
    let views = std::slice::from_ref(view);
    let column = |key: &str, titles: &str, words: String| Column {
        name: name(key),
        titles: titles.to_owned(),
        description: worded(views, |_| words.clone()),
        ..Column::default()
    };
    let word = |key: &str| view.words.get(key);
    let mut columns = vec![column("table", "table", word("data-table"))];
    for dim in &drawn.dims {
        let label = view.dimension(dim);
        columns.push(column(dim, dim, label.clone()));
        columns.push(column(&format!("{dim}_label"), &label, label.clone()));
    }
    for key in ["value", "interval-low", "interval-high"] {
        columns.push(Column {
            datatype: written(view),
            null: if key == "value" {
                said_instead(view, drawn)
            } else {
                Vec::new()
            },
            ..column(key, &word(key), word(key))
        });
    }
    let counted = view.counted(drawn.statistic);
    columns.push(column("n", &counted, counted.clone()));
    Described {
        url: url.to_owned(),
        title: worded(views, |_| caption.to_owned()),
        dialect: Some(Dialect { delimiter: ";" }),
        schema: Schema {
            columns,
            primary_key: Vec::new(),
        },
    }
}

/// How numbers are written in a language.
fn written(view: &View<'_>) -> Datatype {
    match view.lang {
        surveys::Lang::En => Datatype::Named("decimal"),
        _ => Datatype::Written {
            base: "decimal",
            format: Format {
                decimal: ",",
                group: " ",
            },
        },
    }
}

/// Words that stand where there is no figure, and the empty field.
fn said_instead(view: &View<'_>, drawn: &Drawn) -> Vec<String> {
    let mut said = vec![String::new()];
    for datum in &drawn.data {
        if !matches!(datum.cell, Cell::Shown(_))
            && let Some(table) = view.findings().table(&datum.table)
        {
            let word = crate::lookup::cell_text(view, table, &datum.cell);
            if !said.contains(&word) {
                said.push(word);
            }
        }
    }
    said
}

/// A column's name may hold letters, digits and low lines.
fn name(dim: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = dim.chars().map(plain).collect();
    match name.starts_with('_') || name.is_empty() {
        true => format!("dim{name}"),
        false => name,
    }
}
