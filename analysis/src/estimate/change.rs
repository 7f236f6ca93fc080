//! Change between two waves: of the people who are linked by a code, and of everybody.
//!
//! The linked ones are not a sample of all: how many they are, and where they started compared
//! with the others, stands beside the change.

mod signed_ranks;

use std::collections::BTreeMap;

use findings::{Estimate, RawRow, Undefined, dim};
use num_rational::BigRational;

use super::compare::{
    FAMILY, Parts, Sample, TEST, exact_factor, parts_table, standardised, welch_t,
};
use super::mean::with_interval;
use super::share::share;
use super::{Design, Estimates};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::{Moments, nearest, ratio};
use crate::grouping::Grouping;
use crate::probability::{normal_tails, t_tails};
use crate::score::Quantity;
use crate::tables::linked::{ChangeOf, LinkedTable, linked_tables};
use crate::tables::persons::note_twice;
use signed_ranks::signed_ranks;

/// Names of the key columns of the two waves.
const WAVES: [&str; 2] = ["from", "to"];

/// Returns the change from one wave to another in each group; further keys are the two waves,
/// test, term and family.
///
/// | test | terms |
/// | --- | --- |
/// | `linked` | `people` in both waves, `share_from` and `share_to` of those with a score |
/// | `paired` | `mean_from`, `mean_to`, `difference` with interval, `sd`, `t`, `df`, `p`, `r` |
/// | `effect` | `cohen_dz` = mean / sd of the differences; `cohen_dav` = mean / √((s²₁ + s²₂)/2), `hedges_gav` times the exact factor for n - 1 |
/// | `wilcoxon` | `v`, `n` without zero differences, `z`, `p`, and with continuity correction `z_cc`, `p_cc` |
/// | `direction` | `improved`, `unchanged`, `declined` (people) |
/// | `start` | `linked` and `others`: mean in the first wave, `difference` with interval, `p` (Welch) |
/// | `unpaired` | everybody: `difference` with interval, `t`, `df`, `p` (Welch), `hedges_g` |
///
/// People are linked inside their municipality. Codes that are used twice in any wave are not
/// linked, and a note counts their answers. A linked person belongs to a group when both answers
/// do. Tested against R: `t.test`, `wilcox.test(exact =
/// FALSE)`.
///
/// # Errors
/// When the quantity or a group column does not exist, or the data have no wave or no code.
pub fn change(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    waves: [&str; 2],
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let [from, to] = waves.map(str::to_owned);
    let of = of.clone();
    let (tables, used_twice) = linked_tables(data, &ChangeOf { of, from, to }, by)?;
    let mut rows: Vec<RawRow> = Vec::new();
    for (mut keys, table) in tables {
        keys.extend(waves.map(str::to_owned));
        let mut parts = Parts::new(table.linked());
        paired(&mut parts, &table, design);
        context(&mut parts, &table, design);
        rows.extend(parts.rows(&keys, table.linked()));
    }
    let mut dims = by.dims();
    dims.extend(
        WAVES
            .into_iter()
            .chain([TEST, dim::TERM, FAMILY])
            .map(str::to_owned),
    );
    Ok(parts_table(dims, rows, note_twice(used_twice)))
}

/// Exact sums over the pairs.
struct Paired {
    n: u64,
    difference: Moments,
    first: Moments,
    second: Moments,
    /// Σ x y.
    products: BigRational,
    /// Persons by difference in lowest terms, from the most declined to the most improved.
    differences: Vec<(i64, i64, u64)>,
}

