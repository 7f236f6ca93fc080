//! All groups at once: does anything differ, and how much of the spread does it explain.

use findings::{RawRow, Undefined};

use super::ranks::Ranks;
use super::variances::{F, Squares, levene, welch};
use super::{Compared, Parts, Sample, compared, dims, parts_table};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::estimate::{Design, Estimates, group_name, plain};
use crate::grouping::Grouping;
use crate::probability::chi_squared_above;
use crate::score::Quantity;

/// Returns tests of whether the groups of the last column differ, within each group of the
/// columns before it; further keys are test, term and family.
///
/// | test | terms |
/// | --- | --- |
/// | `anova` | `f`, `df1`, `df2`, `p`, `ss_between`, `ss_within` |
/// | `welch` | `f`, `df1`, `df2`, `p` (Welch 1951) |
/// | `kruskal` | `h` with tie correction, `df`, `p` (Kruskal and Wallis 1952) |
/// | `levene`, `brown_forsythe` | `f`, `df1`, `df2`, `p` |
/// | `effect` | `eta_sq`, `omega_sq`, `epsilon_sq`, `rank_epsilon_sq`, `rank_eta_sq` |
///
/// η² is SSB/SST, ω² is (SSB - (k-1) MSW)/(SST + MSW), ε² is (SSB - (k-1) MSW)/SST; of ranks, ε²
/// is H (N+1)/(N²-1) and η² is (H - k + 1)/(N - k). A negative estimate is shown as nought, with
/// a note. Welch's test needs two persons and a spread in every group: the note names the group
/// that stops it. Tested against R.
///
/// # Errors
/// When the quantity or a group column does not exist, or no column is named.
pub fn differences(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    let names = by.dims();
    for compared in compared(data, of, by)? {
        rows.extend(tests(&compared, &names, of, &mut notes));
    }
    Ok(parts_table(dims(by, &[]), rows, notes))
}

/// Returns the mean rank of each group of the last column among all of them, within each group of
/// the columns before it. Equal values share the middle of their ranks.
///
/// # Errors
/// As [`differences`].
pub fn mean_ranks(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    for compared in compared(data, of, by)? {
        let samples = compared.groups.iter();
        let samples: Vec<Sample> = samples.map(|(_, scores)| Sample::new(scores)).collect();
        let ranks = Ranks::of(&samples.iter().collect::<Vec<_>>());
        for (place, (name, scores)) in compared.groups.iter().enumerate() {
            let answers = samples[place].n;
            let mut keys = compared.within.clone();
            keys.push(name.clone());
            rows.push(RawRow {
                keys,
                figure: match answers {
                    0 => Err(scores.nobody()),
                    _ => Ok(plain(ranks.mean(place), answers)),
                },
                answers,
                modal: scores.modal(),
            });
        }
    }
    Ok(parts_table(by.dims(), rows, Vec::new()))
}

fn tests(
    compared: &Compared,
    names: &[String],
    of: &Quantity,
    notes: &mut Vec<String>,
) -> Vec<RawRow> {
    let samples: Vec<(&str, Sample)> = compared
        .groups
        .iter()
        .map(|(name, scores)| (name.as_str(), Sample::new(scores)))
        .filter(|(_, sample)| sample.n > 0)
        .collect();
    let answers = compared.everybody.n();
    let mut note = |what: String| {
        let place = group_name(names, &compared.within);
        notes.push(format!(
            "{} by {}, {place}: {what}",
            of.name(),
            names[names.len() - 1]
        ));
    };
    let mut parts = Parts::new(answers);
    match samples.len() {
        0 => nothing(&mut parts, compared.everybody.nobody()),
        1 => nothing(&mut parts, Undefined::OneGroup),
        _ => {
            means(&mut parts, &samples, &mut note);
            ranks(&mut parts, &samples, &mut note);
        }
    }
    parts.rows(&compared.within, answers).collect()
}

const F_TERMS: [&str; 4] = ["f", "df1", "df2", "p"];
const SHARES: [&str; 3] = ["eta_sq", "omega_sq", "epsilon_sq"];
const RANK_SHARES: [&str; 2] = ["rank_epsilon_sq", "rank_eta_sq"];

