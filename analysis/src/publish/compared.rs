//! Tables of groups compared: one pair of tables for each column whose groups are compared.
//!
//! They are working results: a test of small groups tells of single people, and nothing is known
//! to protect it.

use findings::{RawTable, Statistic, Unit, dim};

use super::tables::{Made, Maker};
use crate::estimate::{self, Design, Estimates};
use crate::job::{CompareChoice, Family, Job};
use crate::{AnalysisError, Dataset, Grouping, Quantity};

/// More groups than this make more pairs than anybody reads.
const MOST_GROUPS: usize = 50;

/// Tests of all groups at once whose p values are corrected over the quantities of a table.
const OVERALL: [&str; 5] = ["anova", "welch", "kruskal", "rao_scott", "weighted_ranks"];
/// Tests of pairs whose p values are corrected.
const PAIRWISE: [&str; 3] = ["dunn", "mann_whitney", "welch"];

/// A statistic in the face that all have.
type Estimator = fn(&Dataset, &Quantity, &Grouping, &Design) -> Result<Estimates, AnalysisError>;

/// Makes the tables of `[compare]`.
pub(super) fn tables(job: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    let choice = &job.compare;
    let data = &maker.waves.current;
    maker.note_unweighted("compare", made);
    let areas = maker.areas();
    let items = if choice.items {
        maker.items()
    } else {
        Vec::new()
    };
    for (column, by) in comparisons(job, data, &mut made.notes)? {
        let groups = data.values(&column)?.len();
        for (about, quantities) in [(dim::AREA, &areas), (dim::ITEM, &items)] {
            let stack = Stack {
                data,
                by: &by,
                about,
                quantities,
                design: &maker.design,
            };
            stack.add("differences", estimate::differences, made)?;
            stack.add("ranks", estimate::mean_ranks, made)?;
            correct_overall(made, &stack.id("differences"), choice);
            if groups <= MOST_GROUPS {
                stack.add("pairs", estimate::pairs, made)?;
                correct_pairs(made, &stack.id("pairs"), choice);
            } else if !quantities.is_empty() {
                made.notes.push(format!(
                    "the {groups} groups of `{column}` are not compared pair by pair; more than \
                     {MOST_GROUPS} make more pairs than anybody reads"
                ));
            }
        }
    }
    Ok(())
}

/// Makes the tables of groups compared under the design: how items are spread, and ranks of areas.
pub(super) fn under_design(
    job: &Job,
    maker: &Maker<'_>,
    made: &mut Made,
) -> Result<(), AnalysisError> {
    let data = &maker.waves.current;
    let (areas, items) = (maker.areas(), maker.items());
    for (_, by) in comparisons(job, data, &mut made.notes)? {
        let stack = |about, quantities| Stack {
            data,
            by: &by,
            about,
            quantities,
            design: &maker.design,
        };
        let what = "weighted_differences";
        let (ranks, spreads) = (stack(dim::AREA, &areas), stack(dim::ITEM, &items));
        ranks.add(what, estimate::rank_test, made)?;
        spreads.add(what, estimate::spread_test, made)?;
        for stack in [ranks, spreads] {
            correct_overall(made, &stack.id(what), &job.compare);
        }
    }
    Ok(())
}

/// Returns each column whose groups are compared, with the grouping that has it last.
pub(super) fn comparisons(
    job: &Job,
    data: &Dataset,
    notes: &mut Vec<String>,
) -> Result<Vec<(String, Grouping)>, AnalysisError> {
    let choice = &job.compare;
    let named = if choice.by.is_empty() {
        &job.by
    } else {
        &choice.by
    };
    if named.is_empty() {
        notes.push("nothing is compared: name a column as `by` in [compare]".to_owned());
    }
    let mut found = Vec::new();
    for name in named {
        let column = data.column_called(name)?.name.as_str();
        let mut names: Vec<&str> = Vec::new();
        for within in &choice.within {
            names.push(&data.column_called(within)?.name);
        }
        names.retain(|within| *within != column);
        names.push(column);
        found.push((column.to_owned(), Grouping::by(data, &names)?));
    }
    Ok(found)
}

/// The estimates of several quantities under each other.
struct Stack<'s> {
    data: &'s Dataset,
    by: &'s Grouping,
    about: &'static str,
    quantities: &'s [Quantity],
    design: &'s Design,
}

impl Stack<'_> {
    /// Names the table of a statistic.
    fn id(&self, what: &str) -> String {
        let compared = self.by.dims().pop().unwrap_or_default();
        format!("{}.{what}.{compared}", self.about)
    }

    fn add(&self, what: &str, how: Estimator, made: &mut Made) -> Result<(), AnalysisError> {
        let mut dims = Vec::new();
        let mut rows = Vec::new();
        for quantity in self.quantities {
            let estimates = how(self.data, quantity, self.by, self.design)?;
            dims = estimates.dims;
            for note in estimates.notes {
                // What is said about the design is said for every quantity.
                if !made.notes.contains(&note) {
                    made.notes.push(note);
                }
            }
            rows.extend(estimates.rows.into_iter().map(|mut row| {
                row.keys.insert(0, quantity.name().to_owned());
                row
            }));
        }
        if rows.is_empty() {
            return Ok(());
        }
        dims.insert(0, self.about.to_owned());
        made.tables.push(RawTable {
            id: self.id(what),
            statistic: Statistic::Working,
            unit: Unit::Number,
            scale: None,
            dims,
            rows,
        });
        Ok(())
    }
}

/// Corrects the tests of all groups over the quantities that stand under each other.
fn correct_overall(made: &mut Made, id: &str, choice: &CompareChoice) {
    let table = made.tables.iter_mut().find(|table| table.id == id);
    if let Some(table) = table {
        estimate::correct_over(&mut table.rows, &OVERALL, |row, test| {
            let within = row.keys[1..row.keys.len() - 3].join(", ");
            let within = if within.is_empty() {
                within
            } else {
                format!(" in {within}")
            };
            format!("{test}: {}{within}", table.id)
        });
        keep_chosen(table, choice);
    }
}

fn correct_pairs(made: &mut Made, id: &str, choice: &CompareChoice) {
    let table = made.tables.iter_mut().find(|table| table.id == id);
    if let Some(table) = table {
        if choice.family == Family::Table {
            table.rows.retain(|row| !is_corrected(&row.keys));
            estimate::correct_over(&mut table.rows, &PAIRWISE, |_, test| {
                format!("{test}: {}", table.id)
            });
        }
        keep_chosen(table, choice);
    }
}

fn is_corrected(keys: &[String]) -> bool {
    term(keys).starts_with("p_holm") || term(keys) == "p_bh"
}

fn term(keys: &[String]) -> &str {
    keys.len()
        .checked_sub(2)
        .map_or("", |place| keys[place].as_str())
}

fn keep_chosen(table: &mut RawTable, choice: &CompareChoice) {
    let shown = choice.corrections;
    table.rows.retain(|row| match term(&row.keys) {
        "p_holm" => shown.holm,
        "p_bh" => shown.bh,
        _ => true,
    });
}
