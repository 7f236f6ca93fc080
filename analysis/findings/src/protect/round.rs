//! Rounding of what is shown (DC-4).
//!
//! Means and gaps to 0.1 of the scale, shares to whole per cent from 20 answers and to ten per
//! cent from 10 to 19, coefficients to two decimals. Numbers of answers under 20 become ranges.

use crate::{Count, Estimate, Unit};

/// From here on numbers of answers are exact, and shares have whole per cents.
pub(crate) const EXACT_FROM: u64 = 20;
/// Under this many answers a share would give away the answers of single people.
pub(crate) const SHARES_FROM: u64 = 10;

/// Returns a number of answers as it may be shown.
pub(crate) fn shown_count(n: u64) -> Count {
    match n {
        EXACT_FROM.. => Count::Exact(n),
        SHARES_FROM.. => Count::Range([SHARES_FROM, EXACT_FROM - 1]),
        5.. => Count::Range([5, SHARES_FROM - 1]),
        _ => Count::Range([0, 4]),
    }
}

/// Returns a figure as it may be shown. `answers` are the people behind it, which for a response
/// rate are fewer than its base.
pub(crate) fn shown_estimate(exact: &Estimate, unit: Unit, answers: u64) -> Estimate {
    let steps = steps(unit, answers);
    let n = match exact.n {
        Count::Exact(n) => shown_count(n),
        range @ Count::Range(_) => range,
    };
    Estimate {
        value: round(exact.value, steps),
        // An error that rounds to nought says nothing; the interval carries what there is.
        se: exact.se.map(|se| round(se, steps)).filter(|se| *se > 0.0),
        low: exact.low.map(|low| round(low, steps)),
        high: exact.high.map(|high| round(high, steps)),
        n,
    }
}

/// Returns how many steps one unit is divided into.
pub(crate) fn steps(unit: Unit, answers: u64) -> f64 {
    match unit {
        Unit::Proportion if answers >= EXACT_FROM => 100.0,
        Unit::Proportion | Unit::Scale => 10.0,
        Unit::Number => 100.0,
    }
}

/// Rounds to the nearest step, halves away from nought. Dividing whole numbers gives the float
/// nearest to the decimal, so that the text is short and the same everywhere.
pub(crate) fn round(value: f64, steps: f64) -> f64 {
    // A mean such as 2.65 is stored a hair below the half; the nudge is far below any step.
    let nudge = value.signum() * 1e-9;
    (value * steps + nudge).round() / steps + 0.0
}

/// Rounds shares that make a whole, by largest remainder: they still add up to it. Ties go to
/// the earlier share.
pub(crate) fn round_together(shares: &[f64], steps: f64) -> Vec<f64> {
    let scaled: Vec<f64> = shares.iter().map(|share| share * steps + 1e-9).collect();
    let mut rounded: Vec<f64> = scaled.iter().map(|share| share.floor()).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|&a, &b| {
        let remainder = |i: usize| ((scaled[i] - rounded[i]) * 1e6).round();
        remainder(b).total_cmp(&remainder(a)).then(a.cmp(&b))
    });
    let mut missing = steps - rounded.iter().sum::<f64>();
    for index in order {
        if missing < 0.5 {
            break;
        }
        rounded[index] += 1.0;
        missing -= 1.0;
    }
    rounded.iter().map(|share| share / steps).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, n: u64) -> Estimate {
        Estimate {
            value,
            se: Some(0.04),
            low: Some(value - 0.08),
            high: Some(value + 0.08),
            n: Count::Exact(n),
        }
    }

    #[test]
    fn a_mean_keeps_one_decimal_and_so_does_its_interval() {
        let shown = shown_estimate(&estimate(2.649, 48), Unit::Scale, 48);
        assert_eq!(
            format!("{shown:?}"),
            "Estimate { value: 2.6, se: None, low: Some(2.6), high: Some(2.7), n: Exact(48) }"
        );
    }

    #[test]
    fn shares_get_coarser_as_answers_get_fewer() {
        for (answers, expected) in [(20, "0.35"), (19, "0.3"), (10, "0.3"), (2000, "0.35")] {
            let shown = shown_estimate(&estimate(0.345_1, answers), Unit::Proportion, answers);
            assert_eq!(format!("{}", shown.value), expected, "{answers} answers");
        }
    }

    #[test]
    fn group_sizes_under_twenty_are_ranges() {
        assert_eq!(shown_count(5), Count::Range([5, 9]));
        assert_eq!(shown_count(9), Count::Range([5, 9]));
        assert_eq!(shown_count(10), Count::Range([10, 19]));
        assert_eq!(shown_count(19), Count::Range([10, 19]));
        assert_eq!(shown_count(20), Count::Exact(20));
    }

    #[test]
    fn halves_go_away_from_nought_and_nought_has_no_sign() {
        assert_eq!(format!("{}", round(2.65, 10.0)), "2.7");
        assert_eq!(format!("{}", round(-2.65, 10.0)), "-2.7");
        assert_eq!(format!("{:?}", round(-0.01, 10.0)), "0.0");
    }

    #[test]
    fn shares_of_a_whole_still_add_up() {
        let thirds = round_together(&[1.0 / 3.0; 3], 100.0);
        assert_eq!(format!("{thirds:?}"), "[0.34, 0.33, 0.33]");
        let tenths = round_together(&[0.25, 0.25, 0.5], 10.0);
        assert_eq!(format!("{tenths:?}"), "[0.3, 0.2, 0.5]");
    }
}
