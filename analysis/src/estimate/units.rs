//! Units: how much they differ, and their means drawn towards the mean of all.
//!
//! Few answers make a unit's mean jump about. What is seen of the units together says how far to
//! trust it (Efron & Morris 1975).

mod icc;
mod shrunken;

pub use icc::icc;
pub(crate) use icc::unit_columns;
pub use shrunken::shrunken;

use findings::Undefined;

use crate::exact::Moments;

/// Sums of squares between and within units, exact up to the last step.
pub(super) struct OneWay {
    /// Answers.
    pub(super) n: f64,
    /// Units.
    pub(super) k: f64,
    /// Sum of the squared sizes of units.
    pub(super) squared_sizes: f64,
    /// Mean square between units.
    pub(super) between: f64,
    /// Mean square within units.
    pub(super) within: f64,
}

impl OneWay {
    /// Splits the variance of units that have answers.
    pub(super) fn of(units: &[&Moments]) -> Result<OneWay, Undefined> {
        let units: Vec<&&Moments> = units.iter().filter(|unit| unit.count() > 0).collect();
        let mut all = Moments::default();
        for unit in &units {
            all.add_all(unit);
        }
        let grand = all.mean().ok_or(Undefined::NoAnswers)?;
        if units.len() < 2 {
            return Err(Undefined::OneUnit);
        }
        let (n, k) = (all.count() as f64, units.len() as f64);
        if all.count() <= units.len() as u64 {
            return Err(Undefined::SingleAnswers);
        }
        let (mut between, mut within, mut squared_sizes) = (0.0, 0.0, 0.0);
        for unit in units {
            let size = unit.count() as f64;
            let off = unit.mean().unwrap_or(grand) - grand;
            between += size * off * off;
            within += unit
                .variance()
                .map_or(0.0, |variance| variance * (size - 1.0));
            squared_sizes += size * size;
        }
        if between + within <= 0.0 {
            return Err(Undefined::ZeroVariance);
        }
        Ok(OneWay {
            n,
            k,
            squared_sizes,
            between: between / (k - 1.0),
            within: within / (n - k),
        })
    }

    /// Returns the size of units that the variance between them is divided by.
    pub(super) fn n0(&self) -> f64 {
        (self.n - self.squared_sizes / self.n) / (self.k - 1.0)
    }
}
