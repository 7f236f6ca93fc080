//! A drawn chart or table with its figures, and the file they are downloaded as.

use charts::{Chart, ChartTable};
use findings::{ALL, Cell, Count, Estimate, Statistic};

use crate::lookup::{Cut, cell_text};
use crate::view::View;

/// A chart or a table, ready to be put on a page.
pub(crate) struct Drawn {
    pub(crate) picture: Picture,
    /// The figures for the data file.
    pub(crate) data: Vec<Datum>,
    /// Dimensions of the data, as columns of the file.
    pub(crate) dims: Vec<String>,
    /// What is shown; it says what the numbers behind count.
    pub(crate) statistic: Statistic,
}

/// What people see first.
pub(crate) enum Picture {
    /// A chart, with its table behind it.
    Chart(Chart),
    /// A table whose cells are shaded: the table is the chart.
    Shaded(ChartTable),
    /// A plain table.
    Table(ChartTable),
}

/// A row of the data file.
pub(crate) struct Datum {
    pub(crate) table: String,
    pub(crate) keys: Vec<String>,
    pub(crate) cell: Cell,
}

impl Drawn {
    /// Whether any place in it is withheld, so that a note explains the word.
    pub(crate) fn withholds(&self) -> bool {
        self.data.iter().any(|datum| datum.cell == Cell::Withheld)
    }

    /// Least and largest number of answers behind what is shown; where there are totals beside
    /// groups, those behind the totals.
    pub(crate) fn counts(&self) -> Option<Count> {
        let is_total = |datum: &&Datum| datum.keys.iter().any(|key| key == ALL);
        let totals = self.data.iter().any(|datum| is_total(&datum));
        let counted = self.data.iter().filter(|datum| !totals || is_total(datum));
        let ends = counted.filter_map(|datum| match &datum.cell {
            Cell::Shown(Estimate { n, .. }) => Some(match n {
                Count::Exact(n) => [*n, *n],
                Count::Range(ends) => *ends,
            }),
            _ => None,
        });
        let [low, high] = ends.reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])])?;
        Some(if low == high {
            Count::Exact(low)
        } else {
            Count::Range([low, high])
        })
    }
}

/// All cells of a cut as rows of the data file.
fn data(cut: &Cut<'_>) -> Vec<Datum> {
    let mut combinations: Vec<Vec<(usize, &str)>> = vec![Vec::new()];
    for dim in 0..cut.table.dims().len() {
        let keys = cut.keys(dim);
        combinations = combinations
            .into_iter()
            .flat_map(|known| {
                keys.iter().map(move |key| {
                    let mut next = known.clone();
                    next.push((dim, *key));
                    next
                })
            })
            .collect();
    }
    combinations
        .into_iter()
        .map(|keys| Datum {
            table: cut.table.id().to_owned(),
            cell: cut.cell(&keys).clone(),
            keys: keys.into_iter().map(|(_, key)| key.to_owned()).collect(),
        })
        .collect()
}

pub(crate) fn drawn(picture: Picture, cuts: &[&Cut<'_>]) -> Drawn {
    let data: Vec<Datum> = cuts.iter().flat_map(|cut| data(cut)).collect();
    Drawn {
        picture,
        data,
        dims: cuts[0].table.dims().to_vec(),
        statistic: cuts[0].table.statistic(),
    }
}

/// Of whom the figures are, when, and how many stand behind them.
pub(crate) fn base(view: &View<'_>, drawn: &Drawn) -> String {
    let (name, wave) = (view.population_name(), view.wave());
    let mut arguments = vec![("name", name.as_str()), ("wave", wave.as_str())];
    let Some(counts) = drawn.counts() else {
        return view.words.with("base-without-n", &arguments);
    };
    let n = charts::number::count(counts, view.lang);
    arguments.push(("n", &n));
    let key = match drawn.statistic {
        Statistic::ResponseRate => "base-staff",
        _ => "base",
    };
    view.words.with(key, &arguments)
}

/// The data file: UTF-8 with a mark for spreadsheets, semicolons, decimals by language.
pub(crate) fn csv(view: &View<'_>, drawn: &Drawn) -> String {
    let mut lines = vec![csv_head(view, drawn)];
    for datum in &drawn.data {
        let mut fields = vec![datum.table.clone()];
        for (dim, key) in drawn.dims.iter().zip(&datum.keys) {
            fields.push(key.clone());
            fields.push(view.label(dim, key));
        }
        fields.extend(csv_figures(view, datum));
        lines.push(fields);
    }
    let mut text = String::from("\u{feff}");
    for line in lines {
        let fields: Vec<String> = line.iter().map(|field| csv_field(field)).collect();
        text.push_str(&fields.join(";"));
        text.push_str("\r\n");
    }
    text
}

fn csv_head(view: &View<'_>, drawn: &Drawn) -> Vec<String> {
    let mut head = vec!["table".to_owned()];
    for dim in &drawn.dims {
        head.push(dim.clone());
        head.push(view.dimension(dim));
    }
    for word in ["value", "interval-low", "interval-high"] {
        head.push(view.words.get(word));
    }
    head.push(view.counted(drawn.statistic));
    head
}

fn csv_figures(view: &View<'_>, datum: &Datum) -> [String; 4] {
    let number = |value: Option<f64>| {
        let text = value.map_or_else(String::new, |value| value.to_string());
        match view.lang {
            surveys::Lang::En => text,
            _ => text.replace('.', ","),
        }
    };
    match &datum.cell {
        Cell::Shown(estimate) => [
            number(Some(estimate.value)),
            number(estimate.low),
            number(estimate.high),
            match estimate.n {
                Count::Exact(n) => n.to_string(),
                Count::Range([low, high]) => format!("{low}–{high}"),
            },
        ],
        other => {
            let table = view.findings().table(&datum.table);
            let word = table.map_or_else(String::new, |table| cell_text(view, table, other));
            [word, String::new(), String::new(), String::new()]
        }
    }
}

/// Quotes a field. Text that a spreadsheet would take for a formula gets an apostrophe.
fn csv_field(field: &str) -> String {
    let is_number = field.replace(',', ".").parse::<f64>().is_ok();
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t']) && !is_number;
    let field = if is_formula {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains(['"', ';', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}