impl Paired {
    fn of(table: &LinkedTable) -> Self {
        let mut products: BTreeMap<i64, i128> = BTreeMap::new();
        let mut paired = Paired {
            n: table.linked(),
            difference: Moments::default(),
            first: table.of_linked(0).moments(),
            second: table.of_linked(1).moments(),
            products: ratio(0, 1),
            differences: Vec::new(),
        };
        for ([(v1, s1), (v2, s2)], persons) in &table.pairs {
            let [v1, v2] = [*v1, *v2].map(i64::from);
            let [s1, s2] = [*s1, *s2].map(i64::from);
            let difference = s2 * v1 - s1 * v2;
            paired.difference.add(difference, v1 * v2, *persons);
            *products.entry(v1 * v2).or_default() += i128::from(s1 * s2) * i128::from(*persons);
            paired.differences.push((difference, v1 * v2, *persons));
        }
        for (denominator, sum) in products {
            paired.products += ratio(sum, i128::from(denominator));
        }
        paired
    }

    /// Returns Pearson's correlation of the two waves.
    fn correlation(&self) -> Option<f64> {
        let n = ratio(i128::from(self.n), 1);
        let (x, y) = (self.first.total(), self.second.total());
        let covariance = &self.products - &x * &y / n;
        let spread = self.first.variance()? * self.second.variance()?;
        (spread > 0.0).then(|| nearest(&covariance) / (self.n as f64 - 1.0) / spread.sqrt())
    }

    fn people(&self, is: impl Fn(i64) -> bool) -> u64 {
        let found = self
            .differences
            .iter()
            .filter(|(difference, ..)| is(*difference));
        found.map(|(.., persons)| persons).sum()
    }
}

fn paired(parts: &mut Parts, table: &LinkedTable, design: &Design) {
    let pairs = Paired::of(table);
    let nobody = || match (table.first.n(), table.second.n()) {
        (0, _) => table.first.nobody(),
        (_, 0) => table.second.nobody(),
        _ => Undefined::NotLinked,
    };
    let known = || (pairs.n > 0).then_some(()).ok_or_else(nobody);
    let mean = |moments: &Moments| known().and_then(|()| with_interval(moments, design));
    parts.figure("paired", "mean_from", mean(&pairs.first));
    parts.figure("paired", "mean_to", mean(&pairs.second));
    let difference = mean(&pairs.difference);
    parts.figure("paired", "difference", difference.clone());
    let sd = known().and_then(|()| {
        let variance = pairs.difference.variance().ok_or(Undefined::OneAnswer)?;
        Ok(variance.sqrt())
    });
    parts.add("paired", "sd", sd);
    let test = difference.and_then(|difference| t(&difference, sd?, pairs.n));
    let terms = ["t", "df", "p"];
    for (place, term) in terms.into_iter().enumerate() {
        parts.add("paired", term, test.map(|test| test[place]));
    }
    let r = sd.and_then(|_| pairs.correlation().ok_or(Undefined::ZeroVariance));
    parts.add("paired", "r", r);
    effects(parts, &pairs, sd);
    wilcoxon(parts, &pairs, known());
    for (term, is) in DIRECTIONS {
        parts.add("direction", term, known().map(|()| pairs.people(is) as f64));
    }
}

type Direction = fn(i64) -> bool;
const DIRECTIONS: [(&str, Direction); 3] = [
    ("improved", |change| change > 0),
    ("unchanged", |change| change == 0),
    ("declined", |change| change < 0),
];

/// Returns t, its degrees of freedom and p.
fn t(difference: &Estimate, sd: f64, n: u64) -> Result<[f64; 3], Undefined> {
    if sd <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let degrees = n as f64 - 1.0;
    let t = difference.value / (sd / (n as f64).sqrt());
    let p = t_tails(t, degrees).ok_or(Undefined::ZeroVariance)?;
    Ok([t, degrees, p])
}

