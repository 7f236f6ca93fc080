//! What shares tell of withheld groups: how many of their people gave an answer.
//!
//! A shown share of a known number of people says how many gave the answer, up to the rounding.
//! Those numbers add up as counts do. So the shares around withheld groups can say that everybody
//! in them gave an answer, although nobody can tell how many they are one by one. The gate then
//! withholds further shares; the auditor asks the same of the finished files. Numbers of people are
//! taken as known here, which is more than a reader has.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use super::{
    lattice::{Group, Lattice, Series, is_visible, place},
    pattern::{Hidden, Pattern, Plan, threshold, whole},
    round,
    sums::{Sum, sums},
};
use crate::{RawTable, Reason, Statistic, Unit};

/// Whose answers come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// A group's.
    Group(usize),
    /// Those of the people of a total whom no part holds; the number is the sum's.
    Rest(usize),
}

/// How many people gave each answer, by group.
pub(crate) struct Shares {
    pub(super) groups: Vec<Group>,
    people: Vec<i64>,
    sums: Vec<Sum>,
    answers: Vec<Answer>,
    statistic: Statistic,
}

/// One answer: a step of an item, or "is below target".
struct Answer {
    level: String,
    /// How many gave it; none where there is no figure.
    gave: Vec<Option<i64>>,
    /// The share as it is printed where it is shown.
    printed: Vec<f64>,
}

/// Returns the shares of every series that has some.
pub(crate) fn all(tables: &[RawTable], lattice: &Lattice, wave: &str) -> BTreeMap<Series, Shares> {
    let mut all: BTreeMap<Series, Shares> = BTreeMap::new();
    let with_shares = |table: &&RawTable| {
        matches!(
            table.statistic,
            Statistic::BelowTarget | Statistic::Distribution
        )
    };
    for table in tables.iter().filter(with_shares) {
        for row in table.rows.iter().filter(|row| is_visible(table, row)) {
            let place = place(table, row, wave);
            let Some(counts) = lattice.counts.get(&place.series) else {
                continue;
            };
            let shares = all
                .entry(place.series.clone())
                .or_insert_with(|| Shares::new(&place.series, counts));
            if let (Ok(figure), Ok(at)) = (&row.figure, shares.groups.binary_search(&place.group)) {
                shares.add(at, place.level, figure.value);
            }
        }
    }
    for shares in all.values_mut() {
        shares.print();
    }
    all
}

impl Shares {
    fn new(series: &Series, counts: &BTreeMap<Group, u64>) -> Shares {
        Shares {
            groups: counts.keys().cloned().collect(),
            people: counts.values().map(|count| whole(*count)).collect(),
            sums: sums(counts),
            answers: Vec::new(),
            statistic: series.statistic,
        }
    }

    fn add(&mut self, at: usize, level: String, share: f64) {
        let number = self.answers.iter().position(|answer| answer.level == level);
        let number = number.unwrap_or_else(|| {
            self.answers.push(Answer {
                level,
                gave: vec![None; self.groups.len()],
                printed: vec![0.0; self.groups.len()],
            });
            self.answers.len() - 1
        });
        let answer = &mut self.answers[number];
        answer.gave[at] = Some(nearest(share * float(self.people[at])));
        answer.printed[at] = share;
    }

    /// Rounds as the files do.
    fn print(&mut self) {
        for at in 0..self.groups.len() {
            let steps = round::steps(Unit::Proportion, self.people[at].unsigned_abs());
            let exact: Vec<f64> = self
                .answers
                .iter()
                .map(|answer| answer.printed[at])
                .collect();
            let together = self.statistic == Statistic::Distribution
                && (exact.iter().sum::<f64>() - 1.0).abs() <= 1e-6;
            let printed = match together {
                true => round::round_together(&exact, steps),
                false => exact
                    .iter()
                    .map(|share| round::round(*share, steps))
                    .collect(),
            };
            for (answer, printed) in self.answers.iter_mut().zip(printed) {
                answer.printed[at] = printed;
            }
        }
    }

    /// Returns whose answers a reader of the shown shares can be sure of, each with the number of
    /// the answer. `shown` says what is printed for a group and a level, `secret` which groups are
    /// withheld for their own sake.
    pub(super) fn given_away(
        &self,
        shown: impl Fn(usize, &str) -> Option<f64>,
        secret: impl Fn(usize) -> bool,
    ) -> BTreeMap<Whose, usize> {
        let mut found = BTreeMap::new();
        for (number, answer) in self.answers.iter().enumerate() {
            let printed: Vec<Option<f64>> = (0..self.groups.len())
                .map(|at| shown(at, &answer.level))
                .collect();
            let targets = self.targets(number, &printed, &secret);
            if targets.is_empty() {
                continue;
            }
            let system = System::new(self, answer, &printed);
            for whose in system.certain(&targets) {
                found.entry(whose).or_insert(number);
            }
        }
        found
    }

