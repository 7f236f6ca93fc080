//! Every statistic with the quantity that suits it.

use std::collections::BTreeMap;

use analysis::design::{Lonely, Sampling};
use analysis::estimate::{
    Bands, Chance, Design, Estimates, Importance, ProfileChoice, SupportProfiles, Themes, alpha,
    below_target, bottom_two, bounds, break_off, break_off_places, change, correlations,
    design_effect, deviation, dif, differences, distribution, eigenvalues, factorability, factors,
    gap, icc, invariance, item_rest, level_errors, levels, loadings, mean, mean_ranks,
    missing_reasons, mixed_change, need, needs, omega, ordinal_reliability, pairs, polychoric,
    quadrants, quantile, rank_test, reliability, replicates, response_rate, shape,
    share_at_or_above, shortfall, shrunken, slope, spread_test, straight_lining, themes, top_two,
    weights,
};
use analysis::{AnalysisError, Dataset, Grouping, Quantity};

pub(super) type Statistic = fn(&Dataset, &Grouping) -> Result<Estimates, AnalysisError>;

pub(super) fn area() -> Quantity {
    Quantity::Dimension("abc".to_owned())
}

pub(super) fn item() -> Quantity {
    Quantity::Item("a".to_owned())
}

/// Strata by town and job; a stratum of one answer counts by its distance from the mean.
pub(super) fn stratified() -> Design {
    Design {
        sampling: Some(Sampling {
            strata: vec!["town".to_owned(), "job".to_owned()],
            finite: true,
            lonely: Lonely::Adjust,
            ..Sampling::default()
        }),
        ..Design::default()
    }
}

/// People of one job are taken for a unit, since these data have no units.
pub(super) fn jobs_as_units() -> Design {
    Design {
        sampling: Some(Sampling {
            cluster: Some("job".to_owned()),
            lonely: Lonely::Adjust,
            ..Sampling::default()
        }),
        ..Design::default()
    }
}

/// Every statistic with the quantity that suits it.
pub(super) fn every_statistic() -> BTreeMap<&'static str, Statistic> {
    BTreeMap::from([
        (
            "mean",
            (|d, by| mean(d, &area(), by, &Design::default())) as Statistic,
        ),
        ("mean under a design", |d, by| {
            mean(d, &area(), by, &stratified())
        }),
        ("mean of an item", |d, by| {
            mean(d, &item(), by, &Design::default())
        }),
        ("deviation", |d, by| {
            deviation(d, &area(), by, &Design::default())
        }),
        ("quantile", |d, by| {
            quantile(d, &area(), by, &Design::default())
        }),
        ("gap", |d, by| gap(d, &area(), by, &Design::default())),
        ("gap under a design", |d, by| {
            gap(d, &area(), by, &stratified())
        }),
        ("shortfall", |d, by| {
            shortfall(d, &area(), by, &Design::default())
        }),
        ("below_target", |d, by| {
            below_target(d, &area(), by, &Design::default())
        }),
        ("alpha", |d, by| alpha(d, &area(), by, &Design::default())),
        ("bounds", |d, by| bounds(d, &area(), by, &Design::default())),
        ("design_effect under a design", |d, by| {
            design_effect(d, &area(), by, &stratified())
        }),
        ("replicates under a design", |d, by| {
            replicates(d, &area(), by, &jobs_as_units())
        }),
        ("icc", |d, by| icc(d, &area(), by, &jobs_as_units())),
        ("shrunken", |d, by| {
            shrunken(d, &area(), by, &Design::default())
        }),
        ("weights under a design", |d, by| {
            weights(d, by, &stratified())
        }),
        ("distribution", |d, by| {
            distribution(d, &item(), by, &Design::default())
        }),
        ("missing_reasons", |d, by| {
            missing_reasons(d, &item(), by, &Design::default())
        }),
        ("share", |d, by| {
            share_at_or_above(d, &area(), 4, by, &Design::default())
        }),
        ("response_rate", |d, by| {
            response_rate(d, by, &Design::default())
        }),
        ("shape", |d, by| shape(d, &area(), by, &Design::default())),
        ("top_two", |d, by| {
            top_two(d, &item(), by, &Design::default())
        }),
        ("bottom_two", |d, by| {
            bottom_two(d, &item(), by, &Design::default())
        }),
        ("differences", |d, by| {
            differences(d, &area(), &compared_within(d, by), &Design::default())
        }),
        ("spread_test under a design", |d, by| {
            spread_test(d, &item(), &compared_within(d, by), &stratified())
        }),
        ("rank_test under a design", |d, by| {
            rank_test(d, &area(), &compared_within(d, by), &stratified())
        }),
        ("mean_ranks", |d, by| {
            mean_ranks(d, &area(), &compared_within(d, by), &Design::default())
        }),
        ("pairs", |d, by| {
            pairs(d, &area(), &compared_within(d, by), &Design::default())
        }),
        ("reliability", |d, by| {
            reliability(d, &area(), by, &Design::default())
        }),
        ("item_rest", |d, by| {
            item_rest(d, &area(), by, &Design::default())
        }),
        ("omega", |d, by| omega(d, &area(), by, &Design::default())),
        ("loadings", |d, by| {
            loadings(d, &area(), by, &Design::default())
        }),
        ("ordinal_reliability", |d, by| {
            ordinal_reliability(d, &area(), by, &Design::default())
        }),
        ("polychoric", |d, by| {
            polychoric(d, &area(), by, &Design::default())
        }),
        ("dif", |d, by| {
            dif(d, &area(), &compared_within(d, by), &Design::default())
        }),
        ("invariance", |d, by| {
            invariance(d, &area(), &compared_within(d, by), &Design::default())
        }),
        ("factorability", |d, by| {
            factorability(d, &area(), by, &Design::default())
        }),
        ("eigenvalues", |d, by| {
            eigenvalues(d, &area(), by, &Design::default())
        }),
        ("factors", |d, by| {
            factors(d, &area(), by, 1, &Design::default())
        }),
        ("levels", |d, by| {
            levels(d, &area(), by, &bands(), &Design::default())
        }),
        ("level_errors", |d, by| {
            level_errors(d, &area(), by, &bands(), &Design::default())
        }),
        ("break_off", |d, by| break_off(d, by, &Design::default())),
        ("break_off_places", |d, by| {
            break_off_places(d, by, &Design::default())
        }),
        ("straight_lining", |d, by| {
            straight_lining(d, by, &Design::default())
        }),
    ])
}