fn nothing(parts: &mut Parts, reason: Undefined) {
    for test in ["anova", "welch", "levene", "brown_forsythe"] {
        add_f(parts, test, Err(reason));
    }
    for term in ["ss_between", "ss_within"] {
        parts.add("anova", term, Err(reason));
    }
    for term in ["h", "df", "p"] {
        parts.add("kruskal", term, Err(reason));
    }
    for term in SHARES.into_iter().chain(RANK_SHARES) {
        parts.add("effect", term, Err(reason));
    }
}

fn add_f(parts: &mut Parts, test: &'static str, found: Result<F, Undefined>) {
    for (place, term) in F_TERMS.into_iter().enumerate() {
        let value = found.map(|f| [f.f, f.above, f.below, f.p][place]);
        parts.add(test, term, value);
    }
}

/// Tests on means; groups of one person are left out, which a note says.
fn means(parts: &mut Parts, samples: &[(&str, Sample)], note: &mut impl FnMut(String)) {
    let groups: Vec<&Sample> = samples
        .iter()
        .map(|(_, sample)| sample)
        .filter(|sample| sample.n > 1)
        .collect();
    let alone = |sample: &Sample| sample.n == 1;
    let constant = |sample: &Sample| sample.positive_variance().is_none();
    let named = |is: &dyn Fn(&Sample) -> bool| {
        let names = samples.iter().filter(|(_, sample)| is(sample));
        names.map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    };
    let ones = named(&alone);
    if !ones.is_empty() {
        note(format!(
            "groups of one person are left out of tests of means: {ones}"
        ));
    }
    let n = parts.n;
    parts.n = groups.iter().map(|group| group.n).sum();
    let squares = Squares::of(&groups);
    let reason = match groups.len() {
        0 | 1 => Undefined::OneGroup,
        _ => Undefined::ZeroVariance,
    };
    add_f(parts, "anova", squares.anova().ok_or(reason));
    let known = || (groups.len() > 1).then_some(()).ok_or(reason);
    parts.add("anova", "ss_between", known().map(|()| squares.between()));
    parts.add("anova", "ss_within", known().map(|()| squares.within()));
    for (test, from_median) in [("levene", false), ("brown_forsythe", true)] {
        add_f(parts, test, levene(&groups, from_median).ok_or(reason));
    }
    let explained = known().and_then(|()| squares.explained().ok_or(reason));
    for (place, term) in SHARES.into_iter().enumerate() {
        parts.add(
            "effect",
            term,
            explained.map(|shares| shown(shares[place], term, note)),
        );
    }
    parts.n = n;
    let stopped = named(&constant);
    let found = if samples.iter().any(|(_, sample)| alone(sample)) {
        Err(Undefined::OneAnswer)
    } else {
        welch(&groups).ok_or(Undefined::ZeroVariance)
    };
    if found.is_err() {
        note(format!(
            "Welch's test needs two persons and a spread in every group, not so in {stopped}"
        ));
    }
    add_f(parts, "welch", found);
}

fn ranks(parts: &mut Parts, samples: &[(&str, Sample)], note: &mut impl FnMut(String)) {
    let groups: Vec<&Sample> = samples.iter().map(|(_, sample)| sample).collect();
    let found = Ranks::of(&groups).kruskal().ok_or(Undefined::AllTied);
    let found = found.as_ref().map_err(|reason| *reason);
    parts.add("kruskal", "h", found.map(|kruskal| kruskal.h));
    parts.add("kruskal", "df", found.map(|kruskal| kruskal.degrees));
    let p = found.and_then(|kruskal| {
        chi_squared_above(kruskal.h, kruskal.degrees).ok_or(Undefined::AllTied)
    });
    parts.add("kruskal", "p", p);
    let [epsilon, eta] = RANK_SHARES;
    parts.add(
        "effect",
        epsilon,
        found.map(|kruskal| shown(kruskal.epsilon, epsilon, note)),
    );
    let value = found.and_then(|kruskal| kruskal.eta.ok_or(Undefined::OneAnswer));
    parts.add("effect", eta, value.map(|value| shown(value, eta, note)));
}

/// A share of the spread cannot be negative; its estimate can.
fn shown(value: f64, term: &str, note: &mut impl FnMut(String)) -> f64 {
    if value < 0.0 {
        note(format!(
            "{term} is estimated below nought ({value:.4}) and shown as 0"
        ));
        0.0
    } else {
        value
    }
}