fn effects(parts: &mut Parts, pairs: &Paired, sd: Result<f64, Undefined>) {
    let over = |spread: f64| {
        let mean = pairs.difference.mean().ok_or(Undefined::NoAnswers)?;
        if spread > 0.0 {
            Ok(mean / spread)
        } else {
            Err(Undefined::ZeroVariance)
        }
    };
    parts.add("effect", "cohen_dz", sd.and_then(over));
    let average = sd.and_then(|_| {
        let variances = [&pairs.first, &pairs.second].map(Moments::variance);
        let [Some(first), Some(second)] = variances else {
            return Err(Undefined::OneAnswer);
        };
        over(((first + second) / 2.0).sqrt())
    });
    parts.add("effect", "cohen_dav", average);
    let factor = exact_factor(pairs.n as f64 - 1.0).ok_or(Undefined::TwoAnswers);
    parts.add(
        "effect",
        "hedges_gav",
        average.and_then(|d| Ok(d * factor?)),
    );
}

fn wilcoxon(parts: &mut Parts, pairs: &Paired, known: Result<(), Undefined>) {
    let found = known.map(|()| signed_ranks(&pairs.differences));
    let found = found.as_ref().map_err(|reason| *reason);
    parts.add("wilcoxon", "v", found.map(|ranks| ranks.v));
    parts.add("wilcoxon", "n", found.map(|ranks| ranks.n as f64));
    let z = found.and_then(|ranks| ranks.z.ok_or(Undefined::ZeroVariance));
    for (term, p, place) in [("z", "p", 0), ("z_cc", "p_cc", 1)] {
        parts.add("wilcoxon", term, z.map(|z: [f64; 2]| z[place]));
        parts.add("wilcoxon", p, z.map(|z| normal_tails(z[place])));
    }
}

/// Adds what the paired change has to be read with: who is linked, where they started, and the
/// change of everybody.
fn context(parts: &mut Parts, table: &LinkedTable, design: &Design) {
    let linked = table.linked();
    let linked_first = table.of_linked(0);
    let [first, second] = [&table.first, &table.second].map(Sample::new);
    parts.add("linked", "people", Ok(linked as f64));
    for (term, wave) in [("share_from", &table.first), ("share_to", &table.second)] {
        let figure = share(linked, wave.n(), design).ok_or(wave.nobody());
        parts.figure("linked", term, figure);
    }
    let others = table.others();
    let reason = |a: u64, b: u64| match a.min(b) {
        0 => Undefined::NoAnswers,
        1 => Undefined::OneAnswer,
        _ => Undefined::ZeroVariance,
    };
    for (term, group) in [("linked", &linked_first), ("others", &others)] {
        parts.figure("start", term, with_interval(&group.moments(), design));
    }
    let (stayed, left) = (Sample::new(&linked_first), Sample::new(&others));
    let start = welch_t(&stayed, &left, design.confidence);
    let start = start.ok_or_else(|| reason(linked, others.n()));
    let (se, interval) = (
        start.ok().map(|t| t.se),
        start.ok().and_then(|t| t.interval),
    );
    parts.between(
        "start",
        "difference",
        start.map(|t| t.difference),
        se,
        interval,
    );
    parts.add("start", "p", start.map(|t| t.p));
    let n = parts.n;
    parts.n = table.first.n() + table.second.n();
    let all = welch_t(&second, &first, design.confidence);
    let all = all.ok_or_else(|| reason(table.first.n(), table.second.n()));
    let (se, interval) = (all.ok().map(|t| t.se), all.ok().and_then(|t| t.interval));
    parts.between(
        "unpaired",
        "difference",
        all.map(|t| t.difference),
        se,
        interval,
    );
    parts.add("unpaired", "t", all.map(|t| t.t));
    parts.add("unpaired", "df", all.map(|t| t.degrees));
    parts.add("unpaired", "p", all.map(|t| t.p));
    let effect = standardised(&second, &first, design.confidence);
    let effect = effect
        .as_ref()
        .ok_or_else(|| reason(table.first.n(), table.second.n()));
    let interval = effect.ok().and_then(|effect| effect.interval);
    parts.between(
        "unpaired",
        "hedges_g",
        effect.map(|effect| effect.g),
        None,
        interval,
    );
    parts.n = n;
}
