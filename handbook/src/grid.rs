//! Tables of figures: a list with intervals, or rows and columns.

use charts::ChartTable;
use findings::{Cell, Estimate};

use crate::data::{Drawn, Picture, drawn};
use crate::directive::Directive;
use crate::figure::{by, check_by, labels, unsuitable};
use crate::lookup::{Cut, Refusal, cell_text, interval_text};
use crate::view::View;

/// Draws a table.
pub(crate) fn table(view: &View<'_>, directive: &Directive) -> Result<Drawn, Refusal> {
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
