//! Invented people and the raw tables over them, built the plain way.

use std::collections::BTreeMap;

use surveys::dataset::Origin;

use crate::{About, Count, Estimate, Produced, RawRow, RawTable, Rule, Statistic, Undefined, Unit};

/// One who was asked.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) city: usize,
    pub(super) role: usize,
    pub(super) unit: usize,
    pub(super) answered: bool,
    /// Score by area, where there is one.
    pub(super) scores: Vec<Option<f64>>,
}

pub(super) const AREAS: [&str; 2] = ["pedagogy", "safety"];

#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) people: Vec<Person>,
    pub(super) cities: usize,
    pub(super) roles: usize,
    pub(super) units: usize,
}

/// A small generator of numbers; the same seed makes the same world everywhere.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

impl World {
    /// Makes people for `staff[city][role]`; the last role is not asked about pedagogy, and in
    /// every other world all of the first role are below target.
    pub(super) fn new(staff: &[Vec<u64>], units: usize, seed: u64) -> World {
        let mut dice = Dice(seed);
        let roles = staff.first().map_or(0, Vec::len);
        let mut people = Vec::new();
        for (city, row) in staff.iter().enumerate() {
            for (role, number) in row.iter().enumerate() {
                for _ in 0..*number {
                    let answered = dice.below(10) < 8;
                    let mut score = |skipped: u64| {
                        let given = dice.below(20) >= skipped;
                        let steps = dice.below(13);
                        let alike = role == 0 && seed % 2 == 1;
                        let steps = if alike { steps % 6 } else { steps };
                        let value = f64::from(u32::try_from(4 + steps).unwrap()) / 4.0;
                        (answered && given).then_some(value)
                    };
                    let asked = role + 1 < roles;
                    let scores = vec![score(1).filter(|_| asked), score(2)];
                    // Units differ in size; the last ones are tiny.
                    let unit = dice.below(units as u64).min(dice.below(units as u64));
                    let unit = usize::try_from(unit).unwrap();
                    people.push(Person {
                        city,
                        role,
                        unit,
                        answered,
                        scores,
                    });
                }
            }
        }
        World {
            people,
            cities: staff.len(),
            roles,
            units,
        }
    }

    /// Returns the raw tables of the world.
    pub(super) fn tables(&self) -> Vec<RawTable> {
        let mut tables = Vec::new();
        for by in ["role_group", "unit"] {
            let prefix = if by == "unit" { "unit." } else { "" };
            let rate = self.table(&format!("{prefix}response.rate"), by, None);
            let mean = self.table(&format!("{prefix}area.mean"), by, Some(Statistic::Mean));
            tables.extend([rate, mean]);
        }
        tables.push(self.table("area.below", "role_group", Some(Statistic::BelowTarget)));
        tables.push(self.distribution());
        tables
    }

    /// How many scores have which whole part, as an item's answers.
    fn distribution(&self) -> RawTable {
        let mut table = self.table("area.spread", "role_group", Some(Statistic::Mean));
        let mut rows = Vec::new();
        for row in &table.rows {
            let area = AREAS.iter().position(|area| *area == row.keys[0]).unwrap();
            let members = self.members(&row.keys[1], "role_group", &row.keys[2]);
            let scores: Vec<f64> = members.filter_map(|person| person.scores[area]).collect();
            for level in 1..=4 {
                let gave = scores
                    .iter()
                    .filter(|score| score.floor().total_cmp(&f64::from(level)).is_eq());
                let share = gave.count() as f64 / row.answers as f64;
                let mut row = row.clone();
                row.keys.push(level.to_string());
                if let Ok(figure) = &mut row.figure {
                    figure.value = share;
                }
                rows.push(row);
            }
        }
        table.statistic = Statistic::Distribution;
        table.unit = Unit::Proportion;
        table.scale = None;
        table.dims.push("level".to_owned());
        table.rows = rows;
        table
    }

    /// Returns the keys along a dimension, the total first.
    pub(super) fn keys(&self, dimension: &str) -> Vec<String> {
        let (letter, number) = match dimension {
            "municipality" => ('c', self.cities),
            "unit" => ('u', self.units),
            _ => ('r', self.roles),
        };
        let mut keys = vec!["all".to_owned()];
        keys.extend((0..number).map(|index| format!("{letter}{index}")));
        keys
    }

