//! Charts from findings: which cells, in which form.

use charts::{
    DivergingRow, DivergingSpec, Figure, Frame, HeatRow, HeatSpec, Measure, ProfileRow, ProfileSpec,
};
use findings::{Cell, Statistic, Table, Unit};

use crate::data::{Drawn, Picture, drawn};

use crate::directive::{Directive, Kind};
use crate::grid;
use crate::lookup::{Cut, Refusal};
use crate::problem::Problem;
use crate::view::View;

/// Draws a chart or a table; `id` is unique on its page.
pub(crate) fn draw(view: &View<'_>, directive: &Directive, id: &str) -> Result<Drawn, Refusal> {
    let frame = Frame {
        id: id.to_owned(),
        title: directive.message.clone(),
        measure: directive.text.clone(),
    };
    if directive.kind == Kind::Table {
        return grid::table(view, directive);
    }
    match directive.own("form").map(|form| form.value.as_str()) {
        Some("heat") => heat(view, directive, frame),
        Some("diverging") => diverging(view, directive, frame),
        Some("radar") => profile(view, directive, frame, "radar"),
        _ => profile(view, directive, frame, "dumbbell"),
    }
}

pub(crate) fn unsuitable(
    directive: &Directive,
    form: &'static str,
    what: String,
    help: &'static str,
) -> Refusal {
    let problem = Problem::UnsuitableForm { form, what, help };
    (problem, directive.place.clone())
}

pub(crate) fn by(directive: &Directive) -> Option<&str> {
    directive.own("by").map(|by| by.value.as_str())
}

/// Checks that `by` names a dimension of the table.
pub(crate) fn check_by(directive: &Directive, table: &Table) -> Result<(), Refusal> {
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

pub(crate) fn labels(view: &View<'_>, cut: &Cut<'_>, dim: usize) -> Vec<String> {
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
        // The named table's: means beside gaps also hold areas that have no target.
        scale: scale_of(view, &named),
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
