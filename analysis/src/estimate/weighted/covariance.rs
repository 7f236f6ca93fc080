//! The covariances of several weighted sums at once, for tests that ask about all of them.

use std::collections::BTreeMap;

use nalgebra::{DMatrix, DVector};

use crate::design::Sample;

/// People of one cell who bring the same to the sums: how many, and what each brings unweighted.
pub(in crate::estimate) struct Alike {
    pub(in crate::estimate) people: u64,
    pub(in crate::estimate) brings: DVector<f64>,
}

/// What the people of a stratum bring, and who they are.
struct Stratum {
    sum: DVector<f64>,
    squares: DMatrix<f64>,
    by_cluster: BTreeMap<usize, DVector<f64>>,
    people: u64,
    clusters: BTreeMap<usize, ()>,
}

/// Returns the covariance matrix of the weighted sums of residuals by the cell of the design, and
/// the answers (or clusters) behind them less their strata.
///
/// It is the formula of `design_mean` for vectors: `V = Σ_h (1 - f_h) n_h/(n_h - 1)
/// (Σ_i z_i z_iᵀ - n_h z̄_h z̄_hᵀ)`, by cluster where clusters are drawn, less what margins explain.
pub(in crate::estimate) fn covariance(
    sample: &Sample,
    of_cell: &BTreeMap<usize, Vec<Alike>>,
    size: usize,
) -> (DMatrix<f64>, u64) {
    let empty = || Stratum {
        sum: DVector::zeros(size),
        squares: DMatrix::zeros(size, size),
        by_cluster: BTreeMap::new(),
        people: 0,
        clusters: BTreeMap::new(),
    };
    let mut strata: Vec<Stratum> = sample.strata.iter().map(|_| empty()).collect();
    let mut brought = DMatrix::zeros(sample.cells.len(), size);
    for (place, people) in of_cell {
        let cell = &sample.cells[*place];
        let stratum = &mut strata[cell.stratum];
        for Alike { people, brings } in people {
            let count = *people as f64;
            let weight = cell.weight * cell.weight * count;
            stratum.squares.ger(weight, brings, brings, 1.0);
            let mut row = brought.row_mut(*place);
            row += brings.transpose() * count;
            stratum.people += people;
            stratum.clusters.insert(cell.cluster, ());
        }
    }
    let explained = sample.margins.as_ref().map(|margins| margins * &brought);
    for (place, cell) in sample.cells.iter().enumerate() {
        let stratum = &mut strata[cell.stratum];
        let mut sum = brought.row(place).transpose();
        if let Some(explained) = &explained {
            let (mean, answers) = (explained.row(place).transpose(), cell.answers as f64);
            let square = cell.weight * cell.weight;
            stratum.squares.ger(square * answers, &mean, &mean, 1.0);
            stratum.squares.ger(-square, &mean, &sum, 1.0);
            stratum.squares.ger(-square, &sum, &mean, 1.0);
            sum -= mean * answers;
        }
        sum *= cell.weight;
        stratum.sum += &sum;
        let of_cluster = stratum.by_cluster.entry(cell.cluster);
        *of_cluster.or_insert_with(|| DVector::zeros(size)) += sum;
    }
    let mut found = DMatrix::zeros(size, size);
    let mut degrees = 0;
    for (stratum, sized) in strata.into_iter().zip(&sample.strata) {
        let mut squares = stratum.squares;
        let mut behind = stratum.people;
        if sample.clustered {
            squares.fill(0.0);
            for sum in stratum.by_cluster.values() {
                squares.ger(1.0, sum, sum, 1.0);
            }
            behind = stratum.clusters.len() as u64;
        }
        if sized.drawn > 1 {
            let drawn = sized.drawn as f64;
            squares.ger(-1.0 / drawn, &stratum.sum, &stratum.sum, 1.0);
            squares *= drawn / (drawn - 1.0);
        }
        found += squares * sized.open;
        degrees += behind.saturating_sub(1);
    }
    (found, degrees)
}
