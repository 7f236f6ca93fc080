//! Counts of one quantity in all their layers, the sums between them, and the tables of whole
//! numbers that fit.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use super::super::{
    lattice::{Group, Series, base, group_name},
    layers::Family,
    pattern::whole,
};
use crate::{Statistic, raw::dim};

/// What a count is of.
pub(super) enum Kind {
    /// A group, as these series count it.
    Group(Vec<Series>, Group),
    /// People of a total whom no part holds.
    Rest,
    /// People of a group whom a narrower way of counting leaves out.
    Between,
}

/// A count with the bounds that a reader has before looking at sums.
pub(super) struct Count {
    pub(super) kind: Kind,
    pub(super) truth: i64,
    pub(super) low: i64,
    pub(super) high: i64,
}

/// Counts and their relations: a total and its parts.
pub(super) struct Model {
    pub(super) counts: Vec<Count>,
    sums: Vec<(usize, Vec<usize>)>,
    /// The sums that a count stands in.
    member: Vec<Vec<usize>>,
}

impl Model {
    /// Builds the counts of a quantity, those who answered at all included.
    pub(super) fn new(family: &Family<'_>, answered: Option<&BTreeMap<Group, u64>>) -> Model {
        let mut layers: Vec<(Vec<Series>, &BTreeMap<Group, u64>)> = Vec::new();
        for layer in &family.layers {
            let series = layer.series.iter().map(|series| (*series).clone());
            layers.push((series.collect(), layer.counts));
        }
        if let Some(counts) = answered.filter(|_| !family.quantity.is_empty()) {
            layers.push((vec![base()], counts));
        }
        let mut model = Model {
            counts: Vec::new(),
            sums: Vec::new(),
            member: Vec::new(),
        };
        let places: Vec<BTreeMap<&Group, usize>> = layers
            .iter()
            .map(|(series, counts)| model.layer(series, counts))
            .collect();
        for (narrow, (series, counts)) in layers.iter().enumerate() {
            for (wide, (_, wider)) in layers.iter().enumerate() {
                if narrow != wide && is_within(counts, wider) {
                    let by_role = |series: &Series| {
                        matches!(series.statistic, Statistic::Gap | Statistic::BelowTarget)
                    };
                    let exact = series.iter().any(by_role) && wide < family.layers.len();
                    model.between(&places[narrow], &places[wide], exact);
                }
            }
        }
        model.member = vec![Vec::new(); model.counts.len()];
        for (row, (total, parts)) in model.sums.iter().enumerate() {
            for count in parts.iter().chain([total]) {
                model.member[*count].push(row);
            }
        }
        model
    }

    fn add(&mut self, kind: Kind, truth: i64) -> usize {
        let (low, high) = (0, FAR);
        self.counts.push(Count {
            kind,
            truth,
            low,
            high,
        });
        self.counts.len() - 1
    }

