//! The best change of a table that keeps every published sum: a small integer programme, solved by
//! `microlp`.
//!
//! No change at all keeps every sum, so there is always an answer. A programme that the solver
//! gives up on counts as "no change", which hides too much, never too little.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

/// A way to change the table: how it moves each sum, how far it can go, what a step is worth.
pub(crate) struct Column {
    pub(crate) rows: Vec<(usize, f64)>,
    pub(crate) upper: i64,
    pub(crate) gain: f64,
}

/// Returns the whole amounts of the columns that keep all sums and are worth most.
pub(crate) fn best_change(columns: &[Column], sums: usize) -> Vec<i64> {
    solve(columns, sums).unwrap_or_else(|| vec![0; columns.len()])
}

/// A count of branches and not of seconds: the same tables give the same pattern on any machine.
const MOST_BRANCHES: u64 = 20_000;

fn solve(columns: &[Column], sums: usize) -> Option<Vec<i64>> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let mut rows: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); sums];
    let mut variables = Vec::with_capacity(columns.len());
    for column in columns {
        // Nobody asks more than two thousand million people.
        let upper = i32::try_from(column.upper.max(0)).unwrap_or(i32::MAX);
        let variable = problem.add_integer_var(column.gain, (0, upper));
        for &(row, amount) in &column.rows {
            rows[row].push((variable, amount));
        }
        variables.push(variable);
    }
    for row in rows {
        problem.add_constraint(row, ComparisonOp::Eq, 0.0);
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(MOST_BRANCHES);
    let solution = problem.solve_with(options).ok()?.into_solution().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an integer variable is within a rounding fault of an integer below 2^31"
    )]
    let whole = |variable| solution.var_value(variable).round() as i64;
    Some(variables.into_iter().map(whole).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(rows: &[(usize, f64)], upper: i64, gain: f64) -> Column {
        Column {
            rows: rows.to_vec(),
            upper,
            gain,
        }
    }

    #[test]
    fn a_cell_moves_as_far_as_its_partners_let_it() {
        // x up needs y down by as much; y has 7 to give, then z has 2.
        let columns = [
            column(&[(0, 1.0)], 100, 1.0),
            column(&[(0, -1.0)], 7, 0.0),
            column(&[(0, -1.0)], 2, 0.0),
        ];
        assert_eq!(best_change(&columns, 1), [9, 7, 2]);
    }

    #[test]
    fn without_a_partner_nothing_moves() {
        let columns = [column(&[(0, 1.0)], 5, 1.0), column(&[(1, 1.0)], 5, 0.0)];
        assert_eq!(best_change(&columns, 2), [0, 0]);
    }

    #[test]
    fn the_cheaper_partner_is_taken_first() {
        let columns = [
            column(&[(0, 1.0)], 5, 1000.0),
            column(&[(0, -1.0)], 50, -3.0),
            column(&[(0, -1.0)], 3, -1.0),
        ];
        assert_eq!(best_change(&columns, 1), [5, 2, 3]);
    }
}
