//! A reader with a solver: takes the JSON files of a release and the staff list, and works out the
//! range of every count that no file shows. Knows the format and the rules, and nothing of our types.
//!
//! All quantities are one integer programme: counts add up over groups, nobody has a score who did
//! not answer, a shown share of a known number of people is a number of answers.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use serde_json::Value;

/// Dimension and key, totals left out.
pub(crate) type Group = BTreeMap<String, String>;

/// What was asked (empty for "answered at all"), and of whom.
pub(crate) type Place = (String, Group);

/// A count that the reader gets at although it is too few people.
#[derive(Debug)]
pub(crate) struct Found {
    /// Where.
    pub(crate) place: Place,
    /// Where the one person is alone who gets at it; none if anybody does.
    pub(crate) by: Option<Place>,
    /// Whether it is known exactly, or only narrower than it may be.
    pub(crate) exactly: bool,
}

/// What is known of every count.
pub(crate) struct Reader {
    places: Vec<Place>,
    bounds: Vec<(i64, i64)>,
    /// What the staff list and the rule itself say.
    prior: Vec<(i64, i64)>,
    /// A total, its parts, and whether there may be more in the total.
    sums: Vec<(usize, Vec<usize>, bool)>,
    /// Tables that fit what is published, found so far.
    tables: Vec<BTreeMap<usize, i64>>,
}

impl Reader {
    /// Reads all files. `truth` only names the places and says which units are banded by rule.
    pub(crate) fn new(
        texts: &[String],
        staff: &BTreeMap<Group, i64>,
        truth: &BTreeMap<Place, i64>,
    ) -> Reader {
        let files: Vec<Value> = texts
            .iter()
            .map(|text| serde_json::from_str(text).expect("a release is JSON"))
            .collect();
        let mut reader = Reader {
            places: truth.keys().cloned().collect(),
            bounds: Vec::new(),
            prior: Vec::new(),
            sums: Vec::new(),
            tables: Vec::new(),
        };
        for place in &reader.places {
            let people = staff[&place.1];
            // That a unit of five to nine is treated in its own way is no secret.
            let banded = place.1.contains_key("unit") && (5..10).contains(&truth[place]);
            let bounds = match (banded, truth[place]) {
                (_, 0) => (0, 0),
                (true, _) => (5, people.min(9)),
                _ => (0, people),
            };
            reader.prior.push(bounds);
        }
        reader.bounds.clone_from(&reader.prior);
        let at: BTreeMap<Place, usize> = reader.places.iter().cloned().zip(0..).collect();
        for file in &files {
            reader.read(file, &at, staff);
        }
        reader.add_up(&at);
        reader
    }

    fn read(&mut self, file: &Value, at: &BTreeMap<Place, usize>, staff: &BTreeMap<Group, i64>) {
        for table in list(&file["tables"]) {
            let own = file["population"]["code"].as_str();
            let own = own.filter(|_| !text(&table["id"]).starts_with("network."));
            let is_rate = text(&table["statistic"]) == "response_rate";
            for row in list(&table["rows"]) {
                let mut quantity = String::new();
                let mut group = Group::new();
                if let Some(code) = own {
                    group.insert("municipality".to_owned(), code.to_owned());
                }
                for (dim, key) in list(&table["dims"]).iter().zip(list(&row["keys"])) {
                    match (text(dim), text(key)) {
                        ("area" | "item", key) => quantity = key.to_owned(),
                        ("level", _) | (_, "all") => {}
                        (dim, key) => {
                            group.insert(dim.to_owned(), key.to_owned());
                        }
                    }
                }
                let people = staff[&group];
                let cell = &row["cell"];
                let told = match (cell.get("shown"), cell.get("band")) {
                    (Some(figure), _) if is_rate => answers(figure, people),
                    (Some(figure), _) => number(&figure["n"]),
                    (None, Some(_)) => (5, i64::MAX),
                    (None, None) => (0, i64::MAX),
                };
                let bounds = &mut self.bounds[at[&(quantity, group)]];
                *bounds = (bounds.0.max(told.0), bounds.1.min(told.1));
            }
        }
    }

    /// Counts add up over each dimension, and who has a score has answered.
    fn add_up(&mut self, at: &BTreeMap<Place, usize>) {
        let mut parts: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for ((quantity, group), part) in at {
            for dim in group.keys() {
                let mut wider = group.clone();
                wider.remove(dim);
                if let Some(total) = at.get(&(quantity.clone(), wider)) {
                    parts.entry((*total, dim)).or_default().push(*part);
                }
            }
            let answered = at.get(&(String::new(), group.clone()));
            if let Some(total) = answered.filter(|total| *total != part) {
                self.sums.push((*total, vec![*part], true));
            }
        }
        let parts = parts.into_iter();
        self.sums
            .extend(parts.map(|((total, _), parts)| (total, parts, false)));
    }

