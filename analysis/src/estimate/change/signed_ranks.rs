//! Wilcoxon's signed ranks of paired differences.

use crate::exact::{nearest, ratio};

/// Wilcoxon's statistic.
pub(super) struct SignedRanks {
    /// The sum of the ranks of improvements.
    pub(super) v: f64,
    /// Differences that are not nought.
    pub(super) n: u64,
    /// The standardised statistic, without and with the continuity correction; none where every
    /// difference is nought.
    pub(super) z: Option<[f64; 2]>,
}

/// Ranks differences by size, noughts left out, equal sizes sharing the middle of their ranks
/// (Wilcoxon 1945; variance n(n+1)(2n+1)/24 - Σ(t³-t)/48).
///
/// Differences are fractions, so that 2.8 - 2.6 and 0.4 - 0.2 are tied; programs that subtract in
/// floating point break such ties by rounding errors.
pub(super) fn signed_ranks(differences: &[(i64, i64, u64)]) -> SignedRanks {
    let mut sizes: Vec<(i128, i128, bool, i128)> = differences
        .iter()
        .filter(|(numerator, ..)| *numerator != 0)
        .map(|(numerator, denominator, persons)| {
            let size = i128::from(numerator.unsigned_abs());
            let (denominator, persons) = (i128::from(*denominator), i128::from(*persons));
            (size, denominator, *numerator > 0, persons)
        })
        .collect();
    let compared =
        |a: &(i128, i128, bool, i128), b: &(i128, i128, bool, i128)| (a.0 * b.1).cmp(&(b.0 * a.1));
    sizes.sort_by(compared);
    let (mut before, mut doubled, mut ties) = (0_i128, 0_i128, 0_i128);
    for tied in sizes.chunk_by(|a, b| compared(a, b).is_eq()) {
        let persons: i128 = tied.iter().map(|size| size.3).sum();
        let improved: i128 = tied.iter().filter(|size| size.2).map(|size| size.3).sum();
        doubled += (2 * before + persons + 1) * improved;
        before += persons;
        ties += persons * persons * persons - persons;
    }
    let n = before;
    let excess = nearest(&ratio(2 * doubled - n * (n + 1), 4));
    let variance = nearest(&ratio(2 * n * (n + 1) * (2 * n + 1) - ties, 48));
    let z = (variance > 0.0).then(|| {
        let sign = if excess == 0.0 { 0.0 } else { excess.signum() };
        [excess, excess - sign * 0.5].map(|excess| excess / variance.sqrt())
    });
    SignedRanks {
        v: nearest(&ratio(doubled, 2)),
        n: u64::try_from(n).unwrap_or(u64::MAX),
        z,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noughts_are_dropped_and_equal_fractions_are_tied() {
        // Differences 0, 1/5, 2/10, -1/5, 1: the three fifths share rank 2.
        let found = signed_ranks(&[(0, 1, 4), (1, 5, 1), (2, 10, 1), (-1, 5, 1), (1, 1, 1)]);
        assert_eq!((found.v.to_bits(), found.n), (8.0_f64.to_bits(), 4));
        let [z, corrected] = found.z.unwrap();
        let variance: f64 = 4.0 * 5.0 * 9.0 / 24.0 - 24.0 / 48.0;
        assert!((z - 3.0 / variance.sqrt()).abs() < 1e-15);
        assert!((corrected - 2.5 / variance.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn no_change_at_all_has_no_statistic() {
        let found = signed_ranks(&[(0, 1, 3)]);
        assert!(found.n == 0 && found.z.is_none());
    }
}
