//! The statistics, all with one face.
//!
//! Each takes a dataset, what it is about, how people are grouped and a [`Design`], and returns a
//! tidy table: keys, then value, standard error, interval and n, or the reason why there is no
//! figure. People are counted in whole numbers first and fractions are rounded once at the end,
//! so that neither the order of rows nor the way they are split changes a bit of a result.

mod alpha;
mod bounds;
mod break_off;
mod change;
mod compare;
mod correlations;
mod design_effect;
mod dif;
mod distribution;
mod factors;
mod gap;
mod invariance;
mod levels;
mod mean;
mod mixed;
mod needs;
mod profiles;
mod quantile;
mod reliability;
mod replicates;
mod response;
mod shape;
mod share;
mod straight_lining;
mod themes;
mod trend;
mod units;
mod weighted;
mod weighted_tests;

pub use crate::design::Design;
pub use crate::tables::importance::Importance;
pub use crate::tables::themes::{Stems, Themes};
pub use alpha::alpha;
pub(crate) use alpha::coefficient;
pub use bounds::bounds;
pub use break_off::{break_off, break_off_places};
pub use change::change;
pub(crate) use compare::correct_over;
pub use compare::{FAMILY, NO_FAMILY, TEST, differences, mean_ranks, pairs};
pub use correlations::correlations;
pub use design_effect::{design_effect, weights};
pub use dif::dif;
pub(crate) use distribution::REASONS;
pub use distribution::{distribution, missing_reasons};
pub use factors::{eigenvalues, factorability, factors};
use findings::{ALL, Count, Estimate, RawRow, Undefined};
pub use gap::{below_target, gap, shortfall};
pub use invariance::invariance;
pub use levels::{Bands, level_errors, levels};
pub use mean::{deviation, mean};
pub use mixed::{mixed_change, slope};
pub use needs::{Chance, need, needs, quadrants};
pub use profiles::{LEAST_PERSONS, PROFILE, ProfileChoice, SupportProfiles};
pub(crate) use quantile::at as quantile_at;
pub use quantile::{QUANTILES, quantile};
pub use reliability::{item_rest, loadings, omega, ordinal_reliability, polychoric, reliability};
pub use replicates::replicates;
pub use response::response_rate;
pub use shape::shape;
pub use share::{bottom_two, share_at_or_above, top_two};
pub use straight_lining::straight_lining;
pub use themes::{LEAST_MENTIONS, themes};
pub use trend::trend;
pub(crate) use units::unit_columns;
pub use units::{icc, shrunken};
pub use weighted_tests::{rank_test, spread_test};

/// A tidy table of results.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimates {
    /// Names of the key columns.
    pub dims: Vec<String>,
    /// One row for each group, in the order of the keys.
    pub rows: Vec<RawRow>,
    /// What was noticed and is no error, each naming its group.
    pub notes: Vec<String>,
}

impl Estimates {
    /// Returns the row with these keys, in the order of [`Estimates::dims`].
    #[must_use]
    pub fn row(&self, keys: &[&str]) -> Option<&RawRow> {
        self.rows.iter().find(|row| row.keys == keys)
    }
}

/// Returns a figure without uncertainty.
fn plain(value: f64, n: u64) -> Estimate {
    Estimate {
        value,
        se: None,
        low: None,
        high: None,
        n: Count::Exact(n),
    }
}

/// Returns a tidy table with further key columns behind those of the groups.
fn tidy(by: &crate::Grouping, further: &[&str], rows: Vec<RawRow>) -> Estimates {
    let mut dims = by.dims();
    dims.extend(further.iter().map(|dim| (*dim).to_owned()));
    Estimates {
        dims,
        rows,
        notes: Vec::new(),
    }
}

/// Names a group in a message.
pub(crate) fn group_name(dims: &[String], keys: &[String]) -> String {
    let named = dims.iter().zip(keys).filter(|(_, key)| *key != ALL);
    let named: Vec<String> = named.map(|(dim, key)| format!("{dim} {key}")).collect();
    if named.is_empty() {
        "all together".to_owned()
    } else {
        named.join(", ")
    }
}

/// Returns why a group without values has none: `asked` of its people were asked.
pub(crate) fn nobody(asked: u64, not_asked: u64) -> Undefined {
    if asked == 0 && not_asked > 0 {
        Undefined::NotAsked
    } else {
        Undefined::NoAnswers
    }
}
