//! Tables of whole numbers that fit everything published: integer programmes over the model.
//!
//! A count hangs together with those of its own quantity and with who answered at all, and through
//! these with every other quantity. A table is looked for among the first; then each other
//! quantity is asked whether it can live with the new number of people in each group: as it is,
//! moved alike, or by a programme of its own. One that cannot joins the programme, and the search
//! begins again.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use super::model::Model;

/// By how much counts differ from the truth; those that do not are left out.
type Change = BTreeMap<usize, i64>;

/// A count of branches and not of seconds: the same release is audited alike on any machine.
const MOST_BRANCHES: u64 = 100_000;

/// Tables that fit, found so far: each widens the range of many counts.
pub(super) struct Tables<'m> {
    model: &'m Model,
    found: Vec<Change>,
    /// The tables in which a count moves.
    moving: BTreeMap<usize, Vec<usize>>,
}

impl<'m> Tables<'m> {
    /// Starts with the true table alone.
    pub(super) fn of(model: &'m Model) -> Self {
        Tables {
            model,
            found: Vec::new(),
            moving: BTreeMap::new(),
        }
    }

    pub(super) fn model(&self) -> &'m Model {
        self.model
    }

    /// Returns values that a count can have and that are at least `need` apart, or else its exact
    /// least and greatest value; none when the solver gives up.
    pub(super) fn range(
        &mut self,
        insider: Option<usize>,
        target: usize,
        need: i64,
    ) -> Option<[i64; 2]> {
        let truth = self.model.counts[target].truth;
        if !self.model.is_open(insider, target) {
            return Some([truth; 2]);
        }
        let [mut low, mut high] = self.met(insider, target);
        for direction in [
            OptimizationDirection::Minimize,
            OptimizationDirection::Maximize,
        ] {
            if high - low < need {
                let change = self.extreme(insider, target, direction)?;
                let step = change.get(&target).copied().unwrap_or(0);
                (low, high) = (low.min(step), high.max(step));
                self.note(change);
            }
        }
        Some([truth + low, truth + high])
    }

    /// Returns how far a count moves in the tables found so far that a reader could believe in.
    fn met(&self, insider: Option<usize>, target: usize) -> [i64; 2] {
        let tables = self.moving.get(&target).map_or(&[][..], Vec::as_slice);
        let (mut low, mut high) = (0, 0);
        for table in tables.iter().map(|at| &self.found[*at]) {
            let mut moved = table.keys();
            if insider.is_none() || moved.all(|count| self.model.is_open(insider, *count)) {
                (low, high) = (low.min(table[&target]), high.max(table[&target]));
            }
        }
        [low, high]
    }

    fn note(&mut self, change: Change) {
        for count in change.keys() {
            let tables = self.moving.entry(*count).or_default();
            tables.push(self.found.len());
        }
        self.found.push(change);
    }

    /// Returns a table with the least (or greatest) value of a count.
    fn extreme(
        &self,
        insider: Option<usize>,
        target: usize,
        direction: OptimizationDirection,
    ) -> Option<Change> {
        let mut joined = BTreeSet::from([self.model.counts[target].family]);
        joined.extend(self.model.base);
        loop {
            let (members, rows) = self.component(&joined, insider, [target]);
            let nothing = Change::new();
            let change = self.solve(&members, &rows, &nothing, Some((target, direction)))?;
            match self.settle(change, &joined, insider) {
                Ok(change) => return Some(change),
                Err(families) => joined.extend(families),
            }
        }
    }

    /// Returns the unknown counts that hang together with some within quantities, and the sums
    /// between them.
    fn component(
        &self,
        families: &BTreeSet<usize>,
        insider: Option<usize>,
        from: impl IntoIterator<Item = usize>,
    ) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let mut seen: BTreeSet<usize> = from.into_iter().collect();
        let mut rows = BTreeSet::new();
        let mut next: Vec<usize> = seen.iter().copied().collect();
        while let Some(count) = next.pop() {
            for row in &self.model.member[count] {
                let sum = &self.model.sums[*row];
                if !families.contains(&sum.family) || !rows.insert(*row) {
                    continue;
                }
                for &other in sum.parts.iter().chain([&sum.total]) {
                    let inside = families.contains(&self.model.counts[other].family);
                    if inside && self.model.is_open(insider, other) && seen.insert(other) {
                        next.push(other);
                    }
                }
            }
        }
        (seen, rows)
    }

    /// Solves the programme over these counts and sums; all others are as true, or as `moved`.
    fn solve(
        &self,
        members: &BTreeSet<usize>,
        rows: &BTreeSet<usize>,
        moved: &Change,
        goal: Option<(usize, OptimizationDirection)>,
    ) -> Option<Change> {
        let direction = goal.map_or(OptimizationDirection::Minimize, |(_, direction)| direction);
        let mut problem = Problem::new(direction);
        let mut variables: BTreeMap<usize, Variable> = BTreeMap::new();
        for &count in members {
            let is_target = goal.is_some_and(|(target, _)| target == count);
            let bounds = &self.model.counts[count];
            let end = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
            let ends = (end(bounds.low), end(bounds.high));
            let worth = if is_target { 1.0 } else { 0.0 };
            variables.insert(count, problem.add_integer_var(worth, ends));
        }
        for row in rows {
            let sum = &self.model.sums[*row];
            let mut terms = Vec::new();
            let mut right = 0;
            let parts = sum.parts.iter().map(|part| (part, 1));
            for (count, sign) in parts.chain([(&sum.total, -1)]) {
                if let Some(variable) = variables.get(count) {
                    terms.push((*variable, f64::from(sign)));
                } else {
                    let step = moved.get(count).copied().unwrap_or(0);
                    right -= i64::from(sign) * (self.model.counts[*count].truth + step);
                }
            }
            let right = f64::from(i32::try_from(right).ok()?);
            problem.add_constraint(terms, ComparisonOp::Eq, right);
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(MOST_BRANCHES);
        let outcome = problem.solve_with(options).ok()?;
        if goal.is_some() && !outcome.is_optimal() {
            return None;
        }
        let solution = outcome.into_solution().ok()?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "an integer variable is within a rounding fault of an integer below 2^31"
        )]
        let whole = |variable| solution.var_value(variable).round() as i64;
        let steps = variables
            .into_iter()
            .map(|(count, variable)| (count, whole(variable) - self.model.counts[count].truth));
        Some(steps.filter(|(_, step)| *step != 0).collect())
    }

    /// Completes a table by what the other quantities make of it, or returns those that cannot
    /// live with it.
    fn settle(
        &self,
        mut change: Change,
        joined: &BTreeSet<usize>,
        insider: Option<usize>,
    ) -> Result<Change, BTreeSet<usize>> {
        // The sums by which other quantities are tied to the numbers of people that moved.
        let mut ties: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let base = |count: &usize| Some(self.model.counts[*count].family) == self.model.base;
        for count in change.keys().filter(|count| base(count)) {
            for row in &self.model.member[*count] {
                let family = self.model.sums[*row].family;
                if !joined.contains(&family) {
                    ties.entry(family).or_default().push(*row);
                }
            }
        }
        let mut stuck = BTreeSet::new();
        let mut further = Change::new();
        for (family, ties) in ties {
            let settled = self
                .unmoved(&ties, &change)
                .or_else(|| self.alike(&ties, &change, insider))
                .or_else(|| self.by_programme(family, &ties, &change, insider));
            match settled {
                Some(steps) => further.extend(steps),
                None => {
                    stuck.insert(family);
                }
            }
        }
        if stuck.is_empty() {
            change.extend(further);
            Ok(change)
        } else {
            Err(stuck)
        }
    }

    /// A quantity stays as it is: those who answered and are not counted in it take the change.
    fn unmoved(&self, ties: &[usize], change: &Change) -> Option<Change> {
        ties.iter()
            .map(|row| {
                let sum = &self.model.sums[*row];
                let step = change[&sum.total];
                let between = *sum.parts.get(1)?;
                (self.model.counts[between].truth + step >= 0).then_some((between, step))
            })
            .collect()
    }

    /// A quantity moves as the number of people does.
    fn alike(&self, ties: &[usize], change: &Change, insider: Option<usize>) -> Option<Change> {
        let steps = ties.iter().map(|row| {
            let sum = &self.model.sums[*row];
            (sum.parts[0], change[&sum.total])
        });
        let steps: Change = steps.collect();
        let fits = |(count, step): (&usize, &i64)| {
            let bounds = &self.model.counts[*count];
            let moved = bounds.truth + step;
            self.model.is_open(insider, *count) && (bounds.low..=bounds.high).contains(&moved)
        };
        let keeps = |row: &usize| {
            let sum = &self.model.sums[*row];
            let step = |count: &usize| steps.get(count).or_else(|| change.get(count)).copied();
            let parts: i64 = sum.parts.iter().filter_map(step).sum();
            parts == step(&sum.total).unwrap_or(0)
        };
        let mut rows = steps.keys().flat_map(|count| &self.model.member[*count]);
        (steps.iter().all(fits) && rows.all(keeps)).then_some(steps)
    }

    /// A quantity is solved by itself, with the number of people as given.
    fn by_programme(
        &self,
        family: usize,
        ties: &[usize],
        change: &Change,
        insider: Option<usize>,
    ) -> Option<Change> {
        let parts = ties.iter().flat_map(|row| &self.model.sums[*row].parts);
        let open = parts
            .copied()
            .filter(|part| self.model.is_open(insider, *part));
        let (members, mut rows) = self.component(&BTreeSet::from([family]), insider, open);
        rows.extend(ties);
        self.solve(&members, &rows, change, None)
    }
}
