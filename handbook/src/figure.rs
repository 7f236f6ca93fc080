//! Charts and tables from findings: which cells, in which form, with which data file.

use charts::{
    Chart, ChartTable, DivergingRow, DivergingSpec, Figure, Frame, HeatRow, HeatSpec, Measure,
    ProfileRow, ProfileSpec,
};
use findings::{ALL, Cell, Count, Estimate, Statistic, Table, Unit};

use crate::directive::{Directive, Kind};
use crate::lookup::{Cut, Refusal, cell_text, interval_text};
use crate::problem::Problem;
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

/// Draws a chart or a table; `id` is unique on its page.
pub(crate) fn draw(view: &View<'_>, directive: &Directive, id: &str) -> Result<Drawn, Refusal> {
    let frame = Frame {
        id: id.to_owned(),
        title: directive.message.clone(),
        measure: directive.text.clone(),
    };
    if directive.kind == Kind::Table {
        return table(view, directive);
    }
    match directive.own("form").map(|form| form.value.as_str()) {
        Some("heat") => heat(view, directive, frame),
        Some("diverging") => diverging(view, directive, frame),
        Some("radar") => profile(view, directive, frame, "radar"),
        _ => profile(view, directive, frame, "dumbbell"),
    }
}

fn unsuitable(
    directive: &Directive,
    form: &'static str,
    what: String,
    help: &'static str,
) -> Refusal {
    let problem = Problem::UnsuitableForm { form, what, help };
    (problem, directive.place.clone())
}

fn by(directive: &Directive) -> Option<&str> {
    directive.own("by").map(|by| by.value.as_str())
}

