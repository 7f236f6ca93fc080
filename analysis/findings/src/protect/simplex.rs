//! A small linear programme: the best change of a table that keeps every published sum.
//!
//! Bounded primal simplex (Dantzig 1955; pivoting rule of Bland 1977 once steps get stuck) on a
//! dense tableau. All columns start at nought, which keeps every sum, so there is no first phase
//! and every step on the way is a table that an attacker could believe in. Callers check the
//! answer in whole numbers; a rounding fault here can hide too much, never too little.

const EPSILON: f64 = 1e-9;

/// A way to change the table: how it moves each sum, how far it can go, what a step is worth.
pub(crate) struct Column {
    pub(crate) rows: Vec<(usize, f64)>,
    pub(crate) upper: f64,
    pub(crate) gain: f64,
}

/// Returns the amounts of the columns that keep all sums and are worth most.
pub(crate) fn best_change(columns: &[Column], sums: usize) -> Vec<f64> {
    Tableau::new(columns, sums).solve()
}

struct Tableau<'a> {
    columns: &'a [Column],
    width: usize,
    /// Sums by columns, expressed in the basis.
    cells: Vec<f64>,
    /// What one step of a column is worth, its effect on the basis included.
    worth: Vec<f64>,
    /// The column that stands for each sum; none is a slack that must stay nought.
    basis: Vec<Option<usize>>,
    level: Vec<f64>,
    at_upper: Vec<bool>,
    in_basis: Vec<bool>,
}

impl<'a> Tableau<'a> {
    fn new(columns: &'a [Column], sums: usize) -> Self {
        let width = columns.len();
        let mut cells = vec![0.0; sums * width];
        for (j, column) in columns.iter().enumerate() {
            for &(row, amount) in &column.rows {
                cells[row * width + j] += amount;
            }
        }
        Tableau {
            columns,
            width,
            cells,
            worth: columns.iter().map(|column| column.gain).collect(),
            basis: vec![None; sums],
            level: vec![0.0; sums],
            at_upper: vec![false; width],
            in_basis: vec![false; width],
        }
    }

    fn solve(mut self) -> Vec<f64> {
        let mut stuck = 0_usize;
        // Every table met on the way is feasible, so stopping early is safe.
        for _ in 0..50 * (self.width + self.level.len()) + 200 {
            let Some((entering, direction)) = self.entering(stuck > 20) else {
                break;
            };
            let (step, leaving) = self.ratio(entering, direction);
            if !step.is_finite() {
                break;
            }
            stuck = if step > EPSILON { 0 } else { stuck + 1 };
            self.advance(entering, direction, step, leaving);
        }
        self.amounts()
    }

    /// Picks the column worth most, or the first that is worth anything when steps are stuck.
    fn entering(&self, first: bool) -> Option<(usize, f64)> {
        let mut best = None;
        let mut most = EPSILON;
        for j in (0..self.width).filter(|j| !self.in_basis[*j]) {
            let direction = if self.at_upper[j] { -1.0 } else { 1.0 };
            let gain = self.worth[j] * direction;
            if gain > most && self.columns[j].upper > EPSILON {
                best = Some((j, direction));
                if first {
                    break;
                }
                most = gain;
            }
        }
        best
    }

    /// Returns how far the column can go, and the sum whose column stops it, if not itself.
    fn ratio(&self, entering: usize, direction: f64) -> (f64, Option<(usize, bool)>) {
        let mut step = self.columns[entering].upper;
        let mut leaving: Option<(usize, bool)> = None;
        for row in 0..self.level.len() {
            let change = -self.cells[row * self.width + entering] * direction;
            let upper = self.basis[row].map_or(0.0, |column| self.columns[column].upper);
            let (room, to_upper) = if change > EPSILON {
                ((upper - self.level[row]) / change, true)
            } else if change < -EPSILON {
                (self.level[row] / -change, false)
            } else {
                continue;
            };
            let room = room.max(0.0);
            let earlier = leaving.is_none_or(|(other, _)| self.basis[row] < self.basis[other]);
            if room < step - EPSILON || (room < step + EPSILON && earlier) {
                step = room.min(step);
                leaving = Some((row, to_upper));
            }
        }
        (step, leaving)
    }

    fn advance(
        &mut self,
        entering: usize,
        direction: f64,
        step: f64,
        leaving: Option<(usize, bool)>,
    ) {
        for row in 0..self.level.len() {
            self.level[row] -= self.cells[row * self.width + entering] * direction * step;
        }
        let Some((row, to_upper)) = leaving else {
            self.at_upper[entering] = !self.at_upper[entering];
            return;
        };
        if let Some(column) = self.basis[row] {
            self.in_basis[column] = false;
            self.at_upper[column] = to_upper;
        }
        let from = if self.at_upper[entering] {
            self.columns[entering].upper
        } else {
            0.0
        };
        self.level[row] = from + direction * step;
        self.basis[row] = Some(entering);
        self.in_basis[entering] = true;
        self.at_upper[entering] = false;
        self.eliminate(row, entering);
    }

    fn eliminate(&mut self, row: usize, entering: usize) {
        let width = self.width;
        let pivot = self.cells[row * width + entering];
        for cell in &mut self.cells[row * width..(row + 1) * width] {
            *cell /= pivot;
        }
        let pivot_row = self.cells[row * width..(row + 1) * width].to_vec();
        for other in (0..self.level.len()).filter(|other| *other != row) {
            let factor = self.cells[other * width + entering];
            if factor.abs() > EPSILON {
                let cells = &mut self.cells[other * width..(other + 1) * width];
                for (cell, amount) in cells.iter_mut().zip(&pivot_row) {
                    *cell -= factor * amount;
                }
            }
        }
        let factor = self.worth[entering];
        for (worth, amount) in self.worth.iter_mut().zip(&pivot_row) {
            *worth -= factor * amount;
        }
    }

    fn amounts(&self) -> Vec<f64> {
        let mut amounts: Vec<f64> = (0..self.width)
            .map(|j| {
                if self.at_upper[j] {
                    self.columns[j].upper
                } else {
                    0.0
                }
            })
            .collect();
        for (row, column) in self.basis.iter().enumerate() {
            if let Some(column) = column {
                amounts[*column] = self.level[row];
            }
        }
        amounts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(rows: &[(usize, f64)], upper: f64, gain: f64) -> Column {
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
            column(&[(0, 1.0)], 100.0, 1.0),
            column(&[(0, -1.0)], 7.0, 0.0),
            column(&[(0, -1.0)], 2.0, 0.0),
        ];
        assert_eq!(best_change(&columns, 1), [9.0, 7.0, 2.0]);
    }

    #[test]
    fn without_a_partner_nothing_moves() {
        let columns = [column(&[(0, 1.0)], 5.0, 1.0), column(&[(1, 1.0)], 5.0, 0.0)];
        assert_eq!(best_change(&columns, 2), [0.0, 0.0]);
    }

    #[test]
    fn the_cheaper_partner_is_taken_first() {
        let columns = [
            column(&[(0, 1.0)], 5.0, 1000.0),
            column(&[(0, -1.0)], 50.0, -3.0),
            column(&[(0, -1.0)], 3.0, -1.0),
        ];
        assert_eq!(best_change(&columns, 1), [5.0, 2.0, 3.0]);
    }
}