    fn layer<'c>(
        &mut self,
        series: &[Series],
        counts: &'c BTreeMap<Group, u64>,
    ) -> BTreeMap<&'c Group, usize> {
        let mut places = BTreeMap::new();
        for (group, count) in counts {
            let kind = Kind::Group(series.to_vec(), group.clone());
            places.insert(group, self.add(kind, whole(*count)));
        }
        let mut sums: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (group, place) in &places {
            for name in group.keys().filter(|name| *name != dim::WAVE) {
                let mut total = (*group).clone();
                total.remove(name);
                if let Some(total) = places.get(&total) {
                    sums.entry((*total, name)).or_default().push(*place);
                }
            }
        }
        for ((total, _), mut parts) in sums {
            let known: i64 = parts.iter().map(|part| self.counts[*part].truth).sum();
            let rest = self.counts[total].truth - known;
            if rest > 0 {
                parts.push(self.add(Kind::Rest, rest));
            }
            self.sums.push((total, parts));
        }
        places
    }

    fn between(
        &mut self,
        narrow: &BTreeMap<&Group, usize>,
        wide: &BTreeMap<&Group, usize>,
        exact: bool,
    ) {
        for (group, part) in narrow {
            if let Some(total) = wide.get(group) {
                let out = self.counts[*total].truth - self.counts[*part].truth;
                let mut parts = vec![*part];
                if out > 0 || !exact {
                    parts.push(self.add(Kind::Between, out));
                }
                self.sums.push((*total, parts));
            }
        }
    }

    /// Returns the words by which the operator finds a count.
    pub(super) fn name(&self, count: usize) -> String {
        match &self.counts[count].kind {
            Kind::Group(_, group) => group_name(group),
            Kind::Rest | Kind::Between => {
                let sum = self.member[count].first();
                let total = sum.map_or(count, |row| self.sums[*row].0);
                match &self.counts[total].kind {
                    Kind::Group(_, group) => format!("{} and no part of it", group_name(group)),
                    Kind::Rest | Kind::Between => String::new(),
                }
            }
        }
    }

    /// Returns the unknown counts of one person.
    pub(super) fn alone(&self) -> Vec<usize> {
        let is_alone = |at: &usize| {
            let count = &self.counts[*at];
            matches!(count.kind, Kind::Group(..)) && count.truth == 1 && count.low < count.high
        };
        (0..self.counts.len()).filter(is_alone).collect()
    }

    /// Says whether two counts are of the same group and the same single person.
    pub(super) fn is_same(&self, one: usize, other: usize) -> bool {
        match (&self.counts[one].kind, &self.counts[other].kind) {
            (Kind::Group(_, a), Kind::Group(_, b)) => {
                a == b && self.counts[one].truth == self.counts[other].truth
            }
            _ => one == other,
        }
    }

    /// Says whether a reader does not know a count.
    fn is_open(&self, insider: Option<usize>, count: usize) -> bool {
        let own = insider.is_some_and(|own| self.is_same(own, count));
        self.counts[count].low < self.counts[count].high && !own
    }

    /// Returns the unknown counts that hang together with one, and the sums between them.
    fn component(&self, insider: Option<usize>, from: usize) -> (Vec<usize>, BTreeSet<usize>) {
        let mut seen = BTreeSet::from([from]);
        let mut rows = BTreeSet::new();
        let mut next = vec![from];
        while let Some(count) = next.pop() {
            for row in &self.member[count] {
                if rows.insert(*row) {
                    let (total, parts) = &self.sums[*row];
                    for other in parts.iter().chain([total]) {
                        if self.is_open(insider, *other) && seen.insert(*other) {
                            next.push(*other);
                        }
                    }
                }
            }
        }
        (seen.into_iter().collect(), rows)
    }

    /// Returns the table that fits and has the least (or greatest) value of a count, as what it
    /// has in the component; none when the solver gives up.
    fn extreme(
        &self,
        insider: Option<usize>,
        target: usize,
        direction: OptimizationDirection,
    ) -> Option<BTreeMap<usize, i64>> {
        let (members, rows) = self.component(insider, target);
        let mut problem = Problem::new(direction);
        let mut variables: BTreeMap<usize, Variable> = BTreeMap::new();
        for count in &members {
            let worth = if *count == target { 1.0 } else { 0.0 };
            let bound = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
            let ends = (
                bound(self.counts[*count].low),
                bound(self.counts[*count].high),
            );
            variables.insert(*count, problem.add_integer_var(worth, ends));
        }
        for row in rows {
            let (total, parts) = &self.sums[row];
            let mut terms = Vec::new();
            let mut right = 0;
            for (count, sign) in parts.iter().map(|part| (part, 1)).chain([(total, -1)]) {
                match variables.get(count) {
                    Some(variable) => terms.push((*variable, f64::from(sign))),
                    None => right -= i64::from(sign) * self.counts[*count].truth,
                }
            }
            problem.add_constraint(
                terms,
                ComparisonOp::Eq,
                f64::from(i32::try_from(right).ok()?),
            );
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(MOST_BRANCHES);
        let outcome = problem.solve_with(options).ok()?;
        if !outcome.is_optimal() {
            return None;
        }
        let solution = outcome.into_solution().ok()?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "an integer variable is within a rounding fault of an integer below 2^31"
        )]
        let whole = |variable| solution.var_value(variable).round() as i64;
        let table = variables.into_iter();
        Some(
            table
                .map(|(count, variable)| (count, whole(variable)))
                .collect(),
        )
    }
}

/// Tables that fit, found so far: each widens the range of many counts.
pub(super) struct Tables {
    /// How far each count is from the truth in each table.
    found: Vec<BTreeMap<usize, i64>>,
}

impl Tables {
    /// Starts with the true table alone.
    pub(super) fn of(_: &Model) -> Tables {
        Tables { found: Vec::new() }
    }

    /// Returns the exact least and greatest value of a count.
    pub(super) fn range(
        &mut self,
        model: &Model,
        insider: Option<usize>,
        target: usize,
    ) -> Option<[i64; 2]> {
        if !model.is_open(insider, target) {
            return Some([model.counts[target].truth; 2]);
        }
        let low = self.solve(model, insider, target, OptimizationDirection::Minimize)?;
        let high = self.solve(model, insider, target, OptimizationDirection::Maximize)?;
        Some([low, high])
    }

    /// Returns a width that a count has at least, which is exact where it is less than `need`.
    pub(super) fn width(
        &mut self,
        model: &Model,
        insider: Option<usize>,
        target: usize,
        need: i64,
    ) -> Option<i64> {
        let truth = model.counts[target].truth;
        let (mut low, mut high) = (truth, truth);
        for table in &self.found {
            let mut changed = table.iter();
            let fits = insider.is_none()
                || changed.all(|(count, value)| {
                    model.is_open(insider, *count) || *value == model.counts[*count].truth
                });
            if let Some(value) = table.get(&target).filter(|_| fits) {
                (low, high) = (low.min(*value), high.max(*value));
            }
        }
        if high - low >= need {
            return Some(high - low);
        }
        let [low, high] = self.range(model, insider, target)?;
        Some(high - low)
    }

    fn solve(
        &mut self,
        model: &Model,
        insider: Option<usize>,
        target: usize,
        direction: OptimizationDirection,
    ) -> Option<i64> {
        let table = model.extreme(insider, target, direction)?;
        let value = table.get(&target).copied();
        self.found.push(table);
        value
    }
}

/// More people than any list has.
const FAR: i64 = 1_000_000;

/// A count of branches and not of seconds: the same release is audited alike on any machine.
const MOST_BRANCHES: u64 = 100_000;

/// Says whether one way of counting holds nobody that the other does not, wherever both count.
fn is_within(counts: &BTreeMap<Group, u64>, wider: &BTreeMap<Group, u64>) -> bool {
    let mut shared = 0;
    let mut within = true;
    for (group, count) in counts {
        if let Some(most) = wider.get(group) {
            shared += 1;
            within &= count <= most;
        }
    }
    shared > 0 && within && counts != wider
}