    /// Returns whom to ask about: the withheld whose answers are telling, and how many gave them.
    fn targets(
        &self,
        number: usize,
        printed: &[Option<f64>],
        secret: &impl Fn(usize) -> bool,
    ) -> BTreeMap<Whose, Target> {
        let mut targets = BTreeMap::new();
        let withheld = |at: &usize| printed[*at].is_none() && self.people[*at] > 0;
        for at in (0..self.groups.len()).filter(withheld) {
            let Some(gave) = self.answers[number].gave[at] else {
                continue;
            };
            let target = self.target(gave, self.people[at]);
            if target.is_telling() || (secret(at) && self.is_main(number, at)) {
                targets.insert(Whose::Group(at), target);
            }
        }
        for (at, sum) in self.sums.iter().enumerate() {
            if let (1.., Some(gave)) = (sum.rest, self.gave_of_rest(number, sum)) {
                let target = self.target(gave, whole(sum.rest));
                if target.is_telling() {
                    targets.insert(Whose::Rest(at), target);
                }
            }
        }
        targets
    }

    fn target(&self, gave: i64, people: i64) -> Target {
        Target {
            gave,
            people,
            // That nobody chose a step is no answer; that nobody is below target is one.
            none_tells: self.statistic == Statistic::BelowTarget,
        }
    }

    /// Says whether most people of a group gave this answer: the rest of a distribution says
    /// little by itself.
    fn is_main(&self, number: usize, at: usize) -> bool {
        let gave = |answer: &Answer| answer.gave[at].unwrap_or(0);
        let most = self.answers.iter().map(gave).max();
        self.statistic == Statistic::BelowTarget || most == Some(gave(&self.answers[number]))
    }

    fn gave_of_rest(&self, number: usize, sum: &Sum) -> Option<i64> {
        let gave = &self.answers[number].gave;
        let parts = sum.parts.iter().filter(|part| self.people[**part] > 0);
        let parts: Option<i64> = parts.map(|part| gave[*part]).sum();
        Some(gave[sum.total]? - parts?)
    }

    /// Returns the group whose share is best withheld as well, so that an answer of somebody's no
    /// longer comes out: the smallest beside them that makes them differ.
    fn partner(
        &self,
        (whose, number): (Whose, usize),
        hidden: impl Fn(usize) -> bool,
        may_hide: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let gave = |at: usize| self.answers[number].gave[at].unwrap_or(0);
        let free = |at: &usize| !hidden(*at) && may_hide(*at) && self.people[*at] > 0;
        let around: Vec<&Sum> = match whose {
            Whose::Rest(at) => vec![&self.sums[at]],
            Whose::Group(at) => {
                let sums = self.sums.iter();
                sums.filter(|sum| sum.parts.contains(&at)).collect()
            }
        };
        let mut beside: Vec<(bool, i64, usize)> = Vec::new();
        for sum in &around {
            let out = || sum.parts.iter().copied().filter(|part| hidden(*part));
            let rest = self.gave_of_rest(number, sum).unwrap_or(0);
            let (gave_out, people_out) = (
                out().map(gave).sum::<i64>() + rest,
                out().map(|at| self.people[at]).sum::<i64>() + whole(sum.rest),
            );
            for &at in sum.parts.iter().filter(|part| free(part)) {
                let together = self.target(gave_out + gave(at), people_out + self.people[at]);
                beside.push((together.is_telling(), self.people[at], at));
            }
        }
        let totals = around.iter().map(|sum| sum.total).filter(free);
        let totals = totals.map(|at| (true, self.people[at], at)).min();
        let found = beside.into_iter().min().or(totals);
        found.map(|(.., at)| at)
    }
}

/// Somebody's answers: how many gave it of how many.
#[derive(Clone, Copy)]
struct Target {
    gave: i64,
    people: i64,
    none_tells: bool,
}

impl Target {
    /// Says whether all or all but one gave the answer (DC-5), or did not where that tells. Of two
    /// or three people only all of them are alike.
    fn is_telling(self) -> bool {
        let odd = i64::from(self.people >= LEAST_WITH_ODD);
        self.gave >= self.people - odd || (self.none_tells && self.gave <= odd)
    }

    /// Says whether a reader who finds this range cannot be sure of an answer.
    fn is_open(self, [low, high]: [f64; 2]) -> bool {
        let odd = float(i64::from(self.people >= LEAST_WITH_ODD));
        let sure_of_all = low > float(self.people) - odd - 1.0 + FAULT;
        let sure_of_none = self.none_tells && high < odd + 1.0 - FAULT;
        high - low > 1.0 - FAULT && (odd == 0.0 || (!sure_of_all && !sure_of_none))
    }
}

const LEAST_WITH_ODD: i64 = 4;
/// What a solver's numbers may be wrong by.
const FAULT: f64 = 1e-6;

/// What is known of how many gave one answer.
struct System<'a> {
    shares: &'a Shares,
    bounds: Vec<[i64; 2]>,
}