pub(super) fn importances() -> [Importance; 1] {
    [Importance {
        area: area(),
        column: "matters".to_owned(),
        scale: None,
    }]
}

/// Puts the groups before the area.
pub(super) fn groups_first(mut found: Estimates) -> Estimates {
    for row in &mut found.rows {
        row.keys.rotate_left(1);
    }
    found
}

/// Puts the groups before the two areas.
fn groups_before_pairs(mut found: Estimates) -> Estimates {
    for row in &mut found.rows {
        row.keys.rotate_left(2);
    }
    found
}

pub(super) fn profile_choice() -> ProfileChoice {
    ProfileChoice {
        areas: ["a", "b"]
            .map(|item| Quantity::Item(item.to_owned()))
            .to_vec(),
        number: Some(2),
        replicates: 10,
        seed: 1,
    }
}

/// Statistics that need more than items: how important an area is, and open answers.
pub(super) fn of_more_columns() -> BTreeMap<&'static str, Statistic> {
    BTreeMap::from([
        (
            "need",
            (|d, by| need(d, &importances()[0], by, &Design::default())) as Statistic,
        ),
        ("needs", |d, by| {
            let chance = Chance {
                seed: 1,
                replicates: 100,
            };
            needs(d, &importances(), by, &Design::default(), chance).map(groups_first)
        }),
        ("quadrants", |d, by| {
            quadrants(d, &importances(), by, &Design::default()).map(groups_first)
        }),
        ("correlations", |d, by| {
            let areas = [item(), Quantity::Item("b".to_owned())];
            correlations(d, &areas, by, &Design::default()).map(groups_before_pairs)
        }),
        ("themes", |d, by| {
            let words = BTreeMap::from([("network".to_owned(), vec!["verk".to_owned()])]);
            let wanted = Themes {
                column: "said".to_owned(),
                stemmer: None,
                words,
            };
            themes(d, &wanted, by, &Design::default())
        }),
        ("profiles", |d, by| {
            SupportProfiles::find(d, &profile_choice())?.shares(d, by, &Design::default())
        }),
    ])
}

/// Statistics over waves.
pub(super) fn over_waves() -> BTreeMap<&'static str, Statistic> {
    BTreeMap::from([
        (
            "change",
            (|d, by| change(d, &area(), by, ["2025", "2026"], &Design::default())) as Statistic,
        ),
        ("mixed_change", |d, by| {
            mixed_change(d, &area(), by, &Design::default())
        }),
        ("slope", |d, by| slope(d, &area(), by, &Design::default())),
    ])
}

pub(super) fn bands() -> Bands {
    Bands {
        cuts: vec![30_000, 80_000],
        names: ["low", "middle", "high"].map(str::to_owned).to_vec(),
    }
}

/// Compares the shifts, where the data have them, within each group.
pub(super) fn compared_within(data: &Dataset, by: &Grouping) -> Grouping {
    let mut names = by.dims();
    let shifts = data.column_called("shift").is_ok();
    names.push(if shifts { "shift" } else { "role" }.to_owned());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Grouping::by(data, &names).unwrap()
}