    /// Returns the counts of too few people that come out exactly, or narrower than the width of
    /// four (or of what is known without the release), for the public and for each person who is
    /// alone.
    pub(crate) fn attack(&mut self, truth: &BTreeMap<Place, i64>) -> Vec<Found> {
        let truth: Vec<i64> = self.places.iter().map(|place| truth[place]).collect();
        let mut before = Reader {
            places: self.places.clone(),
            bounds: self.prior.clone(),
            prior: self.prior.clone(),
            sums: self.sums.clone(),
            tables: Vec::new(),
        };
        let small = |at: usize| {
            let least = if self.places[at].1.contains_key("unit") {
                10
            } else {
                5
            };
            (1..least).contains(&truth[at])
        };
        let small: Vec<usize> = (0..truth.len()).filter(|at| small(*at)).collect();
        let hidden = |at: usize| self.bounds[at].0 < self.bounds[at].1;
        let alone = (0..truth.len()).filter(|at| truth[*at] == 1 && hidden(*at));
        let alone: Vec<usize> = alone.collect();
        let mut found = Vec::new();
        for own in [None].into_iter().chain(alone.into_iter().map(Some)) {
            let known = own.map_or_else(BTreeSet::new, |own| self.own(own, &truth));
            // What she learns of her own group is her own answer.
            let hers = own.map(|own| self.places[own].1.clone());
            for &at in &small {
                if hers.as_ref() == Some(&self.places[at].1) {
                    continue;
                }
                let (least, most) = self.prior[at];
                let need = 4.min(most - least);
                let width = self.width(at, &known, &truth, need);
                if width < need && width < before.width(at, &known, &truth, need).min(need) {
                    let place = self.places[at].clone();
                    let exactly = width == 0;
                    let by = own.map(|own| self.places[own].clone());
                    found.push(Found { place, by, exactly });
                }
            }
        }
        found
    }

    /// Returns what a person knows who is alone in a place: that one, and that nobody else in her
    /// group answered, if so.
    fn own(&self, own: usize, truth: &[i64]) -> BTreeSet<usize> {
        let (quantity, group) = &self.places[own];
        let hers = |at: &usize| {
            let (other, of) = &self.places[*at];
            of == group && (other == quantity || other.is_empty()) && truth[*at] == 1
        };
        (0..truth.len()).filter(hers).collect()
    }

    fn width(&mut self, at: usize, known: &BTreeSet<usize>, truth: &[i64], need: i64) -> i64 {
        let fits = |table: &&BTreeMap<usize, i64>| {
            known
                .iter()
                .all(|own| table.get(own).is_none_or(|value| *value == truth[*own]))
        };
        let values = self
            .tables
            .iter()
            .filter(fits)
            .filter_map(|table| table.get(&at));
        let values: Vec<i64> = values.copied().collect();
        let spread = values.iter().max().zip(values.iter().min());
        if let Some(width) = spread
            .map(|(most, least)| most - least)
            .filter(|w| *w >= need)
        {
            return width;
        }
        let least = self.solve(at, known, truth, OptimizationDirection::Minimize);
        let most = self.solve(at, known, truth, OptimizationDirection::Maximize);
        most - least
    }

    fn solve(
        &mut self,
        at: usize,
        known: &BTreeSet<usize>,
        truth: &[i64],
        direction: OptimizationDirection,
    ) -> i64 {
        let mut problem = Problem::new(direction);
        let variables: Vec<Variable> = (0..self.places.len())
            .map(|place| {
                let (low, high) = if known.contains(&place) {
                    (truth[place], truth[place])
                } else {
                    self.bounds[place]
                };
                let worth = if place == at { 1.0 } else { 0.0 };
                let end = |n: i64| i32::try_from(n).expect("a town has fewer people");
                problem.add_integer_var(worth, (end(low), end(high)))
            })
            .collect();
        for (total, parts, more) in &self.sums {
            let mut terms: Vec<(Variable, f64)> =
                parts.iter().map(|part| (variables[*part], 1.0)).collect();
            terms.push((variables[*total], -1.0));
            let relation = if *more {
                ComparisonOp::Le
            } else {
                ComparisonOp::Eq
            };
            problem.add_constraint(terms, relation, 0.0);
        }
        let solution = problem
            .solve()
            .expect("the true table fits what is published");
        let solution = solution.into_solution().expect("there is no limit of time");
        #[expect(clippy::cast_possible_truncation, reason = "whole numbers of people")]
        let value = |variable: Variable| solution.var_value(variable).round() as i64;
        let table: BTreeMap<usize, i64> = (0..).zip(variables.iter().map(|v| value(*v))).collect();
        let found = table[&at];
        self.tables.push(table);
        found
    }
}

/// Returns the numbers of answers that would be printed as this share of so many people.
fn answers(figure: &Value, people: i64) -> (i64, i64) {
    let share = figure["value"].as_f64().expect("a figure has a value");
    #[expect(clippy::cast_precision_loss, reason = "numbers of people are small")]
    let printed = |answers: &i64| {
        let half = if *answers >= 20 { 0.005 } else { 0.05 };
        (*answers as f64 / people as f64 - share).abs() <= half + 1e-9
    };
    let mut fitting = (10..=people).filter(printed);
    let least = fitting
        .next()
        .expect("a share comes from a number of answers");
    (least, fitting.next_back().unwrap_or(least))
}

fn number(n: &Value) -> (i64, i64) {
    let end = |n: &Value| n.as_i64().expect("a number of people");
    match n.as_array() {
        Some(ends) => (end(&ends[0]), end(&ends[1])),
        None => (end(n), end(n)),
    }
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[][..], Vec::as_slice)
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