    pub(super) fn members<'a>(
        &'a self,
        city: &'a str,
        by: &'a str,
        key: &'a str,
    ) -> impl Iterator<Item = &'a Person> {
        self.people.iter().filter(move |person| {
            let part = if by == "unit" {
                format!("u{}", person.unit)
            } else {
                format!("r{}", person.role)
            };
            (city == "all" || city == format!("c{}", person.city)) && (key == "all" || key == part)
        })
    }

    fn table(&self, id: &str, by: &str, statistic: Option<Statistic>) -> RawTable {
        let mut rows = Vec::new();
        let areas: &[Option<usize>] = if statistic.is_some() {
            &[Some(0), Some(1)]
        } else {
            &[None]
        };
        for area in areas {
            for city in self.keys("municipality") {
                for key in self.keys(by) {
                    let members: Vec<&Person> = self.members(&city, by, &key).collect();
                    let mut row = match (area, statistic) {
                        (Some(area), Some(statistic)) => score_row(&members, *area, statistic),
                        _ => rate_row(&members),
                    };
                    row.keys = area.iter().map(|area| AREAS[*area].to_owned()).collect();
                    row.keys.extend([city.clone(), key]);
                    rows.push(row);
                }
            }
        }
        let mut dims = vec!["municipality".to_owned(), by.to_owned()];
        if statistic.is_some() {
            dims.insert(0, "area".to_owned());
        }
        let is_mean = statistic == Some(Statistic::Mean);
        RawTable {
            id: id.to_owned(),
            statistic: statistic.unwrap_or(Statistic::ResponseRate),
            unit: if is_mean {
                Unit::Scale
            } else {
                Unit::Proportion
            },
            scale: is_mean.then_some([1.0, 4.0]),
            dims,
            rows,
        }
    }

    /// Returns what the release of this world is about.
    pub(super) fn about(&self) -> About {
        About {
            release: 1,
            wave: "2026-syksy".to_owned(),
            origin: Origin::Simulated,
            produced: Produced {
                program: "test".to_owned(),
                dataset_sha256: "0".repeat(64),
                job_sha256: "1".repeat(64),
                instruments: Vec::new(),
                open_link: BTreeMap::new(),
            },
            labels: BTreeMap::new(),
            cities: self.keys("municipality")[1..]
                .iter()
                .map(|code| (code.clone(), format!("city-{code}")))
                .collect(),
        }
    }

    /// Returns the default rule with every city shown by name.
    pub(super) fn rule(&self) -> Rule {
        Rule {
            shown_by_name: self.keys("municipality")[1..].to_vec(),
            ..Rule::default()
        }
    }
}

fn rate_row(members: &[&Person]) -> RawRow {
    let answers = members.iter().filter(|person| person.answered).count() as u64;
    let staff = members.len() as u64;
    let figure = if staff == 0 {
        Err(Undefined::NotAsked)
    } else {
        Ok(estimate(answers as f64 / staff as f64, staff))
    };
    RawRow {
        keys: Vec::new(),
        figure,
        answers,
        modal: 0,
    }
}

fn score_row(members: &[&Person], area: usize, statistic: Statistic) -> RawRow {
    let scores: Vec<f64> = members
        .iter()
        .filter_map(|person| person.scores[area])
        .collect();
    let answers = scores.len() as u64;
    let values: Vec<f64> = match statistic {
        Statistic::BelowTarget => scores
            .iter()
            .map(|s| f64::from(u8::from(*s < 2.5)))
            .collect(),
        _ => scores,
    };
    let modal = values
        .iter()
        .map(|value| {
            values
                .iter()
                .filter(|other| other.total_cmp(value).is_eq())
                .count() as u64
        })
        .max();
    let figure = if answers == 0 {
        Err(Undefined::NoAnswers)
    } else {
        Ok(estimate(
            values.iter().sum::<f64>() / answers as f64,
            answers,
        ))
    };
    RawRow {
        keys: Vec::new(),
        figure,
        answers,
        modal: modal.unwrap_or(0),
    }
}

fn estimate(value: f64, n: u64) -> Estimate {
    Estimate {
        value,
        se: None,
        low: None,
        high: None,
        n: Count::Exact(n),
    }
}