impl<'a> System<'a> {
    fn new(shares: &'a Shares, answer: &Answer, printed: &[Option<f64>]) -> System<'a> {
        // Shares that are rounded together give way by up to a step.
        let give = match shares.statistic {
            Statistic::Distribution => 1.0,
            _ => 0.5,
        };
        let bounds = printed.iter().zip(&shares.people).zip(&answer.gave);
        let bounds = bounds.map(|((printed, people), gave)| {
            let Some(share) = printed else {
                return [0, *people];
            };
            let n = float(*people);
            let half = give / round::steps(Unit::Proportion, people.unsigned_abs()) + 1e-9;
            let [low, high] = [((share - half) * n).ceil(), ((share + half) * n).floor()];
            let [low, high] = [nearest(low).max(0), nearest(high).min(*people)];
            match gave {
                Some(gave) => [low.min(*gave), high.max(*gave)],
                None => [0, *people],
            }
        });
        System {
            shares,
            bounds: bounds.collect(),
        }
    }

    /// Returns the targets whose answers are certain; where the solver gives up, it counts as so.
    fn certain(&self, targets: &BTreeMap<Whose, Target>) -> BTreeSet<Whose> {
        let all: BTreeSet<Whose> = targets.keys().copied().collect();
        let least = self.solve(&all, OptimizationDirection::Minimize);
        let most = self.solve(&all, OptimizationDirection::Maximize);
        let between =
            |whose: &Whose| Some([*least.as_ref()?.get(whose)?, *most.as_ref()?.get(whose)?]);
        let open = |whose: &Whose, range: Option<[f64; 2]>| {
            range.is_some_and(|[a, b]| targets[whose].is_open([a.min(b), a.max(b)]))
        };
        let certain = all
            .iter()
            .filter(|whose| !open(whose, between(whose)) && !open(whose, self.range(**whose)));
        certain.copied().collect()
    }

    fn range(&self, whose: Whose) -> Option<[f64; 2]> {
        let alone = BTreeSet::from([whose]);
        let end = |direction| self.solve(&alone, direction)?.get(&whose).copied();
        Some([
            end(OptimizationDirection::Minimize)?,
            end(OptimizationDirection::Maximize)?,
        ])
    }

    /// Returns numbers that fit, in which those of some are as small or as large as can be.
    fn solve(
        &self,
        of: &BTreeSet<Whose>,
        direction: OptimizationDirection,
    ) -> Option<BTreeMap<Whose, f64>> {
        let mut problem = Problem::new(direction);
        let mut variables: BTreeMap<Whose, Variable> = BTreeMap::new();
        let mut add = |whose: Whose, [low, high]: [i64; 2], problem: &mut Problem| {
            let worth = if of.contains(&whose) { 1.0 } else { 0.0 };
            let variable = problem.add_var(worth, (float(low), float(high)));
            variables.insert(whose, variable);
            variable
        };
        let groups: Vec<Variable> = self
            .bounds
            .iter()
            .enumerate()
            .map(|(at, bounds)| add(Whose::Group(at), *bounds, &mut problem))
            .collect();
        for (at, sum) in self.shares.sums.iter().enumerate() {
            let mut terms: Vec<(Variable, f64)> =
                sum.parts.iter().map(|part| (groups[*part], 1.0)).collect();
            terms.push((groups[sum.total], -1.0));
            if sum.rest > 0 {
                let rest = add(Whose::Rest(at), [0, whole(sum.rest)], &mut problem);
                terms.push((rest, 1.0));
            }
            problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
        }
        let solution = problem.solve().ok()?.into_solution().ok()?;
        let values = of.iter().filter_map(|whose| {
            let variable = variables.get(whose)?;
            Some((*whose, solution.var_value(*variable)))
        });
        Some(values.collect())
    }
}

impl Plan<'_> {
    /// Withholds further shares of a series until nobody's answers come out.
    pub(super) fn add_partners_of_shares(
        &self,
        series: &Series,
        pattern: &Pattern,
        hidden: &mut Hidden,
    ) {
        let Some(shares) = self.shares.get(series) else {
            return;
        };
        let few = |at: usize| {
            let least = threshold(self.rule, &shares.groups[at]).max(round::SHARES_FROM);
            shares.people[at] < whole(least)
        };
        loop {
            let is_hidden = |at: usize| {
                let group = &shares.groups[at];
                few(at) || hidden.contains_key(group) || pattern.reason(series, group).is_some()
            };
            let secret = |at: usize| few(at) || hidden.contains_key(&shares.groups[at]);
            let may_hide = |at: usize| {
                !self
                    .history
                    .keeps_shown(&series.quantity, &shares.groups[at])
            };
            let found = shares.given_away(
                |at, level| (!is_hidden(at)).then(|| shares.printed(at, level)),
                secret,
            );
            let partners = found.into_iter();
            let partners = partners.filter_map(|who| shares.partner(who, is_hidden, may_hide));
            let partners: BTreeSet<usize> = partners.collect();
            if partners.is_empty() {
                return;
            }
            for at in partners {
                hidden.insert(shares.groups[at].clone(), Reason::Complementary);
            }
        }
    }
}

impl Shares {
    fn printed(&self, at: usize, level: &str) -> f64 {
        let answer = self.answers.iter().find(|answer| answer.level == level);
        answer.map_or(0.0, |answer| answer.printed[at])
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52"
)]
fn float(n: i64) -> f64 {
    n as f64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a share of people is a number of people"
)]
fn nearest(value: f64) -> i64 {
    value.round() as i64
}
