//! Reads the shares in the files of a release and works out of whom it is certain what they
//! answered: everybody of a withheld group, all but one, or nobody. Shares no code with the gate.
//!
//! The reader knows how many people every group has, which is more than the files tell.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use serde_json::Value;

use super::attack::{Group, Place, list, text};

/// A question with one of its answers.
type Asked = (String, String);

/// Of whom something is certain: the question and answer, the group, the least and most of its
/// people who gave it.
pub(crate) type Certain = (Asked, Group, [i64; 2]);

/// What is printed, by question, answer and group.
pub(crate) struct Answers {
    printed: BTreeMap<Asked, BTreeMap<Group, f64>>,
    sides: BTreeMap<Asked, bool>,
}

impl Answers {
    /// Reads every file.
    pub(crate) fn read(texts: &[String]) -> Answers {
        let mut answers = Answers {
            printed: BTreeMap::new(),
            sides: BTreeMap::new(),
        };
        for file in texts {
            let file: Value = serde_json::from_str(file).expect("a release is JSON");
            for table in list(&file["tables"]) {
                let own = file["population"]["code"].as_str();
                let own = own.filter(|_| !text(&table["id"]).starts_with("network."));
                match text(&table["statistic"]) {
                    "below_target" => answers.table(table, own, true),
                    "distribution" => answers.table(table, own, false),
                    _ => {}
                }
            }
        }
        answers
    }

    fn table(&mut self, table: &Value, own: Option<&str>, none_tells: bool) {
        for row in list(&table["rows"]) {
            let mut asked = Asked::default();
            let own = own.map(|code| ("municipality".to_owned(), code.to_owned()));
            let mut group: Group = own.into_iter().collect();
            for (dim, key) in list(&table["dims"]).iter().zip(list(&row["keys"])) {
                match (text(dim), text(key)) {
                    ("area" | "item", key) => asked.0 = key.to_owned(),
                    ("level", key) => asked.1 = key.to_owned(),
                    (_, "all") => {}
                    (dim, key) => {
                        group.insert(dim.to_owned(), key.to_owned());
                    }
                }
            }
            self.sides.insert(asked.clone(), none_tells);
            let groups = self.printed.entry(asked).or_default();
            if let Some(share) = row["cell"]["shown"]["value"].as_f64() {
                groups.insert(group, share);
            }
        }
    }

    /// Returns of whom what they answered is certain.
    pub(crate) fn certain(&self, people: &BTreeMap<Place, i64>) -> Vec<Certain> {
        let mut certain = Vec::new();
        for (asked, printed) in &self.printed {
            let none_tells = self.sides[asked];
            let of_question = people.iter().filter(|((quantity, group), _)| {
                *quantity == asked.0 && !group.contains_key("unit")
            });
            let groups: BTreeMap<&Group, i64> =
                of_question.map(|((_, group), n)| (group, *n)).collect();
            let give = if none_tells { 0.5 } else { 1.0 };
            let bounds: Vec<[i64; 2]> = groups
                .iter()
                .map(|(group, n)| {
                    printed
                        .get(*group)
                        .map_or([0, *n], |share| gave(*share, *n, give))
                })
                .collect();
            for (at, (group, n)) in groups.iter().enumerate() {
                if *n == 0 || printed.contains_key(*group) {
                    continue;
                }
                let end = |direction| reach(&groups, &bounds, at, direction);
                let [low, high] = [
                    end(OptimizationDirection::Minimize),
                    end(OptimizationDirection::Maximize),
                ];
                let odd = i64::from(*n >= 4);
                let alike = low >= n - odd || (none_tells && high <= odd);
                if alike && (odd == 1 || low == high) {
                    certain.push((asked.clone(), (*group).clone(), [low, high]));
                }
            }
        }
        certain
    }
}

/// Returns how many of `n` can have given an answer whose share is printed so.
fn gave(share: f64, n: i64, give: f64) -> [i64; 2] {
    #[expect(clippy::cast_precision_loss, reason = "numbers of people are small")]
    let apart = |gave: &i64| (*gave as f64 / n as f64 - share).abs();
    let step = if n >= 20 { 0.01 } else { 0.1 };
    let mut fitting = (0..=n).filter(|gave| apart(gave) <= give * step + 1e-9);
    let least = fitting.next().unwrap_or(0);
    [least, fitting.next_back().unwrap_or(least)]
}

fn reach(
    groups: &BTreeMap<&Group, i64>,
    bounds: &[[i64; 2]],
    target: usize,
    direction: OptimizationDirection,
) -> i64 {
    let mut problem = Problem::new(direction);
    let end = |n: i64| i32::try_from(n).expect("a town has fewer people");
    let variables: Vec<Variable> = bounds
        .iter()
        .enumerate()
        .map(|(at, [low, high])| {
            let worth = if at == target { 1.0 } else { 0.0 };
            problem.add_integer_var(worth, (end(*low), end(*high)))
        })
        .collect();
    let at: BTreeMap<&Group, usize> = groups.keys().copied().zip(0..).collect();
    let mut sums: BTreeMap<(usize, &str), Vec<(Variable, f64)>> = BTreeMap::new();
    for (group, part) in &at {
        for dim in group.keys() {
            let mut wider = (*group).clone();
            wider.remove(dim);
            if let Some(total) = at.get(&wider) {
                let terms = sums.entry((*total, dim));
                let terms = terms.or_insert_with(|| vec![(variables[*total], -1.0)]);
                terms.push((variables[*part], 1.0));
            }
        }
    }
    for terms in sums.into_values() {
        problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
    }
    let solution = problem.solve().expect("the true answers fit the files");
    let solution = solution.into_solution().expect("there is no limit of time");
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers of people")]
    let reached = solution.objective().round() as i64;
    reached
}
