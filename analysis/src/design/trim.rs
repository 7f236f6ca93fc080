//! Weights that are too large: said, and cut on request.

use super::Sampling;

/// A weight above so many mean weights is worth a warning.
const LARGE: f64 = 5.0;

/// Answers and weight of cells that are weighted together.
pub(super) struct Weighted<'w> {
    /// Name of what is weighted, for messages; empty for everything.
    pub(super) name: &'w str,
    /// Names of the cells.
    pub(super) cells: Vec<String>,
    /// How many answers each cell has.
    pub(super) answers: Vec<u64>,
    /// The weight of an answer of each cell.
    pub(super) weights: Vec<f64>,
}

/// Cuts weights at the limit the design sets and notes those that are large.
///
/// What is cut off goes to the other cells in proportion to their weights, again and again until
/// none is above the limit: the sum stays, the frame's margins are met only nearly.
pub(super) fn settle(sampling: &Sampling, weighted: &mut Weighted<'_>, notes: &mut Vec<String>) {
    let total: f64 = sum(weighted, |_| true);
    let people: u64 = weighted.answers.iter().sum();
    let mean = total / people as f64;
    let of = match weighted.name {
        "" => String::new(),
        name => format!("{name}: "),
    };
    if let Some(trim) = sampling.trim {
        let limit = trim * mean;
        let cut = cut(weighted, limit, total);
        if cut > 0 {
            notes.push(format!(
                "{of}weights of {cut} answers were cut at {trim} times the mean weight; \
                 the frame's numbers are met only nearly"
            ));
        }
    }
    let large: Vec<&str> = weighted
        .weights
        .iter()
        .zip(&weighted.cells)
        .filter(|(weight, _)| **weight > LARGE * mean)
        .map(|(_, name)| name.as_str())
        .collect();
    if !large.is_empty() {
        notes.push(format!(
            "{of}weights are more than {LARGE} times the mean weight in {}; \
             a few answers decide there, `trim` in [design] can limit them",
            large.join("; ")
        ));
    }
}

/// Returns how many answers had their weight cut.
fn cut(weighted: &mut Weighted<'_>, limit: f64, total: f64) -> u64 {
    let mut held = vec![false; weighted.weights.len()];
    loop {
        let mut changed = false;
        for (weight, held) in weighted.weights.iter_mut().zip(&mut held) {
            if *weight > limit && !*held {
                *weight = limit;
                *held = true;
                changed = true;
            }
        }
        if !changed {
            break;
        }
        let fixed = sum(weighted, |place| held[place]);
        let free = sum(weighted, |place| !held[place]);
        if free > 0.0 {
            let factor = (total - fixed) / free;
            for (weight, held) in weighted.weights.iter_mut().zip(&held) {
                if !held {
                    *weight *= factor;
                }
            }
        }
    }
    let answers = weighted.answers.iter().zip(&held);
    answers.filter(|(_, held)| **held).map(|(n, _)| n).sum()
}

fn sum(weighted: &Weighted<'_>, chosen: impl Fn(usize) -> bool) -> f64 {
    let cells = weighted.answers.iter().zip(&weighted.weights).enumerate();
    cells
        .filter(|(place, _)| chosen(*place))
        .map(|(_, (answers, weight))| *answers as f64 * weight)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighted() -> Weighted<'static> {
        Weighted {
            name: "",
            cells: ["a", "b", "c"].map(str::to_owned).to_vec(),
            answers: vec![1, 20, 20],
            weights: vec![30.0, 2.0, 1.0],
        }
    }

    #[test]
    fn a_large_weight_is_noted_and_left_as_it_is() {
        let (mut weights, mut notes) = (weighted(), Vec::new());
        settle(&Sampling::default(), &mut weights, &mut notes);
        assert_eq!(weights.weights, [30.0, 2.0, 1.0]);
        assert_eq!(notes.len(), 1);
        assert!(
            notes[0].contains("5 times") && notes[0].contains(" a;"),
            "{notes:?}"
        );
    }

    #[test]
    fn cut_weights_keep_their_sum_and_stay_below_the_limit() {
        let (mut weights, mut notes) = (weighted(), Vec::new());
        let sampling = Sampling {
            trim: Some(1.3),
            ..Sampling::default()
        };
        settle(&sampling, &mut weights, &mut notes);
        let total = sum(&weights, |_| true);
        assert!((total - 90.0).abs() < 1e-9, "{total}");
        let limit = 1.3 * 90.0 / 41.0;
        assert!(
            weights
                .weights
                .iter()
                .all(|weight| *weight <= limit * (1.0 + 1e-12))
        );
        assert!(notes[0].contains("of 21 answers were cut"), "{notes:?}");
    }
}
