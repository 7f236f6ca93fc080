//! Every two groups: which differs from which, and by how much.

use findings::{Estimate, RawRow, Undefined, dim};

use super::cliff::cliff;
use super::ranks::Ranks;
use super::variances::games_howell;
use super::{
    Compared, Parts, Sample, compared, correct_over, dims, parts_table, standardised, welch_t,
};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::estimate::{Design, Estimates};
use crate::grouping::Grouping;
use crate::probability::{normal_tails, normal_two_sided};
use crate::score::Quantity;

/// The tests whose p values are corrected over all pairs of a quantity; Games and Howell corrects
/// by itself.
const CORRECTED: [&str; 3] = ["dunn", "mann_whitney", "welch"];

/// Returns every two groups of the last column compared, within each group of the columns before
/// it; further keys are the other group (`with`), test, term and family. Differences are the
/// first group minus the other.
///
/// | test | terms |
/// | --- | --- |
/// | `welch` | `difference` with interval, `t`, `df`, `p` |
/// | `games_howell` | `difference` with the interval of all pairs together, `q`, `df`, `p` |
/// | `dunn` | `z` with the tie term, `p` (Dunn 1964) |
/// | `mann_whitney` | `u`, `z`, `p`, and with continuity correction `z_cc`, `p_cc` |
/// | `effect` | `cohen_d`; `hedges_g` with the exact factor and its interval by noncentral t, `hedges_g_approximate` with 1 - 3/(4 df - 1); `cliff_delta` with Cliff's interval; `superiority` |
///
/// `p_holm` and `p_bh` are corrected over all pairs within (Holm 1979; Benjamini and Hochberg
/// 1995); the key `family` names them. Games and Howell needs two persons and a spread in both
/// groups. Tested against R: `t.test`, `ptukey`, `p.adjust`, `wilcox.test`.
///
/// # Errors
/// When the quantity or a group column does not exist, or no column is named.
pub fn pairs(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    let names = by.dims();
    let column = names.last().cloned().unwrap_or_default();
    for compared in compared(data, of, by)? {
        let mut within = every_pair(&compared, design);
        let place = match compared.within.len() {
            0 => String::new(),
            _ => format!(" in {}", compared.within.join(", ")),
        };
        correct_over(&mut within, &CORRECTED, |_, test| {
            format!("{test}: pairs of {column}{place} in {}", of.name())
        });
        rows.extend(within);
    }
    Ok(parts_table(dims(by, &[dim::WITH]), rows, Vec::new()))
}

fn every_pair(compared: &Compared, design: &Design) -> Vec<RawRow> {
    let samples = compared.groups.iter();
    let samples: Vec<Sample> = samples.map(|(_, scores)| Sample::new(scores)).collect();
    let present: Vec<usize> = (0..samples.len()).filter(|at| samples[*at].n > 0).collect();
    let everybody: Vec<&Sample> = present.iter().map(|at| &samples[*at]).collect();
    let ranks = Ranks::of(&everybody);
    let measured = samples.iter().filter(|sample| sample.n > 1).count();
    let mut rows = Vec::new();
    for first in 0..samples.len() {
        for other in first + 1..samples.len() {
            let (x, y) = (&samples[first], &samples[other]);
            let mut parts = Parts::new(x.n + y.n);
            if x.n == 0 || y.n == 0 {
                let (_, scores) = &compared.groups[if x.n == 0 { first } else { other }];
                nothing(&mut parts, scores.nobody());
            } else {
                means(&mut parts, x, y, measured, design);
                let place = |of: usize| present.iter().position(|at| *at == of);
                let z = place(first)
                    .zip(place(other))
                    .and_then(|(a, b)| ranks.dunn(a, b));
                on_ranks(&mut parts, x, y, z, design);
            }
            let mut keys = compared.within.clone();
            keys.push(compared.groups[first].0.clone());
            keys.push(compared.groups[other].0.clone());
            let answers = x.n + y.n;
            rows.extend(parts.rows(&keys, answers));
        }
    }
    rows
}