/// Checks that `by` names a dimension of the table.
fn check_by(directive: &Directive, table: &Table) -> Result<(), Refusal> {
    let Some(parameter) = directive.own("by") else {
        return Ok(());
    };
    if table.dims().contains(&parameter.value) {
        return Ok(());
    }
    let known = table.dims().iter().map(String::as_str);
    let problem = Problem::UnknownWord {
        name: "by".to_owned(),
        word: parameter.value.clone(),
        known: table.dims().join(", "),
        near: crate::problem::DidYouMean::among(&parameter.value, known),
    };
    Err((problem, parameter.place.clone()))
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

fn drawn(picture: Picture, cuts: &[&Cut<'_>]) -> Drawn {
    let data: Vec<Datum> = cuts.iter().flat_map(|cut| data(cut)).collect();
    Drawn {
        picture,
        data,
        dims: cuts[0].table.dims().to_vec(),
        statistic: cuts[0].table.statistic(),
    }
}

/// The ends of the scale a cut is measured on; shares run from nought to one.
///
/// A table of means holds areas of several scales and has the widest of them. Areas with targets
/// share one scale, and the table of gaps has it.
fn scale_of(view: &View<'_>, cut: &Cut<'_>) -> [f64; 2] {
    let own = cut.table.scale().unwrap_or([1.0, 4.0]);
    if cut.table.unit() == Unit::Proportion {
        return [0.0, 1.0];
    }
    let stem = cut.table.id().strip_suffix("mean").unwrap_or_default();
    let gaps = view.findings().table(&format!("{stem}gap"));
    let (Some(gaps), Some(area)) = (gaps, cut.dimension("area")) else {
        return own;
    };
    let with_target = gaps.dims().iter().position(|dim| dim == "area");
    let all_have_targets = cut.keys(area).iter().all(|key| {
        let has_key = |row: &findings::Row| with_target.is_some_and(|at| row.keys[at] == *key);
        gaps.rows().iter().any(has_key)
    });
    gaps.scale().filter(|_| all_have_targets).unwrap_or(own)
}

fn heat(view: &View<'_>, directive: &Directive, frame: Frame) -> Result<Drawn, Refusal> {
    let table = Cut::of(view, directive, &directive.target, None)?.table;
    check_by(directive, table)?;
    let said = |dim: &str| directive.dimensions().any(|p| p.name == dim);
    let groups = ["role_group", "role", "municipality", "unit"];
    let rows_by = by(directive).or_else(|| {
        let in_table = |dim: &&str| table.dims().iter().any(|known| known == dim);
        groups.into_iter().filter(in_table).find(|dim| !said(dim))
    });
    let cut = Cut::of(view, directive, &directive.target, rows_by)?;
    let open = cut.open();
    let row_dim = rows_by.and_then(|dim| cut.dimension(dim));
    let (Some(row_dim), [_, _]) = (row_dim, open.as_slice()) else {
        let what = format!("{} dimensions", open.len());
        let help = "a heat table has two: give the others one key each, or say `by=…`";
        return Err(unsuitable(directive, "heat", what, help));
    };
    let column_dim = if open[0] == row_dim { open[1] } else { open[0] };
    let dims = table.dims();
    let spec = HeatSpec {
        frame,
        measure: measure(table),
        scale: scale_of(view, &cut),
        row_kind: view.dimension(&dims[row_dim]),
        columns: labels(view, &cut, column_dim),
        rows: cut
            .keys(row_dim)
            .into_iter()
            .map(|row| HeatRow {
                label: view.label(&dims[row_dim], row),
                figures: cut
                    .keys(column_dim)
                    .into_iter()
                    .map(|column| cut.cell(&[(row_dim, row), (column_dim, column)]).into())
                    .collect(),
            })
            .collect(),
    };
    let chart = charts::heat(&spec, view.lang);
    Ok(drawn(Picture::Shaded(chart.table), &[&cut]))
}

fn measure(table: &Table) -> Measure {
    match table.unit() {
        Unit::Proportion => Measure::Share,
        _ => Measure::Steps,
    }
}

fn labels(view: &View<'_>, cut: &Cut<'_>, dim: usize) -> Vec<String> {
    let name = &cut.table.dims()[dim];
    cut.keys(dim)
        .into_iter()
        .map(|key| view.label(name, key))
        .collect()
}

/// Scores and targets. The target is the mean plus the gap: both are findings, and their sum is
/// the mean target of those who answered.
fn profile(
    view: &View<'_>,
    directive: &Directive,
    frame: Frame,
    form: &'static str,
) -> Result<Drawn, Refusal> {
    let stem = ["gap", "mean"]
        .into_iter()
        .find_map(|end| directive.target.strip_suffix(end))
        .filter(|stem| stem.ends_with('.'));
    let Some(stem) = stem else {
        let what = format!("`{}`", directive.target);
        let help = "it shows means against targets: use a table that ends in `.mean` or `.gap`";
        return Err(unsuitable(directive, form, what, help));
    };
    let (mean, gap) = (format!("{stem}mean"), format!("{stem}gap"));
    let named = Cut::of(view, directive, &directive.target, by(directive))?;
    check_by(directive, named.table)?;
    let open = named.open();
    let [dim] = open.as_slice() else {
        let what = format!("{} dimensions", open.len());
        let help = "it has one: give the others one key each, or say `by=…`";
        return Err(unsuitable(directive, form, what, help));
    };
    let means = Cut::of(view, directive, &mean, by(directive))?;
    let gaps = match view.findings().table(&gap) {
        Some(_) => Some(Cut::of(view, directive, &gap, by(directive))?),
        None => None,
    };
    let name = &named.table.dims()[*dim];
    let mut has_targets = false;
    let rows = named
        .keys(*dim)
        .into_iter()
        .map(|key| {
            let score = means.cell(&[(*dim, key)]);
            let target = gaps.as_ref().and_then(|gaps| {
                let is_asked = gaps.keys(*dim).contains(&key);
                is_asked.then(|| target(score, gaps.cell(&[(*dim, key)])))
            });
            has_targets |= target.is_some();
            ProfileRow {
                label: view.label(name, key),
                score: score.into(),
                target,
            }
        })
        .collect();
    let spec = ProfileSpec {
        frame,
        scale: scale_of(view, &means),
        row_kind: view.dimension(name),
        score_name: view.words.get("score"),
        target_name: view.words.get("target"),
        rows,
    };
    let chart = if form == "radar" {
        charts::radar(&spec, view.lang)
    } else {
        charts::dumbbell(&spec, view.lang)
    };
    let mut cuts = vec![&means];
    cuts.extend(gaps.as_ref().filter(|_| has_targets));
    Ok(drawn(Picture::Chart(chart), &cuts))
}

fn target(score: &Cell, gap: &Cell) -> Figure {
    match (score, gap) {
        (Cell::Shown(score), Cell::Shown(gap)) => Figure::value(score.value + gap.value),
        _ => Figure::Withheld,
    }
}

fn diverging(view: &View<'_>, directive: &Directive, frame: Frame) -> Result<Drawn, Refusal> {
    let cut = Cut::of(view, directive, &directive.target, None)?;
    let dims = (cut.dimension("item"), cut.dimension("level"));
    let (Some(item), Some(level), Statistic::Distribution) =
        (dims.0, dims.1, cut.table.statistic())
    else {
        let what = format!("`{}`", directive.target);
        let help = "it shows shares of answers: use `item.distribution`";
        return Err(unsuitable(directive, "diverging", what, help));
    };
    let items = cut.keys(item);
    let levels: Vec<&str> = cut
        .keys(level)
        .into_iter()
        .filter(|level| {
            items
                .iter()
                .any(|key| cut.table.cell(&at(&cut, item, key, level)).is_some())
        })
        .collect();
    let first = items.first().copied().unwrap_or_default();
    let spec = DivergingSpec {
        frame,
        row_kind: view.dimension("item"),
        levels: levels
            .iter()
            .map(|level| view.level_label(first, level))
            .collect(),
        rows: items
            .iter()
            .map(|key| DivergingRow {
                label: view.label("item", key),
                shares: levels
                    .iter()
                    .map(|answer| cut.cell(&[(item, key), (level, answer)]).into())
                    .collect(),
            })
            .collect(),
    };
    let chart = charts::diverging(&spec, view.lang);
    let mut drawn = drawn(Picture::Chart(chart), &[&cut]);
    drawn
        .data
        .retain(|datum| levels.contains(&datum.keys[level].as_str()));
    Ok(drawn)
}

/// Keys of one cell of a distribution; other dimensions stand at their one key.
fn at<'c>(cut: &'c Cut<'_>, item: usize, key: &'c str, level: &'c str) -> Vec<&'c str> {
    (0..cut.table.dims().len())
        .map(|dim| match cut.keys(dim).as_slice() {
            _ if dim == item => key,
            [only] => only,
            _ => level,
        })
        .collect()
}

fn table(view: &View<'_>, directive: &Directive) -> Result<Drawn, Refusal> {
    let mut cut = Cut::of(view, directive, &directive.target, by(directive))?;
    check_by(directive, cut.table)?;
    let open = cut.open();
    let rows_dim = by(directive)
        .and_then(|dim| cut.dimension(dim))
        .or_else(|| open.first().copied());
    let columns: Vec<usize> = open
        .into_iter()
        .filter(|dim| Some(*dim) != rows_dim)
        .collect();
    let Some(rows_dim) = rows_dim else {
        let what = "a single figure".to_owned();
        let help = "say which dimension makes the rows: `,by=…`";
        return Err(unsuitable(directive, "table", what, help));
    };
    cut.add_total(rows_dim);
    let grid = match columns.as_slice() {
        [] => list(view, &cut, rows_dim),
        [columns] => grid(view, &cut, rows_dim, *columns),
        more => {
            let what = format!("{} dimensions", more.len() + 1);
            let help = "a table has at most two: give the others one key each";
            return Err(unsuitable(directive, "table", what, help));
        }
    };
    Ok(drawn(Picture::Table(grid), &[&cut]))
}

/// Figure, interval and number of answers for each key.
fn list(view: &View<'_>, cut: &Cut<'_>, dim: usize) -> ChartTable {
    let name = &cut.table.dims()[dim];
    let keys = cut.keys(dim);
    let with_interval = keys
        .iter()
        .any(|key| !interval_text(view, cut.table, cut.cell(&[(dim, key)])).is_empty());
    let mut columns = vec![view.dimension(name), view.statistic(cut.table.statistic())];
    columns.extend(with_interval.then(|| view.words.get("interval")));
    columns.push(view.counted(cut.table.statistic()));
    let rows = keys
        .into_iter()
        .map(|key| {
            let cell = cut.cell(&[(dim, key)]);
            let mut cells = vec![cell_text(view, cut.table, cell).into()];
            if with_interval {
                cells.push(interval_text(view, cut.table, cell).into());
            }
            cells.push(count_text(view, cell).into());
            charts::TableRow {
                header: view.label(name, key),
                cells,
            }
        })
        .collect();
    ChartTable { columns, rows }
}

/// Figures by row and column, each with its number of answers.
fn grid(view: &View<'_>, cut: &Cut<'_>, rows: usize, columns: usize) -> ChartTable {
    let dims = cut.table.dims();
    let mut head = vec![view.dimension(&dims[rows])];
    head.extend(labels(view, cut, columns));
    let made = cut
        .keys(rows)
        .into_iter()
        .map(|row| charts::TableRow {
            header: view.label(&dims[rows], row),
            cells: cut
                .keys(columns)
                .into_iter()
                .map(|column| {
                    let cell = cut.cell(&[(rows, row), (columns, column)]);
                    let figure = cell_text(view, cut.table, cell);
                    let count = count_text(view, cell);
                    if count.is_empty() {
                        figure.into()
                    } else {
                        format!("{figure} ({count})").into()
                    }
                })
                .collect(),
        })
        .collect();
    ChartTable {
        columns: head,
        rows: made,
    }
}

fn count_text(view: &View<'_>, cell: &Cell) -> String {
    match cell {
        Cell::Shown(Estimate { n, .. }) => charts::number::count(*n, view.lang),
        _ => String::new(),
    }
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