fn nothing(parts: &mut Parts, reason: Undefined) {
    let terms = [
        ("welch", &["difference", "t", "df", "p"][..]),
        ("games_howell", &["difference", "q", "df", "p"]),
        ("dunn", &["z", "p"]),
        ("mann_whitney", &["u", "z", "p", "z_cc", "p_cc"]),
        (
            "effect",
            &[
                "cohen_d",
                "hedges_g",
                "hedges_g_approximate",
                "cliff_delta",
                "superiority",
            ],
        ),
    ];
    for (test, terms) in terms {
        for term in terms {
            parts.add(test, term, Err(reason));
        }
    }
}

/// Says why two groups have no test of means.
fn reason(x: &Sample, y: &Sample) -> Undefined {
    if x.n < 2 || y.n < 2 {
        Undefined::OneAnswer
    } else {
        Undefined::ZeroVariance
    }
}

fn means(parts: &mut Parts, x: &Sample, y: &Sample, groups: usize, design: &Design) {
    let reason = reason(x, y);
    let welch = welch_t(x, y, design.confidence).ok_or(reason);
    let (se, interval) = (
        welch.ok().map(|t| t.se),
        welch.ok().and_then(|t| t.interval),
    );
    parts.between(
        "welch",
        "difference",
        welch.map(|t| t.difference),
        se,
        interval,
    );
    parts.add("welch", "t", welch.map(|t| t.t));
    parts.add("welch", "df", welch.map(|t| t.degrees));
    parts.add("welch", "p", welch.map(|t| t.p));
    let both = [x, y]
        .iter()
        .all(|sample| sample.positive_variance().is_some());
    let found = welch
        .ok()
        .filter(|_| both)
        .and_then(|t| Some((t, games_howell(&t, groups, design.confidence)?)));
    let found = found.as_ref().ok_or(reason);
    let interval = found.ok().and_then(|(_, pair)| pair.interval);
    parts.between(
        "games_howell",
        "difference",
        found.map(|(t, _)| t.difference),
        se,
        interval,
    );
    parts.add("games_howell", "q", found.map(|(_, pair)| pair.q));
    parts.add("games_howell", "df", found.map(|(t, _)| t.degrees));
    parts.add("games_howell", "p", found.map(|(_, pair)| pair.p));
    let effect = standardised(x, y, design.confidence);
    let effect = effect.as_ref().ok_or(reason);
    parts.add("effect", "cohen_d", effect.map(|effect| effect.d));
    let interval = effect.ok().and_then(|effect| effect.interval);
    parts.between(
        "effect",
        "hedges_g",
        effect.map(|effect| effect.g),
        None,
        interval,
    );
    parts.add(
        "effect",
        "hedges_g_approximate",
        effect.map(|effect| effect.approximate),
    );
}

fn on_ranks(parts: &mut Parts, x: &Sample, y: &Sample, dunn: Option<f64>, design: &Design) {
    let dunn = dunn.ok_or(Undefined::AllTied);
    parts.add("dunn", "z", dunn);
    parts.add("dunn", "p", dunn.map(normal_tails));
    let whitney = Ranks::of(&[x, y]).mann_whitney();
    let z = whitney.z.ok_or(Undefined::AllTied);
    parts.add("mann_whitney", "u", Ok(whitney.u));
    parts.add("mann_whitney", "z", z.map(|[z, _]| z));
    parts.add("mann_whitney", "p", z.map(|[z, _]| normal_tails(z)));
    parts.add("mann_whitney", "z_cc", z.map(|[_, z]| z));
    parts.add("mann_whitney", "p_cc", z.map(|[_, z]| normal_tails(z)));
    let found = cliff(x, y).ok_or(Undefined::NoAnswers);
    let found = found.as_ref().map_err(|reason| *reason);
    let delta = found.map(|cliff| Estimate {
        se: cliff.variance.map(f64::sqrt),
        low: None,
        high: None,
        ..super::super::plain(cliff.delta, parts.n)
    });
    let interval = found
        .ok()
        .and_then(|cliff| cliff.interval(normal_two_sided(design.confidence)));
    let delta = delta.map(|delta| Estimate {
        low: interval.map(|[low, _]| low),
        high: interval.map(|[_, high]| high),
        ..delta
    });
    parts.figure("effect", "cliff_delta", delta);
    parts.add(
        "effect",
        "superiority",
        found.map(|cliff| cliff.superiority),
    );
}
